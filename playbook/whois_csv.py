"""CSV files of the lexicon and of Who's Who: which column is what, what each row says, and what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from playbook import spreadsheet
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.whois import WhoisBook, key_of

TERMS, TOPICS = "terms", "topics"
Columns = Mapping[str, tuple[str, ...]]

# From what people write above a column, in small letters without signs, to what it holds.
COLUMNS: Mapping[str, Columns] = {
    TERMS: {
        "words": ("term", "terms", "word", "acronym", "abbreviation", "expression"),
        "said": ("meaning", "means", "definition", "explanation", "description", "whatitmeans"),
    },
    TOPICS: {
        "words": ("topic", "topics", "about", "aboutwhat", "subject", "area", "responsibility"),
        "said": ("person", "who", "whom", "whomtoask", "ask", "name", "email", "owner", "contact", "slackid", "handle"),
        "note": ("note", "notes", "goodtoknow", "comment", "remark"),
    },
}
NAMES: Mapping[str, Mapping[str, str]] = {
    TERMS: {"words": "term", "said": "meaning"},
    TOPICS: {"words": "topic", "said": "person", "note": "note"},
}
EXAMPLES: Mapping[str, str] = {
    TERMS: "term,meaning\nOKR,Objectives and key results",
    TOPICS: "topic,person,note\nBudget,olivia@example.com,Also approves travel",
}
NEEDED = frozenset({"words", "said"})


@dataclass(frozen=True)
class Row:
    """One line of the file: a term or topic, its meaning or the person as written, and what is wrong with it.

    `note` is None where the file has no such column.
    """

    line: int
    words: str
    said: str
    note: str | None = None
    problem: str = ""


def fits(kind: str, head: Sequence[str]) -> bool:
    """Tell whether the first line of a file heads a list of this kind."""
    return spreadsheet.named(head, COLUMNS[kind]) >= NEEDED


def read(kind: str, text: str, book: WhoisBook) -> Sequence[Row]:
    """Read every row of a file; raises Sorry where nothing stands below the header, or too many rows do."""
    (_, head), *lines = spreadsheet.lines(text)
    columns, most = spreadsheet.columns(head, COLUMNS[kind]), book.limits.rows
    if not lines:
        raise Sorry(phrase("There is a header in this file and nothing below it. Add one line for each entry."))
    if len(lines) > most:
        raise Sorry(
            phrase(
                "This file has {lines} rows, and I take {most} at a time. Please split it.", lines=len(lines), most=most
            )
        )
    rows: list[Row] = []
    seen: dict[str, int] = {}
    for number, cells in lines:
        said = {name: cells[at] if at < len(cells) else "" for name, at in columns.items()}
        row = _judged(kind, Row(number, said["words"], said["said"], said.get("note")), book)
        key = key_of(row.words)
        if not row.problem and key in seen:
            row = replace(row, problem=phrase("Line {number} is about the same.", number=seen[key]))
        seen.setdefault(key, number)
        rows.append(row)
    return rows


def _judged(kind: str, row: Row, book: WhoisBook) -> Row:
    limits = book.limits
    most = {
        TERMS: {"words": limits.term, "said": limits.meaning},
        TOPICS: {"words": limits.topic, "said": limits.note, "note": limits.note},
    }
    problems = [_length(NAMES[kind][name], getattr(row, name), longest) for name, longest in most[kind].items()]
    return replace(row, problem=" ".join(filter(None, problems)))


def _length(name: str, text: str | None, most: int) -> str:
    if text and len(text) > most:
        return phrase("The {name} has {text} characters, and {most} fit.", name=name, text=len(text), most=most)
    return "" if text or name == "note" else phrase("The {name} is missing.", name=name)
