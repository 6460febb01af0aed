"""When somebody leaves the path: what they were stuck on, and what they were to help with, goes to their manager."""

from collections.abc import Sequence

from blocks import blocker_letter as letters
from blocks import kit
from handlers.blocker_work import wound
from handlers.contract import Desk, Due, Letters, soon
from playbook.tongue import phrase
from storage import blocker as store
from storage import blocker_change as change
from storage import contractor, people
from storage.tables import Blocker, Contractor

PARTED = "blocker.parted"


async def parted(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Hand on every open blocker of contractors whose path is over."""
    posts: list[Letters] = []
    for one in due:
        place = await contractor.find(desk.team, one.subject)
        if place is None or place.ended_at is None:
            continue
        for row in await store.unresolved(desk.team, [place.user_id]):
            posts += await _hand(
                desk,
                place,
                row,
                phrase("{place} has left, so this is yours to decide.", place=kit.mention(place.user_id)),
            )
        for row in await store.helped_by(desk.team, place.user_id):
            posts += await _hand(
                desk, place, row, phrase("{place} has left, so it comes to you.", place=kit.mention(place.user_id))
            )
    return posts


async def _hand(desk: Desk, place: Contractor, blocker: Blocker, lead: str) -> Sequence[Letters]:
    """Give one blocker to the manager, or to who comes after them."""
    to = await _to(desk, place, blocker)
    if not to or (to == blocker.helper_id and blocker.user_id != place.user_id):
        return ()
    was = blocker.helper_id
    await change.hand(desk.team, blocker, to, place.user_id, desk.now)
    case = await wound(desk, blocker)
    again = letters.reminder(case, to, f"parted:{blocker.round}", lead, desk.playbook)
    text = phrase("➡️ {place} has left, and {to} has this now.", place=kit.mention(place.user_id), to=kit.mention(to))
    told = letters.thread(case, f"parted:{blocker.round}", text, {to, place.user_id})
    await soon(desk, ("home.redraw", to), ("home.redraw", was), ("home.redraw", blocker.user_id))
    return (*letters.redrawn(case, desk.playbook), again, *told)


async def _to(desk: Desk, place: Contractor, blocker: Blocker) -> str:
    admins = [one.user_id for one in await people.admins(desk.team)]
    for one in (place.manager_id, blocker.manager_id, blocker.escalation_id, *sorted(desk.admins), *admins):
        if one not in {"", place.user_id, blocker.user_id} and await people.here(desk.team, one):
            return one
    return ""
