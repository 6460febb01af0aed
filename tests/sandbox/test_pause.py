"""Do-not-disturb as Slack tells it: who may ask, about whom, and what is said of a pause that is on, to come, or over."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import manifest
from sandbox.clock import MovableClock
from sandbox.server import Sandbox
from tests.world import MANIFEST

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
NOBODY = {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}


@pytest.mark.parametrize(("begins", "ends"), [(NOON, NOON + HOUR), (NOON + HOUR, NOON + 2 * HOUR), (NOON - HOUR, NOON)])
async def test_a_pause_is_told_until_it_is_over(begins: datetime, ends: datetime) -> None:
    box = Sandbox(manifest.read(MANIFEST), MovableClock(NOON, frozen=True))
    await box.start()
    ana, lena = (box.env()[f"USER_{name}"] for name in ("ANA", "LENA"))
    await box.people.pause("ana", begins, ends)
    client = AsyncWebClient(box.env()["SLACK_BOT_TOKEN"], base_url=box.env()["SLACK_API_URL"])
    told: Any = (await client.dnd_teamInfo(users=[ana, lena]))["users"]
    on = {"dnd_enabled": True, "next_dnd_start_ts": begins.timestamp(), "next_dnd_end_ts": ends.timestamp()}
    assert told == {ana: on if ends > NOON else NOBODY, lena: NOBODY}
    one: Any = (await client.dnd_info(user=ana)).data
    assert {name: one[name] for name in on} == told[ana]
    assert "snooze_enabled" not in one
    for users, code in ((" ", "no_users_provided"), (",".join([ana] * 51), "invalid_arguments")):
        with pytest.raises(SlackApiError, match=code):
            await client.dnd_teamInfo(users=users)
    await box.stop()
