"""What people see of the KPI blueprint: two tabs of rows, the form of one row, and the versions it has had."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from blocks import fields
from blocks.kit import (
    Block,
    View,
    actions,
    asking_first,
    button,
    clean,
    context,
    divider,
    esc,
    mention,
    modal,
    one_line,
    progress,
    quoted,
    section,
    when,
)
from playbook.days import Week
from playbook.kpi import TABS, Kpi, KpiBook, KpiRow, Tab, changes, figure, rows_of
from playbook.kpi_measure import Measured
from playbook.tongue import day_and_month, phrase
from storage.kpi import State
from storage.path_tables import Blueprint

OPEN = "kpi.open"
INPUT = "kpi.input"
OUTPUT = "kpi.output"
EDIT = "kpi.edit"
FORM = "kpi.form"
BACK = "kpi.back"
PROPOSE = "kpi.propose"
DROP = "kpi.drop"
AGREE = "kpi.agree"
DISCUSS = "kpi.discuss"
HISTORY = "kpi.history"
ENTER = "kpi.enter"

TITLE = phrase("KPI blueprint")
NAME = 40
CELLS = 4
MOST_VERSIONS = 20
MOST_CHANGE = 250
TAB_NAMES = {"input": phrase("Input"), "output": phrase("Output")}
TAB_WORDS = {
    "input": phrase("*Input*: how we work, day by day"),
    "output": phrase("*Output*: what is there at the end of a week"),
}
WHO_SEES = phrase("Only the contractor, their manager and the admins see this. Nothing counts before it is agreed.")


@dataclass(frozen=True)
class Line:
    """A row as it is shown: what was written, how this week stands, and the weeks before by their day."""

    kpi: Kpi
    row: KpiRow
    measured: Measured | None = None
    trend: Sequence[tuple[str, Measured]] = ()
    suggested: str = ""


@dataclass(frozen=True)
class Sheet:
    """A blueprint as one person sees it; the ids are "" where there is nothing of the kind to press."""

    user_id: str
    name: str
    tab: Tab
    status: str
    lines: Sequence[Line]
    may_edit: bool = False
    draft_id: str = ""
    answer_id: str = ""
    week_key: str = ""
    words: str = ""
    notice: str = ""
    has_versions: bool = False


def page(sheet: Sheet, book: KpiBook) -> View:
    """Show one tab of a blueprint with everything that can be done about it."""
    said = (
        [section(phrase("{sheet} said:\n{sheet_2}", sheet=mention(sheet.user_id), sheet_2=quoted(sheet.words)))]
        if sheet.words
        else []
    )
    notice = [section(sheet.notice)] if sheet.notice else []
    blocks = [
        section(phrase("*KPIs of {sheet}*\n{status}", sheet=mention(sheet.user_id), status=sheet.status)),
        *said,
        *notice,
        actions(*(_tab(tab, sheet) for tab in TABS)),
        context(TAB_WORDS[sheet.tab]),
        *(_row(line, sheet, book) for line in sheet.lines),
        divider(),
        *_what_next(sheet),
        context(WHO_SEES),
    ]
    return modal(TITLE, blocks, close=phrase("Close"))


def _tab(tab: Tab, sheet: Sheet) -> Block:
    chosen = tab == sheet.tab
    spoken = (
        phrase("{tab_names}, shown now", tab_names=TAB_NAMES[tab])
        if chosen
        else phrase("Show {tab_names}", tab_names=TAB_NAMES[tab])
    )
    action = INPUT if tab == "input" else OUTPUT
    return button(TAB_NAMES[tab], action, sheet.user_id, style="primary" if chosen else None, spoken=spoken)


def _what_next(sheet: Sheet) -> list[Block]:
    controls = []
    if sheet.draft_id and not sheet.notice:
        controls.append(
            button(
                phrase("Propose to {sheet}", sheet=clean(sheet.name, NAME)), PROPOSE, sheet.draft_id, style="primary"
            )
        )
    if sheet.draft_id:
        drop = button(phrase("Throw the draft away"), DROP, sheet.draft_id)
        controls.append(
            asking_first(
                drop,
                phrase("Throw the draft away?"),
                phrase("What was proposed or agreed stays."),
                phrase("Throw away"),
            )
        )
    if sheet.answer_id:
        controls += answers(sheet.answer_id)
    if sheet.week_key:
        controls.append(button(phrase("My week"), ENTER, sheet.week_key))
    if sheet.has_versions:
        controls.append(button(phrase("History"), HISTORY, sheet.user_id))
    return [actions(*controls)] if controls else []


def answers(blueprint_id: str) -> list[Block]:
    """Give the two answers to a proposal."""
    agree = button(phrase("I agree"), AGREE, blueprint_id, style="primary")
    return [agree, button(phrase("Let's discuss"), DISCUSS, blueprint_id)]


def week_name(week: Week) -> str:
    """Name a week by its Monday where there is little room: 23 Nov."""
    return day_and_month(week.monday)


def dated(at: datetime) -> str:
    """Show when a version was proposed or agreed on the reader's own clock, with the year."""
    return when(at, "{date_short} {time}")


def _row(line: Line, sheet: Sheet, book: KpiBook) -> Block:
    control = button(
        phrase("Edit"), EDIT, f"{sheet.user_id}:{line.row.key}", spoken=phrase("Edit {row}", row=line.row.name)
    )
    return section(row_text(line, book), control if sheet.may_edit else None)


