"""The Block Kit validator: blocks, their limits, surfaces and Slack's wording."""

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.blockkit import check_blocks, check_view

Json = dict[str, Any]


def plain(text: str = "Hello") -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "*Hello*") -> Json:
    return {"type": "mrkdwn", "text": text}


def rich(text: str = "Hello") -> Json:
    words = [{"type": "text", "text": text}]
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": words}]}


BUTTON: Json = {"type": "button", "text": plain(), "action_id": "go"}
IMAGE: Json = {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "A desk"}
FEEDBACK: Json = {"text": plain("Good"), "value": "good"}
TASK: Json = {"type": "task_card", "task_id": "t1", "title": "Read", "status": "complete"}

SECTION: Json = {"type": "section", "text": mrkdwn()}
FIELDS: Json = {"type": "section", "fields": [mrkdwn(), plain()]}
HEADER: Json = {"type": "header", "text": plain()}
CONTEXT: Json = {"type": "context", "elements": [mrkdwn(), plain(), IMAGE]}
ACTIONS: Json = {"type": "actions", "elements": [BUTTON]}
INPUT: Json = {
    "type": "input",
    "label": plain(),
    "hint": plain(),
    "element": {"type": "plain_text_input", "action_id": "words"},
}
PICTURE: Json = {**IMAGE, "title": plain()}
VIDEO: Json = {
    "type": "video",
    "alt_text": "A tour",
    "title": plain(),
    "description": plain(),
    "author_name": "Ana",
    "provider_name": "Tube",
    "provider_icon_url": "https://example.com/i.png",
    "title_url": "https://example.com/v",
    "thumbnail_url": "https://example.com/t.png",
    "video_url": "https://example.com/embed",
}
MARKDOWN: Json = {"type": "markdown", "text": "# Hello"}
CARD: Json = {
    "type": "card",
    "title": mrkdwn(),
    "subtitle": mrkdwn(),
    "body": mrkdwn(),
    "subtext": plain(),
    "hero_image": IMAGE,
    "actions": [BUTTON],
}
CONTAINER: Json = {"type": "container", "title": plain(), "subtitle": plain(), "child_blocks": [SECTION]}
CONTEXT_ACTIONS: Json = {
    "type": "context_actions",
    "elements": [
        {"type": "feedback_buttons", "positive_button": FEEDBACK, "negative_button": FEEDBACK},
        {"type": "icon_button", "icon": "trash", "text": plain("Delete"), "action_id": "bin"},
    ],
}
ALERT: Json = {"type": "alert", "text": plain(), "level": "warning"}
PLAN: Json = {"type": "plan", "title": "Today", "tasks": [TASK]}
FILE: Json = {"type": "file", "source": "remote", "external_id": "F1"}
TABLE: Json = {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}]]}
DATA_TABLE: Json = {"type": "data_table", "caption": "All", "rows": [*TABLE["rows"], *TABLE["rows"]]}
CHART: Json = {
    "type": "data_visualization",
    "title": "Mood",
    "chart": {"type": "pie", "segments": [{"label": "Calm", "value": 1}]},
}

EVERYWHERE = [{"type": "divider"}, SECTION, FIELDS, HEADER, CONTEXT, ACTIONS, INPUT, PICTURE, VIDEO, CARD, rich()]
WIDE = [TABLE, DATA_TABLE, CHART, CONTAINER, {"type": "carousel", "elements": [CARD]}]
MESSAGE_ONLY = [MARKDOWN, CONTEXT_ACTIONS, PLAN, TASK, FILE]
SAMPLES = [*EVERYWHERE, *WIDE, *MESSAGE_ONLY, ALERT]


def home_of(block: Json) -> str:
    return "modal" if block is ALERT else "message"


def said(blocks: object, surface: str = "message") -> list[str]:
    return [str(problem) for problem in check_blocks(blocks, surface)]


def put(block: Json, path: str, value: object) -> Json:
    changed: Any = json.loads(json.dumps(block))
    *steps, last = [int(step) if step.isdigit() else step for step in path.split("/")]
    place = changed
    for step in steps:
        place = place[step]
    place[last] = value
    return changed  # type: ignore[no-any-return]


