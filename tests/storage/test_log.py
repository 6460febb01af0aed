"""What is remembered of logged time, on both engines."""

from datetime import UTC, date, datetime, timedelta

import pytest

from storage import log as store
from storage.database import Database
from tests.conftest import TEAM

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
MON = date(2026, 11, 23)
SUN = date(2026, 11, 29)


async def test_a_ledger_adds_up_days_and_projects(database: Database) -> None:
    async with database.team(TEAM) as team:
        await store.write(team, "A", [{"day": MON, "minutes": 60, "project": "acme"}, {"day": MON, "minutes": 5}], NOW)
        await store.write(team, "A", [{"day": SUN, "minutes": 30, "project": "zephyr"}], NOW)
        await store.write(team, "B", [{"day": MON, "minutes": 999}], NOW)
    async with database.team("T2") as team:
        await store.write(team, "A", [{"day": MON, "minutes": 999}], NOW)
    async with database.team_reading(TEAM) as team:
        ledger = await store.ledger(team, "A", MON, SUN)
        assert ledger.by_day == {MON: 65, SUN: 30}
        assert ledger.projects == ("zephyr", "acme")
        assert (await store.ledger(team, "A", MON, MON)).by_day == {MON: 65}
        assert await store.projects(team, "A") == ["zephyr", "acme"]


async def test_what_is_undone_counts_for_nothing_but_is_remembered(database: Database) -> None:
    async with database.team(TEAM) as team:
        ids = await store.write(team, "A", [{"day": MON, "minutes": 60, "project": "acme"}], NOW)
        assert await store.mark(team, "A", ids, NOW, undone=True) == 1
        assert await store.mark(team, "A", ids, NOW, undone=True) == 0
        assert await store.mark(team, "B", ids, NOW, undone=False) == 0
        ledger = await store.ledger(team, "A", MON, SUN)
        assert (ledger.by_day, ledger.projects, ledger.latest) == ({MON: 0}, (), NOW)
        assert await store.ever(team, "A")
        assert await store.last(team, "A") is None
        assert await store.last(team, "A", undone=True) is not None
        assert await store.logged(team, ["A"], MON, SUN) == frozenset()


async def test_entries_of_one_instant_keep_their_order(database: Database) -> None:
    async with database.team(TEAM) as team:
        await store.write(team, "A", [{"day": MON, "minutes": 1}, {"day": MON, "minutes": 2}], NOW)
        for minutes in (3, 4):
            latest = (await store.ledger(team, "A", MON, SUN)).latest
            await store.write(team, "A", [{"day": MON, "minutes": minutes}], NOW, latest)
        assert [row.minutes for row in await store.between(team, "A", MON, SUN)] == [1, 2, 3, 4]
        newest = await store.last(team, "A")
        assert newest is not None
        assert newest.minutes == 4


async def test_what_was_sent_together_is_found_together(database: Database) -> None:
    async with database.team(TEAM) as team:
        ids = await store.write(team, "A", [{"day": MON, "minutes": each} for each in (1, 2)], NOW)
        await store.write(team, "A", [{"day": MON, "minutes": 9}], NOW + timedelta(seconds=1))
        for one in ids:
            assert [row.minutes for row in await store.together(team, "A", one)] == [1, 2]
        assert await store.together(team, "B", ids[0]) == []
        assert await store.together(team, "A", "") == []


@pytest.mark.parametrize(
    ("start", "end", "touched"),
    [(9, 10, True), (11, 13, True), (8, 9, False), (12, 13, False), (8, 14, True), (10, 11, True)],
)
async def test_taken_time_is_found_by_what_it_touches(
    database: Database, start: int, end: int, *, touched: bool
) -> None:
    at = [NOW.replace(hour=hour) for hour in (9, 12, start, end)]
    async with database.team(TEAM) as team:
        ids = await store.write(team, "A", [{"day": MON, "minutes": 180, "starts_at": at[0], "ends_at": at[1]}], NOW)
        assert bool(await store.taken(team, "A", at[2], at[3])) is touched
        assert await store.taken(team, "A", at[2], at[3], ids) == []


async def test_a_stopwatch_is_started_once(database: Database) -> None:
    async with database.team(TEAM) as team:
        assert await store.start(team, "A", NOW, note="slides")
        assert not await store.start(team, "A", NOW + timedelta(hours=1), note="other")
        timer = await store.timer(team, "A")
        assert timer is not None
        assert (timer.note, timer.started_at) == ("slides", NOW)
        assert set(await store.timers(team, ["A", "B"])) == {"A"}
        await store.stop(team, "A")
        assert await store.timer(team, "A") is None


async def test_what_was_said_of_a_day_is_the_last_thing_said(database: Database) -> None:
    async with database.team(TEAM) as team:
        await store.say_of_day(team, "A", MON, "tomorrow")
        await store.say_of_day(team, "A", MON, "off")
        assert await store.said_of_days(team, [("A", MON), ("A", SUN), ("B", MON)]) == {("A", MON): "off"}
        assert await store.said_of_days(team, []) == {}


async def test_a_week_is_opened_again_once(database: Database) -> None:
    async with database.team(TEAM) as team:
        assert await store.reopen(team, "A", MON, "M", NOW)
        assert not await store.reopen(team, "A", MON, "M", NOW)
        assert await store.reopened(team, "A") == {MON}
        assert await store.reopened(team, "B") == frozenset()


async def test_a_draft_lives_for_a_day(database: Database) -> None:
    async with database.team(TEAM) as team:
        await store.keep_draft(team, "A", {"rows": [{"note": "one"}]}, NOW)
        await store.keep_draft(team, "A", {"rows": [{"note": "two"}]}, NOW)
        kept = await store.draft(team, "A", NOW + timedelta(hours=23))
        assert kept is not None
        assert kept.values == {"rows": [{"note": "two"}]}
        assert await store.draft(team, "A", NOW + timedelta(hours=24)) is None
        await store.drop_draft(team, "A")
        assert await store.draft(team, "A", NOW) is None
