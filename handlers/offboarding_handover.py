"""Handing over: what goes to whom, giving it with a link, and saying that one has it."""

from datetime import timedelta

from blocks import offboarding as draw
from blocks import offboarding_letter as letter
from blocks.kit import View
from handlers.contract import (
    Call,
    Desk,
    FixFields,
    Kind,
    Letters,
    OpenModal,
    ReplaceMessage,
    ReplaceModal,
    Reply,
    Route,
    Say,
    memo,
)
from handlers.offboarding_work import GONE, NONE, Seat, follow, gather, seat, taker_of, unfit
from handlers.who import asker
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.words import clean
from storage import offboarding as store
from storage.growth_tables import Handover, Offboarding
from storage.outbox import Lane, Post, Redraw

FULL = phrase("The list is full. Please put several things into one document, and hand that over.")
WEEK = timedelta(days=7)
PAGE = "page"


async def kept(desk: Desk, row: Offboarding, words: str, to_id: str, link: str, by: str) -> list[Letters]:
    """Put something on the list and tell who gets it; with a link from the contractor it is given at once."""
    item = await store.add_item(desk.team, row, words, to_id, by, desk.now)
    item.link = link
    if link and by == row.user_id:
        item.given_at = desk.now
        return [_given(item)]
    if to_id == by:
        return []
    return [Post(letter.item_key(item), to_id, *letter.coming(item, row.last_on), Lane.AGENDA, WEEK)]


def _given(item: Handover) -> Post:
    return Post(letter.given_key(item), item.to_id, *letter.given(item), Lane.AGENDA, WEEK)


async def _at(call: Call, desk: Desk, offboarding_id: str) -> tuple[Seat, Offboarding]:
    """Bring somebody and a parting that can still be worked on together."""
    row = await store.find(desk.team, offboarding_id)
    if row is None or row.cancelled_at is not None or row.returned_at is not None:
        raise Sorry(NONE)
    return await seat(call, desk, row.user_id), row


async def _thing(call: Call, desk: Desk, handover_id: str) -> tuple[Seat, Offboarding, Handover]:
    item = await store.item(desk.team, handover_id)
    if item is None:
        raise Sorry(GONE)
    one, row = await _at(call, desk, item.offboarding_id)
    return one, row, item


def _in_page(call: Call) -> bool:
    return bool(call.view_id) and not call.from_home


def _over(call: Call, view: View) -> Reply:
    """Open a small form: in the place of the page if somebody is on it, and it leads back there."""
    return ReplaceModal(view=view) if _in_page(call) else OpenModal(view=view)


def _note(call: Call, record: str) -> str:
    return memo(call.channel_id, record, PAGE if _in_page(call) else "")


async def _done(call: Call, desk: Desk, row: Offboarding, text: str) -> Reply:
    """Say what was done: on the page, if the form had taken its place."""
    if call.memo_origin != PAGE:
        return Say(text=text)
    return ReplaceModal(view=await _page(call, desk, row, text))


async def _page(call: Call, desk: Desk, row: Offboarding, lead: str = "") -> View:
    one = await seat(call, desk, row.user_id)
    return draw.page(await gather(desk, row), memo("", row.user_id), leads=one.leads, own=one.own, lead=lead)


async def add(call: Call, desk: Desk) -> Reply:
    """Open the form for something to hand over."""
    _, row = await _at(call, desk, call.value)
    parting = await gather(desk, row)
    if len(parting.items) >= desk.playbook.offboarding.most_items:
        raise Sorry(FULL)
    return _over(call, draw.add_form(parting, taker_of(parting), desk.playbook.offboarding, _note(call, row.id)))


async def added(call: Call, desk: Desk) -> Reply:
    """Put it on the list."""
    _, row = await _at(call, desk, call.memo_record)
    words, to_id = clean(call.one("words")), call.one("to_id")
    wrong = await unfit(desk, to_id, row.user_id)
    errors = ({} if words else {"words": phrase("Please say what it is.")}) | ({"to_id": wrong} if wrong else {})
    if len((await gather(desk, row)).items) >= desk.playbook.offboarding.most_items:
        errors = {"words": FULL}
    if errors:
        return FixFields(errors)
    letters = await kept(desk, row, words, to_id, call.one("link"), call.user_id)
    letters = [*await follow(desk, row, *letters)]
    return (await _done(call, desk, row, phrase("It is on the list, for <@{to_id}>.", to_id=to_id))).also(*letters)


async def give(call: Call, desk: Desk) -> Reply:
    """Ask where a thing is that is given now."""
    _, _, item = await _thing(call, desk, call.value)
    if item.taken_at is not None:
        raise Sorry(phrase("They have it already. Nothing was changed."))
    return _over(call, draw.give_form(item, _note(call, item.id)))


async def given(call: Call, desk: Desk) -> Reply:
    """Bring it to who gets it."""
    _, row, item = await _thing(call, desk, call.memo_record)
    item.link, fresh = call.one("link"), item.given_at is None
    item.given_at = item.given_at or desk.now
    letters: list[Letters] = [_given(item), Redraw(letter.given_key(item), *letter.given(item))]
    text = phrase("<@{to_id}> is told now.", to_id=item.to_id) if fresh else phrase("The link is changed.")
    letters = [*await follow(desk, row, *letters)]
    return (await _done(call, desk, row, text)).also(*letters)


async def take(call: Call, desk: Desk) -> Reply:
    """Note that who gets it has it."""
    who, item = await asker(call, desk), await store.item(desk.team, call.value)
    if item is None or item.to_id != who.person.user_id:
        raise Sorry(GONE)
    row = await store.find(desk.team, item.offboarding_id)
    if row is None:
        raise Sorry(GONE)
    fresh = item.taken_at is None
    item.taken_at, item.taken_by = item.taken_at or desk.now, call.user_id
    letters: list[Letters] = [Redraw(letter.given_key(item), *letter.given(item))]
    letters += [Redraw(letter.item_key(item), *letter.coming(item, row.last_on))]
    if fresh and row.ended_at is None:
        letters.append(Post(f"handover:{item.id}:taken", row.user_id, *letter.taken(item), Lane.AGENDA))
    text, blocks = letter.given(item)
    return ReplaceMessage(text=text, blocks=blocks).also(*await follow(desk, row, *letters))


async def drop(call: Call, desk: Desk) -> Reply:
    """Take something off the list that nobody has taken over."""
    _, row, item = await _thing(call, desk, call.value)
    if not await store.drop_item(desk.team, item.id):
        raise Sorry(phrase("They have it already, so it stays on the list."))
    letters = await follow(desk, row)
    return ReplaceModal(view=await _page(call, desk, row)).also(*letters)


ROUTES: tuple[Route, ...] = (
    Route(Kind.ACTION, draw.ADD, add, opens=True),
    Route(Kind.FORM, draw.ADD_FORM, added),
    Route(Kind.ACTION, draw.GIVE, give, opens=True),
    Route(Kind.FORM, draw.GIVE_FORM, given),
    Route(Kind.ACTION, draw.TAKE, take),
    Route(Kind.ACTION, draw.DROP, drop),
)