def row_text(line: Line, book: KpiBook) -> str:
    """Write a row with its target, who measures it, how this week stands, and the weeks before."""
    kpi, name = line.kpi, one_line(line.row.name, NAME)
    if not kpi.on:
        why = (
            phrase("left out")
            if kpi.text
            else phrase("left out. For example: {example}", example=one_line(line.row.example))
        )
        return "\n".join([f"*{name}* · {why}", *_suggestion(line)])
    about = " · ".join(filter(None, [f"*{name}*", one_line(kpi.goal, 80), getattr(book.measures, kpi.by)]))
    return "\n".join([about, esc(kpi.text, book.longest_text), *_suggestion(line), *_stands(line)])


def _suggestion(line: Line) -> list[str]:
    return [phrase("_Suggested wording:_ {suggested}", suggested=esc(line.suggested, 300))] if line.suggested else []


def _stands(line: Line) -> list[str]:
    if line.measured is None:
        return []
    shown = line.measured
    said = phrase("{sign} This week {state}: {why}", sign=shown.sign, state=shown.state, why=one_line(shown.why, 200))
    weeks = " · ".join(f"{label} {_cell(one)}" for label, one in line.trend)
    return [said, phrase("Weeks before: {weeks}", weeks=weeks)] if weeks else [said]


def _cell(one: Measured) -> str:
    """Draw a week in a few signs: a bar and its number, or the value."""
    if one.done is None or not one.whole:
        return one_line(one.short, 20) or "–"
    return f"{progress(one.done, one.whole, CELLS)} {one_line(one.short, 20) or figure(one.done)}"


def form(kpi: Kpi, row: KpiRow, book: KpiBook, memo: str, suggested: str = "") -> View:
    """Ask for one row; a wording that the contractor suggested stands in it already."""
    user_id = memo.partition("|")[2].partition(":")[0]
    back = actions(button(phrase("Back without saving"), BACK, f"{user_id}:{row.tab}"))
    told = [
        section(
            phrase(
                "{user_id} suggests this wording, filled in below:\n{suggested}",
                user_id=mention(user_id),
                suggested=quoted(suggested),
            )
        )
    ]
    who = ("bot", "contractor", "manager") if row.counts else ("contractor", "manager")
    measures = [(getattr(book.measures, by), by) for by in who]
    part = [(phrase("Part of the blueprint"), "on")]
    target = f"{'at most ' if kpi.most else ''}{figure(kpi.target)}" if kpi.target is not None else ""
    return modal(
        clean(row.name, 24),
        [
            section(f"*{one_line(row.name, NAME)}* · {one_line(row.hint, 300)}"),
            *(told if suggested else []),
            fields.text(
                "text",
                phrase("What is agreed"),
                suggested or kpi.text,
                most=book.longest_text,
                lines=True,
                optional=True,
                example=row.example,
                hint=phrase("Say it so that both of you would see the same thing."),
            ),
            fields.text(
                "target",
                phrase("Target"),
                target,
                most=20,
                optional=True,
                hint=phrase("A number, if one helps. Write “at most 2” where less is better."),
            ),
            fields.text(
                "unit",
                phrase("Unit"),
                kpi.unit,
                most=book.longest_unit,
                optional=True,
                example=phrase("screens a week"),
            ),
            fields.choice("by", phrase("Who measures"), measures, kpi.by),
            fields.ticks("on", phrase("Left out or not"), part, ["on"] if kpi.on or not kpi.text else []),
            back,
        ],
        FORM,
        submit=phrase("Save the row"),
        memo=memo,
    )


def history(user_id: str, versions: Sequence[Blueprint], book: KpiBook) -> View:
    """List the versions, newest first: who proposed which, when it was agreed, and what changed in it."""
    shown = []
    for at, version in enumerate(versions[:MOST_VERSIONS]):
        before = versions[at + 1] if at + 1 < len(versions) else None
        shown += [divider(), section(_version(version, before, book))]
    more = len(versions) - MOST_VERSIONS
    rest = [context(phrase("…and {more} older ones, which are kept.", more=more))] if more > 0 else []
    return modal(
        phrase("Versions"),
        [section(phrase("*KPIs of {user_id}*, newest first", user_id=mention(user_id))), *shown, *rest],
        close=phrase("Back"),
    )


def _version(version: Blueprint, before: Blueprint | None, book: KpiBook) -> str:
    proposed = phrase(
        "proposed by {proposed_by} {proposed_at}",
        proposed_by=mention(version.proposed_by),
        proposed_at=dated(version.proposed_at),
    )
    lines = [phrase("*Version {version}* · {version_2}", version=version.version, version_2=_state(version)), proposed]
    if version.words:
        lines.append(phrase("Talked about: {version}", version=one_line(version.words, 300)))
    if before is None:
        return "\n".join([*lines, phrase("The first one.")])
    found = changes(rows_of(before.rows, book), rows_of(version.rows, book), book)
    said = [f"• {one_line(name, NAME)}: {one_line(what, MOST_CHANGE)}" for name, what in found]
    return "\n".join([*lines, *(said or [phrase("No row changed.")])])[:2_950]


def _state(version: Blueprint) -> str:
    """Say in words how far a version has come; one that was replaced may have counted before."""
    match version.state:
        case State.AGREED:
            return phrase(
                "agreed {answered_at}, counts now", answered_at=dated(version.answered_at or version.proposed_at)
            )
        case State.DISCUSSED:
            return phrase("being talked about")
        case State.PROPOSED:
            return phrase("waits for an answer")
    return (
        phrase("agreed {answered_at}, replaced since", answered_at=dated(version.answered_at))
        if version.answered_at
        else phrase("replaced, never counted")
    )
