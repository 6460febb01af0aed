"""What the workspace remembers: its people, conversations and messages; every change is announced and watched."""

from collections.abc import Callable
from typing import Any

from sandbox import ids, text, users
from sandbox.blocks import with_ids
from sandbox.cast import PEOPLE, ROOMS, SLACKBOT, TEAM_DOMAIN, TEAM_NAME, Person
from sandbox.channels import Channel, ChannelKind, Message, message_wire
from sandbox.clock import MovableClock
from sandbox.manifest import Manifest
from sandbox.users import User
from sandbox.watch import Watch

Json = dict[str, Any]
Announce = Callable[[str, Json, Channel | None], None]
MESSAGE_EVENTS = {"channel": "channels", "private": "groups", "im": "im", "mpim": "mpim"}
CHANNEL_TYPES = {"channel": "channel", "private": "group", "im": "im", "mpim": "mpim"}


class Workspace:
    """One Slack workspace in memory, with one app installed."""

    def __init__(self, manifest: Manifest, clock: MovableClock, *, seed: bool = True) -> None:
        self.manifest = manifest
        self.clock = clock
        self.watch = Watch()
        self.announce: Announce = lambda _name, _event, _channel: None
        name = manifest.display_information.name
        self.team_id = ids.stable("T", TEAM_DOMAIN)
        self.team_name, self.team_domain = TEAM_NAME, TEAM_DOMAIN
        self.app_id = ids.stable("A", name)
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.bot = self._make_bot(name)
        if seed:
            self._seed()

    # People ---------------------------------------------------------------------------------------

    def find_person(self, reference: str) -> User | None:
        """Find somebody by id or handle ("@app" is the app's bot user)."""
        if reference in self.users:
            return self.users[reference]
        handle = reference.removeprefix("@")
        if handle == "app":
            return self.bot
        return next((user for user in self.users.values() if user.handle == handle), None)

    def bot_user(self, bot_id: str) -> User | None:
        """Find a bot's user by its B… id."""
        return next((user for user in self.users.values() if user.bot_id == bot_id), None)

    def add_person(self, person: Person) -> User:
        """Let somebody join the workspace, and #general unless they are a single-channel guest."""
        user = self._enrol(person)
        self.announce("team_join", {"type": "team_join", "user": self.user_wire(user)}, None)
        general = self.named("general")
        if general is not None and person.kind != "single_guest":
            self.join(general, user)
        self.watch.touch(self.users)
        return user

    def person_changed(self, user: User) -> None:
        """Announce that somebody's record has just been changed."""
        user.updated = int(self.clock.now().timestamp())
        event = {"type": "user_change", "user": self.user_wire(user), "cache_ts": user.updated}
        self.announce("user_change", event, None)
        self.watch.touch(self.users)

    def user_wire(self, user: User, *, locale: bool = False) -> Json:
        """Show somebody as the app may see them."""
        email = "users:read.email" in self.manifest.oauth_config.scopes.bot
        return users.wire(user, self.team_id, self.clock.now(), email=email, locale=locale)

    def names(self) -> dict[str, str]:
        """Give ids by lower-case handle and real name, handles first, for mentions."""
        living = [user for user in self.users.values() if not user.deleted]
        by_handle = {user.handle.lower(): user.id for user in living}
        return by_handle | {
            user.real_name.lower(): user.id for user in living if user.real_name.lower() not in by_handle
        }

    # Conversations --------------------------------------------------------------------------------

    def named(self, name: str) -> Channel | None:
        """Find a channel by its name, without the #."""
        return next((room for room in self.channels.values() if room.name == name and not room.is_direct), None)

    def channel_names(self) -> dict[str, str]:
        """Give ids by name of the public channels, for links."""
        return {room.name: room.id for room in self.channels.values() if room.kind == "channel"}

    def direct(self, *people: str) -> Channel:
        """Open the direct message between these people, or find it."""
        key = ",".join(sorted(set(people)))
        kind: ChannelKind = "im" if len(set(people)) <= 2 else "mpim"  # noqa: PLR2004 - two make a pair
        channel_id = ids.stable("D" if kind == "im" else "G", key)
        if channel_id not in self.channels:
            name = "" if kind == "im" else "mpdm-" + "--".join(self.users[one].handle for one in people) + "-1"
            self._open(Channel(channel_id, name, kind, people[0], self._seconds(), dict.fromkeys(people)))
        return self.channels[channel_id]

    def app_direct(self, user: str) -> Channel:
        """Open the direct message between somebody and the app."""
        return self.direct(user, self.bot.id)

    def join(self, channel: Channel, user: User, inviter: str = "") -> None:
        """Add a member, with the line Slack writes about it."""
        if user.id in channel.members:
            return
        channel.members[user.id] = None
        event = {
            "type": "member_joined_channel",
            "user": user.id,
            "channel": channel.id,
            "channel_type": "C" if channel.kind == "channel" else "G",
            "team": self.team_id,
            **({"inviter": inviter} if inviter else {}),
        }
        self.announce("member_joined_channel", event, channel)
        said = f"<@{user.id}> has joined the channel"
        self.post(channel, Message(self.next_ts(channel), user.id, said, subtype="channel_join"))

    def leave(self, channel: Channel, user: User) -> None:
        """Remove a member; the app still hears of its own leaving."""
        if user.id not in channel.members:
            return
        event = {
            "type": "member_left_channel",
            "user": user.id,
            "channel": channel.id,
            "channel_type": "C" if channel.kind == "channel" else "G",
            "team": self.team_id,
        }
        self.announce("member_left_channel", event, channel)
        del channel.members[user.id]
        self.watch.touch([*channel.members, user.id])

    def archive(self, channel: Channel, by: str) -> None:
        """Archive a channel: it can be read, and no longer written to."""
        channel.archived = True
        name = "channel_archive" if channel.kind == "channel" else "group_archive"
        self.announce(name, {"type": name, "channel": channel.id, "user": by}, channel)
        self.watch.touch(channel.members)

    # Messages -------------------------------------------------------------------------------------

    def next_ts(self, channel: Channel) -> str:
        """Give the next ts of a conversation from the clock."""
        return channel.next_ts(self.clock.now())

    def say(self, channel: Channel, user: User, typed: str, thread_ts: str = "") -> Message:
        """Post what a person typed."""
        said = text.typed(typed, self.names(), self.channel_names())
        message = Message(
            self.next_ts(channel),
            user.id,
            said,
            blocks=text.rich_text(said, ids.fresh("", 5)),
            thread_ts=thread_ts,
            client_msg_id=ids.envelope(),
        )
        return self.post(channel, message)

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
        if f"<@{self.bot.id}>" in event.get("text", "") and "subtype" not in event:
            self.announce("app_mention", {**event, "type": "app_mention"}, channel)

    # Beginnings -----------------------------------------------------------------------------------

    def _make_bot(self, name: str) -> User:
        bot_user = self.manifest.features.bot_user
        shown = bot_user.display_name if bot_user else name
        bot = User(
            id=ids.stable("U", f"bot:{name}"),
            handle="".join(letter if letter.isalnum() else "_" for letter in shown.lower()),
            real_name=shown,
            tz="America/Los_Angeles",
            kind="bot",
            title="",
            updated=self._seconds(),
            bot_id=ids.stable("B", name),
            app_id=self.app_id,
        )
        self.users[bot.id] = bot
        return bot

    def _seed(self) -> None:
        for person in PEOPLE:
            self._enrol(person)
        for room in ROOMS:
            members = [found.id for name in room.members if (found := self.find_person(name))]
            kind: ChannelKind = "private" if room.private else "channel"
            channel_id = ids.stable("C", room.name)
            creator = next(one.id for one in self.users.values() if one.kind == "owner")
            channel = Channel(channel_id, room.name, kind, creator, self._seconds(), dict.fromkeys(members))
            channel.topic = room.topic
            self._open(channel)

    def _enrol(self, person: Person) -> User:
        user = User(
            id=person.id or ids.stable("U", person.handle),
            handle=person.handle,
            real_name=person.real_name,
            tz=person.tz,
            kind=person.kind,
            title=person.title,
            updated=self._seconds(),
        )
        if user.is_bot:
            user.bot_id, user.app_id = ids.stable("B", person.handle), ids.stable("A", person.handle)
        self.users[user.id] = user
        return user

    def _open(self, channel: Channel) -> None:
        self.channels[channel.id] = channel
        self.watch.touch(channel.members)

    def _seconds(self) -> int:
        return int(self.clock.now().timestamp())


def is_slackbot(user: User) -> bool:
    """Tell Slackbot, who is not marked as a bot, from everybody else."""
    return user.id == SLACKBOT
