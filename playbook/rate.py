"""The rate review: its days, when the manager hears of it, what is worth knowing, and how it can end."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal, Self

from pydantic import model_validator

from playbook.days import DAY, instant, last_working_day, next_working_day
from playbook.hours import Hours, shift
from playbook.kpi_measure import State
from playbook.page import Page, twice
from playbook.tongue import phrase

Ending = Literal["raised", "kept", "changed", "later"]
RAISED, KEPT, CHANGED, LATER = "raised", "kept", "changed", "later"
OVERDUE = "overdue"
YEAR = 12
FAR = timedelta(days=3 * 365)


class Outcome(Page):
    """One way a review can end: how it is called, and what the contractor is told."""

    key: Ending
    label: str
    told: str


class Unit(Page):
    """What an amount is for; `written` puts {amount} and {currency} together."""

    key: str
    label: str
    written: str


class RateBook(Page):
    """How often rates are looked at, and when the manager hears of it (guide: Proactive Rate & Compensation Talks)."""

    months: int
    choices: tuple[int, ...]
    notices: tuple[int, ...]
    overdue_days: int
    at: time
    weeks: int
    longest_words: int
    outcomes: tuple[Outcome, ...]
    units: tuple[Unit, ...]

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.months not in self.choices:
            raise ValueError("months must be one of the choices")
        if list(self.notices) != sorted(set(self.notices), reverse=True):
            raise ValueError("the notices must stand in their order, the earliest first")
        if again := twice([*(one.key for one in self.outcomes), *(one.key for one in self.units)]):
            raise ValueError(f"{', '.join(again)} is there more than once")
        return self

    def outcome(self, key: str) -> Outcome | None:
        """Give a way to end by its key."""
        return next((one for one in self.outcomes if one.key == key), None)

    def unit(self, key: str) -> Unit | None:
        """Give what an amount is for by its key."""
        return next((one for one in self.units if one.key == key), None)


# Days ---------------------------------------------------------------------------------------------


def add_months(day: date, months: int) -> date:
    """Give the same day some months later, or the last day of a month that is too short for it."""
    year, month = divmod(day.year * YEAR + day.month - 1 + months, YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def first_after(start: date, months: int, after: date) -> date:
    """Give the first review after a day, counted from the start: every so many months."""
    times = 1
    while add_months(start, times * months) <= after:
        times += 1
    return add_months(start, times * months)


def fits(start: date, months: int, next_on: date) -> bool:
    """Tell whether a day is one of those on which a review comes, counted from the start."""
    return next_on > start and first_after(start, months, next_on - DAY) == next_on


@dataclass(frozen=True)
class Tenure:
    """How long somebody has been here, in whole years and months."""

    years: int
    months: int


def tenure(start: date, today: date) -> Tenure:
    """Count the whole years and months since the start; none before it."""
    months = (today.year - start.year) * YEAR + today.month - start.month
    months -= add_months(start, months) > today
    return Tenure(*divmod(max(months, 0), YEAR))


# When the manager hears of it -----------------------------------------------------------------------


@dataclass(frozen=True)
class Moment:
    """When the manager is told of a review, and for which reason: so many days before, or overdue."""

    kind: str
    at: datetime


def morning(hours: Hours, day: date, book: RateBook) -> datetime:
    """Give the moment of a working day at which somebody is written to: not before their day begins, nor after it."""
    worked = shift(hours, day)
    assert worked is not None, "only a working day has a morning"
    at = instant(day, book.at, hours.zone)
    return at if at and worked[0] <= at < worked[1] else worked[0]


def moments(due_on: date, meet_on: date | None, hours: Hours, book: RateBook) -> tuple[Moment, ...]:
    """Say when a manager is told of a review: before it on a working day of theirs, or the one before that.

    When it is overdue counts from the day of the talk, where that is later.
    """
    before = [(str(days), due_on - timedelta(days=days)) for days in book.notices]
    told = [Moment(kind, morning(hours, _on_or_before(hours, day), book)) for kind, day in before]
    late = max(due_on, meet_on or due_on) + timedelta(days=book.overdue_days)
    late = next_working_day(late - DAY, hours.weekdays, hours.free)
    return (*told, Moment(OVERDUE, morning(hours, late, book)))


def _on_or_before(hours: Hours, day: date) -> date:
    return last_working_day(day + DAY, hours.weekdays, hours.free)


def passed(found: Sequence[Moment], now: datetime) -> Moment | None:
    """Give the last of the moments that have come."""
    return next((one for one in reversed(found) if one.at <= now), None)


def next_morning(hours: Hours, now: datetime, book: RateBook) -> datetime:
    """Give the first working morning of somebody after a moment."""
    day = now.date() - 2 * DAY
    while True:
        day = next_working_day(day, hours.weekdays, hours.free)
        if (at := morning(hours, day, book)) > now:
            return at


# What is worth knowing ------------------------------------------------------------------------------


@dataclass(frozen=True)
class KpiWeek:
    """A week of KPIs: its Monday, whether the manager confirmed it, and how each KPI stood."""

    monday: date
    confirmed: bool
    states: tuple[State, ...] = ()


@dataclass(frozen=True)
class Trend:
    """So many weeks that were confirmed, in how many of them a number can be compared, and was on target."""

    confirmed: int = 0
    counted: int = 0
    on_target: int = 0


def trend(weeks: Sequence[KpiWeek]) -> Trend:
    """Count weeks; one that was told only in words is confirmed, and neither on target nor off it."""
    sure = [one for one in weeks if one.confirmed]
    counted = [one for one in sure if {State.ON_TRACK, State.LOOK} & set(one.states)]
    return Trend(len(sure), len(counted), sum(State.LOOK not in one.states for one in counted))


def trends(weeks: Sequence[KpiWeek], monday: date, book: RateBook) -> tuple[Trend, Trend]:
    """Count the newest weeks before a Monday, and as many before those."""
    border, first = (monday - timedelta(weeks=times * book.weeks) for times in (1, 2))
    newer = [one for one in weeks if border <= one.monday < monday]
    return trend(newer), trend([one for one in weeks if first <= one.monday < border])


@dataclass(frozen=True)
class Agreed:
    """What the last quarterly review left behind: its number and day, and what was to be done (words, done)."""

    number: int
    day: date
    items: tuple[tuple[str, bool], ...] = ()
    kpis_agreed: bool = False


@dataclass(frozen=True)
class Facts:
    """What is worth knowing before a talk about somebody's rate; `agreed` and `before` are the manager's to read."""

    start: date
    tenure: Tenure
    weeks: int
    newer: Trend = Trend()
    older: Trend = Trend()
    skills: tuple[str, ...] = ()
    stage: str = ""
    stage_on: date | None = None
    agreed: Agreed | None = None
    before: str = ""
    before_on: date | None = None


# How it ends ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Decision:
    """How a review ended, on which day, and when the next one is."""

    outcome: str
    held_on: date | None
    next_on: date | None


def decide(typed: Decision, due_on: date, today: date, months: int) -> tuple[Decision, dict[str, str]]:
    """Put together what was filled in, the next day counted where none was chosen; and say what needs another look."""
    later = typed.outcome == LATER
    held = None if later else typed.held_on
    next_on = typed.next_on or (add_months(held, months) if held else None)
    wrong = {
        "outcome": "" if typed.outcome in (RAISED, KEPT, CHANGED, LATER) else phrase("Please choose how it ended."),
        "held": "" if later else _held_problem(held, today),
        "next": _next_problem(next_on, due_on, today, later=later) if held or later else "",
    }
    return Decision(typed.outcome, held, next_on), {name: words for name, words in wrong.items() if words}


def _held_problem(held: date | None, today: date) -> str:
    if held is None:
        return phrase("Please say on which day you talked.")
    if held > today:
        return phrase("That day is still to come. Note the outcome after the talk, or invite them for that day.")
    return phrase("That is long ago. Please check the year.") if held < today - FAR else ""


def _next_problem(next_on: date | None, due_on: date, today: date, *, later: bool) -> str:
    if next_on is None:
        return phrase("Please say until when it is put off.")
    if next_on <= today:
        return phrase("Please choose a day that is still to come.")
    if later and next_on == due_on:
        return phrase("It is due on that day already. Please choose a later one.")
    return phrase("Please choose a day within the next three years.") if next_on > today + FAR else ""
