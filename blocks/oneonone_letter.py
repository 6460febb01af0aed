"""Letters about 1:1s: asking both to prepare, and telling both what has changed."""

from collections.abc import Sequence
from datetime import datetime

from blocks.kit import Block, actions, button, context, esc, mention, one_line, section, when
from blocks.oneonone import AGENDA, HELD, MOMENT, MOVE, OPEN, PREPARE, SKIP, SKIPPED, STRATEGY, Drawn


def _said(text: str, *more: Block) -> Drawn:
    return text, [section(text), *more]


def prepare(meeting_id: str, manager_id: str, at: datetime) -> Drawn:
    """Ask a contractor to prepare."""
    text = (
        f"Your 1:1 with {mention(manager_id)} is {when(at, MOMENT)}. "
        "Do you have 90 seconds to say how you are and what you want to talk about?"
    )
    return _said(text, actions(button("Prepare", PREPARE, meeting_id, "primary")))


def prepared(meeting_id: str, manager_id: str, at: datetime) -> Drawn:
    """Say in place of the question that it was answered."""
    text = f"You have prepared your 1:1 with {mention(manager_id)} on {when(at, MOMENT)}. It is on the agenda."
    return _said(text, actions(button("Change it", PREPARE, meeting_id)))


def strategy(meeting_id: str, user_id: str, at: datetime) -> Drawn:
    """Ask a manager for the line of strategy."""
    text = (
        f"Your 1:1 with {mention(user_id)} is {when(at, MOMENT)}. "
        "Which one line should they take away about where we are going?"
    )
    return _said(text, actions(button("Write the line", STRATEGY, meeting_id, "primary")))


def written(meeting_id: str, user_id: str, at: datetime, line: str) -> Drawn:
    """Show in place of the question what was written."""
    text = f"For your 1:1 with {mention(user_id)} on {when(at, MOMENT)}: “{one_line(line, 200)}”"
    return _said(text, actions(button("Change it", STRATEGY, meeting_id)))


def moot(text: str) -> Drawn:
    """Say in place of something that was asked why it is not any more."""
    return _said(text)


def moved(
    meeting_id: str, other: str, before: datetime, at: datetime, clocks: str, because: str, *, leads: bool
) -> Drawn:
    """Tell one of the two that a 1:1 is at another time; `because` is a whole sentence, safe to show, or ""."""
    text = f"Your 1:1 with {mention(other)} moves from {when(before)} to {when(at, MOMENT)}."
    text = f"{text} {because}".strip()
    controls = [button("Agenda", AGENDA, meeting_id), *([button("Move", MOVE, meeting_id)] if leads else [])]
    return _said(text, context(esc(clocks)), actions(*controls))


def skipped(other: str, user_id: str, before: datetime, because: str, after: datetime | None, *, leads: bool) -> Drawn:
    """Tell one of the two that a 1:1 does not take place, and when the next is."""
    then = f"The next one is {when(after, MOMENT)}." if after else "No other one is planned yet."
    text = " ".join(filter(None, [f"There is no 1:1 with {mention(other)} on {when(before)}.", because, then]))
    plan = [actions(button("Plan one", OPEN, user_id))] if leads and after is None else []
    return _said(text, *plan)


def ended(other: str, by: str, because: str) -> Drawn:
    """Tell a contractor that the weekly 1:1 has ended."""
    text = " ".join(filter(None, [f"{mention(by)} has ended your weekly 1:1 with {mention(other)}.", because]))
    return _said(text, context("Your manager can plan another at any time."))


def asked(meeting_id: str, user_id: str, at: datetime, wish: datetime | None, clocks: str, why: str) -> Drawn:
    """Tell a manager what the contractor would like instead."""
    better = f" {when(wish, MOMENT)} would suit them." if wish else ""
    words = f" “{one_line(why, 300)}”" if why else ""
    text = f"{mention(user_id)} asks whether your 1:1 of {when(at, MOMENT)} could move.{better}{words}"
    controls = actions(button("Move", MOVE, meeting_id, "primary"), button("Skip", SKIP, meeting_id))
    return _said(text, *([context(esc(clocks))] if clocks else []), controls)


def late(meeting_id: str, other: str, at: datetime, why: str, better: datetime | None, *, leads: bool) -> Drawn:
    """Tell one of the two that a clock change takes their 1:1 out of what suits both."""
    near = f" {when(better, '{time}')} that day would suit you both." if better else ""
    text = f"The clocks between you shift: your next 1:1 with {mention(other)} is {when(at, MOMENT)}. {esc(why)}{near}"
    controls = [actions(button("Move", MOVE, meeting_id))] if leads else []
    return _said(text, *controls)


def follow_up(meeting_id: str, user_id: str, at: datetime) -> Drawn:
    """Ask a manager what became of a 1:1 that nobody started."""
    text = f"Did your 1:1 with {mention(user_id)} of {when(at, MOMENT)} take place?"
    controls = [
        button("Held", HELD, meeting_id, "primary"),
        button("Skipped", SKIPPED, meeting_id),
        button("Move", MOVE, meeting_id),
    ]
    return _said(text, actions(*controls))


def again(meeting_id: str, other: str, at: datetime) -> Drawn:
    """Remind of a 1:1 that was moved after its agenda had been sent."""
    text = f"Your 1:1 with {mention(other)} is {when(at, MOMENT)}. The agenda is as you have it, brought up to date."
    return _said(text, actions(button("Agenda", AGENDA, meeting_id)))


def new_manager(meeting_id: str, other: str, at: datetime, weekly: str, *, leads: bool) -> Drawn:
    """Tell a contractor and their new manager that the 1:1s go on between them."""
    rhythm = f", every {weekly}" if weekly else ""
    text = f"From now on your 1:1 is with {mention(other)}{rhythm}: the next is {when(at, MOMENT)}."
    hint = "You can move it if the time does not suit you." if leads else "The time stays as it was."
    return _said(text, context(hint), actions(*_agenda(meeting_id, leads=leads)))


def handed_on(user_id: str, manager_id: str) -> Drawn:
    """Show in place of a manager's agenda that somebody else has the 1:1 now."""
    return _said(f"{mention(user_id)}'s 1:1s are with {mention(manager_id)} from now on.")


def _agenda(meeting_id: str, *, leads: bool) -> Sequence[Block]:
    return [button("Agenda", AGENDA, meeting_id), *([button("Move", MOVE, meeting_id)] if leads else [])]
