"""What an admin sees of retention: how long each kind is kept, what was deleted last, and what will be next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from blocks import fields
from blocks.kit import Block, View, actions, asking_first, button, context, divider, modal, section, when
from playbook.retention import FORMER, Kept, RetentionBook
from playbook.tongue import numbered, phrase

OPEN = "retention.open"
CHANGE = "retention.change"
FORM = "retention.form"
SHORTEN = "retention.shorten"
BACK = "retention.back"

WHAT = phrase("How long I keep things. Every night, what is older is deleted for good, a little at a time.")
NEVER = phrase("I have not deleted anything yet; the first round comes {when}.")
LAST = phrase("*Last round*, {when}: {deleted}.")
MORE = phrase("More is to follow within minutes.")
NEXT = phrase("*Next round* {when}. Within the next {days} days: {deleted}.")
NOTHING = phrase("nothing was old enough")
NOTHING_NEXT = phrase("nothing becomes too old")
KEPT = "*{label}*\n{months}. {reason}"
USUAL = phrase("It was {usual} at first, and is never fewer than {least}.")
SURE = phrase(
    "If *{label}* are kept for {months} instead of {before}, this is deleted with the next round, for good: {rows}."
)
ROWS = {FORMER: (phrase("words of 1 former contractor"), phrase("words of {count} former contractors"))}
BACKUP = phrase("There is no way back but a backup. Whoever runs the bot can make one first (README, backup).")


@dataclass(frozen=True)
class Standing:
    """How long each kind is kept, what went with the last round, and what goes with the next ones."""

    months: Mapping[str, int]
    last_at: datetime | None
    next_at: datetime
    deleted: Mapping[str, int] = field(default_factory=dict)
    upcoming: Mapping[str, int] = field(default_factory=dict)
    more: bool = False


def months(number: int) -> str:
    """Write a number of months."""
    return numbered("{n} month", "{n} months", number)


def rows(kind: str, count: int) -> str:
    """Count what goes of a kind."""
    one, many = ROWS.get(kind, ("1 record", "{count} records"))
    return one if count == 1 else many.format(count=f"{count:,}")


def page(standing: Standing, book: RetentionBook, notice: str = "") -> View:
    """Show every kind with what it is kept for and why, and what the rounds do."""
    parts = [section(f"*{notice}*")] if notice else []
    parts += [section(WHAT), section("\n".join(_rounds(standing, book))), divider()]
    for kind in book.kinds:
        change = button(phrase("Change"), CHANGE, kind.key, spoken=phrase("Change: {label}", label=kind.label))
        words = KEPT.format(label=kind.label, months=months(standing.months[kind.key]), reason=kind.reason)
        parts.append(section(words, change))
    return modal(phrase("Retention"), parts, close=phrase("Close"))


def _rounds(standing: Standing, book: RetentionBook) -> Sequence[str]:
    if standing.last_at is None:
        lines = [NEVER.format(when=when(standing.next_at))]
    else:
        deleted = _counted(standing.deleted, book) or NOTHING
        lines = [LAST.format(when=when(standing.last_at), deleted=deleted)]
    upcoming = _counted(standing.upcoming, book) or NOTHING_NEXT
    lines += [MORE] if standing.more else []
    return [*lines, NEXT.format(when=when(standing.next_at), days=book.notice, deleted=upcoming)]


def _counted(counts: Mapping[str, int], book: RetentionBook) -> str:
    named = [(kind, counts[kind.key]) for kind in book.kinds if counts.get(kind.key)]
    return ", ".join(f"{rows(kind.key, count)} ({kind.label})" for kind, count in named)


def form(kind: Kept, number: int, memo: str) -> View:
    """Ask for how many months a kind is kept."""
    usual = USUAL.format(usual=months(kind.months), least=kind.least)
    field_ = fields.text("months", phrase("Months"), str(number), most=4, hint=f"{kind.reason} {usual}")
    parts: list[Block] = [section(f"*{kind.label}*"), field_, actions(button(phrase("Back"), BACK))]
    return modal(phrase("How long it is kept"), parts, FORM, submit=phrase("Keep it"), memo=memo)


def sure(kind: Kept, number: int, before: int, count: int, memo: str) -> View:
    """Say how much would go before a shorter time is kept."""
    words = SURE.format(label=kind.label, months=months(number), before=months(before), rows=rows(kind.key, count))
    keep = button(phrase("Keep the shorter time"), SHORTEN, style="danger")
    asked = asking_first(
        keep, phrase("Delete older records?"), words.replace("*", ""), phrase("Yes, delete them"), phrase("No")
    )
    parts = [section(words), context(BACKUP), actions(asked, button(phrase("Back"), BACK))]
    return modal(phrase("What would go"), parts, close=phrase("Close"), memo=memo)


def needs_a_button() -> tuple[str, list[Block]]:
    """Offer the page where it cannot open by itself."""
    text = phrase("Here is how long everything is kept.")
    return text, [section(text), actions(button(phrase("Open retention"), OPEN))]
