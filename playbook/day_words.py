"""Days as people write them: yesterday, mon, last friday, 3 mar, march 3rd 2026, 2026-03-03, 2 days ago."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from playbook.days import DAY, WEEK_DAYS
from playbook.log_book import DayWords

LONGEST = 5
ISO = re.compile(r"(20[0-9]{2})-([0-9]{1,2})-([0-9]{1,2})")
YEAR = re.compile(r"20[0-9]{2}")
COUNT = re.compile(r"[0-9]{1,3}")
# 3/4 is March to some and April to others, so nobody's reading is taken for granted.
EITHER = re.compile(
    r"[0-9]{1,2}/[0-9]{1,2}|[0-9]{1,2}[./][0-9]{1,2}[./](?:[0-9]{2}|20[0-9]{2})|20[0-9]{2}[./][0-9]{1,2}[./][0-9]{1,2}"
)


@dataclass(frozen=True)
class DayFound:
    """Words from `first` to before `after` that are a day; no day when they may be two different ones."""

    first: int
    after: int
    day: date | None


def day_at(words: Sequence[str], first: int, today: date, book: DayWords) -> DayFound | None:
    """Find the day that begins at one of the words (small letters, no punctuation around them)."""
    if first >= len(words):
        return None
    ways: tuple[_Way, ...] = (_phrase, _ago, _weekday, _iso, _date, _either)
    start = first + (words[first] in book.on)
    found = (way(words, start, today, book) for way in ways)
    hit = next((each for each in found if each), None)
    return hit and DayFound(first, hit.after, hit.day)


_Way = Callable[[Sequence[str], int, date, DayWords], DayFound | None]


def _phrase(words: Sequence[str], first: int, today: date, book: DayWords) -> DayFound | None:
    moved = ((book.before_yesterday, -2), (book.yesterday, -1), (book.today, 0), (book.tomorrow, 1))
    for after in range(min(len(words), first + LONGEST), first, -1):
        text = " ".join(words[first:after])
        for phrases, days in moved:
            if text in phrases:
                return DayFound(first, after, today + days * DAY)
    return None


def _ago(words: Sequence[str], first: int, today: date, book: DayWords) -> DayFound | None:
    if (
        not COUNT.fullmatch(words[first] if first < len(words) else "")
        or " ".join(words[first + 1 : first + 3]) not in book.ago
    ):
        return None
    return DayFound(first, first + 3, today - int(words[first]) * DAY)


def _weekday(words: Sequence[str], first: int, today: date, book: DayWords) -> DayFound | None:
    last = first < len(words) and words[first] in book.last
    name = first + last
    number = next((n for n, names in enumerate(book.weekdays) if words[name : name + 1] and words[name] in names), None)
    if number is None:
        return None
    # "tue 24 nov" is the date; the weekday only helps the person to find it.
    dated = _date(words, name + 1, today, book) or _iso(words, name + 1, today, book)
    if dated:
        return dated
    back = (today.weekday() - number) % WEEK_DAYS
    return DayFound(first, name + 1, today - timedelta(days=WEEK_DAYS if last and not back else back))


def _iso(words: Sequence[str], first: int, _today: date, _book: DayWords) -> DayFound | None:
    match = ISO.fullmatch(words[first]) if first < len(words) else None
    if not match:
        return None
    return DayFound(first, first + 1, make(int(match[1]), int(match[2]), int(match[3])))


def _date(words: Sequence[str], first: int, today: date, book: DayWords) -> DayFound | None:
    for number, month, after in pairs(words, first, book):
        if words[after : after + 1] and YEAR.fullmatch(words[after]):
            return DayFound(first, after + 1, make(int(words[after]), month, number))
        years = (today.year, today.year - 1)
        days = (day for year in years if (day := make(year, month, number)) and day <= today)
        return DayFound(first, after, next(days, None))
    return None


def pairs(words: Sequence[str], first: int, book: DayWords) -> Iterator[tuple[int, int, int]]:
    """Read "3 mar", "3rd of march" and "mar 3" as (day, month, word after)."""
    of = first + 1 + bool(words[first + 1 : first + 2] and words[first + 1] in book.of)
    for day, month, after in ((first, of, of + 1), (first + 1, first, first + 2)):
        number = number_at(words, day, book)
        if not number or month >= len(words):
            continue
        for index, names in enumerate(book.months, 1):
            if words[month] in names:
                yield number, index, after


def number_at(words: Sequence[str], at: int, book: DayWords) -> int:
    """Read a number of a day, with or without its ordinal; 0 for anything else."""
    word = words[at] if at < len(words) else ""
    if not word[:1].isdigit():
        return 0
    digits = next((word.removesuffix(end) for end in book.ordinals if word.endswith(end)), word)
    return int(digits) if re.fullmatch("[0-9]{1,2}", digits) else 0


def _either(words: Sequence[str], first: int, _today: date, _book: DayWords) -> DayFound | None:
    match = first < len(words) and EITHER.fullmatch(words[first])
    return DayFound(first, first + 1, None) if match else None


def make(year: int, month: int, day: int) -> date | None:
    """Make a date, if there is one."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
