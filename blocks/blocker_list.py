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
from playbook.tongue import numbered, phrase
from storage.blocker import Case
from storage.tables import Blocker

MOST_NOTES = 20
MOST_ASKED = 7


def listing(
    title: str, blockers: Sequence[Blocker], most: int, offer: tuple[str, str] = (phrase("Open"), OPEN)
) -> Drawn:
    """List blockers, each with a button beside it: (label, action)."""
    shown = blockers[:most]
    blocks = [kit.section(f"*{title}*")]
    blocks += [
        kit.section(
            phrase(
                "{blocker}\n→ {taken_by}, since {since}",
                blocker=line(blocker),
                taken_by=kit.mention(blocker.taken_by or blocker.helper_id),
                since=kit.when(blocker.since),
            ),
            button(blocker, *offer),
        )
        for blocker in shown
    ]
    rest = phrase("There are more; `/blocker mine` shows your own, `/blocker 12` a single one.")
    blocks += [kit.context(rest)] if len(blockers) > most else []
    return "\n".join([title, *(line(blocker) for blocker in shown)]), blocks


def morning(blockers: Sequence[Blocker], answered: Collection[str]) -> Drawn:
    """Ask somebody about what they were stuck on yesterday; `answered` are the ids they said yes to."""
    count = numbered("{n} blocker", "{n} blockers", len(blockers))
    text = phrase("☀️ Good morning. Still stuck? {count} from before today:", count=count)
    blocks = [kit.section(text)]
    for blocker in blockers[:MOST_ASKED]:
        blocks.append(kit.section(f"{line(blocker)}\n{trail(blocker)}"))
        if blocker.state == State.RESOLVED:
            continue
        if blocker.id in answered:
            blocks.append(kit.context(phrase("You said: still stuck. Your helper knows.")))
        blocks.append(_still(blocker, said=blocker.id in answered))
    more = len(blockers) - MOST_ASKED
    blocks += [kit.context(phrase("…and {more} more: `/blocker mine` lists them.", more=more))] if more > 0 else []
    return "\n".join([text, *(line(blocker) for blocker in blockers[:MOST_ASKED])]), blocks


def _still(blocker: Blocker, *, said: bool) -> Block:
    buttons = [button(blocker, phrase("Solved"), RESOLVE), button(blocker, phrase("Worked around"), AROUND)]
    if not said:
        buttons.insert(0, button(blocker, phrase("Yes, still stuck"), STILL))
    return kit.actions(*buttons, block_id=f"morning:{blocker.id}")


def page(case: Case, viewer: str, book: BlockerBook, hours: Hours, lead: str = "") -> View:
    """Show a blocker with everything that happened to it."""
    blocker = case.blocker
    blocks = [kit.section(lead)] if lead else []
    blocks += [*body(case, book, hours), buttons(blocker, viewer)]
    if blocker.tried:
        blocks += [kit.section(phrase("*Tried*")), *words(blocker.tried)]
    blocks += [kit.divider(), kit.section(phrase("*What happened*"))]
    blocks += [kit.context(note_line(note, 400)) for note in case.notes[-MOST_NOTES:]]
    return kit.modal(
        phrase("Blocker #{number}", number=blocker.number), blocks, close=phrase("Close"), memo=f"|{blocker.id}"
    )
