"""Events from Slack: kept under their own id first, acknowledged next, worked on last."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, func, update
from sqlalchemy.exc import OperationalError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import Database, insert_new
from storage.tables import InboxEvent

TRIES = 5
WAIT = timedelta(seconds=10)
BATCH = 200


class State(StrEnum):
    """How far an event has come."""

    NEW = "new"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True)
class Arrived:
    """One event as it came."""

    team_id: str
    event_id: str
    kind: str
    body: Mapping[str, Any]
    at: datetime


Waiting = tuple[Arrived, asyncio.Future[None]]


class Inbox:
    """The way in for events. Those that come together are committed together, so a burst costs few commits."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[Waiting] = []
        self._lock = asyncio.Lock()

    async def keep(self, event: Arrived) -> None:
        """Return when the event is safe on disk; an event that was kept before changes nothing."""
        kept: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((event, kept))
        async with self._lock:
            if not kept.done():
                await self._write()
        await kept

    async def _write(self) -> None:
        """Keep the oldest batch; if one event spoils it, each is kept alone, so that the others are.

        What is left when this is broken off waits for whoever comes next.
        """
        batch, self._waiting = self._waiting[:BATCH], self._waiting[BATCH:]
        try:
            error = await self._keep_all(batch)
            if error is not None and len(batch) > 1 and not isinstance(error, OperationalError):
                for one in batch:
                    _settle([one], await self._keep_all([one]))
            else:
                _settle(batch, error)
        finally:
            self._waiting[:0] = [one for one in batch if not one[1].done()]

    async def _keep_all(self, batch: Sequence[Waiting]) -> Exception | None:
        """Write events in one transaction; gives what went wrong, since whoever acknowledges must hear of it."""
        try:
            async with self._database.writing() as session:
                await insert_new(session, InboxEvent, [_row(event) for event, _ in batch])
        except Exception as error:  # noqa: BLE001 - see above
            return error
        return None


def _settle(batch: Sequence[Waiting], error: Exception | None) -> None:
    """Let those who wait for these events know."""
    for _, kept in batch:
        if kept.done():
            continue
        if error is None:
            kept.set_result(None)
        else:
            kept.set_exception(error)


def _row(event: Arrived) -> dict[str, Any]:
    return {
        "team_id": event.team_id,
        "event_id": event.event_id,
        "kind": event.kind,
        "body": dict(event.body),
        "state": State.NEW,
        "attempts": 0,
        "received_at": event.at,
        "not_before": event.at,
        "error": "",
    }


async def next_new(session: AsyncSession, now: datetime) -> InboxEvent | None:
    """Look at the oldest event that waits to be worked on."""
    query = (
        select(InboxEvent)
        .where(col(InboxEvent.state) == State.NEW, col(InboxEvent.not_before) <= now)
        .order_by(col(InboxEvent.not_before), col(InboxEvent.received_at), col(InboxEvent.event_id))
        .limit(1)
    )
    return (await session.exec(query)).first()


async def begin(session: AsyncSession, event: InboxEvent) -> bool:
    """Mark an event as done in the transaction of its effect; False if somebody else has worked on it meanwhile."""
    mine = _this(event).where(col(InboxEvent.state) == State.NEW)
    result: Any = await session.exec(mine.values(state=State.DONE))
    return bool(result.rowcount)


async def failed(session: AsyncSession, event: InboxEvent, why: str, now: datetime) -> bool:
    """Note that working on an event went wrong; after five tries it is set aside. Tells whether it was."""
    over = event.attempts + 1 >= TRIES
    state = State.FAILED if over else State.NEW
    wait = WAIT * 2**event.attempts
    values = {"state": state, "attempts": event.attempts + 1, "error": why, "not_before": now + wait}
    await session.exec(_this(event).values(**values))
    return over


def _this(event: InboxEvent) -> Any:
    return update(InboxEvent).where(
        col(InboxEvent.team_id) == event.team_id, col(InboxEvent.event_id) == event.event_id
    )


async def forget(session: AsyncSession, before: datetime) -> None:
    """Drop events that were received and done before an instant; Slack repeats none of them by then."""
    old = delete(InboxEvent).where(col(InboxEvent.state) == State.DONE, col(InboxEvent.received_at) < before)
    await session.exec(old)


NEXT_AT: Any = select(func.min(col(InboxEvent.not_before))).where(col(InboxEvent.state) == State.NEW)
