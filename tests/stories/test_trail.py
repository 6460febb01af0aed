"""Stories of the audit log: what leaves a line, who reads it, and that it says nothing of what was written."""

from datetime import timedelta

import pytest

from storage import trail
from storage.outward_tables import Trail
from storage.trail import Filter
from tests.world import World, words


async def lines(world: World, only: str = "") -> list[Trail]:
    """Give the rows of the audit log, newest first."""
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        return list(await trail.rows(team, Filter(only=only), 1000))


async def told(world: World, only: str = "") -> list[tuple[str, str, bool]]:
    """Give what each row is, about whom, and whether it was a look."""
    return [(row.what, row.subject_id, row.look) for row in await lines(world, only)]


async def test_every_write_leaves_one_line_and_plain_looks_none(world: World) -> None:
    ana, bruno = world.id("ana"), world.id("bruno")
    await world.types("ana", "/log help")
    await world.types("ana", "/log today")
    await world.types("ana", "/contractor")
    assert await told(world) == []
    await world.types("ana", "/log 2h secret project")
    await world.types("ana", "/circle log 1h secret project")
    await world.types("jun", "1h secret project", "@app")
    await world.types("ana", "/blocker waiting for the secret project")
    await world.press("bruno", "blocker.take", "#acme")
    rows = await lines(world)
    assert {(row.actor_id, row.what, row.subject_id, row.look) for row in rows} == {
        (bruno, "blocker.take", ana, False),
        (ana, "/blocker", ana, False),
        (world.id("jun"), "message log_entry", world.id("jun"), False),
        (ana, "/circle log_entry", ana, False),
        (ana, "/log", ana, False),
    }
    assert len(rows) == 5
    assert "secret" not in str([row.model_dump() for row in rows])


async def test_a_look_at_something_sensitive_of_somebody_else_leaves_a_line(world: World) -> None:
    ana, bruno = world.id("ana"), world.id("bruno")
    await world.types("ana", "/contractor kpi @ana")
    assert await told(world) == []
    await world.types("bruno", "/contractor kpi @ana")
    await world.types("bruno", "/contractor audit @ana")
    looks = await told(world, only="looks")
    assert sorted(looks) == [("audit.read", ana, True), ("kpi.read", ana, True)]
    assert {row.actor_id for row in await lines(world, only="looks")} == {bruno}
    await world.types("lena", "/contractor kpi @ana")
    assert len(await lines(world)) == len(looks), "what was refused was not seen"


async def test_an_admin_reads_it_by_person_and_kind_page_by_page_and_nobody_else_does(world: World) -> None:
    ana, olivia = world.id("ana"), world.id("olivia")
    async with world.bot.database.team(world.bot.team_id) as team:
        for number in range(25):
            await trail.note(team, world.clock.now() - timedelta(days=number), ana, "log.save", ana)
    await world.types("bruno", "/contractor kpi @ana")
    await world.types("olivia", "/contractor trail @ana")
    shown = words(await world.modal("olivia") or {})
    assert f"<@{world.id('bruno')}> looked at: KPIs, <@{ana}>" in shown
    assert "1 to 20 of 26 lines" in shown
    await world.until("2026-11-23T12:10")
    await world.types("olivia", "/contractor trail @ana")
    await world.until("2026-11-23T12:20")
    await world.types("ana", "/log 1h review")
    await world.press("olivia", "trail.older")
    assert "21 to 27 of 27 lines" in words(await world.modal("olivia") or {})
    await world.press("olivia", "trail.newer")
    await world.submit("olivia", actor=world.id("bruno"), about=ana, only="looks", days="7")
    shown = words(await world.modal("olivia") or {})
    assert "1 to 1 of 1 line" in shown
    assert "changed: " not in shown
    await world.press("olivia", "trail.file")
    files = [message for message in await world.sees("olivia", "@app") if message.get("files")]
    assert files[-1]["files"][0]["name"] == "audit-log.csv"
    looks = await told(world, only="looks")
    assert ("trail.read", ana, True) in looks
    assert ("file.trail", ana, True) in looks
    assert olivia in {row.actor_id for row in await lines(world, only="looks")}


@pytest.mark.parametrize("who", ["ana", "bruno", "lena"])
async def test_it_is_for_admins(world: World, who: str) -> None:
    await world.types(who, "/contractor trail")
    said = words(await world.modal(who) or {}) + await world.last(who)
    assert "The audit log is for workspace admins" in said
    assert "newest first" not in said
