"""What people see of a 1:1 that is planned: the form, the word to the contractor, the list of a manager, the help."""

from collections.abc import Sequence
from datetime import datetime

from blocks import fields
from blocks.kit import Block, View, actions, button, context, esc, mention, modal, section, when
from playbook.tongue import phrase

OPEN = "oneonone.open"
FORM = "oneonone.form"
AGENDA = "oneonone.agenda"
PREPARE = "oneonone.prepare"
STRATEGY = "oneonone.strategy"
START = "oneonone.start"
ADD = "oneonone.add"
MOVE = "oneonone.move"
SKIP = "oneonone.skip"
ASK = "oneonone.ask"
HELD = "oneonone.held"
SKIPPED = "oneonone.skipped"

WEEKLY = "weekly"
MOMENT = phrase("{date_short_pretty} at {time}")
MOST_LISTED = 40
HELP = phrase(
    "`/1on1` shows your next 1:1, or those of your contractors\n`/1on1 @person` shows its agenda, "
    "`/1on1 list` those of all your contractors\n`/1on1 add <topic>` puts something on the "
    "agenda\n`/1on1 move` and `/1on1 skip` change when it is, for a manager with the person's "
    "name\n`/1on1 topics` lists what waits for the next one\n`/1on1 start` begins it, part by "
    "part, and `/1on1 past` shows what came of the last ones"
)

Drawn = tuple[str, list[Block]]


def prepare_key(meeting_id: str) -> str:
    """Name the question to a contractor to prepare a 1:1."""
    return f"{PREPARE}:{meeting_id}"


def form(user_id: str, minutes: int, at: datetime | None, clocks: str, memo: str, *, weekly: bool = True) -> View:
    """Ask a manager when the next 1:1 with a contractor is; `clocks` says what time it is for both."""
    hint = phrase("It moves by itself when one of you is away that day, and you are both told.")
    blocks = [
        section(
            phrase("{minutes} minutes with {user_id}, just the two of you.", minutes=minutes, user_id=mention(user_id))
        ),
        fields.moment("at", phrase("When"), at, hint=clocks),
        fields.ticks(
            "rhythm",
            phrase("How often"),
            [(phrase("Every week at this time"), WEEKLY)],
            [WEEKLY] if weekly else [],
            hint=hint,
        ),
    ]
    return modal(phrase("Plan the 1:1"), blocks, FORM, submit=phrase("Plan it"), memo=memo)


def planned(manager_id: str, at: datetime, before: datetime | None, weekly: str = "", here: str = "") -> Drawn:
    """Tell a contractor when the 1:1 is; `weekly` names its day where it is every week, `here` says both clocks."""
    moved = phrase(" It was {before}.", before=when(before)) if before else ""
    rhythm = phrase(" From then on it is every {weekly} at this time.", weekly=weekly) if weekly else ""
    text = phrase(
        "Your 1:1 with {manager_id} is {at}.{moved}{rhythm}",
        manager_id=mention(manager_id),
        at=when(at, MOMENT),
        moved=moved,
        rhythm=rhythm,
    )
    hint = phrase(
        "A day before I ask what you would like to talk about. If the time does not suit you, tell your manager."
    )
    return text, [section(text), context(*filter(None, [esc(here), hint]))]


def planned_for_manager(user_id: str, at: datetime, by: str, weekly: str) -> Drawn:
    """Tell a manager of a 1:1 that somebody else planned for them."""
    rhythm = phrase(", and every {weekly} from then on", weekly=weekly) if weekly else ""
    text = phrase(
        "{by} has planned your 1:1 with {user_id}: {at}{rhythm}.",
        by=mention(by),
        user_id=mention(user_id),
        at=when(at, MOMENT),
        rhythm=rhythm,
    )
    return text, [section(text), actions(button(phrase("Change it"), OPEN, user_id))]


def saved(user_id: str, at: datetime, weekly: str = "") -> str:
    """Answer the manager."""
    rhythm = phrase(" and every {weekly} from then on", weekly=weekly) if weekly else ""
    return phrase(
        "Planned: 1:1 with {user_id}, {at}{rhythm}. I have told them.",
        user_id=mention(user_id),
        at=when(at, MOMENT),
        rhythm=rhythm,
    )


def listed(rows: Sequence[tuple[str, str, datetime | None, str]]) -> Drawn:
    """List the next 1:1s of a manager: contractor, id of the 1:1, when, and both clocks."""
    if not rows:
        text = phrase(
            "You manage no contractors at the moment, so there are no 1:1s to show. `/1on1 help` says what I can do."
        )
        return text, [section(text)]
    text = phrase("Your next 1:1s")
    return text, [section(f"*{text}*"), *(_row(*row) for row in rows[:MOST_LISTED]), *_rest(len(rows))]


def _row(user_id: str, meeting_id: str, at: datetime | None, clocks: str) -> Block:
    if at is None:
        return section(
            phrase("{user_id} · none planned", user_id=mention(user_id)), button(phrase("Plan it"), OPEN, user_id)
        )
    return section(
        f"{mention(user_id)} · {when(at, MOMENT)} · {esc(clocks)}", button(phrase("Agenda"), AGENDA, meeting_id)
    )


def _rest(count: int) -> list[Block]:
    rest = count - MOST_LISTED
    return [context(phrase("and {rest} more; `/1on1 @person` shows each.", rest=rest))] if rest > 0 else []


def none_planned(manager_id: str) -> Drawn:
    """Tell a contractor that no 1:1 is planned."""
    text = phrase(
        "No 1:1 is planned yet. {manager_id} plans it; you can ask them for a time.", manager_id=mention(manager_id)
    )
    return text, [section(text)]


def none_with(user_id: str) -> Drawn:
    """Tell a manager that no 1:1 is planned with somebody."""
    text = phrase("No 1:1 with {user_id} is planned yet.", user_id=mention(user_id))
    return text, [section(text), actions(button(phrase("Plan it"), OPEN, user_id, "primary"))]


def needs_a_form(label: str, action_id: str, value: str) -> Drawn:
    """Offer the form that cannot open by itself in a conversation."""
    text = phrase("I need a form for this: press {label}.", label=label)
    return text, [section(text), actions(button(label, action_id, value, "primary"))]


def help_page() -> Drawn:
    """Say what can be done about 1:1s."""
    text = phrase("*The weekly 1:1*\n{help}", help=HELP)
    return text, [section(text)]
