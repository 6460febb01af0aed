"""The people of the workspace: who there is, how they are found, and how the app sees them."""

from collections.abc import Callable, Iterable
from typing import Any

from sandbox import ids, users
from sandbox.cast import TEAM_DOMAIN, TEAM_NAME, Person
from sandbox.channels import Channel
from sandbox.clock import MovableClock
from sandbox.manifest import Manifest
from sandbox.users import User
from sandbox.watch import Watch

Json = dict[str, Any]
Announce = Callable[[str, Json, Channel | None], None]


class Roster:
    """Everybody in the workspace; `base_url` is where their pictures are served."""

    def __init__(self, manifest: Manifest, clock: MovableClock) -> None:
        self.manifest = manifest
        self.clock = clock
        self.watch = Watch()
        self.base_url = ""
        self.announce: Announce = lambda _name, _event, _channel: None
        name = manifest.display_information.name
        self.team_id = ids.stable("T", TEAM_DOMAIN)
        self.team_name, self.team_domain = TEAM_NAME, TEAM_DOMAIN
        self.app_id = ids.stable("A", name)
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.bot = self._make_bot(name)

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

    def person_changed(self, user: User) -> None:
        """Announce that somebody's record has just been changed."""
        user.updated = int(self.clock.now().timestamp())
        event = {"type": "user_change", "user": self.user_wire(user), "cache_ts": user.updated}
        self.announce("user_change", event, None)
        self.watch.touch(self.users)

    def by_email(self, email: str) -> User | None:
        """Find somebody by e-mail address, however it is capitalised."""
        wanted = email.strip().lower()
        return next((user for user in self.users.values() if user.email.lower() == wanted and wanted), None)

    def user_wire(self, user: User, scopes: Iterable[str] | None = None, *, locale: bool = False) -> Json:
        """Show somebody as a token with these scopes may see them (the app's own, when none are given)."""
        held = self.manifest.oauth_config.scopes.bot if scopes is None else scopes
        email = "users:read.email" in held
        return users.wire(user, self.team_id, self.clock.now(), self.base_url, email=email, locale=locale)

    def names(self) -> dict[str, str]:
        """Give ids by lower-case handle and real name, handles first, for mentions."""
        living = [user for user in self.users.values() if not user.deleted]
        by_handle = {user.handle.lower(): user.id for user in living}
        return by_handle | {
            user.real_name.lower(): user.id for user in living if user.real_name.lower() not in by_handle
        }

    def channel_names(self) -> dict[str, str]:
        """Give ids by name of the public channels, for links."""
        return {room.name: room.id for room in self.channels.values() if room.kind == "channel"}

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
            updated=self.seconds(),
            bot_id=ids.stable("B", name),
            app_id=self.app_id,
        )
        self.users[bot.id] = bot
        return bot

    def _enrol(self, person: Person) -> User:
        user = User(
            id=person.id or ids.stable("U", person.handle),
            handle=person.handle,
            real_name=person.real_name,
            tz=person.tz,
            kind=person.kind,
            title=person.title,
            updated=self.seconds(),
        )
        if user.is_human:
            user.email = person.email or f"{person.handle}@example.com"
        if user.is_bot:
            user.bot_id, user.app_id = ids.stable("B", person.handle), ids.stable("A", person.handle)
        self.users[user.id] = user
        return user

    def seconds(self) -> int:
        """Tell the workspace's time in whole seconds."""
        return int(self.clock.now().timestamp())
