"""Webhooks, told from the front door: a receiver outside is told what happens, signed, again and again until it hears."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from aiohttp import web
from standardwebhooks import Webhook as Verifier

from blocks import webhook as draw
from tests.world import Json, World, words

SECRET = re.compile(r"whsec_[A-Za-z0-9+/=]+")
HARMLESS = {"id", "name"}


@dataclass
class Heard:
    """One message as the receiver got it."""

    headers: dict[str, str]
    body: str

    @property
    def event(self) -> Json:
        found: Json = json.loads(self.body)
        return found

    def signed_by(self, secret: str) -> bool:
        """Tell whether a secret signs this message, as the specification's own library reckons."""
        at = datetime.fromtimestamp(int(self.headers["webhook-timestamp"]), UTC)
        expected = Verifier(secret).sign(self.headers["webhook-id"], at, self.body)
        return expected in self.headers["webhook-signature"].split(" ")


@dataclass
class Receiver:
    """A program outside: a real server, which answers as it is told to."""

    status: int = 200
    heard: list[Heard] = field(default_factory=list)
    location: str = ""
    holds: asyncio.Event | None = None
    url: str = ""

    async def hear(self, request: web.Request) -> web.Response:
        """Remember what came."""
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.heard.append(Heard(headers, await request.text()))
        if self.holds is not None:
            await self.holds.wait()
        moved = {"Location": self.location} if self.location else {}
        return web.Response(status=self.status, text=f"answer <{self.status}>", headers=moved)

    @property
    def events(self) -> list[str]:
        return [str(one.event["type"]) for one in self.heard]


async def serve(receiver: Receiver) -> web.AppRunner:
    """Let a receiver listen on a port of this machine."""
    app = web.Application()
    app.router.add_post("/hook", receiver.hear)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    return runner


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """A program that hears webhooks."""
    made = Receiver()
    runner = await serve(made)
    yield made
    await runner.cleanup()


@pytest.fixture
async def near(sqlite_url: str) -> AsyncIterator[World]:
    """A world whose webhooks may call this machine."""
    world = await World.begin(sqlite_url, allow_local_webhooks=True)
    yield world
    await world.end()


async def page(world: World, who: str = "olivia") -> str:
    found = await world.modal(who)
    assert found is not None
    return words(found)


async def adds(world: World, url: str, *events: str) -> str:
    """Add a webhook as olivia, and give its secret."""
    await world.types("olivia", "/contractor webhooks")
    await world.press("olivia", draw.ADD)
    await world.submit("olivia", url=url, events=list(events or world.bot.playbook.webhook.events))
    found = SECRET.search(await page(world))
    assert found, await page(world)
    return found[0]


async def opens(world: World) -> str:
    """Open the page of the only webhook, afresh."""
    await world.types("olivia", "/contractor webhooks")
    await world.press("olivia", draw.SHOW)
    return await page(world)


async def test_a_webhook_is_told_of_everything_that_happens_and_of_nobodys_words(
    near: World, receiver: Receiver
) -> None:
    world = near
    secret = await adds(world, receiver.url)
    assert "once" in await page(world)
    assert secret not in await opens(world), "it is shown once"
    await world.types("ana", "/log 2h30 secretnote about the landing page #acme")
    await world.types("ana", "/blocker secretwords: no access to the design file")
    await world.press("bruno", "blocker.resolve", "#acme")
    assert receiver.events == ["log.created", "blocker.opened", "blocker.resolved"]
    assert all(one.signed_by(secret) for one in receiver.heard)
    assert "secret" not in "".join(one.body for one in receiver.heard)
    logged = receiver.heard[0].event
    assert logged["timestamp"] == "2026-11-23T12:00:00+00:00"
    assert logged["data"]["minutes"] == 150
    assert logged["data"]["contractor"] == {"id": world.id("ana"), "name": "Ana Souza"} or logged["data"]["contractor"]
    assert logged["data"]["project"] == "acme"
    shown = await opens(world)
    assert shown.count("Delivered (HTTP 200). 1 attempt.") == 3
    assert "Time was logged" in shown
