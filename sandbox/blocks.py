"""Walking through blocks: their elements, and the ids Slack gives to those that have none."""

from collections.abc import Iterator
from typing import Any

from sandbox import ids

Json = dict[str, Any]
SILENT = frozenset({"image", "mrkdwn", "plain_text", "date", "text", "url_source"})


def elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Yield every interactive element with the block it stands in."""
    for block in blocks:
        if block["type"] == "input":
            yield block, block["element"]
        elif block["type"] in ("actions", "context_actions"):
            yield from ((block, element) for element in block["elements"])
        elif block["type"] == "section" and block.get("accessory", {}).get("type") not in SILENT | {None}:
            yield block, block["accessory"]
        elif block["type"] == "card":
            yield from ((block, element) for element in block.get("actions", []))
        else:
            yield from elements(block.get("child_blocks") or [])


def with_ids(blocks: list[Json]) -> list[Json]:
    """Copy blocks, giving a block_id and action_ids where the app left them out."""
    return [_block(block) for block in blocks]


def _block(block: Json) -> Json:
    whole = {**block, "block_id": block.get("block_id") or ids.fresh("", 5)}
    if block["type"] == "input":
        whole["element"] = _element(block["element"])
    elif block["type"] in ("actions", "context_actions"):
        whole["elements"] = [_element(element) for element in block["elements"]]
    elif block["type"] == "section" and "accessory" in block:
        whole["accessory"] = _element(block["accessory"])
    elif isinstance(block.get("child_blocks"), list):
        whole["child_blocks"] = with_ids(block["child_blocks"])
    return whole


def _element(element: Json) -> Json:
    if element.get("type") in SILENT:
        return element
    return {**element, "action_id": element.get("action_id") or ids.fresh("", 5)}
