"""The forms of a 1:1: preparing it, the line of strategy, moving it, leaving it out, and asking for another time."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from blocks import fields
from blocks.kit import View, context, mention, modal, section, when
from blocks.oneonone import MOMENT, WEEKLY
from playbook.tongue import phrase

PREPARED = "oneonone.prepared"
WRITTEN = "oneonone.written"
MOVED = "oneonone.moved"
LEFT_OUT = "oneonone.left_out"
ASKED = "oneonone.asked"

LONGEST_ANSWER = 600
LONGEST_LINE = 200
LONGEST_REASON = 300
ONLY_THIS, FOR_GOOD = "this", "all"
ANSWERS = ("mood", "slows", "heavy", "question")


def prepare(
    at: datetime, manager_id: str, moods: Sequence[tuple[str, str]], filled: Mapping[str, str], memo: str
) -> View:
    """Ask a contractor how they are and what is to be talked about; nothing of it is required."""
    told = {name: filled.get(name, "") for name in ANSWERS}
    words = {"most": LONGEST_ANSWER, "lines": True, "optional": True}
    blocks = [
        section(
            phrase(
                "For your 1:1 with {manager_id}, {at}. Leave out whatever you like.",
                manager_id=mention(manager_id),
                at=when(at, MOMENT),
            )
        ),
        fields.choice("mood", phrase("How are you?"), moods, told["mood"], optional=True),
        fields.text("slows", phrase("What slows you down?"), told["slows"], **words),  # type: ignore[arg-type]
        fields.text("heavy", phrase("Which workflow felt heavy?"), told["heavy"], **words),  # type: ignore[arg-type]
        fields.text("question", phrase("What do you want to ask?"), told["question"], **words),  # type: ignore[arg-type]
        context(
            phrase(
                "Only you and {manager_id} see this. You can change it until the 1:1 begins.",
                manager_id=mention(manager_id),
            )
        ),
    ]
    return modal(phrase("Prepare the 1:1"), blocks, PREPARED, submit=phrase("Keep it"), memo=memo, keeps_draft=True)


def strategy(at: datetime, user_id: str, line: str, memo: str) -> View:
    """Ask a manager for the one line of strategy."""
    hint = phrase("Required, because it tells them what their work is for. One line is enough.")
    example = phrase("We win on speed this month, so small and shipped beats big and perfect")
    blocks = [
        section(phrase("For your 1:1 with {user_id}, {at}.", user_id=mention(user_id), at=when(at, MOMENT))),
        fields.text("line", phrase("Where are we going?"), line, most=LONGEST_LINE, hint=hint, example=example),
        context(
            phrase("{user_id} sees it in the agenda. You can change it until the 1:1 begins.", user_id=mention(user_id))
        ),
    ]
    return modal(phrase("Line of strategy"), blocks, WRITTEN, submit=phrase("Keep it"), memo=memo)


def move(at: datetime, user_id: str, clocks: str, memo: str, *, weekly: bool) -> View:
    """Ask a manager where a 1:1 goes; `clocks` shows what time it is for both."""
    often = (
        [fields.ticks("rhythm", phrase("Also"), [(phrase("Every week at this time from now on"), WEEKLY)])]
        if weekly
        else []
    )
    blocks = [
        section(phrase("The 1:1 with {user_id} is {at}.", user_id=mention(user_id), at=when(at, MOMENT))),
        fields.moment("at", phrase("When instead"), at, hint=clocks),
        fields.text("why", phrase("Why"), most=LONGEST_REASON, optional=True, hint=phrase("They read this.")),
        *often,
    ]
    return modal(phrase("Move the 1:1"), blocks, MOVED, submit=phrase("Move it"), memo=memo)


def skip(at: datetime, user_id: str, memo: str, *, weekly: bool) -> View:
    """Ask a manager which 1:1s are left out, and why."""
    choices = [(phrase("Only this one"), ONLY_THIS), (phrase("This one and every week after it"), FOR_GOOD)]
    which = [fields.radio("which", phrase("Which"), choices, ONLY_THIS)] if weekly else []
    blocks = [
        section(
            phrase("The 1:1 with {user_id} on {at} does not take place.", user_id=mention(user_id), at=when(at, MOMENT))
        ),
        *which,
        fields.text("why", phrase("Why"), most=LONGEST_REASON, optional=True, hint=phrase("They read this.")),
        context(phrase("What was prepared and is not done yet waits for the next one.")),
    ]
    return modal(phrase("Skip the 1:1"), blocks, LEFT_OUT, submit=phrase("Skip it"), memo=memo)


def ask(at: datetime, manager_id: str, clocks: str, memo: str) -> View:
    """Ask a contractor what would suit them better."""
    blocks = [
        section(
            phrase(
                "Your 1:1 with {manager_id} is {at}. I ask them to move or skip it for you.",
                manager_id=mention(manager_id),
                at=when(at, MOMENT),
            )
        ),
        fields.moment("at", phrase("What would suit you"), None, optional=True, hint=clocks),
        fields.text("why", phrase("Anything they should know"), most=LONGEST_REASON, optional=True),
    ]
    return modal(phrase("Ask to move"), blocks, ASKED, submit=phrase("Ask"), memo=memo)
