"""What people see of a shadowing session: the form, the invitation, the reminder, and the question afterwards."""

from dataclasses import dataclass
from datetime import datetime

from blocks import fields
from blocks.buddy import PLAN
from blocks.kit import (
    Block,
    View,
    actions,
    asking_first,
    button,
    context,
    esc,
    mention,
    modal,
    one_line,
    section,
    when,
)
from playbook.buddy import BuddyBook
from playbook.days import local_time
from playbook.length import show
from playbook.tongue import oclock, phrase

PLAN_FORM = "shadowing.form"
MOVE = "shadowing.move"
CANCEL = "shadowing.cancel"
ANSWER = "shadowing.answer"
ANSWER_FORM = "shadowing.answer_form"
QUESTION = phrase("What did you learn about how we decide?")


@dataclass(frozen=True)
class Meeting:
    """A shadowing session to draw: who watches (`user_id`) whom (`buddy_id`), when, and what to watch for."""

    id: str
    user_id: str
    buddy_id: str
    at: datetime
    minutes: int
    watch_for: str


def form(name: str, filled: Meeting, at: datetime | None, book: BuddyBook, memo: str, *, move: bool) -> View:
    """Ask with whom, when and how long, and what to watch for."""
    lengths = [(show(minutes), str(minutes)) for minutes in book.lengths]
    lead = phrase(
        "{name} watches while somebody decides something real. Both are told, and reminded.", name=one_line(name, 80)
    )
    return modal(
        phrase("Move the session") if move else phrase("Shadowing session"),
        [
            section(lead),
            fields.person("buddy", phrase("With whom?"), filled.buddy_id),
            fields.moment("at", phrase("When?"), at, hint=phrase("On your own clock; each reads it on theirs.")),
            fields.choice("minutes", phrase("How long?"), lengths, str(filled.minutes)),
            fields.text(
                "watch_for", phrase("What to watch for"), filled.watch_for, most=book.limits.watch_for, lines=True
            ),
        ],
        PLAN_FORM,
        submit=phrase("Move") if move else phrase("Plan"),
        memo=memo,
    )


def _what(meeting: Meeting, other: tuple[str, str]) -> str:
    name, zone = other
    theirs = phrase("{meeting} for {name}", meeting=oclock(local_time(meeting.at, zone)), name=one_line(name, 80))
    return phrase(
        "*When*: {meeting} on your clock, {theirs}, {minutes}\n*Who*: {meeting_2} watches {buddy_id}",
        meeting=when(meeting.at),
        theirs=theirs,
        minutes=show(meeting.minutes),
        meeting_2=mention(meeting.user_id),
        buddy_id=mention(meeting.buddy_id),
    )


def _watch_for(meeting: Meeting) -> Block:
    return section(phrase("*What to watch for*\n{watch_for}", watch_for=esc(meeting.watch_for, 550)))


def invitation(meeting: Meeting, other: tuple[str, str], *, moved: bool, by: str) -> tuple[str, list[Block]]:
    """Tell one of the two of a session, on their own clock and on that of the `other` (name and zone)."""
    did = "moved" if moved else "planned"
    text = phrase(
        "{by} {did} a shadowing session: {meeting} watches {buddy_id}.",
        by=mention(by),
        did=did,
        meeting=mention(meeting.user_id),
        buddy_id=mention(meeting.buddy_id),
    )
    sure = phrase("The other one is told as well. You can plan it again later.")
    cancel = asking_first(
        button(phrase("Cancel"), CANCEL, meeting.id), phrase("Cancel the session?"), sure, phrase("Cancel it")
    )
    return text, [
        section(text),
        section(_what(meeting, other)),
        _watch_for(meeting),
        actions(button(phrase("Move"), MOVE, meeting.id), cancel),
    ]


def over(meeting: Meeting, how: str) -> tuple[str, list[Block]]:
    """Say in the place of an invitation what became of it."""
    text = phrase(
        "The shadowing session of {meeting} with {buddy_id} {how}.",
        meeting=mention(meeting.user_id),
        buddy_id=mention(meeting.buddy_id),
        how=how,
    )
    return text, [context(text)]


def reminder(meeting: Meeting, other: tuple[str, str], minutes: int) -> tuple[str, list[Block]]:
    """Remind one of the two that it begins soon."""
    text = phrase(
        "In {minutes}: {meeting} watches {buddy_id}.",
        minutes=show(minutes),
        meeting=mention(meeting.user_id),
        buddy_id=mention(meeting.buddy_id),
    )
    return text, [section(text), section(_what(meeting, other)), _watch_for(meeting)]


def cancelled(meeting: Meeting, by: str) -> tuple[str, list[Block]]:
    """Tell the others that a session does not take place."""
    text = phrase("{by} cancelled the shadowing session on {meeting}.", by=mention(by), meeting=when(meeting.at))
    return text, [section(text), actions(button(phrase("Plan another"), PLAN, meeting.user_id))]


def left(meeting: Meeting, gone: str) -> tuple[str, list[Block]]:
    """Tell those who remain that one of the two has left, so that nobody waits."""
    text = phrase(
        "The shadowing session on {meeting} does not take place, because {gone} has left.",
        meeting=when(meeting.at),
        gone=mention(gone),
    )
    return text, [section(text), actions(button(phrase("Plan another"), PLAN, meeting.user_id))]


def question(meeting: Meeting) -> tuple[str, list[Block]]:
    """Ask the contractor, once, what they took from it."""
    text = phrase(
        "{question} One or two sentences about the session with {buddy_id} are enough.",
        question=QUESTION,
        buddy_id=mention(meeting.buddy_id),
    )
    return text, [section(text), actions(button(phrase("Answer"), ANSWER, meeting.id, "primary"))]


def answered(words: str) -> tuple[str, list[Block]]:
    """Show the contractor, in the place of the question, what they answered."""
    text = phrase("Thank you. Your buddy and your manager read this.")
    return text, [section(f"*{QUESTION}*\n{esc(words)}"), context(text)]


def answer_form(words: str, book: BuddyBook, memo: str) -> View:
    """Ask for the answer."""
    lead = phrase("There is no right answer: what surprised you helps most. Your buddy and your manager read it.")
    asked = fields.text("learned", QUESTION, words, most=book.limits.learned, lines=True)
    return modal(phrase("After the session"), [section(lead), asked], ANSWER_FORM, submit=phrase("Send"), memo=memo)


def lesson(meeting: Meeting, words: str) -> tuple[str, list[Block]]:
    """Show the buddy or the manager what the contractor has learned."""
    text = phrase(
        "{meeting} on the session with {buddy_id}: how we decide",
        meeting=mention(meeting.user_id),
        buddy_id=mention(meeting.buddy_id),
    )
    return text, [section(f"*{text}*\n{esc(words)}")]


def please_plan(user_id: str) -> tuple[str, list[Block]]:
    """Ask for a first shadowing session to be planned."""
    text = phrase("{user_id} has begun. When could they watch something being decided?", user_id=mention(user_id))
    plan = button(phrase("Plan a shadowing session"), PLAN, user_id, "primary")
    return text, [section(text), context(phrase("Half an hour is enough. I suggest what to watch for.")), actions(plan)]
