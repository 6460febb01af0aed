"""Health checks: what in a log and on a path is worth a question, with the reason in the answer; never a verdict."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any, Self

from pydantic import model_validator

from playbook.days import Week
from playbook.page import Page

RESEARCH, WAITING, ACCESS = "research", "waiting", "access"
FINE, HELP, TALK, GRANTED = "fine", "help", "talk", "granted"
MOST_TOPIC = 80
Numbers = Mapping[str, Any]


class HealthRule(Page):
    """What one rule asks, why, what could help, and what is said when there is nothing to ask."""

    key: str
    title: str
    every: int
    reason: str
    fine: str
    question: str
    suggestion: str
    yes: str
    grants: bool


class HealthLimits(Page):
    """From when on a rule asks."""

    research_minutes: int
    research_share: int
    research_week_minutes: int
    access_minutes: int
    waiting_minutes: int
    silent_days: int
    silent_news: int
    repeat_count: int
    repeat_days: int
    stuck_days: int


class HealthBook(Page):
    """When and how often questions about how work goes come (guide: Run Diagnostic Health Checks)."""

    after_minutes: int
    manager_minutes: int
    again_days: int
    history_days: int
    most: int
    plan_days: tuple[int, ...]
    plan_at: time
    tick_from: int
    limits: HealthLimits
    rules: tuple[HealthRule, ...]

    def rule(self, key: str) -> HealthRule | None:
        """Give the rule of a key."""
        return next((one for one in self.rules if one.key == key), None)

    @model_validator(mode="after")
    def _as_coded(self) -> Self:
        if [one.key for one in self.rules] != list(RULES):
            raise ValueError(f"the rules must be {', '.join(RULES)}, each once and in this order")
        return self


@dataclass(frozen=True)
class Work:
    """One piece of logged work; `topic` is its note, or else its project."""

    day: date
    minutes: int
    category: str = ""
    topic: str = ""


@dataclass(frozen=True)
class Raised:
    """A blocker that came up on a day of the contractor's calendar; `label` names its kind."""

    number: int
    kind: str
    label: str
    day: date
    unresolved: bool = True


@dataclass(frozen=True)
class Late:
    """An item of the checklist that waits for somebody else, and for how many working days it is past its day."""

    text: str
    owner: str
    role: str
    days: int


@dataclass(frozen=True)
class Facts:
    """Everything the rules look at; work before `since` counts only in its week, `last` is the last logged day."""

    today: date
    since: date
    work: Sequence[Work] = ()
    blockers: Sequence[Raised] = ()
    unopened: Sequence[str] = ()
    late: Sequence[Late] = ()
    silent_days: int = 0
    last: date | None = None

    def of_days(self, category: str) -> Mapping[date, Sequence[Work]]:
        """Give the work of one category by day, the days that are looked at in their order."""
        days = defaultdict(list)
        for one in sorted(self.work, key=lambda one: one.day):
            if one.category == category and self.since <= one.day <= self.today:
                days[one.day].append(one)
        return days


@dataclass(frozen=True)
class Finding:
    """Something worth a question: the rule, the day, what it is about, and the numbers it was made of."""

    rule: str
    day: date
    about: str = ""
    numbers: Numbers = field(default_factory=dict)


def minutes_of(work: Iterable[Work]) -> int:
    """Add up pieces of work."""
    return sum(one.minutes for one in work)


def _topic(work: Iterable[Work]) -> str:
    """Name what most of some work was about; of two with as much, the first in the alphabet."""
    sums: dict[str, int] = defaultdict(int)
    named: dict[str, str] = {}
    for one in sorted(work, key=lambda one: one.topic):
        words = " ".join(one.topic.split())[:MOST_TOPIC]
        sums[words.casefold()] += one.minutes
        named.setdefault(words.casefold(), words)
    return named[min(sums, key=lambda key: (-sums[key], key))] if sums else ""


def _long(rule: str, category: str, least: int, facts: Facts) -> Iterator[Finding]:
    for day, work in facts.of_days(category).items():
        if minutes_of(work) >= least:
            topic = _topic(work)
            yield Finding(rule, day, topic.casefold(), {"minutes": minutes_of(work), "topic": topic, "limit": least})


def research(facts: Facts, limits: HealthLimits) -> Iterator[Finding]:
    """Ask about a day with hours of research."""
    return _long("research", RESEARCH, limits.research_minutes, facts)


def waiting(facts: Facts, limits: HealthLimits) -> Iterator[Finding]:
    """Ask about a day with much waiting."""
    return _long("waiting", WAITING, limits.waiting_minutes, facts)


def in_week(facts: Facts, week: Week) -> tuple[int, int]:
    """Count the minutes of research and of everything in a week, as far as it has come."""
    work = [one for one in facts.work if one.day in week.days and one.day <= facts.today]
    return minutes_of(one for one in work if one.category == RESEARCH), minutes_of(work)


