"""What managers and Home tabs are told, counted by the database: one query for a batch of people, never row by row."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, case, func, or_
from sqlmodel import col, select

from playbook.blocker import State as BlockerState
from playbook.checklist import counts_from
from storage.checklist import TODO
from storage.contractor import ON_PATH
from storage.database import Team
from storage.outbox import IN_FLIGHT, WAITING, State
from storage.path_tables import ChecklistItem
from storage.tables import Blocker, Contractor, DayAnswer, Letter, LogEntry, Occasion, Person

OFF = "off"

Whose = Any
Minutes = Mapping[str, Mapping[date, int]]


@dataclass(frozen=True)
class Counted:
    """How many blockers came up and went away in a stretch of time."""

    opened: int = 0
    resolved: int = 0


@dataclass(frozen=True)
class Item:
    """An item of somebody's checklist that is still to be done."""

    user_id: str
    text: str
    due: date
    snoozed_until: date | None = None

    @property
    def since(self) -> date:
        """Give the day on which it asks to be done, as the checklist itself shows it."""
        return counts_from(self.due, self.snoozed_until)

    def overdue(self, today: date) -> bool:
        """Say whether that day has passed."""
        return self.since < today


def of_managers(manager_ids: Collection[str]) -> Whose:
    """Mean the contractors of these managers."""
    return and_(col(Contractor.manager_id).in_(set(manager_ids)), ON_PATH)


def around(user_ids: Collection[str]) -> Whose:
    """Mean these contractors themselves, and the contractors of these managers."""
    ids = set(user_ids)
    return and_(or_(col(Contractor.manager_id).in_(ids), col(Contractor.user_id).in_(ids)), ON_PATH)


def everybody() -> Whose:
    """Mean all contractors on the path; here as everywhere in this file, those who have left it do not count."""
    return ON_PATH


async def members(team: Team, whose: Whose) -> Sequence[tuple[Contractor, Person]]:
    """Fetch contractors who are still in the workspace with their names and zones, by manager and then by name."""
    query: Any = (
        select(Contractor, Person)
        .join(Person, _on(Person))
        .where(Contractor.team_id == team.team_id, whose, col(Person.deactivated).is_(False))
        .order_by(col(Contractor.manager_id), func.lower(Person.name), col(Contractor.user_id))
    )
    return [(contractor, person) for contractor, person in (await team.session.exec(query)).all()]


async def minutes_by_day(team: Team, whose: Whose, first: date, last: date) -> Minutes:
    """Count what each contractor logged on each day from the first to the last, both included."""
    query: Any = (
        select(col(LogEntry.user_id), col(LogEntry.day), func.sum(LogEntry.minutes))
        .join(Contractor, _on(LogEntry))
        .where(whose, *_counts(team), col(LogEntry.day).between(first, last))
        .group_by(col(LogEntry.user_id), col(LogEntry.day))
    )
    totals: dict[str, dict[date, int]] = defaultdict(dict)
    plain = await team.session.connection()  # no objects are made of the rows, of which there may be many
    for user_id, day, minutes in await plain.execute(query):
        totals[user_id][day] = int(minutes)
    return totals


async def last_days(team: Team, user_ids: Collection[str]) -> Mapping[str, date]:
    """Say on which day each of these people last logged anything; who never did is missing."""
    if not user_ids:
        return {}
    query: Any = (
        select(col(LogEntry.user_id), func.max(LogEntry.day))
        .where(*_counts(team), col(LogEntry.user_id).in_(set(user_ids)))
        .group_by(col(LogEntry.user_id))
    )
    return dict((await team.session.exec(query)).all())


async def days_off(team: Team, whose: Whose, since: date) -> Mapping[str, frozenset[date]]:
    """Say on which days each contractor answered that they did not work."""
    query: Any = (
        select(col(DayAnswer.user_id), col(DayAnswer.day))
        .join(Contractor, _on(DayAnswer))
        .where(whose, DayAnswer.team_id == team.team_id, DayAnswer.answer == OFF, col(DayAnswer.day) >= since)
    )
    off: dict[str, set[date]] = defaultdict(set)
    for user_id, day in (await team.session.exec(query)).all():
        off[user_id].add(day)
    return {user_id: frozenset(days) for user_id, days in off.items()}


async def open_blockers(team: Team, whose: Whose) -> Sequence[Blocker]:
    """Fetch the blockers of these contractors that are not resolved, oldest first."""
    query = team.select(Blocker).join(Contractor, _on(Blocker)).where(whose, Blocker.state != BlockerState.RESOLVED)
    return await team.all(query.order_by(col(Blocker.number)))


