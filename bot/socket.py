"""The Socket Mode connection, and the watchdog that keeps it alive."""

import asyncio
import time

import structlog
from aiohttp import ClientError
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

log = structlog.get_logger("socket")

PING_SECONDS = 4
NEW_TICKET_AFTER = 5.0
NEW_CLIENT_AFTER = 60.0
GIVE_UP_AFTER = 180.0


class SocketLost(RuntimeError):
    """The connection could not be had again; whoever started the bot should start it anew."""


class Socket:
    """One connection to Slack that is built anew when it cannot be mended."""

    def __init__(self, app: AsyncApp, app_token: str) -> None:
        self._app = app
        self._token = app_token
        self._handler = self._build()

    def _build(self) -> AsyncSocketModeHandler:
        return AsyncSocketModeHandler(self._app, self._token, ping_interval=PING_SECONDS)

    async def start(self) -> None:
        """Connect; raises SlackApiError at once when Slack refuses the app token."""
        self._handler.client.wss_uri = await self._handler.client.issue_new_wss_url()
        await self._handler.connect_async()

    async def connected(self) -> bool:
        """Tell whether Slack can reach us just now."""
        return bool(await self._handler.client.is_connected())

    async def watch(self) -> None:
        """Mend the connection whenever it is lost; raises SocketLost after three minutes without one."""
        lost_at: float | None = None
        while True:
            await asyncio.sleep(1)
            if await self.connected():
                lost_at = None
                continue
            lost_at = lost_at or time.monotonic()
            await self._mend(time.monotonic() - lost_at)

    async def _mend(self, gone: float) -> None:
        """Ask for a new ticket, then build a new client, then give up: the SDK alone keeps trying a dead ticket."""
        if gone > GIVE_UP_AFTER:
            raise SocketLost("no connection to Slack for three minutes")
        if gone > NEW_CLIENT_AFTER and int(gone) % int(NEW_CLIENT_AFTER) == 0:
            log.error("still no connection; building a new one")
            await self._handler.close_async()
            self._handler = self._build()
            await self._try_start()
        elif gone > NEW_TICKET_AFTER:
            self._handler.client.wss_uri = None

    async def _try_start(self) -> None:
        try:
            await self.start()
        except (SlackApiError, ClientError, OSError) as error:
            log.warning("could not connect", why=type(error).__name__)

    async def stop(self) -> None:
        """Hang up."""
        await self._handler.close_async()
