"""Setting up the workspace, told from the front door: the first message, the three pages, and who may add people."""

from collections.abc import AsyncIterator

import pytest

from storage import people, topic, workspace
from storage.path_tables import Workspace
from tests.world import Json, World, actions, words

DM = "@app"


@pytest.fixture
async def fresh(sqlite_url: str) -> AsyncIterator[World]:
    """A workspace in which the bot was installed a moment ago."""
    world = await World.begin(sqlite_url, contractors=(), set_up=False)
    yield world
    await world.end()


async def office(world: World) -> Workspace:
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        return await workspace.get(team)


async def modal(world: World, who: str = "olivia") -> Json:
    found = await world.modal(who)
    assert found is not None
    return found


async def fill_in(world: World, **changes: object) -> None:
    """Fill in the three pages as olivia, with what is offered there where nothing else is said."""
    await world.types("olivia", "/contractor setup")
    first = {"office_operations": world.id("olivia"), "office_escalation": world.id("olivia")}
    for page, usual in (("workspace.first", first), ("workspace.second", {}), ("workspace.third", {})):
        shown = await modal(world)
        assert shown["callback_id"] == page
        for name in {"office_country", "golden_zone"} & set(changes) if page == "workspace.second" else ():
            view, typed = shown["id"], changes[name]
            await world.does("options", **{"as": "olivia"}, action_id=name, value=typed, view=view)
        here = {name: value for name, value in changes.items() if f"'block_id': '{name}'" in str(shown)}
        assert (await world.submit("olivia", **usual | here))["response_action"] == "update"


# The first message --------------------------------------------------------------------------------


async def test_after_the_installation_one_admin_gets_one_message_with_one_button(fresh: World) -> None:
    (message,) = await fresh.sees("olivia", DM)
    assert "Press Set up" in words(message)
    assert actions(message) == ["workspace.set_up"]
    for other in ("bruno", "lena", "ana"):
        assert await fresh.sees(other, DM) == []
    await fresh.press("olivia", "workspace.set_up", DM)
    assert (await modal(fresh))["callback_id"] == "workspace.first"


async def test_a_restart_does_not_write_again(fresh: World) -> None:
    await fresh.bot.stop()
    await fresh.start_bot()
    await fresh.settle()
    assert len(await fresh.sees("olivia", DM)) == 1


async def test_the_admin_whom_the_settings_name_is_written_to(sqlite_url: str) -> None:
    lena = World(sqlite_url, clock=None).id("lena")  # type: ignore[arg-type]
    world = await World.begin(sqlite_url, contractors=(), set_up=False, admins=frozenset({lena}))
    assert "Press Set up" in await world.last("lena", DM)
    assert await world.sees("olivia", DM) == []
    await world.types("lena", "/contractor setup")
    assert (await modal(world, "lena"))["callback_id"] == "workspace.first"
    await world.end()


async def test_a_workspace_that_is_set_up_hears_nothing(world: World) -> None:
    assert await world.sees("olivia", DM) == []


async def test_slack_out_of_reach_at_the_start_stops_nothing(sqlite_url: str) -> None:
    world = await World.begin(sqlite_url, contractors=(), set_up=False)
    await world.bot.stop()
    async with world.bot.database.team(world.bot.team_id) as team:
        assert await people.find(team, world.id("olivia")) is not None
    for method in ("users.list", "conversations.list", "conversations.members", "conversations.info"):
        await world.ask("POST", "faults", {"faults": [{"method": method, "do": "error:internal_error"}]})
    await world.start_bot()
    await world.types("olivia", "/contractor setup")
    assert (await modal(world))["callback_id"] == "workspace.first"
    await world.end()


# The pages ----------------------------------------------------------------------------------------


async def test_what_is_usual_is_filled_in_already(fresh: World) -> None:
    await fill_in(fresh)
    chosen = await office(fresh)
    assert chosen.intro_channel == fresh.channel("general")
    assert chosen.operations_id == chosen.escalation_id == fresh.id("olivia")
    assert workspace.adders(chosen) == {fresh.id("olivia")}
    assert (chosen.weekdays, chosen.country, chosen.teaser) == ("0,1,2,3,4", "", False)
    assert (str(chosen.golden_start), str(chosen.golden_end)) == ("14:00:00", "17:00:00")
    assert chosen.golden_zone == "America/New_York"
    page = words(await modal(fresh))
    assert "Introductions in <#" in page
    assert "Still to choose*: Who's Who" in page
    assert "set up by" in await fresh.last("olivia", DM)


