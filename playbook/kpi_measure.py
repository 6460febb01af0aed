"""What a week says of each KPI: on track, worth a look, or not yet known; always with the reason, never a verdict."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from playbook.golden_answer import Kept
from playbook.kpi import IN_WORDS, Kpi, KpiBook, figure, number
from playbook.tongue import numbered, phrase, weekday

HOUR = timedelta(hours=1)
YES, NO = "yes", "no"
MOST_NAMED = 3


class State(StrEnum):
    """How a KPI stands in a week."""

    ON_TRACK = "on track"
    LOOK = "worth a look"
    TOLD = "told in words"
    UNKNOWN = "not yet known"


SIGNS = {State.ON_TRACK: "✓", State.LOOK: "△", State.TOLD: "✎", State.UNKNOWN: "○"}


@dataclass(frozen=True)
class Measured:
    """A KPI's week: how it stands, why, and how much of how much where that can be drawn."""

    state: State
    why: str
    done: float | None = None
    whole: float | None = None
    short: str = ""

    @property
    def sign(self) -> str:
        """Give the sign that stands beside the words."""
        return SIGNS[self.state]


def response(delays: Sequence[timedelta], row: Kpi, book: KpiBook) -> Measured:
    """Count the week's blockers that were raised within the window; `delays` is how long that took."""
    hours = row.target if row.target is not None else _default(row.key, book)
    if not delays:
        return Measured(
            State.UNKNOWN, phrase("no blocker this week, so there is nothing to count"), short=phrase("none")
        )
    early = sum(delay <= hours * HOUR for delay in delays)
    enough = early * 100 >= book.enough_percent * len(delays)
    why = phrase(
        "{early} of {delays} raised within {hours} hours",
        early=early,
        delays=_blockers(len(delays)),
        hours=figure(hours),
    )
    state = State.ON_TRACK if enough else State.LOOK
    return Measured(state, why, early, len(delays), phrase("{early} of {delays}", early=early, delays=len(delays)))


def _default(key: str, book: KpiBook) -> float:
    row = book.row(key)
    return row.target if row and row.target is not None else 0


def _blockers(count: int) -> str:
    return numbered("{n} blocker", "{n} blockers", count)


def tracking(days: Sequence[date], logged: Collection[date], row: Kpi, today: date) -> Measured:
    """Count the working days so far that have a log; today counts as soon as it has one."""
    so_far = [day for day in days if day < today or (day == today and day in logged)]
    if not so_far:
        return Measured(State.UNKNOWN, phrase("no working day is over yet this week"), short="–")
    done = [day for day in so_far if day in logged]
    missing = [weekday(day) for day in so_far if day not in logged]
    target = row.target if row.target is not None else 100
    enough = len(done) * 100 >= target * len(so_far)
    rest = (
        phrase("; {missing} without", missing=phrase(" and ").join(missing)) if 0 < len(missing) <= MOST_NAMED else ""
    )
    short = phrase("{done} of {so_far}", done=len(done), so_far=len(so_far))
    why = phrase("{short} working days so far have a log{rest}", short=short, rest=rest)
    return Measured(State.ON_TRACK if enough else State.LOOK, why, len(done), len(so_far), short)


def golden(kept: Kept, book: KpiBook) -> Measured | None:
    """Count the days on which somebody was there in their Golden Hours, of those of which that is known; else None."""
    if not kept.known:
        return None
    enough = kept.kept * 100 >= book.enough_percent * kept.known
    why = phrase(
        "known on {known} of {agreed} days: kept on {kept}", known=kept.known, agreed=kept.agreed, kept=kept.kept
    )
    state = State.ON_TRACK if enough else State.LOOK
    return Measured(state, why, kept.kept, kept.known, phrase("{kept} of {known}", kept=kept.kept, known=kept.known))


def ticked(value: str | None) -> Measured:
    """Say what the weekly yes or no means."""
    if value is None:
        return Measured(State.UNKNOWN, phrase("asked once a week, and not answered yet"))
    if value == YES:
        return Measured(State.ON_TRACK, phrase("ticked for this week"), short="yes")
    return Measured(State.LOOK, phrase("not ticked for this week; worth a word"), short="no")


def by_manager() -> Measured:
    """Say that the bot knows nothing of what the manager looks at."""
    return Measured(State.UNKNOWN, phrase("the manager looks at this, best together with you"))


def entered(row: Kpi, value: str | None, words: str = "") -> Measured:
    """Say how what was entered for an Output KPI stands to its target; what has no number is told as it is."""
    if not value:
        return Measured(State.UNKNOWN, phrase("not entered yet this week"))
    told = number(value)
    if told is None or row.target is None:
        return Measured(State.TOLD, words if value == IN_WORDS else value, short=value)
    reached = told <= row.target if row.most else told >= row.target
    why = phrase("{value}, agreed is {goal}", value=value, goal=row.goal)
    if row.most:
        return Measured(State.ON_TRACK if reached else State.LOOK, why, short=value)
    return Measured(State.ON_TRACK if reached else State.LOOK, why, told, row.target, value)
