"""Sentences that are said in the tongue of whoever reads them: marked where written, put into words where they leave.

`phrase` marks a sentence with the values of its gaps. What comes out is a string like any other: it can be joined,
kept, and put into blocks, by code that knows nothing of languages or of who will read it. `say` puts it into words for
one reader (GNU gettext: message ids, plural forms; Babel: how a language writes days). The marks are characters of
Unicode's private use area, which nobody types.
"""

import re
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, time

OPEN, GAP, IS, MANY, KIND, SHUT = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004", "\ue005"
MARKS = re.compile("[\ue000-\ue005]")
HOUR = 60
LONGEST_LINE = 200
CUT_INSIDE = re.compile(r"<[^>]*$|&[a-z]*$")
NAMED = re.compile(r"\{(\w+)\}")

Find = Callable[[str, str, int | None], str]


class Phrase(str):
    """A marked sentence; `format` fills its gaps, and a gap without a value stays as it is."""

    __slots__ = ()

    def format(self, *_: object, **values: object) -> str:
        """Fill the gaps."""
        return phrase(sentence_of(self), **values)


@dataclass(frozen=True)
class Tongue:
    """How somebody reads: the sentence for a message id, and how days, lengths of time and clocks are written."""

    language: str
    find: Find
    show: Mapping[str, Callable[[str], str]]


def phrase(sentence: str, **values: object) -> str:
    """Mark a sentence, with values for its gaps: `{name}` each."""
    gaps = "".join(f"{GAP}{name}{IS}{value}" for name, value in values.items())
    return Phrase(f"{OPEN}{sentence}{gaps}{SHUT}")


def numbered(one: str, many: str, n: int, **values: object) -> str:
    """Mark a sentence that counts: `{n}` is how many."""
    return phrase(f"{one}{MANY}{many}", n=n, **values)


def sentence_of(text: str) -> str:
    """Give a sentence as it stands in the catalogue, without its mark and values; any other text as it is."""
    return text[1:-1].partition(GAP)[0] if text.startswith(OPEN) and text.endswith(SHUT) else text


def _shown(kind: str, value: str) -> str:
    return f"{OPEN}{KIND}{kind}{GAP}{value}{SHUT}"


def _dated(kind: str, value: date) -> str:
    return _shown(kind, f"{value:%Y-%m-%d}")


def _done(kind: str, text: str) -> str:
    """Do one of the CASES with a text: with a marked one when its words are known."""
    return _shown(kind, text) if OPEN in text else CASES[kind](text)


def day(value: date) -> str:
    """Mark a calendar day (Mon 2 Mar)."""
    return _dated("day", value)


def short_day(value: date) -> str:
    """Mark a calendar day where there is little room (Mon 2)."""
    return _dated("short", value)


def short_weekday(value: date) -> str:
    """Mark a day of the week where there is little room (Mon)."""
    return _dated("short_weekday", value)


def day_and_month(value: date) -> str:
    """Mark a day of a month (2 Mar)."""
    return _dated("day_and_month", value)


def short_month(value: date) -> str:
    """Mark a month where there is little room (Mar)."""
    return _dated("short_month", value)


def month(value: date) -> str:
    """Mark a month with its year (March 2026)."""
    return _dated("month", value)


def whole_day(value: date) -> str:
    """Mark a calendar day with its year (2 March 2026)."""
    return _dated("whole_day", value)


def weekday(value: date) -> str:
    """Mark a day of the week (Monday)."""
    return _dated("weekday", value)


def oclock(value: time | datetime) -> str:
    """Mark a time of day (14:05, 2:05 pm)."""
    return _shown("clock", f"{value:%H:%M}")


def country(code: str) -> str:
    """Mark a country by its ISO 3166-1 code (Brazil)."""
    return _shown("country", code)


def length(minutes: int) -> str:
    """Mark a length of work in minutes (2 h 30, 2:30, 2.5 h)."""
    return _shown("length", str(minutes))


def capital(text: str) -> str:
    """Have a text begin with a capital letter, in whatever language it is said."""
    return _done("capital", text)


def small(text: str) -> str:
    """Have a text begin with a small letter, in whatever language it is said."""
    return _done("small", text)


def first_line(text: str) -> str:
    """Give the first line of a message, cut between words and tags if it is long, in whatever language it is said."""
    return _done("first_line", text)


def clean(text: str) -> str:
    """Take out what could be taken for a mark, of words that come from outside."""
    return MARKS.sub("", text)


def size(text: str) -> int:
    """Count the characters of a text in English, for what has to leave room for it."""
    return len(say(text, ENGLISH))


