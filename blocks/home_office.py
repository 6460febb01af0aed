"""An admin's part of Home: how far the set-up has come, the self-test, what the bot says, and what did not arrive."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from blocks.checklist_template import OPEN as TEMPLATES
from blocks.contractor import ADD, LIST
from blocks.delivery import row as failed_row
from blocks.kit import Block, actions, button, context, header, section
from blocks.packet import EDIT as PACKET
from playbook.tongue import numbered, phrase
from storage.tables import Letter

MOST_FAILED = 8


@dataclass(frozen=True)
class Office:
    """An admin's part: how many are on the path, what could not be delivered and why, and the set-up as it is drawn.

    `sent` and `waiting` count the messages of the last 24 hours, and those that are still to leave.
    """

    on_the_path: int
    failed: Sequence[tuple[Letter, str]]
    meter: Sequence[Block] = field(default=())
    sent: int = 0
    waiting: int = 0


def draw(office: Office) -> list[Block]:
    """Draw it."""
    people = (
        numbered("{n} contractor", "{n} contractors", office.on_the_path)
        if office.on_the_path
        else phrase("Nobody yet")
    )
    rows = [block for letter, why in office.failed[:MOST_FAILED] for block in failed_row(letter, why)]
    more = len(office.failed) > MOST_FAILED
    return [
        header(phrase("Admin")),
        *office.meter,
        section(phrase("{people} on the path. {office}", people=people, office=_delivered(office))),
        *rows,
        *([context(phrase("…and more; these come first."))] if more else []),
        actions(
            button(phrase("Add contractor"), ADD),
            button(phrase("All contractors"), LIST),
            button(phrase("Welcome packet"), PACKET),
            button(phrase("Checklist templates"), TEMPLATES),
        ),
        context(
            phrase(
                "Deliveries: {sent} in the last 24 hours, {waiting} on their way.",
                sent=office.sent,
                waiting=office.waiting,
            )
        ),
    ]


def _delivered(office: Office) -> str:
    if not office.failed:
        return phrase("Every message has arrived.")
    return phrase("Some messages did not arrive; here is why, and what to do:")
