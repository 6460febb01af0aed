"""The overlap finder: which two to three hours suit everybody best, who bends for them, and by how much."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from playbook.days import DAY, WEEK_DAYS, day_start, local_time
from playbook.golden import MINUTE, GoldenBook, GoldenHours, minutes
from playbook.hours import Hours, shift

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
HOUR = 60
FULL_DAY = 24 * HOUR
BOTH = 2
Stretch = tuple[int, int]


@dataclass(frozen=True)
class Party:
    """Somebody who takes part, by the name people read, when they work, and when they may be written to if they said.

    Without `awake`, the usual waking hours count.
    """

    user_id: str
    name: str
    hours: Hours
    awake: tuple[time, time] | None = None

    @property
    def zone(self) -> str:
        """Give the zone of their clock."""
        return self.hours.zone

    def waking(self, book: GoldenBook) -> GoldenHours:
        """Give the hours outside of which nobody asks them to be there without a warning."""
        return GoldenHours(*(self.awake or (book.awake_from, book.awake_until)), self.zone)


@dataclass(frozen=True)
class Bend:
    """What a window asks of somebody, in minutes: before and after the working day, and outside waking hours.

    `begin` and `end` are what their own clock shows; `inside` is how much of it is working time, `margin` how far
    the window lies from the nearer end of the working day.
    """

    party: Party
    begin: datetime
    end: datetime
    early: int
    late: int
    quiet: int
    inside: int
    margin: int

    @property
    def bends(self) -> int:
        """Give how far the window reaches out of the working day."""
        return self.early + self.late


@dataclass(frozen=True)
class Spot:
    """A window that is possible on some weekdays of the anchor's clock, and what it asks of each."""

    window: GoldenHours
    weekdays: frozenset[int]
    bends: tuple[Bend, ...]

    @property
    def tier(self) -> int:
        """Say how well it suits: 0 inside every working day, 1 inside everybody's waking hours, 2 neither."""
        if not any(bend.bends for bend in self.bends):
            return 0
        return 2 if any(bend.quiet for bend in self.bends) else 1

    @property
    def minutes(self) -> int:
        """Give its length."""
        return minutes(self.window.start, self.window.end)


@dataclass(frozen=True)
class Week:
    """When somebody works, is awake, and has working days in one week, in minutes since `EPOCH`."""

    party: Party
    shifts: tuple[Stretch, ...]
    awake: tuple[Stretch, ...]
    days: tuple[Stretch, ...]


def week_of(party: Party, monday: date, book: GoldenBook) -> Week:
    """Lay out one week of somebody, with the days around it."""
    dates = [monday + timedelta(days=days) for days in range(-2, WEEK_DAYS + 3)]
    hours = party.hours
    shifts = tuple(_stretch(*found) for day in dates if (found := shift(hours, day)))
    waking = party.waking(book)
    awake = [_stretch(*found) for day in dates if (found := waking.on(day))]
    works = [day for day in dates if day.weekday() in hours.weekdays and day not in hours.free]
    days = tuple(_stretch(day_start(day, hours.zone), day_start(day + DAY, hours.zone)) for day in works)
    return Week(party, shifts, _merged((*shifts, *awake)), days)


def _stretch(begin: datetime, end: datetime) -> Stretch:
    return (begin - EPOCH) // MINUTE, (end - EPOCH) // MINUTE


