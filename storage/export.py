"""Everything that an export may hold of some contractors, in a few queries however many they are."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Any

from sqlalchemy import func
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from playbook.days import DAY, local_day
from playbook.export import Span
from storage import people
from storage.database import Team, columns_of
from storage.kpi import State
from storage.path_tables import Blueprint, ChecklistItem, KpiResult
from storage.tables import Blocker, Contractor, LogEntry, Person

COUNTED: Mapping[str, Any] = {
    "logs": (LogEntry.user_id, LogEntry.day, LogEntry),
    "checklists": (ChecklistItem.user_id, ChecklistItem.due, ChecklistItem),
    "kpis": (KpiResult.user_id, KpiResult.monday, KpiResult),
}


@dataclass(frozen=True)
class Records:
    """The records of some contractors over some days, and everybody who is named in them by user id.

    Of `logs`, each has the columns of an entry.
    """

    logs: Sequence[Any] = ()
    blockers: Sequence[Blocker] = ()
    items: Sequence[ChecklistItem] = ()
    results: Sequence[KpiResult] = ()
    versions: Sequence[Blueprint] = ()
    people: Mapping[str, Person] = field(default_factory=dict)

    def name(self, user_id: str) -> str:
        """Give somebody's name, "" for nobody."""
        return self.people[user_id].name if user_id in self.people else user_id

    def zone(self, user_id: str) -> str:
        """Give the zone in which somebody lives."""
        return self.people[user_id].zone if user_id in self.people else "UTC"


async def places(team: Team) -> Sequence[Contractor]:
    """Fetch every contractor there ever was, those whose path is paused or has ended included."""
    return await team.all(team.select(Contractor).order_by(col(Contractor.user_id)))


async def most(team: Team, kinds: Collection[str], user_ids: Collection[str], span: Span) -> int:
    """Count the rows of the longest of these files, without fetching them."""
    counts = [0]
    for kind in set(kinds) & set(COUNTED):
        who, day, table = COUNTED[kind]
        query = select(func.count()).select_from(table).where(table.team_id == team.team_id)
        query = query.where(col(who).in_(set(user_ids)), col(day).between(span.first, span.last))
        counts.append((await team.session.exec(query)).one())
    return max(counts)


async def gather(team: Team, kinds: Collection[str], user_ids: Collection[str], span: Span) -> Records:
    """Fetch the records of these kinds, with the people whom they name."""
    ids = set(user_ids)
    known = await people.find_all(team, ids)
    logs = await _logs(team, ids, span) if "logs" in kinds else ()
    blockers = await _blockers(team, ids, span, known) if "blockers" in kinds else ()
    items = await _days(team, ChecklistItem, ChecklistItem.due, ids, span) if "checklists" in kinds else ()
    results = await _days(team, KpiResult, KpiResult.monday, ids, span) if "kpis" in kinds else ()
    versions = await _versions(team, ids) if "kpis" in kinds else ()
    named = {one.helper_id for one in blockers} | {one.resolved_by for one in blockers}
    named |= {one.done_by for one in items} | {one.confirmed_by for one in results}
    everybody = {**known, **await people.find_all(team, {one for one in named if one} - ids)}
    return Records(logs, blockers, items, results, versions, everybody)


async def _logs(team: Team, ids: set[str], span: Span) -> Sequence[Any]:
    """Fetch entries as plain rows with their columns: there may be thousands, and objects cost ten times as much."""
    query = select_columns(columns_of(LogEntry)).where(col(LogEntry.team_id) == team.team_id)
    query = query.where(col(LogEntry.user_id).in_(ids), col(LogEntry.undone).is_(False))
    query = query.where(col(LogEntry.day).between(span.first, span.last))
    found: Any = await team.session.exec(query.order_by(col(LogEntry.user_id), col(LogEntry.day)))  # type: ignore[call-overload]
    return list(found.all())


async def _days(team: Team, table: Any, day: Any, ids: set[str], span: Span) -> Sequence[Any]:
    query = team.select(table).where(col(table.user_id).in_(ids), col(day).between(span.first, span.last))
    return await team.all(query.order_by(col(table.user_id), col(day)))


async def _blockers(team: Team, ids: set[str], span: Span, known: Mapping[str, Person]) -> Sequence[Blocker]:
    """Fetch those that were raised on these days of their contractor's calendar."""
    first, last = (_midnight(span.first) - DAY), (_midnight(span.last) + 2 * DAY)
    query = team.select(Blocker).where(col(Blocker.user_id).in_(ids), col(Blocker.created_at).between(first, last))
    rows = await team.all(query.order_by(col(Blocker.number)))
    zones = {one: person.zone for one, person in known.items()}
    days = {row.id: local_day(row.created_at, zones.get(row.user_id, "UTC")) for row in rows}
    return [row for row in rows if span.first <= days[row.id] <= span.last]


def _midnight(day: Any) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)


async def _versions(team: Team, ids: set[str]) -> Sequence[Blueprint]:
    """Fetch every version of somebody's KPIs that counts, or has counted."""
    query = team.select(Blueprint).where(col(Blueprint.user_id).in_(ids), col(Blueprint.answered_at).is_not(None))
    counted = query.where(col(Blueprint.state).in_((State.AGREED, State.REPLACED)))
    return await team.all(counted.order_by(col(Blueprint.user_id), col(Blueprint.version)))
