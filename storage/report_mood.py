"""Moods for reports: a contractor's own, what they told their manager, and what was published of whole teams."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from playbook.days import Week, local_day
from playbook.report_mood import Figure, Given, Published
from storage.database import Team
from storage.report import Member, bounds
from storage.rhythm_tables import Meeting
from storage.tables import Fact, LogEntry

Told = Mapping[tuple[str, Week], tuple[float, str]]
Felt = Mapping[tuple[str, Week], float]


async def told(team: Team, members: Sequence[Member], weeks: Sequence[Week]) -> Told:
    """Give the mood that each contractor told for their 1:1 of a week, and to whom; of two, the later one."""
    zones, (since, until) = {one.user_id: one.person.zone for one in members}, bounds(weeks)
    query: Any = (
        select(col(Meeting.user_id), col(Meeting.at), col(Meeting.mood), col(Meeting.manager_id))
        .where(Meeting.team_id == team.team_id, col(Meeting.mood) != "", col(Meeting.at).between(since, until))
        .order_by(col(Meeting.at))
    )
    found: dict[tuple[str, Week], tuple[float, str]] = {}
    for user_id, at, mood, manager_id in (await team.session.exec(query)).all():
        if user_id in zones and mood.isdecimal():
            found[user_id, Week.of(local_day(at, zones[user_id]))] = (float(mood), manager_id)
    return found


async def felt(team: Team, user_ids: Collection[str], weeks: Sequence[Week], feelings: Mapping[str, int]) -> Felt:
    """Give how the logged days of each week felt to each contractor, on average."""
    query: Any = (
        select(col(LogEntry.user_id), col(LogEntry.day), col(LogEntry.feel), func.count())
        .where(LogEntry.team_id == team.team_id, col(LogEntry.undone).is_(False), col(LogEntry.feel) != "")
        .where(col(LogEntry.user_id).in_(set(user_ids)))
        .where(col(LogEntry.day).between(weeks[0].monday, weeks[-1].sunday))
        .group_by(col(LogEntry.user_id), col(LogEntry.day), col(LogEntry.feel))
    )
    values: dict[tuple[str, Week], list[int]] = defaultdict(list)
    for user_id, day, feel, times in (await team.session.exec(query)).all():
        if feel in feelings:
            values[user_id, Week.of(day)] += [feelings[feel]] * times
    return {key: sum(each) / len(each) for key, each in values.items()}


async def given(
    team: Team, members: Sequence[Member], weeks: Sequence[Week], feelings: Mapping[str, int]
) -> Mapping[Week, Sequence[Given]]:
    """Give what everybody gave in each week, for publishing."""
    by_told = await told(team, members, weeks)
    by_felt = await felt(team, [one.user_id for one in members], weeks, feelings)
    return {week: [_given(one, week, by_told, by_felt) for one in members] for week in weeks}


def _given(one: Member, week: Week, by_told: Told, by_felt: Felt) -> Given:
    key = (one.user_id, week)
    mood, whom = by_told.get(key, (None, ""))
    return Given(one.user_id, one.place.manager_id, mood, whom, by_felt.get(key))


async def published(team: Team, weeks: Sequence[Week]) -> Mapping[Week, Published]:
    """Fetch what was published of weeks; those of which nothing was kept yet are missing."""
    names = {_name(week): week for week in weeks}
    rows = await team.all(team.select(Fact).where(col(Fact.name).in_(names))) if names else ()
    return {names[row.name]: _read(row.value) for row in rows}


async def keep(team: Team, week: Week, what: Published) -> None:
    """Keep what is published of a week for ever: who joins or leaves later changes nothing that could be compared."""
    teams = {one: [each.mean, each.people] for one, each in what.teams.items()}
    everybody = [what.everybody.mean, what.everybody.people] if what.everybody else None
    await team.insert_new(Fact, name=_name(week), value=json.dumps({"teams": teams, "everybody": everybody}))


def _read(value: str) -> Published:
    kept = json.loads(value)
    teams = {one: Figure(float(mean), int(people)) for one, (mean, people) in kept["teams"].items()}
    whole = kept["everybody"]
    return Published(teams, Figure(float(whole[0]), int(whole[1])) if whole else None)


def _name(week: Week) -> str:
    return f"report.mood:{week.key}"
