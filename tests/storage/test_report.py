"""What reports are counted from, on both engines: weeks of one's own calendar, clocks, and what was published."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from playbook.days import Week
from playbook.load import load
from playbook.report import Trend, weeks_until
from playbook.report_mood import Figure, Published
from storage import report as store
from storage import report_mood as moods
from storage.database import Database, Team
from storage.path_tables import ChecklistItem
from storage.report import Rules
from storage.rhythm_tables import Away, Meeting
from storage.tables import Blocker, BlockerNote, Contractor, LogEntry, Person
from tests.conftest import TEAM

NOW = datetime(2026, 11, 5, 12, 0, tzinfo=UTC)
WEEKS = weeks_until(date(2026, 11, 5), 4)
RULES = Rules(load().contractor, 240)
FEELINGS = load().report.feelings
CLOCK_BACK = date(2026, 10, 25)  # the Sunday on which Madrid puts its clocks back; New York follows a week later


def add(team: Team, who: str, zone: str, **changes: Any) -> None:
    team.add(Person(team_id="", user_id=who, name=who.title(), zone=zone))
    values: dict[str, Any] = {
        "manager_id": "boss", "role": "r", "project": "p", "start_date": date(2026, 1, 5), "weekly_minutes": 1800,
        "weekdays": "0,1,2,3,4", "day_start": time(9), "day_end": time(17), "added_at": NOW, "added_by": "boss",
    } | changes  # fmt: skip
    team.add(Contractor(team_id="", user_id=who, **values))


def entry(team: Team, who: str, day: date, minutes: int = 60, **more: Any) -> None:
    team.add(LogEntry(team_id="", user_id=who, day=day, minutes=minutes, created_at=NOW, changed_at=NOW, **more))


def blocker(team: Team, number: int, came: str, **more: Any) -> None:
    values: dict[str, Any] = {"user_id": "ana", "helper_id": "olivia", "state": "open", "id": f"b{number}"} | more
    at = utc(came)
    team.add(
        Blocker(team_id="", number=number, text="x", kind="access", impact="slowed", since=at, created_at=at, **values)
    )


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


async def read(team: Team) -> dict[str, Trend]:
    await team.session.flush()
    return dict(await store.trends(team, await store.led_by(team, "boss"), WEEKS, NOW, RULES))


async def test_hours_go_by_day_and_category_without_what_was_undone(database: Database) -> None:
    async with database.team("T2") as other:
        add(other, "ana", "UTC")
        entry(other, "ana", date(2026, 11, 2), 999)
    async with database.team(TEAM) as team:
        add(team, "ana", "Europe/Madrid")
        for day in (CLOCK_BACK, CLOCK_BACK + timedelta(days=1)):
            entry(team, "ana", day, 60, category="build")
        entry(team, "ana", date(2026, 11, 8), 30)
        entry(team, "ana", date(2026, 11, 4), 500, undone=True)
        entry(team, "ana", date(2026, 10, 11), 500)
        parts = (await read(team))["ana"].parts
        assert [dict(part.minutes) for part in parts] == [{}, {"build": 60}, {"build": 60}, {"": 30}]


async def test_agreed_hours_know_days_off_pauses_and_partings(database: Database) -> None:
    async with database.team(TEAM) as team:
        add(team, "ana", "Europe/Madrid", country="ES")
        add(team, "jun", "Asia/Manila", paused_at=utc("2026-10-27T18:00"))
        add(team, "lee", "Asia/Manila", ended_at=utc("2026-10-20T10:00"), start_date=date(2026, 10, 15))
        off: dict[str, Any] = {"planned_at": NOW, "planned_by": "ana"}
        team.add(Away(team_id="", user_id="ana", first=date(2026, 10, 19), last=date(2026, 10, 25), **off))
        found = await read(team)
        # Ana: Columbus Day on Mon 12 Oct, a week away, a whole week, and this week until Thursday.
        assert [part.agreed for part in found["ana"].parts] == [1440, 0, 1800, 1440]
        # Jun was paused when it was Wednesday in Manila already.
        assert [part.agreed for part in found["jun"].parts] == [1800, 1800, 1080, 0]
        assert [part.agreed for part in found["lee"].parts] == [720, 720, 0, 0]


async def test_a_blocker_counts_on_the_helpers_clock_from_when_it_began_anew(database: Database) -> None:
    async with database.team(TEAM) as team:
        add(team, "ana", "Asia/Manila")
        team.add(Person(team_id="", user_id="olivia", name="Olivia", zone="America/New_York"))
        # New York works 09:00 to 17:30: until 31 October that is 13:00 to 21:30 UTC, from then on an hour later.
        blocker(team, 1, "2026-10-30T12:00", seen_at=utc("2026-10-30T13:10"), resolved_at=utc("2026-11-02T14:30"))
        blocker(team, 2, "2026-10-25T17:00")
        blocker(team, 3, "2026-11-04T14:00", seen_at=utc("2026-11-04T17:30"), resolved_at=utc("2026-11-04T18:00"))
        await team.session.flush()
        at = utc("2026-11-04T17:00")
        team.add(BlockerNote(team_id="", blocker_id="b3", at=at, user_id="ana", verb="reopen"))
        trend = (await read(team))["ana"]
        by_week = [[(one.seen, one.resolved) for one in part.stuck] for part in trend.parts]
        # The second came up on a Monday morning in Manila, although it was Sunday in UTC.
        assert by_week == [[], [], [(10, 540), (None, None)], [(30, 60)]]
        assert (trend.blockers.inside, trend.blockers.outside, trend.blockers.waiting) == (1, 2, 0)


def item(team: Team, key: str, due: date, **more: Any) -> None:
    words: dict[str, Any] = {"phase": "x", "position": 1, "text": "t", "owner": "contractor", "day": 1}
    team.add(ChecklistItem(team_id="", user_id="ana", key=key, due=due, **words, **more))


async def test_items_are_planned_by_their_day_and_done_on_ones_own_calendar(database: Database) -> None:
    async with database.team(TEAM) as team:
        add(team, "ana", "Asia/Manila")
        item(team, "a", date(2026, 10, 13), state="done", done_at=utc("2026-10-18T17:00"))  # Monday in Manila
        item(team, "b", date(2026, 10, 13), snoozed_until=date(2026, 11, 3))
        item(team, "c", date(2026, 10, 13), snoozed_until=date(9999, 12, 31))
        item(team, "d", date(2026, 10, 14), state="na", done_at=utc("2026-10-14T10:00"))
        item(team, "e", date(2026, 8, 1), state="done", done_at=utc("2026-11-03T10:00"))
        parts = (await read(team))["ana"].parts
        assert [part.planned for part in parts] == [1, 0, 0, 1]
        assert [part.done for part in parts] == [0, 1, 0, 1]


async def test_nobody_and_nothing_are_no_error(database: Database) -> None:
    async with database.team(TEAM) as team:
        assert await read(team) == {}
        assert await store.find(team, "nobody") is None
        assert await store.everybody(team) == []
        assert await moods.published(team, []) == {}


async def test_moods_are_told_to_somebody_and_felt_by_oneself(database: Database) -> None:
    week = Week(date(2026, 10, 26))
    async with database.team(TEAM) as team:
        add(team, "ana", "Asia/Manila")
        for at, mood in (("2026-10-27T10:00", "2"), ("2026-10-28T10:00", "4"), ("2026-10-29T10:00", "")):
            team.add(Meeting(team_id="", user_id="ana", manager_id="boss", at=utc(at), mood=mood))
        for feel in ("good", "rough", "rough", "unknown"):
            entry(team, "ana", date(2026, 10, 28), feel=feel)
        await team.session.flush()
        [given] = (await moods.given(team, await store.everybody(team), [week], FEELINGS))[week]
        assert (given.told, given.told_to, given.felt) == (4, "boss", 2)


async def test_what_was_published_once_stays(database: Database) -> None:
    week, first = Week(date(2026, 10, 26)), Published({"boss": Figure(3.5, 4)}, Figure(3.5, 4))
    async with database.team(TEAM) as team:
        await moods.keep(team, week, first)
        await moods.keep(team, week, Published())
        await moods.keep(team, week.next, Published())
        assert await moods.published(team, [week, week.next]) == {week: first, week.next: Published()}
