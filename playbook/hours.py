"""Hours: when a person works, and how much of a stretch of time falls into it."""

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import accumulate
from typing import Self

from playbook.days import DAY, instant, local_day, need_weekdays, zone_info

MINUTE = timedelta(minutes=1)
NONE = timedelta(0)


@dataclass(frozen=True)
class Hours:
    """Working days (0 is Monday) and times of a person; an end at or before the start is on the next day.

    On the days that are `free` they do not work: holidays, and days off.
    """

    zone: str
    weekdays: frozenset[int]
    start: time
    end: time
    free: Collection[date] = ()

    def __post_init__(self) -> None:
        zone_info(self.zone)
        need_weekdays(self.weekdays)


def shift(hours: Hours, day: date) -> tuple[datetime, datetime] | None:
    """Say from when to when, in UTC, the person works in the shift that begins on a local day; None when off."""
    works = day.weekday() in hours.weekdays and day not in hours.free
    begin = instant(day, hours.start, hours.zone) if works else None
    if begin is None:
        return None
    overnight = hours.end <= hours.start
    end = instant(day + DAY if overnight else day, hours.end, hours.zone)
    # A clock change can put the end before the start or take its date away: then the usual length counts.
    return begin, end if end and end > begin else begin + _usual_length(hours)


def _usual_length(hours: Hours) -> timedelta:
    wall = partial(datetime.combine, date(2000, 1, 3))
    length = wall(hours.end) - wall(hours.start)
    return length if length > NONE else length + DAY


def at_work(hours: Hours, now: datetime) -> bool:
    """Say whether a moment is inside the person's working time."""
    return any(begin <= now for begin, _ in _worked(hours, now, now + timedelta.resolution))


def working_minutes(hours: Hours, since: datetime, until: datetime) -> int:
    """Count the whole working minutes between two moments (0 when the second is not later)."""
    return sum((end - begin for begin, end in _worked(hours, since, until)), NONE) // MINUTE


@dataclass(frozen=True)
class Clock:
    """Somebody's working time between two moments, worked out once, for counting many stretches within it."""

    begins: Sequence[datetime]
    ends: Sequence[datetime]
    before: Sequence[timedelta]

    @classmethod
    def of(cls, hours: Hours, since: datetime, until: datetime) -> Self:
        """Work it out."""
        worked = list(_worked(hours, since, until))
        lengths = (end - begin for begin, end in worked)
        before = tuple(accumulate(lengths, initial=NONE))
        return cls(tuple(begin for begin, _ in worked), tuple(end for _, end in worked), before)

    def minutes(self, since: datetime, until: datetime) -> int:
        """Count the whole working minutes between two moments, as `working_minutes` does."""
        return max(NONE, self._until(until) - self._until(since)) // MINUTE

    def _until(self, moment: datetime) -> timedelta:
        """Add up the working time until a moment."""
        place = bisect_right(self.begins, moment)
        if not place:
            return NONE
        return self.before[place - 1] + min(moment, self.ends[place - 1]) - self.begins[place - 1]


def after_working(hours: Hours, since: datetime, minutes: int) -> datetime:
    """Say when that many working minutes will have passed: the inverse of `working_minutes`."""
    left = minutes * MINUTE
    if left <= NONE:
        return since
    for begin, end in _stretches(hours, since):
        if end - begin >= left:
            return begin + left
        left -= end - begin
    raise AssertionError  # the stretches never end: there is at least one working day a week


def next_stretch(hours: Hours, since: datetime) -> tuple[datetime, datetime]:
    """Give the first stretch of the person's working time that ends after a moment, from that moment on."""
    return next(_stretches(hours, since))


def next_begin(hours: Hours, since: datetime) -> datetime:
    """Say when somebody's next working time after a moment begins; the moment itself for somebody at work."""
    return after_working(hours, since, 1) - MINUTE


def _worked(hours: Hours, since: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
    for begin, end in _stretches(hours, since):
        if begin >= until:
            return
        yield begin, min(end, until)


def _stretches(hours: Hours, since: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Go through the working time after a moment, shift by shift, counting no minute twice."""
    day = local_day(since, hours.zone) - 2 * DAY
    while True:
        window = shift(hours, day)
        day += DAY
        if window and window[1] > since:
            yield max(window[0], since), window[1]
            since = window[1]
