"""Days to come as people write them: tomorrow, mon-wed, 12-16 aug lisbon trip, until friday, 3 days, next week."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date

from playbook.days import DAY
from playbook.log_book import DayWords
from playbook.ooo import OooBook
from playbook.ooo_days import Days, Found
from playbook.words import bare, clean

DASHES = re.compile(r"\s*(?:[–—]|\.\.+|->)\s*")
PIECE = re.compile(r"[0-9]{1,2}(?:st|nd|rd|th)?|[a-z]+")
GLUED = re.compile(r"([0-9]{1,2})([a-z]+)")
ISO = r"20[0-9]{2}-[0-9]{1,2}-[0-9]{1,2}"
ISO_PAIR = re.compile(rf"({ISO})-({ISO})")


@dataclass(frozen=True)
class Asked:
    """What somebody said of their time away: a verb, or days (none that could be read), a type, and words.

    `sure`: nothing in it could mean anything else. `other` is the day that a day might be instead. `open_end`: it
    began with "from", and no end was named.
    """

    verb: str = ""
    first: date | None = None
    last: date | None = None
    kind: str = ""
    note: str = ""
    sure: bool = True
    other: date | None = None
    open_end: bool = False


@dataclass(frozen=True)
class Token:
    """A word as it is compared, and which of the written words it is or is a part of."""

    text: str
    at: int


def read(text: str, today: date, weekdays: Collection[int], book: OooBook, words: DayWords) -> Asked:
    """Read what somebody wrote after `/ooo`; what it means is never before it starts, and always has an end."""
    written = DASHES.sub(" - ", clean(text)).split()
    phrase = " ".join(bare(word) for word in written)
    if verb := book.verbs.named(phrase):
        return Asked(verb)
    tokens = tuple(_tokens(written, words))
    reader = Days(tuple(one.text for one in tokens), today, frozenset(weekdays), book, words)
    for start in range(len(tokens)):
        if found := reader.range_at(start):
            return _asked(written, tokens, reader, start, found)
    return _only_words(written, book)


def _only_words(written: list[str], book: OooBook) -> Asked:
    """Give what has no day in it: a type, and words for the note."""
    kind, note = _kind(" ".join(written), book)
    return Asked("", None, None, kind, note, sure=False)


def _tokens(written: list[str], words: DayWords) -> Iterator[Token]:
    known = {name for names in (*words.months, *words.weekdays) for name in names}
    for at, word in enumerate(written):
        yield from (Token(part, at) for part in _parts(bare(word) or word, known))


def _parts(word: str, known: Collection[str]) -> Iterator[str]:
    """Take apart what is written together: 12-16, mon-wed, 28nov, two ISO dates."""
    if pair := ISO_PAIR.fullmatch(word):
        yield from (pair[1], "-", pair[2])
        return
    pieces = word.split("-")
    whole = len(pieces) == 1 or not all(_is_day(piece, known) for piece in pieces)
    for n, piece in enumerate([word] if whole else pieces):
        glued = GLUED.fullmatch(piece)
        yield from ("-",) if n else ()
        yield from glued.groups() if glued and glued[2] in known else (piece,)


def _is_day(piece: str, known: Collection[str]) -> bool:
    glued = GLUED.fullmatch(piece)
    numbered = bool(piece[:1].isdigit() and PIECE.fullmatch(piece))
    return numbered or piece in known or piece in ("today", "tomorrow") or bool(glued and glued[2] in known)


def _asked(written: list[str], tokens: tuple[Token, ...], reader: Days, start: int, found: Found) -> Asked:
    """Put together days, type and note; a second mention of days leaves nobody sure."""
    book, after = reader.book, found.after
    begin = _filler_before(tokens, start, book)
    used = {tokens[n].at for n in range(begin, after)}
    before = " ".join(word for at, word in enumerate(written) if at < tokens[begin].at and at not in used)
    rest = " ".join(word for at, word in enumerate(written) if at > tokens[after - 1].at)
    lead, led = _kind(before, book)
    kind, note = _kind(rest, book)
    doubts = {tokens[n].text for n in (*range(start), *range(after, min(after + 1, len(tokens))))}
    again = any(reader.range_at(n) for n in range(after, len(tokens)))
    sure = found.sure and not again and doubts.isdisjoint(book.words.doubt)
    said = " ".join(filter(None, (led, note.strip(" ,;:-"))))
    asked = Asked("", found.first, found.last, lead or kind, said, sure, found.other, found.open_end)
    return _until_back(asked, reader) if before.casefold() == "back" else asked


def _until_back(asked: Asked, reader: Days) -> Asked:
    """Take "back on monday" for time away until the day before, and ask."""
    if asked.first is None or asked.first <= reader.today:
        return asked
    return replace(asked, first=reader.today, last=asked.first - DAY, note=asked.note.removeprefix("back").strip())


def _filler_before(tokens: tuple[Token, ...], start: int, book: OooBook) -> int:
    fillers = {*book.words.filler, *book.words.from_, *book.words.for_, *book.words.the}
    while start and tokens[start - 1].text in fillers:
        start -= 1
    return start


def _kind(words: str, book: OooBook) -> tuple[str, str]:
    """Find the type that words begin or end with, and give what is left for the note when they say no more."""
    low = " ".join(bare(word) for word in words.split() if bare(word) not in {*book.words.filler, *book.words.for_})
    phrases = sorted(((one, kind.key) for kind in book.kinds for one in kind.words), key=lambda pair: -len(pair[0]))
    for phrase, key in phrases:
        if low == phrase:
            return key, ""
        if f"{low} ".startswith(f"{phrase} ") or low.endswith(f" {phrase}"):
            return key, words
    return ("off", "") if words and not low and "off" in words.casefold().split() else ("", words if low else "")
