"""The way in over HTTP: calendar feeds, the API, health, and Slack's calls where it calls an address of ours."""

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable

import structlog
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier

from bot.feed import Feed
from bot.settings import Settings

log = structlog.get_logger("web")

REPLAY_SECONDS = 600.0
SIGNED = ("X-Slack-Request-Timestamp", "X-Slack-Signature")
LARGEST_BODY = 1024**2
Health = Callable[[], Awaitable[tuple[bool, str]]]


class Replays:
    """Signatures seen lately: a request that somebody recorded and sends again is not worked on."""

    def __init__(self) -> None:
        self._seen: OrderedDict[str, float] = OrderedDict()

    def again(self, signature: str, now: float) -> bool:
        """Tell whether a signature came before, and remember it."""
        while self._seen and next(iter(self._seen.values())) < now - REPLAY_SECONDS:
            self._seen.popitem(last=False)
        if signature in self._seen:
            return True
        self._seen[signature] = now
        return False


class Web:
    """Serves `/health` for whoever watches over the bot, `/calendar/` for calendar apps, and what else it is given."""

    def __init__(self, health: Health, feed: Feed, *more: web.RouteDef) -> None:
        self._health = health
        self._routes = [web.get("/health", self._tell), web.get("/calendar/{name}", feed.answer), *more]
        self._runner: web.AppRunner | None = None

    async def start(self, host: str, port: int) -> None:
        """Listen."""
        served = web.Application(client_max_size=LARGEST_BODY)
        served.add_routes(self._routes)
        self._runner = web.AppRunner(served, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()

    async def stop(self) -> None:
        """Stop listening."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def _tell(self, _request: web.Request) -> web.Response:
        well, words = await self._health()
        return web.Response(status=200 if well else 503, text=words)


class SlackDoor:
    """Serves `/slack/events`, where Slack calls us: every request's signature is checked."""

    def __init__(self, bolt: AsyncApp, signing_secret: str) -> None:
        self._bolt = bolt
        self._verifier = SignatureVerifier(signing_secret)
        self._replays = Replays()

    @property
    def route(self) -> web.RouteDef:
        """Give the address for `Web`."""
        return web.post("/slack/events", self._hear)

    async def _hear(self, request: web.Request) -> web.Response:
        if not request.headers.get("X-Slack-Request-Timestamp", "").isdigit():
            return web.Response(status=401, text="no timestamp")
        try:
            asked = await to_bolt_request(request)
        except (ValueError, KeyError, AttributeError, TypeError):
            return web.Response(status=400, text="not a payload of Slack's")
        if self._replayed(request, asked.raw_body):
            return web.Response(status=200)
        return await to_aiohttp_response(await self._bolt.async_dispatch(asked))

    def _replayed(self, request: web.Request, body: str) -> bool:
        """Tell whether a genuine request came before. Events have their own ids, and Slack repeats those on purpose."""
        headers = {name: request.headers.get(name, "") for name in SIGNED}
        if "event_callback" in body or not self._verifier.is_valid_request(body, headers):
            return False
        return self._replays.again(headers["X-Slack-Signature"], time.monotonic())


async def open_doors(settings: Settings, bolt: AsyncApp, health: Health, feed: Feed, *more: web.RouteDef) -> Web | None:
    """Listen where the settings say: for Slack in http mode, for everybody else where there is a public address.

    `more` is what else is served there, such as the API.
    """
    if settings.mode == "http":
        secret = settings.slack_signing_secret
        slack = SlackDoor(bolt, secret.get_secret_value() if secret else "")
        opened = Web(health, feed, slack.route, *more)
    elif settings.public_url:
        opened = Web(health, feed, *more)
    else:
        return None
    await opened.start(settings.host, settings.port)
    return opened
