"""Courses: what contractors want to learn, and what became of it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import col

from playbook.learn import ANSWERED, OPEN, WAITING
from storage.database import Team
from storage.growth_tables import Course

NEWEST: Any = (col(Course.asked_at).desc(), col(Course.id).desc())


async def find(team: Team, course_id: str) -> Course | None:
    """Fetch one course that nobody else may change until this transaction ends."""
    return await team.lock(Course, id=course_id) if course_id else None


async def courses(team: Team, user_id: str) -> Sequence[Course]:
    """Fetch every course of a contractor, newest first."""
    return await team.all(team.select(Course).where(col(Course.user_id) == user_id).order_by(*NEWEST))


async def open_of(team: Team, user_id: str) -> Sequence[Course]:
    """Fetch the courses of a contractor that wait or go on."""
    return [row for row in await courses(team, user_id) if row.state in OPEN]


async def asked(team: Team, user_ids: Collection[str]) -> Mapping[str, Sequence[Course]]:
    """Fetch the courses of these contractors that wait for their manager, oldest first; who has none is missing."""
    query = team.select(Course).where(col(Course.user_id).in_(set(user_ids)), col(Course.state).in_(WAITING))
    found: dict[str, list[Course]] = {}
    for row in await team.all(query.order_by(col(Course.asked_at), col(Course.id))):
        found.setdefault(row.user_id, []).append(row)
    return found


async def answered(team: Team, user_ids: Collection[str], since: datetime) -> Mapping[str, Course]:
    """Fetch the course of each of these contractors that was answered last since a moment and is not over."""
    query = team.select(Course).where(col(Course.user_id).in_(set(user_ids)), col(Course.decided_at) >= since)
    query = query.where(col(Course.state).in_(ANSWERED)).order_by(col(Course.decided_at), col(Course.id))
    return {row.user_id: row for row in await team.all(query)}
