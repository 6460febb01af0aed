"""Nudges: which kinds there are, when one comes less often, and when one that was put off comes back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Self

from pydantic import model_validator

from playbook.days import DAY, instant, local_day, local_time, next_at, next_working_day
from playbook.page import Page
from playbook.quiet import Calendar
from playbook.tongue import day as day_of
from playbook.tongue import oclock, phrase, weekday

HOUR = timedelta(hours=1)
A_WEEK = 7


class NudgeBook(Page):
    """The kinds of nudges by what people read, and how many ignored in a row halve a kind's frequency.

    Those of a kind that come within so many hours (`together`) count as one. What was put off comes back in the
    `morning`. `about` says what is not asked about again after "not relevant"
    ("this" where a kind is not named); `also` names kinds that are silent about it with this one.
    """

    ignored: int
    together: int
    morning: time
    kinds: Mapping[str, str]
    about: Mapping[str, str]
    also: Mapping[str, tuple[str, ...]]

    @model_validator(mode="after")
    def _known(self) -> Self:
        named = {*self.about, *self.also, *(one for more in self.also.values() for one in more)}
        if unknown := sorted(named - set(self.kinds)):
            raise ValueError(f"{', '.join(unknown)} is not among the kinds")
        if self.ignored < 1:
            raise ValueError("at least one must be ignored before a kind comes less often")
        return self

    def family(self, kind: str) -> tuple[str, ...]:
        """Name the kinds that fall silent together when one of them is not relevant, that one first."""
        return kind, *self.also.get(kind, ())


# How often --------------------------------------------------------------------------------------


class Last(StrEnum):
    """What became of the last nudge of its kind; `together`: there was no time yet to answer it."""

    NONE = "none"
    TOGETHER = "together"
    ANSWERED = "answered"
    IGNORED = "ignored"


@dataclass(frozen=True)
class Pace:
    """How often a kind reaches somebody: how many were ignored in a row, if it was halved, if the last was skipped."""

    ignored: int = 0
    halved: bool = False
    skipped: bool = False


@dataclass(frozen=True)
class Step:
    """What happens to the nudge that is about to go; `says`: it tells, this once, that its kind comes less often."""

    pace: Pace
    goes: bool = True
    says: bool = False


def step(pace: Pace, last: Last, most: int) -> Step:
    """Decide about the next nudge of a kind; with `most` ignored in a row, every second one is left out.

    Whatever is answered brings the old frequency back. One that was ignored is counted once, also when the next is
    left out. Those that come together count as one.
    """
    if last is Last.TOGETHER:
        return Step(pace, goes=not pace.skipped)
    if last is Last.ANSWERED:
        pace = Pace()
    if last is Last.IGNORED and not pace.skipped:
        pace = replace(pace, ignored=pace.ignored + 1)
    if pace.ignored < most:
        return Step(replace(pace, halved=False, skipped=False))
    if not pace.halved:
        return Step(replace(pace, halved=True, skipped=False), says=True)
    return Step(replace(pace, skipped=not pace.skipped), goes=pace.skipped)


# When it comes back -----------------------------------------------------------------------------


class Later(StrEnum):
    """How long somebody can put a nudge off."""

    HOUR = "hour"
    TOMORROW = "tomorrow"
    MONDAY = "monday"


def _rests(rest: Calendar, moment: datetime) -> bool:
    """Say whether a moment is in somebody's quiet hours or on a day on which they do not work."""
    local = local_time(moment, rest.zone)
    off = local.weekday() not in rest.weekdays or local.date() in rest.free
    return off or rest.quiet(local.time().replace(tzinfo=None))


def comes_back(choice: Later, now: datetime, rest: Calendar, morning: time) -> datetime:
    """Say when a nudge that was put off comes back: never in quiet hours or on a day off (UTC).

    An hour that ends in either becomes the next working morning; tomorrow is the next working day; Monday is the
    working day on or after the next Monday.
    """
    at = rest.quiet_until if rest.quiet(morning) else morning
    if choice is Later.HOUR:
        return now + HOUR if not _rests(rest, now + HOUR) else next_at(rest.weekdays, at, rest.zone, now, rest.free)
    today = local_day(now, rest.zone)
    day = today + DAY * (A_WEEK - today.weekday()) - DAY if choice is Later.MONDAY else today
    while True:
        day = next_working_day(day, rest.weekdays, rest.free)
        if moment := instant(day, at, rest.zone):
            return moment


def back_words(back: datetime, now: datetime, zone: str) -> str:
    """Say on somebody's own clock when a nudge comes back: at 14:05, tomorrow at 9:00, on Monday at 9:00."""
    local, day = local_time(back, zone), local_day(now, zone)
    clock = phrase("at {clock}", clock=oclock(local))
    ahead = (local.date() - day).days
    if ahead == 0:
        return clock
    if ahead == 1:
        return phrase("tomorrow {clock}", clock=clock)
    return phrase("on {day} {clock}", day=weekday(local) if ahead <= A_WEEK else day_of(local.date()), clock=clock)
