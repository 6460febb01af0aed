"""The way out to Slack: one shared HTTP session, and two clients over it, of which the one that posts never retries."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from aiohttp import ClientSession, ClientTimeout, TCPConnector
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

TIMEOUT = ClientTimeout(total=10, connect=3)
CONNECTIONS = 20


class Slack:
    """Two clients with one session: `asks` may repeat a call that is safe to repeat, `posts` never does.

    The SDK would post a message again after a lost reply, hence the second.
    """

    def __init__(self, token: str, api_url: str) -> None:
        self.session = ClientSession(timeout=TIMEOUT, connector=TCPConnector(limit=CONNECTIONS))
        self.asks = AsyncWebClient(token, base_url=api_url, session=self.session)
        self.asks.retry_handlers = [
            AsyncConnectionErrorRetryHandler(),
            AsyncRateLimitErrorRetryHandler(max_retry_count=2),
            AsyncServerErrorRetryHandler(max_retry_count=2),
        ]
        self.posts = AsyncWebClient(token, base_url=api_url, session=self.session)
        self.posts.retry_handlers = []

    async def respond(self, url: str, message: Mapping[str, Any]) -> bool:
        """Answer through a response address (five times within half an hour); tells whether Slack took it."""
        webhook = AsyncWebhookClient(url, session=self.session, retry_handlers=[])
        answer = await webhook.send_dict(dict(message))
        return answer.status_code == HTTPStatus.OK

    async def close(self) -> None:
        """Give the connections back."""
        await self.session.close()
