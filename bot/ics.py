"""The calendar as a file: takes what people wished for, and sends each their own in the direct message."""

import asyncio

import structlog
from slack_sdk.errors import SlackApiError

from blocks import calendar as draw
from bot.clock import Clock
from bot.places import direct_message
from bot.slack import Slack
from bot.tongue import Tongues
from playbook.load import Playbook
from playbook.tongue import READER, say
from storage import calendar, calendar_events, outbox, wish
from storage.calendar import Agenda
from storage.database import Database
from storage.outbox import Lane, Post
from storage.wish import Wish

log = structlog.get_logger("ics")

FILE_NAME = "inner-circle.ics"


class Ics:
    """Meets wishes for a calendar file, outside any transaction; what goes wrong is told in the direct message."""

    wish = calendar.WISH

    def __init__(self, slack: Slack, database: Database, playbook: Playbook, clock: Clock, tongues: Tongues) -> None:
        self._slack, self._tongues = slack, tongues
        self._database = database
        self._playbook = playbook
        self._clock = clock

    async def work(self, team_id: str) -> int:
        """Meet every wish; tells how many those were."""
        async with self._database.team_reading(team_id) as team:
            wishes = await wish.waiting(team, calendar.WISH)
        for one in wishes:
            why = await self._sent(team_id, one.subject)
            await self._end(team_id, one, why)
        return len(wishes)

    async def _sent(self, team_id: str, user_id: str) -> str:
        """Send somebody their calendar; gives why that did not work, "" if it did."""
        try:
            found = await self._agenda(team_id, user_id)
            if found is not None:
                await self._upload(team_id, found)
        except SlackApiError as error:
            return str(error.response.get("error") or "refused")
        except Exception as error:  # noqa: BLE001 - whatever keeps us from Slack is told as such
            log.warning("calendar file could not be sent", why=type(error).__name__)
            return type(error).__name__
        return ""

    async def _agenda(self, team_id: str, user_id: str) -> Agenda | None:
        book = self._playbook.calendar
        since, keys = calendar_events.since(self._clock.now(), book), [one.key for one in book.reviews]
        async with self._database.team_reading(team_id) as team:
            return await calendar.agenda(team, user_id, since, keys)

    async def _upload(self, team_id: str, found: Agenda) -> None:
        book, minutes = self._playbook.calendar, self._playbook.oneonone.minutes
        reader = await self._tongues.of(team_id, found.me.user_id)
        READER.set(reader)
        body = await asyncio.to_thread(calendar_events.file, found, self._clock.now(), book, minutes)
        await self._slack.posts.files_upload_v2(
            channel=await direct_message(self._slack.asks, self._database, team_id, found.me.user_id),
            content=body,
            filename=FILE_NAME,
            title=say(draw.FILE_TITLE, reader),
            initial_comment=say(draw.FILE_SENT, reader),
        )

    async def _end(self, team_id: str, one: Wish, why: str) -> None:
        """Forget a wish that was met; of one that was not, tell whose it was."""
        async with self._database.team(team_id) as team:
            await wish.done(team, one)
            if why:
                key = f"calendar:file:{one.subject}:{one.value}"
                await outbox.put(team, [Post(key, one.subject, *draw.file_failed(why), Lane.CARD)], self._clock.now())
