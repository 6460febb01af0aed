"""What the manager's digest says of contractors' first weeks, told from the front door."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from handlers import DUTIES
from handlers.contract import Desk, Due, soon
from handlers.digest import daily
from playbook import load as playbook
from sandbox.blockkit import check_blocks
from storage import workspace
from storage.database import Database
from storage.outbox import Post
from storage.path_tables import Access, ChecklistItem, Tool
from storage.tables import Contractor, Person
from tests.said import english
from tests.world import MONDAY_NOON, Json, World, actions, words

DM = "@app"
FRIDAY = datetime(2026, 10, 23, 12, 0, tzinfo=UTC)
START = date(2026, 11, 3)  # Day -3 is Wednesday 28 October, Day -1 Friday 30 October, Day 7 Wednesday 11 November


@pytest.fixture
async def autumn(sqlite_url: str) -> AsyncIterator[World]:
    """A workspace in October 2026 with a Toolbox, and with jun, who started long ago."""
    begun = await World.begin(sqlite_url, at=FRIDAY, contractors=())
    async with begun.bot.database.team(begun.bot.team_id) as team:
        for position, (name, critical) in enumerate((("GitHub", True), ("Figma", True), ("Zoom", False))):
            team.add(Tool(team_id="", name=name, purpose="", how="invite", critical=critical, position=position))
    await begun.add_contractor("jun", start_date=date(2026, 3, 2), buddy_id="", operations_id=begun.id("tomas"))
    yield begun
    await begun.end()


async def morning(world: World, day: str) -> Json:
    """Give bruno's digest of a day, {} if there is none."""
    await world.until(f"{day}T08:45", "bruno")
    found = [one for one in await world.sees("bruno", DM) if "digest.look" in actions(one)]
    return found[-1] if found else {}


async def item(world: World, key: str, due: date, **values: Any) -> None:
    async with world.bot.database.team(world.bot.team_id) as team:
        team.add(item_of(world.id("ana"), key, due, **values))


def item_of(user_id: str, key: str, due: date, **values: Any) -> ChecklistItem:
    return ChecklistItem(
        team_id="", user_id=user_id, key=key, phase="day_1", position=1, text=f"Do {key}", owner="contractor",
        day=1, due=due, **values,
    )  # fmt: skip


async def test_what_was_due_before_somebody_was_added_counts_from_that_day_as_on_the_checklist(autumn: World) -> None:
    await autumn.until("2026-10-30T12:00")
    await autumn.add_contractor("ana", path=True, start_date=START)
    await autumn.settle()
    told = words(await morning(autumn, "2026-11-02"))
    assert "3 items overdue, oldest: " in told
    assert "(Fri 30 Oct)" in told
    assert "27 Oct" not in told, "the day from before anybody asked for it is held against nobody"


async def test_tools_that_are_not_open_are_told_from_day_minus_1_on(autumn: World) -> None:
    await autumn.add_contractor("ana", path=True, start_date=START)
    assert "access.open" not in actions(await morning(autumn, "2026-10-29"))
    shown = await morning(autumn, "2026-10-30")
    assert "access not ready for 1 person" in shown["text"]
    assert f"<@{autumn.id('ana')}> starts on Tue 3 Nov and 3 of 3 tools are not open yet" in words(shown)
    shown = await morning(autumn, "2026-11-02")
    assert f"<@{autumn.id('ana')}> starts tomorrow and 3 of 3 tools are not open yet" in words(shown)
    assert "2FA is not confirmed" not in words(shown)
    assert words(shown).index("Access") < words(shown).index("No log")
    await autumn.press("bruno", "access.open", DM)
    page = await autumn.modal("bruno")
    assert page is not None
    assert "Access: 0 of 3 open" in words(page)
    await autumn.press("olivia", "access.all_opened", DM)
    after = [one for one in await autumn.sees("bruno", DM) if one["ts"] == shown["ts"]]
    assert "not open yet" not in words(after[0])


