"""Blockers: who is to help, how far one has come, and when it is time to ask the next person."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Literal, Self

from pydantic import model_validator

from playbook.hours import Hours, after_working
from playbook.page import Page, twice
from playbook.sorry import Sorry
from playbook.tongue import phrase

Role = Literal["operations", "owner", "lead", "buddy", "manager"]
Words = tuple[str, ...]
WORD = re.compile(r"[\w-]+")
BEHIND = ("manager", "escalation")


class State(StrEnum):
    """How far a blocker has come."""

    OPEN = "open"
    SEEN = "seen"
    ON_IT = "on_it"
    RESOLVED = "resolved"


class Verb(StrEnum):
    """What somebody does with a blocker."""

    SEE = "see"
    TAKE = "take"
    RESOLVE = "resolve"
    REOPEN = "reopen"


# Every pair that leads anywhere else; all other pairs leave a blocker as it is, but see `step`.
MOVES: Mapping[tuple[State, Verb], State] = {
    (State.OPEN, Verb.SEE): State.SEEN,
    (State.OPEN, Verb.TAKE): State.ON_IT,
    (State.OPEN, Verb.RESOLVE): State.RESOLVED,
    (State.SEEN, Verb.TAKE): State.ON_IT,
    (State.SEEN, Verb.RESOLVE): State.RESOLVED,
    (State.ON_IT, Verb.RESOLVE): State.RESOLVED,
    (State.RESOLVED, Verb.REOPEN): State.OPEN,
}


class Kind(Page):
    """Something people get stuck on, whose role it is to help, and words that hint at it."""

    key: str
    label: str
    description: str
    role: Role
    words: Words


class Choice(Page):
    """One answer of a list."""

    key: str
    label: str


class Since(Page):
    """How long somebody has been stuck, in minutes."""

    key: str
    label: str
    minutes: int


class Step(Page):
    """What happens when a blocker has waited that many minutes of the helper's working time."""

    name: Literal["remind", "escalate", "contact"]
    minutes: int
    to: Literal["helper", "manager", "escalation"]


class Repeat(Page):
    """How often in how many days one kind comes back before it is a matter of the system."""

    count: int
    days: int


class Limits(Page):
    """How many characters fit."""

    what: int
    tried: int
    update: int
    link: int


class BlockerVerbs(Page):
    """The words that ask `/blocker` for something else than a new one."""

    list: Words
    mine: Words
    help: Words
    done: Words
    update: Words
    take: Words
    reopen: Words


class BlockerBook(Page):
    """Everything we believe about blockers (guide: Input KPIs, Response Time; The Organizational Map)."""

    fallback: str
    window_minutes: int
    prefixes: Words
    kinds: tuple[Kind, ...]
    impacts: tuple[Choice, ...]
    since: tuple[Since, ...]
    steps: tuple[Step, ...]
    repeat: Repeat
    limits: Limits
    verbs: BlockerVerbs

    def kind(self, key: str) -> Kind:
        """Give the kind of a key, or the one for everything else."""
        return next((kind for kind in self.kinds if kind.key == key), self._fallback)

    @property
    def _fallback(self) -> Kind:
        return next(kind for kind in self.kinds if kind.key == self.fallback)

    def impact(self, key: str) -> Choice | None:
        """Give the impact of a key."""
        return next((impact for impact in self.impacts if impact.key == key), None)

    def since_minutes(self, key: str) -> int:
        """Say how many minutes an answer to "stuck since" means."""
        return next((since.minutes for since in self.since if since.key == key), 0)

    @model_validator(mode="after")
    def _sound(self) -> Self:
        for listed in (self.kinds, self.impacts, self.since):
            if again := twice(item.key for item in listed):
                raise ValueError(f"the key {again[0]} is given twice")
        if self.fallback not in {kind.key for kind in self.kinds}:
            raise ValueError(f"fallback names {self.fallback}, and there is no such kind")
        minutes = [step.minutes for step in self.steps]
        if minutes != sorted(minutes):
            raise ValueError("the steps must stand in the order of their minutes")
        return self


def step(state: str, verb: str) -> State:
    """Say what a blocker is after somebody did something; doing it twice changes nothing."""
    now, done = State(state), Verb(verb)
    if (now, done) == (State.RESOLVED, Verb.TAKE):
        raise Sorry(phrase("This blocker is already resolved. Reopen it if it is back."))
    return MOVES.get((now, done), now)


def guess(text: str, book: BlockerBook) -> str:
    """Guess the kind of a blocker from its words; the fallback when nothing hints at one."""
    spoken = f" {' '.join(WORD.findall(text.casefold()))} "
    hints = {kind.key: sum(f" {word} " in spoken for word in kind.words) for kind in book.kinds}
    best = max(hints, key=lambda key: hints[key])
    return best if hints[best] else book.fallback


def helpers(kind: str, people: Mapping[str, str], raiser: str, book: BlockerBook) -> tuple[str, ...]:
    """Name the roles to ask, in order: the kind's own, the manager, the one to escalate to.

    `people` maps roles to user ids. Roles nobody has are left out; nobody helps themselves or is asked twice.
    """
    asked: dict[str, str] = {}
    for role in dict.fromkeys((book.kind(kind).role, *BEHIND)):
        person = people.get(role, "")
        if person and person != raiser:
            asked.setdefault(person, role)
    return tuple(asked.values())


def steps_due(worked: int, book: BlockerBook) -> tuple[Step, ...]:
    """List the steps whose working minutes have passed."""
    return tuple(step for step in book.steps if step.minutes <= worked)


def step_at(step: Step, hours: Hours, since: datetime) -> datetime:
    """Say when a step is due, in the working time of the one who helps."""
    return after_working(hours, since, step.minutes)


def repeated(kinds: Sequence[tuple[str, datetime]], now: datetime, book: BlockerBook) -> tuple[str, ...]:
    """Name the kinds that came back so often of late that the system needs a look (key, when raised)."""
    late = [kind for kind, at in kinds if (now - at).days < book.repeat.days and at <= now]
    return tuple(kind for kind in dict.fromkeys(late) if late.count(kind) >= book.repeat.count)
