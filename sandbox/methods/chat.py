"""Methods that post, change and delete messages."""

from sandbox.blocks import with_ids
from sandbox.channels import Channel, Message
from sandbox.errors import Refused
from sandbox.methods import content
from sandbox.methods.contract import Call, Json, method
from sandbox.methods.rooms import may_post, place_to_post, room


def post(call: Call) -> Json:
    """Post a message."""
    channel = place_to_post(call)
    may_post(call, channel)
    said = content.read(call, "msg_blocks_too_long")
    if said.is_empty:
        raise Refused("no_text")
    message = _drafted(call, channel, said)
    message.metadata = said.metadata
    message.extra = _looks(call)
    if call.flag("reply_broadcast") and message.thread_ts:
        message.subtype = "thread_broadcast"
    call.workspace.post(channel, message)
    shown = call.workspace.message_wire(channel, message, metadata=True)
    return {"channel": channel.id, "ts": message.ts, "message": shown}


def post_ephemeral(call: Call) -> Json:
    """Show a message to one person only; it is not stored."""
    channel = room(call) if call.text("channel") not in call.workspace.users else place_to_post(call)
    may_post(call, channel)
    said = content.read(call, "msg_too_long", metadata=False)
    if said.is_empty:
        raise Refused("no_text")
    if len(said.text or "") > content.LONGEST_TEXT:
        raise Refused("msg_too_long")
    user = call.workspace.users.get(call.text("user"))
    if user is None or user.deleted or user.id not in channel.members:
        raise Refused("user_not_in_channel")
    message = _drafted(call, channel, said)
    message.ephemeral_for = user.id
    call.workspace.post(channel, message)
    return {"message_ts": message.ts}


def update(call: Call) -> Json:
    """Change one of the caller's own messages."""
    workspace = call.workspace
    channel = room(call)
    message = channel.messages.get(call.text("ts"))
    if message is None or message.subtype == "tombstone":
        raise Refused("message_not_found")
    if message.user != call.token.user or message.subtype == "channel_join":
        raise Refused("cant_update_message")
    said = content.read(call, "msg_too_long")
    if len(said.text or "") > content.LONGEST_UPDATE:
        raise Refused("msg_too_long")
    before = workspace.message_wire(channel, message)
    _change(message, said)
    if not (said.blocks or message.blocks):
        message.edited = {"user": call.token.user, "ts": workspace.next_ts(channel)}
    workspace.edited(channel, message, before)
    shown = workspace.message_wire(channel, message, metadata=True)
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": shown}


def delete(call: Call) -> Json:
    """Delete one of the caller's own messages."""
    channel = room(call)
    message = channel.messages.get(call.text("ts"))
    if message is None or message.subtype == "tombstone":
        raise Refused("message_not_found")
    if message.user != call.token.user:
        raise Refused("cant_delete_message")
    call.workspace.delete(channel, message.ts)
    return {"channel": channel.id, "ts": message.ts}


def permalink(call: Call) -> Json:
    """Give a message's address."""
    channel, ts = room(call), call.text("message_ts")
    message = channel.messages.get(ts)
    if message is None:
        raise Refused("message_not_found")
    url = f"https://{call.workspace.team_domain}.slack.com/archives/{channel.id}/p{ts.replace('.', '')}"
    if message.thread_ts and message.thread_ts != ts:
        url += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": url}


def _drafted(call: Call, channel: Channel, said: content.Content) -> Message:
    return Message(
        call.workspace.next_ts(channel),
        call.token.user,
        content.shortened(call, said.text or ""),
        blocks=said.blocks or [],
        attachments=said.attachments or [],
        bot_id=call.caller.bot_id,
        app_id=call.workspace.app_id,
        thread_ts=_thread(call, channel),
    )


def _thread(call: Call, channel: Channel) -> str:
    given = call.text("thread_ts")
    if not given:
        return ""
    parent = channel.messages.get(given)
    if parent is None or parent.subtype == "channel_join":
        raise Refused("cannot_reply_to_message")
    return parent.thread_ts or given


def _looks(call: Call) -> Json:
    if "chat:write.customize" not in call.token.scopes:
        return {}
    icon = {key: call.text(f"icon_{key}") for key in ("emoji", "url") if call.text(f"icon_{key}")}
    name = {"username": call.text("username")} if call.text("username") else {}
    return name | ({"icons": icon} if icon else {})


def _change(message: Message, said: content.Content) -> None:
    """Keep the blocks only if neither blocks nor text were given (Slack's chat.update reference)."""
    if said.text is None and said.blocks is None and said.attachments is None:
        raise Refused("no_text")
    blocks = said.blocks if said.blocks is not None else [] if said.text is not None else message.blocks
    attachments = message.attachments if said.attachments is None else said.attachments
    text = message.text if said.text is None else said.text
    if not (text or blocks or attachments):
        raise Refused("no_text")
    message.text, message.attachments = text, attachments
    message.blocks = with_ids(blocks)
    if said.metadata is not None:
        message.metadata = said.metadata or None


POSTING = (
    "channel_not_found invalid_blocks invalid_blocks_format is_archived markdown_text_conflict "
    "message_limit_exceeded no_text restricted_action too_many_attachments not_in_channel cannot_reply_to_message "
    "messages_tab_disabled"
)
METADATA = "invalid_metadata_format invalid_metadata_schema metadata_too_large"

METHODS = {
    "chat.postMessage": method(
        post, "chat:write", "channel", f"{POSTING} {METADATA} msg_blocks_too_long rate_limited team_not_found"
    ),
    "chat.postEphemeral": method(
        post_ephemeral,
        "chat:write",
        "channel user",
        f"{POSTING} msg_too_long user_not_in_channel invalid_attachments",
    ),
    "chat.update": method(
        update,
        "chat:write",
        "channel ts",
        f"cant_update_message channel_not_found edit_window_closed invalid_blocks invalid_blocks_format {METADATA} "
        "is_inactive markdown_text_conflict message_limit_exceeded message_not_found msg_too_long no_text "
        "team_not_found too_many_attachments update_failed",
    ),
    "chat.delete": method(
        delete, "chat:write", "channel ts", "cant_delete_message channel_not_found message_not_found"
    ),
    "chat.getPermalink": method(permalink, "", "channel message_ts", "channel_not_found message_not_found"),
}
