"""What both should have in mind in a 1:1: gathered for many 1:1s at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from blocks import oneonone_growth as growth
from blocks import oneonone_lines as lines
from blocks.oneonone_agenda import Agenda, PartShown, WeekShown
from handlers.contract import Desk
from handlers.oneonone_pair import Pair, pairs
from handlers.path_measure import Weeks, measured
from playbook.days import DAY, Week
from playbook.kpi import rows_of
from playbook.kpi_measure import Measured
from playbook.oneonone import Part
from storage import oneonone
from storage.oneonone import State
from storage.oneonone_facts import Facts, gather
from storage.path import Traveller
from storage.rhythm_tables import Meeting

WEEK = timedelta(days=7)
REMEMBERED = timedelta(days=60)
FRIDAY = 4


@dataclass(frozen=True)
class Known:
    """One 1:1 with everything that is known for it; `before` are the earlier ones, oldest first."""

    desk: Desk
    pair: Pair
    meeting: Meeting
    before: Sequence[Meeting]
    facts: Facts
    kpis: Sequence[tuple[str, Measured]]

    @property
    def since(self) -> datetime:
        """Say since when things are news: the last 1:1 that was held, else a week before."""
        held = [one.at for one in self.before if one.state == State.HELD]
        return max(held, default=self.meeting.at - WEEK)

    @property
    def last_held(self) -> str:
        """Give the id of the last 1:1 that was held, "" for none."""
        return next((one.id for one in reversed(self.before) if one.state == State.HELD), "")

    @property
    def today(self) -> date:
        """Give the contractor's date."""
        return self.pair.contractor.day(self.desk.now)


async def agenda(desk: Desk, meeting_ids: Collection[str]) -> Mapping[str, Agenda]:
    """Give the agenda of several 1:1s by id; those that are not there, or whose contractor has left, are missing."""
    return await agendas(desk, await oneonone.find_all(desk.team, meeting_ids))


async def sampled(desk: Desk, traveller: Traveller, at: datetime) -> Agenda | None:
    """Give the agenda that a 1:1 of somebody would have; None for somebody without a manager."""
    one = Meeting(id="sample", team_id=desk.team.team_id, user_id=traveller.user_id, at=at, manager_id="")
    one.manager_id = traveller.id_of("manager")
    return (await agendas(desk, [one])).get("sample")


async def agendas(desk: Desk, meetings: Sequence[Meeting]) -> Mapping[str, Agenda]:
    """Give the agenda of each 1:1 by id, in a few queries however many they are."""
    ids = {one.user_id for one in meetings}
    known = await pairs(desk, ids)
    if not known:
        return {}
    earliest = min(one.at for one in meetings) - REMEMBERED
    history = await oneonone.of(desk.team, ids, earliest)
    last = max(desk.now.date() + DAY, max(one.at for one in meetings).date())
    facts = await gather(desk.team, ids, earliest, earliest.date(), last, desk.now.date())
    kpis = await _kpis(desk, known, facts, meetings)
    made = [
        Known(desk, known[one.user_id], one, _before(one, history), facts, kpis.get(one.user_id, ()))
        for one in meetings
        if one.user_id in known
    ]
    return {one.meeting.id: _agenda(one) for one in made}


def _before(meeting: Meeting, history: Mapping[str, Sequence[Meeting]]) -> Sequence[Meeting]:
    return [one for one in history.get(meeting.user_id, ()) if one.at < meeting.at and one.id != meeting.id]


async def _kpis(
    desk: Desk, known: Mapping[str, Pair], facts: Facts, meetings: Sequence[Meeting]
) -> Mapping[str, Sequence[tuple[str, Measured]]]:
    """Measure the agreed KPIs of each contractor in the week their next 1:1 looks back on."""
    book = desk.playbook.kpi
    rows = {one: rows_of(version.rows, book) for one, version in facts.blueprints.items() if one in known}
    by_week: dict[Week, set[str]] = {}
    for one in meetings:
        if one.user_id in rows:
            by_week.setdefault(_week(known[one.user_id], min(one.at, desk.now + WEEK)), set()).add(one.user_id)
    found: dict[str, Weeks] = {}
    for week, ids in by_week.items():
        found |= await measured(desk, {one: known[one].traveller for one in ids}, rows, week, 0)
    return {one: _named(desk, weeks) for one, weeks in found.items()}


def _named(desk: Desk, weeks: Weeks) -> Sequence[tuple[str, Measured]]:
    newest = max(weeks)
    return [(row.name, weeks[newest][row.key]) for row in desk.playbook.kpi.rows if row.key in weeks[newest]]


def _week(pair: Pair, at: datetime) -> Week:
    """Say which week a 1:1 looks back on: its own from Friday on, else the one before."""
    day = pair.contractor.day(at)
    return Week.of(day) if day.weekday() >= FRIDAY else Week.of(day).previous


