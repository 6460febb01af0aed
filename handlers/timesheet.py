"""The monthly timesheet: asked for by its contractor, their manager or operations, and offered once a month."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial

from blocks import timesheet as draw
from blocks.kit import day_name
from blocks.parcel import COMING
from blocks.timesheet_file import files
from handlers import who
from handlers.contract import (
    Call,
    Desk,
    Due,
    Duty,
    FixFields,
    Handler,
    Kind,
    Letters,
    Maker,
    OpenModal,
    Reply,
    Route,
    Sample,
    Say,
    memo,
    send_file,
)
from handlers.path import may_about
from playbook.days import local_day
from playbook.month import Month
from playbook.roles import Action
from playbook.sorry import Sorry
from playbook.timesheet import Timesheet, offered_at, read_month, usual
from playbook.tongue import phrase
from playbook.words import MENTION, mentioned
from storage import people
from storage import timesheet as store
from storage.outbox import Lane, Post
from storage.parcel import Parcel
from storage.path import Traveller, travellers
from storage.tables import Contractor, Person
from storage.timetable import When

WHAT, OFFER = "timesheet", "timesheet.month"
WEEK = timedelta(days=7)
NOT_YOURS = phrase("A timesheet is for its contractor, their manager and operations. `/contractor` shows who is yours.")
NOBODY = phrase("Say whose, like `/contractor timesheet @person 2026-10`. `/circle timesheet` gives you your own.")
TOO_EARLY = phrase("The path of {who} began on {day} {year}, and nothing was logged before; so there is no {month}.")


async def command(call: Call, desk: Desk) -> Reply:
    """Answer `/circle timesheet` with or without a month."""
    await who.contractor(call, desk)
    return await _send(call, desk, call.user_id, call.text)


async def verb(call: Call, desk: Desk) -> Reply:
    """Answer `/contractor timesheet @person` with or without a month."""
    user_id = mentioned(call.text)
    if not user_id:
        raise Sorry(NOBODY)
    return await _send(call, desk, user_id, MENTION.sub(" ", call.text))


async def _send(call: Call, desk: Desk, user_id: str, text: str) -> Reply:
    """Have the files of a month made and sent, once it is known that there can be such a month."""
    person, place = await _whose(desk, call.user_id, user_id)
    month = read_month(text, local_day(desk.now, person.zone), desk.playbook.timesheet)
    if problem := await _too_early(desk, person, place, month):
        raise Sorry(problem)
    await send_file(desk, call.user_id, WHAT, f"{user_id}:{month.key}")
    return Say(text=COMING)


async def _whose(desk: Desk, by: str, user_id: str) -> tuple[Person, Contractor]:
    """Give a contractor, also one who has left, to somebody who may have their timesheet."""
    asking = await people.find(desk.team, by)
    person, place = await people.actor(desk.team, user_id)
    if asking is None or asking.deactivated or person is None or place is None:
        raise Sorry(NOT_YOURS)
    if not await may_about(desk, Action.TIMESHEET_READ, asking, place):
        raise Sorry(NOT_YOURS)
    return person, place


async def _too_early(desk: Desk, person: Person, place: Contractor, month: Month) -> str:
    """Say that a month was before somebody's time; "" when it was not."""
    first = await store.first_day(desk.team, person.user_id)
    began = min(place.start_date, first) if first else place.start_date
    if month.last >= began:
        return ""
    return TOO_EARLY.format(who=person.name, day=day_name(began), year=began.year, month=month.title)


async def opened(call: Call, desk: Desk) -> Reply:
    """Ask for the month, from a button."""
    person, place = await _whose(desk, call.user_id, call.value or call.user_id)
    book, today = desk.playbook.timesheet, local_day(desk.now, person.zone)
    months = [Month.of(today)]
    for _ in range(book.months_back):
        months.append(months[-1].previous)
    possible = [one for one in months if not await _too_early(desk, person, place, one)] or months[:1]
    chosen = usual(today, book)
    where = memo("" if call.view_id else call.channel_id, person.user_id)
    chosen = chosen if chosen in possible else possible[0]
    return OpenModal(view=draw.form(person.user_id, possible, chosen, where, own=person.user_id == call.user_id))


async def sent(call: Call, desk: Desk) -> Reply:
    """Have the chosen month made."""
    try:
        return await _send(call, desk, call.memo_record, call.one("month"))
    except Sorry as sorry:
        return FixFields({"month": str(sorry)})


async def wanted(call: Call, desk: Desk) -> Reply:
    """Have the month made that was offered."""
    user_id, _, month = call.value.partition(":")
    return await _send(call, desk, user_id, month)


async def make(desk: Desk, user_id: str, value: str) -> Parcel:
    """Put a month together; the files are drawn afterwards."""
    whose, _, month = value.partition(":")
    person, _ = await _whose(desk, user_id, whose)
    sheet = await store.sheet(desk.team, person, Month.from_key(month), desk.now)
    return Parcel(draw.words(sheet, own=whose == user_id), partial(files, sheet, desk.playbook.timesheet))


# Unasked ----------------------------------------------------------------------------------------


async def next_offer(desk: Desk, subjects: Sequence[str]) -> Mapping[str, When]:
    """Say when each contractor's next first working morning of a month is."""
    found = await travellers(desk.team, subjects)
    whens = {one: offered_at(each.hours, desk.now, desk.playbook.timesheet) for one, each in found.items()}
    return {one: When(at, local_day(at, found[one].path.zone)) for one, at in whens.items()}


async def offer(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Offer last month's timesheet to those who logged anything in it."""
    found = await travellers(desk.team, [one.subject for one in due])
    letters: list[Letters] = []
    for one in due:
        traveller = found.get(one.subject)
        if traveller is not None:
            letters += await _offered(desk, traveller, Month.of(local_day(one.due_at, traveller.path.zone)).previous)
    return letters


async def _offered(desk: Desk, one: Traveller, month: Month) -> Sequence[Letters]:
    sheet = await store.sheet(desk.team, one.person, month, desk.now)
    if not sheet.whole.total:
        return ()
    key, good_for = f"timesheet:{one.user_id}:{month.key}", timedelta(days=desk.playbook.timesheet.good_for_days)
    return (Post(key, one.user_id, *draw.offer(sheet), Lane.NUDGE, good_for, about=key, nudge=OFFER),)


async def _sample(desk: Desk, traveller: Traveller) -> draw.Drawn:
    month = Month.of(local_day(desk.now, traveller.path.zone)).previous
    days = [day for day in month.days if day.weekday() in traveller.hours.weekdays]
    project = traveller.place.project
    about = (traveller.person.name, traveller.user_id, traveller.path.zone, month, month.next.first)
    return draw.offer(Timesheet(*about, {(day, project): 300 for day in days}))


VERBS: Mapping[str, Handler] = {"timesheet": verb}
ROUTES: tuple[Route, ...] = (
    Route(Kind.ACTION, draw.OPEN, opened, opens=True),
    Route(Kind.ACTION, draw.SEND, wanted),
    Route(Kind.FORM, draw.FORM, sent),
)
MAKERS: Mapping[str, Maker] = {WHAT: make}
DUTIES: tuple[Duty, ...] = (Duty(OFFER, offer, next_offer, WEEK, for_contractors=True),)
SAMPLES: tuple[Sample, ...] = (
    Sample(
        phrase("Your timesheet of last month"), "contractor", phrase("their first working morning of a month"), _sample
    ),
)
