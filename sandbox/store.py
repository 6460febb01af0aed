"""What the workspace remembers: its people, conversations and messages; every change is announced and watched."""

from sandbox import ids
from sandbox.cast import PEOPLE, ROOMS, Person
from sandbox.channels import Channel, ChannelKind, Message
from sandbox.clock import MovableClock
from sandbox.manifest import Manifest
from sandbox.roster import Json
from sandbox.talk import Talk
from sandbox.users import User


class Workspace(Talk):
    """One Slack workspace in memory, with one app installed."""

    def __init__(self, manifest: Manifest, clock: MovableClock, *, seed: bool = True) -> None:
        super().__init__(manifest, clock)
        self._given: set[str] = set()
        if seed:
            self._seed()

    def add_person(self, person: Person) -> User:
        """Let somebody join the workspace, and #general unless they are a single-channel guest."""
        user = self._enrol(person)
        self.announce("team_join", {"type": "team_join", "user": self.user_wire(user)}, None)
        general = self.named("general")
        if general is not None and person.kind != "single_guest":
            self.join(general, user)
        self.watch.touch(self.users)
        return user

    def named(self, name: str) -> Channel | None:
        """Find a channel by its name, without the #."""
        return next((room for room in self.channels.values() if room.name == name and not room.is_direct), None)

    def direct(self, *people: str) -> Channel:
        """Open the direct message between these people, or find it."""
        key = ",".join(sorted(set(people)))
        kind: ChannelKind = "im" if len(set(people)) <= 2 else "mpim"  # noqa: PLR2004 - two make a pair
        channel_id = ids.stable("D" if kind == "im" else "G", key)
        if channel_id not in self.channels:
            name = "" if kind == "im" else "mpdm-" + "--".join(self.users[one].handle for one in people) + "-1"
            self._open(Channel(channel_id, name, kind, people[0], self.seconds(), dict.fromkeys(people)))
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
        self._tell_of(channel, "archive", {"channel": channel.id, "user": by})

    def unarchive(self, channel: Channel, by: str) -> None:
        """Bring an archived channel back."""
        channel.archived = False
        self._tell_of(channel, "unarchive", {"channel": channel.id, "user": by})

    def rename(self, channel: Channel, name: str, by: str) -> None:
        """Give a channel another name, with the line Slack writes about it."""
        before, channel.name = channel.name, name
        channel.previous_names.insert(0, before)
        shown = {"id": channel.id, "name": name, "created": channel.created}
        self._tell_of(channel, "rename", {"channel": shown})
        said = f'has renamed the channel from "{before}" to "{name}"'
        extra = {"old_name": before, "name": name}
        self.post(channel, Message(self.next_ts(channel), by, said, subtype="channel_name", extra=extra))

    def create(self, name: str, creator: User, *, private: bool) -> Channel:
        """Make a channel with its creator in it; the id of a channel that is gone is never given again."""
        wanted = ids.stable("C", name)
        kind: ChannelKind = "private" if private else "channel"
        channel_id = ids.fresh("C") if wanted in self._given else wanted
        channel = Channel(channel_id, name, kind, creator.id, self.seconds())
        self._open(channel)
        if not private:
            shown = {"id": channel.id, "name": name, "created": channel.created, "creator": creator.id}
            self._tell_of(channel, "created", {"channel": shown})
        self.join(channel, creator)
        return channel

    def delete_channel(self, channel: Channel, by: str) -> None:
        """Delete a channel with everything that was said in it."""
        del self.channels[channel.id]
        event: Json = {"channel": channel.id}
        if channel.kind == "private":
            event |= {"date_deleted": self.seconds(), "actor_id": by}
        self._tell_of(channel, "deleted", event)

    def _tell_of(self, channel: Channel, what: str, event: Json) -> None:
        """Announce what happened to a channel: to everybody if it is public, to its members if it is private."""
        public = channel.kind == "channel"
        name = f"{'channel' if public else 'group'}_{what}"
        self.announce(name, {"type": name, **event}, None if public else channel)
        self.watch.touch(self.users if public else channel.members)

    # Beginnings -----------------------------------------------------------------------------------

    def _seed(self) -> None:
        for person in PEOPLE:
            self._enrol(person)
        for room in ROOMS:
            members = [found.id for name in room.members if (found := self.find_person(name))]
            kind: ChannelKind = "private" if room.private else "channel"
            channel_id = ids.stable("C", room.name)
            creator = next(one.id for one in self.users.values() if one.kind == "owner")
            channel = Channel(channel_id, room.name, kind, creator, self.seconds(), dict.fromkeys(members))
            channel.topic = room.topic
            self._open(channel)

    def _open(self, channel: Channel) -> None:
        self.channels[channel.id] = channel
        self._given.add(channel.id)
        self.watch.touch(channel.members)
