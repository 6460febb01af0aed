"""The manager's side of the audit: one message before the week closes, a closer look, and that it was seen."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from blocks import audit as draw
from blocks import audit_manager
from blocks.kit import View
from handlers.audit_again import again, drawn_of, row, rows_of, today, week_key
from handlers.audit_look import Concern, bounds, concern, reachable, read_record, read_week, sheet
from handlers.contract import Call, Desk, Due, Letters, ReplaceModal, Reply, Say, memo, soon
from handlers.who import asker
from playbook.audit import show_times
from playbook.days import Week, instant, local_day
from playbook.hours import Hours
from playbook.roles import Action
from playbook.sorry import Sorry
from playbook.tongue import phrase
from storage import audit as store
from storage import contractor
from storage.hours import hours_of
from storage.outbox import Lane, Post, Redraw
from storage.timetable import When

SHOW = "audit.show"
LIST, LOOK = "list", "look"
OWN = phrase("This is your own week; your manager is the one to say that they have seen it.")
NOT_YET = phrase("There is no answer to look at yet. I fill it in here as soon as it comes.")


async def next_show(desk: Desk, user_ids: Sequence[str]) -> Mapping[str, When]:
    """Say when each manager is next shown a week, or may have to be because their Monday is off."""
    hours = await hours_of(desk.team, user_ids, desk.playbook.contractor)
    leading = {one.manager_id for one in await contractor.managed_by(desk.team, user_ids)}
    return {one: _next(desk, theirs) for one, theirs in hours.items() if one in leading}


def _next(desk: Desk, hours: Hours) -> When:
    week, book = today(desk, hours).previous, desk.playbook.audit
    while True:
        early = (instant(day, book.early, hours.zone) for day in week.days[1:] if day.weekday() in hours.weekdays)
        moments = sorted({*filter(None, early), *show_times(week, hours, book)})
        if due_at := next((at for at in moments if at > desk.now), None):
            return _when(desk, due_at, hours.zone)
        week = week.next


def _when(desk: Desk, due_at: datetime, zone: str) -> When:
    book, day = desk.playbook.audit, local_day(due_at, zone)
    wish = next((at for at in (book.show, book.early) if instant(day, at, zone) == due_at), None)
    return When(due_at, day, wish, zone) if wish else When(due_at, day)


async def show(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Show each manager the week that closes next, if its time has come; what is there is brought up to date."""
    hours = await hours_of(desk.team, [one.subject for one in due], desk.playbook.contractor)
    letters: list[Letters] = []
    for one in due:
        week = _week(desk, hours[one.subject], one.due_at) if one.subject in hours else None
        if week and (rows := await rows_of(desk, one.subject, week)):
            key, drawn = week_key(one.subject, week), drawn_of(desk, week, rows)
            await store.show(desk.team, [each.user_id for each in rows], week.monday, desk.now)
            good_for = week.locks_at - desk.now
            letters += [Post(key, one.subject, *drawn, lane=Lane.DIGEST, good_for=good_for), Redraw(key, *drawn)]
    return letters


def _week(desk: Desk, hours: Hours, at: datetime) -> Week | None:
    """Give the week that is to be shown at a moment, None for none: on its Monday, or earlier for who is off then."""
    today = local_day(at, hours.zone)
    this, book = Week.of(today), desk.playbook.audit
    if today == this.monday and show_times(this.previous, hours, book)[0] <= at and not this.previous.locked(at):
        return this.previous
    return this if at in show_times(this, hours, book) else None


async def page(desk: Desk, about: Concern, week: Week) -> View:
    """Draw one week of a contractor for their manager."""
    mine, (first, last) = await sheet(desk, about.traveller, week), bounds(about.traveller, desk)
    audits = {about.id: mine.audit} if mine.audit else {}
    theirs = row(about.traveller, mine.minutes, audits)
    note = memo("", draw.record(about.id, week), LOOK)
    books = desk.playbook.audit, desk.playbook.log
    return audit_manager.page(mine, theirs, *books, note, earlier=week > first, later=week < last)


async def seen(call: Call, desk: Desk) -> Reply:
    """Note that the manager has looked, and let the contractor see it."""
    user_id, week = read_record(call.value)
    about = await concern(call, desk, Action.AUDIT_READ, user_id)
    if about.own:
        raise Sorry(OWN)
    reachable(about.traveller, week, desk)
    done = await store.look(desk.team, about.id, week.monday, call.user_id, desk.now)
    found = await store.find(desk.team, about.id, week.monday)
    if found is None or found.answered_at is None:
        return Say(text=NOT_YET)
    letters = await again(desk, about.traveller, week)
    if done:
        await soon(desk, ("home.redraw", about.id), ("home.redraw", call.user_id))
    return (await _in_place(call, desk, about, week)).also(*letters)


async def _in_place(call: Call, desk: Desk, about: Concern, week: Week) -> Reply:
    """Let the page follow on which the button stood; a message is redrawn by its letter."""
    if call.view_id and call.memo_origin == LOOK:
        return ReplaceModal(view=await page(desk, about, week))
    if call.view_id and call.memo_origin == LIST:
        return ReplaceModal(view=await _everybody(desk, call.user_id, call.memo_record))
    return Reply()


async def everybody(call: Call, desk: Desk) -> Reply:
    """Show the weeks of everybody whom the one who asks manages, page by page."""
    await asker(call, desk)
    return ReplaceModal(view=await _everybody(desk, call.user_id, call.value))


async def newest(desk: Desk, manager_id: str) -> View:
    """Show everybody's latest week."""
    hours = (await hours_of(desk.team, [manager_id], desk.playbook.contractor))[manager_id]
    this = today(desk, hours)
    week = this if this.previous.locked(desk.now) else this.previous
    return await _everybody(desk, manager_id, f"{week.monday}:0")


async def _everybody(desk: Desk, manager_id: str, value: str) -> View:
    day, _, number = value.partition(":")
    week, at = read_week(day), int(number) if number.isdecimal() and len(number) < len("1000") else 0
    rows = await rows_of(desk, manager_id, week)
    for one in rows:
        desk.trace.note(Action.AUDIT_READ, one.user_id, look=True)
    return audit_manager.everybody(week, rows, at, desk.playbook.audit, memo("", f"{week.monday}:{at}", LIST))
