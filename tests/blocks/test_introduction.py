"""Introductions, drawn: within Slack's limits whatever people write, and nothing of theirs comes alive."""

from datetime import UTC, datetime, time
from typing import Any

import pytest

from blocks import introduction as draw
from blocks import introduction_letter as letters
from blocks.introduction import Shown
from blocks.introduction_letter import Spots
from blocks.kit import Block, View
from playbook.golden import GoldenHours
from playbook.introduction import Audience, Draft, State
from playbook.load import load
from sandbox.blockkit import check_blocks, check_view
from tests.said import said

draw = said(draw)
letters = said(letters)
load = said(load)

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LONG, NAME = "&" * 150, "<" * 80
DRAFT = Draft(LONG, LONG, LONG, LONG, "https://a.b/" + "&" * 288)
GOLDEN = GoldenHours(time(14), time(17), "Europe/Madrid")
PHOTO = "https://avatars.example.com/one.png"
SHOWN = Shown("U1", NAME, "Asia/Manila", DRAFT, AT, posted=True, photo=PHOTO, golden=GOLDEN, greeted=200)
SPOTS = Spots(("C1", "g" * 80), ("C2", "a" * 80), ("C1", "C2"), outsider=True, audience=Audience.BOTH, trouble="No!")
BOOK = load().introduction
SAID = [(f"U{number}", NAME, "&" * 500) for number in range(200)]

MESSAGES = [
    draw.card(SHOWN),
    draw.greeting("U1", NAME, "&" * 500),
    *(letters.ask("U1", state, SPOTS, "U2") for state in State),
    *(letters.for_approval(SHOWN, state, SPOTS, AT) for state in State),
    letters.two_lines("U1"),
    letters.teaser("U1", NAME, LONG, "tomorrow"),
    letters.trouble("U1", "It is archived."),
    letters.posted(SPOTS),
    letters.edited(SHOWN, "U2", SPOTS),
    letters.newer("U1"),
    letters.written("U1"),
    letters.greeted(SAID[: letters.how_many_fit([words for *_, words in SAID])]),
    letters.greeted([(user_id, name, "Hi") for user_id, name, _ in SAID[:20]]),
]
VIEWS = [
    draw.form(DRAFT, BOOK, "U1", "C1|U1", mine=True, lead="Lead"),
    draw.form(DRAFT, BOOK, "U1", "C1|U1", mine=False, lead="Lead", name=NAME),
    draw.preview(SHOWN),
    draw.as_page(SHOWN, "It is posted."),
    draw.hi_form(NAME, "&" * 500, BOOK, "C1|U1"),
]


def length(part: Any) -> int:
    if isinstance(part, dict):
        return sum(length(value) for value in part.values())
    return sum(map(length, part)) if isinstance(part, list) else len(part) if isinstance(part, str) else 0


@pytest.mark.parametrize("message", MESSAGES)
def test_every_message_is_within_slacks_limits(message: tuple[str, list[Block]]) -> None:
    text, blocks = message
    assert text
    assert check_blocks(blocks, "message") == []
    assert length(blocks) < 13_000


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_is_within_slacks_limits(view: View) -> None:
    assert check_view(view) == []
    assert sum(block["type"] == "input" for block in view["blocks"]) <= 6


def test_every_greeting_is_told_some_time() -> None:
    assert letters.how_many_fit(["&" * 500] * 200) == 3
    assert letters.how_many_fit(["Hi"] * 200) == 20
    assert letters.how_many_fit(["Hi"]) == 1


def test_a_photo_is_shown_with_words_where_there_is_one() -> None:
    with_one, without = draw.card(SHOWN)[1], draw.card(Shown("U1", "Ana", "UTC", DRAFT, AT, posted=True))[1]
    assert with_one[0]["accessory"]["alt_text"].startswith("Photo of ")
    assert "accessory" not in without[0]


def test_golden_hours_are_on_each_readers_clock_and_on_the_newcomers() -> None:
    said = str(draw.card(Shown("U1", "Jun Santos", "Asia/Manila", DRAFT, AT, posted=True, golden=GOLDEN))[1])
    begins, ends = (int(datetime(2026, 11, 23, hour, tzinfo=UTC).timestamp()) for hour in (13, 16))
    assert f"<!date^{begins}^{{time}}|" in said
    assert f"<!date^{ends}^{{time}}|" in said
    assert "21:00–00:00 for Jun" in said
