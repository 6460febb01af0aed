"""What a manager noted for themselves in 1:1s: found by its author alone, so that nobody else can ever be given it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from storage.database import Team
from storage.rhythm_tables import Meeting, PrivateNote


@dataclass(frozen=True)
class Noted:
    """A note of one's own: of which meeting, when that was, and the words."""

    meeting_id: str
    at: datetime
    text: str


async def keep(team: Team, author_id: str, meeting_id: str, text: str, now: datetime) -> None:
    """Keep somebody's own note about a meeting in place of the one before; no words take it away."""
    if text:
        keys = {"meeting_id": meeting_id, "author_id": author_id}
        await team.put(PrivateNote, keys, text=text, changed_at=now)
        return
    mine = team.delete(PrivateNote).where(col(PrivateNote.author_id) == author_id)
    await team.change(mine.where(col(PrivateNote.meeting_id) == meeting_id))


async def own(team: Team, author_id: str, user_id: str, most: int = 10) -> Sequence[Noted]:
    """Fetch the notes that somebody wrote themselves about 1:1s with a contractor, newest first."""
    query = (
        select(col(PrivateNote.meeting_id), col(Meeting.at), col(PrivateNote.text))
        .join(Meeting, (col(Meeting.id) == PrivateNote.meeting_id) & (col(Meeting.team_id) == PrivateNote.team_id))
        .where(col(PrivateNote.team_id) == team.team_id, col(PrivateNote.author_id) == author_id)
        .where(col(Meeting.user_id) == user_id)
    )
    rows = (await team.session.exec(query.order_by(col(Meeting.at).desc()).limit(most))).all()
    return [Noted(meeting_id, at, text) for meeting_id, at, text in rows]
