"""What belongs where: proposing it for a channel, agreeing to it, and asking newcomers; it is pinned in the channel."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from blocks import purpose as draw
from handlers.contract import (
    Call,
    Desk,
    Due,
    Duty,
    FixFields,
    Kind,
    Letters,
    OpenModal,
    Reply,
    Route,
    Sample,
    Say,
    memo,
)
from handlers.path import actor, once, tick
from handlers.who import asker
from playbook.roles import Action, may
from playbook.sorry import Sorry
from playbook.tongue import phrase
from storage import people, wish
from storage import purpose as store
from storage.outbox import Lane, Post, Redraw
from storage.path import Traveller, travellers
from storage.timetable import When
from storage.trust_tables import ChannelPurpose
from storage.wish import Wish

NEWCOMER = "purpose.newcomer"
PIN = "pin"
WEEK = timedelta(days=7)
NONE_YET = phrase(
    "Nobody has written down yet what belongs where in this channel. Its manager can, with `/circle purpose`."
)
NOT_YOURS = phrase("Managers of contractors and workspace admins write this. Tell them what you would change.")
NOT_CONCERNED = phrase("Thank you! Only the contractors whose project lives in this channel are asked to agree.")
NOT_THERE = phrase("I am not in that channel. Type `/invite @Inner Circle` there first, then send this again.")
GONE = phrase("What belongs where in this channel is not there any more. `/circle purpose` shows it.")


async def command(call: Call, desk: Desk) -> Reply:
    """Answer `/circle purpose` for the channel it is typed in."""
    there = await people.find_channel(desk.team, call.channel_id)
    return await _open(call, desk, call.channel_id if there is not None and there.is_member else "")


async def opened(call: Call, desk: Desk) -> Reply:
    """Open what belongs where in a channel from a button."""
    return await _open(call, desk, call.value)


async def _open(call: Call, desk: Desk, channel_id: str) -> Reply:
    row = await store.find(desk.team, channel_id)
    if await _may_write(call, desk):
        note = memo("" if call.view_id else call.channel_id, channel_id)
        return OpenModal(view=draw.form(row, channel_id, desk.playbook.purpose, note))
    if row is None:
        raise Sorry(NONE_YET)
    return OpenModal(view=draw.page(row))


async def _may_write(call: Call, desk: Desk) -> bool:
    who = await asker(call, desk)
    return may(Action.PURPOSE_PROPOSE, await actor(desk, who.person))


async def saved(call: Call, desk: Desk) -> Reply:
    """Keep what belongs where, show it in the channel, have it pinned, and ask its contractors."""
    if not await _may_write(call, desk):
        raise Sorry(NOT_YOURS)
    channel_id = call.one("channel")
    channel = await people.find_channel(desk.team, channel_id)
    if channel is None or channel.archived or not channel.is_member:
        return FixFields({"channel": NOT_THERE})
    if not call.one("slack"):
        return FixFields({"slack": phrase("Please write a few words; the other two may stay empty.")})
    before = await store.find(desk.team, channel_id)
    version = before.version if before else 0
    texts = (call.one("slack"), call.one("tracker"), call.one("video"))
    now = await store.put(desk.team, channel_id, *texts, call.user_id, desk.now)
    await desk.team.session.flush()
    if now == version:
        return Say(
            text=phrase("Nothing has changed in <#{channel_id}>, so nobody is asked again.", channel_id=channel_id)
        )
    row = await _there(desk, channel_id)
    asked = await _ask(desk, row, version)
    await wish.put(desk.team, Wish(PIN, channel_id, call.user_id))
    text = (
        phrase(
            "It is in <#{channel_id}> now. {asked} of its contractors are asked to agree.",
            channel_id=channel_id,
            asked=len(asked),
        )
        if asked
        else ""
    )
    said = text or phrase(
        "It is in <#{channel_id}> now. No contractor's project lives there yet; whoever comes is asked.",
        channel_id=channel_id,
    )
    return Say(text=said).also(*await _card(desk, row), *asked)


async def _there(desk: Desk, channel_id: str) -> ChannelPurpose:
    row = await store.find(desk.team, channel_id)
    if row is None:
        raise Sorry(GONE)
    return row


async def _card(desk: Desk, row: ChannelPurpose) -> tuple[Letters, ...]:
    """Bring the card in the channel up to date, or write it."""
    agreed = store.agreed(row)
    waiting = [one.user_id for one in await _asked(desk, row) if one.user_id not in agreed]
    key, drawn = draw.card_key(row.channel_id), draw.card(row, agreed, waiting)
    return Post(key, row.channel_id, *drawn, Lane.AGENDA), Redraw(key, *drawn)


async def _asked(desk: Desk, row: ChannelPurpose) -> Sequence[Traveller]:
    """Give the contractors of a channel who have begun: newcomers are asked on a day of their own."""
    ids = [one.user_id for one in await store.concerned(desk.team, row.channel_id)]
    first = desk.playbook.purpose.ask_day
    return [one for one in (await travellers(desk.team, ids)).values() if one.path.today(desk.now) >= first]


async def _ask(desk: Desk, row: ChannelPurpose, before: int) -> list[Letters]:
    """Ask each contractor of the channel; questions about the words before say that they are outdated."""
    found = await _asked(desk, row)
    old = ChannelPurpose(**row.model_dump() | {"version": before})
    outdated = [Redraw(draw.ask_key(old, one.user_id), *draw.outdated(row)) for one in found if before]
    return [*outdated, *(_question(row, one.user_id) for one in found)]


def _question(row: ChannelPurpose, user_id: str) -> Post:
    key, about = draw.ask_key(row, user_id), draw.about(row)
    return Post(key, user_id, *draw.ask(row), Lane.NUDGE, good_for=WEEK, about=about, nudge="purpose.ask")


async def agreed(call: Call, desk: Desk) -> Reply:
    """Take a contractor's word for it."""
    row = await _concerned(call, desk, call.value)
    store.agree(row, call.user_id)
    await desk.team.session.flush()
    await tick(desk, call.user_id, "purpose", call.user_id)
    mine = Redraw(draw.ask_key(row, call.user_id), *draw.answered(row))
    return Reply().also(mine, *await _card(desk, row))


