"""The manager's digest, told from the front door."""

from collections.abc import AsyncIterator
from datetime import date, time, timedelta

import pytest
from sqlalchemy import event

from handlers import DUTIES
from handlers.contract import Call, Desk, Due, Handler, Kind, Say
from handlers.digest import daily, look
from handlers.digest_nudge import nudge, nudge_helper
from playbook import load as playbook
from playbook.sorry import Sorry
from storage import digest as facts
from storage.database import Database, Team
from storage.tables import Blocker, Contractor, LogEntry, Person
from tests.world import MONDAY_NOON, Json, World, actions, words

DM = "@app"


async def digest_of(world: World, who: str) -> Json:
    """Give the last digest somebody got."""
    found = [one for one in await world.sees(who, DM) if "digest.look" in actions(one)]
    assert found, f"{who} has no digest"
    return found[-1]


async def test_one_line_when_all_is_well(world: World) -> None:
    for who in ("ana", "jun"):
        await world.types(who, "log 6h30 review", DM)
    await world.until("2026-11-24T08:45", "bruno")
    digest = await digest_of(world, "bruno")
    assert digest["text"] == "All 2 contractors on track."
    assert len(digest["blocks"]) == 1


async def test_it_comes_once_on_working_mornings_and_never_at_weekends(world: World) -> None:
    await world.until("2026-11-30T08:44", "bruno")
    assert await mornings(world) == 4  # Tuesday to Friday; Monday's is a minute away
    await world.until("2026-11-30T08:45", "bruno")
    assert await mornings(world) == 5


async def test_a_blocker_past_its_time_comes_first_and_is_updated_in_place(world: World) -> None:
    await world.types("ana", "/blocker waiting for Figma edit access")
    await world.until("2026-11-24T08:45", "bruno")
    before = await digest_of(world, "bruno")
    assert "1 blocker past 4 h" in before["text"]
    assert "waiting for Figma edit access" in words(before)
    assert words(before).index("Past 4 h") < words(before).index("Last 7 days")

    await world.press("bruno", "blocker.take_over", DM, containing="Past 4 h")
    assert "with <@" + world.id("bruno") in words(await digest_of(world, "bruno"))
    await world.types("ana", "/blocker done 1")
    after = await digest_of(world, "bruno")
    assert after["ts"] == before["ts"]
    assert "waiting for Figma edit access" not in words(after)


async def test_it_follows_when_somebody_logs(world: World) -> None:
    await world.until("2026-11-24T08:45", "bruno")
    before = await digest_of(world, "bruno")
    assert "2 people without a log" in before["text"]
    await world.types("ana", "/log yesterday 6h review")
    after = await digest_of(world, "bruno")
    assert after["ts"] == before["ts"]
    assert "1 person without a log" in after["text"]


async def test_after_noon_it_stays_as_it_was(world: World) -> None:
    await world.types("ana", "/blocker waiting for Figma edit access")
    await world.until("2026-11-24T12:00", "bruno")
    before = await digest_of(world, "bruno")
    await world.types("ana", "/blocker done 1")
    assert words(await digest_of(world, "bruno")) == words(before)


async def test_who_has_not_logged_is_asked_kindly_once_and_in_their_own_day(world: World) -> None:
    await world.until("2026-11-24T08:45", "bruno")  # 04:45 for ana, 15:45 for jun
    assert "2 people without a log" in (await digest_of(world, "bruno"))["text"]
    await world.press("bruno", "digest.nudge", DM)
    await world.press("bruno", "digest.nudge", DM)
    told = words(await digest_of(world, "bruno"))
    assert told.count("I have asked kindly, or will when their day begins.") == 2
    assert not any("quiet working day" in words(one) for one in await world.sees("ana", DM))
    assert any("quiet working day" in words(one) for one in await world.sees("jun", DM))
    await world.until("2026-11-24T09:00", "ana")
    asked = [one for one in await world.sees("ana", DM) if "quiet working day" in words(one)]
    assert len(asked) == 1
    await world.press("ana", "log.today", DM, containing="quiet working day")
    assert await world.modal("ana") is not None


