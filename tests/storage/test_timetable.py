"""What is due when: found by its instant however many wait, taken once, put off when it fails."""

import asyncio
import itertools
from collections.abc import Mapping, Sequence
from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from storage import timetable
from storage.database import Database
from storage.tables import Occasion
from storage.timetable import LAST_TRY, SECOND_TRY, When
from tests.storage.samples import MINUTE, NOW, OTHER, SECOND, TEAM, plan

DAILY = "digest.daily"
FUTURE = NOW + timedelta(days=400)


async def put(database: Database, whens: Mapping[str, When], duty: str = DAILY, team_id: str = TEAM) -> None:
    async with database.team(team_id) as team:
        await timetable.put(team, duty, whens)


async def take(database: Database, limit: int = 100, now: Any = NOW) -> Sequence[Occasion]:
    async with database.writing() as session:
        return await timetable.take_due(session, now, limit)


async def due(database: Database, subject: str) -> Mapping[str, Occasion]:
    async with database.team_reading(TEAM) as team:
        return {row.duty: row for row in await timetable.of(team, subject)}


@pytest.mark.parametrize(("late", "comes"), [(-SECOND, False), (0 * SECOND, True), (SECOND, True)])
async def test_it_comes_at_its_instant_and_not_before(database: Database, late: timedelta, *, comes: bool) -> None:
    await put(database, {"ana": When(NOW)})
    assert bool(await take(database, now=NOW + late)) == comes


async def test_oldest_first_and_each_once(database: Database) -> None:
    await put(database, {f"u{number}": When(NOW - number * MINUTE) for number in range(7)})
    await put(database, {"u0": When(NOW - 10 * MINUTE)}, team_id=OTHER)
    batches = [[row.subject for row in await take(database, limit=3)] for _ in range(4)]
    assert batches == [["u0", "u6", "u5"], ["u4", "u3", "u2"], ["u1", "u0"], []]


async def test_two_who_take_at_once_never_take_the_same(database: Database) -> None:
    await put(database, {f"u{number:03}": When(NOW) for number in range(120)})
    taken: list[str] = []

    async def taker() -> None:
        while rows := await take(database, limit=7):
            taken.extend(row.subject for row in rows)

    await asyncio.gather(*(taker() for _ in range(6)))
    assert sorted(taken) == [f"u{number:03}" for number in range(120)]


async def test_what_was_taken_is_back_when_the_transaction_fails(database: Database) -> None:
    await put(database, {"ana": When(NOW)})

    async def fail() -> None:
        async with database.writing() as session:
            assert await timetable.take_due(session, NOW, 10)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert [row.subject for row in await take(database)] == ["ana"]


async def test_a_new_wish_takes_the_place_of_the_old(database: Database) -> None:
    wish = When(FUTURE, date(2027, 12, 28), time(9), "Europe/Lisbon")
    await put(database, {"ana": When(NOW)})
    await put(database, {"ana": wish})
    assert await take(database) == []
    row = (await due(database, "ana"))[DAILY]
    assert (row.due_at, row.day, row.at, row.zone) == (FUTURE, wish.day, wish.at, wish.zone)


async def test_soon_is_now_once_for_each_and_nothing_for_nobody(database: Database) -> None:
    await put(database, {"ana": When(FUTURE)})
    async with database.team(TEAM) as team:
        await timetable.soon(team, NOW, (DAILY, "ana"), (DAILY, "ana"), ("home.redraw", "ana"), (DAILY, ""))
        await timetable.soon(team, NOW)
    assert sorted((row.duty, row.subject) for row in await take(database)) == [(DAILY, "ana"), ("home.redraw", "ana")]


