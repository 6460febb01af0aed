"""CSV files: any words stay words in a spreadsheet, our own numbers stay numbers, and what was written is read back."""

import re
import string
from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.sorry import Sorry
from playbook.spreadsheet import cell, clock, columns, guarded, hours, lines, there, written
from tests.spreadsheet import MARK, harmless, opened, rows

SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20"
NASTY = st.text(
    st.one_of(st.sampled_from(SIGNS + ";,\t\r\n\"' \u00a0\u200b\u202e"), st.characters(codec="utf-8")), max_size=30
)
STARTS = re.compile(rf"[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*[{re.escape(SIGNS)}\u2212]")


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("=1+1", "'=1+1"),
        ("+49 30 1234", "'+49 30 1234"),
        ("-5 degrees", "'-5 degrees"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("  =1+1", "'  =1+1"),
        ("\u00a0\u200b=1+1", "'\u00a0\u200b=1+1"),
        ("\uff1dSUM(A1)", "'\uff1dSUM(A1)"),
        ("\ufe62cmd", "'\ufe62cmd"),
        ("\tindented", "'\tindented"),
        ("\rback", "'\rback"),
        ("\x00\x07=cmd", "'=cmd"),
        ("done;=cmd()", "done;'=cmd()"),
        ("one\n=two()", "one\n'=two()"),
        ("a = b", "a = b"),
        ("well, -5", "well, -5"),
        ("ana@example.com", "ana@example.com"),
        ("Zoë 🎉 名前", "Zoë 🎉 名前"),
        ("", ""),
    ],
)
def test_words_that_a_spreadsheet_would_compute_are_guarded(said: str, kept: str) -> None:
    assert guarded(said) == kept


@given(NASTY)
def test_no_words_at_all_begin_like_a_formula(said: str) -> None:
    kept = guarded(said)
    assert not STARTS.match(kept)
    assert guarded(kept) == kept
    assert kept.replace("'", "") == "".join(one for one in said if one != "'" and one in kept)


@given(st.lists(st.lists(NASTY, min_size=3, max_size=3), max_size=4))
def test_any_file_is_read_back_as_it_was_meant_and_is_harmless(table: list[list[str]]) -> None:
    data = written(["a", "b", "c"], table)
    assert data.startswith(MARK)
    assert rows(data)[1:] == [[guarded(said) for said in row] for row in table]


@pytest.mark.parametrize(
    "said", ["=1+1", " =HYPERLINK(1)", "x;=1+1;y", "x\n=1+1\n", 'x";=1+1;"', "x\t=1+1", "+1", "@A"]
)
def test_a_real_spreadsheet_computes_nothing(said: str) -> None:
    assert harmless(written(["a", said], [["first", said], [said, "last"], [date(2026, 1, 2), said]]))


def test_a_spreadsheet_does_compute_what_is_not_guarded() -> None:
    assert [one.data_type for one in opened(b'a,"=1+1"\r\n')] == ["s", "f"]


def test_lines_end_as_rfc_4180_wants_and_signs_of_its_own_are_quoted() -> None:
    data = written(["a", "b"], [['say "hi"', "one, two"], ["two\nlines", None]])
    assert data == MARK + b'a,b\r\n"say ""hi""","one, two"\r\n"two\nlines",\r\n'


def test_our_own_numbers_days_and_moments() -> None:
    at = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert [cell(one) for one in (-3, 2.5, Decimal("-1.50"), date(2026, 1, 2), at, None)] == [
        "-3", "2.5", "-1.50", "2026-01-02", "2026-10-25T00:30:00Z", "",
    ]  # fmt: skip
    assert there(at, "Europe/Madrid") == "2026-10-25T02:30:00+02:00"
    assert there(datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "Europe/Madrid") == "2026-10-25T02:30:00+01:00"
    assert there(None, "Europe/Madrid") == ""


@pytest.mark.parametrize(
    ("minutes", "shown", "decimal"),
    [(0, "0:00", "0.00"), (1, "0:01", "0.02"), (20, "0:20", "0.33"), (90, "1:30", "1.50"), (9_150, "152:30", "152.50")],
)
def test_lengths_in_both_ways(minutes: int, shown: str, decimal: str) -> None:
    assert (clock(minutes), str(hours(minutes))) == (shown, decimal)


@given(st.text(string.printable, max_size=80))
def test_any_text_at_all_is_read_or_refused_in_words(text: str) -> None:
    with suppress(Sorry):
        assert all(any(cells) for _, cells in lines(text))


def test_columns_are_found_however_they_are_written() -> None:
    words = {"topic": ("topic", "about"), "person": ("person", "whom")}
    assert columns(["Person:", "", " ABOUT "], words) == {"person": 0, "topic": 2}
    with pytest.raises(Sorry, match="Two columns"):
        columns(["topic", "about"], words)
