"""The ladder to the inner circle, told from the front door."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from handlers import ROUTES
from handlers.contract import Call, Kind
from playbook.sorry import Sorry
from storage import ladder, timetable
from storage.growth_tables import Inclusion, Review, StageEvidence
from storage.tables import Contractor, Person
from storage.trust_tables import WikiItem
from tests.world import World, actions, words

DM = "@app"


async def page(world: World, who: str, command: str) -> str:
    await rest(world, who)
    await world.types(who, command)
    modal = await world.modal(who)
    assert modal is not None
    return words(modal)


async def rest(world: World, who: str) -> None:
    """Close every modal of somebody."""
    while await world.modal(who):
        await world.close(who)


async def move(world: World, stage: str, said: str) -> dict[str, Any]:
    await page(world, "bruno", "/contractor ladder @ana")
    await world.press("bruno", "ladder.move")
    return await world.submit("bruno", stage=stage, words=said)


async def notes(world: World, who: str = "ana") -> dict[str, StageEvidence]:
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        return dict((await ladder.notes(team, [world.id(who)]))[world.id(who)])


async def answers(world: World, month: date) -> dict[str, Inclusion]:
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        found = await ladder.included(team, [world.id("ana"), world.id("noor")], month)
    return {one: found[world.id(one)] for one in ("ana", "noor") if world.id(one) in found}


@pytest.fixture
async def december(sqlite_url: str) -> AsyncIterator[World]:
    """It is the first of December, nine o'clock for bruno; ana has been there for a quarter, jun for a week."""
    world = await World.begin(sqlite_url, datetime(2026, 12, 1, 8, 0, tzinfo=UTC), contractors=())
    await world.add_contractor("ana", start_date=date(2026, 9, 1))
    await world.add_contractor("jun", start_date=date(2026, 11, 23))
    yield world
    await world.end()


async def test_the_contractor_sees_where_they_are_and_what_comes_next(world: World) -> None:
    shown = await page(world, "ana", "/circle ladder")
    assert "You are here: *Outsider*, step 1 of 5." in shown
    assert "▓▓░░░░░░░░" in shown
    assert "The next step: Newcomer" in shown
    assert "✓ Day 1 has begun" in shown
    assert "○ Introduced to the team" in shown
    assert "Only the two of you see this" in shown
    modal = await world.modal("ana")
    assert not {"ladder.move", "ladder.include"} & set(actions(modal or {}))


async def test_the_manager_moves_somebody_up_with_words(world: World) -> None:
    wrong = await move(world, "outsider", "As before")
    assert "is where they are already" in wrong["errors"]["stage"]
    await world.submit("bruno", stage="newcomer", words="You found your way <!here> fast")
    told = next(one for one in await world.reads("ana") if "one step further in" in one)
    assert "you are Newcomer now" in told
    assert "&lt;!here&gt;" in told
    shown = await page(world, "ana", "/circle ladder")
    assert "step 2 of 5" in shown
    assert "You found your way" in shown
    assert "The next step: Contributor" in shown
    assert "1:1s were held (0 of 4)" in shown
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        assert (await ladder.stages(team, [world.id("ana"), world.id("jun")])).keys() == {world.id("ana")}


async def test_a_step_can_be_corrected_without_shaming(world: World) -> None:
    await move(world, "contributor", "Great work")
    await rest(world, "bruno")
    await move(world, "newcomer", "I was too quick, and that is on me")
    await world.until("2026-11-23T13:00")
    told = next(one for one in await world.reads("ana") if "has corrected your step" in one)
    assert "takes nothing back of what you did" in told
    assert "next 1:1" in told
    assert "step 2 of 5" in await page(world, "ana", "/circle ladder")


async def test_the_two_note_what_only_people_can_tell(world: World) -> None:
    await move(world, "contributor", "Great work")
    await page(world, "ana", "/circle ladder")
    await world.press("ana", "ladder.note")
    wrong = await world.submit("ana", words="In the planning", link="http://plan.example.com")
    assert set(wrong["errors"]) == {"link"}
    await world.submit("ana", words="In the planning of Q1", link="https://plan.example.com/q1")
    assert any("noted on the ladder: Part of a strategy discussion" in one for one in await world.reads("bruno"))
    assert (await notes(world))["strategy_channel"].by == world.id("ana")
    shown = await page(world, "bruno", "/contractor ladder @ana")
    assert "✓ Part of a strategy discussion: <https://plan.example.com/q1|In the planning of Q1>" in shown
    await world.press("bruno", "ladder.note")
    await world.submit("bruno", words="Chose the design system alone")
    assert any("noted on your ladder: Decides alone" in one for one in await world.reads("ana"))


