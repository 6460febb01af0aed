"""What a CSV file of the lexicon or Who's Who may look like, and what each row means."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.contractor_csv import TEMPLATE_LINE
from playbook.contractor_csv import fits as fits_contractors
from playbook.load import load
from playbook.sorry import Sorry
from playbook.whois_csv import EXAMPLES, TERMS, TOPICS, fits, read
from tests.said import said

fits_contractors = said(fits_contractors)
load = said(load)
fits = said(fits)
read = said(read)

BOOK = load().whois


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("Term;Meaning", TERMS),
        ("Acronym,What it means,Source", TERMS),
        ("topic,person,note", TOPICS),
        ("About what,Whom to ask", TOPICS),
        ("e-mail,topic", TOPICS),
        (TEMPLATE_LINE, "contractors"),
        ("Name;E-mail;Start date;Role", "contractors"),
        ("date,duration,member", ""),
        ("term", ""),
        ("topic,budget", ""),
    ],
)
def test_files_are_told_apart_by_their_first_line(head: str, kind: str) -> None:
    cells = head.replace(";", ",").split(",")
    found = [one for one in (TERMS, TOPICS) if fits(one, cells)]
    found += ["contractors"] if not found and fits_contractors(cells) else []
    assert found == ([kind] if kind else [])


@pytest.mark.parametrize("kind", [TERMS, TOPICS])
def test_the_example_can_be_read(kind: str) -> None:
    (row,) = read(kind, EXAMPLES[kind], BOOK)
    assert row.problem == ""
    assert row.words in {"OKR", "Budget"}


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("term,meaning\nOKR,\n,Something\n", ["The meaning is missing.", "The term is missing."]),
        ("term,meaning\nOKR,one\nokr ,two\n", ["", "Line 2 is about the same."]),
        (f"term,meaning\n{'x' * 81},{'y' * 501}\n", [
            "The term has 81 characters, and 80 fit. The meaning has 501 characters, and 500 fit."]),
        ('term,meaning\n=cmd(),"two\nlines, and =1+1"\n', [""]),
        ("term,meaning\nOKR\n", ["The meaning is missing."]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_row_is_said(text: str, problems: list[str]) -> None:
    assert [row.problem for row in read(TERMS, text, BOOK)] == problems


def test_a_file_without_a_column_of_notes_says_nothing_of_them() -> None:
    assert [row.note for row in read(TOPICS, "topic,person\nBudget,Olivia", BOOK)] == [None]
    assert [row.note for row in read(TOPICS, "topic,person,note\nBudget,Olivia,", BOOK)] == [""]


def test_five_hundred_rows_fit_and_no_more() -> None:
    rows = [f"t{number},m" for number in range(501)]
    assert len(read(TERMS, "\n".join(["term,meaning", *rows[:500]]), BOOK)) == 500
    with pytest.raises(Sorry, match="501 rows, and I take 500"):
        read(TERMS, "\n".join(["term,meaning", *rows]), BOOK)


@given(st.text(max_size=200))
def test_any_text_below_a_header_is_read_or_refused_in_words(text: str) -> None:
    with suppress(Sorry):
        for row in read(TERMS, f"term,meaning\n{text}", BOOK):
            assert row.problem or (row.words and row.said)