@pytest.mark.parametrize("surface", ["message", "modal", "home"])
@pytest.mark.parametrize("block", SAMPLES, ids=lambda block: block["type"])
def test_surfaces_take_only_their_own_blocks(block: Json, surface: str) -> None:
    taken = {
        "message": [*EVERYWHERE, *WIDE, *MESSAGE_ONLY],
        "modal": [*EVERYWHERE, ALERT],
        "home": [*EVERYWHERE, *WIDE],
    }
    refusal = [
        "failed to match all allowed schemas [json-pointer:/blocks/0]",
        f"unsupported type: {block['type']} [json-pointer:/blocks/0/type]",
    ]
    assert said([block], surface) == ([] if block in taken[surface] else refusal)


@pytest.mark.parametrize("block", SAMPLES, ids=lambda block: block["type"])
def test_unknown_properties_are_refused(block: Json) -> None:
    assert said([{**block, "colour": "red"}], home_of(block)) == [
        "failed to match all allowed schemas [json-pointer:/blocks/0]",
        "invalid additional property: colour [json-pointer:/blocks/0]",
    ]


@pytest.mark.parametrize("block", SAMPLES, ids=lambda block: block["type"])
def test_every_block_may_have_a_block_id_of_255_characters(block: Json) -> None:
    assert said([{**block, "block_id": "b" * 255}], home_of(block)) == []
    wrong = "must be less than 256 characters [json-pointer:/blocks/0/block_id]"
    assert said([{**block, "block_id": "b" * 256}], home_of(block))[-1] == wrong


REQUIRED = [
    (HEADER, "text"),
    (CONTEXT, "elements"),
    (ACTIONS, "elements"),
    (INPUT, "label"),
    (INPUT, "element"),
    (PICTURE, "alt_text"),
    (VIDEO, "alt_text"),
    (VIDEO, "title"),
    (VIDEO, "thumbnail_url"),
    (VIDEO, "video_url"),
    (MARKDOWN, "text"),
    (CONTAINER, "child_blocks"),
    (CONTEXT_ACTIONS, "elements"),
    (ALERT, "text"),
    (PLAN, "title"),
    (TASK, "task_id"),
    (TASK, "title"),
    (TASK, "status"),
    (FILE, "source"),
    (FILE, "external_id"),
    (TABLE, "rows"),
    (DATA_TABLE, "rows"),
    (DATA_TABLE, "caption"),
    (CHART, "title"),
    (CHART, "chart"),
    (rich(), "elements"),
    (SECTION, "type"),
]


@pytest.mark.parametrize(("block", "name"), REQUIRED, ids=lambda part: part if isinstance(part, str) else part["type"])
def test_required_fields(block: Json, name: str) -> None:
    without = {key: value for key, value in block.items() if key != name}
    assert said([without], home_of(block)) == [
        "failed to match all allowed schemas [json-pointer:/blocks/0]",
        f"missing required field: {name} [json-pointer:/blocks/0]",
    ]


LENGTHS = [
    (SECTION, "text/text", 3000),
    (FIELDS, "fields/0/text", 2000),
    (HEADER, "text/text", 150),
    (CONTEXT, "elements/0/text", 3000),
    (INPUT, "label/text", 2000),
    (INPUT, "hint/text", 2000),
    (PICTURE, "alt_text", 2000),
    (PICTURE, "title/text", 2000),
    (VIDEO, "alt_text", 2000),
    (VIDEO, "title/text", 200),
    (VIDEO, "description/text", 200),
    (VIDEO, "author_name", 50),
    (VIDEO, "provider_name", 50),
    (MARKDOWN, "text", 12000),
    (CARD, "title/text", 150),
    (CARD, "subtitle/text", 150),
    (CARD, "body/text", 200),
    (CARD, "subtext/text", 200),
    (CARD, "hero_image/alt_text", 2000),
    (CONTAINER, "title/text", 150),
    (CONTAINER, "subtitle/text", 150),
    (ALERT, "text/text", 200),
    (CHART, "title", 50),
    (FILE, "external_id", 255),
    (CONTEXT_ACTIONS, "elements/0/positive_button/accessibility_label", 75),
    (CONTEXT_ACTIONS, "elements/1/text/text", 75),
    (CONTEXT_ACTIONS, "elements/1/value", 2000),
    (CONTEXT_ACTIONS, "elements/1/accessibility_label", 75),
    (CONTEXT_ACTIONS, "elements/0/positive_button/text/text", 75),
    (CONTEXT_ACTIONS, "elements/0/negative_button/value", 2000),
]


