"""The wiki rule, told from the front door."""

from tests.world import Json, World, words

DM = "@app"
QUESTION = "How do I deploy the shop?"


async def ask(world: World, who: str = "ana", text: str = f"add {QUESTION} = Press the green button") -> str:
    await world.types(who, f"/circle wiki {text}")
    return await world.last(who)


async def page(world: World, who: str) -> Json:
    await world.types(who, "/circle wiki")
    modal = await world.modal(who)
    assert modal is not None
    return modal


async def test_a_line_is_kept_and_asked_again_it_is_answered(world: World) -> None:
    assert "Kept as wiki #1" in await ask(world)
    again = await ask(world, "ana", "add where can we deploy our shop?")
    assert "asked before: wiki #1" in again
    assert "Press the green button" in again
    assert "2 times" in again
    assert "Press the green button" in await ask(world, "bruno", "deploy shop")
    assert "Nobody has asked that" in await ask(world, "bruno", "who pays for lunch?")


async def test_a_message_becomes_an_item_of_the_contractor_who_wrote_it(world: World) -> None:
    said = await world.types("ana", "Where are the brand colours?")
    await world.shortcut("bruno", "wiki.add_message", "#acme", said["ts"])
    await world.submit("bruno", answer="In the brand book", page="https://wiki.example.com/brand")
    told = "\n".join(await world.reads("ana"))
    assert "write this down for whoever asks next" in told
    assert "Where are the brand colours?" in told
    assert "https://wiki.example.com/brand" in told
    assert "brand colours" in words(await page(world, "bruno"))


async def test_the_form_says_that_it_was_asked_before(world: World) -> None:
    await ask(world)
    said = await world.types("jun", "how do we deploy the shop?")
    await world.shortcut("bruno", "wiki.add_message", "#acme", said["ts"])
    modal = await world.modal("bruno")
    assert modal is not None
    assert "asked before as wiki #1" in words(modal)
    await world.submit("bruno")
    assert "Press the green button" in await world.last("bruno")
    assert not any("whoever asks next" in one for one in await world.reads("jun"))


async def test_it_is_written_undone_changed_and_dropped(world: World) -> None:
    await ask(world)
    await world.press("ana", "wiki.written", "#acme")
    assert "written down. Thank you" in await world.last("ana")
    assert "Written lately" in words(await page(world, "ana"))
    await world.close("ana")
    await world.press("ana", "wiki.undo", "#acme")
    await world.press("ana", "wiki.write", "#acme")
    await world.submit("ana", question="How do I deploy the blog?", page="Handbook")
    assert "is changed" in await world.last("ana")
    await world.press("ana", "wiki.drop", "#acme")
    assert "is not needed" in await world.last("ana")
    assert "Nothing is waiting" in words(await page(world, "ana"))


async def test_others_cannot_touch_it(world: World) -> None:
    await ask(world)
    await world.press("ana", "wiki.written", "#acme")
    await world.types("noor", "/circle wiki add What is it? = Nothing", "#general")
    assert any("between the contractor and the people" in one for one in await world.reads("noor", "#general"))


async def test_bad_input_is_said_under_its_field(world: World) -> None:
    said = await world.types("ana", "Where are the brand colours?")
    await world.shortcut("bruno", "wiki.add_message", "#acme", said["ts"])
    answer = await world.submit("bruno", question="\u200b")
    assert "question" in answer["errors"]
    answer = await world.submit("bruno", question="Colours?", writer=world.id("noor"))
    assert "writer" in answer["errors"]


async def test_a_reminder_comes_on_thursday_for_what_is_old(world: World) -> None:
    await ask(world)
    await world.until("2026-11-26T10:30", "ana")
    assert not any("a place in the wiki" in one for one in await world.reads("ana"))
    await world.until("2026-12-03T10:30", "ana")
    assert any("a place in the wiki" in one for one in await world.reads("ana"))


async def test_writing_one_down_ticks_the_wiki_rule(world: World) -> None:
    await ask(world)
    await world.types("bruno", "/circle wiki")
    await world.close("bruno")
    await world.press("ana", "wiki.written", "#acme")
    assert "Written lately" in words(await page(world, "bruno"))
