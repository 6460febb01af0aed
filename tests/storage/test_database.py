"""The store itself: nothing is lost, readers only read, and no team sees another's rows."""

import asyncio
import stat
from pathlib import Path

import pytest
from sqlalchemy import func
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import SQLModel, col, select

from storage import migrate
from storage.database import Database, Team
from storage.tables import Blocker, BlockerNote, Contractor, Counter, Fact, Letter
from tests.storage.samples import NOW, OTHER, TABLES, TEAM, samples

WRITERS = 50
ROUNDS = 4


async def raise_by_hand(database: Database) -> None:
    """Read a number, let others run, and write it back raised by one."""
    async with database.team(TEAM) as team:
        row = await team.lock(Counter, name="hand")
        assert row is not None
        await asyncio.sleep(0)
        row.value += 1


async def test_many_writers_lose_nothing(database: Database) -> None:
    async with database.team(TEAM) as team:
        team.add(Counter(team_id=TEAM, name="hand", value=0))
    await asyncio.gather(*(raise_by_hand(database) for _ in range(WRITERS * ROUNDS)))
    async with database.team_reading(TEAM) as team:
        row = await team.get(Counter, name="hand")
    assert row is not None
    assert row.value == WRITERS * ROUNDS


async def test_no_number_is_given_twice_or_left_out(database: Database) -> None:
    async def one(team_id: str) -> int:
        async with database.team(team_id) as team:
            return await team.next_number("blocker")

    numbers = await asyncio.gather(*(one(TEAM) for _ in range(WRITERS)), one(OTHER))
    assert sorted(numbers[:-1]) == list(range(1, WRITERS + 1))
    assert numbers[-1] == 1


async def test_a_transaction_that_fails_leaves_nothing(database: Database) -> None:
    async def fail(team: Team) -> None:
        await team.insert(Fact, name="half", value="done")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        async with database.team(TEAM) as team:
            await fail(team)
    async with database.team_reading(TEAM) as team:
        assert await team.get(Fact, name="half") is None


async def test_a_transaction_that_is_cancelled_leaves_nothing_and_gives_its_connection_back(database: Database) -> None:
    reached, never = asyncio.Event(), asyncio.Event()

    async def hang() -> None:
        async with database.team(TEAM) as team:
            await team.insert(Fact, name="half", value="done")
            reached.set()
            await never.wait()

    for _ in range(20):
        reached.clear()
        task = asyncio.ensure_future(hang())
        await reached.wait()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    async with database.team(TEAM) as team:
        assert await team.get(Fact, name="half") is None
        await team.insert(Fact, name="whole", value="done")


async def test_readers_cannot_write(database: Database) -> None:
    with pytest.raises(DBAPIError, match=r"(?i)read-?only"):
        async with database.team_reading(TEAM) as team:
            await team.insert(Fact, name="sneaked", value="in")
    async with database.team(TEAM) as team:
        assert await team.get(Fact, name="sneaked") is None
        await team.insert(Fact, name="let", value="in")


