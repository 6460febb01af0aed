"""What a health check says, in plain words: why something is asked, and that a rule found nothing to ask."""

from collections.abc import Sequence
from datetime import date

from playbook.days import Week
from playbook.health import RESEARCH, WAITING, Facts, HealthLimits, HealthRule, Numbers, in_week, minutes_of
from playbook.length import show
from playbook.tongue import day as tongue_day
from playbook.tongue import numbered, phrase
from playbook.words import fill

MOST_NAMED = 3


def say_day(day: date) -> str:
    """Write a day in short: Tue 24 Nov."""
    return tongue_day(day)


def listed(names: Sequence[str]) -> str:
    """Name a few, and count the others."""
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (phrase(" and {more} more", more=more) if more > 0 else "")


def reason(rule: HealthRule, day: date, numbers: Numbers, who: str) -> str:
    """Say in plain words why a question is asked; nothing in it is escaped yet."""
    return fill(rule.reason, who=who, day=say_day(day), **_words(numbers))


def _words(numbers: Numbers) -> dict[str, str]:
    words = {name: str(value) for name, value in numbers.items()}
    words |= {name: show(numbers[name]) for name in ("minutes", "total", "limit") if name in numbers}
    words |= {"limit": str(numbers["percent"])} if "percent" in numbers else {}
    days = int(numbers.get("days", 0))
    last = str(numbers.get("last", ""))
    more = int(numbers.get("more", 0))
    return words | {
        "topic": phrase(' on "{topic}"', topic=numbers["topic"]) if numbers.get("topic") else "",
        "note": f' ("{numbers["topic"]}")' if numbers.get("topic") else "",
        "numbers": listed([f"#{number}" for number in numbers.get("numbers", ())]),
        "tools": listed(list(numbers.get("tools", ()))),
        "days": numbered("{n} working day", "{n} working days", days),
        "last": phrase(", since {last}", last=say_day(date.fromisoformat(last))) if last else "",
        "text": "".join(('"', str(numbers.get("text", "")), '"')),
        "more": phrase(", and {more} more", more=more) if more else "",
    }


def all_fine(rule: HealthRule, facts: Facts, limits: HealthLimits) -> str:
    """Say in plain words that a rule asks nothing, with the numbers that it looked at."""
    week_research, week_total = in_week(facts, Week.of(facts.today))
    most = {one: max(map(minutes_of, facts.of_days(one).values()), default=0) for one in (RESEARCH, WAITING)}
    return fill(
        rule.fine,
        research=show(most[RESEARCH]),
        waiting=show(most[WAITING]),
        week_research=show(week_research),
        week_total=show(week_total),
        research_limit=show(limits.research_minutes),
        waiting_limit=show(limits.waiting_minutes),
        week_limit=show(limits.research_week_minutes),
        share_limit=limits.research_share,
        silent_days=limits.silent_days,
        repeat_count=limits.repeat_count,
        repeat_days=limits.repeat_days,
    )
