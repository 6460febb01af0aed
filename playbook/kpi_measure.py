"""What a week says of each KPI: on track, worth a look, or not yet known; always with the reason, never a verdict."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from playbook.golden_answer import Kept
from playbook.kpi import IN_WORDS, Kpi, KpiBook, figure, number

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
        return Measured(State.UNKNOWN, "no blocker this week, so there is nothing to count", short="none")
    early = sum(delay <= hours * HOUR for delay in delays)
    enough = early * 100 >= book.enough_percent * len(delays)
    why = f"{early} of {_blockers(len(delays))} raised within {figure(hours)} hours"
    state = State.ON_TRACK if enough else State.LOOK
    return Measured(state, why, early, len(delays), f"{early} of {len(delays)}")


def _default(key: str, book: KpiBook) -> float:
    row = book.row(key)
    return row.target if row and row.target is not None else 0


def _blockers(count: int) -> str:
    return "1 blocker" if count == 1 else f"{count} blockers"


def tracking(days: Sequence[date], logged: Collection[date], row: Kpi, today: date) -> Measured:
    """Count the working days so far that have a log; today counts as soon as it has one."""
    so_far = [day for day in days if day < today or (day == today and day in logged)]
    if not so_far:
        return Measured(State.UNKNOWN, "no working day is over yet this week", short="–")
    done = [day for day in so_far if day in logged]
    missing = [f"{day:%A}" for day in so_far if day not in logged]
    target = row.target if row.target is not None else 100
    enough = len(done) * 100 >= target * len(so_far)
    rest = f"; {' and '.join(missing)} without" if 0 < len(missing) <= MOST_NAMED else ""
    short = f"{len(done)} of {len(so_far)}"
    why = f"{short} working days so far have a log{rest}"
    return Measured(State.ON_TRACK if enough else State.LOOK, why, len(done), len(so_far), short)


def golden(kept: Kept, book: KpiBook) -> Measured | None:
    """Count the days on which somebody was there in their Golden Hours, of those of which that is known; else None."""
    if not kept.known:
        return None
    enough = kept.kept * 100 >= book.enough_percent * kept.known
    why = f"known on {kept.known} of {kept.agreed} days: kept on {kept.kept}"
    state = State.ON_TRACK if enough else State.LOOK
    return Measured(state, why, kept.kept, kept.known, f"{kept.kept} of {kept.known}")


def ticked(value: str | None) -> Measured:
    """Say what the weekly yes or no means."""
    if value is None:
        return Measured(State.UNKNOWN, "asked once a week, and not answered yet")
    if value == YES:
        return Measured(State.ON_TRACK, "ticked for this week", short="yes")
    return Measured(State.LOOK, "not ticked for this week; worth a word", short="no")


def by_manager() -> Measured:
    """Say that the bot knows nothing of what the manager looks at."""
    return Measured(State.UNKNOWN, "the manager looks at this, best together with you")


def entered(row: Kpi, value: str | None, words: str = "") -> Measured:
    """Say how what was entered for an Output KPI stands to its target; what has no number is told as it is."""
    if not value:
        return Measured(State.UNKNOWN, "not entered yet this week")
    told = number(value)
    if told is None or row.target is None:
        return Measured(State.TOLD, words if value == IN_WORDS else value, short=value)
    reached = told <= row.target if row.most else told >= row.target
    why = f"{value}, agreed is {row.goal}"
    if row.most:
        return Measured(State.ON_TRACK if reached else State.LOOK, why, short=value)
    return Measured(State.ON_TRACK if reached else State.LOOK, why, told, row.target, value)
