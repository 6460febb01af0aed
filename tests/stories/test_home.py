"""The Home tab of a contractor, a manager, an admin and a stranger, told from the front door."""

import pytest

from tests.world import World, actions, words


async def test_a_contractor_sees_the_next_step_the_day_and_the_week(world: World) -> None:
    home = await world.opens_home("ana")
    assert "Fri 20 Nov is still empty" in words(home)
    assert {"log.today", "log.yesterday", "log.day", "blocker.raise"} <= set(actions(home))
    await world.types("ana", "/log 2h30 review")
    home = await world.home("ana")
    assert "Today 2 h 30" in words(home)
    assert "week 2 h 30 of 30 h" in words(home)
    assert any(block["type"] == "data_visualization" for block in home["blocks"])


async def test_logging_from_home(world: World) -> None:
    await world.opens_home("ana")
    await world.press("ana", "log.today")
    assert await world.modal("ana") is not None


async def test_a_date_from_home(world: World) -> None:
    await world.opens_home("ana")
    await world.choose("ana", "log.day", "2026-11-19")
    assert await world.modal("ana") is not None


async def test_an_open_blocker_is_there_until_it_is_solved(world: World) -> None:
    await world.opens_home("ana")
    await world.types("ana", "/blocker waiting for Figma edit access")
    assert "waiting for Figma edit access" in words(await world.home("ana"))
    await world.types("ana", "/blocker done 1")
    assert "waiting for Figma edit access" not in words(await world.home("ana"))


async def test_a_guest_of_one_channel_learns_what_to_type(world: World) -> None:
    assert "You can type to me" in words(await world.opens_home("jun"))


async def test_a_manager_sees_each_contractor(world: World) -> None:
    await world.types("ana", "/log 20 nov 5h review")
    await world.types("ana", "/log 2h review")
    await world.types("ana", "/blocker waiting for Figma edit access")
    home = await world.opens_home("bruno")
    said = words(home)
    assert "2 contractors, 2 h logged this week, 1 open blocker" in said
    table = next(block for block in home["blocks"] if block["type"] == "table")
    assert [cell["text"] for cell in table["rows"][1]] == ["Ana Reis", "Fri 20 Nov", "5 h", "2 h", "30 h", "1"]
    await world.press("bruno", "digest.look")
    page = await world.modal("bruno")
    assert page is not None
    assert "2 h of 30 h" in words(page)


async def test_who_helps_sees_what_waits_for_them(world: World) -> None:
    await world.types("ana", "/blocker waiting for Figma edit access")
    homes = [words(await world.opens_home(who)) for who in ("olivia", "lena", "priya")]
    assert sum("Waiting for you" in home for home in homes) == 1


async def test_an_admin_sees_what_did_not_arrive_and_sends_it_again(world: World) -> None:
    await world.does("faults", faults=[{"method": "chat.postMessage", "do": "error:restricted_action", "times": 1}])
    await world.types("ana", "/blocker waiting for feedback on the checkout draft")
    home = await world.opens_home("olivia")
    assert "Some messages did not arrive" in words(home)
    await world.press("olivia", "delivery.resend")
    page = await world.modal("olivia")
    assert page is not None
    assert "again" in words(page)
    assert "Every message has arrived" in words(await world.home("olivia"))


async def test_an_admin_adds_from_home(world: World) -> None:
    await world.opens_home("olivia")
    await world.press("olivia", "contractor.add")
    form = await world.modal("olivia")
    assert form is not None
    assert form["callback_id"] == "contractor.form"


async def test_a_stranger_learns_how_to_get_in(world: World) -> None:
    home = await world.opens_home("noor")
    assert "An admin adds people" in words(home)
    assert f"<@{world.id('olivia')}>" in words(home)
    await world.press("noor", "circle.help")
    page = await world.modal("noor")
    assert page is not None
    assert "/log 2h review" in words(page)


async def test_who_never_opened_home_is_not_drawn(world: World) -> None:
    await world.types("ana", "/log 2h review")
    assert await world.home("ana") == {}


@pytest.mark.parametrize("tab", ["messages"])
async def test_the_messages_tab_changes_nothing(world: World, tab: str) -> None:
    await world.does("open_home", **{"as": "ana"}, tab=tab)
    assert await world.home("ana") == {}
