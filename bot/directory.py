"""Who is who: people and channels are fetched from Slack before a handler needs them, and kept."""

import asyncio
from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import structlog
from slack_sdk.errors import SlackApiError

from bot.slack import Slack
from handlers.people import described
from storage import people
from storage.database import Database
from storage.tables import Channel, Person

log = structlog.get_logger("directory")

MOST_KNOWN = 20_000


def as_channel(team_id: str, channel: Mapping[str, Any]) -> Channel:
    """Read Slack's description of a channel (Slack: conversation object)."""
    return Channel(
        team_id=team_id,
        channel_id=channel["id"],
        name=str(channel.get("name") or channel["id"]),
        is_member=bool(channel.get("is_member")),
        is_private=bool(channel.get("is_private")),
        archived=bool(channel.get("is_archived")),
    )


class Directory:
    """Keeps the tables of people and channels filled; what it has seen once costs nothing again."""

    def __init__(self, slack: Slack, database: Database) -> None:
        self._slack = slack
        self._database = database
        self._known: OrderedDict[tuple[str, str], None] = OrderedDict()

    async def meet(self, team_id: str, ids: Iterable[str], *, fresh: bool = False) -> None:
        """Make sure that these people and channels are in the tables; ids that Slack does not know stay missing."""
        wanted = [one for one in ids if fresh or (team_id, one) not in self._known]
        if not wanted:
            return
        if not fresh:
            wanted = await self._unkept(team_id, wanted)
        found = await asyncio.gather(*(self._fetch(team_id, one) for one in wanted))
        await self._keep(team_id, [one for one in found if one is not None])

    async def refresh(self, team_id: str, ids: Iterable[str]) -> None:
        """Fetch people again whose changes may have been missed while the bot was away, one after the other."""
        for one in ids:
            await self.meet(team_id, [one], fresh=True)

    async def _unkept(self, team_id: str, ids: Collection[str]) -> list[str]:
        async with self._database.team_reading(team_id) as team:
            kept = set(await people.find_all(team, [one for one in ids if one[0] in "UW"]))
            kept |= {one for one in ids if one[0] not in "UW" and await people.find_channel(team, one)}
        for one in kept:
            self._remember(team_id, one)
        return [one for one in ids if one not in kept]

    async def _fetch(self, team_id: str, one: str) -> Person | Channel | None:
        try:
            if one[0] in "UW":
                return described(team_id, (await self._slack.asks.users_info(user=one))["user"])
            return as_channel(team_id, (await self._slack.asks.conversations_info(channel=one))["channel"])
        except SlackApiError as error:
            log.info("not in the directory", id=one, why=str(error.response.get("error")))
        except Exception as error:  # noqa: BLE001 - a directory that cannot be reached must not stop the work
            log.warning("directory could not be reached", id=one, why=type(error).__name__)
        return None

    async def _keep(self, team_id: str, found: Collection[Person | Channel]) -> None:
        if not found:
            return
        async with self._database.team(team_id) as team:
            for one in found:
                await (people.keep(team, one) if isinstance(one, Person) else people.keep_channel(team, one))
        for one in found:
            self._remember(team_id, one.user_id if isinstance(one, Person) else one.channel_id)

    def _remember(self, team_id: str, one: str) -> None:
        self._known[team_id, one] = None
        if len(self._known) > MOST_KNOWN:
            self._known.popitem(last=False)
