"""The messages about a week as they stand after every change: the contractor's, and the manager's overview."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from blocks import audit as draw
from blocks import audit_manager
from blocks.audit_manager import Row
from handlers.audit_look import begins, sheet
from handlers.contract import Desk, Due, Letters
from playbook.days import Week, local_day
from playbook.hours import Hours
from storage import audit as store
from storage import contractor, digest
from storage.audit import Logged
from storage.outbox import Redraw
from storage.path import Traveller, travellers
from storage.trust_tables import Audit

CHANGED = "audit.changed"


def ask_key(user_id: str, week: Week) -> str:
    """Name the question about a contractor's week."""
    return f"audit.ask:{user_id}:{week.key}"


def last_key(user_id: str, week: Week) -> str:
    """Name the last call for a contractor's week."""
    return f"audit.last:{user_id}:{week.key}"


def week_key(manager_id: str, week: Week) -> str:
    """Name a manager's message about a week."""
    return f"audit.week:{manager_id}:{week.key}"


async def again(desk: Desk, one: Traveller, week: Week) -> Sequence[Letters]:
    """Bring the messages of both about a week up to date, as far as they were ever written."""
    keys = ask_key(one.user_id, week), last_key(one.user_id, week), week_key(one.place.manager_id, week)
    written = await digest.letters_with(desk.team, keys)
    letters: list[Letters] = []
    if written & set(keys[:2]):
        mine, books = await sheet(desk, one, week), (desk.playbook.audit, desk.playbook.log)
        letters.append(Redraw(keys[0], *draw.question(mine, *books)))
        letters.append(Redraw(keys[1], *draw.question(mine, *books, last=True)))
    if keys[2] in written and (drawn := await overview(desk, one.place.manager_id, week)):
        letters.append(Redraw(keys[2], *drawn))
    return letters


async def overview(desk: Desk, manager_id: str, week: Week) -> draw.Drawn | None:
    """Draw a manager's message about a week; None where nobody of theirs worked in it."""
    rows = await rows_of(desk, manager_id, week)
    return drawn_of(desk, week, rows) if rows else None


def drawn_of(desk: Desk, week: Week, rows: Sequence[Row]) -> draw.Drawn:
    """Draw a manager's message of what was gathered."""
    return audit_manager.message(week, rows, desk.playbook.audit, closed=week.locked(desk.now))


async def rows_of(desk: Desk, manager_id: str, week: Week) -> Sequence[Row]:
    """Gather the week of everybody whom somebody manages and who worked in it, in a few queries."""
    ids = [place.user_id for place in await contractor.managed_by(desk.team, [manager_id])]
    found = await travellers(desk.team, ids)
    audits = await store.of_weeks(desk.team, list(found), week.monday)
    logged = await store.logged(desk.team, list(found), week.monday, week.monday)
    return [
        row(one, logged.get((one.user_id, week.monday), Logged()).minutes, audits)
        for one in found.values()
        if begins(one, week, desk) or (one.user_id in audits and audits[one.user_id].answered_at is not None)
    ]


def row(one: Traveller, minutes: int, audits: Mapping[str, Audit]) -> Row:
    """Put a contractor's week together as their manager sees it."""
    audit = audits.get(one.user_id)
    return Row(one.user_id, one.person.name, minutes, one.place.weekly_minutes, audit)


async def changed(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Follow what was logged: an answered week whose log changed is marked as corrected, and its messages follow."""
    since = Week.of(desk.now.date()).monday - timedelta(days=7 * (desk.playbook.audit.weeks_back + 1))
    rows = await store.touched(desk.team, [one.subject for one in due], since, desk.now)
    found = await travellers(desk.team, [one.user_id for one in rows], paused=True) if rows else {}
    letters: list[Letters] = []
    for one in rows:
        if one.user_id in found:
            letters += await again(desk, found[one.user_id], Week(one.monday))
    return letters


def today(desk: Desk, hours: Hours) -> Week:
    """Give the week that is on somebody's own calendar."""
    return Week.of(local_day(desk.now, hours.zone))
