"""Where the bot keeps things: two engines on SQLite, one on PostgreSQL; `Team` is the only door to the rows."""

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import cache
from typing import Any, TypeVar, cast

from sqlalchemy import CursorResult, Delete, Insert, Table, Update, bindparam, delete, insert, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker, create_async_engine
from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from storage.sqlite import Connection
from storage.tables import Counter
from storage.written import Watching

Row = TypeVar("Row", bound=SQLModel)
Sessions = async_sessionmaker[AsyncSession]
Values = Mapping[str, Any]

WRITER = (("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"), "BEGIN IMMEDIATE")
READER = (("synchronous=FULL", "foreign_keys=ON", "query_only=ON", "wal_autocheckpoint=0"), "BEGIN")
READERS = 8


def _sqlite_engine(url: str, *, write: bool) -> AsyncEngine:
    """One immediate write connection, or several that can only read."""
    file = make_url(url).database or ":memory:"
    return create_async_engine(
        url,
        hide_parameters=True,
        async_creator=lambda: Connection(file, *(WRITER if write else READER)),
        pool_size=1 if write else READERS,
        max_overflow=0,
        pool_timeout=30,
    )


def _postgres_engine(url: str) -> AsyncEngine:
    """One pool that notices when the server went away."""
    limits = {"statement_timeout": "30000", "lock_timeout": "10000"}
    return create_async_engine(
        url,
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=10,
        connect_args={"server_settings": {**limits, "idle_in_transaction_session_timeout": "60000"}},
    )


def _only_reading(engine: AsyncEngine) -> AsyncEngine:
    """Share a pool of PostgreSQL connections, for transactions that refuse to write."""
    return engine.execution_options(postgresql_readonly=True)


class Database:
    """The store behind the bot; `writing` and `reading` give one transaction each."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._write = _sqlite_engine(url, write=True) if self.is_sqlite else _postgres_engine(url)
        self._read = _sqlite_engine(url, write=False) if self.is_sqlite else _only_reading(self._write)
        self._writers: Sessions = async_sessionmaker(
            self._write, class_=AsyncSession, sync_session_class=Watching, expire_on_commit=False
        )
        self._known: dict[str, Values] = {}
        self._readers: Sessions = async_sessionmaker(self._read, class_=AsyncSession, expire_on_commit=False)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncSession]:
        """Open one transaction that is kept whole or not at all; it begins with its first statement."""
        session = self._writers()
        try:
            yield session
            if session.in_transaction():
                await session.commit()
        finally:
            await _end(session)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """Open one transaction that can only read, and never keeps a writer waiting."""
        session = self._readers()
        try:
            yield session
        finally:
            await _end(session)

    @asynccontextmanager
    async def team(self, team_id: str) -> AsyncIterator["Team"]:
        """Open one team's records for writing."""
        async with self.writing() as session:
            yield Team(session, team_id, self._known if self.is_sqlite else None)

    @asynccontextmanager
    async def team_reading(self, team_id: str) -> AsyncIterator["Team"]:
        """Open one team's records for reading."""
        async with self.reading() as session:
            yield Team(session, team_id)

    async def close(self) -> None:
        """Give every connection back."""
        await self._write.dispose()
        if self.is_sqlite:
            await self._read.dispose()


async def _end(session: AsyncSession) -> None:
    """Take back what is still open, even if whoever opened it is told to stop just now."""
    if session.in_transaction():
        await asyncio.shield(session.close())


@cache
def _insert(dialect: str, table: type[SQLModel], keys: tuple[str, ...] = (), changed: tuple[str, ...] = ()) -> Insert:
    """Make the statement that inserts rows unless they are there; once, since making it costs more than running it."""
    statement: Any = (sqlite if dialect == "sqlite" else postgresql).insert(columns_of(table))
    if not keys:
        return cast("Insert", statement.on_conflict_do_nothing())
    news = {name: statement.excluded[name] for name in changed}
    return cast("Insert", statement.on_conflict_do_update(index_elements=keys, set_=news))


@cache
def _those(table: type[Row], name: str) -> SelectOfScalar[Row]:
    """Make the statement that finds a team's rows by several values of one column; once, for the same reason."""
    columns = columns_of(table).c
    wanted = columns[name].in_(bindparam("values", expanding=True))
    return select(table).where(columns.team_id == bindparam("team_id"), wanted)


@cache
def _finder(table: type[Row], names: tuple[str, ...]) -> SelectOfScalar[Row]:
    """Make the statement that finds one of a team's rows by some values; once, for the same reason."""
    columns = columns_of(table).c
    return select(table).where(*(columns[name] == bindparam(name) for name in ("team_id", *names))).limit(1)


def columns_of(table: type[SQLModel]) -> Table:
    """Give the plain table behind a model, for statements that need no objects."""
    return cast("Table", table.__table__)  # type: ignore[attr-defined]


