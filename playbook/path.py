"""The path: a contractor's own working days counted from their start, and when things of Day -7 to Day 7 happen."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Self

from pydantic import model_validator

from playbook.days import DAY, instant, last_working_day, local_day, next_working_day
from playbook.holidays import DaysOff
from playbook.page import Page


class Phase(Page):
    """A stretch of the path, by the last of its days."""

    until: int
    name: str


class PathBook(Page):
    """How the path treats what comes late: the hours in which nothing is sent, and how long Day 1 stays news (days).

    `phases` name the stretches of the path; what comes after them is `afterwards`.
    """

    quiet_from: time
    quiet_until: time
    late_days: int
    phases: tuple[Phase, ...]
    afterwards: str

    def phase(self, number: int) -> str:
        """Name the phase that a day of the path is in."""
        return next((one.name for one in self.phases if number <= one.until), self.afterwards)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        days = [one.until for one in self.phases]
        if days != sorted(days):
            raise ValueError("the phases must stand in the order of their days")
        return self


@dataclass(frozen=True)
class Path:
    """Somebody's working days: Day 1 is the first on or after the start, Day 0 the working day before it."""

    start: date
    zone: str
    weekdays: frozenset[int]
    country: str = ""
    off: frozenset[date] = field(default=frozenset())
    worked: frozenset[date] = field(default=frozenset())

    @property
    def days_off(self) -> DaysOff:
        """Give the days that do not count, although they are working days."""
        return DaysOff(self.country, self.off, self.worked)

    def day(self, number: int) -> date:
        """Give the date of a day: 1 is the first, 0 the working day before it, -7 the seventh before that."""
        free = self.days_off
        day = next_working_day(self.start - DAY, self.weekdays, free)
        for _ in range(number - 1):
            day = next_working_day(day, self.weekdays, free)
        for _ in range(1 - number):
            day = last_working_day(day, self.weekdays, free)
        return day

    def number(self, day: date) -> int:
        """Say which day a date is; a date between two working days counts as the earlier one."""
        free, first = self.days_off, self.day(1)
        if day >= first:
            number, reached = 1, next_working_day(first, self.weekdays, free)
            while reached <= day:
                number, reached = number + 1, next_working_day(reached, self.weekdays, free)
            return number
        number, reached = 0, last_working_day(first, self.weekdays, free)
        while reached > day:
            number, reached = number - 1, last_working_day(reached, self.weekdays, free)
        return number

    def at(self, number: int, at: time, zone: str = "") -> datetime:
        """Say when the clock shows that time on a day (UTC), by default on the contractor's own clock."""
        day = self.day(number)
        return instant(day, at, zone or self.zone) or instant(day + DAY, at, zone or self.zone) or _noon(day)

    def today(self, now: datetime) -> int:
        """Say which day it is for the contractor."""
        return self.number(local_day(now, self.zone))


def _noon(day: date) -> datetime:
    raise AssertionError(f"two dates in a row do not exist: {day}")


def not_quiet(now: datetime, zone: str, book: PathBook) -> datetime:
    """Give the moment itself, or the end of the quiet hours it falls into on that clock."""
    day = local_day(now, zone)
    begins, ends = instant(day, book.quiet_from, zone), instant(day, book.quiet_until, zone)
    if ends and now < ends:
        return ends
    if begins and now >= begins:
        return instant(day + DAY, book.quiet_until, zone) or now
    return now


def is_news(day: date, today: date, book: PathBook) -> bool:
    """Say whether what was meant for a day is still worth doing when the day has passed."""
    return today - day <= timedelta(days=book.late_days)
