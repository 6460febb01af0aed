"""Courses, told from the front door."""

import asyncio
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from handlers import ROUTES
from handlers.contract import Call, Kind
from playbook.sorry import Sorry
from storage import learn, oneonone_points, timetable
from storage.timetable import When
from tests.said import english
from tests.world import World, actions, words

DM = "@app"
COURSE = {
    "name": "Advanced prototyping",
    "cost": "240 EUR",
    "benefit": "Clickable drafts in a day instead of a week",
    "link": "https://learn.example.com/prototyping",
}


async def ask(world: World, **changes: str) -> dict[str, Any]:
    await world.types("ana", "/circle learn")
    await world.press("ana", "learn.ask")
    return await world.submit("ana", **COURSE | changes)


async def rest(world: World, who: str = "ana") -> None:
    """Close every modal of somebody."""
    while await world.modal(who):
        await world.close(who)


async def page(world: World, who: str, command: str) -> str:
    await rest(world, who)
    await world.types(who, command)
    modal = await world.modal(who)
    assert modal is not None
    shown = words(modal)
    await rest(world, who)
    return shown


async def state(world: World) -> list[str]:
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        return [row.state for row in await learn.courses(team, world.id("ana"))]


async def test_a_course_is_asked_for_approved_and_finished(world: World) -> None:
    await ask(world)
    await rest(world)
    request = next(one for one in await world.reads("bruno") if "would like to learn something" in one)
    assert all(part in request for part in ("Advanced prototyping", "240 EUR", "Clickable drafts", "learn.example.com"))
    await world.press("bruno", "learn.approve", DM)
    assert any("approved the course" in one for one in await world.reads("bruno"))
    assert any("approved Advanced prototyping. Enjoy it!" in one for one in await world.reads("ana"))
    await world.press("ana", "learn.finish", DM)
    wrong = await world.submit("ana", words="I draft", certificate="http://certs.example.com/1")
    assert set(wrong["errors"]) == {"certificate"}
    await world.submit("ana", words="I draft a whole flow in a day", certificate="https://certs.example.com/1")
    told = "\n".join(await world.reads("bruno"))
    assert "has finished Advanced prototyping" in told
    assert "I draft a whole flow in a day" in told
    assert "https://certs.example.com/1" in told
    assert "Finished" in await page(world, "ana", "/circle learn")
    assert "I draft a whole flow" in await page(world, "bruno", "/contractor learn @ana")


async def test_a_no_has_a_reason_and_a_next_step(world: World) -> None:
    await ask(world)
    await rest(world)
    await world.press("bruno", "learn.decline", DM)
    await world.submit("bruno", reason="No budget <!here> before March")
    told = next(one for one in await world.reads("ana") if "cannot say yes" in one)
    assert "No budget &lt;!here&gt; before March" in told
    assert "next 1:1 is a good place" in told
    assert "declined the course" in "\n".join(await world.reads("bruno"))
    assert await state(world) == ["declined"]
    await ask(world)  # asking again later is no duplicate
    assert sorted(await state(world)) == ["asked", "declined"]


async def test_what_is_to_be_discussed_is_a_point_of_the_1on1_and_decided_from_the_same_message(world: World) -> None:
    await ask(world)
    await rest(world)
    await world.press("bruno", "learn.discuss", DM)
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        points = [english(row.text) for row in await oneonone_points.waiting(team, world.id("ana"))]
    assert points == ["Course: Advanced prototyping"]
    assert any("would like to talk about Advanced prototyping first" in one for one in await world.reads("ana"))
    message = next(one for one in await world.sees("bruno", DM) if "would like to learn" in words(one))
    assert "learn.discuss" not in actions(message)
    await world.press("bruno", "learn.approve", DM)
    assert await state(world) == ["approved"]


async def test_what_is_unclear_is_asked_for_and_nothing_typed_is_lost(world: World) -> None:
    wrong = await ask(world, cost="240", link="http://learn.example.com")
    assert set(wrong["errors"]) == {"cost", "link"}
    await world.submit("ana", **COURSE)
    await rest(world)
    wrong = await ask(world, name="advanced  PROTOTYPING")
    assert "asked for this one already" in wrong["errors"]["name"]
    for number in range(4):
        await rest(world)
        await ask(world, name=f"Course {number}")
    await rest(world)
    wrong = await ask(world, name="One more")
    assert "5 courses are open already" in wrong["errors"]["name"]
    assert len(await state(world)) == 5


