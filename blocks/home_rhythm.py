"""What of the week's rhythm waits for a contractor, as lines of Home: one each, and only when there is something."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from blocks.audit import OPEN as AUDIT
from blocks.audit import record
from blocks.golden import OPEN as GOLDEN
from blocks.kit import Block, button, day_name, mention, one_line, section, when
from blocks.learn import OPEN as LEARN
from blocks.learn import named
from blocks.oneonone import PREPARE
from blocks.ooo import BACK, span
from blocks.review import ANSWER as REVIEW
from blocks.review import SHOW
from blocks.review_item import DONE as MENDED
from blocks.sprint import ANSWER, DONE
from blocks.wiki import OPEN as WIKI
from playbook.days import Week
from playbook.learn import APPROVED, DECLINED, DISCUSSING
from playbook.tongue import numbered, phrase
from storage.growth_tables import Course, Review, ReviewItem
from storage.rhythm_tables import Away, Meeting
from storage.trust_tables import Audit, Sprint

PARTLY = "partly"
TITLES = {
    "away": phrase("Away"),
    "audit": phrase("Audit"),
    "prepare": "1:1",
    "review": phrase("Quarterly Review"),
    "item": phrase("To mend"),
    "golden": phrase("Golden Hours"),
    "sprint": phrase("Small Win Sprint"),
    "wiki": phrase("Wiki"),
    "course": phrase("Course"),
}

Ask = tuple[str, Block]


@dataclass(frozen=True)
class Rhythm:
    """What waits: time away that has begun, a week to answer for, a 1:1 to prepare, Golden Hours, a sprint, the wiki.

    `golden` is "none" where nothing is agreed, "asked" where a proposal waits for the contractor, else "". `review`
    waits for the contractor, `items` of reviews are theirs and due, and `course` was answered lately.
    """

    away: Away | None = None
    audit: Audit | None = None
    meeting: Meeting | None = None
    golden: str = ""
    sprint: Sprint | None = None
    wiki: int = 0
    review: Review | None = None
    items: Sequence[ReviewItem] = ()
    course: Course | None = None

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
        "review": _review(rhythm.review, manager_id),
        "item": _items(rhythm.items),
        "golden": _golden(rhythm.golden, manager_id),
        "sprint": _sprint(rhythm.sprint),
        "wiki": _wiki(rhythm.wiki),
        "course": _course(rhythm.course),
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


def _review(row: Review | None, manager_id: str) -> Ask | None:
    if row is None:
        return None
    manager = mention(manager_id)
    if row.kept_at:
        words = phrase("{manager} proposes that your KPIs stay as they are; do you agree?", manager=manager)
        return words, button(phrase("Open the page"), SHOW, row.id)
    words = phrase("how were the last months? You and {manager} answer apart, then both see it.", manager=manager)
    return words, button(phrase("Answer"), REVIEW, row.id)


def _items(rows: Sequence[ReviewItem]) -> Ask | None:
    if not rows:
        return None
    task, due_on, more = f"“{one_line(rows[0].words, 120)}”", rows[0].due_on, len(rows) - 1
    words = phrase("{task}, due {due_at}.", task=task, due_at=day_name(due_on) if due_on else "")
    rest = numbered("{n} more is due.", "{n} more are due.", more)
    return f"{words} {rest}" if more else words, button(phrase("It is done"), MENDED, rows[0].id)


COURSES = {
    APPROVED: phrase("{who} approved {course}. Enjoy it!"),
    DISCUSSING: phrase("{who} would like to talk about {course} in your next 1:1."),
    DECLINED: phrase("{who} cannot say yes to {course} for now; the reason is in your list."),
}


def _course(row: Course | None) -> Ask | None:
    if row is None or row.state not in COURSES:
        return None
    words = COURSES[row.state].format(who=mention(row.decided_by), course=named(row))
    return words, button(phrase("My courses"), LEARN)
