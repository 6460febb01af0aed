"""Days and clocks: what a wish in somebody's local time means as an instant."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from playbook.sorry import Sorry
from playbook.tongue import phrase

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
WEEK_DAYS = 7


NOT_A_PLACE = frozenset(["localtime", "posixrules"])


@cache
def _known_zones() -> frozenset[str]:
    names = available_timezones() - NOT_A_PLACE
    return frozenset(name for name in names if not name.startswith(("posix/", "right/")))


@cache
def zone_names() -> tuple[str, ...]:
    """List the zones that are named after a place (Europe/Lisbon), and UTC, in the order of the alphabet."""
    places = sorted(name for name in _known_zones() if "/" in name and not name.startswith(("Etc/", "SystemV/", "US/")))
    return ("UTC", *places)


def zone_info(name: str | None) -> ZoneInfo:
    """Give the zone of an IANA name such as Europe/Lisbon; everything else is refused with Sorry."""
    if not name or name not in _known_zones():
        raise Sorry(
            phrase(
                'I don\'t know the time zone "{name}". Please choose one from the list, like Europe/Lisbon.', name=name
            )
        )
    return ZoneInfo(name)


def instant(day: date, at: time, zone: str) -> datetime | None:
    """Say when a local wish happens, in UTC; None where that whole date does not exist (RFC 5545, 3.3.5).

    A time that the clock skips is moved by the offset from before the gap; one that it shows twice is the first.
    """
    place = zone_info(zone)
    moment = _resolve(day, at, place)
    if moment.astimezone(place).date() == day or _exists(day, place):
        return moment
    return None


def _resolve(day: date, at: time, place: ZoneInfo) -> datetime:
    return datetime.combine(day, at.replace(fold=0), tzinfo=place).astimezone(UTC)


def _exists(day: date, place: ZoneInfo) -> bool:
    ends = (time.min, time.max)
    return any(_resolve(day, at, place).astimezone(place).date() == day for at in ends)


def local_time(now: datetime, zone: str) -> datetime:
    """Say what the clock on the wall shows in the zone (to read and to show, never to subtract)."""
    return now.astimezone(zone_info(zone))


def local_day(now: datetime, zone: str) -> date:
    """Say which date it is in the zone."""
    return local_time(now, zone).date()


def day_start(day: date, zone: str) -> datetime:
    """Say when a date begins there, in UTC: its first moment, or that of the next date when it was skipped."""
    place = zone_info(zone)
    midnight = _resolve(day, time.min, place)
    if midnight.astimezone(place).replace(tzinfo=None) == datetime.combine(day, time.min):
        return midnight
    return _first_moment(day, place, midnight)


def _first_moment(day: date, place: ZoneInfo, late: datetime) -> datetime:
    """Find the second at which the clock jumps over midnight into the day, by halving."""
    early = datetime.combine(day, time.min, tzinfo=place).replace(fold=1).astimezone(UTC)
    while late - early > SECOND:
        middle = early + (late - early) // 2
        middle = middle.replace(microsecond=0)
        if middle.astimezone(place).date() < day:
            early = middle
        else:
            late = middle
    return late if early.astimezone(place).date() < day else early


def split_at_midnight(start: datetime, end: datetime, zone: str) -> list[tuple[date, datetime, datetime]]:
    """Cut a stretch of time at every local midnight; each piece with the date it belongs to."""
    pieces = []
    day = local_day(start, zone)
    while start < end:
        border = day_start(day + DAY, zone)
        if border > start:
            pieces.append((day, start, min(border, end)))
            start = min(border, end)
        day += DAY
    return pieces


@dataclass(frozen=True, order=True)
class Week:
    """A week from Monday to Sunday; it closes on the Tuesday after, at 00:00 UTC."""

    monday: date

    @classmethod
    def of(cls, day: date) -> "Week":
        """Give the week that a date is in."""
        return cls(day - timedelta(days=day.weekday()))

    @classmethod
    def from_key(cls, key: str) -> "Week":
        """Read a key such as 2026-W48; raises ValueError for anything else."""
        year, _, number = key.partition("-W")
        return cls(date.fromisocalendar(int(year), int(number), 1))

    @property
    def key(self) -> str:
        """Name the week as ISO 8601 does: 2026-W48."""
        year, number, _ = self.monday.isocalendar()
        return f"{year:04}-W{number:02}"

    @property
    def days(self) -> tuple[date, ...]:
        """List its seven dates."""
        return tuple(self.monday + timedelta(days=days) for days in range(WEEK_DAYS))

    @property
    def sunday(self) -> date:
        """Give its last date."""
        return self.days[-1]

    @property
    def next(self) -> "Week":
        """Give the week after."""
        return Week(self.monday + timedelta(days=WEEK_DAYS))

    @property
    def previous(self) -> "Week":
        """Give the week before."""
        return Week(self.monday - timedelta(days=WEEK_DAYS))

    @property
    def locks_at(self) -> datetime:
        """Say when its entries close: the Tuesday after it, 00:00 UTC."""
        return datetime.combine(self.next.monday + DAY, time.min, tzinfo=UTC)

    def locked(self, now: datetime) -> bool:
        """Say whether its entries are closed by now."""
        return now >= self.locks_at


def next_at(weekdays: Collection[int], at: time, zone: str, after: datetime, off: Collection[date] = ()) -> datetime:
    """Say when the clock next shows that time on a working day, strictly after the moment given."""
    day = local_day(after, zone) - DAY
    while True:
        day = next_working_day(day, weekdays, off)
        moment = instant(day, at, zone)
        if moment and moment > after:
            return moment


def next_working_day(today: date, weekdays: Collection[int], off: Collection[date] = ()) -> date:
    """Give the first working day after a date."""
    return _working_day(today, DAY, weekdays, off)


def last_working_day(today: date, weekdays: Collection[int], off: Collection[date] = ()) -> date:
    """Give the last working day before a date."""
    return _working_day(today, -DAY, weekdays, off)


def _working_day(day: date, pace: timedelta, weekdays: Collection[int], off: Collection[date]) -> date:
    need_weekdays(weekdays)
    day += pace
    while day.weekday() not in weekdays or day in off:
        day += pace
    return day


def working_days_between(after: date, before: date, weekdays: Collection[int], off: Collection[date] = ()) -> int:
    """Count the working days between two dates, neither of them included."""
    days = (after + timedelta(days=days) for days in range(1, (before - after).days))
    return sum(day.weekday() in weekdays and day not in off for day in days)


def need_weekdays(weekdays: Collection[int]) -> None:
    """Refuse a week in which nobody works, because nothing would ever be due."""
    if not weekdays or not set(weekdays) <= set(range(WEEK_DAYS)):
        raise Sorry(phrase("Please choose at least one working day."))


def write_weekdays(weekdays: Collection[int]) -> str:
    """Write working days as they are stored: 0,1,2,3,4 is Monday to Friday."""
    return ",".join(str(weekday) for weekday in sorted(weekdays))


def read_weekdays(text: str) -> frozenset[int]:
    """Read working days as they are stored."""
    return frozenset(int(weekday) for weekday in text.split(",") if weekday)
