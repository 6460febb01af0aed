"""Introductions: how far one has come, what may stand in it, and on which days somebody is asked for it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from urllib.parse import urlsplit

from playbook.days import local_day
from playbook.page import Page
from playbook.path import Path
from playbook.tongue import phrase, weekday
from playbook.words import fill

FIRST = 1
NEXT_TURN = 2
WORDS = ("role", "bottleneck", "fun_fact", "place")
TWO_LINES = ("role", "bottleneck")


class State(StrEnum):
    """How far an introduction has come."""

    ASKED = "asked"
    FILLED = "filled"
    APPROVED = "approved"
    POSTED = "posted"


class Audience(StrEnum):
    """Where it is to stand: in the introduction channel, in one that the contractor is in, or in both."""

    EVERYBODY = "everybody"
    SHARED = "shared"
    BOTH = "both"


class IntroductionLimits(Page):
    """How many characters fit."""

    field: int
    video: int
    greeting: int


class IntroductionExamples(Page):
    """What stands in an empty field, to show what is meant."""

    role: str
    bottleneck: str
    fun_fact: str
    place: str
    greeting: str


class IntroductionSentences(Page):
    """What is said under a field that cannot stay as it is."""

    empty: str
    too_long: str
    video: str


class IntroductionBook(Page):
    """When introductions are asked for, posted and reminded of, and what fits into them."""

    ask_day: int
    ask_at: time
    teaser_at: time
    post_at: time
    remind_at: time
    two_lines_day: int
    two_lines_at: time
    greetings_every: int
    look_after: int
    limits: IntroductionLimits
    examples: IntroductionExamples
    sentences: IntroductionSentences


@dataclass(frozen=True)
class Draft:
    """What somebody says of themselves, or their manager of them."""

    role: str = ""
    bottleneck: str = ""
    fun_fact: str = ""
    place: str = ""
    video: str = ""


def problems(draft: Draft, book: IntroductionBook, needed: Collection[str] = WORDS) -> dict[str, str]:
    """Check an introduction: from field to sentence; of a manager only `TWO_LINES` are needed."""
    found = {name: _words(getattr(draft, name), book, needed=name in needed) for name in WORDS}
    found["video"] = "" if good_video(draft.video, book) else book.sentences.video
    return {name: sentence for name, sentence in found.items() if sentence}


def _words(text: str, book: IntroductionBook, *, needed: bool) -> str:
    if not text.strip():
        return book.sentences.empty if needed else ""
    most = book.limits.field
    return fill(book.sentences.too_long, most=most, length=len(text)) if len(text) > most else ""


def good_video(address: str, book: IntroductionBook) -> bool:
    """Say whether an address can be linked to; none at all is fine."""
    if not address:
        return True
    if len(address) > book.limits.video or any(sign.isspace() or sign in '<>|"' for sign in address):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme == "https" and "." in (parts.hostname or "")


def ask_day(path: Path, now: datetime, book: IntroductionBook) -> int:
    """Say on which day the contractor is asked: today for somebody who was added late, Day 1 once that has come."""
    return min(max(path.today(now), book.ask_day), FIRST)


def two_lines_day(path: Path, added_at: datetime, book: IntroductionBook) -> int:
    """Say on which day the manager is asked for two lines: somebody added late has had two days as well."""
    return max(book.two_lines_day, path.number(local_day(added_at, path.zone)) + NEXT_TURN)


def town(zone: str) -> str:
    """Name the town after which a zone is called: Manila; "" where it is called after none."""
    area, _, name = zone.rpartition("/")
    return name.replace("_", " ") if area and area != "Etc" else ""


def day_words(day: date, today: date) -> str:
    """Say when a day is: "today", "tomorrow", or its name."""
    near = {0: phrase("today"), 1: phrase("tomorrow")}
    return near.get((day - today).days, phrase("on {day}", day=weekday(day)))
