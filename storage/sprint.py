"""Small Win Sprints: the task, and how it went."""

from collections.abc import Collection, Mapping

from sqlmodel import col

from storage.database import Team
from storage.trust_tables import Sprint


async def find(team: Team, sprint_id: str) -> Sprint | None:
    """Fetch one sprint to change it."""
    return await team.lock(Sprint, id=sprint_id) if sprint_id else None


async def current(team: Team, user_ids: Collection[str]) -> Mapping[str, Sprint]:
    """Fetch the latest sprint of each of these contractors."""
    ids = {one for one in user_ids if one}
    if not ids:
        return {}
    query = team.select(Sprint).where(col(Sprint.user_id).in_(ids)).order_by(col(Sprint.given_at), col(Sprint.id))
    return {row.user_id: row for row in await team.all(query)}
