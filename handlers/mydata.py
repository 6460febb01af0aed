"""Own data: what is kept about whoever asks, all of it as a file, and deletion of what may be deleted."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from blocks import mydata as draw
from blocks.kit import View, mention
from blocks.parcel import COMING
from handlers.contract import (
    Call,
    Desk,
    Due,
    Duty,
    FixFields,
    Handler,
    Kind,
    Letters,
    OpenModal,
    PushModal,
    ReplaceModal,
    Reply,
    Route,
    Say,
    send_file,
    soon,
)
from handlers.who import asker
from playbook.mydata_zip import NAME, packed
from playbook.mydata_zip import Kind as Records
from playbook.sorry import Sorry
from playbook.tongue import phrase
from storage import contractor, people, retention, trail
from storage import mydata as store
from storage.outbox import Lane, Post
from storage.parcel import Parcel
from storage.tables import Contractor
from storage.vault import Vault

FINISH = "mydata.finish"
WEEK = timedelta(days=7)
NOT_HERE = phrase("Your account is not active in this workspace, so there is nobody to send it to.")
HERE_IS = phrase(
    "Everything I keep about you. Only you have this file; the README in it says what is where, and what is not."
)


async def command(call: Call, desk: Desk) -> Reply:
    """Answer `/circle mydata`, and "mydata" in the direct message."""
    await asker(call, desk)
    if call.kind is Kind.EVENT:
        text, blocks = draw.needs_a_button()
        return Say(text=text, blocks=blocks)
    return OpenModal(view=await _page(call, desk))


async def opened(call: Call, desk: Desk) -> Reply:
    """Open the page from a button; always that of whoever pressed it."""
    await asker(call, desk)
    return OpenModal(view=await _page(call, desk))


async def _page(call: Call, desk: Desk) -> View:
    days, user_id = desk.playbook.trail.look_back, call.user_id
    seen = await trail.looks_at(desk.team, user_id, desk.now - timedelta(days=days))
    place = await desk.team.get(Contractor, user_id=user_id)
    looks = [draw.Look(_who(place, one.actor_id), desk.playbook.trail.called(one.what), one.times) for one in seen]
    asked = await store.last_erasure(desk.team, user_id)
    counts = await store.counts(desk.team, user_id)
    before = (asked.asked_at, asked.done_at) if asked else None
    return draw.page(counts, looks[:20], before, desk.playbook.mydata, days)


def _who(place: Contractor | None, user_id: str) -> str:
    """Name who looked, and what they are to the contractor."""
    if place is not None:
        roles = contractor.helpers(place)
        found = next((name for name, one in roles.items() if one == user_id), "")
        if found:
            return phrase("{user_id} (your {found})", user_id=mention(user_id), found=NAMES.get(found, found))
    return mention(user_id)


NAMES = {
    "manager": phrase("manager"),
    "operations": phrase("operations"),
    "owner": phrase("Project Owner"),
    "lead": phrase("lead"),
    "buddy": phrase("buddy"),
    "escalation": phrase("escalation contact"),
}


async def send(call: Call, desk: Desk) -> Reply:
    """Have everything made into a file and sent."""
    await asker(call, desk)
    await send_file(desk, call.user_id, "mydata")
    return Say(text=COMING)


async def parcel(desk: Desk, user_id: str, _value: str) -> Parcel:
    """Gather everything about somebody; the file is made of it afterwards."""
    person = await people.find(desk.team, user_id)
    if person is None or person.deactivated:
        raise Sorry(NOT_HERE)
    book = desk.playbook.mydata
    sheets = await store.gather(desk.team, user_id, book.most_rows)
    kinds = [Records(one.title, book.groups[one.group], one.head, _opened(one, desk.vault)) for one in sheets]
    named = await people.find_all(desk.team, _ids(sheets) | {user_id})
    names, at, name = {one: each.name for one, each in named.items()}, f"{desk.now:%Y-%m-%d %H:%M}", person.name
    return Parcel(HERE_IS, lambda: {NAME: packed(name, at, kinds, names)})


def _opened(sheet: store.Sheet, vault: Vault) -> Sequence[Sequence[Any]]:
    """Put words of a rate review that only the vault can read into rows that somebody may have."""
    return [
        [_words(cell, vault) if name in sheet.sealed else cell for name, cell in zip(sheet.head, row, strict=True)]
        for row in sheet.rows
    ]


def _words(kept: str, vault: Vault) -> str:
    try:
        said = vault.read(kept)
    except Sorry:
        return phrase("sealed with a key that is gone")
    return "\n".join(said.values()) if isinstance(said, dict) else str(said or "")


def _ids(sheets: Sequence[store.Sheet]) -> set[str]:
    """Name everybody who occurs in the columns that hold user ids."""
    found: set[str] = set()
    for one in sheets:
        places = [at for at, name in enumerate(one.head) if store.names_somebody(name)]
        places += [one.head.index("about")] if one.title == store.DID else []
        found |= {str(row[at]) for row in one.rows for at in places if row[at]}
    return found


async def asking(call: Call, desk: Desk) -> Reply:
    """Say what goes and what stays, before anything is deleted."""
    await asker(call, desk)
    active = await store.works_here(desk.team, call.user_id)
    kept = await _kept(desk, await store.stays(desk.team, call.user_id))
    view = draw.asking(kept, desk.playbook.mydata, active=active)
    return PushModal(view=view) if call.view_id and not call.from_home else OpenModal(view=view)


async def confirmed(call: Call, desk: Desk) -> Reply:
    """Delete what may be deleted, if the word was typed, and say what stays."""
    await asker(call, desk)
    book = desk.playbook.mydata
    if not book.confirms(call.one("word")):
        return FixFields({"word": draw.WRONG_WORD.format(word=book.word.upper())})
    active = await store.works_here(desk.team, call.user_id)
    left = await store.erase(desk.team, call.user_id, active=active)
    await store.keep_erasure(desk.team, call.user_id, desk.now, None if active else desk.now, left)
    kept = await _kept(desk, left)
    text, blocks = draw.done(kept, active=active)
    await soon(desk, ("home.redraw", call.user_id))
    told = Post(f"mydata:done:{call.user_id}:{desk.now.isoformat()}", call.user_id, text, blocks, Lane.CARD)
    return ReplaceModal(view=draw.outcome(blocks)).also(told, *await _for_manager(call, desk, active=active))


async def _for_manager(call: Call, desk: Desk, *, active: bool) -> Sequence[Letters]:
    place = await desk.team.get(Contractor, user_id=call.user_id)
    if not active or place is None or not place.manager_id:
        return ()
    key = f"mydata:asked:{call.user_id}:{desk.now.date().isoformat()}"
    return (Post(key, place.manager_id, *draw.for_manager(call.user_id), Lane.AGENDA, good_for=WEEK),)


async def _kept(desk: Desk, left: Sequence[store.Stays]) -> Sequence[draw.Kept]:
    """Word what stays; the newest of it goes when its kind's months are over, counted from today at the latest."""
    months = await retention.months(desk.team, desk.playbook.retention)
    book = desk.playbook.mydata
    ends = {key: _after(desk.now.date(), number) for key, number in months.items()}
    return [
        draw.Kept(book.groups[one.group], one.rows, draw.reason(book, one.why, ends.get(one.limit))) for one in left
    ]


def _after(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, 28))


async def finish(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Delete the rest of what people had asked for whose time here has ended since."""
    letters: list[Letters] = []
    for one in due:
        row = await store.open_erasure(desk.team, one.subject)
        if row is None or await store.works_here(desk.team, one.subject):
            continue
        key, asked_at = f"mydata:finished:{row.id}", row.asked_at
        left = await store.erase(desk.team, one.subject, active=False)
        await store.keep_erasure(desk.team, one.subject, asked_at, desk.now, left)
        if await people.here(desk.team, one.subject):
            drawn = draw.finished(await _kept(desk, left))
            letters.append(Post(key, one.subject, *drawn, Lane.DIGEST, good_for=WEEK))
    return letters


WORDS: dict[str, Handler] = {"mydata": command}
ROUTES: tuple[Route, ...] = (
    Route(Kind.ACTION, draw.OPEN, opened, opens=True),
    Route(Kind.ACTION, draw.SEND, send),
    Route(Kind.ACTION, draw.DELETE, asking, opens=True),
    Route(Kind.FORM, draw.FORM, confirmed),
)
DUTIES: tuple[Duty, ...] = (Duty(FINISH, finish, catch_up=timedelta(days=365), at_once=5),)
