"""Retention: what may be chosen, where a limit lies on a day, and when the next round begins."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from playbook import load as playbook
from playbook.retention import ACCOUNTS, RetentionBook, months_before
from tests.said import english, said

months_before = said(months_before)

BOOK = playbook.load().retention


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        ("2026-11-23", 12, "2025-11-23"),
        ("2026-03-31", 1, "2026-02-28"),
        ("2028-03-31", 1, "2028-02-29"),
        ("2028-02-29", 12, "2027-02-28"),
        ("2026-01-31", 2, "2025-11-30"),
        ("2026-12-15", 12, "2025-12-15"),
        ("2026-12-31", 84, "2019-12-31"),
    ],
)
def test_months_go_back_to_the_same_day_or_the_last_of_the_month(day: str, months: int, before: str) -> None:
    assert months_before(date.fromisoformat(day), months) == date.fromisoformat(before)


@given(st.dates(date(1990, 1, 1), date(2200, 1, 1)), st.integers(1, 240))
def test_so_many_months_are_never_longer_or_shorter_than_they_can_be(day: date, months: int) -> None:
    gone = day - months_before(day, months)
    assert timedelta(days=months * 28) <= gone <= timedelta(days=months * 31)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("12", ""),
        ("240", ""),
        ("11", "At least 12. Invoices"),
        ("0", "At least 12."),
        ("241", "At most 240"),
        ("soon", "whole number"),
        ("-3", "whole number"),
        ("1.5", "whole number"),
        ("", "whole number"),
        ("99999999999", "whole number"),
    ],
)
def test_what_an_admin_types_is_taken_or_told(typed: str, says: str) -> None:
    kind = BOOK.kind(ACCOUNTS)
    assert kind is not None
    problem = english(BOOK.problem(kind, typed))
    assert says in problem if says else problem == ""


def test_what_was_chosen_goes_before_what_is_usual() -> None:
    assert BOOK.months({"trail": 7})["trail"] == 7
    assert BOOK.months({})["accounts"] == 84


@pytest.mark.parametrize(("now", "then"), [("02:59", 23), ("03:00", 24), ("12:00", 24)])
def test_the_round_is_in_the_night(now: str, then: int) -> None:
    at = datetime.fromisoformat(f"2026-11-23T{now}").replace(tzinfo=UTC)
    assert BOOK.next_round(at) == datetime(2026, 11, then, 3, tzinfo=UTC)


def test_a_page_with_a_kind_missing_or_too_short_is_refused() -> None:
    with pytest.raises(ValidationError, match="its keys must be"):
        RetentionBook(**{**dict(BOOK), "kinds": BOOK.kinds[1:]})
    short = BOOK.kinds[0].model_copy(update={"months": 3})
    with pytest.raises(ValidationError, match="at least"):
        RetentionBook(**{**dict(BOOK), "kinds": (short, *BOOK.kinds[1:])})
