"""Rate reviews: their days, when the manager hears of them, how they can end, and amounts."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.holidays import DaysOff
from playbook.hours import Hours
from playbook.kpi_measure import State
from playbook.load import Playbook
from playbook.rate import (
    Decision,
    KpiWeek,
    Tenure,
    Trend,
    add_months,
    decide,
    first_after,
    fits,
    moments,
    next_morning,
    passed,
    tenure,
    trends,
)
from playbook.rate_amount import Sealed, read_amount, seal, write_amount
from tests.said import english, said

add_months = said(add_months)
decide = said(decide)
first_after = said(first_after)
fits = said(fits)
moments = said(moments)
next_morning = said(next_morning)
passed = said(passed)
tenure = said(tenure)
trends = said(trends)
read_amount = said(read_amount)
seal = said(seal)
write_amount = said(write_amount)

TODAY = date(2026, 11, 23)
DUE = date(2026, 12, 24)
MADRID = Hours("Europe/Madrid", frozenset(range(5)), time(9), time(17, 30))
DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 3, 24), 9, date(2026, 12, 24)),
        (date(2026, 5, 31), 9, date(2027, 2, 28)),
        (date(2027, 5, 31), 9, date(2028, 2, 29)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
    ],
)
def test_months_later(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@pytest.mark.parametrize(
    ("start", "after", "expected"),
    [
        (date(2026, 3, 24), TODAY, DUE),
        (date(2026, 2, 23), TODAY, date(2027, 8, 23)),
        (date(2020, 1, 31), TODAY, date(2027, 7, 31)),
        (date(2027, 1, 4), TODAY, date(2027, 10, 4)),
    ],
)
def test_the_first_review_is_still_to_come(start: date, after: date, expected: date) -> None:
    assert first_after(start, 9, after) == expected
    assert fits(start, 9, expected)


@given(DAYS, DAYS, st.sampled_from([6, 9, 12]))
def test_a_review_always_lies_ahead_and_on_the_rhythm(start: date, after: date, months: int) -> None:
    found = first_after(start, months, after)
    assert found > after
    assert found > start
    assert fits(start, months, found)


def test_a_day_beside_the_rhythm_does_not_fit() -> None:
    assert not fits(date(2026, 3, 24), 9, date(2026, 12, 23))
    assert not fits(date(2026, 3, 24), 9, date(2026, 3, 24))


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (date(2026, 3, 24), Tenure(0, 7)),
        (date(2026, 3, 23), Tenure(0, 8)),
        (date(2025, 11, 23), Tenure(1, 0)),
        (date(2024, 6, 30), Tenure(2, 4)),
        (date(2026, 11, 20), Tenure(0, 0)),
        (date(2027, 2, 1), Tenure(0, 0)),
    ],
)
def test_tenure(start: date, expected: Tenure) -> None:
    assert tenure(start, TODAY) == expected


def hours(start: int = 9, end: int = 17, free: tuple[date, ...] = ()) -> Hours:
    return Hours("Europe/Madrid", frozenset(range(5)), time(start), time(end), DaysOff("", frozenset(free)))


@pytest.mark.parametrize(
    ("due_on", "meet_on", "works", "expected"),
    [
        (DUE, None, hours(), {"30": "2026-11-24T08:30", "7": "2026-12-17T08:30", "overdue": "2027-01-07T08:30"}),
        (date(2026, 12, 22), None, hours(), {"30": "2026-11-20T08:30", "overdue": "2027-01-05T08:30"}),
        (DUE, None, hours(free=(date(2026, 11, 24),)), {"30": "2026-11-23T08:30"}),
        (DUE, None, hours(14, 22), {"30": "2026-11-24T13:00"}),
        (DUE, None, hours(5, 8), {"30": "2026-11-24T04:00"}),
        (DUE, date(2027, 1, 29), hours(), {"7": "2026-12-17T08:30", "overdue": "2027-02-12T08:30"}),
        (DUE, date(2026, 12, 1), hours(), {"overdue": "2027-01-07T08:30"}),
    ],
)
def test_a_manager_hears_on_a_working_morning(
    due_on: date, meet_on: date | None, works: Hours, expected: dict[str, str], playbook: Playbook
) -> None:
    found = {one.kind: f"{one.at:%Y-%m-%dT%H:%M}" for one in moments(due_on, meet_on, works, playbook.rate)}
    assert list(found) == ["30", "7", "overdue"]
    assert found | expected == found


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2026, 11, 24, 8, 29, tzinfo=UTC), None),
        (datetime(2026, 11, 24, 8, 30, tzinfo=UTC), "30"),
        (datetime(2026, 12, 20, tzinfo=UTC), "7"),
        (datetime(2027, 3, 1, tzinfo=UTC), "overdue"),
    ],
)
def test_the_last_moment_that_has_come(now: datetime, expected: str | None, playbook: Playbook) -> None:
    found = passed(moments(DUE, None, MADRID, playbook.rate), now)
    assert (found.kind if found else None) == expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2026, 11, 23, 8, 29, tzinfo=UTC), "2026-11-23T08:30"),
        (datetime(2026, 11, 23, 8, 30, tzinfo=UTC), "2026-11-24T08:30"),
        (datetime(2026, 11, 27, 12, 0, tzinfo=UTC), "2026-11-30T08:30"),
    ],
)
def test_the_next_morning(now: datetime, expected: str, playbook: Playbook) -> None:
    assert f"{next_morning(MADRID, now, playbook.rate):%Y-%m-%dT%H:%M}" == expected


def test_weeks_are_counted_in_two_stretches(playbook: Playbook) -> None:
    good, bad, told = (State.ON_TRACK,), (State.ON_TRACK, State.LOOK), (State.TOLD, State.UNKNOWN)
    sure = True
    weeks = [
        KpiWeek(date(2026, 11, 23), sure, good),  # this week is not over
        KpiWeek(date(2026, 11, 16), sure, good),
        KpiWeek(date(2026, 11, 9), sure, bad),
        KpiWeek(date(2026, 11, 2), sure, told),
        KpiWeek(date(2026, 10, 26), not sure, good),
        KpiWeek(date(2026, 8, 24), sure, good),  # the thirteenth week back
        KpiWeek(date(2026, 8, 17), sure, bad),
        KpiWeek(date(2026, 5, 18), sure, good),  # too long ago
    ]
    assert trends(weeks, TODAY, playbook.rate) == (Trend(4, 3, 2), Trend(1, 1, 0))
    assert trends([], TODAY, playbook.rate) == (Trend(), Trend())


@pytest.mark.parametrize(
    ("outcome", "held", "next_on", "wrong", "expected"),
    [
        ("raised", TODAY, None, (), date(2027, 8, 23)),
        ("kept", date(2026, 11, 2), date(2027, 5, 3), (), date(2027, 5, 3)),
        ("changed", date(2026, 1, 5), None, ("next",), None),
        ("later", TODAY, date(2027, 1, 4), (), date(2027, 1, 4)),
        ("later", None, None, ("next",), None),
        ("later", None, DUE, ("next",), None),
        ("kept", TODAY, DUE, (), DUE),
        ("kept", None, None, ("held",), None),
        ("kept", date(2026, 11, 24), None, ("held",), None),
        ("kept", date(1926, 11, 24), None, ("held", "next"), None),
        ("kept", TODAY, TODAY, ("next",), None),
        ("kept", TODAY, date(2031, 1, 1), ("next",), None),
        ("", TODAY, None, ("outcome",), None),
        ("fired", TODAY, None, ("outcome",), None),
    ],
)
def test_how_a_review_can_end(
    outcome: str, held: date | None, next_on: date | None, wrong: tuple[str, ...], expected: date | None
) -> None:
    found, problems = decide(Decision(outcome, held, next_on), DUE, TODAY, 9)
    assert tuple(problems) == wrong
    if not wrong:
        assert found.next_on == expected
        assert (found.held_on is None) is (outcome == "later")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("45", "45"), (" 45.5 ", "45.50"), ("45,50", "45.50"), ("1,200", "1200"), ("1.200", "1200"), ("1.200,5", "1200.50"),
        ("1,200.50", "1200.50"), ("12 000 000", "12000000"), ("1'200", "1200"), ("0", "0"), ("999999999.99", "999999999.99"),
        ("", None), ("much", None), ("-4", None), ("1e9", None), ("45.505", "45505"), ("45,5050", None), ("1.2.3", None),
        ("1,20,000", None), ("٤٥", "45"), ("45 EUR", None), ("9" * 400, None), ("=1+1", None),
    ],
)  # fmt: skip
def test_amounts_as_people_type_them(text: str, expected: str | None) -> None:
    found = read_amount(text)
    assert (write_amount(found) if found is not None else None) == expected


@given(st.decimals(0, 999_999_999, places=2))
def test_an_amount_is_read_as_it_is_written(amount: Decimal) -> None:
    assert read_amount(write_amount(amount)) == amount


@pytest.mark.parametrize(
    ("outcome", "typed", "wrong"),
    [
        ("raised", Sealed("40", "45", "eur", "hour"), ()),
        ("raised", Sealed("40", "", "EUR", "hour"), ()),
        ("raised", Sealed("", "45", "USD", "day", "why"), ()),
        ("raised", Sealed(words="only words"), ()),
        ("raised", Sealed(), ()),
        ("raised", Sealed("45", "45", "EUR", "hour"), ("after",)),
        ("kept", Sealed("45", "45.00", "EUR", "hour"), ()),
        ("kept", Sealed("45", "46", "EUR", "hour"), ("after",)),
        ("changed", Sealed("45", "40", "EUR", "month"), ()),
        ("raised", Sealed("40", "45"), ("currency", "unit")),
        ("raised", Sealed("x", "y", "EURO", "year"), ("before", "after", "currency", "unit")),
    ],
)
def test_what_is_sealed(outcome: str, typed: Sealed, wrong: tuple[str, ...], playbook: Playbook) -> None:
    kept, problems = seal(outcome, typed, playbook.rate)
    assert tuple(problems) == wrong
    if not wrong:
        assert Sealed.read(kept.stored()) == kept
        assert bool(kept.stored()) is (typed != Sealed())


def test_an_amount_is_written_with_what_it_is_for(playbook: Playbook) -> None:
    kept, _ = seal("raised", Sealed("1.200,5", "1300", "brl", "month"), playbook.rate)
    assert english(kept.written("before", playbook.rate)) == "1200.50 BRL a month"
    assert english(kept.written("after", playbook.rate)) == "1300 BRL a month"
    assert Sealed().written("after", playbook.rate) == ""
