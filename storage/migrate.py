"""Bringing the store to the shape this version of the bot expects, and refusing one from the future."""

import asyncio
import re
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine

if TYPE_CHECKING:
    from alembic.config import Config

HERE = Path(__file__).parent / "migrations"


class FromTheFuture(RuntimeError):
    """The store was written by a newer version of the bot."""


def versions() -> list[str]:
    """Name every migration we know, oldest first (the files begin with their numbers)."""
    return sorted(match[1] for file in (HERE / "versions").glob("*.py") if (match := re.match(r"(\d{4})_", file.name)))


async def version(url: str) -> str | None:
    """Tell which migration a store has come to; None for an empty one, or for a file that is not there yet."""
    if not _is_there(url):
        return None
    engine = create_async_engine(url)
    try:
        async with engine.connect() as connection:
            if not await connection.run_sync(lambda plain: inspect(plain).has_table("alembic_version")):
                return None
            found = await connection.execute(text("SELECT version_num FROM alembic_version"))
            return found.scalar_one_or_none()
    finally:
        await engine.dispose()


async def behind(url: str) -> bool:
    """Tell whether a store has migrations to come; raises FromTheFuture for one we do not know."""
    known, at = versions(), await version(url)
    if at is not None and at not in known:
        raise FromTheFuture(
            f"The database is at version {at}, which this version of Inner Circle does not know. "
            "Please start the newer version that wrote it, or restore a backup from before."
        )
    return at != known[-1]


async def upgrade(url: str) -> bool:
    """Apply what is missing, all of it or nothing; tells whether anything was."""
    if make_url(url).get_backend_name() == "sqlite":
        _make_file(url)
    if not await behind(url):
        return False
    if make_url(url).get_backend_name() == "sqlite":
        await asyncio.to_thread(_upgrade_sqlite, url)
    else:
        await _upgrade_postgres(url)
    return True


def _is_there(url: str) -> bool:
    parsed = make_url(url)
    return parsed.get_backend_name() != "sqlite" or Path(parsed.database or "").is_file()


def _make_file(url: str) -> None:
    """Make a SQLite file and its folder, for their owner only (SQLite gives its journals the file's permissions)."""
    name = make_url(url).database
    if name:
        file = Path(name)
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.touch(mode=0o600)


def _upgrade_sqlite(url: str) -> None:
    from alembic import command  # noqa: PLC0415 - half a second that only a store with something to do should cost

    command.upgrade(_config(url), "head")


async def _upgrade_postgres(url: str) -> None:
    from alembic import command  # noqa: PLC0415 - see above

    config = _config(url)

    def up(connection: Connection) -> None:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")

    engine = create_async_engine(url)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(up)
    finally:
        await engine.dispose()


def _config(url: str) -> "Config":
    from alembic.config import Config  # noqa: PLC0415 - see above

    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config
