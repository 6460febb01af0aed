"""The daily loop once more, with everything kept in PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.stories import test_oneonone_run as oneonone
from tests.world import World, words

pytestmark = pytest.mark.postgres


@pytest.fixture
async def world(postgres_url: str) -> AsyncIterator[World]:
    """The same workspace as everywhere, on the other store."""
    begun = await World.begin(postgres_url)
    yield begun
    await begun.end()


async def test_a_day_of_logs_and_blockers_ends_in_the_managers_digest(world: World) -> None:
    await world.types("ana", "/log 2h30 landing page #acme")
    assert "week 2 h 30 of 30 h" in await world.last("ana")

    await world.types("ana", "/blocker waiting for Figma edit access")
    await world.press("bruno", "blocker.take", "#acme")
    assert "On it" in await world.last("bruno", "#acme")

    await world.until("2026-11-24T08:45", "bruno")
    digest = words((await world.sees("bruno", "@app"))[-1])
    assert "waiting for Figma edit access" in digest
    assert "2 h 30" in digest


async def test_two_who_press_at_once_have_one_effect(world: World) -> None:
    await world.types("ana", "/blocker waiting for access")
    card = {"channel": "#acme", "ts": (await world.sees("bruno", "#acme"))[-1]["ts"], "action_id": "blocker.take"}
    await asyncio.gather(*(world.ask("POST", "press", {"as": who, **card}) for who in ("olivia", "bruno")))
    await world.settle()
    said = await world.last("ana", "#acme")
    assert [f"<@{world.id(who)}> is on it" in said for who in ("olivia", "bruno")].count(True) == 1


async def test_a_1on1_runs_ends_and_carries_over(world: World) -> None:
    await oneonone.start(world)
    await world.types("ana", "/1on1 add the flaky test")
    await oneonone.give(world, "bruno", "Buy the licence", owner=world.id("bruno"), due="2026-11-30")
    await world.until("2026-11-23T14:02")
    assert await oneonone.part(world, "ana") == "1:1 · Unblock"
    await world.press("bruno", "oneonone.stay", "@app")
    await world.press("bruno", "oneonone.note", "@app")
    await world.submit("bruno", note="Mine alone")
    await world.until("2026-11-23T14:41")
    said = await world.last("ana", "@app")
    assert "1 action, 1 carried over" in said
    assert "Mine alone" not in said
