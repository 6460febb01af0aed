"""The digest's lines about signs of overwork: what was logged, and a question about the scope."""

from blocks.flag import OPEN
from blocks.health import ADD_ABOUT
from blocks.kit import Block, actions, button, esc, one_line, section
from playbook.digest import Row
from playbook.tongue import phrase

LONGEST = 300


def strain(row: Row, title: str) -> list[Block]:
    """Say what a contractor logged, that they know of it, and what to ask about the scope."""
    assert row.strain is not None  # rows of this kind are about a red flag (playbook/digest.py)
    one = row.strain
    words = f": “{one_line(one.words, 200)}”" if one.words else "."
    too_much = phrase("\nThey say there is too much scope{words}", words=words) if one.too_much else ""
    said = phrase(
        "*{title}* · {said} They know of it.{too_much}\n{ask}",
        title=title,
        said=esc(one.said, LONGEST),
        too_much=too_much,
        ask=esc(one.ask, LONGEST),
    )
    talk = button(
        phrase("Talk in 1:1"), ADD_ABOUT, f"flag:{one.key}", spoken=phrase("Put this on the list of the next 1:1")
    )
    return [
        section(said),
        actions(talk, button(phrase("See more"), OPEN, one.contractor, spoken=phrase("See all signs of overwork"))),
    ]
