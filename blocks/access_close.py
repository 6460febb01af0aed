"""Closing tools behind somebody who leaves: the card of operations with a button each, reminders, and the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from blocks.access import NAME, value, web
from blocks.contractor import long_day
from blocks.kit import Block, View, actions, button, clean, context, mention, modal, one_line, section, when
from playbook.access import Closing
from playbook.tongue import numbered, phrase

CLOSING = "access.closing"
CLOSED = "access.closed"
UNCLOSED = "access.unclosed"

MOST_ROWS = 90
TEN = 10
Drawn = tuple[str, list[Block]]


@dataclass(frozen=True)
class Leaver:
    """Who leaves and when; `stays` tells that it was taken back, `instead` that nobody is there for operations."""

    user_id: str
    last_on: date
    ended: bool = False
    stays: bool = False
    instead: bool = False


def card(who: Leaver, tools: Sequence[Closing], most: int) -> Drawn:
    """Draw every tool that is to be closed, critical ones first, with a button each."""
    text = _point(who, tools)
    if who.stays:
        return text, [section(text)]
    left = [one for one in tools if one.to_close]
    rows = [section(_name(one), _close(who, one)) for one in left[:most]]
    more = _others(left[most:])
    lead = context(phrase("Nobody is there for operations just now, so this comes to you.")) if who.instead else None
    blocks = [section(f"*{text}*"), *([lead] if lead else []), *rows, *more, *_unknown(tools)]
    return text, [
        *blocks,
        actions(button(phrase("All tools"), CLOSING, who.user_id, spoken=phrase("See all tools of them"))),
    ]


def _point(who: Leaver, tools: Sequence[Closing]) -> str:
    left = [one for one in tools if one.to_close]
    critical = sum(one.critical for one in left)
    name = mention(who.user_id)
    if who.stays:
        return phrase(
            "{name} stays after all, so nothing more is to be closed.{tools}", name=name, tools=_reopen(tools)
        )
    if not left:
        closed = sum(one.closed_at is not None for one in tools)
        if closed:
            return phrase(
                "Everything is closed behind {name}: {tool}. Thank you, that keeps all of us safe.",
                name=name,
                tool=numbered("{n} tool", "{n} tools", closed),
            )
        return phrase(
            "{name} leaves on {last_on}. I know of no tool that is open for them.",
            name=name,
            last_on=long_day(who.last_on),
        )
    day = (
        phrase("left on {last_on}", last_on=long_day(who.last_on))
        if who.ended
        else phrase("leaves on {last_on}", last_on=long_day(who.last_on))
    )
    first = phrase(", {critical} of them critical", critical=critical) if critical else ""
    close = phrase("Please close them") if who.ended else phrase("Please close them that evening")
    return phrase(
        "{name} {day}. {tool} to close{first}. {close}, critical ones first.",
        name=name,
        day=day,
        tool=numbered("{n} tool", "{n} tools", len(left)),
        first=first,
        close=close,
    )


def _reopen(tools: Sequence[Closing]) -> str:
    closed = [one_line(one.name, 60) for one in tools if one.closed_at is not None]
    return phrase(" Closed already, so please open again: {closed}.", closed=", ".join(closed[:TEN])) if closed else ""


def _others(tools: Sequence[Closing]) -> list[Block]:
    """Name the tools for which a message has no room."""
    if not tools:
        return []
    names = ", ".join(f"{one_line(one.name, 60)}{' (critical)' if one.critical else ''}" for one in tools[:TEN])
    more = phrase(" and {tools} more", tools=len(tools) - TEN) if len(tools) > TEN else ""
    return [
        section(phrase("To close as well: {names}{more}. “All tools” has a button for each.", names=names, more=more))
    ]


def _name(one: Closing) -> str:
    return f"☐ *{one_line(one.name, NAME)}*{(phrase(' · critical') if one.critical else '')}"


def _row(one: Closing) -> str:
    name = f"*{one_line(one.name, NAME)}*{(phrase(' · critical') if one.critical else '')}"
    if one.closed_at is not None:
        return phrase(
            "☑ {name} · closed by {closed_by} {closed_at}",
            name=name,
            closed_by=mention(one.closed_by),
            closed_at=when(one.closed_at),
        )
    state = "" if one.opened else phrase("not noted as open")
    return " · ".join(part for part in (f"☐ {name}", state, web(one.link)) if part)


def _close(who: Leaver, one: Closing) -> Block:
    return button(
        phrase("Closed"),
        CLOSED,
        value(who.user_id, one.tool_id),
        spoken=clean(phrase("{one}: it is closed for them", one=one.name), 75),
    )


def _unknown(tools: Sequence[Closing]) -> list[Block]:
    """Name what nobody noted as open, so that it is looked at as well."""
    names = [one_line(one.name, 60) for one in tools if not one.opened and one.closed_at is None]
    if not names:
        return []
    more = phrase(" and {names} more", names=len(names) - TEN) if len(names) > TEN else ""
    return [
        context(
            phrase(
                "Nobody noted these as open. Worth a look all the same: {names}{more}",
                names=", ".join(names[:TEN]),
                more=more,
            )
        )
    ]


def reminder(who: Leaver, tools: Sequence[Closing], most: int) -> Drawn:
    """Remind operations of what is still open: the same card, with a sentence for the day."""
    text, blocks = card(who, tools, most)
    if who.stays or not any(one.to_close for one in tools):
        return text, blocks
    lead = phrase("These are still open.") if who.ended else phrase("Their last day is today.")
    return f"{lead} {text}", [section(lead), *blocks]


def for_manager(who: Leaver, tools: Sequence[Closing]) -> Drawn:
    """Tell the manager after the last day which tools are still open."""
    left = [one for one in tools if one.to_close]
    if not left:
        text = phrase("Every tool is closed behind {who} now.", who=mention(who.user_id))
        return text, [section(text)]
    text = phrase(
        "{tool_is} still open for {who}, who has left.",
        tool_is=numbered("{n} tool is", "{n} tools are", len(left)),
        who=mention(who.user_id),
    )
    names = ", ".join(f"{one_line(one.name, 60)}{' (critical)' if one.critical else ''}" for one in left[:TEN])
    see = actions(button(phrase("See which"), CLOSING, who.user_id, spoken=phrase("See which tools are open")))
    return text, [
        section(phrase("{text}\n{names}\nOperations is reminded; a word from you may help.", text=text, names=names)),
        see,
    ]


def page(who: Leaver, tools: Sequence[Closing], *, closes: bool, memo: str = "") -> View:
    """Show every tool: what is open first, then what nobody noted as open, then what is closed and by whom."""
    ordered = sorted(tools, key=lambda one: (one.closed_at is not None, not one.opened))[:MOST_ROWS]
    rows = [section(_row(one), _control(who, one) if closes else None) for one in ordered]
    none = phrase("The Toolbox is empty, so I know of no tool. `/contractor packet` fills it.")
    top = section(f"*{_point(who, tools)}*" if tools else none)
    see = [] if closes else [context(phrase("Operations and admins close tools; you see how far it is."))]
    return modal(phrase("Tools to close"), [top, *see, *rows], close=phrase("Close"), memo=memo)


def _control(who: Leaver, one: Closing) -> Block:
    if one.closed_at is None:
        return _close(who, one)
    spoken = clean(phrase("{one}: it is not closed", one=one.name), 75)
    return button(phrase("Not closed"), UNCLOSED, value(who.user_id, one.tool_id), spoken=spoken)
