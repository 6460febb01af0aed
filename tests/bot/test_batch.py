"""Several letters as one message: whose each block is, what fits, and what was filled in where."""

from datetime import UTC, datetime
from typing import Any

import pytest

from blocks import kit
from bot import wire
from bot.batch import MOST_BLOCKS, MOST_TEXT, compose, packed, part_of
from storage.tables import Letter

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TABLE = kit.table(["Who"], [["Ana"]])


def letter(name: str, *blocks: kit.Block) -> Letter:
    when: Any = dict.fromkeys(("not_before", "expires_at", "created_at", "changed_at"), NOW)
    words: Any = {"text": f"This is {name}.", "blocks": list(blocks)}
    return Letter(id=name, team_id="T1", key=name, kind="message", to="U1", lane=5, state="carried", **words, **when)


def test_each_block_says_whose_it_is() -> None:
    row = kit.actions(kit.button("Go", "x.go", "1"), block_id="row")
    text, blocks = compose([letter("a", kit.section("A"), row), letter("b")])
    assert text == "This is a.\nThis is b."
    assert [block.get("block_id") for block in blocks] == ["part:a:0", "part:a:row", None, "part:b:0"]
    assert [part_of(str(block.get("block_id") or "")) for block in blocks] == ["a", "a", "", "b"]
    assert blocks[-1]["text"]["text"] == "This is b."


@pytest.mark.parametrize("block_id", ["", "row", "morning:1", "part"])
def test_a_block_of_a_letter_alone_is_nobodys_part(block_id: str) -> None:
    assert part_of(block_id) == ""


@pytest.mark.parametrize(
    ("each", "messages"),
    [
        ([kit.section("x")] * 10, [4, 1]),
        ([TABLE], [1, 1, 1, 1, 1]),
        ([kit.section("x" * 2900)], [4, 1]),
        ([kit.section("x")], [5]),
    ],
)
def test_letters_are_cut_into_messages_that_slack_takes(each: list[kit.Block], messages: list[int]) -> None:
    assert [len(group) for group in packed([letter(name, *each) for name in "abcde"])] == messages


def test_what_has_grown_since_is_said_without_its_blocks() -> None:
    many = [kit.section("x")] * 30
    text, blocks = compose([letter("a", *many), letter("b", *many), letter("c", TABLE, TABLE)])
    assert len(blocks) == 34 <= MOST_BLOCKS
    assert [block["text"]["text"] for block in blocks[-3::2]] == ["This is b.", "This is c."]
    assert len(compose([letter("x" * 100)] * 60)[0]) <= MOST_TEXT
    assert text.endswith("This is c.")


def test_what_was_filled_in_is_read_from_the_part_that_was_pressed() -> None:
    field: Any = {"words": {"type": "plain_text_input", "value": ""}}
    values = {f"part:{name}:words": {"words": field["words"] | {"value": name}} for name in ("a", "b")}
    body = {
        "type": "block_actions",
        "team": {"id": "T1"},
        "user": {"id": "U1"},
        "actions": [{"action_id": "x.go", "block_id": "part:a:row", "type": "button", "value": "1"}],
        "state": {"values": values},
    }
    read = wire.read(body)
    assert (read.part, read.call.fields) == ("a", {"words": "a"})
