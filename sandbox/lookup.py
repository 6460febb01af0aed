"""Finding whom and what a person means; every miss is a sentence."""

from sandbox.app import App
from sandbox.channels import Channel, Message
from sandbox.errors import Mistake
from sandbox.store import Workspace
from sandbox.users import User
from sandbox.views import View


class Lookup:
    """What people can name: themselves, others, conversations, messages and views in front of them."""

    def __init__(self, app: App) -> None:
        self.app = app

    @property
    def workspace(self) -> Workspace:
        """The workspace they are in."""
        return self.app.workspace

    def anybody(self, reference: str) -> User:
        """Find somebody by id or handle; raises Mistake."""
        user = self.workspace.find_person(reference) if reference else None
        if user is None:
            raise Mistake(f"There is nobody called {reference!r} here.", 404)
        return user

    def actor(self, reference: str) -> User:
        """Find a person who can do things now; raises Mistake for bots and deactivated people."""
        user = self.anybody(reference)
        if not user.is_human:
            raise Mistake(f"{user.real_name} is not a person.")
        if user.deleted:
            raise Mistake(f"{user.real_name} is deactivated and cannot do anything.", 403)
        return user

    def channel(self, user: User, reference: str) -> Channel:
        """Find a conversation by id, "#name", "@app", "@handle" or "@one+@two" as they see it; raises Mistake."""
        found = self._conversation(user, reference)
        if found is None or (found.kind != "channel" and user.id not in found.members):
            raise Mistake(f"{user.real_name} sees no conversation {reference!r}.", 404)
        return found

    def message(self, user: User, channel: Channel, ts: str) -> Message:
        """Find a message this person sees; raises Mistake."""
        found = channel.messages.get(ts) or channel.ephemerals.get(ts)
        if found is None or found.ephemeral_for not in ("", user.id):
            raise Mistake(f"There is no message {ts!r} in that conversation.", 404)
        return found

    def modal(self, user: User, view_id: str) -> View:
        """Find the modal in front of somebody ("" means whichever it is); raises Mistake."""
        top = self.app.views.top(user.id)
        if top is None:
            raise Mistake(f"{user.real_name} has no form open.", 404)
        if view_id and top.id != view_id:
            raise Mistake(f"The form {view_id!r} is not the one in front of {user.real_name}.", 404)
        return top

    def home(self, user: User) -> View:
        """Find somebody's published Home; raises Mistake."""
        home = self.app.views.homes.get(user.id)
        if home is None:
            raise Mistake(f"Nothing has been published on {user.real_name}'s Home yet.", 404)
        return home

    def may_write(self, user: User, room: Channel) -> None:
        """Refuse with a sentence where this person cannot write; raises Mistake."""
        if room.archived:
            raise Mistake("This channel is archived; nobody can write there.", 403)
        if user.id not in room.members:
            raise Mistake(f"{user.real_name} is not in #{room.name}; join it first.", 403)
        home = self.workspace.manifest.features.app_home
        with_app = room.kind == "im" and self.workspace.bot.id in room.members
        if with_app and (not home.messages_tab_enabled or home.messages_tab_read_only_enabled):
            raise Mistake("Sending messages to this app has been turned off.", 403)

    def _conversation(self, user: User, reference: str) -> Channel | None:
        workspace = self.workspace
        if reference in workspace.channels:
            return workspace.channels[reference]
        if reference.startswith("@") and "+" in reference:
            return self._group(user, reference)
        if reference.startswith("@"):
            other = workspace.find_person(reference)
            return workspace.direct(user.id, other.id) if other else None
        return workspace.named(reference.removeprefix("#"))

    def _group(self, user: User, reference: str) -> Channel | None:
        """Find the group message of the app, this person and those named, if the app has opened it."""
        named = [self.anybody(one.strip()) for one in reference.split("+")]
        people = {user.id, self.workspace.bot.id, *(one.id for one in named)}
        groups = (channel for channel in self.workspace.channels.values() if channel.kind == "mpim")
        return next((channel for channel in groups if set(channel.members) == people), None)
