"""The audit log: rows that are only ever added, read page by page, and dropped when their time is over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from storage.columns import new_id
from storage.database import Team, insert_new
from storage.outward_tables import Trail

# What the bot keeps for itself while it works: writing there is not somebody's doing.
NOT_COUNTED = frozenset(
    {
        "channel",
        "channel_member",
        "counter",
        "draft",
        "fact",
        "inbox",
        "letter",
        "nudge_pace",
        "occasion",
        "person",
        "submission",
        "trail",
    }
)
LOOKS, WRITES = "looks", "writes"


@dataclass
class Trace:
    """What a piece of work was about: the first contractor it concerned, and the sensitive things that were shown."""

    about: str = ""
    looks: list[tuple[str, str]] = field(default_factory=list)

    def note(self, action: str, user_id: str, *, look: bool) -> None:
        """Note that something concerned a person, and whether that was a look at something sensitive; each once."""
        self.about = self.about or user_id
        if look and (action, user_id) not in self.looks:
            self.looks.append((action, user_id))


@dataclass(frozen=True)
class Filter:
    """Which rows somebody wants to see: by whom, about whom, looks or writes ("" both), since when, and before when."""

    actor_id: str = ""
    subject_id: str = ""
    only: str = ""
    since: datetime | None = None
    until: datetime | None = None


def counted(written: Mapping[str, str]) -> Mapping[str, str]:
    """Leave out what the bot keeps for itself."""
    return {table: user_id for table, user_id in written.items() if table not in NOT_COUNTED}


async def note(team: Team, at: datetime, actor_id: str, what: str, subject_id: str = "", *, look: bool = False) -> None:
    """Add one row."""
    row = {"actor_id": actor_id, "what": what, "subject_id": subject_id, "look": look}
    await team.insert(Trail, id=new_id(), at=at, **row)


async def note_looks(team: Team, at: datetime, actor_id: str, looks: Sequence[tuple[str, str]]) -> None:
    """Add one row for each look: pairs of (what, about whom)."""
    same = {"team_id": team.team_id, "at": at, "actor_id": actor_id, "look": True}
    rows = [{"id": new_id(), "what": what, "subject_id": user_id, **same} for what, user_id in looks]
    if rows:
        await insert_new(team.session, Trail, rows)


def _wanted(team: Team, query: Any, chosen: Filter) -> Any:
    query = query.where(col(Trail.team_id) == team.team_id)
    if chosen.actor_id:
        query = query.where(col(Trail.actor_id) == chosen.actor_id)
    if chosen.subject_id:
        query = query.where(col(Trail.subject_id) == chosen.subject_id)
    if chosen.only:
        query = query.where(col(Trail.look).is_(chosen.only == LOOKS))
    if chosen.until:
        query = query.where(col(Trail.at) < chosen.until)
    return query.where(col(Trail.at) >= chosen.since) if chosen.since else query


async def rows(team: Team, chosen: Filter, most: int, skip: int = 0) -> Sequence[Trail]:
    """Fetch rows, newest first."""
    query = _wanted(team, select(Trail), chosen).order_by(col(Trail.at).desc(), col(Trail.id).desc())
    found: Sequence[Trail] = (await team.session.exec(query.limit(most).offset(skip))).all()
    return found


async def count(team: Team, chosen: Filter) -> int:
    """Count the rows that `rows` would give."""
    query = _wanted(team, select(func.count()).select_from(Trail), chosen)
    return int((await team.session.exec(query)).one())


@dataclass(frozen=True)
class Looked:
    """How often somebody looked at one kind of thing."""

    actor_id: str
    what: str
    times: int


async def looks_at(team: Team, user_id: str, since: datetime) -> Sequence[Looked]:
    """Count who else looked at what of somebody's since an instant, most often first."""
    times = func.count()
    query: Any = select(col(Trail.actor_id), col(Trail.what), times).where(
        col(Trail.team_id) == team.team_id,
        col(Trail.subject_id) == user_id,
        col(Trail.actor_id) != user_id,
        col(Trail.look).is_(True),
        col(Trail.at) >= since,
    )
    query = query.group_by(col(Trail.actor_id), col(Trail.what)).order_by(times.desc(), col(Trail.what))
    return [Looked(*row) for row in (await team.session.exec(query)).all()]
