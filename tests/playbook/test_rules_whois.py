"""What `/whois` is asked, what matches, and which words of a message need explaining."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.load import load
from playbook.whois import Asked, explain, is_question, key_of, match, question, read_command

BOOK = load().whois
TERMS = ("OKR", "IT", "Roadmap", "R&D", "hand over", "1:1", "KPI review")


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("", Asked("open")),
        ("  ", Asked("open")),
        ("help", Asked("help")),
        ("?", Asked("help")),
        ("LIST", Asked("list")),
        ("list of tools", Asked("find", "list of tools")),
        ("budget", Asked("find", "budget")),
        ("who handles the budget?", Asked("find", "budget")),
        ("who's the project owner", Asked("find", "project owner")),
        ("who do I ask about invoices?", Asked("find", "invoices")),
        ("what does  OKR   mean?", Asked("find", "OKR")),
        ("what does OKR stand for", Asked("find", "OKR")),
        ("what is an OKR", Asked("find", "OKR")),
        ('"OKR"', Asked("find", "OKR")),
        ("means", Asked("find", "means")),
        ("<@U0ANA000000>", Asked("person", "U0ANA000000")),
        ("<@U0ANA000000|ana>?", Asked("person", "U0ANA000000")),
        ("who is <@U0ANA000000>?", Asked("person", "U0ANA000000")),
        ("add OKR = objectives and key results", Asked("add", "OKR", "objectives and key results")),
        ("add OKR=a=b", Asked("add", "OKR", "a=b")),
        ("add OKR", Asked("add", "OKR")),
        ("add", Asked("add")),
        ("Edit OKR", Asked("edit", "OKR")),
        ("change OKR = new", Asked("edit", "OKR", "new")),
        ("delete OKR", Asked("remove", "OKR")),
    ],
)
def test_what_is_asked(text: str, asked: Asked) -> None:
    assert read_command(text, BOOK) == asked


@given(st.text(max_size=200))
def test_nothing_that_is_typed_makes_it_stumble(text: str) -> None:
    asked = read_command(text, BOOK)
    assert asked.verb in {"open", "help", "list", "find", "person", "add", "edit", "remove"}
    assert (asked.verb == "find") <= bool(asked.words)
    match(text, TERMS, BOOK)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("who is on call?", True),
        ("What does OKR mean", True),
        ("who is", False),
        ("what is this", False),
        ("whose is this", False),
        ("2h review", False),
        ("blocked: what is the password", False),
    ],
)
def test_which_messages_are_questions(text: str, *, is_one: bool) -> None:
    assert is_question(text, BOOK) is is_one


def test_a_question_without_a_lead_is_what_it_is_about() -> None:
    assert question("budget?", BOOK) == "budget"


@pytest.mark.parametrize(
    ("words", "found", "near"),
    [
        ("okr", ("OKR",), ()),
        ("OKRs", ("OKR",), ()),
        ("  r&d ", ("R&D",), ()),
        ("review", ("KPI review",), ()),
        ("rodmap", (), ("Roadmap",)),
        ("zebra", (), ()),
        ("the", (), ()),
    ],
)
def test_what_matches(words: str, found: tuple[str, ...], near: tuple[str, ...]) -> None:
    matches = match(words, TERMS, BOOK)
    assert (matches.found, matches.near) == (found, near)


@pytest.mark.parametrize(("words", "key"), [("  OKR ", "okr"), ("Hand\n Over", "hand over"), ("STRASSE", "strasse")])
def test_one_key_however_it_is_written(words: str, key: str) -> None:
    assert key_of(words) == key


@pytest.mark.parametrize(
    ("text", "known", "unknown"),
    [
        ("our OKRs", ("OKR",), ()),
        ("the OKR's owner", ("OKR",), ()),
        ("the OKR\u2019s owner", ("OKR",), ()),
        ("an okr", (), ()),  # a term in capitals is meant in capitals
        ("ask IT about it", ("IT",), ()),
        ("is it done", (), ()),
        ("ROADMAPS and roadmap", ("Roadmap",), ()),
        ("R&D, 1:1s and the hand over", ("R&D", "1:1", "hand over"), ()),
        ("roadmapping", (), ()),
        ("QBR and SLAs", (), ("QBR", "SLA")),
        ("the B2B and 2FA docs", (), ("B2B", "2FA")),
        ("QBR, then QBR again", (), ("QBR",)),
        ("Q3 H2 4K", (), ()),  # one letter is no acronym
        ("OK, the PDF is 3 MB, see you MON at 5 PM UTC", (), ()),
        ("ABC-12 API_KEY README.md http://x.y/ABC #ABC @ABC", (), ()),
        ("`ABC` and ```DEF\nGHI```", (), ()),
        ("TOOLONGX is none", (), ()),
        ("PLEASE READ THIS QBR NOW", (), ()),  # all in capitals: capitals say nothing
        ("Wait, QBR?", (), ("QBR",)),
        ("KPI review of the KPI", ("KPI review",), ("KPI",)),
        ("", (), ()),
    ],
)
def test_what_a_message_holds(text: str, known: tuple[str, ...], unknown: tuple[str, ...]) -> None:
    found = explain(text, TERMS, BOOK)
    assert (found.known, found.unknown) == (known, unknown)


def test_twenty_are_explained_at_most() -> None:
    words = " and then see ".join(f"A{chr(65 + n % 26)}{chr(65 + n // 26)}" for n in range(60))
    found = explain(f"OKR, {words}", TERMS, BOOK)
    assert len(found.known) + len(found.unknown) == BOOK.limits.explained
    assert found.known == ("OKR",)


@given(st.text(max_size=300), st.lists(st.text(max_size=30), max_size=8))
def test_no_message_and_no_term_makes_it_stumble(text: str, terms: list[str]) -> None:
    found = explain(text, terms, BOOK)
    assert set(found.known) <= set(terms)
    assert len(found.known) + len(found.unknown) <= BOOK.limits.explained
