"""Everything an admin sees of the set-up stays within what Slack takes, with two hundred people and long names."""

from datetime import UTC, datetime
from typing import Any

import pytest

from blocks import workspace as draw
from blocks import workspace_form as form
from blocks import workspace_samples as samples
from blocks import workspace_test as selftest
from blocks.kit import Block, actions, button, section
from playbook.load import load
from playbook.workspace import Chosen, steps
from sandbox.blockkit import check_blocks, check_view
from tests.said import said

draw = said(draw)
form = said(form)
samples = said(samples)
selftest = said(selftest)
actions = said(actions)
button = said(button)
section = said(section)
load = said(load)
steps = said(steps)

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
PEOPLE = [f"U{number:010}" for number in range(200)]
LONG = "<!channel> & Maximiliane-Alexandra von und zu Hohenstein-Waldburg " * 2
NONE, ALL = steps(Chosen()), steps(Chosen(*[True] * 7))
TOPICS = load().workspace.topics
FEW: dict[str, Any] = {
    "intro_channel": "",
    "office_operations": "",
    "office_escalation": "",
    "adders": [],
    "teaser": [],
    "office_weekdays": ["0"],
    "office_country": "",
    "golden_start": "",
    "golden_end": "",
    "golden_zone": "",
}
MANY: dict[str, Any] = {
    "intro_channel": "C0GENERAL00",
    "office_operations": PEOPLE[0],
    "office_escalation": PEOPLE[1],
    "adders": PEOPLE,
    "teaser": [form.ON],
    "office_weekdays": [str(day) for day in range(7)],
    "office_country": "GS",
    "golden_start": "14:00",
    "golden_end": "17:00",
    "golden_zone": "America/Argentina/ComodRivadavia",
    **{form.topic_field(one.key): PEOPLE[2] for one in TOPICS},
}


@pytest.mark.parametrize("answers", [FEW, MANY])
@pytest.mark.parametrize("notice", ["", LONG * 10])
def test_every_page_is_a_view_slack_takes(answers: dict[str, Any], notice: str) -> None:
    for view in (form.first(answers, notice), form.second(answers, notice), form.third(answers, TOPICS, notice)):
        assert check_view(view) == []
        assert sum(block["type"] == "input" for block in view["blocks"]) <= 6
    for done in (NONE, ALL):
        assert check_view(form.summary(answers, done, TOPICS)) == []


def test_every_message_is_one_slack_takes() -> None:
    drawn = [
        draw.welcome(),
        draw.welcomed(PEOPLE[0], NONE),
        draw.set_up_first(),
        draw.chosen_for(PEOPLE[0], ["one", "two", "three"]),
        draw.lost_introductions("C0GENERAL00", LONG[:80], draw.DELETED),
        draw.lost_project("C0GENERAL00", LONG[:80], draw.DELETED, PEOPLE),
        draw.lost_project("C0GENERAL00", LONG[:80], draw.ARCHIVED, PEOPLE),
    ]
    for text, blocks in drawn:
        assert text
        assert check_blocks(blocks, "message") == []
        assert "<!channel>" not in str(blocks)


def findings() -> list[selftest.Finding]:
    return [
        selftest.scopes([f"scope{number}:read" for number in range(40)], 40),
        *(selftest.place(f"C{n:010}", LONG[:80], "a project channel", "gone", "press Set up") for n in range(200)),
        *(selftest.writing(one, "a manager", "user_disabled", "Choose another.") for one in PEOPLE),
        selftest.written(PEOPLE),
        selftest.not_introduced("C0GENERAL00", PEOPLE),
        selftest.gone(PEOPLE),
    ]


def test_a_self_test_of_two_hundred_fits_into_one_message() -> None:
    for text, blocks in (selftest.outcome(findings(), "1", NOW), selftest.looking(findings(), "people")):
        assert text
        assert check_blocks(blocks, "message") == []
        assert sum(len(str(block.get("text", ""))) for block in blocks) < 13_000


def test_what_is_to_mend_comes_first_and_is_counted() -> None:
    text, blocks = selftest.outcome([selftest.ok("fine"), selftest.mend("broken")], "1", NOW)
    assert text == "Self-test: 1 thing to mend."
    said = [block["text"]["text"] for block in blocks if block["type"] == "section"]
    assert said == ["*Self-test: 1 thing to mend.*", "*To mend* · broken", "ok · fine"]


@pytest.mark.parametrize("state", ["in", "out", "archived", "gone", "internal_error"])
def test_a_channel_that_does_not_work_says_what_to_do(state: str) -> None:
    found = selftest.place("C0GENERAL00", "general", "introductions", state, "press Set up")
    assert found.well == (state == "in")
    assert found.well or any(way in found.words for way in ("/invite", "press Set up", "Run again"))


def test_the_meter_is_two_blocks() -> None:
    for done in (NONE, ALL):
        assert len(draw.meter(done, NOW)) == 2
        assert check_view({"type": "home", "blocks": draw.meter(done, NOW)}) == []


def test_a_test_message_of_fifty_blocks_still_fits_and_nothing_in_it_works() -> None:
    pressed = button(LONG[:75], "contractor.add", "U1")
    blocks: list[Block] = [section(LONG, pressed) for _ in range(30)] + [actions(*[pressed] * 25) for _ in range(20)]
    text, marked = samples.marked(LONG, "<@U1>", LONG * 3, LONG * 60, blocks)
    assert text.startswith("Test · ")
    assert check_blocks(marked, "message") == []
    assert "action_id" not in str(marked)
    assert len(marked) <= 50


def test_the_form_for_test_messages_holds_many_templates() -> None:
    assert check_view(samples.form([f"{LONG[:80]}{number}" for number in range(150)])) == []
    assert check_view(samples.form([])) == []
