"""Checklists: what is to be done on a path, when it is due, what each item can become, and what follows a change."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Literal, Self, get_args

from pydantic import model_validator

from playbook.days import DAY, last_working_day, next_working_day
from playbook.page import Page, twice
from playbook.path import Path
from playbook.tongue import phrase

Owner = Literal["contractor", "manager", "operations", "buddy"]
Auto = Literal[
    "", "packet_sent", "packet_read", "introduction", "buddy", "shadowing", "kpi_agreed", "access_open", "2fa",
    "one_on_one", "golden", "health", "audit", "purpose", "sprint", "wiki", "rate", "review",
]  # fmt: skip
OWNERS: tuple[Owner, ...] = get_args(Owner)
SOMEDAY = date(9999, 12, 31)
LEAST_DAY, MOST_DAY = -30, 250
OWN = "own:"


class Phase(Page):
    """A stretch of the path, in the guide's order."""

    key: str
    name: str


class Thing(Page):
    """One thing to do: whose it is, on which of the contractor's working days, and why."""

    key: str
    phase: str
    text: str
    reason: str
    owner: Owner
    day: int
    auto: Auto = ""
    needs_proof: bool = False


class ChecklistLimits(Page):
    """How many characters fit, and how many items and templates there may be."""

    text: int
    reason: int
    proof: int
    why_not: int
    name: int
    items: int
    templates: int


class ChecklistBook(Page):
    """Everything we believe about checklists (guide: Embedded IC Onboarding Checklist; The IC Integration Playbook)."""

    morning: time
    rows: int
    late_days: int
    daily_days: int
    weekly_days: int
    own_days: int
    added_phase: str
    standard_name: str
    limits: ChecklistLimits
    phases: tuple[Phase, ...]
    items: tuple[Thing, ...]

    def phase_name(self, key: str) -> str:
        """Name a phase; one that was taken out of the playbook keeps its key."""
        return next((phase.name for phase in self.phases if phase.key == key), key)

    @model_validator(mode="after")
    def _sound(self) -> Self:
        phases = {phase.key for phase in self.phases}
        again = twice([*(phase.key for phase in self.phases), *(thing.key for thing in self.items)])
        if again:
            raise ValueError(f"the key {again[0]} is given twice.")
        for thing in self.items:
            if thing.phase not in phases:
                raise ValueError(f"{thing.key} is in the phase {thing.phase}, and there is no such phase.")
            if not LEAST_DAY <= thing.day <= MOST_DAY:
                raise ValueError(f"{thing.key} is on day {thing.day}; days go from {LEAST_DAY} to {MOST_DAY}.")
            if len(thing.text) > self.limits.text:
                raise ValueError(f"the text of {thing.key} is longer than {self.limits.text} characters.")
        if self.added_phase not in phases:
            raise ValueError(f"added_phase names {self.added_phase}, and there is no such phase.")
        return self


# How things stand ---------------------------------------------------------------------------------


class State(StrEnum):
    """How an item stands on a day; `someday` was due long before its contractor was added."""

    DONE = "done"
    NOT_APPLICABLE = "na"
    OVERDUE = "overdue"
    TODAY = "today"
    SNOOZED = "snoozed"
    SOMEDAY = "someday"
    TODO = "todo"


class Move(StrEnum):
    """What somebody can do with an item."""

    DONE = "done"
    NOT_APPLICABLE = "na"
    SNOOZE = "snooze"
    HELP = "help"
    UNDO = "undo"
    VERIFY = "verify"
    WHY = "why"


OPEN_MOVES = (Move.DONE, Move.NOT_APPLICABLE, Move.SNOOZE)
MOVES: Mapping[State, tuple[Move, ...]] = {
    State.DONE: (Move.UNDO,),
    State.NOT_APPLICABLE: (Move.UNDO,),
    State.OVERDUE: OPEN_MOVES,
    State.TODAY: OPEN_MOVES,
    State.TODO: OPEN_MOVES,
    State.SNOOZED: (Move.DONE, Move.NOT_APPLICABLE, Move.UNDO),
    State.SOMEDAY: OPEN_MOVES,
}


def counts_from(due: date, snoozed: date | None) -> date:
    """Say on which day an item asks to be done: the day it is due, or the one it was put off to."""
    return max(due, snoozed) if snoozed else due


def state_on(kept: str, due: date, snoozed: date | None, today: date) -> State:
    """Say how an item stands on a day; `kept` is what is stored of it (todo, done, na)."""
    if kept in {State.DONE, State.NOT_APPLICABLE}:
        return State(kept)
    if snoozed == SOMEDAY:
        return State.SOMEDAY
    day = counts_from(due, snoozed)
    if day > today:
        return State.SNOOZED if snoozed and snoozed > today else State.TODO
    return State.TODAY if day == today else State.OVERDUE


def asks_on(day: date, since: date, book: "ChecklistBook", *, opens_week: bool) -> bool:
    """Tell whether something brings a message on a day: each morning at first, later once a week, at last no more."""
    late = (day - since).days
    return late <= book.daily_days or (opens_week and late <= book.weekly_days)


def snooze_choices(today: date) -> tuple[tuple[str, date], ...]:
    """Offer days to put something off to: tomorrow, Monday, in a week; each once."""
    monday = today + timedelta(days=7 - today.weekday())
    offered = (
        (phrase("Tomorrow"), today + DAY),
        (phrase("Monday"), monday),
        (phrase("In a week"), today + timedelta(days=7)),
    )
    seen: dict[date, str] = {}
    for name, day in offered:
        seen.setdefault(day, name)
    return tuple((name, day) for day, name in seen.items())


# When things are due ------------------------------------------------------------------------------


def dates(path: Path, numbers: Iterable[int]) -> Mapping[int, date]:
    """Give the dates of several days of a path, walking it once."""
    wanted = set(numbers)
    if not wanted:
        return {}
    free, found = path.days_off, {}
    day, number = path.day(1), 1
    while number <= max(wanted):
        found[number] = day
        day, number = next_working_day(day, path.weekdays, free), number + 1
    day, number = path.day(0), 0
    while number >= min(wanted):
        found[number] = day
        day, number = last_working_day(day, path.weekdays, free), number - 1
    return {number: found[number] for number in wanted}


def grace(due: date, today: date, late_days: int) -> date | None:
    """Say from when something counts that is given to people on a day on which it is late already.

    What was due within the last days counts from today, what was due before that waits until somebody ticks it; so
    nobody is behind on the day somebody is added, or their start is moved into the past.
    """
    if due >= today:
        return None
    return today if today - due <= timedelta(days=late_days) else SOMEDAY


@dataclass(frozen=True)
class Kept:
    """What is there of one item already: enough to say what follows when the path is laid again."""

    key: str
    due: date
    touched: bool


@dataclass(frozen=True)
class Plan:
    """What follows for a contractor's items: those to add, those whose words or day follow, and keys to take away."""

    fresh: tuple[Thing, ...]
    followed: tuple[Thing, ...]
    gone: frozenset[str]


def plan(things: Sequence[Thing], kept: Sequence[Kept]) -> Plan:
    """Say what to do when a path is laid: nothing that somebody has done is touched, nor what people added by hand."""
    there = {one.key: one for one in kept}
    fresh = tuple(thing for thing in things if thing.key not in there)
    followed = tuple(thing for thing in things if thing.key in there and not there[thing.key].touched)
    wanted = {thing.key for thing in things}
    gone = (one.key for one in kept if one.key not in wanted and not one.touched and not one.key.startswith(OWN))
    return Plan(fresh, followed, frozenset(gone))
