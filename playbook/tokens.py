"""Tokens: the words, links and channels in a line as Slack sends it, and where one entry ends."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from playbook.words import unescape

SLACK = r"<(?:[@#!]|https?://|mailto:|tel:)[^<>\n]*>"
LINK = r"(?i:https?)://(?:[^\s<>()]|\([^\s<>()]*\))*(?:[^\s<>().,:;!?'\"\]}]|\([^\s<>()]*\))"
SCAN = re.compile(
    rf"(?P<slack>{SLACK})|(?P<link>{LINK})|(?P<cut>[;\n])"
    rf"|(?P<word>(?:&(?:amp|lt|gt);|(?!{SLACK})(?!{LINK})[^\s;])+)"
)


class Sort(StrEnum):
    """What a token is."""

    WORD = "word"
    LINK = "link"
    CHANNEL = "channel"
    CUT = "cut"


@dataclass(frozen=True)
class Token:
    """One piece of the line; `glued` when no space stood before it."""

    sort: Sort
    text: str
    glued: bool


def tokens(text: str) -> tuple[Token, ...]:
    """Take a line apart; what Slack wraps in angle brackets becomes what the person meant by it."""
    return tuple(token for match in SCAN.finditer(text) for token in _tokens(match))


def _tokens(match: re.Match[str]) -> Iterator[Token]:
    before = match.start() - 1
    glued = before >= 0 and not match.string[before].isspace()
    if match.lastgroup == "slack":
        yield from _wrapped(match[0], glued=glued)
        return
    yield Token(Sort(match.lastgroup or Sort.WORD), unescape(match[0]), glued)


def _wrapped(text: str, *, glued: bool) -> Iterator[Token]:
    target, _, label = (unescape(part) for part in text[1:-1].partition("|"))
    if target.startswith("#"):
        yield Token(Sort.CHANNEL, label or target[1:], glued)
    elif target.startswith(("@", "!")):
        yield Token(Sort.WORD, text, glued)
    elif target.startswith("http"):
        yield Token(Sort.LINK, target, glued)
        # A bare address is its own label; other words were typed by the person and belong to the note.
        yield from (Token(Sort.WORD, word, glued=False) for word in label.split() if label not in target)
    else:
        yield Token(Sort.WORD, label or target.partition(":")[2], glued)


def joined(pieces: Sequence[Token]) -> str:
    """Put tokens together again as they were typed."""
    text = "".join(("" if token.glued else " ") + token.text for token in pieces)
    return " ".join(text.split())
