"""Looking for a letter of unknown fate in its conversation, by the id that its message carries."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.outcome import Outcome, Result, of_error
from bot.places import Places
from storage.tables import Letter

EVENT_TYPE = "inner_circle_letter"
LOOK_BACK = 100
MOST_PAGES = 10
LONG_BEFORE = timedelta(days=1)
Finding = tuple[tuple[str, str] | None, Result | None]


def metadata(letter: Letter) -> dict[str, Any]:
    """Mark a message with its letter's id, by which it can be found again (Slack: message metadata)."""
    return {"event_type": EVENT_TYPE, "event_payload": {"letter": letter.id}}


class TooMuchTalk(LookupError):
    """So much was said since that the letter could not be looked for to the end."""


class Search:
    """Reads conversations back to before a letter was written."""

    def __init__(self, posts: AsyncWebClient, places: Places) -> None:
        self._posts = posts
        self._places = places

    async def look_for(self, letter: Letter) -> Finding:
        """Look for a letter: where it is (None: nowhere), or what kept us from looking."""
        try:
            return await self._find(letter), None
        except TooMuchTalk:
            return None, Result(Outcome.REFUSED, why="too much was said since")
        except Exception as error:  # noqa: BLE001 - whatever the reason, the conversation could not be read
            return None, of_error(error)

    async def _find(self, letter: Letter) -> tuple[str, str] | None:
        """Read back to long before the letter was written; our clock may be wrong, but not by a day (2.3)."""
        channel = letter.channel or await self._places.conversation(letter)
        thread = await self._places.thread(letter)
        under = thread if isinstance(thread, str) else ""
        cursor = ""
        for _ in range(MOST_PAGES):
            page = await self._page(channel, under, cursor)
            for message in page["messages"]:
                payload = (message.get("metadata") or {}).get("event_payload") or {}
                if payload.get("letter") == letter.id:
                    return channel, str(message["ts"])
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor or (not under and _began(page["messages"]) < letter.created_at - LONG_BEFORE):
                return None
        raise TooMuchTalk

    async def _page(self, channel: str, thread: str, cursor: str) -> Any:
        """Read a page of a conversation, newest first, or of a thread, oldest first."""
        wanted: dict[str, Any] = {
            "channel": channel,
            "limit": LOOK_BACK,
            "cursor": cursor or None,
            "include_all_metadata": True,
        }
        if thread:
            return await self._posts.conversations_replies(ts=thread, **wanted)
        return await self._posts.conversations_history(**wanted)


def _began(messages: Sequence[Mapping[str, Any]]) -> datetime:
    """Give when the oldest of these messages was posted."""
    return datetime.fromtimestamp(min(float(message["ts"]) for message in messages), UTC)
