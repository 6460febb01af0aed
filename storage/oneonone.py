"""The 1:1s: the weekly series of each contractor, and the meetings that were planned, held or skipped."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlmodel import col

from storage.columns import new_id
from storage.database import Team
from storage.rhythm_tables import Meeting, OneOnOne
from storage.tables import Draft

DRAFT_LIVES = timedelta(hours=24)


class State(StrEnum):
    """How far a 1:1 has come."""

    PLANNED = "planned"
    RUNNING = "running"
    HELD = "held"
    SKIPPED = "skipped"


def agenda_key(meeting_id: str, user_id: str) -> str:
    """Name the agenda as one of the two got it."""
    return f"oneonone.agenda:{meeting_id}:{user_id}"


async def find(team: Team, meeting_id: str) -> Meeting | None:
    """Fetch one 1:1 to change it; nobody else may, until this transaction ends."""
    return await team.lock(Meeting, id=meeting_id) if meeting_id else None


async def find_all(team: Team, ids: Collection[str]) -> Sequence[Meeting]:
    """Fetch several 1:1s by id, earliest first."""
    return await team.all(team.select(Meeting).where(col(Meeting.id).in_(set(ids))).order_by(col(Meeting.at)))


async def of(team: Team, user_ids: Collection[str], since: datetime) -> Mapping[str, Sequence[Meeting]]:
    """Fetch the 1:1s of these contractors since a moment, earliest first; who has none is missing."""
    query = team.select(Meeting).where(col(Meeting.user_id).in_(set(user_ids)), col(Meeting.at) >= since)
    found: dict[str, list[Meeting]] = {}
    for row in await team.all(query.order_by(col(Meeting.at))):
        found.setdefault(row.user_id, []).append(row)
    return found


async def next_meetings(team: Team, user_ids: Collection[str], now: datetime) -> Mapping[str, Meeting]:
    """Give the next 1:1 of each contractor that is still to come; who has none is missing."""
    query = team.select(Meeting).where(
        col(Meeting.user_id).in_(set(user_ids)), col(Meeting.state) == State.PLANNED, col(Meeting.at) > now
    )
    return {row.user_id: row for row in await team.all(query.order_by(col(Meeting.at).desc()))}


async def of_managers(
    team: Team, manager_ids: Collection[str], first: datetime, last: datetime
) -> Mapping[str, Sequence[Meeting]]:
    """Give the 1:1s of each manager between two moments that are planned, run or were held, earliest first."""
    query = team.select(Meeting).where(
        col(Meeting.manager_id).in_(set(manager_ids)),
        col(Meeting.at) >= first,
        col(Meeting.at) < last,
        col(Meeting.state) != State.SKIPPED,
    )
    found: dict[str, list[Meeting]] = {}
    for row in await team.all(query.order_by(col(Meeting.at), col(Meeting.id))):
        found.setdefault(row.manager_id, []).append(row)
    return found


async def last_held(team: Team, user_ids: Collection[str]) -> Mapping[str, Meeting]:
    """Give the 1:1 of each contractor that was held last; who had none is missing."""
    query = team.select(Meeting).where(col(Meeting.user_id).in_(set(user_ids)), col(Meeting.state) == State.HELD)
    return {row.user_id: row for row in await team.all(query.order_by(col(Meeting.at)))}


async def series_of(team: Team, user_ids: Collection[str]) -> Mapping[str, OneOnOne]:
    """Give the weekly series of each contractor; who has none is missing."""
    rows = await team.all(team.select(OneOnOne).where(col(OneOnOne.user_id).in_(set(user_ids))))
    return {row.user_id: row for row in rows}


async def create(team: Team, user_id: str, manager_id: str, at: datetime) -> Meeting:
    """Plan a 1:1."""
    row = Meeting(id=new_id(), team_id=team.team_id, user_id=user_id, manager_id=manager_id, at=at)
    team.add(row)
    await team.session.flush()
    return row


async def set_series(team: Team, user_id: str, weekday: int, at: time, zone: str, by: str, now: datetime) -> None:
    """Let a contractor's 1:1 be every week."""
    wish = {"weekday": weekday, "at": at, "zone": zone}
    await team.put(OneOnOne, {"user_id": user_id}, **wish, changed_at=now, changed_by=by)


async def drop_series(team: Team, user_id: str) -> bool:
    """Let a contractor's 1:1 not be every week any more; tells whether it was."""
    return await team.change(team.delete(OneOnOne).where(col(OneOnOne.user_id) == user_id)) == 1


async def keep_draft(team: Team, user_id: str, meeting_id: str, values: Mapping[str, Any], now: datetime) -> None:
    """Keep what somebody had typed to prepare a 1:1 when they closed the form."""
    await team.put(Draft, {"user_id": user_id, "form": _form(meeting_id)}, values=dict(values), at=now)


async def draft(team: Team, user_id: str, meeting_id: str, now: datetime) -> Mapping[str, Any]:
    """Give back what somebody had typed less than a day ago."""
    found = await team.get(Draft, user_id=user_id, form=_form(meeting_id))
    return found.values if found and now - found.at < DRAFT_LIVES else {}


async def drop_draft(team: Team, user_id: str, meeting_id: str) -> None:
    """Forget what somebody had typed."""
    gone = team.delete(Draft).where(col(Draft.user_id) == user_id, col(Draft.form) == _form(meeting_id))
    await team.change(gone)


def _form(meeting_id: str) -> str:
    return f"oneonone.prepare:{meeting_id}"