async def test_everything_can_be_chosen_otherwise(fresh: World) -> None:
    await fill_in(
        fresh,
        intro_channel=fresh.channel("acme"),
        office_operations=fresh.id("lena"),
        office_escalation=fresh.id("bruno"),
        adders=[fresh.id("bruno"), fresh.id("olivia")],
        teaser=["on"],
        office_weekdays=["0", "1", "2", "3", "6"],
        office_country="ES",
        golden_start="15:00",
        golden_end="17:30",
        golden_zone="Europe/Madrid",
        topic_budget=fresh.id("priya"),
        topic_time_off=fresh.id("lena"),
    )
    chosen = await office(fresh)
    assert (chosen.intro_channel, chosen.operations_id) == (fresh.channel("acme"), fresh.id("lena"))
    assert (chosen.weekdays, chosen.country, chosen.teaser) == ("0,1,2,3,6", "ES", True)
    assert (chosen.golden_zone, chosen.whos_who_at is not None) == ("Europe/Madrid", True)
    async with fresh.bot.database.team_reading(fresh.bot.team_id) as team:
        lines = {line.topic: line.user_id for line in await topic.everything(team)}
    assert lines == {"Budget": fresh.id("priya"), "Time off": fresh.id("lena")}
    page = words(await modal(fresh))
    assert "Public holidays of Spain" in page
    assert "Nothing is missing" in page
    assert "you open tools and accounts" in await fresh.last("lena", DM)
    told = await fresh.last("bruno", DM)
    assert "what stays stuck" in told
    assert "you may add contractors" in told


async def test_back_keeps_what_was_filled_in(fresh: World) -> None:
    await fresh.types("olivia", "/contractor setup")
    await fresh.submit("olivia", office_escalation=fresh.id("bruno"))
    await fresh.choose("olivia", "golden_start", "15:00")
    await fresh.press("olivia", "workspace.back")
    page = await modal(fresh)
    assert page["callback_id"] == "workspace.first"
    assert fresh.id("bruno") in str(page)
    await fresh.submit("olivia")
    page = await modal(fresh)
    assert "'initial_time': '15:00'" in str(page)
    await fresh.submit("olivia")
    await fresh.press("olivia", "workspace.back")
    assert (await modal(fresh))["callback_id"] == "workspace.second"


async def test_closing_keeps_what_was_filled_in_for_a_day(fresh: World) -> None:
    await fresh.types("olivia", "/contractor setup")
    await fresh.choose("olivia", "office_escalation", fresh.id("bruno"))
    await fresh.close("olivia")
    await fresh.types("olivia", "/contractor setup")
    assert fresh.id("bruno") in str(await modal(fresh))
    await fresh.close("olivia")
    await fresh.until("2026-11-24T13:00")
    await fresh.types("olivia", "/contractor setup")
    assert fresh.id("bruno") not in str(await modal(fresh))


async def refused(world: World, page: int, **values: object) -> dict[str, str]:
    """Fill in a page and give what is said under its fields."""
    await world.types("olivia", "/contractor setup")
    for _ in range(page - 1):
        await world.submit("olivia")
    answer = await world.submit("olivia", **values)
    assert answer["response_action"] == "errors", answer
    errors: dict[str, str] = answer["errors"]
    return errors


async def test_a_channel_without_the_bot_is_refused_with_how_to_mend_it(fresh: World) -> None:
    errors = await refused(fresh, 1, intro_channel=fresh.channel("random"))
    assert "I am not in #random yet. Type /invite @Inner Circle" in errors["intro_channel"]
    await fresh.does("invite", **{"as": "olivia"}, channel="#random", user="@app")
    assert (await fresh.submit("olivia"))["response_action"] == "update"


async def test_a_private_channel_without_the_bot_is_refused(fresh: World) -> None:
    errors = await refused(fresh, 1, intro_channel=fresh.channel("leads"))
    assert "/invite @Inner Circle" in errors["intro_channel"]


async def test_an_archived_channel_is_refused(fresh: World) -> None:
    await fresh.types("olivia", "/contractor setup")
    await fresh.choose("olivia", "intro_channel", fresh.channel("acme"))
    await fresh.does("archive", **{"as": "bruno"}, channel="#acme")
    answer = await fresh.submit("olivia")
    assert "archived" in answer["errors"]["intro_channel"]


async def test_people_who_cannot_help_are_refused_by_name(fresh: World) -> None:
    errors = await refused(fresh, 1, office_operations=fresh.id("builds"), adders=[fresh.id("olivia"), fresh.id("ana")])
    assert errors == {
        "office_operations": "Builds is an app. Please choose a person.",
        "adders": "Ana Reis is a guest. Please choose a member of the workspace.",
    }
    await fresh.submit("olivia", office_operations=fresh.id("olivia"), adders=[fresh.id("olivia")])
    await fresh.submit("olivia")
    await fresh.choose("olivia", "topic_budget", fresh.id("priya"))
    await fresh.ask("PATCH", f"people/{fresh.id('priya')}", {"deleted": True})
    errors = (await fresh.submit("olivia"))["errors"]
    assert "deactivated" in errors["topic_budget"]


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({"golden_end": "15:30"}, "golden_end", "This is 1 h 30. Two to three hours work best"),
        ({"golden_end": "19:00"}, "golden_end", "second shift"),
        ({"golden_end": None}, "golden_end", "both a beginning and an end"),
        ({"golden_zone": None}, "golden_zone", "on whose clock"),
    ],
)
async def test_golden_hours_that_do_not_work(fresh: World, values: Json, field: str, said: str) -> None:
    assert said in (await refused(fresh, 2, **values))[field]


