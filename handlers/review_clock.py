"""What the clock brings: a review opens, it is called to mind once, an item is late; and KPIs that changed."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from blocks import review_item as items
from blocks import review_letter as draw
from handlers.contract import Desk, Due, Letters
from handlers.review_look import ours_in
from handlers.review_told import asked, both, close, homes, pages
from handlers.review_when import plan_again, plans_of
from playbook.days import DAY, instant, local_day, next_working_day
from playbook.webhook import REVIEW_DUE
from storage import kpi, people, webhook
from storage import review as store
from storage.growth_tables import Review, ReviewItem
from storage.kpi import State
from storage.outbox import Lane, Post, Redraw
from storage.path import Traveller, travellers
from storage.path_tables import Blueprint
from storage.timetable import When

LATE = "review.late"
HANDED = "review.handed"
KPIS = "review.kpis"
REMINDER, ITEM = "review.reminder", "review.item"
OFFICE = frozenset(range(5))


async def opens(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Open the reviews that are due; where one is open still, no other comes beside it."""
    found = await travellers(desk.team, [one.subject for one in due])
    plans, letters = await plans_of(desk, found), list[Letters]()
    for one, traveller in found.items():
        if plans[one].opens <= local_day(desk.now, traveller.person.zone):
            letters += await begin(desk, traveller, plans[one].stands_for)
    return letters


async def begin(desk: Desk, one: Traveller, day: date) -> Sequence[Letters]:
    """Open a review for both, if none is open."""
    row = await store.begin(desk.team, one.user_id, one.place.manager_id, day, desk.now)
    if row is None:
        return ()
    await plan_again(desk, one.user_id)
    await homes(desk, one)
    people = {"contractor": row.user_id, "manager": row.manager_id}
    told = {"id": row.id, **people, "number": row.number, "due_on": row.due_on}
    await webhook.tell(desk.team, REVIEW_DUE, row.id, told, desk.now)
    return asked(desk, row, one)


async def handed(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Tell a new manager of the review that is open: they are asked, or get its page; nobody is told twice."""
    rows = await store.open_reviews(desk.team, [one.subject for one in due])
    found, letters = await travellers(desk.team, list(rows)), list[Letters]()
    for one, traveller in found.items():
        letters += (pages if rows[one].shared_at else asked)(desk, rows[one], traveller)
    return letters


async def remind(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Call open reviews to mind once, of those who have not answered."""
    found = await travellers(desk.team, [one.subject for one in due])
    rows, letters = await store.open_reviews(desk.team, list(found)), list[Letters]()
    for one, row in rows.items():
        if row.shared_at is None:
            letters += [_reminder(row, found[one], who) for who in both(found[one]) if not is_in(row, who)]
    return letters


def is_in(row: Review, who: str) -> bool:
    """Say whether one of the two has answered."""
    return row.theirs_at is not None if who == row.user_id else ours_in(row, who)


def _reminder(row: Review, one: Traveller, who: str) -> Post:
    mine = who == one.user_id
    other = one.place.manager_id if mine else one.user_id
    said = draw.remind(row, other, mine=mine, other_in=is_in(row, other))
    key, about = draw.remind_key(row, who), draw.about(row, who)
    return Post(key, who, *said, Lane.NUDGE, draw.A_WEEK, about=about, nudge=REMINDER)


# Items --------------------------------------------------------------------------------------------


def late_at(item: ReviewItem, zone: str, desk: Desk) -> When | None:
    """Say when an owner is asked about an item: on the working day after its day, on their clock."""
    if item.due_on is None:
        return None
    day, at = next_working_day(item.due_on, OFFICE), desk.playbook.review.item_at
    return When(_moment(day, at, zone), day, at, zone)


def _moment(day: date, at: time, zone: str) -> datetime:
    return instant(day, at, zone) or instant(day + DAY, at, zone) or datetime.combine(day, at, UTC)


async def late(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Ask once about the items whose day has passed; of an owner who has left, who wrote it down is asked."""
    rows = [row for one in due if (row := await store.item(desk.team, one.subject)) and row.done_at is None]
    there = await people.find_all(desk.team, {who for row in rows for who in (row.owner_id, row.made_by)})
    letters = list[Letters]()
    for row in rows:
        who = next((one for one in (row.owner_id, row.made_by) if one in there and not there[one].deactivated), "")
        if who:
            key = items.asked_key(row)
            letters.append(Post(key, who, *items.late(row), Lane.NUDGE, draw.A_WEEK, about=key, nudge=ITEM))
    return letters


# KPIs ---------------------------------------------------------------------------------------------


async def kpis(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Show in open reviews which KPIs were proposed or agreed meanwhile; what was agreed after sharing closes them."""
    found = await travellers(desk.team, [one.subject for one in due], paused=True)
    rows, letters = await store.open_reviews(desk.team, list(found)), list[Letters]()
    for one, row in rows.items():
        version = _meanwhile(await kpi.versions(desk.team, one), row)
        if version is not None:
            letters += await _noted(desk, row, version, found[one])
    return letters


def _meanwhile(versions: Sequence[Blueprint], row: Review) -> Blueprint | None:
    """Give the newest version that was proposed since a review opened and still counts or waits."""
    fresh = (one for one in versions if one.state != State.REPLACED)
    return next((one for one in fresh if (one.answered_at or one.proposed_at) >= row.opened_at), None)


async def _noted(desk: Desk, row: Review, version: Blueprint, one: Traveller) -> Sequence[Letters]:
    letters = [Redraw(draw.keep_key(row), *draw.replaced(), settled=True)] if row.kept_at else []
    row.blueprint_id, row.kept_at = version.id, None
    agreed_at = version.answered_at if version.state == State.AGREED else None
    if row.shared_at and agreed_at and agreed_at >= row.shared_at:
        return [*letters, *await close(desk, row, one, one.user_id)]
    return letters
