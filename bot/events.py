"""Working on the events in the inbox, one after the other, each with its effect in one transaction."""

from collections.abc import Sequence
from dataclasses import replace

import structlog

from bot import trail, wire
from bot.clock import Clock
from bot.directory import Directory
from bot.files import Files
from bot.listener import Workshop
from handlers.contract import Call, Desk, Kind, Reply, Route, Say
from playbook.sorry import Sorry
from playbook.tongue import phrase
from storage import inbox, outbox
from storage.database import Database, Team
from storage.outbox import Lane, Post
from storage.tables import InboxEvent

log = structlog.get_logger("events")

SLACK = "slack"
APOLOGY = phrase("I could not work on your last message. Nothing was saved; please send it once more.")


class Events:
    """Takes events from the inbox and runs their handlers; an event that fails five times is set aside."""

    def __init__(
        self,
        routes: Sequence[Route],
        database: Database,
        workshop: Workshop,
        directory: Directory,
        files: Files,
        clock: Clock,
    ) -> None:
        self._table = {route.name: route for route in routes if route.kind is Kind.EVENT}
        self._database = database
        self._workshop = workshop
        self._directory = directory
        self._files = files
        self._clock = clock

    async def work(self) -> int:
        """Work on everything that waits; tells how many events that were."""
        worked = 0
        while await self._next():
            worked += 1
        return worked

    async def _next(self) -> bool:
        """Take the next event and finish it. People it names are met first, outside of any transaction."""
        async with self._database.reading() as session:
            event = await inbox.next_new(session, self._clock.now())
        if event is None:
            return False
        try:
            call = wire.read_event(event.team_id, event.body)
            await self._directory.meet(event.team_id, [*call.people, *call.channels])
            await self._finish(event, await self._with_files(call))
        except Exception as error:
            log.exception("event failed", type=event.kind, event_id=event.event_id)
            await self._fail(event, type(error).__name__)
        return True

    async def _with_files(self, call: Call) -> Call:
        """Fetch what the handler wants to read, outside of any transaction, and meet the people it names."""
        route, sent = self._table.get(call.name), call.event.get("files") or ()
        if route is None or route.files is None or not sent:
            return call
        async with self._database.team_reading(call.team_id) as team:
            wanted = await route.files(call, self._workshop.desk(team))
        files = [await self._files.fetch(file) for file in sent if str(file.get("id")) in wanted]
        words = "\n".join(file.text for file in files)
        handles = await self._directory.meet_named(call.team_id, words) if words.strip() else {}
        return replace(call, files=tuple(files), handles=handles)

    async def _finish(self, event: InboxEvent, call: Call) -> None:
        async with self._database.writing() as session:
            if not await inbox.begin(session, event):
                return
            team = Team(session, event.team_id)
            desk = self._workshop.desk(team)
            reply = await self._answer(call, desk)
            posts = (*reply.posts, *_said(event, call.user_id, reply))
            await outbox.put(team, posts, desk.now, by=call.user_id or SLACK)

    async def _answer(self, call: Call, desk: Desk) -> Reply:
        """Run the handler; what a refused one had begun is taken back, the refusal is told."""
        if call.name not in self._table:
            return Reply()
        try:
            async with desk.team.session.begin_nested():
                reply = await self._table[call.name].handler(call, desk)
                await trail.keep(desk, self._table[call.name], call)
                return reply
        except Sorry as sorry:
            return Say(text=str(sorry))

    async def _fail(self, event: InboxEvent, why: str) -> None:
        now = self._clock.now()
        async with self._database.writing() as session:
            over = await inbox.failed(session, event, why, now)
            if over and event.kind == "message":
                user_id = str(event.body.get("user") or "")
                await outbox.put(Team(session, event.team_id), _said(event, user_id, Say(text=APOLOGY)), now)


def _said(event: InboxEvent, user_id: str, reply: Reply) -> tuple[Post, ...]:
    """Make a message of what was said to somebody who wrote to the bot."""
    if not isinstance(reply, Say) or not user_id:
        return ()
    key = f"said:{event.event_id}"
    return (Post(key, user_id, reply.text, reply.blocks, Lane.CARD),)
