"""What takes many questions to Slack, one after the other, while everything else goes on."""

import asyncio
from typing import Protocol

import structlog

from storage import wish
from storage.database import Database

log = structlog.get_logger("around")


class Part(Protocol):
    """One thing that Slack is asked for; `wish` names the wishes that it meets, "" if it works without."""

    wish: str

    async def work(self, team_id: str) -> int:
        """Do what waits; tells how much that was."""
        ...


class Around:
    """Does the parts in turn; what goes wrong is written down and stops nobody else."""

    def __init__(self, database: Database, *parts: Part) -> None:
        self._database, self._parts = database, parts
        self._asking = asyncio.Lock()

    async def work(self, team_id: str) -> int:
        """Do all that waits, unless somebody is at it; tells how much that was."""
        async with self._asking:
            try:
                async with self._database.team_reading(team_id) as team:
                    wanted = {"", *await wish.kinds(team)}
                return sum([await one.work(team_id) for one in self._parts if one.wish in wanted])
            except Exception:
                log.exception("slack could not be asked around")
                return 0
