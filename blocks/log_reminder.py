"""Letters about logging: the gentle reminder, its follow-up, and a week that is to be opened again."""

from datetime import date, datetime

from blocks.kit import Block, actions, button, day_name, mention, section, when
from blocks.log import STOP, Said
from blocks.log_form import FINISH
from playbook.days import Week
from playbook.tongue import phrase

NOW = "log.now"
OFF = "log.off"
TOMORROW = "log.tomorrow"  # this and the next: under reminders of old
MUTE = "log.mute"
REOPEN = "log.reopen"


def reminder_key(user_id: str, day: date) -> str:
    """Name the reminder about a day."""
    return f"log.reminder:{user_id}:{day}"


def follow_up_key(user_id: str, day: date) -> str:
    """Name the follow-up about a day, sent the next working morning."""
    return f"log.follow_up:{user_id}:{day}"


def about(user_id: str, day: date) -> str:
    """Name a day of somebody's log as what a reminder is about."""
    return f"log.day:{user_id}:{day}"


def reminder(day: date, *, typing: bool, running_since: datetime | None = None) -> Said:
    """Ask once, at the end of somebody's day, what there is to log; `typing` for people without commands."""
    if running_since:
        text = phrase(
            "Nothing is logged for today yet, and your stopwatch has been running since {running_since}.",
            running_since=when(running_since),
        )
    else:
        text = phrase("Nothing is logged for today yet. Ten seconds now, or tell me there was nothing to log.")
    hint = phrase("\nYou can also type it to me here: `log 2h review`.") if typing else ""
    stop = [button(phrase("Stop and log"), STOP)] if running_since else []
    return text + hint, [section(text + hint), actions(*stop, *_buttons(day, today=True))]


def follow_up(day: date) -> Said:
    """Ask once more, the next working morning, about a day that is still empty."""
    text = phrase("{day} is still empty in your log. Shall we fill it in while you remember it?", day=day_name(day))
    return text, [section(text), actions(*_buttons(day, today=False))]


def _buttons(day: date, *, today: bool) -> list[Block]:
    return [
        button(phrase("Log now"), NOW, day.isoformat(), style="primary"),
        button(phrase("Didn't work today") if today else phrase("Didn't work that day"), OFF, day.isoformat()),
    ]


def answered(day: date, answer: str) -> Said:
    """Put the outcome in the place of a reminder."""
    text = {
        "off": phrase("Noted: {day} was not a working day for you. Enjoy the rest of it.", day=day_name(day)),
        "tomorrow": phrase("All right. I will ask about {day} on your next working morning.", day=day_name(day)),
        "muted": phrase("All right, no more about {day}.", day=day_name(day)),
        "logged": phrase("{day} is logged, thank you.", day=day_name(day)),
    }[answer]
    return text, [section(text)]


def span(week: Week) -> str:
    """Name a week by its first and last day."""
    return f"{day_name(week.monday)} – {day_name(week.sunday)}"


def record(user_id: str, week: Week, asked: date | None = None) -> str:
    """Name a person's week as the record that the button Reopen is about; `asked` is the day of a request."""
    return f"{user_id}:{week.key}" + (f":{asked}" if asked else "")


def reopen_key(user_id: str, week: Week, asked: date) -> str:
    """Name the request to open a week again; there is one a day at most."""
    return f"log.reopen:{record(user_id, week, asked)}"


def ask_to_reopen(user_id: str, week: Week, asked: date) -> Said:
    """Ask a manager to open a closed week again."""
    text = phrase(
        "{user_id} has something to add to the week of {week}, which closed {locks_at}. Shall I open "
        "it again for them? If not, there is nothing to do.",
        user_id=mention(user_id),
        week=span(week),
        locks_at=when(week.locks_at),
    )
    return text, [
        section(text),
        actions(button(phrase("Reopen"), REOPEN, record(user_id, week, asked), style="primary")),
    ]


def reopened_by(user_id: str, week: Week, manager_id: str) -> Said:
    """Tell the manager that a week is open again."""
    text = phrase(
        "{manager_id} opened the week of {week} again for {user_id}.",
        manager_id=mention(manager_id),
        week=span(week),
        user_id=mention(user_id),
    )
    return text, [section(text)]


def open_again(week: Week, manager_id: str) -> Said:
    """Tell the contractor that their week is open again."""
    text = phrase(
        "{manager_id} opened the week of {week} again for you. You can log and change entries in it.",
        manager_id=mention(manager_id),
        week=span(week),
    )
    return text, [section(text), actions(button(phrase("Log time"), FINISH))]
