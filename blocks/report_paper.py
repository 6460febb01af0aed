"""A report on paper: what a picture and a document of it have in common."""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from unicodedata import normalize

from blocks import report_words as words
from blocks.kit import clean
from blocks.report import Report
from playbook.report import Trend
from playbook.tongue import here, phrase

SENT = phrase("{name}, {span}. It holds nobody's own mood, so it can be passed on.")
MADE = phrase("Made for {who} by Inner Circle, {at} UTC.")
UNKNOWN = phrase("□ stands for letters of a name that this font cannot show.")
BOX = "□"
HOURS, STUCK, ITEMS = (
    phrase("Hours a week by category"),
    phrase("Blockers: median working hours of the helper"),
    phrase("Checklist items a week"),
)
NOT_IN_A_NAME = re.compile(r"[^\w-]+", re.ASCII)
LONGEST_NAME = 80
POINTS = 72
RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


@dataclass(frozen=True)
class Paper:
    """A report to be printed: whose it is in plain words, and for whom and when it was made."""

    report: Report
    name: str
    made_by: str
    made_at: datetime

    @property
    def trend(self) -> Trend:
        """Give the weeks."""
        return self.report.trend

    @property
    def span(self) -> str:
        """Say from when to when it goes."""
        return words.span(self.trend)

    @property
    def title(self) -> str:
        """Name it, in letters that can be printed."""
        return printable(self.name)

    @property
    def sentences(self) -> tuple[str, ...]:
        """Say the whole point."""
        return tuple(one for one in self.report.sentences if one)

    @property
    def foot(self) -> tuple[str, ...]:
        """Say for whom and when it was made, and what could not be shown."""
        made = MADE.format(who=printable(self.made_by), at=f"{self.made_at:%Y-%m-%d %H:%M}")
        return (made, UNKNOWN) if BOX in made + self.title + "".join(self.people) else (made,)

    @property
    def people(self) -> tuple[str, ...]:
        """Name the contractors of a team, in letters that can be printed."""
        return tuple(printable(one.name) for one in self.report.people)


def file_name(paper: Paper, form: str) -> str:
    """Name the file by whose report it is and its first day, in letters that every system takes."""
    plain = normalize("NFKD", paper.name).encode("ascii", "ignore").decode()
    who = NOT_IN_A_NAME.sub("-", plain).strip("-").lower()[:40] or "report"
    return f"report-{who}-{paper.trend.parts[0].week.monday}.{form}"


def fonts() -> Path:
    """Give the folder of the fonts that print most alphabets."""
    import matplotlib as mpl  # noqa: PLC0415 - slow, and only needed when a file is made

    return Path(mpl.get_data_path()) / "fonts" / "ttf"


@cache
def _letters() -> frozenset[int]:
    from matplotlib.ft2font import FT2Font  # noqa: PLC0415 - the same

    return frozenset(FT2Font(str(fonts() / "DejaVuSans.ttf")).get_charmap())


def printable(text: str) -> str:
    """Put a box where the font has no letter."""
    known, text = _letters(), here(text)
    return "".join(letter if ord(letter) in known else BOX for letter in clean(" ".join(text.split()), LONGEST_NAME))


@cache
def _advance(letter: str) -> float:
    """Say how wide a letter is, as a part of the size of its type."""
    from matplotlib.ft2font import FT2Font, LoadFlags  # noqa: PLC0415 - the same

    font = FT2Font(str(fonts() / "DejaVuSans.ttf"))
    return float(font.load_char(ord(letter), LoadFlags.NO_SCALE).horiAdvance / font.units_per_EM)


def wrapped(text: str, size: float, width: float) -> list[str]:
    """Break a text into lines that fit a width (inches) at a size of type (points); a long word where it must."""
    most, lines, line = width * POINTS / size, list[str](), ""
    for word in here(text).split():
        longer = f"{line} {word}".strip()
        if _wide(longer) <= most:
            line = longer
            continue
        lines += [line] if line else []
        line = word
        while _wide(line) > most:
            fits = next(count for count in range(len(line), 0, -1) if _wide(line[:count]) <= most)
            lines.append(line[:fits])
            line = line[fits:]
    return [*lines, line]


def _wide(text: str) -> float:
    return sum(_advance(letter) for letter in text)


def in_order(text: str) -> str:
    """Put text that is read from right to left into the order in which it is drawn."""
    if not RIGHT_TO_LEFT.search(text):
        return text
    from fpdf.bidi import BidiParagraph  # noqa: PLC0415 - the same

    return str(BidiParagraph(text).get_reordered_string())
