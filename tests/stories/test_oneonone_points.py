"""Topics for the next 1:1 from anywhere, told from the front door."""

import asyncio
from datetime import UTC, date, datetime
from typing import Any

import pytest

from playbook.oneonone_run import MOST_WAITING, TOPIC
from storage import oneonone_points
from storage.path_tables import ChecklistItem
from storage.tables import Blocker, Contractor
from storage.trust_tables import HealthCheck, RedFlag, WikiItem
from tests.said import english
from tests.stories.test_oneonone_run import forged, plan
from tests.world import Json, World, has_action, words


async def waiting(world: World, handle: str = "ana") -> list[str]:
    """Give the words of what waits for somebody's next 1:1."""
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        return [english(point.text) for point in await oneonone_points.waiting(team, world.id(handle))]


async def message(world: World, who: str, text: str, channel: str = "#acme") -> str:
    await world.types(who, text, channel)
    return str((await world.sees(who, channel))[-1]["ts"])


async def shortcut(world: World, who: str, ts: str, channel: str = "#acme") -> Json | None:
    await world.shortcut(who, "oneonone.add_message", channel, ts)
    return await world.modal(who)


async def test_a_contractor_adds_a_topic_and_hears_when_it_comes_up(world: World) -> None:
    await plan(world, at="2026-11-25T14:00")
    await world.types("ana", "/1on1 add Figma seats for <the> team & <@UNKNOWN>")
    said = await world.last("ana")
    at = int(datetime(2026, 11, 25, 14, tzinfo=UTC).timestamp())
    assert f"It comes up in the 1:1 on <!date^{at}^" in said
    assert (await waiting(world))[0].startswith("Figma seats for")


async def test_without_a_planned_one_the_manager_can_plan_it(world: World) -> None:
    await world.types("bruno", "/1on1 add @ana how the handover went", "#general")
    assert "at your next 1:1; none is planned yet" in await world.last("bruno", "#general")
    assert has_action((await world.sees("bruno", "#general"))[-1], "oneonone.open")
    await world.types("ana", "/1on1 add more reviews")
    assert "none is planned yet" in await world.last("ana")
    assert not has_action((await world.sees("ana"))[-1], "oneonone.open")
    assert sorted(await waiting(world)) == ["how the handover went", "more reviews"]


async def test_in_the_conversation_with_the_bot_a_topic_without_words_is_asked_for(world: World) -> None:
    await world.types("jun", "1on1 add", "@app")
    assert "Say the topic in the same line" in await world.last("jun", "@app")
    await world.types("bruno", "1on1 add the new office hours", "@app")
    assert "Say whose 1:1" in await world.last("bruno", "@app")


async def test_a_person_named_inside_the_topic_is_only_a_word_of_it(world: World) -> None:
    await world.types("ana", "/1on1 add ask @lena about the brand book")
    assert await waiting(world) == ["ask @Lena Fischer about the brand book"]


@pytest.mark.parametrize("who", ["lena", "olivia", "priya", "noor"])
async def test_nobody_but_the_two_adds(world: World, who: str) -> None:
    await world.types(who, "/1on1 add @ana what about her rate", "#general")
    said = await world.last(who, "#general")
    assert "1:1 is between a contractor and their manager" in said
    assert await waiting(world) == []


async def test_a_manager_adds_to_no_others_contractor(world: World) -> None:
    await world.add_contractor("noor", manager="lena")
    await world.types("lena", "/1on1 add @ana what about her rate", "#general")
    assert "no such 1:1 of yours" in await world.last("lena", "#general")
    assert await waiting(world) == []
    assert await waiting(world, "noor") == []


async def test_a_manager_of_several_chooses_whose(world: World) -> None:
    await world.types("bruno", "/1on1 add the new office hours", "#general")
    assert await waiting(world) == []
    await world.submit("bruno", whom=world.id("jun"), part="strategy")
    assert await waiting(world, "jun") == ["the new office hours"]


async def test_a_topic_is_changed_and_removed_by_who_added_it(world: World) -> None:
    await world.types("ana", "/1on1 add first words")
    await world.press("ana", "oneonone.edit_point", "#acme")
    await world.submit("ana", topic="better words", part="process")
    assert "Changed: better words" in await world.last("ana")
    assert await waiting(world) == ["better words"]
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        point_id = (await oneonone_points.waiting(team, world.id("ana")))[0].id
    for action_id in ("oneonone.edit_point", "oneonone.remove_point"):
        assert "added this" in await forged(world, "bruno", action_id, point_id)
    await world.press("ana", "oneonone.remove_point", "#acme")
    assert "Removed: better words" in await world.last("ana")
    assert await waiting(world) == []
    assert "no longer on the agenda" in await forged(world, "ana", "oneonone.tick", point_id)


