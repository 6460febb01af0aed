"""Days of the path: counted in the contractor's own working days, holidays left out, clocks changing meanwhile."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook import load
from playbook.golden import GoldenHours, minutes
from playbook.holidays import DaysOff, countries, country_name, holiday_name
from playbook.path import Path, is_news, not_quiet
from tests.said import english, said

minutes = said(minutes)
country_name = said(country_name)
holiday_name = said(holiday_name)
is_news = said(is_news)
not_quiet = said(not_quiet)

WEEKDAYS = frozenset(range(5))
MANILA = Path(date(2026, 10, 29), "Asia/Manila", WEEKDAYS, "PH")
BOOK = load.load().path


@pytest.mark.parametrize(
    ("number", "day"),
    [
        (-7, date(2026, 10, 19)),
        (-1, date(2026, 10, 27)),
        (0, date(2026, 10, 28)),
        (1, date(2026, 10, 29)),
        (2, date(2026, 10, 30)),
        (3, date(2026, 11, 3)),  # All Souls' Day, a Monday, is a holiday in the Philippines
        (7, date(2026, 11, 9)),
    ],
)
def test_days_are_counted_in_working_days(number: int, day: date) -> None:
    assert MANILA.day(number) == day
    assert MANILA.number(day) == number


@pytest.mark.parametrize(
    ("day", "number"),
    [(date(2026, 11, 1), 2), (date(2026, 11, 2), 2), (date(2026, 10, 25), -3)],
)
def test_a_day_off_belongs_to_the_working_day_before(day: date, number: int) -> None:
    assert MANILA.number(day) == number


def test_a_start_on_a_day_off_means_the_next_working_day() -> None:
    assert Path(date(2026, 11, 21), "Europe/Lisbon", WEEKDAYS).day(1) == date(2026, 11, 23)
    assert Path(date(2026, 11, 2), "Asia/Manila", WEEKDAYS, "PH").day(1) == date(2026, 11, 3)


def test_a_day_answered_with_off_does_not_count() -> None:
    path = Path(date(2026, 11, 23), "Europe/Lisbon", WEEKDAYS, off=frozenset({date(2026, 11, 24)}))
    assert path.day(2) == date(2026, 11, 25)


@given(st.integers(-60, 120), st.dates(date(2024, 1, 1), date(2030, 1, 1)), st.sets(st.integers(0, 6), min_size=1))
def test_counting_back_and_forth_is_the_same(number: int, start: date, weekdays: set[int]) -> None:
    path = Path(start, "UTC", frozenset(weekdays), "US")
    assert path.number(path.day(number)) == number
    assert path.day(number + 1) > path.day(number)


@pytest.mark.parametrize(
    ("number", "zone", "at"),
    [
        (1, "", datetime(2026, 10, 29, 1, tzinfo=UTC)),
        (2, "America/New_York", datetime(2026, 10, 30, 13, tzinfo=UTC)),  # summer time
        (3, "America/New_York", datetime(2026, 11, 3, 14, tzinfo=UTC)),  # after the clocks went back
    ],
)
def test_the_same_time_on_every_clock(number: int, zone: str, at: datetime) -> None:
    assert MANILA.at(number, time(9), zone) == at


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (datetime(2026, 11, 23, 12, tzinfo=UTC), datetime(2026, 11, 23, 12, tzinfo=UTC)),
        (datetime(2026, 11, 23, 20, tzinfo=UTC), datetime(2026, 11, 24, 8, tzinfo=UTC)),
        (datetime(2026, 11, 23, 3, tzinfo=UTC), datetime(2026, 11, 23, 8, tzinfo=UTC)),
        (datetime(2026, 11, 23, 8, tzinfo=UTC), datetime(2026, 11, 23, 8, tzinfo=UTC)),
    ],
)
def test_quiet_hours_wait_for_the_morning(now: datetime, then: datetime) -> None:
    assert not_quiet(now, "UTC", BOOK) == then


def test_what_is_a_week_old_is_no_news() -> None:
    assert is_news(date(2026, 11, 16), date(2026, 11, 23), BOOK)
    assert not is_news(date(2026, 11, 15), date(2026, 11, 23), BOOK)


@pytest.mark.parametrize(
    ("number", "name"),
    [
        (-7, "Before Day 1"),
        (0, "Before Day 1"),
        (1, "Day 1"),
        (2, "Week 1"),
        (5, "Week 1"),
        (6, "First month"),
        (40, "Months 2 and 3"),
        (66, "Month 4 on"),
    ],
)
def test_every_day_is_in_a_phase(number: int, name: str) -> None:
    assert english(BOOK.phase(number)) == name


def test_holidays_are_those_of_the_country() -> None:
    assert date(2026, 11, 30) in DaysOff("PH")
    assert date(2026, 11, 30) not in DaysOff("")
    assert date(2026, 11, 30) not in DaysOff("US")
    assert date(2026, 11, 27) in DaysOff("", frozenset({date(2026, 11, 27)}))
    assert "Bonifacio" in holiday_name(date(2026, 11, 30), "PH")
    assert holiday_name(date(2026, 11, 30), "XX") == ""


def test_countries_have_names() -> None:
    assert ("Philippines", "PH") in countries()
    assert country_name("BR") == "Brazil"
    assert country_name("XX") == "XX"


def test_golden_hours_on_two_clocks() -> None:
    golden = GoldenHours(time(9), time(12), "America/New_York")
    assert golden.words(date(2026, 10, 30), "Asia/Manila") == "21:00–00:00"
    assert golden.words(date(2026, 11, 3), "Asia/Manila") == "22:00–01:00"
    assert golden.words(date(2026, 11, 3), "America/New_York") == "09:00–12:00"
    assert minutes(time(22), time(1)) == 180
