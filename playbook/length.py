"""Lengths of work as people write them: 2h30, 2,5, 150 min, 1 hour 15 minutes, 9-12:30."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum
from fractions import Fraction
from itertools import takewhile

from playbook import tongue
from playbook.clock_range import ClockRange, range_at
from playbook.days import split_at_midnight
from playbook.log_book import LengthWords, LogBook
from playbook.words import bare, clean

HOUR = 60
MINUTE = timedelta(minutes=1)
LETTERS = r"[^\W\d_½¼¾]"
NUMBER = r"(?:[0-9]{1,6}(?:[.,][0-9]{1,2})?|[.,][0-9]{1,2}|[0-9]{0,3}[½¼¾]|[1-9]/[2-9])"
PLAIN = re.compile(NUMBER)
WITH_UNIT = re.compile(rf"({NUMBER})({LETTERS}+)")
HOURS_AND_MINUTES = re.compile(rf"([0-9]{{1,3}})({LETTERS}+)([0-9]{{1,2}})({LETTERS}*)")
COLON = re.compile(rf"([0-9]{{1,3}}):([0-5][0-9])({LETTERS}*)")
LOOSE = re.compile(r"[0-5][0-9]")
FRACTIONS = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4)}


class Sure(IntEnum):
    """How plainly some words are a length; the plainest one in a text wins."""

    NUMBER = 1
    CLOCK = 2
    SPELT = 3
    UNIT = 4


@dataclass(frozen=True)
class Found:
    """Words from `first` to before `after` that are a length: minutes, or a range on the clock."""

    first: int
    after: int
    sure: Sure
    minutes: int = 0
    range: ClockRange | None = None
    whole_hours: bool = False


@dataclass(frozen=True)
class Span:
    """Some minutes of a local day; from when to when, in UTC, if that is known."""

    day: date
    minutes: int
    start: datetime | None = None
    end: datetime | None = None


def show(minutes: int) -> str:
    """Write minutes as people read them: 2 h 30, 45 min."""
    return tongue.length(minutes)


def duration(text: str, book: LogBook) -> int | None:
    """Read a length in minutes; None when the text is anything else, or a bare number too large for hours."""
    found = _whole(text, book)
    return found.minutes if found and not found.range else None


def spans(text: str, day: date, zone: str, book: LogBook) -> tuple[Span, ...]:
    """Read a length or a range of that day; two spans when it crosses midnight, none when it is neither."""
    found = _whole(text, book)
    if not found:
        return ()
    return placed(found, day, zone)


def placed(found: Found, day: date, zone: str) -> tuple[Span, ...]:
    """Put a length on a day; none when the range does not exist on that day's clock."""
    if not found.range:
        return (Span(day, found.minutes),)
    ends = found.range.on(day, zone)
    return between(*ends, zone) if ends else ()


