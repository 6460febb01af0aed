"""Planning the first 1:1, told from the front door."""

from datetime import UTC, datetime

import pytest

from tests.world import World


def at(moment: str) -> int:
    return int(datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp())


async def test_a_manager_plans_it_and_the_contractor_hears_and_sees_it(world: World) -> None:
    await world.types("bruno", "/contractor 1on1 @ana")
    await world.submit("bruno", at=at("2026-11-25T14:00"))
    assert "Planned: 1:1 with" in await world.last("bruno", "#acme")
    assert "Your 1:1 with" in (await world.reads("ana"))[-1]
    assert f"!date^{at('2026-11-25T14:00')}^" in (await world.reads("ana"))[-1]


async def test_moving_it_says_what_it_was_and_the_same_again_says_nothing(world: World) -> None:
    for moment in ("2026-11-25T14:00", "2026-11-26T15:00", "2026-11-26T15:00"):
        await world.types("bruno", "/contractor 1on1 @ana")
        await world.submit("bruno", at=at(moment))
    told = [said for said in await world.reads("ana") if "Your 1:1" in said]
    assert len(told) == 2
    assert f"It was <!date^{at('2026-11-25T14:00')}" in told[1]


@pytest.mark.parametrize(
    ("moment", "says"),
    [("2026-11-20T14:00", "has passed"), ("2027-06-01T14:00", "90 days"), ("2026-11-25T08:00", "05:00 for Ana Reis")],
)
async def test_a_moment_that_does_not_suit(world: World, moment: str, says: str) -> None:
    await world.types("bruno", "/contractor 1on1 @ana")
    answer = await world.submit("bruno", at=at(moment))
    assert says in answer["errors"]["at"]


@pytest.mark.parametrize("who", ["lena", "ana", "noor"])
async def test_nobody_else_plans_it(world: World, who: str) -> None:
    await world.types(who, "/contractor 1on1 @ana", "#general")
    assert "among the contractors you manage" in await world.last(who, "#general")
    assert await world.modal(who) is None
