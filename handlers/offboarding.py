"""Offboarding: a form with a preview, moving the last day, taking it back, and the page of a parting."""

from collections.abc import Mapping
from datetime import date, timedelta

from blocks import offboarding as draw
from blocks import offboarding_letter as letter
from blocks.contractor import long_day
from blocks.kit import View
from blocks.offboarding import Filled
from handlers import offboarding_handover as handover
from handlers.contract import (
    Call,
    Desk,
    FixFields,
    Kind,
    Letters,
    OpenModal,
    ReplaceModal,
    Reply,
    Route,
    Say,
    memo,
    soon,
)
from handlers.offboarding_clock import DUTIES, SAMPLES, plan, unplan
from handlers.offboarding_work import (
    NONE,
    NOT_YOURS,
    Seat,
    choices,
    follow,
    gather,
    manager_of,
    place_names,
    seat,
    taker_of,
    unfit,
)
from playbook.days import last_working_day, local_day, read_weekdays
from playbook.offboarding import NOBODY, PRIVATE, problem
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.words import clean, mentioned
from storage import contractor
from storage import contractor_draft as drafts
from storage import offboarding as store
from storage.columns import new_id
from storage.growth_tables import Offboarding
from storage.outbox import Lane, Post

WHOM = phrase("Say whose last day it is, like `/contractor offboard @person`. `/contractor` lists everybody.")
OVER = phrase("What you had filled in was kept for a day and is gone now. Please fill it in once more.")
LEFT = phrase("Their path is over already. `/contractor return` with their name lays a new one.")
TAKES_OVER = phrase("The day-to-day work, and where everything stands")


async def command(call: Call, desk: Desk) -> Reply:
    """Answer `/contractor offboard @person`."""
    user_id = mentioned(call.text)
    if not user_id:
        raise Sorry(WHOM)
    return await _opened(call, desk, await seat(call, desk, user_id))


async def opened(call: Call, desk: Desk) -> Reply:
    """Open the form, or the page of what is under way, from a button; a contractor's own without a value."""
    return await _opened(call, desk, await seat(call, desk, call.value or call.user_id))


async def _opened(call: Call, desk: Desk, one: Seat) -> Reply:
    row = await store.current(desk.team, one.place.user_id)
    if row is not None:
        return OpenModal(view=await _page(desk, one, row))
    if not one.leads:
        raise Sorry(NONE)
    if one.place.ended_at is not None:
        raise Sorry(LEFT)
    return OpenModal(view=await _form(call, desk, one, None))


async def _page(desk: Desk, one: Seat, row: Offboarding, lead: str = "") -> View:
    parting = await gather(desk, row)
    return draw.page(parting, memo("", row.user_id), leads=one.leads, own=one.own, lead=lead)


async def change(call: Call, desk: Desk) -> Reply:
    """Open the form about a parting that is under way, with what it holds."""
    one = await seat(call, desk, call.value, leads=True)
    row = (await store.under_way(desk.team, [call.value])).get(call.value)
    if row is None:
        raise Sorry(NONE)
    return ReplaceModal(view=await _form(call, desk, one, row))


async def _form(call: Call, desk: Desk, one: Seat, row: Offboarding | None) -> View:
    """Draw the form: with what was typed before, else what the parting holds, else what is usual."""
    user_id, book = one.place.user_id, desk.playbook.offboarding
    typed = await drafts.find(desk.team, call.user_id, _draft(user_id), desk.now)
    places = await choices(desk, one.place)
    filled = _thawed(typed) if typed else _known(await gather(desk, row)) if row else _usual(desk, one, places)
    if filled.thanks_to not in {value for _, value in places}:
        filled = Filled(filled.last_on, filled.to_id, filled.thanks, PRIVATE, filled.door)
    here = call.memo_channel if call.view_id else call.channel_id
    return draw.form(user_id, filled, places, book, memo(here, user_id))


def _draft(user_id: str) -> str:
    return f"offboarding:{user_id}"


def _thawed(values: Mapping[str, str]) -> Filled:
    return Filled(
        date.fromisoformat(values["last_on"]), values["to_id"], values["thanks"], values["thanks_to"], values["door"]
    )


