"""What reports are made of: weeks of contractors, counted for many at once, in a few queries however many they are."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, case, func
from sqlmodel import col, select

from playbook.contractor import ContractorBook
from playbook.days import DAY, Week, day_start, local_day, read_weekdays
from playbook.holidays import DaysOff
from playbook.hours import Clock
from playbook.report import Part, Stuck, Trend, Works
from storage.blocker import RESTARTS
from storage.blocker_around import among
from storage.checklist import DONE, NOT_APPLICABLE
from storage.database import Team
from storage.ooo import free_days
from storage.path_tables import ChecklistItem
from storage.tables import Blocker, BlockerNote, Contractor, LogEntry, Person

ByWeek = Mapping[tuple[str, Week], Any]
Counts = Mapping[tuple[str, Week], int]


@dataclass(frozen=True)
class Member:
    """A contractor of a report, wherever they are now: on the path, paused, or gone."""

    place: Contractor
    person: Person

    @property
    def user_id(self) -> str:
        """Give the contractor's user id."""
        return self.place.user_id


@dataclass(frozen=True)
class Came:
    """A blocker that came up, as far as it is counted."""

    id: str
    user_id: str
    helper_id: str
    created_at: datetime
    seen_at: datetime | None
    taken_at: datetime | None
    resolved_at: datetime | None


@dataclass(frozen=True)
class Rules:
    """What counting needs to know: usual hours of those who help, and the blocker window (minutes)."""

    usual: ContractorBook
    window: int


async def find(team: Team, user_id: str) -> Member | None:
    """Fetch one contractor, also one who is paused or has left."""
    found = await _members(team, col(Contractor.user_id) == user_id)
    return found[0] if found else None


async def led_by(team: Team, manager_id: str) -> Sequence[Member]:
    """Fetch the contractors of a manager, also those who are paused or have left, by name."""
    return await _members(team, col(Contractor.manager_id) == manager_id)


async def everybody(team: Team) -> Sequence[Member]:
    """Fetch all contractors, also those who are paused or have left, by name."""
    return await _members(team, col(Contractor.user_id) != "")


async def _members(team: Team, whose: Any) -> Sequence[Member]:
    on = and_(col(Contractor.team_id) == col(Person.team_id), col(Contractor.user_id) == col(Person.user_id))
    query: Any = select(Contractor, Person).join(Person, on).where(Contractor.team_id == team.team_id, whose)
    rows = (await team.session.exec(query.order_by(func.lower(Person.name), col(Contractor.user_id)))).all()
    return [Member(place, person) for place, person in rows]


async def trends(
    team: Team, members: Sequence[Member], weeks: Sequence[Week], now: datetime, rules: Rules
) -> Mapping[str, Trend]:
    """Count the weeks of several contractors; moods are not among what is counted (see storage/report_mood.py)."""
    zones = {one.user_id: one.person.zone for one in members}
    logged = await minutes(team, zones, weeks)
    stuck = await _stuck(team, zones, weeks, now, rules)
    planned, done = await _items(team, zones, weeks)
    works = await _works(team, members, weeks)
    found: dict[str, Trend] = {}
    for one, zone in zones.items():
        today = local_day(now, zone)
        parts = tuple(
            Part(
                week,
                logged.get((one, week), {}),
                works[one].agreed(week, today),
                tuple(stuck.get((one, week), ())),
                planned.get((one, week), 0),
                done.get((one, week), 0),
            )
            for week in weeks
        )
        found[one] = Trend(parts, rules.window, today)
    return found


async def _works(team: Team, members: Sequence[Member], weeks: Sequence[Week]) -> Mapping[str, Works]:
    free = _in(await free_days(team, [one.user_id for one in members]), weeks)
    return {
        one.user_id: Works(
            one.place.weekly_minutes,
            read_weekdays(one.place.weekdays),
            one.place.start_date,
            _until(one),
            free[one.user_id],
        )
        for one in members
    }


def _in(free: Mapping[str, DaysOff], weeks: Sequence[Week]) -> Mapping[str, frozenset[date]]:
    """List the days off that are in some weeks; the holidays of a country are looked up once."""
    days = [day for week in weeks for day in week.days]
    countries = {one.country for one in free.values()}
    holidays = {country: frozenset(day for day in days if day in DaysOff(country)) for country in countries}
    return {who: one.days | (holidays[one.country] - one.worked) for who, one in free.items()}


def _until(one: Member) -> date | None:
    """Say from which day on nothing is agreed any more: since they are paused, or have left."""
    stops = [at for at in (one.place.paused_at, one.place.ended_at) if at is not None]
    return local_day(min(stops), one.person.zone) + DAY if stops else None


async def minutes(team: Team, user_ids: Collection[str], weeks: Sequence[Week]) -> ByWeek:
    """Add up what people logged in each week by category; weeks without a log are missing."""
    per_week = [
        func.sum(case((col(LogEntry.day).between(week.monday, week.sunday), col(LogEntry.minutes)), else_=0))
        for week in weeks
    ]
    query: Any = (
        select(col(LogEntry.user_id), col(LogEntry.category), *per_week)
        .where(LogEntry.team_id == team.team_id, col(LogEntry.undone).is_(False))
        .where(col(LogEntry.user_id).in_(set(user_ids)))
        .where(col(LogEntry.day).between(weeks[0].monday, weeks[-1].sunday))
        .group_by(col(LogEntry.user_id), col(LogEntry.category))
    )
    found: dict[tuple[str, Week], dict[str, int]] = defaultdict(dict)
    for user_id, category, *sums in await _rows(team, query):
        for week, total in zip(weeks, sums, strict=True):
            if total:
                found[user_id, week][category] = int(total)
    return found