def research_week(facts: Facts, limits: HealthLimits) -> Iterator[Finding]:
    """Ask about a week of which a large share was research."""
    for week in sorted({Week.of(facts.since), Week.of(facts.today)}):
        minutes, total = in_week(facts, week)
        if total >= limits.research_week_minutes and minutes * 100 >= limits.research_share * total:
            share = {"minutes": minutes, "total": total, "share": minutes * 100 // total}
            numbers = share | {"percent": limits.research_share}
            yield Finding("research_week", week.monday, week.monday.isoformat(), numbers)


def access_blocker(facts: Facts, _limits: HealthLimits) -> Iterator[Finding]:
    """Ask about access when a blocker about it is open."""
    still = sorted((one.day, one.number) for one in facts.blockers if one.kind == ACCESS and one.unresolved)
    if still:
        numbers = sorted(number for _, number in still)
        yield Finding("access_blocker", still[0][0], f"#{still[0][1]}", {"numbers": numbers})


def access_tool(facts: Facts, limits: HealthLimits) -> Iterator[Finding]:
    """Ask about access when somebody researches while a tool is not open."""
    days = facts.of_days(RESEARCH) if facts.unopened else {}
    long = [day for day, work in days.items() if minutes_of(work) >= limits.access_minutes]
    if long:
        tools, minutes = sorted(facts.unopened, key=str.casefold), minutes_of(days[long[-1]])
        yield Finding("access_tool", long[-1], tools[0].casefold()[:MOST_TOPIC], {"minutes": minutes, "tools": tools})


def quiet(facts: Facts, limits: HealthLimits) -> Iterator[Finding]:
    """Ask about a log that has been quiet."""
    if facts.silent_days >= limits.silent_days:
        last = facts.last.isoformat() if facts.last else ""
        yield Finding("quiet", facts.today, last, {"days": facts.silent_days, "last": last})


def repeat(facts: Facts, limits: HealthLimits) -> Iterator[Finding]:
    """Ask about the system when one kind of blocker comes again and again."""
    first = facts.today - timedelta(days=limits.repeat_days - 1)
    kinds = defaultdict(list)
    for one in sorted(facts.blockers, key=lambda one: one.number):
        if first <= one.day <= facts.today:
            kinds[one.kind].append(one)
    for kind, found in sorted(kinds.items()):
        if len(found) >= limits.repeat_count:
            numbers = {"numbers": [one.number for one in found], "count": len(found), "within": limits.repeat_days}
            yield Finding("repeat", found[-1].day, kind, numbers | {"label": found[-1].label})


def stuck(facts: Facts, limits: HealthLimits) -> Iterator[Finding]:
    """Ask about items of the checklist that wait for somebody else, once for each role."""
    roles = defaultdict(list)
    for one in sorted(facts.late, key=lambda one: (-one.days, one.text)):
        if one.days >= limits.stuck_days:
            roles[one.role].append(one)
    for role, late in sorted(roles.items()):
        first = late[0]
        numbers = {"days": first.days, "text": first.text, "owner": first.owner, "more": len(late) - 1}
        yield Finding("stuck", facts.today, role, numbers)


RULES: Mapping[str, Callable[[Facts, HealthLimits], Iterator[Finding]]] = {
    "research": research,
    "research_week": research_week,
    "access_blocker": access_blocker,
    "access_tool": access_tool,
    "waiting": waiting,
    "quiet": quiet,
    "repeat": repeat,
    "stuck": stuck,
}


def check(facts: Facts, book: HealthBook) -> tuple[Finding, ...]:
    """Run every rule; what is found stands in the order of the rules, the days and what it is about."""
    return tuple(finding for rule in RULES.values() for finding in rule(facts, book.limits))


@dataclass(frozen=True)
class Kept:
    """A question that was asked before: on which day it was raised, and since when it is answered with all good."""

    rule: str
    about: str
    day: date
    raised: date
    fine_since: date | None = None


def fresh(found: Iterable[Finding], kept: Sequence[Kept], today: date, book: HealthBook) -> tuple[Finding, ...]:
    """Leave out what was asked already, and what was answered with all good a short while ago."""
    return tuple(one for one in found if not any(_covers(old, one, today, book) for old in kept))


def _covers(old: Kept, new: Finding, today: date, book: HealthBook) -> bool:
    rule = book.rule(new.rule)
    if rule is None or old.rule != new.rule:
        return False
    same = old.about == new.about
    if old.day == new.day and (same or rule.every == 1):
        return True
    settled = old.fine_since is not None and today - old.fine_since < timedelta(days=book.again_days)
    recently = rule.every > 1 and today - old.raised < timedelta(days=rule.every)
    return same and (settled or recently)
