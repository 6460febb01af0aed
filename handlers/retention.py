"""Retention for admins: how long each kind of record is kept, what that deletes, and the nights."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from blocks import retention as draw
from blocks.kit import View
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
    ReplaceModal,
    Reply,
    Route,
    Say,
    memo,
    soon,
)
from handlers.path import actor
from handlers.who import asker, whom_to_ask
from playbook.retention import Kept, months_before
from playbook.roles import Action, may
from playbook.sorry import Sorry
from playbook.tongue import phrase
from storage import mydata
from storage import retention as store
from storage.timetable import When

SWEEP = "retention.sweep"
FINISH = "mydata.finish"
MONTH = timedelta(days=31)
NOT_YOURS = phrase("How long things are kept is for workspace admins to say; {ask}")
UNKNOWN = phrase("I do not know this kind of record any more. `/contractor retention` shows all there are.")
KEPT = phrase("{label}: kept for {months} from now on.")


async def command(call: Call, desk: Desk) -> Reply:
    """Answer `/contractor retention`."""
    await _admin(call, desk)
    if call.kind is Kind.EVENT:
        text, blocks = draw.needs_a_button()
        return Say(text=text, blocks=blocks)
    return OpenModal(view=await _page(desk))


async def opened(call: Call, desk: Desk) -> Reply:
    """Open the page from a button."""
    await _admin(call, desk)
    return OpenModal(view=await _page(desk))


async def back(call: Call, desk: Desk) -> Reply:
    """Show the page again, nothing changed."""
    await _admin(call, desk)
    return ReplaceModal(view=await _page(desk))


async def change(call: Call, desk: Desk) -> Reply:
    """Ask how long a kind is to be kept."""
    await _admin(call, desk)
    kind = _kind(call.value, desk)
    number = (await store.months(desk.team, desk.playbook.retention))[kind.key]
    return ReplaceModal(view=draw.form(kind, number, memo("", kind.key)))


async def filled(call: Call, desk: Desk) -> Reply:
    """Keep a number of months; where records would go because of it, say how many first."""
    await _admin(call, desk)
    kind, typed, book = _kind(call.memo_record, desk), call.one("months"), desk.playbook.retention
    if problem := book.problem(kind, typed):
        return FixFields({"months": problem})
    number, before = int(typed), (await store.months(desk.team, book))[kind.key]
    gone = await store.older(desk.team, kind.key, months_before(desk.now.date(), number)) if number < before else 0
    if gone:
        return ReplaceModal(view=draw.sure(kind, number, before, gone, memo("", kind.key, str(number))))
    return await _kept(call, desk, kind, number)


async def shorten(call: Call, desk: Desk) -> Reply:
    """Keep the shorter time after all."""
    await _admin(call, desk)
    kind, typed = _kind(call.memo_record, desk), call.memo_origin
    if problem := desk.playbook.retention.problem(kind, typed):
        raise Sorry(problem)
    return await _kept(call, desk, kind, int(typed))


async def _kept(call: Call, desk: Desk, kind: Kept, number: int) -> Reply:
    await store.choose(desk.team, kind.key, number, call.user_id, desk.now)
    words = KEPT.format(label=kind.label, months=draw.months(number))
    return ReplaceModal(view=await _page(desk, words))


async def _admin(call: Call, desk: Desk) -> None:
    who = await asker(call, desk)
    if not may(Action.RETENTION_CHANGE, await actor(desk, who.person)):
        raise Sorry(NOT_YOURS.format(ask=await whom_to_ask(desk)))


def _kind(key: str, desk: Desk) -> Kept:
    kind = desk.playbook.retention.kind(key)
    if kind is None:
        raise Sorry(UNKNOWN)
    return kind


async def _page(desk: Desk, notice: str = "") -> View:
    book, made = desk.playbook.retention, await store.last(desk.team)
    months, upcoming = await store.months(desk.team, book), await store.upcoming(desk.team, book, desk.now)
    next_at = book.next_round(desk.now)
    if made is None:
        standing = draw.Standing(months, None, next_at, upcoming=upcoming)
    else:
        standing = draw.Standing(months, made.at, next_at, made.deleted, upcoming, made.more)
    return draw.page(standing, book, notice)


async def sweep(desk: Desk, _due: Sequence[Due]) -> Sequence[Letters]:
    """Delete what is too old, and finish the requests of people whose time here has ended."""
    await store.sweep(desk.team, desk.playbook.retention, desk.now)
    over = [row.user_id for row in await mydata.waiting(desk.team)]
    ended = [one for one in over if not await mydata.works_here(desk.team, one)]
    await soon(desk, *((FINISH, one) for one in ended))
    return ()


async def next_sweep(desk: Desk, subjects: Sequence[str]) -> Mapping[str, When]:
    """Say when the next round is: in a few minutes while there is more, else in the night."""
    book, made = desk.playbook.retention, await store.last(desk.team)
    more = made is not None and made.more
    at = desk.now + timedelta(minutes=book.again) if more else book.next_round(desk.now)
    return {one: When(at) for one in subjects}


VERBS: dict[str, Handler] = {"retention": command}
ROUTES: tuple[Route, ...] = (
    Route(Kind.ACTION, draw.OPEN, opened, opens=True),
    Route(Kind.ACTION, draw.CHANGE, change),
    Route(Kind.ACTION, draw.BACK, back),
    Route(Kind.ACTION, draw.SHORTEN, shorten),
    Route(Kind.FORM, draw.FORM, filled),
)
DUTIES: tuple[Duty, ...] = (Duty(SWEEP, sweep, next_sweep, catch_up=MONTH, for_workspace=True),)
