"""The control API: everything a person can do and see, and the clock, faults and connection, over HTTP."""

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote

from aiohttp import web

from sandbox import guard
from sandbox.console import Console, Errand
from sandbox.errands import TABLE
from sandbox.errors import Mistake
from sandbox.users import User

Json = dict[str, Any]
KEEP_ALIVE = 15.0


class Control:
    """Answers /_control/*: `body` is the JSON body or the query."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def routes(self) -> list[web.RouteDef]:
        """Give the routes of the whole control API."""
        table = [web.route(method, f"/_control/{path}", self._served(errand)) for (method, path), errand in TABLE]
        streams = [web.get("/_control/stream", self.stream), web.get("/_control/download", self.download)]
        return [*table, *streams]

    def _served(self, errand: Errand) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def serve(request: web.Request) -> web.Response:
            refusal = guard.fault(request)
            if refusal:
                return _no(refusal, 403)
            try:
                body = await _read(request)
                return web.json_response({"ok": True, **await errand(self._console, body)})
            except Mistake as mistake:
                return _no(str(mistake), mistake.status)
            except ValueError as error:
                return _no(str(error), 400)

        return serve

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """Tell a page, as server-sent events, whenever something its person can see has changed."""
        refusal = guard.fault(request)
        if refusal:
            return _no(refusal, 403)
        try:
            user = self._console.people.anybody(request.query.get("as", ""))
        except Mistake as mistake:
            return _no(str(mistake), mistake.status)
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        with contextlib.suppress(ConnectionError):
            await self._follow(user, response)
        return response

    async def download(self, request: web.Request) -> web.Response:
        """Give a file's bytes to somebody's browser, to be saved and never to be opened as a page."""
        refusal = guard.fault(request)
        if refusal:
            return _no(refusal, 403)
        try:
            file = self._console.people.file(request.query.get("as", ""), request.query.get("file", ""))
        except Mistake as mistake:
            return _no(str(mistake), mistake.status)
        headers = {
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name)}",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox",
        }
        return web.Response(body=file.data, content_type=file.mimetype, headers=headers)

    async def _follow(self, user: User, response: web.StreamResponse) -> None:
        watch = self._console.people.workspace.watch
        with watch.follow(user.id) as signal:
            while True:
                signal.clear()
                await response.write(f'data: {{"seq":{watch.seq(user.id)}}}\n\n'.encode())
                while not signal.is_set():
                    try:
                        await asyncio.wait_for(signal.wait(), KEEP_ALIVE)
                    except TimeoutError:
                        await response.write(b": still here\n\n")


async def _read(request: web.Request) -> Json:
    body: Any = dict(request.query)
    if request.method in ("POST", "PATCH"):
        try:
            given = json.loads(await request.text() or "{}")
        except ValueError:
            raise Mistake("That is not JSON.") from None
        given = {"list": given} if isinstance(given, list) else given
        if not isinstance(given, dict):
            raise Mistake("Send a JSON object.")
        body |= given
    whole: Json = body | dict(request.match_info)
    return whole


def _no(sentence: str, status: int) -> web.Response:
    return web.json_response({"ok": False, "error": sentence}, status=status)
