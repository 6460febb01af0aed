"""Exports: choosing what to take out, checking who may have it, and making the files."""

from collections.abc import Collection, Sequence
from datetime import date
from functools import partial

from blocks import export as draw
from blocks.export_file import files
from blocks.parcel import COMING
from handlers import who
from handlers.contract import (
    Call,
    Desk,
    Duty,
    FixFields,
    Handler,
    Kind,
    Maker,
    OpenModal,
    Reply,
    Route,
    Say,
    memo,
    send_file,
)
from handlers.path import actor, may_about, subject
from playbook.days import local_day
from playbook.export import EVERYBODY, MYSELF, OWN_DAYS, SPANS, Order, Span, read_order
from playbook.roles import Action, may
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.words import mentioned
from storage import export as store
from storage import people
from storage.export import Records
from storage.parcel import Parcel
from storage.tables import Contractor, Person

WHAT = "export"
NOBODY = phrase("There is nobody whose records you may take out. Managers have their contractors', admins everybody's.")
NOT_YOURS = phrase(
    "You may not take out their records: contractors have their own, managers their contractors', admins all."
)
NOTHING = phrase("There is nothing of that in these days. Choose others with `/circle export` or `/contractor export`.")
TOO_MUCH = phrase("That is more than {most} rows in one file. Please choose fewer days, or fewer people at a time.")


async def command(call: Call, desk: Desk) -> Reply:
    """Answer `/circle export`: one's own records, or those somebody manages who is not on the path."""
    found = await who.asker(call, desk)
    if found.contractor is None and await _theirs(desk, found.person):
        return await _opened(call, desk, "")
    await who.contractor(call, desk)
    return OpenModal(view=draw.form(desk.playbook.export, memo(_where(call), MYSELF), MYSELF))


async def verb(call: Call, desk: Desk) -> Reply:
    """Answer `/contractor export` and `/contractor export @person`."""
    return await _opened(call, desk, mentioned(call.text))


async def pressed(call: Call, desk: Desk) -> Reply:
    """Open the form from a button: for a contractor, or for oneself."""
    return await (_opened(call, desk, call.value) if call.value else command(call, desk))


async def _opened(call: Call, desk: Desk, user_id: str) -> Reply:
    found = await who.asker(call, desk)
    theirs = {one.user_id for one in await _theirs(desk, found.person)}
    if user_id and user_id not in theirs:
        raise Sorry(NOT_YOURS)
    if not theirs:
        own = phrase(" `/circle export` gives you your own.") if found.contractor else ""
        raise Sorry(f"{NOBODY}{own}")
    chosen = [user_id] if user_id else []
    return OpenModal(view=draw.form(desk.playbook.export, memo(_where(call), EVERYBODY), EVERYBODY, chosen))


def _where(call: Call) -> str:
    return "" if call.view_id else call.channel_id


async def _theirs(desk: Desk, person: Person) -> Sequence[Contractor]:
    """Give every contractor whose records somebody may take out."""
    acting = await actor(desk, person)
    every = await store.places(desk.team)
    return [one for one in every if may(Action.DATA_EXPORT_ALL, acting, subject(one))]


async def sent(call: Call, desk: Desk) -> Reply:
    """Have the files made that were asked for, once it is known that there is something and not too much."""
    found = await who.asker(call, desk)
    span, errors = _span(call, local_day(desk.now, found.person.zone))
    kinds = call.many("kinds")
    whom = (MYSELF,) if call.memo_record == MYSELF else call.many("whom") or (EVERYBODY,)
    errors |= {} if kinds else {"kinds": phrase("Please choose what you want.")}
    if span is None or errors:
        return FixFields(errors)
    order = Order(kinds, span, whom)
    ids = await _allowed(desk, found.person, order)
    if whom != (EVERYBODY,) and len(ids) < len(whom):
        return FixFields({"whom": NOT_YOURS})
    if await store.most(desk.team, kinds, ids, span) > desk.playbook.export.most_rows:
        return FixFields({"span": TOO_MUCH.format(most=f"{desk.playbook.export.most_rows:,}")})
    await send_file(desk, call.user_id, WHAT, order.write())
    return Say(text=COMING)


def _span(call: Call, today: date) -> tuple[Span | None, dict[str, str]]:
    """Read which days are wanted, or say what is missing."""
    chosen = call.one("span")
    if chosen in SPANS:
        return SPANS[chosen](today), {}
    if chosen != OWN_DAYS:
        return None, {"span": phrase("Please choose the days.")}
    errors = {name: phrase("Please choose this day.") for name in ("first", "last") if not call.one(name)}
    if errors:
        return None, errors
    first, last = date.fromisoformat(call.one("first")), date.fromisoformat(call.one("last"))
    return (None, {"last": phrase("This is before the first day.")}) if last < first else (Span(first, last), {})


async def _allowed(desk: Desk, person: Person, order: Order) -> Collection[str]:
    """Name those of an order whose records somebody may have; asked anew for each of them."""
    if order.own:
        _, place = await people.actor(desk.team, person.user_id)
        return {person.user_id} if place and await may_about(desk, Action.DATA_EXPORT, person, place) else set()
    every = {one.user_id: one for one in await _theirs(desk, person)}
    return set(every) if tuple(order.whom) == (EVERYBODY,) else set(every) & set(order.whom)


async def _looked_at(desk: Desk, person: Person, order: Order) -> Collection[str]:
    """Name those whose records somebody gets now, each asked about alone, as for every look at somebody's records."""
    allowed = await _allowed(desk, person, order)
    if order.own:
        return allowed
    theirs = [one for one in await store.places(desk.team) if one.user_id in allowed]
    return {one.user_id for one in theirs if await may_about(desk, Action.DATA_EXPORT_ALL, person, one)}


async def make(desk: Desk, user_id: str, value: str) -> Parcel:
    """Gather what an order is about; the files are written afterwards."""
    order, person = read_order(value), await people.find(desk.team, user_id)
    ids = await _looked_at(desk, person, order) if person and not person.deactivated else set()
    if not ids:
        raise Sorry(NOT_YOURS)
    if await store.most(desk.team, order.kinds, ids, order.span) > desk.playbook.export.most_rows:
        raise Sorry(TOO_MUCH.format(most=f"{desk.playbook.export.most_rows:,}"))
    records = await store.gather(desk.team, order.kinds, ids, order.span)
    counts = _counts(records)
    if not any((counts.logs, counts.blockers, counts.items, counts.results, counts.versions)):
        raise Sorry(NOTHING)
    names = sorted(records.name(one) for one in ids)
    words = draw.words(order.span, counts, order.whom[0], names)
    return Parcel(words, partial(files, order, records, desk.playbook))


def _counts(records: Records) -> draw.Counts:
    found = (records.logs, records.blockers, records.items, records.results, records.versions)
    return draw.Counts(*map(len, found))


VERBS: dict[str, Handler] = {"export": verb}
ROUTES: tuple[Route, ...] = (
    Route(Kind.ACTION, draw.OPEN, pressed, opens=True),
    Route(Kind.FORM, draw.FORM, sent),
)
MAKERS: dict[str, Maker] = {WHAT: make}
DUTIES: tuple[Duty, ...] = ()
