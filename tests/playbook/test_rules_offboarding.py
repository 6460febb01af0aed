"""Tables of last days: which there can be, and when each is over."""

from datetime import UTC, date, datetime, time

import pytest

from playbook.load import load
from playbook.offboarding import ends_at, morning_of, problem
from tests.said import said

load = said(load)
ends_at = said(ends_at)
morning_of = said(morning_of)
problem = said(problem)

BOOK = load().offboarding
TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("last_on", "says"),
    [
        (TODAY, ""),
        (date(2026, 9, 24), ""),
        (date(2026, 9, 23), "more than 60 days ago"),
        (date(2027, 11, 23), ""),
        (date(2027, 11, 24), "more than a year away"),
    ],
)
def test_a_last_day_is_neither_far_ahead_nor_long_ago(last_on: date, says: str) -> None:
    assert says in problem(last_on, TODAY, BOOK)
    assert bool(says) == bool(problem(last_on, TODAY, BOOK))


@pytest.mark.parametrize(
    ("start", "end", "zone", "over"),
    [
        (time(9), time(17, 30), "America/Sao_Paulo", datetime(2026, 11, 23, 21, 0, tzinfo=UTC)),
        (time(22), time(6), "Asia/Manila", datetime(2026, 11, 23, 22, 30, tzinfo=UTC)),
        (time(9), time(17, 30), "Europe/Madrid", datetime(2026, 11, 23, 17, 0, tzinfo=UTC)),
    ],
)
def test_a_last_day_is_over_a_little_after_their_work(start: time, end: time, zone: str, over: datetime) -> None:
    assert ends_at(TODAY, start, end, zone, BOOK) == over


def test_a_last_day_has_a_morning_on_any_clock() -> None:
    assert morning_of(TODAY, "Asia/Manila", BOOK) == datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
