"""The files of a timesheet: one for a spreadsheet, and one to print, sign or put beside an invoice."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from blocks.kit import clean, day_name
from playbook.days import Week
from playbook.spreadsheet import Cell, clock, hours, written
from playbook.timesheet import Line, Timesheet, TimesheetBook, columns
from playbook.tongue import capital, here, phrase, short_month

if TYPE_CHECKING:
    from fpdf import FPDF
    from fpdf.fonts import FontFace

FONT, MARGIN, ROW, LONGEST_HEAD = "DejaVu", 12.0, 5.0, 36
DAY_WIDTH, TOTAL_WIDTH = 34.0, 17.0
TITLE_SIZE, TEXT_SIZE, SMALL_SIZE = 16, 9, 7
LONGEST_FILE = 40
GREY, PALE, LINES = (225, 225, 225), (242, 242, 242), (170, 170, 170)
FROM = phrase("Added up on {day} from this person's own log. What is paid by stays in the time tracker.")
ROUNDED = phrase("Everything is added up in minutes; decimal hours are rounded to two places where they stand.")


def files(sheet: Timesheet, book: TimesheetBook) -> Mapping[str, bytes]:
    """Write both files of a month."""
    name = f"timesheet-{_plain(sheet)}-{sheet.month.key}"
    return {f"{name}.csv": as_csv(sheet, book), f"{name}.pdf": as_pdf(sheet, book)}


def _plain(sheet: Timesheet) -> str:
    """Write somebody's name as any file system takes it."""
    ascii_only = unicodedata.normalize("NFKD", sheet.name).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", ascii_only.casefold()))[:LONGEST_FILE].strip("-") or sheet.user_id


def _name(project: str, book: TimesheetBook) -> str:
    return project or book.no_project


def _names(sheet: Timesheet, book: TimesheetBook) -> Sequence[str]:
    """Name the projects for print, with numbers where a heading is too narrow for a whole name."""
    names = [clean(_name(one, book), 160) for one in sheet.projects]
    numbered = any(len(name) > LONGEST_HEAD for name in names)
    return [f"{number}. {name}" for number, name in enumerate(names, 1)] if numbered else names


def week_title(week: Week, days: Sequence[date]) -> str:
    """Name a week of the month by its number and those of its days that are in the month."""
    span = f"{days[0].day}–{days[-1].day}" if len(days) > 1 else f"{days[0].day}"
    return phrase(
        "Week {partition} ({span} {days})", partition=week.key.partition("-W")[2], span=span, days=short_month(days[0])
    )


# For a spreadsheet ------------------------------------------------------------------------------


def as_csv(sheet: Timesheet, book: TimesheetBook) -> bytes:
    """Write the days, weeks and the month as rows, and the projects as columns of decimal hours."""
    projects = [_name(one, book) for one in sheet.projects]
    head = ["row", "date", "weekday", "week", "state", *projects, phrase("total (h:mm)"), phrase("total (hours)")]
    rows: list[Sequence[Cell]] = []
    for week in sheet.month.weeks:
        days, state = sheet.days_of(week), book.not_closed if week in sheet.open_weeks else "closed"
        rows += [["day", day, f"{day:%A}", week.key, state, *_decimals(sheet.line([day]))] for day in days]
        rows.append(["week", "", "", week.key, state, *_decimals(sheet.line(days))])
    state, whole = book.not_closed if sheet.open_weeks else "closed", sheet.whole
    rows.append(["month", "", "", "", state, *_decimals(whole)])
    times = [clock(one) for one in whole.minutes]
    rows.append([phrase("month (h:mm)"), "", "", "", state, *times, clock(whole.total), hours(whole.total)])
    return written(head, rows)


def _decimals(line: Line) -> list[Cell]:
    return [*(hours(one) for one in line.minutes), clock(line.total), hours(line.total)]


# To print ---------------------------------------------------------------------------------------


def as_pdf(sheet: Timesheet, book: TimesheetBook) -> bytes:
    """Draw the month on A4: upright, or across where many projects need the room."""
    upright = len(sheet.projects) <= book.upright_columns
    page = _page(sheet, "portrait" if upright else "landscape")
    _heading(page, sheet)
    _days(page, sheet, book)
    _projects(page, sheet, book)
    _foot(page, sheet, book)
    return bytes(page.output())


def _page(sheet: Timesheet, orientation: str) -> "FPDF":
    from fpdf import FPDF  # noqa: PLC0415 - slow to import, and only needed in the thread that draws

    line = clean(f"{sheet.name} · {here(sheet.month.title)}", 120)

    class Page(FPDF):
        """A page with its number and whose it is below."""

        def normalize_text(self, text: str) -> str:
            """Put what is written into the reader's words."""
            return str(super().normalize_text(here(text)))

        def footer(self) -> None:
            """Write the number of the page."""
            self.set_y(-MARGIN)
            self.set_font(FONT, size=SMALL_SIZE)
            self.cell(0, ROW, phrase("{line} · page {page_no} of {nb}", line=line, page_no=self.page_no()), align="C")

    page = Page(orientation=orientation, unit="mm", format="A4")
    spec = find_spec("matplotlib")
    fonts = Path((spec.submodule_search_locations or [""])[0] if spec else "") / "mpl-data" / "fonts" / "ttf"
    page.add_font(FONT, "", fonts / "DejaVuSans.ttf")
    page.add_font(FONT, "B", fonts / "DejaVuSans-Bold.ttf")
    page.set_creation_date(datetime.combine(sheet.made, time.min, tzinfo=UTC))
    page.set_title(here(phrase("Timesheet {title}", title=sheet.month.title)))
    page.set_margin(MARGIN)
    page.set_draw_color(*LINES)
    page.set_line_width(0.1)
    page.set_auto_page_break(True, margin=MARGIN + ROW)
    page.add_page()
    return page


