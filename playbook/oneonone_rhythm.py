"""The rhythm of 1:1s: on which day each is, where it goes when somebody is off, and when both are asked and told."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from playbook import tongue
from playbook.days import DAY, WEEK_DAYS, Week, instant, local_day, local_time
from playbook.hours import Hours, at_work, shift
from playbook.oneonone import OneOnOneBook, late

HALF_HOUR = timedelta(minutes=30)
MOST_WEEKS = 60
A_MONDAY = date(2024, 1, 1)


@dataclass(frozen=True)
class Side:
    """One of the two: who, when they work, and the hours in which they want to be left alone."""

    user_id: str
    name: str
    hours: Hours
    quiet_from: time
    quiet_until: time

    def day(self, at: datetime) -> date:
        """Say which date a moment is on their own calendar."""
        return local_day(at, self.hours.zone)

    def off(self, at: datetime) -> bool:
        """Say whether they are off on the day of a moment: away, or it is a holiday of theirs."""
        return self.day(at) in self.hours.free

    def works(self, at: datetime) -> bool:
        """Say whether a moment is on a working day of theirs."""
        return self.day(at).weekday() in self.hours.weekdays and not self.off(at)

    def awake(self, at: datetime) -> bool:
        """Say whether a moment is outside their quiet hours."""
        clock = local_time(at, self.hours.zone).time()
        if self.quiet_from < self.quiet_until:
            return not self.quiet_from <= clock < self.quiet_until
        return self.quiet_until <= clock < self.quiet_from

    def woken(self, at: datetime) -> datetime:
        """Give a moment itself, or the end of the quiet hours it falls into."""
        if self.awake(at):
            return at
        ends = (instant(self.day(at) + days * DAY, self.quiet_until, self.hours.zone) for days in range(3))
        return next((end for end in ends if end and end > at), at)


@dataclass(frozen=True)
class Rhythm:
    """A weekday and a time on one zone's clock."""

    weekday: int
    at: time
    zone: str

    @classmethod
    def of(cls, at: datetime, zone: str) -> "Rhythm":
        """Give the rhythm that a moment would have if it came every week."""
        shown = local_time(at, zone)
        return cls(shown.weekday(), shown.time().replace(second=0, microsecond=0, fold=0), zone)

    @property
    def day_name(self) -> str:
        """Name its weekday."""
        return tongue.weekday(A_MONDAY + timedelta(days=self.weekday))

    def in_week(self, week: Week, weekday: int | None = None) -> datetime | None:
        """Say when it is in a week, or on another day of that week; None where that date does not exist."""
        return instant(week.days[self.weekday if weekday is None else weekday], self.at, self.zone)


def week_of(at: datetime, zone: str) -> Week:
    """Give the week of a moment on a zone's calendar."""
    return Week.of(local_day(at, zone))


def slot(week: Week, rhythm: Rhythm, sides: Sequence[Side], after: datetime) -> datetime | None:
    """Say when the 1:1 of a week is: on its day, else on the next working day of both, else on one before it.

    None when no day after the moment is left on which both work.
    """
    later = range(rhythm.weekday, WEEK_DAYS)
    earlier = range(rhythm.weekday - 1, -1, -1)
    moments = (rhythm.in_week(week, weekday) for weekday in (*later, *earlier))
    return next((at for at in moments if at and at > after and all(side.works(at) for side in sides)), None)


@dataclass(frozen=True)
class Slot:
    """When the next 1:1 of a series is, when it would usually be, and which ones are left out before it."""

    at: datetime
    usual: datetime
    left_out: tuple[datetime, ...] = ()


def next_slot(rhythm: Rhythm, sides: Sequence[Side], after: datetime, taken: Collection[date] = ()) -> Slot | None:
    """Say when the next 1:1 of a series is: in the first week whose day is still to come and that is not `taken`.

    `taken` are the Mondays of the weeks that have had theirs. A week in which the two share no day is left out.
    """
    left_out: list[datetime] = []
    for week in _weeks(week_of(after, rhythm.zone)):
        usual = rhythm.in_week(week)
        if usual is None or usual <= after or week.monday in taken:
            continue
        if found := slot(week, rhythm, sides, after):
            return Slot(found, usual, tuple(left_out))
        left_out.append(usual)
    return None


def _weeks(first: Week) -> Iterator[Week]:
    for _ in range(MOST_WEEKS):
        yield first
        first = first.next


def moved(at: datetime, zone: str, sides: Sequence[Side], after: datetime) -> datetime | None:
    """Say where a 1:1 goes whose day does not suit any more: the same week, the same time; None if nowhere."""
    return slot(week_of(at, zone), Rhythm.of(at, zone), sides, after)


def suggestion(at: datetime, zones: Mapping[str, str], book: OneOnOneBook) -> datetime | None:
    """Give the nearest moment within a day that is neither too early nor too late for anybody, None if none is."""
    steps = sorted(range(-48, 49), key=abs)
    return next((near for step in steps if not late(near := at + step * HALF_HOUR, zones, book)), None)


def ask_at(at: datetime, side: Side, book: OneOnOneBook) -> datetime:
    """Say when somebody is asked to prepare: a day before, in their working time, on Friday for a Monday."""
    wish, hours = at - timedelta(hours=book.prepare_hours), side.hours
    if at_work(hours, wish):
        return wish
    clock = local_time(wish, hours.zone).time()
    begin, end = _last_shift(hours, side.day(wish))
    same = instant(local_day(begin, hours.zone), clock, hours.zone) or begin
    return min(max(same, begin), end - timedelta(minutes=book.before_the_end))


def agenda_at(at: datetime, side: Side, book: OneOnOneBook) -> datetime:
    """Say when somebody gets the agenda: two hours before, or at the end of the working day before a quiet time."""
    wish = at - timedelta(hours=book.agenda_hours)
    if side.awake(wish) and not side.off(wish):
        return wish
    day = side.day(wish)
    while True:
        end = _last_shift(side.hours, day)[1] - timedelta(minutes=book.before_the_end)
        if end <= wish:
            return end
        day -= DAY


def _last_shift(hours: Hours, day: date) -> tuple[datetime, datetime]:
    """Give the shift of a day, or the last one before it."""
    while (window := shift(hours, day)) is None:
        day -= DAY
    return window
