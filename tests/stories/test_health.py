"""Health checks: questions with a reason, the contractor first, the manager an hour later, and what both answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import select

from handlers import ROUTES
from handlers.contract import Call, Desk, Due, Kind
from handlers.flag_look import look
from handlers.health_clock import evening, tell
from playbook import load as playbook
from playbook.sorry import Sorry
from storage import log
from storage.checklist import DONE
from storage.database import Database
from storage.outbox import Post
from storage.path_tables import ChecklistItem
from storage.rhythm_tables import NudgePace
from storage.tables import Contractor, Person
from storage.trust_tables import HealthCheck
from tests.world import World, has_action, words

DM = "@app"
RESEARCH = "/log 3h10 EU VAT #acme @research"
EVENING = "2026-11-23T18:05"


async def checks(world: World, rule: str = "") -> list[HealthCheck]:
    """Give every question that was ever kept about ana, or those of one rule."""
    async with world.bot.database.team(world.bot.team_id) as team:
        rows = (await team.session.exec(select(HealthCheck))).all()
        return [row for row in rows if row.user_id == world.id("ana") and rule in ("", row.rule)]


async def reads(world: World, who: str, part: str) -> int:
    """Count the messages of the bot in which somebody reads something."""
    return sum(part in one for one in await world.reads(who))


async def page(world: World, who: str) -> str:
    """Give the words of the modal in front of somebody."""
    modal = await world.modal(who)
    assert modal is not None, f"{who} has no modal open"
    return words(modal)


async def pressed(world: World, who: str, action: str, value: str) -> None:
    """Press a button that was never drawn for somebody."""
    route = next(one for one in ROUTES if one.kind is Kind.ACTION and one.name == action)
    async with world.bot.database.team(world.bot.team_id) as team:
        call = Call(Kind.ACTION, action, world.bot.team_id, world.id(who), value=value)
        await route.handler(call, world.bot.workshop.desk(team))


async def calm(world: World) -> None:
    """Let ana have logged the days before, so that nothing but what the story tells is asked."""
    async with world.bot.database.team(world.bot.team_id) as team:
        for day in (19, 20):
            await log.write(team, world.id("ana"), [{"day": date(2026, 11, day), "minutes": 60}], world.clock.now())


async def researched(world: World) -> None:
    """Let ana log three hours and ten minutes of research, and her evening come."""
    await calm(world)
    await world.until("2026-11-23T17:00", "ana")
    await world.types("ana", RESEARCH)
    await world.until(EVENING, "ana")


async def test_the_research_rule_asks_the_contractor_first_with_its_reason(world: World) -> None:
    await researched(world)
    [said] = [one for one in await world.reads("ana") if "Research Rule" in one]
    assert 'You logged 3 h 10 of research on "EU VAT" on Mon 23 Nov; this question comes from 3 h in a day.' in said
    assert "Would access to a data source or a document speed it up?" in said
    assert "What could help: name one source" in said
    for label in ("Yes, access would help", "Talk in 1:1", "All good"):
        assert label in said
    assert not await reads(world, "bruno", "Research Rule")


async def test_a_little_less_research_is_no_question(world: World) -> None:
    await calm(world)
    await world.until("2026-11-23T17:00", "ana")
    await world.types("ana", "/log 2h59 EU VAT #acme @research")
    await world.until("2026-11-24T08:00", "ana")
    assert await checks(world) == []


async def test_the_manager_hears_later_what_the_contractor_has_seen(world: World) -> None:
    await researched(world)
    await world.until("2026-11-24T08:59", "bruno")
    assert not await reads(world, "bruno", "Research Rule")
    await world.until("2026-11-24T09:16", "bruno")
    [said] = [one for one in await world.reads("bruno") if "Research Rule" in one]
    assert 'Ana Reis logged 3 h 10 of research on "EU VAT" on Mon 23 Nov' in said
    assert "no verdict. They have seen the same first." in said
    for label in ("Grant access", "Talk in 1:1", "All good"):
        assert label in said
    [row] = await checks(world)
    assert row.contractor_at is not None
    assert row.manager_at is not None
    assert row.manager_at - row.contractor_at >= timedelta(hours=1)


async def test_all_good_settles_it_and_the_manager_does_not_hear(world: World) -> None:
    await researched(world)
    await world.press("ana", "health.fine", DM)
    assert await reads(world, "ana", "all good") == 1
    await world.until("2026-11-24T18:00", "bruno")
    assert not await reads(world, "bruno", "Research Rule")
    await world.types("bruno", "/contractor health @ana")
    assert "all good" in await page(world, "bruno")


async def test_what_was_all_good_is_not_asked_again_for_a_week(world: World) -> None:
    await researched(world)
    await world.press("ana", "health.fine", DM)
    await world.until("2026-11-24T17:00", "ana")
    await world.types("ana", RESEARCH)
    await world.until("2026-11-24T23:00", "ana")
    assert len(await checks(world, "research")) == 1
    for day in (25, 26, 27, 30):
        await world.until(f"2026-11-{day}T17:00", "ana")
        await world.types("ana", "/log 1h build")
    await world.until("2026-12-01T17:00", "ana")
    await world.types("ana", RESEARCH)
    await world.until("2026-12-01T18:05", "ana")
    assert len(await checks(world, "research")) == 2


async def test_what_was_in_a_message_that_was_left_out_comes_with_the_next(world: World) -> None:
    """Whoever leaves these messages alone gets every second one, and learns nothing less by it."""
    for who in ("ana", "bruno"):
        async with world.bot.database.team(world.bot.team_id) as team:
            now, to = world.clock.now(), world.id(who)
            team.add(NudgePace(team_id=team.team_id, user_id=to, kind="health.question", ignored=2, halved_at=now))
    await calm(world)
    await world.types("ana", RESEARCH)
    await world.until(EVENING, "ana")
    assert await reads(world, "ana", "1 question about how work goes") == 0
    await world.until("2026-11-25T19:00", "ana")
    assert await reads(world, "ana", "of research") == 1
    await world.until("2026-11-30T19:00", "ana")
    assert await reads(world, "bruno", "of research") == 1


async def test_what_would_help_is_read_by_the_manager(world: World) -> None:
    await researched(world)
    await world.press("ana", "health.help", DM)
    await world.submit("ana", words="the <tax> data of Finance")
    assert await reads(world, "ana", "something would help, “the &lt;tax&gt; data of Finance”")
    await world.until("2026-11-24T09:16", "bruno")
    assert await reads(world, "bruno", "something would help, “the &lt;tax&gt; data of Finance”")


async def test_the_manager_grants_access_and_operations_is_asked(world: World) -> None:
    await researched(world)
    await world.until("2026-11-24T09:16", "bruno")
    await world.press("bruno", "health.grant", DM)
    assert "EU VAT" in await page(world, "bruno")
    await world.submit("bruno", words="BigQuery, to read")
    await world.wakes("olivia")
    assert await reads(world, "olivia", "access: BigQuery, to read") == 1
    [asked] = [one for one in await world.sees("olivia", DM) if "BigQuery" in words(one)]
    assert has_action(asked, "access.open")
    for who in ("ana", "bruno"):
        assert await reads(world, who, "asked operations to open: BigQuery, to read") == 1
    message = next(one for one in await world.sees("bruno", DM) if "Research Rule" in words(one))
    assert not has_action(message, "health.grant")


async def test_a_form_without_words_stays_open(world: World) -> None:
    await researched(world)
    await world.until("2026-11-24T09:16", "bruno")
    await world.press("bruno", "health.grant", DM)
    answer = await world.submit("bruno", words="  ")
    assert answer["response_action"] == "errors"
    assert not await reads(world, "olivia", "asks you to give")


async def test_the_managers_all_good_is_seen_by_the_contractor(world: World) -> None:
    await researched(world)
    await world.until("2026-11-24T09:16", "bruno")
    await world.press("bruno", "health.fine", DM)
    message = next(one for one in await world.sees("ana", DM) if "Research Rule" in words(one))
    assert f"<@{world.id('bruno')}>: all good" in words(message)
    assert not has_action(message, "health.fine")


async def test_several_findings_are_one_message(world: World) -> None:
    await calm(world)
    await world.until("2026-11-23T17:00", "ana")
    await world.types("ana", "/blocker waiting for Figma access")
    await world.types("ana", "/log 1h30 for Figma #acme @waiting; 3h EU VAT @research")
    await world.until(EVENING, "ana")
    [said] = [one for one in await world.reads("ana") if "how work goes" in one]
    assert "You logged 1 h 30 of waiting" in said
    assert "Still open about access: #1, the oldest since Mon 23 Nov." in said
    assert "Research Rule" in said
    await world.until("2026-11-24T12:00", "bruno")
    assert await reads(world, "bruno", "Still open about access: #1") == 1
    assert await reads(world, "bruno", "How work goes for") == 1


async def test_a_quiet_log_is_asked_about_once_and_days_off_are_left_out(world: World) -> None:
    await calm(world)
    await world.until("2026-11-23T17:00", "ana")
    await world.types("ana", "/log 1h build")
    async with world.bot.database.team(world.bot.team_id) as team:
        await log.say_of_day(team, world.id("ana"), date(2026, 11, 24), "off")
    await world.until("2026-11-26T18:05", "ana")
    assert not await reads(world, "ana", "The log has been quiet")
    await world.until("2026-11-27T18:05", "ana")
    assert await reads(world, "ana", "The log has been quiet for 2 working days, since Mon 23 Nov.") == 1
    await world.until("2026-11-30T18:05", "ana")
    assert await reads(world, "ana", "The log has been quiet") == 1


async def test_the_same_kind_of_blocker_three_times_is_a_matter_of_the_system(world: World) -> None:
    await calm(world)
    await world.until("2026-11-23T16:00", "ana")
    await world.types("ana", "/log 1h build")
    for number in range(1, 4):
        await world.types("ana", f"/blocker waiting for feedback on screen {number}")
        await world.types("ana", f"/blocker done {number}")
    await world.until(EVENING, "ana")
    assert await reads(world, "ana", "Feedback or a review came up 3 times in 14 days: #1, #2, #3.") == 1


async def test_an_item_stuck_on_somebody_else_for_a_day(sqlite_url: str) -> None:
    world = await World.begin(sqlite_url, contractors=())
    await world.add_contractor("ana", path=True, start_date=date(2026, 11, 23))
    await world.settle()
    await world.until("2026-11-25T17:00", "ana")
    await world.types("ana", "/log 1h build")
    await world.types("ana", "/log mon 1h build")
    await world.types("ana", "/log tue 1h build")
    await world.until("2026-11-25T18:05", "ana")
    assert await reads(world, "ana", "An item waits for") == 1
    assert await checks(world, "stuck")
    await world.end()


async def test_a_manager_runs_it_and_the_contractor_is_told_with_the_same_page(world: World) -> None:
    await calm(world)
    await world.types("ana", "/log yesterday 1h20 EU VAT @research")
    await world.types("bruno", "/contractor health @ana")
    shown = await page(world, "bruno")
    assert "Research Rule: at most 1 h 20 of research in a day, fine (asked from 3 h)." in shown
    for title in ("Access Check", "Waiting", "Log", "The same blocker again", "Checklist", "Signs of overwork"):
        assert title in shown
    [told] = [one for one in await world.reads("ana") if "ran a health check: nothing stuck." in one]
    assert "This is what they see." in told
    assert "Research Rule: at most 1 h 20 of research in a day, fine" in told


async def test_what_a_run_finds_is_answered_on_the_page_and_in_the_message(world: World) -> None:
    await calm(world)
    await world.types("ana", "/log yesterday 3h10 EU VAT @research")
    await world.types("bruno", "/contractor health @ana")
    assert "Ana Reis logged 3 h 10 of research" in await page(world, "bruno")
    assert await reads(world, "ana", "You logged 3 h 10 of research") == 1
    await world.press("bruno", "health.fine")
    assert "all good" in await page(world, "bruno")
    assert await reads(world, "ana", f"<@{world.id('bruno')}>: all good") == 1
    await world.until("2026-11-24T20:00", "bruno")
    assert not await reads(world, "bruno", "Ana Reis logged")


async def test_access_is_granted_from_the_page_as_well(world: World) -> None:
    await calm(world)
    await world.types("ana", "/log yesterday 3h10 EU VAT @research")
    await world.types("bruno", "/contractor health @ana")
    await world.press("bruno", "health.grant")
    await world.submit("bruno", words="the VAT tables")
    await world.wakes("olivia")
    assert await reads(world, "olivia", "access: the VAT tables") == 1
    assert await reads(world, "ana", "asked operations to open: the VAT tables") == 1


async def test_ones_own_page_at_any_time_by_command_and_by_word(world: World) -> None:
    await calm(world)
    await world.types("ana", "/log yesterday 3h10 EU VAT @research")
    await world.types("ana", "/circle health")
    assert "You logged 3 h 10 of research" in await page(world, "ana")
    assert not has_action(await world.modal("ana") or {}, "health.fine")
    await world.close("ana")
    await world.types("jun", "health", DM)
    await world.press("jun", "health.open", DM)
    assert "Asked in the last four weeks" in await page(world, "jun")
    assert not await reads(world, "bruno", "health check")


async def test_others_are_refused(world: World) -> None:
    await researched(world)
    [row] = await checks(world)
    for who in ("lena", "olivia", "jun", "priya"):
        for action, value in (("health.open", world.id("ana")), ("health.fine", row.id), ("health.grant", row.id)):
            with pytest.raises(Sorry, match="for a contractor and their manager only"):
                await pressed(world, who, action, value)
    with pytest.raises(Sorry, match="for a contractor and their manager only"):
        await pressed(world, "bruno", "health.fine", row.id)  # not before he has heard of it
    with pytest.raises(Sorry, match="Your manager can do this"):
        await pressed(world, "ana", "health.grant", row.id)
    await world.until("2026-11-24T09:16", "bruno")
    with pytest.raises(Sorry, match="the contractor's own"):
        await pressed(world, "bruno", "health.help", row.id)
    await world.types("lena", "/contractor health @ana")
    assert await world.modal("lena") is None


@pytest.mark.parametrize("text", ["/contractor health", "/contractor health everybody", "/circle health"])
async def test_who_is_no_contractor_is_told_how_to_ask(world: World, text: str) -> None:
    await world.types("bruno", text)
    assert "like `/contractor health @person`" in await world.last("bruno")


async def test_a_manager_who_has_changed_sees_no_answers_any_more(world: World) -> None:
    await researched(world)
    await world.until("2026-11-24T09:16", "bruno")
    async with world.bot.database.team(world.bot.team_id) as team:
        place = await team.get(Contractor, user_id=world.id("ana"))
        assert place is not None
        place.manager_id = world.id("lena")
    await world.press("ana", "health.help", DM)
    await world.submit("ana", words="a secret wish")
    assert not await reads(world, "bruno", "a secret wish")
    with pytest.raises(Sorry):
        await pressed(world, "bruno", "health.fine", (await checks(world))[0].id)


async def test_week_by_week_a_check_by_plan_says_nothing_when_nothing_is_stuck(sqlite_url: str) -> None:
    world = await World.begin(sqlite_url, contractors=())
    await world.add_contractor("ana", path=True, start_date=date(2026, 11, 2))
    await world.settle()
    async with world.bot.database.team(world.bot.team_id) as team:
        for item in await team.all(team.select(ChecklistItem).where(ChecklistItem.auto != "health")):
            item.state = DONE
        for day in (23, 24, 25, 26, 27):
            await log.write(team, world.id("ana"), [{"day": date(2026, 11, day), "minutes": 60}], world.clock.now())
    await world.until("2026-11-27T10:00", "bruno")
    assert not await reads(world, "ana", "how work goes")
    async with world.bot.database.team(world.bot.team_id) as team:
        items = await team.all(team.select(ChecklistItem).where(ChecklistItem.auto == "health"))
        assert [item.state for item in items] == [DONE]
    await world.end()


async def test_a_check_by_plan_asks_what_it_finds_the_contractor_first(sqlite_url: str) -> None:
    world = await World.begin(sqlite_url, contractors=())
    await world.add_contractor("ana", start_date=date(2026, 11, 20), added_at=datetime(2026, 11, 20, tzinfo=UTC))
    await world.until("2026-11-26T10:00", "bruno")
    assert await reads(world, "ana", "The log has been quiet") == 1
    await world.end()


@contextmanager
def counting(database: Database) -> Iterator[list[str]]:
    """Collect every statement that is sent to the store meanwhile."""
    said: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        said.append(statement)

    engine = database._write.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    yield said
    event.remove(engine, "before_cursor_execute", note)


async def test_two_hundred_contractors_take_few_statements(sqlite_url: str) -> None:
    database, now = Database(sqlite_url), datetime(2026, 11, 24, 18, tzinfo=UTC)
    ids = [f"U{number}" for number in range(200)]
    async with database.team("T1") as team:
        for one in (*ids, "M"):
            team.add(Person(team_id="", user_id=one, name=one, zone="UTC"))
        for one in ids:
            team.add(crew(one))
            entry = {"day": date(2026, 11, 24), "minutes": 720, "category": "research", "project": "acme"}
            await log.write(team, one, [entry], now)
    with counting(database) as said:
        async with database.team("T1") as team:
            desk = Desk(team, playbook.load(), now)
            asked = await evening(desk, [Due(one, now) for one in ids])
    assert len(asked) == 200
    assert len(said) < 40
    with counting(database) as said:
        async with database.team("T1") as team:
            flagged = await look(Desk(team, playbook.load(), now), [Due(one, now) for one in ids])
    assert sum(isinstance(letter, Post) for letter in flagged) == 200
    assert len(said) < 40
    async with database.team("T1") as team:
        for row in await team.all(team.select(HealthCheck)):
            row.contractor_at = now
        later = now + timedelta(hours=2)
        letters = await tell(Desk(team, playbook.load(), later), [Due("M", later)])
    await database.close()
    assert len(letters) == 1


def crew(user_id: str) -> Contractor:
    """Make one of two hundred contractors of the same manager."""
    return Contractor(
        team_id="", user_id=user_id, manager_id="M", role="r", project="acme", start_date=date(2026, 11, 24),
        weekly_minutes=1800, weekdays="0,1,2,3,4", day_start=time(9), day_end=time(17, 30),
        added_at=datetime(2026, 11, 20, tzinfo=UTC), added_by="M",
    )  # fmt: skip
