"""How several letters look as one message: each as it would look alone, one under the other, within Slack's limits."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence

from blocks import kit
from blocks.tongue import spoken
from bot.render import Drawn, render
from playbook.tongue import ENGLISH, Tongue
from storage.tables import Letter

MOST_BLOCKS = 50
MOST_CHARACTERS = 13_000
MOST_TEXT = 3_900
MOST_OF_KIND = {"table": 1, "data_visualization": 2}
MARK = "part"
Blocks = Sequence[kit.Block]


def compose(letters: Sequence[Letter], reader: Tongue = ENGLISH) -> Drawn:
    """Draw letters as one message, in words, since languages differ in the room they need.

    A part for which there is no room goes without tables and charts, or as its text.
    """
    texts, shown = [], list[kit.Block]()
    for letter in letters:
        text, blocks = spoken(render(letter), reader)
        texts.append(text)
        line = [kit.divider()] if shown else []
        for drawn in (blocks or [kit.section(text)], _without_pictures(blocks), [kit.section(kit.clean(text))]):
            if drawn and _fit([*shown, *line, *_own(letter, drawn)]):
                shown += [*line, *_own(letter, drawn)]
                break
    return kit.clean("\n".join(texts), MOST_TEXT), shown


def _without_pictures(blocks: Blocks) -> Blocks:
    return [block for block in blocks if block["type"] not in MOST_OF_KIND]


def packed(letters: Sequence[Letter]) -> Iterator[Sequence[Letter]]:
    """Cut letters into messages that Slack takes, as few as can be."""
    group: list[Letter] = []
    room: list[kit.Block] = []
    for letter in letters:
        text, blocks = spoken(render(letter), ENGLISH)
        own = [kit.divider(), *_own(letter, blocks or [kit.section(text)])]
        if group and not _fit([*room, *own]):
            yield group
            group, room = [], []
        group.append(letter)
        room += own
    if group:
        yield group


def part_of(block_id: str) -> str:
    """Name the letter that a block of a composed message belongs to, "" where the message is but one letter."""
    mark, _, rest = block_id.partition(":")
    return rest.partition(":")[0] if mark == MARK else ""


def _own(letter: Letter, blocks: Blocks) -> list[kit.Block]:
    """Give each block an id that says whose it is, since ids must be unique within a message."""
    return [block | {"block_id": _id(letter, block, number)} for number, block in enumerate(blocks)]


def _id(letter: Letter, block: kit.Block, number: int) -> str:
    return f"{MARK}:{letter.id}:{block.get('block_id') or number}"[:255]


def _fit(blocks: Blocks) -> bool:
    kinds = Counter(block["type"] for block in blocks)
    few = len(blocks) <= MOST_BLOCKS and all(kinds[kind] <= most for kind, most in MOST_OF_KIND.items())
    return few and len(json.dumps(blocks, ensure_ascii=False)) <= MOST_CHARACTERS
