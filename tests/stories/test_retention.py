"""Stories of retention: an admin says how long things are kept, sees what goes before it does, and the nights delete it."""

from datetime import date, timedelta

import pytest

from storage import log
from storage.tables import LogEntry
from tests.world import World, words


async def shown(world: World) -> str:
    """Open olivia's page, and give its words."""
    await world.types("olivia", "/contractor retention")
    return words(await world.modal("olivia") or {})


async def logged(world: World) -> list[date]:
    """Name the days of which ana's hours are kept."""
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        return sorted(row.day for row in await team.all(team.select(LogEntry)))


async def test_a_shorter_time_is_shown_before_it_is_kept_and_the_night_deletes(world: World) -> None:
    today = world.clock.now().date()
    async with world.bot.database.team(world.bot.team_id) as team:
        for days in (10, 400, 800):
            entry = {"day": today - timedelta(days=days), "minutes": 60}
            await log.write(team, world.id("ana"), [entry], world.clock.now())
    before = await shown(world)
    assert "I have not deleted anything yet" in before
    assert "nothing becomes too old" in before
    assert "84 months. Invoices are made from them." in before
    await world.press("olivia", "retention.change")
    answer = await world.submit("olivia", months="3")
    assert answer["errors"]["months"].startswith("At least 12. Invoices are made from them.")
    for wrong in ("soon", "-5", "9999"):
        assert (await world.submit("olivia", months=wrong))["errors"]["months"]
    await world.submit("olivia", months="24")
    asked = words(await world.modal("olivia") or {})
    assert "are kept for 24 months instead of 84 months, this is deleted" in asked
    assert "for good: 1 record." in asked
    await world.press("olivia", "retention.back")
    assert "84 months. Invoices" in words(await world.modal("olivia") or {})
    await world.press("olivia", "retention.change")
    await world.submit("olivia", months="12")
    assert "2 records" in words(await world.modal("olivia") or {})
    await world.press("olivia", "retention.shorten")
    after = words(await world.modal("olivia") or {})
    assert "kept for 12 months from now on" in after
    assert "2 records (Logged time, days off, agreed KPIs and rates)" in after
    assert len(await logged(world)) == 3, "nothing goes before the night"
    await world.until("2026-11-24T03:30")
    assert await logged(world) == [today - timedelta(days=10)]
    assert "*Last round*" in await shown(world)
    assert "2 records (Logged time" in await shown(world)
    await world.until("2026-11-25T03:30")
    assert "nothing was old enough" in await shown(world)


async def test_a_longer_time_needs_no_second_look(world: World) -> None:
    await shown(world)
    await world.press("olivia", "retention.change")
    await world.submit("olivia", months="120")
    assert "kept for 120 months from now on" in words(await world.modal("olivia") or {})
    assert "120 months. Invoices" in await shown(world)


@pytest.mark.parametrize("who", ["ana", "bruno", "lena"])
async def test_it_is_for_admins_to_say(world: World, who: str) -> None:
    await world.types(who, "/contractor retention")
    said = words(await world.modal(who) or {}) + await world.last(who)
    assert "is for workspace admins to say" in said
    assert "84 months" not in said
