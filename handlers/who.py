"""Who is asking, and what they may do: decided here, on the server, for every handler."""

from dataclasses import dataclass

from blocks.contractor import long_day
from blocks.kit import mention
from handlers.contract import Call, Desk
from playbook.days import local_day
from playbook.sorry import Sorry
from playbook.tongue import phrase
from storage import people, workspace
from storage.tables import Contractor, Person

NOT_ON_THE_PATH = phrase(
    "This is for contractors on the Inner Circle path, and you are not on it yet. Whoever was "
    "chosen to add contractors can add you with `/contractor add`; {ask}"
)
FORMER = phrase(
    "Good to hear from you. Your time on the path ended on {day}, so there is nothing you have "
    "to do here. `/circle mydata` gives you everything that is kept about you, `/circle "
    "timesheet` your hours, and I answer both when you write them to me without the slash "
    "command. The door stays open: {manager} is glad of a word from you."
)


@dataclass(frozen=True)
class Asker:
    """The person who called, and their place on the path: as `contractor`, or as `former` where it is over."""

    person: Person
    contractor: Contractor | None
    is_admin: bool
    former: Contractor | None = None


async def asker(call: Call, desk: Desk) -> Asker:
    """Give who called; the listener has made sure that the directory knows them."""
    person, contractor = await people.actor(desk.team, call.user_id)
    if person is None or person.deactivated or person.is_bot:
        raise Sorry(phrase("I can't find your account in this workspace. Please ask an admin to look at it with you."))
    is_admin = person.is_admin or person.user_id in desk.admins
    if contractor is not None and contractor.ended_at is not None:
        return Asker(person, None, is_admin, contractor)
    return Asker(person, contractor, is_admin)


async def contractor(call: Call, desk: Desk) -> tuple[Person, Contractor]:
    """Give the contractor who called, or tell anybody else kindly how to get in."""
    who = await asker(call, desk)
    if who.former is not None:
        raise Sorry(farewell(who))
    if who.contractor is None:
        raise Sorry(NOT_ON_THE_PATH.format(ask=await who_adds(desk)))
    return who.person, who.contractor


def farewell(who: Asker) -> str:
    """Say to somebody whose path is over what they can still do; "" to everybody else."""
    place = who.former
    if place is None or place.ended_at is None:
        return ""
    return FORMER.format(day=long_day(local_day(place.ended_at, who.person.zone)), manager=mention(place.manager_id))


async def whom_to_ask(desk: Desk) -> str:
    """Name an admin to turn to."""
    named = sorted(desk.admins) or [admin.user_id for admin in await people.admins(desk.team)]
    return (
        phrase("<@{named}> is one.", named=named[0]) if named else phrase("ask whoever invited you to this workspace.")
    )


async def who_adds(desk: Desk) -> str:
    """Name somebody who may add contractors, or an admin who can choose somebody."""
    chosen = sorted(workspace.adders(await workspace.get(desk.team)))
    return (
        phrase("<@{chosen}> is one.", chosen=chosen[0])
        if chosen
        else phrase("an admin chooses who may, and {desk}", desk=await whom_to_ask(desk))
    )


def manages(who: Asker, contractor: Contractor) -> bool:
    """Tell whether somebody may act for a contractor: their manager, or an admin."""
    return who.is_admin or contractor.manager_id == who.person.user_id
