"""Who is on the path: the list a page at a time, one contractor, and somebody who has not joined Slack yet."""

from dataclasses import replace

from blocks import contractor as draw
from blocks import contractor_former as before
from blocks.contractor import Listing
from blocks.kit import Block, modal
from handlers.contract import Call, Desk, OpenModal, ReplaceMessage, ReplaceModal, Reply, Say
from handlers.contractor_form import may_await
from handlers.contractor_pause import NOT_FOUND
from handlers.contractor_save import withdraw
from handlers.path import actor, may_about
from handlers.who import Asker, asker, whom_to_ask
from playbook.roles import Action, may
from playbook.sorry import Sorry
from playbook.tongue import phrase
from storage import contractor, digest, people
from storage import contractor_invite as invites
from storage.path_tables import Invite
from storage.tables import Contractor, Person

TITLE = phrase("Contractors")


async def listed(call: Call, desk: Desk) -> Reply:
    """List who is on the path: an admin sees everybody, a manager theirs, a contractor their own entry."""
    who = await asker(call, desk)
    listing = await _listing(call, desk, who)
    own = [] if who.contractor is None else await _card(desk, who, who.contractor, who.person)
    there = bool(listing.rows or listing.expected or listing.former)
    if not there and not own and not await _adds(desk, who):
        raise Sorry(draw.how_to_get_in(await whom_to_ask(desk)))
    if not there and not own:
        return _say(call, phrase("Nobody is on the path yet."), draw.nobody())
    drawn = draw.listed(listing) if there else []
    return _say(call, listing.text if there else phrase("Your place on the path."), [*own, *drawn])


async def formers(call: Call, desk: Desk) -> Reply:
    """List who has left the path, a page at a time: an admin sees everybody, a manager theirs."""
    who = await asker(call, desk)
    rows = await contractor.former(desk.team, "" if who.is_admin else call.user_id)
    page = int(call.value) if call.value.isdecimal() and len(call.value) < len("10000") else 0
    text, blocks = before.former_text(len(rows)), before.former(rows, page)
    if call.name in {before.FORMER_TURN, before.FORMER_TURN_ON}:
        view = modal(TITLE, blocks, close=phrase("Close"))
        return ReplaceModal(view=view) if call.view_id else ReplaceMessage(text=text, blocks=blocks)
    return _say(call, text, blocks)


async def turned(call: Call, desk: Desk) -> Reply:
    """Show another page of the list, in the place of this one."""
    who = await asker(call, desk)
    listing = await _listing(call, desk, who)
    page = int(call.value) if call.value.isdecimal() and len(call.value) < len("10000") else 0
    blocks = draw.listed(replace(listing, page=page))
    if call.view_id and not call.from_home:
        return ReplaceModal(view=modal(TITLE, blocks, close=phrase("Close")))
    return ReplaceMessage(text=listing.text, blocks=blocks)


def _say(call: Call, text: str, blocks: list[Block]) -> Reply:
    if call.view_id:
        return OpenModal(view=modal(TITLE, blocks, close=phrase("Close")))
    return Say(text=text, blocks=blocks)


async def _adds(desk: Desk, who: Asker) -> bool:
    return who.is_admin or may(Action.CONTRACTOR_ADD, await actor(desk, who.person))


async def _listing(call: Call, desk: Desk, who: Asker) -> Listing:
    whose = digest.everybody() if who.is_admin else digest.of_managers([call.user_id])
    expected = await (invites.everyone(desk.team) if await _adds(desk, who) else invites.of(desk.team, call.user_id))
    left = await contractor.former(desk.team, "" if who.is_admin else call.user_id)
    return Listing(await digest.members(desk.team, whose), expected, former=len(left))


async def shown(call: Call, desk: Desk, user_id: str) -> Reply:
    """Show one contractor to themselves, their manager or an admin; to anybody else they are not there."""
    who, place, person = await _seen(call, desk, user_id)
    return Say(text=draw.line(place, person.zone), blocks=await _card(desk, who, place, person))


async def _seen(call: Call, desk: Desk, user_id: str) -> tuple[Asker, Contractor, Person]:
    who = await asker(call, desk)
    person, place = await people.actor(desk.team, user_id)
    if person is None or place is None or not await may_about(desk, Action.CONTRACTOR_READ, who.person, place):
        raise Sorry(NOT_FOUND)
    return who, place, person


async def show(call: Call, desk: Desk) -> Reply:
    """Show one contractor from a button."""
    who, place, person = await _seen(call, desk, call.value)
    return OpenModal(view=draw.card_page(await _card(desk, who, place, person)))


async def _card(desk: Desk, who: Asker, place: Contractor, person: Person) -> list[Block]:
    edits = await may_about(desk, Action.CONTRACTOR_CHANGE, who.person, place)
    pauses = await may_about(desk, Action.CONTRACTOR_PAUSE, who.person, place)
    if place.ended_at is not None:
        own = who.person.user_id == place.user_id
        pauses = not own and await may_about(desk, Action.OFFBOARDING_LEAD, who.person, place)
    return draw.card(place, person.zone, contractor.helpers(place), may_edit=edits, may_pause=pauses)


async def awaited(call: Call, desk: Desk) -> Reply:
    """Show somebody who has not joined Slack yet."""
    return OpenModal(view=draw.card_page(draw.expected_card(await _invite(call, desk))))


async def withdrawn(call: Call, desk: Desk) -> Reply:
    """Forget somebody who was expected."""
    invite = await _invite(call, desk)
    await withdraw(desk, invite.email)
    return ReplaceModal(view=draw.withdrawn(invite.email))


async def _invite(call: Call, desk: Desk) -> Invite:
    who, invite = await asker(call, desk), await invites.find(desk.team, call.value)
    if invite is None or not await may_await(desk, who.person, invite):
        raise Sorry(phrase("I wait for nobody under this address any more. `/contractor` shows who is there."))
    return invite
