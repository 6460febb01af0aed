"""The Small Win Sprint: when it can be due, and what follows from what it said of tools and instructions."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from playbook.page import Page
from playbook.tongue import phrase

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
        return phrase("Please give them at least {least_hours} hours.", least_hours=book.least_hours)
    if due_at > now + timedelta(hours=book.hours):
        return phrase(
            "A small win comes within {hours} hours. Please choose an earlier moment, or a smaller task.",
            hours=book.hours,
        )
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
        found.append(
            Follows(phrase("Give {name} what was missing: {missing}", name=name, missing=missing), "operations")
        )
    if clear != YES and unclear:
        found.append(Follows(phrase("Make clearer for {name}: {unclear}", name=name, unclear=unclear), "manager"))
    return tuple(found)
