"""The Home tab: drawn when it is opened, and again when what it shows has changed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, timedelta

from blocks import home as draw
from blocks.contractor import HELPS
from blocks.delivery import receiver, why
from blocks.home import Face, Member, Mine, Office, Theirs
from blocks.log import Totals
from handlers.contract import Call, Desk, Due, Duty, Kind, Letters, Reply, Route
from handlers.who import asker, whom_to_ask
from playbook.days import DAY, Week, local_day, read_weekdays
from playbook.digest import yesterday
from playbook.holidays import DaysOff
from playbook.workspace import steps
from storage import contractor, people, workspace
from storage import digest as facts
from storage.outbox import Home
from storage.tables import Blocker, Contractor, Person

REDRAW = "home.redraw"
LOOK_BACK = timedelta(days=15)
MOST_FAILED = 9


@dataclass(frozen=True)
class Gathered:
    """What the Homes of several people are made of."""

    people: Mapping[str, Person]
    places: Mapping[str, Contractor]
    members: Mapping[str, Sequence[tuple[Contractor, Person]]]
    minutes: facts.Minutes
    off: Mapping[str, frozenset[date]]
    stuck: Mapping[str, Sequence[Blocker]]
    waiting: Mapping[str, Sequence[Blocker]]


async def opened(call: Call, desk: Desk) -> Reply:
    """Draw the Home of somebody who opened it."""
    if call.event.get("tab", "home") != "home":
        return Reply()
    return Reply(posts=await _homes(desk, [call.user_id]))


async def turned(call: Call, desk: Desk) -> Reply:
    """Turn to another page of one's contractors."""
    await asker(call, desk)
    page = int(call.value) if call.value.isdecimal() else 0
    return Reply(posts=await _homes(desk, [call.user_id], page))


