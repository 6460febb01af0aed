"""HTTP mode: what is let in from Slack, and what is turned away."""

import hashlib
import hmac
import json
import socket
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest
from pydantic import SecretStr
from slack_sdk.signature import SignatureVerifier
from sqlmodel import col, select

from bot.app import InnerCircle
from bot.web import REPLAY_SECONDS, Replays
from storage import calendar
from storage.tables import LogEntry
from tests.world import World, words

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
PUBLISHED_AT = "1531420618"
PUBLISHED_BODY = (
    "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar"
    "&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com"
    "%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
    "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
)
PUBLISHED_SIGNATURE = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
FORM = "application/x-www-form-urlencoded"


def sign(body: str, timestamp: str) -> str:
    """Sign a request as Slack does (Slack: verifying requests from Slack)."""
    digest = hmac.new(SECRET.encode(), f"v0:{timestamp}:{body}".encode(), hashlib.sha256)
    return f"v0={digest.hexdigest()}"


def seconds(ago: int = 0) -> str:
    return str(int(datetime.now(UTC).timestamp()) - ago)


@dataclass
class Door:
    """The bot's address, and a world that knows the people."""

    world: World
    bot: InnerCircle
    http: aiohttp.ClientSession

    async def sends(
        self, body: str, *, kind: str = FORM, timestamp: str = "", signature: str | None = None
    ) -> tuple[int, str]:
        """Send a request, signed now unless told otherwise; gives the status and the answer."""
        timestamp = timestamp or seconds()
        signed = sign(body, timestamp) if signature is None else signature
        headers = {"Content-Type": kind, "X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": signed}
        async with self.http.post("/slack/events", data=body, headers=headers) as response:
            return response.status, await response.text()

    async def entries(self) -> int:
        """Count what has been logged."""
        await self.bot.settle()
        async with self.bot.database.reading() as session:
            return len((await session.exec(select(LogEntry).where(col(LogEntry.undone).is_(False)))).all())

    def command(self, text: str, command: str = "/log") -> str:
        return urlencode(
            {
                "command": command,
                "text": text,
                "team_id": self.bot.team_id,
                "user_id": self.world.id("ana"),
                "channel_id": self.world.channel("acme"),
                "trigger_id": "1.2.three",
                "response_url": f"{self.world.sandbox.url}/commands/none",
            }
        )

    def event(self, event_id: str, **event: Any) -> str:
        body: Mapping[str, Any] = {
            "type": "event_callback",
            "event_id": event_id,
            "event_time": 1,
            "team_id": self.bot.team_id,
            "api_app_id": "A1",
            "event": event,
        }
        return json.dumps(body)


@pytest.fixture
async def door(world: World) -> AsyncIterator[Door]:
    """The bot of the world stopped, and started again behind an address."""
    await world.bot.stop()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    changed = {"mode": "http", "slack_signing_secret": SecretStr(SECRET), "slack_app_token": None, "port": port}
    bot = InnerCircle(world.bot.settings.model_copy(update=changed), world.clock)
    world.bot = bot
    await bot.start()
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as http:
        yield Door(world, bot, http)


def test_signing_agrees_with_the_example_that_slack_publishes() -> None:
    assert sign(PUBLISHED_BODY, PUBLISHED_AT) == PUBLISHED_SIGNATURE


def test_what_we_check_with_agrees_with_it_too() -> None:
    verifier = SignatureVerifier(SECRET)
    assert verifier.generate_signature(timestamp=PUBLISHED_AT, body=PUBLISHED_BODY) == PUBLISHED_SIGNATURE


async def test_a_command_is_answered(door: Door) -> None:
    status, said = await door.sends(door.command("2h30 landing page #acme"))
    assert status == 200
    assert "2 h 30" in words(json.loads(said))
    assert await door.entries() == 1


async def test_the_published_example_is_too_old_by_now(door: Door) -> None:
    status, _ = await door.sends(PUBLISHED_BODY, timestamp=PUBLISHED_AT, signature=PUBLISHED_SIGNATURE)
    assert status == 401


@pytest.mark.parametrize("ago", [301, 3600, -301])
async def test_a_request_from_another_time_is_turned_away(door: Door, ago: int) -> None:
    status, _ = await door.sends(door.command("2h review"), timestamp=seconds(ago))
    assert (status, await door.entries()) == (401, 0)


@pytest.mark.parametrize("timestamp", ["soon", "1e9", "-5", "12.5", "0x10", "²"])
async def test_a_timestamp_that_is_no_number_is_turned_away(door: Door, timestamp: str) -> None:
    body = door.command("2h review")
    raw = timestamp.encode("utf-8").decode("latin-1")
    status, _ = await door.sends(body, timestamp=raw, signature=sign(body, timestamp))
    assert (status, await door.entries()) == (401, 0)