async def test_a_request_can_be_taken_back(world: World) -> None:
    await ask(world)
    await rest(world)
    await world.types("ana", "/circle learn")
    await world.press("ana", "learn.withdraw")
    assert "withdrawn" in words(await world.modal("ana") or {})
    message = next(one for one in await world.sees("bruno", DM) if "has withdrawn the request" in words(one))
    assert actions(message) == []
    assert await state(world) == ["withdrawn"]


async def test_only_the_two_see_it_and_forged_buttons_do_nothing(world: World) -> None:
    await ask(world)
    await rest(world)
    for stranger in ("lena", "olivia", "noor"):
        await world.types(stranger, "/contractor learn @ana", "#general")
        assert await world.modal(stranger) is None
        assert "between a contractor and their manager" in await world.last(stranger, "#general")
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        row = (await learn.courses(team, world.id("ana")))[0]
    for forger, action in FORGED:
        with pytest.raises(Sorry):
            await forged(world, forger, action, row.id)
    with pytest.raises(Sorry, match="between a contractor"):
        await forged(world, "jun", "learn.open", world.id("ana"))
    assert await state(world) == ["asked"]


DECISIONS = ("learn.approve", "learn.discuss", "learn.decline")
FORGED = [
    *((who, action) for who in ("ana", "jun", "lena", "olivia") for action in DECISIONS),
    *((who, action) for who in ("bruno", "jun", "olivia") for action in ("learn.finish", "learn.withdraw")),
]


async def forged(world: World, who: str, action: str, value: str) -> None:
    """Press a button that was never drawn for somebody."""
    route = next(one for one in ROUTES if one.kind is Kind.ACTION and one.name == action)
    async with world.bot.database.team(world.bot.team_id) as team:
        call = Call(Kind.ACTION, action, world.bot.team_id, world.id(who), value=value)
        await route.handler(call, world.bot.workshop.desk(team))


async def test_two_decisions_at_once_are_one(world: World) -> None:
    await ask(world)
    await rest(world)
    message = next(one for one in await world.sees("bruno", DM) if "would like to learn" in words(one))
    press = {"as": "bruno", "action_id": "learn.approve", "channel": DM, "ts": message["ts"]}
    await asyncio.gather(*(world.ask("POST", "press", press) for _ in range(2)), return_exceptions=True)
    await world.settle()
    assert await state(world) == ["approved"]
    assert len([one for one in await world.reads("ana") if "Enjoy it!" in one]) == 1


async def test_a_new_manager_decides(world: World) -> None:
    await ask(world)
    await rest(world)
    await world.types("bruno", "/contractor edit @ana")
    await world.submit_pages("bruno", manager_id=world.id("lena"))
    await world.settle()
    assert any("is decided by" in one for one in await world.reads("bruno"))
    await world.wakes("lena")
    assert any("would like to learn something" in one for one in await world.reads("lena"))
    await world.press("lena", "learn.approve", DM)
    assert await state(world) == ["approved"]
    assert "240 EUR" not in "\n".join(await world.reads("bruno"))


async def test_it_is_asked_once_whether_a_course_is_done(world: World) -> None:
    await ask(world)
    await rest(world)
    await world.press("bruno", "learn.approve", DM)
    async with world.bot.database.team(world.bot.team_id) as team:
        row = (await learn.courses(team, world.id("ana")))[0]
        planned = (await timetable.of(team, row.id))[0]
        assert (planned.day, planned.at, planned.zone) == (date(2027, 1, 22), time(9, 30), "America/Sao_Paulo")
        await timetable.put(team, planned.duty, {row.id: When(datetime(2026, 11, 25, 12, 30, tzinfo=UTC))})
    await world.until("2026-11-25T10:30", "ana")
    await world.wakes("ana")
    asked = [one for one in await world.reads("ana") if "How is Advanced prototyping going?" in one]
    assert len(asked) == 1
    await world.press("ana", "learn.finish", DM, containing="How is Advanced")
    await world.submit("ana", words="Everything about drafts")
    assert any("Advanced prototyping is finished" in one for one in await world.reads("ana"))


async def test_a_word_in_the_direct_message_and_a_button_for_the_manager(world: World) -> None:
    await world.types("jun", "learn", DM)
    assert "Open my courses" in await world.last("jun", DM)
    await world.press("jun", "learn.open", DM)
    assert "Nothing yet" in words(await world.modal("jun") or {})
    await world.types("bruno", "/circle learn", "#general")
    assert "/contractor learn @person" in await world.last("bruno", "#general")
    await world.types("noor", "/circle learn", "#general")
    assert "not on it yet" in await world.last("noor", "#general")
    await world.types("bruno", "/contractor @ana", "#general")
    await world.press("bruno", "learn.open", "#general")
    assert "Courses of" in words(await world.modal("bruno") or {})
