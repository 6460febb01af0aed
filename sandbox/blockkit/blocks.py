"""Blocks: one table per kind of block."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.blockkit.checks import (
    Check,
    Rule,
    Shape,
    array,
    boolean,
    kinds,
    link,
    one_of,
    secure_link,
    string,
    tagged,
    web_link,
)
from sandbox.blockkit.data import BLOCK_ID, DATA_BLOCKS
from sandbox.blockkit.elements import ACCESSORIES, ACTIONS, BUTTONS, CONTEXT_BUTTONS, IMAGE, INPUTS
from sandbox.blockkit.objects import SLACK_FILE, SLACK_ICON, plain, text, text_tables
from sandbox.blockkit.problem import Problem
from sandbox.blockkit.rich_text import RICH_TEXT, RICH_TEXT_TABLE
from sandbox.blockkit.rules import any_of, exactly_one, not_both, unique

MARKDOWN_MOST = 12_000
PICTURE = kinds(IMAGE)
SOURCE = kinds({"url": tagged({"url": link(3000), "text": string()})})


def block(required: Mapping[str, Check], optional: Mapping[str, Check], *rules: Rule) -> Shape:
    """Build a block's table; every block may have a `block_id` of up to 255 characters."""
    return tagged(required, {**BLOCK_ID, **optional}, *rules)


def collapsing_makes_sense(value: Mapping[str, Any], pointer: str) -> Iterator[Problem]:
    """Refuse a container that starts folded but cannot fold, or folds and has a header line."""
    folds = value.get("is_collapsible", False)
    if value.get("default_collapsed") and not folds:
        yield Problem("requires `is_collapsible` to be true", f"{pointer}/default_collapsed")
    if value.get("has_header_divider") and folds:
        yield Problem("must not be set when `is_collapsible` is true", f"{pointer}/has_header_divider")


TEXT_BLOCKS: dict[str, Check] = {
    "divider": block({}, {}),
    "header": block({"text": plain(150)}, {}),
    "section": block(
        {},
        {
            "text": text(3000),
            "fields": array(text(2000), 1, 10),
            "accessory": kinds(ACCESSORIES),
            "expand": boolean,
        },
        any_of("text", "fields", at="/type"),
    ),
    "context": block({"elements": array(kinds({**IMAGE, **text_tables()}), 1, 10)}, {}),
    "markdown": block({"text": string(MARKDOWN_MOST)}, {}),
    "rich_text": RICH_TEXT_TABLE,
    "alert": block({"text": text(200)}, {"level": one_of("default", "info", "warning", "error", "success")}),
}

ACTIVE_BLOCKS: dict[str, Check] = {
    "actions": block(
        {"elements": array(kinds(ACTIONS), 1, 25)},
        {},
        unique("elements", "action_id"),
    ),
    "context_actions": block(
        {"elements": array(kinds(CONTEXT_BUTTONS), 1, 5)},
        {},
        unique("elements", "action_id"),
    ),
    "input": block(
        {"label": plain(2000), "element": kinds(INPUTS)},
        {"hint": plain(2000), "optional": boolean, "dispatch_action": boolean},
    ),
}

MEDIA_BLOCKS: dict[str, Check] = {
    "image": block(
        {"alt_text": string(2000)},
        {"image_url": web_link(3000), "slack_file": SLACK_FILE, "title": plain(2000)},
        exactly_one("image_url", "slack_file"),
    ),
    "video": block(
        {
            "alt_text": string(2000),
            "title": plain(200),
            "thumbnail_url": web_link(3000),
            "video_url": secure_link(3000),
        },
        {
            "title_url": secure_link(2000),
            "author_name": string(50),
            "provider_name": string(50),
            "provider_icon_url": web_link(2000),
            "description": plain(200),
        },
    ),
    "file": block({"source": one_of("remote"), "external_id": string(255)}, {}),
}

CARD = block(
    {},
    {
        "hero_image": PICTURE,
        "icon": PICTURE,
        "slack_icon": SLACK_ICON,
        "title": text(150),
        "subtitle": text(150),
        "body": text(200),
        "subtext": text(200),
        "actions": array(kinds({"button": BUTTONS["button"]}), 0, 3),
    },
    any_of("hero_image", "title", "actions", "body", at="/type"),
    not_both("icon", "slack_icon"),
    unique("actions", "action_id"),
)

TASK_CARD = block(
    {
        "task_id": string(),
        "title": string(),
        "status": one_of("pending", "in_progress", "complete", "error"),
    },
    {"details": RICH_TEXT, "output": RICH_TEXT, "sources": array(SOURCE)},
)

SIMPLE_BLOCKS: dict[str, Check] = {**TEXT_BLOCKS, **ACTIVE_BLOCKS, **MEDIA_BLOCKS, **DATA_BLOCKS}
CHILDREN: dict[str, Check] = {
    kind: check
    for kind, check in SIMPLE_BLOCKS.items()
    if kind not in ("alert", "context_actions", "data_table", "data_visualization", "markdown")
}

BLOCKS: dict[str, Check] = {
    **SIMPLE_BLOCKS,
    "card": CARD,
    "carousel": block({"elements": array(kinds({"card": CARD}), 1, 10)}, {}),
    "container": block(
        {"child_blocks": array(kinds(CHILDREN), 1, 10)},
        {
            "title": plain(150),
            "rich_text_title": RICH_TEXT,
            "subtitle": text(150),
            "width": one_of("narrow", "standard", "wide", "full"),
            "icon": PICTURE,
            "is_collapsible": boolean,
            "default_collapsed": boolean,
            "has_header_divider": boolean,
        },
        any_of("title", "rich_text_title", at="/type"),
        collapsing_makes_sense,
    ),
    "task_card": TASK_CARD,
    "plan": block(
        {"title": string()},
        {"tasks": array(kinds({"task_card": TASK_CARD}), 0, 50)},
        unique("tasks", "task_id"),
    ),
}