async def test_a_request_without_its_headers_is_turned_away(door: Door) -> None:
    async with door.http.post("/slack/events", data=door.command("2h review"), headers={"Content-Type": FORM}) as bare:
        assert bare.status == 401
    status, _ = await door.sends(door.command("2h review"), signature="")
    assert (status, await door.entries()) == (401, 0)


@pytest.mark.parametrize("signature", ["v0=", "v0=" + "0" * 64, PUBLISHED_SIGNATURE])
async def test_a_wrong_signature_is_turned_away(door: Door, signature: str) -> None:
    status, _ = await door.sends(door.command("2h review"), signature=signature)
    assert (status, await door.entries()) == (401, 0)


async def test_a_body_that_was_changed_on_the_way_is_turned_away(door: Door) -> None:
    timestamp = seconds()
    signature = sign(door.command("2h review"), timestamp)
    status, _ = await door.sends(door.command("9h review"), timestamp=timestamp, signature=signature)
    assert (status, await door.entries()) == (401, 0)


async def test_a_request_that_is_sent_again_has_no_second_effect(door: Door) -> None:
    body, timestamp = door.command("2h review"), seconds()
    first = await door.sends(body, timestamp=timestamp)
    again = await door.sends(body, timestamp=timestamp)
    assert (first[0], again) == (200, (200, ""))
    assert await door.entries() == 1


async def test_a_wrong_signature_does_not_use_up_the_right_one(door: Door) -> None:
    body, timestamp = door.command("2h review"), seconds()
    assert (await door.sends(door.command("9h review"), timestamp=timestamp, signature=sign(body, timestamp)))[0] == 401
    assert (await door.sends(body, timestamp=timestamp))[0] == 200
    assert await door.entries() == 1


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("payload=%7Bnot+json", FORM),
        ("payload=", FORM),
        ("payload=%5B%5D", FORM),
        ("{not json", "application/json"),
        ("[]", "application/json"),
        ("", "application/json"),
        ("%ff%fe=%zz", FORM),
    ],
)
async def test_what_is_no_payload_does_no_harm(door: Door, body: str, kind: str) -> None:
    status, _ = await door.sends(body, kind=kind)
    assert 400 <= status < 500
    assert (await door.sends(door.command("2h review")))[0] == 200


async def test_slack_may_ask_whether_the_address_is_ours(door: Door) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "three pears"})
    status, said = await door.sends(body, kind="application/json")
    assert status == 200
    assert "three pears" in said


async def test_an_event_that_slack_repeats_is_worked_on_once(door: Door) -> None:
    ana = door.world.id("ana")
    said = {"type": "message", "channel_type": "im", "channel": "D1", "user": ana, "text": "log 2h review", "ts": "1.1"}
    for _ in range(3):
        assert (await door.sends(door.event("Ev1", **said), kind="application/json"))[0] == 200
    assert await door.entries() == 1
    assert (await door.sends(door.event("Ev2", **said), kind="application/json"))[0] == 200
    assert await door.entries() == 2


async def test_whoever_watches_over_the_bot_is_told_how_it_is(door: Door) -> None:
    async with door.http.get("/health") as response:
        assert (response.status, await response.text()) == (200, "ok")


async def test_calendar_apps_come_in_by_the_same_door(door: Door) -> None:
    async with door.bot.database.team(door.bot.team_id) as team:
        await calendar.keep(team, door.world.id("ana"), "a-token", door.world.clock.now())
    for name, status, begins in (("a-token", 200, "BEGIN:VCALENDAR"), ("another", 404, "There is no calendar")):
        async with door.http.get(f"/calendar/{name}.ics") as response:
            assert response.status == status
            assert (await response.text()).startswith(begins)


@pytest.mark.parametrize(("method", "path"), [("GET", "/slack/events"), ("POST", "/health"), ("GET", "/")])
async def test_there_is_no_other_door(door: Door, method: str, path: str) -> None:
    async with door.http.request(method, path) as response:
        assert response.status in (404, 405)


async def test_a_body_without_end_is_not_read(door: Door) -> None:
    assert (await door.sends("x" * (1024**2 + 1)))[0] in (400, 413)


def test_signatures_are_remembered_for_longer_than_slack_lets_them_live() -> None:
    seen = Replays()
    assert not seen.again("v0=1", 0.0)
    assert seen.again("v0=1", 301.0)
    assert not seen.again("v0=2", REPLAY_SECONDS + 1)
    assert not seen.again("v0=1", REPLAY_SECONDS + 1)
