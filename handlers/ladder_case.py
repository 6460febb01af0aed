"""Where contractors stand on the ladder, gathered in a few queries, and who may see one of them."""

from collections.abc import Collection, Mapping

from blocks import ladder as draw
from handlers.contract import Call, Desk
from handlers.path import let
from handlers.who import asker
from playbook.ladder import standing, suggested
from playbook.roles import Action
from playbook.tongue import phrase
from storage import ladder as store
from storage.ladder_facts import facts
from storage.path import Traveller, travellers

NOT_YOURS = phrase("The ladder is between a contractor and their manager. `/circle ladder` shows your own.")


async def seen(call: Call, desk: Desk, user_id: str, action: Action = Action.LADDER_READ) -> Traveller:
    """Give a contractor to somebody who may do something about their ladder."""
    who = await asker(call, desk)
    return await let(desk, action, who.person, user_id, NOT_YOURS)


async def ladders(desk: Desk, found: Mapping[str, Traveller]) -> Mapping[str, draw.Ladder]:
    """Gather where contractors stand."""
    taken, noted = await store.stages(desk.team, list(found)), await store.notes(desk.team, list(found))
    counted, book = await facts(desk.team, list(found)), desk.playbook.ladder
    made = {}
    for user_id, one in found.items():
        row, notes = taken.get(user_id), noted[user_id]
        known = {**counted[user_id], "days": max(one.path.today(desk.now), 0)}
        stand = standing(book, row.stage if row else "", known, notes)
        made[user_id] = draw.Ladder(user_id, stand, row, notes, suggested(book, stand, notes))
    return made


async def ladder(desk: Desk, one: Traveller) -> draw.Ladder:
    """Gather where one contractor stands."""
    return (await ladders(desk, {one.user_id: one}))[one.user_id]


async def ready(desk: Desk, user_ids: Collection[str]) -> list[tuple[str, str]]:
    """Name the contractors who have everything for the next step, each with the name of that step."""
    made = await ladders(desk, await travellers(desk.team, user_ids))
    return [(one, each.stand.next.name) for one, each in made.items() if each.stand.ready and each.stand.next]
