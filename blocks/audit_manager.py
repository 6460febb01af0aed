"""What a manager sees of the weekly audit: everybody's week in one message, the rest on pages, and one week closely."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from blocks.audit import OPEN, TALK, Drawn, Sheet, about, correction, hours, record, span
from blocks.audit_form import days, turning
from blocks.kit import (
    Block,
    View,
    actions,
    button,
    clean,
    context,
    mention,
    modal,
    one_line,
    quoted,
    section,
    table,
    when,
)
from playbook.audit import ANSWERS, MOSTLY, NO, YES, AuditBook
from playbook.days import Week
from playbook.log import LogBook
from playbook.tongue import numbered, phrase, small
from storage.trust_tables import Audit

SEEN = "audit.seen"
ALL = "audit.all"
BACK = "audit.back"
ON = "audit.on"
MOST_ROWS = 20
MOST_SECTIONS = 10
MOST_CHARACTERS = 11_500
A_ROW = 330
A_PAGE = 10
MOST_CELL = 40
MOST_HEAVY = 60
ORDER = (NO, MOSTLY, "", YES)


@dataclass(frozen=True)
class Row:
    """A contractor's week as their manager sees it."""

    user_id: str
    name: str
    minutes: int
    agreed: int
    audit: Audit | None

    @property
    def felt(self) -> str:
        """Give the answer, "" for none."""
        return self.audit.felt if self.audit and self.audit.answered_at else ""

    @property
    def seen(self) -> bool:
        """Say whether the manager has looked at it as it is."""
        return self.audit is not None and self.audit.seen_at is not None


def ordered(rows: Sequence[Row]) -> Sequence[Row]:
    """Put those first whose log does not say how the week felt, then mostly, then who has not answered, then yes."""
    return sorted(rows, key=lambda row: (ORDER.index(row.felt), row.name.casefold(), row.user_id))


def message(week: Week, rows: Sequence[Row], book: AuditBook, *, closed: bool = False) -> Drawn:
    """Show a manager how the week felt to everybody of theirs: a table, and those worth a talk with their words."""
    mine = ordered(rows)
    text = phrase("How the week felt, {week}: {mine}.", week=span(week), mine=_counts(mine, book))
    until = (
        phrase("The week is closed.")
        if closed
        else phrase("The log of this week closes {locks_at}.", locks_at=when(week.locks_at))
    )
    room = MOST_CHARACTERS - A_ROW * min(len(mine), MOST_ROWS)
    entries = _that_fit([_entry(row, week, book) for row in mine[:MOST_SECTIONS]], room)
    rest = len(mine) - len(entries)
    more = [actions(button(phrase("Show all {mine}", mine=len(mine)), ALL, f"{week.monday}:0"))] if rest else []
    return text, [
        section(phrase("*How the week felt*\n{week} · {mine}", week=span(week), mine=_counts(mine, book))),
        _grid(mine[:MOST_ROWS], book),
        *(block for entry in entries for block in entry),
        *more,
        context(phrase("{until} Answers that come later are filled in here. Nobody else reads this.", until=until)),
    ]


def _counts(rows: Sequence[Row], book: AuditBook) -> str:
    """Count the answers: 1 no, 2 mostly, 1 not answered, 4 yes."""
    found = [(key, sum(row.felt == key for row in rows)) for key in ORDER]
    names = {key: small(book.felt_label(key)) for key in ANSWERS} | {"": phrase("not answered")}
    return ", ".join(f"{count} {names[key]}" for key, count in found if count)


def _grid(rows: Sequence[Row], book: AuditBook) -> Block:
    head = [phrase("Name"), phrase("Logged"), phrase("Felt"), phrase("Focus time"), phrase("Heavy")]
    return table(head, [_cells(row, book) for row in rows], most=MOST_HEAVY)


def _cells(row: Row, book: AuditBook) -> list[str]:
    audit = row.audit
    felt = book.felt_label(row.felt) or phrase("not answered")
    before = " (corrected)" if correction(audit, row.minutes) else ""
    focus, heavy = (book.focus_label(audit.focus), " ".join(audit.heavy.split())) if audit else ("", "")
    logged = f"{hours(row.minutes, row.agreed)}{before}"
    return [clean(row.name, MOST_CELL), logged, felt, focus or "–", clean(heavy, MOST_HEAVY) or "–"]


