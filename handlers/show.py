"""Show your work: where it is switched on, the private hint to whoever wrote a long message, and videos counted."""

from datetime import timedelta

from blocks import show as draw
from blocks.kit import View
from handlers.contract import (
    Call,
    Desk,
    Duty,
    FixFields,
    Handler,
    Kind,
    OpenModal,
    ReplaceMessage,
    ReplaceModal,
    Reply,
    Route,
    Sample,
    Say,
    memo,
)
from handlers.path import actor
from handlers.who import asker
from playbook.days import local_day
from playbook.roles import Action, may
from playbook.show import GONE, IN_CHANNELS, measured
from playbook.sorry import Sorry
from playbook.tongue import phrase
from storage import contractor, people
from storage import show as store
from storage.outbox import Lane, Post, Whisper
from storage.tables import Person

LOOK_BACK = timedelta(days=27)
NOT_YOURS = phrase("Managers of contractors and workspace admins switch this. Ask one of them, or your own manager.")
NOT_THERE = phrase(
    "I am not in this channel, so I cannot look at its messages. Type `/invite @Inner Circle` there first."
)
NOT_THERE_YET = phrase(
    "I am not in that channel, so I cannot look at its messages. Type `/invite @Inner Circle` there first."
)
WHERE = phrase("Type this in the channel that you mean, or pick one after `/circle show`.")


def beside(others: Handler) -> Handler:
    """Give the handler of all messages: those of channels are measured here, the rest is for the others."""

    async def message(call: Call, desk: Desk) -> Reply:
        """Hear a message, wherever it was written."""
        if call.event.get("channel_type") in IN_CHANNELS:
            return await heard(call, desk)
        return await others(call, desk)

    return message


async def heard(call: Call, desk: Desk) -> Reply:
    """Count the videos of a message in a channel, or give its author the hint if it was long."""
    if not await store.switched_on(desk.team, call.channel_id):
        return Reply()
    if call.event.get("subtype") == GONE:
        await store.forget(desk.team, call.channel_id, str(call.event.get("deleted_ts") or ""))
        return Reply()
    author = await _author(call, desk)
    found = measured(call.event)
    if author is None:
        return Reply()
    day = local_day(desk.now, author.zone)
    if found.services:
        await store.keep(desk.team, author.user_id, call.channel_id, call.message_ts, found.services[0], day)
        return Reply()
    if not found.long(desk.playbook.show) or not await store.may_hint(desk.team, author.user_id, call.channel_id, day):
        return Reply()
    await store.hinted(desk.team, author.user_id, call.channel_id, day)
    key = f"show.hint:{author.user_id}:{day}"
    return Reply().also(Whisper(key, author.user_id, call.channel_id, *draw.hint(call.channel_id, desk.playbook.show)))


async def _author(call: Call, desk: Desk) -> Person | None:
    """Give who wrote it, if they are a contractor or manage one."""
    person, place = await people.actor(desk.team, call.user_id)
    if person is None or person.is_bot or person.deactivated:
        return None
    return person if place is not None or await contractor.managed_by(desk.team, [person.user_id]) else None


async def recorded(_: Call, __: Desk) -> Reply:
    """Do nothing more: the button itself opens the recorder."""
    return Reply()


async def left_alone(call: Call, desk: Desk) -> Reply:
    """Take "not this time" for an answer."""
    await asker(call, desk)
    return _instead(draw.left_alone())


async def never(call: Call, desk: Desk) -> Reply:
    """Give no more hints in this channel."""
    who = await asker(call, desk)
    await store.never(desk.team, call.user_id, call.value, local_day(desk.now, who.person.zone), never=True)
    return _instead(draw.never(call.value))


async def again(call: Call, desk: Desk) -> Reply:
    """Give hints again in this channel."""
    who = await asker(call, desk)
    await store.never(desk.team, call.user_id, call.value, local_day(desk.now, who.person.zone), never=False)
    return _instead(draw.again(call.value))


