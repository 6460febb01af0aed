"""The gentle reminder to log at the end of somebody's day, its one follow-up, and what people answer."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta

from blocks import log_reminder as letters
from handlers.contract import Call, Desk, Due, Duty, Letters, Reply
from handlers.log_form import ONE_DAY, as_day, worker_of
from handlers.log_save import Worker, changed
from playbook.days import instant, last_working_day, local_day, next_at, read_weekdays
from playbook.hours import shift as worked_on
from playbook.sorry import Sorry
from playbook.tongue import phrase
from storage import log as store
from storage import nudge, timetable
from storage.contractor import Shift, shift_of, shifts
from storage.ooo import free_days, partly_days
from storage.outbox import Lane, Post, Redraw
from storage.timetable import When

REMINDER = "log.reminder"
FOLLOW_UP = "log.follow_up"
AGAIN = f"{REMINDER}.again"
THANK = "log.thank"
QUIET = "digest.nudge"
CATCH_UP = timedelta(hours=3)
RECENT = timedelta(days=14)
NEWS = timedelta(days=4)


async def off(call: Call, desk: Desk) -> Reply:
    """Take "didn't work that day" for an answer."""
    worker = await worker_of(call, desk)
    await changed(worker)
    reply = await _answer(call, worker, "off")
    if call.value >= (worker.today - NEWS).isoformat():  # or the follow-up would ask about the day before
        await timetable.drop(desk.team, worker.id, [FOLLOW_UP])
    return reply


async def mute(call: Call, desk: Desk) -> Reply:
    """Say nothing more about that day."""
    return await _answer(call, await worker_of(call, desk), "muted")


async def tomorrow(call: Call, desk: Desk) -> Reply:
    """Ask about that day on the person's next working morning."""
    worker = await worker_of(call, desk)
    reply = await _answer(call, worker, "tomorrow")
    free = (await free_days(desk.team, [worker.id]))[worker.id]
    shift = shift_of(worker.contractor, worker.person, free)
    await timetable.put(desk.team, FOLLOW_UP, {worker.id: _morning(shift, desk)})
    return reply


async def _answer(call: Call, worker: Worker, answer: str) -> Reply:
    """Keep what was said of a day and put it in the place of the reminder; a day with hours on it stays logged."""
    day = as_day(call.value)
    if day is None or not worker.today - RECENT <= day <= worker.today:
        raise Sorry(phrase("That reminder is from a while ago. `/log` takes that day as long as its week is open."))
    team = worker.desk.team
    if await store.logged(team, [worker.id], day, day):
        answer = "logged"
    else:
        await store.say_of_day(team, worker.id, day, answer)
    keys = (letters.reminder_key(worker.id, day), letters.follow_up_key(worker.id, day))
    return Reply().also(*(Redraw(key, *letters.answered(day, answer)) for key in keys))


