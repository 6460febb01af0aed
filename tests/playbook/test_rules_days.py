"""What local wishes mean as instants, where clocks jump, repeat and skip whole days."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.days import (
    Week,
    day_start,
    instant,
    last_working_day,
    local_day,
    local_time,
    next_at,
    next_working_day,
    read_weekdays,
    split_at_midnight,
    working_days_between,
    write_weekdays,
    zone_info,
)
from playbook.sorry import Sorry

MON_FRI = frozenset(range(5))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


INSTANTS = [
    ("America/New_York", "2026-03-08", "02:30", "2026-03-08 07:30"),  # skipped: the offset before, 3:30 on the wall
    ("America/New_York", "2026-03-08", "03:00", "2026-03-08 07:00"),
    ("America/New_York", "2026-11-01", "01:30", "2026-11-01 05:30"),  # shown twice: the first
    ("America/New_York", "2026-11-01", "02:00", "2026-11-01 07:00"),
    ("Europe/Berlin", "2026-03-29", "02:30", "2026-03-29 01:30"),
    ("Europe/Berlin", "2026-10-25", "02:30", "2026-10-25 00:30"),
    ("Europe/Berlin", "2026-07-01", "08:45", "2026-07-01 06:45"),
    ("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03 15:45"),  # half an hour is skipped
    ("Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-04 14:45"),  # half an hour comes twice
    ("Asia/Beirut", "2026-03-29", "00:00", "2026-03-28 22:00"),  # midnight is skipped
    ("America/Santiago", "2026-09-06", "00:00", "2026-09-06 04:00"),
    ("America/Havana", "2026-03-08", "00:30", "2026-03-08 05:30"),
    ("America/Havana", "2026-11-01", "00:30", "2026-11-01 04:30"),
    ("America/Santiago", "2026-04-04", "23:30", "2026-04-05 02:30"),
    ("Africa/Casablanca", "2026-02-15", "02:30", "2026-02-15 01:30"),  # Ramadan begins: an hour back at 3:00
    ("Africa/Casablanca", "2026-03-22", "02:30", "2026-03-22 02:30"),  # and ends
    ("Pacific/Apia", "2011-12-29", "23:59", "2011-12-30 09:59"),
    ("Pacific/Apia", "2011-12-30", "12:00", None),  # that Friday never came
    ("Pacific/Apia", "2011-12-30", "00:00", None),
    ("Pacific/Apia", "2011-12-31", "00:00", "2011-12-30 10:00"),
    ("Pacific/Kwajalein", "1993-08-21", "09:00", None),
    ("America/Toronto", "1919-03-30", "23:45", "1919-03-31 04:45"),  # skipped over midnight into the next date
    ("Asia/Kathmandu", "2026-01-01", "09:00", "2026-01-01 03:15"),
    ("UTC", "2026-01-01", "09:00", "2026-01-01 09:00"),
]


@pytest.mark.parametrize(("zone", "day", "at", "expected"), INSTANTS)
def test_a_local_wish(zone: str, day: str, at: str, expected: str | None) -> None:
    found = instant(date.fromisoformat(day), time.fromisoformat(at), zone)
    assert found == (utc(expected) if expected else None)
    assert found is None or found.utcoffset() == timedelta(0)


STARTS = [
    ("Europe/Madrid", "2026-11-25", "2026-11-24 23:00"),
    ("Asia/Beirut", "2026-03-29", "2026-03-28 22:00"),  # begins at 1:00
    ("America/Santiago", "2026-09-06", "2026-09-06 04:00"),
    ("America/Havana", "2026-11-01", "2026-11-01 04:00"),  # the first of two midnights
    ("America/Santiago", "2026-04-05", "2026-04-05 04:00"),  # 23:00 came twice the evening before
    ("Pacific/Apia", "2011-12-30", "2011-12-30 10:00"),  # the next date there is
    ("Pacific/Apia", "2011-12-31", "2011-12-30 10:00"),
    ("America/Toronto", "1919-03-31", "1919-03-31 04:30"),  # begins at 0:30
]


@pytest.mark.parametrize(("zone", "day", "expected"), STARTS)
def test_when_a_day_begins(zone: str, day: str, expected: str) -> None:
    assert day_start(date.fromisoformat(day), zone) == utc(expected)


BAD_ZONES = [
    None,
    "",
    "utc",
    "america/new_york",
    "America",
    "../etc",
    "/etc/passwd",
    "posix/UTC",
    "right/UTC",
    "a\x00b",
    "Mars/Base",
]


@pytest.mark.parametrize("name", BAD_ZONES)
def test_an_unknown_zone_is_refused_kindly(name: str | None) -> None:
    with pytest.raises(Sorry, match="time zone"):
        zone_info(name)


@pytest.mark.parametrize("name", ["UTC", "Europe/Lisbon", "US/Pacific", "Asia/Calcutta", "Europe/Kiev"])
def test_known_zones_and_their_old_names_are_fine(name: str) -> None:
    assert zone_info(name).key == name


SPLITS = [
    ("Europe/Madrid", "2026-11-25 21:00", "2026-11-26 01:00", [("2026-11-25", 120), ("2026-11-26", 120)]),
    ("Europe/Madrid", "2026-11-25 21:00", "2026-11-25 23:00", [("2026-11-25", 120)]),
    ("Europe/Madrid", "2026-11-25 21:00", "2026-11-25 21:00", []),
    ("Europe/Madrid", "2026-11-25 22:00", "2026-11-25 21:00", []),
    ("Europe/Madrid", "2026-11-24 22:00", "2026-11-26 23:30", [("2026-11-24", 60), ("2026-11-25", 1440), ("2026-11-26", 1440), ("2026-11-27", 30)]),
    ("America/New_York", "2026-03-08 04:00", "2026-03-09 05:00", [("2026-03-07", 60), ("2026-03-08", 1380), ("2026-03-09", 60)]),
    ("America/New_York", "2026-11-01 03:00", "2026-11-02 06:00", [("2026-10-31", 60), ("2026-11-01", 1500), ("2026-11-02", 60)]),
    ("Asia/Beirut", "2026-03-28 21:00", "2026-03-28 23:00", [("2026-03-28", 60), ("2026-03-29", 60)]),
    ("Pacific/Apia", "2011-12-30 09:00", "2011-12-30 11:00", [("2011-12-29", 60), ("2011-12-31", 60)]),
    ("America/Santiago", "2026-04-05 01:00", "2026-04-05 05:00", [("2026-04-04", 180), ("2026-04-05", 60)]),
    ("America/St_Johns", "2007-11-04 02:00", "2007-11-04 04:30", [("2007-11-03", 30), ("2007-11-04", 120)]),
]  # fmt: skip


@pytest.mark.parametrize(("zone", "start", "end", "expected"), SPLITS)
def test_time_is_cut_at_local_midnight(zone: str, start: str, end: str, expected: list[tuple[str, int]]) -> None:
    pieces = split_at_midnight(utc(start), utc(end), zone)
    assert [(day.isoformat(), (until - since) // timedelta(minutes=1)) for day, since, until in pieces] == expected


ZONES = st.sampled_from(sorted(name for name in available_timezones() if not name.startswith(("posix/", "right/"))))
MOMENTS = st.datetimes(datetime(2012, 1, 1), datetime(2037, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
SPANS = st.timedeltas(timedelta(minutes=1), timedelta(days=6))
TIMES = st.times().map(lambda at: at.replace(microsecond=0))
DATES = st.dates(date(2012, 1, 1), date(2036, 12, 31))
WEEKDAYS = st.frozensets(st.integers(0, 6), min_size=1)


@settings(deadline=None)
@given(MOMENTS, SPANS, ZONES)
def test_the_pieces_are_the_whole(start: datetime, span: timedelta, zone: str) -> None:
    pieces = split_at_midnight(start, start + span, zone)
    assert [pieces[0][1], pieces[-1][2]] == [start, start + span]
    for (_, _, until), (day, since, _) in pairwise(pieces):
        assert until == since
        assert local_day(since, zone) == day
        assert local_day(since - timedelta(seconds=1), zone) < day


@settings(deadline=None)
@given(DATES, TIMES, ZONES)
def test_a_wish_that_the_clock_shows_comes_back_as_it_was(day: date, at: time, zone: str) -> None:
    found = instant(day, at, zone)
    assert found is not None
    wall = local_time(found, zone).replace(tzinfo=None)
    shown = datetime.combine(day, at)
    assert wall >= shown
    if wall != shown:  # only because the clock jumps over it
        place = ZoneInfo(zone)
        before = (shown - timedelta(hours=3)).replace(tzinfo=place).utcoffset()
        after = (shown + timedelta(hours=3)).replace(tzinfo=place).utcoffset()
        assert before is not None
        assert after is not None
        assert wall - shown == after - before


@settings(deadline=None)
@given(WEEKDAYS, TIMES, ZONES, MOMENTS)
def test_next_at_is_the_first_one_after(weekdays: frozenset[int], at: time, zone: str, after: datetime) -> None:
    found = next_at(weekdays, at, zone, after)
    assert found > after
    today = local_day(after, zone)
    between = (
        instant(today + timedelta(days=days), at, zone)
        for days in range(-1, 9)
        if (today + timedelta(days=days)).weekday() in weekdays
    )
    assert found == min(moment for moment in between if moment and moment > after)
    assert next_at(weekdays, at, zone, found - timedelta(microseconds=1)) == found


NEXT = [
    ("Europe/Madrid", "08:45", "2026-11-25 07:45", "2026-11-26 07:45"),  # strictly after
    ("Europe/Madrid", "08:45", "2026-11-25 07:44:59", "2026-11-25 07:45"),
    ("Europe/Madrid", "08:45", "2026-11-27 12:00", "2026-11-30 07:45"),  # over the weekend
    ("Europe/Berlin", "09:00", "2026-03-27 09:00", "2026-03-30 07:00"),  # and over the clock change
    ("America/New_York", "09:00", "2026-10-30 14:00", "2026-11-02 14:00"),
    ("Pacific/Apia", "09:00", "2011-12-29 20:00", "2012-01-01 19:00"),  # Thursday, no Friday, then Monday
]


@pytest.mark.parametrize(("zone", "at", "after", "expected"), NEXT)
def test_the_next_working_morning(zone: str, at: str, after: str, expected: str) -> None:
    assert next_at(MON_FRI, time.fromisoformat(at), zone, utc(after)) == utc(expected)


def test_days_off_are_passed_over() -> None:
    off = {date(2026, 11, 26), date(2026, 11, 27)}
    assert next_at(MON_FRI, time(9), "UTC", utc("2026-11-25 10:00"), off) == utc("2026-11-30 09:00")
    assert next_working_day(date(2026, 11, 25), MON_FRI, off) == date(2026, 11, 30)
    assert last_working_day(date(2026, 11, 30), MON_FRI, off) == date(2026, 11, 25)
    assert working_days_between(date(2026, 11, 24), date(2026, 12, 1), MON_FRI, off) == 2


@pytest.mark.parametrize("weekdays", [(), (7,), (-1,)])
def test_a_week_without_work_is_refused(weekdays: tuple[int, ...]) -> None:
    with pytest.raises(Sorry, match="working day"):
        next_at(weekdays, time(9), "UTC", utc("2026-11-25 10:00"))


WEEKS = [
    ("2026-11-25", "2026-W48", "2026-11-23", "2026-12-01 00:00"),
    ("2026-11-23", "2026-W48", "2026-11-23", "2026-12-01 00:00"),
    ("2026-11-29", "2026-W48", "2026-11-23", "2026-12-01 00:00"),
    ("2027-01-01", "2026-W53", "2026-12-28", "2027-01-05 00:00"),
    ("2024-12-30", "2025-W01", "2024-12-30", "2025-01-07 00:00"),
]


@pytest.mark.parametrize(("day", "key", "monday", "locks"), WEEKS)
def test_a_week(day: str, key: str, monday: str, locks: str) -> None:
    week = Week.of(date.fromisoformat(day))
    assert (week.key, week.monday.isoformat(), week.locks_at) == (key, monday, utc(locks))
    assert Week.from_key(key) == week
    assert week.locked(utc(locks))
    assert not week.locked(utc(locks) - timedelta(microseconds=1))


@given(DATES)
def test_weeks_follow_one_another(day: date) -> None:
    week = Week.of(day)
    assert day in week.days
    assert week.next.previous == week < week.next
    assert week.sunday + timedelta(days=1) == week.next.monday


@given(st.frozensets(st.integers(0, 6)))
def test_weekdays_are_written_and_read(weekdays: frozenset[int]) -> None:
    assert read_weekdays(write_weekdays(weekdays)) == weekdays


@pytest.mark.parametrize("key", ["", "2026", "2026-W54", "W48-2026", "x-Wy"])
def test_what_is_no_week(key: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Week.from_key(key)
