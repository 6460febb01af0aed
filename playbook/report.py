"""The report: what the last weeks looked like, week by week, of one person or of a team; counts, never a rank."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from statistics import median
from typing import Self

from pydantic import model_validator

from playbook.days import Week
from playbook.page import Page

FEWEST_PEOPLE = 4
MOST_WEEKS = 20


class ReportBook(Page):
    """How far a report looks back, and when a team's mood may be shown (see report_mood.py)."""

    weeks: int
    quarter: int
    quarter_words: tuple[str, ...]
    uncategorised: str
    least_people: int
    rows: int
    feelings: Mapping[str, int]

    def span(self, text: str) -> int | None:
        """Say how many weeks some words ask for, None for words that mean something else."""
        said = " ".join(text.split()).casefold()
        if not said:
            return self.weeks
        return self.quarter if said in self.quarter_words else None

    def other(self, weeks: int) -> int:
        """Give the span that is not the one that is shown."""
        return self.weeks if weeks == self.quarter else self.quarter

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if not 0 < self.weeks < self.quarter <= MOST_WEEKS:
            raise ValueError(f"weeks must be fewer than quarter, and quarter at most {MOST_WEEKS}")
        if self.least_people < FEWEST_PEOPLE:
            raise ValueError(f"least_people must be at least {FEWEST_PEOPLE}, so that nobody's mood can be guessed")
        return self


def weeks_until(today: date, count: int) -> tuple[Week, ...]:
    """Give so many weeks, the oldest first; the last is the one that a date is in."""
    weeks = [Week.of(today)]
    while len(weeks) < count:
        weeks.append(weeks[-1].previous)
    return tuple(reversed(weeks))


@dataclass(frozen=True)
class Works:
    """What was agreed with somebody: minutes a week, on which weekdays, from which day, and until before which.

    They do not work on the days that are `free`.
    """

    minutes: int
    weekdays: Collection[int]
    first: date
    until: date | None = None
    free: Collection[date] = ()

    def agreed(self, week: Week, today: date) -> int:
        """Say how many minutes were agreed for a week, up to and with today."""
        if not self.weekdays:
            return 0
        last = min(today, week.sunday)
        days = [day for day in week.days if self.first <= day <= last and (self.until is None or day < self.until)]
        worked = sum(day.weekday() in self.weekdays and day not in self.free for day in days)
        return round(self.minutes * worked / len(self.weekdays))


@dataclass(frozen=True)
class Stuck:
    """A blocker that came up, in minutes of the helper's working time: until somebody answered, until it was resolved.

    None is "not yet"; `waited` is how long it has been open so far, or was.
    """

    seen: int | None
    resolved: int | None
    waited: int

    def inside(self, window: int) -> bool | None:
        """Say whether it was resolved inside the window; None while it is open and the window is too."""
        if self.resolved is not None:
            return self.resolved <= window
        return False if self.waited > window else None


@dataclass(frozen=True)
class Part:
    """One week: minutes by category, minutes agreed, blockers that came up, items planned and done, and the mood."""

    week: Week
    minutes: Mapping[str, int] = field(default_factory=dict)
    agreed: int = 0
    stuck: tuple[Stuck, ...] = ()
    planned: int = 0
    done: int = 0
    mood: float | None = None

    @property
    def logged(self) -> int:
        """Add up the categories."""
        return sum(self.minutes.values())


@dataclass(frozen=True)
class Blockers:
    """What some blockers came to: how many, inside and outside the window or neither yet, and the medians (minutes)."""

    count: int
    inside: int
    outside: int
    waiting: int
    seen: int | None
    resolved: int | None


def sum_up(stuck: Sequence[Stuck], window: int) -> Blockers:
    """Count blockers, and take the medians of those that have come so far."""
    places = Counter(one.inside(window) for one in stuck)
    seen = [one.seen for one in stuck if one.seen is not None]
    resolved = [one.resolved for one in stuck if one.resolved is not None]
    return Blockers(len(stuck), places[True], places[False], places[None], _median(seen), _median(resolved))


def _median(minutes: Sequence[int]) -> int | None:
    return round(median(minutes)) if minutes else None


@dataclass(frozen=True)
class Trend:
    """Some weeks in a row, the oldest first; `window` is the blocker window (minutes), `today` the last day counted."""

    parts: tuple[Part, ...]
    window: int
    today: date

    @property
    def logged(self) -> int:
        """Add up what was logged."""
        return sum(part.logged for part in self.parts)

    @property
    def agreed(self) -> int:
        """Add up what was agreed."""
        return sum(part.agreed for part in self.parts)

    @property
    def planned(self) -> int:
        """Count the items that were planned."""
        return sum(part.planned for part in self.parts)

    @property
    def done(self) -> int:
        """Count the items that were done."""
        return sum(part.done for part in self.parts)

    @property
    def blockers(self) -> Blockers:
        """Sum up every blocker of these weeks."""
        return sum_up([one for part in self.parts for one in part.stuck], self.window)

    def of(self, part: Part) -> Blockers:
        """Sum up the blockers of one week."""
        return sum_up(part.stuck, self.window)

    @property
    def categories(self) -> tuple[tuple[str, int], ...]:
        """Give the categories with time on them, the one with the most first: pairs of (key, minutes)."""
        total: Counter[str] = Counter()
        for part in self.parts:
            total.update(part.minutes)
        return tuple(sorted(((key, most) for key, most in total.items() if most), key=lambda one: (-one[1], one[0])))

    def is_whole(self, part: Part) -> bool:
        """Say whether a week is over."""
        return part.week.sunday < self.today

    @property
    def whole(self) -> tuple[Part, ...]:
        """Give the weeks that are over."""
        return tuple(part for part in self.parts if self.is_whole(part))

    @property
    def empty(self) -> bool:
        """Say whether nothing at all is known of these weeks."""
        known = (part.logged or part.stuck or part.planned or part.done or part.mood for part in self.parts)
        return not any(known)

    @property
    def moods(self) -> tuple[tuple[Week, float], ...]:
        """Give the weeks with a mood."""
        return tuple((part.week, part.mood) for part in self.parts if part.mood is not None)


def together(trends: Iterable[Trend], weeks: Sequence[Week], window: int, today: date) -> Trend:
    """Add people's weeks up to those of a team; nobody's mood is taken along."""
    parts = {week: Part(week) for week in weeks}
    for trend in trends:
        for part in trend.parts:
            if part.week in parts:
                parts[part.week] = _added(parts[part.week], part)
    return Trend(tuple(parts[week] for week in weeks), window, today)


def _added(one: Part, other: Part) -> Part:
    minutes = Counter(one.minutes)
    minutes.update(other.minutes)
    return Part(
        one.week,
        minutes,
        one.agreed + other.agreed,
        (*one.stuck, *other.stuck),
        one.planned + other.planned,
        one.done + other.done,
    )


def with_moods(trend: Trend, moods: Mapping[Week, float]) -> Trend:
    """Give the same weeks with these moods, and no others."""
    return replace(trend, parts=tuple(replace(part, mood=moods.get(part.week)) for part in trend.parts))


def mood_word(mood: float, names: Mapping[str, str]) -> str:
    """Name a mood by the nearest word of the 1:1; one half way between two names both."""
    low, rest = int(mood), mood - int(mood)
    quarter = 0.25
    if quarter <= rest < 1 - quarter:
        return f"{names.get(str(low), '')} / {names.get(str(low + 1), '')}"
    return names.get(str(low + (rest >= 1 - quarter)), "")
