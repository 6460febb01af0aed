"""The note before Golden Hours: what is open and whose it is, with what can be done about it at once."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from blocks import blocker as blockers
from blocks.buddy import PLAN
from blocks.golden import Drawn
from blocks.kit import Block, actions, button, context, mention, one_line, plural, section, when
from blocks.kpi import OPEN as KPIS
from playbook.blocker import State
from playbook.golden import GoldenBook
from storage.golden_open import Open

WORDS = 150


def nudge(things: Sequence[Open], reader: str, begins: datetime, book: GoldenBook) -> Drawn:
    """List for one reader what is open when their Golden Hours begin; each thing with its own buttons."""
    count = plural(len(things), "thing is", "things are")
    text = f"Golden Hours begin {when(begins, '{time}')}, and {count} open: {_said(things[0], reader)}"
    blocks = [section(f"*Golden Hours begin {when(begins, '{time}')}*, and {count} open:")]
    for one in things[: book.most_listed]:
        blocks += _row(one, reader)
    left = len(things) - book.most_listed
    return text, [*blocks, *([context(f"And {left} more.")] if left > 0 else [])]


def _said(one: Open, reader: str) -> str:
    return SAID[one.kind](one, reader)


def _row(one: Open, reader: str) -> list[Block]:
    buttons = _buttons(one, reader)
    return [section(_said(one, reader)), *([actions(*buttons)] if buttons else [])]


def _buttons(one: Open, reader: str) -> list[Block]:
    owes = one.owes == reader
    if one.blocker is not None:
        take = [blockers.button(one.blocker, "On it", blockers.TAKE, "primary")]
        free = owes and one.blocker.state != State.ON_IT and reader != one.user_id
        return [*(take if free else []), blockers.button(one.blocker, "Open", blockers.OPEN)]
    if one.kind in {"kpi", "kpi_question"} and owes:
        return [button("Open the KPIs", KPIS, one.user_id)]
    if one.kind == "shadowing" and owes:
        return [button("Plan a shadowing session", PLAN, one.user_id)]
    return []


def _waits(one: Open, reader: str) -> str:
    """Say whom it waits for."""
    return "waits for you" if one.owes == reader else f"waits for {mention(one.owes)}"


def _whose(one: Open, reader: str) -> str:
    return "" if one.user_id == reader else f" of {mention(one.user_id)}"


def _blocker(one: Open, reader: str) -> str:
    return f"{blockers.line(one.blocker)}, {_waits(one, reader)}" if one.blocker else ""


def _kpi(one: Open, reader: str) -> str:
    return f"The KPI blueprint{_whose(one, reader)} {_waits(one, reader)}: agree, or say what should change"


def _kpi_question(one: Open, reader: str) -> str:
    return f"A question about the KPIs{_whose(one, reader)} {_waits(one, reader)}: “{one_line(one.text, WORDS)}”"


def _point(one: Open, reader: str) -> str:
    return f"From the 1:1{_whose(one, reader)}: “{one_line(one.text, WORDS)}” {_waits(one, reader)}"


def _term(one: Open, reader: str) -> str:
    asked = "You asked" if one.user_id == reader else f"{mention(one.user_id)} asked"
    return f"{asked} what “{one_line(one.text, WORDS)}” means: it {_waits(one, reader)}"


def _wiki(one: Open, reader: str) -> str:
    return (
        f"For the wiki{_whose(one, reader)}: “{one_line(one.text, WORDS)}” has no answer yet and {_waits(one, reader)}"
    )


def _shadowing(one: Open, reader: str) -> str:
    return f"A first shadowing session{_whose(one, reader)} is not planned yet; it {_waits(one, reader)}"


SAID: Mapping[str, Callable[[Open, str], str]] = {
    "blocker": _blocker,
    "kpi": _kpi,
    "kpi_question": _kpi_question,
    "point": _point,
    "term": _term,
    "wiki": _wiki,
    "shadowing": _shadowing,
}
