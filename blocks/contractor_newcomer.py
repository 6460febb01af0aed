"""The question whether a guest who has just joined is a contractor, and what became of it."""

from blocks.kit import Block, actions, button, mention, one_line, section
from playbook.tongue import phrase

START = "contractor.start"
NOT_ONE = "contractor.not_one"
TOMORROW = "contractor.tomorrow"
Drawn = tuple[str, list[Block]]


def question(user_id: str, zone: str) -> Drawn:
    """Ask whether a new guest is to be put on the path."""
    text = phrase("New guest {user_id} joined. Start the path?", user_id=mention(user_id))
    why = phrase("On the path they get their welcome, their first steps and somebody to ask from the first day on.")
    doors = actions(
        button(phrase("Start the path"), START, user_id, style="primary"),
        button(phrase("Not a contractor"), NOT_ONE, user_id),
        button(phrase("Tomorrow"), TOMORROW, user_id, spoken=phrase("Ask again tomorrow")),
    )
    return text, [section(phrase("{text}\nTheir clock: {zone}. {why}", text=text, zone=one_line(zone), why=why)), doors]


def on_the_path(user_id: str, by: str) -> Drawn:
    """Say that the new guest is on the path by now."""
    text = phrase("{user_id} is on the path: {by} added them.", user_id=mention(user_id), by=mention(by))
    return text, [section(text)]


def not_one(user_id: str, by: str) -> Drawn:
    """Say that the new guest is no contractor, with a way back."""
    text = phrase("{user_id} is not a contractor, says {by}.", user_id=mention(user_id), by=mention(by))
    return text, [
        section(phrase("{text} I do not ask again; `/contractor add` still works.", text=text)),
    ]


def tomorrow(user_id: str, day: str) -> Drawn:
    """Say when the question comes again."""
    text = phrase("{user_id} joined as a guest. I ask again on {day}.", user_id=mention(user_id), day=day)
    return text, [section(text), actions(button(phrase("Start the path"), START, user_id))]


def left(user_id: str) -> Drawn:
    """Say that there is nothing to decide any more."""
    text = phrase("{user_id} has left the workspace, so there is nothing to decide.", user_id=mention(user_id))
    return text, [section(text)]
