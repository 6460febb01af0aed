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
from bot.address import REFUSED
from storage import checklist, log, webhook
from storage.outward_tables import Webhook, WebhookDelivery
from storage.vault import Vault
from tests.world import Json, World, actions, words

SECRET = re.compile(r"whsec_[A-Za-z0-9+/=]+")
ITEM = "step1_video"


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
    news: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def has(self, count: int) -> None:
        """Wait until so many messages have come."""
        async with self.news:
            await asyncio.wait_for(self.news.wait_for(lambda: len(self.heard) >= count), 30)

    async def hear(self, request: web.Request) -> web.Response:
        """Remember what came."""
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.heard.append(Heard(headers, await request.text()))
        async with self.news:
            self.news.notify_all()
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
    assert logged["data"]["contractor"] == {"id": world.id("ana"), "name": "Ana Reis"}
    assert logged["data"]["project"] == "acme"
    shown = await opens(world)
    assert shown.count("Delivered (HTTP 200). 1 attempt.") == 3
    assert "Time was logged" in shown


async def test_what_goes_to_the_next_person_and_what_is_ticked_is_told_as_well(near: World, receiver: Receiver) -> None:
    world = near
    await adds(world, receiver.url, "blocker.escalated", "checklist.done")
    await world.types("ana", "/blocker secretwords: no code review yet")
    await world.until("2026-11-24T11:30")
    escalated = [one.event["data"] for one in receiver.heard]
    who = [("escalate", world.id("bruno")), ("contact", world.id("olivia"))]
    assert [(one["step"], one["to"]["id"]) for one in escalated] == who
    assert {one["contractor"]["name"] for one in escalated} == {"Ana Reis"}
    assert set(receiver.events) == {"blocker.escalated"}, "it is told only what was chosen"
    await world.add_contractor("noor", path=True)
    await world.settle()
    async with world.bot.database.team(world.bot.team_id) as team:
        item = next(one for one in await checklist.of(team, world.id("noor")) if one.key == ITEM)
        item.text = "secrettext"
    await world.types("bruno", "/checklist @noor")
    await world.does("press", **{"as": "bruno"}, **await behind_the_dots(world, f"done:{item.id}"))
    done = receiver.heard[-1].event
    assert (done["type"], done["data"]["key"], done["data"]["by"]["id"]) == ("checklist.done", ITEM, world.id("bruno"))
    assert "secret" not in "".join(one.body for one in receiver.heard)


async def behind_the_dots(world: World, value: str) -> Json:
    modal = await world.modal("bruno")
    assert modal is not None
    await world.press("bruno", "checklist.phase", option="step1")
    modal = await world.modal("bruno")
    assert modal is not None
    block = next(one["block_id"] for one in modal["blocks"] if value in str(one))
    return {"action_id": "checklist.more", "view": modal["id"], "block_id": block, "option": value}


async def test_it_is_tried_again_later_and_later_even_by_a_bot_that_was_started_again(
    near: World, receiver: Receiver
) -> None:
    world = near
    secret = await adds(world, receiver.url)
    receiver.status = 503
    await world.types("ana", "/log 1h build #acme")
    assert len(receiver.heard) == 1
    shown = await opens(world)
    assert "Failing since" in shown
    assert "Not yet: HTTP 503 answer &lt;503&gt;. Next attempt" in shown
    await world.until("2026-11-23T12:01")
    assert len(receiver.heard) == 2
    await world.bot.stop()
    await world.start_bot()
    await world.until("2026-11-23T12:05")
    assert len(receiver.heard) == 2
    receiver.status = 204
    await world.until("2026-11-23T12:06")
    assert len(receiver.heard) == 3
    assert len({one.headers["webhook-id"] for one in receiver.heard}) == 1, "it is one message"
    assert len({one.body for one in receiver.heard}) == 1
    assert all(one.signed_by(secret) for one in receiver.heard)
    shown = await opens(world)
    assert "Running since" in shown
    assert "Delivered (HTTP 204). 3 attempts." in shown
    await world.until("2026-11-23T14:00")
    assert len(receiver.heard) == 3
    await world.press("olivia", draw.AGAIN)
    assert len(receiver.heard) == 4
    assert receiver.heard[3].headers["webhook-id"] == receiver.heard[0].headers["webhook-id"]


