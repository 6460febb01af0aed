"""A report as a document: the sentences, the charts, the weeks as a table, and on a team's the contractors by name."""

from collections.abc import Sequence
from typing import Any

from blocks import report_words as words
from blocks.kit import clean
from blocks.report import by_category
from blocks.report_paper import HOURS, ITEMS, STUCK, Paper, fonts, in_order, printable, wrapped
from playbook.tongue import here, phrase

FAMILY = "DejaVu"
MARGIN, TOP = 15.0, 18.0
WIDE, TITLE = 180.0, 6.2  # millimetres, and inches of bold letters
CHART, BAR = 46.0, 34.0
KEYED = "{number} {name}"
LEAST, PALE = 3.0, 1
PAGE = phrase("Page {number} of {nb}")
COLOURS = ((31, 111, 139), (224, 161, 0), (122, 79, 163), (60, 141, 64), (194, 87, 58), (107, 114, 128))
INK, GREY, LIGHT, WHITE = (29, 28, 29), (97, 96, 97), (232, 232, 232), (255, 255, 255)
WEEK_WIDTHS = (26, 36, 18, 25, 25, 25, 25)
PEOPLE_WIDTHS = (66, 38, 16, 22, 20, 18)
HOUR, ROW = 60, 4.6
BY_WEEK, BY_NAME = phrase("Week by week"), phrase("Contractors by name")
LONGEST = 44


def pdf(paper: Paper) -> bytes:
    """Print it on A4."""
    document = _begun(paper)
    document.set_font(FAMILY, "B", 15)
    for line in wrapped(paper.title, 15, TITLE):
        document.cell(WIDE, 7, in_order(line), new_x="LMARGIN", new_y="NEXT")
    _line(document, paper.span, 10, GREY)
    document.ln(1)
    for sentence in paper.sentences:
        _line(document, sentence, 9.5, INK)
    _charts(document, paper)
    _weeks(document, paper)
    _people(document, paper)
    return bytes(document.output())


def _begun(paper: Paper) -> Any:
    """Open a document whose pages carry the foot and their numbers."""
    from fpdf import FPDF  # noqa: PLC0415 - slow, and only needed for files

    class Pages(FPDF):
        """Pages with a foot."""

        def normalize_text(self, text: str) -> str:
            """Put what is written into the reader's words."""
            return str(super().normalize_text(here(text)))

        def footer(self) -> None:
            """Write who made it, and the number of the page."""
            self.set_y(-MARGIN)
            self.set_font(FAMILY, "", 7.5)
            self.set_text_color(*GREY)
            for line in paper.foot:
                self.cell(WIDE - 25, 3.6, in_order(line), new_x="LMARGIN", new_y="NEXT")
            self.set_xy(-MARGIN - 25, -MARGIN)
            self.cell(25, 3.6, PAGE.format(number=self.page_no()), align="R")

    document = Pages(format="A4")
    document.set_title(here(paper.title))
    document.set_creation_date(paper.made_at)
    document.set_margins(MARGIN, TOP, MARGIN)
    document.set_auto_page_break(auto=True, margin=20)
    document.add_font(FAMILY, "", fonts() / "DejaVuSans.ttf")
    document.add_font(FAMILY, "B", fonts() / "DejaVuSans-Bold.ttf")
    document.add_page()
    return document


def _line(document: Any, text: str, size: float, colour: tuple[int, int, int]) -> None:
    document.set_font(FAMILY, "", size)
    document.set_text_color(*colour)
    document.multi_cell(WIDE, size * 0.5, text, align="L", new_x="LMARGIN", new_y="NEXT")


def _title(document: Any, text: str) -> None:
    document.ln(3)
    document.set_font(FAMILY, "B", 10.5)
    document.set_text_color(*INK)
    document.cell(WIDE, 6, text, new_x="LMARGIN", new_y="NEXT")


# Charts -------------------------------------------------------------------------------------------

Series = Sequence[tuple[str, Sequence[float]]]


def _charts(document: Any, paper: Paper) -> None:
    trend = paper.trend
    if trend.logged:
        hours = [(name, [one / HOUR for one in values]) for name, values in by_category(trend, paper.report.labels)]
        _chart(document, paper, HOURS, hours, stacked=True)
    if trend.blockers.seen is not None:
        found = [trend.of(part) for part in trend.parts]
        until = [
            (phrase("Until answered"), [one.seen for one in found]),
            (phrase("Until resolved"), [one.resolved for one in found]),
        ]
        _chart(document, paper, STUCK, [(name, [(one or 0) / HOUR for one in values]) for name, values in until])
    if trend.done or trend.planned:
        items = [
            (phrase("Done"), [one.done for one in trend.parts]),
            (phrase("Planned"), [one.planned for one in trend.parts]),
        ]
        _chart(document, paper, ITEMS, items)