async def _concerned(call: Call, desk: Desk, channel_id: str) -> ChannelPurpose:
    """Give what belongs where in a channel to a contractor whose project lives there."""
    who, row = await asker(call, desk), await _there(desk, channel_id)
    if who.contractor is None or who.contractor.project_channel != channel_id:
        raise Sorry(NOT_CONCERNED)
    return row


async def discuss(call: Call, desk: Desk) -> Reply:
    """Ask a contractor what they would change."""
    row = await _concerned(call, desk, call.value)
    return OpenModal(view=draw.words(row, desk.playbook.purpose, memo(call.channel_id, row.channel_id)))


async def told(call: Call, desk: Desk) -> Reply:
    """Bring a contractor's words to whoever proposed it."""
    row = await _concerned(call, desk, call.memo_record)
    key = f"{draw.ask_key(row, call.user_id)}:discuss:{desk.now.isoformat()}"
    letter = Post(key, row.proposed_by, *draw.discussed(row, call.user_id, call.one("words")), Lane.AGENDA)
    return Say(text=phrase("Thank you. <@{proposed_by}> has your words.", proposed_by=row.proposed_by)).also(letter)


async def next_newcomer(desk: Desk, subjects: Sequence[str]) -> Mapping[str, When]:
    """Say when each newcomer is asked to agree to what belongs where in their project's channel."""
    found = await travellers(desk.team, subjects)
    rows = await store.find_all(desk.team, [one.place.project_channel for one in found.values()])
    book = desk.playbook.purpose

    def key(one: Traveller) -> str:
        row = rows.get(one.place.project_channel)
        return draw.ask_key(row, one.user_id) if row else ""

    def wanted(one: Traveller) -> bool:
        row = rows.get(one.place.project_channel)
        return row is not None and one.user_id not in store.agreed(row)

    there = [one for one in found if wanted(found[one])]
    return await once(desk, there, key, lambda one: (book.ask_day, book.ask_at, one.person.zone)) if there else {}


async def newcomer(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Ask newcomers on their second day."""
    found = await travellers(desk.team, [one.subject for one in due])
    rows = await store.find_all(desk.team, [one.place.project_channel for one in found.values()])
    letters: list[Letters] = []
    for user_id, one in found.items():
        row = rows.get(one.place.project_channel)
        if row is not None and user_id not in store.agreed(row):
            letters += [_question(row, user_id), *await _card(desk, row)]
    return letters


async def _sample(desk: Desk, traveller: Traveller) -> draw.Drawn | None:
    row = await store.find(desk.team, traveller.place.project_channel)
    return draw.ask(row) if row else None


ROUTES: tuple[Route, ...] = (
    Route(Kind.ACTION, draw.OPEN, opened, opens=True),
    Route(Kind.ACTION, draw.EDIT, opened, opens=True),
    Route(Kind.ACTION, draw.AGREE, agreed),
    Route(Kind.ACTION, draw.DISCUSS, discuss, opens=True),
    Route(Kind.FORM, draw.FORM, saved),
    Route(Kind.FORM, draw.WORDS, told),
)
DUTIES: tuple[Duty, ...] = (Duty(NEWCOMER, newcomer, next_newcomer, WEEK, for_contractors=True, once=True),)
SAMPLES: tuple[Sample, ...] = (
    Sample(phrase("What belongs where"), "contractor", phrase("Day 2, 09:30 on the contractor's clock"), _sample),
)
