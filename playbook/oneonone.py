"""The 1:1: when it can be, and what its parts are."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Self

from pydantic import model_validator

from playbook.days import local_time
from playbook.page import Page
from playbook.words import fill


class OneOnOneSentences(Page):
    """What is said under a moment that does not suit."""

    past: str
    far: str
    night: str
    away: str
    weekday: str


class Part(Page):
    """One timed part of a 1:1; `empty` is said where nothing is known for it."""

    key: str
    name: str
    minutes: int
    hint: str
    empty: str


class OneOnOneBook(Page):
    """What is usual for a 1:1 (guide: Tool, The 20-Minute Weekly 1:1 Agenda); `minutes` is its length."""

    minutes: int
    earliest: time
    latest: time
    most_days_ahead: int
    prepare_hours: int
    agenda_hours: int
    follow_up_hours: int
    before_the_end: int
    sentences: OneOnOneSentences
    moods: Mapping[str, str]
    parts: tuple[Part, ...]

    def mood(self, value: str) -> str:
        """Give the words for a mood, "" for none."""
        return self.moods.get(value, "")

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if sum(part.minutes for part in self.parts) != self.minutes:
            raise ValueError("the minutes of the parts must add up to the whole")
        return self


def problem(at: datetime, now: datetime, zones: Mapping[str, str], book: OneOnOneBook) -> str:
    """Say why a moment does not suit, "" if it does; `zones` names the zone of each who takes part."""
    if at <= now:
        return book.sentences.past
    if at - now > timedelta(days=book.most_days_ahead):
        return fill(book.sentences.far, days=book.most_days_ahead)
    return late(at, zones, book)


def late(at: datetime, zones: Mapping[str, str], book: OneOnOneBook) -> str:
    """Say for whom a moment is too early or too late on their clock, "" if for nobody."""
    for who, zone in zones.items():
        shown = local_time(at, zone)
        if not book.earliest <= shown.time() <= book.latest:
            limits = {"earliest": f"{book.earliest:%H:%M}", "latest": f"{book.latest:%H:%M}"}
            return fill(book.sentences.night, time=f"{shown:%H:%M}", who=who, **limits)
    return ""
