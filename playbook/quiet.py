"""Quiet: the one rule for everything the bot sends to somebody, from quiet hours to the cap of a day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Self

from pydantic import model_validator

from playbook.days import DAY, local_day
from playbook.hours import Hours, next_stretch, shift
from playbook.page import Page

FULL_DAY = 24 * 60


class QuietBook(Page):
    """The usual quiet hours, and how they lie around working time; the cap of a day, and the gathering (in minutes)."""

    quiet_from: time
    quiet_until: time
    after_work: int
    before_work: int
    cap: int
    gather: int

    @model_validator(mode="after")
    def _possible(self) -> Self:
        if min(self.cap, self.gather + 1, self.after_work + 1, self.before_work + 1) < 1:
            raise ValueError("cap must be 1 or more, and no number of minutes can be below 0")
        return self


class Courtesy(StrEnum):
    """Why a letter comes: at once (an answer, a blocker), told (somebody else's doing), or unasked (the clock's)."""

    AT_ONCE = ""
    TOLD = "told"
    UNASKED = "unasked"


@dataclass(frozen=True)
class Calendar:
    """When somebody may be written to: on their working days, outside their quiet hours; the same twice is no quiet.

    A day of theirs begins where its quiet hours end, so that a night at work belongs to the day it began on.
    """

    zone: str
    weekdays: frozenset[int]
    free: Collection[date]
    quiet_from: time
    quiet_until: time

    def quiet(self, at: time) -> bool:
        """Say whether a time on the clock is in the quiet hours, which may go over midnight."""
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= at < self.quiet_until
        return at >= self.quiet_from or at < self.quiet_until

    @cached_property
    def waking(self) -> Hours:
        """Give the hours of each working day in which they may be written to."""
        return Hours(self.zone, self.weekdays, self.quiet_until, self.quiet_from, self.free)


def quiet_hours(start: time, end: time, book: QuietBook) -> tuple[time, time]:
    """Give the quiet hours of somebody who works from `start` to `end`: the usual ones unless they work into these."""
    begin, length = _minutes(start), (_minutes(end) - _minutes(start)) % FULL_DAY or FULL_DAY
    waking_from = _minutes(book.quiet_until)
    waking = (_minutes(book.quiet_from) - waking_from) % FULL_DAY or FULL_DAY
    if (begin - waking_from) % FULL_DAY + length <= waking:
        return book.quiet_from, book.quiet_until
    until = max(begin - book.before_work, 0)  # a night that begins at midnight is of its own date, not the one before
    if begin - until + length + book.after_work >= FULL_DAY:
        return start, start
    return _clock(begin + length + book.after_work), _clock(until)


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def _clock(minutes: int) -> time:
    return time(minutes % FULL_DAY // 60, minutes % 60)


def opens(now: datetime, calendar: Calendar, dnd_until: datetime | None = None) -> datetime:
    """Give the earliest moment, at or after now, at which somebody may be written to."""
    return next_stretch(calendar.waking, max(now, dnd_until or now))[0]


def next_opening(now: datetime, calendar: Calendar) -> datetime:
    """Give when their next working day opens, strictly after now."""
    day = local_day(now, calendar.zone) - DAY
    while True:
        window = shift(calendar.waking, day)
        if window and window[0] > now:
            return window[0]
        day += DAY


@dataclass(frozen=True)
class Sent:
    """What somebody was sent unasked: how many messages on their present day, and when the last one was."""

    today: int = 0
    last: datetime | None = None


MERGE = "merge into the last message"


def release(
    now: datetime,
    calendar: Calendar,
    sent: Sent,
    courtesy: Courtesy,
    book: QuietBook,
    *,
    timely: bool = False,
    of_today: bool = False,
    dnd_until: datetime | None = None,
) -> datetime | str:
    """Say when a letter may leave: now, at a later moment at which this is asked again, or inside the last message.

    Everybody's quiet hours, days off and do-not-disturb keep back whatever is not an answer. Of what comes unasked
    there are so many messages a day; what cannot wait for the next day (it is `timely`, or about today) goes into the
    last of them, silently. Only what is timely is not kept to come together with others.
    """
    if courtesy is Courtesy.AT_ONCE:
        return now
    opening = opens(now, calendar, dnd_until)
    if opening > now or courtesy is Courtesy.TOLD:
        return opening
    if sent.today >= book.cap:
        return MERGE if timely or of_today else opens(next_opening(now, calendar), calendar, dnd_until)
    gathered = sent.last + timedelta(minutes=book.gather) if sent.last else now
    return now if timely or gathered <= now else opens(gathered, calendar)
