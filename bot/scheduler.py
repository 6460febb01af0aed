"""What the clock brings: a metronome of few jobs, and the tick that runs what is due."""

import asyncio
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.clock import Clock
from bot.listener import Workshop
from handlers.contract import Desk, Due, Duty
from playbook.days import instant
from storage import inbox, outbox, submissions, timetable, webhook_queue
from storage.database import Database, Team
from storage.tables import Fact, Occasion
from storage.timetable import When

log = structlog.get_logger("scheduler")

BATCH = 200
STALE = 90.0
KEEP_EVENTS = timedelta(days=7)
KEEP_SUBMISSIONS = timedelta(days=1)
NOBODY = "-"


class Scheduler:
    """Runs duties when they are due. What is due is a row; APScheduler only keeps the beat."""

    def __init__(
        self,
        duties: Sequence[Duty],
        database: Database,
        workshop: Workshop,
        clock: Clock,
        wake: Callable[[], None],
    ) -> None:
        self._duties = {duty.name: duty for duty in duties}
        self._database = database
        self._workshop = workshop
        self._clock = clock
        self._wake = wake
        self._one_at_a_time = asyncio.Lock()
        self.last_tick = time.monotonic()

    async def tick(self) -> int:
        """Run everything that has come, batch by batch; tells how many occasions that were."""
        total = 0
        async with self._one_at_a_time:
            while found := await self._batch():
                total += found
                await asyncio.sleep(0)
        if total:
            self._wake()
        self.last_tick = time.monotonic()
        return total

    async def _batch(self) -> int:
        now = self._clock.now()
        async with self._database.writing() as session:
            rows = await timetable.take_due(session, now, BATCH)
            ordered = sorted(rows, key=lambda row: (row.team_id, row.duty))
            for (team_id, name), group in groupby(ordered, key=lambda row: (row.team_id, row.duty)):
                for part in self._parts(name, list(group)):
                    await self._run(Team(session, team_id), name, part, now)
        return len(rows)

    def _parts(self, name: str, rows: Sequence[Occasion]) -> list[Sequence[Occasion]]:
        """Cut what is due into parts that a duty can do without keeping everything else waiting."""
        most = self._duties[name].at_once if name in self._duties else BATCH
        return [rows[first : first + most] for first in range(0, len(rows), most)]

    async def _run(self, team: Team, name: str, rows: Sequence[Occasion], now: datetime) -> None:
        """Run one duty for all its subjects; if that fails, for each alone, so that one cannot spoil the others."""
        duty = self._duties.get(name)
        if duty is None:
            log.warning("nothing does this any more", duty=name, occasions=len(rows))
            return
        try:
            async with team.session.begin_nested():
                await self._do(self._workshop.desk(team), duty, rows, now)
        except Exception as error:
            if len(rows) == 1:
                log.exception("duty failed", duty=name, subject=rows[0].subject, attempt=rows[0].attempts + 1)
                await timetable.put_off(team, rows[0], type(error).__name__, now)
                return
            for row in rows:
                await self._run(team, name, [row], now)

    async def _do(self, desk: Desk, duty: Duty, rows: Sequence[Occasion], now: datetime) -> None:
        timely = []
        for row in rows:
            if now - _wished(row) <= duty.catch_up:
                timely.append(Due(row.subject, _wished(row), row.day))
                continue
            log.warning("occasion came too late", duty=duty.name, subject=row.subject, due_at=str(row.due_at))
            await outbox.note_missed(desk.team, _missed_key(row), row.subject, now)
        if timely:
            posts = await duty.run(desk, timely)
            await outbox.put(desk.team, posts, now, by=outbox.CLOCK)
        if duty.next is not None and not duty.once:
            subjects = [row.subject for row in rows]
            await timetable.put(desk.team, duty.name, await duty.next(desk, subjects))

    async def housekeeping(self) -> None:
        """Forget what nobody will ask for again."""
        now = self._clock.now()
        async with self._database.writing() as session:
            await inbox.forget(session, now - KEEP_EVENTS)
            await submissions.forget(session, now - KEEP_SUBMISSIONS)
            keep = timedelta(days=self._workshop.playbook.webhook.keep_days)
            await webhook_queue.forget(session, now - keep)

    async def follow_zone_data(self, version: str) -> None:
        """Compute every local wish anew when the zone data have changed since the last start."""
        async with self._database.team(NOBODY) as team:
            known = await team.get(Fact, name="tzdata")
            if known is not None and known.value == version:
                return
            if known is not None:
                await _compute_anew(team.session)
            await team.put(Fact, {"name": "tzdata"}, value=version)


def _missed_key(row: Occasion) -> str:
    return f"missed:{row.duty}:{row.subject}:{_wished(row).astimezone(UTC):%Y-%m-%dT%H:%M}"


def _wished(row: Occasion) -> datetime:
    """Give the instant that was meant: one that failed and was put off is as late as it is."""
    meant = instant(row.day, row.at, row.zone) if row.attempts and row.zone and row.day and row.at else None
    return min(meant or row.due_at, row.due_at)


async def _compute_anew(session: AsyncSession) -> None:
    after = ""
    while rows := await timetable.zoned(session, after, BATCH):
        for row in rows:
            await _move(session, row)
        after = rows[-1].id


async def _move(session: AsyncSession, row: Occasion) -> None:
    if row.day is None or row.at is None:
        return
    due_at = instant(row.day, row.at, row.zone)
    if due_at is not None and due_at != row.due_at:
        await timetable.put(
            Team(session, row.team_id), row.duty, {row.subject: When(due_at, row.day, row.at, row.zone)}
        )


class Metronome:
    """APScheduler with a few interval jobs in memory, in UTC, and a watchdog that needs no wall clock.

    A tick that has not come for 90 s means that the beat was lost: it is started afresh.
    """

    def __init__(self, jobs: Iterable[tuple[Callable[[], object], float]], scheduler: Scheduler) -> None:
        self._jobs = tuple(jobs)
        self._scheduler = scheduler
        self._beat = self._start()

    def _start(self) -> AsyncIOScheduler:
        beat = AsyncIOScheduler(timezone=UTC)
        for job, seconds in self._jobs:
            trigger = IntervalTrigger(seconds=seconds, timezone=UTC)
            beat.add_job(job, trigger, coalesce=True, max_instances=1, misfire_grace_time=None)
        beat.start()
        return beat

    async def watch(self) -> None:
        """Look every few seconds, for ever, whether the tick still comes."""
        while True:
            await asyncio.sleep(5)
            self.look()

    def look(self) -> None:
        """Begin anew if the tick has not come for too long."""
        if time.monotonic() - self._scheduler.last_tick > STALE:
            log.error("the tick was lost; starting it again")
            self.stop()
            self._beat = self._start()
            self._scheduler.last_tick = time.monotonic()

    def stop(self) -> None:
        """Stop the beat; work that it began goes on."""
        if self._beat.running:
            self._beat.shutdown(wait=False)
