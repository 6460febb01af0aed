"""Methods about reactions."""

import re

from sandbox.errors import Refused
from sandbox.methods.contract import Call, Json, method
from sandbox.methods.rooms import room

NAME = re.compile(r"[a-z0-9_+'-]+(::skin-tone-[2-6])?")


def add(call: Call) -> Json:
    """Add the caller's reaction to a message."""
    channel = room(call)
    if not NAME.fullmatch(call.text("name")):
        raise Refused("invalid_name")
    if channel.archived:
        raise Refused("is_archived")
    if call.token.user not in channel.members:
        raise Refused("no_access")
    message = channel.messages.get(call.text("timestamp"))
    if message is None:
        raise Refused("message_not_found")
    if not call.workspace.react(channel, message, call.caller, call.text("name")):
        raise Refused("already_reacted")
    return {}


METHODS = {
    "reactions.add": method(
        add,
        "reactions:write",
        "channel name timestamp",
        "already_reacted bad_timestamp channel_not_found invalid_name is_archived message_not_found "
        "no_item_specified not_reactable thread_locked too_many_emoji too_many_reactions no_access",
    ),
}
