"""The control API: who may use it, and that everything people do can be done through it."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import Sandbox
from tests.sandbox.helpers import Running, Starter, button, modal, question, section


class Remote:
    """The control API as a page uses it."""

    def __init__(self, sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
        self.base, self.http = f"{sandbox.url}/_control", http

    async def get(self, path: str, **params: str) -> Any:
        async with self.http.get(f"{self.base}/{path}", params=params) as response:
            return await response.json()

    async def post(self, path: str, body: Any, method: str = "POST") -> Any:
        async with self.http.request(method, f"{self.base}/{path}", json=body) as response:
            return await response.json()


@pytest.fixture
def remote(sandbox: Sandbox, http: aiohttp.ClientSession) -> Remote:
    return Remote(sandbox, http)


FOREIGN = [
    {"Host": "evil.example"},
    {"Host": "127.0.0.1.evil.example"},
    {"Host": "localhost@evil.example"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://localhost:1"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
]


@pytest.mark.parametrize("headers", FOREIGN)
@pytest.mark.parametrize("path", ["state", "stream?as=ana", "type"])
async def test_other_sites_are_refused(
    sandbox: Sandbox, http: aiohttp.ClientSession, headers: dict[str, str], path: str
) -> None:
    method = "POST" if path == "type" else "GET"
    body = json.dumps({"as": "ana", "channel": "#acme", "text": "x"}) if method == "POST" else None
    sent = headers | ({"Content-Type": "application/json"} if body else {})
    async with http.request(method, f"{sandbox.url}/_control/{path}", headers=sent, data=body) as response:
        assert response.status == 403
    assert sandbox.sight.messages("ana", "#acme")["messages"] == []


async def test_our_own_page_and_programs_are_welcome(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    for headers in ({}, {"Origin": sandbox.url, "Sec-Fetch-Site": "same-origin"}):
        async with http.get(f"{sandbox.url}/_control/state", headers=headers) as response:
            assert response.status == 200


async def test_a_post_must_be_json(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    async with http.post(f"{sandbox.url}/_control/type", data={"as": "ana"}) as response:
        assert response.status == 403


async def test_the_workspace_is_shown(sandbox: Sandbox, remote: Remote) -> None:
    state = await remote.get("state")
    kinds = {person["handle"]: person["kind"] for person in state["people"]}

    assert state["app"]["connected"] is False
    assert (kinds["ana"], kinds["jun"], kinds["olivia"]) == ("multi_guest", "single_guest", "owner")
    assert state["commands"][0] == {"command": "/log", "description": "Log time", "usage_hint": "2h"}
    assert next(one for one in state["people"] if one["handle"] == "ana")["local_time"].endswith("06:00:00-03:00")
    assert "xoxb" not in json.dumps(state)
    assert sandbox.app.signing_secret not in json.dumps(state)


async def test_typing_reading_and_counting(remote: Remote) -> None:
    sent = await remote.post("type", {"as": "ana", "channel": "#acme", "text": "Hello @bruno"})
    await remote.post("type", {"as": "lena", "channel": "#acme", "text": "In a thread", "thread_ts": sent["ts"]})
    await remote.post("react", {"as": "lena", "channel": "#acme", "ts": sent["ts"], "name": ":eyes:"})
    before = {one["name"]: one for one in (await remote.get("see", **{"as": "bruno"}))["conversations"]}
    await remote.post("read", {"as": "bruno", "channel": "#acme"})
    after = {one["name"]: one for one in (await remote.get("see", **{"as": "bruno"}))["conversations"]}
    shown = await remote.get("messages", **{"as": "bruno", "channel": "acme"})
    thread = await remote.get("messages", **{"as": "bruno", "channel": "acme", "thread_ts": sent["ts"]})

    assert (before["acme"]["unread"], before["acme"]["mentions"]) == (1, 1)
    assert (after["acme"]["unread"], after["acme"]["mentions"]) == (0, 0)
    assert [(one["reply_count"], one["username"]) for one in shown["messages"]] == [(1, "Ana Reis")]
    assert shown["messages"][0]["reactions"][0]["name"] == "eyes"
    assert [one["text"] for one in thread["messages"]][1:] == ["In a thread"]


async def test_people_write_to_each_other(remote: Remote) -> None:
    await remote.post("type", {"as": "ana", "channel": "@bruno", "text": "Just you"})
    seen = await remote.get("messages", **{"as": "bruno", "channel": "@ana"})
    other = await remote.get("messages", **{"as": "lena", "channel": seen["channel"]})

    assert [one["text"] for one in seen["messages"]] == ["Just you"]
    assert other["ok"] is False


MISTAKES: list[tuple[str, dict[str, Any], str]] = [
    ("type", {"channel": "#acme", "text": "x"}, "'as'"),
    ("type", {"as": "zed", "channel": "#acme", "text": "x"}, "nobody called 'zed'"),
    ("type", {"as": "noor", "channel": "#acme", "text": "x"}, "join it first"),
    ("type", {"as": "noor", "channel": "#leads", "text": "x"}, "sees no conversation"),
    ("type", {"as": "ana", "channel": "#acme", "text": " "}, "Type something"),
    ("type", {"as": "tomas", "channel": "#general", "text": "x"}, "deactivated"),
    ("type", {"as": "builds", "channel": "#general", "text": "x"}, "not a person"),
    ("type", {"as": "jun", "channel": "#acme", "text": "/log 2h"}, "restricted"),
    ("type", {"as": "ana", "channel": "#acme", "text": "/log 2h", "thread_ts": "1.1"}, "threads"),
    ("press", {"as": "ana", "channel": "#acme", "ts": "1.1", "action_id": "go"}, "no message"),
    ("submit", {"as": "ana"}, "no form open"),
    ("shortcut", {"as": "ana", "callback_id": "nothing"}, "no global shortcut"),
    ("join", {"as": "jun", "channel": "#random"}, "cannot join"),
    ("leave", {"as": "ana", "channel": "#general"}, "Nobody can leave"),
    ("clock", {"to": "2020-01-01T00:00:00+00:00"}, "only moves forward"),
    ("clock", {"to": "2027-01-01T00:00:00"}, "with its zone"),
    ("clock", {}, "Say where to"),
    ("faults", {"faults": [{"method": "x", "do": "explode"}]}, "no fault 'explode'"),
    ("socket", {"do": "duplicate_last_event"}, "No event"),
    ("people", {"handle": "ana", "real_name": "A", "tz": "UTC"}, "taken"),
    ("people", {"handle": "mia", "real_name": "Mia", "tz": "Mars/Base"}, "no time zone"),
    ("people", {"handle": "mia", "real_name": "Mia", "tz": "UTC", "email": "Ana@example.com"}, "already"),
    ("people", {"handle": "mia", "real_name": "Mia", "tz": "UTC", "email": "mia"}, "not an e-mail"),
]


@pytest.mark.parametrize(("path", "body", "sentence"), MISTAKES)
async def test_mistakes_are_sentences(remote: Remote, path: str, body: dict[str, Any], sentence: str) -> None:
    answer = await remote.post(path, body)

    assert answer["ok"] is False
    assert sentence in answer["error"]


async def test_the_clock_moves_for_a_person(remote: Remote) -> None:
    same_day = await remote.post("clock", {"next": "08:45", "for": "ana"})
    next_day = await remote.post("clock", {"next": "08:45", "for": "ana"})
    later = await remote.post("clock", {"advance": 90})

    assert same_day["now"] == "2026-11-23T11:45:00+00:00"
    assert next_day["now"] == "2026-11-24T11:45:00+00:00"
    assert later["now"] == "2026-11-24T11:46:30+00:00"


async def test_people_join_change_and_leave(sandbox: Sandbox, remote: Remote) -> None:
    joined = await remote.post(
        "people", {"handle": "mia", "real_name": "Mia Chen", "tz": "Asia/Taipei", "kind": "single_guest"}
    )
    await remote.post("people/mia", {"tz": "Europe/Lisbon", "deleted": True}, method="PATCH")
    user = sandbox.workspace.users[joined["user"]]

    assert (user.tz, user.deleted) == ("Europe/Lisbon", True)
    assert "Nobody can change" in (await remote.post("people/mia", {"id": "U1"}, method="PATCH"))["error"]


async def test_faults_are_set_and_cleared(remote: Remote, client: AsyncWebClient) -> None:
    await remote.post("faults", [{"method": "*", "do": "error:fatal_error", "times": 9}])
    with pytest.raises(SlackApiError, match="fatal_error"):
        await client.auth_test()
    async with remote.http.delete(f"{remote.base}/faults") as response:
        assert (await response.json())["ok"]

    assert (await client.auth_test())["ok"]


async def test_the_stream_speaks_when_something_changed(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    async with http.get(f"{sandbox.url}/_control/stream", params={"as": "bruno"}) as stream:

        async def next_seq() -> int:
            line = await asyncio.wait_for(stream.content.readuntil(b"\n\n"), 5)
            return int(json.loads(line.removeprefix(b"data: "))["seq"])

        first = await next_seq()
        await sandbox.people.type("ana", "@app", "not for bruno")
        await sandbox.people.type("ana", "#acme", "for everybody")
        second = await next_seq()

    assert second == first + 1


async def test_a_form_is_filled_and_sent_from_outside(remote: Remote, bolt: Running) -> None:
    @bolt.app.action("go")
    async def go(ack: Any, client: Any, body: Any) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=modal(question("time")))

    @bolt.app.view("form")
    async def form(ack: Any, view: Any) -> None:
        await ack()
        bolt.seen.put_nowait(view["state"]["values"]["time"]["answer"]["value"])

    await bolt.connect()
    sent = await bolt.app.client.chat_postMessage(channel="#acme", text="x", blocks=[section("x"), button("go")])
    await remote.post("press", {"as": "ana", "channel": "#acme", "ts": sent["ts"], "action_id": "go"})
    view = (await remote.get("see", **{"as": "ana"}))["modals"][0]
    missing = await remote.post("submit", {"as": "ana", "view": view["id"]})
    await remote.post("choose", {"as": "ana", "view": view["id"], "action_id": "answer", "value": "2h"})
    sent_form = await remote.post("submit", {"as": "ana", "view": view["id"]})

    assert missing["errors"] == {"time": "Please complete this required field."}
    assert sent_form == {"ok": True, "response_action": "none"}
    assert await bolt.next() == "2h"
    assert [entry["type"] for entry in (await remote.get("journal"))["journal"] if entry["direction"] == "out"][
        -2:
    ] == [
        "interactive",
        "interactive",
    ]


async def test_the_page_is_served(start: Starter, http: aiohttp.ClientSession) -> None:
    sandbox = await start()
    async with http.get(f"{sandbox.url}/") as response:
        assert response.content_type == "text/html"
        assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
    async with http.get(f"{sandbox.url}/page/../server.py") as response:
        assert response.status == 404
