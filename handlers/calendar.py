"""The calendar: a private address that can be revoked, and a file."""

from secrets import token_urlsafe

from blocks import calendar as draw
from blocks.kit import View
from handlers.contract import Call, Desk, Duty, Kind, OpenModal, ReplaceModal, Reply, Route, Say
from handlers.path import actor
from handlers.who import asker
from playbook.roles import Action, Subject, require
from playbook.sorry import Sorry
from playbook.tongue import phrase
from storage import calendar, wish
from storage.wish import Wish

TOKEN_BYTES = 32
MADE = phrase("Here is your address. It works at once.")
RENEWED = phrase("Here is your new address. The old one has stopped.")
REVOKED = phrase("Your address has stopped. Nobody can read your calendar with it any more.")
NOTHING_TO_REVOKE = phrase("You have no address any more, so there is nothing to stop.")


def address(public_url: str, token: str) -> str:
    """Write the address of a feed."""
    return f"{public_url}/calendar/{token}.ics"


async def command(call: Call, desk: Desk) -> Reply:
    """Answer `/circle calendar`, the word in the direct message, and the button."""
    if call.text.strip().casefold() == "file":
        return await file(call, desk)
    await _own(call, desk)
    return OpenModal(view=await _page(call, desk))


async def made(call: Call, desk: Desk) -> Reply:
    """Make an address, in place of the one before; shown in the answer and nowhere else."""
    await _own(call, desk)
    if not desk.public_url:
        raise Sorry(draw.NOT_REACHABLE)
    before, token = await calendar.feed(desk.team, call.user_id), token_urlsafe(TOKEN_BYTES)
    await calendar.keep(desk.team, call.user_id, token, desk.now)
    notice = RENEWED if before else MADE
    return ReplaceModal(view=await _page(call, desk, notice, address(desk.public_url, token)))


async def revoked(call: Call, desk: Desk) -> Reply:
    """Let the address stop."""
    await _own(call, desk)
    notice = REVOKED if await calendar.revoke(desk.team, call.user_id) else NOTHING_TO_REVOKE
    return ReplaceModal(view=await _page(call, desk, notice))


async def file(call: Call, desk: Desk) -> Reply:
    """Send the calendar as a file, from whatever has the button; always that of whoever pressed it."""
    await _own(call, desk)
    await wish.put(desk.team, Wish(calendar.WISH, call.user_id, desk.now.isoformat()))
    return Say(text=draw.FILE_COMING)


async def _own(call: Call, desk: Desk) -> None:
    who = await asker(call, desk)
    require(Action.CALENDAR_READ, await actor(desk, who.person), Subject(call.user_id))


async def _page(call: Call, desk: Desk, notice: str = "", shown: str = "") -> View:
    row = await calendar.feed(desk.team, call.user_id)
    known = draw.Feed(row.made_at, row.read_at) if row else None
    return draw.page(known, shown, notice, reachable=bool(desk.public_url))


ROUTES: tuple[Route, ...] = (
    Route(Kind.ACTION, draw.OPEN, command, opens=True),
    Route(Kind.ACTION, draw.MAKE, made),
    Route(Kind.ACTION, draw.REVOKE, revoked),
    Route(Kind.ACTION, draw.FILE, file),
)
DUTIES: tuple[Duty, ...] = ()
