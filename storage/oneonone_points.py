"""What is brought up in 1:1s, decided and to be done: topics, decisions and actions, waiting until they are ticked."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, or_
from sqlmodel import col, select

from playbook.oneonone_run import ACTION, DECISION, TOPIC, is_carried
from storage.columns import new_id
from storage.database import Team
from storage.rhythm_tables import Meeting, Point


async def add(
    team: Team,
    user_id: str,
    kind: str,
    text: str,
    by: str,
    now: datetime,
    *,
    meeting_id: str = "",
    part: str = "open_floor",
    link: str = "",
    owner_id: str = "",
    due: date | None = None,
) -> Point:
    """Keep a topic, decision or action of a contractor's 1:1; without a meeting it waits for the next one."""
    values: dict[str, Any] = {"user_id": user_id, "kind": kind, "text": text, "by": by, "added_at": now}
    values |= {"meeting_id": meeting_id, "part": part, "link": link, "owner_id": owner_id, "due": due}
    point = Point(id=new_id(), team_id=team.team_id, **values)
    team.add(point)
    await team.session.flush()
    return point


async def find(team: Team, point_id: str) -> Point | None:
    """Fetch a point that nobody else may change until this transaction ends."""
    return await team.lock(Point, id=point_id) if point_id else None


def _open(team: Team, user_id: str) -> Any:
    theirs = team.select(Point).where(col(Point.user_id) == user_id, col(Point.done_at).is_(None))
    return theirs.where(col(Point.kind) != DECISION)


async def waiting(team: Team, user_id: str) -> Sequence[Point]:
    """Fetch the topics and actions of a contractor's 1:1s that are not done, oldest first."""
    return await team.all(_open(team, user_id).order_by(col(Point.added_at), col(Point.id)))


async def count_waiting(team: Team, user_id: str) -> int:
    """Count the topics and actions that are not done."""
    query: Any = select(func.count()).select_from(_open(team, user_id).subquery())
    return int((await team.session.exec(query)).one())


async def with_link(team: Team, user_id: str, link: str) -> Point | None:
    """Fetch the topic about something that waits already."""
    return await team.first(_open(team, user_id).where(col(Point.link) == link))


async def of_meeting(team: Team, meeting_id: str) -> Sequence[Point]:
    """Fetch what was brought up, decided and given to do in one 1:1, in its order."""
    return await of_meetings(team, [meeting_id])


async def of_meetings(team: Team, meeting_ids: Collection[str]) -> Sequence[Point]:
    """Fetch what was brought up, decided and given to do in several 1:1s, in its order."""
    wanted = {one for one in meeting_ids if one}
    if not wanted:
        return []
    query = team.select(Point).where(col(Point.meeting_id).in_(wanted))
    return await team.all(query.order_by(col(Point.added_at), col(Point.id)))


async def from_before(team: Team, meeting: Meeting) -> Sequence[Point]:
    """Fetch the actions of earlier 1:1s that were open when a meeting began, oldest first."""
    begun = meeting.started_at or meeting.at
    theirs = team.select(Point).where(col(Point.user_id) == meeting.user_id, col(Point.kind) == ACTION)
    still = theirs.where(col(Point.added_at) < begun, col(Point.meeting_id) != meeting.id)
    return await team.all(
        still.where(or_(col(Point.done_at).is_(None), col(Point.done_at) >= begun)).order_by(col(Point.added_at))
    )


async def decisions(team: Team, meeting_id: str) -> Sequence[Point]:
    """Fetch what was decided in one 1:1, to remind of it in the next."""
    return [point for point in await of_meeting(team, meeting_id) if point.kind == DECISION]


def tick(point: Point, by: str, now: datetime) -> bool:
    """Note that a point is done; tells whether it was not."""
    if point.done_at is not None:
        return False
    point.done_at, point.done_by = now, by
    return True


def untick(point: Point) -> bool:
    """Note that a point is not done after all; tells whether it was."""
    if point.done_at is None:
        return False
    point.done_at, point.done_by = None, ""
    return True


async def remove(team: Team, point: Point) -> None:
    """Take a point away for good."""
    await team.change(team.delete(Point).where(col(Point.id) == point.id))


async def take_up(team: Team, meeting: Meeting) -> None:
    """Bring every topic that waits into a meeting that begins."""
    theirs = team.update(Point).where(col(Point.user_id) == meeting.user_id, col(Point.done_at).is_(None))
    await team.change(theirs.where(col(Point.kind) == TOPIC).values(meeting_id=meeting.id))


async def carry_over(team: Team, meeting: Meeting) -> Sequence[Point]:
    """Count what a meeting that ends leaves unfinished as carried over once more; gives it."""
    begun = meeting.started_at or meeting.at
    left = [one for one in await waiting(team, meeting.user_id) if _carries(one, meeting, begun)]
    ids = [one.id for one in left]
    raised = team.update(Point).where(col(Point.id).in_(ids)).values(carried=col(Point.carried) + 1)
    if ids:
        await team.change(raised.execution_options(synchronize_session=False))
        for one in left:
            await team.session.refresh(one)
    return left


def _carries(point: Point, meeting: Meeting, begun: datetime) -> bool:
    was_up = point.kind == ACTION or point.meeting_id == meeting.id
    return was_up and is_carried(point.kind, point.added_at, begun, done=point.done_at is not None)
