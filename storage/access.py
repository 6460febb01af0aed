"""Which tools each contractor has access to: opened by operations, second factor confirmed, verified."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_
from sqlmodel import col, select

from playbook import access as rules
from playbook.access import AccessProgress, Line
from storage.database import Team, insert_new
from storage.path_tables import Access, Tool
from storage.tables import Contractor, Letter

CHUNK = 500
NOT_CONFIRMED: Mapping[str, Any] = {"confirmed_at": None, "verified_at": None, "verified_by": ""}


async def tools(team: Team) -> Sequence[Tool]:
    """Fetch the Toolbox, in its order."""
    return await team.all(team.select(Tool).order_by(col(Tool.position), col(Tool.name)))


async def lay(team: Team, user_ids: Collection[str]) -> None:
    """Give each of these contractors a line for every tool that they have none for."""
    found = await tools(team) if user_ids else ()
    rows = [
        Access(team_id=team.team_id, user_id=user_id, tool_id=tool.id).model_dump()
        for user_id in sorted(set(user_ids))
        for tool in found
    ]
    for first in range(0, len(rows), CHUNK):
        await insert_new(team.session, Access, rows[first : first + CHUNK])


async def lines(team: Team, user_ids: Collection[str]) -> Mapping[str, Sequence[Line]]:
    """Fetch how far each contractor's access has come, in the order of the Toolbox.

    Tools that were taken out of the Toolbox are not there any more; who has none is missing.
    """
    if not user_ids:
        return {}
    query: Any = (
        select(Access, Tool)
        .join(Tool, and_(col(Tool.team_id) == col(Access.team_id), col(Tool.id) == col(Access.tool_id)))
        .where(col(Access.team_id) == team.team_id, col(Access.user_id).in_(set(user_ids)))
        .order_by(col(Tool.position), col(Tool.name))
        .execution_options(populate_existing=True)
    )
    found: dict[str, list[Line]] = defaultdict(list)
    for row, tool in (await team.session.exec(query)).all():
        found[row.user_id].append(_line(row, tool))
    return found


def _line(row: Access, tool: Tool) -> Line:
    return Line(
        tool_id=tool.id,
        name=tool.name,
        how=tool.how,
        link=tool.link,
        critical=tool.critical,
        opened_at=row.opened_at,
        opened_by=row.opened_by,
        confirmed_at=row.confirmed_at,
        verified_at=row.verified_at,
        verified_by=row.verified_by,
    )


async def started_since(team: Team, day: date) -> Sequence[str]:
    """Name the contractors who started on a day or after it, or are still to start."""
    query = select(Contractor.user_id).where(Contractor.team_id == team.team_id, col(Contractor.start_date) >= day)
    return (await team.session.exec(query)).all()


async def progress(team: Team, user_ids: Collection[str]) -> Mapping[str, AccessProgress]:
    """Count how far each contractor's access has come; those for whom no tool was laid are missing."""
    return {one: rules.progress(found) for one, found in (await lines(team, user_ids)).items()}


async def open_up(team: Team, user_id: str, tool_ids: Collection[str], by: str, now: datetime) -> int:
    """Note that tools are open; who opened one first stays. Tells how many were not open before."""
    fresh = _theirs(team, user_id, tool_ids).where(col(Access.opened_at).is_(None))
    return await team.change(fresh.values(opened_at=now, opened_by=by))


async def shut(team: Team, user_id: str, tool_ids: Collection[str], before: datetime | None = None) -> int:
    """Take back that tools are open, if `before` is given only those that were opened before that moment."""
    gone = _theirs(team, user_id, tool_ids).where(col(Access.opened_at).is_not(None))
    gone = gone.where(col(Access.opened_at) <= before) if before else gone
    return await team.change(gone.values(opened_at=None, opened_by=""))


async def confirm(team: Team, user_id: str, tool_ids: Collection[str], now: datetime) -> int:
    """Note that the contractor has the second factor on; tells for how many tools that is new."""
    fresh = _theirs(team, user_id, tool_ids).where(col(Access.confirmed_at).is_(None))
    return await team.change(fresh.values(confirmed_at=now))


async def deny(team: Team, user_id: str, tool_ids: Collection[str], before: datetime | None = None) -> int:
    """Take a confirmation back; what was verified has to be verified anew."""
    gone = _theirs(team, user_id, tool_ids).where(col(Access.confirmed_at).is_not(None))
    gone = gone.where(col(Access.confirmed_at) <= before) if before else gone
    return await team.change(gone.values(**NOT_CONFIRMED))


async def verify(team: Team, user_id: str, tool_id: str, by: str, now: datetime) -> int:
    """Note that somebody has looked and found the second factor on; only what is confirmed can be verified."""
    confirmed = _theirs(team, user_id, [tool_id]).where(col(Access.confirmed_at).is_not(None))
    return await team.change(confirmed.where(col(Access.verified_at).is_(None)).values(verified_at=now, verified_by=by))


async def doubt(team: Team, user_id: str, tool_id: str) -> int:
    """Take a verification back."""
    verified = _theirs(team, user_id, [tool_id]).where(col(Access.verified_at).is_not(None))
    return await team.change(verified.values(verified_at=None, verified_by=""))


def _theirs(team: Team, user_id: str, tool_ids: Collection[str]) -> Any:
    return team.update(Access).where(col(Access.user_id) == user_id, col(Access.tool_id).in_(set(tool_ids)))


async def letters(team: Team, about: str) -> Sequence[Letter]:
    """Fetch the letters about somebody's access that were ever written."""
    return await team.all(team.select(Letter).where(col(Letter.about) == about).order_by(col(Letter.seq)))
