"""Who is who: people and channels are fetched from Slack before a handler needs them, and kept."""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Collection, Iterable, Mapping
from typing import Any

import structlog
from slack_sdk.errors import SlackApiError

from bot.slack import Slack
from bot.tongue import Tongues
from handlers.people import described
from storage import people
from storage.database import Database
from storage.tables import Channel, Person

log = structlog.get_logger("directory")

MOST_KNOWN = 20_000
PAGE = 500
MOST_PAGES = 20


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

    def __init__(self, slack: Slack, database: Database, tongues: Tongues) -> None:
        self._slack, self._tongues = slack, tongues
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

    async def meet_emails(self, team_id: str, emails: Iterable[str]) -> None:
        """Make sure that whoever has an account under these addresses is in the tables."""
        for email in emails:
            async with self._database.team_reading(team_id) as team:
                known = await people.with_email(team, email)
            found = None if known else await self._fetch(team_id, email)
            await self._keep(team_id, [found] if found else [])

    async def meet_named(self, team_id: str, words: str) -> Mapping[str, str]:
        """Meet everybody whom a text names, by name, handle, address or id; gives their ids by handle."""
        handles: dict[str, str] = {}
        said = " ".join(words.casefold().split())
        async for user in self._everybody():
            person, handle = described(team_id, user), str(user.get("name") or "").casefold()
            if any(
                name and name in said for name in (person.name.casefold(), handle, person.email, person.user_id.lower())
            ):
                await self._keep(team_id, [person])
                handles[handle] = person.user_id
        return handles

    async def _everybody(self) -> AsyncIterator[Mapping[str, Any]]:
        """List the whole workspace, a page at a time, as far as is sensible; nothing if Slack does not answer."""
        cursor = ""
        for _ in range(MOST_PAGES):
            try:
                answer = await self._slack.asks.users_list(limit=PAGE, cursor=cursor or None, include_locale=True)
            except Exception as error:  # noqa: BLE001 - those who are known already can still be found
                log.warning("people could not be listed", why=type(error).__name__)
                return
            for user in answer.get("members") or ():
                yield user
            cursor = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                return

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
            if "@" in one:
                return described(team_id, (await self._slack.asks.users_lookupByEmail(email=one))["user"])
            if one[0] in "UW":
                return described(team_id, (await self._slack.asks.users_info(user=one, include_locale=True))["user"])
            return as_channel(team_id, (await self._slack.asks.conversations_info(channel=one))["channel"])
        except SlackApiError as error:
            log.info(
                "not in the directory", id="an address" if "@" in one else one, why=str(error.response.get("error"))
            )
        except Exception as error:  # noqa: BLE001 - a directory that cannot be reached must not stop the work
            log.warning(
                "directory could not be reached", id="an address" if "@" in one else one, why=type(error).__name__
            )
        return None

    async def _keep(self, team_id: str, found: Collection[Person | Channel]) -> None:
        if not found:
            return
        async with self._database.team(team_id) as team:
            for one in found:
                await (people.keep(team, one) if isinstance(one, Person) else people.keep_channel(team, one))
        for one in found:
            self._remember(team_id, one.user_id if isinstance(one, Person) else one.channel_id)
        if any(isinstance(one, Person) and one.locale for one in found):
            self._tongues.forget(team_id)

    def _remember(self, team_id: str, one: str) -> None:
        self._known[team_id, one] = None
        if len(self._known) > MOST_KNOWN:
            self._known.popitem(last=False)
