"""The form for logging time: up to five rows, read back as they were filled in."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from dataclasses import fields as columns
from datetime import date
from typing import Any

from blocks import fields
from blocks.kit import Block, View, actions, asking_first, button, clean, day_name, divider, modal, section, when
from blocks.log import REMOVE
from blocks.log_line import within
from playbook.days import Week
from playbook.log import LogBook
from playbook.tongue import phrase

FORM = "log.form"
ANOTHER_ROW = "log.another_row"
FINISH = "log.finish"
ASK = "log.ask_reopen"
MOST_ROWS = 5
MOST_NOTICES = 10
LONGEST_FIELD = 3000
LONGEST_LENGTH = 60
LONGEST_PROJECT = 75


@dataclass(frozen=True)
class Row:
    """One row of the form, in the words of the person."""

    day: str = ""
    length: str = ""
    project: str = ""
    category: str = ""
    note: str = ""
    link: str = ""
    feel: str = ""

    @property
    def used(self) -> bool:
        """Say whether the person wrote anything of their own into it."""
        return bool(self.length or self.note or self.link)


NAMES = tuple(column.name for column in columns(Row))
PROJECTS = tuple(f"project_{row + 1}" if row else "project" for row in range(10))


def name(column: str, row: int) -> str:
    """Name a field of a row: length, length_2, length_3."""
    return f"{column}_{row + 1}" if row else column


def form(
    rows: Sequence[Row],
    book: LogBook,
    memo: str,
    notices: Sequence[str] = (),
    *,
    closed: date | None = None,
    entry_id: str = "",
) -> View:
    """Draw the form: for new entries, or for one that is there (`entry_id`).

    `notices` say what still needs a look; `closed` is the Monday of a closed week it is about.
    """
    blocks = [section(f"• {within(notice)}") for notice in notices[:MOST_NOTICES]]
    if closed:
        blocks.append(actions(button(phrase("Ask to reopen"), ASK, closed.isoformat())))
    for number, row in enumerate(rows):
        blocks += [divider()] if number else []
        blocks += _row(number, row, book)
    if entry_id:
        blocks.append(actions(_remove(entry_id)))
    elif len(rows) < MOST_ROWS:
        blocks.append(actions(button(phrase("Add another row"), ANOTHER_ROW)))
    title = phrase("Change an entry") if entry_id else phrase("Log time")
    return modal(title, blocks, FORM, phrase("Save"), memo=memo, keeps_draft=not entry_id)


def _remove(entry_id: str) -> Block:
    remove = button(phrase("Remove this entry"), REMOVE, entry_id, style="danger")
    return asking_first(
        remove, phrase("Remove this entry?"), phrase("You can put it back right after."), phrase("Remove")
    )


def _row(number: int, row: Row, book: LogBook) -> list[Block]:
    kinds = [(category.label, category.key) for category in book.categories]
    feelings = [(feeling.label, feeling.key) for feeling in book.feelings]
    most = book.note_limit if len(row.note) <= book.note_limit else LONGEST_FIELD
    how_long = phrase("For example 2h30, 2.5, 90m or 9-12:30.")
    return [
        fields.day(name("day", number), phrase("Day"), _date(row.day)),
        fields.text(
            name("length", number),
            phrase("How long"),
            row.length,
            most=LONGEST_LENGTH,
            optional=number > 0,
            hint=phrase("{how_long} A row without a length is left out.", how_long=how_long) if number else how_long,
        ),
        fields.search(name("project", number), phrase("Project"), clean(row.project, LONGEST_PROJECT), optional=True),
        fields.choice(name("category", number), phrase("Kind of work"), kinds, row.category, optional=True),
        fields.text(name("note", number), phrase("What you worked on"), row.note, most=most, optional=True),
        fields.link(name("link", number), phrase("Link"), row.link),
        fields.choice(name("feel", number), phrase("How did it feel?"), feelings, row.feel, optional=True),
    ]


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def rows(answers: Mapping[str, str | tuple[str, ...]]) -> tuple[Row, ...]:
    """Read the rows of a form that was sent, closed, or has just been pressed in."""
    read: list[Row] = []
    while name("length", len(read)) in answers:
        read.append(Row(**{column: _one(answers, name(column, len(read))) for column in NAMES}))
    return tuple(read)


def _one(answers: Mapping[str, str | tuple[str, ...]], field: str) -> str:
    answer = answers.get(field, "")
    return answer.strip() if isinstance(answer, str) else ""


def as_values(kept: Sequence[Row]) -> list[dict[str, str]]:
    """Write rows down, to be kept as a draft."""
    return [asdict(row) for row in kept]


def from_values(values: Sequence[Mapping[str, Any]]) -> tuple[Row, ...]:
    """Read rows that were kept as a draft."""
    return tuple(Row(**{column: str(value.get(column) or "") for column in NAMES}) for value in values)


def unfinished(notices: Sequence[str], closed: date | None = None) -> tuple[str, list[Block]]:
    """Say, where no form can open by itself, what still needs a look; the words wait in the form."""
    head = phrase("I kept your words. One more look, please:")
    said = [f"• {within(notice)}" for notice in notices[:MOST_NOTICES]]
    ask = [button(phrase("Ask to reopen"), ASK, closed.isoformat())] if closed else []
    shown = [section(each) for each in (head, *said)]
    return "\n".join([head, *said]), [*shown, actions(button(phrase("Finish in the form"), FINISH), *ask)]


def closed(week: Week) -> tuple[str, list[Block]]:
    """Say that a week is closed, with the way to have it opened again."""
    text = phrase(
        "The week of {monday} closed {locks_at}. Your manager can open it again for you.",
        monday=day_name(week.monday),
        locks_at=when(week.locks_at),
    )
    return text, [section(text), actions(button(phrase("Ask to reopen"), ASK, week.monday.isoformat()))]
