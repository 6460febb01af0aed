"""Laying checklists: a contractor's items follow their template and their days, and each owner's morning is planned."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

from handlers.checklist_work import CHANGED, owner_id
from handlers.contract import Desk, Due, Letters, soon
from playbook.days import local_day, next_at, next_working_day, read_weekdays
from playbook.holidays import DaysOff
from storage import checklist as store
from storage import checklist_lay, contractor, digest, people, timetable, workspace
from storage.ooo import free_days, weeks
from storage.path import Traveller, travellers
from storage.path_tables import Workspace
from storage.tables import Person
from storage.timetable import When

LAY = "checklist.lay"
MORNING = "checklist.morning"
WHOLE = timedelta(hours=12)


async def lay(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Make the items of contractors, or let those that are still to do follow what was changed."""
    found = await travellers(desk.team, [one.subject for one in due])
    for traveller in found.values():
        await lay_one(desk, traveller)
    await soon(desk, *((CHANGED, one) for one in found))
    return ()


async def lay_one(desk: Desk, traveller: Traveller) -> None:
    """Make one contractor's items follow their template and their days."""
    book = desk.playbook.checklist
    things = await checklist_lay.things(desk.team, traveller.place.template, book)
    today = local_day(desk.now, traveller.person.zone)
    await checklist_lay.lay(desk.team, traveller.user_id, things, traveller.path, today, book)


async def plan_mornings(desk: Desk, found: Mapping[str, Traveller]) -> None:
    """Plan the next morning message of everybody who owns something open of these contractors."""
    opened = await store.open_owners(desk.team, list(found))
    owners = {owner_id(found[one], owner) for one, roles in opened.items() for owner in roles} - {""}
    planned = await digest.planned(desk.team, MORNING, owners)
    # What has come already is left to the next tick: planned anew it would be lost for today.
    free = [one for one in owners if one not in planned or planned[one] > desk.now]
    whens = await mornings_of(desk, free)
    await timetable.put(desk.team, MORNING, whens)


async def mornings_of(desk: Desk, user_ids: Collection[str]) -> Mapping[str, When]:
    """Say when the next working morning of several people is, on their own clocks; managers' with their digest."""
    calendars = await calendars_of(desk, user_ids)
    usual, digest = desk.playbook.checklist.morning, desk.playbook.digest.daily
    leading = {one.manager_id for one in await contractor.managed_by(desk.team, user_ids)}
    whens = {}
    for one, (person, weekdays, off) in calendars.items():
        at = digest if one in leading else usual
        due_at = next_at(weekdays, at, person.zone, desk.now, off)
        whens[one] = When(due_at, local_day(due_at, person.zone), at, person.zone)
    return whens


Calendar = tuple[Person, frozenset[int], DaysOff]


async def calendars_of(desk: Desk, user_ids: Collection[str]) -> Mapping[str, Calendar]:
    """Give the working days of people who are still here: a contractor's own, for others the workspace's."""
    known = await people.find_all(desk.team, user_ids)
    places = {one.user_id: one for one in await contractor.find_all(desk.team, user_ids)} if known else {}
    usual = usual_weekdays(await workspace.get(desk.team), desk)
    free, chosen = await free_days(desk.team, known), await weeks(desk.team, known)
    return {
        one: (
            person,
            read_weekdays(places[one].weekdays) if one in places else chosen.get(one, usual),
            free[one],
        )
        for one, person in known.items()
        if not person.deactivated and not person.is_bot
    }


def usual_weekdays(office: Workspace, desk: Desk) -> frozenset[int]:
    """Give the working days of people with whom none were agreed."""
    return read_weekdays(office.weekdays) or frozenset(desk.playbook.contractor.weekdays)


def until(calendar: Calendar, today: date) -> date:
    """Give the last day that a morning message looks at: the one before its reader's next working day."""
    _, weekdays, off = calendar
    return next_working_day(today, weekdays, off) - timedelta(days=1)
