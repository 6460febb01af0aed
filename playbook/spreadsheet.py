"""CSV files: written so that any spreadsheet reads them and none runs them, and read however people wrote them."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal

from playbook.days import local_time
from playbook.sorry import Sorry
from playbook.tongue import here, phrase
from playbook.words import clean

Cell = str | int | float | Decimal | date | datetime | None

SEPARATORS = ",;\t"
LONGEST_CELL = 300
HOUR = 60
CENT = Decimal("0.01")
# What makes a spreadsheet compute: these signs in any width, at the beginning, or after what another country's
# spreadsheet may take for the end of a cell.
SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212"
UNSEEN = r"[\s\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*"
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
BEGINS = re.compile(rf"{UNSEEN}[{SIGNS}]|[\t\r\n]")
WITHIN = re.compile(rf"([;\t\r\n]{UNSEEN})(?=[{SIGNS}])")


def guarded(text: str) -> str:
    """Give somebody's words as a cell that stays words: what a spreadsheet would compute gets an apostrophe."""
    inner = WITHIN.sub(r"\1'", CONTROL.sub("", here(text)))
    return f"'{inner}" if BEGINS.match(inner) else inner


def written(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Write a CSV file (RFC 4180: commas, CRLF), in UTF-8 with its mark, by which spreadsheets know it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([guarded(name) for name in head])
    writer.writerows([cell(one) for one in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def cell(value: Cell) -> str:
    """Write one cell: words guarded, our own numbers as they are, days as ISO 8601 has them, moments in UTC."""
    match value:
        case None:
            return ""
        case str():
            return guarded(value)
        case datetime():
            return utc(value)
        case date():
            return value.isoformat()
        case _:
            return str(value)


def utc(at: datetime) -> str:
    """Write a moment in UTC: 2026-11-24T08:45:00Z."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def there(at: datetime | None, zone: str) -> str:
    """Write a moment on somebody's own clock, with how far that is from UTC: 2026-11-24T05:45:00-03:00."""
    return local_time(at, zone).isoformat(timespec="seconds") if at else ""


def hours(minutes: int) -> Decimal:
    """Give minutes as decimal hours with two places: 2.50."""
    return (Decimal(minutes) / HOUR).quantize(CENT, ROUND_HALF_UP)


def clock(minutes: int) -> str:
    """Write minutes as hours and minutes: 2:30."""
    return f"{minutes // HOUR}:{minutes % HOUR:02}"


# Reading ----------------------------------------------------------------------------------------


def lines(text: str) -> list[tuple[int, list[str]]]:
    """Read every line of a file that has anything on it, with its number; raises Sorry for what is no CSV file."""
    if "\0" in text:
        raise Sorry(
            phrase("This is not a text file. Export the sheet as CSV (comma-separated values) and drop that here.")
        )
    return [(number, cells) for number, cells in _lines(text) if any(cells)]


def _lines(text: str) -> list[tuple[int, list[str]]]:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    head = text.lstrip("\ufeff\r\n ").partition("\n")[0]
    separator = max(SEPARATORS, key=head.count)
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    try:
        return [(reader.line_num, [_tidy(each) for each in cells]) for cells in reader]
    except csv.Error:
        raise Sorry(
            phrase(
                "I can't read on after line {line_num}: is a quotation mark missing there?", line_num=reader.line_num
            )
        ) from None


def _tidy(text: str) -> str:
    return " ".join(clean(text).split())


def columns(head: Sequence[str], words: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Say where each column stands, by what people write above it (small letters alone); Sorry where two are the same.

    `words` gives for each column what it may be called.
    """
    found: dict[str, int] = {}
    for at, name in enumerate(head):
        word = re.sub(r"[^a-z]", "", name.casefold())
        key = next((key for key, known in words.items() if word in known), "")
        if key and key in found:
            raise Sorry(
                phrase(
                    'Two columns of this file are about the same: "{head}" and "{name}".',
                    head=head[found[key]],
                    name=name,
                )
            )
        if key:
            found[key] = at
    return found


def named(head: Sequence[str], words: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """Name the columns that a header has, to tell one kind of file from another."""
    bare = {re.sub(r"[^a-z]", "", name.casefold()) for name in head}
    return frozenset(key for key, known in words.items() if bare & set(known))
