"""What people type becomes what Slack stores."""

import pytest

from sandbox.text import command_text, escape, rich_text, typed, unescape

PEOPLE = {"ana": "U1", "ana.b": "U2", "ana reis": "U1"}
CHANNELS = {"acme": "C1", "acme-old": "C2"}


@pytest.mark.parametrize(
    ("said", "stored"),
    [
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("<!channel>", "&lt;!channel&gt;"),
        ("hi @ana!", "hi <@U1>!"),
        ("hi @Ana Reis, hello", "hi <@U1>, hello"),
        ("hi @ana.b and @ana.", "hi <@U2> and <@U1>."),
        ("ana@ana.com", "ana@ana.com"),
        ("@anabel", "@anabel"),
        ("in #acme-old, not #acme", "in <#C2|acme-old>, not <#C1|acme>"),
        ("see https://example.com/a?b=1&c=2.", "see <https://example.com/a?b=1&amp;c=2>."),
        ("&#acme", "&amp;<#C1|acme>"),
    ],
)
def test_typed_text(said: str, stored: str) -> None:
    assert typed(said, PEOPLE, CHANNELS) == stored


def test_a_commands_text_names_handles_too() -> None:
    assert command_text("add @Ana Reis to #acme", PEOPLE, CHANNELS) == "add <@U1|ana> to <#C1|acme>"


def test_escaping_can_be_undone() -> None:
    nasty = "&lt; <b> &amp;amp; >"

    assert unescape(escape(nasty)) == nasty


def test_rich_text_says_the_same() -> None:
    block = rich_text("hi <@U1> in <#C1|acme>: a &lt; b <!here> <https://a.example|it>", "b")[0]
    parts = block["elements"][0]["elements"]

    assert [part["type"] for part in parts] == ["text", "user", "text", "channel", "text", "broadcast", "text", "link"]
    assert parts[4]["text"] == ": a < b "
