"""What of the week's rhythm waits for a contractor, as lines of Home: one each, and only when there is something."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from blocks.audit import OPEN as AUDIT
from blocks.audit import record
from blocks.golden import OPEN as GOLDEN
from blocks.kit import Block, button, day_name, mention, one_line, section, when
from blocks.oneonone import PREPARE
from blocks.ooo import BACK, span
from blocks.sprint import ANSWER, DONE
from blocks.wiki import OPEN as WIKI
from playbook.days import Week
from playbook.tongue import numbered, phrase
from storage.rhythm_tables import Away, Meeting
from storage.trust_tables import Audit, Sprint

PARTLY = "partly"
TITLES = {
    "away": phrase("Away"),
    "audit": phrase("Audit"),
    "prepare": "1:1",
    "golden": phrase("Golden Hours"),
    "sprint": phrase("Small Win Sprint"),
    "wiki": phrase("Wiki"),
}

Ask = tuple[str, Block]


@dataclass(frozen=True)
class Rhythm:
    """What waits: time away that has begun, a week to answer for, a 1:1 to prepare, Golden Hours, a sprint, the wiki.

    `golden` is "none" where nothing is agreed, "asked" where a proposal waits for the contractor, else "".
    """

    away: Away | None = None
    audit: Audit | None = None
    meeting: Meeting | None = None
    golden: str = ""
    sprint: Sprint | None = None
    wiki: int = 0

    @property
    def off(self) -> bool:
        """Tell whether they are away for the whole of today."""
        return self.away is not None and self.away.kind != PARTLY


def asks(rhythm: Rhythm, manager_id: str, today: date) -> Mapping[str, Ask]:
    """Say each thing that waits, with the button that settles it, in the order of their urgency."""
    found: dict[str, Ask | None] = {
        "away": _away(rhythm.away, today),
        "audit": _audit(rhythm.audit),
        "prepare": _prepare(rhythm.meeting, manager_id),
        "golden": _golden(rhythm.golden, manager_id),
        "sprint": _sprint(rhythm.sprint),
        "wiki": _wiki(rhythm.wiki),
    }
    return {key: ask for key, ask in found.items() if ask is not None}


def rows(found: Mapping[str, Ask], step: str) -> Sequence[Block]:
    """Draw what waits, except what stands above as the next step already."""
    return [section(f"*{TITLES[key]}*: {words}", control) for key, (words, control) in found.items() if key != step]


def _away(row: Away | None, today: date) -> Ask | None:
    if row is None:
        return None
    how = phrase("partly away") if row.kind == PARTLY else phrase("away")
    rest = "" if row.kind == PARTLY else phrase(" Nothing is asked of you meanwhile.")
    return phrase("you are {how}, {first}.{rest}", how=how, first=span(row.first, row.last, today), rest=rest), button(
        phrase("I am back"), BACK
    )


def _audit(row: Audit | None) -> Ask | None:
    if row is None:
        return None
    week = Week(row.monday)
    words = phrase(
        "how did the week of {monday} feel? Its log closes {locks_at}.",
        monday=day_name(row.monday),
        locks_at=when(week.locks_at),
    )
    return words, button(phrase("Say how it felt"), AUDIT, record(row.user_id, week))


def _prepare(row: Meeting | None, manager_id: str) -> Ask | None:
    if row is None:
        return None
    words = phrase(
        "90 seconds to prepare your 1:1 with {manager_id}, {row}.", manager_id=mention(manager_id), row=when(row.at)
    )
    return words, button(phrase("Prepare"), PREPARE, row.id)


def _golden(state: str, manager_id: str) -> Ask | None:
    if state == "asked":
        return phrase("{manager_id} proposed some, and the answer is yours.", manager_id=mention(manager_id)), button(
            phrase("Look at them"), GOLDEN
        )
    return (
        (phrase("none are agreed with you yet."), button(phrase("Choose together"), GOLDEN))
        if state == "none"
        else None
    )


def _sprint(row: Sprint | None) -> Ask | None:
    if row is None:
        return None
    task = f"“{one_line(row.task, 120)}”"
    if row.done_at:
        return phrase("{task} is done. How did it go?", task=task), button(phrase("Two questions"), ANSWER, row.id)
    return phrase("{task}, due {due_at}.", task=task, due_at=when(row.due_at)), button(
        phrase("It is done"), DONE, row.id
    )


def _wiki(items: int) -> Ask | None:
    words = phrase(
        "{answer} to write down, so that nobody has to ask again.", answer=numbered("{n} answer", "{n} answers", items)
    )
    return (words, button(phrase("Open the list"), WIKI)) if items else None
