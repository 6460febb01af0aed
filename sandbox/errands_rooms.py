"""Errands about conversations as a whole, and the files in them."""

from sandbox.console import Console, Errand, Json, need


async def join(console: Console, body: Json) -> Json:
    """Join a channel."""
    return await console.people.join(need(body, "as"), need(body, "channel"))


async def leave(console: Console, body: Json) -> Json:
    """Leave a channel."""
    return await console.people.leave(need(body, "as"), need(body, "channel"))


async def invite(console: Console, body: Json) -> Json:
    """Add somebody to a channel."""
    return await console.people.invite(need(body, "as"), need(body, "channel"), need(body, "user"))


async def remove(console: Console, body: Json) -> Json:
    """Take somebody out of a channel."""
    return await console.people.remove(need(body, "as"), need(body, "channel"), need(body, "user"))


async def archive(console: Console, body: Json) -> Json:
    """Archive a channel."""
    return await console.people.archive(need(body, "as"), need(body, "channel"))


TABLE: tuple[tuple[tuple[str, str], Errand], ...] = (
    (("POST", "join"), join),
    (("POST", "leave"), leave),
    (("POST", "invite"), invite),
    (("POST", "remove"), remove),
    (("POST", "archive"), archive),
)