def cut(text: str, most: int) -> str:
    """Cut what is too long with an ellipsis; a marked text when its words are known, in whatever language they are."""
    if OPEN not in text:
        return text if len(text) <= most else text[: most - 1] + "…"
    return _shown("cut", f"{most}:{text}") if len(text) * 2 > most else text


def say(text: str, tongue: Tongue) -> str:
    """Put a text into words."""
    if OPEN not in text:
        return text
    said, at = [], 0
    while (begin := text.find(OPEN, at)) >= 0:
        said.append(text[at:begin])
        words, at = _group(text, begin + 1, tongue)
        said.append(words)
    return MARKS.sub("", "".join([*said, text[at:]]))


def _group(text: str, at: int, tongue: Tongue) -> tuple[str, int]:
    """Put the group whose inside begins here into words; gives them and where the text goes on."""
    parts: list[str] = []
    piece: list[str] = []
    while mark := MARKS.search(text, at):
        piece.append(text[at : mark.start()])
        at = mark.end()
        if mark[0] == OPEN:
            words, at = _group(text, at, tongue)
            piece.append(words)
        elif mark[0] in (GAP, SHUT):
            parts.append("".join(piece))
            piece = []
        else:
            piece.append(mark[0])
        if mark[0] == SHUT:
            return _words(parts, tongue), at
    return "".join([*parts, *piece, text[at:]]), len(text)


def _words(parts: list[str], tongue: Tongue) -> str:
    """Find the sentence in the reader's tongue, and fill its gaps."""
    head, *gaps = parts
    if head.startswith(KIND):
        return tongue.show[head[1:]](gaps[0])
    values = dict(gap.split(IS, 1) for gap in gaps)
    one, _, many = head.partition(MANY)
    found = tongue.find(one, many, int(values["n"]) if many else None)
    return NAMED.sub(lambda gap: values.get(gap[1], gap[0]), found) if values else found


def length_words(minutes: int, form: str = "hours", point: str = ".") -> str:
    """Write a length of work in one of three forms: 2 h 30 and 45 min (hours); 2:30 (clock); 2.5 h (decimal)."""
    hours, rest = divmod(minutes, HOUR)
    if form == "clock":
        return f"{hours}:{rest:02}"
    if form == "decimal":
        return f"{round(minutes / HOUR, 2):g} h".replace(".", point)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest:02}" if rest else f"{hours} h"


def _english(one: str, many: str, n: int | None) -> str:
    return many if n not in (None, 1) else one


def _day(iso: str, form: str) -> str:
    value = date.fromisoformat(iso)
    return f"{value:%a} {value.day}" + (format(value, form) if form else "")


def country_in(language: str, code: str) -> str:
    """Name a country in a language; the code itself where nobody knows it."""
    from babel import Locale  # noqa: PLC0415 - needed by few pages only

    return str(Locale(language).territories.get(code, code))


def _first_line(text: str) -> str:
    line = text.partition("\n")[0]
    return line if len(line) <= LONGEST_LINE else CUT_INSIDE.sub("", line[:LONGEST_LINE]).rstrip() + "…"


def _cut(most_and_text: str) -> str:
    """Cut words that are known, never inside a tag or a sign that stands for another one."""
    most, _, text = most_and_text.partition(":")
    return text if len(text) <= int(most) else CUT_INSIDE.sub("", text[: int(most) - 1]) + "…"


# What is done with a text when its words are known.
CASES: Mapping[str, Callable[[str], str]] = {
    "cut": _cut,
    "first_line": _first_line,
    "capital": lambda text: text[:1].upper() + text[1:],
    "small": lambda text: text[:1].lower() + text[1:],
}
ENGLISH = Tongue(
    "en",
    _english,
    {
        **CASES,
        "day": lambda iso: _day(iso, " %b"),
        "short": lambda iso: _day(iso, ""),
        "short_weekday": lambda iso: f"{date.fromisoformat(iso):%a}",
        "day_and_month": lambda iso: f"{date.fromisoformat(iso).day} {date.fromisoformat(iso):%b}",
        "short_month": lambda iso: f"{date.fromisoformat(iso):%b}",
        "month": lambda iso: f"{date.fromisoformat(iso):%B %Y}",
        "whole_day": lambda iso: f"{date.fromisoformat(iso).day} {date.fromisoformat(iso):%B %Y}",
        "weekday": lambda iso: f"{date.fromisoformat(iso):%A}",
        "clock": str,
        "country": lambda code: country_in("en", code),
        "length": lambda minutes: length_words(int(minutes)),
    },
)

# Whoever a file is made for, while it is made: what draws it is far from whoever knows (bot/parcel.py sets it).
READER: ContextVar[Tongue] = ContextVar("reader", default=ENGLISH)


def here(text: str) -> str:
    """Put a text into words for whoever the file that is being made is for."""
    return say(text, READER.get())
