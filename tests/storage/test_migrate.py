"""Migrations and copies: whole or not at all, the same tables as in the code, and nothing lost on the way."""

import asyncio
import contextlib
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import SQLModel

from storage import migrate
from storage.backup import CannotBackUp, backup
from storage.database import Database
from storage.migrate import FromTheFuture
from storage.tables import Contractor, Fact
from tests.storage.samples import TABLES, TEAM

ROOT = Path(__file__).parent.parent.parent
WRITES = 60
NEVER = 10**6


async def within(url: str, look: Any) -> Any:
    """Look at a store through a plain connection."""
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        found = await connection.run_sync(look)
    await engine.dispose()
    return found


def differences(connection: Connection) -> list[Any]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, SQLModel.metadata))


def tables(connection: Connection) -> set[str]:
    return set(MigrationContext.configure(connection).dialect.get_table_names(connection))


async def test_from_nothing_to_head_is_what_the_code_says(empty_url: str) -> None:
    assert await migrate.behind(empty_url)
    assert await migrate.upgrade(empty_url)
    assert await within(empty_url, differences) == []
    assert await within(empty_url, tables) == {table.__tablename__ for table in TABLES} | {"alembic_version"}
    assert await migrate.version(empty_url) == migrate.versions()[-1]
    assert not await migrate.behind(empty_url)


async def test_a_second_time_does_nothing_and_loses_nothing(empty_url: str) -> None:
    await migrate.upgrade(empty_url)
    database = Database(empty_url)
    async with database.team(TEAM) as team:
        await team.insert(Fact, name="a", value="b")
    assert not await migrate.upgrade(empty_url)
    async with database.team_reading(TEAM) as team:
        assert await team.get(Fact, name="a") is not None
    await database.close()


def to(connection: Connection, url: str, revision: str) -> None:
    """Bring a store to a migration, as the release that ended with it did."""
    config = migrate._config(url)
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


async def test_what_an_earlier_release_kept_is_kept(empty_url: str) -> None:
    if make_url(empty_url).get_backend_name() == "sqlite":
        migrate._make_file(empty_url)
    await within(empty_url, lambda plain: to(plain, empty_url, "0001"))
    row = "'T1','U1','UB','Designer','acme','','2026-11-02',1800,'0,1,2,3,4','09:00:00','17:30:00','','','','','','2026-11-02 09:00:00','UO'"
    names = (
        "team_id, user_id, manager_id, role, project, project_channel, start_date, weekly_minutes, weekdays, day_start, "
        "day_end, owner_id, lead_id, operations_id, buddy_id, escalation_id, added_at, added_by"
    )
    await within(empty_url, lambda plain: plain.execute(text(f"INSERT INTO contractor ({names}) VALUES ({row})")))
    assert await migrate.upgrade(empty_url)
    database = Database(empty_url)
    async with database.team_reading("T1") as team:
        kept = await team.get(Contractor, user_id="U1")
    await database.close()
    assert kept is not None
    assert (kept.role, kept.bottleneck, kept.country, kept.paused_at) == ("Designer", "", "", None)


async def test_several_at_once_do_it_once(empty_url: str) -> None:
    processes = [asyncio.to_thread(upgrade_and_die, empty_url, NEVER) for _ in range(3)]
    assert [one.returncode for one in await asyncio.gather(*processes)] == [0, 0, 0]
    assert await within(empty_url, differences) == []


