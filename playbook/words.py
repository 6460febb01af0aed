"""Words as people type them and as Slack sends them."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher

from playbook.tongue import phrase, sentence_of

BREAKS = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
# Marks that turn the reading direction or show nothing: they could make a note read as something else.
# The joiners U+200C and U+200D stay, because emoji families and several scripts are spelt with them.
HIDDEN = frozenset("\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff")
MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
MARK = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")
ALIKE = 0.6
INSIDE = 3


def clean(text: str) -> str:
    """Give the text without control and direction characters; line breaks stay, outer space goes."""
    return "".join(sign for sign in BREAKS.sub("\n", text) if _shown(sign)).strip()


def _shown(sign: str) -> bool:
    return sign in "\n\t" or (sign not in HIDDEN and unicodedata.category(sign) not in {"Cc", "Cs"})


def unescape(text: str) -> str:
    """Undo Slack's escaping of `&`, `<` and `>`, once (docs.slack.dev, formatting message text)."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def mentioned(text: str) -> str:
    """Give the user id of the first person a text mentions as Slack writes it, "" for nobody."""
    found = MENTION.search(text)
    return found[1] if found else ""


def plain(text: str, names: Mapping[str, str]) -> str:
    """Turn what Slack sent into what its writer meant, for ever: marks for people, channels and links become words.

    `names` gives people's names by user id.
    """
    return clean("".join(_pieces(text, names)))


def _pieces(text: str, names: Mapping[str, str]) -> Iterator[str]:
    at = 0
    for mark in MARK.finditer(text):
        sign, target, label = mark.groups()
        named = names.get(target) or unescape(label or target)
        yield unescape(text[at : mark.start()])
        yield f"{sign.replace('!', '@')}{named}" if sign else unescape(target)
        at = mark.end()
    yield unescape(text[at:])


def closest(name: str, known: Iterable[str], count: int = 3) -> tuple[str, ...]:
    """Name the known words that are most like this one, best first; none when nothing is near."""
    sought = name.casefold()
    scored = [(-_likeness(sought, other.casefold()), other) for other in dict.fromkeys(known)]
    return tuple(other for score, other in sorted(scored) if score <= -ALIKE)[:count]


def _likeness(sought: str, other: str) -> float:
    if sought == other:
        return 2.0
    if sought and other.startswith(sought):
        return 1.5
    if min(len(sought), len(other)) >= INSIDE and (sought in other or other in sought):
        return 1.2
    return SequenceMatcher(None, sought, other).ratio()


def fill(sentence: str, **values: object) -> str:
    """Put values into a sentence of the playbook: {name} for each; a name it has no value for stays as it is."""
    return phrase(sentence_of(sentence), **values)


def bare(word: str) -> str:
    """Give a word in small letters without the punctuation around it, to compare it."""
    return word.casefold().lstrip("(~\u2248").rstrip(",;:!)").removesuffix(".")


def first_name(name: str) -> str:
    """Give the name by which somebody is called."""
    return (name.split() or [name])[0]
