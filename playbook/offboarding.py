"""Parting well: which last days there can be, when the last one is over, and what is usual to say."""

from datetime import date, datetime, time, timedelta

from playbook.days import DAY, day_start, instant
from playbook.page import Page
from playbook.tongue import phrase

PROJECT, EVERYBODY, PRIVATE, NOBODY = "project", "everybody", "private", "nobody"


class OffboardingWords(Page):
    """What stands in the form to begin with."""

    thanks: str
    door: str


class OffboardingBook(Page):
    """How far away a last day may be, when the day is over, and how much can be said and handed over."""

    most_ahead_days: int
    most_back_days: int
    notice_days: int
    after_minutes: int
    morning: time
    most_thanks: int
    most_door: int
    most_words: int
    most_items: int
    shown_tools: int
    words: OffboardingWords


def problem(last_on: date, today: date, book: OffboardingBook) -> str:
    """Say why a day cannot be somebody's last, "" if it can."""
    if last_on > today + timedelta(days=book.most_ahead_days):
        return phrase("That is more than a year away. Please choose an earlier day, or wait with this.")
    if last_on < today - timedelta(days=book.most_back_days):
        return phrase(
            "That is more than {most_back_days} days ago. Please choose a later day: it ends at once then.",
            most_back_days=book.most_back_days,
        )
    return ""


def ends_at(last_on: date, day_start_at: time, day_end: time, zone: str, book: OffboardingBook) -> datetime:
    """Say when somebody's last day is over (UTC): a little after the end of their work, also on a day off."""
    day = last_on if day_end > day_start_at else last_on + DAY
    end = instant(day, day_end, zone) or day_start(day + DAY, zone)
    return end + timedelta(minutes=book.after_minutes)


def morning_of(last_on: date, zone: str, book: OffboardingBook) -> datetime:
    """Say when the morning of a last day is (UTC)."""
    return instant(last_on, book.morning, zone) or day_start(last_on, zone)
