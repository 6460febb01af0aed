"""Red flags: signs of overwork in what somebody logged, and in nothing else."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Self

from pydantic import model_validator

from playbook.days import DAY, day_start, instant, local_day
from playbook.hours import Hours, shift
from playbook.length import show
from playbook.page import Page
from playbook.tongue import day as tongue_day
from playbook.tongue import phrase
from playbook.words import fill

ONE_OFF, SCOPE, TALK = "one_off", "scope", "talk"
WEEK_DAYS = 7
MINUTE = timedelta(minutes=1)
Stretch = tuple[datetime, datetime]
Numbers = Mapping[str, Any]


class FlagRule(Page):
    """What one rule says, and what it suggests about the scope."""

    key: str
    title: str
    every: int
    reason: str
    suggestion: str


class FlagLimits(Page):
    """From when on something is a red flag."""

    long_minutes: int
    busy_minutes: int
    busy_days: int
    row_days: int
    night_minutes: int
    night_from: time
    night_until: time


class FlagWords(Page):
    """What the contractor is told with every flag."""

    kind: str
    source: str


class FlagBook(Page):
    """What is a red flag, and who hears of it when (guide: Watch for Red Flags)."""

    late_days: int
    manager_minutes: int
    settle_days: int
    limits: FlagLimits
    words: FlagWords
    rules: tuple[FlagRule, ...]

    def rule(self, key: str) -> FlagRule | None:
        """Give the rule of a key."""
        return next((one for one in self.rules if one.key == key), None)

    @model_validator(mode="after")
    def _as_coded(self) -> Self:
        if [one.key for one in self.rules] != list(RULES):
            raise ValueError(f"the rules must be {', '.join(RULES)}, each once and in this order")
        return self


@dataclass(frozen=True)
class Logged:
    """What somebody logged: minutes by local day, and from when to when where that is known; with the agreed hours."""

    hours: Hours
    minutes: Mapping[date, int] = field(default_factory=dict)
    stretches: Sequence[Stretch] = ()


@dataclass(frozen=True)
class Sign:
    """A red flag: the rule, the last day it is about, and its numbers."""

    rule: str
    day: date
    numbers: Numbers = field(default_factory=dict)


def long_day(log: Logged, limits: FlagLimits) -> Iterator[Sign]:
    """Find days with very many hours."""
    for day, minutes in log.minutes.items():
        if minutes >= limits.long_minutes:
            yield Sign("long_day", day, {"minutes": minutes})


def busy_days(log: Logged, limits: FlagLimits) -> Iterator[Sign]:
    """Find several days with many hours within a week."""
    busy = sorted(day for day, minutes in log.minutes.items() if minutes > limits.busy_minutes)
    for last in busy:
        days = [day for day in busy if last - WEEK_DAYS * DAY < day <= last]
        if len(days) >= limits.busy_days:
            named = {"days": [day.isoformat() for day in days], "count": len(days), "limit": limits.busy_minutes}
            yield Sign("busy_days", last, named)


def days_in_a_row(log: Logged, limits: FlagLimits) -> Iterator[Sign]:
    """Find days in a row without a day off."""
    worked = {day for day, minutes in log.minutes.items() if minutes > 0}
    for last in worked:
        if all(last - days * DAY in worked for days in range(limits.row_days)):
            yield Sign("days_in_a_row", last, {"count": limits.row_days})


def night(log: Logged, limits: FlagLimits) -> Iterator[Sign]:
    """Find nights, named by the day on which they begin, with hours of work outside the agreed ones."""
    stretches, zone = merged(log.stretches), log.hours.zone
    touched = {local_day(end, zone) - days * DAY for pair in stretches for end in pair for days in range(2)}
    for day in touched:
        dark = _night_of(day, zone, limits)
        shifts = [window for days in (-1, 0, 1) if (window := shift(log.hours, day + days * DAY))]
        minutes = sum(_outside(_cut(one, dark), merged(shifts)) for one in stretches)
        if minutes >= limits.night_minutes:
            yield Sign("night", day, {"minutes": minutes})


RULES: Mapping[str, Callable[[Logged, FlagLimits], Iterator[Sign]]] = {
    "long_day": long_day,
    "busy_days": busy_days,
    "days_in_a_row": days_in_a_row,
    "night": night,
}


def look(log: Logged, book: FlagBook) -> tuple[Sign, ...]:
    """Run every rule; what is found stands in the order of the days."""
    found = [sign for rule in RULES.values() for sign in rule(log, book.limits)]
    return tuple(sorted(found, key=lambda one: (one.day, list(RULES).index(one.rule))))


def merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Put stretches of time together that touch or overlap, so that no minute counts twice."""
    whole: list[Stretch] = []
    for begin, end in sorted(stretches):
        if whole and begin <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        elif end > begin:
            whole.append((begin, end))
    return whole


def _night_of(day: date, zone: str, limits: FlagLimits) -> Stretch:
    begins = instant(day, limits.night_from, zone) or day_start(day + DAY, zone)
    return begins, instant(day + DAY, limits.night_until, zone) or begins


def _cut(one: Stretch, window: Stretch) -> Stretch:
    begin = max(one[0], window[0])
    return begin, max(begin, min(one[1], window[1]))


def _outside(one: Stretch, windows: Iterable[Stretch]) -> int:
    """Count the whole minutes of a stretch that are in none of the windows."""
    inside = sum((end - begin for begin, end in (_cut(window, one) for window in windows)), timedelta())
    return (one[1] - one[0] - inside) // MINUTE


@dataclass(frozen=True)
class Kept:
    """A flag that was raised before, and whether what was logged has been corrected since."""

    rule: str
    day: date
    settled: bool = False


def fresh(found: Iterable[Sign], kept: Iterable[Kept], today: date, book: FlagBook) -> tuple[Sign, ...]:
    """Leave out what was said already, or only a few days ago by the same rule, and what is too long ago."""
    said = [(one.rule, one.day) for one in kept if not one.settled]
    new: list[Sign] = []
    for one in found:
        rule = book.rule(one.rule)
        near = [day for name, day in said if name == one.rule and rule and abs((one.day - day).days) < rule.every]
        if not near and today - one.day <= timedelta(days=book.late_days):
            new.append(one)
            said.append((one.rule, one.day))
    return tuple(new)


def reason(rule: FlagRule, day: date, numbers: Numbers, who: str) -> str:
    """Say in plain words what was logged; nothing in it is escaped yet."""
    return fill(rule.reason, who=who, day=_say(day), **_words(numbers))


def suggestion(rule: FlagRule, numbers: Numbers) -> str:
    """Ask the manager about the scope; nothing in it is escaped yet."""
    return fill(rule.suggestion, **_words(numbers))


def _say(day: date) -> str:
    return tongue_day(day)


def _words(numbers: Numbers) -> dict[str, str]:
    words = {name: str(value) for name, value in numbers.items()}
    words |= {name: show(numbers[name]) for name in ("minutes", "limit") if name in numbers}
    project = str(numbers.get("project") or "")
    return words | {
        "days": ", ".join(_say(date.fromisoformat(day)) for day in numbers.get("days", ())),
        "project": project or phrase("the work"),
        "on": phrase(", most of it on {project}", project=project) if project else "",
    }
