"""What Homes are made of: gathered for several people at once, in a handful of queries however many they are."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, timedelta

from blocks.contractor import HELPS
from blocks.delivery import receiver, why
from blocks.home import Face
from blocks.home_mine import Mine
from blocks.home_office import Office
from blocks.home_rhythm import Rhythm
from blocks.home_theirs import Member, Theirs
from blocks.log import Totals
from blocks.workspace import meter
from handlers.contract import Desk
from handlers.home_growth import Growth, grown, growth_of, led_on, on_ladder
from handlers.home_path import Paths, member_path, owed, paths_of, standing, way
from handlers.home_report import Insight, insight_of
from handlers.home_rhythm import Rhythms, led, rhythm, rhythms_of
from handlers.who import Asker, farewell, who_adds
from playbook.days import DAY, Week, local_day, read_weekdays
from playbook.digest import yesterday
from playbook.holidays import DaysOff
from playbook.workspace import steps
from storage import contractor, people, workspace
from storage import digest as facts
from storage.ooo import free_days
from storage.tables import Blocker, Contractor, Person

LOOK_BACK = timedelta(days=15)
MOST_FAILED = 9


@dataclass(frozen=True)
class Gathered:
    """What the Homes of several people are made of."""

    people: Mapping[str, Person]
    places: Mapping[str, Contractor]
    members: Mapping[str, Sequence[tuple[Contractor, Person]]]
    minutes: facts.Minutes
    off: Mapping[str, DaysOff]
    stuck: Mapping[str, Sequence[Blocker]]
    waiting: Mapping[str, Sequence[Blocker]]
    paths: Paths
    rhythms: Rhythms
    adders: frozenset[str]
    office: Office | None
    ask: str
    owed: Mapping[str, int]
    former: Mapping[str, Contractor]
    insight: Insight
    growth: Growth


async def faces(desk: Desk, user_ids: Collection[str], page: int = 0) -> list[Face]:
    """Make the Homes of several people; apps and those who have left have none."""
    known = await _gather(desk, user_ids)
    there = [one for one in known.people.values() if not one.is_bot and not one.deactivated]
    return [_face(desk, one, known, page) for one in there]


async def _gather(desk: Desk, user_ids: Collection[str]) -> Gathered:
    """Ask the database for everything at once, however many people it is for."""
    today, whose = desk.now.astimezone(UTC).date(), facts.around(user_ids)
    members = defaultdict(list)
    for place, person in await facts.members(desk.team, facts.of_managers(user_ids)):
        members[place.manager_id].append((place, person))
    found = await people.find_all(desk.team, user_ids)
    known = await contractor.known(desk.team, user_ids)
    places = {one.user_id: one for one in known if one.ended_at is None}
    led_ids = {place.user_id for theirs in members.values() for place, _ in theirs}
    on_it = {*places, *led_ids}
    return Gathered(
        people=found,
        places=places,
        members=members,
        minutes=await facts.minutes_by_day(desk.team, whose, today - LOOK_BACK, today + DAY),
        off=await free_days(desk.team, on_it),
        stuck=_by(await facts.open_blockers(desk.team, whose), "user_id"),
        waiting=_by(await facts.waiting_for(desk.team, user_ids), "helper_id"),
        paths=await paths_of(desk, on_it),
        rhythms=await rhythms_of(desk, places, led_ids),
        adders=workspace.adders(await workspace.get(desk.team)),
        office=await _office(desk) if any(_is_admin(desk, one) for one in found.values()) else None,
        ask=await who_adds(desk),
        owed=await owed(desk, user_ids),
        former={one.user_id: one for one in known if one.ended_at is not None},
        insight=await insight_of(desk, _everybody(places, found, members)),
        growth=await growth_of(desk, places, led_ids),
    )


def _everybody(
    places: Mapping[str, Contractor],
    found: Mapping[str, Person],
    members: Mapping[str, Sequence[tuple[Contractor, Person]]],
) -> Mapping[str, tuple[Contractor, Person]]:
    """Give every contractor whom these Homes show, once."""
    own = {one: (place, found[one]) for one, place in places.items() if one in found}
    return own | {place.user_id: (place, person) for theirs in members.values() for place, person in theirs}


def _is_admin(desk: Desk, person: Person) -> bool:
    return person.is_admin or person.user_id in desk.admins


def _by(blockers: Iterable[Blocker], name: str) -> Mapping[str, Sequence[Blocker]]:
    found: dict[str, list[Blocker]] = defaultdict(list)
    for one in blockers:
        found[getattr(one, name)].append(one)
    return found


def _face(desk: Desk, person: Person, known: Gathered, page: int) -> Face:
    place, members = known.places.get(person.user_id), known.members.get(person.user_id, ())
    return Face(
        user_id=person.user_id,
        mine=_mine(desk, person, place, known) if place else None,
        theirs=_theirs(desk, person, members, known, page) if members else None,
        office=known.office if _is_admin(desk, person) else None,
        waiting=known.waiting.get(person.user_id, ()),
        ask=known.ask,
        owed=known.owed.get(person.user_id, 0),
        farewell=farewell(Asker(person, None, is_admin=False, former=known.former.get(person.user_id))),
    )


def _mine(desk: Desk, person: Person, place: Contractor, known: Gathered) -> Mine:
    today, one = local_day(desk.now, person.zone), person.user_id
    week, logged = Week.of(today), known.minutes.get(one, {})
    helpers, stuck = contractor.helpers(place), known.stuck.get(one, ())
    empty = _empty_day(place, today, logged, known.off[one])
    begun = place.start_date <= today
    asked = rhythm(desk, known.rhythms, one, begun=begun)
    asked = Rhythm() if place.paused_at else grown(known.growth, asked, one, place.manager_id, today)
    return Mine(
        totals=_totals(place, today, logged),
        week=[(day, logged.get(day, 0)) for day in week.days],
        stuck=stuck,
        manager_id=place.manager_id,
        helpers=[(helpers[role], what) for role, what in HELPS.items() if helpers[role]],
        starts=place.start_date if place.start_date > today else None,
        empty_day=empty,
        types_only=person.guest == "single",
        step=standing(
            desk, known.paths, one, asked, gap=empty is not None, logged=bool(logged.get(today)), stuck=bool(stuck)
        ),
        rhythm=asked,
        way=way(desk, known.paths, one, on_ladder(desk, known.growth, one)),
        lately=known.insight.mine(one, tabled=one not in known.members),
    )


def _totals(place: Contractor, today: date, logged: Mapping[date, int]) -> Totals:
    weekdays = read_weekdays(place.weekdays)
    week = sum(logged.get(day, 0) for day in Week.of(today).days)
    agreed = round(place.weekly_minutes / len(weekdays)) if today.weekday() in weekdays else 0
    return Totals(today, today, logged.get(today, 0), week, agreed, place.weekly_minutes)


def _empty_day(place: Contractor, today: date, logged: Mapping[date, int], off: DaysOff) -> date | None:
    """Name the last working day if nothing was logged for it and its week is not over."""
    before = yesterday(today, read_weekdays(place.weekdays), off)
    empty = before >= place.start_date and not logged.get(before)
    return before if empty and before >= today - timedelta(days=4) else None


def _theirs(
    desk: Desk, manager: Person, members: Sequence[tuple[Contractor, Person]], known: Gathered, page: int
) -> Theirs:
    drawn = [_member(desk, place, person, known, manager.zone) for place, person in members]
    stuck = [one for place, _ in members for one in known.stuck.get(place.user_id, ())]
    week, adds = Week.of(local_day(desk.now, manager.zone)), manager.user_id in known.adders
    pages = Theirs(drawn, (), 0, week).pages
    ids, alone = [place.user_id for place, _ in members], manager.user_id not in known.places
    lately = known.insight.team(ids, desk.now, manager.zone, charted=alone)
    return Theirs(drawn, sorted(stuck, key=lambda one: one.number), min(page, pages - 1), week, adds, lately)


def _member(desk: Desk, place: Contractor, person: Person, known: Gathered, zone: str) -> Member:
    today, logged = local_day(desk.now, person.zone), known.minutes.get(place.user_id, {})
    free = known.off[place.user_id]
    before = yesterday(today, read_weekdays(place.weekdays), free)
    kept = led(desk, known.rhythms, person, zone)
    kept = led_on(known.growth, kept, place.user_id, place.manager_id, local_day(desk.now, zone))
    path, counted, needed = member_path(desk, known.paths, place.user_id, kept)
    return Member(
        user_id=place.user_id,
        name=person.name,
        before=before if before >= place.start_date else None,
        yesterday=logged.get(before, 0),
        week=sum(logged.get(day, 0) for day in Week.of(today).days),
        agreed=place.weekly_minutes,
        stuck=len(known.stuck.get(place.user_id, ())),
        path=path,
        checklist=counted,
        needs=needed,
        meeting=kept.meeting,
        values=kept.values or {},
    )


async def _office(desk: Desk) -> Office:
    failed = await facts.failed_letters(desk.team, MOST_FAILED)
    said = [(letter, why(letter.error, receiver(letter))) for letter in failed]
    sent, waiting = await facts.deliveries(desk.team, desk.now - DAY)
    office = await workspace.get(desk.team)
    drawn = meter(steps(await workspace.chosen(desk.team)), office.tested_at)
    return Office(await facts.how_many_on_the_path(desk.team), said, drawn, sent, waiting)
