"""The weekly audit: on which day a week is asked about, when it is called to mind, and when the manager sees it."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from pydantic import field_validator

from playbook.days import Week, instant
from playbook.hours import Hours, shift
from playbook.page import Page
from playbook.weekday import WEEKDAYS, Weekday

YES, MOSTLY, NO = "yes", "mostly", "no"
ANSWERS = (YES, MOSTLY, NO)


class Choice(Page):
    """One answer: its key, how a list names it, and how the form offers it."""

    key: str
    label: str
    says: str


class AuditBook(Page):
    """When a week is asked about and shown, how much can be written, and what can be answered (guide: Weekly Audit)."""

    latest: Weekday
    ask: time
    before_end: int
    last_call: time
    show: time
    early: time
    least_hours: int
    weeks_back: int
    longest_words: int
    longest_heavy: int
    most_suggested: int
    felt: tuple[Choice, ...]
    focus: tuple[Choice, ...]

    @field_validator("felt")
    @classmethod
    def _all_three(cls, felt: tuple[Choice, ...]) -> tuple[Choice, ...]:
        if [one.key for one in felt] != list(ANSWERS):
            raise ValueError(f"its keys must be {', '.join(ANSWERS)}, in this order")
        return felt

    def felt_label(self, key: str) -> str:
        """Name an answer as a list does, "" for none."""
        return next((one.label for one in self.felt if one.key == key), "")

    def focus_label(self, key: str) -> str:
        """Name what was said of the tracker as a list does, "" for nothing."""
        return next((one.label for one in self.focus if one.key == key), "")


def worked_days(week: Week, hours: Hours, start: date) -> Sequence[date]:
    """List the days of a week on which somebody works, from their start on."""
    return [day for day in week.days if day >= start and day.weekday() in hours.weekdays and day not in hours.free]


def ask_at(week: Week, hours: Hours, start: date, book: AuditBook) -> tuple[date, datetime] | None:
    """Say on which day and when (UTC) somebody is asked how a week felt; None for a week in which they never work."""
    days = [day for day in worked_days(week, hours, start) if day.weekday() <= WEEKDAYS.index(book.latest)]
    for day in reversed(days):
        if window := shift(hours, day):
            return day, _ask_within(window, instant(day, book.ask, hours.zone), week, book)
    return None


def _ask_within(window: tuple[datetime, datetime], wanted: datetime | None, week: Week, book: AuditBook) -> datetime:
    begin, end = window
    if wanted and begin <= wanted < end:
        return wanted
    late = max(begin, end - timedelta(minutes=book.before_end))
    return late if late < week.locks_at else begin


def last_call_at(week: Week, hours: Hours, start: date, book: AuditBook) -> datetime | None:
    """Say when an unanswered week is called to mind (UTC): on their Monday, at work, and before the week closes."""
    asked, window = ask_at(week, hours, start, book), shift(hours, week.next.monday)
    if asked is None or window is None:
        return None
    begin, end = window
    wanted = max(instant(week.next.monday, book.last_call, hours.zone) or begin, begin)
    called = wanted if wanted < end else begin
    least = timedelta(hours=book.least_hours)
    return called if asked[1] + least <= called and called + least <= week.locks_at else None


def show_times(week: Week, hours: Hours, book: AuditBook) -> Sequence[datetime]:
    """Say when a manager is shown a week (UTC), always before it closes: on Monday; if they are off then, earlier too.

    What is shown earlier is brought up to date on Monday.
    """
    latest = week.locks_at - timedelta(hours=book.least_hours)
    monday = min(instant(week.next.monday, book.show, hours.zone) or latest, latest)
    if window := shift(hours, week.next.monday):
        inside = monday if window[0] <= monday < window[1] else window[0]
        return (min(inside, latest),)
    worked = (day for day in reversed(week.days) if shift(hours, day))
    early = next((at for day in worked if (at := instant(day, book.early, hours.zone))), None)
    return (monday,) if early is None else (early, monday)
