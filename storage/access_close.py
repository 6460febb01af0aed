"""Which tools a contractor who leaves can still use, and who closed which."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_
from sqlmodel import col, select

from playbook.access import Closing
from storage.database import Team
from storage.path_tables import Access, Tool


async def closings(team: Team, user_id: str) -> Sequence[Closing]:
    """Fetch every tool of the Toolbox as it is for somebody: critical ones first, then in the order of the Toolbox."""
    theirs = and_(
        col(Access.team_id) == col(Tool.team_id), col(Access.tool_id) == col(Tool.id), col(Access.user_id) == user_id
    )
    query: Any = (
        select(Tool, Access)
        .outerjoin(Access, theirs)
        .where(col(Tool.team_id) == team.team_id)
        .order_by(col(Tool.critical).desc(), col(Tool.position), col(Tool.name))
        .execution_options(populate_existing=True)
    )
    return [
        Closing(tool.id, tool.name, tool.link, tool.critical, *_state(row))
        for tool, row in (await team.session.exec(query)).all()
    ]


def _state(row: Access | None) -> tuple[bool, datetime | None, str]:
    """Say whether somebody noted a tool as open, and when and by whom it was closed."""
    return (row.opened_at is not None, row.closed_at, row.closed_by) if row else (False, None, "")


async def close(team: Team, user_id: str, tool_id: str, by: str, now: datetime) -> bool:
    """Note that a tool is closed, also one that nobody had noted as open; tells whether that is news."""
    await team.insert_new(Access, user_id=user_id, tool_id=tool_id)
    still = _theirs(team, user_id, [tool_id]).where(col(Access.closed_at).is_(None))
    return await team.change(still.values(closed_at=now, closed_by=by)) > 0


async def unclose(team: Team, user_id: str, tool_id: str) -> bool:
    """Take back that a tool is closed; tells whether it was."""
    closed = _theirs(team, user_id, [tool_id]).where(col(Access.closed_at).is_not(None))
    return await team.change(closed.values(closed_at=None, closed_by="")) > 0


async def begin_anew(team: Team, user_id: str) -> None:
    """Have every tool be to open again, for somebody who comes back."""
    theirs = team.update(Access).where(col(Access.user_id) == user_id)
    fresh = {"opened_at": None, "opened_by": "", "confirmed_at": None, "verified_at": None, "verified_by": ""}
    await team.change(theirs.values(**fresh, closed_at=None, closed_by=""))


def _theirs(team: Team, user_id: str, tool_ids: Collection[str]) -> Any:
    return team.update(Access).where(col(Access.user_id) == user_id, col(Access.tool_id).in_(set(tool_ids)))
