"""Working time: how much of it has passed, and when that much of it will have passed."""

import time as stopwatch
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.hours import Clock, Hours, after_working, at_work, shift, working_minutes
from playbook.sorry import Sorry

MON_FRI = frozenset(range(5))
EVERY_DAY = frozenset(range(7))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def hours(zone: str = "UTC", start: int = 9, end: int = 17, weekdays: frozenset[int] = MON_FRI) -> Hours:
    return Hours(zone, weekdays, time(start), time(end))


NIGHT = hours("America/New_York", 22, 6)
WORKED = [
    (hours(), "2026-11-25 10:00", "2026-11-25 12:00", 120),
    (hours(), "2026-11-25 08:00", "2026-11-25 09:30", 30),
    (hours(), "2026-11-25 16:00", "2026-11-26 10:00", 120),
    (hours(), "2026-11-27 16:30", "2026-11-30 09:30", 60),  # Friday evening to Monday morning
    (hours(), "2026-11-28 00:00", "2026-11-29 23:59", 0),
    (hours(), "2026-11-25 12:00", "2026-11-25 10:00", 0),
    (hours(), "2026-11-25 10:00:30", "2026-11-25 10:02:29", 1),
    (hours(), "2026-11-23 00:00", "2026-11-30 00:00", 2400),
    (hours("Europe/Berlin", 0, 6, EVERY_DAY), "2026-03-28 23:00", "2026-03-29 12:00", 300),  # an hour is missing
    (hours("Europe/Berlin", 0, 6, EVERY_DAY), "2026-10-24 22:00", "2026-10-25 12:00", 420),  # an hour more
    (hours("America/New_York", 9, 17), "2026-03-06 14:00", "2026-03-09 21:00", 960),
    (hours("Asia/Beirut", 0, 4, EVERY_DAY), "2026-03-28 12:00", "2026-03-29 12:00", 240 - 60),
    (hours("Australia/Lord_Howe", 1, 4, EVERY_DAY), "2026-10-03 12:00", "2026-10-04 00:00", 150),
    (hours("Africa/Casablanca", 1, 5, EVERY_DAY), "2026-02-14 12:00", "2026-02-15 12:00", 300),
    (hours("Pacific/Apia", 9, 17), "2011-12-29 19:00", "2012-01-01 19:00", 480),  # Thursday the 29th, no Friday
    (NIGHT, "2026-11-24 00:00", "2026-11-25 00:00", 480),
    (NIGHT, "2026-11-28 04:00", "2026-11-28 12:00", 420),  # Friday's shift ends on Saturday
    (NIGHT, "2026-11-29 00:00", "2026-11-30 12:00", 0),
    (NIGHT, "2026-10-31 02:00", "2026-10-31 12:00", 480),
    (hours("America/New_York", 22, 6, EVERY_DAY), "2026-11-01 00:00", "2026-11-01 15:00", 540),
    (hours(start=9, end=9), "2026-11-27 00:00", "2026-11-30 00:00", 1440 + 540),  # round the clock, from Friday
]


@pytest.mark.parametrize(("who", "since", "until", "minutes"), WORKED)
def test_working_minutes(who: Hours, since: str, until: str, minutes: int) -> None:
    assert working_minutes(who, utc(since), utc(until)) == minutes


AFTER = [
    (hours(), "2026-11-25 10:00", 240, "2026-11-25 14:00"),
    (hours(), "2026-11-25 15:00", 240, "2026-11-26 11:00"),
    (hours(), "2026-11-25 13:00", 240, "2026-11-25 17:00"),
    (hours(), "2026-11-27 16:00", 120, "2026-11-30 10:00"),
    (hours(), "2026-11-25 06:00", 60, "2026-11-25 10:00"),
    (hours(), "2026-11-28 06:00", 0, "2026-11-28 06:00"),
    (hours(), "2026-11-25 10:00:30", 1, "2026-11-25 10:01:30"),
    (hours("Europe/Berlin", 0, 6, EVERY_DAY), "2026-03-28 23:00", 240, "2026-03-29 03:00"),
    (hours("Pacific/Apia"), "2011-12-30 02:00", 120, "2012-01-01 20:00"),
    (NIGHT, "2026-11-24 10:00", 240, "2026-11-25 06:00"),
]


@pytest.mark.parametrize(("who", "since", "minutes", "expected"), AFTER)
def test_after_working(who: Hours, since: str, minutes: int, expected: str) -> None:
    assert after_working(who, utc(since), minutes) == utc(expected)


