"""What a trial of the bot needs: a workspace, a store with people on the path, and a ledger of what was wanted."""

import asyncio
import contextlib
import shutil
import time as stopwatch
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from sandbox import manifest
from sandbox.cast import Person as Member
from sandbox.clock import MovableClock
from sandbox.server import Sandbox
from storage import outbox, timetable
from storage.database import Database
from storage.outbox import Lane, Post, Redraw, State
from storage.tables import Contractor, Letter, Occasion, Person
from storage.timetable import When
from tests.faults.chaos import ROOT, Chaos

LETTERS_A_ROUND = 25
PEOPLE = 80
CONTRACTORS = 6
PATIENCE = 90.0
REMINDER = "log.reminder"
FIRST_DAY = date(2026, 1, 1)
OVER = (State.SENT, State.EXPIRED, State.CANCELLED, State.FAILED)
AWAKE = {
    "quiet_from = 20:00:00": "quiet_from = 00:00:00",
    "quiet_until = 08:00:00": "quiet_until = 00:00:00",
    "cap = 3 ": "cap = 1_000_000 ",
    "gather = 30": "gather = 0",
}
SETTINGS = {
    "GRACE_SECONDS": "1",
    "TICK_SECONDS": "0.5",
    "POSTS_PER_SECOND": "10000",
    "POSTS_PER_SECOND_IN_A_CONVERSATION": "10000",
    "LOG_LEVEL": "WARNING",
}


def always_awake(folder: Path) -> Path:
    """Give a playbook by which everybody may be written to at any hour, since the trial runs on real time."""
    book = folder / "playbook"
    shutil.copytree(ROOT / "playbook", book, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    quiet = (book / "quiet.toml").read_text()
    for usual, here in AWAKE.items():
        assert usual in quiet
        quiet = quiet.replace(usual, here)
    (book / "quiet.toml").write_text(quiet)
    return book


@dataclass
class Ledger:
    """What the test knows of its own: the periods that were due, by contractor, and the letters it wrote."""

    armed: dict[str, date] = field(default_factory=dict)
    past: list[tuple[str, date]] = field(default_factory=list)
    written: list[str] = field(default_factory=list)


class Trial:
    """The workspace, the store and the ledger; the store is written to only while no bot is alive."""

    def __init__(self, url: str, lot: Random, chances: dict[str, float]) -> None:
        self.store = Database(url)
        self.lot = lot
        self.ledger = Ledger()
        self.box = Sandbox(manifest.read(ROOT / "manifest.yml"), MovableClock())
        self.chaos = Chaos(lot, chances)
        self.box.faults = self.chaos
        self.team = self.box.workspace.team_id
        self.people: list[str] = []

    async def begin(self) -> None:
        """Open the workspace and put people on the path."""
        for number in range(PEOPLE):
            member = Member(f"p{number}", f"Person {number}", "UTC", "member", "tester")
            self.people.append(self.box.workspace.add_person(member).id)
        await self.box.start()
        async with self.store.team(self.team) as team:
            for one in self.people:
                team.add(Person(team_id=self.team, user_id=one, name=one, zone="UTC"))
            for one in self.people[:CONTRACTORS]:
                team.add(self._contractor(one))

    def _contractor(self, user_id: str) -> Contractor:
        return Contractor(
            team_id=self.team,
            user_id=user_id,
            manager_id=self.people[-1],
            role="Tester",
            project="acme",
            start_date=FIRST_DAY,
            weekly_minutes=1800,
            weekdays="0,1,2,3,4,5,6",
            day_start=time(9),
            day_end=time(17),
            added_at=datetime.now(UTC),
            added_by=self.people[-1],
        )

    async def add_work(self, number: int) -> None:
        """Write letters, redraw some old ones, and make the next period due for whoever had theirs."""
        now = datetime.now(UTC)
        rooms = [self.box.env()["CHANNEL_ACME"], self.box.env()["CHANNEL_GENERAL"]]
        async with self.store.team(self.team) as team:
            for letter in range(LETTERS_A_ROUND):
                key, to = f"letter:{number}:{letter}", self.lot.choice(self.people + rooms)
                self.ledger.written.append(key)
                await outbox.put(team, [Post(key, to, f"{key} for {to}", lane=self.lot.choice(list(Lane)))], now)
            for key in self.lot.sample(self.ledger.written, LETTERS_A_ROUND // 4):
                await outbox.put(team, [Redraw(key, f"{key} redrawn in round {number}")], now)
            await self._arm(team, now)

    async def _arm(self, team: Any, now: datetime) -> None:
        rows = {row.subject: row for row in await team.all(team.select(Occasion).where(Occasion.duty == REMINDER))}
        for one in self.people[:CONTRACTORS]:
            armed = self.ledger.armed.get(one)
            if armed is not None and one in rows and rows[one].day == armed:
                continue
            if armed is not None:
                self.ledger.past.append((one, armed))
            day = armed + timedelta(days=1) if armed else FIRST_DAY
            self.ledger.armed[one] = day
            due_at = now + timedelta(seconds=self.lot.uniform(0, 1.5))
            await timetable.put(team, REMINDER, {one: When(due_at, day)})

    async def letters(self) -> list[Letter]:
        """Fetch every letter there is."""
        async with self.store.reading() as session:
            return list((await session.exec(select(Letter).order_by(col(Letter.seq)))).all())

    async def until_all_is_said(self) -> list[Letter]:
        """Wait until every letter has come to an end and every duty that is due has run, or patience has."""
        deadline = stopwatch.monotonic() + PATIENCE
        while stopwatch.monotonic() < deadline:
            self.chaos.news.clear()
            if not await self._waiting():
                break
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.chaos.news.wait(), 1)
        return await self.letters()

    async def _waiting(self) -> int:
        """Count the letters that are on their way and the duties that have not run."""
        duties = (Occasion.duty == REMINDER, col(Occasion.day) < datetime.now(UTC).date())
        flying = select(func.count(col(Letter.seq))).where(col(Letter.state).not_in(OVER))
        due = select(func.count(col(Occasion.id))).where(*duties)
        async with self.store.reading() as session:
            return (await session.exec(flying)).one() + (await session.exec(due)).one()

    async def end(self) -> None:
        """Close the workspace and the store."""
        await self.box.stop()
        await self.store.close()

    def posted(self) -> dict[str, list[str]]:
        """Give the texts of all messages that carry a letter's id, by that id."""
        found: dict[str, list[str]] = {}
        for room in self.box.workspace.channels.values():
            for message in room.messages.values():
                if message.metadata:
                    found.setdefault(message.metadata["event_payload"]["letter"], []).append(message.text)
        return found