async def test_a_quiet_stretch_that_is_not_relevant_is_not_asked_about_and_the_manager_hears_so(world: World) -> None:
    await world.until("2026-11-24T08:45", "bruno")
    for _ in ("ana", "jun"):
        await world.press("bruno", "digest.nudge", DM)
    assert any("quiet working day" in each for each in await world.reads("jun"))
    await world.press("jun", "nudge.irrelevant", DM, containing="quiet working day")
    assert "I will not ask about this quiet stretch again." in "\n".join(await world.reads("jun"))
    async with world.bot.database.team(world.bot.team_id) as team:
        call = Call(Kind.ACTION, "digest.nudge", world.bot.team_id, world.id("bruno"), value=world.id("jun"))
        said = await nudge(call, world.bot.workshop.desk(team))
    assert isinstance(said, Say)
    assert "this quiet stretch needs no question" in said.text


async def test_a_question_about_a_quiet_log_is_settled_by_logging(world: World) -> None:
    await world.until("2026-11-24T08:45", "bruno")
    for _ in ("ana", "jun"):
        await world.press("bruno", "digest.nudge", DM)
    assert any("quiet working day" in each for each in await world.reads("jun"))
    await world.types("jun", "log yesterday 2h review", DM)
    assert not any("quiet working day" in each for each in await world.reads("jun"))


async def test_nobody_is_asked_who_has_logged_in_the_meantime(world: World) -> None:
    await world.until("2026-11-24T08:45", "bruno")
    await world.press("bruno", "digest.nudge", DM, containing=world.id("ana"))
    before = [one for one in await world.sees("ana", DM) if "quiet working day" in words(one)]
    await world.types("ana", "/log yesterday 2h review")
    await world.until("2026-11-24T10:00", "ana")
    assert [one for one in await world.sees("ana", DM) if "quiet working day" in words(one)] == before


async def test_a_day_off_is_an_answer_and_not_a_miss(world: World) -> None:
    for who in ("ana", "jun"):
        await world.types(who, "log 6h review", DM)
    await world.until("2026-11-24T17:30", "ana")
    await world.press("ana", "log.off", DM)
    await world.types("jun", "log 6h review", DM)
    await world.until("2026-11-25T08:45", "bruno")
    assert "<@" + world.id("ana") not in (await digest_of(world, "bruno"))["text"]


async def test_the_helper_is_reminded_kindly_once_a_day(world: World) -> None:
    await world.types("ana", "/blocker waiting for feedback on the checkout draft")
    await world.until("2026-11-24T09:00", "bruno")
    await world.press("bruno", "digest.nudge_helper", DM)
    await world.press("bruno", "digest.nudge_helper", DM)
    helpers = [who for who in ("lena", "olivia", "priya") if await _asked_kindly(world, who)]
    assert len(helpers) == 1
    assert await _asked_kindly(world, helpers[0]) == 1


async def _asked_kindly(world: World, who: str) -> int:
    return sum("asks kindly" in words(one) for one in await world.sees(who, DM))


async def test_monday_looks_back_on_the_week_before_it_locks(world: World) -> None:
    await world.types("ana", "/log 6h review")
    await world.types("ana", "/blocker waiting for Figma edit access")
    await world.types("ana", "/blocker done 1")
    await world.until("2026-11-30T08:45", "bruno")
    digest = await digest_of(world, "bruno")
    said = words(digest)
    assert "1 blocker came up, 1 resolved" in said
    assert "This week locks" in said
    kinds = [block["type"] for block in digest["blocks"]]
    assert kinds.count("table") == 1
    assert "data_visualization" in kinds

    await world.press("bruno", "digest.look", DM, containing="This week locks")
    page = await world.modal("bruno")
    assert page is not None
    assert "Mon 6 h" in words(page)
    await world.press("bruno", "digest.look")
    page = await world.modal("bruno")
    assert page is not None
    assert "This week locked" in words(page)
    assert "log.reopen" in actions(page)


@pytest.mark.parametrize("press", [nudge, nudge_helper, look])
async def test_the_buttons_are_only_for_the_manager_and_admins(world: World, press: Handler) -> None:
    await world.types("ana", "/blocker waiting for Figma edit access")
    async with world.bot.database.team(world.bot.team_id) as team:
        desk = world.bot.workshop.desk(team)
        blocker = (await facts.open_blockers(team, facts.everybody()))[0]
        values: dict[Handler, str] = {nudge: world.id("ana"), nudge_helper: blocker.id, look: "2026-W48"}
        await world.bot.directory.meet(world.bot.team_id, [world.id("lena")])
        call = Call(Kind.ACTION, "", world.bot.team_id, world.id("lena"), value=values[press])
        with pytest.raises(Sorry):
            await press(call, desk)
        await team.session.rollback()