async def redraw(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Bring the Homes up to date of those who have opened theirs once."""
    keys = {f"home:{one.subject}": one.subject for one in due}
    return await _homes(desk, [keys[one] for one in await facts.letters_with(desk.team, keys)])


async def _homes(desk: Desk, user_ids: Collection[str], page: int = 0) -> tuple[Letters, ...]:
    if not user_ids:
        return ()
    gathered = await _gather(desk, user_ids)
    admins = [one for one in gathered.people.values() if one.is_admin or one.user_id in desk.admins]
    office = await _office(desk) if admins else None
    ask = await whom_to_ask(desk)
    there = [one for one in gathered.people.values() if not one.is_bot and not one.deactivated]
    faces = [_face(desk, one, gathered, office if one in admins else None, ask, page) for one in there]
    return tuple(Home(face.user_id, draw.draw(face)) for face in faces)


async def _gather(desk: Desk, user_ids: Collection[str]) -> Gathered:
    """Ask the database for everything at once, however many people it is for."""
    today = desk.now.astimezone(UTC).date()
    whose = facts.around(user_ids)
    members = defaultdict(list)
    for place, person in await facts.members(desk.team, facts.of_managers(user_ids)):
        members[place.manager_id].append((place, person))
    return Gathered(
        people=await people.find_all(desk.team, user_ids),
        places={one.user_id: one for one in await contractor.find_all(desk.team, user_ids)},
        members=members,
        minutes=await facts.minutes_by_day(desk.team, whose, today - LOOK_BACK, today + DAY),
        off=await facts.days_off(desk.team, whose, today - LOOK_BACK),
        stuck=_by(await facts.open_blockers(desk.team, whose), "user_id"),
        waiting=_by(await facts.waiting_for(desk.team, user_ids), "helper_id"),
    )


def _by(blockers: Iterable[Blocker], name: str) -> Mapping[str, Sequence[Blocker]]:
    found: dict[str, list[Blocker]] = defaultdict(list)
    for one in blockers:
        found[getattr(one, name)].append(one)
    return found


def _face(desk: Desk, person: Person, known: Gathered, office: Office | None, ask: str, page: int) -> Face:
    place, members = known.places.get(person.user_id), known.members.get(person.user_id, ())
    return Face(
        user_id=person.user_id,
        mine=_mine(desk, person, place, known) if place else None,
        theirs=_theirs(desk, person, members, known, page) if members else None,
        office=office,
        waiting=known.waiting.get(person.user_id, ()),
        ask=ask,
    )


def _mine(desk: Desk, person: Person, place: Contractor, known: Gathered) -> Mine:
    today = local_day(desk.now, person.zone)
    week, logged = Week.of(today), known.minutes.get(person.user_id, {})
    helpers = contractor.helpers(place)
    return Mine(
        totals=_totals(place, today, logged),
        week=[(day, logged.get(day, 0)) for day in week.days],
        stuck=known.stuck.get(person.user_id, ()),
        manager_id=place.manager_id,
        helpers=[(helpers[role], what) for role, what in HELPS.items() if helpers[role]],
        starts=place.start_date if place.start_date > today else None,
        empty_day=_empty_day(place, today, logged, known.off.get(person.user_id, frozenset())),
        types_only=person.guest == "single",
        paused=place.paused_at,
    )


def _totals(place: Contractor, today: date, logged: Mapping[date, int]) -> Totals:
    weekdays = read_weekdays(place.weekdays)
    week = sum(logged.get(day, 0) for day in Week.of(today).days)
    agreed = round(place.weekly_minutes / len(weekdays)) if today.weekday() in weekdays else 0
    return Totals(today, today, logged.get(today, 0), week, agreed, place.weekly_minutes)


def _empty_day(place: Contractor, today: date, logged: Mapping[date, int], off: Collection[date]) -> date | None:
    """Name the last working day if nothing was logged for it and its week is not over."""
    before = yesterday(today, read_weekdays(place.weekdays), DaysOff(place.country, off))
    empty = before >= place.start_date and not logged.get(before)
    return before if empty and before >= today - timedelta(days=4) else None


def _theirs(
    desk: Desk, manager: Person, members: Sequence[tuple[Contractor, Person]], known: Gathered, page: int
) -> Theirs:
    drawn = [_member(desk, place, person, known) for place, person in members]
    stuck = [one for place, _ in members for one in known.stuck.get(place.user_id, ())]
    week = Week.of(local_day(desk.now, manager.zone))
    pages = Theirs(drawn, (), 0, week).pages
    return Theirs(drawn, sorted(stuck, key=lambda one: one.number), min(page, pages - 1), week)


def _member(desk: Desk, place: Contractor, person: Person, known: Gathered) -> Member:
    today, logged = local_day(desk.now, person.zone), known.minutes.get(place.user_id, {})
    free = DaysOff(place.country, known.off.get(place.user_id, frozenset()))
    before = yesterday(today, read_weekdays(place.weekdays), free)
    return Member(
        user_id=place.user_id,
        name=person.name,
        before=before if before >= place.start_date else None,
        yesterday=logged.get(before, 0),
        week=sum(logged.get(day, 0) for day in Week.of(today).days),
        agreed=place.weekly_minutes,
        stuck=len(known.stuck.get(place.user_id, ())),
        paused=local_day(place.paused_at, person.zone) if place.paused_at else None,
    )


async def _office(desk: Desk) -> Office:
    failed = await facts.failed_letters(desk.team, MOST_FAILED)
    said = [(letter, why(letter.error, receiver(letter))) for letter in failed]
    office = await workspace.get(desk.team)
    set_up = steps(await workspace.chosen(desk.team))
    return Office(await facts.how_many_on_the_path(desk.team), said, set_up, office.tested_at)


ROUTES: tuple[Route, ...] = (
    Route(Kind.EVENT, "app_home_opened", opened),
    Route(Kind.ACTION, draw.PAGE, turned),
    Route(Kind.ACTION, draw.PAGE_BACK, turned),
)
DUTIES: tuple[Duty, ...] = (Duty(REDRAW, redraw, at_once=20),)
