"""Pinning what a channel is to find again: wishes are met once the message is there (Slack: pins.add)."""

from collections.abc import Callable

import structlog
from slack_sdk.errors import SlackApiError

from blocks.purpose import card_key
from bot.clock import Clock
from bot.slack import Slack
from playbook.tongue import phrase
from storage import outbox, purpose, wish
from storage.database import Database
from storage.outbox import Lane, Post
from storage.wish import Wish

log = structlog.get_logger("pins")

WISH = "pin"
PINNED = "already_pinned"
NOT_PINNED = phrase(
    "I could not pin what belongs where in <#{channel}>: Slack says {why}. Please pin the "
    "message there yourself: its menu has *Pin to this conversation*."
)


class Pins:
    """Takes the wishes for a pin; whatever Slack says no to for good is told to whoever wished for it."""

    wish = WISH

    def __init__(self, slack: Slack, database: Database, clock: Clock, wake: Callable[[], None]) -> None:
        self._slack = slack
        self._database = database
        self._clock = clock
        self._wake = wake

    async def work(self, team_id: str) -> int:
        """Meet every wish whose message has arrived; tells how many those were."""
        async with self._database.team_reading(team_id) as team:
            wishes = await wish.waiting(team, WISH)
            letters = {one.subject: await outbox.find(team, card_key(one.subject)) for one in wishes}
        there = [(one, letter.ts) for one in wishes if (letter := letters[one.subject]) is not None and letter.ts]
        for one, ts in there:
            await self._pin(team_id, one, ts)
        return len(there)

    async def _pin(self, team_id: str, one: Wish, ts: str) -> None:
        why = await self._try(one.subject, ts)
        async with self._database.team(team_id) as team:
            await wish.done(team, one)
            row = await purpose.find(team, one.subject)
            if row is not None and not why:
                row.pinned_ts = ts
            if why:
                text = NOT_PINNED.format(channel=one.subject, why=why)
                key = f"purpose:{one.subject}:not pinned:{ts}"
                await outbox.put(team, [Post(key, one.value, text, (), Lane.AGENDA)], self._clock.now())
        self._wake()

    async def _try(self, channel_id: str, ts: str) -> str:
        """Pin a message; gives Slack's reason if that was refused, "" if it is pinned."""
        try:
            await self._slack.asks.pins_add(channel=channel_id, timestamp=ts)
        except SlackApiError as error:
            why = str(error.response.get("error"))
            return "" if why == PINNED else why
        except Exception as error:  # noqa: BLE001 - Slack being out of reach must not stop anything
            log.warning("could not be pinned", channel=channel_id, why=type(error).__name__)
            return phrase("nothing at all")
        return ""
