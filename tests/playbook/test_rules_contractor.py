"""What a contractor's agreement may be, and what is usual."""

from dataclasses import replace
from datetime import date, time

import pytest

from playbook.contractor import Terms, default_hours, problems, start_problem
from playbook.holidays import country_of
from playbook.hours import Hours
from playbook.load import Playbook
from tests.said import said

default_hours = said(default_hours)
problems = said(problems)
start_problem = said(start_problem)
country_of = said(country_of)

MON_FRI = frozenset(range(5))
FINE = Terms("Designer", "Acme", 1800, MON_FRI, time(9), time(17, 30))
TERMS = [
    (FINE, []),
    (replace(FINE, role=" "), ["role"]),
    (replace(FINE, role="r" * 80), []),
    (replace(FINE, role="r" * 81, project="p" * 81), ["role", "project"]),
    (replace(FINE, weekly_minutes=59), ["weekly_minutes"]),
    (replace(FINE, weekly_minutes=3601), ["weekly_minutes"]),
    (replace(FINE, weekdays=frozenset()), ["weekdays"]),
    (replace(FINE, day_start=time(22), day_end=time(6)), []),
    (replace(FINE, day_start=time(9), day_end=time(21)), []),
    (replace(FINE, day_start=time(9), day_end=time(21, 1)), ["day_end"]),
    (replace(FINE, day_start=time(17), day_end=time(9)), ["day_end"]),
    (replace(FINE, day_end=time(9)), ["day_end"]),
]


@pytest.mark.parametrize(("terms", "fields"), TERMS)
def test_terms(terms: Terms, fields: list[str], playbook: Playbook) -> None:
    found = problems(terms, playbook.contractor)
    assert list(found) == fields
    assert not any("{" in sentence for sentence in found.values())


def test_what_is_usual(playbook: Playbook) -> None:
    book = playbook.contractor
    assert default_hours("Asia/Manila", book) == Hours("Asia/Manila", MON_FRI, time(9), time(17, 30))
    assert (book.weekly_minutes, book.follow_up, book.still_stuck) == (30 * 60, time(9, 30), time(9))
    usual = Terms("r", "p", book.weekly_minutes, frozenset(book.weekdays), book.day_start, book.day_end)
    assert problems(usual, book) == {}


def test_a_bottleneck_fits_in_a_sentence(playbook: Playbook) -> None:
    fits = Terms("r", "p", 1800, MON_FRI, time(9), time(17), "x" * 150)
    assert problems(fits, playbook.contractor) == {}
    assert "150" in problems(replace(fits, bottleneck="x" * 151), playbook.contractor)["bottleneck"]


@pytest.mark.parametrize(
    ("start", "fine"),
    [
        (date(2020, 1, 1), True),
        (date(2026, 11, 23), True),
        (date(2027, 11, 23), True),
        (date(2027, 11, 25), False),
        (date(2036, 1, 1), False),
    ],
)
def test_a_start_lies_at_most_a_year_ahead(start: date, *, fine: bool, playbook: Playbook) -> None:
    assert (start_problem(start, date(2026, 11, 23), playbook.contractor) == "") is fine


@pytest.mark.parametrize(
    ("zone", "country"),
    [("Asia/Manila", "PH"), ("America/New_York", "US"), ("America/Sao_Paulo", "BR"), ("UTC", ""), ("nowhere", "")],
)
def test_a_zone_tells_the_country(zone: str, country: str) -> None:
    assert country_of(zone) == country
