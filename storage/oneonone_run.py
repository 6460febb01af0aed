"""1:1s while they run and afterwards: begun, moved on and ended, one at a time for each contractor."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel import col

from playbook.oneonone_run import HELD, RUNNING, Move
from storage.database import Team
from storage.rhythm_tables import Meeting

MOST_PAST = 5


async def running(team: Team, user_id: str) -> Meeting | None:
    """Fetch the meeting of a contractor that runs, if one does."""
    return await team.get(Meeting, user_id=user_id, state=RUNNING)


async def past(team: Team, user_id: str, most: int = MOST_PAST) -> Sequence[Meeting]:
    """Fetch the last meetings of a contractor that took place, newest first."""
    query = team.select(Meeting).where(col(Meeting.user_id) == user_id, col(Meeting.state) == HELD)
    return await team.all(query.order_by(col(Meeting.ended_at).desc(), col(Meeting.id).desc()).limit(most))


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
