"""What Homes say of the week's rhythm: a contractor's own, and their manager's, told from the front door."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlmodel import col

from storage.rhythm_tables import Meeting
from storage.trust_tables import HealthCheck, RedFlag
from tests.world import Json, World, actions, words

DM = "@app"


def at(moment: str) -> int:
    """Give a moment in UTC as a form takes it."""
    return int(datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp())


async def plan(world: World, who: str = "ana", moment: str = "2026-11-25T14:00") -> None:
    await world.types("bruno", f"/contractor 1on1 @{who}")
    await world.submit("bruno", at=at(moment), rhythm=["weekly"])


async def keep(world: World, *rows: Any) -> None:
    async with world.bot.database.team(world.bot.team_id) as team:
        for row in rows:
            team.add(row)


async def meeting(world: World) -> Meeting:
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        found = await team.first(team.select(Meeting).where(col(Meeting.state) == "planned"))
        assert found is not None
        return found


def row_of(home: Json, name: str) -> list[str]:
    """Give the cells of a contractor in the manager's table."""
    table = next(block for block in home["blocks"] if block["type"] == "table")
    return next([cell["text"] for cell in row] for row in table["rows"] if row[0]["text"] == name)


# A contractor's own ------------------------------------------------------------------------------


async def test_a_calm_home_asks_only_for_what_is_missing(world: World) -> None:
    said = words(await world.opens_home("ana"))
    assert "*Golden Hours*: none are agreed with you yet." in said
    assert "the workspace's, until yours are agreed" in said
    for part in ("*Audit*", "*1:1*:", "*Small Win Sprint*", "*Wiki*", "*Away*"):
        assert part not in said


async def test_the_next_one_on_one_is_there_and_prepared_from_home_once_it_is_asked(world: World) -> None:
    await world.opens_home("ana")
    await plan(world)
    assert "*Next 1:1*" in words(await world.home("ana"))
    assert "oneonone.prepare" not in actions(await world.home("ana"))
    await world.until("2026-11-24T15:00")
    home = await world.home("ana")
    assert "90 seconds to prepare your 1:1" in words(home)
    await world.press("ana", "oneonone.prepare")
    await world.submit("ana", mood="4")
    assert "90 seconds" not in words(await world.home("ana"))


async def test_being_away_is_one_line_with_the_way_back_and_nothing_else_is_next(world: World) -> None:
    await world.opens_home("ana")
    await world.press("ana", "ooo.open")
    assert await world.modal("ana") is not None
    await world.close("ana")
    await world.types("ana", "/ooo until friday")
    home = await world.home("ana")
    assert "You are away, Mon 23 – Fri 27 Nov. Nothing is asked of you meanwhile." in words(home).replace("\n", " ")
    assert "*Next*" not in words(home)
    assert "golden.open" not in actions(home)
    assert "ooo.open" not in actions(home)
    await world.press("ana", "ooo.back")
    home = await world.home("ana")
    assert "ooo.back" not in actions(home)
    assert "*Next*" in words(home)


async def test_golden_hours_are_chosen_from_home_and_leave_it_when_they_are_agreed(world: World) -> None:
    await world.opens_home("ana")
    await world.opens_home("bruno")
    await world.press("ana", "golden.open")
    assert await world.modal("ana") is not None
    await world.submit_pages("ana")
    assert "none are agreed" not in words(await world.home("ana"))
    assert "proposed Golden Hours, and the answer is yours" in words(await world.home("bruno"))
    await world.press("bruno", "golden.agree", DM)
    home = await world.home("ana")
    assert "golden.open" not in actions(home)
    assert "for you" in words(home)
    assert "the workspace's, until yours are agreed" not in words(home)
    assert "proposed Golden Hours" not in words(await world.home("bruno"))


async def test_the_audit_is_on_home_from_when_it_is_asked_until_it_is_answered(world: World) -> None:
    await world.types("ana", "/log 6h review")
    await world.opens_home("ana")
    await world.until("2026-11-27T16:00", "ana")
    home = await world.home("ana")
    assert "*Next*: how did the week of Mon 23 Nov feel?" in words(home)
    await world.press("ana", "audit.open")
    await world.submit("ana", felt="mostly")
    assert "audit.open" not in actions(await world.home("ana"))


async def test_a_sprint_is_on_home_until_its_two_questions_are_answered(world: World) -> None:
    await world.opens_home("ana")
    await world.types("bruno", "/contractor sprint @ana")
    await world.submit("bruno", task="Fix the <!here> footer")
    assert "*Small Win Sprint*: “Fix the &lt;!here&gt; footer”, due" in words(await world.home("ana"))
    await world.press("ana", "sprint.done")
    assert "How did it go?" in words(await world.home("ana"))
    await world.submit("ana", had_tools="yes", clear="yes")
    assert "Small Win Sprint" not in words(await world.home("ana"))


