"""What Slack sends to an app, as pure functions; how it travels (Socket Mode, HTTP) is somebody else's business."""

from dataclasses import dataclass
from typing import Any

from sandbox.channels import Channel, Message
from sandbox.stateful import Values, copied
from sandbox.users import User

Json = dict[str, Any]
DIRECT_NAMES = {"im": "directmessage", "private": "privategroup"}


@dataclass(frozen=True)
class Frame:
    """What stands on every payload; `token` is Slack's old verification token, of no use any more."""

    team_id: str
    team_domain: str
    app_id: str
    token: str

    @property
    def team(self) -> Json:
        """The team as interactive payloads name it."""
        return {"id": self.team_id, "domain": self.team_domain}

    def interactive(self, kind: str, user: User) -> Json:
        """Give what every interactive payload has."""
        who = {"id": user.id, "username": user.handle, "name": user.handle, "team_id": self.team_id}
        return {
            "type": kind,
            "team": self.team,
            "user": who,
            "api_app_id": self.app_id,
            "token": self.token,
            "enterprise": None,
            "is_enterprise_install": False,
        }


@dataclass(frozen=True)
class Place:
    """Where something was pressed: the part of the payload that says so, and what is filled in there."""

    container: Json
    parts: Json
    values: Values


def channel_name(channel: Channel) -> str:
    """Name a conversation as payloads do."""
    return DIRECT_NAMES.get(channel.kind, channel.name)


def in_message(channel: Channel, message: Message, shown: Json, values: Values) -> Place:
    """Describe a message as a place; Slack does not send an ephemeral message back to the app."""
    container = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": bool(message.ephemeral_for),
        **({"thread_ts": message.thread_ts} if message.thread_ts else {}),
    }
    parts: Json = {"channel": {"id": channel.id, "name": channel_name(channel)}}
    if not message.ephemeral_for:
        parts["message"] = shown
    return Place(container, parts, copied(values))


def in_view(shown: Json) -> Place:
    """Describe a modal or a Home as a place."""
    return Place({"type": "view", "view_id": shown["id"]}, {"view": shown}, shown["state"]["values"])


def slash(
    frame: Frame, user: User, channel: Channel, command: str, text: str, trigger_id: str, response_url: str
) -> Json:
    """Build what a slash command sends."""
    return {
        "token": frame.token,
        "team_id": frame.team_id,
        "team_domain": frame.team_domain,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": user.id,
        "user_name": user.handle,
        "command": command,
        "text": text,
        "api_app_id": frame.app_id,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": trigger_id,
    }


def block_actions(
    frame: Frame, user: User, place: Place, action: Json, trigger_id: str, response_url: str = ""
) -> Json:
    """Build what pressing or choosing sends; only messages have a response_url."""
    payload = frame.interactive("block_actions", user) | {
        "container": place.container,
        "trigger_id": trigger_id,
        **place.parts,
        "actions": [action],
    }
    if "view" not in place.parts:
        payload |= {"state": {"values": place.values}, "response_url": response_url}
    return payload


def block_suggestion(frame: Frame, user: User, place: Place, block_id: str, action_id: str, value: str) -> Json:
    """Build what typing into an external select sends."""
    asked = {"container": place.container, "block_id": block_id, "action_id": action_id, "value": value}
    return frame.interactive("block_suggestion", user) | asked | place.parts


def view_submission(frame: Frame, user: User, shown: Json, trigger_id: str, response_urls: list[Json]) -> Json:
    """Build what submitting a modal sends."""
    sent = {"trigger_id": trigger_id, "view": shown, "response_urls": response_urls}
    return frame.interactive("view_submission", user) | sent


def view_closed(frame: Frame, user: User, shown: Json, *, is_cleared: bool) -> Json:
    """Build what closing a modal sends when it asked to be told."""
    return frame.interactive("view_closed", user) | {"view": shown, "is_cleared": is_cleared}


def shortcut(frame: Frame, user: User, callback_id: str, trigger_id: str, action_ts: str) -> Json:
    """Build what a global shortcut sends."""
    payload = frame.interactive("shortcut", user)
    del payload["api_app_id"]
    return payload | {"callback_id": callback_id, "trigger_id": trigger_id, "action_ts": action_ts}


def message_action(
    frame: Frame,
    user: User,
    callback_id: str,
    trigger_id: str,
    action_ts: str,
    channel: Channel,
    message: Json,
    response_url: str,
) -> Json:
    """Build what a message shortcut sends."""
    return shortcut(frame, user, callback_id, trigger_id, action_ts) | {
        "type": "message_action",
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "message_ts": message["ts"],
        "message": message,
        "response_url": response_url,
    }


def event_callback(frame: Frame, bot_user: str, event: Json, event_id: str, event_time: int) -> Json:
    """Wrap an event as the Events API does."""
    authorization = {
        "enterprise_id": None,
        "team_id": frame.team_id,
        "user_id": bot_user,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "token": frame.token,
        "team_id": frame.team_id,
        "context_team_id": frame.team_id,
        "context_enterprise_id": None,
        "api_app_id": frame.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": event_time,
        "authorizations": [authorization],
        "is_ext_shared_channel": False,
        "event_context": f"4-{event_id}",
    }
