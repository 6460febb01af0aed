"""What people see of exports: the form, and the words that go with the files."""

from collections.abc import Sequence
from dataclasses import dataclass

from blocks import fields
from blocks.kit import Block, View, context, day_name, modal, one_line, plural
from playbook.export import EVERYBODY, FIRST_EVER, MYSELF, ExportBook, Span

OPEN = "export.open"
FORM = "export.form"
OWN = (
    "You get CSV files in our direct message, with times in UTC and on your own clock. They hold what is yours, how "
    "work felt included."
)
THEIRS = (
    "You get CSV files in our direct message, with times in UTC and on each contractor's own clock. How work felt, "
    "1:1 notes and rates are never in them."
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
    kinds = [(f"{one.label}: {one.description.lower()}", one.key) for one in book.kinds]
    everybody = whom == EVERYBODY
    hint = "Leave it empty for everybody whose records you may have."
    blocks: list[Block] = [
        context(THEIRS if everybody else OWN),
        fields.ticks("kinds", "What", kinds, [key for _, key in kinds], optional=False),
        fields.choice("span", "Which days", [(one.label, one.key) for one in book.spans], book.default),
        fields.day("first", "From", optional=True, hint="Only for days you choose yourself."),
        fields.day("last", "Up to and with", optional=True),
    ]
    if everybody:
        blocks.append(fields.people("whom", "Of whom", chosen, hint=hint, most=book.most_people))
    return modal("Export", blocks, FORM, submit="Send me the files", memo=memo)


def words(span: Span, counts: Counts, whom: str, names: Sequence[str]) -> str:
    """Say what is in the files."""
    parts = [
        plural(counts.logs, "log entry", "log entries") if counts.logs else "",
        plural(counts.blockers, "blocker") if counts.blockers else "",
        plural(counts.items, "checklist item") if counts.items else "",
        plural(counts.results, "KPI result") if counts.results else "",
        plural(counts.versions, "version of KPIs", "versions of KPIs") if counts.versions else "",
    ]
    of = "Yours" if whom == MYSELF else _whose(names)
    return f"{of}, {days(span)}: {', '.join(filter(None, parts))}."


def _whose(names: Sequence[str]) -> str:
    return one_line(names[0], 80) if len(names) == 1 else plural(len(names), "contractor")


def days(span: Span) -> str:
    """Name the days of an export."""
    if span.first == FIRST_EVER:
        return "from the first day on"
    return f"{day_name(span.first)} {span.first.year} to {day_name(span.last)} {span.last.year}"