async def test_what_is_to_be_written_down_is_counted_and_opened_from_home(world: World) -> None:
    await world.opens_home("ana")
    await world.types("ana", "/circle wiki add Where do the fonts live?")
    if await world.modal("ana") is not None:
        await world.submit("ana")
    assert "*Wiki*: 1 answer to write down" in words(await world.home("ana"))
    await world.press("ana", "wiki.open")
    assert "Where do the fonts live?" in words(await world.modal("ana") or {})


async def test_how_work_goes_and_who_sees_it(world: World) -> None:
    await world.opens_home("ana")
    await world.press("ana", "health.open")
    assert "Signs of overwork" in words(await world.modal("ana") or {})
    await world.close("ana")
    await world.press("ana", "home.privacy")
    said = words(await world.modal("ana") or {})
    for part in ("1:1, its topics", "(audit)", "Health checks", "Red flags", "manager-only", "days off, holidays"):
        assert part in said


async def test_a_paused_contractor_is_asked_nothing(world: World) -> None:
    await world.opens_home("ana")
    await world.types("ana", "/circle wiki add Where do the fonts live?")
    if await world.modal("ana") is not None:
        await world.submit("ana")
    await world.types("bruno", "/contractor pause @ana")
    said = words(await world.home("ana"))
    assert "nothing is asked of you" in said
    assert "*Wiki*" not in said
    assert "*Golden Hours*: none" not in said


# A manager's -------------------------------------------------------------------------------------


async def test_a_manager_sees_the_next_one_on_one_on_their_own_clock_and_writes_the_line(world: World) -> None:
    await world.opens_home("bruno")
    assert "has no weekly 1:1 planned yet" in words(await world.home("bruno"))
    await plan(world)
    home = await world.home("bruno")
    assert row_of(home, "Ana Reis")[5] == "Wed 25 Nov 15:00"
    assert "line of strategy" not in words(home)
    await world.until("2026-11-24T15:30")
    assert "your line of strategy is still to be written" in words(await world.home("bruno"))
    await world.press("bruno", "oneonone.strategy")
    await world.submit("bruno", line="Ship the small thing first")
    assert (await meeting(world)).strategy == "Ship the small thing first"
    assert "line of strategy" not in words(await world.home("bruno"))


async def test_a_manager_sees_who_is_away_and_until_when(world: World) -> None:
    await world.opens_home("bruno")
    await world.types("ana", "/ooo until friday")
    assert row_of(await world.home("bruno"), "Ana Reis")[1].endswith(", away until Fri 27 Nov")
    await world.types("ana", "/ooo back")
    assert "away" not in row_of(await world.home("bruno"), "Ana Reis")[1]


async def test_a_manager_sees_what_was_asked_and_flagged_and_only_what_they_may(world: World) -> None:
    now = world.clock.now()
    about: Json = {"team_id": world.bot.team_id, "user_id": world.id("jun"), "raised_at": now, "day": now.date()}
    await keep(world, HealthCheck(**about, rule="research", facts={}, contractor_at=now))
    await keep(world, RedFlag(**about, rule="long_day", facts={}, told_at=now))
    said = words(await world.opens_home("bruno"))
    assert "asked how work goes" not in said
    assert "very long days" not in said
    later = {**about, "day": now.date() - timedelta(days=1)}
    await keep(world, HealthCheck(**later, rule="research", facts={}, contractor_at=now, manager_at=now))
    await keep(world, RedFlag(**later, rule="long_day", facts={}, told_at=now, manager_at=now))
    said = words(await world.opens_home("bruno"))
    assert "was asked how work goes, and you can answer too" in said
    assert "Then: long days" in said


async def test_a_manager_looks_at_an_audit_from_home(world: World) -> None:
    await world.types("ana", "/log 6h review")
    await world.until("2026-11-27T16:00", "ana")
    await world.press("ana", "audit.mostly", DM)
    await world.opens_home("bruno")
    await world.until("2026-11-30T10:30", "bruno")
    assert "said how the week felt" in words(await world.opens_home("bruno"))
    await world.press("bruno", "audit.open")
    await world.press("bruno", "audit.seen")
    assert "said how the week felt" not in words(await world.home("bruno"))


async def test_a_manager_is_reminded_of_a_small_win_in_the_first_days(world: World) -> None:
    await world.add_contractor("noor", "bruno", start_date=date(2026, 11, 20), path=True, buddy_id=world.id("priya"))
    await world.settle()
    assert "Small Win Sprint" in words(await world.opens_home("bruno"))
    await world.types("bruno", "/contractor sprint @noor")
    await world.submit("bruno", task="Fix the footer")
    assert "Small Win Sprint" not in words(await world.home("bruno"))
