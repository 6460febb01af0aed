"""The Small Win Sprint: when it can be due, and what follows from what it said of tools and instructions."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from playbook.page import Page

YES, PARTLY, NO = "yes", "partly", "no"
ANSWERS = (YES, PARTLY, NO)
OPEN, DONE, MISSED = "open", "done", "missed"


class SprintBook(Page):
    """How long a sprint is, and when it is suggested (guide: Step 3, The Small Win Sprint)."""

    hours: int
    least_hours: int
    last_day: int
    suggest_day: int
    suggest_at: time
    most: int
    most_words: int


def problem(due_at: datetime, now: datetime, book: SprintBook) -> str:
    """Say why a sprint cannot be due at a moment, "" if it can."""
    if due_at < now + timedelta(hours=book.least_hours):
        return f"Please give them at least {book.least_hours} hours."
    if due_at > now + timedelta(hours=book.hours):
        return f"A small win comes within {book.hours} hours. Please choose an earlier moment, or a smaller task."
    return ""


@dataclass(frozen=True)
class Follows:
    """What a sprint brings to light: a line for the checklist, and whose it is."""

    text: str
    owner: str


def follows(had_tools: str, missing: str, clear: str, unclear: str, name: str) -> tuple[Follows, ...]:
    """Say what is to be done about the answers to the two questions; nothing where both are a yes."""
    found = []
    if had_tools != YES and missing:
        found.append(Follows(f"Give {name} what was missing: {missing}", "operations"))
    if clear != YES and unclear:
        found.append(Follows(f"Make clearer for {name}: {unclear}", "manager"))
    return tuple(found)
