"""The self-test and the survey of channels, told from the front door."""

from pathlib import Path

import pytest

from storage import people, survey, topic, workspace
from tests.world import MANIFEST, World, actions, words

DM = "@app"


async def run(world: World) -> str:
    """Run the self-test as olivia and give what came of it."""
    await world.types("olivia", "/contractor selftest")
    assert "The outcome comes as a message" in await world.last("olivia")
    return await world.last("olivia", DM)


async def test_everything_works(world: World) -> None:
    await world.does("invite", **{"as": "olivia"}, channel="#general", user="jun")
    async with world.bot.database.team(world.bot.team_id) as team:
        await topic.put(team, {"Budget": world.id("priya")}, world.id("olivia"), world.clock.now())
    said = await run(world)
    assert "Self-test: everything works." in said
    assert "To mend" not in said
    assert "permissions that it asks for" in said
    assert f"I can write in <#{world.channel('general')}> (introductions)" in said
    assert f"I can write in <#{world.channel('acme')}> (a project channel)" in said
    assert f"<@{world.id('olivia')}>" in said
    assert f"<@{world.id('bruno')}>" in said
    assert "2 contractors on the path, where I can reach them" in said
    for who in ("bruno", "ana", "jun"):
        assert await world.sees(who, DM) == [], "looking bothered somebody"


async def test_a_guest_who_is_not_introduced_anywhere_is_named(world: World) -> None:
    said = await run(world)
    assert f"Not in <#{world.channel('general')}>, where newcomers are introduced: <@{world.id('jun')}>." in said
    assert f"introduced: <@{world.id('ana')}>" not in said


async def test_the_bot_was_thrown_out_of_general(world: World) -> None:
    general = world.sandbox.workspace.named("general")
    assert general is not None
    world.sandbox.workspace.leave(general, world.sandbox.workspace.bot)  # Slack's page lets nobody out of #general
    await world.settle()
    await world.wakes("olivia")
    told = "\n".join(await world.reads("olivia"))
    assert "I was taken out of it" in told
    assert "Choose another channel under Set up" in told
    said = await run(world)
    assert f"I am not in <#{world.channel('general')}> (introductions). Type `/invite @Inner Circle` there." in said
    await world.does("invite", **{"as": "bruno"}, channel="#general", user="@app")
    await world.press("olivia", "workspace.test_again", DM)
    said = await world.last("olivia", DM)
    assert f"I can write in <#{world.channel('general')}>" in said
    runs = [one for one in await world.sees("olivia", DM) if "workspace.test_again" in actions(one)]
    assert len(runs) == 1, "the outcome was not edited in its place"


async def test_a_missing_scope_is_named_with_the_page_that_mends_it(sqlite_url: str, tmp_path: Path) -> None:
    lacking = tmp_path / "manifest.yml"
    lines = MANIFEST.read_text().splitlines(keepends=True)
    lacking.write_text("".join(line for line in lines if "- pins:write" not in line))
    world = await World.begin(sqlite_url, installed=lacking)
    said = await run(world)
    assert "The app lacks 1 permission: `pins:write`. Paste `manifest.yml`" in said
    assert "to mend" in said
    await world.end()


async def test_an_escalation_person_who_left(world: World) -> None:
    async with world.bot.database.team(world.bot.team_id) as team:
        await workspace.put(team, escalation_id=world.id("tomas"))
    said = await run(world)
    assert f"I cannot write to <@{world.id('tomas')}> (escalation contact): their account is deactivated." in said
    assert "Choose somebody else under Set up." in said


async def test_a_project_channel_that_is_archived_or_deleted(world: World) -> None:
    await world.does("archive", **{"as": "bruno"}, channel="#acme")
    said = await run_in(world, "#general")
    assert f"<#{world.channel('acme')}> (a project channel) is archived." in said
    acme = world.channel("acme")
    await world.does("unarchive", **{"as": "bruno"}, channel="#acme")
    await world.does("delete", **{"as": "olivia"}, channel="#acme")
    said = await run_in(world, "#general")
    assert "*#acme* (a project channel) was deleted, or is private" in said
    assert acme not in said


async def run_in(world: World, channel: str) -> str:
    await world.types("olivia", "/contractor selftest", channel)
    return await world.last("olivia", DM)


async def test_contractors_who_left_are_named(world: World) -> None:
    await world.ask("PATCH", f"people/{world.id('ana')}", {"deleted": True})
    await world.settle()
    assert f"deactivated in Slack: <@{world.id('ana')}>" in await run(world)


@pytest.mark.parametrize("method", ["auth.test", "conversations.info", "conversations.open"])
async def test_slack_that_does_not_answer_is_told_as_such(world: World, method: str) -> None:
    fault = {"method": method, "do": "error:internal_error", "times": 50}
    await world.types("olivia", "hello", DM)  # her conversation is known before anything goes wrong
    await world.ask("POST", "faults", {"faults": [fault]})
    said = await run(world)
    assert "Slack did not answer when I looked" in said
    await world.ask("DELETE", "faults")
    await world.press("olivia", "workspace.test_again", DM)
    assert "Slack did not answer" not in await world.last("olivia", DM)


