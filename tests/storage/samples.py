"""What the tests of the store are written with: instants, letters, and queries by hand."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import JSON, Boolean, Date, Integer, Time
from sqlalchemy.sql.type_api import TypeEngine
from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.sqltypes import UTCDateTime

import storage.growth_tables
import storage.outward_tables
import storage.path_tables
import storage.rhythm_tables
import storage.trust_tables  # noqa: F401 - their tables are part of the store as well
from storage import outbox, queue
from storage.database import Database
from storage.outbox import Cancel, Home, Post, Redraw
from storage.tables import Letter

TEAM = "T0TEST00000"
OTHER = "T0OTHER0000"
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
LEASE = timedelta(seconds=30)
TABLES: Sequence[Any] = sorted(
    (mapper.class_ for mapper in SQLModel._sa_registry.mappers), key=lambda table: str(table.__name__)
)


async def put(
    database: Database, *posts: Post | Redraw | Home | Cancel, team_id: str = TEAM, at: datetime = NOW, by: str = ""
) -> None:
    """Write letters, and commit."""
    async with database.team(team_id) as team:
        await outbox.put(team, posts, at, by)


async def claim(
    database: Database, owner: str = "me", now: datetime = NOW, limit: int = 100, paused: Sequence[str] = ()
) -> Sequence[Letter]:
    """Claim letters, and commit."""
    async with database.writing() as session:
        return await queue.claim(session, owner, now, LEASE, limit, paused)


async def letter(database: Database, key: str, team_id: str = TEAM) -> Letter:
    """Fetch a letter as it is on disk."""
    async with database.team_reading(team_id) as team:
        found = await outbox.find(team, key)
    assert found is not None, key
    return found


async def states(database: Database) -> Mapping[str, str]:
    """Give the state of every letter by key."""
    async with database.reading() as session:
        rows = (await session.exec(select(Letter).order_by(col(Letter.seq)))).all()
    return {row.key: row.state for row in rows}


async def plan(session: AsyncSession, query: Any) -> str:
    """Ask the engine how it would run a query."""
    bind = session.get_bind()
    sql = str(query.compile(dialect=bind.dialect, compile_kwargs={"literal_binds": True}))
    word = "EXPLAIN QUERY PLAN" if bind.dialect.name == "sqlite" else "EXPLAIN"
    rows = await (await session.connection()).exec_driver_sql(f"{word} {sql}")
    return "\n".join(str(row[-1]) for row in rows.all())


def samples(table: Any) -> dict[str, Any]:
    """Make a row that fits a table, without its team."""
    return {name: _sample(column.type, name) for name, column in table.__table__.c.items() if name != "team_id"}


def _sample(kind: TypeEngine[Any], name: str) -> object:
    """Make a value that fits a column."""
    if isinstance(kind, Boolean):
        return False
    if isinstance(kind, Integer):
        return 1
    if isinstance(kind, Date):
        return date(2026, 11, 23)
    if isinstance(kind, Time):
        return time(9)
    if isinstance(kind, UTCDateTime):
        return NOW
    return {} if isinstance(kind, JSON) else f"{name}-1"
