"""One listener for everything people ask: finds the route, opens the transaction, answers once, apologises once.

Bolt is given one catch-all listener a kind, and a dictionary made from ROUTES stands behind them, because Bolt looks
through its listeners one by one. The acknowledgement comes last, when the outcome is known.
"""

import asyncio
import logging
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import uuid4

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from blocks import kit
from bot import trail, wire
from bot.answer import Answers
from bot.clock import Clock
from bot.directory import Directory
from bot.tongue import Tongues
from bot.wire import Envelope
from handlers.contract import Call, Desk, Duty, FixFields, Kind, PushModal, Reply, Route, Say
from playbook.load import Playbook
from playbook.show import without_words
from playbook.sorry import Sorry
from playbook.tongue import phrase
from storage import nudge, outbox, submissions
from storage.database import Database, Team
from storage.inbox import Arrived, Inbox
from storage.tongue import CHANGED
from storage.vault import Vault

log = structlog.get_logger("listener")

ANYTHING = re.compile(".*", re.DOTALL)
PATIENCE = 1.5
MOST_RECENT = 2_000
APOLOGY = phrase(
    "Something went wrong on our side, and nothing was saved. Please try again; "
    "if it keeps happening, tell an admin this reference: {reference}"
)


class Recent:
    """The interactions of the last while, so that one delivered twice is worked on once."""

    def __init__(self, most: int = MOST_RECENT) -> None:
        self._most = most
        self._seen: OrderedDict[str, None] = OrderedDict()

    def again(self, occasion: str) -> bool:
        """Tell whether this interaction came before, and remember it."""
        if not occasion:
            return False
        seen = occasion in self._seen
        self._seen[occasion] = None
        if len(self._seen) > self._most:
            self._seen.popitem(last=False)
        return seen


class Tasks:
    """Work that goes on after an acknowledgement; kept here so that it is neither lost nor cut off."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, Any]) -> "asyncio.Task[Any]":
        """Begin a piece of work."""
        task = asyncio.ensure_future(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    async def done(self) -> bool:
        """Wait until all work has ended; tells whether there was any."""
        waited = False
        while self._running:
            waited = True
            await asyncio.gather(*self._running, return_exceptions=True)
        return waited


class Worked(NamedTuple):
    """What came of a piece of work, and whether it may have written something that others are to look at."""

    reply: Reply
    wrote: bool = False


class Workshop:
    """Runs a handler at a desk of its own: one transaction, and its letters with it."""

    def __init__(
        self,
        database: Database,
        playbook: Playbook,
        clock: Clock,
        admins: frozenset[str],
        duties: Sequence[Duty],
        public_url: str = "",
        vault: Vault | None = None,
        tongues: Tongues | None = None,
    ) -> None:
        self._database = database
        self.playbook = playbook
        self._clock = clock
        self._admins = admins
        self._duties = duties
        self._public_url = public_url
        self.vault = vault or Vault()
        self._tongues = tongues
        self.bot_user_id = ""
        self.local_webhooks = False

    def desk(self, team: Team) -> Desk:
        """Set up a desk over one team's records."""
        now, url, local = self._clock.now(), self._public_url, self.local_webhooks
        return Desk(
            team,
            self.playbook,
            now,
            self._admins,
            self._duties,
            self.bot_user_id,
            url,
            self.vault,
            local_webhooks=local,
        )

    async def run(self, work: Callable[[Desk], Awaitable[Reply]], team_id: str, by: str = "") -> Worked:
        """Do somebody's work and keep what it changed and whom it told, or nothing of either."""
        async with self._database.team(team_id) as team:
            desk = self.desk(team)
            reply = await work(desk)
            if isinstance(reply, FixFields):
                await team.session.rollback()
            else:
                await outbox.put(team, reply.posts, desk.now, by=by)
            wrote, retuned = team.session.in_transaction(), CHANGED in team.session.info
        if retuned and self._tongues is not None:
            self._tongues.forget(team_id)
        return Worked(reply, wrote)


