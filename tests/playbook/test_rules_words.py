"""Cleaning what is typed, finding what was meant, and filling sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.tokens import Sort, Token, joined, tokens
from playbook.words import bare, clean, closest, fill, unescape
from tests.said import said

joined = said(joined)
tokens = said(tokens)
bare = said(bare)
clean = said(clean)
closest = said(closest)
fill = said(fill)
unescape = said(unescape)


@pytest.mark.parametrize(("text", "expected"), [
    ("  a b ", "a b"), ("a\x00b\x1bc", "abc"), ("a\r\nb\rc", "a\nb\nc"), ("a\u202eb\u2066c\u200fd", "abcd"),
    ("a\u2028b", "a\nb"), ("a\ud800b", "ab"), ("\ufeffa", "a"), ("a\u200db", "a\u200db"), ("a\tb", "a\tb"),
    ("\U0001f3f4\u200d\u2620\ufe0f", "\U0001f3f4\u200d\u2620\ufe0f"),
])  # fmt: skip
def test_clean(text: str, expected: str) -> None:
    assert clean(text) == expected


@given(st.text(st.characters()))
def test_clean_text_is_clean_and_can_be_stored(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert "\x00" not in once.encode().decode()


@pytest.mark.parametrize(
    ("text", "expected"), [("R&amp;D", "R&D"), ("&lt;b&gt;", "<b>"), ("&amp;lt;", "&lt;"), ("a&b", "a&b")]
)
def test_unescape_once(text: str, expected: str) -> None:
    assert unescape(text) == expected


@given(st.text())
def test_unescape_undoes_what_slack_does(text: str) -> None:
    assert unescape(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")) == text


@pytest.mark.parametrize(
    ("word", "expected"), [("Mon:", "mon"), ("(2h)", "2h"), ("~2h,", "2h"), ("a.m.", "a.m"), (".5", ".5"), ("?", "?")]
)
def test_bare(word: str, expected: str) -> None:
    assert bare(word) == expected


KNOWN = ["Acme web", "Acme app", "Beta", "Gamma rays", "Delta"]


@pytest.mark.parametrize(("name", "expected"), [
    ("acme web", ("Acme web", "Acme app")), ("acme", ("Acme app", "Acme web")), ("bta", ("Beta",)), ("DELTA", ("Delta", "Beta")),
    ("rays", ("Gamma rays",)), ("zzzz", ()), ("", ()),
])  # fmt: skip
def test_closest(name: str, expected: tuple[str, ...]) -> None:
    assert closest(name, KNOWN) == expected


def test_closest_gives_three_at_most() -> None:
    assert len(closest("a", ["aa", "ab", "ac", "ad"])) == 3


def test_fill_never_fails() -> None:
    assert fill("{a} and {b} {0} {", a="{b}") == "{b} and {b} {0} {"


@pytest.mark.parametrize(("text", "expected"), [
    ("a b", [(Sort.WORD, "a"), (Sort.WORD, "b")]),
    ("a;b", [(Sort.WORD, "a"), (Sort.CUT, ";"), (Sort.WORD, "b")]),
    ("R&amp;D;", [(Sort.WORD, "R&D"), (Sort.CUT, ";")]),
    ("<#C1|acme>", [(Sort.CHANNEL, "acme")]),
    ("<https://a.io|the doc>", [(Sort.LINK, "https://a.io"), (Sort.WORD, "the"), (Sort.WORD, "doc")]),
    ("<mailto:a@b.io|a@b.io>", [(Sort.WORD, "a@b.io")]),
    ("<!here> <@U1>", [(Sort.WORD, "<!here>"), (Sort.WORD, "<@U1>")]),
    ("a<b", [(Sort.WORD, "a<b")]),
    ("(https://a.io/x)", [(Sort.WORD, "("), (Sort.LINK, "https://a.io/x"), (Sort.WORD, ")")]),
    ("HTTPS://a.io,", [(Sort.LINK, "HTTPS://a.io"), (Sort.WORD, ",")]),
])  # fmt: skip
def test_tokens(text: str, expected: list[tuple[Sort, str]]) -> None:
    assert [(token.sort, token.text) for token in tokens(text)] == expected


@given(st.text(st.characters(blacklist_characters="<>&")))
def test_tokens_put_together_are_the_text(text: str) -> None:
    assert joined(tokens(text)) == " ".join(text.split())


def test_a_token_knows_whether_it_was_glued() -> None:
    assert tokens("a;b c") == (
        Token(Sort.WORD, "a", glued=False),
        Token(Sort.CUT, ";", glued=True),
        Token(Sort.WORD, "b", glued=True),
        Token(Sort.WORD, "c", glued=False),
    )