async def test_countries_and_zones_are_found_by_what_is_typed(fresh: World) -> None:
    await fresh.types("olivia", "/contractor setup")
    await fresh.submit("olivia")

    async def offered(action_id: str, typed: str) -> list[str]:
        view = (await modal(fresh))["id"]
        answer = await fresh.does("options", **{"as": "olivia"}, action_id=action_id, value=typed, view=view)
        return [one["text"]["text"] for one in answer["options"]]

    assert (await offered("office_country", "phil"))[0] == "Philippines"
    assert (await offered("office_country", "de"))[0] == "Germany"
    assert len(await offered("office_country", "")) == 100
    assert await offered("golden_zone", "new york") == ["America/New_York"]
    assert await offered("golden_zone", "nowhere at all") == []


async def test_what_became_impossible_meanwhile_is_said_on_its_page(fresh: World) -> None:
    await fresh.types("olivia", "/contractor setup")
    await fresh.submit("olivia", intro_channel=fresh.channel("acme"))
    await fresh.submit("olivia")
    await fresh.does("archive", **{"as": "bruno"}, channel="#acme")
    await fresh.submit("olivia")
    page = await modal(fresh)
    assert page["callback_id"] == "workspace.first"
    assert "#acme is archived or was deleted" in words(page)
    assert (await office(fresh)).set_up_at is None


# Who may --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["bruno", "noor", "ana"])
@pytest.mark.parametrize("verb", ["setup", "selftest", "test"])
async def test_only_admins_set_up(world: World, who: str, verb: str) -> None:
    await world.types(who, f"/contractor {verb}", "#general")
    said = await world.last(who, "#general")
    assert "for workspace admins" in said
    assert f"<@{world.id('olivia')}> is one" in said
    assert await world.modal(who) is None


async def test_somebody_who_is_no_admin_any_more_cannot_save(fresh: World) -> None:
    await fresh.types("olivia", "/contractor setup")
    await fresh.submit("olivia")
    await fresh.ask("PATCH", f"people/{fresh.id('olivia')}", {"kind": "member"})
    await fresh.settle()
    await fresh.submit("olivia")
    assert "for workspace admins" in words(await modal(fresh))
    assert (await office(fresh)).set_up_at is None


async def test_nobody_adds_before_it_was_chosen_who_may(fresh: World) -> None:
    await fresh.types("olivia", "/contractor add @ana")
    assert "Press Set up" in await fresh.last("olivia")
    await fresh.press("olivia", "workspace.set_up", "#acme")
    assert (await modal(fresh))["callback_id"] == "workspace.first"
    await fresh.types("bruno", "/contractor add @ana")
    said = await fresh.last("bruno")
    assert "an admin chooses who may, and" in said
    assert f"<@{fresh.id('olivia')}>" in said


async def test_who_was_chosen_adds_and_who_was_not_learns_whom_to_ask(fresh: World) -> None:
    await fill_in(fresh, adders=[fresh.id("bruno")])
    await fresh.types("bruno", "/contractor add @ana")
    assert (await modal(fresh, "bruno"))["callback_id"] == "contractor.form"
    for who in ("olivia", "lena"):
        await fresh.types(who, "/contractor add @ana")
        assert f"<@{fresh.id('bruno')}> is one" in await fresh.last(who)


async def test_an_admin_changes_it_later(world: World) -> None:
    await world.types("olivia", "/contractor setup")
    assert world.channel("general") in str(await modal(world))
    await world.submit("olivia", adders=[world.id("lena")])
    await world.submit("olivia", golden_start=None, golden_end=None, golden_zone=None)
    await world.submit("olivia")
    chosen = await office(world)
    assert workspace.adders(chosen) == {world.id("lena")}
    assert (chosen.golden_start, chosen.golden_zone) == (None, "")
    assert "you may add contractors" in await world.last("lena", DM)
    assert await world.sees("bruno", DM) == []


async def test_written_to_the_bot_it_offers_the_button(world: World) -> None:
    await world.types("olivia", "contractor setup", DM)
    await world.press("olivia", "workspace.set_up", DM)
    assert (await modal(world))["callback_id"] == "workspace.first"


# The meter ------------------------------------------------------------------------------------------


async def test_home_shows_how_far_the_set_up_is(fresh: World) -> None:
    home = words(await fresh.opens_home("olivia"))
    assert "*Set-up* ░░░░░ 0 of 5" in home
    assert "the channel for introductions" in home
    await fill_in(fresh)
    home = words(await fresh.home("olivia"))
    assert "*Set-up* ▓▓▓▓░ 4 of 5" in home
    assert "Still to choose: Who's Who." in home
    await fresh.close("olivia")
    await fill_in(fresh, topic_budget=fresh.id("priya"))
    home = words(await fresh.home("olivia"))
    assert "Set-up complete" in home
    assert "of 5" not in home
