"""Time in answer, and which days were kept: what blockers, their notes and the log say of the Golden Hours."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from typing import Any

from sqlmodel import col, select

from playbook.days import DAY, local_day
from playbook.golden import Windows
from playbook.golden_answer import AnswerTimes, Asked, Kept, Stretch, kept_days, measure
from storage import golden
from storage.database import Team
from storage.path import Traveller, golden_of, travellers
from storage.rhythm_tables import Golden
from storage.tables import Blocker, BlockerNote, LogEntry

# What somebody does with a blocker of another that is an answer; what the clock says is none.
ANSWERS = ("see", "take", "take_over", "resolve", "ask", "update", "hand")
BY_THE_CLOCK = ("remind", "escalate", "contact", "rehelp")
NOON = time(12)


async def answer_times(team: Team, user_ids: Collection[str], first: date, last: date) -> Mapping[str, AnswerTimes]:
    """Say how long the blockers waited that these contractors raised from one day to another, both included."""
    asked, around = await _asked(team, user_ids, first, last), await travellers(team, user_ids, paused=True)
    history = await golden.counted(team, user_ids)
    return {one: measure(asked.get(one, ()), _at(found, history.get(one, ()))) for one, found in around.items()}


async def _asked(team: Team, user_ids: Collection[str], first: date, last: date) -> Mapping[str, Sequence[Asked]]:
    """Fetch when blockers were raised and first turned to by somebody else; those nobody turned to are missing."""
    query: Any = (
        select(Blocker.user_id, Blocker.id, Blocker.created_at, BlockerNote.at)
        .join(BlockerNote, col(BlockerNote.blocker_id) == col(Blocker.id))
        .where(
            Blocker.team_id == team.team_id,
            col(Blocker.user_id).in_(set(user_ids)),
            col(Blocker.created_at) >= _midnight(first),
            col(Blocker.created_at) < _midnight(last + DAY),
            col(BlockerNote.verb).in_(ANSWERS),
            col(BlockerNote.user_id) != col(Blocker.user_id),
        )
        .order_by(col(BlockerNote.at).desc())
    )
    first_of = {row[1]: (row[0], row[2], row[3]) for row in (await team.session.exec(query)).all()}
    found: dict[str, list[Asked]] = defaultdict(list)
    for user_id, raised, answered in first_of.values():
        found[user_id].append((raised, answered))
    return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)


def _at(one: Traveller, versions: Sequence[Golden]) -> Callable[[datetime], Windows | None]:
    """Give what counted at a moment: the version agreed last before it, else what the workspace has chosen."""
    agreed = [(row.answered_at, golden.week(row)) for row in versions if row.answered_at]
    usual = golden_of(one.office)

    def at(moment: datetime) -> Windows | None:
        return next((week for since, week in reversed(agreed) if since <= moment), usual)

    return at


async def kept(team: Team, user_ids: Collection[str], first: date, last: date) -> Mapping[str, Kept]:
    """Say on how many of the agreed days from one to another contractors were at work in their window.

    Only what was logged with its times, and what somebody did with a blocker then, tells; a day of which only a length
    was logged is agreed, but not known.
    """
    return (await kept_in(team, user_ids, [(first, last)]))[0]


async def kept_in(
    team: Team,
    user_ids: Collection[str],
    spans: Sequence[tuple[date, date]],
    since: Mapping[str, date] = MappingProxyType({}),
) -> Sequence[Mapping[str, Kept]]:
    """Say the same of several stretches of days at once, in as many queries as of one.

    What was before the day that `since` gives for a contractor does not count.
    """
    first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    around, history = await travellers(team, user_ids, paused=True), await golden.counted(team, user_ids)
    worked, moments = await _worked(team, user_ids, first, last), await _moments(team, user_ids, first, last)
    return [
        {
            one: kept_days(
                _at(found, history.get(one, ())),
                _days(found, *span, since.get(one)),
                worked.get(one, ()),
                moments.get(one, ()),
            )
            for one, found in around.items()
        }
        for span in spans
    ]


def _days(one: Traveller, first: date, last: date, since: date | None) -> list[tuple[date, datetime]]:
    """List the working days of a stretch, each with a moment of it."""
    days = [first + timedelta(days=days) for days in range((last - first).days + 1)]
    counted = [day for day in days if _works(one, day) and (since is None or day >= since)]
    return [(day, datetime.combine(day, NOON, tzinfo=UTC)) for day in counted]


def _works(one: Traveller, day: date) -> bool:
    return day.weekday() in one.path.weekdays and day not in one.path.days_off and day >= one.place.start_date


async def _worked(team: Team, user_ids: Collection[str], first: date, last: date) -> Mapping[str, Sequence[Stretch]]:
    query = team.select(LogEntry).where(
        col(LogEntry.user_id).in_(set(user_ids)),
        col(LogEntry.day) >= first - DAY,
        col(LogEntry.day) <= last + DAY,
        col(LogEntry.undone).is_(False),
        col(LogEntry.starts_at).is_not(None),
    )
    found: dict[str, list[Stretch]] = defaultdict(list)
    for row in await team.all(query):
        if row.starts_at and row.ends_at:
            found[row.user_id].append((row.starts_at, row.ends_at))
    return found


async def _moments(team: Team, user_ids: Collection[str], first: date, last: date) -> Mapping[str, Sequence[datetime]]:
    """Fetch when contractors themselves did something with a blocker."""
    query: Any = select(BlockerNote.user_id, BlockerNote.at).where(
        BlockerNote.team_id == team.team_id,
        col(BlockerNote.user_id).in_(set(user_ids)),
        col(BlockerNote.verb).not_in(BY_THE_CLOCK),
        col(BlockerNote.at) >= _midnight(first - DAY),
        col(BlockerNote.at) < _midnight(last + 2 * DAY),
    )
    found: dict[str, list[datetime]] = defaultdict(list)
    for user_id, at in (await team.session.exec(query)).all():
        found[user_id].append(at)
    return found


def since(now: datetime, zone: str, days: int) -> tuple[date, date]:
    """Give the first and the last of so many days up to today."""
    today = local_day(now, zone)
    return today - timedelta(days=days - 1), today