@pytest.mark.parametrize(
    "action_id", ["oneonone.tick", "oneonone.untick", "oneonone.edit_point", "oneonone.remove_point"]
)
async def test_a_stranger_touches_no_point(world: World, action_id: str) -> None:
    await world.types("ana", "/1on1 add just between us")
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        point_id = (await oneonone_points.waiting(team, world.id("ana")))[0].id
    for who in ("jun", "olivia", "lena"):
        answer = await forged(world, who, action_id, point_id)
        assert "no such 1:1 of yours" in answer
        assert "just between us" not in answer
    assert await waiting(world) == ["just between us"]


async def test_everything_that_waits_is_listed_and_ticked(world: World) -> None:
    await world.types("ana", "/1on1 add one")
    await world.types("bruno", "/1on1 add @ana two", "#general")
    await world.types("ana", "/1on1 topics")
    said = await world.last("ana")
    assert "2 things wait for" in said
    assert "one" in said
    assert "two" in said
    await world.press("ana", "oneonone.tick", "#acme")
    assert len(await waiting(world)) == 1


async def test_one_agenda_holds_fifty_and_says_so(world: World) -> None:
    async with world.bot.database.team(world.bot.team_id) as team:
        for number in range(MOST_WAITING):
            ana, now = world.id("ana"), world.clock.now()
            await oneonone_points.add(team, ana, TOPIC, f"topic {number}", ana, now)
    await world.types("ana", "/1on1 add one more")
    said = await world.last("ana")
    assert "50 things wait for this 1:1 already" in said
    assert "one more" in said
    await world.types("ana", "/1on1 topics")
    assert "and 10 more" in await world.last("ana")


async def test_too_many_words_are_given_back(world: World) -> None:
    await world.types("ana", "/1on1 add " + "word " * 120)
    said = await world.last("ana")
    assert "up to 500 fit" in said
    assert "word word word" in said
    assert await waiting(world) == []


async def test_the_form_offers_only_ones_own_contractors(world: World) -> None:
    await world.add_contractor("noor", manager="lena")
    await world.types("bruno", "/1on1 add the new office hours", "#general")
    modal = await world.modal("bruno")
    assert modal is not None
    assert world.id("noor") not in str(modal["blocks"])
    assert world.id("jun") in str(modal["blocks"])


# From a message -----------------------------------------------------------------------------------


async def test_a_contractor_brings_up_a_message_of_a_channel(world: World) -> None:
    ts = await message(world, "lena", "Shall we drop the weekly mail? @ana knows " + "x" * 400)
    modal = await shortcut(world, "ana", ts)
    assert modal is not None
    assert "Shall we drop the weekly mail? @Ana Reis knows" in words(modal)
    assert not has_action(modal, "whom")
    await world.submit("ana", topic="Drop the weekly mail?")
    assert await waiting(world) == ["Drop the weekly mail?"]
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        point = (await oneonone_points.waiting(team, world.id("ana")))[0]
    assert point.link.startswith("https://slack.com/app_redirect?")
    assert ts in point.link
    assert point.part == "open_floor"


async def test_a_manager_of_several_finds_the_author_chosen(world: World) -> None:
    ts = await message(world, "ana", "I keep waiting for reviews")
    modal = await shortcut(world, "bruno", ts)
    assert modal is not None
    assert has_action(modal, "whom")
    await world.submit("bruno")
    assert await waiting(world) == ["I keep waiting for reviews"]
    assert await waiting(world, "jun") == []


async def test_a_stranger_is_told_why_not(world: World) -> None:
    ts = await message(world, "ana", "I keep waiting for reviews")
    modal = await shortcut(world, "lena", ts)
    assert modal is None or "I know you as neither" in words(modal)
    assert "I know you as neither" in await world.last("lena", "#acme") + words(modal or {})


async def test_a_message_of_the_bot_can_be_brought_up_too(world: World) -> None:
    await world.types("ana", "/blocker waiting for Figma edit access")
    ts = str((await world.sees("ana", "#acme"))[-2]["ts"])
    found = [one for one in await world.sees("bruno", "#acme") if "waiting for Figma edit access" in words(one)]
    modal = await shortcut(world, "ana", str(found[-1]["ts"] if found else ts))
    assert modal is not None
    await world.submit("ana", topic="The Figma access again")
    assert await waiting(world) == ["The Figma access again"]


