"""Going in and out of channels: what people do with conversations as a whole."""

from typing import Any

from sandbox.errors import Mistake
from sandbox.forms import Forms

Json = dict[str, Any]


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
