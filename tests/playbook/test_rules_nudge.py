"""Examples and properties of nudges: how often a kind comes, and when one that was put off comes back."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.days import local_time
from playbook.load import load
from playbook.nudge import Last, Later, NudgeBook, Pace, Step, back_words, comes_back, step
from playbook.quiet import Calendar
from tests.said import said

local_time = said(local_time)
load = said(load)
back_words = said(back_words)
comes_back = said(comes_back)
step = said(step)

N, Y = Last.IGNORED, Last.ANSWERED
WEEK = frozenset(range(5))
ZONES = ["UTC", "Europe/Madrid", "America/Sao_Paulo", "Asia/Kolkata", "America/New_York", "Pacific/Auckland"]


def run(outcomes: Sequence[Last], most: int = 2) -> str:
    """Bring nudge after nudge: "." goes, "!" goes and tells, "-" is left out; each that goes has the next outcome."""
    pace, last, told, left = Pace(), Last.NONE, "", list(outcomes)
    for _ in range(len(outcomes)):
        taken = step(pace, last, most)
        pace = taken.pace
        told += "!" if taken.says else "." if taken.goes else "-"
        last = left.pop(0) if taken.goes else last
    return told


@pytest.mark.parametrize(
    ("outcomes", "most", "told"),
    [
        ([Y, Y, Y, Y], 2, "...."),
        ([N, Y, N, Y, N, Y], 2, "......"),  # never two in a row
        ([N, N, N], 2, "..!"),
        ([N, N, N, N, N, N, N], 2, "..!-.-."),
        ([N, N, Y, Y, Y], 2, "..!.."),  # the one that told was answered
        ([N, N, N, Y, Y, Y, Y], 2, "..!-..."),  # the next one was
        ([N, N, Y, N, N, N, N], 2, "..!..!-"),  # a second time, it is told a second time
        ([N, N, N], 1, ".!-"),
        ([N, N, N, N, N], 3, "...!-"),
        ([], 2, ""),
    ],
)
def test_two_ignored_in_a_row_halve(outcomes: Sequence[Last], most: int, told: str) -> None:
    assert run(outcomes, most) == told


def test_an_answer_after_one_was_left_out_brings_the_next() -> None:
    assert step(Pace(3, halved=True, skipped=True), Y, 2).goes
    assert step(Pace(3, halved=True, skipped=True), Y, 2).pace == Pace()
    assert step(Pace(3, halved=True), Y, 2).goes


def test_those_that_come_together_count_as_one() -> None:
    told = step(Pace(1), N, 2)
    assert told.says
    assert step(told.pace, Last.TOGETHER, 2) == Step(told.pace)
    left_out = step(told.pace, N, 2)
    assert not left_out.goes
    assert step(left_out.pace, Last.TOGETHER, 2) == Step(left_out.pace, goes=False)
    assert step(Pace(1), Last.TOGETHER, 2) == Step(Pace(1))


@given(st.lists(st.sampled_from([N, Y]), max_size=60), st.integers(1, 4))
def test_never_more_than_before_and_never_silent_for_ever(outcomes: Sequence[Last], most: int) -> None:
    told = run(outcomes, most)
    assert len(told) == len(outcomes)
    assert "--" not in told
    assert all(sign in ".!" for sign in told[: most + 1])


@given(st.integers(0, 60), st.integers(1, 4))
def test_who_never_answers_is_told_once_and_then_gets_every_second_one(count: int, most: int) -> None:
    told = run([N] * count, most)
    assert told == ("." * most + "!" + "-." * count)[:count]


# Putting off ------------------------------------------------------------------------------------


def rest(zone: str = "Europe/Madrid", **changes: Any) -> Calendar:
    values: dict[str, Any] = {"weekdays": WEEK, "free": (), "quiet_from": time(20), "quiet_until": time(8)} | changes
    return Calendar(zone, **values)


def at(moment: str, zone: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


TIMES = [
    # zone, now on their clock, choice, back on their clock, in words
    ("Europe/Madrid", "2026-11-24T13:05", "hour", "2026-11-24T14:05", "at 14:05"),
    ("Europe/Madrid", "2026-11-24T19:30", "hour", "2026-11-25T09:00", "tomorrow at 09:00"),
    ("Europe/Madrid", "2026-11-24T06:30", "hour", "2026-11-24T09:00", "at 09:00"),  # before the day begins
    ("Europe/Madrid", "2026-11-27T19:30", "hour", "2026-11-30T09:00", "on Monday at 09:00"),
    ("Europe/Madrid", "2026-11-28T12:00", "hour", "2026-11-30T09:00", "on Monday at 09:00"),  # a Saturday
    ("Europe/Madrid", "2026-11-24T13:05", "tomorrow", "2026-11-25T09:00", "tomorrow at 09:00"),
    ("Europe/Madrid", "2026-11-25T00:30", "tomorrow", "2026-11-26T09:00", "tomorrow at 09:00"),
    ("Europe/Madrid", "2026-11-27T13:05", "tomorrow", "2026-11-30T09:00", "on Monday at 09:00"),  # a Friday
    ("Europe/Madrid", "2026-11-24T13:05", "monday", "2026-11-30T09:00", "on Monday at 09:00"),
    ("Europe/Madrid", "2026-11-23T08:05", "monday", "2026-11-30T09:00", "on Monday at 09:00"),  # on a Monday
    ("Europe/Madrid", "2026-11-29T13:05", "monday", "2026-11-30T09:00", "tomorrow at 09:00"),  # on a Sunday
    ("Europe/Madrid", "2026-10-24T13:05", "tomorrow", "2026-10-26T09:00", "on Monday at 09:00"),  # winter begins
    ("Europe/Madrid", "2026-03-27T13:05", "monday", "2026-03-30T09:00", "on Monday at 09:00"),  # summer begins
    ("America/New_York", "2026-03-08T01:30", "hour", "2026-03-09T09:00", "tomorrow at 09:00"),
    ("America/New_York", "2026-10-30T17:00", "monday", "2026-11-02T09:00", "on Monday at 09:00"),
    ("Asia/Kolkata", "2026-11-24T13:05", "hour", "2026-11-24T14:05", "at 14:05"),
    ("Pacific/Apia", "2011-12-28T13:05", "tomorrow", "2011-12-29T09:00", "tomorrow at 09:00"),
    ("Pacific/Apia", "2011-12-29T13:05", "tomorrow", "2012-01-02T09:00", "on Monday at 09:00"),  # there was no Friday
]


@pytest.mark.parametrize(("zone", "now", "choice", "back", "told"), TIMES)
def test_when_it_comes_back(zone: str, now: str, choice: str, back: str, told: str) -> None:
    pressed = at(now, zone)
    moment = comes_back(Later(choice), pressed, rest(zone), time(9))
    assert moment == at(back, zone)
    assert back_words(moment, pressed, zone) == told


OFF = frozenset([date(2026, 11, 25), date(2026, 11, 30)])


@pytest.mark.parametrize(
    ("choice", "changes", "back"),
    [
        ("tomorrow", {"free": OFF}, "2026-11-26T09:00"),
        ("monday", {"free": OFF}, "2026-12-01T09:00"),
        ("monday", {"weekdays": frozenset([1, 2, 3, 4, 5])}, "2026-12-01T09:00"),
        ("tomorrow", {"quiet_until": time(10)}, "2026-11-25T10:00"),
        ("tomorrow", {"quiet_from": time(8), "quiet_until": time(16)}, "2026-11-25T16:00"),  # works at night
        ("hour", {"quiet_from": time(8), "quiet_until": time(16)}, "2026-11-24T16:00"),
        ("hour", {"quiet_from": time(14), "quiet_until": time(14)}, "2026-11-24T14:05"),  # no quiet hours
        ("hour", {"free": frozenset([date(2026, 11, 24)])}, "2026-11-25T09:00"),
    ],
)
def test_days_off_and_quiet_hours_of_ones_own(choice: str, changes: dict[str, Any], back: str) -> None:
    pressed = at("2026-11-24T13:05", "Europe/Madrid")
    moment = comes_back(Later(choice), pressed, rest(**changes), time(9))
    assert moment == at(back, "Europe/Madrid")


def test_what_is_far_away_has_its_date() -> None:
    now = at("2026-12-18T13:00", "Europe/Madrid")
    back = at("2027-01-04T09:00", "Europe/Madrid")
    assert back_words(back, now, "Europe/Madrid") == "on Mon 4 Jan at 09:00"


@given(
    st.integers(0, 2 * 365 * 24 * 60).map(
        lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    ),
    st.sampled_from(ZONES),
    st.sampled_from(Later),
    st.sets(st.integers(0, 6), min_size=1),
    st.sets(st.dates(date(2026, 1, 1), date(2028, 1, 31)), max_size=20),
    st.times(),
    st.times(),
)
def test_it_comes_back_later_and_never_in_quiet_hours_or_on_a_day_off(
    now: datetime, zone: str, choice: Later, weekdays: set[int], free: set[date], begin: time, end: time
) -> None:
    quiet = (begin.replace(microsecond=0), end.replace(microsecond=0))
    calm = Calendar(zone, frozenset(weekdays), frozenset(free), *quiet)
    back = comes_back(choice, now, calm, time(9))
    local = local_time(back, zone)
    assert now < back < now + timedelta(days=60)
    assert local.weekday() in weekdays
    assert local.date() not in free
    assert not calm.quiet(local.time())
    if choice is Later.MONDAY:
        assert local.date() > local_time(now, zone).date()


def test_the_page_names_only_kinds_it_has() -> None:
    book = load().nudge
    assert book.family("log.reminder") == ("log.reminder", "log.follow_up")
    assert book.family("kpi.week") == ("kpi.week",)
    for wrong in ({"also": {"x.y": ()}}, {"about": {"x.y": "it"}}, {"ignored": 0}):
        with pytest.raises(ValueError, match=r"not among|at least one"):
            NudgeBook.model_validate(book.model_dump() | wrong)
