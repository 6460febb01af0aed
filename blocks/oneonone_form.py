"""The forms of a 1:1: preparing it, the line of strategy, moving it, leaving it out, and asking for another time."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from blocks import fields
from blocks.kit import View, context, mention, modal, section, when
from blocks.oneonone import MOMENT, WEEKLY

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
        section(f"For your 1:1 with {mention(manager_id)}, {when(at, MOMENT)}. Leave out whatever you like."),
        fields.choice("mood", "How are you?", moods, told["mood"], optional=True),
        fields.text("slows", "What slows you down?", told["slows"], **words),  # type: ignore[arg-type]
        fields.text("heavy", "Which workflow felt heavy?", told["heavy"], **words),  # type: ignore[arg-type]
        fields.text("question", "What do you want to ask?", told["question"], **words),  # type: ignore[arg-type]
        context(f"Only you and {mention(manager_id)} see this. You can change it until the 1:1 begins."),
    ]
    return modal("Prepare the 1:1", blocks, PREPARED, submit="Keep it", memo=memo, keeps_draft=True)


def strategy(at: datetime, user_id: str, line: str, memo: str) -> View:
    """Ask a manager for the one line of strategy."""
    hint = "Required, because it tells them what their work is for. One line is enough."
    example = "We win on speed this month, so small and shipped beats big and perfect"
    blocks = [
        section(f"For your 1:1 with {mention(user_id)}, {when(at, MOMENT)}."),
        fields.text("line", "Where are we going?", line, most=LONGEST_LINE, hint=hint, example=example),
        context(f"{mention(user_id)} sees it in the agenda. You can change it until the 1:1 begins."),
    ]
    return modal("Line of strategy", blocks, WRITTEN, submit="Keep it", memo=memo)


def move(at: datetime, user_id: str, clocks: str, memo: str, *, weekly: bool) -> View:
    """Ask a manager where a 1:1 goes; `clocks` shows what time it is for both."""
    often = [fields.ticks("rhythm", "Also", [("Every week at this time from now on", WEEKLY)])] if weekly else []
    blocks = [
        section(f"The 1:1 with {mention(user_id)} is {when(at, MOMENT)}."),
        fields.moment("at", "When instead", at, hint=clocks),
        fields.text("why", "Why", most=LONGEST_REASON, optional=True, hint="They read this."),
        *often,
    ]
    return modal("Move the 1:1", blocks, MOVED, submit="Move it", memo=memo)


def skip(at: datetime, user_id: str, memo: str, *, weekly: bool) -> View:
    """Ask a manager which 1:1s are left out, and why."""
    choices = [("Only this one", ONLY_THIS), ("This one and every week after it", FOR_GOOD)]
    which = [fields.radio("which", "Which", choices, ONLY_THIS)] if weekly else []
    blocks = [
        section(f"The 1:1 with {mention(user_id)} on {when(at, MOMENT)} does not take place."),
        *which,
        fields.text("why", "Why", most=LONGEST_REASON, optional=True, hint="They read this."),
        context("What was prepared and is not done yet waits for the next one."),
    ]
    return modal("Skip the 1:1", blocks, LEFT_OUT, submit="Skip it", memo=memo)


def ask(at: datetime, manager_id: str, clocks: str, memo: str) -> View:
    """Ask a contractor what would suit them better."""
    blocks = [
        section(f"Your 1:1 with {mention(manager_id)} is {when(at, MOMENT)}. I ask them to move or skip it for you."),
        fields.moment("at", "What would suit you", None, optional=True, hint=clocks),
        fields.text("why", "Anything they should know", most=LONGEST_REASON, optional=True),
    ]
    return modal("Ask to move", blocks, ASKED, submit="Ask", memo=memo)
