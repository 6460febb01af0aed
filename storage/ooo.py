"""Days off: what somebody planned, what they answered, public holidays, and those on which they work all the same."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, timedelta

from sqlmodel import col, select

from playbook.holidays import DaysOff
from storage.database import Team
from storage.rhythm_tables import Away, HolidayWorked, Quiet
from storage.tables import Contractor, DayAnswer

OFF = "off"
PARTLY = "partly"


async def free_days(team: Team, user_ids: Collection[str]) -> Mapping[str, DaysOff]:
    """Say on which days each of these people is off, in a few queries however many they are.

    A contractor's country is that of the agreement; others have one if they chose it. Days that somebody is only
    partly away are no days off.
    """
    ids = {one for one in user_ids if one}
    if not ids:
        return {}
    off: dict[str, set[date]] = defaultdict(set)
    for user_id, day in await _answered(team, ids):
        off[user_id].add(day)
    for row in await team.all(team.select(Away).where(col(Away.user_id).in_(ids), col(Away.kind) != PARTLY)):
        off[row.user_id].update(days_of(row))
    worked: dict[str, set[date]] = defaultdict(set)
    for one in await team.all(team.select(HolidayWorked).where(col(HolidayWorked.user_id).in_(ids))):
        worked[one.user_id].add(one.day)
    countries = await _countries(team, ids)
    return {one: DaysOff(countries.get(one, ""), frozenset(off[one]), frozenset(worked[one])) for one in ids}


def days_of(row: Away) -> Collection[date]:
    """List the days of a stretch away."""
    return [row.first + timedelta(days=days) for days in range((row.last - row.first).days + 1)]


async def _answered(team: Team, ids: Collection[str]) -> Collection[tuple[str, date]]:
    query = select(col(DayAnswer.user_id), col(DayAnswer.day)).where(
        col(DayAnswer.team_id) == team.team_id, col(DayAnswer.user_id).in_(ids), col(DayAnswer.answer) == OFF
    )
    return [(user_id, day) for user_id, day in (await team.session.exec(query)).all()]


async def _countries(team: Team, ids: Collection[str]) -> Mapping[str, str]:
    chosen = await team.all(team.select(Quiet).where(col(Quiet.user_id).in_(ids)))
    agreed = await team.all(team.select(Contractor).where(col(Contractor.user_id).in_(ids)))
    return {one.user_id: one.country for one in chosen} | {one.user_id: one.country for one in agreed}