async def test_a_form_that_names_somebody_elses_contractor_is_refused(world: World) -> None:
    await world.add_contractor("noor", manager="lena")
    await world.add_contractor("priya", manager="lena")
    ts = await message(world, "ana", "I keep waiting for reviews")
    await shortcut(world, "lena", ts)
    modal = await world.modal("lena")
    assert modal is not None
    assert world.id("ana") not in str(modal["blocks"])


async def test_two_who_add_at_once_are_both_heard(world: World) -> None:
    texts = {"ana": "/1on1 add from ana", "bruno": "/1on1 add @ana from bruno"}
    await asyncio.gather(
        *(world.ask("POST", "type", {"as": who, "channel": "#general", "text": text}) for who, text in texts.items())
    )
    await world.settle()
    assert sorted(await waiting(world)) == ["from ana", "from bruno"]


# About other records ------------------------------------------------------------------------------


async def records(world: World) -> dict[str, str]:
    """Keep one record of each kind that can be brought up, all about ana."""
    ana, now, team_id = world.id("ana"), world.clock.now(), world.bot.team_id
    more: Json = {"team_id": team_id, "user_id": ana}
    async with world.bot.database.team(team_id) as team:
        rows: dict[str, Any] = {
            "blocker": Blocker(number=7, text="No access", kind="access", impact="low", since=now, state="open",
                               helper_id=ana, created_at=now, **more),
            "health": HealthCheck(rule="research", day=date(2026, 11, 20), facts={"minutes": 200, "topic": "VAT", "limit": 180},
                                  raised_at=now, contractor_at=now, manager_at=now, **more),
            "flag": RedFlag(rule="long_day", day=date(2026, 11, 20), facts={"minutes": 730}, raised_at=now, told_at=now,
                            manager_at=now, **more),
            "wiki": WikiItem(number=3, key="vat", question="Which VAT rate?", added_at=now, added_by=ana, **more),
            "checklist": ChecklistItem(key="mail", phase="week", position=1, text="Get a mail account", owner="manager",
                                       day=1, due=date(2026, 11, 24), **more),
        }  # fmt: skip
        for row in rows.values():
            team.add(row)
        return {kind: f"{kind}:{row.id}" for kind, row in rows.items()}


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("blocker", "Blocker #7: No access"),
        (
            "health",
            'Research Rule: Ana Reis logged 3 h 20 of research on "VAT" on Fri 20 Nov; this question comes from 3 h in a day.',
        ),
        ("flag", "Ana Reis logged 12 h 10 on Fri 20 Nov."),
        ("wiki", "Wiki #3: Which VAT rate?"),
        ("checklist", "Checklist: Get a mail account"),
    ],
)
async def test_what_other_records_say_comes_to_the_1on1_once(world: World, kind: str, says: str) -> None:
    value = (await records(world))[kind]
    await forged(world, "bruno", "oneonone.add_about", value)
    assert await waiting(world) == [says]
    assert "on the agenda already" in await forged(world, "ana", "oneonone.add_about", value)
    assert await waiting(world) == [says]


async def test_what_is_about_somebody_else_or_nobody_is_refused(world: World) -> None:
    values = [*(await records(world)).values(), "blocker:none", "salary:1", "blocker:", ""]
    for value in values:
        assert "no such 1:1 of yours" in await forged(world, "jun", "oneonone.add_about", value or ":")
    assert "no such 1:1 of yours" in await forged(world, "olivia", "oneonone.add_about", values[0])
    assert await waiting(world) == []


async def test_a_flag_of_which_the_contractor_does_not_know_is_brought_up_by_nobody(world: World) -> None:
    value = (await records(world))["flag"]
    for column in ("manager_at", "told_at"):
        async with world.bot.database.team(world.bot.team_id) as team:
            row = await team.get(RedFlag)
            assert row is not None
            setattr(row, column, None)
        assert "no such 1:1 of yours" in await forged(world, "bruno", "oneonone.add_about", value)
    assert "no such 1:1 of yours" in await forged(world, "ana", "oneonone.add_about", value)


async def test_a_contractor_without_a_manager_is_told_whom_to_ask(world: World) -> None:
    async with world.bot.database.team(world.bot.team_id) as team:
        row = await team.get(Contractor, user_id=world.id("ana"))
        assert row is not None
        row.manager_id = ""
    await world.types("ana", "/1on1 add something")
    assert "ask an admin to name one" in await world.last("ana")
