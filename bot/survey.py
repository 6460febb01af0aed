"""Looking once a day at the channels of the path: who is in them, and in which zone most of those people live."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from slack_sdk.errors import SlackApiError

from bot.clock import Clock
from bot.directory import Directory, as_channel
from bot.slack import Slack
from handlers.introduction_case import FOLLOW
from playbook.workspace import main_zone
from storage import introduction, people, survey, timetable
from storage.database import Database

log = structlog.get_logger("survey")

EVERY = timedelta(days=1)
SECOND_TRY = timedelta(minutes=10)
PAGE = 500
MOST_PAGES = 20
MOST_MET = 200
AT_ONCE = 10


class Survey:
    """Keeps `Channel.zone` and the rows of who is in which channel; a channel that was just chosen is looked at soon.

    Whatever Slack answers, nothing else waits for it: what could not be seen is looked at again in ten minutes.
    """

    wish = ""

    def __init__(self, slack: Slack, database: Database, directory: Directory, clock: Clock) -> None:
        self._slack = slack
        self._database = database
        self._directory = directory
        self._clock = clock
        self._next: dict[str, datetime] = {}

    async def work(self, team_id: str) -> int:
        """Look at every channel whose time has come; tells how many those were."""
        async with self._database.team_reading(team_id) as team:
            wanted = await survey.channels(team)
        now = self._clock.now()
        due = [one for one in wanted if self._next.get(one, now) <= now]
        for channel_id in due:
            self._next[channel_id] = now + (EVERY if await self._seen(team_id, channel_id) else SECOND_TRY)
        return len(due)

    async def _seen(self, team_id: str, channel_id: str) -> bool:
        try:
            await self._look(team_id, channel_id)
        except SlackApiError as error:
            why = str(error.response.get("error"))
            log.info("channel could not be looked at", channel=channel_id, why=why)
            if why == "channel_not_found":
                async with self._database.team(team_id) as team:
                    await survey.closed(team, channel_id)
            return False
        except Exception as error:  # noqa: BLE001 - Slack being out of reach must not stop anything
            log.warning("channel could not be looked at", channel=channel_id, why=type(error).__name__)
            return False
        return True

    async def _look(self, team_id: str, channel_id: str) -> None:
        shown = (await self._slack.asks.conversations_info(channel=channel_id))["channel"]
        ids = await self._members(channel_id)
        first = ids[:MOST_MET]
        for start in range(0, len(first), AT_ONCE):
            await self._directory.meet(team_id, first[start : start + AT_ONCE])
        async with self._database.team(team_id) as team:
            await people.keep_channel(team, as_channel(team_id, shown))
            known = await people.find_all(team, first)
            living = [one.zone for one in known.values() if not one.is_bot and not one.deactivated]
            now = self._clock.now()
            if await survey.keep_members(team, channel_id, ids, main_zone(living, now)):
                waiting = await introduction.unposted(team)
                await timetable.soon(team, now, *((FOLLOW, one) for one in waiting))

    async def _members(self, channel_id: str) -> Sequence[str]:
        ids: list[str] = []
        cursor = ""
        for _ in range(MOST_PAGES):
            page = await self._slack.asks.conversations_members(channel=channel_id, limit=PAGE, cursor=cursor or None)
            ids += page["members"]
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                break
        return ids
