"""Asking kindly, for a manager: a contractor whose log is quiet, or the helper of a blocker; once a day, at work."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from blocks import digest_nudge as draw
from blocks.blocker_letter import reminder
from blocks.digest import NUDGE, NUDGE_HELPER
from blocks.kit import mention
from handlers.contract import Call, Desk, Due, Letters, Reply, Say, soon
from handlers.digest_facts import logged_of, nudge_key
from handlers.who import asker, manages
from playbook.days import last_working_day, local_day, read_weekdays
from playbook.hours import Hours, at_work, next_begin
from playbook.sorry import Sorry
from playbook.tongue import phrase
from storage import blocker, people, timetable
from storage import digest as facts
from storage import nudge as pace
from storage.blocker import Case
from storage.contractor import agreed_hours
from storage.ooo import free_days
from storage.outbox import Lane, Post
from storage.tables import Contractor, Person
from storage.timetable import When

MINUTE = timedelta(minutes=1)
REDRAW = "digest.redraw"
NOT_THEIRS = phrase("I find nobody by that name among the contractors you manage. `/contractor` lists them.")
GONE = phrase("This blocker is resolved or not one of your contractors' any more. `/blocker list` shows what is open.")


def _helper_key(case: Case, day: date) -> str:
    return f"blocker:{case.blocker.id}:nudge:{day}:{case.blocker.helper_id}"


async def _hours(desk: Desk, place: Contractor, person: Person) -> Hours:
    free = (await free_days(desk.team, [person.user_id]))[person.user_id]
    return agreed_hours(place, person.zone, free)


def _begins(hours: Hours, now: datetime) -> datetime | None:
    """Say when somebody's working day begins who is away now; None for somebody at work."""
    return None if at_work(hours, now) else next_begin(hours, now)


async def nudge(call: Call, desk: Desk) -> Reply:
    """Ask a contractor about a quiet log, once a day and in their own working time."""
    who = await asker(call, desk)
    person, place = await people.actor(desk.team, call.value)
    if person is None or place is None or person.deactivated or not manages(who, place):
        raise Sorry(NOT_THEIRS)
    await soon(desk, (REDRAW, place.manager_id))
    days = await _quiet(desk, place, person)
    if not days:
        return Say(
            text=phrase("{person} has logged in the meantime, so I am not asking.", person=mention(person.user_id))
        )
    about, book = await _stretch(desk, place, person, days), desk.playbook.nudge
    if why := await pace.unwanted(desk.team, person.user_id, NUDGE, about, book, desk.now):
        return Say(text=draw.not_asked(person.user_id, refused=why == pace.REFUSED))
    letter = nudge_key(person.user_id, local_day(desk.now, person.zone))
    return await _ask_once(desk, NUDGE, person.user_id, person.user_id, letter, await _hours(desk, place, person))


async def _ask_once(desk: Desk, duty: str, subject: str, asked: str, letter: str, hours: Hours) -> Reply:
    """Plan a kind question for when the person is at work, unless today's was asked or is planned."""
    if await facts.letters_with(desk.team, [letter]):
        return Say(text=draw.asked_already(asked, None))
    planned = (await facts.planned(desk.team, duty, [subject])).get(subject)
    if planned is not None:
        return Say(text=draw.asked_already(asked, planned if planned > desk.now else None))
    begins = _begins(hours, desk.now)
    await timetable.put(desk.team, duty, {subject: When(begins or desk.now)})
    return Say(text=draw.will_ask(asked, begins))


async def _quiet(desk: Desk, place: Contractor, person: Person) -> int:
    """Count the working days for which a contractor has not logged; 0 when the log is not quiet any more."""
    silent = (await logged_of(desk, [(place, person)], {})).get(place.user_id)
    days = silent.silent_days if silent else 0
    return days if days >= desk.playbook.digest.silent_days else 0


async def _stretch(desk: Desk, place: Contractor, person: Person, days: int) -> str:
    """Name the quiet stretch that a question is about, by its first day: the same on every day of it."""
    first, free = local_day(desk.now, person.zone), (await free_days(desk.team, [person.user_id]))[person.user_id]
    for _ in range(days):
        first = last_working_day(first, read_weekdays(place.weekdays), free)
    return f"log.quiet:{person.user_id}:{first}"


async def nudge_now(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Bring the question to the contractors whose log is still quiet."""
    ids = [one.subject for one in due]
    members = await facts.members(desk.team, facts.around(ids))
    wanted = [(place, person) for place, person in members if place.user_id in ids]
    silent = await logged_of(desk, wanted, {})
    letters = []
    for place, person in wanted:
        days = silent[place.user_id].silent_days if place.user_id in silent else 0
        if days >= desk.playbook.digest.silent_days:
            letter = nudge_key(place.user_id, local_day(desk.now, person.zone))
            about, drawn = await _stretch(desk, place, person, days), draw.nudge(place.manager_id, days)
            letters.append(Post(letter, place.user_id, *drawn, about=about, nudge=NUDGE))
    await soon(desk, *((REDRAW, place.manager_id) for place, _ in wanted))
    return letters


async def nudge_helper(call: Call, desk: Desk) -> Reply:
    """Remind the helper of a blocker kindly, once a day and in their own working time."""
    who = await asker(call, desk)
    case = await _case(desk, call.value)
    raiser = case.contractors.get(case.blocker.user_id) if case else None
    if case is None or raiser is None or not manages(who, raiser):
        raise Sorry(GONE)
    helper = case.blocker.helper_id
    if helper == call.user_id:
        raise Sorry(phrase("This one is with you already. Press Open to see everything about it."))
    if not case.active(helper):
        raise Sorry(
            phrase(
                "{helper} is not in the workspace any more. Press Take it over, or Open to pass it on.",
                helper=mention(helper),
            )
        )
    hours = case.hours(helper, desk.playbook.contractor)
    letter = _helper_key(case, local_day(desk.now, hours.zone))
    return await _ask_once(desk, NUDGE_HELPER, case.blocker.id, helper, letter, hours)


async def _case(desk: Desk, blocker_id: str) -> Case | None:
    rows = [row for row in await blocker.find_all(desk.team, [blocker_id]) if row.resolved_at is None]
    found = await blocker.cases(desk.team, rows)
    return found[0] if found else None


async def nudge_helpers_now(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Bring the reminders to the helpers of blockers that are still open."""
    rows = await blocker.find_all(desk.team, [one.subject for one in due])
    cases = await blocker.cases(desk.team, [row for row in rows if row.resolved_at is None])
    return [_reminder(desk, case) for case in cases if case.active(case.blocker.helper_id)]


def _reminder(desk: Desk, case: Case) -> Post:
    helper = case.blocker.helper_id
    zone = case.hours(helper, desk.playbook.contractor).zone
    raiser = case.contractors.get(case.blocker.user_id)
    lead = draw.asking_helper(raiser.manager_id if raiser else case.blocker.manager_id)
    return reminder(case, helper, f"nudge:{local_day(desk.now, zone)}", lead, desk.playbook, Lane.NUDGE)