def _agenda(known: Known) -> Agenda:
    meeting, desk = known.meeting, known.desk
    book = desk.playbook.oneonone
    return Agenda(
        meeting.id,
        meeting.user_id,
        meeting.manager_id,
        meeting.at,
        book.minutes,
        meeting.state,
        meeting.part,
        _parts(known),
        _log(known),
        meeting.prepared_at is not None,
        bool(meeting.strategy),
        meeting.moved_from,
        meeting.at <= desk.now,
        known.pair.clocks(meeting.at),
    )


def _parts(known: Known) -> Sequence[PartShown]:
    book, user_id = known.desk.playbook.oneonone, known.meeting.user_id
    keys = [part.key for part in book.parts]
    listed = () if known.meeting.state == State.RUNNING else known.facts.points.get(user_id, ())  # rows of their own
    waiting = lines.points(listed, known.meeting.id, keys, known.today).by_part
    filled = {
        "pulse": _pulse(known),
        "unblock": _unblock(known),
        "process": _process(known),
        "kpi": _kpi(known),
        "strategy": _strategy(known),
        "open_floor": lines.question(known.meeting),
    }
    return [_part(part, [*filled.get(part.key, ()), *waiting.get(part.key, ())]) for part in book.parts]


def _part(part: Part, shown: Sequence[str]) -> PartShown:
    return PartShown(part.key, part.name, part.minutes, part.hint, shown, part.empty)


def _pulse(known: Known) -> list[str]:
    facts, one, books = known.facts, known.meeting.user_id, known.desk.playbook
    flags = [row for row in facts.flags.get(one, ()) if row.raised_at >= known.since]
    mood = lines.mood(known.meeting, known.before, books.oneonone.moods)
    return [*mood, *lines.flags(flags, books.flag, known.pair.contractor.name)]


def _unblock(known: Known) -> list[str]:
    rows = known.facts.blockers.get(known.meeting.user_id, ())
    news = [row for row in rows if not row.resolved_at or max(row.created_at, row.resolved_at) >= known.since]
    return [*lines.slows(known.meeting), *lines.blockers(news, known.desk.now)]


def _process(known: Known) -> list[str]:
    facts, one, books = known.facts, known.meeting.user_id, known.desk.playbook
    audits = [row for row in facts.audits.get(one, ()) if row.answered_at and row.answered_at >= known.since]
    checks = [row for row in facts.checks.get(one, ()) if row.raised_at >= known.since]
    return [
        *lines.heavy(known.meeting, audits),
        *lines.felt(audits, books.audit),
        *lines.checks(checks, books.health, known.pair.contractor.name),
        *lines.sprints([row for row in facts.sprints.get(one, ()) if not row.done_at or row.done_at >= known.since]),
        *lines.wiki(facts.wiki.get(one, ())),
        *lines.decided([row for row in facts.decisions.get(one, ()) if row.meeting_id == known.last_held]),
    ]


def _kpi(known: Known) -> list[str]:
    facts, one = known.facts, known.meeting.user_id
    done = lines.checklist(facts.progress.get(one), facts.overdue.get(one, ()))
    return [*lines.kpis(known.kpis), *done]


def _strategy(known: Known) -> list[str]:
    """Give the manager's line, then what of reviews, the rate and courses both should have in mind."""
    facts, one, manager_id = known.facts, known.meeting.user_id, known.pair.manager.user_id
    line = [lines.said(known.meeting.strategy, 200)] if known.meeting.strategy else []
    return [
        *line,
        *growth.review(facts.reviews.get(one), manager_id),
        *growth.rate(facts.rates.get(one), known.today),
        *growth.courses(facts.courses.get(one, ()), facts.points.get(one, ()), manager_id),
        *growth.items(facts.items.get(one, ()), manager_id, known.today),
    ]


def _log(known: Known) -> WeekShown:
    """Give the seven days before the 1:1 as far as they have come, those without hours and agreement left out."""
    pair, minutes = known.pair, known.facts.minutes.get(known.meeting.user_id, {})
    hours, place = pair.contractor.hours, pair.traveller.place
    last = min(pair.contractor.day(known.meeting.at) - DAY, known.today)
    daily = place.weekly_minutes // len(hours.weekdays)
    days = [last - (6 - back) * DAY for back in range(7)]
    rows = [(day, minutes.get(day, 0), daily if _works(pair, day) else 0) for day in days if day >= place.start_date]
    kept = [row for row in rows if row[1] or row[2]]
    return WeekShown([row[0] for row in kept], [row[1] for row in kept], [row[2] for row in kept])


def _works(pair: Pair, day: date) -> bool:
    hours = pair.contractor.hours
    return day.weekday() in hours.weekdays and day not in hours.free
