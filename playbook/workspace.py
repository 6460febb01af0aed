"""Setting up a workspace: what is usual, what cannot stay as it was filled in, and how far an admin has come."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time

from pydantic import field_validator

from playbook.days import local_time
from playbook.golden import minutes
from playbook.length import show
from playbook.page import Page, twice
from playbook.tongue import phrase
from playbook.weekday import WEEKDAYS, Weekday
from playbook.words import fill

MOST_TOPICS = 6


class TopicAsked(Page):
    """A line of Who's Who that the set-up asks for."""

    key: str
    name: str
    hint: str


class WorkspaceSentences(Page):
    """What is said under a field that cannot stay as it is."""

    golden_half: str
    golden_short: str
    golden_long: str
    golden_zone: str
    weekdays: str
    country: str


class WorkspaceBook(Page):
    """What is usual in a workspace until an admin chose; lengths in minutes."""

    intro_channel: str
    working_days: tuple[Weekday, ...]
    golden_start: time
    golden_end: time
    least_golden_minutes: int
    most_golden_minutes: int
    topics: tuple[TopicAsked, ...]
    sentences: WorkspaceSentences

    @field_validator("topics")
    @classmethod
    def _few_and_different(cls, topics: tuple[TopicAsked, ...]) -> tuple[TopicAsked, ...]:
        if again := twice(topic.key for topic in topics):
            raise ValueError(f"has {', '.join(again)} twice")
        if len(topics) > MOST_TOPICS:
            raise ValueError(f"has {len(topics)} topics, and {MOST_TOPICS} fit on the page")
        return topics

    @property
    def weekdays(self) -> tuple[int, ...]:
        """Give the usual working days as numbers (0 is Monday)."""
        return tuple(WEEKDAYS.index(day) for day in self.working_days)


def golden_problem(start: time | None, end: time | None, book: WorkspaceBook) -> str:
    """Say why Golden Hours cannot stay as they are, "" if they can; none at all can."""
    if start is None and end is None:
        return ""
    if start is None or end is None:
        return book.sentences.golden_half
    length, least, most = minutes(start, end), book.least_golden_minutes, book.most_golden_minutes
    if length < least:
        return fill(book.sentences.golden_short, length=show(length), least=show(least))
    return fill(book.sentences.golden_long, length=show(length), most=show(most)) if length > most else ""


@dataclass(frozen=True)
class Chosen:
    """What an admin has chosen so far."""

    intro_channel: bool = False
    operations: bool = False
    escalation: bool = False
    week: bool = False
    golden: bool = False
    adders: bool = False
    whos_who: bool = False


@dataclass(frozen=True)
class Step:
    """One step of the set-up; `missing` names what is still to be chosen, in words."""

    name: str
    missing: tuple[str, ...]

    @property
    def done(self) -> bool:
        """Tell whether nothing of this step is missing."""
        return not self.missing


STEPS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (phrase("Introduction channel"), (("intro_channel", phrase("the channel for introductions")),)),
    (
        phrase("People"),
        (("operations", phrase("who runs operations")), ("escalation", phrase("who hears of what stays stuck"))),
    ),
    (phrase("Week and holidays"), (("week", phrase("the working days")),)),
    (phrase("Golden Hours"), (("golden", phrase("the Golden Hours")),)),
    (phrase("Adding and asking"), (("adders", phrase("who may add contractors")), ("whos_who", phrase("Who's Who")))),
)


def steps(chosen: Chosen) -> tuple[Step, ...]:
    """Say for each step of the set-up what is still missing."""
    return tuple(
        Step(name, tuple(words for field, words in parts if not getattr(chosen, field))) for name, parts in STEPS
    )


def main_zone(zones: Iterable[str], now: datetime) -> str:
    """Give the zone on whose clock most of some people live, "" for nobody; of several alike, the first by name.

    Zones with the same clock count together: who lives in Berlin and who lives in Madrid have their 10:00 at once.
    """
    counted = Counter(zones)
    clocks = {zone: local_time(now, zone).utcoffset() for zone in counted}
    together = Counter(clocks[zone] for zone in counted.elements())
    return min(counted, key=lambda zone: (-together[clocks[zone]], -counted[zone], zone), default="")
