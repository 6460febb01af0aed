"""The small forms of a checklist: why not, put off, how it was confirmed, and adding something by hand."""

from collections.abc import Sequence
from datetime import date

from blocks import fields
from blocks.checklist import BACK
from blocks.kit import Block, View, actions, button, day_name, modal, one_line, section
from playbook.checklist import ChecklistLimits
from playbook.tongue import phrase

WHY_NOT_FORM = "checklist.why_not_form"
SNOOZE_FORM = "checklist.snooze_form"
PROOF_FORM = "checklist.proof_form"
ADD_FORM = "checklist.add_form"


def why_not(text: str, memo: str, limits: ChecklistLimits, *, back: bool) -> View:
    """Ask why an item does not apply here."""
    field = fields.text(
        "why_not",
        phrase("Why does it not apply?"),
        most=limits.why_not,
        lines=True,
        hint=phrase("Everybody who sees the checklist sees it, so a few words are enough."),
    )
    return _form(phrase("Not applicable"), text, [field], WHY_NOT_FORM, phrase("Save"), memo, back=back)


def snooze(text: str, choices: Sequence[tuple[str, date]], memo: str, *, back: bool) -> View:
    """Ask until when an item is put off."""
    options = [(f"{name} ({day_name(day)})", day.isoformat()) for name, day in choices]
    blocks = [
        fields.radio("until", phrase("Ask again"), options, options[0][1], optional=True),
        fields.day("day", phrase("Or on another day"), optional=True, hint=phrase("This one counts if you choose it.")),
    ]
    return _form(phrase("Snooze"), text, blocks, SNOOZE_FORM, phrase("Snooze"), memo, back=back)


def proof(text: str, memo: str, limits: ChecklistLimits, *, back: bool) -> View:
    """Ask how something about security was confirmed."""
    field = fields.text(
        "proof",
        phrase("How was it confirmed?"),
        most=limits.proof,
        lines=True,
        example=phrase("2FA on GitHub: authenticator app, seen in the settings"),
        hint=phrase("Please no passwords and no codes. Operations or the manager then verify it."),
    )
    return _form(phrase("Done, with a proof"), text, [field], PROOF_FORM, phrase("Confirm"), memo, back=back)


def add(memo: str, limits: ChecklistLimits, text: str = "", *, mine: bool) -> View:
    """Ask for something to add by hand."""
    whose = phrase("your checklist") if mine else phrase("this checklist")
    field = fields.text(
        "text", phrase("What is to be done?"), text, most=limits.text, example=phrase("Read the brand book")
    )
    return _form(
        phrase("Add an item"),
        phrase("It goes to the end of {whose}.", whose=whose),
        [field],
        ADD_FORM,
        phrase("Add"),
        memo,
        back=True,
    )


def _form(
    title: str, text: str, blocks: Sequence[Block], callback_id: str, submit: str, memo: str, *, back: bool
) -> View:
    top = [section(one_line(text, 300)), *([actions(button(phrase("Back to the list"), BACK))] if back else [])]
    return modal(title, [*top, *blocks], callback_id, submit, memo=memo)
