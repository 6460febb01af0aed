"""Time in answer: how long questions waited that came inside the Golden Hours, and outside; which days were kept."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

from playbook.golden import MINUTE, Windows, inside
from playbook.length import show
from playbook.tongue import numbered, phrase

HALF = 2
Asked = tuple[datetime, datetime]
Stretch = tuple[datetime, datetime]


@dataclass(frozen=True)
class Waited:
    """How many minutes each question waited until somebody else first turned to it, shortest first."""

    minutes: tuple[int, ...] = ()

    @property
    def middle(self) -> int:
        """Give the minutes in the middle: as many waited less as waited more."""
        return round(median(self.minutes)) if self.minutes else 0


@dataclass(frozen=True)
class AnswerTimes:
    """What was asked inside the Golden Hours, and what outside."""

    inside: Waited = Waited()
    outside: Waited = Waited()

    def __bool__(self) -> bool:
        """Tell whether anything was measured."""
        return bool(self.inside.minutes or self.outside.minutes)

    def words(self) -> str:
        """Say both: Inside: 12 min in the middle (5 blockers) · Outside: 5 h 10 (3)."""
        first = _said(self.inside, first=True)
        return phrase("Inside: {first} · Outside: {outside}", first=first, outside=_said(self.outside))


def _said(waited: Waited, *, first: bool = False) -> str:
    count = len(waited.minutes)
    if not count:
        return phrase("nothing yet")
    if not first:
        return f"{show(waited.middle)} ({count})"
    blockers = numbered("{n} blocker", "{n} blockers", count)
    return phrase("{middle} in the middle ({blockers})", middle=show(waited.middle), blockers=blockers)


def measure(asked: Iterable[Asked], golden_at: Callable[[datetime], Windows | None]) -> AnswerTimes:
    """Sort what was asked and answered by whether it came inside the window that counted then.

    What came while there were no Golden Hours is neither.
    """
    within: list[int] = []
    without: list[int] = []
    for raised, answered in asked:
        golden = golden_at(raised)
        if golden is not None and answered >= raised:
            (within if inside(golden, raised) else without).append((answered - raised) // MINUTE)
    return AnswerTimes(Waited(tuple(sorted(within))), Waited(tuple(sorted(without))))


@dataclass(frozen=True)
class Kept:
    """On how many days with Golden Hours somebody was at work in them, and on how many that can be told at all."""

    kept: int
    known: int
    agreed: int


def kept_days(
    golden_at: Callable[[datetime], Windows | None],
    days: Iterable[tuple[date, datetime]],
    worked: Sequence[Stretch],
    moments: Sequence[datetime],
) -> Kept:
    """Count the days on which the log's ranges, or what somebody wrote, say that they were at work in the window.

    `days` are the working days with a moment of each. At least half of the window counts. A day of which only a length
    was logged says nothing either way: it is agreed, but not known.
    """
    found = {"kept": 0, "known": 0, "agreed": 0}
    for day, moment in days:
        golden = golden_at(moment)
        window = golden.on(day) if golden else None
        if window is None:
            continue
        there = _together(window, worked) * HALF >= (window[1] - window[0]) // MINUTE
        there = there or any(window[0] <= one < window[1] for one in moments)
        known = there or any(_same_day(window, stretch) for stretch in worked)
        found["agreed"] += 1
        found["known"] += known
        found["kept"] += there
    return Kept(**found)


def _together(window: Stretch, worked: Sequence[Stretch]) -> int:
    shared = (min(window[1], end) - max(window[0], begin) for begin, end in worked)
    return sum(max(0, one // MINUTE) for one in shared)


def _same_day(window: Stretch, worked: Stretch) -> bool:
    """Tell whether work was logged with its times within half a day of the window."""
    half_day = 12 * 60 * MINUTE
    return worked[0] < window[1] + half_day and worked[1] > window[0] - half_day
