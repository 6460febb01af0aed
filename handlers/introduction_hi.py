"""Saying hi to a newcomer: the form, the words in the thread, and that the contractor reads them."""

from datetime import timedelta

from blocks import introduction as draw
from blocks.kit import Block, one_line
from handlers.contract import Call, Desk, FixFields, Kind, Letters, OpenModal, Reply, Route, Say, memo
from handlers.introduction_case import Case, card_key, cards, case_of
from handlers.introduction_post import GREETED
from handlers.who import asker
from playbook.introduction import State
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.words import clean, first_name
from storage import introduction as store
from storage import timetable
from storage.outbox import Lane, Post, Redraw
from storage.path import travellers
from storage.timetable import When

GONE = phrase("This introduction is not there any more, or the person has left. Thank you for wanting to say hi.")
EMPTY = phrase("Write a word or two, in any language.")
TOO_LONG = phrase("This holds up to {most} characters, and here are {length}.")


async def _begin(desk: Desk, user_id: str) -> Case:
    """Find the introduction that somebody wants to say hi under."""
    traveller = (await travellers(desk.team, [user_id], paused=True)).get(user_id)
    row = await store.find(desk.team, user_id)
    if traveller is None or row is None or row.state != State.POSTED:
        raise Sorry(GONE)
    return await case_of(desk, traveller, row)


async def say_hi(call: Call, desk: Desk) -> Reply:
    """Open the form with what the person had said already; the newcomer is told what it is for."""
    await asker(call, desk)
    case = await _begin(desk, call.value)
    if call.user_id == case.user_id:
        return Say(text=phrase("This is where others say hi to you. I bring you their words in our conversation."))
    before = await store.greeting(desk.team, case.user_id, call.user_id)
    name, book = case.traveller.person.name, desk.playbook.introduction
    words = before.words if before else ""
    return OpenModal(view=draw.hi_form(name, words, book, memo(call.channel_id, case.user_id)))


async def said(call: Call, desk: Desk) -> Reply:
    """Put somebody's words into the thread, or change them there."""
    who = await asker(call, desk)
    case = await _begin(desk, call.memo_record)
    words, most = clean(call.one("words")), desk.playbook.introduction.limits.greeting
    if call.user_id == case.user_id:
        raise Sorry(phrase("This is where others say hi to you."))
    if not words or len(words) > most:
        return FixFields({"words": TOO_LONG.format(most=most, length=len(words)) if words else EMPTY})
    fresh = await store.greet(desk.team, case.user_id, call.user_id, words, desk.now)
    shown = draw.greeting(call.user_id, who.person.name, words)
    letters = _fresh(call, case, shown) if fresh else _changed(call, case, shown)
    if fresh:
        pause = timedelta(minutes=desk.playbook.introduction.greetings_every)
        at = await store.next_telling(desk.team, case.user_id, desk.now, pause)
        await timetable.put(desk.team, GREETED, {case.user_id: When(at)})
    now = await case_of(desk, case.traveller, case.row)
    name = one_line(first_name(case.traveller.person.name), 40)
    text = (
        phrase("Your words are in the thread, and {name} reads them.", name=name)
        if fresh
        else phrase("Your words in the thread are changed.")
    )
    return Say(text=text).also(*letters, *cards(now))


def _fresh(call: Call, case: Case, shown: tuple[str, list[Block]]) -> tuple[Letters, ...]:
    posted = case.row.channel_id.split(",")
    where = call.memo_channel if call.memo_channel in posted else posted[0]
    key = _key(case.user_id, call.user_id, where)
    return (Post(key, where, *shown, Lane.CARD, thread_key=card_key(case.user_id, where)),)


def _changed(call: Call, case: Case, shown: tuple[str, list[Block]]) -> tuple[Letters, ...]:
    keys = (_key(case.user_id, call.user_id, one) for one in case.row.channel_id.split(","))
    return tuple(Redraw(key, *shown) for key in keys)


def _key(user_id: str, from_id: str, channel_id: str) -> str:
    return f"introduction:{user_id}:hi:{from_id}:{channel_id}"


ROUTES: tuple[Route, ...] = (
    Route(Kind.ACTION, draw.SAY_HI, say_hi, opens=True),
    Route(Kind.FORM, draw.HI_FORM, said),
)
