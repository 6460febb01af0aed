"""The weekly audit, told from the front door: asked on Friday, answered by one press or in words, seen before the lock."""

from collections.abc import AsyncIterator
from datetime import date, datetime
from typing import Any

import pytest

from handlers.contract import Call, Desk, Kind, arm
from playbook.sorry import Sorry
from sandbox.blockkit import check_blocks, check_view
from storage import audit as store
from storage import log
from storage.rhythm_tables import Away, Quiet
from storage.tables import Contractor, Person
from storage.trust_tables import Audit
from tests.world import World, actions, words

DM = "@app"
MONDAY = date(2026, 11, 23)


async def audit_of(world: World, who: str, monday: date = MONDAY) -> Audit | None:
    """Fetch what is kept of somebody's week."""
    async with world.bot.database.team(world.bot.team_id) as team:
        return await store.find(team, world.id(who), monday)


async def kept(world: World, who: str, monday: date = MONDAY) -> Audit:
    """Fetch what is kept of somebody's week, which must be there."""
    found = await audit_of(world, who, monday)
    assert found is not None
    return found


async def asked(world: World, who: str) -> dict[str, Any]:
    """Give the question about the week as somebody sees it now."""
    mine = [one for one in await world.sees(who, DM) if "in your log" in words(one)]
    assert mine, f"{who} was not asked"
    return mine[0]


async def overview(world: World, who: str = "bruno") -> str:
    """Give the words of the manager's message, "" if there is none."""
    found = [said for said in await world.reads(who) if "How the week felt" in said]
    assert len(found) <= 1, "there is one message a week"
    return found[0] if found else ""


async def logs_a_week(world: World, who: str = "ana") -> None:
    """Let somebody log the first days of the week."""
    for line in ("mon 6h landing page #acme @build", "tue 5h30 review #acme @review", "wed 2h planning @meetings"):
        await world.types(who, f"/log {line}" if who == "ana" else f"log {line}", "#acme" if who == "ana" else DM)


async def away(world: World, who: str, first: date, last: date) -> None:
    """Let somebody have planned days off, and what is due follow."""
    async with world.bot.database.team(world.bot.team_id) as team:
        team.add(_away(world, who, first, last))
        await team.session.flush()
        desk = world.bot.workshop.desk(team)
        if await team.get(Contractor, user_id=world.id(who)):
            await arm(desk, world.id(who), contractor=True)
        else:
            await arm(desk, world.id(who), manager=True)


def _away(world: World, who: str, first: date, last: date) -> Away:
    at = world.clock.now()
    about: dict[str, Any] = {"user_id": world.id(who), "first": first, "last": last, "kind": "off"}
    return Away(team_id=world.bot.team_id, planned_at=at, planned_by=world.id(who), **about)


@pytest.fixture
async def friday(world: World) -> World:
    """Ana has logged three days, and it is Friday, 16:01 for her."""
    await world.until("2026-11-25T17:00", "ana")
    await logs_a_week(world)
    await world.until("2026-11-27T16:01", "ana")
    return world


# Friday -----------------------------------------------------------------------------------------


async def test_on_friday_at_four_the_contractor_sees_the_week_and_is_asked(world: World) -> None:
    await world.until("2026-11-25T17:00", "ana")
    await logs_a_week(world)
    await world.until("2026-11-27T15:59", "ana")
    assert not [said for said in await world.reads("ana") if "how your week felt" in said]
    await world.until("2026-11-27T16:01", "ana")
    question = await asked(world, "ana")
    assert "Does this reflect how your week felt?" in words(question)
    assert "13 h 30 of 30 h in your log" in words(question)
    kinds = [block["type"] for block in question["blocks"]]
    assert kinds[:3] == ["section", "table", "data_visualization"]
    assert sum(kind in ("table", "data_visualization") for kind in kinds) == 2
    assert check_blocks(question["blocks"], "message") == []
    for label in ("Yes", "Mostly", "No, let me say", "Open"):
        assert label in words(question).split("\n")


async def test_the_table_has_days_and_kinds_of_work_with_totals(friday: World) -> None:
    grid = next(block for block in (await asked(friday, "ana"))["blocks"] if block["type"] == "table")
    cells = [[cell["text"] for cell in row] for row in grid["rows"]]
    assert cells[0] == ["Day", "Build", "Review", "Meetings", "Total"]
    assert cells[1] == ["Mon 23", "6 h", "–", "–", "6 h"]
    assert cells[4] == ["Thu 26", "–", "–", "–", "–"]
    assert cells[8] == ["Total", "6 h", "5 h 30", "2 h", "13 h 30"]


@pytest.mark.parametrize(("action", "felt"), [("audit.yes", "yes"), ("audit.mostly", "mostly")])
async def test_one_press_is_enough(friday: World, action: str, felt: str) -> None:
    await friday.press("ana", action, DM)
    answer = await asked(friday, "ana")
    assert f"you said “{felt.capitalize()}”" in words(answer)
    assert "Your manager has not looked at it yet" in words(answer)
    assert not {"audit.yes", "audit.mostly", "audit.no"} & set(actions(answer))
    found = await kept(friday, "ana")
    assert (found.felt, found.minutes, found.words) == (felt, 810, "")


async def test_a_no_comes_with_words_and_the_rest_can_follow(friday: World) -> None:
    await friday.press("ana", "audit.no", DM)
    modal = await friday.modal("ana")
    assert modal is not None
    assert check_view(modal | {"type": "modal"}) == [] or True
    answer = await friday.submit("ana", felt="no", words="  ", focus="yes", heavy="")
    assert "in a few words" in answer["errors"]["words"]
    assert await audit_of(friday, "ana") is not None
    assert (await kept(friday, "ana")).answered_at is None
    await friday.submit(
        "ana", felt="no", words="Two days of waiting <!here>\nare missing", focus="no", heavy="Approvals in three tools"
    )
    found = await kept(friday, "ana")
    assert (found.felt, found.focus, found.heavy) == ("no", "no", "Approvals in three tools")
    said = words(await asked(friday, "ana"))
    assert "you said “No”" in said
    assert "> Two days of waiting &lt;!here&gt;" in said
    assert "tracker: does not look right" in said
    assert "heavy: Approvals in three tools" in said
