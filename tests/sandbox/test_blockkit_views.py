"""The Block Kit validator: modals and the Home tab."""

import json
from typing import Any

import pytest

from sandbox.blockkit import check_view

Json = dict[str, Any]


def plain(text: str = "Hello") -> Json:
    return {"type": "plain_text", "text": text}


DIVIDER: Json = {"type": "divider"}
INPUT: Json = {"type": "input", "label": plain(), "element": {"type": "plain_text_input"}}
CHART: Json = {
    "type": "data_visualization",
    "title": "Mood",
    "chart": {"type": "pie", "segments": [{"label": "Calm", "value": 1}]},
}


def modal(**fields: object) -> Json:
    return {"type": "modal", "title": plain(), "blocks": [DIVIDER], **fields}


def home(**fields: object) -> Json:
    return {"type": "home", "blocks": [DIVIDER], **fields}


GOOD: list[Json] = [
    modal(),
    modal(blocks=[]),
    modal(blocks=[INPUT], submit=plain("a" * 24), close=plain("b" * 24), title=plain("c" * 24)),
    modal(private_metadata="p" * 3000, callback_id="c" * 255, external_id="e" * 255),
    modal(clear_on_close=True, notify_on_close=False, blocks=[DIVIDER] * 100),
    modal(blocks=[{"type": "alert", "text": plain()}]),
    home(),
    home(blocks=[INPUT, CHART], private_metadata="", callback_id="", external_id=""),
]


def said(view: object) -> list[str]:
    return [str(problem) for problem in check_view(view)]


@pytest.mark.parametrize("view", GOOD)
def test_good_views(view: Json) -> None:
    assert said(view) == []


MISMATCH = "failed to match all allowed schemas [json-pointer:/view]"
WRONG: list[tuple[object, str, str]] = [
    ([], "", "must be an object"),
    ({}, "", "missing required field: type"),
    ({"type": "dialog"}, "/type", "must be a valid enum value"),
    ({"type": "modal", "blocks": []}, "", "missing required field: title"),
    ({"type": "modal", "title": plain()}, "", "missing required field: blocks"),
    (home(title=plain()), "", "invalid additional property: title"),
    (home(submit=plain()), "", "invalid additional property: submit"),
    (home(close=plain()), "", "invalid additional property: close"),
    (home(notify_on_close=True), "", "invalid additional property: notify_on_close"),
    (modal(submit_disabled=True), "", "invalid additional property: submit_disabled"),
    (modal(title=plain("a" * 25)), "/title/text", "must be less than 25 characters"),
    (modal(title=plain("")), "/title/text", "must be more than 0 characters"),
    (modal(title={"type": "mrkdwn", "text": "a"}), "/title/type", "must be a valid enum value"),
    (modal(submit=plain("a" * 25)), "/submit/text", "must be less than 25 characters"),
    (modal(close=plain("a" * 25)), "/close/text", "must be less than 25 characters"),
    (modal(private_metadata="p" * 3001), "/private_metadata", "must be less than 3001 characters"),
    (modal(private_metadata={"a": 1}), "/private_metadata", "must be a string"),
    (modal(callback_id="c" * 256), "/callback_id", "must be less than 256 characters"),
    (modal(external_id="c" * 256), "/external_id", "must be less than 256 characters"),
    (modal(clear_on_close="yes"), "/clear_on_close", "must be a boolean"),
    (modal(blocks={}), "/blocks", "must be an array"),
    (modal(blocks=[DIVIDER] * 101), "/blocks", "no more than 100 items allowed"),
    (modal(blocks=[DIVIDER, INPUT]), "/blocks/1/input", "must define `submit` to use an `input` block in modals"),
    (modal(blocks=[CHART]), "/blocks/0/type", "unsupported type: data_visualization"),
    (modal(blocks=[{**DIVIDER, "block_id": "b"}] * 2), "/blocks/1/block_id", "`block_id` must be unique: b"),
    (home(blocks=[{"type": "markdown", "text": "a"}]), "/blocks/0/type", "unsupported type: markdown"),
]


@pytest.mark.parametrize(("view", "at", "wrong"), WRONG)
def test_wrong_views(view: object, at: str, wrong: str) -> None:
    assert said(view)[-1] == f"{wrong} [json-pointer:/view{at}]"


def test_a_long_metadata_reads_as_slack_writes_it() -> None:
    wrong = "must be less than 3001 characters [json-pointer:/view/private_metadata]"
    assert said(modal(private_metadata="p" * 3001)) == [MISMATCH, wrong]


LIMIT = 250 * 1024


def weigh(view: Json) -> int:
    return len(json.dumps(view, ensure_ascii=False, separators=(",", ":")).encode())


def view_of(size: int) -> Json:
    """A Home view whose compact JSON has exactly this many bytes, with letters of two bytes in it."""
    texts = ["é" * 1450 for _ in range(80)]
    view = home(blocks=[{"type": "section", "text": plain(text)} for text in texts], private_metadata="é" * 1000)
    missing = size - weigh(view)
    for block in view["blocks"]:
        more = min(missing, 1500)
        block["text"]["text"] += "a" * more
        missing -= more
    return view


@pytest.mark.parametrize(("size", "codes"), [(LIMIT, []), (LIMIT + 1, ["view_too_large"])])
def test_a_view_of_more_than_250_kilobytes_is_too_large(size: int, codes: list[str]) -> None:
    view = view_of(size)
    assert weigh(view) == size
    assert [problem.code for problem in check_view(view)] == codes
