"""Days off: what somebody planned, what they answered, public holidays, and those on which they work all the same."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Date, String, bindparam, cast, literal, null, union_all
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from playbook.days import local_day, read_weekdays
from playbook.holidays import DaysOff
from storage.database import Team, columns_of
from storage.rhythm_tables import Away, HolidayWorked, Quiet
from storage.tables import Contractor, DayAnswer, Person

OFF = "off"
PARTLY = "partly"
AWAY, ANSWERED, WORKED, CHOSEN, AGREED = "away", "answered", "worked", "chosen", "agreed"
DAY = timedelta(days=1)


def _part(what: str, table: Any, first: Any, last: Any, text: Any, back_at: Any) -> Any:
    columns = literal(what).label("what"), col(table.user_id), first.label("first"), last.label("last")
    rows = select_columns(*columns, text.label("text"), back_at.label("back_at"))
    return rows.where(table.team_id == bindparam("team_id"), table.user_id.in_(bindparam("ids", expanding=True)))


NO_DAY, NO_MOMENT, NO_TEXT = cast(null(), Date), cast(null(), columns_of(Away).c.back_at.type), cast(null(), String)
# Made once, since it is asked before almost everything that the clock brings.
FREE: Any = union_all(
    _part(AWAY, Away, col(Away.first), col(Away.last), col(Away.kind), col(Away.back_at)).where(
        col(Away.kind) != PARTLY
    ),
    _part(ANSWERED, DayAnswer, col(DayAnswer.day), col(DayAnswer.day), col(DayAnswer.answer), NO_MOMENT).where(
        col(DayAnswer.answer) == OFF
    ),
    _part(WORKED, HolidayWorked, col(HolidayWorked.day), col(HolidayWorked.day), NO_TEXT, NO_MOMENT),
    _part(CHOSEN, Quiet, NO_DAY, NO_DAY, col(Quiet.country), NO_MOMENT),
    _part(AGREED, Contractor, NO_DAY, NO_DAY, col(Contractor.country), NO_MOMENT),
)


async def free_days(team: Team, user_ids: Collection[str]) -> Mapping[str, DaysOff]:
    """Say on which days each of these people is off, in one query or two however many they are.

    A contractor's country is that of the agreement; others have one if they chose it. Days that somebody is only
    partly away are no days off, and neither are those from the day on which they were back early.
    """
    ids = {one for one in user_ids if one}
    if not ids:
        return {}
    found: dict[str, list[Any]] = defaultdict(list)
    for row in (await team.session.exec(FREE, params={"team_id": team.team_id, "ids": sorted(ids)})).all():
        found[row.what].append(row)
    off, worked = defaultdict[str, set[date]](set), defaultdict[str, set[date]](set)
    for user_id, days in (await _days(team, found[AWAY])).items():
        off[user_id].update(days)
    for rows, kept in ((found[ANSWERED], off), (found[WORKED], worked)):
        for row in rows:
            kept[row.user_id].add(row.first)
    countries = {row.user_id: row.text for row in (*found[CHOSEN], *found[AGREED])}
    return {one: DaysOff(countries.get(one, ""), frozenset(off[one]), frozenset(worked[one])) for one in ids}


async def partly_days(team: Team, user_ids: Collection[str]) -> Mapping[str, frozenset[date]]:
    """Say on which days these people are there for a part of the day; nothing is asked of such a day."""
    wanted = team.select(Away).where(col(Away.user_id).in_(set(user_ids)), col(Away.kind) == PARTLY)
    days = await _days(team, await team.all(wanted))
    return {one: frozenset(days.get(one, ())) for one in user_ids}


async def _days(team: Team, rows: Sequence[Away]) -> Mapping[str, set[date]]:
    """Give the days of stretches by person; one that ended early has only those before the return."""
    early = {row.user_id for row in rows if row.back_at is not None}
    zones = await _zones(team, early)
    found: dict[str, set[date]] = defaultdict(set)
    for row in rows:
        back = local_day(row.back_at, zones.get(row.user_id, "UTC")) if row.back_at else None
        found[row.user_id].update(day for day in days_of(row) if back is None or day < back)
    return found


async def _zones(team: Team, ids: Collection[str]) -> Mapping[str, str]:
    if not ids:
        return {}
    query = select(col(Person.user_id), col(Person.zone)).where(
        col(Person.team_id) == team.team_id, col(Person.user_id).in_(set(ids))
    )
    return dict((await team.session.exec(query)).all())


def days_of(row: Away) -> Collection[date]:
    """List the days of a stretch away."""
    return [row.first + timedelta(days=days) for days in range((row.last - row.first).days + 1)]


async def away_now(team: Team, user_ids: Collection[str], now: datetime) -> Mapping[str, Away]:
    """Give the stretch in which each of these people is away (or partly away) today, on their own calendar.

    Whoever is not away is missing, and so is who came back early. Of two stretches the whole day off counts.
    """
    today = now.date()
    query = team.select(Away).where(
        col(Away.user_id).in_({one for one in user_ids if one}),
        col(Away.first) <= today + DAY,
        col(Away.last) >= today - DAY,
        col(Away.back_at).is_(None),
    )
    rows = await team.all(query.order_by(col(Away.kind) != PARTLY, col(Away.last)))
    zones = await _zones(team, {row.user_id for row in rows})
    here = {row.user_id: local_day(now, zones.get(row.user_id, "UTC")) for row in rows}
    return {row.user_id: row for row in rows if row.first <= here[row.user_id] <= row.last}


async def fully_away(team: Team, user_ids: Collection[str], now: datetime) -> Mapping[str, Away]:
    """Give the stretch in which each of these people is away for the whole of today."""
    return {one: row for one, row in (await away_now(team, user_ids, now)).items() if row.kind != PARTLY}


async def chosen(team: Team, user_ids: Collection[str]) -> Mapping[str, Quiet]:
    """Fetch the quiet hours, working days and country that people chose; whoever chose none is missing."""
    return {row.user_id: row for row in await team.those(Quiet, "user_id", set(user_ids))}


async def weeks(team: Team, user_ids: Collection[str]) -> Mapping[str, frozenset[int]]:
    """Give the working days that people without an agreement chose; whoever chose none is missing."""
    own = await chosen(team, user_ids)
    return {one: read_weekdays(row.weekdays) for one, row in own.items() if row.weekdays}
