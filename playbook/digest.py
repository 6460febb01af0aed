"""The manager's digest: what needs them comes first, and hours are told without ranking anybody."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Literal

from playbook.days import last_working_day, working_days_between
from playbook.page import Page
from playbook.weekday import WEEKDAYS, Weekday

RowKind = Literal["past", "aging", "silent", "hours"]
ORDER: tuple[RowKind, ...] = ("past", "aging", "silent", "hours")


class DigestBook(Page):
    """When the digest comes, and from when on something belongs into it (guide: Run Diagnostic Health Checks)."""

    daily: time
    until: time
    weekly: Weekday
    past_minutes: int
    aging_minutes: int
    silent_days: int

    @property
    def weekly_weekday(self) -> int:
        """Give the day that also looks back on the week (0 is Monday)."""
        return WEEKDAYS.index(self.weekly)


@dataclass(frozen=True)
class Stuck:
    """A blocker that is not resolved; `worked` is the helper's working minutes since it was raised."""

    number: int
    contractor: str
    what: str
    worked: int
    overnight: bool = False
    state: str = "open"
    helper: str = ""
    key: str = ""


@dataclass(frozen=True)
class Logged:
    """A contractor: working days without a log, and the minutes of their last working day before today."""

    contractor: str
    name: str
    silent_days: int
    yesterday: date
    minutes: int


@dataclass(frozen=True)
class Row:
    """One line of the digest, about a blocker or about a contractor's log."""

    kind: RowKind
    stuck: Stuck | None = None
    logged: Logged | None = None

    @property
    def contractor(self) -> str:
        """Say whom it is about."""
        about = self.stuck or self.logged
        return about.contractor if about else ""


@dataclass(frozen=True)
class Digest:
    """The lines of a digest, most urgent first."""

    rows: tuple[Row, ...] = ()

    @property
    def quiet(self) -> bool:
        """Say whether nothing needs the manager: hours alone are no exception."""
        return all(row.kind == "hours" for row in self.rows)

    def of(self, kind: RowKind) -> tuple[Row, ...]:
        """List the lines of one kind."""
        return tuple(row for row in self.rows if row.kind == kind)


def digest(stuck: Iterable[Stuck], logged: Iterable[Logged], book: DigestBook) -> Digest:
    """Put the facts in order: past the window, getting old, not logging, then yesterday's hours by name."""
    blockers = sorted(stuck, key=lambda one: (-one.worked, one.number))
    people = sorted(logged, key=lambda one: (one.name.casefold(), one.contractor))
    silent = sorted(people, key=lambda one: -one.silent_days)
    rows = [Row(kind, stuck=one) for one in blockers if (kind := _age(one, book))]
    rows += [Row("silent", logged=one) for one in silent if one.silent_days >= book.silent_days]
    rows += [Row("hours", logged=one) for one in people]
    return Digest(tuple(sorted(rows, key=lambda row: ORDER.index(row.kind))))


def _age(stuck: Stuck, book: DigestBook) -> RowKind | None:
    if stuck.worked >= book.past_minutes:
        return "past"
    return "aging" if stuck.worked >= book.aging_minutes or stuck.overnight else None


def silent_days(
    last: date | None, started: date, today: date, weekdays: Collection[int], off: Collection[date] = ()
) -> int:
    """Count the working days before today on which a log was to be expected and none came.

    `last` is the day of the last entry, `off` the days that were answered with "didn't work today".
    """
    since = max(last, started - timedelta(days=1)) if last else started - timedelta(days=1)
    return working_days_between(since, today, weekdays, off)


def yesterday(today: date, weekdays: Collection[int], off: Collection[date] = ()) -> date:
    """Give the contractor's last working day before today."""
    return last_working_day(today, weekdays, off)
