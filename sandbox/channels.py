"""A conversation and the messages in it, and how Slack's Web API shows both."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

ChannelKind = Literal["channel", "private", "im", "mpim"]
FIRST_TS = "0000000000.000000"
LAST_TS = "9999999999.999999"


@dataclass
class Message:
    """A message, or with `ephemeral_for` one that only that person sees."""

    ts: str
    user: str
    text: str
    blocks: list[dict[str, Any]] = field(default_factory=list)
    attachments: list[dict[str, Any]] = field(default_factory=list)
    bot_id: str = ""
    app_id: str = ""
    thread_ts: str = ""
    subtype: str = ""
    metadata: dict[str, Any] | None = None
    edited: dict[str, str] | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    ephemeral_for: str = ""
    client_msg_id: str = ""
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def is_reply(self) -> bool:
        """Whether it lives in a thread only (a broadcast reply shows in the channel too)."""
        return bool(self.thread_ts) and self.thread_ts != self.ts and self.subtype != "thread_broadcast"


@dataclass
class Channel:
    """A conversation; `order` holds the ts of its messages, which only ever increase."""

    id: str
    name: str
    kind: ChannelKind
    creator: str
    created: int
    members: dict[str, None] = field(default_factory=dict)
    topic: str = ""
    archived: bool = False
    previous_names: list[str] = field(default_factory=list)
    order: list[str] = field(default_factory=list)
    messages: dict[str, Message] = field(default_factory=dict)
    ephemerals: dict[str, Message] = field(default_factory=dict)
    pinned: dict[str, str] = field(default_factory=dict)
    replies: dict[str, list[str]] = field(default_factory=dict)
    read: dict[str, str] = field(default_factory=dict)
    _last: int = 0

    @property
    def is_direct(self) -> bool:
        """Whether it is a direct message, with one or several people."""
        return self.kind in ("im", "mpim")

    def next_ts(self, now: datetime) -> str:
        """Give the next message's ts: the clock's, or one microsecond after the last."""
        self._last = max(int(now.timestamp() * 1_000_000), self._last + 1)
        return f"{self._last // 1_000_000:010d}.{self._last % 1_000_000:06d}"

    def add(self, message: Message) -> None:
        """Keep a message made with `next_ts`."""
        if message.ephemeral_for:
            self.ephemerals[message.ts] = message
            return
        self.order.append(message.ts)
        self.messages[message.ts] = message
        if message.thread_ts and message.thread_ts != message.ts:
            self.replies.setdefault(message.thread_ts, []).append(message.ts)
            self.messages[message.thread_ts].thread_ts = message.thread_ts

    def remove(self, ts: str) -> Message:
        """Forget a message; a thread's parent stays as a tombstone."""
        message = self.messages[ts]
        if ts in self.replies:
            self.messages[ts] = Message(ts, "USLACKBOT", "This message was deleted.", subtype="tombstone")
            self.messages[ts].thread_ts = ts
            return message
        del self.messages[ts]
        del self.order[bisect_left(self.order, ts)]
        self._leave_thread(message)
        return message

    def newest_first(self, oldest: str, latest: str, *, inclusive: bool) -> Iterator[Message]:
        """Walk the channel's own messages (no replies) backwards between two ts."""
        low, high = _bounds(self.order, oldest, latest, inclusive=inclusive)
        for index in range(high - 1, low - 1, -1):
            message = self.messages[self.order[index]]
            if not message.is_reply:
                yield message

    def unread(self, user: str) -> Iterator[Message]:
        """Walk what somebody has not read yet, oldest first: others' messages outside threads."""
        start = bisect_right(self.order, self.read.get(user, FIRST_TS))
        for ts in self.order[start:]:
            message = self.messages[ts]
            if message.user != user and not message.is_reply:
                yield message

    def _leave_thread(self, message: Message) -> None:
        thread = self.replies.get(message.thread_ts)
        if thread is None or message.ts not in thread:
            return
        thread.remove(message.ts)
        if not thread:
            del self.replies[message.thread_ts]
            self.messages[message.thread_ts].thread_ts = ""


def _bounds(order: list[str], oldest: str, latest: str, *, inclusive: bool) -> tuple[int, int]:
    if inclusive:
        return bisect_left(order, oldest), bisect_right(order, latest)
    return bisect_right(order, oldest), bisect_left(order, latest)


def message_wire(message: Message, channel: Channel, team_id: str, *, metadata: bool = False) -> dict[str, Any]:
    """Show a message as conversations.history does."""
    shown: dict[str, Any] = {"type": "message", "user": message.user, "ts": message.ts, "text": message.text}
    optional = {
        "subtype": message.subtype,
        "bot_id": message.bot_id,
        "app_id": message.app_id,
        "team": team_id,
        "client_msg_id": message.client_msg_id,
        "blocks": message.blocks,
        "attachments": message.attachments,
        "thread_ts": message.thread_ts,
        "edited": message.edited,
        "reactions": _reactions(message),
    }
    shown |= {key: value for key, value in optional.items() if value} | message.extra
    if metadata and message.metadata:
        shown["metadata"] = message.metadata
    return shown | _thread(message, channel)


def _reactions(message: Message) -> list[dict[str, Any]]:
    return [{"name": name, "users": list(users), "count": len(users)} for name, users in message.reactions.items()]


def _thread(message: Message, channel: Channel) -> dict[str, Any]:
    if not message.thread_ts:
        return {}
    if message.thread_ts != message.ts:
        parent = channel.messages.get(message.thread_ts)
        return {"parent_user_id": parent.user} if parent else {}
    replies = channel.replies.get(message.ts, [])
    authors = list(dict.fromkeys(channel.messages[ts].user for ts in replies))
    return {
        "reply_count": len(replies),
        "reply_users_count": len(authors),
        "latest_reply": replies[-1] if replies else message.ts,
        "reply_users": authors[:5],
        "is_locked": False,
        "subscribed": False,
    }


def channel_wire(channel: Channel, viewer: str, team_id: str, *, count: bool = False) -> dict[str, Any]:
    """Show a conversation as conversations.info does to one of its viewers."""
    base: dict[str, Any] = {
        "id": channel.id,
        "created": channel.created,
        "is_archived": channel.archived,
        "is_im": channel.kind == "im",
        "is_org_shared": False,
        "context_team_id": team_id,
        "updated": channel.created * 1000,
    }
    if channel.kind == "im":
        others = [member for member in channel.members if member != viewer] or [viewer]
        return base | {"user": others[0], "is_user_deleted": False, "priority": 0}
    base |= _named(channel, viewer, team_id)
    return base | ({"num_members": len(channel.members)} if count else {})


def _named(channel: Channel, viewer: str, team_id: str) -> dict[str, Any]:
    return {
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": channel.kind == "channel",
        "is_group": channel.kind == "private",
        "is_mpim": channel.kind == "mpim",
        "is_private": channel.kind != "channel",
        "is_general": channel.name == "general",
        "is_shared": False,
        "is_ext_shared": False,
        "is_pending_ext_shared": False,
        "pending_shared": [],
        "pending_connected_team_ids": [],
        "shared_team_ids": [team_id],
        "parent_conversation": None,
        "unlinked": 0,
        "creator": channel.creator,
        "is_member": viewer in channel.members,
        "topic": {"value": channel.topic, "creator": channel.creator, "last_set": channel.created},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "previous_names": list(channel.previous_names),
    }
