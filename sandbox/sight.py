"""What a person sees: their conversations, messages, Home and modals, as the page shows them."""

from datetime import datetime
from itertools import islice
from typing import Any

from sandbox.cast import SLACKBOT
from sandbox.channels import LAST_TS, Channel, Message
from sandbox.lookup import Lookup
from sandbox.users import User, photo
from sandbox.views import View

Json = dict[str, Any]
MOST = 200
MOST_COUNTED = 500


class Sight(Lookup):
    """Everything the page reads; nothing here changes what happened."""

    def state(self, now: datetime, connections: int) -> Json:
        """Show the workspace: its team, app, people, channels, commands and shortcuts."""
        workspace, features = self.workspace, self.workspace.manifest.features
        bot = workspace.bot
        team = {"id": workspace.team_id, "name": workspace.team_name, "domain": workspace.team_domain}
        app = {
            "id": workspace.app_id,
            "name": workspace.manifest.display_information.name,
            "user_id": bot.id,
            "bot_id": bot.bot_id,
            "connected": connections > 0,
            "color": bot.color,
            "initials": bot.initials,
        }
        return {
            "now": now.isoformat(),
            "team": team,
            "app": app,
            "people": [self._person(user, now) for user in workspace.users.values()],
            "channels": [_room(channel) for channel in workspace.channels.values() if not channel.is_direct],
            "commands": [
                {"command": one.command, "description": one.description, "usage_hint": one.usage_hint or ""}
                for one in features.slash_commands
            ],
            "shortcuts": [one.model_dump() for one in features.shortcuts],
        }

    def see(self, who: str, now: datetime) -> Json:
        """Show one person's Slack."""
        user = self.anybody(who)
        if user.is_human and not user.deleted:
            self.workspace.app_direct(user.id)
        mine = [channel for channel in self.workspace.channels.values() if user.id in channel.members]
        home = self.app.views.homes.get(user.id)
        return {
            "me": self._person(user, now),
            "now": now.isoformat(),
            "seq": self.workspace.watch.seq(user.id),
            "conversations": [self._listed(user, channel) for channel in mine],
            "home": self._view(home) if home else None,
            "modals": [self._view(view) for view in self.app.views.stacks.get(user.id, [])],
        }

    def messages(self, who: str, channel: str, thread_ts: str = "", limit: int = MOST) -> Json:
        """Show a conversation's newest messages, or a thread, oldest first, with what only this person sees."""
        user = self.anybody(who)
        room = self.channel(user, channel)
        shown = self._thread(room, thread_ts) if thread_ts else self._newest(room, limit)
        own = [one for one in room.ephemerals.values() if one.ephemeral_for == user.id]
        if not thread_ts and len(shown) >= limit:
            own = [one for one in own if one.ts > shown[0].ts]
        shown += [one for one in own if one.thread_ts == thread_ts]
        shown.sort(key=lambda message: message.ts)
        return {"channel": room.id, "messages": [self._message(user, room, one) for one in shown[-limit:]]}

    def _newest(self, room: Channel, limit: int) -> list[Message]:
        walk = room.newest_first("", LAST_TS, inclusive=True)
        return [message for message, _ in zip(walk, range(limit), strict=False)][::-1]

    def _thread(self, room: Channel, thread_ts: str) -> list[Message]:
        if thread_ts not in room.messages:
            return []
        return [room.messages[ts] for ts in (thread_ts, *room.replies.get(thread_ts, []))]

    def _person(self, user: User, now: datetime) -> Json:
        return {
            "id": user.id,
            "handle": user.handle,
            "real_name": user.real_name,
            "title": user.title,
            "tz": user.tz,
            "local_time": user.local(now).isoformat(),
            "kind": "bot" if user.id == SLACKBOT else user.kind,
            "color": user.color,
            "initials": user.initials,
            "photo": photo(self.workspace.base_url, user.id, 72),
        }

    def _listed(self, user: User, channel: Channel) -> Json:
        unread = list(islice(channel.unread(user.id), MOST_COUNTED))
        others = [member for member in channel.members if member != user.id]
        app = channel.kind == "im" and self.workspace.bot.id in others
        mention = f"<@{user.id}>"
        said = [one for one in unread if channel.is_direct or mention in one.text or mention in str(one.blocks)]
        other = self.workspace.users[others[0]] if channel.kind == "im" and others else None
        group = {"users": others} if channel.kind == "mpim" else {}
        return {
            "id": channel.id,
            "kind": "app" if app else channel.kind,
            "name": other.real_name if other else self._title(channel, others),
            "unread": len(unread),
            "mentions": len(said),
            "archived": channel.archived,
            **({"user": other.id} if other else group),
        }

    def _title(self, channel: Channel, others: list[str]) -> str:
        if channel.kind != "mpim":
            return channel.name
        return ", ".join(self.workspace.users[one].real_name for one in others)

    def _message(self, user: User, channel: Channel, message: Message) -> Json:
        shown = self.workspace.message_wire(channel, message, metadata=True)
        author = self.workspace.users[message.user]
        name = message.extra.get("username") or author.real_name
        shown |= {"username": name, "blocks": [] if message.client_msg_id else message.blocks}
        shown |= {"ephemeral": bool(message.ephemeral_for), "reactions": shown.get("reactions", [])}
        filled = self.app.filled.get((user.id, channel.id, message.ts))
        return shown | ({"state": {"values": filled}} if filled else {})

    def _view(self, view: View) -> Json:
        return self.app.views.wire(view) | {"errors": dict(view.errors), "failed": view.failed}


def _room(channel: Channel) -> Json:
    return {
        "id": channel.id,
        "name": channel.name,
        "kind": channel.kind,
        "topic": channel.topic,
        "members": list(channel.members),
        "archived": channel.archived,
    }
