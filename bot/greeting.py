"""The first message after the installation: to one admin, once, with the button that sets the workspace up."""

from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from typing import Any

import structlog

from blocks.workspace import welcome
from bot.clock import Clock
from bot.directory import Directory
from bot.slack import Slack
from handlers.workspace import WELCOME
from storage import outbox, workspace
from storage.database import Database, Team
from storage.outbox import Lane, Post

log = structlog.get_logger("greeting")

PAGE = 500
MOST_PAGES = 50
GOOD_FOR = timedelta(days=30)
RANKS = ("is_primary_owner", "is_owner", "is_admin")


class Greeting:
    """Writes to the admin who is to set the workspace up; nobody is written to when it is set up already."""

    def __init__(self, slack: Slack, database: Database, directory: Directory, clock: Clock) -> None:
        self._slack = slack
        self._database = database
        self._directory = directory
        self._clock = clock

    async def greet(self, team_id: str, admins: frozenset[str], intro_channel: str) -> None:
        """Write the message unless it was ever written; a start without Slack leaves it to the next one."""
        try:
            async with self._database.team_reading(team_id) as team:
                if await _is_known(team):
                    return
            await self._find_channel(team_id, intro_channel)
            admin = min(admins, default="") or await self._first_admin()
            if admin:
                await self._directory.meet(team_id, [admin])
                await self._write(team_id, admin)
        except Exception as error:  # noqa: BLE001 - the bot works without it, and greets at its next start
            log.warning("no admin could be greeted", why=type(error).__name__)

    async def _write(self, team_id: str, admin: str) -> None:
        async with self._database.team(team_id) as team:
            if not await _is_known(team):
                post = Post(WELCOME, admin, *welcome(), Lane.CARD, good_for=GOOD_FOR)
                await outbox.put(team, [post], self._clock.now())

    async def _first_admin(self) -> str:
        """Name the primary owner; without one, an owner or admin."""
        found: dict[str, str] = {}
        async for user in self._users():
            rank = next((rank for rank in RANKS if user.get(rank)), "")
            if rank and not user.get("deleted") and not user.get("is_bot"):
                found.setdefault(rank, str(user["id"]))
            if RANKS[0] in found:
                break
        return next((found[rank] for rank in RANKS if rank in found), "")

    async def _users(self) -> AsyncIterator[Mapping[str, Any]]:
        cursor = ""
        for _ in range(MOST_PAGES):
            page = await self._slack.asks.users_list(limit=PAGE, cursor=cursor or None)
            for user in page["members"]:
                yield user
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return

    async def _find_channel(self, team_id: str, name: str) -> None:
        """Meet the channel in which newcomers are usually introduced, so that the form can offer it."""
        cursor = ""
        for _ in range(MOST_PAGES):
            page = await self._slack.asks.conversations_list(
                types="public_channel", exclude_archived=True, limit=PAGE, cursor=cursor or None
            )
            found = [one["id"] for one in page["channels"] if one.get("is_general") or one.get("name") == name]
            await self._directory.meet(team_id, found)
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if found or not cursor:
                return


async def _is_known(team: Team) -> bool:
    office = await workspace.get(team)
    return office.set_up_at is not None or await outbox.find(team, WELCOME) is not None
