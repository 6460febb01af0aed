"""What an admin chose for the whole workspace; until then, what is usual."""

from storage.database import Team, insert_or_update
from storage.path_tables import Workspace

SEPARATOR = ","


async def get(team: Team) -> Workspace:
    """Give the workspace's settings; a fresh row of nothing chosen where there is none yet (not kept by itself)."""
    return await team.get(Workspace) or Workspace(team_id=team.team_id)


async def put(team: Team, **values: object) -> None:
    """Keep settings; those that are not named stay as they are."""
    fresh = Workspace(team_id=team.team_id).model_dump() | values
    await insert_or_update(team.session, Workspace, [fresh], ["team_id"], list(values))


def adders(row: Workspace) -> frozenset[str]:
    """Say who may add contractors."""
    return frozenset(one for one in row.adders.split(SEPARATOR) if one)


def write_ids(ids: tuple[str, ...] | frozenset[str]) -> str:
    """Write user ids as they are stored."""
    return SEPARATOR.join(sorted(ids))
