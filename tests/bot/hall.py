"""A hall with a scheduler and one duty of our own, which notes what it was given; time stands still."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.listener import Workshop
from bot.scheduler import Scheduler
from handlers.contract import Desk, Due, Duty, Letters
from playbook import load as playbook
from sandbox.clock import MovableClock
from storage import timetable
from storage.database import Database
from storage.outbox import Post
from storage.tables import Fact, Letter, Occasion
from storage.timetable import When

TEAM, OTHER = "T0TEST00000", "T0OTHER0000"
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
DUTY = "test.duty"


@dataclass
class Hall:
    """A scheduler with one duty of our own, which notes what it was given and fails for whom it is told to."""

    database: Database
    clock: MovableClock = field(default_factory=lambda: MovableClock(NOW, frozen=True))
    given: list[list[Due]] = field(default_factory=list)
    fails_for: set[str] = field(default_factory=set)
    woken: int = 0
    catch_up: timedelta = 3 * HOUR
    again: bool = True
    once: bool = False

    def scheduler(self, *more: Duty) -> Scheduler:
        """Build it."""
        daily = Duty(DUTY, self.run, self.next if self.again else None, self.catch_up, once=self.once)
        duties = (daily, *more)
        workshop = Workshop(self.database, playbook.load(), self.clock, frozenset(), duties)
        return Scheduler(duties, self.database, workshop, self.clock, self.wake)

    def wake(self) -> None:
        self.woken += 1

    async def run(self, desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
        """Write a letter for each; what a subject that fails had written is to be gone."""
        self.given.append(list(due))
        for one in due:
            await desk.team.put(Fact, {"name": f"half:{one.subject}"}, value="done")
            if one.subject in self.fails_for:
                raise KeyError(one.subject)
        return [Post(f"{DUTY}:{one.subject}:{one.day or one.due_at}", one.subject, "x") for one in due]

    async def next(self, desk: Desk, subjects: Sequence[str]) -> Mapping[str, When]:
        """The same hour of the next day."""
        return {one: When(desk.now + DAY) for one in subjects}

    async def put(self, *subjects: str, when: When | None = None, duty: str = DUTY, team_id: str = TEAM) -> None:
        async with self.database.team(team_id) as team:
            await timetable.put(team, duty, dict.fromkeys(subjects, when or When(self.clock.now())))

    async def rows(self) -> Mapping[str, Occasion]:
        async with self.database.team_reading(TEAM) as team:
            return {row.subject: row for row in await team.all(team.select(Occasion))}

    async def letters(self) -> Mapping[str, Letter]:
        async with self.database.team_reading(TEAM) as team:
            return {row.key: row for row in await team.all(team.select(Letter))}

    async def facts(self) -> set[str]:
        async with self.database.team_reading(TEAM) as team:
            return {row.name for row in await team.all(team.select(Fact))}
