"""The Home tab of a contractor, a manager, an admin and a stranger, told from the front door."""

import re
from datetime import date

import pytest

from tests.world import Json, World, actions, words


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
    assert [cell["text"] for cell in table["rows"][1]] == [
        "Ana Reis", "Day 16 · First month", "–", "Fri 20 Nov: 5 h", "2 h of 30 h", "–", "1",
    ]  # fmt: skip
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
    assert "Those who were chosen add people" in words(home)
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


async def test_a_newcomer_sees_the_path_and_its_next_step(world: World) -> None:
    await world.add_contractor("lena", "bruno", path=True, start_date=date(2026, 11, 23), buddy_id=world.id("priya"))
    await world.settle()
    home = await world.opens_home("lena")
    said = words(home)
    assert "*Next*: say who you are" in said
    assert "Day 1 · Day 1" not in said
    assert "*Path*\nDay 1" in said
    assert "0 of 5 pages" in said
    assert "*Golden Hours*\n14:00–17:00 for you" in said
    assert {"checklist.open", "packet.open", "kpi.open", "home.privacy", "introduction.open"} <= set(actions(home))


async def test_home_follows_what_somebody_does_on_the_path(world: World) -> None:
    await world.add_contractor("lena", "bruno", path=True, start_date=date(2026, 11, 23))
    await world.settle()
    await world.opens_home("lena")
    await world.press("lena", "introduction.open")
    await world.submit("lena", role="Engineer", bottleneck="slow builds", fun_fact="bakes bread", place="Berlin")
    assert "*Next*: your welcome packet" in words(await world.home("lena"))


async def test_golden_hours_are_on_both_clocks(world: World) -> None:
    home = words(await world.opens_home("ana"))
    assert "10:00–13:00 for you" in home
    assert f"14:00–17:00 for <@{world.id('bruno')}>" in home


async def test_who_sees_what_is_said_on_one_page(world: World) -> None:
    await world.opens_home("ana")
    await world.press("ana", "home.privacy")
    page = await world.modal("ana")
    assert page is not None
    assert "Your KPIs, their versions and results" in words(page)
    assert f"<@{world.id('bruno')}>" in words(page)


async def test_a_manager_sees_what_a_newcomer_needs_and_opens_it(world: World) -> None:
    await world.add_contractor("lena", "bruno", path=True, start_date=date(2026, 11, 23), buddy_id="")
    await world.settle()
    home = await world.opens_home("bruno")
    said = words(home)
    assert "What needs you" in said
    assert "has no KPIs yet" in said
    assert "Then: buddy" in said
    assert "Day 1" in said
    await world.press("bruno", "kpi.open")
    assert await world.modal("bruno") is not None


async def test_a_manager_finds_a_contractor_by_a_part_of_the_name(world: World) -> None:
    await world.opens_home("bruno")
    offered = await world.does("options", **{"as": "bruno"}, action_id="contractor.show", value="AN", home=True)
    assert [option["text"]["text"] for option in offered["options"]] == ["Ana Reis", "Jun Santos"]
    await world.does("choose", **{"as": "bruno"}, action_id="contractor.show", value=world.id("ana"), home=True)
    page = await world.modal("bruno")
    assert page is not None
    assert "30 h a week" in words(page)


async def test_somebody_elses_contractors_are_not_offered(world: World) -> None:
    await world.add_contractor("priya", "noor", path=False)
    await world.opens_home("noor")
    offered = await world.does("options", **{"as": "noor"}, action_id="contractor.show", value="", home=True)
    assert [option["text"]["text"] for option in offered["options"]] == ["Priya Nair"]


async def test_who_owns_items_sees_how_many_are_due(world: World) -> None:
    await world.add_contractor("noor", "bruno", path=True, start_date=date(2026, 11, 23))
    await world.settle()
    home = await world.opens_home("olivia")
    assert "checklist items are yours and due" in words(home)
    await world.press("olivia", "checklist.all")
    assert await world.modal("olivia") is not None


async def test_an_admin_sees_the_set_up_and_how_messages_fare(world: World) -> None:
    home = await world.opens_home("olivia")
    assert "in the last 24 hours" in words(home)
    assert {"workspace.self_test", "workspace.samples", "checklist.design_open", "packet.edit"} <= set(actions(home))


async def test_home_is_published_only_when_something_changed(world: World) -> None:
    await world.opens_home("ana")
    calls = len(await published(world))
    await world.opens_home("ana")
    assert len(await published(world)) == calls
    await world.types("ana", "/log 2h review")
    assert len(await published(world)) == calls + 1


async def published(world: World) -> list[Json]:
    """Give the calls that published a Home."""
    journal = (await world.ask("GET", "journal"))["journal"]
    return [one for one in journal if "views.publish" in str(one)]


async def test_what_is_ticked_leaves_the_home_of_whoever_owned_it(world: World) -> None:
    await world.add_contractor("noor", "bruno", path=True, start_date=date(2026, 11, 23))
    await world.settle()
    await world.until("2026-11-24T09:00", "olivia")
    before = owed(await world.opens_home("olivia"))
    await world.press("olivia", "checklist.done", "@app", containing="For you on")
    if await world.modal("olivia") is not None:
        await world.submit("olivia", proof="seen with my own eyes")
    assert owed(await world.home("olivia")) == before - 1


def owed(home: Json) -> int:
    """Give how many items of others' checklists a Home says are somebody's."""
    found = re.search(r"(\d+) checklist items? (?:is|are) yours", words(home))
    return int(found[1]) if found else 0
