"""1:1s while they run and afterwards: begun, moved on and ended, one at a time for each contractor."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from sqlmodel import col

from playbook.oneonone_run import HELD, PLANNED, RUNNING, Move
from storage.columns import new_id
from storage.database import Team
from storage.rhythm_tables import Meeting

MOST_PAST = 5


async def find(team: Team, meeting_id: str) -> Meeting | None:
    """Fetch a meeting that nobody else may change until this transaction ends."""
    return await team.lock(Meeting, id=meeting_id) if meeting_id else None


async def running(team: Team, user_id: str) -> Meeting | None:
    """Fetch the meeting of a contractor that runs, if one does."""
    return await team.get(Meeting, user_id=user_id, state=RUNNING)


async def upcoming(team: Team, user_ids: Collection[str], after: datetime) -> Mapping[str, Meeting]:
    """Fetch the next planned meeting of each of these contractors that is not over by a moment."""
    query = team.select(Meeting).where(col(Meeting.user_id).in_(set(user_ids)), col(Meeting.state) == PLANNED)
    found: dict[str, Meeting] = {}
    for meeting in await team.all(query.where(col(Meeting.at) >= after).order_by(col(Meeting.at))):
        found.setdefault(meeting.user_id, meeting)
    return found


async def past(team: Team, user_id: str, most: int = MOST_PAST) -> Sequence[Meeting]:
    """Fetch the last meetings of a contractor that took place, newest first."""
    query = team.select(Meeting).where(col(Meeting.user_id) == user_id, col(Meeting.state) == HELD)
    return await team.all(query.order_by(col(Meeting.ended_at).desc(), col(Meeting.id)).limit(most))


async def latest(team: Team, user_id: str, since: datetime, now: datetime) -> Meeting | None:
    """Fetch the newest meeting that took place, or was to, since a moment."""
    query = team.select(Meeting).where(col(Meeting.user_id) == user_id, col(Meeting.state).in_([HELD, PLANNED]))
    query = query.where(col(Meeting.at) >= since, col(Meeting.at) <= now)
    return await team.first(query.order_by(col(Meeting.at).desc()))


def make(team: Team, user_id: str, manager_id: str, at: datetime) -> Meeting:
    """Make a meeting that nobody had planned."""
    meeting = Meeting(id=new_id(), team_id=team.team_id, user_id=user_id, manager_id=manager_id, at=at)
    team.add(meeting)
    return meeting


def begin(meeting: Meeting, manager_id: str, now: datetime) -> None:
    """Let a meeting run from now on."""
    meeting.state, meeting.started_at, meeting.manager_id = RUNNING, now, manager_id
    meeting.moves, meeting.part = [], 0


def moves(meeting: Meeting) -> Iterable[Move]:
    """Give what was done to a meeting's clock, in order."""
    return [Move(str(row["did"]), datetime.fromisoformat(row["at"])) for row in meeting.moves]


def move(meeting: Meeting, did: str, now: datetime) -> None:
    """Note what was done to a meeting's clock."""
    meeting.moves = [*meeting.moves, {"did": did, "at": now.isoformat()}]


def end(meeting: Meeting, at: datetime) -> None:
    """Note that a meeting is over."""
    meeting.state, meeting.ended_at = HELD, at
