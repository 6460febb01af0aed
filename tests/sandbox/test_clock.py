"""The clock: it only moves forward, and stops at everything that is due on the way."""

from datetime import UTC, datetime, timedelta

import pytest

from sandbox.clock import MovableClock
from tests.sandbox.helpers import MONDAY


class Diary:
    """A follower with things to do at certain times; it writes down when it did them."""

    def __init__(self, clock: MovableClock, name: str, *hours: int) -> None:
        self.clock, self.name = clock, name
        self.due = [MONDAY + timedelta(hours=hour) for hour in hours]
        self.done: list[tuple[str, datetime, datetime]] = []

    async def next_due(self) -> datetime | None:
        return self.due[0] if self.due else None

    async def settle(self) -> None:
        while self.due and self.due[0] <= self.clock.now():
            self.done.append((self.name, self.due.pop(0), self.clock.now()))


async def test_everything_happens_at_its_time_and_in_order() -> None:
    clock = MovableClock(MONDAY, frozen=True)
    first, second = Diary(clock, "first", 1, 4), Diary(clock, "second", -1, 2, 4, 9)
    clock.follow(first)
    clock.follow(second)
    await clock.move_to(MONDAY + timedelta(hours=5))
    done = sorted(first.done + second.done, key=lambda entry: entry[2])

    assert [(name, (now - MONDAY) // timedelta(hours=1)) for name, _, now in done] == [
        ("second", 0),
        ("first", 1),
        ("second", 2),
        ("first", 4),
        ("second", 4),
    ]
    assert all(due == now for _, due, now in done[1:])
    assert clock.now() == MONDAY + timedelta(hours=5)


class Stuck:
    """A follower that never does what is due."""

    def __init__(self, clock: MovableClock, step: timedelta) -> None:
        self.clock, self.step = clock, step

    async def next_due(self) -> datetime | None:
        return self.clock.now() + self.step

    async def settle(self) -> None:
        return None


async def test_a_follower_that_makes_no_progress_does_not_hold_the_clock() -> None:
    clock = MovableClock(MONDAY, frozen=True)
    clock.follow(Stuck(clock, timedelta(0)))
    await clock.advance(timedelta(days=1))

    assert clock.now() == MONDAY + timedelta(days=1)


async def test_a_follower_without_end_is_an_error() -> None:
    clock = MovableClock(MONDAY, frozen=True)
    clock.follow(Stuck(clock, timedelta(microseconds=1)))
    with pytest.raises(RuntimeError, match="without end"):
        await clock.advance(timedelta(days=1))


async def test_time_does_not_go_back() -> None:
    clock = MovableClock(MONDAY, frozen=True)
    with pytest.raises(ValueError, match="forward"):
        await clock.move_to(MONDAY - timedelta(seconds=1))
    with pytest.raises(ValueError, match="zone"):
        await clock.move_to(datetime(2027, 1, 1))  # noqa: DTZ001 - the mistake that is tested


async def test_a_clock_that_is_not_frozen_runs_on() -> None:
    clock = MovableClock(MONDAY)
    before = clock.now()
    await clock.advance(timedelta(days=1))

    assert clock.now() > before + timedelta(days=1)
    assert clock.now().tzinfo is UTC
