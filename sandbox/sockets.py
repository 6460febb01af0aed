"""Socket Mode: tickets, connections, envelopes, acknowledgements in time, and retries of events."""

import asyncio
import contextlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web

from sandbox import ids
from sandbox.delivery import NOBODY, Answer
from sandbox.journal import Entry, Journal
from sandbox.pace import Pace

Json = dict[str, Any]
MOST_CONNECTIONS = 10
HEARTBEAT = 15.0
HOST = "applink-sandbox"
APPROXIMATE_LIFE = 18060


@dataclass(eq=False)
class Connection:
    """One WebSocket of the app; what is queued is written in order by one task."""

    socket: web.WebSocketResponse
    request: web.Request
    queue: asyncio.Queue[str | None] = field(default_factory=asyncio.Queue)
    leaving: bool = False

    def send(self, frame: Json) -> None:
        """Queue a frame."""
        self.queue.put_nowait(json.dumps(frame, ensure_ascii=False))

    async def write(self) -> None:
        """Write what is queued until the connection ends."""
        with contextlib.suppress(ConnectionError):
            while (frame := await self.queue.get()) is not None:
                await self.socket.send_str(frame)
            await self.socket.close()

    def end(self) -> None:
        """Close it after what is queued."""
        self.leaving = True
        self.send(_disconnect("refresh_requested"))
        self.queue.put_nowait(None)

    def cut(self) -> None:
        """End it as a broken network would."""
        if self.request.transport is not None:
            self.request.transport.abort()


@dataclass
class Pending:
    """An envelope that waits for its acknowledgement; events have no `answer` but more attempts."""

    payload: Json
    entry: Entry
    timer: asyncio.TimerHandle
    answer: asyncio.Future[Answer] | None = None
    attempt: int = 0
    over: asyncio.Event = field(default_factory=asyncio.Event)


