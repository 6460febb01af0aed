"""The whole bot, put together: what hears, what remembers, what is due and what posts."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

import structlog
import tzdata
from pydantic import SecretStr
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel import select

from bot import standing
from bot.answer import Answers
from bot.api import Api
from bot.around import Around
from bot.aside import Aside
from bot.authorization import Authorization
from bot.clock import Clock, SystemClock
from bot.delivery import Delivery
from bot.directory import Directory
from bot.dnd import DoNotDisturb
from bot.events import Events
from bot.feed import Feed
from bot.files import Files
from bot.gate import Gate
from bot.greeting import Greeting
from bot.ics import Ics
from bot.listener import Listener, Workshop
from bot.parcel import Parcels
from bot.pins import Pins
from bot.scheduler import Metronome, Scheduler
from bot.selftest import SelfTest
from bot.settings import Settings
from bot.slack import Slack
from bot.socket import Socket
from bot.survey import Survey
from bot.tongue import Tongues
from bot.web import open_doors
from bot.webhook import Webhooks
from handlers import DUTIES, MAKERS, ROUTES
from playbook import load as playbook
from playbook.tongue_catalogue import Catalogues
from storage import contractor, inbox, queue, timetable, webhook_queue
from storage.database import Database

log = structlog.get_logger("app")

RECONCILE_SECONDS = 15.0
HOUSEKEEPING_SECONDS = 3600.0
PATIENCE_SECONDS = 10.0
NEXT_DATES: Any = select(*(part.NEXT_AT.scalar_subquery() for part in (timetable, inbox, queue, webhook_queue)))
REFUSED = "Slack refuses {name} ({why}). {mend}"


class TokenRefused(RuntimeError):
    """Slack does not accept a token; the sentence says which and what to do."""


class InnerCircle:
    """The bot at work. `start` and `stop` it; `settle` waits until all that is due has happened."""

    def __init__(self, settings: Settings, clock: Clock | None = None) -> None:
        self.settings = settings
        self.clock = clock or SystemClock()
        self.database = Database(settings.database_url)
        self.playbook = playbook.load(settings.playbook)
        self.team_id = ""
        self._background: list[asyncio.Task[None]] = []

    async def prepare(self) -> None:
        """Build everything that needs a running loop, and ask Slack who we are."""
        token = self.settings.slack_bot_token.get_secret_value()
        self.over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.slack = Slack(token, self.settings.slack_api_url)
        admins, public_url = self.settings.admins, self.settings.public_url
        vault = self.settings.vault
        self.tongues = Tongues(self.database, Catalogues())
        self.workshop = Workshop(
            self.database, self.playbook, self.clock, admins, DUTIES, public_url, vault, self.tongues
        )
        self.directory = Directory(self.slack, self.database, self.tongues)
        self.delivery = Delivery(self.slack, self.database, self.clock, self.settings, self.tongues)
        self.scheduler = Scheduler(DUTIES, self.database, self.workshop, self.clock, self.delivery.wake)
        dnd = DoNotDisturb(self.slack.posts)
        self.gate = Gate(self.database, dnd, self.clock, self.playbook)
        aside = Aside(self.database, self.clock, self.delivery.wake)
        files = Files(self.slack, token, self.settings.slack_api_url)
        self.events = Events(ROUTES, self.database, self.workshop, self.directory, files, self.clock)
        self.listener = Listener(
            ROUTES,
            self.workshop,
            self.directory,
            Answers(self.slack, aside.privately, aside.in_place, self.tongues),
            inbox.Inbox(self.database),
            self.clock,
            self.wake,
        )
        self.around = self._around()
        self.workshop.local_webhooks = local = self.settings.allow_local_webhooks
        self.webhooks = Webhooks(self.database, vault, self.playbook.webhook, self.clock, self.wake, local=local)
        self._news = asyncio.Event()
        authorization = Authorization(self.slack, token)
        self.bolt = self._bolt(authorization)
        self.team_id = await self._who_are_we(authorization)

    def _around(self) -> Around:
        ask = self.slack, self.database
        return Around(
            self.database,
            Survey(*ask, self.directory, self.clock),
            SelfTest(*ask, self.clock, self.delivery.wake),
            Pins(*ask, self.clock, self.delivery.wake),
            Ics(*ask, self.playbook, self.clock, self.tongues),
            Parcels(*ask, MAKERS, self.workshop.desk, self.clock, self.tongues),
        )

    def _bolt(self, authorization: Authorization) -> AsyncApp:
        async def authorize(team_id: str | None) -> AuthorizeResult:  # noqa: ARG001 - Bolt goes by the names
            return await authorization.answer()

        app = AsyncApp(
            name="inner-circle",  # without one, Bolt looks through every module for its name (40 ms)
            client=AsyncWebClient(base_url=self.settings.slack_api_url, session=self.slack.session),
            authorize=authorize,
            signing_secret=_secret(self.settings.slack_signing_secret) or None,
            request_verification_enabled=self.settings.mode == "http",
            process_before_response=True,
        )
        self.listener.attach(app)
        return app

    async def _who_are_we(self, authorization: Authorization) -> str:
        try:
            us = await authorization.answer()
        except SlackApiError as error:
            why, mend = error.response.get("error"), "Install the app again and copy it anew."
            raise TokenRefused(REFUSED.format(name="SLACK_BOT_TOKEN", why=why, mend=mend)) from None
        self.workshop.bot_user_id = str(us.bot_user_id or "")
        return str(us.team_id)

    async def start(self) -> None:
        """Begin to work: connect, deliver what waits, and follow the clock."""
        await self.prepare()
        await self.scheduler.follow_zone_data(tzdata.IANA_VERSION)
        await standing.follow(self.database, self.workshop, self.team_id, DUTIES)
        if self.database.is_sqlite:
            await self.delivery.recover()
        look_every = min(RECONCILE_SECONDS, max(self.settings.grace_seconds / 2, 0.5))
        self.metronome = Metronome(
            [
                (self._unbroken(self._catch_up), self.settings.tick_seconds),
                (self._unbroken(self.delivery.reconcile), look_every),
                (self._unbroken(self.scheduler.housekeeping), HOUSEKEEPING_SECONDS),
            ],
            self.scheduler,
        )
        self._run(self.delivery.run())
        self._run(self._follow_news())
        self._run(self.metronome.watch())
        await self._connect()
        self._run(self._unbroken(self._refresh_people)())
        self.listener.tasks.start(self._greet())
        self.wake()

    async def _connect(self) -> None:
        """Let Slack reach us: over HTTP at our address, or over a connection that we open."""
        if self.settings.mode == "socket":
            await self._open_socket()
        feed = Feed(self.database, self.playbook, self.clock, self.team_id, self.tongues)
        api = Api(self.database, self.playbook.api, self.clock, self.team_id)
        self.web = await open_doors(self.settings, self.bolt, self.healthy, feed, *api.routes)

    async def _open_socket(self) -> None:
        self.socket = Socket(self.bolt, _secret(self.settings.slack_app_token))
        try:
            await self.socket.start()
        except SlackApiError as error:
            why, mend = error.response.get("error"), "Make a new one with connections:write."
            raise TokenRefused(REFUSED.format(name="SLACK_APP_TOKEN", why=why, mend=mend)) from None
        self._run(self.socket.watch())

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        task.add_done_callback(self._ended)
        self._background.append(task)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        """Let whoever runs the bot know when a part that should work for ever has given up."""
        if not task.cancelled() and task.exception() is not None and not self.over.done():
            self.over.set_exception(task.exception() or RuntimeError())

    def wake(self) -> None:
        """Look at once at what was just written."""
        self._news.set()

    async def _follow_news(self) -> None:
        """Work on events, and on what was made due at once, as soon as they are written."""
        catch_up = self._unbroken(self._catch_up)
        while True:
            await self._news.wait()
            self._news.clear()
            try:
                await catch_up()
            except Exception:
                log.exception("news could not be followed")
            self.delivery.wake()

    async def _catch_up(self) -> None:
        await self.events.work()
        await self.scheduler.tick()
        if await self.gate.work():
            self.delivery.wake()
        for part in (self.around, self.webhooks):
            self.listener.tasks.start(part.work(self.team_id))

    async def _greet(self) -> None:
        """Write to the admin who is to set the workspace up, the first time."""
        greeting = Greeting(self.slack, self.database, self.directory, self.clock)
        await greeting.greet(self.team_id, self.settings.admins, self.playbook.workspace.intro_channel)
        self.delivery.wake()

    def _unbroken(self, job: Callable[[], Coroutine[Any, Any, object]]) -> Callable[[], Coroutine[Any, Any, None]]:
        """Let a job end what it began when nobody waits for it any more: a statement cut off spoils its connection."""

        async def run() -> None:
            await asyncio.shield(self.listener.tasks.start(job()))

        return run

    async def _refresh_people(self) -> None:
        """Look again at everybody on the path, since changes were missed while the bot was away."""
        async with self.database.team_reading(self.team_id) as team:
            known = {user_id for one in await contractor.everyone(team) for user_id in (one.user_id, one.manager_id)}
        await self.directory.refresh(self.team_id, sorted(known))

    async def settle(self) -> None:
        """Wait until nothing that is due now is left to do: answers, events, duties and letters."""
        while True:
            busy = await self.listener.tasks.done()
            if await self._work():
                continue
            if not busy and not self._news.is_set() and not await self.around.work(self.team_id):
                return

    async def _work(self) -> int:
        """Do whatever is due now, and leave alone what has nothing due; tells how much that was."""
        now, dates = self.clock.now(), await self._dates()
        duties, events, letters, hooks = (at is not None and at <= now for at in dates)
        worked = await self.events.work() if events else 0
        worked += await self.scheduler.tick() if duties else 0
        worked += await self.gate.work() if letters else 0
        worked += await self.delivery.drain()
        return worked + (await self.webhooks.work(self.team_id) if hooks else 0)

    async def next_due(self) -> datetime | None:
        """Tell when something is due next, for whoever moves the clock."""
        return min(filter(None, await self._dates()), default=None)

    async def _dates(self) -> Sequence[datetime | None]:
        """Ask when the next duty, event, letter and delivery to a webhook are due."""
        async with self.database.reading() as session:
            dates: Sequence[datetime | None] = (await session.exec(NEXT_DATES)).one()
            return dates

    async def healthy(self) -> tuple[bool, str]:
        """Tell whether all is well, and if not, what is wrong, in words."""
        if self.settings.mode == "socket" and not await self.socket.connected():
            return False, "no connection to Slack"
        return True, "ok"

    async def stop(self) -> None:
        """Finish what is under way within ten seconds, then hang up."""
        for way_in in (getattr(self, "socket", None), getattr(self, "web", None)):
            if way_in is not None:
                await way_in.stop()
        if hasattr(self, "metronome"):
            self.metronome.stop()
        for task in self._background:
            task.cancel()
        await asyncio.gather(*self._background, return_exceptions=True)
        with suppress(TimeoutError):
            await asyncio.wait_for(self._finish(), PATIENCE_SECONDS)
        if hasattr(self, "slack"):
            await self.slack.close()
        if hasattr(self, "webhooks"):
            await self.webhooks.close()
        await self.database.close()

    async def _finish(self) -> None:
        if hasattr(self, "listener"):
            await self.listener.tasks.done()
            await self.delivery.land()


def _secret(value: SecretStr | None) -> str:
    return value.get_secret_value() if value else ""
