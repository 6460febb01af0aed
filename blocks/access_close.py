"""Closing tools behind somebody who leaves: the card of operations with a button each, reminders, and the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from blocks.access import NAME, value, web
from blocks.contractor import long_day
from blocks.kit import Block, View, actions, button, clean, context, mention, modal, one_line, plural, section, when
from playbook.access import Closing

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
    lead = context("Nobody is there for operations just now, so this comes to you.") if who.instead else None
    blocks = [section(f"*{text}*"), *([lead] if lead else []), *rows, *more, *_unknown(tools)]
    return text, [*blocks, actions(button("All tools", CLOSING, who.user_id, spoken="See all tools of them"))]


def _point(who: Leaver, tools: Sequence[Closing]) -> str:
    left = [one for one in tools if one.to_close]
    critical = sum(one.critical for one in left)
    name = mention(who.user_id)
    if who.stays:
        return f"{name} stays after all, so nothing more is to be closed.{_reopen(tools)}"
    if not left:
        closed = sum(one.closed_at is not None for one in tools)
        if closed:
            return (
                f"Everything is closed behind {name}: {plural(closed, 'tool')}. Thank you, that keeps all of us safe."
            )
        return f"{name} leaves on {long_day(who.last_on)}. I know of no tool that is open for them."
    day = f"left on {long_day(who.last_on)}" if who.ended else f"leaves on {long_day(who.last_on)}"
    first = f", {critical} of them critical" if critical else ""
    close = "Please close them" if who.ended else "Please close them that evening"
    return f"{name} {day}. {plural(len(left), 'tool')} to close{first}. {close}, critical ones first."


def _reopen(tools: Sequence[Closing]) -> str:
    closed = [one_line(one.name, 60) for one in tools if one.closed_at is not None]
    return f" Closed already, so please open again: {', '.join(closed[:TEN])}." if closed else ""


def _others(tools: Sequence[Closing]) -> list[Block]:
    """Name the tools for which a message has no room."""
    if not tools:
        return []
    names = ", ".join(f"{one_line(one.name, 60)}{' (critical)' if one.critical else ''}" for one in tools[:TEN])
    more = f" and {len(tools) - TEN} more" if len(tools) > TEN else ""
    return [section(f"To close as well: {names}{more}. “All tools” has a button for each.")]


def _name(one: Closing) -> str:
    return f"☐ *{one_line(one.name, NAME)}*{' · critical' if one.critical else ''}"


def _row(one: Closing) -> str:
    name = f"*{one_line(one.name, NAME)}*{' · critical' if one.critical else ''}"
    if one.closed_at is not None:
        return f"☑ {name} · closed by {mention(one.closed_by)} {when(one.closed_at)}"
    state = "" if one.opened else "not noted as open"
    return " · ".join(part for part in (f"☐ {name}", state, web(one.link)) if part)


def _close(who: Leaver, one: Closing) -> Block:
    return button(
        "Closed", CLOSED, value(who.user_id, one.tool_id), spoken=clean(f"{one.name}: it is closed for them", 75)
    )


def _unknown(tools: Sequence[Closing]) -> list[Block]:
    """Name what nobody noted as open, so that it is looked at as well."""
    names = [one_line(one.name, 60) for one in tools if not one.opened and one.closed_at is None]
    if not names:
        return []
    more = f" and {len(names) - TEN} more" if len(names) > TEN else ""
    return [context(f"Nobody noted these as open. Worth a look all the same: {', '.join(names[:TEN])}{more}")]


def reminder(who: Leaver, tools: Sequence[Closing], most: int) -> Drawn:
    """Remind operations of what is still open: the same card, with a sentence for the day."""
    text, blocks = card(who, tools, most)
    if who.stays or not any(one.to_close for one in tools):
        return text, blocks
    lead = "These are still open." if who.ended else "Their last day is today."
    return f"{lead} {text}", [section(lead), *blocks]


def for_manager(who: Leaver, tools: Sequence[Closing]) -> Drawn:
    """Tell the manager after the last day which tools are still open."""
    left = [one for one in tools if one.to_close]
    if not left:
        text = f"Every tool is closed behind {mention(who.user_id)} now."
        return text, [section(text)]
    text = f"{plural(len(left), 'tool is', 'tools are')} still open for {mention(who.user_id)}, who has left."
    names = ", ".join(f"{one_line(one.name, 60)}{' (critical)' if one.critical else ''}" for one in left[:TEN])
    see = actions(button("See which", CLOSING, who.user_id, spoken="See which tools are open"))
    return text, [section(f"{text}\n{names}\nOperations is reminded; a word from you may help."), see]


def page(who: Leaver, tools: Sequence[Closing], *, closes: bool, memo: str = "") -> View:
    """Show every tool: what is open first, then what nobody noted as open, then what is closed and by whom."""
    ordered = sorted(tools, key=lambda one: (one.closed_at is not None, not one.opened))[:MOST_ROWS]
    rows = [section(_row(one), _control(who, one) if closes else None) for one in ordered]
    none = "The Toolbox is empty, so I know of no tool. `/contractor packet` fills it."
    top = section(f"*{_point(who, tools)}*" if tools else none)
    see = [] if closes else [context("Operations and admins close tools; you see how far it is.")]
    return modal("Tools to close", [top, *see, *rows], close="Close", memo=memo)


def _control(who: Leaver, one: Closing) -> Block:
    if one.closed_at is None:
        return _close(who, one)
    spoken = clean(f"{one.name}: it is not closed", 75)
    return button("Not closed", UNCLOSED, value(who.user_id, one.tool_id), spoken=spoken)
