"""What arrives at a response URL: a new message, or one that replaces or deletes the message that was pressed."""

import json
from typing import Any

from aiohttp import web

from sandbox.app import App
from sandbox.blocks import with_ids
from sandbox.channels import Channel, Message
from sandbox.errors import Refused
from sandbox.journal import Journal
from sandbox.methods.content import LONGEST_TEXT, valid_blocks
from sandbox.responses import ResponseUrl

Json = dict[str, Any]


class Hooks:
    """Answers POSTs to response URLs."""

    def __init__(self, app: App, journal: Journal) -> None:
        self._app, self._journal = app, journal

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one POST: "ok", or 404 once the URL is used up or too old."""
        body = await _body(request)
        entry = self._journal.note("in", "response_url", body or {})
        target = self._app.responses.find(request.path)
        fault = "used_url" if target is None else target.fault()
        if target is None or fault:
            entry.answer = fault
            return web.json_response({"ok": False, "error": fault}, status=404)
        try:
            entry.answer = "ok"
            self.post(target, body)
        except Refused as refusal:
            entry.answer = refusal.code
            return web.Response(status=400, text=refusal.code)
        return web.Response(text="ok")

    def post(self, target: ResponseUrl, body: Json | None) -> None:
        """Do what was posted; raises Refused for a message Slack would not show."""
        if body is None:
            raise Refused("invalid_payload")
        channel = self._app.workspace.channels.get(target.channel)
        if channel is None:
            raise Refused("channel_not_found")
        if body.get("delete_original"):
            self._delete(channel, target)
        elif body.get("replace_original") and _original(channel, target) is not None:
            self._replace(channel, target, body)
        else:
            say_for_app(self._app, channel, target.user, body, target.thread_ts)
        target.left -= 1

    def _delete(self, channel: Channel, target: ResponseUrl) -> None:
        if _original(channel, target) is not None:
            self._app.workspace.delete(channel, target.ts)

    def _replace(self, channel: Channel, target: ResponseUrl, body: Json) -> None:
        message = _original(channel, target)
        assert message is not None, "the caller has looked"
        said = drafted(self._app, channel, body)
        before = self._app.workspace.message_wire(channel, message)
        message.text, message.blocks, message.attachments = said.text, said.blocks, said.attachments
        if message.ephemeral_for:
            self._app.workspace.watch.touch([message.ephemeral_for])
            return
        self._app.workspace.edited(channel, message, before)


def say_for_app(app: App, channel: Channel, user: str, body: Json, thread_ts: str = "") -> Message:
    """Post what the app answered: for this person only unless response_type is in_channel; raises Refused."""
    message = drafted(app, channel, body)
    message.thread_ts = str(body.get("thread_ts") or thread_ts)
    if message.thread_ts and message.thread_ts not in channel.messages:
        message.thread_ts = ""
    if body.get("response_type", "ephemeral") != "in_channel":
        message.ephemeral_for = user
    return app.workspace.post(channel, message)


def drafted(app: App, channel: Channel, body: Json) -> Message:
    """Read a message the app answered with; raises Refused as chat.* methods do."""
    blocks, text, attachments = body.get("blocks") or [], str(body.get("text") or ""), body.get("attachments")
    valid_blocks(blocks)
    if not (blocks or text or attachments):
        raise Refused("no_text")
    bot = app.workspace.bot
    return Message(
        app.workspace.next_ts(channel),
        bot.id,
        text[:LONGEST_TEXT],
        blocks=with_ids(blocks),
        attachments=attachments or [],
        bot_id=bot.bot_id,
        app_id=app.workspace.app_id,
    )


def _original(channel: Channel, target: ResponseUrl) -> Message | None:
    return channel.messages.get(target.ts) or channel.ephemerals.get(target.ts)


async def _body(request: web.Request) -> Json | None:
    raw = await request.text()
    if request.content_type == "application/x-www-form-urlencoded":
        raw = str((await request.post()).get("payload", ""))
    try:
        body = json.loads(raw)
    except ValueError:
        return None
    return body if isinstance(body, dict) else None
