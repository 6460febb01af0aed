"""A blocker as one row of Home."""

from blocks.blocker import NAMES
from blocks.kit import Block, button, mention, one_line, when
from playbook.blocker import State
from playbook.tongue import phrase
from storage.tables import Blocker


def with_whom(blocker: Blocker) -> str:
    """Give the user id of whoever has the blocker now."""
    return blocker.taken_by or blocker.helper_id


def blocker_line(blocker: Blocker, *, with_helper: bool) -> str:
    """Say what is stuck, how far it has come, and with whom it is or from whom it comes."""
    whom = (
        phrase("with {blocker}", blocker=mention(with_whom(blocker)))
        if with_helper
        else phrase("from {blocker}", blocker=mention(blocker.user_id))
    )
    state = NAMES[State(blocker.state)]
    return phrase(
        "*#{number}* {blocker}\n{state}, {whom}, since {created_at}",
        number=blocker.number,
        blocker=one_line(blocker.text, 120),
        state=state,
        whom=whom,
        created_at=when(blocker.created_at),
    )


def blocker_button(label: str, action: str, blocker: Blocker) -> Block:
    """Offer something to do with it, with its number for those who only hear the label."""
    return button(
        label, action, blocker.id, spoken=phrase("{label}: blocker {number}", label=label, number=blocker.number)
    )
