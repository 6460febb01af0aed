"""Who is where: the channels of the path, and which people the bot knows are in them."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import col, select

from storage.database import Team, insert_new
from storage.path_tables import ChannelMember, Workspace
from storage.tables import Channel, Contractor, Person

CHANNELS: Any = (
    select(col(Contractor.project_channel))
    .where(col(Contractor.team_id) == bindparam("team_id"))
    .union(select(col(Workspace.intro_channel)).where(col(Workspace.team_id) == bindparam("team_id")))
)


async def channels(team: Team) -> Sequence[str]:
    """Name the introduction channel and every project channel."""
    found = await team.session.exec(CHANNELS, params={"team_id": team.team_id})
    return sorted(set(found.scalars()) - {""})


async def keep_members(team: Team, channel_id: str, ids: Collection[str], zone: str) -> bool:
    """Keep who of the people we know is in a channel, and in which zone most live; tells whether that is news."""
    before, channel = await members(team, channel_id), await team.get(Channel, channel_id=channel_id)
    moved = bool(zone and channel is not None and channel.zone != zone)
    people = team.select(Person).where(col(Person.user_id).in_(set(ids)), col(Person.is_bot).is_(False))
    rows = [
        {"team_id": team.team_id, "channel_id": channel_id, "user_id": one.user_id} for one in await team.all(people)
    ]
    await team.change(team.delete(ChannelMember).where(col(ChannelMember.channel_id) == channel_id))
    if rows:
        await insert_new(team.session, ChannelMember, rows)
    if zone:
        await team.change(team.update(Channel).where(col(Channel.channel_id) == channel_id).values(zone=zone))
    return moved or before != {row["user_id"] for row in rows}


async def closed(team: Team, channel_id: str) -> None:
    """Note that Slack shows the bot no such channel any more."""
    await team.change(team.update(Channel).where(col(Channel.channel_id) == channel_id).values(is_member=False))


async def members(team: Team, channel_id: str) -> frozenset[str]:
    """Name the people in a channel, as far as the bot knows."""
    rows = await team.all(team.select(ChannelMember).where(col(ChannelMember.channel_id) == channel_id))
    return frozenset(row.user_id for row in rows)


async def by_project_channel(team: Team, channel_id: str) -> Mapping[str, Sequence[str]]:
    """Give the contractors whose project channel this is, by their manager."""
    theirs = team.select(Contractor).where(col(Contractor.project_channel) == channel_id)
    found: dict[str, list[str]] = {}
    for one in await team.all(theirs.order_by(col(Contractor.user_id))):
        found.setdefault(one.manager_id, []).append(one.user_id)
    return found
