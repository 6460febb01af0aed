"""Calendars over HTTP: whoever has the private address reads the calendar it belongs to; others learn nothing."""

import asyncio
import time
from datetime import datetime, timedelta
from hashlib import sha256

from aiohttp import web

from bot.clock import Clock
from bot.pace import Pace
from bot.tongue import Tongues
from playbook.load import Playbook
from playbook.tongue import READER
from storage import calendar, calendar_events
from storage.calendar import Agenda
from storage.database import Database
from storage.rhythm_tables import CalendarFeed

ENDING = ".ics"
NOTHING_HERE = "There is no calendar at this address."
SLOWER = "Please read this calendar less often."
NOTED_EVERY = timedelta(minutes=10)
READS_A_SECOND = 0.1
READS_AT_ONCE = 20
HEADERS = {
    "Cache-Control": "private, no-cache",
    "Content-Disposition": 'inline; filename="inner-circle.ics"',
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


class Feed:
    """Answers `/calendar/<token>.ics`. One that never was, or has stopped, is answered like any other nonsense."""

    def __init__(self, database: Database, playbook: Playbook, clock: Clock, team_id: str, tongues: Tongues) -> None:
        self._database, self._tongues = database, tongues
        self._playbook = playbook
        self._clock = clock
        self._team_id = team_id
        self._pace = Pace(READS_A_SECOND, READS_AT_ONCE)
        self._changed: dict[str, tuple[str, datetime]] = {}

    async def answer(self, request: web.Request) -> web.Response:
        """Give a calendar, or say that it has not changed, or that there is none."""
        name = request.match_info["name"]
        token = name.removesuffix(ENDING) if name.endswith(ENDING) else ""
        now, book = self._clock.now(), self._playbook.calendar
        async with self._database.team_reading(self._team_id) as team:
            row = await calendar.owner(team, token)
            if row is None:
                return _nothing()
            bucket = self._pace.of(row.user_id)
            if not bucket.ready(time.monotonic()):
                return web.Response(status=429, text=SLOWER, headers={"Retry-After": "60"})
            bucket.take()
            keys = [one.key for one in book.reviews]
            found = await calendar.agenda(team, row.user_id, calendar_events.since(now, book), keys)
        await self._note(row, now)
        return await self._give(request, row, found, now) if found else _nothing()

    async def _note(self, row: CalendarFeed, now: datetime) -> None:
        """Remember that it was read, without a write for every look."""
        if row.read_at is None or now - row.read_at >= NOTED_EVERY:
            async with self._database.team(self._team_id) as team:
                await calendar.was_read(team, row, now)

    async def _give(self, request: web.Request, row: CalendarFeed, found: Agenda, now: datetime) -> web.Response:
        book, minutes = self._playbook.calendar, self._playbook.oneonone.minutes
        READER.set(await self._tongues.of(self._team_id, row.user_id))
        body = await asyncio.to_thread(calendar_events.feed, found, now, book, minutes)
        tag = sha256(body).hexdigest()[:32]
        changed = self._since(row.user_id, tag, now)
        same = _has(request, tag, changed)
        response = web.Response(status=304, headers=HEADERS) if same else _calendar(body)
        response.etag, response.last_modified = tag, changed
        return response

    def _since(self, user_id: str, tag: str, now: datetime) -> datetime:
        """Say since when this has been what it is, as far as this bot has seen; to the second, as HTTP tells time."""
        before, at = self._changed.get(user_id, ("", now))
        if before != tag:
            at = now.replace(microsecond=0)
            self._changed[user_id] = (tag, at)
        return at


def _has(request: web.Request, tag: str, changed: datetime) -> bool:
    """Tell whether whoever asks has this already; the tag counts before the time (RFC 9110, 13.2.2)."""
    tags = request.if_none_match
    if tags is not None:
        return any(one.value in (tag, "*") for one in tags)
    return request.if_modified_since is not None and request.if_modified_since >= changed


def _calendar(body: bytes) -> web.Response:
    return web.Response(body=body, content_type="text/calendar", charset="utf-8", headers=HEADERS)


def _nothing() -> web.Response:
    return web.Response(status=404, text=NOTHING_HERE, headers={"Cache-Control": "no-store"})
