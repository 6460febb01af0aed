"""Bringing letters to Slack: each once, in order within a conversation, at Slack's pace (DECISIONS.md)."""

import asyncio
import time
from datetime import datetime, timedelta
from random import random
from uuid import uuid4

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks.tongue import spoken
from bot import passing
from bot.batch import compose
from bot.clock import Clock, Steadiness
from bot.listener import Tasks
from bot.notices import Notices
from bot.outcome import Outcome, Result, can_be_repeated, hopeless, of_error, says_no
from bot.pace import Pace
from bot.places import LEFT, NO_PARENT, Place, Places
from bot.render import Drawn, render
from bot.search import Search, metadata
from bot.settings import Settings
from bot.slack import TIMEOUT, Slack
from bot.tongue import Tongues
from playbook.tongue import Tongue
from storage import batch, queue
from storage.database import Database, Team
from storage.outbox import BATCH, REPEATABLE, State
from storage.tables import Letter

log = structlog.get_logger("delivery")

LEASE = timedelta(seconds=30)
MOST_AT_ONCE = 20
EVER = timedelta(days=3650)
IDLE = 2.0
BREATH = 0.1
STOP_FOR = 60.0
LONGEST_WAIT = 5.0
LONGEST_BLINDNESS = timedelta(minutes=1)
LATEST_START = LEASE.total_seconds() - (TIMEOUT.total or 0)
NOTHING_LEFT = "nothing is left of it to say"
POINTLESS = (NO_PARENT, LEFT, NOTHING_LEFT)


def backoff(attempt: int) -> timedelta:
    """Wait longer after each attempt, with jitter, at most ten minutes."""
    longest: timedelta = min(queue.RETRY_BASE * 2 ** min(attempt, 10), queue.RETRY_CAP)
    return longest * (0.5 + random() / 2)  # noqa: S311 - spreading retries needs no secrecy


