"""What a digest costs over ten thousand contractors' week: ratio 4."""

import asyncio
import sqlite3
import statistics
from datetime import date, datetime
from pathlib import Path

import aiosqlite

from benchmarks.bots import MANAGER, MONDAY, at_work, put_on_the_path
from benchmarks.measure import Line, Sizes, side_by_side, timed
from benchmarks.stub import TEAM, Stub
from bot.app import InnerCircle
from handlers import digest
from handlers.contract import Due
from playbook.days import Week
from sandbox.clock import MovableClock
from storage import digest as facts
from storage import log
from storage.database import Team

WEEK = Week.of(date(2026, 11, 16))
A_DAY = 3
TOTALS = (
    "SELECT user_id, day, SUM(minutes) FROM log_entry"
    " WHERE team_id = ? AND undone = 0 AND day BETWEEN ? AND ? GROUP BY user_id, day"
)
TIMES = 7


async def week(sizes: Sizes, folder: Path) -> list[Line]:
    """Compare the totals of everybody's week with a bare GROUP BY, and tell what whole digests of it take."""
    clock = MovableClock(datetime.combine(WEEK.next.monday, MONDAY.timetz()), frozen=True)
    async with Stub() as stub, at_work(stub, folder, clock) as bot:
        people = await put_on_the_path(bot.database, sizes.people, sizes.managers)
        rows = await _log_a_week(bot, people)
        async with aiosqlite.connect(str(bot.database.url.database)) as store, bot.database.team(TEAM) as team:

            async def bare() -> None:
                await store.execute_fetchall(TOTALS, (TEAM, str(WEEK.monday), str(WEEK.sunday)))

            async def ours() -> None:
                await facts.minutes_by_day(team, facts.everybody(), WEEK.monday, WEEK.sunday)

            totals, baseline = await side_by_side(ours, bare, TIMES)
            whole = statistics.median([await timed(lambda: _all(bot, team, sizes.managers)) for _ in range(3)])
        what = f"{len(people):,} contractors' week ({rows:,} entries)"
        against = "a bare GROUP BY"
        return [
            Line("4", f"totals of {what}", "ms", totals, baseline, against, 2.0),
            Line("4", f"the digests of their {sizes.managers} managers, drawn", "ms", whole, baseline, against),
        ]


async def _log_a_week(bot: InnerCircle, people: list[str]) -> int:
    """Let everybody log three times a day for a working week; only the first entry is written the slow way."""
    async with bot.database.team(TEAM) as team:
        entry = {"day": WEEK.monday, "minutes": 120, "project": "acme", "note": "review"}
        await log.write(team, people[0], [entry], MONDAY)
    return await asyncio.to_thread(_multiply, str(bot.database.url.database))


def _multiply(file: str) -> int:
    with sqlite3.connect(file) as store:
        columns = [row[1] for row in store.execute("PRAGMA table_info(log_entry)")]
        new = {
            "id": "lower(hex(randomblob(16)))",
            "user_id": "contractor.user_id",
            "day": f"date('{WEEK.monday}', (n / {A_DAY}) || ' days')",
        }
        values = ", ".join(new.get(name, f'log_entry."{name}"') for name in columns)
        count = f"WITH RECURSIVE many(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM many WHERE n < {A_DAY * 5 - 1})"
        store.execute(f"{count} INSERT INTO log_entry SELECT {values} FROM log_entry, many, contractor")
        return int(store.execute("SELECT COUNT(*) FROM log_entry").fetchone()[0])


async def _all(bot: InnerCircle, team: Team, managers: int) -> None:
    """Draw the digests of all managers, as many at a time as the scheduler takes."""
    ids = [f"{MANAGER}{number:04}" for number in range(managers)]
    at_once = next(duty.at_once for duty in digest.DUTIES if duty.name == digest.DAILY)
    for first in range(0, managers, at_once):
        due = [Due(one, bot.clock.now()) for one in ids[first : first + at_once]]
        if not await digest.daily(bot.workshop.desk(team), due):
            raise RuntimeError("no digest was drawn")
        team.session.expunge_all()
