"""Several blockers at once, one of them with everything about it, and the morning question."""

from collections.abc import Collection, Sequence

from blocks import kit
from blocks.blocker import (
    AROUND,
    OPEN,
    RESOLVE,
    STILL,
    Drawn,
    body,
    button,
    buttons,
    line,
    note_line,
    trail,
    words,
)
from blocks.kit import Block, View
from playbook.blocker import BlockerBook, State
from playbook.hours import Hours
from storage.blocker import Case
from storage.tables import Blocker

MOST_NOTES = 20
MOST_ASKED = 7


def listing(title: str, blockers: Sequence[Blocker], most: int, offer: tuple[str, str] = ("Open", OPEN)) -> Drawn:
    """List blockers, each with a button beside it: (label, action)."""
    shown = blockers[:most]
    blocks = [kit.section(f"*{title}*")]
    blocks += [
        kit.section(
            f"{line(blocker)}\n→ {kit.mention(blocker.taken_by or blocker.helper_id)}, since {kit.when(blocker.since)}",
            button(blocker, *offer),
        )
        for blocker in shown
    ]
    rest = "There are more; `/blocker mine` shows your own, `/blocker 12` a single one."
    blocks += [kit.context(rest)] if len(blockers) > most else []
    return "\n".join([title, *(line(blocker) for blocker in shown)]), blocks


def morning(blockers: Sequence[Blocker], answered: Collection[str]) -> Drawn:
    """Ask somebody about what they were stuck on yesterday; `answered` are the ids they said yes to."""
    count = kit.plural(len(blockers), "blocker")
    text = f"☀️ Good morning. Still stuck? {count} from before today:"
    blocks = [kit.section(text)]
    for blocker in blockers[:MOST_ASKED]:
        blocks.append(kit.section(f"{line(blocker)}\n{trail(blocker)}"))
        if blocker.state == State.RESOLVED:
            continue
        if blocker.id in answered:
            blocks.append(kit.context("You said: still stuck. Your helper knows."))
        blocks.append(_still(blocker, said=blocker.id in answered))
    more = len(blockers) - MOST_ASKED
    blocks += [kit.context(f"…and {more} more: `/blocker mine` lists them.")] if more > 0 else []
    return "\n".join([text, *(line(blocker) for blocker in blockers[:MOST_ASKED])]), blocks


def _still(blocker: Blocker, *, said: bool) -> Block:
    buttons = [button(blocker, "Solved", RESOLVE), button(blocker, "Worked around", AROUND)]
    if not said:
        buttons.insert(0, button(blocker, "Yes, still stuck", STILL))
    return kit.actions(*buttons, block_id=f"morning:{blocker.id}")


def page(case: Case, viewer: str, book: BlockerBook, hours: Hours, lead: str = "") -> View:
    """Show a blocker with everything that happened to it."""
    blocker = case.blocker
    blocks = [kit.section(lead)] if lead else []
    blocks += [*body(case, book, hours), buttons(blocker, viewer)]
    if blocker.tried:
        blocks += [kit.section("*Tried*"), *words(blocker.tried)]
    blocks += [kit.divider(), kit.section("*What happened*")]
    blocks += [kit.context(note_line(note, 400)) for note in case.notes[-MOST_NOTES:]]
    return kit.modal(f"Blocker #{blocker.number}", blocks, close="Close", memo=f"|{blocker.id}")
