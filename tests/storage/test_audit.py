"""What is kept of a week: the answer with its hours, what makes it corrected, and the manager's look."""

from datetime import UTC, date, datetime, timedelta

from storage import audit, log
from storage.database import Database, Team
from tests.conftest import TEAM

NOW = datetime(2026, 11, 27, 19, tzinfo=UTC)
LATER, LAST = NOW + timedelta(hours=1), NOW + timedelta(hours=2)
MONDAY = date(2026, 11, 23)
BEFORE = MONDAY - timedelta(days=7)


async def write(team: Team, day: date, minutes: int, now: datetime, user_id: str = "UANA") -> str:
    entries = [{"day": day, "minutes": minutes, "category": "build"}]
    return (await log.write(team, user_id, entries, now))[0]


async def test_an_answer_keeps_its_hours_and_the_same_again_changes_nothing(database: Database) -> None:
    async with database.team(TEAM) as team:
        await audit.ask(team, "UANA", MONDAY, NOW)
        await audit.ask(team, "UANA", MONDAY, LATER)
        assert await audit.look(team, "UANA", MONDAY, "UBRUNO", NOW) is False
        assert await audit.answer(team, "UANA", MONDAY, 600, LATER, {"felt": "no", "words": "Longer"})
        assert not await audit.answer(team, "UANA", MONDAY, 600, LAST, {"felt": "no"})
        assert await audit.look(team, "UANA", MONDAY, "UBRUNO", LATER)
        assert await audit.look(team, "UANA", MONDAY, "UOTHER", LATER) is False
        assert await audit.answer(team, "UANA", MONDAY, 660, LAST, {"felt": "yes"})
        found = await audit.find(team, "UANA", MONDAY)
        assert found is not None
        assert (found.asked_at, found.answered_at, found.minutes, found.words) == (NOW, LAST, 660, "Longer")
        assert (found.seen_at, found.seen_by) == (None, "")


async def test_only_the_week_whose_log_changed_is_corrected(database: Database) -> None:
    async with database.team(TEAM) as team:
        entry = await write(team, MONDAY, 60, NOW)
        await write(team, BEFORE, 30, NOW)
        for monday, minutes in ((MONDAY, 60), (BEFORE, 30)):
            assert await audit.answer(team, "UANA", monday, minutes, NOW, {"felt": "yes"})
        assert await audit.touched(team, ["UANA"], BEFORE, LATER) == []
        await audit.look(team, "UANA", MONDAY, "UBRUNO", NOW)
        await log.mark(team, "UANA", [entry], LATER, undone=True)
        assert [row.monday for row in await audit.touched(team, ["UANA"], BEFORE, LATER)] == [MONDAY]
        found = await audit.find(team, "UANA", MONDAY)
        assert found is not None
        assert (found.corrected_at, found.minutes, found.seen_at) == (LATER, 60, None)
        assert await audit.touched(team, ["UANA"], BEFORE, LAST) == []
        await write(team, MONDAY, 45, LAST)
        assert [row.monday for row in await audit.touched(team, ["UANA"], BEFORE, LAST)] == [MONDAY]


async def test_a_question_follows_the_log_until_the_week_closes(database: Database) -> None:
    async with database.team(TEAM) as team:
        await audit.ask(team, "UANA", MONDAY, NOW)
        assert await audit.touched(team, ["UANA"], BEFORE, LATER) == []
        await write(team, MONDAY, 45, LATER)
        assert [row.user_id for row in await audit.touched(team, ["UANA", "UJUN"], BEFORE, LATER)] == ["UANA"]
        found = await audit.find(team, "UANA", MONDAY)
        assert found is not None
        assert found.corrected_at is None
        assert await audit.touched(team, ["UANA"], BEFORE, LATER + timedelta(days=7)) == []


async def test_the_newest_answer_and_those_of_a_week(database: Database) -> None:
    async with database.team(TEAM) as team:
        for user_id, monday in (("UANA", BEFORE), ("UANA", MONDAY), ("UJUN", BEFORE)):
            await audit.answer(team, user_id, monday, 60, NOW, {"felt": "mostly"})
        await audit.ask(team, "UJUN", MONDAY, NOW)
        newest = await audit.latest(team, ["UANA", "UJUN", "UNOOR"])
        assert {user_id: row.monday for user_id, row in newest.items()} == {"UANA": MONDAY, "UJUN": BEFORE}
        assert set(await audit.of_weeks(team, ["UANA", "UJUN", "UNOOR"], MONDAY)) == {"UANA", "UJUN"}
        await audit.show(team, ["UANA"], MONDAY, LATER)
        shown = (await audit.of_weeks(team, ["UANA", "UJUN"], MONDAY)).values()
        assert [row.shown_at for row in sorted(shown, key=lambda row: row.user_id)] == [LATER, None]