def _known(parting: draw.Parting) -> Filled:
    row = parting.row
    return Filled(row.last_on, taker_of(parting), row.thanks, row.thanks_to or NOBODY, row.door)


def _usual(desk: Desk, one: Seat, places: draw.Choices) -> Filled:
    """Suggest the last working day of the usual notice, and words to begin with."""
    book = desk.playbook.offboarding
    today = local_day(desk.now, one.leaver.zone)
    suggested = today + timedelta(days=book.notice_days + 1)
    last = last_working_day(suggested, read_weekdays(one.place.weekdays))
    return Filled(last, "", book.words.thanks, places[0][1], book.words.door)


async def filled(call: Call, desk: Desk) -> Reply:
    """Show what would happen, with everything that was filled in kept."""
    one = await seat(call, desk, call.memo_record, leads=True)
    if one.place.ended_at is not None:
        raise Sorry(LEFT)
    values = {name: clean(call.one(name)) for name in ("last_on", "to_id", "thanks", "thanks_to", "door")}
    errors = await _errors(desk, one, values)
    if errors:
        return FixFields(errors)
    await drafts.keep(desk.team, call.user_id, _draft(one.place.user_id), values, desk.now)
    under_way = await store.under_way(desk.team, [one.place.user_id])
    place = (await place_names(desk, one.place)).get(values["thanks_to"], "")
    view = draw.preview(
        one.place.user_id, _thawed(values), place, await _notes(desk, one, values), call.memo, change=bool(under_way)
    )
    return ReplaceModal(view=view)