async def test_a_manager_who_moves_gets_it_in_the_morning_of_the_new_place(world: World) -> None:
    await world.ask("PATCH", f"people/{world.id('bruno')}", {"tz": "America/New_York"})
    await world.settle()
    await world.until("2026-11-23T08:45", "bruno")  # it is still early there
    assert await mornings(world) == 1
    await world.until("2026-11-24T07:50")  # 08:50 in Madrid, 02:50 in New York
    assert await mornings(world) == 1
    await world.until("2026-11-24T08:45", "bruno")
    assert await mornings(world) == 2


async def mornings(world: World) -> int:
    return sum("digest.look" in actions(one) for one in await world.sees("bruno", DM))


@pytest.fixture
async def counter(database: Database) -> AsyncIterator[Desk]:
    """A desk over an empty team, once on each engine."""
    async with database.team("T0TEST00000") as team:
        yield Desk(team, playbook.load(), MONDAY_NOON, duties=DUTIES)
        await team.session.rollback()


async def seed(desk: Desk, managers: int, contractors: int) -> list[str]:
    """Put managers with contractors on the path, each with a log and a blocker of yesterday."""
    leads = [f"UMANAGER{number:03}" for number in range(managers)]
    for lead in leads:
        desk.team.add(Person(team_id="", user_id=lead, name=lead, zone="Europe/Madrid"))
        for number in range(contractors):
            one = f"{lead}{number:03}"
            desk.team.add(Person(team_id="", user_id=one, name=one, zone="Asia/Manila"))
            desk.team.add(contractor_of(lead, one))
            desk.team.add(entry_of(one))
            desk.team.add(blocker_of(lead, one, len(leads) * 1000 + number + 100_000 * leads.index(lead)))
    await desk.team.session.flush()
    return leads


def contractor_of(lead: str, one: str) -> Contractor:
    return Contractor(
        team_id="", user_id=one, manager_id=lead, role="QA", project="acme", start_date=date(2026, 11, 2),
        weekly_minutes=1800, weekdays="0,1,2,3,4", day_start=time(9), day_end=time(17), added_at=MONDAY_NOON,
        added_by=lead,
    )  # fmt: skip


def entry_of(one: str) -> LogEntry:
    return LogEntry(
        team_id="", user_id=one, day=date(2026, 11, 20), minutes=90, created_at=MONDAY_NOON, changed_at=MONDAY_NOON
    )


def blocker_of(lead: str, one: str, number: int) -> Blocker:
    since = MONDAY_NOON - timedelta(days=3)
    return Blocker(
        team_id="", number=number, user_id=one, text="stuck", kind="access", impact="slowed", since=since,
        state="open", helper_id=lead, created_at=since,
    )  # fmt: skip


async def test_a_batch_of_managers_costs_as_many_queries_as_one(counter: Desk) -> None:
    leads = await seed(counter, managers=12, contractors=30)
    asked: list[str] = []
    connection = (await counter.team.session.connection()).sync_connection
    event.listen(connection, "before_cursor_execute", lambda _c, _cursor, statement, *_: asked.append(statement))
    counts = []
    for managers in (leads[:1], leads):
        asked.clear()
        letters = await daily(counter, [Due(one, MONDAY_NOON) for one in managers])
        assert len(letters) == len(managers)
        counts.append(len(asked))
    assert counts[0] == counts[1]


async def test_entries_that_were_undone_and_other_teams_do_not_count(counter: Desk) -> None:
    [lead] = await seed(counter, managers=1, contractors=1)
    whose, day = facts.of_managers([lead]), date(2026, 11, 20)
    assert await facts.minutes_by_day(counter.team, whose, day, day) == {f"{lead}000": {day: 90}}
    elsewhere = Team(counter.team.session, "T0ELSEWHERE")
    assert await facts.minutes_by_day(elsewhere, whose, day, day) == {}
    assert await facts.members(elsewhere, facts.everybody()) == []
    await counter.team.change(counter.team.update(LogEntry).values(undone=True))
    assert await facts.minutes_by_day(counter.team, whose, day, day) == {}
    assert await facts.last_days(counter.team, [f"{lead}000"]) == {}


async def test_days_before_somebody_was_added_are_no_silence(world: World) -> None:
    await world.add_contractor("lena", "bruno", path=True, start_date=date(2026, 11, 2))
    await world.settle()
    await world.until("2026-11-24T08:45", "bruno")
    said = "\n".join(await world.reads("bruno"))
    assert f"No log* · <@{world.id('jun')}>: nothing for" in said
    assert f"No log* · <@{world.id('lena')}>" not in said