async def test_2fa_that_is_not_confirmed_is_told_from_day_2_on(autumn: World) -> None:
    await autumn.add_contractor("ana", path=True, start_date=START)
    await autumn.until("2026-10-28T09:00", "olivia")
    await autumn.press("olivia", "access.all_opened", DM)
    assert "2FA" not in words(await morning(autumn, "2026-11-03"))
    shown = await morning(autumn, "2026-11-04")
    assert f"<@{autumn.id('ana')}>: 2FA is not confirmed for GitHub and Figma" in words(shown)
    await autumn.press("ana", "access.confirm", DM)
    after = [one for one in await autumn.sees("bruno", DM) if one["ts"] == shown["ts"]]
    assert "2FA is not confirmed for Figma" in words(after[0])
    await autumn.press("ana", "access.confirm", DM)
    after = [one for one in await autumn.sees("bruno", DM) if one["ts"] == shown["ts"]]
    assert "2FA" not in words(after[0])


async def test_what_of_a_checklist_is_overdue_is_told_with_the_oldest_first(autumn: World) -> None:
    await autumn.add_contractor("ana", start_date=START)  # with the items below only
    today = date(2026, 11, 4)
    await item(autumn, "read the packet", today - timedelta(days=1))
    await item(autumn, "sign the contract", today - timedelta(days=5))
    await item(autumn, "today's", today)
    await item(autumn, "done", today - timedelta(days=9), state="done")
    await item(autumn, "put off", today - timedelta(days=9), snoozed_until=date(2026, 12, 1))
    await item(autumn, "back again", today - timedelta(days=2), snoozed_until=today - timedelta(days=1))
    await item(autumn, "asked for today", today - timedelta(days=2), snoozed_until=today)
    await item(autumn, "forgotten", today - timedelta(days=31))
    shown = await morning(autumn, "2026-11-04")
    assert "1 checklist overdue" in shown["text"]
    assert f"<@{autumn.id('ana')}>: 3 items overdue, oldest: Do sign the contract (Fri 30 Oct)" in words(shown)
    assert "checklist.open" in actions(shown)


async def test_who_is_missing_is_told_from_day_minus_3_to_day_7_only(autumn: World) -> None:
    await autumn.add_contractor(
        "ana", path=True, start_date=START, buddy_id="", lead_id=autumn.id("tomas"), operations_id=autumn.id("olivia")
    )
    said = f"<@{autumn.id('ana')}> has no Shadow Buddy, and their technical lead has left"
    assert said not in words(await morning(autumn, "2026-10-27"))
    shown = await morning(autumn, "2026-10-28")
    assert said in words(shown)
    assert "helpers missing for 1 person" in shown["text"]
    assert f"<@{autumn.id('jun')}> has no" not in words(shown)
    await autumn.press("bruno", "contractor.edit", DM)
    form = await autumn.modal("bruno")
    assert form is not None
    assert "No Shadow Buddy chosen" in words(form)
    assert said in words(await morning(autumn, "2026-11-11"))
    assert said not in words(await morning(autumn, "2026-11-12"))


async def test_operations_of_the_workspace_is_nobody_missing(autumn: World) -> None:
    async with autumn.bot.database.team(autumn.bot.team_id) as team:
        await workspace.put(team, operations_id="")
    await autumn.add_contractor("ana", path=True, start_date=START, operations_id="")
    said = f"<@{autumn.id('ana')}> has no operations"
    assert said in words(await morning(autumn, "2026-10-28"))
    async with autumn.bot.database.team(autumn.bot.team_id) as team:
        await workspace.put(team, operations_id=autumn.id("olivia"))
        await soon(autumn.bot.workshop.desk(team), ("digest.redraw", autumn.id("bruno")))
    await autumn.settle()
    assert said not in words(await morning(autumn, "2026-10-28"))


