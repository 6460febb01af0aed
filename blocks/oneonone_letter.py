"""Letters about 1:1s: asking both to prepare, and telling both what has changed."""

from collections.abc import Sequence
from datetime import datetime

from blocks.kit import Block, actions, button, context, esc, mention, one_line, section, when
from blocks.oneonone import AGENDA, HELD, MOMENT, MOVE, OPEN, PREPARE, SKIP, SKIPPED, STRATEGY, Drawn
from playbook.tongue import phrase


def _said(text: str, *more: Block) -> Drawn:
    return text, [section(text), *more]


def prepare(meeting_id: str, manager_id: str, at: datetime) -> Drawn:
    """Ask a contractor to prepare."""
    text = phrase(
        "Your 1:1 with {manager_id} is {at}. Do you have 90 seconds to say how you are and what you "
        "want to talk about?",
        manager_id=mention(manager_id),
        at=when(at, MOMENT),
    )
    return _said(text, actions(button(phrase("Prepare"), PREPARE, meeting_id, "primary")))


def prepared(meeting_id: str, manager_id: str, at: datetime) -> Drawn:
    """Say in place of the question that it was answered."""
    text = phrase(
        "You have prepared your 1:1 with {manager_id} on {at}. It is on the agenda.",
        manager_id=mention(manager_id),
        at=when(at, MOMENT),
    )
    return _said(text, actions(button(phrase("Change it"), PREPARE, meeting_id)))


def strategy(meeting_id: str, user_id: str, at: datetime) -> Drawn:
    """Ask a manager for the line of strategy."""
    text = phrase(
        "Your 1:1 with {user_id} is {at}. Which one line should they take away about where we are going?",
        user_id=mention(user_id),
        at=when(at, MOMENT),
    )
    return _said(text, actions(button(phrase("Write the line"), STRATEGY, meeting_id, "primary")))


def written(meeting_id: str, user_id: str, at: datetime, line: str) -> Drawn:
    """Show in place of the question what was written."""
    text = phrase(
        "For your 1:1 with {user_id} on {at}: “{line}”",
        user_id=mention(user_id),
        at=when(at, MOMENT),
        line=one_line(line, 200),
    )
    return _said(text, actions(button(phrase("Change it"), STRATEGY, meeting_id)))


def moot(text: str) -> Drawn:
    """Say in place of something that was asked why it is not any more."""
    return _said(text)


def moved(
    meeting_id: str, other: str, before: datetime, at: datetime, clocks: str, because: str, *, leads: bool
) -> Drawn:
    """Tell one of the two that a 1:1 is at another time; `because` is a whole sentence, safe to show, or ""."""
    text = phrase(
        "Your 1:1 with {other} moves from {before} to {at}.",
        other=mention(other),
        before=when(before),
        at=when(at, MOMENT),
    )
    text = f"{text} {because}".strip()
    controls = [
        button(phrase("Agenda"), AGENDA, meeting_id),
        *([button(phrase("Move"), MOVE, meeting_id)] if leads else []),
    ]
    return _said(text, context(esc(clocks)), actions(*controls))


def skipped(other: str, user_id: str, before: datetime, because: str, after: datetime | None, *, leads: bool) -> Drawn:
    """Tell one of the two that a 1:1 does not take place, and when the next is."""
    then = (
        phrase("The next one is {after}.", after=when(after, MOMENT))
        if after
        else phrase("No other one is planned yet.")
    )
    text = " ".join(
        filter(
            None,
            [
                phrase("There is no 1:1 with {other} on {before}.", other=mention(other), before=when(before)),
                because,
                then,
            ],
        )
    )
    plan = [actions(button(phrase("Plan one"), OPEN, user_id))] if leads and after is None else []
    return _said(text, *plan)


def ended(other: str, by: str, because: str) -> Drawn:
    """Tell a contractor that the weekly 1:1 has ended."""
    text = " ".join(
        filter(
            None,
            [phrase("{by} has ended your weekly 1:1 with {other}.", by=mention(by), other=mention(other)), because],
        )
    )
    return _said(text, context(phrase("Your manager can plan another at any time.")))


def asked(meeting_id: str, user_id: str, at: datetime, wish: datetime | None, clocks: str, why: str) -> Drawn:
    """Tell a manager what the contractor would like instead."""
    better = phrase(" {wish} would suit them.", wish=when(wish, MOMENT)) if wish else ""
    words = f" “{one_line(why, 300)}”" if why else ""
    text = phrase(
        "{user_id} asks whether your 1:1 of {at} could move.{better}{words}",
        user_id=mention(user_id),
        at=when(at, MOMENT),
        better=better,
        words=words,
    )
    controls = actions(button(phrase("Move"), MOVE, meeting_id, "primary"), button(phrase("Skip"), SKIP, meeting_id))
    return _said(text, *([context(esc(clocks))] if clocks else []), controls)


def late(meeting_id: str, other: str, at: datetime, why: str, better: datetime | None, *, leads: bool) -> Drawn:
    """Tell one of the two that a clock change takes their 1:1 out of what suits both."""
    near = phrase(" {better} that day would suit you both.", better=when(better, "{time}")) if better else ""
    text = phrase(
        "The clocks between you shift: your next 1:1 with {other} is {at}. {why}{near}",
        other=mention(other),
        at=when(at, MOMENT),
        why=esc(why),
        near=near,
    )
    controls = [actions(button(phrase("Move"), MOVE, meeting_id))] if leads else []
    return _said(text, *controls)


def follow_up(meeting_id: str, user_id: str, at: datetime) -> Drawn:
    """Ask a manager what became of a 1:1 that nobody started."""
    text = phrase("Did your 1:1 with {user_id} of {at} take place?", user_id=mention(user_id), at=when(at, MOMENT))
    controls = [
        button(phrase("Held"), HELD, meeting_id, "primary"),
        button(phrase("Skipped"), SKIPPED, meeting_id),
        button(phrase("Move"), MOVE, meeting_id),
    ]
    return _said(text, actions(*controls))


def again(meeting_id: str, other: str, at: datetime) -> Drawn:
    """Remind of a 1:1 that was moved after its agenda had been sent."""
    text = phrase(
        "Your 1:1 with {other} is {at}. The agenda is as you have it, brought up to date.",
        other=mention(other),
        at=when(at, MOMENT),
    )
    return _said(text, actions(button(phrase("Agenda"), AGENDA, meeting_id)))


def new_manager(meeting_id: str, other: str, at: datetime, weekly: str, *, leads: bool) -> Drawn:
    """Tell a contractor and their new manager that the 1:1s go on between them."""
    rhythm = phrase(", every {weekly}", weekly=weekly) if weekly else ""
    text = phrase(
        "From now on your 1:1 is with {other}{rhythm}: the next is {at}.",
        other=mention(other),
        rhythm=rhythm,
        at=when(at, MOMENT),
    )
    hint = phrase("You can move it if the time does not suit you.") if leads else phrase("The time stays as it was.")
    return _said(text, context(hint), actions(*_agenda(meeting_id, leads=leads)))


def handed_on(user_id: str, manager_id: str) -> Drawn:
    """Show in place of a manager's agenda that somebody else has the 1:1 now."""
    return _said(
        phrase(
            "{user_id}'s 1:1s are with {manager_id} from now on.",
            user_id=mention(user_id),
            manager_id=mention(manager_id),
        )
    )


def _agenda(meeting_id: str, *, leads: bool) -> Sequence[Block]:
    return [
        button(phrase("Agenda"), AGENDA, meeting_id),
        *([button(phrase("Move"), MOVE, meeting_id)] if leads else []),
    ]
