"""The gate: lets held letters go when their readers may be written to, those that come together as one message."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

import structlog

from bot import nudge
from bot.batch import packed
from bot.clock import Clock
from bot.dnd import DoNotDisturb
from playbook.days import local_day
from playbook.load import Playbook
from playbook.quiet import MERGE, Calendar, Courtesy, QuietBook, Sent, next_opening, opens, release
from storage import batch, held, quiet
from storage.database import Database, Team
from storage.outbox import State
from storage.tables import Letter

log = structlog.get_logger("gate")

AT_ONCE = 100
IN_A_MOMENT = timedelta(seconds=5)
A_DAY = timedelta(hours=24)
GONE = (State.EXPIRED, State.CANCELLED, State.FAILED)


@dataclass(frozen=True)
class Reader:
    """Somebody for whom letters are held: their calendar, what they were sent of late, and any pause they are in.

    `expects`: the agenda of a 1:1 is still to come today, so what can wait leaves room for it.
    """

    calendar: Calendar
    late: Sequence[Letter]
    dnd_until: datetime | None
    now: datetime
    expects: bool = False

    @property
    def today(self) -> Sequence[Letter]:
        """List the messages they were sent unasked on their present day."""
        zone = self.calendar.zone
        day = local_day(self.now, zone)
        return [one for one in self.late if one.released_at and local_day(one.released_at, zone) == day]

    def when(self, letter: Letter, book: QuietBook) -> datetime | str:
        """Say when a letter may leave, by the one rule; what stands under a message is no message of its own."""
        last = self.late[-1].released_at if self.late else None
        courtesy = Courtesy.TOLD if letter.thread_key else Courtesy(letter.courtesy)
        sent = Sent(len(self.today) + self.kept_free(letter), last)
        about = {"timely": letter.timely, "of_today": of_today(letter)}
        return release(self.now, self.calendar, sent, courtesy, book, **about, dnd_until=self.dnd_until)

    def kept_free(self, letter: Letter) -> bool:
        """Say whether room is kept for something else than this letter."""
        return self.expects and not letter.timely


class Gate:
    """Looks at the held letters that are due, reader by reader. `work` after letters were written, and every tick."""

    def __init__(self, database: Database, dnd: DoNotDisturb, clock: Clock, playbook: Playbook) -> None:
        self._database = database
        self._dnd = dnd
        self._clock = clock
        self._book, self._nudges = playbook.quiet, playbook.nudge
        self._one_at_a_time = asyncio.Lock()

    async def work(self) -> int:
        """Let go whatever may go now, and put off what may not; tells how many letters that were."""
        async with self._one_at_a_time:
            now, done = self._clock.now(), 0
            async with self._database.reading() as session:
                waiting = await held.receivers(session, now)
            for team_id, user_ids in waiting.items():
                for first in range(0, len(user_ids), AT_ONCE):
                    done += await self._some(team_id, user_ids[first : first + AT_ONCE], now)
                    await asyncio.sleep(0)
            return done

    async def _some(self, team_id: str, user_ids: Sequence[str], now: datetime) -> int:
        """Look at the letters of some readers; Slack is asked before the transaction, and only about who would hear."""
        async with self._database.team_reading(team_id) as team:
            calendars = await quiet.calendars(team, user_ids, self._book)
            letters = await held.due(team, user_ids, now)
            readers = await self._readers(team, calendars, {}, now)
        hears = {one.to for one in letters if one.to in readers and self._may(readers[one.to], one)}
        paused = await self._dnd.until(hears, now)
        async with self._database.team(team_id) as team:
            await held.alone(team.session)
            due = await held.due(team, user_ids, now, lock=True)
            readers = await self._readers(team, calendars, paused, now)
            return sum(
                [
                    await self._one(team, readers.get(user_id), list(theirs), now)
                    for user_id, theirs in groupby(due, lambda one: one.to)
                ]
            )

    async def _readers(
        self, team: Team, calendars: Mapping[str, Calendar], paused: Mapping[str, datetime], now: datetime
    ) -> Mapping[str, Reader]:
        late = await held.of_late(team, list(calendars), now)
        expects = await held.expecting(team, list(calendars), now)
        return {
            one: Reader(calendar, late.get(one, ()), paused.get(one), now, one in expects)
            for one, calendar in calendars.items()
        }

    def _may(self, reader: Reader, letter: Letter) -> bool:
        return reader.when(letter, self._book) in (reader.now, MERGE)

    async def _one(self, team: Team, reader: Reader | None, letters: Sequence[Letter], now: datetime) -> int:
        """Decide on one reader's letters; whom the bot does not know has no calendar, and nothing is kept from them."""
        ready: list[Letter] = []
        done = 0
        for letter in letters:
            moment = reader.when(letter, self._book) if reader else now
            if moment == MERGE and reader:
                done += await self._merge(team, reader, letter)
            elif isinstance(moment, datetime) and moment > now:
                done += put_off(letter, moment, reader.calendar.zone if reader else "UTC")
            elif letter.thread_key:
                done += await self._under(team, letter, now)
            elif await nudge.may_go(team, letter, self._nudges, now):
                ready.append(letter)
            else:
                done += 1
        if ready:
            await self._go(team, reader, ready, now)
        await team.session.flush()
        return done + len(ready)

    async def _go(self, team: Team, reader: Reader | None, letters: Sequence[Letter], now: datetime) -> None:
        """Send letters on their way in as few messages as Slack takes, and no more than the day still has room for."""
        room = self._book.cap - len(reader.today) if reader else len(letters)
        for group in packed(letters):
            free = [room - bool(reader and reader.kept_free(one)) for one in group]
            kept = [one for one, left in zip(group, free, strict=True) if left > 0 or one.courtesy != Courtesy.UNASKED]
            for letter in group:
                if letter not in kept and reader:
                    put_off(letter, self._later(reader, letter), reader.calendar.zone)
            if len(kept) > 1:
                await batch.carry(team, kept, "\n".join(one.text for one in kept), now)
            for letter in kept:
                await self._let_go(team, letter, now, alone=len(kept) == 1)
            room -= any(one.courtesy == Courtesy.UNASKED for one in kept)

    def _later(self, reader: Reader, letter: Letter) -> datetime:
        """Say when a letter is looked at again for which the day has no room: right away where it is to be merged."""
        if letter.timely or of_today(letter):
            return reader.now + IN_A_MOMENT
        return opens(next_opening(reader.now, reader.calendar), reader.calendar, reader.dnd_until)

    async def _let_go(self, team: Team, letter: Letter, now: datetime, *, alone: bool) -> None:
        if alone:
            letter.state, letter.released_at, letter.changed_at = State.PENDING, now, now
        await nudge.went(team, letter, self._nudges, now)

    async def _merge(self, team: Team, reader: Reader, letter: Letter) -> int:
        """Put what cannot wait into the last message of a day that is full: an edit makes no sound."""
        now = reader.now
        if not await nudge.may_go(team, letter, self._nudges, now):
            return 1
        last = await team.lock(Letter, id=reader.today[-1].id)
        if last is None or not await batch.carry_on(team, last, letter, now):
            return put_off(letter, now + IN_A_MOMENT)
        await self._let_go(team, letter, now, alone=False)
        return 1

    async def _under(self, team: Team, letter: Letter, now: datetime) -> int:
        """Let a reply go when the message that it stands under is there."""
        parent = await team.get(Letter, key=letter.thread_key)
        if parent is None or parent.ts or parent.state in GONE:
            letter.state, letter.released_at = State.PENDING, now
            return 1
        if parent.state == State.HELD and parent.not_before > now:
            return put_off(letter, parent.not_before)
        return 0


def of_today(letter: Letter) -> bool:
    """Tell whether a letter of the clock's is about the day on which it was written: it is good for less than a day."""
    return letter.courtesy == Courtesy.UNASKED and 0 < letter.good_for < A_DAY.total_seconds()


def put_off(letter: Letter, moment: datetime, zone: str = "UTC") -> int:
    """Look at a letter again at a later moment, from which on it is good for its time.

    What is about a moment or a day is not: it is not made good for another one.
    """
    letter.not_before = moment
    another_day = of_today(letter) and local_day(moment, zone) > local_day(letter.created_at, zone)
    if not letter.timely and not another_day:
        letter.expires_at = max(letter.expires_at, moment + timedelta(seconds=letter.good_for))
    return 1
