"""Hearing: what the words of one entry say, in whatever order they stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from playbook.day_words import DayFound, day_at
from playbook.entry import Entry
from playbook.length import HOUR, LOOSE, Found, Sure, length_at, with_minutes
from playbook.log_book import LogBook
from playbook.tags import Asked, Tags, tags
from playbook.tokens import Sort, Token, joined
from playbook.words import bare

SEPARATORS = frozenset(("-", "\u2013", "\u2014", ":", "|", ",", ";", "\n"))
NEARBY = 5


@dataclass(frozen=True)
class Heard:
    """The parts of one entry; `day` is None when none was said, `found` when no length was understood."""

    typed: str
    tags: Tags
    note: str = ""
    day: date | None = None
    when: str = ""
    found: Found | None = None
    length: str = ""
    asked: tuple[Asked, ...] = ()
    length_asked: bool = False

    @property
    def day_alone(self) -> bool:
        """Say whether it names a day and nothing else, as a heading does."""
        said = self.found or self.note or self.asked or self.tags.project or self.tags.category or self.tags.links
        return self.day is not None and not said

    def entry(self, day: date) -> Entry:
        """Give it as an entry of a day, its length still open."""
        return Entry(
            day,
            project=self.tags.project,
            category=self.tags.category,
            note=self.note,
            links=self.tags.links,
            length=self.length,
            when=self.when,
        )


def hear(pieces: Sequence[Token], today: date, book: LogBook, projects: Sequence[str]) -> Heard:
    """Find the day, the length, the project, the category and the links; the rest, in order, is the note."""
    tagged = tags(pieces, book, projects)
    plain = [i for i, piece in enumerate(pieces) if i not in tagged.used and piece.sort is Sort.WORD]
    line = _Line(tuple(bare(pieces[i].text) for i in plain), today, book)
    first = line.opening_day()
    found, asked = line.length(first.after if first else 0)
    day = first or line.other_day(found)
    # "20" and nothing else is no note: it goes where the length goes, for the person to complete.
    alone = asked is not None and asked.words == " ".join(line.words)
    length = range(len(plain)) if alone else _words(found)
    typed = tuple(pieces[i].text for i in plain)
    when = _said(typed, _words(day))
    unsure = [Asked(book.sentences.which_day, when)] if day and not day.day else []
    return Heard(
        joined(pieces),
        tagged,
        note=_note(pieces, tagged.used | {plain[i] for i in (*_words(day), *length)}),
        day=day.day if day else None,
        when=when,
        found=found,
        length=_said(typed, length),
        asked=(*tagged.asked, *([asked] if asked else []), *unsure),
        length_asked=asked is not None,
    )


def _words(found: DayFound | Found | None) -> range:
    return range(found.first, found.after) if found else range(0)


def _said(typed: Sequence[str], words: range) -> str:
    return " ".join(typed[i] for i in words)


def _note(pieces: Sequence[Token], away: set[int]) -> str:
    """Put the rest together as it was typed, without the dashes and colons that only held the parts apart."""
    rest = [i for i in range(len(pieces)) if i not in away]
    while rest and pieces[rest[0]].text in SEPARATORS:
        del rest[0]
    while rest and pieces[rest[-1]].text in SEPARATORS and not _glued(pieces, rest, -1):
        del rest[-1]
    return joined([Token(pieces[i].sort, pieces[i].text, _glued(pieces, rest, at)) for at, i in enumerate(rest)])


def _glued(pieces: Sequence[Token], rest: Sequence[int], at: int) -> bool:
    """Say whether a piece stands right behind the one that is before it in the note."""
    at %= len(rest)
    return at > 0 and pieces[rest[at]].glued and rest[at - 1] == rest[at] - 1


@dataclass(frozen=True)
class _Line:
    """The plain words of an entry, ready to compare."""

    words: tuple[str, ...]
    today: date
    book: LogBook

    def opening_day(self) -> DayFound | None:
        """Find a day in the first words."""
        day = self._day(0)
        # "1/2 hour" is a length before it is the first of February.
        return None if day and not day.day and self._surely(0) else day

    def _day(self, first: int) -> DayFound | None:
        return day_at(self.words, first, self.today, self.book.days)

    def _surely(self, first: int) -> bool:
        found = length_at(self.words, first, self.book)
        return bool(found and found.sure >= Sure.SPELT)

    def length(self, start: int) -> tuple[Found | None, Asked | None]:
        """Find the length: the plainest one wins, and between equals the person decides."""
        every = self._lengths(start)
        best = [found for found in every if found.sure == max(each.sure for each in every)]
        if len(best) > 1:
            return None, self._ask(self.book.sentences.which_length, *best)
        if not best:
            return None, None
        found = best[0]
        bare_number = found.sure is Sure.NUMBER
        if bare_number and (found.first > start or found.minutes > self.book.most_bare_hours * HOUR):
            return None, self._ask(self.book.sentences.is_length, found)
        return self._with_loose_minutes(found)

    def _ask(self, sentence: str, *found: Found) -> Asked:
        said = (" ".join(self.words[i] for i in _words(each)) for each in found)
        return Asked(sentence, ", ".join(said))

    def _lengths(self, start: int) -> list[Found]:
        every, at = [], start
        while at < len(self.words):
            found = length_at(self.words, at, self.book)
            if found and self._in_place(found, start):
                every.append(found)
            at = found.after if found else at + 1
        return every

    def _in_place(self, found: Found, start: int) -> bool:
        """Words with a unit count anywhere; 9-12, 2:30 or 2 only where they begin or end the entry."""
        if found.sure >= Sure.SPELT or found.first == start:
            return True
        return found.after == len(self.words) and not self._in_note(found.first)

    def _in_note(self, first: int) -> bool:
        return first > 0 and self.words[first - 1] in self.book.days.part_of_note_after

    def _with_loose_minutes(self, found: Found) -> tuple[Found | None, Asked | None]:
        """Settle "2h 30": minutes when nothing but a day follows, else it may be thirty of something."""
        loose = found.whole_hours and found.after < len(self.words) and LOOSE.fullmatch(self.words[found.after])
        if not loose or self._day(found.after):
            return found, None
        longer = with_minutes(found, self.words)
        if longer.after == len(self.words) or self._day(longer.after):
            return longer, None
        return None, self._ask(self.book.sentences.is_length, longer)

    def other_day(self, length: Found | None) -> DayFound | None:
        """Find a day beside the length or in the last words."""
        if length and (day := self._day(length.after)):
            return day
        ends = ([length.first] if length else []) + [len(self.words)]
        return next((day for end in ends if (day := self._day_before(end, length))), None)

    def _day_before(self, end: int, length: Found | None) -> DayFound | None:
        least = length.after if length and length.after <= end else 0
        for first in range(max(least, end - NEARBY), end):
            day = self._day(first)
            if day and day.after == end and not self._in_note(first):
                return day
        return None
