"""What a timesheet is made of: minutes by day and project, and the weeks that can still be changed."""

from datetime import date, datetime

from sqlalchemy import func
from sqlmodel import col, select

from playbook.days import local_day
from playbook.month import Month
from playbook.timesheet import Timesheet
from storage import log
from storage.database import Team
from storage.tables import LogEntry, Person


async def sheet(team: Team, person: Person, month: Month, now: datetime) -> Timesheet:
    """Put somebody's month together."""
    ledger = await log.ledger(team, person.user_id, month.first, month.last)
    reopened = await log.reopened(team, person.user_id)
    open_weeks = frozenset(one for one in month.weeks if not one.locked(now) or one.monday in reopened)
    minutes = {(day, project): total for day, project, total in ledger.rows if total}
    made = local_day(now, person.zone)
    return Timesheet(person.name, person.user_id, person.zone, month, made, minutes, open_weeks)


async def first_day(team: Team, user_id: str) -> date | None:
    """Give the first day that somebody logged anything for, None without any."""
    query = select(func.min(col(LogEntry.day))).where(LogEntry.team_id == team.team_id, LogEntry.user_id == user_id)
    return (await team.session.exec(query.where(col(LogEntry.undone).is_(False)))).one()
