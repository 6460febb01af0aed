"""The question whether a guest who has just joined is a contractor, and what became of it."""

from blocks.kit import Block, actions, button, mention, one_line, section

START = "contractor.start"
NOT_ONE = "contractor.not_one"
TOMORROW = "contractor.tomorrow"
Drawn = tuple[str, list[Block]]


def question(user_id: str, zone: str) -> Drawn:
    """Ask whether a new guest is to be put on the path."""
    text = f"New guest {mention(user_id)} joined. Start the path?"
    why = "On the path they get their welcome, their first steps and somebody to ask from the first day on."
    doors = actions(
        button("Start the path", START, user_id, style="primary"),
        button("Not a contractor", NOT_ONE, user_id),
        button("Tomorrow", TOMORROW, user_id, spoken="Ask again tomorrow"),
    )
    return text, [section(f"{text}\nTheir clock: {one_line(zone)}. {why}"), doors]


def on_the_path(user_id: str, by: str) -> Drawn:
    """Say that the new guest is on the path by now."""
    text = f"{mention(user_id)} is on the path: {mention(by)} added them."
    return text, [section(text)]


def not_one(user_id: str, by: str) -> Drawn:
    """Say that the new guest is no contractor, with a way back."""
    text = f"{mention(user_id)} is not a contractor, says {mention(by)}."
    return text, [
        section(f"{text} I do not ask again; `/contractor add` still works."),
    ]


def tomorrow(user_id: str, day: str) -> Drawn:
    """Say when the question comes again."""
    text = f"{mention(user_id)} joined as a guest. I ask again on {day}."
    return text, [section(text), actions(button("Start the path", START, user_id))]


def left(user_id: str) -> Drawn:
    """Say that there is nothing to decide any more."""
    text = f"{mention(user_id)} has left the workspace, so there is nothing to decide."
    return text, [section(text)]
