"""What the clock brings: on time, late, too late, failing, unknown, and under other zone data; and the beat itself."""

import asyncio
import time as stopwatch
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta

import pytest
import tzdata

from bot.scheduler import STALE, Metronome, Scheduler
from handlers.contract import Desk, Due, Duty, Letters
from playbook.days import instant
from storage import outbox, timetable
from storage.outbox import Post, State
from storage.timetable import SECOND_TRY, When
from tests.bot.hall import DAY, DUTY, HOUR, NOW, OTHER, SECOND, TEAM, Hall


def subjects(given: Sequence[Due]) -> list[str]:
    return sorted(one.subject for one in given)


async def test_a_duty_is_given_everybody_of_a_team_at_once_and_is_due_again(hall: Hall) -> None:
    await hall.put("U1", "U2", "U3")
    await hall.put("U1", team_id=OTHER)
    assert await hall.scheduler().tick() == 4
    assert sorted(subjects(given) for given in hall.given) == [["U1"], ["U1", "U2", "U3"]]
    assert {row.due_at for row in (await hall.rows()).values()} == {NOW + DAY}
    assert len(await hall.letters()) == 3
    assert hall.woken > 0
    assert await hall.scheduler().tick() == 0


async def test_however_many_are_due_each_is_run_once(hall: Hall) -> None:
    await hall.put(*(f"U{number}" for number in range(350)))
    assert await hall.scheduler().tick() == 350
    assert sorted(one.subject for given in hall.given for one in given) == sorted(f"U{number}" for number in range(350))
    assert len(await hall.letters()) == 350


async def test_two_ticks_at_once_run_nothing_twice(hall: Hall) -> None:
    await hall.put(*(f"U{number}" for number in range(50)))
    first, second = hall.scheduler(), hall.scheduler()
    ran = await asyncio.gather(first.tick(), first.tick(), second.tick())
    assert sum(ran) == 50
    assert sum(map(len, hall.given)) == 50


@pytest.mark.parametrize(
    ("late", "runs"), [(0 * HOUR, True), (3 * HOUR, True), (3 * HOUR + SECOND, False), (DAY, False)]
)
async def test_what_comes_too_late_is_recorded_and_not_run(hall: Hall, late: timedelta, *, runs: bool) -> None:
    await hall.put("U1", when=When(NOW - late))
    await hall.scheduler().tick()
    assert bool(hall.given) == runs
    (letter,) = (await hall.letters()).values()
    assert (letter.state, letter.error) == ((State.HELD, "") if runs else (State.EXPIRED, "missed"))
    assert (await hall.rows())["U1"].due_at == NOW + DAY


async def test_what_is_in_time_is_run_beside_what_is_not(hall: Hall) -> None:
    await hall.put("late", when=When(NOW - DAY))
    await hall.put("timely")
    await hall.scheduler().tick()
    assert [subjects(given) for given in hall.given] == [["timely"]]
    assert sorted(one.state for one in (await hall.letters()).values()) == [State.EXPIRED, State.PENDING]


async def test_a_duty_that_happens_once_is_gone_afterwards(hall: Hall) -> None:
    hall.again = False
    await hall.put("U1", when=When(NOW))
    await hall.put("U2", when=When(NOW - DAY))
    await hall.scheduler().tick()
    assert await hall.rows() == {}
    assert len(await hall.letters()) == 2


async def test_a_duty_that_comes_once_on_a_path_is_not_planned_again_although_it_knows_when_it_is(hall: Hall) -> None:
    hall.once = True
    await hall.put("U1", when=When(NOW))
    assert await hall.scheduler().tick() == 1
    assert await hall.rows() == {}
    assert len(await hall.letters()) == 1


async def test_one_subject_that_fails_spoils_no_other_and_leaves_nothing_half_done(hall: Hall) -> None:
    hall.fails_for = {"bad"}
    await hall.put("good", "bad", "fine")
    await hall.scheduler().tick()
    rows = await hall.rows()
    assert {name: row.due_at for name, row in rows.items()} == {
        "good": NOW + DAY,
        "fine": NOW + DAY,
        "bad": NOW + SECOND_TRY,
    }
    assert (rows["bad"].error, rows["bad"].attempts) == ("KeyError", 1)
    assert {one.to for one in (await hall.letters()).values()} == {"good", "fine"}
    assert await hall.facts() == {"half:good", "half:fine"}


async def test_what_failed_is_run_for_the_same_period_once_it_works(hall: Hall) -> None:
    day, at, zone = date(2026, 11, 23), time(9), "America/Sao_Paulo"
    hall.fails_for = {"U1"}
    await hall.put("U1", when=When(NOW, day, at, zone))
    for _ in range(4):
        await hall.scheduler().tick()
        await hall.clock.move_to((await hall.rows())["U1"].due_at)
    hall.fails_for = set()
    await hall.scheduler().tick()
    assert {(one.due_at, one.day) for given in hall.given for one in given} == {(NOW, day)}
    assert list(await hall.letters()) == [f"{DUTY}:U1:{day}"]