async def test_a_store_from_the_future_is_refused_and_left_alone(empty_url: str) -> None:
    await migrate.upgrade(empty_url)
    await within(empty_url, lambda plain: plain.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    with pytest.raises(FromTheFuture, match="9999"):
        await migrate.upgrade(empty_url)
    assert await migrate.version(empty_url) == "9999"


async def test_looking_at_a_store_that_is_not_there_does_not_make_one(tmp_path: Path) -> None:
    file = tmp_path / "nowhere" / "x.db"
    assert await migrate.version(f"sqlite+aiosqlite:///{file}") is None
    assert await migrate.behind(f"sqlite+aiosqlite:///{file}")
    assert not file.parent.exists()


def test_migrations_are_numbered_without_gaps() -> None:
    assert migrate.versions() == [f"{number + 1:04}" for number in range(len(migrate.versions()))]


def objects(file: Path) -> int:
    if not file.exists():
        return 0
    with contextlib.closing(sqlite3.connect(file)) as connection:
        (count,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return int(count)


DIES = """
import asyncio, os, signal, sqlite3, sys
from sqlalchemy import event
from sqlalchemy.engine import Engine
left = [int(sys.argv[2])]
@event.listens_for(Engine, "before_cursor_execute")
def count(*_):
    left[0] -= 1
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
from storage import migrate
asyncio.run(migrate.upgrade(sys.argv[1]))
print("done", left[0], flush=True)
"""


def upgrade_and_die(url: str, at: int) -> subprocess.CompletedProcess[bytes]:
    """Migrate in a process of its own that is killed at its n-th statement."""
    return subprocess.run(
        [sys.executable, "-c", DIES, url, str(at)], cwd=ROOT, capture_output=True, timeout=60, check=False
    )


async def test_killed_in_the_middle_it_leaves_nothing(tmp_path: Path) -> None:
    """At the first, a middle and the last statement; then the same file can still be brought to head."""
    whole = await asyncio.to_thread(upgrade_and_die, f"sqlite+aiosqlite:///{tmp_path / 'whole.db'}", NEVER)
    statements = NEVER - int(whole.stdout.split()[-1])
    assert statements > len(TABLES)
    for at in (1, statements // 2, statements - 1):
        file = tmp_path / f"killed{at}.db"
        url = f"sqlite+aiosqlite:///{file}"
        assert (await asyncio.to_thread(upgrade_and_die, url, at)).returncode == -9
        assert objects(file) == 0, f"killed at statement {at} of {statements}"
        await migrate.upgrade(url)
        assert await within(url, differences) == []


# Copies ---------------------------------------------------------------------------------------------


async def fill(database: Database, names: range) -> None:
    """Write facts in pairs: a copy that has one without the other was torn."""
    for number in names:
        async with database.team(TEAM) as team:
            await team.insert(Fact, name=f"left {number}", value="x" * 500)
            await team.insert(Fact, name=f"right {number}", value="x" * 500)


def facts(file: Path) -> set[str]:
    with contextlib.closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return {name for (name,) in connection.execute("SELECT name FROM fact")}


async def test_a_copy_made_while_others_write_is_whole(sqlite_url: str, tmp_path: Path) -> None:
    database = Database(sqlite_url)
    await fill(database, range(WRITES))
    copy, sizes = tmp_path / "copy.db", []
    writing = asyncio.ensure_future(fill(database, range(WRITES, 4 * WRITES)))
    while not writing.done():
        before = await database_facts(database)
        await backup(sqlite_url, copy)
        found = facts(copy)
        assert before <= found
        assert {name.replace("left", "right") for name in found if "left" in name} <= found
        sizes.append(len(found))
    await writing
    await database.close()
    assert sizes == sorted(sizes)
    assert sizes[-1] > 2 * WRITES
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert copies(tmp_path) == ["copy.db"]
    assert not await migrate.behind(f"sqlite+aiosqlite:///{copy}")


def copies(folder: Path) -> list[str]:
    return [one.name for one in folder.glob("copy*")]


def damage(file: Path) -> None:
    """Overwrite everything but the first and the last page."""
    whole = bytearray(file.read_bytes())
    whole[4096:-4096] = b"Z" * (len(whole) - 8192)
    file.write_bytes(whole)


async def database_facts(database: Database) -> set[str]:
    async with database.team_reading(TEAM) as team:
        return {row.name for row in await team.all(team.select(Fact))}


async def test_a_good_copy_is_never_replaced_by_a_bad_one(sqlite_url: str, tmp_path: Path) -> None:
    database = Database(sqlite_url)
    await fill(database, range(WRITES))
    await database.close()
    copy = tmp_path / "copy.db"
    await backup(sqlite_url, copy)
    good = facts(copy)
    damage(Path(make_url(sqlite_url).database or ""))
    with pytest.raises(CannotBackUp):
        await backup(sqlite_url, copy)
    assert facts(copy) == good
    assert len(good) == 2 * WRITES
    assert copies(tmp_path) == ["copy.db"]


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("postgresql+asyncpg://bot:secret@host/name", "pg_dump"),
        ("sqlite+aiosqlite:////nowhere/at/all.db", "no database"),
    ],
)
async def test_what_cannot_be_copied_is_told_in_words_without_secrets(url: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(CannotBackUp, match=says) as refusal:
        await backup(url, tmp_path / "copy.db")
    assert "secret" not in str(refusal.value)
    assert copies(tmp_path) == []


async def test_a_place_that_cannot_be_written_to_is_told_in_words(sqlite_url: str, tmp_path: Path) -> None:
    with pytest.raises(CannotBackUp, match="could not be written"):
        await backup(sqlite_url, tmp_path / "no such folder" / "copy.db")
