"""What a CSV file of contractors may look like, and what each row means; any text at all is answered in words."""

from collections.abc import Callable
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.contractor_csv import EXAMPLE_LINE, TEMPLATE_LINE, read, read_clock, read_day, read_days
from playbook.sorry import Sorry
from tests.said import said

read = said(read)
read_clock = said(read_clock)
read_day = said(read_day)
read_days = said(read_days)

MOST = 200
T = TypeVar("T")
HEAD = "email,start date,role"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-01", "2026-12-01"),
        ("2026-1-5", "2026-01-05"),
        ("1 Dec 2026", "2026-12-01"),
        ("1. December 2026", "2026-12-01"),
        ("1st Dec, 2026", "2026-12-01"),
        ("Dec 1, 2026", "2026-12-01"),
        ("1-Dec-2026", "2026-12-01"),
    ],
)
def test_dates_that_can_only_mean_one_day(text: str, day: str) -> None:
    assert read_day(text) == day


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("01/12/2026", "month first"),
        ("12.01.2026", "month first"),
        ("1/2/26", "month first"),
        ("2026-02-30", "no day of the calendar"),
        ("31 Feb 2026", "no day of the calendar"),
        ("1 Foo 2026", "no day of the calendar"),
        ("soon", "as a date"),
        ("=1+1", "as a date"),
    ],
)
def test_dates_that_are_refused_with_a_way_to_write_them(text: str, says: str) -> None:
    with pytest.raises(Sorry, match=says):
        read_day(text)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Mon-Fri", "01234"),
        ("monday to thursday", "0123"),
        ("Mon, Wed, Thu", "023"),
        ("Sun–Thu", "01236"),
        ("Tues and Thurs", "13"),
        ("Mon-Wed; Fri", "0124"),
        ("Sat", "5"),
    ],
)
def test_working_days(text: str, days: str) -> None:
    assert "".join(read_days(text)) == days


@pytest.mark.parametrize("text", ["T", "weekdays", "1-5", "", "Mo-Xx"])
def test_working_days_that_nobody_can_read(text: str) -> None:
    with pytest.raises(Sorry, match="as working days"):
        read_days(text)


@pytest.mark.parametrize(
    ("text", "at"), [("9", "09:00"), ("09:30", "09:30"), ("17.30", "17:30"), ("5pm", "17:00"), ("12 AM", "00:00")]
)
def test_times(text: str, at: str) -> None:
    assert read_clock(text) == at


@pytest.mark.parametrize("text", ["25:00", "13pm", "noon", "9:75", ""])
def test_times_that_are_none(text: str) -> None:
    with pytest.raises(Sorry, match="time"):
        read_clock(text)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_separators_quotes_and_the_order_of_columns(separator: str, mark: str) -> None:
    head = separator.join(["Role", "E-Mail", "START DATE"])
    row = separator.join([f'"Designer{separator} senior"', "ana@example.com", "2026-12-01"])
    (found,) = read(f"{mark}{head}\r\n{row}\r\n\r\n", MOST)
    assert (found.email, found.line) == ("ana@example.com", 2)
    assert found.answers == {"role": " ".join(f"Designer{separator} senior".split()), "start_date": "2026-12-01"}


def test_a_handle_is_surer_than_a_name_and_a_file_may_only_change_something() -> None:
    (found,) = read("name,slack id,hours\nAna,@ana,20", MOST)
    assert (found.who, found.answers) == ("@ana", {"weekly_minutes": "20"})


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_kind(end: str) -> None:
    assert [row.line for row in read(end.join([HEAD, "a@b.co,2026-12-01,QA", "b@b.co,2026-12-01,QA"]), MOST)] == [2, 3]


def test_the_lines_to_copy_can_be_read() -> None:
    (found,) = read(f"{TEMPLATE_LINE}\n{EXAMPLE_LINE}", MOST)
    assert found.problems == ()
    assert found.email == "mia@example.com"
    assert found.answers["weekdays"] == ("0", "1", "2", "3", "4")
    assert found.people == {"manager_id": "@bruno", "operations": "olivia@example.com"}
    assert (found.country, found.template) == ("PH", "")


def test_a_row_keeps_its_line_and_its_own_problems() -> None:
    good, bad = read(f"{HEAD},days\nana@example.com,2026-12-01,QA,Mon\n\njun@example.com,01/12/2026,QA,whenever", MOST)
    assert good.problems == ()
    assert bad.line == 4
    assert len(bad.problems) == 2


def test_formulas_are_words_like_any_other() -> None:
    (found,) = read(f"{HEAD}\nana@example.com,2026-12-01,=HYPERLINK(1)", MOST)
    assert found.answers["role"] == "=HYPERLINK(1)"


@pytest.mark.parametrize("who", ["@ana", "U0ANA000000", "Ana Reis"])
def test_somebody_may_be_named_in_several_ways(who: str) -> None:
    (found,) = read(f"name,start date,role\n{who},2026-12-01,QA", MOST)
    assert (found.who, found.email) == (who, "")
    (found,) = read("name,start date,role\nana@example.com,2026-12-01,QA", MOST)
    assert (found.who, found.email) == ("", "ana@example.com")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        (" \n , ,\n", "empty"),
        ("ana@example.com,2026-12-01,QA", "no header"),
        ("email,shoe size\na@b.co,42", "no header"),
        (HEAD, "nothing below"),
        ("name,who\nAna,ana", "no header"),
        ("email,e-mail,role\na@b.co,a@b.co,QA", "about the same"),
        (HEAD + "\na@b.co,2026-12-01,QA" * 201, "201 rows, and I take 200"),
        ("PK\x03\x04\0\0", "not a text file"),
    ],
)
def test_files_that_cannot_be_taken(text: str, says: str) -> None:
    with pytest.raises(Sorry, match=says):
        read(text, MOST)


def test_two_hundred_rows_are_taken() -> None:
    assert len(read(HEAD + "\na@b.co,2026-12-01,QA" * 200, MOST)) == 200


CELLS = st.text(max_size=20) | st.sampled_from(["2026-12-01", "Mon-Fri", "9-17", '"', "=1", "@ana", "a@b.co", "\0"])


def answered(reader: Callable[[str], T], text: str) -> tuple[T | None, str]:
    """Give what was read, or the sentence of the refusal."""
    try:
        return reader(text), ""
    except Sorry as sorry:
        return None, str(sorry)


@given(st.text(max_size=200) | st.lists(st.lists(CELLS, max_size=6).map(",".join), max_size=6).map("\n".join))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    for head in ("", f"{HEAD},days,from,to,name,country\n"):
        rows, said = answered(lambda text: read(text, MOST), head + text)
        assert rows or said
        assert all(problem for row in rows or () for problem in row.problems)


@given(st.text(max_size=30))
def test_any_word_is_a_day_or_refused(text: str) -> None:
    for reader in (read_day, read_days, read_clock):
        assert any(answered(reader, text))
