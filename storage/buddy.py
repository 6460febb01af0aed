"""Shadow Buddies: who could be one, how many newcomers they have, and the shadowing sessions."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from storage.database import Team
from storage.path_tables import ChannelMember, Shadowing
from storage.tables import Contractor, Person

PLANNED, ASKED, ANSWERED, CANCELLED = "planned", "asked", "answered", "cancelled"


async def members(team: Team) -> Sequence[Person]:
    """Fetch everybody the bot has met who could be a buddy: here, no guest and no app."""
    here = team.select(Person).where(
        col(Person.deactivated).is_(False), col(Person.is_bot).is_(False), col(Person.guest) == ""
    )
    return await team.all(here.order_by(col(Person.user_id)))


async def newcomers(team: Team, since: date) -> Mapping[str, int]:
    """Count the contractors who started on or after a date, by their buddy."""
    query: Any = (
        select(col(Contractor.buddy_id), func.count())
        .where(col(Contractor.team_id) == team.team_id, col(Contractor.start_date) >= since, Contractor.buddy_id != "")
        .group_by(col(Contractor.buddy_id))
    )
    return Counter({buddy_id: int(count) for buddy_id, count in (await team.session.exec(query)).all()})


async def places(team: Team) -> Mapping[str, Contractor]:
    """Fetch everybody on the path, who work at the times that were agreed with them."""
    return {row.user_id: row for row in await team.all(team.select(Contractor))}


async def in_channel(team: Team, channel_id: str) -> frozenset[str]:
    """Name those who are in a channel, as far as the bot knows."""
    query: Any = select(ChannelMember.user_id).where(
        ChannelMember.team_id == team.team_id, ChannelMember.channel_id == channel_id
    )
    return frozenset((await team.session.exec(query)).all()) if channel_id else frozenset()


async def session(team: Team, session_id: str) -> Shadowing | None:
    """Fetch a shadowing session that nobody else may change until this transaction ends."""
    return await team.lock(Shadowing, id=session_id)


async def sessions(team: Team, user_id: str) -> Sequence[Shadowing]:
    """Fetch the sessions of a contractor that were not cancelled, earliest first."""
    query = team.select(Shadowing).where(col(Shadowing.user_id) == user_id, col(Shadowing.state) != CANCELLED)
    return await team.all(query.order_by(col(Shadowing.at)))


async def next_sessions(team: Team, user_ids: Collection[str], now: datetime) -> Mapping[str, Shadowing]:
    """Fetch the next session of each of several contractors; who has none ahead is missing."""
    if not user_ids:
        return {}
    query = team.select(Shadowing).where(
        col(Shadowing.user_id).in_(set(user_ids)), col(Shadowing.state) == PLANNED, col(Shadowing.at) >= now
    )
    found: dict[str, Shadowing] = {}
    for row in await team.all(query.order_by(col(Shadowing.at))):
        found.setdefault(row.user_id, row)
    return found


async def planned_for(team: Team, user_ids: Collection[str]) -> frozenset[str]:
    """Name those of several contractors who have a session that was not cancelled."""
    query: Any = select(Shadowing.user_id).where(
        Shadowing.team_id == team.team_id,
        col(Shadowing.user_id).in_(set(user_ids)),
        Shadowing.state != CANCELLED,
    )
    return frozenset((await team.session.exec(query)).all()) if user_ids else frozenset()