ZONES = st.sampled_from([
    "UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Asia/Beirut", "Pacific/Apia",
    "America/Santiago", "America/Havana", "Africa/Casablanca", "America/St_Johns", "Asia/Manila",
])  # fmt: skip
QUARTERS = st.integers(0, 95).map(lambda quarter: time(quarter // 4, quarter % 4 * 15))
WHO = st.builds(Hours, ZONES, st.frozensets(st.integers(0, 6), min_size=1), QUARTERS, QUARTERS)
MOMENTS = st.one_of(
    st.datetimes(datetime(2011, 1, 1), datetime(2037, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.datetimes(datetime(2011, 12, 25), datetime(2012, 1, 5), timezones=st.just(UTC)),  # noqa: DTZ001
    st.datetimes(datetime(2026, 3, 5), datetime(2026, 4, 8), timezones=st.just(UTC)),  # noqa: DTZ001
)
SPANS = st.timedeltas(timedelta(0), timedelta(days=12))


@settings(deadline=None, max_examples=300)
@given(WHO, MOMENTS, st.integers(1, 3000))
def test_the_two_are_inverse(who: Hours, since: datetime, minutes: int) -> None:
    due = after_working(who, since, minutes)
    assert working_minutes(who, since, due) == minutes
    assert working_minutes(who, since, due - timedelta(microseconds=1)) < minutes
    assert at_work(who, due - timedelta(microseconds=1))


@settings(deadline=None)
@given(WHO, MOMENTS, SPANS, SPANS)
def test_time_only_adds_up(who: Hours, since: datetime, first: timedelta, second: timedelta) -> None:
    middle, until = since + first, since + first + second
    parts = working_minutes(who, since, middle) + working_minutes(who, middle, until)
    whole = working_minutes(who, since, until)
    assert parts <= whole <= parts + 1  # each counts whole minutes only
    assert whole <= (until - since) // timedelta(minutes=1)


@settings(deadline=None)
@given(WHO, MOMENTS, st.integers(0, 2000), st.integers(0, 2000))
def test_more_work_takes_longer(who: Hours, since: datetime, few: int, more: int) -> None:
    low, high = sorted((few, more))
    assert since <= after_working(who, since, low) <= after_working(who, since, high)


@settings(deadline=None)
@given(WHO, MOMENTS)
def test_at_work_is_when_the_minutes_run(who: Hours, now: datetime) -> None:
    now = now.replace(second=0, microsecond=0)
    assert at_work(who, now) == (working_minutes(who, now, now + timedelta(minutes=1)) == 1)


def test_a_shift_that_ends_on_a_skipped_date_has_its_usual_length() -> None:
    night = Hours("Pacific/Apia", MON_FRI, time(22), time(6))
    found = shift(night, date(2011, 12, 29))
    assert found
    assert found[1] - found[0] == timedelta(hours=8)


def test_a_shift_that_the_clock_turns_round_has_its_usual_length() -> None:
    # Berlin skips from 2:00 to 3:00: a shift from 2:30 to 3:15 would end before it begins.
    found = shift(Hours("Europe/Berlin", EVERY_DAY, time(2, 30), time(3, 15)), date(2026, 3, 29))
    assert found == (utc("2026-03-29 01:30"), utc("2026-03-29 02:15"))


def test_no_minute_counts_twice_where_shifts_meet_a_clock_change() -> None:
    who = Hours("Europe/Berlin", EVERY_DAY, time(3, 15), time(2, 30))
    assert working_minutes(who, utc("2026-03-28 00:00"), utc("2026-03-30 00:00")) <= 2880 - 45


def test_ten_years_take_no_long_time() -> None:
    begun = stopwatch.process_time()
    assert working_minutes(hours("Europe/Berlin"), utc("2020-01-01 00:00"), utc("2030-01-01 00:00")) > 1_000_000
    assert stopwatch.process_time() - begun < 1


@pytest.mark.parametrize(("zone", "weekdays"), [("Mars/Base", MON_FRI), ("UTC", frozenset()), ("UTC", frozenset({7}))])
def test_impossible_hours_are_refused(zone: str, weekdays: frozenset[int]) -> None:
    with pytest.raises(Sorry):
        Hours(zone, weekdays, time(9), time(17))


MOMENTS = st.datetimes(datetime(2026, 3, 1), datetime(2026, 11, 30), timezones=st.just(UTC))  # noqa: DTZ001 - given UTC


@given(st.sampled_from(["Europe/Madrid", "America/New_York", "Asia/Manila"]), st.booleans(), MOMENTS, MOMENTS)
def test_a_clock_that_is_worked_out_once_counts_as_the_usual_one(
    zone: str,
    overnight: bool,  # noqa: FBT001
    since: datetime,
    until: datetime,
) -> None:
    hours = Hours(zone, frozenset(range(5)), time(22 if overnight else 9), time(6 if overnight else 17, 30))
    clock = Clock.of(hours, datetime(2026, 2, 1, tzinfo=UTC), datetime(2026, 12, 31, tzinfo=UTC))
    assert clock.minutes(since, until) == working_minutes(hours, since, until)