async def test_a_path_that_is_paused_and_one_of_somebody_else_are_not_told(autumn: World) -> None:
    paused: Json = {"paused_at": FRIDAY, "paused_by": autumn.id("bruno"), "buddy_id": ""}
    await autumn.add_contractor("ana", path=True, start_date=START, **paused)
    await item(autumn, "sign", date(2026, 10, 26))
    await autumn.add_contractor("noor", manager="priya", path=True, start_date=START, buddy_id="")
    shown = words(await morning(autumn, "2026-11-02"))
    for said in ("overdue", "not open", "no Shadow Buddy"):
        assert said not in shown


async def test_a_manager_whose_only_contractor_has_not_begun_hears_of_what_is_missing(autumn: World) -> None:
    await autumn.add_contractor("ana", manager="lena", path=True, start_date=START, buddy_id=autumn.id("tomas"))
    await autumn.until("2026-11-02T08:45", "lena")
    shown = [one for one in await autumn.sees("lena", DM) if "tools are not open yet" in words(one)][-1]
    assert f"<@{autumn.id('ana')}>: their Shadow Buddy has left" in words(shown)


# At once, for many ------------------------------------------------------------------------------


@pytest.fixture
async def counter(database: Database) -> AsyncIterator[Desk]:
    """A desk over an empty team, once on each engine."""
    async with database.team("T0TEST00000") as team:
        yield Desk(team, playbook.load(), MONDAY_NOON, duties=DUTIES)
        await team.session.rollback()


async def seed(desk: Desk, lead: str, contractors: int) -> None:
    """Put contractors on the path who begin today, with everything missing that can be."""
    desk.team.add(Person(team_id="", user_id=lead, name=lead, zone="Europe/Madrid"))
    for number in range(contractors):
        one = f"{lead}{number:03}"
        name = f"{number:03} " + "Maximiliane & " * 5
        desk.team.add(Person(team_id="", user_id=one, name=name[:80], zone="Asia/Manila"))
        desk.team.add(contractor_of(lead, one))
        for key in range(3):
            desk.team.add(item_of(one, f"{key} " + "& long " * 30, date(2026, 11, 20)))
        for tool in range(4):
            desk.team.add(Access(team_id="", user_id=one, tool_id=f"tool{tool}"))


def contractor_of(lead: str, one: str) -> Contractor:
    return Contractor(
        team_id="", user_id=one, manager_id=lead, role="QA", project="acme", start_date=date(2026, 11, 19),
        weekly_minutes=1800, weekdays="0,1,2,3,4", day_start=time(9), day_end=time(17), added_at=MONDAY_NOON,
        added_by=lead,
    )  # fmt: skip


async def test_two_hundred_contractors_with_everything_missing_fit_into_one_message(counter: Desk) -> None:
    for tool in range(4):
        counter.team.add(Tool(team_id="", id=f"tool{tool}", name=f"Tool & {tool}", purpose="", how="", critical=True))
    await seed(counter, "UMANAGER001", 200)
    await seed(counter, "UMANAGER002", 1)
    await counter.team.session.flush()
    asked: list[str] = []
    connection = (await counter.team.session.connection()).sync_connection
    event.listen(connection, "before_cursor_execute", lambda _c, _cursor, statement, *_: asked.append(statement))
    await daily(counter, [Due("UMANAGER002", MONDAY_NOON)])
    alone = len(asked)
    letters = await daily(counter, [Due("UMANAGER001", MONDAY_NOON), Due("UMANAGER002", MONDAY_NOON)])
    assert len(asked) == 2 * alone
    [letter] = [one for one in letters if isinstance(one, Post) and one.to == "UMANAGER001"]
    assert "200 checklists overdue · access not ready for 200 people · helpers missing for 200" in english(letter.text)
    assert check_blocks(english(list(letter.blocks)), "message") == []
    assert len(json.dumps(english(list(letter.blocks)), ensure_ascii=False)) < 13_200
    shown = words({"blocks": english(letter.blocks)})
    assert shown.count("…and 198 more like this; see your Home tab.") == 3
