"""What a manager sees of the notes they keep for themselves: nobody else is ever shown one."""

from collections.abc import Sequence
from datetime import datetime

from blocks import fields
from blocks.kit import View, context, divider, esc, modal, section, when
from playbook.oneonone_run import LONGEST_NOTE
from playbook.tongue import phrase

NOTE = "oneonone.note"
NOTE_FORM = "oneonone.note_form"
SHOWN = 1200


def form(name: str, text: str, past: Sequence[tuple[datetime, str]], memo: str) -> View:
    """Ask for a note about a 1:1, over the notes of one's own about earlier ones: pairs of (when, words)."""
    promise = phrase("Only you can read this. Not {name}, not an admin, not the next manager.", name=esc(name))
    field = fields.text("note", phrase("Note"), text, most=LONGEST_NOTE, lines=True, optional=True)
    blocks = [section(promise), field, context(phrase("Saving it empty takes it away."))]
    if past:
        blocks += [divider(), section(phrase("*Your earlier notes about 1:1s with {name}*", name=esc(name)))]
    blocks += [section(f"*{when(at, '{date_short_pretty}')}*\n{esc(words, SHOWN)}") for at, words in past]
    return modal(phrase("Note for me"), blocks, NOTE_FORM, submit=phrase("Save"), memo=memo)


def saved(*, gone: bool) -> str:
    """Answer the manager, without the words."""
    return phrase("Your note is gone.") if gone else phrase("Kept. Only you can read it: open it with “Note for me”.")
