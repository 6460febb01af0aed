"""The post office, opened for each test."""

from collections.abc import AsyncIterator

import pytest

from tests.bot.office import Office


@pytest.fixture
async def office(sqlite_url: str) -> AsyncIterator[Office]:
    """A post office where nothing is delivered unless the test says so."""
    opened = await Office.open(sqlite_url)
    yield opened
    await opened.close()
