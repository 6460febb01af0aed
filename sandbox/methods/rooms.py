"""Which conversation an argument means, and what its caller may see of it."""

from sandbox.channels import Channel
from sandbox.errors import Refused
from sandbox.methods.contract import Call

READ = {"channel": "channels:read", "private": "groups:read", "im": "im:read", "mpim": "mpim:read"}
HISTORY = {
    "channel": "channels:history",
    "private": "groups:history",
    "im": "im:history",
    "mpim": "mpim:history",
}
TYPES = {"public_channel": "channel", "private_channel": "private", "im": "im", "mpim": "mpim"}


def visible(call: Call, channel: Channel) -> bool:
    """Whether the caller can know of it: public, or a member."""
    return channel.kind == "channel" or call.token.user in channel.members


def room(call: Call, name: str = "channel") -> Channel:
    """Find the conversation an argument names by id; raises Refused("channel_not_found")."""
    channel = call.workspace.channels.get(call.text(name))
    if channel is None or not visible(call, channel):
        raise Refused("channel_not_found")
    return channel


def place_to_post(call: Call) -> Channel:
    """Find where to post: a conversation's id, a channel's name, or a person's id for a direct message."""
    given = call.text("channel")
    workspace = call.workspace
    user = workspace.users.get(given)
    if user is not None:
        if user.deleted or not user.is_human or user.id == call.token.user:
            raise Refused("channel_not_found")
        return workspace.direct(user.id, call.token.user)
    named = workspace.named(given.removeprefix("#"))
    if named is not None and visible(call, named):
        return named
    return room(call)


def may_post(call: Call, channel: Channel) -> None:
    """Refuse where the caller may not write."""
    workspace, home = call.workspace, call.workspace.manifest.features.app_home
    if channel.archived:
        raise Refused("is_archived")
    if channel.kind == "im" and call.token.kind == "bot" and not home.messages_tab_enabled:
        raise Refused("messages_tab_disabled")
    public = channel.kind == "channel" and "chat:write.public" in call.token.scopes
    if call.token.user not in channel.members and not public:
        raise Refused("not_in_channel")
    if workspace.users[call.token.user].deleted:
        raise Refused("account_inactive")