async def test_dropping_forgets_some_or_all_of_one_subject(database: Database) -> None:
    for duty in ("a", "b", "c"):
        await put(database, {"ana": When(NOW), "jun": When(NOW)}, duty)
    await put(database, {"ana": When(NOW)}, "a", OTHER)
    async with database.team(TEAM) as team:
        await timetable.drop(team, "ana", ["a", "b"])
    assert set(await due(database, "ana")) == {"c"}
    async with database.team(TEAM) as team:
        await timetable.drop(team, "ana")
    assert set(await due(database, "ana")) == set()
    assert set(await due(database, "jun")) == {"a", "b", "c"}
    assert len(await take(database)) == 4


async def test_what_fails_is_put_off_longer_each_time_up_to_six_hours(database: Database) -> None:
    wish = When(NOW, date(2026, 11, 23), time(9), "America/Sao_Paulo")
    await put(database, {"ana": wish})
    now, waits = NOW, []
    for number in range(12):
        (row,) = await take(database, now=now)
        assert (row.attempts, row.day, row.at, row.zone) == (number, wish.day, wish.at, wish.zone)
        async with database.team(TEAM) as team:
            await timetable.put_off(team, row, "KeyError", now)
        again = (await due(database, "ana"))[DAILY]
        assert again.error == "KeyError"
        waits.append(again.due_at - now)
        now = again.due_at
    assert waits[0] == SECOND_TRY
    assert waits[-1] == LAST_TRY
    assert all(later == min(2 * earlier, LAST_TRY) for earlier, later in itertools.pairwise(waits))
    await put(database, {"ana": wish})
    assert (await due(database, "ana"))[DAILY].attempts == 0


async def test_next_at_is_the_earliest(database: Database) -> None:
    async with database.reading() as session:
        assert (await session.exec(timetable.NEXT_AT)).one() is None
    await put(database, {"ana": When(FUTURE), "jun": When(FUTURE - MINUTE)})
    async with database.reading() as session:
        assert (await session.exec(timetable.NEXT_AT)).one() == FUTURE - MINUTE


async def test_wishes_in_local_time_are_found_page_by_page(database: Database) -> None:
    await put(database, {f"u{number}": When(NOW, NOW.date(), time(9), "Europe/Berlin") for number in range(5)})
    await put(database, {"utc": When(NOW)}, "other")
    found: list[str] = []
    async with database.reading() as session:
        after = ""
        while rows := await timetable.zoned(session, after, 2):
            found += [row.subject for row in rows]
            after = rows[-1].id
    assert sorted(found) == [f"u{number}" for number in range(5)]


async def statements(database: Database) -> int:
    """Count what one tick with ten due rows asks of the store."""
    await put(database, {f"due{number}": When(NOW) for number in range(10)})
    counted = itertools.count()
    listener = lambda *_: next(counted)  # noqa: E731 - SQLAlchemy wants something to call
    event.listen(database._write.sync_engine, "before_cursor_execute", listener)
    assert len(await take(database)) == 10
    event.remove(database._write.sync_engine, "before_cursor_execute", listener)
    return next(counted)


async def steps(database: Database) -> str:
    """Ask for the plan of the very query that `take_due` sends."""
    asked: list[Any] = []
    async with database.writing() as session:
        filled_in = lambda state: asked.append(state.statement.params(state.parameters or {}))  # noqa: E731
        event.listen(session.sync_session, "do_orm_execute", filled_in)
        await timetable.take_due(session, NOW, 100)
        if not database.is_sqlite:
            await (await session.connection()).exec_driver_sql("ANALYZE occasion")
        return await plan(session, asked[0])


async def test_a_tick_costs_the_same_however_many_wait(database: Database) -> None:
    """Compared by plan and by count, since times on a shared machine prove nothing."""
    await put(database, {f"w{number}": When(FUTURE) for number in range(100)})
    few, plan_of_few = await statements(database), await steps(database)
    await put(database, {f"w{number}": When(FUTURE) for number in range(20_000)})
    many, plan_of_many = await statements(database), await steps(database)
    assert many == few
    assert "ix_occasion_due_at" in plan_of_many
    assert "Seq Scan" not in plan_of_many
    assert "TEMP B-TREE" not in plan_of_many
    if database.is_sqlite:
        assert plan_of_many == plan_of_few
