"""What the clock costs: a tick with nothing due, and ten thousand people due in one minute. Ratio 3."""

import asyncio
import sqlite3
import time as timing
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.bots import MONDAY, at_work, put_on_the_path
from benchmarks.measure import Line, Sizes, side_by_side
from benchmarks.stub import TEAM, Stub
from bot.app import InnerCircle
from handlers.log_reminder import REMINDER
from sandbox.clock import MovableClock
from storage import outbox, timetable
from storage.database import Database
from storage.outbox import Lane, Post
from storage.timetable import When

FEW = 100
END_OF_DAY = datetime(2026, 11, 23, 16, 30, tzinfo=UTC)
FAR_AWAY = datetime(2099, 1, 1, tzinfo=UTC)
URGENT = "Somebody needs you now."
LOOK = 0.001


async def idle(sizes: Sizes, folder: Path) -> list[Line]:
    """Compare a tick with nothing due among many rows with one among few."""
    async with Stub() as stub, at_work(stub, folder) as few, at_work(stub, folder) as many:
        await wait_for(few.database, FEW)
        await wait_for(many.database, sizes.waiting)
        ours, baseline = await side_by_side(many.scheduler.tick, few.scheduler.tick, sizes.requests)
        what = f"a tick with nothing due, {sizes.waiting:,} rows waiting, p50"
        return [
            Line("3", what, "ms", ours, baseline, f"the same with {FEW} rows", 1.25),
            Line("3", f"{what}, alone", "ms", ours, limit=1.0),
        ]


async def wait_for(database: Database, rows: int) -> None:
    """Put rows into the timetable that wait for a far day; only their first is written the slow way."""
    async with database.team(TEAM) as team:
        await timetable.put(team, REMINDER, {"U0": When(FAR_AWAY, FAR_AWAY.date(), FAR_AWAY.time(), "UTC")})
    await asyncio.to_thread(_multiply, str(database.url.database), rows - 1)


def _multiply(file: str, more: int) -> None:
    with sqlite3.connect(file) as store:
        columns = [row[1] for row in store.execute("PRAGMA table_info(occasion)")]
        new = {"id": "printf('%032x', n)", "subject": "'U' || n", "due_at": "datetime(due_at, n || ' seconds')"}
        values = ", ".join(new.get(name, f'"{name}"') for name in columns)
        count = f"WITH RECURSIVE many(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < {more})"
        store.execute(f"{count} INSERT INTO occasion SELECT {values} FROM occasion, many WHERE subject = 'U0'")


class Watch:
    """Looks every millisecond whether the loop still turns, and remembers the longest time it did not."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._over = False

    async def run(self) -> None:
        """Watch until told to stop."""
        while not self._over:
            began = timing.perf_counter()
            await asyncio.sleep(LOOK)
            self.longest = max(self.longest, timing.perf_counter() - began - LOOK)

    def stop(self) -> None:
        """Watch no longer."""
        self._over = True


async def rush(sizes: Sizes, folder: Path) -> list[Line]:
    """Let the working day of everybody end in one minute, with letters leaving and an urgent one written meanwhile."""
    clock = MovableClock(MONDAY)
    async with Stub() as stub, at_work(stub, folder, clock) as bot:
        workers = await put_on_the_path(bot.database, sizes.people)
        await _arm(bot, workers)
        await clock.move_to(END_OF_DAY + timedelta(seconds=1))
        watch = Watch()
        watching, urgent = asyncio.ensure_future(watch.run()), asyncio.ensure_future(_urgent(bot, stub))
        began = timing.perf_counter()
        planned = await bot.scheduler.tick()
        took = timing.perf_counter() - began
        left = await asyncio.wait_for(urgent, 60)
        watch.stop()
        await watching
        if planned != sizes.people:
            raise RuntimeError(f"{planned} of {sizes.people} occasions were run")
        what = f"{sizes.people:,} reminders due in one minute"
        return [
            Line("3", f"{what}, planned in", "s", took, limit=5.0),
            Line("3", "longest time the loop stood still meanwhile", "ms", watch.longest * 1000, limit=100.0),
            Line("3", "an urgent letter written meanwhile reaches Slack in", "s", left, limit=5.0),
        ]


async def _arm(bot: InnerCircle, workers: Sequence[str]) -> None:
    local = END_OF_DAY + timedelta(hours=1)
    when = When(END_OF_DAY, local.date(), local.time(), "Europe/Madrid")
    async with bot.database.team(TEAM) as team:
        await timetable.put(team, REMINDER, dict.fromkeys(workers, when))


async def _urgent(bot: InnerCircle, stub: Stub) -> float:
    """Write an urgent letter a moment after the rush has begun; gives the seconds until Slack has it."""
    await asyncio.sleep(0.2)
    began = timing.perf_counter()
    async with bot.database.team(TEAM) as team:
        await outbox.put(team, [Post("urgent", "U0HELPER000", URGENT, lane=Lane.ESCALATION)], bot.clock.now())
    bot.delivery.wake()
    return await stub.saw(URGENT) - began
