"""The report as people read it: one table, each line with what was wanted and whether it was met."""

from collections.abc import Iterator, Sequence

from benchmarks.measure import Line

HEAD = ("", "what", "ours", "against", "ratio", "wanted", "")
VERDICTS = {True: "met", False: "MISSED", None: ""}
NOTE = (
    "Figures drift with the machine and with what else it does; the ratios, taken side by side, are the point.\n"
    "Not measured here: other bots on the same work (ChiefOnboarding, incident-bot), and letters at Slack's pace."
)


def table(lines: Sequence[Line]) -> str:
    """Draw the table."""
    rows = [HEAD, *(_cells(line) for line in lines)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(HEAD))]
    drawn = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    drawn.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(drawn)


def _cells(line: Line) -> tuple[str, ...]:
    ratio = "" if line.ratio is None else f"{line.ratio:.2f}x"
    against = "" if line.baseline is None else f"{line.against}: {_figure(line.baseline, line.unit)}"
    return (line.number, line.what, _figure(line.ours, line.unit), against, ratio, _wanted(line), VERDICTS[line.well])


def _figure(figure: float, unit: str) -> str:
    digits = 0 if figure == int(figure) else 2 if figure < 10 else 1
    return f"{figure:.{digits}f} {unit}".strip()


def _wanted(line: Line) -> str:
    if line.limit is None:
        return ""
    return f"<= {line.limit:g}x" if line.baseline is not None else f"<= {_figure(line.limit, line.unit)}"


def summary(lines: Sequence[Line]) -> Iterator[str]:
    """Say in words how it went."""
    judged = [line for line in lines if line.well is not None]
    missed = [line for line in judged if not line.well]
    yield f"{len(judged) - len(missed)} of {len(judged)} met."
    for line in missed:
        yield f"Missed: {line.what}."
    yield NOTE