def _that_fit(entries: Sequence[list[Block]], room: int) -> Sequence[list[Block]]:
    """Give as many entries as one message holds beside its table."""
    sizes = accumulate(len(json.dumps(entry, ensure_ascii=False)) for entry in entries)
    return entries[: sum(size <= room for size in sizes)]


def _entry(row: Row, week: Week, book: AuditBook) -> list[Block]:
    return [section(_said(row, book)), actions(*_buttons(row, week))]


def _said(row: Row, book: AuditBook, most: int = 300) -> str:
    """Tell of one contractor: the answer, the hours, what was corrected, and their words."""
    felt = f"“{book.felt_label(row.felt)}”" if row.felt else phrase("not answered yet")
    fixed, audit = correction(row.audit, row.minutes), row.audit
    lines = [
        " · ".join(
            each for each in (f"*{mention(row.user_id)}*: {felt}", hours(row.minutes, row.agreed), fixed) if each
        )
    ]
    if audit and audit.words:
        lines.append(quoted(audit.words, most))
    if audit and (audit.heavy or audit.focus):
        focus = phrase("focus time: {focus}", focus=book.focus_label(audit.focus)) if audit.focus else ""
        heavy = phrase("heavy: {heavy}", heavy=one_line(audit.heavy)) if audit.heavy else ""
        lines.append(" · ".join(each for each in (focus, heavy) if each))
    if audit and audit.seen_at:
        lines.append(phrase("✓ {seen_by} has looked.", seen_by=mention(audit.seen_by)))
    return "\n".join(lines)  # fmt: skip


def _buttons(row: Row, week: Week) -> list[Block]:
    """Offer a closer look, a talk, and to say that it was seen, which the contractor can see."""
    key = record(row.user_id, week)
    look = button(phrase("Look"), OPEN, key, spoken=clean(phrase("Look at the week of {row}", row=row.name), 75))
    return [look, *answers(row, week)]


def answers(row: Row, week: Week) -> list[Block]:
    """Offer to talk about a week, and to say that it was seen, where there is an answer to see."""
    talk = button(
        phrase("Talk in 1:1"),
        TALK,
        about(row.user_id, week),
        spoken=clean(phrase("Talk in the 1:1 with {row}", row=row.name), 75),
    )
    seen = button(
        phrase("Seen"),
        SEEN,
        record(row.user_id, week),
        spoken=clean(phrase("I have seen the answer of {row}", row=row.name), 75),
    )
    return [talk, *([seen] if row.felt and not row.seen else [])]


def everybody(week: Week, rows: Sequence[Row], number: int, book: AuditBook, memo: str) -> View:
    """Show everybody's week, page by page."""
    mine, first = ordered(rows), number * A_PAGE
    shown = [block for row in mine[first : first + A_PAGE] for block in _entry(row, week, book)]
    back = [button(phrase("Back"), BACK, f"{week.monday}:{number - 1}")] if number else []
    on = [button(phrase("Next"), ON, f"{week.monday}:{number + 1}")] if first + A_PAGE < len(mine) else []
    turn = [actions(*back, *on)] if back or on else []
    head = (
        f"*{span(week)}* · {numbered('{n} contractor', '{n} contractors', len(mine))}: {_counts(mine, book)}"
        if mine
        else f"*{span(week)}*"
    )
    nobody = [] if mine else [section(phrase("Nobody of yours worked that week, so there is nothing to show."))]
    return modal(phrase("How the week felt"), [section(head), *shown, *nobody, *turn], close=phrase("Close"), memo=memo)


def page(sheet: Sheet, row: Row, book: AuditBook, log_book: LogBook, memo: str, *, earlier: bool, later: bool) -> View:
    """Show a manager one week of a contractor closely: the answer, and each day."""
    until = (
        phrase("This week is closed.")
        if sheet.closed
        else phrase("Closes {locks_at}.", locks_at=when(sheet.week.locks_at))
    )
    return modal(
        phrase("How the week felt"),
        [
            section(f"*{span(sheet.week)}*\n{_said(row, book, book.longest_words)}"),
            actions(*answers(row, sheet.week)),
            *days(sheet, log_book, edit=False),
            *turning(sheet.user_id, sheet.week, earlier=earlier, later=later),
            context(
                phrase("{until} The hours are as they were logged; how they felt is what counts here.", until=until)
            ),
        ],
        close=phrase("Close"),
        memo=memo,
    )