@pytest.mark.parametrize(
    ("block", "path", "most"), LENGTHS, ids=lambda part: part["type"] if isinstance(part, dict) else part
)
def test_lengths_are_counted_in_characters(block: Json, path: str, most: int) -> None:
    surface = home_of(block)
    at = f"[json-pointer:/blocks/0/{path}]"
    assert said([put(block, path, "é" * most)], surface) == []
    assert said([put(block, path, "é" * (most + 1))], surface)[-1] == f"must be less than {most + 1} characters {at}"
    assert said([put(block, path, "")], surface)[-1] == f"must be more than 0 characters {at}"
    assert said([put(block, path, 7)], surface)[-1] == f"must be a string {at}"


COUNTS = [
    (FIELDS, "fields", mrkdwn(), 1, 10),
    (CONTEXT, "elements", mrkdwn(), 1, 10),
    (ACTIONS, "elements", {"type": "button", "text": plain()}, 1, 25),
    (CARD, "actions", {"type": "button", "text": plain()}, 0, 3),
    (CONTAINER, "child_blocks", SECTION, 1, 10),
    ({"type": "carousel"}, "elements", CARD, 1, 10),
    (CONTEXT_ACTIONS, "elements", CONTEXT_ACTIONS["elements"][0], 1, 5),
    (rich(), "elements", rich()["elements"][0], 1, None),
]


@pytest.mark.parametrize(("block", "name", "item", "least", "most"), COUNTS)
def test_counts(block: Json, name: str, item: Json, least: int, most: int | None) -> None:
    at = f"[json-pointer:/blocks/0/{name}]"
    assert said([{**block, name: [item] * (most or 40)}]) == []
    if least:
        assert said([{**block, name: []}])[-1] == f"must provide at least {least} items {at}"
    else:
        assert said([{**block, name: []}]) == []
    if most:
        assert said([{**block, name: [item] * (most + 1)}])[-1] == f"no more than {most} items allowed {at}"
    assert said([{**block, name: item}])[-1] == f"must be an array {at}"


