"""What people see of a 1:1 that is planned: the form, and the word to the contractor."""

from datetime import datetime

from blocks import fields
from blocks.kit import Block, View, context, mention, modal, section, when

OPEN = "oneonone.open"
FORM = "oneonone.form"
AGENDA = "oneonone.agenda"
PREPARE = "oneonone.prepare"
STRATEGY = "oneonone.strategy"
START = "oneonone.start"
ADD = "oneonone.add"
MOVE = "oneonone.move"
SKIP = "oneonone.skip"
ASK = "oneonone.ask"

Drawn = tuple[str, list[Block]]


def form(user_id: str, minutes: int, at: datetime | None, clocks: str, memo: str) -> View:
    """Ask a manager when the next 1:1 with a contractor is; `clocks` says what time it is for both."""
    blocks = [
        section(f"{minutes} minutes with {mention(user_id)}, just the two of you."),
        fields.moment("at", "When", at, hint=clocks),
    ]
    return modal("Plan the 1:1", blocks, FORM, submit="Plan it", memo=memo)


def planned(manager_id: str, at: datetime, before: datetime | None) -> Drawn:
    """Tell a contractor when the 1:1 is."""
    moved = f" It was {when(before)}." if before else ""
    text = f"Your 1:1 with {mention(manager_id)} is {when(at, '{date_short_pretty} at {time}')}."
    hint = "You will find it in my Home tab too. If the time does not suit you, tell your manager: it is for you both."
    return text, [section(f"{text}{moved}"), context(hint)]


def saved(user_id: str, at: datetime) -> str:
    """Answer the manager."""
    return f"Planned: 1:1 with {mention(user_id)}, {when(at, '{date_short_pretty} at {time}')}. I have told them."
