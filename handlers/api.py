"""The API: admins make, rotate and revoke the tokens with which other programs read."""

from blocks import api as draw
from blocks.api import Token
from blocks.kit import View
from handlers.contract import Call, Desk, Duty, FixFields, Kind, OpenModal, ReplaceModal, Reply, Route, Say
from handlers.path import actor
from handlers.who import asker
from playbook.roles import Action, require
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.words import clean
from storage import api

FULL = phrase("{most} tokens are as many as fit. Please revoke one first.")
GONE = phrase("This token has stopped already. `/contractor api` shows the others.")
NAMELESS = phrase("Please give it a name, such as Payroll report.")
MADE = phrase("Here is the token. It works at once.")
ROTATED = phrase("Here is the new token. The old one has stopped.")
REVOKED = phrase("The token has stopped. Nothing can be read with it any more.")


async def command(call: Call, desk: Desk) -> Reply:
    """Answer `/contractor api`; typed to the bot, where no page can open by itself, with a button."""
    await _admin(call, desk)
    if call.kind is Kind.EVENT:
        text, blocks = draw.needs_a_button()
        return Say(text=text, blocks=blocks)
    return OpenModal(view=await _page(desk))


async def opened(call: Call, desk: Desk) -> Reply:
    """Show the page, in the place of the form from which it was asked for."""
    await _admin(call, desk)
    view = await _page(desk)
    return ReplaceModal(view=view) if call.view_id and not call.from_home else OpenModal(view=view)


async def add(call: Call, desk: Desk) -> Reply:
    """Open the form for a new token."""
    await _admin(call, desk)
    return ReplaceModal(view=draw.form())


async def made(call: Call, desk: Desk) -> Reply:
    """Make a token; shown in the answer and nowhere else."""
    await _admin(call, desk)
    name, most = " ".join(clean(call.one(draw.NAME)).split()), desk.playbook.api.most
    if not name:
        return FixFields(errors={draw.NAME: NAMELESS})
    if len(await api.tokens(desk.team)) >= most:
        raise Sorry(FULL.format(most=most))
    token = await api.make(desk.team, name, call.user_id, desk.now)
    return ReplaceModal(view=await _page(desk, MADE, token))


async def rotated(call: Call, desk: Desk) -> Reply:
    """Make a token in the place of one that stops."""
    await _admin(call, desk)
    row = await api.find(desk.team, call.value)
    if row is None:
        raise Sorry(GONE)
    await api.revoke(desk.team, row, call.user_id, desk.now)
    token = await api.make(desk.team, row.name, call.user_id, desk.now)
    return ReplaceModal(view=await _page(desk, ROTATED, token))


async def revoked(call: Call, desk: Desk) -> Reply:
    """Let a token stop."""
    await _admin(call, desk)
    row = await api.find(desk.team, call.value)
    if row is not None:
        await api.revoke(desk.team, row, call.user_id, desk.now)
    return ReplaceModal(view=await _page(desk, REVOKED))


async def _admin(call: Call, desk: Desk) -> None:
    who = await asker(call, desk)
    require(Action.API_CHANGE, await actor(desk, who.person))


async def _page(desk: Desk, notice: str = "", shown: str = "") -> View:
    tokens = [
        Token(row.id, row.name, row.begins, row.made_at, row.made_by, row.used_at)
        for row in await api.tokens(desk.team)
    ]
    return draw.page(tokens, desk.public_url, desk.playbook.api.most, notice, shown)


ROUTES: tuple[Route, ...] = (
    Route(Kind.ACTION, draw.OPEN, opened, opens=True),
    Route(Kind.ACTION, draw.ADD, add),
    Route(Kind.FORM, draw.FORM, made),
    Route(Kind.ACTION, draw.ROTATE, rotated),
    Route(Kind.ACTION, draw.REVOKE, revoked),
)
DUTIES: tuple[Duty, ...] = ()
