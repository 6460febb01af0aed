"""Methods about messages pinned to a conversation."""

from sandbox.channels import Channel
from sandbox.errors import Refused
from sandbox.methods.contract import Call, Json, method
from sandbox.methods.rooms import room

MOST = 100


def add(call: Call) -> Json:
    """Pin a message."""
    channel = _inside(call)
    ts = _message(call, channel)
    if ts in channel.pinned:
        raise Refused("already_pinned")
    if len(channel.pinned) >= MOST:
        raise Refused("too_many_pins")
    channel.pinned[ts] = call.caller.id
    call.workspace.watch.touch(channel.members)
    return {}


def everything(call: Call) -> Json:
    """List what is pinned, the newest pin first."""
    channel = room(call)
    wire = call.workspace.message_wire
    return {
        "items": [
            {"type": "message", "channel": channel.id, "created_by": by, "message": wire(channel, channel.messages[ts])}
            for ts, by in reversed(channel.pinned.items())
            if ts in channel.messages
        ]
    }


def remove(call: Call) -> Json:
    """Take a pin off."""
    channel = _inside(call)
    ts = _message(call, channel)
    if channel.pinned.pop(ts, None) is None:
        raise Refused("no_pin")
    call.workspace.watch.touch(channel.members)
    return {}


def _inside(call: Call) -> Channel:
    channel = room(call)
    if call.token.user not in channel.members:
        raise Refused("not_in_channel")
    return channel


def _message(call: Call, channel: Channel) -> str:
    ts = call.text("timestamp")
    if not ts:
        raise Refused("no_item_specified")
    if ts not in channel.messages:
        raise Refused("message_not_found")
    return ts


METHODS = {
    "pins.add": method(
        add,
        "pins:write",
        "channel timestamp",
        "already_pinned bad_timestamp channel_not_found external_channel_migrating file_not_found file_not_shared "
        "message_not_found no_item_specified not_in_channel not_pinnable restricted_action too_many_pins",
    ),
    "pins.list": method(everything, "pins:read", "channel", "channel_not_found restricted_action"),
    "pins.remove": method(
        remove,
        "pins:write",
        "channel timestamp",
        "bad_timestamp channel_not_found external_channel_migrating file_comment_not_found file_not_found "
        "message_not_found no_item_specified no_pin not_pinned restricted_action",
    ),
}
