"""The Quarterly Review: on which day the next one is due, and what can be answered and moved."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Self

from pydantic import model_validator

from playbook.days import DAY, instant, local_day, next_working_day
from playbook.hours import Hours, shift
from playbook.page import Page, twice
from playbook.path import Path
from playbook.tongue import day as day_of
from playbook.tongue import phrase
from playbook.words import clean

GOOD, SLOW, KPIS, WORDS, NEXT = "good", "slow", "kpis", "words", "next"
ORDER = (GOOD, SLOW, KPIS, WORDS, NEXT)
YES = "yes"
MOST_DAYS = 60


class Question(Page):
    """One question: how the page names it, and how each side is asked."""

    key: str
    name: str
    theirs: str
    theirs_hint: str
    ours: str
    ours_hint: str
    needed: bool = False


class Choice(Page):
    """One answer about the KPIs."""

    key: str
    label: str


class ReviewBook(Page):
    """When reviews come, and what they ask (guide: The Quarterly Review)."""

    every: int
    at: time
    remind_after: int
    latest_move: int
    item_days: int
    item_at: time
    most_lines: int
    most_line: int
    most_words: int
    most_items: int
    cut: int
    questions: tuple[Question, ...]
    kpis: tuple[Choice, ...]

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if tuple(one.key for one in self.questions) != ORDER:
            raise ValueError(f"the questions must be {', '.join(ORDER)}, in this order")
        if again := twice(one.key for one in self.kpis):
            raise ValueError(f"{', '.join(again)} is there more than once")
        if self.every < 1:
            raise ValueError("reviews must be at least a day apart")
        return self

    def question(self, key: str) -> Question:
        """Give a question by its key."""
        return next(one for one in self.questions if one.key == key)

    def kpi_label(self, key: str) -> str:
        """Name an answer about the KPIs, "" for none."""
        return next((one.label for one in self.kpis if one.key == key), "")


# When one is due --------------------------------------------------------------------------------


def due_days(path: Path, book: ReviewBook) -> Iterator[date]:
    """Give the day of each review there will be: Day 90, 180 and so on, or the next working day."""
    day = path.day(1) - DAY
    while True:
        day += timedelta(days=book.every)
        yield next_working_day(day - DAY, path.weekdays, path.days_off)


@dataclass(frozen=True)
class Next:
    """The next review: the day it stands for, and the day on which it opens, which may have been moved."""

    day: date
    opens: date

    @property
    def stands_for(self) -> date:
        """Give the day up to which nothing else is due once it was opened."""
        return max(self.day, self.opens)


def next_review(path: Path, after: date, today: date, moved: tuple[date, date] | None, book: ReviewBook) -> Next:
    """Say which review is next: of those due after a day, the newest that was missed, else the first to come.

    `moved` is the day of a review and the day it was moved to.
    """
    found = date.min
    for day in due_days(path, book):
        if day > after and (day <= today or found == date.min):
            found = day
        if day > today and found != date.min:
            return Next(found, moved[1] if moved and moved[0] == found else found)
    raise AssertionError("the days never end")


def morning(day: date, hours: Hours, now: datetime, book: ReviewBook) -> tuple[date, datetime]:
    """Say on which day and when (UTC) something opens: on that day, else on the first working day after it or now."""
    day = max(day, local_day(now, hours.zone))
    for _ in range(MOST_DAYS):
        window = shift(hours, day)
        moment = window and _within(window, instant(day, book.at, hours.zone))
        if moment and moment > now:
            return day, moment
        day += DAY
    return day, now + DAY  # nobody is off for so long and still on the path


def _within(window: tuple[datetime, datetime], wanted: datetime | None) -> datetime:
    return wanted if wanted and window[0] <= wanted < window[1] else window[0]


def moves(day: date, today: date, planned: Next, book: ReviewBook) -> str:
    """Say why a review cannot be moved to a day, "" if it can."""
    latest = min(today + timedelta(days=book.latest_move), planned.day + timedelta(days=book.every - 1))
    latest = max(latest, planned.day)
    if day <= today:
        return phrase("Please choose a day after today. To begin now, open the review instead.")
    return phrase(
        "Please choose {latest} or earlier, so that it does not run into the next one.", latest=day_of(latest)
    ) * (day > latest)


# What is answered -------------------------------------------------------------------------------


def lines(words: str) -> tuple[str, ...]:
    """Read frictions, one a line; bullets before them go."""
    found = (clean(line).lstrip("-*•· ").strip() for line in words.split("\n"))
    return tuple(line for line in found if line)


def problems(said: Mapping[str, str], book: ReviewBook) -> dict[str, str]:
    """Say which answers of a form need another look, and why."""
    found, frictions = {}, lines(said.get(SLOW, ""))
    if not said.get(GOOD):
        found[GOOD] = phrase("Please say at least a few words.")
    if len(frictions) > book.most_lines:
        found[SLOW] = phrase(
            "Please keep it to {most_lines} lines; the most important ones first.", most_lines=book.most_lines
        )
    elif any(len(line) > book.most_line for line in frictions):
        found[SLOW] = phrase(
            "A line holds up to {most_line} characters. Please make the long one shorter.", most_line=book.most_line
        )
    if not book.kpi_label(said.get(KPIS, "")):
        found[KPIS] = phrase("Please choose one.")
    elif said[KPIS] != YES and not said.get(WORDS):
        found[WORDS] = phrase("Please say which of them, and what would fit better.")
    return found


def median(values: Sequence[timedelta]) -> timedelta:
    """Give the middle of several lengths of time (the later of two)."""
    return sorted(values)[len(values) // 2]