def _chart(document: Any, paper: Paper, title: str, series: Series, *, stacked: bool = False) -> None:
    """Draw bars, with the number above each and the weeks beneath."""
    if document.will_page_break(CHART + 14):
        document.add_page()
    _title(document, title)
    _legend(document, [name for name, _ in series])
    base = document.get_y() + BAR + 4
    _, values = zip(*series, strict=True)
    sums = [sum(each) for each in zip(*values, strict=True)] if stacked else [one for each in values for one in each]
    scale = BAR / (max(sums, default=0) or 1)
    step = WIDE / len(paper.trend.parts)
    for place, part in enumerate(paper.trend.parts):
        theirs = [each[place] for each in values]
        (_stack if stacked else _beside)(document, MARGIN + place * step, base, step, theirs, scale)
        document.set_font(FAMILY, "", 7.5)
        document.set_text_color(*INK)
        document.set_xy(MARGIN + place * step, base + 0.5)
        document.cell(step, 4, words.week(part.week), align="C")
    document.set_draw_color(*GREY)
    document.line(MARGIN, base, MARGIN + WIDE, base)
    document.set_xy(MARGIN, base + 6)


def _legend(document: Any, names: Sequence[str]) -> None:
    document.set_font(FAMILY, "", 7.5)
    document.set_text_color(*INK)
    for number, name in enumerate(names):
        document.set_fill_color(*COLOURS[number % len(COLOURS)])
        document.rect(document.get_x(), document.get_y() + 0.8, 2.6, 2.6, style="F")
        document.set_x(document.get_x() + 3.4)
        named = KEYED.format(number=number + 1, name=name)
        document.cell(document.get_string_width(named) + 5, 4.2, named)
    document.ln(4.5)


def _stack(document: Any, left: float, base: float, step: float, values: Sequence[float], scale: float) -> None:
    top = base
    for number, value in enumerate(values):
        document.set_fill_color(*COLOURS[number % len(COLOURS)])
        document.rect(left + step * 0.2, top - value * scale, step * 0.6, value * scale, style="F")
        _key(document, left, top - value * scale / 2, step, value * scale, number)
        top -= value * scale
    _number(document, left, top, step, sum(values))


def _beside(document: Any, left: float, base: float, step: float, values: Sequence[float], scale: float) -> None:
    width = step * 0.7 / len(values)
    for number, value in enumerate(values):
        document.set_fill_color(*COLOURS[number % len(COLOURS)])
        here = left + step * 0.15 + number * width
        document.rect(here, base - value * scale, width * 0.92, value * scale, style="F")
        _key(document, here, base - value * scale / 2, width * 0.92, value * scale, number)
        _number(document, here, base - value * scale, width, value)


def _key(document: Any, left: float, middle: float, width: float, height: float, number: int) -> None:
    """Write into a bar which of the legend it is, where it is high enough: colour is not the only sign."""
    if height >= LEAST:
        document.set_font(FAMILY, "B", 6.5)
        document.set_text_color(*(INK if number == PALE else WHITE))
        document.set_xy(left, middle - 1.5)
        document.cell(width, 3, str(number + 1), align="C")


def _number(document: Any, left: float, top: float, width: float, value: float) -> None:
    if value:
        document.set_font(FAMILY, "", 6.5)
        document.set_text_color(*INK)
        document.set_xy(left, top - 3.4)
        document.cell(width, 3.2, f"{value:.1f}".removesuffix(".0"), align="C")


# Tables -------------------------------------------------------------------------------------------


def _weeks(document: Any, paper: Paper) -> None:
    rows = words.table_rows(paper.trend, paper.report.moods)
    head = words.table_head(paper.trend)
    widths = WEEK_WIDTHS if len(head) == len(WEEK_WIDTHS) else (*(width * 0.82 for width in WEEK_WIDTHS), 35)
    if document.will_page_break(ROW * (len(rows) + 4)):
        document.add_page()
    _title(document, BY_WEEK)
    _table(document, head, rows, widths)


def _people(document: Any, paper: Paper) -> None:
    if paper.report.people:
        rows = [
            words.person_row(in_order(clean(printable(one.name), LONGEST)), one.trend) for one in paper.report.people
        ]
        _title(document, BY_NAME)
        _table(document, words.PEOPLE_HEAD, rows, PEOPLE_WIDTHS)


def _table(document: Any, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> None:
    """Print rows whose head comes again on each page."""
    from fpdf.fonts import FontFace  # noqa: PLC0415 - slow, and only needed for files

    document.set_font(FAMILY, "", 7.5)
    document.set_text_color(*INK)
    document.set_draw_color(*LIGHT)
    document.set_fill_color(*WHITE)
    bold = FontFace(emphasis="BOLD", fill_color=LIGHT)
    aligned = ("LEFT", *("RIGHT" for _ in head[1:]))
    with document.table(
        [head, *rows], col_widths=tuple(widths), text_align=aligned, headings_style=bold, line_height=ROW, width=WIDE
    ):
        pass