async def test_after_five_days_it_is_stopped_and_its_maker_is_told(near: World, receiver: Receiver) -> None:
    world = near
    await adds(world, receiver.url, "log.created")
    receiver.status = 500
    await world.types("ana", "/log 1h build #acme")
    await world.until("2026-11-28T11:00")
    assert "Failing since" in await opens(world)
    await world.until("2026-11-30T12:00")
    shown = await opens(world)
    assert "because it did not take my messages" in shown
    assert "Not delivered: " in shown
    await world.wakes("olivia")
    told = "\n".join(await world.reads("olivia"))
    assert f"I have stopped the webhook to {receiver.url}: it took none of my messages for days" in told
    assert not any("I have stopped the webhook" in said for said in await world.reads("bruno"))
    heard, receiver.status = len(receiver.heard), 200
    await world.types("ana", "/log 2h build #acme")
    assert len(receiver.heard) == heard, "it is told nothing"
    await world.press("olivia", draw.RESUME)
    await world.press("olivia", draw.AGAIN)
    assert len(receiver.heard) == heard + 1
    await world.types("ana", "/log 3h build #acme")
    assert len(receiver.heard) == heard + 2


async def test_one_that_is_gone_is_stopped_at_once_and_no_redirect_is_followed(near: World, receiver: Receiver) -> None:
    world, elsewhere = near, Receiver()
    runner = await serve(elsewhere)
    await adds(world, receiver.url, "log.created")
    receiver.status, receiver.location = 307, elsewhere.url
    await world.types("ana", "/log 1h build #acme")
    assert "HTTP 307" in await opens(world)
    assert elsewhere.heard == []
    receiver.status, receiver.location = 410, ""
    await world.until("2026-11-23T12:01")
    assert "because it did not take my messages" in await opens(world)
    await world.wakes("olivia")
    assert "it answered that it is gone (410)" in "\n".join(await world.reads("olivia"))
    await runner.cleanup()


async def test_one_that_is_slow_keeps_no_other_waiting(near: World, receiver: Receiver) -> None:
    world, other = near, Receiver()
    runner = await serve(other)
    receiver.holds = asyncio.Event()
    await adds(world, receiver.url, "log.created")
    await adds(world, other.url, "log.created")
    async with world.bot.database.team(world.bot.team_id) as team:
        entry: Json = {"day": world.clock.now().date(), "minutes": 30}
        await log.write(team, world.id("ana"), [entry], world.clock.now())
    world.bot.wake()
    await asyncio.gather(other.has(1), receiver.has(1))
    async with world.bot.database.team(world.bot.team_id) as team:
        await log.write(team, world.id("ana"), [entry], world.clock.now())
    world.bot.wake()
    await other.has(2)
    assert len(receiver.heard) == 1
    receiver.holds.set()
    await world.settle()
    assert len(receiver.heard) == 2
    assert [one.event["timestamp"] for one in receiver.heard] == [one.event["timestamp"] for one in other.heard]
    await runner.cleanup()


async def test_nobody_who_answers_is_a_failure_that_lets_the_rest_wait(near: World, receiver: Receiver) -> None:
    world = near
    runner = await serve(Receiver())
    port = runner.addresses[0][1]
    await runner.cleanup()
    await adds(world, f"http://127.0.0.1:{port}/hook", "log.created")
    await world.types("ana", "/log 1h build #acme")
    await world.types("ana", "/log 2h build #acme")
    shown = await opens(world)
    assert shown.count("Not yet: it could not be reached.") == 2
    await world.press("olivia", draw.EDIT)
    await world.submit("olivia", url=receiver.url)
    await world.until("2026-11-23T12:02")
    assert [one.event["data"]["minutes"] for one in receiver.heard] == [60, 120], "in the order in which it happened"


