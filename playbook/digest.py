"""The manager's digest: what needs them comes first, and hours are told without ranking anybody."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Literal

from playbook.days import last_working_day, working_days_between
from playbook.page import Page
from playbook.weekday import WEEKDAYS, Weekday

RowKind = Literal["past", "flag", "aging", "checklist", "access", "missing", "silent", "hours"]
ORDER: tuple[RowKind, ...] = ("past", "flag", "aging", "checklist", "access", "missing", "silent", "hours")


class DigestBook(Page):
    """When the digest comes, and from when on something belongs into it (guide: Run Diagnostic Health Checks)."""

    daily: time
    until: time
    weekly: Weekday
    past_minutes: int
    aging_minutes: int
    silent_days: int
    overdue_days: int
    open_from: int
    confirm_from: int
    missing_from: int
    missing_until: int

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
class Overdue:
    """A contractor's checklist: how many items are past their day, and which has waited longest."""

    contractor: str
    name: str
    items: int
    oldest: str
    since: date


@dataclass(frozen=True)
class Unready:
    """A contractor's access: tools that are not open, and those whose second factor is not confirmed.

    `in_days` is how many days of the calendar there are until their Day 1; negative after it.
    """

    contractor: str
    name: str
    starts: date
    in_days: int
    missing: int
    total: int
    unconfirmed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Alone:
    """The people a contractor should have around them and has not: roles nobody has, and those whose holder left."""

    contractor: str
    name: str
    nobody: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


@dataclass(frozen=True)
class Strain:
    """A red flag of a contractor that they know of: what they logged, what to ask of the scope, and their words."""

    contractor: str
    name: str
    day: date
    key: str
    said: str
    ask: str
    too_much: bool = False
    words: str = ""


@dataclass(frozen=True)
class Row:
    """One line of the digest, about a blocker or about a contractor."""

    kind: RowKind
    stuck: Stuck | None = None
    logged: Logged | None = None
    overdue: Overdue | None = None
    unready: Unready | None = None
    alone: Alone | None = None
    strain: Strain | None = None

    @property
    def contractor(self) -> str:
        """Say whom it is about."""
        about = self.stuck or self.logged or self.overdue or self.unready or self.alone or self.strain
        return about.contractor if about else ""


@dataclass(frozen=True)
class Preparing:
    """What is not as it should be around contractors' first weeks."""

    overdue: Sequence[Overdue] = ()
    unready: Sequence[Unready] = ()
    alone: Sequence[Alone] = ()

    def __bool__(self) -> bool:
        """Say whether there is anything."""
        return bool(self.overdue or self.unready or self.alone)


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


def digest(
    stuck: Iterable[Stuck],
    logged: Iterable[Logged],
    book: DigestBook,
    preparing: Preparing | None = None,
    strains: Iterable[Strain] = (),
) -> Digest:
    """Put the facts in order: blockers, red flags, checklists, access, people, quiet logs, then the hours by name."""
    blockers = sorted(stuck, key=lambda one: (-one.worked, one.number))
    people = sorted(logged, key=lambda one: (one.name.casefold(), one.contractor))
    silent = sorted(people, key=lambda one: -one.silent_days)
    rows = [Row(kind, stuck=one) for one in blockers if (kind := _age(one, book))]
    rows += [
        Row("flag", strain=one) for one in sorted(strains, key=lambda one: (one.name.casefold(), one.day, one.key))
    ]
    rows += _preparing(preparing or Preparing())
    rows += [Row("silent", logged=one) for one in silent if one.silent_days >= book.silent_days]
    rows += [Row("hours", logged=one) for one in people]
    return Digest(tuple(sorted(rows, key=lambda row: ORDER.index(row.kind))))


def _preparing(found: Preparing) -> list[Row]:
    """Put first what has waited longest, and whoever starts soonest or has been waiting for most."""
    overdue = sorted(found.overdue, key=lambda one: (one.since, -one.items, one.name.casefold(), one.contractor))
    unready = sorted(found.unready, key=lambda one: (-one.missing, one.in_days, one.name.casefold(), one.contractor))
    alone = sorted(found.alone, key=lambda one: (one.name.casefold(), one.contractor))
    return [
        *(Row("checklist", overdue=one) for one in overdue),
        *(Row("access", unready=one) for one in unready),
        *(Row("missing", alone=one) for one in alone),
    ]


# Roles that everybody on the path should have around them; of the others only those whose holder left are missed.
WANTED = ("manager", "operations", "buddy")


def alone(
    contractor: str, name: str, helpers: Mapping[str, str], there: Collection[str], wanted: Collection[str] = WANTED
) -> Alone | None:
    """Say whom a contractor misses: `helpers` gives who was chosen by role, `there` the roles somebody fills."""
    nobody = tuple(role for role in wanted if role not in there and not helpers.get(role))
    left = tuple(role for role, chosen in helpers.items() if chosen and role not in there)
    return Alone(contractor, name, nobody, left) if nobody or left else None


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
