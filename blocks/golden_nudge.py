"""The note before Golden Hours: what is open and whose it is, with what can be done about it at once."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from blocks import blocker as blockers
from blocks.buddy import PLAN
from blocks.golden import Drawn
from blocks.kit import Block, actions, button, context, mention, one_line, section, when
from blocks.kpi import OPEN as KPIS
from playbook.blocker import State
from playbook.golden import GoldenBook
from playbook.tongue import numbered, phrase
from storage.golden_open import Open

WORDS = 150


def nudge(things: Sequence[Open], reader: str, begins: datetime, book: GoldenBook) -> Drawn:
    """List for one reader what is open when their Golden Hours begin; each thing with its own buttons."""
    count = numbered("{n} thing is", "{n} things are", len(things))
    text = phrase(
        "Golden Hours begin {begins}, and {count} open: {things}",
        begins=when(begins, "{time}"),
        count=count,
        things=_said(things[0], reader),
    )
    blocks = [
        section(phrase("*Golden Hours begin {begins}*, and {count} open:", begins=when(begins, "{time}"), count=count))
    ]
    for one in things[: book.most_listed]:
        blocks += _row(one, reader)
    left = len(things) - book.most_listed
    return text, [*blocks, *([context(phrase("And {left} more.", left=left))] if left > 0 else [])]


def _said(one: Open, reader: str) -> str:
    return SAID[one.kind](one, reader)


def _row(one: Open, reader: str) -> list[Block]:
    buttons = _buttons(one, reader)
    return [section(_said(one, reader)), *([actions(*buttons)] if buttons else [])]


def _buttons(one: Open, reader: str) -> list[Block]:
    owes = one.owes == reader
    if one.blocker is not None:
        take = [blockers.button(one.blocker, phrase("On it"), blockers.TAKE, "primary")]
        free = owes and one.blocker.state != State.ON_IT and reader != one.user_id
        return [*(take if free else []), blockers.button(one.blocker, phrase("Open"), blockers.OPEN)]
    if one.kind in {"kpi", "kpi_question"} and owes:
        return [button(phrase("Open the KPIs"), KPIS, one.user_id)]
    if one.kind == "shadowing" and owes:
        return [button(phrase("Plan a shadowing session"), PLAN, one.user_id)]
    return []


def _waits(one: Open, reader: str) -> str:
    """Say whom it waits for."""
    return phrase("waits for you") if one.owes == reader else phrase("waits for {owes}", owes=mention(one.owes))


def _whose(one: Open, reader: str) -> str:
    return "" if one.user_id == reader else phrase(" of {one}", one=mention(one.user_id))


def _blocker(one: Open, reader: str) -> str:
    return f"{blockers.line(one.blocker)}, {_waits(one, reader)}" if one.blocker else ""


def _kpi(one: Open, reader: str) -> str:
    return phrase(
        "The KPI blueprint{one} {one_2}: agree, or say what should change",
        one=_whose(one, reader),
        one_2=_waits(one, reader),
    )


def _kpi_question(one: Open, reader: str) -> str:
    return phrase(
        "A question about the KPIs{one} {one_2}: “{one_3}”",
        one=_whose(one, reader),
        one_2=_waits(one, reader),
        one_3=one_line(one.text, WORDS),
    )


def _point(one: Open, reader: str) -> str:
    return phrase(
        "From the 1:1{one}: “{one_2}” {one_3}",
        one=_whose(one, reader),
        one_2=one_line(one.text, WORDS),
        one_3=_waits(one, reader),
    )


def _term(one: Open, reader: str) -> str:
    asked = phrase("You asked") if one.user_id == reader else phrase("{one} asked", one=mention(one.user_id))
    return phrase(
        "{asked} what “{one}” means: it {one_2}", asked=asked, one=one_line(one.text, WORDS), one_2=_waits(one, reader)
    )


def _wiki(one: Open, reader: str) -> str:
    return phrase(
        "For the wiki{one}: “{one_2}” has no answer yet and {one_3}",
        one=_whose(one, reader),
        one_2=one_line(one.text, WORDS),
        one_3=_waits(one, reader),
    )


def _shadowing(one: Open, reader: str) -> str:
    return phrase(
        "A first shadowing session{one} is not planned yet; it {one_2}",
        one=_whose(one, reader),
        one_2=_waits(one, reader),
    )


SAID: Mapping[str, Callable[[Open, str], str]] = {
    "blocker": _blocker,
    "kpi": _kpi,
    "kpi_question": _kpi_question,
    "point": _point,
    "term": _term,
    "wiki": _wiki,
    "shadowing": _shadowing,
}