class Sockets:
    """The app's connections: each payload goes to exactly one of them."""

    def __init__(self, app_id: str, pace: Pace, journal: Journal) -> None:
        self._app_id, self._pace, self._journal = app_id, pace, journal
        self._tickets: dict[str, float] = {}
        self._connections: list[Connection] = []
        self._turn = 0
        self._pending: dict[str, Pending] = {}
        self._retries: set[asyncio.TimerHandle] = set()
        self._last_event: Json | None = None
        self.opened = asyncio.Event()
        self.on_change: Callable[[], None] = lambda: None

    @property
    def count(self) -> int:
        """How many connections the app has."""
        return len(self._connections)

    # Connecting -----------------------------------------------------------------------------------

    def ticket(self) -> str:
        """Give a ticket that opens one connection, soon."""
        ticket = ids.envelope()
        self._tickets[ticket] = asyncio.get_running_loop().time() + self._pace.ticket
        return ticket

    async def accept(self, request: web.Request) -> web.StreamResponse:
        """Serve one connection until it ends."""
        deadline = self._tickets.pop(request.query.get("ticket", ""), 0.0)
        if asyncio.get_running_loop().time() > deadline:
            return web.Response(status=404, text="unknown or used ticket")
        socket = web.WebSocketResponse(heartbeat=HEARTBEAT)
        await socket.prepare(request)
        connection = Connection(socket, request)
        if self.count >= MOST_CONNECTIONS:
            await socket.send_json(_disconnect("too_many_websockets"))
            await socket.close()
            return socket
        await self._serve(connection, debug=request.query.get("debug_reconnects") == "true")
        return socket

    async def _serve(self, connection: Connection, *, debug: bool) -> None:
        life = self._pace.debug_life if debug else APPROXIMATE_LIFE
        self._connections.append(connection)
        connection.send(self._hello(life))
        loop = asyncio.get_running_loop()
        timer = loop.call_later(max(life - self._pace.warning, 0), self._refresh, connection)
        writer = loop.create_task(connection.write())
        self.opened.set()
        self.on_change()
        try:
            async for frame in connection.socket:
                if frame.type is WSMsgType.TEXT:
                    self._receive(frame.data)
        finally:
            timer.cancel()
            writer.cancel()
            self._connections.remove(connection)
            if not self._connections:
                self.opened.clear()
            self.on_change()

    def _hello(self, life: float) -> Json:
        debug = {
            "host": HOST,
            "started": "2026-11-01 00:00:00.000",
            "build_number": 10,
            "approximate_connection_time": int(life),
        }
        return {
            "type": "hello",
            "num_connections": self.count,
            "debug_info": debug,
            "connection_info": {"app_id": self._app_id},
        }

    # Sending --------------------------------------------------------------------------------------

    async def ask(self, kind: str, payload: Json) -> Answer:
        """Send something a person did and wait for the acknowledgement; never raises."""
        entry = self._journal.note("out", kind, payload)
        connection = self._next()
        if connection is None:
            entry.note = NOBODY.error
            return NOBODY
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._put(connection, kind, Pending(payload, entry, self._timer(envelope := ids.envelope()), answer), envelope)
        return await answer

    def tell(self, payload: Json, attempt: int = 0) -> None:
        """Send an event, and again up to three times as long as nobody acknowledges it."""
        self._last_event = payload
        entry = self._journal.note("out", "events_api", payload)
        entry.note = f"retry {attempt}: timeout" if attempt else ""
        connection = self._next()
        if connection is None:
            self._retry(payload, attempt, self._pace.ack)
            return
        envelope = ids.envelope()
        self._put(connection, "events_api", Pending(payload, entry, self._timer(envelope), None, attempt), envelope)

    def repeat_event(self) -> bool:
        """Send the last event once more, as Slack sometimes does; False when there was none."""
        if self._last_event is None:
            return False
        self.tell(self._last_event)
        return True

    def _put(self, connection: Connection, kind: str, pending: Pending, envelope: str) -> None:
        self._pending[envelope] = pending
        frame: Json = {"envelope_id": envelope, "payload": pending.payload, "type": kind}
        if kind == "events_api":
            reason = "timeout" if pending.attempt else ""
            frame |= {"retry_attempt": pending.attempt, "retry_reason": reason}
        connection.send(frame | {"accepts_response_payload": kind != "events_api"})

    def _next(self) -> Connection | None:
        ready = [one for one in self._connections if not one.leaving and not one.socket.closed]
        if not ready:
            return None
        self._turn += 1
        return ready[self._turn % len(ready)]

    def _timer(self, envelope: str) -> asyncio.TimerHandle:
        return asyncio.get_running_loop().call_later(self._pace.ack, self._give_up, envelope)

    # Hearing back ---------------------------------------------------------------------------------

    def _receive(self, raw: str) -> None:
        try:
            frame = json.loads(raw)
        except ValueError:
            return
        if not isinstance(frame, dict):
            return
        pending = self._pending.pop(str(frame.get("envelope_id")), None)
        if pending is None:
            return
        pending.timer.cancel()
        pending.over.set()
        payload = frame.get("payload")
        pending.entry.answer = {"acked": True, **({"payload": payload} if payload else {})}
        if pending.answer is not None and not pending.answer.done():
            pending.answer.set_result(Answer(acked=True, payload=payload or None))

    async def calm(self) -> bool:
        """Wait until the app has acknowledged all that was sent, or has run out of time; tells whether any waited."""
        waited = list(self._pending.values())
        for pending in waited:
            await pending.over.wait()
        return bool(waited)

    def _give_up(self, envelope: str) -> None:
        pending = self._pending.pop(envelope)
        pending.over.set()
        pending.entry.answer = {"acked": False}
        if pending.answer is None:
            self._retry(pending.payload, pending.attempt, 0)
        elif not pending.answer.done():
            pending.answer.set_result(Answer(acked=False, error="operation_timeout"))

    def _retry(self, payload: Json, attempt: int, more: float) -> None:
        if attempt >= len(self._pace.retries):
            return
        delay = self._pace.retries[attempt] + more

        def again() -> None:
            self._retries.discard(timer)
            self.tell(payload, attempt + 1)

        timer = asyncio.get_running_loop().call_later(delay, again)
        self._retries.add(timer)

    # Ending ---------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Warn every connection that it will be replaced soon, as Slack does every few hours."""
        for connection in list(self._connections):
            self._refresh(connection)

    def _refresh(self, connection: Connection) -> None:
        connection.send(_disconnect("warning"))
        asyncio.get_running_loop().call_later(self._pace.warning, connection.end)

    async def disconnect(self) -> None:
        """Close every connection politely."""
        self.opened.clear()
        for connection in list(self._connections):
            connection.leaving = True
            await connection.socket.close(code=WSCloseCode.OK)

    def abort(self) -> None:
        """Cut every connection as a broken network would."""
        self.opened.clear()
        for connection in list(self._connections):
            connection.leaving = True
            connection.cut()

    async def close(self) -> None:
        """Stop: nothing is retried and everybody waiting is answered."""
        for timer in self._retries:
            timer.cancel()
        for pending in self._pending.values():
            pending.timer.cancel()
            if pending.answer is not None and not pending.answer.done():
                pending.answer.set_result(NOBODY)
        self._pending.clear()
        await self.disconnect()


def _disconnect(reason: str) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": HOST}}
