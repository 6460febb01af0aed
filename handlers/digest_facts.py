"""What a digest is made of: gathered for several managers at once, in a handful of queries however many they are."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta

from blocks import digest as draw
from blocks.digest import NUDGE, Edition, LookBack, Worked
from handlers.contract import Desk
from handlers.digest_flag import Heard, heard_of
from handlers.digest_path import preparing
from handlers.digest_today import away_of, meetings_of, today
from playbook.days import DAY, Week, day_start, instant, local_day, read_weekdays
from playbook.digest import Logged, Preparing, Stuck, digest, silent_days, yesterday
from playbook.hours import working_minutes
from storage import blocker, contractor, people
from storage import digest as facts
from storage.blocker import Case
from storage.ooo import free_days, partly_days
from storage.rhythm_tables import Away, Meeting
from storage.tables import Contractor, Person

WEEK_DAYS = 7
LOOK_BACK = timedelta(days=15)


def nudge_key(user_id: str, day: date) -> str:
    """Name the question to a contractor on a day of theirs."""
    return f"{NUDGE}:{user_id}:{day}"


@dataclass(frozen=True)
class Team:
    """A manager's contractors and everything their digest says of them."""

    members: Sequence[tuple[Contractor, Person]]
    logged: Sequence[Logged]
    cases: Sequence[Case]
    asked: frozenset[str]
    preparing: Preparing
    strains: Sequence[Heard] = ()
    meetings: Sequence[Meeting] = ()
    away: Mapping[str, Away] = field(default_factory=dict)


async def _teams(desk: Desk, manager_ids: Collection[str], minutes: facts.Minutes) -> Mapping[str, Team]:
    """Gather what the digests of several managers are made of, in a handful of queries however many they are."""
    whose = facts.of_managers(manager_ids)
    members = defaultdict(list)
    for place, person in await facts.members(desk.team, whose):
        members[place.manager_id].append((place, person))
    everyone = [pair for pairs in members.values() for pair in pairs]
    logged = await logged_of(desk, everyone, minutes)
    asked = await _asked(desk, everyone)
    cases = defaultdict(list)
    managers = {place.user_id: place.manager_id for place, _ in everyone}
    for case in await blocker.cases(desk.team, await facts.open_blockers(desk.team, whose)):
        cases[managers.get(case.blocker.user_id, "")].append(case)
    path = await preparing(desk, everyone, whose)
    heard = await heard_of(desk, everyone)
    meetings, away = await meetings_of(desk, manager_ids), await away_of(desk, everyone)
    return {
        manager: Team(
            theirs,
            [logged[one.user_id] for one, _ in theirs if one.user_id in logged],
            cases[manager],
            asked,
            path.get(manager, Preparing()),
            heard.get(manager, ()),
            meetings.get(manager, ()),
            away,
        )
        for manager, theirs in members.items()
    }


async def logged_of(
    desk: Desk, members: Sequence[tuple[Contractor, Person]], minutes: facts.Minutes
) -> Mapping[str, Logged]:
    """Say of each contractor who has begun how long they have not logged, and what came on their last working day."""
    ids = [place.user_id for place, _ in members]
    off, partly = await free_days(desk.team, ids), await partly_days(desk.team, ids)
    last = {one: max(minutes[one]) for one in ids if minutes.get(one)}
    last = {**await facts.last_days(desk.team, [one for one in ids if one not in last]), **last}
    found = {}
    for place, person in members:
        today, one = local_day(desk.now, person.zone), place.user_id
        weekdays = read_weekdays(place.weekdays)
        free = replace(off[one], days=off[one].days | partly[one])
        before = yesterday(today, weekdays, free)
        if place.start_date <= before and place.paused_at is None:
            since = max(place.start_date, local_day(place.added_at, person.zone))
            silent = silent_days(last.get(one), since, today, weekdays, free)
            found[one] = Logged(one, person.name, silent, before, minutes.get(one, {}).get(before, 0))
    return found


async def _asked(desk: Desk, members: Sequence[tuple[Contractor, Person]]) -> frozenset[str]:
    """Say who was asked today why the log is quiet, or will be."""
    keys = {nudge_key(person.user_id, local_day(desk.now, person.zone)): person.user_id for _, person in members}
    written = await facts.letters_with(desk.team, keys)
    return frozenset(keys[one] for one in written) | set(await facts.planned(desk.team, NUDGE, list(keys.values())))