async def test_a_note_can_be_taken_back(world: World) -> None:
    async with world.bot.database.team(world.bot.team_id) as team:
        await ladder.note(team, world.id("ana"), "decides", world.id("bruno"), world.clock.now(), "Chose it")
    view = await answer(world, "bruno", "ladder.note", f"{world.id('ana')}:decides")
    assert "Take this note back" in str(view)
    fields = {"words": "Chose it", "gone": ("gone",)}
    await answer(world, "bruno", "ladder.noted", "", memo=f"|{world.id('ana')}|decides", fields=fields)
    assert await notes(world) == {}


async def test_once_a_month_the_manager_is_asked_which_discussion(december: World) -> None:
    world = december
    await world.until("2026-12-01T09:45", "bruno")
    asked = next(one for one in await world.reads("bruno") if "One discussion more" in one)
    assert world.id("ana") in asked
    assert world.id("jun") not in asked  # still in the first month
    await world.press("bruno", "ladder.include", DM)
    wrong = await world.submit("bruno", words="You know the users best")
    assert "channel" in wrong["errors"]
    await world.submit("bruno", channel=world.channel("general"), words="You know the users best")
    await world.wakes("ana")
    told = next(one for one in await world.reads("ana") if "in a discussion" in one)
    assert "You know the users best" in told
    assert world.channel("general") in told
    row = (await answers(world, date(2026, 12, 1)))["ana"]
    assert (row.answer, row.channel_id) == ("channel", world.channel("general"))
    assert (await notes(world))["strategy_channel"].words == "You know the users best"
    assert any("All of this month's answers are in" in one for one in await world.reads("bruno"))


async def test_not_this_month_is_an_answer_and_nobody_is_told(december: World) -> None:
    world = december
    await world.add_contractor("noor", start_date=date(2026, 9, 1))
    await world.until("2026-12-01T09:45", "bruno")
    before = await world.reads("ana")
    await world.press("bruno", "ladder.not_now", DM)
    message = next(one for one in await world.sees("bruno", DM) if "One discussion more" in words(one))
    assert "not this month" in words(message)
    assert actions(message).count("ladder.not_now") == 1
    await world.press("bruno", "ladder.not_now", DM)
    assert any("answers are in" in one for one in await world.reads("bruno"))
    assert await world.reads("ana") == before
    assert {row.answer for row in (await answers(world, date(2026, 12, 1))).values()} == {"not_now"}
    with pytest.raises(Sorry, match="answered already"):
        await answer(world, "bruno", "ladder.not_now", f"{world.id('ana')}:2026-12-01")


async def test_a_new_manager_is_asked_instead(december: World) -> None:
    world = december
    await world.until("2026-12-01T09:45", "bruno")
    await world.types("bruno", "/contractor edit @ana")
    await world.submit_pages("bruno", manager_id=world.id("lena"))
    message = next(one for one in await world.sees("bruno", DM) if "answers are in" in words(one))
    assert actions(message) == []
    await world.wakes("lena")
    assert any("One discussion more" in one for one in await world.reads("lena"))
    await world.press("lena", "ladder.not_now", DM)
    assert (await answers(world, date(2026, 12, 1)))["ana"].answered_by == world.id("lena")


async def test_what_is_not_answered_falls_silent_until_the_next_month(december: World) -> None:
    world = december
    await world.until("2026-12-04T18:00", "bruno")
    assert len([one for one in await world.reads("bruno") if "One discussion more" in one]) == 1
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        planned = [one.day for one in await timetable.of(team, world.id("bruno")) if one.duty == "ladder.ask"]
    assert planned == [date(2027, 1, 1)]


async def test_a_document_works_for_a_guest_of_one_channel(world: World) -> None:
    await page(world, "bruno", "/contractor ladder @jun")
    await world.press("bruno", "ladder.include")
    wrong = await world.submit("bruno", channel=world.channel("general"), words="Come and think along")
    assert "single-channel guest" in wrong["errors"]["channel"]
    await world.submit("bruno", channel="", link="https://docs.example.com/plan", words="Come and think along")
    await world.wakes("jun")
    told = next(one for one in await world.reads("jun") if "Come and think along" in one)
    assert "https://docs.example.com/plan" in told
    assert "brainstorm" in await notes(world, "jun")


async def test_who_is_let_into_a_channel_by_whom_is_said(world: World) -> None:
    await page(world, "bruno", "/contractor ladder @ana")
    await world.press("bruno", "ladder.include")
    await world.submit("bruno", channel=world.channel("leads"), words="Come")
    said = words(await world.modal("bruno") or {}) + await world.last("bruno", "#acme")
    assert "One step is yours" in said
    assert "/invite" in said


