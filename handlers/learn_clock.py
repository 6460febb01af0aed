"""What the clock brings of courses: one question whether it is done, and requests that follow a new manager."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from blocks import learn as draw
from handlers.contract import Desk, Due, Letters
from handlers.learn_case import here, request
from playbook.days import DAY, instant, local_day, next_working_day
from playbook.learn import APPROVED
from storage import learn as store
from storage import timetable
from storage.outbox import Lane, Post
from storage.path import Traveller, travellers
from storage.timetable import When

FINISHED, FOLLOW = "learn.remind", "learn.follow"
NUDGE = "learn.finished"
WEEK = timedelta(days=7)


async def plan(desk: Desk, one: Traveller, course_id: str, at: datetime) -> None:
    """Plan to ask whether a course is done, on a working day from a moment on, on the contractor's own clock."""
    zone, hours, wish = one.person.zone, one.hours, desk.playbook.learn.ask_at
    day = next_working_day(local_day(at, zone) - DAY, hours.weekdays, hours.free)
    due_at = instant(day, wish, zone)
    await timetable.put(desk.team, FINISHED, {course_id: When(due_at, day, wish, zone) if due_at else When(at)})


async def remind(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Ask once whether a course is done; who is paused is asked when they are back."""
    letters: list[Letters] = []
    for one in due:
        row = await store.find(desk.team, one.subject)
        if row is None or row.state != APPROVED:
            continue
        found = (await travellers(desk.team, [row.user_id], paused=True)).get(row.user_id)
        if found is not None and found.place.paused_at is not None:
            await plan(desk, found, row.id, desk.now + WEEK)
        elif found is not None:
            key, about = draw.remind_key(row.id), draw.about(row.id)
            said = draw.remind(row)
            letters.append(Post(key, row.user_id, *said, Lane.NUDGE, good_for=WEEK, about=about, nudge=NUDGE))
    return letters


async def follow(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Bring the requests that wait to whoever is the manager now."""
    found = await travellers(desk.team, [one.subject for one in due], paused=True)
    letters: list[Letters] = []
    for user_id, rows in (await store.asked(desk.team, list(found))).items():
        manager = found[user_id].id_of("manager")
        for row in rows:
            letters += [*await here(desk, row, manager), *request(row, manager)]
    return letters
