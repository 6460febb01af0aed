"""What falls into somebody's time away, and what happened meanwhile."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_
from sqlmodel import col, select

from playbook.blocker import State
from storage.database import Team
from storage.path_tables import ChecklistItem, Shadowing
from storage.rhythm_tables import Meeting
from storage.tables import Blocker, BlockerNote

TODO = "todo"
PLANNED = "planned"
MOST = 50
ANSWERS = ("update", "ask", "take")


@dataclass(frozen=True)
class Ahead:
    """What is planned between two moments: 1:1s, sessions of shadowing, and items of the checklist with their days."""

    meetings: Sequence[Meeting]
    sessions: Sequence[Shadowing]
    items: Sequence[ChecklistItem]


@dataclass(frozen=True)
class Meanwhile:
    """What happened since a moment to the blockers that concern somebody, and 1:1s that were moved or left out."""

    opened: Sequence[Blocker]
    answered: Sequence[Blocker]
    resolved: Sequence[Blocker]
    moved: Sequence[Meeting]


async def ahead(team: Team, user_id: str, begins: datetime, ends: datetime, first: date, last: date) -> Ahead:
    """Fetch what is planned for somebody between two moments, and what is due between two days of theirs."""
    meetings = team.select(Meeting).where(
        or_(col(Meeting.user_id) == user_id, col(Meeting.manager_id) == user_id),
        col(Meeting.state) == PLANNED,
        col(Meeting.at).between(begins, ends),
    )
    sessions = team.select(Shadowing).where(
        or_(col(Shadowing.user_id) == user_id, col(Shadowing.buddy_id) == user_id),
        col(Shadowing.state) == PLANNED,
        col(Shadowing.at).between(begins, ends),
    )
    items = team.select(ChecklistItem).where(
        col(ChecklistItem.user_id) == user_id,
        col(ChecklistItem.owner) == "contractor",
        col(ChecklistItem.state) == TODO,
        col(ChecklistItem.due).between(first, last),
    )
    return Ahead(
        await team.all(meetings.order_by(col(Meeting.at)).limit(MOST)),
        await team.all(sessions.order_by(col(Shadowing.at)).limit(MOST)),
        await team.all(items.order_by(col(ChecklistItem.due), col(ChecklistItem.position))),
    )


async def meanwhile(team: Team, user_id: str, since: datetime) -> Meanwhile:
    """Fetch what happened since a moment to what concerns somebody."""
    mine = team.select(Blocker).where(_concerns(user_id))
    opened = await team.all(_few(mine.where(col(Blocker.created_at) >= since)))
    resolved = await team.all(_few(mine.where(col(Blocker.resolved_at) >= since)))
    older = mine.where(col(Blocker.created_at) < since, col(Blocker.state) != State.RESOLVED)
    said = await _answered(team, user_id, since)
    answered = await team.all(_few(older.where(col(Blocker.id).in_(said)))) if said else ()
    moved = team.select(Meeting).where(
        or_(col(Meeting.user_id) == user_id, col(Meeting.manager_id) == user_id),
        or_(col(Meeting.moved_from) >= since, (col(Meeting.state) == "skipped") & (col(Meeting.at) >= since)),
    )
    return Meanwhile(opened, answered, resolved, await team.all(moved.order_by(col(Meeting.at)).limit(MOST)))


async def held(team: Team, user_ids: Collection[str]) -> Sequence[Blocker]:
    """Fetch the unresolved blockers that these people are to help with, oldest first."""
    query = team.select(Blocker).where(col(Blocker.helper_id).in_(set(user_ids)), col(Blocker.state) != State.RESOLVED)
    return await team.all(query.order_by(col(Blocker.number)))


async def stuck(team: Team, user_id: str) -> Sequence[Blocker]:
    """Fetch what somebody is stuck on, oldest first."""
    query = team.select(Blocker).where(col(Blocker.user_id) == user_id, col(Blocker.state) != State.RESOLVED)
    return await team.all(query.order_by(col(Blocker.number)))


def _concerns(user_id: str) -> Any:
    return or_(*(col(name) == user_id for name in (Blocker.user_id, Blocker.helper_id, Blocker.manager_id)))


def _few(query: Any) -> Any:
    return query.order_by(col(Blocker.number)).limit(MOST)


async def _answered(team: Team, user_id: str, since: datetime) -> frozenset[str]:
    """Name the blockers about which somebody else said something since a moment."""
    query: Any = select(BlockerNote.blocker_id).where(
        BlockerNote.team_id == team.team_id,
        col(BlockerNote.at) >= since,
        col(BlockerNote.verb).in_(ANSWERS),
        BlockerNote.user_id != user_id,
    )
    return frozenset((await team.session.exec(query)).all())
