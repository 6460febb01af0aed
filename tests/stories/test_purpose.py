"""What belongs where, told from the front door: proposed, pinned, agreed, discussed, and in the packet."""

from datetime import date

from tests.world import Json, World, actions, words

DM = "@app"
CARD = "What belongs where in"


async def propose(world: World, who: str = "bruno", **texts: str) -> Json:
    await world.types(who, "/circle purpose")
    values = {"slack": "Quick unblocks", "tracker": "Every task", "video": "Long explanations"} | texts
    return await world.submit(who, channel=world.channel("acme"), **values)


async def cards(world: World) -> list[Json]:
    return [one for one in await world.sees("bruno", "#acme") if "purpose.agree" in actions(one)]


async def question(world: World, who: str) -> str:
    return next(one for one in await world.reads(who) if "Does that suit you" in one or "You agreed" in one)


async def pinned(world: World) -> list[str]:
    channel = world.sandbox.workspace.channels[world.channel("acme")]
    return list(channel.pinned)


async def test_it_is_proposed_pinned_and_agreed(world: World) -> None:
    await propose(world)
    [card] = await cards(world)
    assert await pinned(world) == [card["ts"]]
    assert "Every task" in words(card)
    assert world.id("ana") in words(card).partition("to be answered by")[2]
    assert "Long explanations" in await question(world, "ana")
    await world.press("ana", "purpose.agree", DM)
    assert "It is pinned there and in your packet" in await question(world, "ana")
    [card] = await cards(world)
    assert f"agreed by <@{world.id('ana')}>" in words(card)
    await world.press("jun", "purpose.agree", "#acme")
    assert f"agreed by <@{world.id('ana')}>, <@{world.id('jun')}>" in words((await cards(world))[0])


async def test_new_words_are_agreed_anew_and_the_card_stays_where_it_is(world: World) -> None:
    await propose(world)
    await world.press("ana", "purpose.agree", "#acme")
    before = (await cards(world))[0]["ts"]
    await propose(world, tracker="Every task and its state")
    [card] = await cards(world)
    assert card["ts"] == before
    assert "and its state" in words(card)
    assert "agreed by" not in words(card)
    assert await pinned(world) == [before]


async def test_the_same_words_ask_nobody_again(world: World) -> None:
    await propose(world)
    asked = len(await world.reads("ana"))
    await propose(world)
    assert "nobody is asked again" in "\n".join(await world.reads("bruno", "#acme"))
    assert len(await world.reads("ana")) == asked


async def test_a_contractor_discusses(world: World) -> None:
    await propose(world)
    await world.press("ana", "purpose.discuss", DM)
    await world.submit("ana", words="Could reviews stay <here>?")
    assert any("Could reviews stay &lt;here&gt;?" in one for one in await world.reads("bruno"))


async def test_it_is_in_the_packet(world: World) -> None:
    await propose(world)
    await world.types("ana", "/contractor packet")
    for _ in range(3):
        await world.submit("ana")
    modal = await world.modal("ana")
    assert modal is not None
    assert CARD in words(modal)
    assert "Long explanations" in words(modal)


async def test_only_managers_and_admins_propose_and_only_contractors_of_it_agree(world: World) -> None:
    await propose(world)
    await world.types("ana", "/circle purpose")
    modal = await world.modal("ana")
    assert modal is not None
    assert not modal.get("submit")
    assert "Every task" in words(modal)
    await world.press("lena", "purpose.agree", "#acme")
    assert any("Only the contractors" in one for one in await world.reads("lena", "#acme"))
    await world.press("lena", "purpose.edit", "#acme")
    modal = await world.modal("lena")
    assert modal is not None
    assert not modal.get("submit")


async def test_a_newcomer_is_asked_on_their_second_day(world: World) -> None:
    await propose(world)
    start = date(2026, 11, 30)
    await world.add_contractor("lena", path=True, start_date=start, buddy_id=world.id("olivia"))
    await world.until("2026-11-30T20:00", "lena")
    assert not any("Does that suit you" in one for one in await world.reads("lena"))
    await world.until("2026-12-01T10:30", "lena")
    assert any("Does that suit you" in one for one in await world.reads("lena"))


async def test_a_channel_without_the_bot_is_refused_under_the_field(world: World) -> None:
    await world.types("bruno", "/circle purpose")
    answer = await world.submit("bruno", channel=world.channel("random"), slack="x")
    assert "channel" in answer["errors"]