def _merged(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    found: list[Stretch] = []
    for begin, end in sorted(stretches):
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((begin, end))
    return tuple(found)


def _covered(window: Stretch, stretches: Iterable[Stretch]) -> int:
    return sum(max(0, min(window[1], end) - max(window[0], begin)) for begin, end in stretches)


def _judged(week: Week, window: Stretch) -> tuple[int, int, int, int, int] | None:
    """Give early, late, quiet, inside and margin of a window; None on a day off."""
    middle = (window[0] + window[1]) // 2
    if not any(begin <= middle < end for begin, end in (*week.days, *week.shifts)):
        return None
    return _asked(week, window)


def _asked(week: Week, window: Stretch) -> tuple[int, int, int, int, int]:
    ways = ((max(0, begin - window[0]), max(0, window[1] - end), begin, end) for begin, end in week.shifts)
    early, late, begin, end = min(ways, key=lambda way: way[0] + way[1])
    quiet = window[1] - window[0] - _covered(window, week.awake)
    margin = max(0, min(window[0] - begin, end - window[1]))
    return early, late, quiet, _covered(window, week.shifts), margin


def _bend(week: Week, window: Stretch, judged: tuple[int, int, int, int, int]) -> Bend:
    begin, end = (local_time(EPOCH + at * MINUTE, week.party.zone) for at in window)
    return Bend(week.party, begin, end, *judged)


def judge(
    parties: Sequence[Party], window: GoldenHours, day: date, book: GoldenBook, *, everybody: bool = False
) -> tuple[Bend, ...]:
    """Say what a window of a date asks of those for whom it is a working day, or of everybody."""
    when = window.on(day)
    if when is None:
        return ()
    stretch = _stretch(*when)
    weeks = [week_of(party, day, book) for party in parties]
    asked = ((week, _asked(week, stretch) if everybody else _judged(week, stretch)) for week in weeks)
    return tuple(_bend(week, stretch, found) for week, found in asked if found)


def find(parties: Sequence[Party], zone: str, monday: date, book: GoldenBook) -> tuple[Spot, ...]:
    """Find the windows that suit a week best, best first, on a zone's clock; each with the weekdays it is good for.

    Inside every working day comes first, then inside everybody's waking hours, then what asks least of all together.
    """
    weeks = [week_of(party, monday, book) for party in parties]
    found: dict[tuple[int, int], dict[int, Spot]] = defaultdict(dict)
    for weekday in range(WEEK_DAYS):
        for spot in on_day(weeks, zone, monday + timedelta(days=weekday), book):
            found[_clock(spot.window.start), spot.minutes][weekday] = spot
    whole = [_together(days, book) for days in found.values()]
    return _offered(sorted(whole, key=lambda spot: _rank(spot, book)), book)


def on_day(weeks: Sequence[Week], zone: str, day: date, book: GoldenBook) -> list[Spot]:
    """Give every window of one date that is on a working day of all, in no order."""
    found = []
    for start in _starts(weeks, zone, day, book):
        for length in range(book.least_minutes, book.best_minutes + 1, book.step):
            end = (_clock(start) + length) % FULL_DAY
            window = GoldenHours(start, time(*divmod(end, HOUR)), zone)
            if spot := _spot(weeks, window, day, length):
                found.append(spot)
    return found


def _spot(weeks: Sequence[Week], window: GoldenHours, day: date, length: int) -> Spot | None:
    when = window.on(day)
    if when is None or when[1] - when[0] != length * MINUTE:
        return None
    stretch = _stretch(*when)
    judged = [(week, _judged(week, stretch)) for week in weeks]
    bends = [(week, one) for week, one in judged if one is not None]
    if len(bends) < len(weeks):
        return None
    return Spot(window, frozenset({day.weekday()}), tuple(_bend(week, stretch, one) for week, one in bends))


def _starts(weeks: Sequence[Week], zone: str, day: date, book: GoldenBook) -> list[time]:
    """Give the half hours of a date, and when somebody's day begins, which need not be on one."""
    steps = {time(*divmod(at, HOUR)) for at in range(0, FULL_DAY, book.step)}
    begins = (local_time(EPOCH + begin * MINUTE, zone) for week in weeks for begin, _ in week.shifts)
    return sorted(steps | {begin.time().replace(fold=0) for begin in begins if begin.date() == day})


def _clock(at: time) -> int:
    return at.hour * HOUR + at.minute


def _together(days: Mapping[int, Spot], book: GoldenBook) -> Spot:
    """Make one of a window's weekdays: those on which it suits as well as on its best."""
    best = min(days.values(), key=lambda spot: _rank(spot, book))
    alike = frozenset(weekday for weekday, spot in days.items() if spot.tier == best.tier)
    return Spot(best.window, alike, best.bends)


def _rank(spot: Spot, book: GoldenBook) -> tuple[int, ...]:
    """Give what a window is ranked by, least first."""
    asked = sum(bend.bends + book.quiet_weight * bend.quiet for bend in spot.bends)
    most = max((bend.bends for bend in spot.bends), default=0)
    margin = min((bend.margin for bend in spot.bends), default=0)
    off_step = int(spot.window.start.minute % book.step != 0)
    start = _clock(spot.window.start)
    return spot.tier, asked, off_step, -spot.minutes, most, -len(spot.weekdays), -margin, start


def _offered(ranked: Sequence[Spot], book: GoldenBook) -> tuple[Spot, ...]:
    """Take the best of each beginning; where somebody bends, only such as are really different."""
    taken: list[Spot] = []
    for spot in ranked:
        apart = book.step if spot.tier == 0 else book.apart
        if all(_away(spot, other) >= apart for other in taken) and len(taken) < book.most_offered:
            taken.append(spot)
    return tuple(taken)


def _away(one: Spot, other: Spot) -> int:
    between = abs(_clock(one.window.start) - _clock(other.window.start))
    return min(between, FULL_DAY - between)
