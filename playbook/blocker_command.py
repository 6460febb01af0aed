"""Reading what somebody wrote after `/blocker`: a new blocker, unless it plainly asks for something else."""

import re
from dataclasses import dataclass

from playbook.blocker import BlockerBook
from playbook.words import clean, unescape

NUMBER = r"#?([1-9][0-9]{0,8})"
FIRST_NUMBER = re.compile(rf"{NUMBER}(?:[\s:,.]+(.*))?", re.DOTALL)
PERSON = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>(.*)", re.DOTALL)
EDGE = re.compile(r"^[\s:,.!-]+")
TAKES_WORDS = ("done", "update")


@dataclass(frozen=True)
class Command:
    """What somebody wants of `/blocker`.

    Verbs: "" (the form), list, mine, help, new, show, done, update, hand, take, reopen.
    """

    verb: str
    number: int | None = None
    rest: str = ""
    person: str = ""


def read_command(text: str, book: BlockerBook) -> Command:
    """Read the text after `/blocker` as Slack sends it; `rest` is what the person typed, unescaped."""
    line = clean(text)
    if not line:
        return Command("")
    return (
        _whole(line, book) or _number_first(line, book) or _verb_first(line, book) or Command("new", rest=_plain(line))
    )


def _whole(line: str, book: BlockerBook) -> Command | None:
    phrase = line.casefold().rstrip(".!")
    phrases = {"list": book.verbs.list, "mine": book.verbs.mine, "help": book.verbs.help, "done": book.verbs.done}
    return next((Command(verb) for verb, known in phrases.items() if phrase in known), None)


def _number_first(line: str, book: BlockerBook) -> Command | None:
    """Read "12 done", "12 update waiting for legal", "12 @person"; "12 people are locked out" is a new one."""
    match = FIRST_NUMBER.fullmatch(line)
    if not match:
        return None
    number, rest = int(match[1]), match[2] or ""
    if not rest:
        return Command("show", number)
    if person := PERSON.fullmatch(rest):
        return Command("hand", number, _plain(person[2]), person[1])
    asked = _asked(rest, book)
    return asked.of(number, asked.rest, sure=line.startswith("#")) if asked else None


def _verb_first(line: str, book: BlockerBook) -> Command | None:
    """Read "done 12" and "update 12 waiting for legal"; "done deals are missing" is a new one."""
    asked = _asked(line, book)
    match = FIRST_NUMBER.fullmatch(asked.rest) if asked else None
    if not asked or not match:
        return None
    return asked.of(int(match[1]), match[2] or "", sure=asked.rest.startswith("#"))


@dataclass(frozen=True)
class _Asked:
    """A verb that a text begins with, and what follows it."""

    verb: str
    rest: str
    plain: bool

    def of(self, number: int, rest: str, *, sure: bool) -> Command | None:
        """Take it, unless the words that follow make it the text of a new blocker: "close 12 accounts"."""
        welcome = self.plain and self.verb in TAKES_WORDS
        return Command(self.verb, number, _plain(rest)) if sure or welcome or not rest else None


def _asked(text: str, book: BlockerBook) -> _Asked | None:
    verbs = {"done": book.verbs.done, "update": book.verbs.update, "take": book.verbs.take, "reopen": book.verbs.reopen}
    low = text.casefold()
    for verb, phrases in verbs.items():
        for phrase in phrases:
            after = text[len(phrase) :]
            if low.startswith(phrase) and not after[:1].isalnum():
                return _Asked(verb, EDGE.sub("", after, count=1), plain=phrase == phrases[0])
    return None


def _plain(text: str) -> str:
    return unescape(text).strip()


def from_message(text: str, book: BlockerBook) -> str | None:
    """Give what a direct message says after "blocked:"; None when it does not begin so."""
    line = clean(text)
    low = line.casefold()
    prefix = next((prefix for prefix in book.prefixes if low.startswith(prefix)), None)
    return None if prefix is None else _plain(line[len(prefix) :])