async def test_what_failed_too_long_is_too_late_like_anything_else(hall: Hall) -> None:
    hall.fails_for = {"U1"}
    await hall.put("U1", when=When(NOW, date(2026, 11, 23), time(9), "America/Sao_Paulo"))
    while (row := (await hall.rows())["U1"]).due_at <= NOW + 3 * HOUR:
        await hall.clock.move_to(row.due_at)
        await hall.scheduler().tick()
    hall.fails_for = set()
    await hall.clock.move_to(row.due_at)
    await hall.scheduler().tick()
    (letter,) = (await hall.letters()).values()
    assert (letter.state, letter.error) == (State.EXPIRED, "missed")


async def test_a_duty_nobody_does_any_more_holds_up_no_other(hall: Hall) -> None:
    await hall.put("U1", duty="long.gone")
    await hall.put("U1")
    assert await hall.scheduler().tick() == 2
    assert [subjects(given) for given in hall.given] == [["U1"]]
    assert await hall.scheduler().tick() == 0


async def test_what_is_made_due_by_a_duty_is_run_in_the_same_tick(hall: Hall) -> None:
    async def chain(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
        await timetable.soon(desk.team, desk.now, *((DUTY, one.subject) for one in due))
        return []

    await hall.put("U1", duty="test.chain")
    assert await hall.scheduler(Duty("test.chain", chain)).tick() == 2
    assert [subjects(given) for given in hall.given] == [["U1"]]


async def test_other_zone_data_move_what_was_wished_in_local_time(hall: Hall) -> None:
    """As after an update: the rows say what they say because of the old data."""
    day, at, zone = date(2026, 12, 1), time(9), "America/Vancouver"
    meant = instant(day, at, zone)
    assert meant is not None
    await hall.put("wrong", when=When(meant + HOUR, day, at, zone))
    await hall.put("right", when=When(meant, day, at, zone))
    await hall.put("utc", when=When(NOW + DAY))
    scheduler = hall.scheduler()
    await scheduler.follow_zone_data("2025b")
    assert (await hall.rows())["wrong"].due_at == meant + HOUR
    await scheduler.follow_zone_data("2025b")
    assert (await hall.rows())["wrong"].due_at == meant + HOUR
    await scheduler.follow_zone_data(tzdata.IANA_VERSION)
    rows = await hall.rows()
    assert {name: row.due_at for name, row in rows.items()} == {"wrong": meant, "right": meant, "utc": NOW + DAY}
    assert (rows["wrong"].day, rows["wrong"].at, rows["wrong"].zone) == (day, at, zone)


async def test_zone_data_reach_every_row_however_many(hall: Hall) -> None:
    day, at, zone = date(2026, 12, 1), time(9), "America/Vancouver"
    await hall.put(*(f"U{number}" for number in range(250)), when=When(NOW + DAY, day, at, zone))
    scheduler = hall.scheduler()
    await scheduler.follow_zone_data("old")
    await scheduler.follow_zone_data("new")
    assert {row.due_at for row in (await hall.rows()).values()} == {instant(day, at, zone)}


async def test_housekeeping_drops_nothing_that_is_needed(hall: Hall) -> None:
    await hall.put("U1")
    async with hall.database.team(TEAM) as team:
        await outbox.put(team, [Post("one", "U1", "x")], NOW)
    await hall.clock.move_to(NOW + 30 * DAY)
    await hall.scheduler().housekeeping()
    assert list(await hall.letters()) == ["one"]
    assert list(await hall.rows()) == ["U1"]


# The beat -------------------------------------------------------------------------------------------


@dataclass
class Beats:
    """Something that counts how often it was called, and can be waited for."""

    news: asyncio.Event = field(default_factory=asyncio.Event)
    count: int = 0

    async def __call__(self) -> None:
        self.count += 1
        self.news.set()


async def ticking(hall: Hall, seconds: float) -> tuple[Metronome, Beats, Scheduler]:
    beats, scheduler = Beats(), hall.scheduler()
    job: Callable[[], object] = beats.__call__
    return Metronome([(job, seconds)], scheduler), beats, scheduler


async def test_the_beat_goes_on_after_a_job_that_fails(hall: Hall) -> None:
    calls = Beats()

    async def fails() -> None:
        await calls()
        raise ZeroDivisionError

    metronome = Metronome([(fails, 0.02)], hall.scheduler())
    while calls.count < 3:
        calls.news.clear()
        await asyncio.wait_for(calls.news.wait(), 10)
    metronome.stop()


async def test_a_lost_tick_is_noticed_and_the_beat_begun_anew(hall: Hall) -> None:
    metronome, beats, scheduler = await ticking(hall, 0.02)
    await asyncio.wait_for(beats.news.wait(), 10)
    metronome.stop()
    beats.news.clear()
    metronome.look()
    assert not beats.news.is_set()
    scheduler.last_tick = stopwatch.monotonic() - STALE - 1
    metronome.look()
    await asyncio.wait_for(beats.news.wait(), 10)
    assert stopwatch.monotonic() - scheduler.last_tick < STALE
    metronome.stop()


async def test_a_tick_keeps_the_watchdog_quiet(hall: Hall) -> None:
    metronome, _, scheduler = await ticking(hall, 3600)
    scheduler.last_tick = stopwatch.monotonic() - STALE - 1
    beat = metronome._beat
    await scheduler.tick()
    metronome.look()
    assert metronome._beat is beat
    metronome.stop()
    metronome.stop()
