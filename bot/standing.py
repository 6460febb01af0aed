"""After an update: standing duties that are new are planned for everybody who is on the path already."""

from collections.abc import Sequence
from dataclasses import replace

from bot.listener import Workshop
from handlers.contract import WORKSPACE, Duty, arm
from storage import contractor, timetable
from storage.database import Database
from storage.tables import Fact

NAME = "duties"


def standing(duties: Sequence[Duty]) -> frozenset[str]:
    """Name the duties that everybody of a kind has, or the workspace."""
    return frozenset(one.name for one in duties if one.for_contractors or one.for_managers or one.for_workspace)


async def follow(database: Database, workshop: Workshop, team_id: str, duties: Sequence[Duty]) -> frozenset[str]:
    """Plan what is new since the last start; gives the names. What was planned before stays as it is, also if late."""
    wanted = standing(duties)
    async with database.team(team_id) as team:
        known = await team.get(Fact, name=NAME)
        before = frozenset(known.value.split(",")) if known else await timetable.duties(team)
        fresh = wanted - before
        if fresh:
            desk = replace(workshop.desk(team), duties=[one for one in duties if one.name in fresh])
            places = await contractor.everyone(team)
            await arm(desk, *(one.user_id for one in places), contractor=True)
            await arm(desk, *sorted({one.manager_id for one in places if one.manager_id}), manager=True)
            for duty in desk.duties:
                if duty.for_workspace and duty.next is not None:
                    await timetable.put(team, duty.name, await duty.next(desk, [WORKSPACE]))
        await team.put(Fact, {"name": NAME}, value=",".join(sorted(wanted)))
    return fresh
