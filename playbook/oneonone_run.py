"""A 1:1 that is running: which part is on, when each ends, how late it is, and what is carried over to the next."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from playbook.days import DAY, last_working_day, next_working_day
from playbook.tongue import phrase

NEXT, BACK, STAY = "next", "back", "stay"
TOPIC, DECISION, ACTION = "topic", "decision", "action"
PLANNED, RUNNING, HELD, SKIPPED = "planned", "running", "held", "skipped"
MINUTE = timedelta(minutes=1)
LOOK = 5 * MINUTE
GRACE = 20 * MINUTE
OPEN_FOR = 2 * DAY
USUAL_WEEK = 7
CARRIED = ("", phrase("carried over"), phrase("carried over twice"))
MOST_WAITING = 50
LONGEST_POINT = 500
LONGEST_NOTE = 3000
LONGEST_QUOTE = 300


@dataclass(frozen=True)
class Move:
    """What the manager did to the clock, and when: on to the next part, back to the one before, or a minute more."""

    did: str
    at: datetime


@dataclass(frozen=True)
class Stand:
    """Where a meeting stands: the part that is on (from 0), since when, and when its time is over."""

    part: int
    began: datetime
    ends: datetime


def stand(started_at: datetime, moves: Iterable[Move], now: datetime, minutes: Sequence[int]) -> Stand:
    """Say which part is on: each gives way to the next when its `minutes` are over; the last one stays."""
    here = _begin(0, started_at, minutes)
    for move in moves:
        here = _moved(_run_on(here, move.at, minutes), move, minutes)
    return _run_on(here, now, minutes)


def _begin(part: int, at: datetime, minutes: Sequence[int]) -> Stand:
    return Stand(part, at, at + minutes[part] * MINUTE)


def _run_on(here: Stand, now: datetime, minutes: Sequence[int]) -> Stand:
    while here.ends <= now and here.part < len(minutes) - 1:
        here = _begin(here.part + 1, here.ends, minutes)
    return here


def _moved(here: Stand, move: Move, minutes: Sequence[int]) -> Stand:
    if move.did == NEXT and here.part < len(minutes) - 1:
        return _begin(here.part + 1, move.at, minutes)
    if move.did == BACK and here.part > 0:
        return _begin(here.part - 1, move.at, minutes)
    if move.did == STAY:
        return replace(here, ends=max(here.ends, move.at) + MINUTE)
    return here


def late(here: Stand, started_at: datetime, now: datetime, minutes: Sequence[int]) -> int:
    """Say how many whole minutes behind its plan a meeting will end; less than 0 is ahead of it."""
    will_end = max(here.ends, now) + sum(minutes[here.part + 1 :]) * MINUTE
    slip = will_end - (started_at + sum(minutes) * MINUTE)
    return slip // MINUTE if slip >= timedelta(0) else -(-slip // MINUTE)


def overrun(here: Stand, now: datetime) -> int:
    """Say how many whole minutes ago the time of the last part was over, 0 while it is on."""
    return max(0, (now - here.ends) // MINUTE)


def next_look(here: Stand, now: datetime) -> datetime:
    """Say when what both see changes by itself: at the end of the part, then every five minutes over it."""
    if here.ends > now:
        return here.ends
    return here.ends + ((now - here.ends) // LOOK + 1) * LOOK


def ends_itself(here: Stand, now: datetime) -> bool:
    """Say whether a meeting that nobody ended is so long over that it counts as ended."""
    return here.ends + GRACE <= now


def takes_words(state: str, at: datetime, ended_at: datetime | None, now: datetime) -> bool:
    """Say whether decisions and actions may be added: while it runs, and until two days after it."""
    if state == RUNNING:
        return True
    since = ended_at if state == HELD else at
    return state in (HELD, PLANNED) and since is not None and since <= now < since + OPEN_FOR


def is_carried(kind: str, added_at: datetime, started_at: datetime, *, done: bool) -> bool:
    """Say whether a point goes on to the next meeting as unfinished; an action that this one gave is simply open."""
    if done or kind == DECISION:
        return False
    return kind == TOPIC or added_at < started_at


def carried_words(times: int) -> str:
    """Say how often something was carried over, "" for never."""
    return phrase("carried over {times} times", times=times) if times >= len(CARRIED) else CARRIED[times]


def usual_due(next_day: date | None, today: date, weekdays: Collection[int]) -> date:
    """Suggest when an action is due: the working day before the next meeting, or in a week; never in the past."""
    return max(today, last_working_day(next_day or today + (USUAL_WEEK + 1) * DAY, weekdays))


def reminder_day(due: date, today: date, weekdays: Collection[int], off: Collection[date] = ()) -> date | None:
    """Say on which day an owner is reminded: when it is due, or the working day before if they do not work then.

    Where that has passed it is the working day after. None for something that was due before today.
    """
    if due < today:
        return None
    if due.weekday() in weekdays and due not in off:
        return due
    before = last_working_day(due, weekdays, off)
    return before if before > today else next_working_day(due, weekdays, off)
