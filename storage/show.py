"""Shown work: the channels where it is looked for, who was given the hint when, and the videos that were shown."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import func
from sqlmodel import col, select

from storage.database import Team
from storage.trust_tables import ShowChannel, ShowHint, ShownWork


async def switched_on(team: Team, channel_id: str) -> bool:
    """Tell whether long messages of a channel earn their authors a hint."""
    return await team.get(ShowChannel, channel_id=channel_id) is not None


async def channels(team: Team) -> Sequence[ShowChannel]:
    """Fetch the channels in which it is switched on, the oldest first."""
    return await team.all(team.select(ShowChannel).order_by(col(ShowChannel.on_at), col(ShowChannel.channel_id)))


async def switch(team: Team, channel_id: str, by: str, now: datetime, *, on: bool) -> bool:
    """Switch it on or off in a channel; tells whether anything changed."""
    if on:
        return await team.insert_new(ShowChannel, channel_id=channel_id, on_at=now, on_by=by)
    return bool(await team.change(team.delete(ShowChannel).where(col(ShowChannel.channel_id) == channel_id)))


async def may_hint(team: Team, user_id: str, channel_id: str, day: date) -> bool:
    """Tell whether somebody may be given the hint: not yet on this day of theirs, and not never here."""
    rows = await team.all(team.select(ShowHint).where(col(ShowHint.user_id) == user_id))
    return not any((row.never and row.channel_id == channel_id) or row.day >= day for row in rows)


async def hinted(team: Team, user_id: str, channel_id: str, day: date) -> None:
    """Remember that somebody was given the hint on a day."""
    await team.put(ShowHint, {"user_id": user_id, "channel_id": channel_id}, day=day)


async def never(team: Team, user_id: str, channel_id: str, day: date, *, never: bool) -> None:
    """Remember that somebody wants no hints in a channel, or wants them again."""
    await team.put(ShowHint, {"user_id": user_id, "channel_id": channel_id}, day=day, never=never)


async def never_in(team: Team, user_id: str) -> Sequence[str]:
    """Name the channels in which somebody wants no hints."""
    query = team.select(ShowHint).where(col(ShowHint.user_id) == user_id, col(ShowHint.never).is_(True))
    return [row.channel_id for row in await team.all(query)]


async def keep(team: Team, user_id: str, channel_id: str, ts: str, service: str, day: date) -> None:
    """Count a message as shown work, once."""
    await team.insert_new(ShownWork, channel_id=channel_id, ts=ts, user_id=user_id, service=service, day=day)


async def forget(team: Team, channel_id: str, ts: str) -> None:
    """Forget a message that its author deleted."""
    gone = team.delete(ShownWork).where(col(ShownWork.channel_id) == channel_id, col(ShownWork.ts) == ts)
    await team.change(gone)


async def shown(team: Team, user_id: str, first: date, last: date) -> int:
    """Count the messages in which somebody showed their work on video, from one day to another, both included."""
    query = select(func.count()).select_from(ShownWork)
    query = query.where(col(ShownWork.team_id) == team.team_id, col(ShownWork.user_id) == user_id)
    return int((await team.session.exec(query.where(col(ShownWork.day).between(first, last)))).one())
