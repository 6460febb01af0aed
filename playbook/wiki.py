"""The wiki rule: which question is which, and whether it was asked before."""

import re
from collections.abc import Iterable
from datetime import time
from difflib import SequenceMatcher

from playbook.page import Page

WORD = re.compile(r"\w+")
NEAR = 0.8  # spellings of one word that are at least this much alike
OPEN, DONE, DROPPED = "open", "done", "dropped"


class WikiBook(Page):
    """Limits, and when two questions are the same (guide: Enforce the Wiki Rule; Documentation Rule)."""

    most: int
    most_answer: int
    most_page: int
    likeness: float
    most_open: int
    remind_weekday: int
    remind_at: time
    remind_days: int
    small: tuple[str, ...]


def key_of(question: str, book: WikiBook) -> str:
    """Name what a question is about: its words that say something, small and in the order of the alphabet."""
    said = WORD.findall(question.casefold())
    words = {word for word in said if word not in book.small} or set(said)
    return " ".join(sorted(words))


def likeness(one: str, other: str) -> float:
    """Say how much alike the keys of two questions are, from 0 to 1: words in common, near spellings included."""
    mine, theirs = one.split(), other.split()
    if not mine or not theirs:
        return 0.0
    near = sum(max(_near(word, each) for each in theirs) for word in mine)
    back = sum(max(_near(word, each) for each in mine) for word in theirs)
    return (near + back) / (len(mine) + len(theirs))


def _near(one: str, other: str) -> float:
    if one == other:
        return 1.0
    ratio = SequenceMatcher(None, one, other).ratio()
    return ratio if ratio >= NEAR else 0.0


def same_as(question: str, keys: Iterable[str], book: WikiBook) -> str:
    """Give the key of the question that was asked before and is the most alike, "" if none is alike enough."""
    wanted = key_of(question, book)
    found = sorted(((likeness(wanted, key), key) for key in set(keys)), reverse=True)
    return found[0][1] if found and found[0][0] >= book.likeness else ""
