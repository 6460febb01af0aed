"""Events: each with its effect once, tried again when they fail, and none of them in the way of the others."""

from datetime import timedelta
from typing import Any

import pytest
from slack_bolt.context.ack.async_ack import AsyncAck

from handlers.contract import Call, Desk, Kind, Reply, Say
from playbook.sorry import Sorry
from storage.inbox import State
from storage.tables import InboxEvent
from tests.bot.stage import Stage, keeps
from tests.world import words


async def test_an_event_that_comes_again_has_its_effect_once(stage: Stage) -> None:
    stage.plays(keeps("heard", Say(text="I heard.")), Kind.EVENT, "message")
    await stage.world.types("ana", "hello", "@app")
    for _ in range(3):
        await stage.world.does("socket", do="duplicate_last_event")
    assert (await stage.facts())["heard"] == "1"
    assert [words(one) for one in await stage.world.sees("ana", "@app")].count("I heard.") == 1


async def test_an_event_that_breaks_five_times_is_set_aside_with_an_apology(stage: Stage) -> None:
    tries = 0

    async def breaks(call: Call, desk: Desk) -> Reply:
        nonlocal tries
        tries += 1
        await keeps("half", ZeroDivisionError())(call, desk)
        return Reply()

    stage.plays(breaks, Kind.EVENT, "message")
    await stage.world.types("ana", "hello", "@app")
    assert tries == 1
    await stage.world.clock.advance(timedelta(hours=1))
    await stage.world.settle()
    assert tries == 5
    seen = [words(one) for one in await stage.world.sees("ana", "@app")]
    assert sum("Nothing was saved" in one for one in seen) == 1
    assert "half" not in await stage.facts()


async def test_a_refused_event_is_answered_and_not_tried_again(stage: Stage) -> None:
    stage.plays(keeps("half", Sorry("Please use the button.")), Kind.EVENT, "message")
    await stage.world.types("ana", "hello", "@app")
    assert await stage.world.last("ana", "@app") == "Please use the button."
    assert "half" not in await stage.facts()


@pytest.mark.parametrize(
    "event",
    [
        {"type": "message", "user": "U1", "channel": ["a", "list"]},
        {"type": "message", "user": {"id": None}, "text": None},
        {"type": "message", "user": ["U1"], "text": {"a": 1}},
        {"type": "user_change", "user": "U0NOBODY"},
        {"type": "user_change", "user": {"profile": {}}},
        {"type": "member_joined_channel", "user": 5, "channel": None},
        {"type": "brand_new"},
        {},
    ],
)
async def test_an_event_of_a_shape_nobody_expects_holds_up_no_other(stage: Stage, event: dict[str, Any]) -> None:
    bot = stage.world.bot
    body = {"team_id": bot.team_id, "event_id": "Ev0STRANGE", "event": event}
    await bot.listener.happened(AsyncAck(), body)
    stage.plays(keeps("heard", Say(text="I heard.")), Kind.EVENT, "app_home_opened")
    await stage.world.opens_home("ana")
    await stage.world.clock.advance(timedelta(hours=2))
    await stage.world.settle()
    assert (await stage.facts())["heard"] == "1"
    async with bot.database.team_reading(bot.team_id) as team:
        strange = await team.get(InboxEvent, event_id="Ev0STRANGE")
    assert strange is not None
    assert strange.state in (State.DONE, State.FAILED)


@pytest.mark.parametrize("body", [{}, {"type": "block_actions"}, {"type": "brand_new"}, {"command": "/log"}])
async def test_an_interaction_of_a_shape_nobody_expects_is_acknowledged(stage: Stage, body: dict[str, Any]) -> None:
    ack = AsyncAck()
    await stage.world.bot.listener.heard(ack, body)
    assert ack.response is not None
