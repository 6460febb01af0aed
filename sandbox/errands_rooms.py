"""Errands about conversations as a whole, and the files in them."""

from sandbox.console import Console, Errand, Json, maybe, need
from sandbox.sharing import decoded, encoded


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


async def unarchive(console: Console, body: Json) -> Json:
    """Bring an archived channel back."""
    return await console.people.unarchive(need(body, "as"), need(body, "channel"))


async def create(console: Console, body: Json) -> Json:
    """Make a channel."""
    return await console.people.create(need(body, "as"), need(body, "name"), private=bool(body.get("private")))


async def rename(console: Console, body: Json) -> Json:
    """Give a channel another name."""
    return await console.people.rename(need(body, "as"), need(body, "channel"), need(body, "name"))


async def delete(console: Console, body: Json) -> Json:
    """Delete a channel."""
    return await console.people.delete(need(body, "as"), need(body, "channel"))


async def upload(console: Console, body: Json) -> Json:
    """Share a file."""
    return await console.people.upload(
        need(body, "as"),
        need(body, "channel"),
        need(body, "filename"),
        decoded(body),
        maybe(body, "comment"),
        maybe(body, "thread_ts"),
    )


async def read_file(console: Console, body: Json) -> Json:
    """Read a file that somebody can see."""
    file = console.people.file(need(body, "as"), need(body, "file"))
    return {"file": console.people.workspace.file_wire(file), **encoded(file)}


TABLE: tuple[tuple[tuple[str, str], Errand], ...] = (
    (("POST", "join"), join),
    (("POST", "leave"), leave),
    (("POST", "invite"), invite),
    (("POST", "remove"), remove),
    (("POST", "archive"), archive),
    (("POST", "unarchive"), unarchive),
    (("POST", "channels"), create),
    (("POST", "rename"), rename),
    (("POST", "delete"), delete),
    (("POST", "upload"), upload),
    (("GET", "file"), read_file),
)
