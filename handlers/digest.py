"""The manager's digest: one message on working mornings, kept up to date until noon, and the hours behind it."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from blocks import digest as draw
from blocks.digest import LOOK, LOOK_ON, NUDGE, NUDGE_HELPER
from blocks.digest_week import week_page
from handlers.contract import Call, Desk, Due, Duty, Kind, Letters, OpenModal, ReplaceModal, Reply, Route
from handlers.digest_facts import editions, until, weekdays_of, worked_in
from handlers.digest_flag import hand_over
from handlers.digest_nudge import nudge, nudge_helper, nudge_helpers_now, nudge_now
from handlers.who import asker
from playbook.days import Week, local_day, next_at
from playbook.sorry import Sorry
from playbook.tongue import phrase
from storage import contractor, ooo, people
from storage import digest as facts
from storage.outbox import Lane, Post, Redraw
from storage.timetable import When

DAILY = "digest.daily"
REDRAW = "digest.redraw"
GOOD_FOR = timedelta(hours=6)
NOBODY = phrase("No contractor is on the path with you, so there are no hours to look at. `/contractor` shows who is.")


def key(manager_id: str, day: date) -> str:
    """Name the digest of a manager's day."""
    return f"digest:{manager_id}:{day}"


async def daily(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Write the morning's digests."""
    managers = [one.subject for one in due]
    await hand_over(desk, managers)
    drawn = await editions(desk, managers)
    return [
        Post(key(manager, edition.day), manager, *draw.draw(edition), Lane.DIGEST, GOOD_FOR)
        for manager, edition in drawn.items()
    ]


async def next_daily(desk: Desk, subjects: Sequence[str]) -> Mapping[str, When]:
    """Say when each manager's next digest is due; somebody who manages nobody gets none."""
    managers = await people.find_all(desk.team, subjects)
    leading = {one.manager_id for one in await contractor.managed_by(desk.team, subjects)}
    places = {one.user_id: one for one in await contractor.find_all(desk.team, subjects)}
    at, whens = desk.playbook.digest.daily, {}
    chosen, free = await ooo.weeks(desk.team, subjects), await ooo.free_days(desk.team, subjects)
    for one, manager in managers.items():
        if one in leading and not manager.deactivated:
            weekdays = chosen.get(one, weekdays_of(desk, None)) if one not in places else weekdays_of(desk, places[one])
            due_at = next_at(weekdays, at, manager.zone, desk.now, free[one])
            whens[one] = When(due_at, local_day(due_at, manager.zone), at, manager.zone)
    return whens


async def redraw(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Bring this morning's digests up to date where there is one and it is not noon yet."""
    managers = await people.find_all(desk.team, [one.subject for one in due])
    days = {one: local_day(desk.now, manager.zone) for one, manager in managers.items()}
    fresh = [one for one, day in days.items() if desk.now < until(desk, day, managers[one].zone)]
    keys = {key(one, days[one]): one for one in fresh}
    there = [keys[one] for one in await facts.letters_with(desk.team, keys)]
    drawn = await editions(desk, there) if there else {}
    return [Redraw(key(manager, edition.day), *draw.draw(edition)) for manager, edition in drawn.items()]


async def look(call: Call, desk: Desk) -> Reply:
    """Show each day of a week of one's contractors; weeks that are closed can be opened again there."""
    who = await asker(call, desk)
    week = _week(call.value)
    whose = facts.of_managers([call.user_id])
    members = await facts.members(desk.team, whose)
    if not members and who.is_admin:
        whose = facts.everybody()
        members = await facts.members(desk.team, whose)
    if not members:
        raise Sorry(NOBODY)
    minutes = await facts.minutes_by_day(desk.team, whose, week.monday, week.sunday)
    worked = [worked_in(place, person, minutes, week.days) for place, person in members]
    newest = week >= Week.of(local_day(desk.now, who.person.zone))
    view = week_page(week, worked, locked=week.locked(desk.now), newest=newest)
    return ReplaceModal(view=view) if call.view_id and not call.from_home else OpenModal(view=view)


def _week(text: str) -> Week:
    try:
        return Week.from_key(text)
    except ValueError:
        raise Sorry(phrase("I can't find that week. Please open the hours once more.")) from None


ROUTES: tuple[Route, ...] = (
    Route(Kind.ACTION, NUDGE, nudge),
    Route(Kind.ACTION, NUDGE_HELPER, nudge_helper),
    Route(Kind.ACTION, LOOK, look, opens=True),
    Route(Kind.ACTION, LOOK_ON, look, opens=True),
)
DUTIES: tuple[Duty, ...] = (
    Duty(DAILY, daily, next_daily, catch_up=timedelta(hours=3), for_managers=True, at_once=20),
    Duty(REDRAW, redraw, at_once=20),
    Duty(NUDGE, nudge_now),
    Duty(NUDGE_HELPER, nudge_helpers_now),
)
