"""Versions of a blueprint and weeks of figures: one is drafted, one counts, and what is confirmed was seen."""

import asyncio
from datetime import UTC, date, datetime, timedelta

from storage import kpi, kpi_week
from storage.database import Database
from storage.kpi import State
from tests.conftest import TEAM

NOW = datetime(2026, 11, 27, 18, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
MONDAY = date(2026, 11, 23)
ROWS = [{"key": "deliverable", "text": "Two screens", "on": True}]


async def test_one_version_waits_and_one_counts(database: Database) -> None:
    async with database.team(TEAM) as team:
        first = await kpi.begin(team, "UANA", ROWS, "UBRUNO", NOW)
        assert (await kpi.begin(team, "UANA", [], "UOLIVIA", NOW)).id == first.id
        assert await kpi.current(team, ["UANA"]) == {}
        assert await kpi.versions(team, "UANA") == []
        assert await kpi.propose(team, first.id, "UBRUNO", NOW) is not None
        assert await kpi.propose(team, first.id, "UOLIVIA", NOW) is None
        await team.session.flush()
        assert (await kpi.current(team, ["UANA", "UJUN"])).keys() == {"UANA"}
        assert await kpi.agree(team, first.id, NOW) == (first, True)
        await team.session.flush()
        second = await kpi.begin(team, "UANA", ROWS, "UBRUNO", LATER)
        assert second.version == 2
        proposed = await kpi.propose(team, second.id, "UBRUNO", LATER)
        await team.session.flush()
        assert proposed == (second, [])
        assert (await kpi.current(team, ["UANA"]))["UANA"].version == 1
        assert (await kpi.waiting(team, ["UANA"]))["UANA"].version == 2
        await kpi.agree(team, second.id, LATER)
        await team.session.flush()
        assert (await kpi.current(team, ["UANA"]))["UANA"].version == 2
        assert [(one.version, one.state) for one in await kpi.versions(team, "UANA")] == [
            (2, "agreed"),
            (1, "replaced"),
        ]
        assert first.answered_at == NOW
        assert await kpi.agree(team, first.id, LATER) == (first, False)


async def test_what_is_discussed_keeps_all_words_and_suggestions(database: Database) -> None:
    async with database.team(TEAM) as team:
        first = await kpi.begin(team, "UANA", ROWS, "UBRUNO", NOW)
        await kpi.propose(team, first.id, "UBRUNO", NOW)
        await kpi.discuss(team, first.id, "One", {"deliverable": "A screen"}, NOW)
        await kpi.discuss(team, first.id, "Two", {}, NOW)
        await team.session.flush()
        assert (first.words, first.rows[0]["suggested"]) == ("Two\nOne", "A screen")
        second = await kpi.begin(team, "UANA", ROWS, "UBRUNO", NOW)
        await kpi.propose(team, second.id, "UBRUNO", NOW)
        await team.session.flush()
        assert (first.state, first.answered_at) == (State.REPLACED, None)
        assert await kpi.discuss(team, first.id, "Three", {}, NOW) == (first, False)


async def test_two_begin_and_propose_at_once_and_one_does(database: Database) -> None:
    async def write(who: str) -> bool:
        async with database.team(TEAM) as team:
            draft = await kpi.begin(team, "UANA", ROWS, who, NOW)
            return await kpi.propose(team, draft.id, who, NOW) is not None

    async def answer(blueprint_id: str) -> bool:
        async with database.team(TEAM) as team:
            done = await kpi.agree(team, blueprint_id, NOW)
            return bool(done and done[1])

    assert True in await asyncio.gather(*(write(f"U{number}") for number in range(4)))
    async with database.team_reading(TEAM) as team:
        versions = await kpi.versions(team, "UANA")
    assert [one.version for one in versions] == list(range(len(versions), 0, -1))
    assert [one.state for one in versions].count("proposed") == 1
    assert sum(await asyncio.gather(*(answer(one.id) for one in (*versions, versions[0])))) == 1


async def test_a_week_is_confirmed_as_it_was_seen(database: Database) -> None:
    async with database.team(TEAM) as team:
        values = {"deliverable": ("2", "one waits"), "goal": ("", ""), "golden": ("yes", "")}
        assert (await kpi_week.enter(team, "UANA", MONDAY, values, NOW)).changed
        assert not (await kpi_week.enter(team, "UANA", MONDAY, values, LATER)).changed
        found = (await kpi_week.results(team, ["UANA"], MONDAY))["UANA"]
        assert set(found) == {"deliverable", "golden"}
        seen = kpi_week.stamp(found)
        assert not await kpi_week.confirm(team, "UANA", MONDAY, "else", "UBRUNO", LATER)
        assert await kpi_week.confirm(team, "UANA", MONDAY, seen, "UBRUNO", LATER)
        assert not await kpi_week.confirm(team, "UANA", MONDAY, seen, "UBRUNO", LATER)
        await team.session.flush()
        assert kpi_week.is_confirmed((await kpi_week.results(team, ["UANA"], MONDAY))["UANA"])
        done = await kpi_week.enter(team, "UANA", MONDAY, {"deliverable": ("3", "")}, LATER)
        assert (done.changed, done.taken_back) == (True, "UBRUNO")
        assert not await kpi_week.confirm(team, "UANA", MONDAY, seen, "UBRUNO", LATER)
        again = await kpi_week.enter(team, "UANA", MONDAY, {"deliverable": ("4", "")}, LATER)
        assert again.taken_back == ""
        assert await kpi_week.results(team, ["UANA"], MONDAY + timedelta(days=7)) == {}