class Listener:
    """Hears everything that comes from Slack; `wake` is called when something was changed."""

    def __init__(
        self,
        routes: Sequence[Route],
        workshop: Workshop,
        directory: Directory,
        answers: Answers,
        inbox: Inbox,
        clock: Clock,
        wake: Callable[[], None],
    ) -> None:
        self._table: Mapping[tuple[Kind, str], Route] = {(route.kind, route.name): route for route in routes}
        self._workshop = workshop
        self._directory = directory
        self._answers = answers
        self._inbox = inbox
        self._clock = clock
        self._wake = wake
        self._recent = Recent()
        self.tasks = Tasks()
        self.patience = PATIENCE

    def attach(self, app: AsyncApp) -> None:
        """Give Bolt one listener for each kind of thing it tells apart, and keep it from writing down what they say."""
        _hush()
        for kind in (app.command, app.action, app.shortcut, app.view_submission, app.view_closed, app.options):
            kind(ANYTHING)(self.heard)
        app.event(ANYTHING)(self.happened)

    async def happened(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Keep an event, then acknowledge it; Slack repeats what was not acknowledged."""
        event = without_words(body["event"], self._workshop.playbook.show)
        if event is None:
            await ack()
            return
        arrived = Arrived(body["team_id"], body["event_id"], str(event.get("type")), dict(event), self._clock.now())
        await self._inbox.keep(arrived)
        await ack()
        self._wake()

    async def heard(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Answer one interaction; never raises, since Bolt would forget the acknowledgement."""
        try:
            await self._hear(wire.read(body), ack)
        except Exception:
            log.exception("interaction could not be answered", type=body.get("type") or body.get("command"))
            await ack()

    async def _hear(self, envelope: Envelope, ack: AsyncAck) -> None:
        route = self._table.get((envelope.call.kind, envelope.call.name))
        if route is None or (envelope.call.kind is not Kind.FORM and self._recent.again(envelope.occasion)):
            if route is None:
                log.warning("nothing answers to this", kind=envelope.call.kind, name=envelope.call.name)
            await ack()
            return
        work = self.tasks.start(self._work(route, envelope))
        await asyncio.wait({work}, timeout=None if envelope.call.kind is Kind.OPTIONS else self.patience)
        if work.done():
            await self._answer(envelope, work.result(), ack)
        else:
            await self._take_time(route, envelope, work, ack)

    async def _answer(self, envelope: Envelope, worked: Worked, ack: AsyncAck) -> None:
        """Answer first; only then others may look at what was written, so that nobody waits for them."""
        try:
            for piece in await self._answers.give(envelope, worked.reply, ack):
                self.tasks.start(_quietly(piece))
        finally:
            if worked.wrote:
                self._wake()

    async def _take_time(self, route: Route, envelope: Envelope, work: "asyncio.Task[Worked]", ack: AsyncAck) -> None:
        """Show that something is on its way, and bring the outcome when it is there."""
        kind = envelope.call.kind
        view_id = envelope.view_id if kind is Kind.FORM else ""
        if kind is Kind.FORM:
            await ack(response_action="update", view=await self._answers.one_moment(envelope))
        else:
            if route.opens and envelope.trigger_id:
                view_id = await self._answers.open_loading(envelope)
            await ack()
        self.tasks.start(_quietly(self._bring(envelope, work, view_id)))

    async def _bring(self, envelope: Envelope, work: "asyncio.Task[Worked]", view_id: str) -> None:
        reply, wrote = await work
        if wrote:
            self._wake()
        if view_id:
            await self._answers.fill(envelope, view_id, reply)
        else:
            await self._answers.later(envelope, reply)

    async def _work(self, route: Route, envelope: Envelope) -> Worked:
        """Run the handler; a refusal becomes its sentence, anything else one apology with a reference."""
        call = envelope.call
        try:
            await self._directory.meet(call.team_id, call.people)
            if call.kind is Kind.FORM:
                await self._directory.meet(call.team_id, call.channels, fresh=True)
                await self._directory.meet_emails(call.team_id, call.emails)
            return await self._workshop.run(lambda desk: self._once(route, envelope, desk), call.team_id, call.user_id)
        except Sorry as sorry:
            return Worked(_refusal(call, str(sorry)))
        except Exception:
            reference = uuid4().hex[:8]
            log.exception("handler failed", reference=reference, route=route.name)
            return Worked(_refusal(call, APOLOGY.format(reference=reference)))

    async def _once(self, route: Route, envelope: Envelope, desk: Desk) -> Reply:
        """Let a form through once, however often it is sent; whoever presses a button has not ignored its message."""
        if envelope.call.kind is Kind.FORM and not await submissions.first(desk.team, envelope.occasion, desk.now):
            return Reply()
        if envelope.call.kind is Kind.ACTION and envelope.call.message_ts:
            await nudge.pressed(desk.team, envelope.call.user_id, envelope.call.message_ts)
        reply = await route.handler(envelope.call, desk)
        if not isinstance(reply, FixFields):
            await trail.keep(desk, route, envelope.call)
        return reply


def _hush() -> None:
    """Silence Bolt's loggers, each of which takes the root's level: their DEBUG and INFO tell people's words."""
    for name in list(logging.root.manager.loggerDict):
        if name.startswith("slack_bolt"):
            logging.getLogger(name).setLevel(logging.WARNING)


def _refusal(call: Call, sentence: str) -> Reply:
    """Say no where the person is; over a form, so that closing it brings back what they typed."""
    if call.kind is Kind.FORM:
        return PushModal(view=kit.page(phrase("Not yet"), sentence))
    return Say(text=sentence)


async def _quietly(work: Awaitable[None]) -> None:
    try:
        await work
    except Exception:
        log.exception("the rest of an answer failed")
