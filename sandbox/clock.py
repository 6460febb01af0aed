"""The workspace's clock: real time plus an offset, or frozen; only this file of the sandbox looks at the wall clock."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Protocol

MOST_STEPS = 10_000


class Follower(Protocol):
    """Something scheduled that must happen at its own time when the clock is moved past it."""

    async def next_due(self) -> datetime | None:
        """Say when the next thing is due (aware UTC), or None when nothing is."""
        ...

    async def settle(self) -> None:
        """Do everything that is due by now, and come back when it is done."""
        ...


class MovableClock:
    """Time that can be moved forward; it runs on from where it is put, unless frozen."""

    def __init__(self, start: datetime | None = None, *, frozen: bool = False) -> None:
        base = _aware(start) if start else datetime.now(UTC)
        self.frozen = frozen
        self._still = base
        self._offset = base - datetime.now(UTC)
        self._followers: list[Follower] = []
        self._moving = asyncio.Lock()

    def now(self) -> datetime:
        """Tell the workspace's time, aware and in UTC."""
        return self._still if self.frozen else datetime.now(UTC) + self._offset

    def follow(self, follower: Follower) -> None:
        """Let a follower settle at every moment it has something due, whenever the clock is moved."""
        self._followers.append(follower)

    async def advance(self, by: timedelta) -> None:
        """Move forward by a duration; raises ValueError when it is negative."""
        await self.move_to(self.now() + by)

    async def move_to(self, target: datetime) -> None:
        """Move forward to an instant, stopping at everything due on the way; raises ValueError for the past."""
        target = _aware(target)
        async with self._moving:
            if target < self.now():
                raise ValueError("The clock only moves forward; choose a later time.")
            await self._settle()
            await self._walk(target)
            self._put(target)
            await self._settle()

    async def _walk(self, target: datetime) -> None:
        for _ in range(MOST_STEPS):
            due = await self._next_due(target)
            if due is None:
                return
            self._put(due)
            await self._settle()
        raise RuntimeError("Something is due again and again without end; the clock stopped on the way.")

    async def _next_due(self, target: datetime) -> datetime | None:
        found = [await follower.next_due() for follower in self._followers]
        now = self.now()
        ahead = [due for due in found if due is not None and now < due <= target]
        return min(ahead, default=None)

    async def _settle(self) -> None:
        for follower in self._followers:
            await follower.settle()

    def _put(self, moment: datetime) -> None:
        moment = max(moment, self.now())
        self._still = moment
        self._offset = moment - datetime.now(UTC)


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("Give the time with its zone, for example 2026-11-23T08:45:00+00:00.")
    return moment.astimezone(UTC)
