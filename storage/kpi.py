"""KPI blueprints: dated versions of what was agreed. One is drafted at a time, and one counts at a time."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlmodel import col

from storage.columns import new_id
from storage.database import Team
from storage.path_tables import Blueprint

Rows = Sequence[Mapping[str, Any]]


class State(StrEnum):
    """How far a version has come; it is answered while it is proposed or discussed."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    DISCUSSED = "discussed"
    AGREED = "agreed"
    REPLACED = "replaced"


OPEN = (State.PROPOSED, State.DISCUSSED)


async def current(team: Team, user_ids: Collection[str]) -> Mapping[str, Blueprint]:
    """Give each contractor's newest agreed version, or the newest that waits for an answer; who has none is missing."""
    return await _newest(team, user_ids, OPEN) | await agreed(team, user_ids)


async def agreed(team: Team, user_ids: Collection[str]) -> dict[str, Blueprint]:
    """Give the version of each contractor that counts; who has none is missing."""
    return await _newest(team, user_ids, (State.AGREED,))


async def since(team: Team, user_ids: Collection[str]) -> Mapping[str, datetime]:
    """Say since when something is agreed with each contractor at all; nothing before that counts."""
    query = team.select(Blueprint).where(
        col(Blueprint.user_id).in_(set(user_ids)),
        col(Blueprint.state).in_((State.AGREED, State.REPLACED)),
        col(Blueprint.answered_at).is_not(None),
    )
    rows = await team.all(query.order_by(col(Blueprint.version).desc()))
    return {row.user_id: row.answered_at for row in rows if row.answered_at}


async def waiting(team: Team, user_ids: Collection[str]) -> dict[str, Blueprint]:
    """Give the version of each contractor that waits for an answer; who has none is missing."""
    return await _newest(team, user_ids, OPEN)


async def _newest(team: Team, user_ids: Collection[str], states: Iterable[State]) -> dict[str, Blueprint]:
    query = team.select(Blueprint).where(col(Blueprint.user_id).in_(set(user_ids)), col(Blueprint.state).in_(states))
    return {row.user_id: row for row in await team.all(query.order_by(col(Blueprint.version)))}


async def find(team: Team, blueprint_id: str) -> Blueprint | None:
    """Fetch one version."""
    return await team.get(Blueprint, id=blueprint_id)


async def versions(team: Team, user_id: str) -> Sequence[Blueprint]:
    """Fetch every version that was ever proposed to a contractor, newest first."""
    query = team.select(Blueprint).where(col(Blueprint.user_id) == user_id, Blueprint.state != State.DRAFT)
    return await team.all(query.order_by(col(Blueprint.version).desc()))


async def draft(team: Team, user_id: str) -> Blueprint | None:
    """Fetch the version that is being written, if one is; nobody else may change it meanwhile."""
    return await team.lock(Blueprint, user_id=user_id, state=State.DRAFT)


async def begin(team: Team, user_id: str, rows: Rows, by: str, now: datetime) -> Blueprint:
    """Give the version that is being written; if there is none, begin one with these rows."""
    if known := await draft(team, user_id):
        return known
    newest = team.select(Blueprint).where(col(Blueprint.user_id) == user_id)
    last = await team.first(newest.order_by(col(Blueprint.version).desc()))
    await team.insert_new(
        Blueprint,
        id=new_id(),
        user_id=user_id,
        version=last.version + 1 if last else 1,
        state=State.DRAFT,
        rows=[dict(row) for row in rows],
        proposed_by=by,
        proposed_at=now,
        words="",
    )
    begun = await draft(team, user_id)
    if begun is None:  # two began at once, and the other's was proposed already
        return await begin(team, user_id, rows, by, now)
    return begun


async def drop_draft(team: Team, blueprint_id: str) -> bool:
    """Throw away what was being written; tells whether it was there."""
    gone = team.delete(Blueprint).where(col(Blueprint.id) == blueprint_id, col(Blueprint.state) == State.DRAFT)
    return await team.change(gone) == 1


async def propose(
    team: Team, blueprint_id: str, by: str, now: datetime
) -> tuple[Blueprint, Sequence[Blueprint]] | None:
    """Make a proposal of what was written, in place of those that waited; None when somebody was faster.

    Gives the version and those it replaced.
    """
    row = await team.lock(Blueprint, id=blueprint_id)
    if row is None or row.state != State.DRAFT:
        return None
    replaced = await _replace(team, row.user_id, OPEN)
    row.state, row.proposed_by, row.proposed_at = State.PROPOSED, by, now
    return row, replaced


async def _replace(team: Team, user_id: str, states: Iterable[State]) -> Sequence[Blueprint]:
    query = team.select(Blueprint).where(col(Blueprint.user_id) == user_id, col(Blueprint.state).in_(states))
    rows = await team.all(query.with_for_update().execution_options(populate_existing=True))
    for row in rows:  # what was replaced keeps its answer only if it was agreed to
        row.answered_at = row.answered_at if row.state == State.AGREED else None
        row.state = State.REPLACED
    return rows


async def agree(team: Team, blueprint_id: str, now: datetime) -> tuple[Blueprint, bool] | None:
    """Let a version count from now on, in place of the one before; tells whether it still could be agreed to."""
    row = await team.lock(Blueprint, id=blueprint_id)
    if row is None or row.state not in OPEN:
        return (row, False) if row else None
    await _replace(team, row.user_id, (State.AGREED,))
    row.state, row.answered_at = State.AGREED, now
    return row, True


async def discuss(
    team: Team, blueprint_id: str, words: str, suggested: Mapping[str, str], now: datetime
) -> tuple[Blueprint, bool] | None:
    """Keep what the contractor would like to talk about, newest first, and their wording by row.

    Tells whether it still could be talked about.
    """
    row = await team.lock(Blueprint, id=blueprint_id)
    if row is None or row.state not in OPEN:
        return (row, False) if row else None
    row.state, row.answered_at = State.DISCUSSED, now
    row.words = "\n".join(filter(None, [words, row.words]))
    row.rows = [
        {**one, "suggested": suggested[one["key"]]} if suggested.get(one["key"]) else dict(one) for one in row.rows
    ]
    return row, True