LONG = "https://e.co/" + "a" * 2988
WRONG = [
    (put(HEADER, "text", mrkdwn()), "must be a valid enum value [json-pointer:/blocks/0/text/type]"),
    (put(HEADER, "text", "Hello"), "must be an object [json-pointer:/blocks/0/text]"),
    ({"type": "header", "text": {**plain(), "verbatim": True}}, "invalid additional property: verbatim [json-pointer:/blocks/0/text]"),
    ({"type": "section", "text": {**mrkdwn(), "emoji": True}}, "invalid additional property: emoji [json-pointer:/blocks/0/text]"),
    (put(SECTION, "text/verbatim", "no"), "must be a boolean [json-pointer:/blocks/0/text/verbatim]"),
    (put(SECTION, "text/type", "markdown"), "must be a valid enum value [json-pointer:/blocks/0/text/type]"),
    (put(SECTION, "text", None), "must be an object [json-pointer:/blocks/0/text]"),
    ({"type": "section"}, "must define either `text` or `fields` [json-pointer:/blocks/0/type]"),
    ({"type": "sections"}, "unsupported type: sections [json-pointer:/blocks/0/type]"),
    ({"type": 4}, "unsupported type: 4 [json-pointer:/blocks/0/type]"),
    (put(SECTION, "accessory", INPUT["element"]), "unsupported type: plain_text_input [json-pointer:/blocks/0/accessory/type]"),
    (put(SECTION, "accessory", {"type": "datetimepicker"}), "unsupported type: datetimepicker [json-pointer:/blocks/0/accessory/type]"),
    (put(ACTIONS, "elements/0", IMAGE), "unsupported type: image [json-pointer:/blocks/0/elements/0/type]"),
    (put(ACTIONS, "elements/0", INPUT["element"]), "unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0/type]"),
    (put(INPUT, "element", BUTTON), "unsupported type: button [json-pointer:/blocks/0/element/type]"),
    (put(INPUT, "label", mrkdwn()), "must be a valid enum value [json-pointer:/blocks/0/label/type]"),
    (put(CONTEXT, "elements/0", BUTTON), "unsupported type: button [json-pointer:/blocks/0/elements/0/type]"),
    (put(CONTEXT_ACTIONS, "elements/0", BUTTON), "unsupported type: button [json-pointer:/blocks/0/elements/0/type]"),
    (put(CONTEXT_ACTIONS, "elements/1/icon", "rocket"), "must be a valid enum value [json-pointer:/blocks/0/elements/1/icon]"),
    (put(CARD, "actions/0", IMAGE), "unsupported type: image [json-pointer:/blocks/0/actions/0/type]"),
    ({"type": "card", "subtitle": mrkdwn()}, "must define either `hero_image` or `title` or `actions` or `body` [json-pointer:/blocks/0/type]"),
    ({**CARD, "icon": IMAGE, "slack_icon": {"type": "icon", "name": "bug"}}, "must not define both `icon` and `slack_icon` [json-pointer:/blocks/0]"),
    (put(CARD, "slack_icon", {"type": "icon", "name": "cat"}), "must be a valid enum value [json-pointer:/blocks/0/slack_icon/name]"),
    ({"type": "container", "child_blocks": [SECTION]}, "must define either `title` or `rich_text_title` [json-pointer:/blocks/0/type]"),
    (put(CONTAINER, "child_blocks/0", CONTAINER), "unsupported type: container [json-pointer:/blocks/0/child_blocks/0/type]"),
    (put(CONTAINER, "child_blocks/0", MARKDOWN), "unsupported type: markdown [json-pointer:/blocks/0/child_blocks/0/type]"),
    (put(CONTAINER, "width", "huge"), "must be a valid enum value [json-pointer:/blocks/0/width]"),
    ({**CONTAINER, "default_collapsed": True}, "requires `is_collapsible` to be true [json-pointer:/blocks/0/default_collapsed]"),
    ({**CONTAINER, "is_collapsible": True, "has_header_divider": True}, "must not be set when `is_collapsible` is true [json-pointer:/blocks/0/has_header_divider]"),
    ({"type": "carousel", "elements": [SECTION]}, "unsupported type: section [json-pointer:/blocks/0/elements/0/type]"),
    ({"type": "image", "alt_text": "A"}, "must define either `image_url` or `slack_file` [json-pointer:/blocks/0]"),
    ({**IMAGE, "slack_file": {"id": "F1"}}, "must not define both `image_url` and `slack_file` [json-pointer:/blocks/0]"),
    ({"type": "image", "alt_text": "A", "slack_file": {}}, "must define either `id` or `url` [json-pointer:/blocks/0/slack_file]"),
    (put(IMAGE, "image_url", "a.png"), "must be a valid URL [json-pointer:/blocks/0/image_url]"),
    (put(IMAGE, "image_url", "https://e.co/" + "a" * 3000), "must be less than 3001 characters [json-pointer:/blocks/0/image_url]"),
    (put(VIDEO, "video_url", "http://example.com"), "must be a valid HTTPS URL [json-pointer:/blocks/0/video_url]"),
    (put(VIDEO, "video_url", LONG), "must be less than 3001 characters [json-pointer:/blocks/0/video_url]"),
    (put(VIDEO, "thumbnail_url", LONG), "must be less than 3001 characters [json-pointer:/blocks/0/thumbnail_url]"),
    (put(VIDEO, "title_url", LONG[:2001]), "must be less than 2001 characters [json-pointer:/blocks/0/title_url]"),
    (put(VIDEO, "provider_icon_url", LONG[:2001]), "must be less than 2001 characters [json-pointer:/blocks/0/provider_icon_url]"),
    (put(TASK, "sources", [{"type": "url", "url": LONG, "text": "a"}]), "must be less than 3001 characters [json-pointer:/blocks/0/sources/0/url]"),
    (put(CONTEXT_ACTIONS, "elements/1/visible_to_user_ids", ["U1"] * 11), "no more than 10 items allowed [json-pointer:/blocks/0/elements/1/visible_to_user_ids]"),
    (put(FILE, "source", "local"), "must be a valid enum value [json-pointer:/blocks/0/source]"),
    (put(TASK, "status", "done"), "must be a valid enum value [json-pointer:/blocks/0/status]"),
    (put(TASK, "details", plain()), "unsupported type: plain_text [json-pointer:/blocks/0/details/type]"),
    (put(TASK, "sources", [{"type": "url", "url": "x"}]), "must be a valid URL [json-pointer:/blocks/0/sources/0/url]"),
    (put(PLAN, "title", ""), "must be more than 0 characters [json-pointer:/blocks/0/title]"),
    (put(PLAN, "tasks", [TASK] * 51), "no more than 50 items allowed [json-pointer:/blocks/0/tasks]"),
    (put(PLAN, "tasks", [TASK] * 2), "`task_id` must be unique: t1 [json-pointer:/blocks/0/tasks/1/task_id]"),
    (put(ACTIONS, "elements", [BUTTON] * 2), "`action_id` must be unique: go [json-pointer:/blocks/0/elements/1/action_id]"),
    ("divider", "must be an object [json-pointer:/blocks/0]"),
]  # fmt: skip


