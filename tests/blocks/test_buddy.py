"""Buddies and shadowing sessions, drawn: within Slack's limits whatever people write."""

from datetime import UTC, datetime

import pytest

from blocks import buddy as draw
from blocks import buddy_shadowing as shadowing
from blocks.buddy import Side
from blocks.buddy_shadowing import Meeting
from blocks.kit import Block, View
from playbook.buddy import Candidate
from playbook.load import load
from sandbox.blockkit import check_blocks, check_view
from tests.said import said

draw = said(draw)
shadowing = said(shadowing)
load = said(load)

AT = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)
NAME = "&" * 80
BOOK = load().buddy
MANY = [Candidate(f"U{number}", NAME, 1439, 200, near=True) for number in range(BOOK.suggested)]
MEETING = Meeting("s1", "U1", "U2", AT, 90, "&" * BOOK.limits.watch_for)
WORDS = "&" * BOOK.limits.learned
JUN, LENA = Side("U1", NAME, "Asia/Manila", "&" * 80), Side("U2", NAME, "Europe/Berlin")

MESSAGES = [
    *(draw.introduces(JUN, LENA, shared, topic, AT) for shared in (0, 330) for topic in BOOK.topics),
    draw.expected("U1", "U1"),
    draw.not_any_more("U1", "U2"),
    draw.asks("U1", MANY, ""),
    draw.asks("U1", [], "U2"),
    draw.chosen("U1", "U2"),
    *(shadowing.invitation(MEETING, (NAME, "Asia/Manila"), moved=moved, by="U3") for moved in (True, False)),
    shadowing.over(MEETING, "was moved"),
    shadowing.reminder(MEETING, (NAME, "Asia/Manila"), 30),
    shadowing.cancelled(MEETING, "U3"),
    shadowing.left(MEETING, "U2"),
    shadowing.question(MEETING),
    shadowing.answered(WORDS),
    shadowing.lesson(MEETING, WORDS),
    shadowing.please_plan("U1"),
]
VIEWS = [
    draw.form(NAME, MANY, "U1", "C1|U1"),
    draw.form(NAME, [], "", "C1|U1"),
    shadowing.form(NAME, MEETING, None, BOOK, "C1|U1:", move=False),
    shadowing.form(NAME, MEETING, AT, BOOK, "C1|U1:s1", move=True),
    shadowing.answer_form(WORDS, BOOK, "C1|s1"),
]


@pytest.mark.parametrize("message", MESSAGES)
def test_every_message_is_within_slacks_limits(message: tuple[str, list[Block]]) -> None:
    text, blocks = message
    assert text
    assert check_blocks(blocks, "message") == []


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_is_within_slacks_limits(view: View) -> None:
    assert check_view(view) == []


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (Candidate("U1", "Lena", 240, 1), "4 h shared a day, 1 newcomer already"),
        (Candidate("U1", "Lena", 0, 0), "no shared hours, no newcomer yet"),
        (Candidate("U1", "Lena", 90, 2, near=True), "1 h 30 shared a day, 2 newcomers already, same project"),
    ],
)
def test_what_speaks_for_somebody_is_said_in_words(one: Candidate, said: str) -> None:
    assert draw.why(one) == said


def test_the_buddy_who_was_chosen_before_is_chosen_in_the_form() -> None:
    radio = next(block for block in draw.form("Jun", MANY, "U1", "")["blocks"] if block.get("block_id") == "suggested")
    assert radio["element"]["initial_option"]["value"] == "U1"
