"""The kind questions a manager can have asked, and what the manager hears of them."""

from datetime import datetime

from blocks.digest import Drawn
from blocks.kit import actions, button, mention, section, when
from blocks.log import TODAY, YESTERDAY
from playbook.tongue import numbered, phrase


def nudge(manager_id: str, days: int) -> Drawn:
    """Ask a contractor kindly about a quiet log."""
    text = phrase(
        "{manager_id} noticed {quiet_working_day} in your log. Is there something to add?",
        manager_id=mention(manager_id),
        quiet_working_day=numbered("{n} quiet working day", "{n} quiet working days", days),
    )
    rest = phrase("If you were off, or something keeps you from it, just tell them; nothing else is needed.")
    return text, [
        section(f"👋 {text}\n{rest}"),
        actions(button(phrase("Log today"), TODAY, style="primary"), button(phrase("Log yesterday"), YESTERDAY)),
    ]


def will_ask(user_id: str, at: datetime | None) -> str:
    """Tell a manager when the question goes out."""
    if at is None:
        return phrase("I am asking {user_id} now, kindly.", user_id=mention(user_id))
    return phrase("I will ask {user_id} when their day begins, {at}.", user_id=mention(user_id), at=when(at))


def asked_already(user_id: str, at: datetime | None) -> str:
    """Tell a manager that one question a day is enough."""
    if at is None:
        return phrase(
            "I asked {user_id} today already. Once a day is enough; tomorrow I can ask again.", user_id=mention(user_id)
        )
    return phrase(
        "{user_id} will be asked when their day begins, {at}. Nothing else is needed.",
        user_id=mention(user_id),
        at=when(at),
    )


def not_asked(user_id: str, *, refused: bool) -> str:
    """Tell a manager why a question is not asked, and what to do instead."""
    if refused:
        return phrase(
            "{user_id} told me that this quiet stretch needs no question. Write to them if it does.",
            user_id=mention(user_id),
        )
    return phrase(
        "{user_id} left the last questions alone, so I leave out every second one, and this is one. "
        "If it matters today, press once more; a line from you helps more than one from me.",
        user_id=mention(user_id),
    )


def asking_helper(manager_id: str) -> str:
    """Open a kind reminder about somebody's blocker."""
    return phrase("👋 {manager_id} asks kindly: can you have a look at this one?", manager_id=mention(manager_id))
