"""The post office, the stage and the hall, opened for each test."""

from collections.abc import AsyncIterator

import pytest

from storage.database import Database
from tests.bot.hall import Hall
from tests.bot.office import Office
from tests.bot.stage import Stage
from tests.world import World


@pytest.fixture
async def office(sqlite_url: str) -> AsyncIterator[Office]:
    """A post office where nothing is delivered unless the test says so."""
    opened = await Office.open(sqlite_url)
    yield opened
    await opened.close()


@pytest.fixture
def stage(world: World) -> Stage:
    """A world where the test answers some of what people do."""
    return Stage(world)


@pytest.fixture
async def hall(sqlite_url: str) -> AsyncIterator[Hall]:
    """A scheduler that ticks when the test says so."""
    opened = Hall(Database(sqlite_url))
    yield opened
    await opened.database.close()