async def _rows(team: Team, query: Any) -> Any:
    """Run a query without making objects of its rows, of which there may be many."""
    return await (await team.session.connection()).execute(query)


def bounds(weeks: Sequence[Week]) -> tuple[datetime, datetime]:
    """Give the instants between which everything of these weeks lies, in whatever zone."""
    return day_start(weeks[0].monday - DAY, "UTC"), day_start(weeks[-1].sunday + 2 * DAY, "UTC")


async def _stuck(
    team: Team, zones: Mapping[str, str], weeks: Sequence[Week], now: datetime, rules: Rules
) -> Mapping[tuple[str, Week], list[Stuck]]:
    """Say what came of the blockers that came up in each week, on the helper's clock as their cards count it."""
    since, until = bounds(weeks)
    mine = and_(col(Blocker.user_id).in_(set(zones)), col(Blocker.created_at) >= since, col(Blocker.created_at) < until)
    wanted = ("id", "user_id", "helper_id", "created_at", "seen_at", "taken_at", "resolved_at")
    columns: tuple[Any, ...] = tuple(col(getattr(Blocker, name)) for name in wanted)
    query: Any = select(*columns).where(Blocker.team_id == team.team_id, mine).order_by(col(Blocker.number))
    rows = [Came(*row) for row in await _rows(team, query)]
    if not rows:
        return {}
    begun = await _begun(team, mine)
    helpers = {row.helper_id for row in rows}
    around = await among(team, {one for one in helpers if one}, {})
    clocks = {one: Clock.of(around.hours(one, rules.usual), since, now) for one in helpers}
    found: dict[tuple[str, Week], list[Stuck]] = defaultdict(list)
    for row in rows:
        week = Week.of(local_day(row.created_at, zones[row.user_id]))
        counted = _counted(row, begun.get(row.id, row.created_at), clocks[row.helper_id], now)
        found[row.user_id, week].append(counted)
    return found


async def _begun(team: Team, which: Any) -> Mapping[str, datetime]:
    """Say when the clock of each blocker that was opened again or handed on began anew."""
    query: Any = (
        select(col(BlockerNote.blocker_id), col(BlockerNote.at))
        .join(
            Blocker, and_(col(BlockerNote.team_id) == col(Blocker.team_id), col(BlockerNote.blocker_id) == Blocker.id)
        )
        .where(BlockerNote.team_id == team.team_id, col(BlockerNote.verb).in_(RESTARTS), which)
        .order_by(col(BlockerNote.at))
    )
    return dict((await team.session.exec(query)).all())


def _counted(row: Came, begun: datetime, clock: Clock, now: datetime) -> Stuck:
    first = min(filter(None, (row.seen_at, row.taken_at, row.resolved_at)), default=None)
    seen = clock.minutes(begun, first) if first else None
    waited = clock.minutes(begun, row.resolved_at or now)
    return Stuck(seen, waited if row.resolved_at else None, waited)


async def _items(team: Team, zones: Mapping[str, str], weeks: Sequence[Week]) -> tuple[Counts, Counts]:
    """Count the checklist items that were planned for each week, and those that were done in it."""
    return await _planned(team, zones, weeks), await _done(team, zones, weeks)


def _theirs(team: Team, user_ids: Collection[str]) -> tuple[Any, ...]:
    theirs = ChecklistItem.team_id == team.team_id, col(ChecklistItem.user_id).in_(set(user_ids))
    return (*theirs, col(ChecklistItem.state) != NOT_APPLICABLE)


async def _planned(team: Team, user_ids: Collection[str], weeks: Sequence[Week]) -> Counts:
    """Count by the day on which an item asked to be done, which is later for one that was put off."""
    due, snoozed = col(ChecklistItem.due), col(ChecklistItem.snoozed_until)
    day = case((snoozed > due, snoozed), else_=due)
    per_week = [func.sum(case((day.between(week.monday, week.sunday), 1), else_=0)) for week in weeks]
    query: Any = select(col(ChecklistItem.user_id), *per_week).where(*_theirs(team, user_ids))
    rows = await _rows(team, query.group_by(col(ChecklistItem.user_id)))
    return {(one, week): int(count) for one, *sums in rows for week, count in zip(weeks, sums, strict=True)}


async def _done(team: Team, zones: Mapping[str, str], weeks: Sequence[Week]) -> Counts:
    """Count by the day on which an item was ticked, on the contractor's own calendar."""
    done_at = col(ChecklistItem.done_at)
    query: Any = select(col(ChecklistItem.user_id), done_at).where(*_theirs(team, zones))
    query = query.where(col(ChecklistItem.state) == DONE, done_at.between(*bounds(weeks)))
    first = weeks[0].monday
    places = [(one, (local_day(at, zones[one]) - first).days // 7) for one, at in await _rows(team, query)]
    counts = Counter(place for place in places if 0 <= place[1] < len(weeks))
    return {(one, weeks[place]): count for (one, place), count in counts.items()}
