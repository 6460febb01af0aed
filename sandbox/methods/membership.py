"""Methods about who is in a channel: joining one, and adding people to one."""

from sandbox.channels import Channel, channel_wire
from sandbox.errors import Refused
from sandbox.methods.contract import Call, Json, method
from sandbox.methods.rooms import room
from sandbox.users import User

INVITING = {
    "channel": ("channels:manage", "channels:write.invites"),
    "private": ("groups:write", "groups:write.invites"),
}


def join(call: Call) -> Json:
    """Join a public channel."""
    channel = room(call)
    if channel.kind != "channel":
        raise Refused("method_not_supported_for_channel_type")
    if channel.archived:
        raise Refused("is_archived")
    if call.token.user in channel.members:
        call.warnings.append("already_in_channel")
    call.workspace.join(channel, call.caller)
    return {"channel": channel_wire(channel, call.token.user, call.workspace.team_id)}


def invite(call: Call) -> Json:
    """Add people to a channel the caller is in: all of them, or with `force` those who can be added."""
    channel = room(call)
    _may_invite(call, channel)
    people = list(dict.fromkeys(one.strip() for one in call.text("users").split(",") if one.strip()))
    if not people:
        raise Refused("no_user")
    faults = {one: code for one in people if (code := _fault(call, channel, one))}
    if faults and (not call.flag("force") or len(faults) == len(people)):
        errors = [{"user": one, "ok": False, "error": code} for one, code in faults.items()]
        raise Refused(next(iter(faults.values())), errors=errors)
    for one in people:
        if one not in faults:
            call.workspace.join(channel, call.workspace.users[one], inviter=call.token.user)
    return {"channel": channel_wire(channel, call.token.user, call.workspace.team_id)}


def _may_invite(call: Call, channel: Channel) -> None:
    if channel.is_direct:
        raise Refused("method_not_supported_for_channel_type")
    scopes = INVITING[channel.kind]
    if not set(scopes).intersection(call.token.scopes):
        raise Refused("missing_scope", needed=",".join(scopes), provided=",".join(call.token.scopes))
    if call.token.user not in channel.members:
        raise Refused("not_in_channel")
    if channel.archived:
        raise Refused("is_archived")


def _fault(call: Call, channel: Channel, one: str) -> str:
    user = call.workspace.users.get(one)
    if user is None:
        return "user_not_found"
    if user.id == call.token.user:
        return "cant_invite_self"
    if user.id in channel.members:
        return "already_in_channel"
    if user.deleted or (not user.is_human and not user.is_bot):
        return "cant_invite"
    return "ura_max_channels" if _is_settled(call, user) else ""


def _is_settled(call: Call, user: User) -> bool:
    rooms = (channel for channel in call.workspace.channels.values() if not channel.is_direct)
    return user.kind == "single_guest" and any(user.id in channel.members for channel in rooms)


METHODS = {
    "conversations.join": method(
        join,
        "channels:join channels:write",
        "channel",
        "channel_is_limited_access channel_not_found is_archived method_not_supported_for_channel_type "
        "too_many_members",
    ),
    "conversations.invite": method(
        invite,
        "channels:write.invites groups:write.invites channels:manage groups:write im:write mpim:write",
        "channel users",
        "already_in_channel app_cannot_join_channel cant_invite cant_invite_self channel_not_found "
        "invitee_cant_see_channel is_archived method_not_supported_for_channel_type no_user not_in_channel "
        "ura_max_channels user_is_restricted user_not_found",
    ),
}
