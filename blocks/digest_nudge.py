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


def not_asked(user_id: str, *, refused: bool) -> str:
    """Tell a manager why a question is not asked, and what to do instead."""
    if refused:
        return f"{mention(user_id)} told me that this quiet stretch needs no question. Write to them if it does."
    return (
        f"{mention(user_id)} left the last questions alone, so I leave out every second one, and this is one. "
        "If it matters today, press once more; a line from you helps more than one from me."
    )


def asking_helper(manager_id: str) -> str:
    """Open a kind reminder about somebody's blocker."""
    return f"👋 {mention(manager_id)} asks kindly: can you have a look at this one?"
