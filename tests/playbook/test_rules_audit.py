"""The rules of the audit: when a week is asked about, called to mind and shown, around the world and over clock changes."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from playbook.audit import AuditBook, ask_at, last_call_at, show_times, worked_days
from playbook.days import Week, instant, local_time
from playbook.hours import Hours, at_work
from playbook.load import load
from tests.said import english, said

ask_at = said(ask_at)
last_call_at = said(last_call_at)
show_times = said(show_times)
worked_days = said(worked_days)
instant = said(instant)
local_time = said(local_time)
at_work = said(at_work)
load = said(load)

BOOK = load().audit
WEEK = Week(date(2026, 11, 23))
LONG_AGO = date(2026, 1, 1)
MON_FRI = frozenset(range(5))
ZONES = (
    "Pacific/Kiritimati", "Pacific/Apia", "Pacific/Auckland", "Australia/Lord_Howe", "Australia/Sydney", "Asia/Tokyo",
    "Asia/Manila", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Beirut", "Africa/Cairo", "Europe/Madrid", "Europe/London",
    "Atlantic/Azores", "America/Sao_Paulo", "America/New_York", "America/Los_Angeles", "Pacific/Honolulu",
    "Pacific/Pago_Pago",
)  # fmt: skip


def hours(
    zone: str,
    start: time = time(9),
    end: time = time(17, 30),
    days: Collection[int] = MON_FRI,
    off: Collection[date] = (),
) -> Hours:
    return Hours(zone, frozenset(days), start, end, frozenset(off))


def wall(at: datetime | None, zone: str) -> str:
    return f"{local_time(at, zone):%a %d %b %H:%M}" if at else "never"


@pytest.mark.parametrize("zone", ZONES)
def test_friday_at_four_is_their_own_friday_at_four(zone: str) -> None:
    asked = ask_at(WEEK, hours(zone), LONG_AGO, BOOK)
    assert asked is not None
    assert wall(asked[1], zone) == "Fri 27 Nov 16:00"


@pytest.mark.parametrize("zone", ZONES)
def test_the_manager_sees_it_on_their_own_monday_at_ten_before_the_lock(zone: str) -> None:
    (at,) = show_times(WEEK, hours(zone), BOOK)
    assert wall(at, zone) == "Mon 30 Nov 10:00"
    assert at < WEEK.locks_at


@pytest.mark.parametrize(("zone", "monday", "asked", "called", "shown"), [
    ("Asia/Manila", "2026-11-23", "2026-11-27T08:00", "2026-11-30T01:00", "2026-11-30T02:00"),
    ("America/New_York", "2026-11-23", "2026-11-27T21:00", "2026-11-30T14:00", "2026-11-30T15:00"),
    ("America/New_York", "2026-10-26", "2026-10-30T20:00", "2026-11-02T14:00", "2026-11-02T15:00"),  # back on 1 Nov
    ("America/New_York", "2026-03-02", "2026-03-06T21:00", "2026-03-09T13:00", "2026-03-09T14:00"),  # on on 8 Mar
    ("Europe/Madrid", "2026-10-19", "2026-10-23T14:00", "2026-10-26T08:00", "2026-10-26T09:00"),  # back on 25 Oct
    ("Europe/Madrid", "2026-03-23", "2026-03-27T15:00", "2026-03-30T07:00", "2026-03-30T08:00"),  # on on 29 Mar
    ("America/Sao_Paulo", "2026-11-23", "2026-11-27T19:00", "2026-11-30T12:00", "2026-11-30T13:00"),
    ("Australia/Lord_Howe", "2026-09-28", "2026-10-02T05:30", "2026-10-04T22:00", "2026-10-04T23:00"),  # half an hour
    ("Pacific/Pago_Pago", "2026-11-23", "2026-11-28T03:00", "2026-11-30T20:00", "2026-11-30T21:00"),
    ("Pacific/Kiritimati", "2026-11-23", "2026-11-27T02:00", "2026-11-29T19:00", "2026-11-29T20:00"),
])  # fmt: skip
def test_in_utc_and_over_clock_changes(zone: str, monday: str, asked: str, called: str, shown: str) -> None:
    week = Week(date.fromisoformat(monday))
    found = ask_at(week, hours(zone), LONG_AGO, BOOK)
    last = last_call_at(week, hours(zone), LONG_AGO, BOOK)
    assert found is not None
    assert last is not None
    told = [f"{at:%Y-%m-%dT%H:%M}" for at in (found[1], last, show_times(week, hours(zone), BOOK)[0])]
    assert told == [asked, called, shown]


NOVEMBER = {number: date(2026, 11, number) for number in range(23, 31)}


@pytest.mark.parametrize(("days", "off", "start", "asked"), [
    (MON_FRI, [27], LONG_AGO, "Thu 26 Nov 16:00"), (MON_FRI, [26, 27], LONG_AGO, "Wed 25 Nov 16:00"),
    (MON_FRI, [23, 24, 25, 26, 27], LONG_AGO, "never"), (MON_FRI, [], NOVEMBER[25], "Fri 27 Nov 16:00"),
    (MON_FRI, [], NOVEMBER[27], "Fri 27 Nov 16:00"), (MON_FRI, [27], NOVEMBER[27], "never"),
    (MON_FRI, [], NOVEMBER[28], "never"), (range(6), [], LONG_AGO, "Sat 28 Nov 16:00"),
    ([0, 1, 2, 3, 6], [], LONG_AGO, "Sun 29 Nov 16:00"), ([0], [], LONG_AGO, "Mon 23 Nov 16:00"),
])  # fmt: skip
def test_the_day_is_the_last_they_work(days: Collection[int], off: list[int], start: date, asked: str) -> None:
    found = ask_at(WEEK, hours("Europe/Madrid", days=days, off=[NOVEMBER[one] for one in off]), start, BOOK)
    assert wall(found[1] if found else None, "Europe/Madrid") == asked


@pytest.mark.parametrize(("start", "end", "asked", "called"), [
    (time(9), time(17, 30), "Fri 27 Nov 16:00", "Mon 30 Nov 09:00"),
    (time(6), time(14), "Fri 27 Nov 13:30", "Mon 30 Nov 09:00"),
    (time(9), time(16), "Fri 27 Nov 15:30", "Mon 30 Nov 09:00"),
    (time(18), time(23), "Fri 27 Nov 22:30", "Mon 30 Nov 18:00"),
    (time(22), time(6), "Sat 28 Nov 05:30", "Mon 30 Nov 22:00"),
    (time(0), time(8), "Fri 27 Nov 07:30", "Mon 30 Nov 00:00"),
    (time(14), time(2), "Fri 27 Nov 16:00", "Mon 30 Nov 14:00"),
])  # fmt: skip
def test_other_hours_are_asked_inside_them(start: time, end: time, asked: str, called: str) -> None:
    theirs = hours("Europe/Madrid", start, end)
    found = ask_at(WEEK, theirs, LONG_AGO, BOOK)
    assert found is not None
    assert wall(found[1], theirs.zone) == asked
    assert wall(last_call_at(WEEK, theirs, LONG_AGO, BOOK), theirs.zone) == called


@pytest.mark.parametrize(("zone", "start", "end", "off"), [
    ("Europe/Madrid", time(9), time(17), [30]),  # off that Monday
    ("Pacific/Honolulu", time(14), time(22), []),  # their Monday begins when the week closes
    ("America/New_York", time(18), time(23), []),  # an hour before it closes is no time to ask
])  # fmt: skip
def test_no_last_call_where_there_is_no_time_for_it(zone: str, start: time, end: time, off: list[int]) -> None:
    theirs = hours(zone, start, end, off=[NOVEMBER[one] for one in off])
    assert last_call_at(WEEK, theirs, LONG_AGO, BOOK) is None


@pytest.mark.parametrize(("off", "days", "shown"), [
    ([], MON_FRI, ["Mon 30 Nov 10:00"]), ([30], MON_FRI, ["Fri 27 Nov 17:00", "Mon 30 Nov 10:00"]),
    ([27, 30], MON_FRI, ["Thu 26 Nov 17:00", "Mon 30 Nov 10:00"]),
    ([23, 24, 25, 26, 27, 30], MON_FRI, ["Mon 30 Nov 10:00"]), ([], [1, 2, 3], ["Thu 26 Nov 17:00", "Mon 30 Nov 10:00"]),
])  # fmt: skip
def test_a_manager_who_is_off_on_monday_sees_it_earlier(
    off: list[int], days: Collection[int], shown: list[str]
) -> None:
    theirs = hours("Europe/Madrid", days=days, off=[NOVEMBER[one] for one in off])
    assert [wall(at, theirs.zone) for at in show_times(WEEK, theirs, BOOK)] == shown


def test_a_later_time_in_the_file_still_comes_before_the_lock() -> None:
    late = BOOK.model_copy(update={"show": time(16)})
    (at,) = show_times(WEEK, hours("Pacific/Honolulu"), late)
    assert at == WEEK.locks_at - timedelta(hours=2)


ANY_ZONE = st.sampled_from(ZONES)
ANY_TIME = st.times(min_value=time(0), max_value=time(23, 59)).map(lambda at: at.replace(second=0, microsecond=0))
ANY_DAYS = st.frozensets(st.integers(0, 6), min_size=1)
ANY_WEEK = st.dates(date(2025, 1, 1), date(2030, 1, 1)).map(Week.of)
ANY_OFF = st.frozensets(st.integers(0, 7))


def drawn(zone: str, start: time, end: time, days: frozenset[int], week: Week, off: frozenset[int]) -> Hours:
    return hours(zone, start, end, days, [week.monday + timedelta(days=one) for one in off])


@given(ANY_ZONE, ANY_TIME, ANY_TIME, ANY_DAYS, ANY_WEEK, ANY_OFF)
def test_whoever_is_asked_is_at_work_and_before_the_lock(
    zone: str, start: time, end: time, days: frozenset[int], week: Week, off: frozenset[int]
) -> None:
    theirs = drawn(zone, start, end, days, week, off)
    asked = ask_at(week, theirs, LONG_AGO - timedelta(days=400), BOOK)
    assert (asked is None) == (not worked_days(week, theirs, LONG_AGO - timedelta(days=400)))
    called = last_call_at(week, theirs, LONG_AGO - timedelta(days=400), BOOK)
    for at in filter(None, (asked and asked[1], called)):
        assert at_work(theirs, at)
        assert at < week.locks_at
    assert called is None or (asked is not None and asked[1] < called)


@given(ANY_ZONE, ANY_TIME, ANY_TIME, ANY_DAYS, ANY_WEEK, ANY_OFF)
def test_a_week_is_always_shown_before_it_closes(
    zone: str, start: time, end: time, days: frozenset[int], week: Week, off: frozenset[int]
) -> None:
    times = show_times(week, drawn(zone, start, end, days, week, off), BOOK)
    assert list(times) == sorted(times)
    assert 1 <= len(times) <= 2
    assert datetime.combine(week.monday, time.min, tzinfo=UTC) - timedelta(days=1) < times[0]
    assert times[-1] <= week.locks_at - timedelta(hours=BOOK.least_hours)


def test_the_three_answers_stay() -> None:
    with pytest.raises(ValidationError, match="yes, mostly, no"):
        AuditBook.model_validate(BOOK.model_dump() | {"felt": BOOK.felt[:2]})
    assert english((BOOK.felt_label("no"), BOOK.felt_label("x"), BOOK.focus_label("none"))) == ("No", "", "no tracker")
    assert instant(WEEK.monday, BOOK.ask, "UTC") is not None
