"""Ranges on the clock as people write them: 9-12:30, 9am-1pm, 22-2, from 9 to 5."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache

from playbook.days import DAY, instant
from playbook.log_book import LengthWords, Words

HOUR = 60
NOON = 12 * HOUR
FULL_DAY = 24 * HOUR
WORDS_IN_A_RANGE = 7
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212\u2192"


@dataclass(frozen=True)
class ClockRange:
    """From when to when on the wall's clock, in minutes after midnight; an end past 24 h is on the next day."""

    start: int
    end: int
    plain: bool

    @property
    def overnight(self) -> bool:
        """Say whether it goes past midnight."""
        return self.end > FULL_DAY

    def on(self, day: date, zone: str) -> tuple[datetime, datetime] | None:
        """Give its instants (UTC) on a local day; None when the clock change of that day leaves nothing of it."""
        start, end = (_moment(day, minutes, zone) for minutes in (self.start, self.end))
        return (start, end) if start and end and start < end else None


def _moment(day: date, minutes: int, zone: str) -> datetime | None:
    days, rest = divmod(minutes, FULL_DAY)
    return instant(day + days * DAY, time(rest // HOUR, rest % HOUR), zone)


def range_at(words: Sequence[str], first: int, length: LengthWords) -> tuple[ClockRange, int] | None:
    """Find the range that begins at one of the words; also gives the word after it."""
    if not words[first][:1].isdigit() and words[first] not in length.from_:
        return None
    text = " ".join(words[first : first + WORDS_IN_A_RANGE])
    match = _pattern(length.from_, length.to, (*length.morning, *length.afternoon)).match(text)
    if not match:
        return None
    after = first + match[0].count(" ") + 1
    units = (*length.hours, *length.minutes)
    if words[after : after + 1] and words[after] in units:
        return None
    clock = _read(match, length)
    return (clock, after) if clock else None


@cache
def _pattern(from_: Words, to: Words, halves: Words) -> re.Pattern[str]:
    clock = rf"([0-9]{{1,2}})(?:[:.]([0-5][0-9]))?(?: ?({_any_of(halves)}))?"
    joint = rf"(?: ?(?:[{DASHES}]|\.\.) ?| (?:{_any_of(to)}) )"
    return re.compile(rf"({_any_of(from_)} )?{clock}{joint}{clock}(?= |$)")


def _any_of(words: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@dataclass(frozen=True)
class _Clock:
    """One end of a range as written."""

    hour: int
    minute: int
    half: int | None
    written: str

    def readings(self) -> tuple[int, ...]:
        """List the minutes after midnight it may mean when only the other end says am or pm."""
        if self.half is not None:
            return (self.hour % 12 * HOUR + self.minute + self.half,)
        if 1 <= self.hour <= NOON // HOUR:
            morning = self.hour % 12 * HOUR + self.minute
            return (morning, morning + NOON)
        return (self.minutes % FULL_DAY,)

    @property
    def minutes(self) -> int:
        """Read it on a 24-hour clock."""
        return self.hour * HOUR + self.minute

    @property
    def possible(self) -> bool:
        """Say whether a clock can show it."""
        if self.half is not None:
            return 1 <= self.hour <= NOON // HOUR
        return self.minutes <= FULL_DAY

    @property
    def twelve(self) -> bool:
        """Say whether it may be meant on a 12-hour clock."""
        return 1 <= self.hour <= NOON // HOUR and not self.written.startswith("0")


def _read(match: re.Match[str], length: LengthWords) -> ClockRange | None:
    start, end = (_clock(match, group, length) for group in (2, 5))
    if not (start.possible and end.possible):
        return None
    plain = bool(match[1] or match[3] or match[6] or start.half is not None or end.half is not None)
    if start.half is None and end.half is None:
        return _on_one_clock(start, end, plain=plain)
    lengths = [(_later(begin, until), begin) for begin in start.readings() for until in end.readings()]
    spent, begin = min(lengths)
    return ClockRange(begin, begin + spent, plain)


def _clock(match: re.Match[str], group: int, length: LengthWords) -> _Clock:
    half = match[group + 2]
    noon = None if half is None else NOON * (half in length.afternoon)
    return _Clock(int(match[group]), int(match[group + 1] or 0), noon, match[group])


def _later(start: int, end: int) -> int:
    return (end - start) % FULL_DAY or FULL_DAY


def _on_one_clock(start: _Clock, end: _Clock, *, plain: bool) -> ClockRange | None:
    """Read both ends without am or pm: 9-5 is a working day on a 12-hour clock, 22-2 goes past midnight."""
    begin, until = start.minutes, end.minutes
    if begin in (until, FULL_DAY):
        return None
    if until > begin:
        return ClockRange(begin, until, plain)
    afternoon = until % NOON + NOON
    if start.twelve and end.twelve and afternoon > begin:
        return ClockRange(begin, afternoon, plain)
    return ClockRange(begin, until + FULL_DAY, plain)
