"""The Home tab: a contractor's own part, what waits for somebody, a manager's contractors, and an admin's office."""

from collections.abc import Sequence
from dataclasses import dataclass

from blocks import home_mine, home_office, home_theirs
from blocks.blocker import OPEN
from blocks.checklist import ALL as CHECKLISTS
from blocks.home_mine import Mine
from blocks.home_office import Office
from blocks.home_row import blocker_button, blocker_line
from blocks.home_theirs import Theirs
from blocks.kit import Block, actions, button, context, divider, header, section
from blocks.tongue_page import LABEL as LANGUAGE_LABEL
from blocks.tongue_page import OPEN as LANGUAGE
from blocks.whois import OPEN as WHOIS
from playbook.tongue import phrase
from storage.tables import Blocker

HELP = "circle.help"

MOST_WAITING = 5


@dataclass(frozen=True)
class Face:
    """What one person's Home is made of; parts that are None are not theirs."""

    user_id: str
    mine: Mine | None
    theirs: Theirs | None
    office: Office | None
    waiting: Sequence[Blocker]
    ask: str
    owed: int = 0
    farewell: str = ""


def draw(face: Face) -> list[Block]:
    """Draw somebody's Home: at most a hundred blocks, however much there is."""
    blocks: list[Block] = []
    if face.mine is not None:
        blocks += home_mine.draw(face.mine)
    if face.waiting or face.owed:
        blocks += _waiting(face)
    if face.theirs is not None:
        blocks += home_theirs.draw(face.theirs)
    if face.office is not None:
        blocks += home_office.draw(face.office)
    if face.farewell:
        blocks = [section(face.farewell), *blocks]
    elif not blocks:
        blocks += _stranger(face)
    return [*blocks, divider(), _foot()]


def _waiting(face: Face) -> list[Block]:
    """Show what waits for this person's help: blockers, and items of others' checklists."""
    shown = face.waiting[:MOST_WAITING]
    rows = [section(blocker_line(one, with_helper=False), blocker_button(phrase("Open"), OPEN, one)) for one in shown]
    more = len(face.waiting) - MOST_WAITING
    rest = [context(phrase("…and {more} more: `/blocker list` shows them.", more=more))] if more > 0 else []
    return [header(phrase("Waiting for you")), *rows, *rest, *_owed(face.owed)]


def _owed(items: int) -> list[Block]:
    if not items:
        return []
    words = (
        phrase("1 checklist item is yours") if items == 1 else phrase("{items} checklist items are yours", items=items)
    )
    return [
        section(
            phrase("{words} and due.", words=words),
            button(phrase("Open"), CHECKLISTS, spoken=phrase("Open what is yours in checklists")),
        )
    ]


def _stranger(face: Face) -> list[Block]:
    """Say what this is to somebody who is not part of it yet."""
    what = phrase(
        "Inner Circle helps contractors log their time and get unstuck, and tells their managers what needs them."
    )
    return [
        header(phrase("Welcome")),
        section(
            phrase(
                "{what}\nYou are not on the path yet. Those who were chosen add people with `/contractor add`; {ask}",
                what=what,
                ask=face.ask,
            )
        ),
        actions(button(phrase("How it works"), HELP), button(phrase("Who's who and words"), WHOIS)),
        context(phrase("I keep your name and time zone as Slack has them, and nothing else.")),
    ]


def _foot() -> Block:
    return section(
        phrase(
            "`/log` · `/blocker` · `/1on1` · `/ooo` · `/checklist` · `/whois` · `/contractor` · `/circle "
            "help`, or write to me in the Messages tab"
        ),
        button(LANGUAGE_LABEL, LANGUAGE),
    )
