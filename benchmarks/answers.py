"""How long a command takes to be answered: ratios 1 and 2."""

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import aiosqlite
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from benchmarks.bots import WORKER, Ack, at_work, bare, dispatch, put_on_the_path
from benchmarks.measure import Job, Line, Sizes, side_by_side
from benchmarks.stub import Stub

STRANGER = "U0STRANGER0"
LOG = "1h review of the design"
STORED = "review of the design"
TABLE = (
    "CREATE TABLE entry (id TEXT PRIMARY KEY, team_id TEXT, user_id TEXT, day TEXT, minutes INTEGER, note TEXT,"
    " created_at TEXT)"
)
INSERT = "INSERT INTO entry VALUES (?, 'T0BENCH0000', ?, '2026-11-23', 60, ?, ?)"


def saying(app: AsyncApp, text: str, users: Sequence[str] = (WORKER,), expected: str = "") -> Job:
    """Make the job of letting an app hear a command, of one person after the other."""
    who = itertools.cycle(users)
    return lambda: dispatch(app, text, next(who), expected)


async def only_acknowledge(ack: AsyncAck) -> None:
    """Do nothing but acknowledge."""
    await ack()


async def helped(sizes: Sizes, folder: Path) -> list[Line]:
    """Compare commands that change nothing with Bolt's bare acknowledgement."""
    async with Stub() as stub, at_work(stub, folder) as bot:
        await put_on_the_path(bot.database, 1)
        floor = saying(bare(stub, only_acknowledge), "help")
        help_ = saying(bot.bolt, "help", expected="/log 2h")
        refused = saying(bot.bolt, LOG, (STRANGER,), expected="not on it yet")
        lines = []
        for what, job in (("`/log help`, p50", help_), ("`/log 1h`, refused a stranger, p50", refused)):
            ours, baseline = await side_by_side(job, floor, sizes.requests, bot.settle)
            lines.append(Line("1", what, "ms", ours, baseline, "a bare Bolt ack", 1.5))
        return lines


@asynccontextmanager
async def bare_insert(folder: Path) -> AsyncIterator[Ack]:
    """Give a listener that inserts one row, commits and acknowledges, with aiosqlite and nothing between."""
    async with aiosqlite.connect(folder / "bare.db", isolation_level=None) as store:
        for statement in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", TABLE):
            await store.execute(statement)
        one_at_a_time = asyncio.Lock()

        async def listener(ack: AsyncAck, body: dict[str, Any]) -> None:
            async with one_at_a_time:
                await store.execute("BEGIN IMMEDIATE")
                await store.execute(INSERT, (uuid4().hex, body["user_id"], body["text"], datetime.now(UTC).isoformat()))
                await store.commit()
            await ack(text=f"Stored: {STORED}")

        yield listener


async def logged(sizes: Sizes, folder: Path) -> list[Line]:
    """Compare a whole `/log` with one bare insert and commit through Bolt."""
    async with Stub() as stub, at_work(stub, folder) as bot, bare_insert(folder) as listener:
        people = await put_on_the_path(bot.database, max(sizes.requests, sizes.at_once))
        for user in people:
            await dispatch(bot.bolt, "help", user)
        floor, against = bare(stub, listener), "a bare insert and commit"
        jobs = [saying(app, LOG, people, STORED) for app in (bot.bolt, floor)]
        ours, baseline = await side_by_side(jobs[0], jobs[1], sizes.requests, bot.settle)
        lines = [Line("2", "`/log 1h ...`, whole, p50", "ms", ours, baseline, against, 4.0)]
        rates = [await _rate(app, people, sizes) for app in (bot.bolt, floor)]
        what = f"`/log 1h ...`, {sizes.at_once} at once"
        lines.append(Line("2", f"{what} ({rates[0]:.0f} a second)", "ms", 1000 / rates[0], 1000 / rates[1], against))
        return lines


async def _rate(app: AsyncApp, people: Sequence[str], sizes: Sizes) -> float:
    """Tell how many commands a second are answered while so many people wait at any moment."""
    queue = iter(people[: max(sizes.requests, sizes.at_once)])

    async def next_please() -> None:
        for user in queue:
            await dispatch(app, LOG, user, STORED)

    began = time.perf_counter()
    await asyncio.gather(*(next_please() for _ in range(sizes.at_once)))
    return len(people) / (time.perf_counter() - began)
