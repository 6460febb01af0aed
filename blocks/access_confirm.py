"""The question of the second factor as a contractor sees it: once per tool, dated, with help beside it."""

from collections.abc import Sequence

from blocks.access import CONFIRM, FEW, UNCONFIRM, Drawn, packed, proof, ticks
from blocks.kit import Block, View, actions, button, clean, context, mention, modal, one_line, page, section
from playbook.access import Line
from playbook.tongue import numbered, phrase

CONFIRM_SOME = "access.confirm_some"
CONFIRM_FORM = "access.confirm_form"
HELP = "access.help"
HOW = "access.how"
WAITS = phrase(" (it is not open for you yet; that is on the list of those who open it)")
WHY = phrase("A second factor keeps an account yours when a password leaks.")


def critical(lines: Sequence[Line]) -> list[Line]:
    """Give the tools that need a second factor."""
    return [line for line in lines if line.critical]


def confirm(user_id: str, lines: Sequence[Line]) -> Drawn:
    """Ask a contractor to confirm the second factor of each critical tool; thank them when all are."""
    tools = critical(lines)
    missing = sum(line.unconfirmed for line in tools)
    text = _ask(missing, len(tools)) if missing else _thanks(user_id, len(tools))
    rows = _few(user_id, tools) if len(tools) <= FEW else _many(user_id, tools)
    return text, [section(f"*{text}*" + (f"\n{WHY}" if missing else "")), *rows]


def _ask(missing: int, total: int) -> str:
    left = phrase(" {missing} of {total} to go.", missing=missing, total=total) if missing < total else ""
    return phrase(
        "2FA, once per tool: please confirm that it is on for {tool}.{left}",
        tool=numbered("{n} tool", "{n} tools", total),
        left=left,
    )


def _thanks(user_id: str, total: int) -> str:
    where = phrase("all {total} tools", total=total) if total > 1 else phrase("the one tool that needs it")
    return phrase(
        "Thank you, {user_id}! 2FA is on for {where}: your work and the team's are safe with you.",
        user_id=mention(user_id),
        where=where,
    )


def _row(user_id: str, line: Line) -> str:
    if not line.unconfirmed:
        return f"☑ {proof(user_id, line)}"
    return f"☐ {proof(user_id, line)}{WAITS if line.opened_at is None else ''}"


def _few(user_id: str, tools: Sequence[Line]) -> list[Block]:
    """Draw a button for each of a few tools."""
    blocks: list[Block] = []
    for line in tools:
        blocks += [section(_row(user_id, line)), actions(*_buttons(line))]
    return [
        *blocks,
        context(phrase("Something not as you expect? “I need help” brings it to the one who can.")),
        _how(),
    ]


def _buttons(line: Line) -> list[Block]:
    name = line.name
    if not line.unconfirmed:
        return [
            button(
                phrase("Not on any more"),
                UNCONFIRM,
                line.tool_id,
                spoken=clean(phrase("{name}: not on any more", name=name), 75),
            )
        ]
    on = button(phrase("It is on"), CONFIRM, line.tool_id, spoken=clean(phrase("2FA on {name} is on", name=name), 75))
    return [
        on,
        button(
            phrase("I need help"),
            HELP,
            line.tool_id,
            spoken=clean(phrase("I need help with 2FA on {name}", name=name), 75),
        ),
    ]


def _how() -> Block:
    return actions(button(phrase("How"), HOW, spoken=phrase("How to turn on a second factor")))


def _many(user_id: str, tools: Sequence[Line]) -> list[Block]:
    """List many tools, and offer to tick them in a form."""
    ordered = sorted(tools, key=lambda line: not line.unconfirmed)
    missing = any(line.unconfirmed for line in tools)
    tick = button(phrase("Tick what is on") if missing else phrase("Change something"), CONFIRM_SOME)
    asking = [button(phrase("I need help"), HELP, spoken=phrase("I need help with 2FA"))] if missing else []
    how = button(phrase("How"), HOW, spoken=phrase("How to turn on a second factor"))
    return [
        *packed([_row(user_id, line) for line in ordered], phrase("The form has them all.")),
        actions(tick, *asking, how),
    ]


def reminder(user_id: str, lines: Sequence[Line]) -> Drawn:
    """Remind a contractor once, kindly; when all are confirmed, it thanks them."""
    tools = critical(lines)
    names = [one_line(line.name, 40) for line in tools if line.unconfirmed]
    if not names:
        return (text := _thanks(user_id, len(tools))), [section(text)]
    text = phrase(
        "A kind reminder: 2FA is not confirmed yet for {names}. It takes a minute for each.", names=listed(names)
    )
    buttons = [button(phrase("Tick what is on"), CONFIRM_SOME, style="primary"), button(phrase("I need help"), HELP)]
    return text, [
        section(text),
        actions(*buttons, button(phrase("How"), HOW, spoken=phrase("How to turn on a second factor"))),
    ]


def listed(names: Sequence[str], most: int = 5) -> str:
    """Name a few things in a sentence, and count the others."""
    if len(names) > most:
        return phrase("{names} and {names_2} more", names=", ".join(names[:most]), names_2=len(names) - most)
    return (
        phrase("{names} and {names_2}", names=", ".join(names[:-1]), names_2=names[-1])
        if len(names) > 1
        else "".join(names)
    )


def confirm_form(lines: Sequence[Line], memo: str) -> View:
    """Draw the form in which a contractor ticks the tools on which the second factor is on."""
    tools = critical(lines)
    lead = section(phrase("On which tools is your second factor on? Taking a tick away says that it is not any more."))
    ticked = [line.tool_id for line in tools if not line.unconfirmed]
    return modal(phrase("2FA, once per tool"), [lead, *ticks(tools, ticked)], CONFIRM_FORM, phrase("Save"), memo=memo)


def how(words: str) -> View:
    """Explain how a second factor is turned on."""
    return page(phrase("How to turn on 2FA"), words)
