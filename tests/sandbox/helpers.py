"""A small app's manifest, the people's forms, and a real Bolt app to run against the sandbox."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.pace import Pace
from sandbox.server import Sandbox

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
QUICK = Pace(ack=0.4, trigger=0.15, response_url=0.3, retries=(0.05, 0.1, 0.15), ticket=1.0, warning=0.1)
MANIFEST = """
display_information:
  name: Tester
features:
  app_home: {home_tab_enabled: true, messages_tab_enabled: true}
  bot_user: {display_name: Tester}
  shortcuts:
    - {name: Do it, type: global, callback_id: do.it, description: Do it now}
    - {name: Keep it, type: message, callback_id: keep.it, description: Keep this}
  slash_commands:
    - {command: /log, description: Log time, usage_hint: 2h, should_escape: true}
    - {command: /raw, description: Say it as typed}
oauth_config:
  scopes:
    bot:
      - channels:history
      - channels:read
      - channels:join
      - chat:write
      - commands
      - dnd:read
      - groups:read
      - groups:history
      - im:history
      - im:read
      - im:write
      - mpim:write
      - reactions:read
      - reactions:write
      - team:read
      - users:read
settings:
  event_subscriptions:
    bot_events:
      - app_home_opened
      - channel_archive
      - member_joined_channel
      - member_left_channel
      - message.channels
      - message.im
      - reaction_added
      - team_join
      - user_change
  interactivity: {is_enabled: true}
  socket_mode_enabled: true
"""


def manifest_with(scopes: str, events: str = "") -> str:
    """Give the small app's manifest with more scopes and events, named with spaces between."""
    more = "".join(f"      - {scope}\n" for scope in scopes.split())
    told = "".join(f"      - {event}\n" for event in events.split())
    return MANIFEST.replace("    bot:\n", f"    bot:\n{more}").replace("    bot_events:\n", f"    bot_events:\n{told}")


def heard(sandbox: Sandbox, *kinds: str) -> list[dict[str, Any]]:
    """Give the events of these kinds that were sent to the app, oldest first."""
    events = [entry.body["event"] for entry in sandbox.journal if entry.name == "events_api"]
    return [event for event in events if event["type"] in kinds]


Starter = Callable[..., Awaitable[Sandbox]]


def web_client(sandbox: Sandbox, token: str = "SLACK_BOT_TOKEN") -> AsyncWebClient:
    env = sandbox.env()
    client = AsyncWebClient(token=env[token], base_url=env["SLACK_API_URL"])
    client.retry_handlers.clear()
    return client


class Running:
    """A real Bolt app on a real Socket Mode connection."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.app = AsyncApp(client=web_client(sandbox))
        self.seen: asyncio.Queue[Any] = asyncio.Queue()
        self.handler = AsyncSocketModeHandler(
            self.app, sandbox.env()["SLACK_APP_TOKEN"], web_client=web_client(sandbox), ping_interval=1
        )

    async def connect(self) -> None:
        await self.handler.connect_async()
        await self.sandbox.sockets.opened.wait()

    async def next(self) -> Any:
        return await asyncio.wait_for(self.seen.get(), 5)


def section(text: str, block_id: str = "said") -> dict[str, Any]:
    return {"type": "section", "block_id": block_id, "text": {"type": "mrkdwn", "text": text}}


def button(action_id: str, value: str = "1") -> dict[str, Any]:
    pressed = {"type": "button", "action_id": action_id, "value": value, "text": plain("Press")}
    return {"type": "actions", "block_id": "row", "elements": [pressed]}


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def question(block_id: str, action_id: str = "answer", **more: Any) -> dict[str, Any]:
    element = {"type": "plain_text_input", "action_id": action_id, **more}
    return {"type": "input", "block_id": block_id, "label": plain("What?"), "element": element}


def modal(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    view = {"type": "modal", "callback_id": "form", "title": plain("Form"), "submit": plain("Send")}
    return view | {"blocks": list(blocks), **more}


def home(*blocks: dict[str, Any]) -> dict[str, Any]:
    return {"type": "home", "blocks": list(blocks)}
