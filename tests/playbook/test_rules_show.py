"""Which messages are long, which show something, and that no words are kept of them."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.load import Playbook
from playbook.show import Measured, measure, measured, without_words

SAID = {"type": "message", "channel": "C1", "channel_type": "channel", "user": "UANA", "ts": "1.0"}
FOUR = "One thing.\n\nAnother thing.\n\nA third.\n\nAnd a fourth."


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("", 0),
        ("hello", 1),
        ("one\n\ntwo\n\nthree", 3),
        (FOUR, 4),
        ("one\ntwo\nthree\nfour", 4),
        ("one\n\n\n\n\n  \ntwo", 2),
        ("look:\n• a\n• b\n- c\n1. d\n2) e", 1),
        ("look:\n```\na\n\nb\n\nc\n\nd\n```\nthat is all", 2),
        ("&gt; quoted\n&gt; quoted\nand my answer", 1),
    ],
)
def test_paragraphs(text: str, paragraphs: int, playbook: Playbook) -> None:
    assert measure(text, (), playbook.show).paragraphs == paragraphs


@pytest.mark.parametrize(
    ("found", "long"),
    [
        (Measured(3, 400), False),
        (Measured(4, 400), True),
        (Measured(1, 900), False),
        (Measured(1, 901), True),
    ],
)
def test_long(found: Measured, long: bool, playbook: Playbook) -> None:  # noqa: FBT001 - a row of the table
    assert found.long(playbook.show) is long


@pytest.mark.parametrize(
    ("text", "services"),
    [
        ("<https://www.loom.com/share/abc|here>", ("loom",)),
        ("<https://share.vidyard.com/watch/x>", ("vidyard",)),
        ("<https://youtu.be/x> and <https://www.youtube.com/watch?v=1>", ("youtube",)),
        ("<https://acme.slack.com/clips/1>", ()),
        ("<https://notloom.com/x> <https://loom.com.evil.example/x>", ()),
        ("loom.com without a link", ()),
    ],
)
def test_services(text: str, services: tuple[str, ...], playbook: Playbook) -> None:
    assert measure(text, (), playbook.show).services == services


def test_a_clip_is_a_video_file(playbook: Playbook) -> None:
    files: list[dict[str, Any]] = [{"mimetype": "video/mp4"}, {"mimetype": "image/png"}]
    assert measure("", files, playbook.show).services == ("clip",)
    assert measure("", files[1:], playbook.show).services == ()
    assert measure("", [{"subtype": "slack_video"}], playbook.show).services == ("clip",)


@pytest.mark.parametrize(
    ("event", "kept"),
    [
        ({"text": "short"}, False),
        ({"text": FOUR}, True),
        ({"text": FOUR, "subtype": "message_changed"}, False),
        ({"text": FOUR, "subtype": "channel_join"}, False),
        ({"text": FOUR, "bot_id": "B1"}, False),
        ({"text": FOUR, "subtype": "bot_message", "user": ""}, False),
        ({"text": FOUR, "channel_type": "group"}, True),
        ({"text": "", "files": [{"mimetype": "video/mp4"}], "subtype": "file_share"}, True),
        ({"subtype": "message_deleted", "deleted_ts": "1.0"}, True),
    ],
)
def test_what_is_kept_of_an_event(event: dict[str, Any], kept: bool, playbook: Playbook) -> None:  # noqa: FBT001
    assert (without_words(SAID | event, playbook.show) is not None) is kept


def test_direct_messages_and_other_events_are_left_as_they_are(playbook: Playbook) -> None:
    for event in ({"type": "message", "channel_type": "im", "text": "log 2h"}, {"type": "team_join", "user": {}}):
        assert without_words(event, playbook.show) is event


@settings(deadline=None)
@given(text=st.text(alphabet="abc \n.", min_size=0, max_size=3000))
def test_no_words_are_kept(text: str) -> None:
    from playbook.load import load  # noqa: PLC0415 - a fixture cannot be used here

    kept = without_words(SAID | {"text": text, "files": [], "blocks": [{"text": text}]}, load().show)
    if kept is not None:
        assert "text" not in kept
        assert "blocks" not in kept
        assert measured(kept) == measure(text, (), load().show)
