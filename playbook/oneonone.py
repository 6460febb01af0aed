"""The 1:1: when it can be."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from playbook.days import local_time
from playbook.page import Page
from playbook.words import fill


class OneOnOneSentences(Page):
    """What is said under a moment that does not suit."""

    past: str
    far: str
    night: str


class OneOnOneBook(Page):
    """What is usual for a 1:1 (guide: Tool, The 20-Minute Weekly 1:1 Agenda); `minutes` is its length."""

    minutes: int
    earliest: time
    latest: time
    most_days_ahead: int
    sentences: OneOnOneSentences


def problem(at: datetime, now: datetime, zones: Mapping[str, str], book: OneOnOneBook) -> str:
    """Say why a moment does not suit, "" if it does; `zones` names the zone of each who takes part."""
    if at <= now:
        return book.sentences.past
    if at - now > timedelta(days=book.most_days_ahead):
        return fill(book.sentences.far, days=book.most_days_ahead)
    for who, zone in zones.items():
        shown = local_time(at, zone)
        if not book.earliest <= shown.time() <= book.latest:
            limits = {"earliest": f"{book.earliest:%H:%M}", "latest": f"{book.latest:%H:%M}"}
            return fill(book.sentences.night, time=f"{shown:%H:%M}", who=who, **limits)
    return ""