async def test_a_new_secret_is_shown_once_and_both_sign_for_a_day(near: World, receiver: Receiver) -> None:
    world = near
    old = await adds(world, receiver.url)
    await world.press("olivia", draw.TURN)
    found = SECRET.search(await page(world))
    assert found
    assert found[0] != old
    await world.press("olivia", draw.TEST)
    await world.until("2026-11-24T12:00")
    await opens(world)
    await world.press("olivia", draw.TEST)
    first, second = receiver.heard
    assert (first.event["type"], first.signed_by(old), first.signed_by(found[0])) == ("webhook.test", True, True)
    assert (second.signed_by(old), second.signed_by(found[0])) == (False, True)
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        (kept,) = await webhook.hooks(team)
    assert "whsec" not in kept.sealed


async def test_stopping_changing_and_removing(near: World, receiver: Receiver) -> None:
    world = near
    await adds(world, receiver.url, "log.created")
    await world.press("olivia", draw.STOP)
    assert f"Stopped by <@{world.id('olivia')}>" in await page(world)
    await world.types("ana", "/log 1h build #acme")
    assert receiver.heard == []
    await world.press("olivia", draw.RESUME)
    await world.press("olivia", draw.EDIT)
    answer = await world.submit("olivia", url=receiver.url, events=["blocker.opened"])
    assert answer.get("response_action") != "errors"
    await world.types("ana", "/log 1h build #acme")
    await world.types("ana", "/blocker waiting for Figma edit access")
    assert receiver.events == ["blocker.opened"]
    await world.press("olivia", draw.REMOVE)
    assert "No webhook yet." in await page(world)
    await world.types("ana", "/blocker waiting for the logo")
    assert receiver.events == ["blocker.opened"]
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        assert await team.all(team.select(WebhookDelivery)) == []


async def test_what_cannot_be_a_webhook_is_said_under_its_field_and_nothing_inside_is_called(
    world: World, receiver: Receiver
) -> None:
    await world.types("olivia", "/contractor webhooks")
    await world.press("olivia", draw.ADD)
    answer = await world.submit("olivia", url=receiver.url, events=["log.created"])
    assert "begins with https://" in answer["errors"]["url"]
    inside = receiver.url.replace("http://", "https://")
    await world.submit("olivia", url=inside, events=["log.created"])
    await world.press("olivia", draw.TEST)
    await world.press("olivia", draw.OPEN)
    await world.press("olivia", draw.ADD)
    answer = await world.submit("olivia", url=inside, events=["log.created"])
    assert "is a webhook already" in answer["errors"]["url"]
    await world.submit("olivia", url=inside.replace("127.0.0.1", "localhost"), events=["log.created"])
    await world.types("ana", "/log 1h build #acme")
    await world.types("olivia", "/contractor webhooks")
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        sent = await team.all(team.select(WebhookDelivery))
    assert len(sent) == 3
    assert {(one.status, one.answer) for one in sent} == {(0, REFUSED)}
    assert receiver.heard == []


async def test_what_is_not_there_any_more_is_said(near: World, receiver: Receiver) -> None:
    world = near
    await adds(world, receiver.url)
    async with world.bot.database.team(world.bot.team_id) as team:
        (kept,) = await webhook.hooks(team)
        await webhook.remove(team, kept.id)
    await world.press("olivia", draw.TEST)
    assert receiver.heard == []
    async with world.bot.database.team(world.bot.team_id) as team:
        await team.insert(
            Webhook,
            id="h",
            url=receiver.url,
            events=["log.created"],
            sealed="nothing",
            made_at=kept.made_at,
            made_by=world.id("olivia"),
            stopped_by="",
        )
        await webhook.changed(team)
    await world.types("ana", "/log 1h build #acme")
    assert "lost its encryption key" in await opens(world)
    assert receiver.heard == []


async def test_without_a_key_the_page_says_so(sqlite_url: str) -> None:
    world = await World.begin(sqlite_url)
    world.bot.workshop.vault = Vault()
    await world.types("olivia", "contractor webhooks", "@app")
    await world.press("olivia", draw.OPEN, "@app")
    shown = await world.modal("olivia")
    assert shown is not None
    assert "ENCRYPTION_KEY" in words(shown)
    assert draw.ADD not in actions(shown)
    await world.end()
