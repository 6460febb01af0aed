"""Stories of languages: each reads in the language, clock and lengths they chose, and nobody else does."""

from playbook.tongue import phrase, say
from playbook.tongue_catalogue import Catalogues
from tests.world import World, words


async def chooses(world: World, who: str, where: str = "#acme", **chosen: str) -> str:
    """Let somebody choose how they read; gives the words of the answer."""
    if where == "@app":
        await world.types(who, "idioma", "@app")
        await world.press(who, "tongue.open", "@app")
    else:
        await world.types(who, "/circle language", where)
    await world.submit(who, **chosen)
    return words(await world.modal(who) or {})


async def test_the_answer_comes_in_what_was_chosen_and_a_restart_keeps_it(world: World) -> None:
    assert "14:05" in await chooses(world, "ana", language="pt")
    assert "2:05 PM" in await chooses(world, "ana", language="en", clock="12", lengths="decimal")
    assert "2.5 h" in words(await world.modal("ana") or {})
    await world.types("ana", "/log 90m review")
    await world.types("ana", "/log today")
    await world.bot.stop()
    await world.start_bot()
    assert "2:05 PM" in await chooses(world, "ana")
    assert "14:05" in await chooses(world, "ana", language="usual", clock="usual", lengths="usual")


async def test_a_stranger_and_a_single_channel_guest_choose_too_but_only_an_admin_for_everybody(world: World) -> None:
    for who in ("noor", "jun"):
        assert "2:30" in await chooses(world, who, "@app", lengths="clock")
    await world.types("bruno", "/circle language")
    shown = words(await world.modal("bruno") or {})
    assert "Português" in shown
    assert "Language of this workspace" not in shown
    await world.types("olivia", "/circle language")
    assert "Language of this workspace" in words(await world.modal("olivia") or {})


async def test_who_chose_nothing_reads_in_the_language_of_their_slack(world: World) -> None:
    world.sandbox.workspace.users[world.id("bruno")].locale = "pt-BR"
    await world.bot.stop()
    await world.start_bot()
    await world.settle()
    await world.types("bruno", "help", "@app")
    assert say(phrase("What I can do for you"), Catalogues().tongue("pt")) in await world.last("bruno", "@app")
    await chooses(world, "bruno", "@app", language="en")
    await world.types("bruno", "help", "@app")
    assert "What I can do for you" in await world.last("bruno", "@app")


async def test_the_choice_is_on_home(world: World) -> None:
    await world.opens_home("bruno")
    await world.press("bruno", "tongue.open")
    assert "Lengths of time" in words(await world.modal("bruno") or {})


async def test_ana_reads_portuguese_while_bruno_and_the_channel_read_english(world: World) -> None:
    await chooses(world, "ana", language="pt")
    portuguese = Catalogues().tongue("pt")
    await world.types("ana", "help", "@app")
    await world.types("bruno", "help", "@app")
    heading = phrase("What I can do for you")
    assert say(heading, portuguese) != "What I can do for you"
    assert say(heading, portuguese) in await world.last("ana", "@app")
    assert "What I can do for you" in await world.last("bruno", "@app")
    assert say(phrase("Log time"), portuguese) in await world.last("ana", "@app")
