"""The kind questions a manager can have asked, and what the manager hears of them."""

from datetime import datetime

from blocks.digest import Drawn
from blocks.kit import actions, button, mention, plural, section, when
from blocks.log import TODAY, YESTERDAY


def nudge(manager_id: str, days: int) -> Drawn:
    """Ask a contractor kindly about a quiet log."""
    text = f"{mention(manager_id)} noticed {plural(days, 'quiet working day')} in your log. Is there something to add?"
    rest = "If you were off, or something keeps you from it, just tell them; nothing else is needed."
    return text, [
        section(f"👋 {text}\n{rest}"),
        actions(button("Log today", TODAY, style="primary"), button("Log yesterday", YESTERDAY)),
    ]


def will_ask(user_id: str, at: datetime | None) -> str:
    """Tell a manager when the question goes out."""
    if at is None:
        return f"I am asking {mention(user_id)} now, kindly."
    return f"I will ask {mention(user_id)} when their day begins, {when(at)}."


def asked_already(user_id: str, at: datetime | None) -> str:
    """Tell a manager that one question a day is enough."""
    if at is None:
        return f"I asked {mention(user_id)} today already. Once a day is enough; tomorrow I can ask again."
    return f"{mention(user_id)} will be asked when their day begins, {when(at)}. Nothing else is needed."


def asking_helper(manager_id: str) -> str:
    """Open a kind reminder about somebody's blocker."""
    return f"👋 {mention(manager_id)} asks kindly: can you have a look at this one?"
