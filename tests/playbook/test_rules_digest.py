"""The order of a manager's digest, and when there is nothing to say."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.digest import ORDER, Logged, Stuck, digest, silent_days, yesterday
from playbook.load import Playbook, load

BOOK = load().digest
MON_FRI = range(5)
WEDNESDAY = date(2026, 11, 25)


def stuck(number: int, worked: int, *, overnight: bool = False) -> Stuck:
    return Stuck(number, "UANA", "access", worked, overnight)


def logged(name: str, silent: int = 0, minutes: int = 300) -> Logged:
    return Logged(f"U{name.upper()}", name, silent, date(2026, 11, 24), minutes)


def test_the_order(playbook: Playbook) -> None:
    blockers = [stuck(1, 130), stuck(2, 250), stuck(3, 10, overnight=True), stuck(4, 600), stuck(5, 119), stuck(6, 240)]
    people = [logged("zoe"), logged("Ana", 2, 0), logged("jun", 4, 0), logged("Bo", 1)]
    found = digest(blockers, people, playbook.digest)
    assert [(row.kind, row.stuck.number if row.stuck else row.contractor) for row in found.rows] == [
        ("past", 4), ("past", 2), ("past", 6), ("aging", 1), ("aging", 3), ("silent", "UJUN"), ("silent", "UANA"),
        ("hours", "UANA"), ("hours", "UBO"), ("hours", "UJUN"), ("hours", "UZOE"),
    ]  # fmt: skip
    assert not found.quiet


@pytest.mark.parametrize(("blockers", "people", "quiet"), [
    ([], [], True), ([], [logged("ana")], True), ([stuck(1, 5)], [logged("ana", 1)], True), ([stuck(1, 120)], [], False),
    ([stuck(1, 0, overnight=True)], [], False), ([], [logged("ana", 2)], False),
])  # fmt: skip
def test_when_it_is_quiet(blockers: list[Stuck], people: list[Logged], quiet: bool, playbook: Playbook) -> None:  # noqa: FBT001
    assert digest(blockers, people, playbook.digest).quiet is quiet


@given(
    st.lists(st.builds(stuck, st.integers(1, 99), st.integers(0, 900), overnight=st.booleans()), max_size=8),
    st.lists(st.builds(logged, st.text(max_size=5), st.integers(0, 5), st.integers(0, 900)), max_size=8),
)
def test_the_order_does_not_depend_on_the_order_asked(blockers: list[Stuck], people: list[Logged]) -> None:
    found = digest(blockers, people, BOOK)
    kinds = [ORDER.index(row.kind) for row in found.rows]
    assert kinds == sorted(kinds)
    assert len(found.of("hours")) == len(people)
    assert [(row.kind, row.contractor) for row in digest(blockers[::-1], people[::-1], BOOK).rows] == [
        (row.kind, row.contractor) for row in found.rows
    ]


STARTED = date(2026, 11, 2)
SILENT = [
    (date(2026, 11, 24), 0), (date(2026, 11, 25), 0), (date(2026, 11, 23), 1), (date(2026, 11, 20), 2), (date(2026, 11, 18), 4),
    (date(2026, 11, 26), 0), (None, 17), (date(2026, 10, 1), 17),
]  # fmt: skip


@pytest.mark.parametrize(("last", "days"), SILENT)
def test_silent_days_are_working_days(last: date | None, days: int) -> None:
    assert silent_days(last, STARTED, WEDNESDAY, MON_FRI) == days


def test_a_day_that_was_answered_is_no_silence() -> None:
    assert silent_days(date(2026, 11, 20), STARTED, WEDNESDAY, MON_FRI, off=[date(2026, 11, 23)]) == 1


def test_nobody_is_silent_before_they_start() -> None:
    assert silent_days(None, WEDNESDAY, WEDNESDAY, MON_FRI) == 0
    assert silent_days(None, date(2026, 12, 1), WEDNESDAY, MON_FRI) == 0


@pytest.mark.parametrize(("today", "day"), [(25, 24), (23, 20), (22, 20), (21, 20)])
def test_yesterday_is_the_last_working_day(today: int, day: int) -> None:
    assert yesterday(date(2026, 11, today), MON_FRI) == date(2026, 11, day)


def test_the_times(playbook: Playbook) -> None:
    book = playbook.digest
    assert (book.daily, book.until, book.weekly_weekday) == (time(8, 45), time(12), 0)
