"""The calendar: what is written down so that any calendar app can read it (RFC 5545)."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any

from playbook.days import DAY, WEEK_DAYS, zone_info
from playbook.golden import GoldenHours
from playbook.page import Page
from playbook.tongue import here
from playbook.words import clean

MAKER = "-//Inner Circle//Inner Circle//EN"
NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
REREAD = timedelta(hours=1)
ZONE_YEARS = 10
LONGEST_TITLE = 200


class CalendarTitles(Page):
    """How things are called in a calendar; {who} is a name."""

    name: str
    golden: str
    golden_with: str
    one_on_one: str
    shadowing: str
    shadowing_of: str
    small_win: str
    small_win_of: str
    review_of: str
    rate: str
    rate_of: str
    quarterly: str


class CalendarNotes(Page):
    """What stands below the title."""

    golden: str
    one_on_one: str
    review: str


class Review(Page):
    """An item of the checklist that is a review, and how it is called."""

    key: str
    title: str


class CalendarBook(Page):
    """What a calendar holds, and how it is called there."""

    days_ahead: int
    days_behind: int
    titles: CalendarTitles
    notes: CalendarNotes
    reviews: tuple[Review, ...]


@dataclass(frozen=True)
class Event:
    """One entry: an instant with its end, or a whole day (dates), or what comes back on weekdays of one zone's clock.

    `uid` stays the same while the thing stays the same; a higher `sequence` is a newer word about it. What comes back
    begins and ends on the clock of its zone (aware, in that zone), but not at the times in `without`. What is `private`
    is marked so that others who see the calendar are not shown it.
    """

    uid: str
    title: str
    start: datetime | date
    end: datetime | date
    note: str = ""
    sequence: int = 0
    weekdays: tuple[int, ...] = ()
    without: tuple[datetime, ...] = ()
    private: bool = False


def all_day(uid: str, title: str, day: date, note: str = "") -> Event:
    """Give an entry that has no hour."""
    return Event(uid, title, day, day + DAY, note)


def weekly(uid: str, title: str, window: GoldenHours, weekdays: Collection[int], since: date) -> Event:
    """Give a window as an entry that comes back on weekdays from a date on, always at the same time on its clock."""
    first = next(day for day in (since + timedelta(days=n) for n in range(WEEK_DAYS)) if day.weekday() in weekdays)
    start = _at(window.start, first, window.zone)
    end = _at(window.end, first if window.end > window.start else first + DAY, window.zone)
    return Event(uid, title, start, end, weekdays=tuple(sorted(weekdays)))


def occasions(event: Event, since: date, days: int) -> Iterator[datetime]:
    """Say when what comes back begins, on the dates of its own clock from one on."""
    assert isinstance(event.start, datetime)
    first = max(since, event.start.date())
    for day in (first + timedelta(days=n) for n in range((since + timedelta(days=days) - first).days)):
        if day.weekday() in event.weekdays:
            yield event.start.replace(year=day.year, month=day.month, day=day.day)


def windows_of(rows: Iterable[Mapping[str, Any]], zone: str) -> Sequence[tuple[GoldenHours, tuple[int, ...]]]:
    """Put weekdays with the same window together: rows of weekday, start and end ("10:00")."""
    found: dict[GoldenHours, list[int]] = {}
    for row in sorted(rows, key=lambda row: int(row["weekday"])):
        window = GoldenHours(time.fromisoformat(row["start"]), time.fromisoformat(row["end"]), zone)
        found.setdefault(window, []).append(int(row["weekday"]))
    return [(window, tuple(weekdays)) for window, weekdays in found.items()]


def _at(at: time, day: date, zone: str) -> datetime:
    return datetime.combine(day, at, tzinfo=zone_info(zone))


def write(name: str, events: Sequence[Event], today: date) -> bytes:
    """Write a calendar as apps read it; the same events on the same day are the same bytes."""
    from icalendar import Calendar  # noqa: PLC0415 - 0.2 s that a start need not pay

    whole = Calendar()
    for key, value in (("prodid", MAKER), ("version", "2.0"), ("calscale", "GREGORIAN"), ("method", "PUBLISH")):
        whole.add(key, value)
    whole.add("x-wr-calname", here(name))
    whole.add("refresh-interval", REREAD, parameters={"VALUE": "DURATION"})
    whole.add("x-published-ttl", "PT1H")
    for zone, year in sorted(_zones(events).items()):
        whole.add_component(_zone(zone, year, today.year))
    for event in events:
        whole.add_component(_entry(event, datetime.combine(today, time.min, tzinfo=UTC)))
    return bytes(whole.to_ical())


def _zones(events: Iterable[Event]) -> Mapping[str, int]:
    """Name the zones whose clock is meant, with the first year in which it is."""
    found: dict[str, int] = {}
    for event in events:
        if event.weekdays and isinstance(event.start, datetime):
            zone = str(event.start.tzinfo)
            found[zone] = min(event.start.year, found.get(zone, event.start.year))
    return {zone: year for zone, year in found.items() if zone != "UTC"}


@cache
def _zone(zone: str, since: int, today: int) -> Any:
    """Write down how a zone's clock changes, from the year before something begins to ten years from now."""
    from icalendar import Timezone  # noqa: PLC0415 - see above

    first, last = date(since - 1, 1, 1), date(today + ZONE_YEARS, 1, 1)
    return Timezone.from_tzid(zone, first_date=first, last_date=last)


def _entry(event: Event, stamp: datetime) -> Any:
    from icalendar import Event as Entry  # noqa: PLC0415 - see above

    entry = Entry()
    entry.add("uid", event.uid)
    entry.add("dtstamp", stamp)
    entry.add("sequence", event.sequence)
    entry.add("summary", clean(" ".join(here(event.title).split()))[:LONGEST_TITLE])
    entry.add("dtstart", _moment(event, event.start))
    entry.add("dtend", _moment(event, event.end))
    if event.weekdays:
        entry.add("rrule", {"freq": "weekly", "byday": [NAMES[one] for one in event.weekdays]})
    if event.without:
        entry.add("exdate", list(event.without))
    if event.note:
        entry.add("description", here(event.note))
    if event.private:
        entry.add("class", "PRIVATE")
    entry.add("transp", "OPAQUE" if isinstance(event.start, datetime) else "TRANSPARENT")
    return entry


def _moment(event: Event, at: datetime | date) -> datetime | date:
    """Leave what comes back on its own clock, and write a single instant in UTC, which no clock change can move."""
    return at.astimezone(UTC) if isinstance(at, datetime) and not event.weekdays else at
