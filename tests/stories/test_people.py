"""People who come, move and leave, and channels that open and close, told from the front door."""

from dataclasses import replace
from datetime import date

from handlers.contract import Call, Kind
from handlers.people import changed
from storage import digest, people
from tests.world import Json, World, actions, words

DM = "@app"


async def change(world: World, who: str, **changes: object) -> None:
    await world.ask("PATCH", f"people/{world.id(who)}", changes)
    await world.settle()


async def mornings(world: World, who: str) -> list[Json]:
    return [one for one in await world.sees(who, DM) if "digest.look" in actions(one)]


async def test_reminders_follow_somebody_who_moves(world: World) -> None:
    await change(world, "ana", tz="Asia/Tokyo")  # 21:00 there
    await world.until("2026-11-23T23:59", "ana")
    assert await world.sees("ana", DM) == []
    await world.until("2026-11-24T17:30", "ana")
    assert "Nothing is logged" in await world.last("ana", DM)


async def test_a_change_that_is_older_than_what_is_known_changes_nothing(world: World) -> None:
    async with world.bot.database.team(world.bot.team_id) as team:
        known = await people.find(team, world.id("ana"))
        assert known is not None
        old = {"id": world.id("ana"), "tz": "Asia/Tokyo", "name": "ana", "updated": known.updated - 1}
        call = Call(Kind.EVENT, "user_change", world.bot.team_id, world.id("ana"), event={"user": old})
        await changed(call, world.bot.workshop.desk(team))
        assert known.zone == "America/Sao_Paulo"
        await changed(
            replace(call, event={"user": old | {"updated": known.updated + 1}}), world.bot.workshop.desk(team)
        )
        assert known.zone == "Asia/Tokyo"


async def test_somebody_who_left_hears_nothing_and_is_not_counted(world: World) -> None:
    await world.types("jun", "log 6h review", DM)
    before = len(await world.sees("ana", DM))
    await change(world, "ana", deleted=True)
    await world.until("2026-11-24T08:45", "bruno")
    assert len(await world.sees("ana", DM)) == before
    assert f"<@{world.id('ana')}>" not in words((await mornings(world, "bruno"))[-1])


async def test_somebody_who_came_back_is_reminded_again(world: World) -> None:
    await change(world, "ana", deleted=True)
    await change(world, "ana", deleted=False)
    await world.until("2026-11-23T17:30", "ana")
    assert "Nothing is logged" in await world.last("ana", DM)


async def test_the_blockers_of_a_helper_who_left_go_to_the_next(world: World) -> None:
    await world.types("ana", "/blocker waiting for feedback on the checkout draft")
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        helper = (await digest.open_blockers(team, digest.everybody()))[0].helper_id
    handle = next(who for who in ("lena", "olivia", "priya") if world.id(who) == helper)
    await change(world, handle, deleted=True)
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        after = (await digest.open_blockers(team, digest.everybody()))[0].helper_id
    assert after not in {helper, ""}


async def test_admins_hear_when_a_manager_left(world: World) -> None:
    await change(world, "bruno", deleted=True)
    await world.wakes("olivia")
    said = "\n".join(await world.reads("olivia"))
    assert f"<@{world.id('ana')}>" in said
    assert "/contractor edit @person" in said


async def test_a_channel_the_bot_was_taken_out_of_gets_no_cards(world: World) -> None:
    await world.does("remove", **{"as": "olivia"}, channel="#acme", user="@app")
    await world.types("ana", "/blocker waiting for Figma edit access", DM)
    assert not any("Figma" in words(one) for one in await world.sees("bruno", "#acme"))


async def test_somebody_who_joins_is_known_at_once(world: World) -> None:
    await world.does("people", handle="mia", real_name="Mia Berg", tz="Europe/Oslo", kind="multi_guest")
    state = await world.ask("GET", "state")
    mia = next(one["id"] for one in state["people"] if one["handle"] == "mia")
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        known = await people.find(team, mia)
    assert known is not None
    assert (known.name, known.zone, known.guest) == ("Mia Berg", "Europe/Oslo", "multi")


async def test_what_a_manager_is_asked_once_follows_the_managers_clock(world: World) -> None:
    await world.add_contractor("lena", "bruno", path=True, start_date=date(2026, 12, 3))
    await world.settle()
    await world.ask("PATCH", "people/bruno", {"tz": "America/New_York"})
    await world.settle()
    asked = "What will their weeks be measured by?"
    await world.until("2026-11-25T08:59", "bruno")
    assert not any(asked in one for one in await world.reads("bruno"))
    await world.until("2026-11-25T09:15", "bruno")
    assert sum(asked in one for one in await world.reads("bruno")) == 1
