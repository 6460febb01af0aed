"""Slack's do-not-disturb: until when people have their notifications paused, asked only when it matters."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.outcome import of_error

log = structlog.get_logger("dnd")

FRESH = timedelta(minutes=1)
AT_ONCE = 50
Answer = tuple[datetime, datetime | None]


class DoNotDisturb:
    """Asks Slack, up to fifty people at once, and remembers the answers for a minute.

    Where Slack does not answer, or the app was installed without `dnd:read`, nobody counts as disturbed.
    """

    def __init__(self, asks: AsyncWebClient) -> None:
        self._asks = asks
        self._known: dict[str, Answer] = {}
        self._told = ""

    async def until(self, user_ids: Iterable[str], now: datetime) -> Mapping[str, datetime]:
        """Say until when those of these people who are not to be disturbed just now are not."""
        wanted = sorted(set(user_ids))
        self._known = {one: answer for one, answer in self._known.items() if now - answer[0] < FRESH}
        missing = [one for one in wanted if one not in self._known]
        for first in range(0, len(missing), AT_ONCE):
            await self._ask(missing[first : first + AT_ONCE], now)
        known = {one: self._known[one][1] for one in wanted if one in self._known}
        return {one: until for one, until in known.items() if until is not None and until > now}

    async def _ask(self, user_ids: list[str], now: datetime) -> None:
        try:
            answer = await self._asks.dnd_teamInfo(users=user_ids)
            said: Mapping[str, Mapping[str, Any]] = answer.get("users") or {}
            self._known |= {one: (now, paused_until(said.get(one) or {}, now)) for one in user_ids}
        except Exception as error:  # noqa: BLE001 - whatever the reason, the letters are not to wait for it
            self._complain(of_error(error).why)

    def _complain(self, why: str) -> None:
        if why != self._told:
            log.warning("slack does not tell who has notifications paused; nobody counts as such", why=why)
        self._told = why


def paused_until(said: Mapping[str, Any], now: datetime) -> datetime | None:
    """Read when a pause that is on now will end, None where none is (Slack: dnd.teamInfo, and snooze in dnd.info)."""
    moment = now.timestamp()
    begins, ends = (float(said.get(name) or 0) for name in ("next_dnd_start_ts", "next_dnd_end_ts"))
    paused = ends if said.get("dnd_enabled") and begins <= moment < ends else 0.0
    if said.get("snooze_enabled"):
        paused = max(paused, float(said.get("snooze_endtime") or 0))
    return datetime.fromtimestamp(paused, UTC) if paused > moment else None
