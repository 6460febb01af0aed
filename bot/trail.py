"""The audit log's ear: one row for each write a person makes by the bot, and for each look at something sensitive."""

import re

from handlers.contract import Call, Desk, Kind, Route
from storage import trail

PERSON = re.compile(r"[UW][A-Z0-9]{5,}")
MANY_THINGS = frozenset({"/circle", "/contractor", "message"})
FILE = "file"


async def keep(desk: Desk, route: Route, call: Call) -> None:
    """Write down what came of one piece of somebody's work; what Slack tells of channels and people is none."""
    if not call.user_id or (route.kind is Kind.EVENT and call.event.get("channel_type") != "im"):
        return
    await trail.note_looks(desk.team, desk.now, call.user_id, desk.trace.looks)
    await desk.team.session.flush()
    written = trail.counted(desk.team.written)
    if written:
        about = desk.trace.about or next(filter(None, written.values()), "")
        await trail.note(desk.team, desk.now, call.user_id, _what(route, next(iter(written))), about)


def _what(route: Route, table: str) -> str:
    """Name what was done: by its route, and where that may mean many things, by the first table it wrote to as well."""
    return f"{route.name} {table}" if route.name in MANY_THINGS else route.name


async def keep_file(desk: Desk, user_id: str, what: str, value: str) -> None:
    """Write down that somebody was sent a file, about whom it is, and what sensitive went into it."""
    named = PERSON.search(value)
    about = desk.trace.about or (named[0] if named else user_id)
    await trail.note_looks(desk.team, desk.now, user_id, desk.trace.looks)
    await trail.note(desk.team, desk.now, user_id, f"{FILE}.{what}", about, look=True)
