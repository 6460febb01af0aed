"""How a letter looks when it is sent: what its noun drew, and what every letter of its kind has besides."""

from typing import Any

from blocks.nudge import with_exits
from storage.tables import Letter

Drawn = tuple[str, list[dict[str, Any]]]


def render(letter: Letter) -> Drawn:
    """Give the text and the blocks with which a letter is to be shown."""
    return letter.text, with_exits(letter)
