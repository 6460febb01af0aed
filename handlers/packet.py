"""The welcome packet: handed over on Day 1 or earlier, read page by page, and how far somebody has come."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from blocks import kit
from blocks import packet as draw
from blocks.kit import Block
from handlers import packet_edit
from handlers.contract import (
    Call,
    Desk,
    Due,
    Duty,
    Kind,
    Letters,
    OpenModal,
    ReplaceMessage,
    ReplaceModal,
    Reply,
    Route,
    Sample,
    Say,
    memo,
    soon,
)
from handlers.packet_edit import may_change
from handlers.path import let, may_about, once, tick
from handlers.who import asker, contractor
from playbook.packet import PAGES, first_not_got
from playbook.roles import Action
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.words import mentioned
from storage import digest
from storage import packet as store
from storage.outbox import Lane, Post, Redraw
from storage.path import Traveller, travellers
from storage.timetable import When

DELIVER = "packet.deliver"
CATCH_UP = timedelta(days=7)
SENT, READ = "packet_sent", "packet_read"
NOBODY = phrase(
    "I find no welcome packet by that name that you could open. `/contractor` lists who is on the path with you."
)
PAUSED = phrase("The path of {who} is paused, so nothing is sent. Resume it first; the packet then goes out by itself.")


# Handing over -----------------------------------------------------------------------------------


async def deliver(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Hand the packet to those whose Day 1 it is."""
    found = await travellers(desk.team, [one.subject for one in due])
    return [await _letter(desk, traveller) for traveller in found.values()]


async def _letter(desk: Desk, traveller: Traveller) -> Post:
    await tick(desk, traveller.user_id, SENT, "")
    await soon(desk, ("home.redraw", traveller.user_id))
    said = await _drawn(desk, traveller)
    return Post(store.letter_key(traveller.user_id), traveller.user_id, *said, Lane.AGENDA, good_for=CATCH_UP)


async def _drawn(desk: Desk, traveller: Traveller) -> draw.Drawn:
    got = await store.read_at(desk.team, traveller.user_id)
    return draw.letter(desk.playbook.packet, traveller.user_id, got, traveller.id_of("manager"))


async def next_delivery(desk: Desk, subjects: Sequence[str]) -> Mapping[str, When]:
    """Say when each contractor's packet is due: in the morning of Day 1, unless they have it."""
    at = desk.playbook.packet.deliver_at
    return await once(desk, subjects, lambda one: store.letter_key(one.user_id), lambda one: (1, at, one.person.zone))


async def send(call: Call, desk: Desk) -> Reply:
    """Hand the packet over now, because somebody who may asked for it."""
    traveller = await _whose(call, desk, call.value, Action.PACKET_SEND)
    if traveller.place.paused_at is not None:
        raise Sorry(PAUSED.format(who=kit.mention(traveller.user_id)))
    if await store.sent_at(desk.team, traveller.user_id):
        return _in_place(call, await _state(call, desk, traveller, phrase("They have it already.")))
    letter = await _letter(desk, traveller)
    done = phrase("Sent. {traveller} has the welcome packet now.", traveller=kit.mention(traveller.user_id))
    return _in_place(call, await _state(call, desk, traveller, done, now=desk.now)).also(letter)


def _in_place(call: Call, drawn: draw.Drawn) -> Reply:
    if call.from_home or call.view_id:
        return Say(text=drawn[0], blocks=drawn[1])
    return ReplaceMessage(text=drawn[0], blocks=drawn[1])


# Reading ----------------------------------------------------------------------------------------


async def opened(call: Call, desk: Desk) -> Reply:
    """Open the packet: one's own at the first page not got yet, or that of a contractor one works with."""
    if not call.value:
        await contractor(call, desk)
    traveller = await _whose(call, desk, call.value or call.user_id, Action.PACKET_READ)
    got = await store.read_at(desk.team, traveller.user_id)
    mine = traveller.user_id == call.user_id
    page = first_not_got(frozenset(got)) if mine else PAGES[0]
    return OpenModal(view=await _page(call, desk, traveller, page, 0, "" if call.view_id else call.channel_id))


async def turned(call: Call, desk: Desk) -> Reply:
    """Turn to the page before or after."""
    user_id, page, part = _place(call.value)
    traveller = await _whose(call, desk, user_id, Action.PACKET_READ)
    return ReplaceModal(view=await _page(call, desk, traveller, page, part, call.memo_channel))


async def got_it(call: Call, desk: Desk) -> Reply:
    """Remember that the contractor got a page, and show the next one that is left."""
    user_id, page, _ = _place(call.memo_record)
    traveller = await _whose(call, desk, user_id, Action.PACKET_READ)
    if user_id != call.user_id:
        raise Sorry(phrase("Only the contractor says when a page is got. You can read it all the same."))
    letters = await _got(desk, traveller, page)
    got = await store.read_at(desk.team, user_id)
    if len(got) == len(PAGES):
        contents = await store.gather(desk.team, traveller)
        view = draw.through(contents, desk.playbook.packet, got, memo(call.memo_channel, draw.place(user_id, page)))
        return ReplaceModal(view=view).also(*letters)
    ahead = [one for one in PAGES[PAGES.index(page) :] if one not in got]
    following = ahead[0] if ahead else first_not_got(frozenset(got))
    return ReplaceModal(view=await _page(call, desk, traveller, following, 0, call.memo_channel)).also(*letters)


