"""Channels as they change: who is in them, and what became of those in which the bot was to write."""

from collections.abc import Mapping, Sequence

from blocks import workspace as draw
from handlers.contract import Call, Desk, Kind, Letters, Reply, Route, soon
from storage import introduction, people, survey, workspace
from storage.outbox import Post
from storage.tables import Channel

FOLLOW = "introduction.follow"


async def joined(call: Call, desk: Desk) -> Reply:
    """Note who is in a channel, and that the bot can post there: Slack tells of people who join only where it is."""
    await _note(call, desk, is_member=True)
    await _note_member(call, desk, there=True)
    return Reply()


async def left(call: Call, desk: Desk) -> Reply:
    """Note who left; when it was the bot itself, tell those who counted on its writing there."""
    if call.user_id != desk.bot_user_id:
        await _note_member(call, desk, there=False)
        return Reply()
    channel = await people.find_channel(desk.team, call.channel_id)
    was_in = channel is not None and channel.is_member and not channel.archived
    await _note(call, desk, is_member=False)
    return Reply(posts=await _lost(desk, channel, draw.THROWN_OUT) if channel and was_in else ())


async def _note_member(call: Call, desk: Desk, *, there: bool) -> None:
    person = await people.find(desk.team, call.user_id)
    if person is None or person.is_bot or await people.find_channel(desk.team, call.channel_id) is None:
        return
    await people.note_member(desk.team, call.channel_id, call.user_id, there=there)
    await soon(desk, *((FOLLOW, one) for one in await introduction.unposted(desk.team, [call.user_id])))


async def archived(call: Call, desk: Desk) -> Reply:
    """Note that a channel was archived or deleted, so that nothing is posted there, and tell whom it concerns."""
    channel = await people.find_channel(desk.team, call.channel_id)
    if channel is None or channel.archived:
        return Reply()
    channel.archived = True
    what = draw.DELETED if call.name.endswith("_deleted") else draw.ARCHIVED
    return Reply(posts=await _lost(desk, channel, what))


async def unarchived(call: Call, desk: Desk) -> Reply:
    """Note that a channel can be written to again."""
    await _note(call, desk, archived=False)
    return Reply()


async def renamed(call: Call, desk: Desk) -> Reply:
    """Keep the new name of a channel."""
    about = call.event.get("channel")
    name = str(about.get("name") or "") if isinstance(about, Mapping) else ""
    if name:
        await _note(call, desk, name=name)
    return Reply()


async def _note(call: Call, desk: Desk, **values: bool | str) -> None:
    """Change what is kept of a channel; one that nobody chose yet is looked up when somebody does."""
    channel = await people.find_channel(desk.team, call.channel_id)
    for name, value in values.items() if channel else ():
        setattr(channel, name, value)


async def _lost(desk: Desk, channel: Channel, what: str) -> tuple[Letters, ...]:
    """Tell the admins of the introduction channel, and each manager of their contractors' project channel."""
    office = await workspace.get(desk.team)
    key = f"people:channel:{channel.channel_id}:{desk.now.isoformat()}"
    letters: list[Letters] = []
    if office.intro_channel == channel.channel_id:
        drawn = draw.lost_introductions(channel.channel_id, channel.name, what)
        letters += [Post(f"{key}:introductions:{one}", one, *drawn) for one in await _admins(desk)]
    for manager, contractors in (await survey.by_project_channel(desk.team, channel.channel_id)).items():
        drawn = draw.lost_project(channel.channel_id, channel.name, what, contractors)
        letters.append(Post(f"{key}:project:{manager}", manager, *drawn))
    return tuple(letters)


async def _admins(desk: Desk) -> Sequence[str]:
    return sorted({one.user_id for one in await people.admins(desk.team)} | desk.admins)


ROUTES: tuple[Route, ...] = (
    Route(Kind.EVENT, "member_joined_channel", joined),
    Route(Kind.EVENT, "member_left_channel", left),
    Route(Kind.EVENT, "channel_archive", archived),
    Route(Kind.EVENT, "channel_deleted", archived),
    Route(Kind.EVENT, "channel_rename", renamed),
    Route(Kind.EVENT, "channel_unarchive", unarchived),
    Route(Kind.EVENT, "group_archive", archived),
    Route(Kind.EVENT, "group_deleted", archived),
    Route(Kind.EVENT, "group_rename", renamed),
    Route(Kind.EVENT, "group_unarchive", unarchived),
)
