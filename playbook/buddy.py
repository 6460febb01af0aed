"""The Shadow Buddy: who would be a good one, and when a shadowing session can be."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from playbook.days import DAY, local_time
from playbook.hours import Hours, shift, working_minutes
from playbook.page import Page
from playbook.words import fill

WEEK = 7
MINUTE = timedelta(minutes=1)
HALF_HOUR = timedelta(minutes=30)
HALF_DAY = 24


def meeting_time(first: datetime, zones: Iterable[str], quiet_from: time, quiet_until: time) -> datetime:
    """Give the first half hour from a moment on that is quiet time for nobody, within half a day; else the moment."""
    clocks = list(zones)
    for step in range(HALF_DAY):
        moment = first + step * HALF_HOUR
        if all(quiet_until <= local_time(moment, zone).time() < quiet_from for zone in clocks):
            return moment
    return first


class BuddyLimits(Page):
    """How many characters fit."""

    watch_for: int
    learned: int


class BuddySentences(Page):
    """What is said under a field that cannot stay as it is."""

    past: str
    night: str
    myself: str
    gone: str
    bot: str
    moment: str
    empty: str


class BuddyBook(Page):
    """Whom to suggest as a buddy, and when things around a buddy happen; lengths in minutes."""

    ask_day: int
    ask_at: time
    missing_at: time
    introduce_at: time
    plan_day: int
    plan_at: time
    newcomer_days: int
    most_newcomers: int
    least_shared: int
    suggested: int
    remind_before: int
    ask_after: int
    earliest: time
    latest: time
    lengths: tuple[int, ...]
    usual_length: int
    watch_for: str
    topics: tuple[str, ...]
    limits: BuddyLimits
    sentences: BuddySentences


@dataclass(frozen=True)
class Candidate:
    """Somebody who could be a buddy: minutes shared on an ordinary day, newcomers they have, in the same project."""

    user_id: str
    name: str
    shared: int
    newcomers: int
    near: bool = False


def ranked(candidates: Iterable[Candidate], book: BuddyBook) -> tuple[Candidate, ...]:
    """Put the best first: who has room, is awake at the same time, is in the project, and has fewer newcomers."""
    return tuple(sorted(candidates, key=lambda one: _rank(one, book)))


def _rank(one: Candidate, book: BuddyBook) -> tuple[bool, bool, bool, int, int, str, str]:
    full, apart = one.newcomers > book.most_newcomers, one.shared < book.least_shared
    return full, apart, not one.near, one.newcomers, -one.shared, one.name.casefold(), one.user_id


def shared_minutes(one: Hours, other: Hours, day: date) -> int:
    """Count the minutes in which two people are both at work on an ordinary day: the best of the week from a date.

    Holidays are left out of it: they make a day that is not ordinary.
    """
    mine, theirs = (Hours(each.zone, each.weekdays, each.start, each.end) for each in (one, other))
    shifts = (shift(mine, day + number * DAY) for number in range(WEEK))
    return max((working_minutes(theirs, *each) for each in shifts if each), default=0)


def outside(at: datetime, minutes: int, zone: str, book: BuddyBook) -> bool:
    """Say whether a session reaches into somebody's night."""
    begins, ends = local_time(at, zone), local_time(at + minutes * MINUTE, zone)
    if begins.date() != ends.date():
        return True
    return begins.time() < book.earliest or ends.time() > book.latest


def night(name: str, at: datetime, minutes: int, zone: str, book: BuddyBook) -> str:
    """Say why a session cannot be then, "" if it can."""
    if not outside(at, minutes, zone, book):
        return ""
    begins, ends = local_time(at, zone), local_time(at + minutes * MINUTE, zone)
    limits = {"earliest": f"{book.earliest:%H:%M}", "latest": f"{book.latest:%H:%M}"}
    return fill(book.sentences.night, name=name, start=f"{begins:%H:%M}", end=f"{ends:%H:%M}", **limits)