@pytest.mark.parametrize(("block", "last"), WRONG, ids=lambda part: part if isinstance(part, str) else "")
def test_wrong_blocks(block: Json, last: str) -> None:
    assert said([block])[-1] == last


def test_the_nearest_object_is_named_before_its_failures() -> None:
    long = put(SECTION, "text/text", "a" * 3001)
    assert said([long]) == [
        "failed to match all allowed schemas [json-pointer:/blocks/0/text]",
        "must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
    ]


def test_a_block_reports_all_its_failures() -> None:
    assert said([{"type": "input", "label": mrkdwn(), "colour": 1}]) == [
        "failed to match all allowed schemas [json-pointer:/blocks/0]",
        "missing required field: element [json-pointer:/blocks/0]",
        "invalid additional property: colour [json-pointer:/blocks/0]",
        "failed to match all allowed schemas [json-pointer:/blocks/0/label]",
        "must be a valid enum value [json-pointer:/blocks/0/label/type]",
    ]


@pytest.mark.parametrize("blocks", [None, "[]", {"type": "divider"}, 3])
def test_blocks_that_are_no_array_have_their_own_error(blocks: object) -> None:
    assert [problem.code for problem in check_blocks(blocks, "message")] == ["invalid_blocks_format"]


@pytest.mark.parametrize(("surface", "most"), [("message", 50), ("modal", 100), ("home", 100)])
def test_number_of_blocks(surface: str, most: int) -> None:
    assert said([{"type": "divider"}] * most, surface) == []
    wrong = f"no more than {most} items allowed [json-pointer:/blocks]"
    assert said([{"type": "divider"}] * (most + 1), surface) == [wrong]


SAME: Json = {"type": "divider", "block_id": "same"}
TOGETHER = [
    ([SAME, SAME], "`block_id` must be unique: same [json-pointer:/blocks/1/block_id]"),
    ([SAME, put(CONTAINER, "child_blocks", [SAME])], "`block_id` must be unique: same [json-pointer:/blocks/1/child_blocks/0/block_id]"),
    ([TABLE, TABLE], "no more than 1 table blocks allowed [json-pointer:/blocks/1]"),
    ([CHART, CHART, CHART], "no more than 2 data_visualization blocks allowed [json-pointer:/blocks/2]"),
    ([put(MARKDOWN, "text", "a" * 6001)] * 2, "must be less than 12001 characters [json-pointer:/blocks/1]"),
    ([put(SECTION, "accessory", {"type": "datepicker", "focus_on_load": True})] * 2, "only one element can have `focus_on_load` [json-pointer:/blocks/1/accessory/focus_on_load]"),
]  # fmt: skip


@pytest.mark.parametrize(("blocks", "last"), TOGETHER, ids=lambda part: part if isinstance(part, str) else "")
def test_blocks_that_do_not_go_together(blocks: list[Json], last: str) -> None:
    assert said(blocks)[-1] == last
    assert said(blocks[:1]) == []


def test_empty_lists_that_slack_takes() -> None:
    quiet = put(CONTEXT_ACTIONS, "elements/1/visible_to_user_ids", [])
    assert said([put(PLAN, "tasks", []), put(CARD, "actions", []), quiet]) == []


def test_the_same_action_id_may_stand_in_two_blocks() -> None:
    assert said([ACTIONS, ACTIONS, CHART, CHART]) == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def paths(value: object, path: str = "") -> list[str]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for key, one in inner for found in (f"{path}{key}", *paths(one, f"{path}{key}/"))]


@given(st.data())
def test_any_json_anywhere_is_answered_with_pointers_that_exist_in_form(data: st.DataObject) -> None:
    block = data.draw(st.sampled_from(SAMPLES))
    broken = put(block, data.draw(st.sampled_from(paths(block))), data.draw(JSON))
    for surface in ("message", "modal", "home"):
        problems = check_blocks([broken], surface)
        assert all(
            str(one).endswith(f"[json-pointer:{one.pointer}]") and re.match(r"/blocks/0", one.pointer)
            for one in problems
        )
    assert isinstance(check_view(data.draw(JSON)), list)
