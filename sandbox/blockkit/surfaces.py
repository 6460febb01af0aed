"""Surfaces: which blocks a message, a modal or the Home tab takes, and what holds for all of them together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from sandbox.blockkit.blocks import BLOCKS, MARKDOWN_MOST
from sandbox.blockkit.checks import Check, array, kinds
from sandbox.blockkit.data import characters
from sandbox.blockkit.problem import Found, fail, merge

COMMON = "actions card context divider header image input rich_text section video"
WIDE = "carousel container data_table data_visualization table"
TAKES = {
    "message": f"{COMMON} {WIDE} context_actions file markdown plan task_card",
    "modal": f"{COMMON} alert",
    "home": f"{COMMON} {WIDE}",
}
MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}
MOST_OF_KIND = {"table": 1, "data_visualization": 2}
# Characters of all blocks of a kind together: Slack's pages on the markdown, table and data table blocks.
MOST_CHARACTERS = {"markdown": MARKDOWN_MOST, "table": 10_000, "data_table": 20_000}

CHECKS: dict[str, Check] = {
    surface: array(kinds({kind: BLOCKS[kind] for kind in kind_list.split()}), 0, MOST_BLOCKS[surface])
    for surface, kind_list in TAKES.items()
}


def check_surface(blocks: list[Any], surface: str, pointer: str) -> Found:
    """Check each block for itself, then, once all are sound, what they may not do together."""
    found = CHECKS[surface](blocks, pointer)
    if found:
        return found
    placed = list(every_block(blocks, pointer))
    return merge(one for check in (same_ids, too_many, too_long, focus_fights) for one in check(placed))


def every_block(blocks: list[Any], pointer: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Walk the blocks and those inside containers, carousels and plans, each with its pointer."""
    for place, block in enumerate(blocks):
        here = f"{pointer}/{place}"
        yield block, here
        for name, holder in (("child_blocks", "container"), ("elements", "carousel"), ("tasks", "plan")):
            if block["type"] == holder:
                yield from every_block(block.get(name, []), f"{here}/{name}")


Placed = list[tuple[dict[str, Any], str]]


def same_ids(placed: Placed) -> Iterator[Found]:
    """Find a `block_id` that an earlier block already has."""
    seen: set[str] = set()
    for block, pointer in placed:
        block_id = block.get("block_id")
        if block_id in seen:
            yield fail(f"`block_id` must be unique: {block_id}", f"{pointer}/block_id").house(pointer)
        if block_id is not None:
            seen.add(block_id)


def too_many(placed: Placed) -> Iterator[Found]:
    """Find kinds of block of which one message holds only so many."""
    counts: Counter[str] = Counter()
    for block, pointer in placed:
        kind = block["type"]
        counts[kind] += 1
        if kind in MOST_OF_KIND and counts[kind] > MOST_OF_KIND[kind]:
            yield fail(f"no more than {MOST_OF_KIND[kind]} {kind} blocks allowed", pointer).house(pointer)


def too_long(placed: Placed) -> Iterator[Found]:
    """Find kinds of block whose texts together are longer than Slack takes."""
    lengths: Counter[str] = Counter()
    for block, pointer in placed:
        kind = block["type"]
        most = MOST_CHARACTERS.get(kind)
        if most is None:
            continue
        lengths[kind] += characters(block)
        if lengths[kind] > most:
            yield fail(f"must be less than {most + 1} characters", pointer).house(pointer)
            return


def focus_fights(placed: Placed) -> Iterator[Found]:
    """Find a second element that wants the cursor when the view opens."""
    wanting = [at for block, pointer in placed for element, at in parts(block, pointer) if element.get("focus_on_load")]
    for pointer in wanting[1:]:
        yield fail("only one element can have `focus_on_load`", f"{pointer}/focus_on_load").house(pointer)


def parts(block: dict[str, Any], pointer: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Walk the elements a person can act on in one block."""
    for name in ("accessory", "element"):
        if name in block:
            yield block[name], f"{pointer}/{name}"
    if block["type"] == "actions":
        for place, element in enumerate(block["elements"]):
            yield element, f"{pointer}/elements/{place}"
