"""Who's Who: whom to ask about what, one line for each topic, under its name in small letters."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import col

from storage.database import Team
from storage.path_tables import Topic


async def everything(team: Team) -> Sequence[Topic]:
    """Fetch every line, by topic."""
    return await team.all(team.select(Topic).order_by(col(Topic.key)))


async def put(team: Team, people: Mapping[str, str], by: str, now: datetime) -> None:
    """Keep whom to ask about topics, by their names; nobody takes a line away, and notes stay as they are."""
    for name, user_id in people.items():
        key = name.casefold()
        if not user_id:
            await team.change(team.delete(Topic).where(col(Topic.key) == key))
            continue
        known = await team.get(Topic, key=key)
        if known is None or known.user_id != user_id:
            note = known.note if known else ""
            kept = {"topic": name, "user_id": user_id, "note": note, "changed_by": by, "changed_at": now}
            await team.put(Topic, {"key": key}, **kept)
