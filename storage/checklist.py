"""The checklist of each contractor's path: its items, and what became of them."""

from datetime import datetime

from sqlmodel import col

from storage.database import Team
from storage.path_tables import ChecklistItem

TODO, DONE, NOT_APPLICABLE = "todo", "done", "na"


async def tick(team: Team, user_id: str, auto: str, by: str, now: datetime) -> bool:
    """Tick what has been done for a contractor by something that happened (`auto` names it); tells if any was open."""
    theirs = team.update(ChecklistItem).where(col(ChecklistItem.user_id) == user_id, col(ChecklistItem.auto) == auto)
    still = theirs.where(col(ChecklistItem.state) == TODO)
    return await team.change(still.values(state=DONE, done_at=now, done_by=by)) > 0
