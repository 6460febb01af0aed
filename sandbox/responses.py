"""Response URLs: a way back to where somebody was, five times within half an hour."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass

from sandbox import ids

KEPT = 5000
USES = 5


@dataclass
class ResponseUrl:
    """Where an answer goes: `ts` is the message that was pressed, empty for a command."""

    channel: str
    user: str
    ts: str
    thread_ts: str
    deadline: float
    left: int = USES

    def fault(self) -> str:
        """Say why it can no longer be used, or nothing."""
        if asyncio.get_running_loop().time() > self.deadline:
            return "expired_url"
        return "used_url" if self.left <= 0 else ""


class ResponseUrls:
    """The response URLs given out lately."""

    def __init__(self, team_id: str, seconds: float) -> None:
        self.base = ""
        self._team_id, self._seconds = team_id, seconds
        self._given: OrderedDict[str, ResponseUrl] = OrderedDict()

    def give(self, kind: str, channel: str, user: str, ts: str = "", thread_ts: str = "") -> str:
        """Give a URL; `kind` is "commands" or "actions", as in Slack's own."""
        path = f"/{kind}/{self._team_id}/{ids.digits(13)}/{ids.secret(24)}"
        deadline = asyncio.get_running_loop().time() + self._seconds
        self._given[path] = ResponseUrl(channel, user, ts, thread_ts, deadline)
        if len(self._given) > KEPT:
            self._given.popitem(last=False)
        return self.base + path

    def find(self, path: str) -> ResponseUrl | None:
        """Find what a URL's path stands for."""
        return self._given.get(path)