def between(start: datetime, end: datetime, zone: str) -> tuple[Span, ...]:
    """Cut measured time into whole minutes of local days."""
    start, end = (moment.replace(second=0, microsecond=0) for moment in (start, end))
    return tuple(
        Span(day, (until - since) // MINUTE, since, until) for day, since, until in split_at_midnight(start, end, zone)
    )


def _whole(text: str, book: LogBook) -> Found | None:
    words = tuple(bare(word) for word in clean(text).split())
    found = length_at(words, 0, book)
    if found and found.whole_hours and words[found.after :] and LOOSE.fullmatch(words[found.after]):
        found = with_minutes(found, words)
    if not found or found.after != len(words):
        return None
    return None if found.sure is Sure.NUMBER and found.minutes > book.most_bare_hours * HOUR else found


def with_minutes(found: Found, words: Sequence[str]) -> Found:
    """Add the bare minutes that follow whole hours: the 30 of "2 h 30"."""
    minutes = found.minutes + int(words[found.after])
    return Found(found.first, found.after + 1, found.sure, minutes)


def length_at(words: Sequence[str], first: int, book: LogBook) -> Found | None:
    """Find the length that begins at one of the words (small letters, no punctuation around them)."""
    if first >= len(words):
        return None
    ways = (_range, _colon, _compact, _parts, _number)
    return next((found for way in ways if (found := way(words, first, book.length))), None)


def _range(words: Sequence[str], first: int, length: LengthWords) -> Found | None:
    found = range_at(words, first, length)
    if not found:
        return None
    clock, after = found
    return Found(first, after, Sure.UNIT if clock.plain else Sure.CLOCK, range=clock)


def _colon(words: Sequence[str], first: int, length: LengthWords) -> Found | None:
    match = COLON.fullmatch(words[first])
    if not match:
        return None
    minutes = int(match[1]) * HOUR + int(match[2])
    if match[3]:
        return Found(first, first + 1, Sure.UNIT, minutes) if match[3] in length.hours else None
    unit = first + 1 < len(words) and words[first + 1] in length.hours
    return Found(first, first + 1 + unit, Sure.UNIT if unit else Sure.CLOCK, minutes)


def _compact(words: Sequence[str], first: int, length: LengthWords) -> Found | None:
    match = HOURS_AND_MINUTES.fullmatch(words[first])
    if not match or match[2] not in length.hours or match[4] not in ("", *length.minutes):
        return None
    minutes = int(match[1]) * HOUR + int(match[3])
    unit = not match[4] and first + 1 < len(words) and words[first + 1] in length.minutes
    return Found(first, first + 1 + unit, Sure.UNIT, minutes)


def _parts(words: Sequence[str], first: int, length: LengthWords) -> Found | None:
    hours = _part(words, first, length, length.hours)
    amount, after = hours or (Fraction(0), first)
    amount *= HOUR
    if hours and (half := _and_a_half(words, after, length)):
        amount, after = amount + HOUR // 2, half
    joint = after + bool(hours and after < len(words) and words[after] in length.and_)
    minutes = _part(words, joint, length, length.minutes) if amount.denominator == 1 else None
    if minutes:
        amount, after = amount + minutes[0], minutes[1]
    if not hours and not minutes:
        return None
    sure = Sure.UNIT if words[first][0].isnumeric() or words[first][0] in ".," else Sure.SPELT
    return Found(first, after, sure, _round(amount), whole_hours=not minutes and amount % HOUR == 0)


def _part(words: Sequence[str], first: int, length: LengthWords, units: Sequence[str]) -> tuple[Fraction, int] | None:
    """Read one amount with its unit; also gives the word after it."""
    if first >= len(words):
        return None
    match = WITH_UNIT.fullmatch(words[first])
    if match:
        return (_value(match[1]), first + 1) if match[2] in units else None
    amount, after = _amount(words, first, length)
    return (amount, after + 1) if amount is not None and words[after : after + 1] and words[after] in units else None


def _amount(words: Sequence[str], first: int, length: LengthWords) -> tuple[Fraction | None, int]:
    word, after = words[first], first + 1
    if word in length.half or word in length.quarter:
        return Fraction(1, 2 if word in length.half else 4), _skip(words, after, (*length.of, *length.articles))
    if PLAIN.fullmatch(word):
        amount = _value(word)
    elif word in length.numbers:
        amount = Fraction(length.numbers[word])
    else:
        return None, first
    if word in length.articles and words[after : after + 1] and words[after] in (*length.half, *length.quarter):
        return _amount(words, after, length)
    half = _and_a_half(words, after, length)
    return (amount + Fraction(1, 2), half) if half else (amount, after)


def _and_a_half(words: Sequence[str], first: int, length: LengthWords) -> int:
    """Give the word after "and a half", or 0."""
    after = _skip(words, first, length.and_)
    half = _skip(words, after, length.articles)
    said = after > first and half < len(words) and words[half] in length.half
    # "an hour and half an hour" is two amounts, not one and a half.
    return half + 1 if said and not (words[half + 1 : half + 2] and words[half + 1] in length.articles) else 0


def _skip(words: Sequence[str], first: int, what: Sequence[str]) -> int:
    """Step over "of", "and" or "a", two words at most."""
    return first + sum(1 for _ in takewhile(what.__contains__, words[first : first + 2]))


def _number(words: Sequence[str], first: int, _: LengthWords) -> Found | None:
    if not PLAIN.fullmatch(words[first]) or "/" in words[first]:
        return None
    return Found(first, first + 1, Sure.NUMBER, _round(_value(words[first]) * HOUR))


def _value(number: str) -> Fraction:
    if number[-1] in FRACTIONS:
        return Fraction(number[:-1] or 0) + FRACTIONS[number[-1]]
    number = number.replace(",", ".")
    return Fraction(f"0{number}" if number[0] == "." else number)


def _round(minutes: Fraction) -> int:
    return int(minutes + Fraction(1, 2))
