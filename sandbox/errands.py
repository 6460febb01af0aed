"""What can be asked of the control API: one function per errand, and the table of them."""

from datetime import datetime, time, timedelta

from sandbox.console import Console, Errand, Json, maybe, need
from sandbox.errands_rooms import TABLE as ROOMS
from sandbox.errors import Mistake
from sandbox.users import User


def _where(body: Json) -> Json:
    where: Json = {name: maybe(body, name) for name in ("block_id", "channel", "ts", "view")}
    return where | {"home": bool(body.get("home"))}


async def state(console: Console, _body: Json) -> Json:
    """Show the workspace."""
    return console.sight.state(console.clock.now(), console.sockets.count)


async def see(console: Console, body: Json) -> Json:
    """Show one person's Slack."""
    return console.sight.see(need(body, "as"), console.clock.now())


async def messages(console: Console, body: Json) -> Json:
    """Show a conversation to a person."""
    limit = int(body.get("limit") or 200)
    return console.sight.messages(need(body, "as"), need(body, "channel"), maybe(body, "thread_ts"), max(limit, 1))


async def type_text(console: Console, body: Json) -> Json:
    """Type into the composer."""
    said = str(body.get("text") or "")
    return await console.people.type(need(body, "as"), need(body, "channel"), said, thread_ts=maybe(body, "thread_ts"))


async def command(console: Console, body: Json) -> Json:
    """Run a slash command."""
    return await console.people.command(
        need(body, "as"), need(body, "command"), maybe(body, "text"), channel=need(body, "channel")
    )


async def press(console: Console, body: Json) -> Json:
    """Press something."""
    chosen = None if body.get("option") is None else str(body["option"])
    return await console.people.press(need(body, "as"), need(body, "action_id"), option_value=chosen, **_where(body))


async def choose(console: Console, body: Json) -> Json:
    """Fill an input."""
    return await console.people.choose(need(body, "as"), need(body, "action_id"), body.get("value"), **_where(body))


async def options(console: Console, body: Json) -> Json:
    """Search an external select."""
    return await console.people.options(need(body, "as"), need(body, "action_id"), maybe(body, "value"), **_where(body))


async def submit(console: Console, body: Json) -> Json:
    """Submit the modal in front."""
    return await console.people.submit(need(body, "as"), maybe(body, "view"), body.get("values"))


async def close(console: Console, body: Json) -> Json:
    """Close the modal in front."""
    return await console.people.close(need(body, "as"), maybe(body, "view"), everything=bool(body.get("all")))


async def open_home(console: Console, body: Json) -> Json:
    """Open the app's page."""
    return await console.people.open_home(need(body, "as"), maybe(body, "tab") or "home")


async def shortcut(console: Console, body: Json) -> Json:
    """Use a shortcut."""
    return await console.people.shortcut(
        need(body, "as"), need(body, "callback_id"), channel=maybe(body, "channel"), ts=maybe(body, "ts")
    )


async def react(console: Console, body: Json) -> Json:
    """React to a message."""
    return await console.people.react(need(body, "as"), need(body, "channel"), need(body, "ts"), need(body, "name"))


async def read(console: Console, body: Json) -> Json:
    """Read a conversation to its end."""
    return await console.people.read(need(body, "as"), need(body, "channel"))


async def join_team(console: Console, body: Json) -> Json:
    """Let somebody join the workspace."""
    return await console.people.join_team(
        need(body, "handle"),
        need(body, "real_name"),
        need(body, "tz"),
        maybe(body, "kind") or "member",
        maybe(body, "title"),
        maybe(body, "email"),
    )


async def change_person(console: Console, body: Json) -> Json:
    """Change somebody's record."""
    return await console.people.change_person(body.pop("person"), **body)


async def pause(console: Console, body: Json) -> Json:
    """Pause somebody's notifications: {as, until: iso}, and {from: iso} if not from now on."""
    now = console.clock.now()
    begins, ends = (_instant(maybe(body, name), now) for name in ("from", "until"))
    return await console.people.pause(need(body, "as"), begins, ends)