def _instead(drawn: draw.Drawn) -> Reply:
    text, blocks = drawn
    return ReplaceMessage(text=text, blocks=blocks)


async def command(call: Call, desk: Desk) -> Reply:
    """Answer `/circle show`, and `on` or `off` after it for the channel it is typed in."""
    word = call.text.strip().casefold()
    if word in {"on", "off"}:
        return await _switch(call, desk, call.channel_id, on=word == "on")
    return Say(text=draw.HELP) if word else await opened(call, desk)


async def opened(call: Call, desk: Desk) -> Reply:
    """List the channels where it is switched on."""
    return OpenModal(view=await _page(call, desk, memo(call.channel_id)))


async def _page(call: Call, desk: Desk, note: str) -> View:
    who = await asker(call, desk)
    today = local_day(desk.now, who.person.zone)
    videos = await store.shown(desk.team, call.user_id, today - LOOK_BACK, today)
    on = [row.channel_id for row in await store.channels(desk.team)]
    refused = await store.never_in(desk.team, call.user_id)
    return draw.page(on, videos, refused, note, may_switch=await _may(call, desk))


async def _may(call: Call, desk: Desk) -> bool:
    who = await asker(call, desk)
    return may(Action.SHOW_SWITCH, await actor(desk, who.person))


async def switched_off(call: Call, desk: Desk) -> Reply:
    """Switch it off in a channel of the list."""
    done = await _switch(call, desk, call.value, on=False)
    await desk.team.session.flush()
    return ReplaceModal(view=await _page(call, desk, call.memo)).also(*done.posts)


async def chosen(call: Call, desk: Desk) -> Reply:
    """Switch it on in the channel that was picked."""
    channel_id = call.one("channel")
    if not channel_id:
        return FixFields({"channel": phrase("Please pick a channel, or close this.")})
    channel = await people.find_channel(desk.team, channel_id)
    if channel is None or channel.archived or not channel.is_member:
        return FixFields({"channel": NOT_THERE_YET})
    return await _switch(call, desk, channel_id, on=True)


async def _switch(call: Call, desk: Desk, channel_id: str, *, on: bool) -> Reply:
    """Switch it on or off, and tell the channel, since its people are concerned."""
    if not await _may(call, desk):
        raise Sorry(NOT_YOURS)
    channel = await people.find_channel(desk.team, channel_id)
    if channel is None or channel.archived or (on and not channel.is_member):
        raise Sorry(NOT_THERE if channel_id.startswith(("C", "G")) else WHERE)
    if not await store.switch(desk.team, channel_id, call.user_id, desk.now, on=on):
        return Say(
            text=phrase("It is on in <#{channel_id}> already.", channel_id=channel_id)
            if on
            else phrase("It is off in <#{channel_id}> already.", channel_id=channel_id)
        )
    drawn = draw.announced(call.user_id, desk.playbook.show) if on else draw.switched_off(call.user_id)
    told = Post(f"show:{channel_id}:{on}:{desk.now.isoformat()}", channel_id, *drawn, Lane.AGENDA)
    return Say(
        text=phrase("Show your work is on in <#{channel_id}> now. The channel is told.", channel_id=channel_id)
        if on
        else phrase("Show your work is off in <#{channel_id}> now. The channel is told.", channel_id=channel_id)
    ).also(told)


ROUTES: tuple[Route, ...] = (
    Route(Kind.ACTION, draw.OPEN, opened, opens=True),
    Route(Kind.ACTION, draw.RECORD, recorded),
    Route(Kind.ACTION, draw.LATER, left_alone),
    Route(Kind.ACTION, draw.NEVER, never),
    Route(Kind.ACTION, draw.AGAIN, again),
    Route(Kind.ACTION, draw.OFF, switched_off),
    Route(Kind.FORM, draw.FORM, chosen),
)
DUTIES: tuple[Duty, ...] = ()
SAMPLES: tuple[Sample, ...] = ()