def _heading(page: "FPDF", sheet: Timesheet) -> None:
    page.set_font(FONT, "B", TITLE_SIZE)
    page.cell(0, ROW * 2, phrase("Timesheet {title}", title=sheet.month.title), new_x="LMARGIN", new_y="NEXT")
    total = sheet.whole.total
    said = {
        phrase("Name"): f"{clean(sheet.name, 160)} ({sheet.user_id})",
        phrase("Days"): phrase(
            "{isoformat} to {isoformat_2}, on the clock of {zone}",
            isoformat=sheet.month.first.isoformat(),
            isoformat_2=sheet.month.last.isoformat(),
            zone=sheet.zone,
        ),
        phrase("Total"): phrase("{total} h ({total_2} hours)", total=clock(total), total_2=hours(total)),
    }
    for label, words in said.items():
        page.set_font(FONT, "B", TEXT_SIZE)
        page.cell(20, ROW, label)
        page.set_font(FONT, "", TEXT_SIZE)
        page.multi_cell(0, ROW, words, align="L", new_x="LMARGIN", new_y="NEXT")
    page.ln(ROW / 2)


def _days(page: "FPDF", sheet: Timesheet, book: TimesheetBook) -> None:
    """Draw a line for each day, week and the month, with the projects beside each other."""
    names = [clean(one, LONGEST_HEAD) for one in _names(sheet, book)]
    most = book.most_columns
    shown = names if len(names) <= most else [*names[: most - 1], book.others]
    room = page.epw - (DAY_WIDTH if shown else 0) - 2 * TOTAL_WIDTH
    widths = (DAY_WIDTH if shown else room, *(room / len(shown) for _ in shown), TOTAL_WIDTH, TOTAL_WIDTH)
    page.set_font(FONT, "", SMALL_SIZE)
    aligns = ("LEFT", *(["RIGHT"] * (len(widths) - 1)))
    with page.table(
        col_widths=widths, text_align=aligns, line_height=ROW - 0.8, borders_layout="HORIZONTAL_LINES"
    ) as at:
        at.row([phrase("Day"), *shown, "h:mm", phrase("Hours")])
        for week in sheet.month.weeks:
            days = sheet.days_of(week)
            for day in days:
                at.row(_cells(day_name(day), sheet.line([day]), most))
            state = f", {book.not_closed}" if week in sheet.open_weeks else ""
            at.row(_cells(week_title(week, days) + state, sheet.line(days), most), style=_style(PALE))
        at.row(_cells(sheet.month.title, sheet.whole, most), style=_style(GREY))


def _cells(label: str, line: Line, most: int) -> list[str]:
    total = [clock(line.total), str(hours(line.total))] if line.total else ["", ""]
    return [label, *(clock(one) if one else "" for one in columns(line, most)), *total]


def _style(colour: tuple[int, int, int]) -> "FontFace":
    from fpdf.fonts import FontFace  # noqa: PLC0415 - as above

    return FontFace(emphasis="BOLD", fill_color=colour)


def _projects(page: "FPDF", sheet: Timesheet, book: TimesheetBook) -> None:
    """List what each project comes to, under its whole name."""
    page.ln(ROW)
    if not sheet.projects:
        page.set_font(FONT, "", TEXT_SIZE)
        page.cell(0, ROW, phrase("Nothing was logged in this month."), new_x="LMARGIN", new_y="NEXT")
        return
    whole = sheet.whole
    page.set_font(FONT, "", TEXT_SIZE - 1)
    widths = (page.epw - 2 * TOTAL_WIDTH, TOTAL_WIDTH, TOTAL_WIDTH)
    aligns, lines = ("LEFT", "RIGHT", "RIGHT"), "HORIZONTAL_LINES"
    with page.table(col_widths=widths, text_align=aligns, line_height=ROW, borders_layout=lines) as at:
        at.row([phrase("Project"), "h:mm", phrase("Hours")])
        for name, minutes in zip(_names(sheet, book), whole.minutes, strict=True):
            at.row([name, clock(minutes), str(hours(minutes))])
        at.row([phrase("Total"), clock(whole.total), str(hours(whole.total))], style=_style(GREY))


def _foot(page: "FPDF", sheet: Timesheet, book: TimesheetBook) -> None:
    page.ln(ROW / 2)
    page.set_font(FONT, "", SMALL_SIZE)
    open_ones = [week_title(one, sheet.days_of(one)) for one in sheet.month.weeks if one in sheet.open_weeks]
    said = [FROM.format(day=sheet.made.isoformat()), ROUNDED]
    said += (
        [
            phrase(
                "{capitalize}, so the figures can still change: {open_ones}.",
                capitalize=capital(book.not_closed),
                open_ones=", ".join(open_ones),
            )
        ]
        if open_ones
        else []
    )
    page.multi_cell(0, ROW - 1, "\n".join(said), align="L", new_x="LMARGIN", new_y="NEXT")
    if page.get_y() + 5 * ROW > page.page_break_trigger:
        page.add_page()
    page.ln(3 * ROW)
    for label in (phrase("Contractor, date"), phrase("Manager, date")):
        page.cell(page.epw / 2 - 6, ROW, label, border="T")
        page.cell(12, ROW, "")
    page.ln(ROW)
