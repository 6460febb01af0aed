"""Time away: its page of the playbook, what a stretch may be, who stands in, and what quiet hours must leave free."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from pydantic import Field

from playbook import tongue
from playbook.days import DAY, instant, last_working_day
from playbook.holidays import DaysOff, holiday_name
from playbook.length import show
from playbook.page import Page
from playbook.words import fill

Words = tuple[str, ...]
FULL_DAY = 24 * 60
PARTLY = "partly"


class AwayKind(Page):
    """One type of time away, and the words that say it."""

    key: str
    label: str
    words: Words


class AwayVerbs(Page):
    """What `/ooo` does besides planning; each with the phrases that ask for it."""

    back: Words
    who: Words
    help: Words
    settings: Words
    holidays: Words
    edit: Words
    undo: Words

    def named(self, phrase: str) -> str:
        """Give the verb that a whole phrase asks for, or nothing."""
        return next((verb for verb, phrases in self if phrase in phrases), "")


class AwayWords(Page):
    """How days to come are written, beside the words for days that `/log` knows."""

    filler: Words
    from_: Words = Field(alias="from")
    to: Words
    and_: Words = Field(alias="and")
    in_: Words = Field(alias="in")
    until: Words
    next: Words
    this: Words
    after_tomorrow: Words
    rest: Words
    week: Words
    weekend: Words
    days: Words
    weeks: Words
    for_: Words = Field(alias="for")
    the: Words
    doubt: Words
    week_end: Words
    month_end: Words
    numbers: dict[str, int]


class AwaySentences(Page):
    """What is said where something needs another look."""

    when: str
    ask: str
    either: str
    order: str
    past: str
    ahead: str
    long: str
    long_tick: str
    gone: str
    note: str
    deputy: str
    quiet_both: str
    quiet_same: str
    quiet_long: str
    quiet_work: str
    weekdays: str
    country: str


class OooBook(Page):
    """Everything we believe about time away; lengths in days unless said otherwise."""

    back_days: int
    ahead_days: int
    long_days: int
    note_limit: int
    list_days: int
    returns: time
    begins: time
    holiday_notice: int
    holiday_at: time
    holidays_listed: int
    least_waking_minutes: int
    kinds: tuple[AwayKind, ...]
    verbs: AwayVerbs
    words: AwayWords
    sentences: AwaySentences

    def label(self, kind: str) -> str:
        """Name a type of time away."""
        return next((one.label for one in self.kinds if one.key == kind), kind)


@dataclass(frozen=True)
class Stretch:
    """Days away from the first to the last, both included."""

    first: date
    last: date
    kind: str = "off"

    @property
    def days(self) -> int:
        """Count its days."""
        return (self.last - self.first).days + 1

    @property
    def partly(self) -> bool:
        """Tell whether somebody is there for a part of these days."""
        return self.kind == PARTLY

    def meets(self, other: "Stretch") -> bool:
        """Tell whether two stretches share a day."""
        return self.first <= other.last and other.first <= self.last


def problems(first: date, last: date, today: date, book: OooBook, *, sure: bool = False) -> dict[str, str]:
    """Say under which field (`first`, `last`) a stretch needs another look, and why; `sure` takes a long one."""
    say, ago = book.sentences, today - timedelta(days=book.back_days)
    if last < first:
        return {"last": say.order}
    if first < ago:
        return {"first": fill(say.past, days=book.back_days)}
    if last > today + timedelta(days=book.ahead_days):
        return {"last": say.ahead}
    return {"last": long} if not sure and (long := long_question(first, last, book)) else {}


def long_question(first: date, last: date, book: OooBook) -> str:
    """Ask whether a long stretch is meant, "" for one that is not."""
    days = (last - first).days + 1
    shown = f"{tongue.day(last)} {last.year}"
    return fill(book.sentences.long, days=days, last=shown) if days > book.long_days else ""


def joined(new: Stretch, others: Sequence[Stretch]) -> Stretch:
    """Make one stretch of a new one and those it meets."""
    met = [one for one in others if one.meets(new)]
    first = min([new.first, *(one.first for one in met)])
    return Stretch(first, max([new.last, *(one.last for one in met)]), new.kind)


def without(old: Stretch, new: Stretch) -> tuple[Stretch, ...]:
    """Give what is left of a stretch before and after another one."""
    before = Stretch(old.first, min(old.last, new.first - DAY), old.kind)
    after = Stretch(max(old.first, new.last + DAY), old.last, old.kind)
    return tuple(one for one in (before, after) if one.first <= one.last)


def working_days(first: date, last: date, weekdays: Collection[int], holidays: Collection[date] = ()) -> int:
    """Count the days of a stretch on which somebody would have worked."""
    days = (first + timedelta(days=days) for days in range((last - first).days + 1))
    return sum(day.weekday() in weekdays and day not in holidays for day in days)


def stand_ins(path: Sequence[str], deputies: Mapping[str, str], there: Callable[[str], bool]) -> tuple[str, ...]:
    """Put a path of helpers in the order in which they can be asked when some are away.

    `deputies` maps those who are away to who stands in for them, "" for nobody. Whoever is there comes first: the
    deputy in the place of who is away; then those who are away, for whoever wants to wait for them.
    """
    asked = [deputies.get(one, one) for one in path]
    present = [one for one in asked if one and one not in deputies and there(one)]
    return tuple(dict.fromkeys([*present, *path]))


def next_holidays(country: str, today: date, weekdays: Collection[int], count: int) -> tuple[tuple[date, str], ...]:
    """List the next public holidays on working days of somebody, within a year: pairs of (day, name)."""
    days = (today + timedelta(days=days) for days in range(366))
    named = ((day, holiday_name(day, country)) for day in days if day.weekday() in weekdays)
    return tuple(pair for pair in _until(((day, name) for day, name in named if name), count))


def _until(pairs: Iterator[tuple[date, str]], count: int) -> Iterator[tuple[date, str]]:
    for _, pair in zip(range(count), pairs, strict=False):
        yield pair


def notice_at(day: date, weekdays: Collection[int], free: DaysOff, zone: str, book: OooBook) -> datetime | None:
    """Say when a public holiday is announced: some working days before it, on the person's own clock."""
    told = day
    for _ in range(book.holiday_notice):
        told = last_working_day(told, weekdays, free)
    return instant(told, book.holiday_at, zone)


def quiet_problems(quiet: tuple[time | None, time | None], work: tuple[time, time], book: OooBook) -> dict[str, str]:
    """Say under which field (`quiet_from`, `quiet_until`) quiet hours need another look, and why."""
    begins, ends, say = *quiet, book.sentences
    if begins is None and ends is None:
        return {}
    if begins is None or ends is None:
        return {"quiet_from" if begins is None else "quiet_until": say.quiet_both}
    if begins == ends:
        return {"quiet_until": say.quiet_same}
    left = FULL_DAY - len(_minutes(begins, ends))
    if left < book.least_waking_minutes:
        return {"quiet_until": fill(say.quiet_long, left=show(left), least=show(book.least_waking_minutes))}
    if _minutes(*work) <= _minutes(begins, ends):
        return {"quiet_until": fill(say.quiet_work, start=f"{work[0]:%H:%M}", end=f"{work[1]:%H:%M}")}
    return {}


def _minutes(begins: time, ends: time) -> frozenset[int]:
    """Give the minutes of a day between two times; an end at or before the beginning is on the next day."""
    start, end = (at.hour * 60 + at.minute for at in (begins, ends))
    length = (end - start) % FULL_DAY or FULL_DAY
    return frozenset((start + minute) % FULL_DAY for minute in range(length))
