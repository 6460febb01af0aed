"""The directory of people and channels, as Slack last described them."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import and_, bindparam
from sqlmodel import col, select

from storage.database import Team
from storage.path_tables import ChannelMember
from storage.tables import Channel, Contractor, Person


async def find(team: Team, user_id: str) -> Person | None:
    """Fetch one person, if the bot has met them."""
    return await team.get(Person, user_id=user_id)


async def here(team: Team, user_id: str) -> bool:
    """Tell whether somebody is in the workspace and can be written to."""
    person = await find(team, user_id) if user_id else None
    return person is not None and not person.deactivated and not person.is_bot


async def find_all(team: Team, user_ids: Collection[str]) -> Mapping[str, Person]:
    """Fetch several people by id; those the bot has not met are missing."""
    if not user_ids:
        return {}
    people = await team.those(Person, "user_id", set(user_ids))
    return {person.user_id: person for person in people}


ACTOR = (
    select(Person, Contractor)
    .outerjoin(
        Contractor,
        and_(col(Contractor.team_id) == col(Person.team_id), col(Contractor.user_id) == col(Person.user_id)),
    )
    .where(col(Person.team_id) == bindparam("team_id"), col(Person.user_id) == bindparam("user_id"))
)


async def actor(team: Team, user_id: str) -> tuple[Person | None, Contractor | None]:
    """Fetch a person, and their place on the path if they have one, in one look."""
    row = (await team.session.exec(ACTOR, params={"team_id": team.team_id, "user_id": user_id})).first()
    return (row[0], row[1]) if row else (None, None)


async def keep(team: Team, person: Person) -> bool:
    """Keep what Slack says of a person, unless something newer is kept already; tells whether it was kept."""
    known = await team.lock(Person, user_id=person.user_id)
    if known is None:
        team.add(person)
        return True
    if person.updated < known.updated:
        return False
    for name in ("name", "zone", "guest", "is_admin", "is_bot", "deactivated", "photo", "updated"):
        setattr(known, name, getattr(person, name))
    known.email = person.email or known.email
    known.locale = person.locale or known.locale
    return True


async def with_email(team: Team, email: str) -> Person | None:
    """Fetch the person with an e-mail address, if the bot has met them and Slack has told it."""
    return await team.first(team.select(Person).where(col(Person.email) == email.strip().casefold()))


async def keep_dm(team: Team, user_id: str, dm: str) -> None:
    """Remember which conversation is somebody's DM with the bot."""
    await team.change(team.update(Person).where(col(Person.user_id) == user_id).values(dm=dm))


async def admins(team: Team) -> Sequence[Person]:
    """Fetch the workspace's admins and owners that the bot has met and that are still there."""
    query = team.select(Person).where(col(Person.is_admin).is_(True), col(Person.deactivated).is_(False))
    return await team.all(query.order_by(col(Person.user_id)))


async def find_channel(team: Team, channel_id: str) -> Channel | None:
    """Fetch a channel the bot was told of."""
    return await team.get(Channel, channel_id=channel_id)


async def channel_named(team: Team, name: str) -> Channel | None:
    """Fetch the channel with this name (without #) in which the bot can post."""
    query = team.select(Channel).where(col(Channel.name) == name.lower(), col(Channel.is_member).is_(True))
    return await team.first(query.where(col(Channel.archived).is_(False)))


async def is_in(team: Team, channel_id: str, user_id: str) -> bool:
    """Tell whether somebody is in a channel, as far as the bot knows."""
    return await team.get(ChannelMember, channel_id=channel_id, user_id=user_id) is not None


async def channels_of(team: Team, user_id: str) -> Sequence[Channel]:
    """Fetch the channels that somebody shares with the bot and in which it can post, by name."""
    theirs = select(ChannelMember.channel_id).where(
        col(ChannelMember.team_id) == team.team_id, col(ChannelMember.user_id) == user_id
    )
    query = team.select(Channel).where(col(Channel.channel_id).in_(theirs), col(Channel.is_member).is_(True))
    return await team.all(query.where(col(Channel.archived).is_(False)).order_by(col(Channel.name)))


async def note_member(team: Team, channel_id: str, user_id: str, *, there: bool) -> None:
    """Remember that somebody came into a channel, or left it."""
    if there:
        await team.insert_new(ChannelMember, channel_id=channel_id, user_id=user_id)
        return
    gone = team.delete(ChannelMember).where(col(ChannelMember.channel_id) == channel_id)
    await team.change(gone.where(col(ChannelMember.user_id) == user_id))


async def keep_channel(team: Team, channel: Channel) -> None:
    """Keep what Slack says of a channel."""
    values = channel.model_dump(exclude={"team_id", "channel_id"} | ({"zone"} if not channel.zone else set()))
    await team.put(Channel, {"channel_id": channel.channel_id}, **values)
