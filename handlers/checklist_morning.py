"""The morning message: one for each owner and day, across contractors, kept up to date until the next."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta

from blocks.checklist_letter import Morning, Row, about, day_of, is_open, key, morning, moved_on
from handlers.checklist_lay import Calendar, calendars_of, lay_one, mornings_of, plan_mornings, until
from handlers.checklist_work import owner_id
from handlers.contract import Desk, Due, Letters, soon
from playbook.checklist import State, asks_on, counts_from, state_on
from playbook.days import day_start, local_day, next_working_day
from storage import checklist as store
from storage import digest, outbox
from storage import path as paths
from storage.checklist import VERIFIER
from storage.outbox import Lane, Post, Redraw
from storage.path import Traveller, travellers
from storage.path_tables import ChecklistItem
from storage.timetable import When

GOOD_FOR = timedelta(hours=12)
RANK = {State.OVERDUE: 0, State.TODAY: 1}


async def write(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Write the morning's messages; nothing to somebody who has nothing to do before their next working day."""
    drawn = await _mornings(desk, [one.subject for one in due], afresh=True)
    fresh = {one: shown for one, shown in drawn.items() if _asks(desk, shown)}
    closing = [letter for one, shown in fresh.items() for letter in await _closing(desk, one, shown.day)]
    posts = [
        Post(key(one, shown.day), one, *morning(shown), lane=Lane.AGENDA, good_for=GOOD_FOR, about=about(one))
        for one, shown in fresh.items()
    ]
    return [*closing, *posts]


def _asks(desk: Desk, shown: Morning) -> bool:
    """Tell whether a message is worth it: what has been late for weeks asks less often, and at last no more."""
    rows = [row for rows in shown.rows.values() for row in rows if row.open]
    return any(asks_on(shown.day, _since(row), desk.playbook.checklist, opens_week=shown.opens_week) for row in rows)


def _since(row: Row) -> date:
    done = row.item.done_at if row.proof else None
    return done.date() if done else counts_from(row.item.due, row.item.snoozed_until)


async def _closing(desk: Desk, user_id: str, today: date) -> Sequence[Letters]:
    """Let the message before today's say that its rest has moved on, unless nothing was left in it."""
    before = [one for one in await outbox.keys_about(desk.team, about(user_id)) if one != key(user_id, today)]
    letter = await outbox.find(desk.team, before[-1]) if before else None
    if letter is None or not any(is_open(block) for block in letter.blocks):
        return ()
    return (Redraw(letter.key, *moved_on(day_of(letter.key))),)


async def next_morning(desk: Desk, subjects: Sequence[str]) -> Mapping[str, When]:
    """Say when each owner's next message is due; nobody's for whom nothing is open any more."""
    found = await _around(desk, subjects)
    opened = await store.open_owners(desk.team, list(found))
    owners = {owner_id(found[one], owner) for one, roles in opened.items() for owner in roles}
    return await mornings_of(desk, [one for one in subjects if one in owners])


async def changed(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Let today's messages, Homes and digests follow a checklist that has changed, and mornings be planned."""
    found = await travellers(desk.team, [one.subject for one in due])
    await plan_mornings(desk, found)
    managers = {one.place.manager_id for one in found.values()}
    around = managers | {person.user_id for one in found.values() for person in one.people.values()}
    await soon(desk, *(("home.redraw", one) for one in around), *(("digest.redraw", one) for one in managers))
    return await _redrawn(desk, around)


async def _redrawn(desk: Desk, user_ids: Collection[str]) -> Sequence[Letters]:
    calendars = await calendars_of(desk, user_ids)
    keys = {key(one, local_day(desk.now, calendar[0].zone)): one for one, calendar in calendars.items()}
    there = [keys[one] for one in await digest.letters_with(desk.team, keys)]
    drawn = await _mornings(desk, there)
    return [Redraw(key(one, shown.day), *morning(shown)) for one, shown in drawn.items()]


async def _around(desk: Desk, user_ids: Collection[str]) -> Mapping[str, Traveller]:
    """Gather every contractor for whom one of these people may have something to do."""
    return await travellers(desk.team, await paths.concerning(desk.team, user_ids))


async def _mornings(desk: Desk, user_ids: Collection[str], *, afresh: bool = False) -> Mapping[str, Morning]:
    """Gather what people have before them today, in a few queries however many contractors they have."""
    if not user_ids:
        return {}
    calendars = await calendars_of(desk, user_ids)
    found = await _around(desk, user_ids)
    for one in set(user_ids) & set(found) if afresh else ():
        await lay_one(desk, found[one])  # days off that were told since then move what is to do
    days = {one: local_day(desk.now, calendar[0].zone) for one, calendar in calendars.items()}
    since = min((day_start(days[one], calendar[0].zone) for one, calendar in calendars.items()), default=desk.now)
    last = max((until(calendar, days[one]) for one, calendar in calendars.items()), default=desk.now.date())
    items = await store.waiting(desk.team, list(found), last, since)
    most = desk.playbook.checklist.rows
    return {
        one: Morning(one, days[one], _rows(one, found, items, days[one], calendar), most, _opens(calendar, days[one]))
        for one, calendar in calendars.items()
    }


def _opens(calendar: Calendar, day: date) -> bool:
    _, weekdays, off = calendar
    return next_working_day(day - timedelta(days=day.weekday() + 1), weekdays, off) >= day


def _rows(
    owner: str, found: Mapping[str, Traveller], items: Sequence[ChecklistItem], day: date, calendar: Calendar
) -> Mapping[str, Sequence[Row]]:
    """Choose what is one person's, by contractor: those with something late first, and what is done last."""
    since, last = day_start(day, calendar[0].zone), until(calendar, day)
    by_contractor: dict[str, list[Row]] = {}
    for item in items:
        drawn = _row(owner, found[item.user_id], item, day, since, last)
        if drawn is not None:
            by_contractor.setdefault(item.user_id, []).append(drawn)
    for rows in by_contractor.values():
        rows.sort(key=lambda row: (not row.open, RANK.get(row.state, 2)))
    names = {one: found[one].person.name.casefold() for one in by_contractor}
    order = sorted(by_contractor, key=lambda one: (_rank(by_contractor[one]), names[one]))
    return {one: by_contractor[one] for one in order}


def _rank(rows: Sequence[Row]) -> int:
    return min((RANK.get(row.state, 2) if row.open else 3) for row in rows)


def _row(owner: str, traveller: Traveller, item: ChecklistItem, day: date, since: datetime, last: date) -> Row | None:
    state = state_on(item.state, item.due, item.snoozed_until, day)
    if item.state == store.TODO:
        asked = state is not State.SOMEDAY and counts_from(item.due, item.snoozed_until) <= last
        return Row(item, state) if asked and owner_id(traveller, item.owner) == owner else None
    unseen = bool(item.proof) and item.verified_at is None and item.state == store.DONE
    if unseen and item.done_by != owner and owner_id(traveller, VERIFIER) == owner:
        return Row(item, state, proof=True)
    was_theirs = owner_id(traveller, item.owner) == owner and item.due <= last
    return Row(item, state) if was_theirs and item.done_at and item.done_at >= since else None
