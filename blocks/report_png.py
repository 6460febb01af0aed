"""A report as a picture: a title, the sentences, and charts that can be read on a phone."""

from io import BytesIO
from typing import Any

from blocks import report_words as words
from blocks.report import by_category
from blocks.report_paper import HOURS, ITEMS, STUCK, Paper, wrapped
from playbook.length import show
from playbook.tongue import here, phrase

DPI, WIDTH = 150, 7.2
LINE = 0.29
CHART = 3.1
SMALL, NORMAL, LARGE = 11, 13, 19
SIDE = 0.45
IN_A_ROW = 3
# Colours that people who see red and green alike can tell apart, each with a hatching of its own.
COLOURS = ("#1f6f8b", "#e0a100", "#7a4fa3", "#3c8d40", "#c2573a", "#6b7280")
HATCHES = ("", "//", "..", "\\\\", "xx", "--")
INK, GREY = "#1d1c1d", "#616061"
HOUR = 60


def png(paper: Paper) -> bytes:
    """Draw it, 1080 pixels wide."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - slow, and only needed for files
    from matplotlib.figure import Figure  # noqa: PLC0415 - the same

    lines = _lines(paper)
    charts = _charts(paper)
    height = sum(size_of(size) for _, size, _ in lines) + CHART * len(charts) + 0.8
    figure = Figure(figsize=(WIDTH, height), dpi=DPI, facecolor="white")
    FigureCanvasAgg(figure)
    top = height - 0.35
    for text, size, colour in lines[:-1]:
        figure.text(SIDE / WIDTH, top / height, text, fontsize=size, color=colour, va="top", parse_math=False)
        top -= size_of(size)
    for draw in charts:
        axes = figure.add_axes((0.1, (top - CHART + 0.55) / height, 0.86, (CHART - 1.5) / height))
        draw(axes, paper)
        top -= CHART
    foot, size, colour = lines[-1]
    figure.text(SIDE / WIDTH, 0.12 / height, foot, fontsize=size, color=colour, va="bottom", parse_math=False)
    made = BytesIO()
    figure.savefig(made, format="png")
    return made.getvalue()


def size_of(size: int) -> float:
    """Say how high a line of a size is (inches)."""
    return LINE * size / NORMAL


def _lines(paper: Paper) -> list[tuple[str, int, str]]:
    """Break everything that is written into lines: text, size and colour; the last is the foot."""
    said = [(paper.title, LARGE, INK), (paper.span, NORMAL, GREY), *((one, NORMAL, INK) for one in paper.sentences)]
    lines = [(line, size, colour) for text, size, colour in said for line in _wrapped(text, size)]
    foot = "\n".join(line for words in paper.foot for line in _wrapped(words, SMALL))
    return [*lines, (foot, SMALL, GREY)]


def _wrapped(text: str, size: int) -> list[str]:
    return wrapped(text, size, WIDTH - 2 * SIDE)


def _charts(paper: Paper) -> list[Any]:
    trend = paper.trend
    drawn = ((trend.logged, _hours), (trend.blockers.seen is not None, _stuck), (trend.done or trend.planned, _items))
    return [draw for there, draw in drawn if there]


def _weeks(axes: Any, paper: Paper, title: str, rows: int = 1) -> range:
    """Write the weeks under a chart, and its title above it and above the rows of its legend."""
    names = [here(words.week(part.week)) for part in paper.trend.parts]
    axes.set_title(here(title), fontsize=NORMAL, color=INK, loc="left", fontweight="bold", pad=8 + 15 * rows)
    many = len(names) > 5  # noqa: PLR2004 - so many names fit beside each other
    turned = {"rotation": 45, "ha": "right"} if many else {}
    axes.set_xticks(range(len(names)), names, fontsize=SMALL, **turned)
    axes.tick_params(axis="y", labelsize=SMALL, colors=GREY)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    return range(len(names))


def _legend(axes: Any) -> None:
    axes.legend(
        loc="lower left", bbox_to_anchor=(0, 0.98), ncols=IN_A_ROW, fontsize=SMALL - 2, frameon=False, borderaxespad=0.1
    )


def _hours(axes: Any, paper: Paper) -> None:
    """Draw the hours as stacked bars with their sum above."""
    series, bottom = by_category(paper.trend, paper.report.labels), [0.0] * len(paper.trend.parts)
    places = _weeks(axes, paper, HOURS, -(-len(series) // IN_A_ROW))
    for number, (name, minutes) in enumerate(series):
        hours = [one / HOUR for one in minutes]
        look = {"color": COLOURS[number % len(COLOURS)], "hatch": HATCHES[number % len(HATCHES)], "edgecolor": "white"}
        axes.bar(places, hours, 0.62, bottom=bottom, label=here(name), **look)
        bottom = [low + more for low, more in zip(bottom, hours, strict=True)]
    _sums(axes, bottom, [show(part.logged) if part.logged else "" for part in paper.trend.parts])
    _legend(axes)


def _sums(axes: Any, tops: list[float], names: list[str]) -> None:
    small = SMALL if len(names) <= 5 else SMALL - 4  # noqa: PLR2004 - so many fit beside each other
    for place, (top, name) in enumerate(zip(tops, names, strict=True)):
        axes.text(place, top, here(name), ha="center", va="bottom", fontsize=small, color=INK)
    axes.margins(y=0.14)


def _stuck(axes: Any, paper: Paper) -> None:
    """Draw how long it took until blockers were answered and resolved."""
    found = [paper.trend.of(part) for part in paper.trend.parts]
    pairs = (
        (phrase("Until answered"), [one.seen for one in found]),
        (phrase("Until resolved"), [one.resolved for one in found]),
    )
    _side_by_side(axes, paper, STUCK, [(name, [(one or 0) / HOUR for one in values]) for name, values in pairs])


def _items(axes: Any, paper: Paper) -> None:
    """Draw what was done of the checklist beside what was planned."""
    parts = paper.trend.parts
    pairs = (
        (phrase("Done"), [float(one.done) for one in parts]),
        (phrase("Planned"), [float(one.planned) for one in parts]),
    )
    _side_by_side(axes, paper, ITEMS, list(pairs))


def _side_by_side(axes: Any, paper: Paper, title: str, pairs: list[tuple[str, list[float]]]) -> None:
    places = _weeks(axes, paper, title)
    for number, (name, values) in enumerate(pairs):
        look = {"color": COLOURS[number], "hatch": HATCHES[number], "edgecolor": "white"}
        axes.bar([place + 0.36 * number - 0.18 for place in places], values, 0.34, label=here(name), **look)
    axes.margins(y=0.1)
    _legend(axes)
