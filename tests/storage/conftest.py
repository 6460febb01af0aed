"""PostgreSQL for the many tests of the store: migrated once, then emptied for each, which takes a tenth of the time."""

import asyncio
import itertools

import asyncpg
import pytest

from storage import migrate
from tests.storage.samples import TABLES

NUMBERS = itertools.count(1)


async def run(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url.replace("postgresql+asyncpg", "postgresql"))
    await connection.execute(statement)
    await connection.close()


@pytest.fixture(scope="session")
def migrated(postgres: str) -> str:
    """A PostgreSQL database that has been through every migration."""
    asyncio.run(run(postgres.format(name="postgres"), "CREATE DATABASE migrated"))
    url = postgres.format(name="migrated")
    asyncio.run(migrate.upgrade(url))
    return url


@pytest.fixture
def postgres_url(migrated: str) -> str:
    """A PostgreSQL database with every table, and nothing in them."""
    names = ", ".join(f'"{table.__tablename__}"' for table in TABLES)
    asyncio.run(run(migrated, f"TRUNCATE {names} RESTART IDENTITY"))
    return migrated


@pytest.fixture
def empty_url(request: pytest.FixtureRequest, engine: str) -> str:
    """A store of one's own with nothing in it, not even tables."""
    if engine == "sqlite":
        return f"sqlite+aiosqlite:///{request.getfixturevalue('tmp_path')}/empty.db"
    postgres: str = request.getfixturevalue("postgres")
    name = f"empty{next(NUMBERS)}"
    asyncio.run(run(postgres.format(name="postgres"), f"CREATE DATABASE {name}"))
    return postgres.format(name=name)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest) -> str:
    """The name of each engine in turn."""
    name: str = request.param
    return name
