"""What a calendar app reads: the bytes read back, and the hours computed across every clock change."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import icalendar
import pytest
from dateutil.rrule import rrulestr  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook import load
from playbook.calendar import Event, all_day, occasions, weekly, windows_of, write
from playbook.days import instant, local_time
from playbook.golden import GoldenHours

TODAY = date(2026, 10, 1)
MADRID = GoldenHours(time(15), time(17, 30), "Europe/Madrid")
NEW_YORK = GoldenHours(time(10), time(12), "America/New_York")
WORKDAYS = frozenset(range(5))


def read(*events: Event, today: date = TODAY) -> Any:
    return icalendar.Calendar.from_ical(write("Inner Circle", events, today))


def entries(*events: Event) -> list[Any]:
    return list(read(*events).walk("VEVENT"))


def begins(entry: Any, until: datetime) -> Iterator[datetime]:
    """Compute when an entry begins (UTC) as an app does: wall clock, rule and exceptions, all on its own zone's clock."""
    start = entry.decoded("dtstart")
    rule = rrulestr(entry["rrule"].to_ical().decode(), dtstart=start.replace(tzinfo=None))
    without = {one.dt.replace(tzinfo=None) for one in entry["exdate"].dts} if "exdate" in entry else set()
    for wall in rule:
        at = wall.replace(tzinfo=start.tzinfo).astimezone(UTC)
        if at > until:
            return
        if wall not in without:
            yield at


@pytest.mark.parametrize(
    ("window", "day", "utc"),
    [
        (MADRID, date(2026, 10, 23), "13:00"),
        (MADRID, date(2026, 10, 26), "14:00"),  # Europe has changed, the United States have not
        (NEW_YORK, date(2026, 10, 26), "14:00"),
        (NEW_YORK, date(2026, 10, 30), "14:00"),
        (NEW_YORK, date(2026, 11, 2), "15:00"),
        (NEW_YORK, date(2027, 3, 12), "15:00"),
        (NEW_YORK, date(2027, 3, 15), "14:00"),
        (MADRID, date(2027, 3, 26), "14:00"),
        (MADRID, date(2027, 3, 29), "13:00"),
        (GoldenHours(time(9), time(11), "Asia/Manila"), date(2027, 3, 29), "01:00"),
        (GoldenHours(time(9), time(11), "UTC"), date(2027, 3, 29), "09:00"),
    ],
)
def test_golden_hours_stay_where_the_clock_of_their_zone_shows_them(window: GoldenHours, day: date, utc: str) -> None:
    (entry,) = entries(weekly("g", "Golden Hours", window, WORKDAYS, TODAY))
    found = [at for at in begins(entry, datetime(2027, 4, 30, tzinfo=UTC)) if local_time(at, window.zone).date() == day]
    assert [f"{at:%H:%M}" for at in found] == [utc]


@pytest.mark.parametrize("window", [MADRID, NEW_YORK, GoldenHours(time(22), time(1), "Australia/Sydney")])
def test_every_occasion_of_two_years_is_the_window_that_the_bot_itself_means(window: GoldenHours) -> None:
    (entry,) = entries(weekly("g", "Golden Hours", window, WORKDAYS, TODAY))
    days = [TODAY + timedelta(days=n) for n in range(730)]
    meant = [window.on(day) for day in days if day.weekday() in WORKDAYS]
    found = list(begins(entry, datetime(2028, 9, 29, tzinfo=UTC)))
    assert found[:500] == [one[0] for one in meant if one][:500]


@pytest.mark.parametrize("window", [MADRID, NEW_YORK, GoldenHours(time(9), time(11), "Africa/Casablanca")])
def test_the_zone_is_written_down_as_the_bot_knows_it(window: GoldenHours) -> None:
    whole = read(weekly("g", "Golden Hours", window, WORKDAYS, TODAY))
    (zone,) = whole.walk("VTIMEZONE")
    assert zone["tzid"] == window.zone
    theirs = zone.to_tz(lookup_tzid=False)
    for day in (date(2026, 10, 20), date(2026, 10, 30), date(2026, 12, 24), date(2027, 7, 1), date(2030, 1, 15)):
        wall = datetime.combine(day, window.start)
        assert wall.replace(tzinfo=theirs).astimezone(UTC) == instant(day, window.start, window.zone)


