"""The audit log for admins: newest first, by person, subject, kind and time, and as a file."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from blocks import trail as draw
from blocks.kit import View
from blocks.parcel import COMING
from handlers.contract import (
    Call,
    Desk,
    Duty,
    Handler,
    Kind,
    OpenModal,
    ReplaceModal,
    Reply,
    Route,
    Say,
    memo,
    send_file,
)
from handlers.path import actor, looked
from handlers.who import asker, whom_to_ask
from playbook.roles import Action, may
from playbook.sorry import Sorry
from playbook.spreadsheet import written
from playbook.tongue import phrase
from playbook.trail import TrailBook
from playbook.words import mentioned
from storage import people
from storage import trail as store
from storage.outward_tables import Trail
from storage.parcel import Parcel
from storage.tables import Person
from storage.trail import Filter

NOT_YOURS = phrase("The audit log is for workspace admins; {ask} What concerns you is in `/circle mydata`.")
HEAD = (
    phrase("when (UTC)"),
    "who",
    phrase("who (id)"),
    phrase("look or change"),
    "what",
    "name",
    "about",
    phrase("about (id)"),
)


async def command(call: Call, desk: Desk) -> Reply:
    """Answer `/contractor trail [@person]`."""
    person = await _admin(call, desk)
    if call.kind is Kind.EVENT:
        text, blocks = draw.needs_a_button()
        return Say(text=text, blocks=blocks)
    return OpenModal(view=await _page(desk, person, draw.Chosen(about=mentioned(call.text))))


async def opened(call: Call, desk: Desk) -> Reply:
    """Open the audit log from a button, about somebody if the button says so."""
    person = await _admin(call, desk)
    return OpenModal(view=await _page(desk, person, draw.Chosen(about=call.value)))


async def filtered(call: Call, desk: Desk) -> Reply:
    """Show what was chosen."""
    person = await _admin(call, desk)
    chosen = draw.Chosen(call.one("actor"), call.one("about"), call.one("only") or "all", _days(call.one("days")))
    return ReplaceModal(view=await _page(desk, person, chosen))


async def turned(call: Call, desk: Desk) -> Reply:
    """Turn the page."""
    person = await _admin(call, desk)
    skip = int(call.value) if call.value.isdecimal() and len(call.value) < 10 else 0  # noqa: PLR2004 - no number so long
    if call.name == draw.NEWER:
        skip = max(skip - desk.playbook.trail.on_a_page, 0)
    return ReplaceModal(view=await _page(desk, person, _read(call.memo_record), skip))


async def file(call: Call, desk: Desk) -> Reply:
    """Have the lines that were chosen sent as a file."""
    await _admin(call, desk)
    await send_file(desk, call.user_id, "trail", call.memo_record)
    return Say(text=COMING)


async def _admin(call: Call, desk: Desk) -> Person:
    who = await asker(call, desk)
    if not may(Action.TRAIL_READ, await actor(desk, who.person)):
        raise Sorry(NOT_YOURS.format(ask=await whom_to_ask(desk)))
    return who.person


async def _page(desk: Desk, person: Person, chosen: draw.Chosen, skip: int = 0) -> View:
    book, wanted = desk.playbook.trail, _filter(chosen, desk.now)
    count = await store.count(desk.team, wanted)
    rows = await store.rows(desk.team, wanted, book.on_a_page, skip)
    looked(desk, Action.TRAIL_READ, person, chosen.about)
    chosen = replace(chosen, until=chosen.until or desk.now.isoformat())
    return draw.page([_line(row, book) for row in rows], count, skip, chosen, memo("", _write(chosen)), book)


def _line(row: Trail, book: TrailBook) -> draw.Line:
    return draw.Line(row.at, row.actor_id, book.called(row.what), row.subject_id, row.look, row.what)


def _days(chosen: str) -> str:
    return chosen if chosen.isdecimal() and int(chosen[:5]) > 0 else ""


def _filter(chosen: draw.Chosen, now: datetime) -> Filter:
    since = now - timedelta(days=int(chosen.days)) if chosen.days else None
    only = chosen.only if chosen.only in (store.LOOKS, store.WRITES) else ""
    return Filter(chosen.who, chosen.about, only, since, _moment(chosen.until))


def _moment(written: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _write(chosen: draw.Chosen) -> str:
    return f"{chosen.who},{chosen.about},{chosen.only},{chosen.days},{chosen.until}"


def _read(written: str) -> draw.Chosen:
    who, about, only, days, until = [*written.split(","), "", "", "", "", ""][:5]
    only = only if only in ("all", "looks", "writes") else "all"
    return draw.Chosen(who, about, only, _days(days), until if _moment(until) else "")


async def parcel(desk: Desk, user_id: str, value: str) -> Parcel:
    """Make the CSV file of the lines that were chosen, for somebody who is still an admin."""
    person, _ = await people.actor(desk.team, user_id)
    if person is None or not may(Action.TRAIL_READ, await actor(desk, person)):
        raise Sorry(NOT_YOURS.format(ask=await whom_to_ask(desk)))
    book = desk.playbook.trail
    looked(desk, Action.TRAIL_READ, person, _read(value).about)
    rows = await store.rows(desk.team, _filter(_read(value), desk.now), book.most_rows)
    named = await people.find_all(desk.team, {one for row in rows for one in (row.actor_id, row.subject_id) if one})
    table = [_cells(row, {one: each.name for one, each in named.items()}, book) for row in rows]
    return Parcel(phrase("The audit log, as you chose it."), lambda: {"audit-log.csv": written(HEAD, table)})


def _cells(row: Trail, names: dict[str, str], book: TrailBook) -> Sequence[str]:
    kind, at = "look" if row.look else "change", f"{row.at:%Y-%m-%d %H:%M:%S}"
    who, about = names.get(row.actor_id, ""), names.get(row.subject_id, "")
    return (at, who, row.actor_id, kind, book.called(row.what), row.what, about, row.subject_id)


VERBS: dict[str, Handler] = {"trail": command}
ROUTES: tuple[Route, ...] = (
    Route(Kind.ACTION, draw.OPEN, opened, opens=True),
    Route(Kind.ACTION, draw.OLDER, turned),
    Route(Kind.ACTION, draw.NEWER, turned),
    Route(Kind.ACTION, draw.FILE, file),
    Route(Kind.FORM, draw.FORM, filtered),
)
DUTIES: tuple[Duty, ...] = ()
