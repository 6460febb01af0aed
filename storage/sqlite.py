"""SQLite with one trip to its connection's thread for each statement; as shipped, the driver makes four."""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Self

import aiosqlite

BUSY_SECONDS = 30.0
CHUNK = 64


class Cursor(aiosqlite.Cursor):
    """A cursor that is opened, read to its end and closed within the trip that runs its statement.

    The first statement of a transaction begins it in the same trip.
    """

    def __init__(self, connection: "Connection") -> None:
        self._conn: Connection = connection
        self._rows: Sequence[Any] = ()
        self._result: tuple[Any, int, int | None] = (None, -1, None)

    async def execute(self, sql: str, parameters: Iterable[Any] | None = None) -> Self:
        """Run a statement."""
        await self._conn.visit(self._run, sqlite3.Cursor.execute, sql, parameters or ())
        return self

    async def executemany(self, sql: str, parameters: Iterable[Iterable[Any]]) -> Self:
        """Run a statement once for each set of parameters."""
        await self._conn.visit(self._run, sqlite3.Cursor.executemany, sql, parameters)
        return self

    def _run(self, raw: sqlite3.Connection, run: Callable[..., Any], sql: str, parameters: Iterable[Any]) -> None:
        cursor = raw.cursor()
        try:
            if not raw.in_transaction:
                cursor.execute(self._conn.begin)
            run(cursor, sql, parameters)
            self._rows = cursor.fetchall() if cursor.description else ()
            self._result = (cursor.description, cursor.rowcount, cursor.lastrowid)
        finally:
            cursor.close()

    async def fetchall(self) -> Sequence[Any]:
        """Give the rows."""
        return self._rows

    async def close(self) -> None:
        """Do nothing: it is closed."""

    @property
    def description(self) -> Any:
        """What the columns are; None where there are no rows."""
        return self._result[0]

    @property
    def rowcount(self) -> int:
        """How many rows were changed."""
        return self._result[1]

    @property
    def lastrowid(self) -> int | None:
        """The number of the row that was inserted last."""
        return self._result[2]


class Connection(aiosqlite.Connection):
    """A connection whose cursors cost one trip each; a thread that ends with the program."""

    def __init__(self, file: str, pragmas: Sequence[str], begin: str) -> None:
        super().__init__(lambda: _open(file, pragmas), CHUNK)
        self.begin = begin
        self._thread.daemon = True

    def cursor(self) -> Any:
        """Give a cursor at once."""
        return Cursor(self)

    async def rollback(self) -> None:
        """Take a transaction back, if there is one."""
        if self.in_transaction:
            await super().rollback()

    async def visit(self, work: Callable[..., None], *given: Any) -> None:
        """Do something with the connection in its thread."""
        await self._execute(work, self._conn, *given)  # type: ignore[no-untyped-call]


def _open(file: str, pragmas: Sequence[str]) -> sqlite3.Connection:
    """Open a file whose transactions nobody begins but us."""
    raw = sqlite3.connect(file, timeout=BUSY_SECONDS, isolation_level=None)
    for pragma in pragmas:
        raw.execute(f"PRAGMA {pragma}")
    return raw