async def waiting_for(team: Team, helper_ids: Collection[str]) -> Sequence[Blocker]:
    """Fetch the blockers that wait for these helpers, oldest first."""
    query = team.select(Blocker).where(
        col(Blocker.helper_id).in_(set(helper_ids)), Blocker.state != BlockerState.RESOLVED
    )
    return await team.all(query.order_by(col(Blocker.number)))


async def counted(team: Team, whose: Whose, start: datetime, end: datetime) -> Mapping[str, Counted]:
    """Count the blockers that came up and went away between two moments, by manager."""
    opened = and_(col(Blocker.created_at) >= start, col(Blocker.created_at) < end)
    resolved = and_(col(Blocker.resolved_at) >= start, col(Blocker.resolved_at) < end)
    query: Any = (
        select(Contractor.manager_id, _how_many(opened), _how_many(resolved))
        .join(Blocker, _on(Blocker))
        .where(whose, Contractor.team_id == team.team_id, opened | resolved)
        .group_by(col(Contractor.manager_id))
    )
    rows = (await team.session.exec(query)).all()
    return {manager_id: Counted(int(came), int(went)) for manager_id, came, went in rows}


async def letters_with(team: Team, keys: Collection[str]) -> frozenset[str]:
    """Tell which of these letters were ever written."""
    if not keys:
        return frozenset()
    query = select(Letter.key).where(Letter.team_id == team.team_id, col(Letter.key).in_(set(keys)))
    return frozenset((await team.session.exec(query)).all())


async def planned(team: Team, duty: str, subjects: Collection[str]) -> Mapping[str, datetime]:
    """Say when a duty is due for each of these subjects; those for whom it is not are missing."""
    if not subjects:
        return {}
    query = team.select(Occasion).where(Occasion.duty == duty, col(Occasion.subject).in_(set(subjects)))
    return {row.subject: row.due_at for row in await team.all(query)}


async def open_items(team: Team, whose: Whose, first: date, last: date) -> Sequence[Item]:
    """Fetch what is still to be done on these contractors' checklists with a day between two, oldest first."""
    query: Any = (
        select(
            col(ChecklistItem.user_id),
            col(ChecklistItem.text),
            col(ChecklistItem.due),
            col(ChecklistItem.snoozed_until),
        )
        .join(Contractor, _on(ChecklistItem))
        .where(whose, ChecklistItem.team_id == team.team_id, ChecklistItem.state == TODO)
        .where(col(ChecklistItem.due).between(first, last), col(Contractor.paused_at).is_(None))
        .order_by(col(ChecklistItem.due), col(ChecklistItem.position))
    )
    return [Item(*row) for row in (await team.session.exec(query)).all()]


async def failed_letters(team: Team, count: int) -> Sequence[Letter]:
    """Fetch the letters that Slack refused for good, newest first."""
    query = team.select(Letter).where(Letter.state == State.FAILED, Letter.carried_by == "")
    return await team.all(query.order_by(col(Letter.seq).desc()).limit(count))


async def deliveries(team: Team, since: datetime) -> tuple[int, int]:
    """Count the messages that arrived since a moment, and those that are still to leave; Homes do not count."""
    arrived = and_(col(Letter.state) == State.SENT, col(Letter.changed_at) >= since)
    waits = col(Letter.state).in_([*WAITING, *IN_FLIGHT, State.CARRIED])
    count = (func.sum(case((one, 1), else_=0)) for one in (arrived, waits))
    query: Any = select(*count).where(Letter.team_id == team.team_id, Letter.kind == "message", or_(arrived, waits))
    sent, waiting = (await team.session.exec(query)).one()
    return int(sent or 0), int(waiting or 0)


async def how_many_on_the_path(team: Team) -> int:
    """Count all contractors on the path."""
    query: Any = select(func.count()).select_from(Contractor).where(Contractor.team_id == team.team_id, ON_PATH)
    return int((await team.session.exec(query)).one())


def _on(table: Any) -> Any:
    return and_(col(Contractor.team_id) == table.team_id, col(Contractor.user_id) == table.user_id)


def _counts(team: Team) -> tuple[Any, Any]:
    return LogEntry.team_id == team.team_id, col(LogEntry.undone).is_(False)


def _how_many(what: Any) -> Any:
    return func.sum(case((what, 1), else_=0))