async def editions(desk: Desk, manager_ids: Collection[str]) -> Mapping[str, Edition]:
    """Make the digests of several managers."""
    today = desk.now.astimezone(UTC).date()
    whose = facts.of_managers(manager_ids)
    minutes = await facts.minutes_by_day(desk.team, whose, today - LOOK_BACK, today + DAY)
    managers = await people.find_all(desk.team, manager_ids)
    places = {one.user_id: one for one in await contractor.find_all(desk.team, manager_ids)}
    teams = await _teams(desk, manager_ids, minutes)
    drawn = {
        manager: _edition(desk, managers[manager], places.get(manager), team, minutes)
        for manager, team in teams.items()
        if manager in managers and (team.logged or team.cases or team.preparing or team.strains or team.meetings)
    }
    return await _with_counts(desk, drawn)


def _edition(desk: Desk, manager: Person, place: Contractor | None, team: Team, minutes: facts.Minutes) -> Edition:
    book = desk.playbook.digest
    day = local_day(desk.now, manager.zone)
    begins = day_start(day, manager.zone)
    week = Week.of(day).previous if day.weekday() == _weekly(desk, place) else None
    days = week.days if week else tuple(day - n * DAY for n in range(WEEK_DAYS, 0, -1))
    stuck = [_stuck(desk, case, begins) for case in team.cases]
    strains = [one.strain for one in team.strains if one.at >= begins]
    shown = {int(one) for place, _ in team.members for one in read_weekdays(place.weekdays)}
    return Edition(
        day=day,
        found=digest(stuck, team.logged, book, team.preparing, strains),
        worked=[worked_in(place, person, minutes, days) for place, person in team.members],
        chart_days=[one for one in days if one.weekday() in shown],
        until=until(desk, day, manager.zone),
        asked=team.asked,
        today=today(desk, manager, team.members, team.meetings, team.away),
        back=LookBack(week, week.locked(desk.now), 0, 0) if week else None,
    )


def _weekly(desk: Desk, place: Contractor | None) -> int:
    """Give the weekday that looks back on the week: the playbook's, or the first on which this manager works."""
    wanted, weekdays = desk.playbook.digest.weekly_weekday, weekdays_of(desk, place)
    return wanted if wanted in weekdays else min(weekdays)


def weekdays_of(desk: Desk, place: Contractor | None) -> Collection[int]:
    """Give the days on which a manager works: what they agreed to as a contractor, else the usual ones."""
    return read_weekdays(place.weekdays) if place else desk.playbook.contractor.weekdays


def until(desk: Desk, day: date, zone: str) -> datetime:
    """Say until when the digest of a day is kept up to date, in UTC."""
    return instant(day, desk.playbook.digest.until, zone) or day_start(day + DAY, zone)


def _stuck(desk: Desk, case: Case, begins: datetime) -> Stuck:
    row = case.blocker
    helper = row.taken_by or row.helper_id
    hours = case.hours(helper, desk.playbook.contractor)
    worked = working_minutes(hours, case.clock_from, desk.now)
    return Stuck(row.number, row.user_id, row.text, worked, case.clock_from < begins, row.state, helper, row.id)


def worked_in(place: Contractor, person: Person, minutes: facts.Minutes, days: Sequence[date]) -> Worked:
    """Give what a contractor logged on each of these days."""
    logged = minutes.get(place.user_id, {})
    return Worked(place.user_id, person.name, place.weekly_minutes, {day: logged[day] for day in days if day in logged})


async def _with_counts(desk: Desk, editions: Mapping[str, Edition]) -> Mapping[str, Edition]:
    """Add to the editions that look back on a week how many blockers came and went in it."""
    weeks = defaultdict(list)
    for manager, edition in editions.items():
        if edition.back:
            weeks[edition.back.week].append(manager)
    counted: dict[str, facts.Counted] = {}
    for week, managers in weeks.items():
        start, end = (datetime.combine(one.monday, time.min, tzinfo=UTC) for one in (week, week.next))
        counted |= await facts.counted(desk.team, facts.of_managers(managers), start, end)
    return {manager: draw.with_counts(edition, counted.get(manager)) for manager, edition in editions.items()}
