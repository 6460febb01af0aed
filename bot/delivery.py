"""Bringing letters to Slack: each once, in order within a conversation, at Slack's pace (reliability.md 2.4)."""

import asyncio
import time
from datetime import datetime, timedelta
from random import random
from typing import Any
from uuid import uuid4

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks.delivery import notice
from bot.clock import Clock, Steadiness
from bot.listener import Tasks
from bot.outcome import Outcome, Result, of_error
from bot.pace import Pace
from bot.settings import Settings
from bot.slack import Slack
from storage import outbox, people, queue
from storage.database import Database, Team
from storage.outbox import Post, State
from storage.tables import Letter

log = structlog.get_logger("delivery")

LEASE = timedelta(seconds=30)
MOST_AT_ONCE = 20
LOOK_BACK = 100
IDLE = 2.0
STOP_FOR = 60.0
NO_PARENT = "parent never arrived"
EVENT_TYPE = "inner_circle_letter"


def metadata(letter: Letter) -> dict[str, Any]:
    """Mark a message with its letter's id, by which it can be found again (Slack: message metadata)."""
    return {"event_type": EVENT_TYPE, "event_payload": {"letter": letter.id}}


def backoff(attempt: int) -> timedelta:
    """Wait longer after each attempt, with jitter, at most ten minutes."""
    longest: timedelta = min(queue.RETRY_BASE * 2 ** min(attempt, 10), queue.RETRY_CAP)
    return longest * (0.5 + random() / 2)  # noqa: S311 - spreading retries needs no secrecy


