"""Response URLs: five uses, thirty minutes, and what can be done with them."""

import asyncio
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import Sandbox
from tests.sandbox.helpers import QUICK, Starter, button, section


def url_for(sandbox: Sandbox, ts: str = "", who: str = "ana") -> str:
    channel = sandbox.env()["CHANNEL_ACME"]
    return sandbox.app.responses.give("actions", channel, sandbox.people.anybody(who).id, ts)


def seen(sandbox: Sandbox, who: str) -> list[str]:
    return [one["text"] for one in sandbox.sight.messages(who, "#acme")["messages"]]


async def post(http: aiohttp.ClientSession, url: str, body: Any) -> tuple[int, str]:
    async with http.post(url, json=body) as response:
        return response.status, await response.text()


async def test_five_uses_and_no_more(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    url = url_for(sandbox)
    answers = [await post(http, url, {"text": str(number)}) for number in range(6)]

    assert answers[:5] == [(200, "ok")] * 5
    assert answers[5][0] == 404
    assert "used_url" in answers[5][1]
    assert seen(sandbox, "ana") == ["0", "1", "2", "3", "4"]
    assert seen(sandbox, "bruno") == []


async def test_it_expires(start: Starter, http: aiohttp.ClientSession) -> None:
    sandbox = await start(pace=QUICK)
    url = url_for(sandbox)
    await asyncio.sleep(QUICK.response_url)
    status, text = await post(http, url, {"text": "late"})

    assert status == 404
    assert "expired_url" in text


async def test_in_channel_is_for_everybody_even_where_the_app_is_not(
    sandbox: Sandbox, http: aiohttp.ClientSession
) -> None:
    leads, bruno = sandbox.env()["CHANNEL_LEADS"], sandbox.people.anybody("bruno").id
    url = sandbox.app.responses.give("commands", leads, bruno)
    await post(http, url, {"text": "hello", "response_type": "in_channel"})

    assert [one["text"] for one in sandbox.sight.messages("lena", "#leads")["messages"]] == ["hello"]


async def test_replace_and_delete(sandbox: Sandbox, client: AsyncWebClient, http: aiohttp.ClientSession) -> None:
    sent = await client.chat_postMessage(channel="#acme", text="one", blocks=[section("one"), button("go")])
    url = url_for(sandbox, sent["ts"])
    await post(http, url, {"text": "two", "replace_original": True})
    replaced = sandbox.sight.messages("bruno", "#acme")["messages"]
    await post(http, url, {"delete_original": True})

    assert [(one["text"], one["blocks"]) for one in replaced] == [("two", [])]
    assert seen(sandbox, "bruno") == []


@pytest.mark.parametrize(
    ("body", "code"),
    [([], "invalid_payload"), ({}, "no_text"), ({"blocks": [{"type": "nonsense"}]}, "invalid_blocks")],
)
async def test_what_slack_would_not_show_uses_nothing_up(
    sandbox: Sandbox, http: aiohttp.ClientSession, body: Any, code: str
) -> None:
    url = url_for(sandbox)

    assert await post(http, url, body) == (400, code)
    assert [await post(http, url, {"text": "x"}) for _ in range(5)] == [(200, "ok")] * 5


async def test_an_unknown_url(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    status, _ = await post(http, f"{sandbox.url}/actions/T1/2/3", {"text": "x"})

    assert status == 404
