"""The question about a contractor's week: when it comes, and the message as it stands after every change."""

from collections.abc import Mapping, Sequence
from datetime import date

from blocks import kpi_week as draw
from blocks.kpi_week import Answered
from handlers.contract import Desk, Due, Letters
from handlers.kpi_measure import line, measured
from playbook.days import Week, instant, local_day
from playbook.kpi import rows_of
from storage import kpi, kpi_week
from storage import log as logs
from storage.kpi_week import Results
from storage.outbox import Lane, Post, Redraw
from storage.path import Traveller, travellers
from storage.path_tables import Blueprint
from storage.timetable import When

WEEKLY = "kpi.weekly"
QUESTION = "kpi.week"
MOST_WEEKS = 60


def week_key(user_id: str, week: Week) -> str:
    """Name the message about a contractor's week."""
    return f"kpi.week:{user_id}:{week.key}"


async def next_weekly(desk: Desk, user_ids: Sequence[str]) -> Mapping[str, When]:
    """Say when each contractor's week is asked for next: on the last working day of a week."""
    found = await travellers(desk.team, user_ids, paused=True)
    whens = {user_id: _next_question(one, desk) for user_id, one in found.items()}
    return {user_id: when for user_id, when in whens.items() if when is not None}


def _next_question(one: Traveller, desk: Desk) -> When | None:
    at, zone = desk.playbook.kpi.weekly, one.person.zone
    week = Week.of(max(local_day(desk.now, zone), one.path.day(1)))
    for _ in range(MOST_WEEKS):
        day = _last_day(one, week)
        due_at = instant(day, at, zone) if day else None
        if due_at and due_at > desk.now:
            return When(due_at, day, at, zone)
        week = week.next
    return None


def _last_day(one: Traveller, week: Week) -> date | None:
    """Give the last working day of a week that is neither a holiday nor a day off; None if there is none."""
    path = one.path
    days = [
        day for day in week.days if day >= path.start and day.weekday() in path.weekdays and day not in path.days_off
    ]
    return days[-1] if days else None


async def weekly(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Ask those who have agreed KPIs, work on that day, and have not entered their week yet."""
    found = await travellers(desk.team, [one.subject for one in due])
    days = {
        one.subject: one.day or local_day(one.due_at, found[one.subject].person.zone)
        for one in due
        if one.subject in found
    }
    there = {one: found[one] for one, day in days.items() if day not in found[one].path.days_off}
    versions = await kpi.agreed(desk.team, list(there))
    posts: list[Letters] = []
    for user_id, version in versions.items():
        week = Week.of(days[user_id])
        if not await told_of(desk, user_id, week):
            drawn = await question(desk, there[user_id], version, week)
            posts.append(Post(week_key(user_id, week), user_id, *drawn, lane=Lane.NUDGE, nudge=QUESTION))
    return posts


async def told_of(desk: Desk, user_id: str, week: Week) -> Results:
    """Give what a contractor entered for a week by key, {} for nothing."""
    return (await kpi_week.results(desk.team, [user_id], week.monday)).get(user_id, {})


async def question(desk: Desk, one: Traveller, version: Blueprint, week: Week) -> draw.Drawn:
    """Draw the message about a week, as it stands now."""
    book = desk.playbook.kpi
    rows = rows_of(version.rows, book)
    weeks = (await measured(desk, {one.user_id: one}, {one.user_id: rows}, week, book.weeks - 1))[one.user_id]
    lines = [line(row, known, weeks) for row in rows if row.on and (known := book.row(row.key))]
    told = await told_of(desk, one.user_id, week)
    by = next(iter(told.values())).confirmed_by if kpi_week.is_confirmed(told) else ""
    return draw.question(week, lines, Answered(bool(told), by), closed=await is_closed(desk, one.user_id, week))


async def question_again(desk: Desk, user_id: str, week: Week) -> Sequence[Letters]:
    """Bring the contractor's message about a week up to date, if there is one."""
    found = await travellers(desk.team, [user_id], paused=True)
    version = (await kpi.agreed(desk.team, [user_id])).get(user_id)
    if user_id not in found or version is None:
        return ()
    drawn, told = await question(desk, found[user_id], version, week), await told_of(desk, user_id, week)
    return [Redraw(week_key(user_id, week), *drawn, settled=bool(told))]


async def is_closed(desk: Desk, user_id: str, week: Week) -> bool:
    """Say whether a week can be changed no more; one that was opened again for logs is open for this too."""
    return week.locked(desk.now) and week.monday not in await logs.reopened(desk.team, user_id)
