"""The rhythm of 1:1s: always ahead, on working days of both, at the manager's time; and when both are asked and told."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from playbook import load
from playbook.days import Week, instant, local_day, local_time
from playbook.holidays import DaysOff
from playbook.hours import Hours
from playbook.oneonone import late, problem
from playbook.oneonone_rhythm import (
    Rhythm,
    Side,
    agenda_at,
    ask_at,
    moved,
    next_slot,
    slot,
    suggestion,
    week_of,
)
from tests.said import said

instant = said(instant)
local_day = said(local_day)
local_time = said(local_time)
late = said(late)
problem = said(problem)
agenda_at = said(agenda_at)
ask_at = said(ask_at)
moved = said(moved)
next_slot = said(next_slot)
slot = said(slot)
suggestion = said(suggestion)
week_of = said(week_of)

BOOK = load.load().oneonone
WORKDAYS = frozenset(range(5))
ZONES = ["Europe/Madrid", "America/Sao_Paulo", "Asia/Manila", "Asia/Kolkata", "America/New_York", "Pacific/Auckland"]
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def side(zone: str, off: frozenset[date] = frozenset(), weekdays: frozenset[int] = WORKDAYS, who: str = "A") -> Side:
    hours = Hours(zone, weekdays, time(9), time(17, 30), DaysOff("", off))
    return Side(who, who, hours, time(20), time(8))


def utc(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=UTC)


MADRID, MANILA, BRAZIL = side("Europe/Madrid", who="M"), side("Asia/Manila"), side("America/Sao_Paulo")
WEDNESDAY = Rhythm(2, time(15), "Europe/Madrid")


def test_the_parts_are_those_of_the_guide_and_add_up() -> None:
    assert [(part.key, part.minutes) for part in BOOK.parts] == [
        ("pulse", 2), ("unblock", 4), ("process", 4), ("kpi", 4), ("strategy", 3), ("open_floor", 3),
    ]  # fmt: skip
    assert sum(part.minutes for part in BOOK.parts) == BOOK.minutes == 20


@pytest.mark.parametrize(
    ("off", "found"),
    [
        ([], "2026-11-25T14:00"),
        ([25], "2026-11-26T14:00"),
        ([25, 26], "2026-11-27T14:00"),
        ([25, 26, 27], "2026-11-24T14:00"),
        ([24, 25, 26, 27], "2026-11-23T14:00"),
        ([23, 24, 25, 26, 27], ""),
    ],
)
def test_it_goes_to_the_next_day_of_both_and_else_to_one_before(off: list[int], found: str) -> None:
    days = frozenset(date(2026, 11, day) for day in off)
    sides = (side("America/Sao_Paulo", days), MADRID)
    at = slot(Week(date(2026, 11, 23)), WEDNESDAY, sides, utc("2026-11-22T12:00"))
    assert (f"{at:%Y-%m-%dT%H:%M}" if at else "") == found


def test_a_day_that_has_passed_is_no_place_to_go() -> None:
    off = frozenset(date(2026, 11, day) for day in (25, 26, 27))
    sides = (side("America/Sao_Paulo", off), MADRID)
    assert moved(utc("2026-11-25T14:00"), "Europe/Madrid", sides, utc("2026-11-24T15:00")) is None


@pytest.mark.parametrize(
    ("after", "at"),
    [  # Madrid: 15:00 is 14:00 UTC in winter, 13:00 in summer; New York changes two weeks earlier
        ("2026-10-20T00:00", "2026-10-21T13:00"),
        ("2026-10-21T13:00", "2026-10-28T14:00"),
        ("2027-03-24T14:00", "2027-03-31T13:00"),
        ("2027-03-10T14:00", "2027-03-17T14:00"),
    ],
)
def test_clock_changes_keep_the_managers_time(after: str, at: str) -> None:
    found = next_slot(WEDNESDAY, (side("America/New_York"), MADRID), utc(after))
    assert found is not None
    assert found.at == found.usual == utc(at)


@pytest.mark.parametrize(
    ("zone", "at", "why"),
    [
        ("America/Sao_Paulo", "2026-11-25T10:00", ""),
        ("America/Sao_Paulo", "2026-11-25T09:59", "06:59 for A"),
        ("Asia/Manila", "2026-11-25T14:00", ""),
        ("Asia/Manila", "2026-11-25T14:01", "22:01 for A"),
    ],
)
def test_too_early_and_too_late_are_said_by_name(zone: str, at: str, why: str) -> None:
    said = late(utc(at), {"A": zone, "M": "Europe/Madrid"}, BOOK)
    assert (why in said) if why else said == ""
    assert problem(utc(at), utc("2026-11-20T00:00"), {"A": zone}, BOOK) == late(utc(at), {"A": zone}, BOOK)


@given(
    st.sampled_from(ZONES),
    st.sampled_from(ZONES),
    st.integers(0, 2 * 365 * 24 * 60).map(lambda minute: utc("2026-01-01T00:00") + minute * MINUTE),
)
def test_what_is_suggested_suits_both(one: str, other: str, at: datetime) -> None:
    zones = {"A": one, "B": other}
    near = suggestion(at, zones, BOOK)
    if near is not None:
        assert late(near, zones, BOOK) == ""
        assert abs(near - at) <= DAY
    if not late(at, zones, BOOK):
        assert near == at


days_off = st.frozensets(st.dates(date(2026, 9, 1), date(2027, 6, 30)), max_size=40)
moments = st.integers(0, 210 * 24 * 60).map(lambda minute: utc("2026-09-20T00:00") + minute * MINUTE)
times = st.times().map(lambda at: at.replace(second=0, microsecond=0))


@given(st.sampled_from(ZONES), st.sampled_from(ZONES), st.integers(0, 4), times, moments, days_off, days_off)
def test_the_next_one_is_ahead_on_working_days_of_both_at_the_managers_time(
    one: str, other: str, weekday: int, at: time, after: datetime, mine: frozenset[date], theirs: frozenset[date]
) -> None:
    sides = (side(one, mine), side(other, theirs, who="M"))
    rhythm = Rhythm(weekday, at, other)
    found = next_slot(rhythm, sides, after)
    assume(found is not None)
    assert found is not None
    assert found.at > after
    assert all(each.works(found.at) for each in sides)
    assert found.at == instant(local_day(found.at, other), at, other)
    assert week_of(found.at, other) == week_of(found.usual, other)
    assert len(found.left_out) == len({week_of(one_left, other) for one_left in found.left_out})
    weeks = len(found.left_out)
    assert found.at - after <= timedelta(days=13 + 7 * weeks, hours=1)
    if rhythm.in_week(week_of(found.at, other)) and all(each.works(found.usual) for each in sides):
        assert found.at == found.usual


@given(moments, st.integers(0, 4), st.integers(2, 12))
def test_week_after_week_there_is_one_in_each(start: datetime, weekday: int, weeks: int) -> None:
    rhythm, sides = Rhythm(weekday, time(15), "Europe/Madrid"), (BRAZIL, MADRID)
    after = start
    seen: list[datetime] = []
    for _ in range(weeks):
        found = next_slot(rhythm, sides, after, {week_of(one, "Europe/Madrid").monday for one in seen})
        assert found is not None
        seen.append(found.at)
        after = found.at
    mondays = [week_of(one, "Europe/Madrid").monday for one in seen]
    assert mondays == [mondays[0] + timedelta(days=7 * week) for week in range(weeks)]


def test_a_week_that_had_its_own_has_no_second() -> None:
    taken = {date(2026, 11, 23)}
    found = next_slot(WEDNESDAY, (BRAZIL, MADRID), utc("2026-11-23T00:00"), taken)
    assert found is not None
    assert found.at == utc("2026-12-02T14:00")


@pytest.mark.parametrize(
    ("at", "asked"),
    [
        ("2026-11-25T14:00", "2026-11-24T14:00"),  # a day before, 11:00 for ana
        ("2026-11-23T14:00", "2026-11-20T14:00"),  # a Monday's on Friday
        ("2026-11-25T11:00", "2026-11-24T12:00"),  # 08:00 the day before is before work begins
        ("2026-11-25T23:00", "2026-11-24T20:00"),  # 20:00 the day before is after it: half an hour before the end
    ],
)
def test_when_the_contractor_is_asked(at: str, asked: str) -> None:
    assert ask_at(utc(at), BRAZIL, BOOK) == utc(asked)


@pytest.mark.parametrize(
    ("at", "sent"),
    [
        ("2026-11-25T14:00", "2026-11-25T12:00"),
        ("2026-11-25T12:30", "2026-11-24T20:00"),  # 07:30 in São Paulo is quiet: 17:00 the day before
        ("2026-11-23T12:30", "2026-11-20T20:00"),  # and before a Monday, on Friday
        ("2026-11-26T01:00", "2026-11-25T20:00"),  # 20:00 in São Paulo is quiet: 17:00 of the same day
    ],
)
def test_when_the_agenda_comes(at: str, sent: str) -> None:
    assert agenda_at(utc(at), BRAZIL, BOOK) == utc(sent)


@given(st.sampled_from(ZONES), moments, days_off)
def test_nobody_is_asked_or_told_in_quiet_hours_or_on_days_off(zone: str, at: datetime, off: frozenset[date]) -> None:
    one = side(zone, off)
    asked, sent = ask_at(at, one, BOOK), agenda_at(at, one, BOOK)
    assert one.works(asked)
    assert asked < at
    assert one.awake(sent)
    assert not one.off(sent)
    assert sent <= at - timedelta(hours=2)


@given(st.sampled_from(ZONES), moments)
def test_woken_is_the_first_moment_that_is_not_quiet(zone: str, at: datetime) -> None:
    one = side(zone)
    woken = one.woken(at)
    assert one.awake(woken)
    assert woken == at if one.awake(at) else local_time(woken, zone).time() == time(8)
