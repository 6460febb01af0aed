"""What all work on a parting shares: gathering it, who may, whom it goes to, and what follows a change."""

from collections.abc import Sequence
from dataclasses import dataclass

from blocks import offboarding as draw
from blocks import offboarding_letter as letter
from blocks.offboarding import Parting
from handlers.contract import Call, Desk, Letters, soon
from handlers.path import may_about
from handlers.who import asker
from playbook.offboarding import EVERYBODY, NOBODY, PRIVATE, PROJECT, ends_at
from playbook.roles import Action
from playbook.sorry import Sorry
from playbook.tongue import phrase, small
from storage import access_close, blocker, contractor, people, wiki, workspace
from storage import offboarding as store
from storage.growth_tables import Offboarding
from storage.outbox import Redraw
from storage.tables import Contractor, Person

NOT_YOURS = phrase("I find nobody by that name among the contractors you manage. `/contractor` lists them.")
NONE = phrase("No offboarding is under way that concerns you. Nothing was changed.")
GONE = phrase("This is not on the list any more, or it is not yours. Nothing was changed.")


@dataclass(frozen=True)
class Seat:
    """Somebody at one contractor's parting: who asks, whose it is, and what they may do."""

    person: Person
    place: Contractor
    leaver: Person
    leads: bool
    own: bool


async def seat(call: Call, desk: Desk, user_id: str, *, leads: bool = False) -> Seat:
    """Bring somebody and a contractor together; raises Sorry for whoever it does not concern, or may not lead it."""
    who = await asker(call, desk)
    leaver, place = await people.actor(desk.team, user_id)
    if leaver is None or place is None:
        raise Sorry(NOT_YOURS)
    own = user_id == call.user_id
    may_lead = not own and await may_about(desk, Action.OFFBOARDING_LEAD, who.person, place)
    if not may_lead and (leads or not own):
        raise Sorry(NOT_YOURS)
    return Seat(who.person, place, leaver, may_lead, own)


async def gather(desk: Desk, row: Offboarding) -> Parting:
    """Gather everything that is still open in a parting."""
    team, user_id = desk.team, row.user_id
    leaver, place = await people.actor(team, user_id)
    if leaver is None or place is None:
        raise Sorry(NOT_YOURS)
    return Parting(
        row,
        leaver.name,
        leaver.zone,
        ends_at(row.last_on, place.day_start, place.day_end, leaver.zone, desk.playbook.offboarding),
        (await store.items(team, [row.id])).get(row.id, ()),
        await access_close.closings(team, user_id),
        await blocker.unresolved(team, [user_id]),
        await blocker.helped_by(team, user_id),
        (await wiki.open_items(team, [user_id])).get(user_id, ()),
        len(await contractor.managed_by(team, [user_id])),
        await place_names(desk, place),
    )


async def channel_of(desk: Desk, place: Contractor, where: str) -> str:
    """Give the channel that a kind of place means, "" where there is none or the bot cannot post there."""
    office = await workspace.get(desk.team)
    channel_id = {PROJECT: place.project_channel, EVERYBODY: office.intro_channel}.get(where, "")
    channel = await people.find_channel(desk.team, channel_id) if channel_id else None
    return channel_id if channel and channel.is_member and not channel.archived else ""


async def _channel_name(desk: Desk, channel_id: str) -> str:
    channel = await people.find_channel(desk.team, channel_id) if channel_id else None
    return channel.name if channel else ""


async def choices(desk: Desk, place: Contractor) -> draw.Choices:
    """Offer the places to which thanks can go just now; the same channel is offered once."""
    project = await channel_of(desk, place, PROJECT)
    general = await channel_of(desk, place, EVERYBODY)
    names = [await _channel_name(desk, one) for one in (project, general if general != project else "")]
    return draw.places(*names)


async def place_names(desk: Desk, place: Contractor) -> dict[str, str]:
    """Say in words where thanks go, by kind of place."""
    named = {value: small(label) for label, value in await choices(desk, place)}
    return {
        PROJECT: phrase("in the project channel"),
        EVERYBODY: phrase("for everybody"),
        PRIVATE: "",
        NOBODY: "",
    } | named


async def manager_of(desk: Desk, row: Offboarding, place: Contractor) -> str:
    """Give who looks after a parting: the manager, or where they have left whoever else is there for it."""
    admins = [one.user_id for one in await people.admins(desk.team)]
    office = await workspace.get(desk.team)
    chain = [place.manager_id, place.escalation_id, office.escalation_id, row.began_by, *sorted(desk.admins), *admins]
    for one in chain:
        if one and one != row.user_id and await people.here(desk.team, one):
            return one
    return ""


async def follow(desk: Desk, row: Offboarding, *more: Letters) -> tuple[Letters, ...]:
    """Let what shows a parting follow: the contractor's message, Homes and the manager's digest."""
    await desk.team.session.flush()
    parting = await gather(desk, row)
    place = await contractor.find(desk.team, row.user_id)
    manager = await manager_of(desk, row, place) if place else ""
    await soon(desk, ("home.redraw", row.user_id), ("home.redraw", manager), ("digest.redraw", manager))
    return (*more, Redraw(letter.told_key(row), *letter.told(parting, manager)))


async def unfit(desk: Desk, user_id: str, leaver: str) -> str:
    """Say why something cannot go to somebody, "" if it can."""
    if user_id == leaver:
        return phrase("Please choose somebody other than the one who leaves.")
    if not await people.here(desk.team, user_id):
        return phrase("Please choose a person who is still in this workspace.")
    if await store.under_way(desk.team, [user_id]):
        return phrase("They are leaving as well. Please choose somebody who stays.")
    return ""


def taker_of(parting: Parting) -> str:
    """Give who takes over: whoever the first thing on the list goes to."""
    return parting.items[0].to_id if parting.items else ""


def to_redraw(parting: Parting) -> Sequence[Letters]:
    """Draw every message about things that are handed over anew."""
    row = parting.row
    found: list[Letters] = []
    for one in parting.items:
        found += [Redraw(letter.item_key(one), *letter.coming(one, row.last_on))]
        found += [Redraw(letter.given_key(one), *letter.given(one))]
    return found