def _instant(iso: str, now: datetime) -> datetime:
    try:
        moment = datetime.fromisoformat(iso) if iso else now
    except ValueError:
        raise Mistake(f"{iso!r} is not a time, such as 2026-11-23T20:00:00+01:00.") from None
    if moment.tzinfo is None:
        raise Mistake("Give the time with its zone, for example 2026-11-23T20:00:00+01:00.")
    return moment


async def tell_time(console: Console, _body: Json) -> Json:
    """Tell the workspace's time."""
    return {"now": console.clock.now().isoformat(), "frozen": console.clock.frozen}


async def move_time(console: Console, body: Json) -> Json:
    """Move the clock: {to: iso}, {advance: seconds} or {next: "08:45", for: person}."""
    if "to" in body:
        await console.clock.move_to(datetime.fromisoformat(need(body, "to")))
    elif "advance" in body:
        await console.clock.advance(timedelta(seconds=float(str(body["advance"]))))
    elif "next" in body:
        user = console.people.anybody(need(body, "for"))
        wanted = time.fromisoformat(need(body, "next"))
        await console.clock.move_to(_next_local(user, wanted, console.clock.now()))
    else:
        raise Mistake('Say where to: {"to": iso}, {"advance": seconds} or {"next": "08:45", "for": person}.')
    console.people.workspace.watch.touch_all()
    return await tell_time(console, body)


def _next_local(user: User, wanted: time, now: datetime) -> datetime:
    here = user.local(now)
    for days in range(3):
        moment = datetime.combine(here.date() + timedelta(days), wanted, here.tzinfo)
        if moment.timestamp() > now.timestamp():
            return moment
    raise Mistake("That time of day does not come soon.")


async def set_faults(console: Console, body: Json) -> Json:
    """Let calls go wrong."""
    return {"faults": console.faults.add(body.get("list", body.get("faults")))}


async def clear_faults(console: Console, _body: Json) -> Json:
    """Let everything go well again."""
    console.faults.clear()
    return {}


async def socket(console: Console, body: Json) -> Json:
    """Disturb the app's connection."""
    what = need(body, "do")
    if what == "disconnect":
        await console.sockets.disconnect()
    elif what == "abort":
        console.sockets.abort()
    elif what == "refresh":
        console.sockets.refresh()
    elif what != "duplicate_last_event":
        raise Mistake('Do "disconnect", "abort", "refresh" or "duplicate_last_event".')
    elif not console.sockets.repeat_event():
        raise Mistake("No event has been sent yet.")
    return {}


async def journal(console: Console, body: Json) -> Json:
    """Show what passed between app and workspace, after entry `since` if given."""
    since = int(body.get("since") or 0)
    return {"journal": [entry.shown() for entry in console.journal if entry.seq > since]}


TABLE: tuple[tuple[tuple[str, str], Errand], ...] = (
    (("GET", "state"), state),
    (("GET", "see"), see),
    (("GET", "messages"), messages),
    (("POST", "type"), type_text),
    (("POST", "command"), command),
    (("POST", "press"), press),
    (("POST", "choose"), choose),
    (("POST", "options"), options),
    (("POST", "submit"), submit),
    (("POST", "close"), close),
    (("POST", "open_home"), open_home),
    (("POST", "shortcut"), shortcut),
    (("POST", "react"), react),
    (("POST", "read"), read),
    *ROOMS,
    (("POST", "people"), join_team),
    (("PATCH", "people/{person}"), change_person),
    (("POST", "pause"), pause),
    (("GET", "clock"), tell_time),
    (("POST", "clock"), move_time),
    (("POST", "faults"), set_faults),
    (("DELETE", "faults"), clear_faults),
    (("POST", "socket"), socket),
    (("GET", "journal"), journal),
)
