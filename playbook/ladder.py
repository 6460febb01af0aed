"""The ladder from outsider to inner circle: its steps, what shows each, and where somebody stands."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal, Self

from pydantic import model_validator

from playbook.days import DAY, instant, local_day, next_working_day
from playbook.hours import Hours
from playbook.page import Page, twice

FACTS = frozenset(
    {"days", "introductions", "week_one", "sprints", "kpis", "one_on_ones", "blockers", "reviews", "wiki", "courses"}
)
MOST_STAGES = 10
MONTHS = 12
LAST_DAY = 28
CHANNEL, DOCUMENT, NOT_NOW = "channel", "document", "not_now"


class Evidence(Page):
    """Something that shows a step: counted from a fact, or with none told by people."""

    key: str
    text: str
    fact: str
    least: int


class Step(Page):
    """One step of the ladder: what it is, what helps on the way to it, and the evidence for it."""

    key: str
    name: str
    means: str
    ahead: str
    evidence: tuple[str, ...]


class Suggestion(Page):
    """Something that a manager can do for somebody whose next step this is."""

    stage: str
    text: str
    act: Literal["invite", "note"]
    evidence: str


class InclusionBook(Page):
    """The evidence that is noted when somebody is invited into a channel or a document."""

    channel: str
    document: str


class LadderBook(Page):
    """The steps with their evidence, and when managers are asked (guide: Phase 3, the inner circle)."""

    from_day: int
    ask_day: int
    ask_at: time
    suggest_day: int
    suggest_at: time
    most_words: int
    most_asked: int
    inclusion: InclusionBook
    stages: tuple[Step, ...]
    evidence: tuple[Evidence, ...]
    suggestions: tuple[Suggestion, ...]

    def sign(self, key: str) -> Evidence | None:
        """Give a piece of evidence by its key, if there is such a one."""
        return next((one for one in self.evidence if one.key == key), None)

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        keys, steps = [one.key for one in self.evidence], [one.key for one in self.stages]
        again = twice([*keys, *steps])
        if again:
            raise ValueError(f"each key can be there once: {', '.join(again)}")
        if not 2 <= len(steps) <= MOST_STAGES:  # noqa: PLR2004 - one step is no ladder
            raise ValueError(f"a ladder has 2 to {MOST_STAGES} stages")
        if not all(1 <= one <= LAST_DAY for one in (self.ask_day, self.suggest_day)):
            raise ValueError(f"ask_day and suggest_day are dates from 1 to {LAST_DAY}, which every month has")
        unknown = [one.fact for one in self.evidence if one.fact and one.fact not in FACTS]
        unknown += [one for step in self.stages for one in step.evidence if one not in keys]
        unknown += [one.evidence for one in self.suggestions if one.evidence not in keys]
        unknown += [one.stage for one in self.suggestions if one.stage not in steps]
        unknown += [one for one in (self.inclusion.channel, self.inclusion.document) if one not in keys]
        if unknown:
            raise ValueError(f"these are named but not there: {', '.join(unknown)}")
        return self


@dataclass(frozen=True)
class Sign:
    """A piece of evidence for one contractor: how much of it there is, and whether that is enough."""

    evidence: Evidence
    have: int

    @property
    def shown(self) -> bool:
        """Tell whether it is there."""
        return self.have >= self.evidence.least


@dataclass(frozen=True)
class Standing:
    """Where somebody stands: the step (from 0), what shows it, the next step and the signs of it."""

    at: int
    step: Step
    here: tuple[Sign, ...]
    next: Step | None
    ahead: tuple[Sign, ...]

    @property
    def ready(self) -> bool:
        """Tell whether all that shows the next step is there."""
        return self.next is not None and bool(self.ahead) and all(one.shown for one in self.ahead)


def place(book: LadderBook, key: str) -> int:
    """Say which step (from 0) a key means; one that is not on the ladder any more is the lowest."""
    return next((at for at, step in enumerate(book.stages) if step.key == key), 0)


def standing(book: LadderBook, key: str, facts: Mapping[str, int], noted: Collection[str]) -> Standing:
    """Say where somebody stands; a fact that is not there at all does not count for or against them."""
    at = place(book, key)
    here = [one for step in book.stages[: at + 1] for one in _signs(book, step, facts, noted) if one.shown]
    following = book.stages[at + 1] if at + 1 < len(book.stages) else None
    ahead = _signs(book, following, facts, noted) if following else ()
    return Standing(at, book.stages[at], tuple(here), following, ahead)


def _signs(book: LadderBook, step: Step, facts: Mapping[str, int], noted: Collection[str]) -> tuple[Sign, ...]:
    found = [one for key in step.evidence for one in book.evidence if one.key == key]
    counted = [one for one in found if not one.fact or one.fact in facts]
    return tuple(Sign(one, facts[one.fact] if one.fact else one.least * (one.key in noted)) for one in counted)


def suggested(book: LadderBook, stand: Standing, noted: Collection[str]) -> tuple[Suggestion, ...]:
    """Give what a manager can do for somebody's next step and has not done yet."""
    following = stand.next.key if stand.next else ""
    return tuple(one for one in book.suggestions if one.stage == following and one.evidence not in noted)


def month_of(now: datetime, zone: str) -> date:
    """Give the first day of the month that it is on a clock."""
    return local_day(now, zone).replace(day=1)


def next_month(month: date) -> date:
    """Give the first day of the month after."""
    return date(month.year + month.month // MONTHS, month.month % MONTHS + 1, 1)


def monthly(hours: Hours, day: int, at: time, now: datetime) -> tuple[date, datetime]:
    """Say when the first working day of a month from some date on is next there: the day, and the instant in UTC."""
    month = month_of(now, hours.zone)
    while True:
        found = next_working_day(month.replace(day=day) - DAY, hours.weekdays, hours.free)
        due_at = instant(found, at, hours.zone)
        if due_at and due_at > now:
            return found, due_at
        month = next_month(month)