async def _errors(desk: Desk, one: Seat, values: dict[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    try:
        wrong = problem(
            date.fromisoformat(values["last_on"]), local_day(desk.now, one.leaver.zone), desk.playbook.offboarding
        )
    except ValueError:
        wrong = phrase("Please choose a day.")
    found |= {"last_on": wrong} if wrong else {}
    wrong = await unfit(desk, values["to_id"], one.place.user_id) if values["to_id"] else ""
    found |= {"to_id": wrong} if wrong else {}
    if values["thanks_to"] not in {NOBODY, ""} and not values["thanks"]:
        found["thanks"] = phrase("Please write a few words, or choose “No words from me” below.")
    if values["thanks_to"] not in {value for _, value in await choices(desk, one.place)}:
        found["thanks_to"] = phrase("I can't post there just now. Please choose another place.")
    return found


async def _notes(desk: Desk, one: Seat, values: dict[str, str]) -> list[str]:
    """Say what is allowed and yet worth a thought."""
    last, today = date.fromisoformat(values["last_on"]), local_day(desk.now, one.leaver.zone)
    leads = len(await contractor.managed_by(desk.team, [one.place.user_id]))
    said_of = (
        phrase("This day has passed, so everything ends at once.") if last < today else "",
        phrase("They have not started yet: nothing that was planned for their start is sent after this.")
        if last < one.place.start_date
        else "",
        phrase("This is none of their working days; it ends in the evening all the same.")
        if last >= today and last.weekday() not in read_weekdays(one.place.weekdays)
        else "",
        phrase("Nobody takes over yet. You can choose somebody now, or add things one by one.")
        if not values["to_id"]
        else "",
        phrase(
            "They manage {leads} of the contractors: choose somebody else for them before the last day.", leads=leads
        )
        if leads
        else "",
    )
    return [note for note in said_of if note]


async def back(call: Call, desk: Desk) -> Reply:
    """Go back to the form, with everything that was filled in."""
    one = await seat(call, desk, call.memo_record, leads=True)
    row = (await store.under_way(desk.team, [one.place.user_id])).get(one.place.user_id)
    return ReplaceModal(view=await _form(call, desk, one, row))


async def begun(call: Call, desk: Desk) -> Reply:
    """Begin the parting that was previewed, or change the one that is under way."""
    one = await seat(call, desk, call.memo_record, leads=True)
    user_id = one.place.user_id
    if one.place.ended_at is not None:
        raise Sorry(LEFT)
    typed = await drafts.take(desk.team, call.user_id, _draft(user_id), desk.now)
    if typed is None:
        raise Sorry(OVER)
    row = (await store.under_way(desk.team, [user_id])).get(user_id)
    if row is not None:
        return await _changed(call, desk, one, row, _thawed(typed))
    return await _begin(call, desk, one, _thawed(typed))


async def _begin(call: Call, desk: Desk, one: Seat, wanted: Filled) -> Reply:
    user_id = one.place.user_id
    row = Offboarding(
        id=new_id(),
        team_id=desk.team.team_id,
        user_id=user_id,
        last_on=wanted.last_on,
        began_at=desk.now,
        began_by=call.user_id,
        thanks=wanted.thanks,
        thanks_to=wanted.thanks_to,
        door=wanted.door,
    )
    desk.team.add(row)
    await desk.team.session.flush()
    letters: list[Letters] = []
    if wanted.to_id:
        letters += await handover.kept(desk, row, TAKES_OVER, wanted.to_id, "", call.user_id)
    manager = await manager_of(desk, row, one.place)
    told = letter.told(await gather(desk, row), manager)
    letters.append(Post(letter.told_key(row), user_id, *told, Lane.AGENDA, timedelta(days=7), draw_about(row)))
    if manager not in {"", call.user_id}:
        letters.append(Post(f"offboarding:{row.id}:began:{manager}", manager, *letter.began(row), Lane.AGENDA))
    await plan(desk, row)
    text = phrase(
        "<@{user_id}> is told now. Operations has the tools, and you hear from me on the evening of the last day.",
        user_id=user_id,
    )
    return Say(text=text).also(*await follow(desk, row, *letters))


def draw_about(row: Offboarding) -> str:
    """Name what the letters of a parting are about."""
    return f"offboarding:{row.id}"


async def _changed(call: Call, desk: Desk, one: Seat, row: Offboarding, wanted: Filled) -> Reply:
    before, letters = row.last_on, list[Letters]()
    row.last_on, row.thanks, row.thanks_to = wanted.last_on, wanted.thanks, wanted.thanks_to
    row.door = wanted.door
    if wanted.to_id and wanted.to_id != taker_of(await gather(desk, row)):
        letters += await handover.kept(desk, row, TAKES_OVER, wanted.to_id, "", call.user_id)
    if before != row.last_on:
        drawn = letter.moved(row, before, await manager_of(desk, row, one.place))
        key = f"offboarding:{row.id}:moved:{desk.now.isoformat()}"
        letters.append(Post(key, row.user_id, *drawn, Lane.AGENDA, timedelta(days=7)))
        await plan(desk, row)
    return Say(
        text=phrase("Saved. The last day of <@{row}> is {last_on}.", row=row.user_id, last_on=long_day(row.last_on))
    ).also(*await follow(desk, row, *letters))


async def cancelled(call: Call, desk: Desk) -> Reply:
    """Take an offboarding back before the last evening."""
    row = await store.find(desk.team, call.value)
    if row is None:
        raise Sorry(NOT_YOURS)
    one = await seat(call, desk, row.user_id, leads=True)
    if row.ended_at is not None:
        raise Sorry(LEFT)
    if row.cancelled_at is None:
        row.cancelled_at = desk.now
        await unplan(desk, row)
        await soon(desk, ("access.closing", row.id))
    stays = letter.stays(await manager_of(desk, row, one.place))
    told = Post(f"offboarding:{row.id}:stays", row.user_id, *stays, Lane.AGENDA, timedelta(days=7))
    return ReplaceModal(view=draw.cancelled(row.user_id)).also(*await follow(desk, row, told))


__all__ = ["DUTIES", "ROUTES", "SAMPLES", "command"]

ROUTES: tuple[Route, ...] = (
    Route(Kind.ACTION, draw.OPEN, opened, opens=True),
    Route(Kind.FORM, draw.FORM, filled),
    Route(Kind.FORM, draw.BEGIN, begun),
    Route(Kind.ACTION, draw.BACK, back),
    Route(Kind.ACTION, draw.CHANGE, change),
    Route(Kind.ACTION, draw.CANCEL, cancelled),
    *handover.ROUTES,
)