class Delivery:
    """The one that posts. `wake` it when letters were written; `drain` waits until none can leave any more."""

    def __init__(self, slack: Slack, database: Database, clock: Clock, settings: Settings) -> None:
        self._slack = slack
        self._database = database
        self._clock = clock
        self._grace = settings.grace
        self._admins = sorted(settings.admins)
        self._owner = uuid4().hex
        self._teams = Pace(settings.posts_per_second, settings.posts_per_second * 2)
        self._talks = Pace(settings.posts_per_second_in_a_conversation, 2)
        self._limited: dict[str, float] = {}
        self._steady = Steadiness(clock, settings.grace)
        self._news = asyncio.Event()
        self._tasks = Tasks()
        self._flying = 0

    def wake(self) -> None:
        """Look for letters now."""
        self._news.set()

    async def run(self) -> None:
        """Deliver for ever; a round that fails is logged, and another follows."""
        while True:
            try:
                busy = await self.round()
            except Exception:
                log.exception("delivery round failed")
                busy = 0
            if not busy:
                await self._rest()

    async def _rest(self) -> None:
        """Sleep until something is written, something lands, or a bucket opens."""
        waits = self._teams.closed().values()
        try:
            await asyncio.wait_for(self._news.wait(), min([IDLE, *waits]) or IDLE)
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
        now = self._clock.now()
        async with self._database.writing() as session:
            await queue.expire(session, now)
            letters = await queue.claim(session, self._owner, now, LEASE, free, list(paused))
        for letter in letters:
            self._teams.of(letter.team_id).take()
            self._flying += 1
            self._tasks.start(self._deliver(letter))
        return len(letters)

    async def drain(self) -> int:
        """Deliver until nothing is left that can leave now; tells how many letters that were."""
        total = 0
        while True:
            found = await self.round()
            total += found
            flew = await self._tasks.done()
            if not found and not flew:
                waits = self._teams.closed()
                if not waits:
                    return total
                await asyncio.sleep(min(waits.values()))

    async def land(self) -> None:
        """Wait for the letters that are on their way, without sending more."""
        await self._tasks.done()

    async def _deliver(self, letter: Letter) -> None:
        try:
            result = await self._attempt(letter)
            await self._note(letter, result)
        except Exception:
            log.exception("outcome could not be noted", letter=letter.id)
        finally:
            self._flying -= 1
            self._news.set()

    async def _attempt(self, letter: Letter) -> Result:
        """Make the one call that shows the letter; every error becomes a result."""
        talk = self._talks.of(f"{letter.team_id}:{letter.to}")
        await asyncio.sleep(talk.wait(time.monotonic()))
        talk.take()
        try:
            return await self._send(letter)
        except Exception as error:  # noqa: BLE001 - errors come in many classes (reliability.md W2)
            return of_error(error)

    async def _send(self, letter: Letter) -> Result:
        if letter.kind == "home":
            await self._slack.posts.views_publish(user_id=letter.to, view={"type": "home", "blocks": letter.blocks})
            return Result(Outcome.SENT)
        channel = letter.channel or await self._conversation(letter)
        if letter.state == State.UPDATING:
            await self._slack.posts.chat_update(
                channel=channel, ts=letter.ts, text=letter.text, blocks=letter.blocks or None
            )
            return Result(Outcome.SENT, channel, letter.ts)
        thread = await self._parent(letter)
        if thread is None:
            return Result(Outcome.REFUSED, why=NO_PARENT)
        answer = await self._slack.posts.chat_postMessage(
            channel=channel,
            text=letter.text,
            blocks=letter.blocks or None,
            metadata=metadata(letter),
            thread_ts=thread or None,
            unfurl_links=False,
            unfurl_media=False,
        )
        ts = str(answer.get("ts") or "")
        return Result(Outcome.SENT if ts else Outcome.UNKNOWN, str(answer.get("channel") or channel), ts, "no ts")

    async def _conversation(self, letter: Letter) -> str:
        """Give where a letter goes: the channel itself, or the person's DM, which is opened once and remembered."""
        if letter.to[0] not in "UW":
            return letter.to
        async with self._database.team_reading(letter.team_id) as team:
            person = await people.find(team, letter.to)
        if person is not None and person.dm:
            return person.dm
        opened = (await self._slack.asks.conversations_open(users=letter.to))["channel"]
        async with self._database.team(letter.team_id) as team:
            await people.keep_dm(team, letter.to, opened["id"])
        return str(opened["id"])

    async def _parent(self, letter: Letter) -> str | None:
        """Give the ts of the message a letter belongs under: "" for none, None if that message never arrived."""
        if not letter.thread_key:
            return ""
        async with self._database.team_reading(letter.team_id) as team:
            parent = await outbox.find(team, letter.thread_key)
        return parent.ts if parent is not None and parent.ts else None

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
                case Outcome.UNKNOWN if letter.state != State.UPDATING and letter.kind != "home":
                    await queue.unknown(session, letter, result.why, self._grace, now)
                case _:
                    await queue.later(session, letter, result.why, self._patience(letter, result), now)

    def _patience(self, letter: Letter, result: Result) -> timedelta:
        """Tell how long a letter waits that surely did not arrive, or that can be shown again without harm."""
        if result.outcome is Outcome.LIMITED:
            return timedelta(seconds=self._slow_down(letter, result.wait))
        if result.outcome is Outcome.STOPPED:
            log.error("slack refuses the token; letters wait", team=letter.team_id, why=result.why)
            self._teams.of(letter.team_id).close(time.monotonic() + STOP_FOR)
            return timedelta(0)
        return backoff(letter.attempt)

    async def _note_refusal(self, session: AsyncSession, letter: Letter, why: str, now: datetime) -> None:
        if letter.state == State.UPDATING:
            await queue.settled(session, letter, why, now)
        elif why == NO_PARENT:
            await queue.cancelled(session, letter, why, now)
        else:
            await queue.failed(session, letter, why, now)
            await self._tell_admin(Team(session, letter.team_id), letter, why)

    def _slow_down(self, letter: Letter, wait: float) -> float:
        """Pause the conversation that was refused; a second one refused meanwhile means the whole workspace is."""
        now = time.monotonic()
        self._talks.of(f"{letter.team_id}:{letter.to}").close(now + wait)
        others = [to for to, until in self._limited.items() if until > now and to != letter.to]
        self._limited = {to: until for to, until in self._limited.items() if until > now} | {letter.to: now + wait}
        if others:
            self._teams.of(letter.team_id).close(now + wait)
        return wait

    async def _tell_admin(self, team: Team, letter: Letter, why: str) -> None:
        """Tell one admin, once, what could not be delivered and how to mend it."""
        if letter.key.startswith("notice:") or letter.kind == "home":
            return
        known = self._admins or [admin.user_id for admin in await people.admins(team)]
        if not known:
            log.error("no admin is known to tell of a failed letter", letter=letter.id)
            return
        text, blocks = notice(letter, why)
        await outbox.put(team, [Post(f"notice:{letter.id}", known[0], text, blocks)], self._clock.now())

    async def reconcile(self) -> int:
        """Look for letters of unknown fate in their conversations; nothing is ever sent again blindly."""
        if not self._steady.ok():
            return 0
        now = self._clock.now()
        async with self._database.writing() as session:
            await queue.abandoned(session, now, now + self._grace)
            letters = await queue.to_look_for(session, self._owner, now, LEASE, MOST_AT_ONCE)
        for letter in letters:
            await self._look_for(letter)
        if letters:
            self.wake()
        return len(letters)

    async def _look_for(self, letter: Letter) -> None:
        try:
            found = await self._find(letter)
        except Exception as error:  # noqa: BLE001 - whatever the reason, the conversation could not be read
            found, why = None, of_error(error).why
        else:
            why = ""
        now = self._clock.now()
        async with self._database.writing() as session:
            if why:
                if await queue.could_not_look(session, letter, why, now):
                    await self._tell_admin(Team(session, letter.team_id), letter, "unknown")
            elif found:
                await queue.sent(session, letter, *found, now)
            else:
                await queue.not_found(session, letter, now)

    async def _find(self, letter: Letter) -> tuple[str, str] | None:
        """Read the newest messages where the letter should be; never filtered by our clock (reliability.md 2.3)."""
        channel = letter.channel or await self._conversation(letter)
        thread = await self._parent(letter)
        if thread:
            answer = await self._slack.asks.conversations_replies(
                channel=channel, ts=thread, limit=LOOK_BACK, include_all_metadata=True
            )
        else:
            answer = await self._slack.asks.conversations_history(
                channel=channel, limit=LOOK_BACK, include_all_metadata=True
            )
        for message in answer["messages"]:
            payload = (message.get("metadata") or {}).get("event_payload") or {}
            if payload.get("letter") == letter.id:
                return channel, str(message["ts"])
        return None

    async def recover(self) -> None:
        """At the start, with the store to ourselves: whatever was being sent when the bot died is of unknown fate."""
        now = self._clock.now()
        async with self._database.writing() as session:
            lost = await queue.abandoned(session, now + LEASE, now + self._grace)
        if lost:
            log.warning("letters were on their way when the bot stopped", letters=lost)
