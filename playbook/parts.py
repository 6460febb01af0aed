"""Parts: where one entry ends and the next begins in a text that holds several."""

from collections.abc import Callable, Iterator, Sequence

from playbook.hearing import Heard
from playbook.length import Sure, length_at
from playbook.log_book import LogBook
from playbook.tokens import Sort, Token
from playbook.words import bare

Hear = Callable[[Sequence[Token]], Heard]


def parts(pieces: Sequence[Token], hear: Hear, book: LogBook) -> list[list[Token]]:
    """Cut at ";", line ends and "2h acme, 30m review", but only where both sides have a length or name a day.

    Any other semicolon belongs to a note.
    """
    chunks = list(_chunks(pieces, book))
    if len(chunks) == 1:
        return [_without_edges(chunks[0])]
    cut: list[list[Token]] = []
    lead: Heard | None = None
    for chunk in chunks:
        heard = hear(chunk)
        begins = bool(heard.found) or heard.day_alone
        if not cut or (lead and begins and not _only_counts(heard, lead)):
            cut.append([*chunk])
            lead = heard if begins else None
        else:
            cut[-1] += chunk
            lead = lead or (heard if begins else None)
    return [_without_edges(part) for part in cut]


def _only_counts(heard: Heard, lead: Heard) -> bool:
    """Say whether a bare number is no length, because lengths have units here: "2h fix; 3 tickets left"."""
    number = heard.found and heard.found.sure is Sure.NUMBER
    return bool(number and lead.found and lead.found.sure > Sure.NUMBER)


def _without_edges(part: list[Token]) -> list[Token]:
    while len(part) > 1 and part[0].sort is Sort.CUT:
        del part[0]
    return part


def _chunks(pieces: Sequence[Token], book: LogBook) -> Iterator[list[Token]]:
    start = 0
    for at, piece in enumerate(pieces):
        if piece.sort is Sort.CUT and at > start:
            yield from _comma_chunks(pieces[start:at], book)
            start = at
    yield from _comma_chunks(pieces[start:], book)


def _comma_chunks(pieces: Sequence[Token], book: LogBook) -> Iterator[list[Token]]:
    """Cut where a comma stands between two lengths that each have words of their own."""
    words = tuple(bare(piece.text) for piece in pieces)
    start = at = 0
    length = note = False
    while at < len(pieces):
        found = length_at(words, at, book)
        if not found or found.sure is not Sure.UNIT:
            note, at = True, at + 1
            continue
        if length and note and pieces[at - 1].text.endswith(",") and found.after < len(pieces):
            yield [*pieces[start : at - 1], _without_comma(pieces[at - 1])]
            start, note = at, False
        length, at = True, found.after
    yield [*pieces[start:]]


def _without_comma(token: Token) -> Token:
    return Token(token.sort, token.text.rstrip(","), token.glued)
