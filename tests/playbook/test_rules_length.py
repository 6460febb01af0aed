"""Lengths in a form's field, and lengths as they are shown."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.load import Playbook, load
from playbook.log import Span, between, duration, show, spans
from tests.said import said

load = said(load)
between = said(between)
duration = said(duration)
show = said(show)
spans = said(spans)

BOOK = load().log
DAY = date(2026, 11, 25)


@pytest.mark.parametrize(("minutes", "shown"), [
    (0, "0 min"), (1, "1 min"), (45, "45 min"), (60, "1 h"), (61, "1 h 01"), (120, "2 h"), (150, "2 h 30"), (1440, "24 h"),
])  # fmt: skip
def test_minutes_are_shown(minutes: int, shown: str) -> None:
    assert show(minutes) == shown


@given(st.integers(0, 100_000))
def test_what_is_shown_can_be_typed(minutes: int) -> None:
    assert duration(show(minutes), BOOK) == minutes


@given(st.integers(0, 99), st.integers(0, 59))
def test_every_way_to_write_hours_and_minutes_means_the_same(hours: int, minutes: int) -> None:
    ways = (
        f"{hours}h{minutes:02}", f"{hours}h{minutes}m", f"{hours} h {minutes} min", f"{hours}:{minutes:02}",
        f"{hours} hours and {minutes} minutes", f"{hours * 60 + minutes}m", f"{hours}H {minutes:02}M",
    )  # fmt: skip
    assert {duration(way, BOOK) for way in ways} == {hours * 60 + minutes}


@given(st.integers(0, 1600))
def test_decimals_are_hours(hundredths: int) -> None:
    expected = (hundredths * 60 + 50) // 100
    for mark in ".,":
        assert duration(f"{hundredths // 100}{mark}{hundredths % 100:02}h", BOOK) == expected


@pytest.mark.parametrize(
    "text", ["", "soon", "17", "20", "2h copy", "2-3h", "-2h", "1d", "2h 3h", "9-12", "h", "2.5.1", "\x00", "1e3h"]
)
def test_what_is_no_duration(text: str, playbook: Playbook) -> None:
    assert duration(text, playbook.log) is None


@pytest.mark.parametrize(("text", "expected"), [
    ("2h30", [(25, 150)]), ("9-12:30", [(25, 210)]), ("9am - 1pm", [(25, 240)]), ("22-2", [(25, 120), (26, 120)]),
    ("20-24", [(25, 240)]), ("soon", []), ("9-9", []), ("25-26", []), ("13pm-14pm", []), ("2", [(25, 120)]), ("17", []),
])  # fmt: skip
def test_a_field_takes_lengths_and_ranges(text: str, expected: list[tuple[int, int]], playbook: Playbook) -> None:
    found = spans(text, DAY, "Europe/Madrid", playbook.log)
    assert [(span.day.day, span.minutes) for span in found] == expected


def test_a_range_on_a_date_that_was_skipped_is_nothing(playbook: Playbook) -> None:
    assert spans("9-12", date(2011, 12, 30), "Pacific/Apia", playbook.log) == ()


def test_a_range_that_the_clock_turns_round_is_nothing(playbook: Playbook) -> None:
    # On 29 March 2026 Berlin's clock goes from 2:00 to 3:00, so 2:30 is 3:30 there.
    assert spans("2:30-3:15", date(2026, 3, 29), "Europe/Berlin", playbook.log) == ()


def test_a_stopwatch_counts_whole_minutes_and_cuts_at_midnight() -> None:
    start = datetime(2026, 11, 25, 21, 30, 40, tzinfo=UTC)
    end = datetime(2026, 11, 26, 0, 15, 20, tzinfo=UTC)
    midnight = datetime(2026, 11, 25, 23, 0, tzinfo=UTC)
    first, last = start.replace(second=0), end.replace(second=0)
    assert between(start, end, "Europe/Madrid") == (
        Span(DAY, 90, first, midnight),
        Span(date(2026, 11, 26), 75, midnight, last),
    )
    assert between(end, start, "Europe/Madrid") == ()