async def test_only_the_asker_reads_it_and_home_says_when(world: World) -> None:
    await world.opens_home("olivia")
    await world.press("olivia", "workspace.self_test")
    page = await world.modal("olivia")
    assert page is not None
    assert "The outcome comes as a message" in words(page)
    assert "last self-test" in words(await world.home("olivia"))


# The survey -----------------------------------------------------------------------------------------


async def zone_and_members(world: World, name: str) -> tuple[str, frozenset[str]]:
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        channel = await people.find_channel(team, world.channel(name))
        return channel.zone if channel else "", await survey.members(team, world.channel(name))


async def test_who_is_in_the_channels_of_the_path_and_where_most_of_them_live(world: World) -> None:
    for who in ("lena", "noor"):
        await world.ask("PATCH", f"people/{world.id(who)}", {"tz": "Europe/Madrid"})
    await world.settle()
    zone, inside = await zone_and_members(world, "general")
    assert inside == {world.id(who) for who in ("ana", "bruno", "olivia", "lena", "priya", "noor")}
    assert world.id("jun") in (await zone_and_members(world, "acme"))[1]
    await world.until("2026-11-24T12:30")  # a day later it is looked at again
    zone, _ = await zone_and_members(world, "general")
    assert zone == "Europe/Madrid"


async def test_who_comes_and_goes_is_noted_at_once(world: World) -> None:
    await world.does("invite", **{"as": "olivia"}, channel="#general", user="jun")
    assert world.id("jun") in (await zone_and_members(world, "general"))[1]
    await world.does("leave", **{"as": "priya"}, channel="#acme")
    assert world.id("priya") not in (await zone_and_members(world, "acme"))[1]


async def test_a_channel_that_was_just_chosen_is_looked_at(world: World) -> None:
    await world.does("invite", **{"as": "bruno"}, channel="#leads", user="@app")
    await world.types("olivia", "/contractor setup")
    await world.submit("olivia", intro_channel=world.channel("leads"))
    await world.submit("olivia")
    await world.submit("olivia")
    assert (await zone_and_members(world, "leads"))[1] == {world.id(who) for who in ("olivia", "bruno", "lena")}


async def test_slack_that_is_down_stops_nothing(sqlite_url: str) -> None:
    world = await World.begin(sqlite_url, contractors=())
    fault = {"method": "conversations.members", "do": "error:internal_error", "times": 1}
    await world.ask("POST", "faults", {"faults": [fault]})
    await world.add_contractor("ana")
    await world.settle()
    assert await zone_and_members(world, "acme") == ("", frozenset())
    await world.types("ana", "/log 1h review")
    assert "1 h" in await world.last("ana")
    await world.until("2026-11-23T12:15")
    assert world.id("ana") in (await zone_and_members(world, "acme"))[1]
    await world.end()


# Channels that go -----------------------------------------------------------------------------------


async def test_a_deleted_introduction_channel_is_told_to_the_admins_once(world: World) -> None:
    await world.does("channels", **{"as": "olivia"}, name="hello")
    await world.does("invite", **{"as": "olivia"}, channel="#hello", user="@app")
    hello = world.sandbox.workspace.named("hello")
    assert hello is not None
    await world.types("olivia", "/contractor setup")
    await world.submit_pages("olivia", intro_channel=hello.id)
    await world.does("delete", **{"as": "olivia"}, channel="#hello")
    await world.wakes("olivia")
    (told,) = [one for one in await world.reads("olivia") if "deleted" in one]
    assert "*#hello* was deleted. Newcomers were to be introduced there." in told
    assert "Choose another channel under Set up" in told
    assert await world.sees("bruno", DM) == []


async def test_an_archived_project_channel_is_told_to_the_manager_once(world: World) -> None:
    await world.does("archive", **{"as": "lena"}, channel="#acme")
    await world.does("delete", **{"as": "olivia"}, channel="#acme")
    (told,) = await world.reads("bruno")
    assert "was archived. It is the project channel of" in told
    assert f"<@{world.id('ana')}>" in told
    assert "`/contractor edit @person`" in told
    assert await world.sees("olivia", DM) == []


async def test_a_channel_that_comes_back_or_is_renamed(world: World) -> None:
    await world.does("archive", **{"as": "lena"}, channel="#acme")
    await world.does("unarchive", **{"as": "lena"}, channel="#acme")
    await world.does("rename", **{"as": "olivia"}, channel="#acme", name="acme-shop")
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        channel = await people.find_channel(team, world.sandbox.workspace.named("acme-shop").id)  # type: ignore[union-attr]
    assert channel is not None
    assert (channel.name, channel.archived) == ("acme-shop", False)


async def test_a_channel_nobody_chose_is_no_news(world: World) -> None:
    await world.does("invite", **{"as": "bruno"}, channel="#leads", user="@app")
    await world.does("archive", **{"as": "bruno"}, channel="#leads")
    assert await world.sees("olivia", DM) == []
    assert await world.sees("bruno", DM) == []
