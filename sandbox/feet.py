"""Going in and out of channels: what people do with conversations as a whole."""

import re
from typing import Any

from sandbox.errors import Mistake
from sandbox.forms import Forms

Json = dict[str, Any]
RULERS = ("owner", "admin")
NAME = re.compile(r"[\w-]{1,80}")


class Feet(Forms):
    """Joining, inviting, making, renaming, archiving and deleting; raises Mistake where Slack would not let them."""

    async def join(self, who: str, channel: str) -> Json:
        """Join a public channel."""
        user = self.actor(who)
        room = self.channel(user, channel)
        if room.is_direct or room.archived or user.kind == "single_guest":
            raise Mistake(f"{user.real_name} cannot join that conversation.", 403)
        self.workspace.join(room, user)
        return {"channel": room.id}

    async def leave(self, who: str, channel: str) -> Json:
        """Leave a channel."""
        user = self.actor(who)
        room = self.channel(user, channel)
        if room.is_direct or room.name == "general":
            raise Mistake("Nobody can leave that conversation.")
        self.workspace.leave(room, user)
        return {"channel": room.id}

    async def invite(self, who: str, channel: str, user: str) -> Json:
        """Add somebody, for example the app ("@app"), to a channel."""
        host, guest = self.actor(who), self.anybody(user)
        room = self.channel(host, channel)
        if host.id not in room.members or room.is_direct or room.archived or guest.deleted:
            raise Mistake(f"{host.real_name} cannot invite {guest.real_name} there.", 403)
        self.workspace.join(room, guest, inviter=host.id)
        return {"channel": room.id}

    async def remove(self, who: str, channel: str, user: str) -> Json:
        """Take somebody, for example the app, out of a channel."""
        host, guest = self.actor(who), self.anybody(user)
        room = self.channel(host, channel)
        if host.id not in room.members or room.is_direct or room.name == "general":
            raise Mistake(f"{host.real_name} cannot remove {guest.real_name} there.", 403)
        self.workspace.leave(room, guest)
        return {"channel": room.id}

    async def archive(self, who: str, channel: str) -> Json:
        """Archive a channel; guests may not."""
        user = self.actor(who)
        room = self.channel(user, channel)
        if room.is_direct or room.archived or room.name == "general" or "guest" in user.kind:
            raise Mistake(f"{user.real_name} cannot archive that conversation.", 403)
        self.workspace.archive(room, user.id)
        return {"channel": room.id}

    async def unarchive(self, who: str, channel: str) -> Json:
        """Bring an archived channel back; guests may not."""
        user = self.actor(who)
        room = self.channel(user, channel)
        if not room.archived or "guest" in user.kind:
            raise Mistake(f"{user.real_name} cannot bring that conversation back.", 403)
        self.workspace.unarchive(room, user.id)
        return {"channel": room.id}

    async def create(self, who: str, name: str, *, private: bool = False) -> Json:
        """Make a channel; guests may not."""
        user, name = self.actor(who), name.removeprefix("#")
        if "guest" in user.kind:
            raise Mistake(f"{user.real_name} is a guest, and guests make no channels.", 403)
        self._valid_name(name)
        return {"channel": self.workspace.create(name, user, private=private).id}

    async def rename(self, who: str, channel: str, name: str) -> Json:
        """Give a channel another name: its creator, owners and admins may."""
        user, name = self.actor(who), name.removeprefix("#")
        room = self.channel(user, channel)
        allowed = user.kind in RULERS or user.id == room.creator
        if room.is_direct or room.archived or not allowed or user.id not in room.members:
            raise Mistake(f"{user.real_name} cannot rename that conversation.", 403)
        self._valid_name(name)
        self.workspace.rename(room, name, user.id)
        return {"channel": room.id}

    async def delete(self, who: str, channel: str) -> Json:
        """Delete a channel for ever: owners and admins may."""
        user = self.actor(who)
        room = self.channel(user, channel)
        if room.is_direct or room.name == "general" or user.kind not in RULERS:
            raise Mistake(f"{user.real_name} cannot delete that conversation; only owners and admins can.", 403)
        self.workspace.delete_channel(room, user.id)
        return {"channel": room.id}

    def _valid_name(self, name: str) -> None:
        if not NAME.fullmatch(name) or name != name.lower():
            raise Mistake("A channel's name is 1 to 80 small letters, digits, hyphens and underscores.")
        if self.workspace.named(name) is not None:
            raise Mistake(f"There is a channel #{name} already.")