async def test_a_reader_keeps_seeing_what_it_began_with_and_holds_no_writer_up(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    async with database.team_reading(TEAM) as before:
        assert await before.get(Fact, name="new") is None
        async with database.team(TEAM) as team:
            await team.insert(Fact, name="new", value="row")
        assert await before.get(Fact, name="new") is None
    async with database.team_reading(TEAM) as after:
        assert await after.get(Fact, name="new") is not None
    await database.close()


@pytest.mark.postgres
async def test_a_locked_row_is_read_anew(postgres_url: str) -> None:
    """What was seen earlier in the transaction may be old by the time the lock is had (SQLite lets in one writer)."""
    database = Database(postgres_url)
    async with database.team(TEAM) as team:
        await team.insert(Fact, name="state", value="old")
    async with database.team(TEAM) as team:
        assert await team.get(Fact, name="state") is not None
        async with database.team(TEAM) as faster:
            await faster.change(faster.update(Fact).values(value="new"))
        locked = await team.lock(Fact, name="state")
    assert locked is not None
    assert locked.value == "new"
    await database.close()


async def test_no_team_touches_the_rows_of_another(database: Database) -> None:
    """Every table there is, with a row of another team in it."""
    rows = {table: samples(table) for table in TABLES}
    rows[BlockerNote] |= {"blocker_id": rows[Blocker]["id"]}
    async with database.team(OTHER) as other:
        for table in (Blocker, *(one for one in TABLES if one is not Blocker)):
            await other.insert(table, **rows[table])
    async with database.team(TEAM) as team:
        for table, values in rows.items():
            name = next(iter(values))
            assert await team.all(team.select(table)) == [], table
            assert await team.get(table, **{name: values[name]}) is None, table
            assert await team.lock(table, **{name: values[name]}) is None, table
            assert await team.change(team.update(table).values(**{name: values[name]})) == 0, table
            assert await team.change(team.delete(table)) == 0, table
    async with database.team_reading(OTHER) as other:
        for table, values in rows.items():
            theirs = await other.all(other.select(table))
            assert [{name: getattr(row, name) for name in values} for row in theirs] == [values], table


@pytest.mark.parametrize("table", TABLES, ids=lambda table: str(table.__name__))
def test_every_table_has_a_team_and_every_unique_key_begins_with_it(table: type[SQLModel]) -> None:
    made = table.__table__  # type: ignore[attr-defined]
    assert "team_id" in made.c
    uniques = [one for one in made.constraints if one.__class__.__name__ == "UniqueConstraint"]
    assert all(next(iter(one.columns)).name == "team_id" for one in uniques)
    key = [column.name for column in made.primary_key.columns]
    assert key[0] == "team_id" or key in (["id"], ["seq"])


async def test_add_stamps_the_team_whatever_the_row_says(database: Database) -> None:
    async with database.team(TEAM) as team:
        team.add(Fact(team_id=OTHER, name="mine", value="x"))
    async with database.team_reading(TEAM) as team:
        assert await team.get(Fact, name="mine") is not None


async def test_unique_keys_hold_and_insert_new_says_which_was_first(database: Database) -> None:
    async with database.team(TEAM) as team:
        assert await team.insert_new(Fact, name="one", value="first")
        assert not await team.insert_new(Fact, name="one", value="second")
        await team.put(Fact, {"name": "two"}, value="a")
        await team.put(Fact, {"name": "two"}, value="b")
    with pytest.raises(IntegrityError):
        async with database.team(TEAM) as team:
            await team.insert(Fact, name="one", value="third")
    async with database.team_reading(TEAM) as team:
        rows = await team.all(team.select(Fact).order_by(col(Fact.name)))
    assert [(row.name, row.value) for row in rows] == [("one", "first"), ("two", "b")]


async def test_many_who_claim_the_same_key_make_one_row(database: Database) -> None:
    async def one() -> bool:
        async with database.team(TEAM) as team:
            return await team.insert_new(Fact, name="only", value="one")

    assert sum(await asyncio.gather(*(one() for _ in range(WRITERS)))) == 1


async def test_foreign_keys_are_kept(database: Database) -> None:
    with pytest.raises(IntegrityError):
        async with database.team(TEAM) as team:
            await team.insert(BlockerNote, id="n", blocker_id="nobody", at=NOW, user_id="U1", verb="see", text="")


async def test_instants_come_back_in_utc_as_they_went(database: Database) -> None:
    async with database.team(TEAM) as team:
        await team.insert(Contractor, **samples(Contractor))
    async with database.team_reading(TEAM) as team:
        row = await team.get(Contractor)
    assert row is not None
    assert row.added_at == NOW
    assert row.added_at.utcoffset() == NOW.utcoffset()


async def test_a_sqlite_file_is_its_owners_alone(tmp_path: Path) -> None:
    file = tmp_path / "data" / "inner-circle.db"
    url = f"sqlite+aiosqlite:///{file}"
    await migrate.upgrade(url)
    database = Database(url)
    async with database.team(TEAM) as team:
        await team.insert(Fact, name="a", value="b")
        modes = {one.name: stat.S_IMODE(one.stat().st_mode) for one in [file.parent, *file.parent.iterdir()]}
    await database.close()
    assert {name: oct(mode) for name, mode in modes.items() if mode & 0o077} == {}
    assert len(modes) > 1


async def test_sqlite_keeps_what_it_acknowledged(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    async with database.writing() as session:
        connection = await session.connection()
        told = {
            name: (await connection.exec_driver_sql(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
        counted = (await session.exec(select(func.count(col(Letter.seq))))).one()
    await database.close()
    assert told == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    assert counted == 0
