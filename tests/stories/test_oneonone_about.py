"""Topics of the 1:1 from other records, told from the front door: "Talk in 1:1" wherever it stands."""

from datetime import date

from sqlmodel import select

from storage import log
from storage.rhythm_tables import Meeting
from storage.trust_tables import HealthCheck
from tests.world import World, words

DM = "@app"
RULE = 'Research Rule: Ana Reis logged 3 h 10 of research on "EU VAT" on Mon 23 Nov'


async def topics(world: World) -> str:
    """Give what waits for ana's next 1:1."""
    await world.types("ana", "/1on1 topics")
    return await world.last("ana")


async def logged_before(world: World) -> None:
    """Let ana have logged the days before, so that nothing but what the story tells is asked."""
    async with world.bot.database.team(world.bot.team_id) as team:
        for day in (19, 20):
            await log.write(team, world.id("ana"), [{"day": date(2026, 11, day), "minutes": 60}], world.clock.now())


async def answers(world: World) -> list[tuple[str, str]]:
    """Give what was answered to questions of health checks, and by whom."""
    async with world.bot.database.team(world.bot.team_id) as team:
        return [(row.answer, row.answered_by) for row in (await team.session.exec(select(HealthCheck))).all()]


async def test_from_a_health_check_and_both_see_that_it_is_answered(world: World) -> None:
    await logged_before(world)
    await world.until("2026-11-23T17:00", "ana")
    await world.types("ana", "/log 3h10 EU VAT #acme @research")
    await world.until("2026-11-23T18:05", "ana")
    await world.press("ana", "oneonone.add_about", DM, containing="EU VAT")
    await world.until("2026-11-24T12:00", "bruno")
    assert RULE in await topics(world)
    assert await answers(world) == [("talk", world.id("ana"))]
    for who in ("ana", "bruno"):
        assert any("to be talked about in the 1:1" in one for one in await world.reads(who)), who


async def test_from_a_week_that_felt_different(world: World) -> None:
    await world.types("ana", "/log 6h review")
    await world.until("2026-11-27T16:00", "ana")
    await world.press("ana", "audit.no", DM)
    await world.submit("ana", felt="no", words="Too many meetings", heavy="Hand-over")
    await world.until("2026-11-30T10:30", "bruno")
    await world.press("bruno", "oneonone.add_about", DM, containing="Too many meetings")
    assert "How the week of Mon 23 Nov felt: No, Too many meetings, heavy: Hand-over" in await topics(world)


async def test_from_a_long_day_in_the_digest(world: World) -> None:
    await world.until("2026-11-23T18:00", "ana")
    await world.types("ana", "/log 12h30 launch")
    await world.until("2026-11-24T08:45", "bruno")
    await world.press("bruno", "oneonone.add_about", DM, containing="Long days")
    assert "Ana Reis logged 12 h 30 on Mon 23 Nov" in await topics(world)


async def test_a_one_on_one_moves_at_once_when_days_off_or_working_days_change(world: World) -> None:
    await world.types("bruno", "/contractor 1on1 @ana")
    await world.submit("bruno", at=1795788000, rhythm=["weekly"])  # Fri 27 Nov 14:00 UTC
    await world.types("ana", "/ooo 27 nov")
    assert await days(world) != {date(2026, 11, 27)}
    assert any("is away that day" in one for one in await world.reads("bruno"))


async def test_a_one_on_one_leaves_a_holiday_of_a_country_that_is_agreed_later(world: World) -> None:
    await world.types("bruno", "/contractor 1on1 @ana")
    await world.submit("bruno", at=1796738400, rhythm=["weekly"])  # Tue 8 Dec 14:00 UTC, a holiday in Spain
    assert await days(world) == {date(2026, 12, 8)}
    await world.types("bruno", "/contractor edit @ana")
    for _ in range(2):
        await world.submit("bruno")
    modal = await world.modal("bruno")
    assert modal is not None
    asked = {"as": "bruno", "view": modal["id"], "action_id": "home_country", "value": "spain"}
    await world.does("options", **asked)
    await world.submit_pages("bruno", home_country="ES")
    assert date(2026, 12, 8) not in await days(world)


async def days(world: World) -> set[date]:
    """Give the days of the 1:1s that are planned."""
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        return {row.at.date() for row in await team.all(team.select(Meeting).where(Meeting.state == "planned"))}


async def test_every_part_of_the_rhythm_opens_from_the_card(world: World) -> None:
    for action, says in (("audit.open", "Week"), ("sprint.open", "Small Win Sprint")):
        await world.types("bruno", "/contractor @ana")
        await world.press("bruno", action, "#acme")
        modal = await world.modal("bruno")
        assert modal is not None
        assert says.casefold() in (words(modal) + str(modal["title"])).casefold()
        await world.close("bruno")
