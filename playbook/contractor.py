"""A contractor's agreement: role, project, working time, and what is usual where nothing was agreed."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from playbook.hours import Hours
from playbook.length import show
from playbook.page import Page
from playbook.weekday import WEEKDAYS, Weekday
from playbook.words import fill

HOUR = 60
FULL_DAY = 24 * HOUR


class ContractorLimits(Page):
    """How many characters fit."""

    role: int
    project: int
    bottleneck: int


class ContractorSentences(Page):
    """What is said under a field that cannot stay as it is."""

    empty: str
    too_long: str
    week: str
    weekdays: str
    shift: str
    too_far: str


class ContractorBook(Page):
    """Everything we take as usual for a contractor (guide: Setting KPIs); lengths in minutes."""

    working_days: tuple[Weekday, ...]
    day_start: time
    day_end: time
    weekly_minutes: int
    least_weekly_minutes: int
    most_weekly_minutes: int
    most_shift_minutes: int
    follow_up: time
    still_stuck: time
    most_days_ahead: int
    asked_again: time
    most_rows: int
    limits: ContractorLimits
    sentences: ContractorSentences

    @property
    def weekdays(self) -> tuple[int, ...]:
        """Give the usual working days as numbers (0 is Monday)."""
        return tuple(WEEKDAYS.index(day) for day in self.working_days)


@dataclass(frozen=True)
class Terms:
    """What a manager fills in when adding a contractor; an end at or before the start is on the next day."""

    role: str
    project: str
    weekly_minutes: int
    weekdays: frozenset[int]
    day_start: time
    day_end: time
    bottleneck: str = ""


def default_hours(zone: str, book: ContractorBook) -> Hours:
    """Give the usual working time in a zone."""
    return Hours(zone, frozenset(book.weekdays), book.day_start, book.day_end)


def problems(terms: Terms, book: ContractorBook) -> dict[str, str]:
    """Check an agreement: from field (`role`, `project`, `weekly_minutes`, `weekdays`, `day_end`) to sentence."""
    checks = {
        "role": _text(terms.role, book.limits.role, book),
        "project": _text(terms.project, book.limits.project, book),
        "bottleneck": _length(terms.bottleneck, book.limits.bottleneck, book),
        "weekly_minutes": _week(terms.weekly_minutes, book),
        "weekdays": "" if terms.weekdays else book.sentences.weekdays,
        "day_end": _shift(terms, book),
    }
    return {field: sentence for field, sentence in checks.items() if sentence}


def _text(text: str, most: int, book: ContractorBook) -> str:
    if not text.strip():
        return book.sentences.empty
    return _length(text, most, book)


def _length(text: str, most: int, book: ContractorBook) -> str:
    return fill(book.sentences.too_long, most=most, length=len(text)) if len(text) > most else ""


def start_problem(start: date, today: date, book: ContractorBook) -> str:
    """Say why somebody cannot begin on a day, "" if they can; a day in the past is as good as any."""
    return book.sentences.too_far if start > today + timedelta(days=book.most_days_ahead) else ""


def _week(minutes: int, book: ContractorBook) -> str:
    least, most = book.least_weekly_minutes, book.most_weekly_minutes
    return "" if least <= minutes <= most else fill(book.sentences.week, least=show(least), most=show(most))


def _shift(terms: Terms, book: ContractorBook) -> str:
    start, end = (at.hour * HOUR + at.minute for at in (terms.day_start, terms.day_end))
    length = (end - start) % FULL_DAY or FULL_DAY
    most = book.most_shift_minutes
    return "" if length <= most else fill(book.sentences.shift, length=show(length), most=show(most))
