"""Show your work, told from the front door: the switch, the private hint, and videos that count."""

from datetime import date

from sqlmodel import select

from storage import show
from storage.tables import InboxEvent, Letter
from tests.world import Json, World, actions, words

LONG = "\n\n".join(f"Paragraph {number} says something about the checkout." for number in range(4))
HINT = "minutes of video"


async def hints(world: World, who: str, channel: str = "#acme") -> list[Json]:
    return [one for one in await world.sees(who, channel) if HINT in words(one) and "show.never" in actions(one)]


async def switch_on(world: World, who: str = "bruno") -> None:
    await world.types(who, "/circle show on")


async def test_a_long_message_earns_a_private_hint_once_a_day(world: World) -> None:
    await switch_on(world)
    assert any("switched on" in one for one in await world.reads("ana", "#acme"))
    await world.types("ana", LONG)
    assert len(await hints(world, "ana")) == 1
    assert await hints(world, "bruno") == []
    await world.types("ana", LONG)
    assert len(await hints(world, "ana")) == 1
    await world.until("2026-11-24T10:00", "ana")
    await world.types("ana", LONG)
    assert len(await hints(world, "ana")) == 2


async def test_a_manager_is_given_it_too_and_others_are_not(world: World) -> None:
    await switch_on(world)
    await world.types("bruno", LONG)
    assert len(await hints(world, "bruno")) == 1
    await world.types("lena", LONG)
    assert await hints(world, "lena") == []


async def test_nothing_happens_where_it_is_not_switched_on_or_the_message_is_short(world: World) -> None:
    await world.types("ana", LONG)
    await switch_on(world)
    await world.types("ana", "One.\n\nTwo.\n\nThree.")
    await world.types("ana", "A list:\n• one\n• two\n• three\n• four\n• five")
    assert await hints(world, "ana") == []


async def test_not_this_time_and_never_here(world: World) -> None:
    await switch_on(world)
    await world.types("ana", LONG)
    await world.press("ana", "show.later", "#acme")
    assert await hints(world, "ana") == []
    assert "Text it is" in "\n".join(await world.reads("ana", "#acme"))
    await world.until("2026-11-24T10:00", "ana")
    await world.types("ana", LONG)
    await world.press("ana", "show.never", "#acme")
    await world.until("2026-11-25T10:00", "ana")
    await world.types("ana", LONG)
    assert await hints(world, "ana") == []
    await world.types("ana", "/circle show")
    modal = await world.modal("ana")
    assert modal is not None
    assert "No hints for you in" in words(modal)


async def test_hints_come_again_for_who_wants_them(world: World) -> None:
    await switch_on(world)
    await world.types("ana", LONG)
    await world.press("ana", "show.never", "#acme")
    await world.press("ana", "show.again", "#acme")
    await world.until("2026-11-24T10:00", "ana")
    await world.types("ana", LONG)
    assert len(await hints(world, "ana")) == 1


async def test_videos_count_as_shown_work_and_earn_no_hint(world: World) -> None:
    await switch_on(world)
    await world.types("ana", f"{LONG}\n\nhttps://www.loom.com/share/abc123")
    await world.types("ana", "https://youtu.be/xyz")
    assert await hints(world, "ana") == []
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        assert await show.shown(team, world.id("ana"), date(2026, 11, 23), date(2026, 11, 23)) == 2
    await world.types("ana", "/circle show")
    modal = await world.modal("ana")
    assert modal is not None
    assert "2 videos" in words(modal)


async def test_no_words_of_a_channel_are_kept(world: World) -> None:
    await switch_on(world)
    await world.types("ana", LONG)
    await world.types("noor", f"{LONG} and a secret", "#general")
    async with world.bot.database.reading() as session:
        kept = (await session.exec(select(InboxEvent))).all()
        letters = (await session.exec(select(Letter).where(Letter.kind == "whisper"))).all()
    assert kept
    assert all("Paragraph" not in str(event.body) and "secret" not in str(event.body) for event in kept)
    assert len(letters) == 1


async def test_only_leads_and_admins_switch_it(world: World) -> None:
    for who in ("ana", "noor"):
        answer = await world.types(who, "/circle show on", "#acme" if who == "ana" else "#general")
        assert "Managers of contractors" in str(answer) or any(
            "Managers of contractors" in one for one in await world.reads(who, "#acme" if who == "ana" else "#general")
        )
    await world.types("ana", LONG)
    assert await hints(world, "ana") == []


async def test_it_is_switched_off_again(world: World) -> None:
    await switch_on(world)
    await world.types("bruno", "/circle show")
    await world.press("bruno", "show.off")
    modal = await world.modal("bruno")
    assert modal is not None
    assert "in no channel yet" in words(modal)
    assert any("switched off" in one for one in await world.reads("ana", "#acme"))
    await world.types("ana", LONG)
    assert await hints(world, "ana") == []


async def test_it_is_switched_on_from_the_list(world: World) -> None:
    await world.types("bruno", "/circle show")
    await world.submit("bruno", channel=world.channel("acme"))
    await world.types("ana", LONG)
    assert len(await hints(world, "ana")) == 1
