"""When reviews open, and when whoever has not answered is asked once more."""

from collections.abc import Mapping, Sequence
from datetime import date

from handlers.contract import Desk
from playbook.days import DAY, instant, local_day, next_working_day
from playbook.review import Next, morning, next_review
from storage import review as store
from storage import timetable
from storage.digest import letters_with
from storage.growth_tables import Review
from storage.path import Traveller, travellers
from storage.timetable import When

OPENS = store.OPENS
REMIND = "review.remind"


async def planned(desk: Desk, user_ids: Sequence[str]) -> Mapping[str, Next]:
    """Say which review is next for each of these contractors; who is paused has none."""
    return await plans_of(desk, await travellers(desk.team, user_ids))


async def plans_of(desk: Desk, found: Mapping[str, Traveller]) -> Mapping[str, Next]:
    """Say the same of contractors who were looked up already."""
    newest = await store.latest(desk.team, list(found))
    moved = await store.moved(desk.team, list(found))
    since = await store.since(desk.team, desk.now.date())
    book = desk.playbook.review
    plans = {}
    for one, traveller in found.items():
        today = local_day(desk.now, traveller.person.zone)
        added = local_day(traveller.place.added_at, traveller.person.zone)
        after = max(added, since, *_behind(newest.get(one), traveller, desk)) - DAY
        plans[one] = next_review(traveller.path, after, today, moved.get(one), book)
    return plans


def _behind(row: Review | None, one: Traveller, desk: Desk) -> Sequence[date]:
    """Give the days after which reviews may come: that of the last one, and while one is open, today."""
    if row is None:
        return ()
    zone = one.person.zone
    over = local_day(row.closed_at or desk.now, zone)
    return [DAY + each for each in (row.due_on, over) if row.due_on >= one.path.start or row.closed_at is None]


async def next_opens(desk: Desk, user_ids: Sequence[str]) -> Mapping[str, When]:
    """Say when the next review of each contractor opens: in the morning of its day, on their clock and at work."""
    found = await travellers(desk.team, user_ids)
    plans = await plans_of(desk, found)
    return {one: _when(desk, found[one], plan.opens) for one, plan in plans.items()}


def _when(desk: Desk, one: Traveller, day: date) -> When:
    """Keep the wish beside its instant where the clock shows it; the beginning of a shift is only an instant."""
    day, at = morning(day, one.hours, desk.now, desk.playbook.review)
    wish, zone = desk.playbook.review.at, one.hours.zone
    return When(at, day, wish, zone) if instant(day, wish, zone) == at else When(at, day)


async def plan_again(desk: Desk, user_id: str) -> None:
    """Write down afresh when the next review of somebody opens, and when they are reminded of this one."""
    await desk.team.session.flush()
    for duty, whens in ((OPENS, await next_opens(desk, [user_id])), (REMIND, await next_remind(desk, [user_id]))):
        await timetable.put(desk.team, duty, whens)
        if user_id not in whens:
            await timetable.drop(desk.team, user_id, [duty])


async def next_remind(desk: Desk, user_ids: Sequence[str]) -> Mapping[str, When]:
    """Say when each open review is called to mind: some working days after it opened, once."""
    rows = await store.open_reviews(desk.team, user_ids)
    waiting = {one: row for one, row in rows.items() if row.shared_at is None}
    found, whens = await travellers(desk.team, list(waiting)), {}
    for one, traveller in found.items():
        keys = [f"{REMIND}:{waiting[one].id}:{who}" for who in (one, traveller.place.manager_id)]
        if not await letters_with(desk.team, keys):
            whens[one] = _when(desk, traveller, _reminded_on(desk, traveller, waiting[one]))
    return whens


def _reminded_on(desk: Desk, one: Traveller, row: Review) -> date:
    day = local_day(row.opened_at, one.person.zone)
    for _ in range(desk.playbook.review.remind_after):
        day = next_working_day(day, one.path.weekdays, one.path.days_off)
    return day