async def test_when_everything_is_there_it_is_suggested_once_and_never_done(sqlite_url: str) -> None:
    world = await World.begin(sqlite_url, datetime(2026, 12, 10, 8, 0, tzinfo=UTC), contractors=("ana",))
    await move(world, "contributor", "Great work")
    await rest(world, "bruno")
    async with world.bot.database.team(world.bot.team_id) as team:
        for key in ("strategy_channel", "decides"):
            await ladder.note(team, world.id("ana"), key, world.id("bruno"), world.clock.now(), "So it is")
        await closed_and_written(world, team)
    await world.until("2026-12-10T10:30", "bruno")
    told = [one for one in await world.reads("bruno") if "All that shows the next step" in one]
    assert len(told) == 1
    assert "Trusted partner" in told[0]
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        assert (await ladder.stages(team, [world.id("ana")]))[world.id("ana")].stage == "contributor"
    await world.press("bruno", "ladder.open", DM)
    assert "Is it time? You decide" in words(await world.modal("bruno") or {})
    await world.press("bruno", "ladder.move")
    await world.submit("bruno", stage="partner", words="It is time")
    assert any("each of them has been looked at" in one for one in await world.reads("bruno"))
    await world.end()


async def closed_and_written(world: World, team: Any) -> None:
    """Write down a closed review, and three answers in the wiki."""
    now, ana = world.clock.now(), world.id("ana")
    team.add(
        Review(team_id="", user_id=ana, number=1, due_on=now.date(), opened_at=now, theirs={}, ours={}, closed_at=now)
    )
    for number in range(901, 904):
        key = str(number)
        team.add(
            WikiItem(
                team_id="", number=number, user_id=ana, key=key, question=key, state="done", added_at=now, added_by=ana
            )
        )
    await team.session.flush()


async def test_nobody_else_sees_or_changes_it(world: World) -> None:
    ana = world.id("ana")
    for stranger in ("lena", "olivia", "noor"):
        await world.types(stranger, "/contractor ladder @ana", "#general")
        assert await world.modal(stranger) is None
        assert "between a contractor and their manager" in await world.last(stranger, "#general")
    for who in ("jun", "lena", "olivia", "priya"):
        for action, value in (("ladder.open", ana), ("ladder.note", f"{ana}:decides")):
            with pytest.raises(Sorry):
                await answer(world, who, action, value)
    for who in ("ana", "jun", "lena", "olivia"):
        for action in ("ladder.move", "ladder.include", "ladder.not_now"):
            with pytest.raises(Sorry):
                await answer(world, who, action, f"{ana}" if action == "ladder.move" else f"{ana}:2026-11-01")
        for action in ("ladder.moved", "ladder.included"):
            with pytest.raises(Sorry):
                await answer(world, who, action, "", memo=f"|{ana}", fields={"stage": "partner", "words": "Me!"})
    with pytest.raises(Sorry):
        await answer(world, "bruno", "ladder.note", f"{ana}:reviews")  # counted, so nobody can claim it
    await world.types("bruno", "/circle ladder", "#general")
    assert "/contractor ladder @person" in await world.last("bruno", "#general")
    await world.types("jun", "ladder", DM)
    assert "Open my ladder" in await world.last("jun", DM)


async def answer(world: World, who: str, name: str, value: str, **more: Any) -> Any:
    """Send what was never drawn for somebody."""
    route = next(one for one in ROUTES if one.kind in (Kind.ACTION, Kind.FORM) and one.name == name)
    async with world.bot.database.team(world.bot.team_id) as team:
        call = Call(route.kind, name, world.bot.team_id, world.id(who), value=value, **more)
        return await route.handler(call, world.bot.workshop.desk(team))


async def test_two_hundred_contractors_fit_and_come_a_handful_at_a_time(december: World) -> None:
    world = december
    async with world.bot.database.team(world.bot.team_id) as team:
        known = await team.get(Contractor, user_id=world.id("ana"))
        assert known is not None
        for number in range(200):
            values = known.model_dump() | {"user_id": f"UX{number:05}", "start_date": date(2026, 6, 1)}
            team.add(Contractor(**values))
            team.add(Person(team_id="", user_id=f"UX{number:05}", name="M" * 80, zone="Europe/Madrid"))
    await world.until("2026-12-01T09:45", "bruno")
    message = next(one for one in await world.sees("bruno", DM) if "One discussion more" in words(one))
    assert actions(message).count("ladder.include") == 12
    assert "more contractors once these are answered" in words(message)
