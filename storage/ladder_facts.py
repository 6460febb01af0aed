"""What the bot can count by itself of what shows a step on the ladder."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import case, func
from sqlmodel import SQLModel, col, select

from playbook.learn import DONE as FINISHED
from storage.checklist import TODO
from storage.database import Team, columns_of
from storage.growth_tables import Course, Review
from storage.kpi import State as Kpis
from storage.oneonone import State as Meetings
from storage.path_tables import Blueprint, ChecklistItem, Introduction
from storage.rhythm_tables import Meeting
from storage.tables import Blocker
from storage.trust_tables import Sprint, WikiItem

FIRST_WEEK = 5
Counts = Mapping[str, int]

COUNTED: Mapping[str, tuple[type[SQLModel], Any]] = {
    "introductions": (Introduction, col(Introduction.posted_at).is_not(None)),
    "sprints": (Sprint, col(Sprint.done_at).is_not(None)),
    "kpis": (Blueprint, col(Blueprint.state).in_([Kpis.AGREED, Kpis.REPLACED])),
    "one_on_ones": (Meeting, col(Meeting.state) == Meetings.HELD),
    "blockers": (Blocker, col(Blocker.resolved_at).is_not(None)),
    "reviews": (Review, col(Review.closed_at).is_not(None)),
    "wiki": (WikiItem, col(WikiItem.state) == "done"),
    "courses": (Course, col(Course.state) == FINISHED),
}


async def facts(team: Team, user_ids: Collection[str]) -> Mapping[str, Counts]:
    """Count for each of these contractors what is there; without items of the first week, nothing is said of it."""
    ids = {one for one in user_ids if one}
    found: dict[str, dict[str, int]] = {one: dict.fromkeys(COUNTED, 0) for one in ids}
    for name, (table, which) in COUNTED.items() if ids else ():
        for user_id, count in (await _grouped(team, table, which, ids)).items():
            found[user_id][name] = count
    for user_id, done in (await _first_week(team, ids)).items() if ids else ():
        found[user_id]["week_one"] = int(done)
    return found


async def _grouped(team: Team, table: type[SQLModel], which: Any, ids: Collection[str]) -> Counts:
    there = columns_of(table).c
    query: Any = select(there.user_id, func.count()).where(there.team_id == team.team_id, there.user_id.in_(ids))
    rows = await team.session.exec(query.where(which).group_by(there.user_id))
    return dict(rows.all())


async def _first_week(team: Team, ids: Collection[str]) -> Mapping[str, bool]:
    """Tell of whom every item of the first week is done or does not apply."""
    still = func.sum(case((col(ChecklistItem.state) == TODO, 1), else_=0))
    query: Any = select(ChecklistItem.user_id, still).where(col(ChecklistItem.team_id) == team.team_id)
    query = query.where(col(ChecklistItem.user_id).in_(ids), col(ChecklistItem.day) <= FIRST_WEEK)
    rows = await team.session.exec(query.group_by(col(ChecklistItem.user_id)))
    return {user_id: not left for user_id, left in rows.all()}
