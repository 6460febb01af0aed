"""An admin's part of Home: how far the set-up has come, the self-test, what the bot says, and what did not arrive."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from blocks.checklist_template import OPEN as TEMPLATES
from blocks.contractor import ADD, LIST
from blocks.delivery import row as failed_row
from blocks.kit import Block, actions, button, context, header, plural, section
from blocks.packet import EDIT as PACKET
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
    people = plural(office.on_the_path, "contractor") if office.on_the_path else "Nobody yet"
    rows = [block for letter, why in office.failed[:MOST_FAILED] for block in failed_row(letter, why)]
    more = len(office.failed) > MOST_FAILED
    return [
        header("Admin"),
        *office.meter,
        section(f"{people} on the path. {_delivered(office)}"),
        *rows,
        *([context("…and more; these come first.")] if more else []),
        actions(
            button("Add contractor", ADD),
            button("All contractors", LIST),
            button("Welcome packet", PACKET),
            button("Checklist templates", TEMPLATES),
        ),
        context(f"Deliveries: {office.sent} in the last 24 hours, {office.waiting} on their way."),
    ]


def _delivered(office: Office) -> str:
    if not office.failed:
        return "Every message has arrived."
    return "Some messages did not arrive; here is why, and what to do:"