class Delivery:
    """The one that posts. `wake` it when letters were written; `drain` waits until none can leave any more."""

    def __init__(self, slack: Slack, database: Database, clock: Clock, settings: Settings, tongues: Tongues) -> None:
        self._posts, self._tongues = slack.posts, tongues
        self._places = Places(slack.posts, database)
        self._search = Search(slack.posts, self._places)
        self._database, self._clock = database, clock
        self._grace = settings.grace
        self._notices = Notices(clock, settings.admins)
        self._owner = uuid4().hex
        self._teams = Pace(settings.posts_per_second, settings.posts_per_second * 2)
        self._talks = Pace(settings.posts_per_second_in_a_conversation, 2)
        self._limited: dict[str, float] = {}
        self._steady = Steadiness(clock, settings.grace)
        self._news = asyncio.Event()
        self._tasks, self._flying = Tasks(), 0

    def wake(self) -> None:
        """Look for letters now."""
        self._news.set()

    async def run(self) -> None:
        """Deliver for ever; a round that fails is logged, and another follows."""
        while True:
            try:
                busy = await asyncio.shield(self._tasks.start(self.round()))
            except Exception:
                log.exception("delivery round failed")
                busy = 0
            if not busy:
                await self._rest()

    async def _rest(self) -> None:
        """Sleep until something is written, something lands, or a bucket opens; while one is closed, a breath at least.

        No `wait_for` here: in Python 3.11 it forgets that it was cancelled when the news come at the same moment.
        """
        waits = self._teams.closed().values()
        await asyncio.sleep(min([BREATH, *waits]) if waits else 0)  # with many letters waiting, a look is dear
        try:
            async with asyncio.timeout(min([IDLE, *waits])):
                await self._news.wait()
        except TimeoutError:
            return
        finally:
            self._news.clear()

    async def round(self) -> int:
        """Claim what may leave now and send it on its way; tells how many letters that were."""
        paused = self._teams.closed()
        free = min(MOST_AT_ONCE - self._flying, self._teams.least_open())
        if free <= 0:
            return 0
        now, started = self._clock.now(), time.monotonic()
        async with self._database.reading() as session:
            if not await queue.anything(session, now):
                return 0
        async with self._database.writing() as session:
            for letter in await queue.overdue(session, now):
                await self._fail(session, letter, letter.error, now)
            await queue.expire(session, now)
            letters = await queue.claim(session, self._owner, now, LEASE, free, list(paused))
        for letter in letters:
            self._teams.of(letter.team_id).take()
            self._flying += 1
            self._tasks.start(self._deliver(letter, started))
        return len(letters)

    async def drain(self) -> int:
        """Deliver until nothing is left that can leave now; tells how many letters that were."""
        total = 0
        while True:
            found = await self.round()
            total += found
            flew = await self._tasks.done()
            if not found and not flew:
                wait = min(self._teams.closed().values(), default=0.0)
                if not 0 < wait <= LONGEST_WAIT:
                    return total
                await asyncio.sleep(wait)

    async def land(self) -> None:
        """Wait for the letters that are on their way, without sending more."""
        await self._tasks.done()

    async def _deliver(self, letter: Letter, started: float) -> None:
        try:
            result = await self._attempt(letter, started)
            await self._note(letter, result)
        except Exception:
            log.exception("outcome could not be noted", letter=letter.id)
        finally:
            self._flying -= 1
            self._news.set()

    async def _attempt(self, letter: Letter, started: float) -> Result:
        """Make the one call that shows the letter; every error becomes a result.

        It is not made when so much time has gone that others may believe us dead and look for the letter (`started`:
        when it was claimed, in monotonic seconds), since both could then send it.
        """
        talk = self._talks.of(f"{letter.team_id}:{letter.to}")
        wait = talk.wait(time.monotonic())
        if wait > LONGEST_WAIT:
            return Result(Outcome.NOT_YET, why="the conversation has a break", wait=wait)
        await asyncio.sleep(wait)
        talk.take()
        place = await self._places.prepare(letter)
        if isinstance(place, Result):
            return place
        if time.monotonic() - started > LATEST_START:
            return Result(Outcome.NOT_SENT, why="it took too long to begin")
        try:
            return await self._send(letter, place)
        except Exception as error:  # noqa: BLE001 - errors come in many classes, some of them the client's own bugs
            return of_error(error)

    async def _send(self, letter: Letter, place: Place) -> Result:
        reader = await self._tongues.of(letter.team_id, letter.to)
        if letter.kind in REPEATABLE:
            return await passing.show(self._posts, letter, reader)
        text, blocks = spoken(await self._drawn(letter, reader), reader)
        if letter.kind == BATCH and not text:
            return Result(Outcome.REFUSED, why=NOTHING_LEFT)
        if letter.state == State.UPDATING:
            await self._posts.chat_update(channel=place.channel, ts=letter.ts, text=text, blocks=blocks)
            return Result(Outcome.SENT, place.channel, letter.ts)
        answer = await self._posts.chat_postMessage(
            channel=place.channel,
            text=text,
            blocks=blocks or None,
            metadata=metadata(letter),
            thread_ts=place.thread or None,
            unfurl_links=False,
            unfurl_media=False,
        )
        ts = str(answer.get("ts") or "")
        channel = str(answer.get("channel") or place.channel)
        return Result(Outcome.SENT, channel, ts) if ts else Result(Outcome.UNKNOWN, why="no ts")

    async def _drawn(self, letter: Letter, reader: Tongue) -> Drawn:
        """Draw a letter, or what it carries, as that is now; later changes raise its revision and have it edited."""
        if letter.kind != BATCH:
            return render(letter)
        async with self._database.reading() as session:
            return compose(await batch.parts(session, letter), reader)

    async def _note(self, letter: Letter, result: Result) -> None:
        """Write down what became of a letter, and whatever follows from it, in one transaction."""
        if result.outcome is not Outcome.SENT:
            log.warning("letter not delivered", letter=letter.id, outcome=result.outcome, why=result.why)
        now = self._clock.now()
        async with self._database.writing() as session:
            match result.outcome:
                case Outcome.SENT:
                    await queue.sent(session, letter, result.channel, result.ts, now)
                case Outcome.REFUSED:
                    await self._note_refusal(session, letter, result.why, now)
                case Outcome.NOT_YET | Outcome.LIMITED | Outcome.STOPPED:
                    wait = timedelta(seconds=self._pause(letter, result))
                    await queue.later(session, letter, result.why, wait, now, counted=False)
                case Outcome.UNKNOWN if not can_be_repeated(letter):
                    await queue.unknown(session, letter, result.why, self._grace, now)
                case _ if can_be_repeated(letter) and hopeless(letter, result):
                    await self._give_up(session, letter, result.why, now)
                case _:
                    await queue.later(session, letter, result.why, backoff(letter.attempt), now)

    def _pause(self, letter: Letter, result: Result) -> float:
        """Tell for how many seconds a letter waits that could not even be tried, and keep others from trying."""
        if result.outcome is Outcome.LIMITED:
            self._slow_down(letter, result.wait)
        if result.outcome is Outcome.STOPPED:
            log.error("slack refuses the token; letters wait", team=letter.team_id, why=result.why)
            self._teams.of(letter.team_id).close(time.monotonic() + STOP_FOR)
        return result.wait

    async def _note_refusal(self, session: AsyncSession, letter: Letter, why: str, now: datetime) -> None:
        if why in POINTLESS:
            await queue.cancelled(session, letter, why, now)
        elif can_be_repeated(letter):
            await self._give_up(session, letter, why, now)
        else:
            await self._fail(session, letter, why, now)

    async def _give_up(self, session: AsyncSession, letter: Letter, why: str, now: datetime) -> None:
        """Leave a message as it stands; a Home counts as failed, so that the next one is tried again."""
        if letter.kind in REPEATABLE:
            await queue.failed(session, letter, why, now)
        else:
            await queue.settled(session, letter, why, now)

    async def _fail(self, session: AsyncSession, letter: Letter, why: str, now: datetime) -> None:
        await queue.failed(session, letter, why, now)
        await self._notices.tell(Team(session, letter.team_id), letter, why)

    def _slow_down(self, letter: Letter, wait: float) -> None:
        """Pause the conversation that was refused; a second one refused meanwhile means the whole workspace is."""
        now = time.monotonic()
        self._talks.of(f"{letter.team_id}:{letter.to}").close(now + wait)
        others = [to for to, until in self._limited.items() if until > now and to != letter.to]
        self._limited = {to: until for to, until in self._limited.items() if until > now} | {letter.to: now + wait}
        if others:
            self._teams.of(letter.team_id).close(now + wait)

    async def reconcile(self) -> int:
        """Look for letters of unknown fate in their conversations; nothing is ever sent again blindly."""
        if not self._steady.ok():
            return 0
        now = self._clock.now()
        async with self._database.writing() as session:
            await queue.abandoned(session, now, now + self._grace)
            letters = await queue.to_look_for(session, self._owner, now, LEASE, MOST_AT_ONCE)
        for letter in letters:
            try:
                await self._look_for(letter)
            except Exception:
                log.exception("what was found could not be noted", letter=letter.id)
        if letters:
            self.wake()
        return len(letters)

    async def _look_for(self, letter: Letter) -> None:
        found, problem = await self._search.look_for(letter)
        now = self._clock.now()
        async with self._database.writing() as session:
            if problem is not None:
                await self._look_again(session, letter, problem, now)
            elif found is not None:
                await queue.sent(session, letter, *found, now)
            elif says_no(letter.error):
                await self._fail(session, letter, letter.error, now)
            else:
                await queue.not_found(session, letter, now)

    async def _look_again(self, session: AsyncSession, letter: Letter, problem: Result, now: datetime) -> None:
        """Put off a look that failed: a closed door is tried three times, bad weather is sat out."""
        unheard_of = problem.outcome is Outcome.UNKNOWN and says_no(problem.why)
        closed = problem.outcome is Outcome.REFUSED or unheard_of
        soon = min(backoff(letter.attempt), LONGEST_BLINDNESS)
        wait = None if closed else max(soon, timedelta(seconds=problem.wait))
        if await queue.could_not_look(session, letter, problem.why, now, wait):
            await self._notices.tell(Team(session, letter.team_id), letter, "unknown")

    async def recover(self) -> None:
        """At the start, with the store to ourselves: whatever was being sent when the bot died is of unknown fate."""
        now = self._clock.now()
        async with self._database.writing() as session:
            lost = await queue.abandoned(session, now + EVER, now + self._grace)
        if lost:
            log.warning("letters were on their way when the bot stopped", letters=lost)
