"""Answers that go past the window in which somebody asked: into their own conversation, or into a letter of ours."""

from collections.abc import Callable
from uuid import uuid4

from bot.clock import Clock
from bot.wire import Envelope
from handlers.contract import ReplaceMessage, Say
from storage import batch, outbox
from storage.database import Database
from storage.outbox import Lane, Post


class Aside:
    """Writes such answers down as letters; `wake` is called when there is one."""

    def __init__(self, database: Database, clock: Clock, wake: Callable[[], None]) -> None:
        self._database = database
        self._clock = clock
        self._wake = wake

    async def privately(self, envelope: Envelope, say: Say) -> None:
        """Tell somebody something in their own conversation with the bot, so that it cannot get lost."""
        now = self._clock.now()
        async with self._database.team(envelope.call.team_id) as team:
            post = Post(f"say:{uuid4().hex}", envelope.call.user_id, say.text, say.blocks, Lane.CARD)
            await outbox.put(team, [post], now)
        self._wake()

    async def in_place(self, envelope: Envelope, reply: ReplaceMessage) -> bool:
        """Redraw the letter whose button was pressed; False where the message is none of our letters."""
        call = envelope.call
        async with self._database.team(call.team_id) as team:
            there = await batch.redraw_at(
                team, call.user_id, call.message_ts, envelope.part, reply.text, reply.blocks, self._clock.now()
            )
        if there:
            self._wake()
        return there
