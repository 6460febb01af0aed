"""The installed app as the workspace knows it: its tokens, what it may hear, and how it is asked."""

from dataclasses import dataclass
from typing import Any, Literal

from sandbox import ids, payloads
from sandbox.channels import Channel
from sandbox.delivery import Answer, Transport
from sandbox.pace import Pace
from sandbox.responses import ResponseUrls
from sandbox.stateful import Values
from sandbox.store import Workspace
from sandbox.subscriptions import BOT_EVENTS
from sandbox.triggers import Triggers
from sandbox.views import Views

Json = dict[str, Any]
TokenKind = Literal["bot", "app", "user"]
USER_SCOPES = (
    "channels:history channels:read channels:write chat:write dnd:read groups:history groups:read groups:write "
    "im:history im:read im:write mpim:history mpim:read mpim:write reactions:read reactions:write team:read users:read"
)


@dataclass(frozen=True)
class Token:
    """A token: whom it speaks for and what it may do."""

    secret: str
    kind: TokenKind
    user: str
    scopes: tuple[str, ...]


class App:
    """One installation of the app whose manifest the workspace was given."""

    def __init__(self, workspace: Workspace, transport: Transport, pace: Pace) -> None:
        self.workspace, self.transport = workspace, transport
        manifest = workspace.manifest
        self.triggers = Triggers(pace.trigger)
        self.responses = ResponseUrls(workspace.team_id, pace.response_url)
        self.views = Views(workspace.team_id, workspace.app_id, workspace.bot.bot_id)
        self.frame = payloads.Frame(workspace.team_id, workspace.team_domain, workspace.app_id, ids.secret())
        self.signing_secret = ids.secret(32)
        self.scopes = tuple(manifest.oauth_config.scopes.bot)
        self.heard = frozenset(manifest.settings.event_subscriptions.bot_events)
        self.bot_token = Token(f"xoxb-{ids.digits(12)}-{ids.secret()}", "bot", workspace.bot.id, self.scopes)
        self.app_token = Token(
            f"xapp-1-{workspace.app_id}-{ids.digits(13)}-{ids.secret(48)}", "app", "", ("connections:write",)
        )
        owner = next((user.id for user in workspace.users.values() if user.kind == "owner"), workspace.bot.id)
        self.user_token = Token(f"xoxp-{ids.digits(12)}-{ids.secret()}", "user", owner, tuple(USER_SCOPES.split()))
        self._tokens = {token.secret: token for token in (self.bot_token, self.app_token, self.user_token)}
        self.filled: dict[tuple[str, str, str], Values] = {}
        self.offered: dict[tuple[str, str, str], list[Json]] = {}
        workspace.announce = self.hear

    def token(self, secret: str) -> Token | None:
        """Find a token by what the app sent."""
        return self._tokens.get(secret)

    def hear(self, subscription: str, event: Json, channel: Channel | None) -> None:
        """Send an event if the manifest subscribes to it, its scope is there and the bot could see it."""
        if subscription not in self.heard or not self._may_hear(subscription, channel):
            return
        now = self.workspace.clock.now().timestamp()
        event = event if "event_ts" in event else {**event, "event_ts": f"{now:.6f}"}
        bot = self.workspace.bot.id
        self.transport.tell(payloads.event_callback(self.frame, bot, event, ids.fresh("Ev"), int(now)))

    async def command(self, payload: Json) -> Answer:
        """Send a slash command and wait for its acknowledgement."""
        return await self.transport.ask("slash_commands", payload)

    async def interact(self, payload: Json) -> Answer:
        """Send an interactive payload and wait for its acknowledgement."""
        if not self.workspace.manifest.settings.interactivity.is_enabled:
            return Answer(acked=False, error="interactivity_disabled")
        return await self.transport.ask("interactive", payload)

    def _may_hear(self, subscription: str, channel: Channel | None) -> bool:
        needed = BOT_EVENTS[subscription]
        if needed and not set(needed).intersection(self.scopes):
            return False
        return channel is None or self.workspace.bot.id in channel.members
