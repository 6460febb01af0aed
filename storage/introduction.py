"""Introductions of newcomers, and what others said to them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import col, select

from playbook.introduction import Draft, State
from storage.database import Team
from storage.path_tables import Greeting, Introduction
from storage.tables import Letter


async def find(team: Team, user_id: str) -> Introduction | None:
    """Fetch a contractor's introduction, if they were ever asked for one."""
    return await team.get(Introduction, user_id=user_id)


async def lock(team: Team, user_id: str) -> Introduction | None:
    """Fetch an introduction that nobody else may change until this transaction ends."""
    return await team.lock(Introduction, user_id=user_id)


async def find_all(team: Team, user_ids: Collection[str]) -> Mapping[str, Introduction]:
    """Fetch the introductions of several contractors; who was never asked is missing."""
    if not user_ids:
        return {}
    rows = await team.all(team.select(Introduction).where(col(Introduction.user_id).in_(set(user_ids))))
    return {row.user_id: row for row in rows}


async def begin(team: Team, user_id: str) -> Introduction:
    """Give a contractor's introduction, made empty if there was none."""
    await team.insert_new(
        Introduction,
        **Introduction(team_id=team.team_id, user_id=user_id, state=State.ASKED).model_dump(exclude={"team_id"}),
    )
    row = await lock(team, user_id)
    assert row is not None, user_id
    return row


async def unposted(team: Team, user_ids: Collection[str] | None = None) -> Sequence[str]:
    """Name those who were asked for an introduction that is not posted yet; of some people, or of all."""
    query = team.select(Introduction).where(col(Introduction.state) != State.POSTED)
    query = query if user_ids is None else query.where(col(Introduction.user_id).in_(set(user_ids)))
    return [row.user_id for row in await team.all(query.order_by(col(Introduction.user_id)))]


def fill(row: Introduction, draft: Draft, by: str, now: datetime) -> None:
    """Keep what was filled in; it waits for approval again unless whoever may approve has written it."""
    for name, words in vars(draft).items():
        setattr(row, name, words)
    row.state, row.filled_at, row.filled_by = State.FILLED, now, by
    row.approved_at, row.approved_by = None, ""


def approve(row: Introduction, by: str, now: datetime) -> None:
    """Note that somebody who may has approved it."""
    row.state, row.approved_at, row.approved_by = State.APPROVED, now, by


async def greetings(team: Team, user_id: str) -> Sequence[Greeting]:
    """Fetch what was said to a newcomer, oldest first."""
    return await team.all(team.select(Greeting).where(col(Greeting.user_id) == user_id).order_by(col(Greeting.at)))


async def greeting(team: Team, user_id: str, from_id: str) -> Greeting | None:
    """Fetch what one person said to a newcomer."""
    return await team.get(Greeting, user_id=user_id, from_id=from_id)


async def greet(team: Team, user_id: str, from_id: str, words: str, now: datetime) -> bool:
    """Keep what somebody said to a newcomer, in place of what they had said before; tells whether it is their first."""
    fresh = {"user_id": user_id, "from_id": from_id, "words": words, "at": now, "told_at": None}
    if await team.insert_new(Greeting, **fresh):
        return True
    theirs = team.update(Greeting).where(col(Greeting.user_id) == user_id, col(Greeting.from_id) == from_id)
    await team.change(theirs.values(words=words))
    return False


async def untold(team: Team, user_id: str) -> Sequence[Greeting]:
    """Fetch the greetings that the contractor has not been told of, oldest first."""
    query = team.select(Greeting).where(col(Greeting.user_id) == user_id, col(Greeting.told_at).is_(None))
    return await team.all(query.order_by(col(Greeting.at)))


async def next_telling(team: Team, user_id: str, now: datetime, pause: timedelta) -> datetime:
    """Say when the contractor is next told of greetings: now, or when enough time has passed since the last."""
    last = team.select(Greeting).where(col(Greeting.user_id) == user_id, col(Greeting.told_at).is_not(None))
    row = await team.first(last.order_by(col(Greeting.told_at).desc()))
    told = row.told_at if row else None
    return max(now, told + pause) if told else now


async def cards(team: Team, keys: Collection[str]) -> Mapping[str, Letter]:
    """Fetch the letters that show an introduction in channels, by key."""
    query: Any = select(Letter).where(Letter.team_id == team.team_id, col(Letter.key).in_(set(keys)))
    return {row.key: row for row in (await team.session.exec(query)).all()}