def test_days_off_are_taken_out_on_the_clock_of_the_window() -> None:
    event = weekly("g", "Golden Hours", MADRID, WORKDAYS, TODAY)
    off = tuple(at for at in occasions(event, TODAY, 90) if at.date() in {date(2026, 10, 12), date(2026, 12, 25)})
    assert len(off) == 2
    (entry,) = entries(Event(**{**event.__dict__, "without": off}))
    days = {at.date() for at in begins(entry, datetime(2026, 12, 31, tzinfo=UTC))}
    assert not {date(2026, 10, 12), date(2026, 12, 25)} & days
    assert {date(2026, 10, 13), date(2026, 12, 24), date(2026, 12, 28)} <= days


def test_a_window_that_ends_after_midnight_ends_on_the_next_day() -> None:
    (entry,) = entries(weekly("g", "Golden Hours", GoldenHours(time(22), time(1), "Europe/Madrid"), {0}, TODAY))
    assert entry.decoded("dtend") - entry.decoded("dtstart") == timedelta(hours=3)
    assert entry.decoded("dtstart").date() == date(2026, 10, 5)


def test_weekdays_with_the_same_window_are_one_entry() -> None:
    rows = [{"weekday": day, "start": "10:00", "end": "12:00"} for day in (4, 0, 2)]
    rows.append({"weekday": 1, "start": "15:00", "end": "17:00"})
    assert windows_of(rows, "UTC") == [
        (GoldenHours(time(10), time(12), "UTC"), (0, 2, 4)),
        (GoldenHours(time(15), time(17), "UTC"), (1,)),
    ]


def test_one_instant_needs_no_zone_and_a_whole_day_no_hour() -> None:
    at = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    one, day = entries(
        Event("a", "1:1 with Bruno", at, at + timedelta(minutes=20)), all_day("b", "KPI review", date(2026, 10, 26))
    )
    assert (one.decoded("dtstart"), one["dtstart"].to_ical()) == (at, b"20261025T003000Z")
    assert (day.decoded("dtstart"), day.decoded("dtend")) == (date(2026, 10, 26), date(2026, 10, 27))
    assert not read(Event("a", "x", at, at)).walk("VTIMEZONE")


def test_an_empty_calendar_is_one_all_the_same() -> None:
    whole = read()
    assert (whole["version"], whole["method"], str(whole["x-wr-calname"])) == ("2.0", "PUBLISH", "Inner Circle")
    assert not whole.walk("VEVENT")


@settings(max_examples=50)
@given(st.text(max_size=300))
def test_no_name_breaks_out_of_its_line(name: str) -> None:
    at = datetime(2026, 10, 5, 9, tzinfo=UTC)
    raw = write("Inner Circle", [Event("a", f"1:1 with {name}", at, at)], TODAY)
    assert raw.count(b"BEGIN:VEVENT") == 1 or "BEGIN:VEVENT" in name
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    (entry,) = icalendar.Calendar.from_ical(raw).walk("VEVENT")
    assert str(entry["summary"]).startswith("1:1 with")
    assert entry.decoded("dtstart") == at


def test_the_same_events_are_the_same_bytes() -> None:
    event = weekly("g", "Golden Hours", MADRID, WORKDAYS, TODAY)
    assert write("x", [event], TODAY) == write("x", [event], TODAY)


def test_titles_of_our_own_page_have_gaps_for_names_only() -> None:
    titles = load.load().calendar.titles
    assert "{who}" in titles.one_on_one
    assert "{who}" in titles.golden_with
