"""A path that rests and goes on, told from the front door."""

from tests.world import World, actions, words

DM = "@app"


async def test_a_paused_contractor_hears_nothing_until_it_goes_on(world: World) -> None:
    await world.types("bruno", "/contractor pause @ana")
    assert "They were told" in await world.last("bruno")
    assert "Your path is paused" in await world.last("ana", DM)
    before = len(await world.reads("ana"))
    await world.until("2026-11-25T12:00", "ana")
    assert len(await world.reads("ana")) == before
    await world.types("bruno", "/contractor")
    assert "Paused since" in await world.last("bruno")
    await world.types("bruno", "/contractor resume @ana")
    assert "your path goes on from here" in await world.last("ana", DM)
    await world.until("2026-11-25T17:30", "ana")
    assert "Nothing is logged" in await world.last("ana", DM)


async def test_home_says_since_when(world: World) -> None:
    for who in ("ana", "bruno"):
        await world.opens_home(who)
    await world.types("bruno", "/contractor pause @ana")
    assert "Paused since" in words(await world.home("ana"))
    assert "paused since" in words(await world.home("bruno"))
    await world.types("bruno", "/contractor resume @ana")
    assert "aused since" not in words(await world.home("ana")) + words(await world.home("bruno"))


async def test_the_manager_is_told_when_somebody_else_did_it(world: World) -> None:
    await world.types("olivia", "/contractor pause @ana")
    assert f"paused <@{world.id('ana')}>'s path" in await world.last("bruno", DM)
    await world.types("olivia", "/contractor resume @ana")
    assert f"let <@{world.id('ana')}>'s path go on" in await world.last("bruno", DM)


async def test_the_card_has_the_buttons_and_follows_them(world: World) -> None:
    await world.types("bruno", "/contractor")
    await world.press("bruno", "contractor.show", "#acme")
    for action, other in (("contractor.pause", "contractor.resume"), ("contractor.resume", "contractor.pause")):
        await world.press("bruno", action)
        card = await world.modal("bruno")
        assert card is not None
        assert other in actions(card)
        assert ("Paused since" in words(card)) is (action == "contractor.pause")


async def test_pausing_twice_and_resuming_nobody_is_said_plainly(world: World) -> None:
    await world.types("bruno", "/contractor resume @ana")
    assert "is not paused, so there is nothing to resume" in await world.last("bruno")
    await world.types("bruno", "/contractor pause @ana")
    before = len(await world.reads("ana"))
    await world.types("bruno", "/contractor pause @ana")
    assert "is paused already" in await world.last("bruno")
    assert len(await world.reads("ana")) == before
    await world.types("bruno", "/contractor pause")
    assert "Say whose path" in await world.last("bruno")


async def test_only_the_manager_and_admins_pause(world: World) -> None:
    await world.types("ana", "/contractor pause @ana")
    assert f"Please ask <@{world.id('bruno')}>" in await world.last("ana")
    await world.types("noor", "/contractor pause @ana", "#general")
    assert "I find nobody by that name" in await world.last("noor", "#general")
    assert await world.sees("ana", DM) == []


async def test_a_contractor_who_manages_others_keeps_their_digest_while_paused(world: World) -> None:
    await world.types("olivia", "/contractor edit @jun")
    await world.submit_pages("olivia", manager_id=world.id("ana"))
    await world.types("olivia", "/contractor pause @ana")
    await world.until("2026-11-24T08:45", "ana")
    assert "digest.look" in actions((await world.sees("ana", DM))[-1])


async def test_what_changes_while_paused_stays_quiet(world: World) -> None:
    await world.types("bruno", "/contractor pause @ana")
    await world.types("bruno", "/contractor edit @ana")
    await world.submit_pages("bruno", day_end="16:00")
    before = len(await world.reads("ana"))
    await world.until("2026-11-24T20:00", "ana")
    assert len(await world.reads("ana")) == before
