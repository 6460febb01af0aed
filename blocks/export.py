"""What people see of exports: the form, and the words that go with the files."""

from collections.abc import Sequence
from dataclasses import dataclass

from blocks import fields
from blocks.kit import Block, View, context, day_name, modal, one_line
from playbook.export import EVERYBODY, FIRST_EVER, MYSELF, ExportBook, Span
from playbook.tongue import numbered, phrase, small

OPEN = "export.open"
FORM = "export.form"
OWN = phrase(
    "You get CSV files in our direct message, with times in UTC and on your own clock. They hold "
    "what is yours, how work felt included."
)
THEIRS = phrase(
    "You get CSV files in our direct message, with times in UTC and on each contractor's own "
    "clock. How work felt, 1:1 notes and rates are never in them."
)


@dataclass(frozen=True)
class Counts:
    """How much an export holds, for the words that go with it."""

    logs: int = 0
    blockers: int = 0
    items: int = 0
    results: int = 0
    versions: int = 0


def form(book: ExportBook, memo: str, whom: str, chosen: Sequence[str] = ()) -> View:
    """Ask what to take out, over which days and, for those who may have others' records, of whom."""
    kinds = [(f"{one.label}: {small(one.description)}", one.key) for one in book.kinds]
    everybody = whom == EVERYBODY
    hint = phrase("Leave it empty for everybody whose records you may have.")
    blocks: list[Block] = [
        context(THEIRS if everybody else OWN),
        fields.ticks("kinds", phrase("What"), kinds, [key for _, key in kinds], optional=False),
        fields.choice("span", phrase("Which days"), [(one.label, one.key) for one in book.spans], book.default),
        fields.day("first", phrase("From"), optional=True, hint=phrase("Only for days you choose yourself.")),
        fields.day("last", phrase("Up to and with"), optional=True),
    ]
    if everybody:
        blocks.append(fields.people("whom", phrase("Of whom"), chosen, hint=hint, most=book.most_people))
    return modal(phrase("Export"), blocks, FORM, submit=phrase("Send me the files"), memo=memo)


def words(span: Span, counts: Counts, whom: str, names: Sequence[str]) -> str:
    """Say what is in the files."""
    parts = [
        numbered("{n} log entry", "{n} log entries", counts.logs) if counts.logs else "",
        numbered("{n} blocker", "{n} blockers", counts.blockers) if counts.blockers else "",
        numbered("{n} checklist item", "{n} checklist items", counts.items) if counts.items else "",
        numbered("{n} KPI result", "{n} KPI results", counts.results) if counts.results else "",
        numbered("{n} version of KPIs", "{n} versions of KPIs", counts.versions) if counts.versions else "",
    ]
    of = phrase("Yours") if whom == MYSELF else _whose(names)
    return f"{of}, {days(span)}: {', '.join(filter(None, parts))}."


def _whose(names: Sequence[str]) -> str:
    return one_line(names[0], 80) if len(names) == 1 else numbered("{n} contractor", "{n} contractors", len(names))


def days(span: Span) -> str:
    """Name the days of an export."""
    if span.first == FIRST_EVER:
        return phrase("from the first day on")
    return phrase(
        "{first} {year} to {last} {year_2}",
        first=day_name(span.first),
        year=span.first.year,
        last=day_name(span.last),
        year_2=span.last.year,
    )
