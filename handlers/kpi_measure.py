"""How a row of a blueprint is shown with its weeks, and which rows are asked about each week."""

from collections.abc import Sequence

from blocks.kpi import Line, week_name
from handlers.contract import Desk
from handlers.path_measure import ASKED_BY_TICK, Weeks, measured
from playbook.kpi import Kpi, KpiRow, agreed_rows, rows_of
from storage.path_tables import Blueprint

__all__ = ["Weeks", "asked", "line", "measured"]


def line(row: Kpi, known: KpiRow, weeks: Weeks, suggested: str = "") -> Line:
    """Put a row together with its weeks; the newest of them is the one it is about."""
    found = [(week_name(week), each[row.key]) for week, each in weeks.items() if row.key in each]
    wanted = suggested if suggested != row.text else ""
    return Line(row, known, found[-1][1] if found else None, found[:-1], wanted)


def asked(version: Blueprint, desk: Desk) -> tuple[Sequence[Kpi], Sequence[Kpi]]:
    """Give the rows that the contractor is asked about each week: Output to enter, Input to tick."""
    book = desk.playbook.kpi
    rows = agreed_rows(rows_of(version.rows, book))
    output = [row for row in rows if book.tab_of(row.key) == "output"]
    return output, [row for row in rows if book.tab_of(row.key) == "input" and row.by == ASKED_BY_TICK]
