"""The monthly timesheet: which month is meant, and what adds up by day, week, month and project."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from playbook.days import DAY, Week, next_working_day
from playbook.hours import MINUTE, Hours, shift
from playbook.month import Month
from playbook.page import Page
from playbook.sorry import Sorry
from playbook.tongue import phrase

NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NAMED = re.compile(r"([a-z]{3,9})\.?(?:[ -]+(\d{4}))?")
SLASHED = re.compile(r"(\d{1,2})[/.](\d{4})|(\d{4})[-/.](\d{1,2})")


class MonthWords(Page):
    """What may be written for this month and the last one."""

    this: tuple[str, ...]
    last: tuple[str, ...]


class TimesheetBook(Page):
    """Which month is meant, when last month's is offered, and how the page is drawn."""

    until_day: int
    after_minutes: int
    good_for_days: int
    months_back: int
    most_columns: int
    upright_columns: int
    no_project: str
    others: str
    not_closed: str
    words: MonthWords


def usual(today: date, book: TimesheetBook) -> Month:
    """Say which month is meant where none is named: the last one in the first days of a month."""
    month = Month.of(today)
    return month.previous if today.day <= book.until_day else month


def read_month(text: str, today: date, book: TimesheetBook) -> Month:
    """Read a month as people write it; "" is the usual one, and what cannot be read or has not begun is refused."""
    said, this = " ".join(text.casefold().split()), Month.of(today)
    if not said or said in book.words.this:
        return this if said else usual(today, book)
    month = this.previous if said in book.words.last else _named(said, this) or _numbered(said)
    if month is None:
        raise Sorry(
            phrase(
                'I can\'t read "{strip}" as a month. Write it like 2026-10 or October 2026.', strip=text.strip()[:40]
            )
        )
    if month > this:
        raise Sorry(
            phrase("{title} has not begun yet. `/circle timesheet` gives you the newest one.", title=month.title)
        )
    return month


def _named(said: str, this: Month) -> Month | None:
    """Read a month by its name; without a year, the last one of that name."""
    found = NAMED.fullmatch(said)
    number = NAMES.index(found[1][:3]) + 1 if found and found[1][:3] in NAMES else 0
    if not found or not number or not date(2000, number, 1).strftime("%B").casefold().startswith(found[1]):
        return None
    year = int(found[2]) if found[2] else this.first.year - (number > this.first.month)
    return Month(date(year, number, 1)) if year else None


def _numbered(said: str) -> Month | None:
    found = SLASHED.fullmatch(said)
    if not found:
        return None
    number, year = int(found[1] or found[4]), int(found[2] or found[3])
    return Month(date(year, number, 1)) if 1 <= number <= len(NAMES) and year else None


@dataclass(frozen=True)
class Line:
    """Minutes of one line of the sheet: those of each project, in the order of the sheet's projects."""

    minutes: Sequence[int]

    @property
    def total(self) -> int:
        """Add them up."""
        return sum(self.minutes)


@dataclass(frozen=True)
class Timesheet:
    """What somebody logged in a month, by day and project ("" for none); `open_weeks` can still be changed.

    `made` is the day on which it was put together, on the clock of `zone`.
    """

    name: str
    user_id: str
    zone: str
    month: Month
    made: date
    minutes: Mapping[tuple[date, str], int] = field(default_factory=dict)
    open_weeks: frozenset[Week] = frozenset()

    @property
    def projects(self) -> tuple[str, ...]:
        """Name the projects, the one with most time first."""
        totals = {project: 0 for _, project in self.minutes}
        for (_, project), minutes in self.minutes.items():
            totals[project] += minutes
        return tuple(sorted((one for one in totals if totals[one]), key=lambda one: (-totals[one], one)))

    def line(self, days: Sequence[date]) -> Line:
        """Add up some days."""
        return Line([sum(self.minutes.get((day, one), 0) for day in days) for one in self.projects])

    @property
    def whole(self) -> Line:
        """Add up the month."""
        return self.line(self.month.days)

    def days_of(self, week: Week) -> tuple[date, ...]:
        """List the days of a week that are in the month."""
        return tuple(day for day in week.days if Month.of(day) == self.month)


def columns(line: Line, most: int) -> Sequence[int]:
    """Give the minutes of a line for at most so many columns; what has none of its own is in the last one."""
    if len(line.minutes) <= most:
        return line.minutes
    return [*line.minutes[: most - 1], sum(line.minutes[most - 1 :])]


def offered_at(hours: Hours, now: datetime, book: TimesheetBook) -> datetime:
    """Say when last month's timesheet is next offered to somebody: on their first working morning of a month."""
    month = Month.of(now.date()).previous
    while True:
        day = next_working_day(month.first - DAY, hours.weekdays, hours.free)
        window = shift(hours, day)
        at = window[0] + book.after_minutes * MINUTE if window else None
        if at and at > now:
            return at
        month = month.next
