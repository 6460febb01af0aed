"""Worklogs that were compared with the log: what was tracked and logged, what the contractor said, who has seen it."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import col

from playbook.worklog import Day
from storage.columns import new_id
from storage.database import Team
from storage.growth_tables import Worklog


async def keep(team: Team, user_id: str, days: Sequence[Day], by: str, now: datetime) -> Worklog:
    """Keep a comparison."""
    row = Worklog(
        id=new_id(),
        team_id=team.team_id,
        user_id=user_id,
        first_on=days[0].day,
        last_on=days[-1].day,
        days=[{"day": one.day.isoformat(), "tracked": one.tracked, "logged": one.logged} for one in days],
        sent_at=now,
        sent_by=by,
    )
    team.add(row)
    await team.session.flush()
    return row


def days_of(row: Worklog) -> list[Day]:
    """Give the days of a comparison as they were when it was made."""
    return [Day(date.fromisoformat(one["day"]), int(one["tracked"]), int(one["logged"])) for one in row.days]


async def find(team: Team, worklog_id: str) -> Worklog | None:
    """Fetch one comparison to change it."""
    return await team.lock(Worklog, id=worklog_id) if worklog_id else None


async def of(team: Team, user_id: str, count: int, *, shared: bool = False) -> Sequence[Worklog]:
    """Fetch somebody's latest comparisons, the newest first; `shared` those that their manager has been shown."""
    query = team.select(Worklog).where(col(Worklog.user_id) == user_id)
    query = query.where(col(Worklog.shared_at).is_not(None)) if shared else query
    return await team.all(query.order_by(col(Worklog.sent_at).desc(), col(Worklog.id).desc()).limit(count))
