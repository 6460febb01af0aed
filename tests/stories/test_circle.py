"""`/circle`, and what people write to the bot, told from the front door."""

import pytest

from tests.world import World, actions, words

DM = "@app"


@pytest.mark.parametrize("text", ["/circle", "/circle help"])
async def test_help_names_every_command(world: World, text: str) -> None:
    await world.types("noor", text, "#general")
    said = await world.last("noor", "#general")
    for command in ("/log", "/blocker", "/contractor", "/circle"):
        assert command in said
    assert {"log.today", "blocker.raise", "contractor.list"} <= set(actions((await world.sees("noor", "#general"))[-1]))


async def test_unknown_words_get_short_help(world: World) -> None:
    await world.types("ana", "/circle dance")
    assert "What would you like to do?" in await world.last("ana")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("/circle log 2h review", "2 h"),
        ("/circle LOG today", "today"),
        ("/circle blocker waiting for Figma edit access", "#1"),
        ("/circle contractor", "feedback and quality"),
    ],
)
async def test_every_command_has_a_second_name(world: World, text: str, says: str) -> None:
    await world.types("ana", text)
    assert says in await world.last("ana")


async def test_a_form_opens_under_the_second_name(world: World) -> None:
    await world.types("ana", "/circle log")
    assert await world.modal("ana") is not None


@pytest.mark.parametrize(
    "text", ["log 2h review", "Log: 2h review", "log yesterday 2h review", "2h review", "2 h review", "/log 2h review"]
)
async def test_time_is_logged_by_writing_it(world: World, text: str) -> None:
    await world.types("jun", text, DM) if not text.startswith("/") else await world.types("ana", text)
    assert "2 h" in (await world.last("ana") if text.startswith("/") else await world.last("jun", DM))


@pytest.mark.parametrize("text", ["blocked: waiting for Figma access", "blocker waiting for Figma access"])
async def test_a_blocker_is_raised_by_writing_it(world: World, text: str) -> None:
    await world.types("jun", text, DM)
    assert any("#1" in words(one) for one in await world.sees("jun", DM))


async def test_the_week_is_shown_by_asking_for_it(world: World) -> None:
    await world.types("jun", "2h review", DM)
    await world.types("jun", "week", DM)
    assert "of 30 h" in await world.last("jun", DM)


@pytest.mark.parametrize("text", ["help", "Hello", "?"])
async def test_help_by_writing_it(world: World, text: str) -> None:
    await world.types("noor", text, DM)
    assert "/circle" in await world.last("noor", DM)


@pytest.mark.parametrize("text", ["what is this", "I need 2h tomorrow, can you wait?", "thanks!", "3"])
async def test_what_is_not_a_command_gets_short_help_and_stores_nothing(world: World, text: str) -> None:
    await world.types("jun", text, DM)
    said = await world.last("jun", DM)
    assert "I understand" in said
    await world.opens_home("jun")
    assert "Today 0 min" in words(await world.home("jun"))


async def test_a_form_that_cannot_open_in_a_conversation_is_offered(world: World) -> None:
    await world.types("olivia", "contractor add @noor", DM)
    assert "contractor.add" in actions((await world.sees("olivia", DM))[-1])


async def test_messages_in_channels_are_not_answered(world: World) -> None:
    before = len(await world.sees("ana", "#acme"))
    await world.types("ana", "log 2h review", "#acme")
    assert len(await world.sees("ana", "#acme")) == before + 1


async def test_a_stranger_is_told_how_to_get_in(world: World) -> None:
    await world.types("noor", "log 2h review", DM)
    assert "chosen to add contractors" in (await world.last("noor", DM)).lower()
