"""The gentle reminder to log at the end of somebody's day, its one follow-up, and what people answer."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from blocks import log_reminder as letters
from handlers.contract import Call, Desk, Due, Duty, Letters, Reply
from handlers.log_form import ONE_DAY, as_day, worker_of
from handlers.log_save import Worker, changed
from playbook.days import instant, last_working_day, local_day, next_at, read_weekdays
from playbook.hours import Hours, shift
from playbook.sorry import Sorry
from storage import contractor as contractors
from storage import log as store
from storage import people, timetable
from storage.outbox import Lane, Post, Redraw
from storage.tables import Contractor, Person
from storage.timetable import When

REMINDER = "log.reminder"
FOLLOW_UP = "log.follow_up"
CATCH_UP = timedelta(hours=3)
RECENT = timedelta(days=14)
Team = Mapping[str, tuple[Contractor, Person]]


async def off(call: Call, desk: Desk) -> Reply:
    """Take "didn't work that day" for an answer."""
    worker = await worker_of(call, desk)
    await changed(worker)
    return await _answer(call, worker, "off")


async def mute(call: Call, desk: Desk) -> Reply:
    """Say nothing more about that day."""
    return await _answer(call, await worker_of(call, desk), "muted")


async def tomorrow(call: Call, desk: Desk) -> Reply:
    """Ask about that day on the person's next working morning."""
    worker = await worker_of(call, desk)
    reply = await _answer(call, worker, "tomorrow")
    await timetable.put(desk.team, FOLLOW_UP, {worker.id: _morning(worker.contractor, worker.person, desk)})
    return reply


async def _answer(call: Call, worker: Worker, answer: str) -> Reply:
    """Keep what was said of a day and put it in the place of the reminder; a day with hours on it stays logged."""
    day = as_day(call.value)
    if day is None or not worker.today - RECENT <= day <= worker.today:
        raise Sorry("That reminder is from a while ago. `/log` takes that day as long as its week is open.")
    team = worker.desk.team
    if await store.logged(team, [worker.id], day, day):
        answer = "logged"
    else:
        await store.say_of_day(team, worker.id, day, answer)
    keys = (letters.reminder_key(worker.id, day), letters.follow_up_key(worker.id, day))
    return Reply().also(*(Redraw(key, *letters.answered(day, answer)) for key in keys))


async def remind(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Remind those who logged nothing on the working day that ends now, and plan one follow-up for each."""
    team = await _team(desk, [each.subject for each in due])
    days = {each.subject: _ended(*team[each.subject], each) for each in due if each.subject in team}
    silent = await _silent(desk, days, team, ("off", "muted", "tomorrow"))
    running = await store.timers(desk.team, silent)
    mornings = {user_id: _morning(*team[user_id], desk) for user_id in silent}
    await timetable.put(desk.team, FOLLOW_UP, mornings)
    return [
        _reminder(team[user_id][1], days[user_id], getattr(running.get(user_id), "started_at", None))
        for user_id in silent
    ]


def _reminder(person: Person, day: date, running_since: datetime | None) -> Post:
    said = letters.reminder(day, typing=person.guest == "single", running_since=running_since)
    return Post(letters.reminder_key(person.user_id, day), person.user_id, *said, lane=Lane.NUDGE, good_for=CATCH_UP)


async def follow_up(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Ask once more about the working day before, unless it was logged or answered meanwhile."""
    team = await _team(desk, [each.subject for each in due])
    days = {each.subject: _day_before(*team[each.subject], each) for each in due if each.subject in team}
    silent = await _silent(desk, days, team, ("off", "muted"))
    return [
        Post(
            letters.follow_up_key(user_id, days[user_id]),
            user_id,
            *letters.follow_up(days[user_id]),
            lane=Lane.NUDGE,
            good_for=CATCH_UP,
        )
        for user_id in silent
    ]


async def _team(desk: Desk, user_ids: Sequence[str]) -> Team:
    """Fetch the contractors that are still here, with what Slack says of them."""
    known = await people.find_all(desk.team, user_ids)
    rows = await contractors.find_all(desk.team, user_ids)
    here = {row.user_id: (row, known[row.user_id]) for row in rows if row.user_id in known}
    return {user_id: pair for user_id, pair in here.items() if not pair[1].deactivated}


async def _silent(desk: Desk, days: Mapping[str, date], team: Team, answers: Sequence[str]) -> list[str]:
    """Name those whose day has neither hours nor one of these answers; a night shift may be logged on either date."""
    days = {user_id: day for user_id, day in days.items() if day >= team[user_id][0].start_date}
    if not days:
        return []
    since, until = min(days.values()), max(days.values()) + ONE_DAY
    logged = await store.logged(desk.team, list(days), since, until)
    said = await store.said_of_days(desk.team, list(days.items()))
    return [
        user_id
        for user_id, day in days.items()
        if (user_id, day) not in logged
        and not (_overnight(team[user_id][0]) and (user_id, day + ONE_DAY) in logged)
        and said.get((user_id, day)) not in answers
    ]


def _overnight(contractor: Contractor) -> bool:
    return contractor.day_end <= contractor.day_start


def _ended(contractor: Contractor, person: Person, due: Due) -> date:
    """Give the working day that ends with a reminder; a night's belongs to the date on which it began."""
    day = due.day or local_day(due.due_at, person.zone)
    return day - ONE_DAY if _overnight(contractor) else day


def _day_before(contractor: Contractor, person: Person, due: Due) -> date:
    day = due.day or local_day(due.due_at, person.zone)
    return last_working_day(day, read_weekdays(contractor.weekdays))


def _morning(contractor: Contractor, person: Person, desk: Desk) -> When:
    """Say when the person's next working morning is."""
    at = desk.playbook.contractor.follow_up
    due_at = next_at(read_weekdays(contractor.weekdays), at, person.zone, desk.now)
    return When(due_at, local_day(due_at, person.zone), at, person.zone)


async def next_reminder(desk: Desk, user_ids: Sequence[str]) -> Mapping[str, When]:
    """Say when each contractor's working day next ends."""
    team = await _team(desk, user_ids)
    return {user_id: _next_end(contractor, person, desk.now) for user_id, (contractor, person) in team.items()}


def _next_end(contractor: Contractor, person: Person, now: datetime) -> When:
    weekdays = read_weekdays(contractor.weekdays)
    hours = Hours(person.zone, weekdays, contractor.day_start, contractor.day_end)
    day = max(local_day(now, person.zone) - 2 * ONE_DAY, contractor.start_date)
    while True:
        window = shift(hours, day)
        if window and window[1] > now:
            wished = day + ONE_DAY if _overnight(contractor) else day
            return When(_at(wished, contractor, person) or window[1], wished, contractor.day_end, person.zone)
        day += ONE_DAY


def _at(day: date, contractor: Contractor, person: Person) -> datetime | None:
    return instant(day, contractor.day_end, person.zone)


DUTIES = (
    Duty(REMINDER, remind, next_reminder, CATCH_UP, for_contractors=True),
    Duty(FOLLOW_UP, follow_up, catch_up=CATCH_UP),
)
