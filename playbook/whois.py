"""Who's Who and the Internal Lexicon: what `/whois` is asked, what matches, and what needs explaining."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from playbook.page import Page
from playbook.words import MENTION, clean, closest

WORD = re.compile(r"\w+")
# An acronym stands alone: it is no part of a name, an address, a ticket number (ABC-12) or a file (README.md).
ALONE = re.compile(r"(?<![\w/@#.:-])([^\W_]{2,6}?)(?:['\u2019]?s)?(?![\w/]|-\w|\.\w|:/)")
ARTICLE = re.compile(r"^(?:the|an?|our) ", re.IGNORECASE)
NOISE = re.compile(r"```.*?```|`[^`\n]*`|https?://\S+", re.DOTALL)
LEAST_SHOUTED = 4
LEAST_LETTERS = 2
MOST_MATCHES = 5


class WhoisLimits(Page):
    """How many characters fit, and how many words are explained at once."""

    term: int
    meaning: int
    topic: int
    note: int
    explained: int
    rows: int


class CommonTerm(Page):
    """A word of work in general that a workspace may begin its lexicon with."""

    term: str
    meaning: str


class WhoisBook(Page):
    """What a question may begin and end with, what nobody needs explained, and what to begin a lexicon with."""

    leads: tuple[str, ...]
    ends: tuple[str, ...]
    ordinary: tuple[str, ...]
    limits: WhoisLimits
    terms: tuple[CommonTerm, ...]


@dataclass(frozen=True)
class Asked:
    """What `/whois` is asked: open, help, list, add, edit, remove, import, person or find."""

    verb: str
    words: str = ""
    meaning: str = ""


VERBS = {"help": "help", "?": "help", "list": "list", "all": "list", "import": "import"}
WRITING = {"add": "add", "edit": "edit", "change": "edit", "remove": "remove", "delete": "remove"}


def key_of(words: str) -> str:
    """Give what a term or topic is found by: small letters, single spaces."""
    return " ".join(clean(words).casefold().split())


def read_command(text: str, book: WhoisBook) -> Asked:
    """Read the words after `/whois`; whatever is none of its verbs is something to find."""
    said = " ".join(clean(text).split())
    person = MENTION.search(said)
    verb, _, rest = said.partition(" ")
    if verb.casefold() in WRITING:
        return _writing(WRITING[verb.casefold()], rest)
    if not rest and verb.casefold() in VERBS:
        return Asked(VERBS[verb.casefold()])
    if person and not said.replace(person[0], "").strip("?.! ").casefold().removeprefix("who is"):
        return Asked("person", person[1])
    words = question(said, book)
    return Asked("find", words) if words else Asked("open")


def _writing(verb: str, rest: str) -> Asked:
    term, _, meaning = rest.partition("=")
    return Asked(verb, term.strip(), meaning.strip())


def question(text: str, book: WhoisBook) -> str:
    """Give what a question is about: "what does OKR mean?" is about OKR."""
    said = " ".join(clean(text).split()).strip(" ?!.,\"'\u201c\u201d")
    lead = _lead(said, book)
    said = ARTICLE.sub("", said[len(lead) :].strip()) if lead else said
    end = next((end for end in book.ends if said.casefold().endswith(f" {end}")), "") if lead else ""
    return said[: len(said) - len(end)].strip(" \"'\u201c\u201d")


def is_question(text: str, book: WhoisBook) -> bool:
    """Tell whether a message to the bot asks who or what something is."""
    said = " ".join(clean(text).split())
    about = set(WORD.findall(key_of(question(text, book))))
    return bool(_lead(said, book) and about - {key_of(word) for word in book.ordinary})


def _lead(said: str, book: WhoisBook) -> str:
    folded = said.casefold()
    fitting = [lead for lead in book.leads if folded.startswith(f"{lead} ")]
    return max(fitting, key=len, default="")


@dataclass(frozen=True)
class Matches:
    """Which of the known names answer a question, and which are near when none does."""

    found: tuple[str, ...]
    near: tuple[str, ...] = ()


def match(words: str, names: Sequence[str], book: WhoisBook) -> Matches:
    """Find what is asked for: the same name, its singular, or names that hold all the words; else what is near.

    Words that say nothing by themselves, such as "the", hold no name together.
    """
    keys = {key_of(name): name for name in names}
    sought = key_of(words)
    for one in (sought, sought.removesuffix("s")):
        if one in keys:
            return Matches((keys[one],))
    asked = set(WORD.findall(sought)) - {key_of(word) for word in book.ordinary}
    holding = [name for key, name in keys.items() if asked and asked <= set(WORD.findall(key))]
    return Matches(tuple(holding[:MOST_MATCHES]), () if holding else closest(words, names))


@dataclass(frozen=True)
class Found:
    """What a message holds: terms that are known, and acronyms that nobody has explained."""

    known: tuple[str, ...]
    unknown: tuple[str, ...]


def explain(text: str, terms: Iterable[str], book: WhoisBook) -> Found:
    """Find the terms and unknown acronyms of a message, in the order they stand there, twenty at most."""
    said = NOISE.sub(" ", clean(text))
    places = _terms_in(said, [term for term in terms if term.strip()])
    known = sorted(places, key=lambda term: places[term])
    taken = {key_of(term) for term in known}
    unknown = () if _shouted(said) else _acronyms(said, taken | {key_of(one) for one in book.ordinary})
    most = book.limits.explained
    known = known[:most]
    return Found(tuple(known), tuple(unknown)[: most - len(known)])


def _terms_in(said: str, terms: Sequence[str]) -> dict[str, int]:
    """Say where each term stands first: one in capitals only as it is written, others in any case."""
    places: dict[str, int] = {}
    for exact in (True, False):
        some = {_shape(term, exact=exact): term for term in terms if term.isupper() is exact}
        for spelling in re.finditer(_any_of(some), said, 0 if exact else re.IGNORECASE) if some else ():
            term = some.get(_shape(spelling[1], exact=exact))
            if term:
                places.setdefault(term, spelling.start())
    return places


def _shape(term: str, *, exact: bool) -> str:
    return " ".join(term.split()) if exact else term.lower()


def _any_of(spellings: Collection[str]) -> str:
    longest_first = sorted(spellings, key=len, reverse=True)
    return rf"(?<!\w)({'|'.join(re.escape(one) for one in longest_first)})(?:['\u2019]?s)?(?!\w)"


def _acronyms(said: str, left_out: Collection[str]) -> list[str]:
    seen = dict.fromkeys(found[1] for found in ALONE.finditer(said) if _is_acronym(found[1]))
    return [one for one in seen if key_of(one) not in left_out]


def _is_acronym(word: str) -> bool:
    return word.isupper() and sum(sign.isalpha() for sign in word) >= LEAST_LETTERS


def _shouted(said: str) -> bool:
    """Tell whether a message is written in capitals altogether; then capitals say nothing."""
    written = [word for word in WORD.findall(said) if any(sign.isalpha() for sign in word)]
    return len(written) >= LEAST_SHOUTED and sum(word.isupper() for word in written) > len(written) / 2
