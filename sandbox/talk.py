"""What is said in the workspace: every message, change and reaction is kept, announced and watched."""

from sandbox import files, ids, text
from sandbox.blocks import with_ids
from sandbox.channels import Channel, Message, message_wire
from sandbox.clock import MovableClock
from sandbox.files import Cabinet, SharedFile
from sandbox.manifest import Manifest
from sandbox.roster import Json, Roster
from sandbox.users import User

MESSAGE_EVENTS = {"channel": "channels", "private": "groups", "im": "im", "mpim": "mpim"}
CHANNEL_TYPES = {"channel": "channel", "private": "group", "im": "im", "mpim": "mpim"}


class Talk(Roster):
    """The messages of all conversations, and the files shared there."""

    def __init__(self, manifest: Manifest, clock: MovableClock) -> None:
        super().__init__(manifest, clock)
        self.cabinet = Cabinet()

    def next_ts(self, channel: Channel) -> str:
        """Give the next ts of a conversation from the clock."""
        return channel.next_ts(self.clock.now())

    def say(self, channel: Channel, user: User, typed: str, thread_ts: str = "") -> Message:
        """Post what a person typed."""
        said = text.typed(typed, self.names(), self.channel_names())
        message = Message(self.next_ts(channel), user.id, said, thread_ts=thread_ts)
        self.typed(message)
        return self.post(channel, message)

    def typed(self, message: Message) -> None:
        """Mark a message as typed by a person, with the rich text Slack stores beside it."""
        message.blocks = text.rich_text(message.text, ids.fresh("", 5)) if message.text else []
        message.client_msg_id = ids.envelope()

    def share(self, channel: Channel, message: Message, shared: list[SharedFile]) -> Message:
        """Post a message that carries files."""
        message.subtype = "file_share"
        public = {"is_public": channel.kind == "channel"}
        shown = [self.file_wire(file) | public for file in shared]
        message.extra = {"files": shown, "upload": True, "display_as_bot": False}
        for file in shared:
            file.shares.setdefault(channel.id, []).append(message.ts)
        self.post(channel, message)
        for file in shared:
            event = {"file_id": file.id, "user_id": file.user, "file": {"id": file.id}, "channel_id": channel.id}
            self.announce("file_shared", {"type": "file_shared", **event, "event_ts": message.ts}, channel)
        return message

    def file_wire(self, file: SharedFile) -> Json:
        """Show a file as it stands in messages."""
        return files.wire(file, self.team_id, self.base_url)

    def rooms_of_file(self, file: SharedFile) -> list[Channel]:
        """Give the conversations where a file was shared and that are still there."""
        return [self.channels[one] for one in file.shares if one in self.channels]

    def sees_file(self, user: str, file: SharedFile, *, public: bool = False) -> bool:
        """Whether somebody can see a file: theirs, or shared where they are, or `public` where they could be."""
        rooms = self.rooms_of_file(file)
        return user == file.user or any(user in one.members or (public and one.kind == "channel") for one in rooms)

    def post(self, channel: Channel, message: Message) -> Message:
        """Keep a message and tell everybody concerned; an ephemeral one only its reader."""
        message.blocks = with_ids(message.blocks)
        channel.add(message)
        if message.ephemeral_for:
            self.watch.touch([message.ephemeral_for])
            return message
        channel.read[message.user] = message.ts
        self._announce_message(channel, self.message_wire(channel, message))
        self.watch.touch(channel.members)
        return message

    def edited(self, channel: Channel, message: Message, before: Json) -> None:
        """Announce that a message has just been changed; `before` is how it was shown."""
        self._announce_message(
            channel,
            {
                "type": "message",
                "subtype": "message_changed",
                "message": self.message_wire(channel, message),
                "previous_message": before,
                "hidden": True,
                "ts": self.next_ts(channel),
            },
        )
        self.watch.touch(channel.members)

    def delete(self, channel: Channel, ts: str) -> None:
        """Delete a message, or an ephemeral one."""
        if ts in channel.ephemerals:
            self.watch.touch([channel.ephemerals.pop(ts).ephemeral_for])
            return
        gone = channel.remove(ts)
        event = {
            "type": "message",
            "subtype": "message_deleted",
            "deleted_ts": ts,
            "previous_message": self.message_wire(channel, gone),
            "hidden": True,
            "ts": self.next_ts(channel),
        }
        self._announce_message(channel, event)
        self.watch.touch(channel.members)

    def react(self, channel: Channel, message: Message, user: User, name: str) -> bool:
        """Add somebody's reaction; False when it is there already."""
        those = message.reactions.setdefault(name, [])
        if user.id in those:
            return False
        those.append(user.id)
        item = {"type": "message", "channel": channel.id, "ts": message.ts}
        event = {
            "type": "reaction_added",
            "user": user.id,
            "reaction": name,
            "item": item,
            "item_user": message.user,
        }
        self.announce("reaction_added", event, channel)
        self.watch.touch(channel.members)
        return True

    def message_wire(self, channel: Channel, message: Message, *, metadata: bool = False) -> Json:
        """Show a message as the Web API does."""
        return message_wire(message, channel, self.team_id, metadata=metadata)

    def _announce_message(self, channel: Channel, event: Json) -> None:
        event = event | {"channel": channel.id, "channel_type": CHANNEL_TYPES[channel.kind], "event_ts": event["ts"]}
        self.announce(f"message.{MESSAGE_EVENTS[channel.kind]}", event, channel)
        if f"<@{self.bot.id}>" in event.get("text", "") and event.get("subtype") in (None, "file_share"):
            self.announce("app_mention", {**event, "type": "app_mention"}, channel)
