"""What is kept of fifteen months while they go by: every letter, and every message that somebody saw."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import holidays

from storage.outbox import Lane, State
from storage.tables import Letter
from tests.stories.months_cast import ENDS, LAST_DAY, START
from tests.stories.months_deeds import DM, ZONES
from tests.world import Json, World, words

WAKES, SLEEPS = time(8), time(20)
LEAVE = [date(2027, 5, 3) + timedelta(days=number) for number in range(12)]
BLOCKERS = (Lane.ESCALATION, Lane.CARD)


class Lived:
    """The store forgets letters after a year, and a page shows the newest messages: they are looked at along the way."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._names = {world.id(who): who for who in ZONES}
        self._letters: dict[str, Letter] = {}
        self._seen: dict[tuple[str, str], Json] = {}
        self.acts: set[tuple[str, datetime]] = set()

    async def look(self) -> None:
        """Keep what there is now."""
        async with self._world.bot.database.team_reading(self._world.bot.team_id) as team:
            self._letters |= {one.id: one for one in await team.all(team.select(Letter))}
        for who in ZONES:
            bots = [one for one in await self._world.sees(who, DM) if one.get("bot_id") and not one.get("ephemeral")]
            self._seen |= {(who, one["ts"]): one for one in bots}

    @property
    def written(self) -> Sequence[tuple[str, Letter]]:
        """Give each letter with who it is for, or the channel."""
        found = sorted(self._letters.values(), key=lambda one: one.created_at)
        return [(self._names.get(one.to, one.to), one) for one in found if one.kind in ("message", "batch")]

    def table(self, counts: Callable[[str], bool]) -> str:
        """Count what reached whom, kind by kind and month by month of Jun's path; 0 is before his Day 1."""
        found: Counter[tuple[str, str, int]] = Counter()
        for who, one in self.written:
            kind = one.key.partition(":")[0]
            if who in ZONES and one.kind == "message" and one.state == State.SENT and counts(kind):
                found[kind, who, month(one.created_at)] += 1
        rows = sorted({(kind, who) for kind, who, _ in found})
        return "\n".join(_row(kind, who, [found[kind, who, number] for number in range(17)]) for kind, who in rows)

    def lost(self) -> Iterator[str]:
        """Name what was written and not seen.

        A nudge may be left out because its kind is left alone, and what is held on the last day is taken back.
        """
        for who, one in self.written:
            late = one.state == State.HELD and one.not_before > ENDS
            left_out = one.state == State.CANCELLED and (one.error == "halved" or one.created_at.date() == LAST_DAY)
            if one.state != State.SENT and not late and not left_out:
                yield f"{who} {one.key} {one.state} {one.error}"
            if one.state == State.SENT and who in ZONES and one.kind == "message" and not self._came(who, one):
                yield f"{who} {one.key} is in no message"

    def _came(self, who: str, letter: Letter) -> bool:
        return bool(letter.thread_key) or (who, letter.ts) in self._seen

    def twice(self) -> Iterator[str]:
        """Name what came in a message of its own twice, and what somebody read twice within a day in the same words."""
        ones = Counter((who, one.ts) for who, one in self.written if one.ts and not one.carried_by)
        yield from (f"{who} has {count} letters at {ts}" for (who, ts), count in ones.items() if count > 1)
        days = Counter((who, _local(who, ts).date(), words(one)) for (who, ts), one in self._seen.items())
        yield from (f"{who} {day} {said[:60]!r}" for (who, day, said), count in days.items() if count > 1)

    def unwritten(self) -> Iterator[str]:
        """Name the messages of which the store knows nothing; files come without a letter."""
        known = {(who, one.ts) for who, one in self.written}
        yield from (
            f"{who} {words(one)[:60]!r}"
            for (who, ts), one in self._seen.items()
            if (who, ts) not in known and not one.get("files") and not self._asked(who, ts)
        )

    def untimely(self) -> Iterator[str]:
        """Name what came in quiet hours or on a day off, but for answers at that moment, and blockers."""
        urgent = {(who, one.ts) for who, one in self.written if one.lane in BLOCKERS}
        for who, ts in self._seen:
            local = _local(who, ts)
            asleep = not WAKES <= local.time() < SLEEPS or off(who, local.date())
            if asleep and (who, ts) not in urgent and not self._asked(who, ts):
                yield f"{who} {local:%a %d %b %Y %H:%M} {words(self._seen[who, ts])[:60]!r}"

    def _asked(self, who: str, ts: str) -> bool:
        moment = datetime.fromtimestamp(float(ts), ZoneInfo("UTC"))
        return any(who == one and abs(at - moment) < timedelta(seconds=5) for one, at in self.acts)

    def after(self, moment: datetime) -> Sequence[str]:
        """List what the bot wrote to anybody about anything after a moment."""
        late = ((who, one) for who, one in self.written if one.created_at > moment and one.state == State.SENT)
        return [f"{who} {one.key}" for who, one in late]


def _row(kind: str, who: str, numbers: Sequence[int]) -> str:
    return f"{kind:20}{who:7}" + "".join(f"{number or '.':>3}" for number in numbers)


def _local(who: str, ts: str) -> datetime:
    return datetime.fromtimestamp(float(ts), ZoneInfo(ZONES[who]))


def month(moment: datetime) -> int:
    """Number the month of Jun's path in which a moment lies; 0 before Day 1."""
    day = moment.astimezone(ZoneInfo(ZONES["jun"])).date()
    return max(0, (day.year - START.year) * 12 + day.month - START.month + (day.day >= START.day))


HOLIDAYS: Mapping[str, holidays.HolidayBase] = {"jun": holidays.country_holidays("PH", years=(2026, 2027))}


def off(who: str, day: date) -> bool:
    """Tell whether somebody is not to be written to on a day."""
    away = who == "jun" and day in LEAVE
    return away or day in HOLIDAYS.get(who, ()) or day.weekday() > 4