async def insert_new(session: AsyncSession, table: type[SQLModel], rows: Sequence[Values]) -> int:
    """Insert rows that are not there yet and leave those that are; of a single row, tells whether it was new."""
    result = await session.exec(_insert(session.get_bind().dialect.name, table), params=rows)
    return result.rowcount


async def insert_or_update(
    session: AsyncSession, table: type[SQLModel], rows: Sequence[Values], keys: Sequence[str], changed: Sequence[str]
) -> None:
    """Insert rows, or change the named columns of those that have the same keys."""
    statement = _insert(session.get_bind().dialect.name, table, tuple(keys), tuple(changed))
    await session.exec(statement, params=rows)


class Team:
    """One team's records in one transaction: filters by and stamps `team_id`, so that no caller can forget it.

    `known` is what need not be asked again (storage/webhook.py): on SQLite, where one process writes one thing at a
    time, until it changes; else for the length of the transaction.
    """

    def __init__(self, session: AsyncSession, team_id: str, known: dict[str, Values] | None = None) -> None:
        self.session = session
        self.team_id = team_id
        self.known: dict[str, Values] = {} if known is None else known

    @property
    def written(self) -> Mapping[str, str]:
        """Name the tables that were written to so far, each with the person the first row was about, "" if unknown."""
        watching = self.session.sync_session
        return watching.written if isinstance(watching, Watching) else {}

    def select(self, table: type[Row]) -> SelectOfScalar[Row]:
        """Begin a query over this team's rows."""
        return select(table).where(self._own(table))

    def update(self, table: type[SQLModel]) -> Update:
        """Begin a change of this team's rows."""
        return update(table).where(self._own(table))

    def delete(self, table: type[SQLModel]) -> Delete:
        """Begin a removal of this team's rows."""
        return delete(table).where(self._own(table))

    async def all(self, query: SelectOfScalar[Row]) -> Sequence[Row]:
        """Fetch every row the query finds."""
        return (await self.session.exec(query)).all()

    async def first(self, query: SelectOfScalar[Row]) -> Row | None:
        """Fetch the first row the query finds, if any."""
        return (await self.session.exec(query.limit(1))).first()

    async def get(self, table: type[Row], **where: object) -> Row | None:
        """Fetch the row with these values, if any."""
        if None in where.values():
            return await self.first(self.select(table).filter_by(**where))
        found = await self.session.exec(_finder(table, tuple(where)), params={**where, "team_id": self.team_id})
        return found.first()

    async def those(self, table: type[Row], name: str, values: Collection[str]) -> Sequence[Row]:
        """Fetch the rows whose column of this name has one of these values."""
        wanted = {"team_id": self.team_id, "values": sorted(values)}
        return (await self.session.exec(_those(table, name), params=wanted)).all()

    async def lock(self, table: type[Row], **where: object) -> Row | None:
        """Fetch a row that nobody else may change until this transaction ends, as it is now, however often seen."""
        query = self.select(table).filter_by(**where).with_for_update()
        return await self.first(query.execution_options(populate_existing=True))

    def add(self, row: SQLModel) -> None:
        """Keep a new row; it is written with the transaction."""
        row.__setattr__("team_id", self.team_id)
        self.session.add(row)

    async def insert(self, table: type[SQLModel], **values: object) -> None:
        """Write one row at once, without an object that follows it (the hot paths)."""
        await self.session.exec(insert(columns_of(table)), params={"team_id": self.team_id, **values})

    async def insert_new(self, table: type[SQLModel], **values: object) -> bool:
        """Write a row unless its key is taken; tells whether it was new."""
        return await insert_new(self.session, table, [{"team_id": self.team_id, **values}]) == 1

    async def put(self, table: type[SQLModel], keys: Mapping[str, object], **values: object) -> None:
        """Write a row, or change the one with the same keys."""
        row = {"team_id": self.team_id, **keys, **values}
        unique = ["team_id", *keys]
        await insert_or_update(self.session, table, [row], unique, list(values) or unique)

    async def change(self, statement: Update | Delete) -> int:
        """Run a change begun with `update` or `delete` and tell how many rows it touched."""
        return await self._count(statement)

    async def _count(self, statement: Any) -> int:
        result = await self.session.exec(statement)
        return result.rowcount if isinstance(result, CursorResult) else 0

    def _own(self, table: type[SQLModel]) -> Any:
        return columns_of(table).c.team_id == self.team_id

    async def next_number(self, name: str) -> int:
        """Give out the next number of a series people read (blocker #12); no number is given twice."""
        first = {"team_id": self.team_id, "name": name, "value": 1}
        dialect: Any = sqlite if self.session.get_bind().dialect.name == "sqlite" else postgresql
        raised = (
            dialect.insert(Counter)
            .values(first)
            .on_conflict_do_update(index_elements=["team_id", "name"], set_={"value": col(Counter.value) + 1})
        )
        return int((await self.session.exec(raised.returning(col(Counter.value)))).scalar_one())
