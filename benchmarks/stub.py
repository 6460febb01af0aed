"""A stub of Slack that answers everything at once, and counts calls and TCP connections."""

import asyncio
import itertools
import json
import time
from collections import Counter
from typing import Any, Self

from aiohttp import WSMsgType, web

TEAM = "T0BENCH0000"
BOT = "U0BENCHBOT0"
Json = dict[str, Any]


class Stub:
    """Slack, as far as a benchmark needs it. `acknowledged` gives when the greeting it was made with was answered."""

    def __init__(self, greeting: Json | None = None, delay: float = 0.0) -> None:
        self.calls: Counter[str] = Counter()
        self._seen: dict[str, asyncio.Event] = {}
        self.connections: set[object] = set()
        self.acknowledged: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._greeting = greeting
        self._delay = delay
        self._count = itertools.count(1)
        self._runner: web.AppRunner

    async def __aenter__(self) -> Self:
        """Begin to listen."""
        app = web.Application()
        app.router.add_get("/link", self._link)
        app.router.add_post("/api/respond", self._respond)
        app.router.add_route("*", "/api/{method}", self._answer)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Hang up."""
        await self._runner.cleanup()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._runner.addresses[0][1])

    @property
    def url(self) -> str:
        """What the bot is to take for Slack's address."""
        return f"http://127.0.0.1:{self.port}/api/"

    async def saw(self, what: str) -> float:
        """Wait until a method is called or a message with this text comes; gives when, by the performance counter."""
        await self._first(what).wait()
        return time.perf_counter()

    def _first(self, what: str) -> asyncio.Event:
        return self._seen.setdefault(what, asyncio.Event())

    async def _respond(self, _request: web.Request) -> web.Response:
        return web.Response(text="ok")

    async def _answer(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        self.calls[method] += 1
        self._first(method).set()
        if request.transport is not None:
            self.connections.add(request.transport.get_extra_info("peername"))
        asked = await _asked(request)
        if method == "chat.postMessage":
            self._first(str(asked.get("text"))).set()
        await asyncio.sleep(self._delay)
        return web.json_response({"ok": True} | self._body(method, asked), headers={"x-oauth-scopes": "chat:write"})

    def _body(self, method: str, asked: Json) -> Json:
        """Give what the SDK and the bot need to see in an answer."""
        channel, ts = f"D{str(asked.get('users'))[1:]}", f"{next(self._count)}.000100"
        answers: dict[str, Json] = {
            "auth.test": {"team_id": TEAM, "team": "Bench", "user_id": BOT, "user": "bench", "bot_id": "B0BENCH0000"},
            "apps.connections.open": {"url": f"ws://127.0.0.1:{self.port}/link"},
            "users.info": {"user": {"id": asked.get("user"), "name": "somebody", "tz": "Europe/Madrid", "profile": {}}},
            "views.open": {"view": {"id": "V0BENCH0000"}},
            "conversations.open": {"channel": {"id": channel}},
            "chat.postMessage": {"channel": asked.get("channel"), "ts": ts, "message": {}},
        }
        return answers.get(method, {})

    async def _link(self, request: web.Request) -> web.WebSocketResponse:
        """Be a Socket Mode connection that sends one interaction after its greeting."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": 1})
        if self._greeting is not None:
            await socket.send_json({"type": "slash_commands", "envelope_id": "first", "payload": self._greeting})
        async for message in socket:
            if message.type is WSMsgType.TEXT and json.loads(message.data).get("envelope_id") == "first":
                self.acknowledged.set_result(time.perf_counter())
        return socket


async def _asked(request: web.Request) -> Json:
    if request.method == "GET":
        return dict(request.query)
    if request.content_type == "application/json":
        return dict(await request.json())
    return dict(await request.post())
