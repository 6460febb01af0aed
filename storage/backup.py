"""A consistent copy of the store while the bot runs, checked before it takes the place of an older one."""

import asyncio
import sqlite3
from pathlib import Path

from sqlalchemy.engine import make_url


class CannotBackUp(RuntimeError):
    """No copy was made; the sentence says why and what to do."""


async def backup(database_url: str, file: Path) -> None:
    """Copy a SQLite store to a file that only its owner can read; raises CannotBackUp, and keeps an older copy then."""
    url = make_url(database_url)
    if url.get_backend_name() != "sqlite":
        raise CannotBackUp("PostgreSQL has its own tool for this: run `pg_dump --format=custom --file=FILE DATABASE`.")
    await asyncio.to_thread(_copy, Path(url.database or ""), file)


def _copy(source: Path, file: Path) -> None:
    if not source.is_file():
        raise CannotBackUp(f"There is no database at {source} yet.")
    fresh = file.with_name(file.name + ".part")
    fresh.unlink(missing_ok=True)
    try:
        fresh.touch(mode=0o600)  # SQLite takes an empty file, and nobody else may read what goes into it
        connection = sqlite3.connect(source, timeout=30)
        try:
            connection.execute("VACUUM INTO ?", (str(fresh),))
        finally:
            connection.close()
        _look_through(fresh)
        fresh.replace(file)
    except (OSError, sqlite3.Error) as error:
        fresh.unlink(missing_ok=True)
        raise CannotBackUp(f"The copy could not be written to {file}: {error}.") from error


def _look_through(file: Path) -> None:
    connection = sqlite3.connect(file)
    try:
        (verdict,) = connection.execute("PRAGMA integrity_check").fetchone()
    finally:
        connection.close()
    if verdict != "ok":
        raise sqlite3.DatabaseError(f"the copy is damaged ({verdict})")
