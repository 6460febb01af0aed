"""Reading what somebody wrote after `/log`: liberal, and nothing they typed is lost."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from playbook.days import DAY, local_day
from playbook.entry import Entry
from playbook.hearing import Heard, hear
from playbook.length import Span, between, duration, placed, show, spans
from playbook.log_book import Category, LogBook
from playbook.log_limits import problem, problems
from playbook.parts import parts
from playbook.tags import Asked
from playbook.tokens import Token, tokens
from playbook.words import bare, clean, closest, fill

__all__ = [
    "Category", "Entry", "LogBook", "LogRequest", "Span", "between", "closest", "duration", "problem", "problems",
    "read", "show", "spans",
]  # fmt: skip

TIMERS = ("start", "stop")
PREFIXES = (*TIMERS, "same")


@dataclass(frozen=True)
class LogRequest:
    """What somebody wants of `/log`: a verb or entries, and what could not be understood of it.

    `unclear` holds words as typed; `questions` one sentence for each thing to ask, for the form.
    """

    verb: str = ""
    entries: tuple[Entry, ...] = ()
    unclear: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()

    @property
    def ready(self) -> bool:
        """Say whether it can be done without asking anything."""
        return not self.unclear and not self.questions

    @property
    def draft(self) -> Entry | None:
        """Give the first entry as far as it was understood, to fill the form with."""
        return self.entries[0] if self.entries else None


def read(text: str, now: datetime, zone: str, book: LogBook, known_projects: Sequence[str] = ()) -> LogRequest:
    """Read the text after `/log` as Slack sends it (escaped); `now` is aware, the zone is the person's own.

    An unknown #project is asked about when there are known ones; a day said once holds until the next is said.
    """
    line = clean(text)
    if not line:
        return LogRequest()
    if len(line) > book.text_limit:
        return LogRequest(unclear=(line,), questions=(fill(book.sentences.too_much, most=book.text_limit),))
    if verb := book.verbs.named(" ".join(line.casefold().rstrip(".!").split())):
        return LogRequest(verb)
    reader = _Reader(now, zone, book, tuple(known_projects))
    pieces = tokens(line)
    return reader.prefixed(pieces) or reader.request(reader.entries(pieces))


@dataclass(frozen=True)
class _Reader:
    """What stays the same while one text is read."""

    now: datetime
    zone: str
    book: LogBook
    projects: tuple[str, ...]

    def prefixed(self, pieces: Sequence[Token]) -> LogRequest | None:
        """Read "start #acme landing page": a verb and what it is about."""
        verb = self.book.verbs.named(bare(pieces[0].text))
        if verb not in PREFIXES:
            return None
        heard = self.hear(pieces[1:])
        if verb in TIMERS and heard.found:
            ask = Asked(self.book.sentences.timer_length, heard.length)
            return None if heard.note else self.request([replace(heard, asked=(*heard.asked, ask))], verb)
        return self.request([heard], verb)

    def hear(self, pieces: Sequence[Token]) -> Heard:
        return hear(pieces, local_day(self.now, self.zone), self.book, self.projects)

    def entries(self, pieces: Sequence[Token]) -> list[Heard]:
        """Hear the entries one after the other; a day on its own is a heading for those that follow."""
        kept: list[Heard] = []
        day: Heard | None = None
        heading: Heard | None = None
        for heard in (self.hear(part) for part in parts(pieces, self.hear, self.book)):
            if heading and heard.when:
                kept.append(heading)
            if heard.day:
                day = heard
            heading = heard if heard.day_alone else None
            if not heading:
                kept.append(replace(heard, day=day.day, when=day.when) if day and not heard.when else heard)
        return [*kept, heading] if heading else kept

    def request(self, heard: Sequence[Heard], verb: str = "") -> LogRequest:
        """Put together what was heard; what is more than fits in one go is asked about."""
        limit, words = self.book.entries_limit, self.book.sentences
        entries: list[Entry] = []
        asked: list[Asked] = []
        for one in heard[:limit]:
            placed_entries = self.placed(one)
            entries += placed_entries or [one.entry(self.day(one))]
            asked += one.asked
            if not placed_entries and one.found:
                asked.append(Asked(words.no_length, one.length))
            elif not (verb or one.found or one.length_asked):
                asked.append(Asked(words.how_long, ""))
        if rest := "; ".join(one.typed for one in heard[limit:]):
            asked.append(Asked(fill(words.many_entries, count=limit), rest))
        unclear = tuple(ask.words for ask in asked if ask.words)
        return LogRequest(verb, tuple(entries), unclear, tuple(dict.fromkeys(str(ask) for ask in asked)))

    def day(self, one: Heard) -> date:
        """Give the day that was said, or today."""
        return one.day or local_day(self.now, self.zone)

    def placed(self, one: Heard) -> list[Entry]:
        """Put what was heard on its day: two entries when it crosses midnight, none without a length."""
        if not one.found:
            return []
        day = self.day(one)
        pieces = placed(one.found, day, self.zone)
        if not one.day and self.last_night(one, pieces):
            pieces = placed(one.found, day - DAY, self.zone)
        return [
            replace(one.entry(piece.day), minutes=piece.minutes, start=piece.start, end=piece.end)
            for piece in pieces
            if piece.minutes
        ]

    def last_night(self, one: Heard, pieces: Sequence[Span]) -> bool:
        """Say whether "22-2" is written in the morning, of the night that has just ended."""
        end = pieces[-1].end if pieces else None
        return bool(one.found and one.found.range and one.found.range.overnight and end and end > self.now)
