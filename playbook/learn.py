"""What somebody wants to learn: which requests are clear enough to be asked, and what may become of one."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import time
from urllib.parse import urlsplit

from playbook.page import Page
from playbook.words import fill

ASKED, DISCUSSING, APPROVED, DECLINED, DONE, WITHDRAWN = (
    "asked", "discussing", "approved", "declined", "done", "withdrawn",
)  # fmt: skip
WAITING = (ASKED, DISCUSSING)
ANSWERED = (DISCUSSING, APPROVED, DECLINED)
OPEN = (ASKED, DISCUSSING, APPROVED)
MAY_FOLLOW: Mapping[str, tuple[str, ...]] = {
    ASKED: (DISCUSSING, APPROVED, DECLINED, WITHDRAWN),
    DISCUSSING: (APPROVED, DECLINED, WITHDRAWN),
    APPROVED: (DONE, WITHDRAWN),
}
BREAKS_A_LINK = '<>|"`'
CURRENCY = re.compile(r"[^\W\d_]{1,}")


class Sentences(Page):
    """What is said under a field that needs another look."""

    name: str
    no_cost: str
    cost: str
    cost_long: str
    benefit: str
    link: str
    twice: str
    full: str


class LearnBook(Page):
    """How much can be written of a course, and when it is asked whether it is done (guide: Phase 3, learning)."""

    most_name: int
    most_cost: int
    most_benefit: int
    most_words: int
    most_link: int
    most_open: int
    ask_after_days: int
    ask_at: time
    free: tuple[str, ...]
    sentences: Sentences


def may_become(state: str, wanted: str) -> bool:
    """Say whether a course in one state may come into another."""
    return wanted in MAY_FOLLOW.get(state, ())


def good_link(address: str, most: int) -> bool:
    """Say whether an address can be linked to; none at all is fine."""
    if not address:
        return True
    if len(address) > most or any(sign.isspace() or sign in BREAKS_A_LINK for sign in address):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme == "https" and "." in (parts.hostname or "")


def same_name(name: str) -> str:
    """Give what two names have in common that mean the same course."""
    return " ".join(name.casefold().split()).rstrip(".!")


def _has_currency(cost: str) -> bool:
    amount = any(sign.isdecimal() for sign in cost)
    return amount and bool(CURRENCY.search(cost) or any(unicodedata.category(sign) == "Sc" for sign in cost))


def cost_problem(cost: str, book: LearnBook) -> str:
    """Say why a cost is not clear, "" if it is: an amount with its currency, or a word for free."""
    said = book.sentences
    if not cost:
        return said.no_cost
    if len(cost) > book.most_cost or "\n" in cost:
        return fill(said.cost_long, most=book.most_cost)
    return "" if same_name(cost) in book.free or _has_currency(cost) else said.cost


def problems(
    name: str, cost: str, benefit: str, link: str, open_names: Iterable[str], book: LearnBook
) -> Mapping[str, str]:
    """Say what needs another look, by field; `open_names` are the courses that wait or go on already."""
    said, there = book.sentences, [same_name(one) for one in open_names]
    found = {
        "name": fill(said.name, most=book.most_name) if not name or len(name) > book.most_name else "",
        "cost": cost_problem(cost, book),
        "benefit": "" if benefit else said.benefit,
        "link": "" if good_link(link, book.most_link) else said.link,
    }
    if not found["name"] and same_name(name) in there:
        found["name"] = said.twice
    if not found["name"] and len(there) >= book.most_open:
        found["name"] = fill(said.full, most=book.most_open)
    return {field: sentence for field, sentence in found.items() if sentence}
