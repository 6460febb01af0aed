"""Socket Mode as Slack keeps it: tickets, envelopes, patience, retries, and broken connections."""

import asyncio
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from sandbox.server import Sandbox
from tests.sandbox.helpers import MANIFEST, QUICK, Running, Starter, web_client


async def ticket(sandbox: Sandbox) -> str:
    opened = await web_client(sandbox, "SLACK_APP_TOKEN").apps_connections_open(
        app_token=sandbox.env()["SLACK_APP_TOKEN"]
    )
    return str(opened["url"])


class Wire:
    """A bare connection that acknowledges nothing by itself."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket

    async def next(self) -> Any:
        return await asyncio.wait_for(self.socket.receive_json(), 5)

    async def ack(self, frame: Any, payload: Any = None) -> None:
        await self.socket.send_json({"envelope_id": frame["envelope_id"]} | ({"payload": payload} if payload else {}))


async def connect(sandbox: Sandbox, http: aiohttp.ClientSession) -> Wire:
    wire = Wire(await http.ws_connect(await ticket(sandbox)))
    assert (await wire.next())["type"] == "hello"
    return wire


async def test_a_ticket_opens_one_connection(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    url = await ticket(sandbox)
    first = Wire(await http.ws_connect(url))
    hello = await first.next()
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await http.ws_connect(url)

    assert hello["connection_info"] == {"app_id": sandbox.env()["APP_ID"]}
    assert hello["num_connections"] == 1


async def test_only_the_app_token_opens_connections(sandbox: Sandbox) -> None:
    with pytest.raises(SlackApiError, match="not_allowed_token_type"):
        await web_client(sandbox).apps_connections_open(app_token=sandbox.env()["SLACK_BOT_TOKEN"])


async def test_without_socket_mode_there_is_no_connection(start: Starter) -> None:
    url = "request_url: 'https://example.com/slack'"
    closed = MANIFEST.replace("socket_mode_enabled: true", "socket_mode_enabled: false")
    closed = closed.replace("{is_enabled: true}", f"{{is_enabled: true, {url}}}").replace(
        "bot_events:", f"{url}\n    bot_events:"
    )
    closed = closed.replace("description: Log time", "url: 'https://example.com/a', description: Log time")
    closed = closed.replace("description: Say it", "url: 'https://example.com/b', description: Say it")
    sandbox = await start(closed)

    with pytest.raises(SlackApiError, match="forbidden_team"):
        await ticket(sandbox)


async def test_each_payload_goes_to_one_of_the_connections(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    wires = [await connect(sandbox, http) for _ in range(3)]
    for number in range(6):
        await sandbox.people.type("ana", "@app", f"message {number}")

    async def heard(wire: Wire) -> list[str]:
        frames = [await wire.next(), await wire.next()]
        for frame in frames:
            await wire.ack(frame)
        return [frame["payload"]["event"]["text"] for frame in frames]

    texts = [text for wire in wires for text in await heard(wire)]
    assert sorted(texts) == [f"message {number}" for number in range(6)]


async def test_the_eleventh_connection_is_turned_away(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    ten = [await connect(sandbox, http) for _ in range(10)]
    eleventh = Wire(await http.ws_connect(await ticket(sandbox)))

    assert (await eleventh.next())["reason"] == "too_many_websockets"
    assert sandbox.sockets.count == len(ten)


async def test_an_event_nobody_acknowledges_comes_three_times_more(start: Starter, http: aiohttp.ClientSession) -> None:
    sandbox = await start(pace=QUICK)
    wire = await connect(sandbox, http)
    await sandbox.people.type("ana", "@app", "hello")
    frames = [await wire.next() for _ in range(4)]

    assert [(frame["retry_attempt"], frame["retry_reason"]) for frame in frames] == [
        (0, ""),
        (1, "timeout"),
        (2, "timeout"),
        (3, "timeout"),
    ]
    assert len({frame["payload"]["event_id"] for frame in frames}) == 1
    assert len({frame["envelope_id"] for frame in frames}) == 4
    assert {frame["accepts_response_payload"] for frame in frames} == {False}


async def test_an_acknowledged_event_does_not_come_again(start: Starter, http: aiohttp.ClientSession) -> None:
    sandbox = await start(pace=QUICK)
    wire = await connect(sandbox, http)
    await sandbox.people.type("ana", "@app", "first")
    await wire.ack(await wire.next())
    await sandbox.people.type("ana", "@app", "second")
    texts = [(await wire.next())["payload"]["event"]["text"] for _ in range(2)]

    assert texts == ["second", "second"]


async def test_what_was_missed_while_nobody_was_connected_comes_as_a_retry(
    start: Starter, http: aiohttp.ClientSession
) -> None:
    sandbox = await start(pace=QUICK)
    await sandbox.people.type("ana", "@app", "anybody there?")
    wire = await connect(sandbox, http)
    frame = await wire.next()

    assert frame["retry_attempt"] == 1
    assert frame["payload"]["event"]["text"] == "anybody there?"


@pytest.mark.parametrize(("connected", "error"), [(False, "dispatch_failed"), (True, "operation_timeout")])
async def test_a_command_nobody_answers_is_an_error_only_its_typist_sees(
    start: Starter, http: aiohttp.ClientSession, *, connected: bool, error: str
) -> None:
    sandbox = await start(pace=QUICK)
    if connected:
        await connect(sandbox, http)
    answer = await sandbox.people.command("ana", "/log", "2h", channel="#acme")
    shown = sandbox.sight.messages("ana", "#acme")["messages"]

    assert answer == {"acked": False, "error": error}
    assert error in shown[0]["text"]
    assert shown[0]["user"] == "USLACKBOT"
    assert sandbox.sight.messages("bruno", "#acme")["messages"] == []


async def test_an_answer_that_slack_would_not_show_is_an_error(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    wire = await connect(sandbox, http)
    running = asyncio.create_task(sandbox.people.command("ana", "/log", channel="#acme"))
    frame = await wire.next()
    await wire.ack(frame, {"text": "x", "blocks": [{"type": "nonsense"}]})

    assert frame["accepts_response_payload"] is True
    assert await running == {"acked": True, "error": "invalid_blocks"}


async def test_junk_and_unknown_envelopes_are_ignored(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    wire = await connect(sandbox, http)
    for junk in ("", "null", "[1]", "{", '{"envelope_id": "unknown"}'):
        await wire.socket.send_str(junk)
    await wire.socket.ping(b"still here")
    await sandbox.people.type("ana", "@app", "hello")

    assert (await wire.next())["payload"]["event"]["text"] == "hello"


async def test_a_refresh_warns_and_then_closes(start: Starter, http: aiohttp.ClientSession) -> None:
    sandbox = await start(pace=QUICK)
    wire = await connect(sandbox, http)
    sandbox.sockets.refresh()
    reasons = [(await wire.next())["reason"] for _ in range(2)]

    assert reasons == ["warning", "refresh_requested"]
    assert (await wire.socket.receive(5)).type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED)


async def test_the_last_event_can_come_twice(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    wire = await connect(sandbox, http)
    await sandbox.people.type("ana", "@app", "once")
    first = await wire.next()
    assert sandbox.sockets.repeat_event()
    second = await wire.next()

    assert first["payload"]["event_id"] == second["payload"]["event_id"]
    assert second["retry_attempt"] == 0


async def test_bolt_leaves_an_event_without_listener_to_be_retried(start: Starter) -> None:
    sandbox = await start(pace=QUICK)
    running = Running(sandbox)

    @running.app.middleware
    async def count(body: Any, next: Any) -> None:  # noqa: A002 - Bolt's name
        running.seen.put_nowait(body["event_id"])
        await next()

    await running.connect()
    try:
        await sandbox.people.type("ana", "@app", "hello")
        assert await running.next() == await running.next()
    finally:
        await running.handler.close_async()


async def test_bolt_comes_back_after_its_connection_was_cut(sandbox: Sandbox, bolt: Running) -> None:
    await bolt.connect()
    sandbox.sockets.abort()
    await asyncio.wait_for(sandbox.sockets.opened.wait(), 10)

    assert not bolt.handler.client.closed
