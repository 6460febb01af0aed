"""One stretch of days to come, found among words: days, ranges, counts, and weeks; for `ooo_words`."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from playbook.day_words import COUNT, EITHER, ISO, LONGEST, YEAR, make, number_at, pairs
from playbook.days import DAY, WEEK_DAYS
from playbook.log_book import DayWords
from playbook.ooo import OooBook, Words

FAR = 300
LEAP = 9
MOST_DAYS = 400
BARE = re.compile(r"[0-9]{1,2}")


@dataclass(frozen=True)
class Found:
    """Days that end before the word `after`; `other` is the day the first might be instead."""

    after: int
    first: date
    last: date
    sure: bool = True
    other: date | None = None
    open_end: bool = False


@dataclass(frozen=True)
class Days:
    """A reader over words: today, the working days of who wrote them, and the words that are known."""

    texts: tuple[str, ...]
    today: date
    weekdays: frozenset[int]
    book: OooBook
    names: DayWords

    def range_at(self, start: int) -> Found | None:
        """Find the stretch of days that begins at a word."""
        words = self.book.words
        opened = self._is(start, words.from_)
        at = start + opened
        ways = (self._until, self._counted, self._week, self._numbers, self._days)
        found = next((hit for way in ways if (hit := way(at))), None)
        if found is None or not found.first <= found.last:
            return found and replace(found, last=found.first, sure=False)
        single = opened and found.first == found.last
        return replace(found, open_end=single)

    # Whole stretches ----------------------------------------------------------------------------

    def _until(self, at: int) -> Found | None:
        """Read "until friday": from today on."""
        if not self._is(at, self.book.words.until):
            return None
        end = self._day(at + 1, self.today, last=True)
        return end and Found(end.after, self.today, end.first, end.sure, end.other)

    def _counted(self, at: int) -> Found | None:
        """Read "3 days", "for two weeks from 7 dec", "next 3 days" and "in 3 days"."""
        words = self.book.words
        later = self._is(at, words.in_)
        coming = self._is(at, words.next)
        at += self._is(at, words.for_) + later + coming
        count = self._count(at)
        if count is None:
            return None
        number, weeks, after = count
        if later:
            day = self.today + number * (WEEK_DAYS if weeks else 1) * DAY
            return Found(after, day, day, sure=not weeks)
        begin = self._day(after + 1, self.today) if self._is(after, (*words.from_, *self.names.on)) else None
        first, after = (begin.first, begin.after) if begin else (self.today, after)
        sure = (begin is None or begin.sure) and not (coming and weeks)
        return Found(after, first, self._after(first, number, weeks=weeks), sure, begin.other if begin else None)

    def _count(self, at: int) -> tuple[int, bool, int] | None:
        """Read "3 days" and "a week": how many, whether weeks, and the word after."""
        words, text = self.book.words, self._text(at)
        number = int(text) if COUNT.fullmatch(text) else words.numbers.get(text, 0)
        if not 0 < number <= MOST_DAYS or not self._is(at + 1, (*words.days, *words.weeks)):
            return None
        return number, self._is(at + 1, words.weeks), at + 2

    def _after(self, first: date, number: int, *, weeks: bool) -> date:
        """Give the last of some working days from a day on, or the last working day of some weeks."""
        if weeks:
            return self._trimmed(first, first + (number * WEEK_DAYS - 1) * DAY)
        last = first
        left = number - (first.weekday() in self.weekdays)
        while left > 0:
            last += DAY
            left -= last.weekday() in self.weekdays
        return last

    def _week(self, at: int) -> Found | None:
        """Read "next week", "this week", "rest of the week" and weekends."""
        words, monday = self.book.words, self.today - self.today.weekday() * DAY
        if after := self._phrase(at, words.rest):
            return self._rest(after)
        following = self._is(at, words.next)
        named = at + (following or self._is(at, words.this) or self._is(at, words.the))
        if self._is(named, words.weekend):
            saturday = monday + (5 + WEEK_DAYS * following) * DAY
            return Found(named + 1, max(saturday, self.today), saturday + DAY)
        if named == at or not self._is(named, words.week):
            return None
        if self._weekday(named + 1) is not None:
            return None
        if not following:
            return self._rest(named + 1)
        week = [monday + (WEEK_DAYS + number) * DAY for number in sorted(self.weekdays)]
        return Found(named + 1, week[0], week[-1])

    def _rest(self, after: int) -> Found:
        sunday = self.today + (6 - self.today.weekday()) * DAY
        return Found(after, self.today, self._trimmed(self.today, sunday))

    def _trimmed(self, first: date, last: date) -> date:
        """Take the free days off the end of a stretch."""
        end = last
        while end > first and end.weekday() not in self.weekdays:
            end -= DAY
        return end if end.weekday() in self.weekdays else last

    # Two days -----------------------------------------------------------------------------------

    def _numbers(self, at: int) -> Found | None:
        """Read what has one month for two numbers: "12-16 aug", "3 to 7 dec", and "12-16" of no month."""
        at += self._is(at, self.book.words.the)
        number = number_at(self.texts, at, self.names)
        if not number or not self._is(at + 1, self.book.words.to):
            return None
        end = at + 2 + self._is(at + 2, self.book.words.the)
        if dated := next(self._dated(end), None):
            day, month, year, after = dated
            first = self._coming(number, month, year, self._earliest())
            last = self._coming(day, month, year or (first.year if first else 0), first or self.today)
            return Found(after, first, last, self._near(first)) if first and last else None
        last_number = number_at(self.texts, end, self.names)
        begin = self._of_month(number, self.today) if last_number else None
        close = self._of_month(last_number, begin) if begin else None
        ordinal = not BARE.fullmatch(self._text(at)) or not BARE.fullmatch(self._text(end))
        return Found(end + 1, begin, close, sure=ordinal) if begin and close else None

    def _days(self, at: int) -> Found | None:
        """Read a day, and a second one or a length after it."""
        words = self.book.words
        begin = self._day(at, self.today)
        if begin is None:
            return None
        after = begin.after
        if self._is(after, words.for_) and (count := self._count(after + 1)):
            number, weeks, after = count
            return replace(begin, after=after, last=self._after(begin.first, number, weeks=weeks))
        joins, adds = self._is(after, words.to), self._is(after, words.and_)
        end = self._end(after + 1, begin) if joins or adds else self._day(after, begin.first, last=True)
        if end is None or (end.first <= begin.first and not joins):
            return self._alone(begin, at)
        dated = ISO.fullmatch(self._text(at)) and ISO.fullmatch(self._text(after))
        near = joins or bool(dated) or end.first == begin.first + DAY
        sure = begin.sure and end.sure and near
        return Found(end.after, begin.first, end.first, sure, begin.other or end.other)

    def _end(self, at: int, begin: Found) -> Found | None:
        """Read the second day of two: after the first, in its month where it names none."""
        if day := self._day(at, begin.first, last=True):
            return day
        number = number_at(self.texts, at, self.names)
        last = self._of_month(number, begin.first) if number else None
        return Found(at + 1, last, last) if last else None

    def _alone(self, begin: Found, at: int) -> Found:
        """Ask which one is meant by the name of today's own weekday."""
        if begin.after == at + 1 and self._weekday(at) == self.today.weekday():
            return replace(begin, sure=False, other=begin.first + WEEK_DAYS * DAY)
        return begin

    # One day ------------------------------------------------------------------------------------

    def _day(self, at: int, since: date, *, last: bool = False) -> Found | None:
        """Read one day, on or after another one where that matters."""
        at += self._is(at, self.names.on)
        ways = (self._named, self._of_week, self._iso, self._date, self._ordinal, self._either)
        return next((hit for way in ways if (hit := way(at, since, last=last))), None)

    def _named(self, at: int, _since: date, *, last: bool) -> Found | None:
        names, words = self.names, self.book.words
        moved = [(names.today, 0), (words.after_tomorrow, 2), (names.tomorrow, 1)]
        moved += [] if last else [(names.before_yesterday, -2), (names.yesterday, -1)]
        for phrases, days in moved:
            if after := self._phrase(at, phrases):
                return _one(after, self.today + days * DAY)
        sunday = self.today + (6 - self.today.weekday()) * DAY
        if after := self._phrase(at, words.week_end):
            return _one(after, self._trimmed(self.today, sunday))
        if after := self._phrase(at, words.month_end):
            length = calendar.monthrange(self.today.year, self.today.month)[1]
            return _one(after, self.today.replace(day=length))
        return None

    def _of_week(self, at: int, since: date, *, last: bool) -> Found | None:
        """Read "fri", "next fri", "this fri", "last fri", "fri next week", "next week fri"."""
        words, today = self.book.words, self.today
        past, following = self._is(at, self.names.last), self._is(at, words.next)
        name = at + (past or following or self._is(at, words.this))
        name += following and self._is(name, words.week)
        number = self._weekday(name)
        if number is None:
            return None
        dated = self._date(name + 1, since, last=last) or self._iso(name + 1, since, last=last)
        if dated:
            return replace(dated, sure=dated.sure and dated.first.weekday() == number)
        if past:
            return _one(name + 1, today - ((today.weekday() - number - 1) % WEEK_DAYS + 1) * DAY)
        then = today + (WEEK_DAYS - today.weekday() + number) * DAY
        if self._is(name + 1, words.next) and self._is(name + 2, words.week):
            return _one(name + 3, then)
        if following:
            this = today + ((number - today.weekday()) % WEEK_DAYS) * DAY
            doubted = today < this < then and name == at + 1
            return Found(name + 1, then, then, sure=not doubted, other=this if doubted else None)
        ahead = (number - since.weekday()) % WEEK_DAYS
        return _one(name + 1, since + (ahead or WEEK_DAYS * (last and since != today)) * DAY)

    def _weekday(self, at: int) -> int | None:
        return next((n for n, names in enumerate(self.names.weekdays) if self._is(at, names)), None)

    def _iso(self, at: int, _since: date, *, last: bool) -> Found | None:  # noqa: ARG002 - one shape for all ways
        match = ISO.fullmatch(self._text(at))
        day = make(int(match[1]), int(match[2]), int(match[3])) if match else None
        return _one(at + 1, day) if day else None

    def _date(self, at: int, since: date, *, last: bool) -> Found | None:
        at += self._is(at, self.book.words.the)
        for number, month, year, after in self._dated(at):
            day = self._coming(number, month, year, since if last else self._earliest())
            if day:
                return Found(after, day, day, (day - since).days <= FAR if last else self._near(day))
        return None

    def _dated(self, at: int) -> Iterator[tuple[int, int, int, int]]:
        """Read "3 mar", "mar 3rd" and "3 mar 2027" as (day, month, year or 0, word after)."""
        for number, month, after in pairs(self.texts, at, self.names):
            year = int(self._text(after)) if YEAR.fullmatch(self._text(after)) else 0
            yield number, month, year, after + bool(year)

    def _ordinal(self, at: int, since: date, *, last: bool) -> Found | None:  # noqa: ARG002 - one shape for all ways
        """Read "the 12th"."""
        at += self._is(at, self.book.words.the)
        number = number_at(self.texts, at, self.names)
        day = self._of_month(number, since) if number and not BARE.fullmatch(self._text(at)) else None
        return _one(at + 1, day) if day else None

    def _either(self, at: int, since: date, *, last: bool) -> Found | None:  # noqa: ARG002 - one shape for all ways
        """Take 3/12 for a day that has to be asked about."""
        return Found(at + 1, since, since, sure=False) if EITHER.fullmatch(self._text(at)) else None

    # Calendars ----------------------------------------------------------------------------------

    def _coming(self, number: int, month: int, year: int, since: date) -> date | None:
        """Give the first such date on or after a day; of a year that was named, the date in it."""
        years = (year,) if year else range(since.year, since.year + LEAP)
        days = (day for one in years if (day := make(one, month, number)))
        return next((day for day in days if year or day >= since), None)

    def _of_month(self, number: int, since: date) -> date | None:
        """Give the first day with a number on or after another day."""
        months = range(since.month - 1, since.month + 2)
        days = (make(since.year + month // 12, month % 12 + 1, number) for month in months)
        return next((day for day in days if day and day >= since), None)

    def _earliest(self) -> date:
        return self.today - timedelta(days=self.book.back_days)

    def _near(self, day: date | None) -> bool:
        """Tell whether a day without a year is likely meant: not nearly a year ahead."""
        return day is not None and (day - self.today).days <= FAR

    # Words --------------------------------------------------------------------------------------

    def _text(self, at: int) -> str:
        return self.texts[at] if 0 <= at < len(self.texts) else ""

    def _is(self, at: int, words: Words) -> bool:
        return self._text(at) in words if at < len(self.texts) else False

    def _phrase(self, at: int, phrases: Words) -> int:
        """Give the word after a phrase that begins here, 0 if none does."""
        tries = range(min(len(self.texts), at + LONGEST), at, -1)
        return next((after for after in tries if " ".join(self.texts[at:after]) in phrases), 0)


def _one(after: int, day: date) -> Found:
    return Found(after, day, day)
