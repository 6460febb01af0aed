"""Files that people asked for: has each made, outside any transaction, and sends it in the direct message."""

import asyncio
from collections.abc import Callable, Mapping

import structlog
from slack_sdk.errors import SlackApiError

from blocks import parcel as draw
from bot import trail
from bot.clock import Clock
from bot.places import direct_message
from bot.slack import Slack
from bot.tongue import Tongues
from handlers.contract import Desk, Maker
from playbook.sorry import Sorry
from playbook.tongue import READER, phrase, say
from storage import outbox, parcel, wish
from storage.database import Database, Team
from storage.outbox import Lane, Post
from storage.parcel import Parcel, Wanted

log = structlog.get_logger("parcel")


class Parcels:
    """Makes and sends what was asked for; what goes wrong is told in the direct message."""

    wish = parcel.WISH

    def __init__(
        self,
        slack: Slack,
        database: Database,
        makers: Mapping[str, Maker],
        desk: Callable[[Team], Desk],
        clock: Clock,
        tongues: Tongues,
    ) -> None:
        self._slack = slack
        self._database = database
        self._makers = makers
        self._desk = desk
        self._clock = clock
        self._tongues = tongues

    async def work(self, team_id: str) -> int:
        """Send everything that was asked for; tells how much that was."""
        async with self._database.team_reading(team_id) as team:
            asked = await parcel.wanted(team)
        for one in asked:
            await self._end(team_id, one, await self._sent(team_id, one))
        return len(asked)

    async def _sent(self, team_id: str, one: Wanted) -> draw.Drawn | None:
        """Make and send one; gives what to say where that did not work."""
        try:
            reader = await self._tongues.of(team_id, one.user_id)
            READER.set(reader)  # the thread that draws has it as well
            made = await self._made(team_id, one)
            await self._upload(team_id, one.user_id, say(made.words, reader), await asyncio.to_thread(made.render))
        except Sorry as sorry:
            return draw.refused(str(sorry))
        except SlackApiError as error:
            return draw.failed(str(error.response.get("error") or "refused"))
        except Exception:
            log.exception("file could not be sent", what=one.what)
            return draw.failed(phrase("something went wrong on our side"))
        return None

    async def _made(self, team_id: str, one: Wanted) -> Parcel:
        async with self._database.team(team_id) as team:
            desk = self._desk(team)
            made = await self._makers[one.what](desk, one.user_id, one.value)
            await trail.keep_file(desk, one.user_id, one.what, one.value)
            return made

    async def _upload(self, team_id: str, user_id: str, words: str, files: Mapping[str, bytes]) -> None:
        await self._slack.posts.files_upload_v2(
            channel=await direct_message(self._slack.asks, self._database, team_id, user_id),
            file_uploads=[{"filename": name, "title": name, "content": body} for name, body in files.items()],
            initial_comment=words,
        )

    async def _end(self, team_id: str, one: Wanted, problem: draw.Drawn | None) -> None:
        async with self._database.team(team_id) as team:
            await wish.done(team, one.wish)
            if problem:
                key = f"parcel:{one.wish.subject}:{one.wish.value}"
                await outbox.put(team, [Post(key, one.user_id, *problem, Lane.CARD)], self._clock.now())