async def _got(desk: Desk, traveller: Traveller, page: str) -> tuple[Letters, ...]:
    """Keep it; the letter follows, and after the last page the checklist and the manager know."""
    user_id, manager_id = traveller.user_id, traveller.id_of("manager")
    if not await store.got(desk.team, user_id, page, desk.now):
        return ()
    followers = [("home.redraw", one) for one in (user_id, manager_id) if one]
    await soon(desk, *followers)
    got = await store.read_at(desk.team, user_id)
    redrawn = Redraw(store.letter_key(user_id), *await _drawn(desk, traveller))
    if len(got) < len(PAGES):
        return (redrawn,)
    await tick(desk, user_id, READ, user_id)
    told = draw.finished(desk.playbook.packet, user_id, got)
    return (redrawn, *([Post(f"packet:{user_id}:read", manager_id, *told, Lane.NUDGE)] if manager_id else []))


async def _page(call: Call, desk: Desk, traveller: Traveller, page: str, part: int, channel_id: str) -> kit.View:
    contents = await store.gather(desk.team, traveller)
    got, mine = await store.read_at(desk.team, traveller.user_id), traveller.user_id == call.user_id
    where = memo(channel_id, draw.place(traveller.user_id, page, part))
    note = (
        "" if mine else phrase("The packet of {traveller}, as they see it.", traveller=kit.mention(traveller.user_id))
    )
    if mine and traveller.place.paused_at is not None:
        note = phrase("Your path is paused just now. Reading is always fine.")
    return draw.reader(contents, desk.playbook.packet, page, part, got, where, mine=mine, note=note)


def _place(record: str) -> tuple[str, str, int]:
    """Read whose packet it is and where in it somebody is; a page that is none is the first."""
    user_id, page, part = [*record.split(":"), "", "", ""][:3]
    return user_id, page if page in PAGES else PAGES[0], int(part) if part.isdecimal() else 0


async def _whose(call: Call, desk: Desk, user_id: str, action: Action) -> Traveller:
    """Give the contractor it is about to somebody who may; to anybody else they are not there."""
    who = await asker(call, desk)
    return await let(desk, action, who.person, user_id, NOBODY)


# /contractor packet -----------------------------------------------------------------------------


async def command(call: Call, desk: Desk) -> Reply:
    """Answer `/contractor packet`: how far somebody has come, the editor, or one's own packet."""
    who, named = await asker(call, desk), mentioned(call.text)
    if named:
        traveller = await _whose(call, desk, named, Action.PACKET_READ)
        if traveller.user_id == call.user_id:
            return await opened(_with(call, call.user_id), desk)
        drawn = await _state(call, desk, traveller)
        return Say(text=drawn[0], blocks=drawn[1])
    if await may_change(desk, who.person):
        return await packet_edit.opened(_with(call, ""), desk)
    if who.contractor is not None:
        return await opened(_with(call, ""), desk)
    raise Sorry(packet_edit.NOT_YOURS)


def _with(call: Call, value: str) -> Call:
    return Call(**{**vars(call), "value": value})


async def _state(
    call: Call, desk: Desk, traveller: Traveller, done: str = "", now: datetime | None = None
) -> draw.Drawn:
    user_id = traveller.user_id
    who, got = await asker(call, desk), await store.read_at(desk.team, user_id)
    planned = (await digest.planned(desk.team, DELIVER, [user_id])).get(user_id)
    return draw.state(
        desk.playbook.packet,
        await store.gather(desk.team, traveller),
        got,
        now or await store.sent_at(desk.team, user_id),
        planned if traveller.place.paused_at is None else None,
        may_send=await may_about(desk, Action.PACKET_SEND, who.person, traveller.place),
        done=done,
    )


# Samples ----------------------------------------------------------------------------------------


async def _sample_letter(desk: Desk, traveller: Traveller) -> tuple[str, Sequence[Block]]:
    return draw.letter(desk.playbook.packet, traveller.user_id, {}, traveller.id_of("manager"))


async def _sample_read(desk: Desk, traveller: Traveller) -> tuple[str, Sequence[Block]]:
    return draw.finished(desk.playbook.packet, traveller.user_id, dict.fromkeys(PAGES, desk.now))


SAMPLES: tuple[Sample, ...] = (
    Sample(
        phrase("The welcome packet"),
        "contractor",
        phrase("on Day 1 at 09:00, or when a manager sends it earlier"),
        _sample_letter,
    ),
    Sample(
        phrase("The packet has been read"),
        "manager",
        phrase("when the contractor has got all five pages"),
        _sample_read,
    ),
)
ROUTES: tuple[Route, ...] = (
    Route(Kind.ACTION, draw.OPEN, opened, opens=True),
    Route(Kind.ACTION, draw.BACK, turned),
    Route(Kind.ACTION, draw.NEXT, turned),
    Route(Kind.ACTION, draw.SEND, send),
    Route(Kind.FORM, draw.READER, got_it),
    *packet_edit.ROUTES,
)
DUTIES: tuple[Duty, ...] = (Duty(DELIVER, deliver, next_delivery, CATCH_UP, for_contractors=True, once=True),)
