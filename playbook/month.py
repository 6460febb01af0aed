"""Months: the days of one, its name, and the one that is meant."""

import re
from dataclasses import dataclass
from datetime import date

from playbook.days import DAY, Week
from playbook.tongue import month

DECEMBER = 12
KEY = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True, order=True)
class Month:
    """A month of the calendar, by its first day."""

    first: date

    @classmethod
    def of(cls, day: date) -> "Month":
        """Give the month that a day is in."""
        return cls(day.replace(day=1))

    @classmethod
    def from_key(cls, key: str) -> "Month":
        """Read a key such as 2026-10; raises ValueError for anything else."""
        found = KEY.fullmatch(key)
        if not found:
            raise ValueError(key)
        return cls(date(int(found[1]), int(found[2]), 1))

    @property
    def key(self) -> str:
        """Name the month as ISO 8601 does: 2026-10."""
        return f"{self.first:%Y-%m}"

    @property
    def title(self) -> str:
        """Name the month in words: October 2026."""
        return month(self.first)

    @property
    def next(self) -> "Month":
        """Give the month after."""
        years, month = divmod(self.first.month, DECEMBER)
        return Month(date(self.first.year + years, month + 1, 1))

    @property
    def previous(self) -> "Month":
        """Give the month before."""
        return Month.of(self.first - DAY)

    @property
    def last(self) -> date:
        """Give its last day."""
        return self.next.first - DAY

    @property
    def days(self) -> tuple[date, ...]:
        """List its days."""
        return tuple(self.first + DAY * number for number in range(self.last.day))

    @property
    def weeks(self) -> tuple[Week, ...]:
        """List the weeks that have days in it."""
        return tuple(dict.fromkeys(Week.of(day) for day in self.days))
