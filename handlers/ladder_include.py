"""Answering which discussion a contractor should be in: the form, what is kept, and what the contractor is told."""

from datetime import date, timedelta

from blocks import ladder_include as draw
from handlers.contract import Call, Desk, FixFields, OpenModal, Reply, Say, memo, soon
from handlers.ladder_case import seen
from handlers.ladder_clock import asked
from playbook.ladder import CHANNEL, DOCUMENT, NOT_NOW, month_of
from playbook.learn import good_link
from playbook.roles import Action
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.words import clean, first_name
from storage import ladder as store
from storage import people
from storage.growth_tables import Inclusion
from storage.outbox import Lane, Post
from storage.path import Traveller

WEEK = timedelta(days=7)
NEITHER = phrase("Please choose a channel, or give the address of a document.")
ARCHIVED = phrase("This channel is archived. Please choose one that is alive.")
ONE_ROOM = phrase(
    "{who} is a single-channel guest, and Slack lets them into one channel only. A document works for them."
)
ANSWERED = phrase("That was answered already. `/contractor ladder` with their name changes it.")
SINGLE = "single"


def _read(record: str) -> tuple[str, date | None]:
    user_id, _, day = record.partition(draw.SIGN)
    try:
        return user_id, date.fromisoformat(day).replace(day=1) if day else None
    except ValueError:
        return user_id, None


async def _question(call: Call, desk: Desk, record: str) -> tuple[Traveller, date]:
    """Give the contractor and the month; without a month, or in one to come, it is about this one."""
    user_id, month = _read(record)
    traveller = await seen(call, desk, user_id, Action.LADDER_LEAD)
    this = month_of(desk.now, traveller.zone_of("manager"))
    return traveller, min(month or this, this)


async def including(call: Call, desk: Desk) -> Reply:
    """Ask which discussion."""
    traveller, month = await _question(call, desk, call.value)
    row = (await store.included(desk.team, [traveller.user_id], month)).get(traveller.user_id)
    note = memo("" if call.view_id else call.channel_id, draw.record(traveller.user_id, month))
    return OpenModal(view=draw.form(traveller.user_id, row, desk.playbook.ladder, note))


async def included(call: Call, desk: Desk) -> Reply:
    """Keep the answer, note the evidence, and tell the contractor in their manager's words."""
    traveller, month = await _question(call, desk, call.memo_record)
    channel_id, link, words = call.one("channel"), call.one("link"), clean(call.one("words"))
    is_in = bool(channel_id) and await people.is_in(desk.team, channel_id, traveller.user_id)
    wrong = await _wrong(desk, traveller, channel_id, link, words, is_in=is_in)
    if wrong:
        return FixFields(wrong)
    row = await _answer(desk, traveller, month, CHANNEL if channel_id else DOCUMENT, call.user_id)
    same = (row.channel_id, row.link, row.words) == (channel_id, link, words)
    row.channel_id, row.link, row.words = channel_id, link, words
    await _evidence(desk, row)
    await desk.team.session.flush()
    redrawn = await asked(desk, traveller.place.manager_id, month)
    if same and row.told_at is not None:
        return Say(text=phrase("Nothing has changed, so nobody is told again.")).also(*redrawn)
    row.told_at = desk.now
    key = f"ladder.included:{row.user_id}:{desk.now.isoformat()}"
    told = Post(key, row.user_id, *draw.told(row, is_in=is_in), Lane.AGENDA, good_for=WEEK)
    text = (
        draw.step_left(row) if channel_id and not is_in else phrase("<@{row}> is told in your words.", row=row.user_id)
    )
    return Say(text=text).also(told, *redrawn)


async def _wrong(desk: Desk, one: Traveller, channel_id: str, link: str, words: str, *, is_in: bool) -> dict[str, str]:
    channel = await people.find_channel(desk.team, channel_id) if channel_id else None
    found = {
        "channel": NEITHER if not channel_id and not link else "",
        "link": "" if good_link(link, desk.playbook.learn.most_link) else desk.playbook.learn.sentences.link,
        "words": "" if words else phrase("Please write a few words; they are what they read."),
    }
    if channel is not None and channel.archived:
        found["channel"] = ARCHIVED
    if channel_id and not is_in and one.person.guest == SINGLE:
        found["channel"] = ONE_ROOM.format(who=first_name(one.person.name))
    return {name: sentence for name, sentence in found.items() if sentence}


async def _answer(desk: Desk, one: Traveller, month: date, answer: str, by: str) -> Inclusion:
    await store.ask(desk.team, [one.user_id], month, desk.now)
    row = await store.answering(desk.team, one.user_id, month)
    if row is None:
        raise Sorry(ANSWERED)
    row.answer, row.answered_at, row.answered_by = answer, desk.now, by
    await soon(desk, ("home.redraw", one.user_id), ("home.redraw", by))
    return row


async def _evidence(desk: Desk, row: Inclusion) -> None:
    book = desk.playbook.ladder.inclusion
    for key, there in ((book.channel, row.channel_id), (book.document, row.link)):
        if there:
            await store.note_once(desk.team, row.user_id, key, row.answered_by, desk.now, row.words, row.link)


async def not_now(call: Call, desk: Desk) -> Reply:
    """Keep that this month is not the one; nobody is told."""
    traveller, month = await _question(call, desk, call.value)
    before = (await store.included(desk.team, [traveller.user_id], month)).get(traveller.user_id)
    if before is not None and before.answer:
        raise Sorry(ANSWERED)
    await _answer(desk, traveller, month, NOT_NOW, call.user_id)
    await desk.team.session.flush()
    return Reply().also(*await asked(desk, traveller.place.manager_id, month))