async def remind(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Remind those who logged nothing on the working day that ends now, and plan one follow-up for each."""
    team = await shifts(desk.team, [each.subject for each in due])
    days = {each.subject: _ended(team[each.subject], each) for each in due if each.subject in team}
    silent = await _silent(desk, days, team, ("off", "muted", "tomorrow"))
    running = await store.timers(desk.team, silent)
    mornings = {user_id: _morning(team[user_id], desk) for user_id in silent}
    await timetable.put(desk.team, FOLLOW_UP, mornings)
    return [
        _reminder(team[user_id], days[user_id], getattr(running.get(user_id), "started_at", None)) for user_id in silent
    ]


def _reminder(shift: Shift, day: date, running_since: datetime | None) -> Post:
    said = letters.reminder(day, typing=shift.guest == "single", running_since=running_since)
    key, about = letters.reminder_key(shift.user_id, day), letters.about(shift.user_id, day)
    return Post(key, shift.user_id, *said, Lane.NUDGE, CATCH_UP, about, nudge=REMINDER)


async def follow_up(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Ask once more about the working day before, unless it was logged or answered meanwhile."""
    team = await shifts(desk.team, [each.subject for each in due])
    here = [each for each in due if each.subject in team and not _off(team[each.subject], each)]
    days = {each.subject: _day_before(team[each.subject], each) for each in here}
    silent = await _silent(desk, days, team, ("off", "muted"))
    reminders = [letters.reminder_key(user_id, days[user_id]) for user_id in silent]
    put_off = await nudge.brought_back(desk.team, reminders, desk.now - CATCH_UP)
    return [
        Post(
            letters.follow_up_key(user_id, days[user_id]),
            user_id,
            *letters.follow_up(days[user_id]),
            lane=Lane.NUDGE,
            good_for=CATCH_UP,
            about=letters.about(user_id, days[user_id]),
            nudge=FOLLOW_UP,
        )
        for user_id in silent
        if letters.reminder_key(user_id, days[user_id]) not in put_off
    ]


async def again(_desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Word reminders that were put off so that they hold on another day too."""
    days = {one.subject: as_day(one.subject.rpartition(":")[2]) for one in due}
    return [Redraw(key, *letters.follow_up(day)) for key, day in days.items() if day]


async def thank(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Put a thank-you in the place of reminders whose day was logged meanwhile, in whatever way."""
    users, since = [one.subject for one in due], desk.now - RECENT
    asked = await nudge.unanswered(desk.team, users, (REMINDER, FOLLOW_UP, QUIET), since)
    if not asked:
        return []
    logged = await store.logged(desk.team, users, since.date() - NEWS, desk.now.date() + ONE_DAY)
    days = {one.key: _logged(one.nudge, as_day(one.about.rpartition(":")[2]), one.to, logged) for one in asked}
    return [Redraw(key, *letters.answered(day, "logged")) for key, day in days.items() if day]


def _logged(kind: str, day: date | None, user_id: str, logged: Collection[tuple[str, date]]) -> date | None:
    """Give the day that answers a reminder: its own, or for a question about a quiet stretch any day of it."""
    theirs = [one for who, one in logged if who == user_id and day and (one >= day if kind == QUIET else one == day)]
    return max(theirs, default=None)


async def _silent(desk: Desk, days: Mapping[str, date], team: Mapping[str, Shift], answers: Sequence[str]) -> list[str]:
    """Name those whose day has neither hours nor one of these answers; a night shift may be logged on either date."""
    days = {user_id: day for user_id, day in days.items() if day >= team[user_id].start_date}
    if not days:
        return []
    since, until = min(days.values()), max(days.values()) + ONE_DAY
    logged = await store.logged(desk.team, list(days), since, until)
    said = await store.said_of_days(desk.team, list(days.items()))
    partly = await partly_days(desk.team, list(days))
    return [
        user_id
        for user_id, day in days.items()
        if (user_id, day) not in logged
        and not (_overnight(team[user_id]) and (user_id, day + ONE_DAY) in logged)
        and said.get((user_id, day)) not in answers
        and day not in partly[user_id]
    ]


def _overnight(shift: Shift) -> bool:
    return shift.day_end <= shift.day_start


def _ended(shift: Shift, due: Due) -> date:
    """Give the working day that ends with a reminder; a night's belongs to the date on which it began."""
    day = due.day or local_day(due.due_at, shift.zone)
    return day - ONE_DAY if _overnight(shift) else day


def _day_before(shift: Shift, due: Due) -> date:
    day = due.day or local_day(due.due_at, shift.zone)
    return last_working_day(day, read_weekdays(shift.weekdays), shift.free)


def _off(shift: Shift, due: Due) -> bool:
    """Tell whether somebody went away after the question was planned; then it is not asked at all."""
    return local_day(due.due_at, shift.zone) in shift.free


def _morning(shift: Shift, desk: Desk) -> When:
    """Say when the person's next working morning is."""
    at = desk.playbook.contractor.follow_up
    due_at = next_at(read_weekdays(shift.weekdays), at, shift.zone, desk.now, shift.free)
    return When(due_at, local_day(due_at, shift.zone), at, shift.zone)


async def next_reminder(desk: Desk, user_ids: Sequence[str]) -> Mapping[str, When]:
    """Say when each contractor's working day next ends."""
    team = await shifts(desk.team, user_ids)
    return {user_id: _next_end(shift, desk.now) for user_id, shift in team.items()}


def _next_end(shift: Shift, now: datetime) -> When:
    day = max(local_day(now, shift.zone) - 2 * ONE_DAY, shift.start_date)
    while True:
        window = worked_on(shift.hours, day)
        if window and window[1] > now:
            wished = day + ONE_DAY if _overnight(shift) else day
            due_at = instant(wished, shift.day_end, shift.zone) or window[1]
            return When(due_at, wished, shift.day_end, shift.zone)
        day += ONE_DAY


DUTIES = (
    Duty(REMINDER, remind, next_reminder, CATCH_UP, for_contractors=True),
    Duty(FOLLOW_UP, follow_up, catch_up=CATCH_UP),
    Duty(AGAIN, again),
    Duty(THANK, thank),
)
