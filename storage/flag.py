"""Red flags: what was seen in a log, when the contractor and then the manager heard, and what was answered."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select as select_columns
from sqlmodel import col, select

from playbook.flag import ONE_OFF, Sign
from storage.database import Team
from storage.tables import Contractor, LogEntry
from storage.trust_tables import RedFlag

LETTER = "letter"
ORDER = (col(RedFlag.day), col(RedFlag.rule))


@dataclass
class Written:
    """What somebody logged: minutes by day and by day and project, and from when to when where that is known."""

    minutes: dict[date, int] = field(default_factory=lambda: defaultdict(int))
    projects: dict[tuple[date, str], int] = field(default_factory=lambda: defaultdict(int))
    stretches: list[tuple[datetime, datetime]] = field(default_factory=list)


async def written(team: Team, user_ids: Collection[str], first: date, last: date) -> Mapping[str, Written]:
    """Fetch what people logged between two days, in one query however many they are."""
    query: Any = (
        select_columns(
            col(LogEntry.user_id),
            col(LogEntry.day),
            col(LogEntry.minutes),
            col(LogEntry.project),
            col(LogEntry.starts_at),
            col(LogEntry.ends_at),
        )
        .where(col(LogEntry.team_id) == team.team_id, col(LogEntry.user_id).in_(set(user_ids)))
        .where(col(LogEntry.undone).is_(False), col(LogEntry.day).between(first, last))
    )
    found: dict[str, Written] = defaultdict(Written)
    plain = await team.session.connection()  # no objects are made of the rows, of which there may be many
    for user_id, day, minutes, project, starts_at, ends_at in await plain.execute(query):
        theirs = found[user_id]
        theirs.minutes[day] += int(minutes)
        theirs.projects[day, project] += int(minutes)
        if starts_at and ends_at:
            theirs.stretches.append((starts_at, ends_at))
    return found


async def of_all(team: Team, user_ids: Collection[str], first: date) -> Mapping[str, Sequence[RedFlag]]:
    """Fetch the flags of several contractors since a day, settled ones too."""
    found: dict[str, list[RedFlag]] = defaultdict(list)
    theirs = team.select(RedFlag).where(col(RedFlag.user_id).in_(set(user_ids)), col(RedFlag.day) >= first)
    for row in await team.all(theirs.order_by(*ORDER)) if user_ids else ():
        found[row.user_id].append(row)
    return found


async def of(team: Team, user_id: str, first: date) -> Sequence[RedFlag]:
    """Fetch everything that was said to somebody since a day and still holds."""
    return [one for one in (await of_all(team, [user_id], first)).get(user_id, ()) if one.settled_at is None]


async def find(team: Team, flag_id: str) -> RedFlag | None:
    """Fetch one flag, to answer it."""
    return await team.lock(RedFlag, id=flag_id) if flag_id else None


def raise_all(
    team: Team, user_id: str, signs: Iterable[Sign], kept: Sequence[RedFlag], now: datetime
) -> Sequence[RedFlag]:
    """Keep signs as flags; one that was settled holds again, and what was answered then is asked anew."""
    old = {(one.rule, one.day): one for one in kept}
    raised = []
    for sign in signs:
        row = old.get((sign.rule, sign.day)) or _row(team, user_id, sign, now)
        row.facts, row.raised_at, row.settled_at = dict(sign.numbers), now, None
        row.told_at = row.manager_at = row.answered_at = None
        row.answer = row.words = ""
        team.session.add(row)
        raised.append(row)
    return raised


def _row(team: Team, user_id: str, sign: Sign, now: datetime) -> RedFlag:
    numbers = dict(sign.numbers)
    return RedFlag(team_id=team.team_id, user_id=user_id, rule=sign.rule, day=sign.day, facts=numbers, raised_at=now)


async def told_since(team: Team, user_ids: Collection[str], at: datetime) -> Sequence[RedFlag]:
    """Fetch the flags that these contractors have been told of since a moment, and that still hold."""
    theirs = team.select(RedFlag).where(col(RedFlag.user_id).in_(set(user_ids)), col(RedFlag.told_at) >= at)
    return await team.all(theirs.where(col(RedFlag.settled_at).is_(None)).order_by(*ORDER)) if user_ids else ()


async def hand_over(team: Team, manager_ids: Collection[str], before: datetime, now: datetime) -> None:
    """Note that managers hear now what their contractors knew before a moment and did not call a one-off."""
    managed = select(col(Contractor.user_id)).where(
        col(Contractor.team_id) == team.team_id,
        col(Contractor.manager_id).in_(set(manager_ids)),
        col(Contractor.paused_at).is_(None),
    )
    theirs = team.update(RedFlag).where(col(RedFlag.user_id).in_(managed), *_for_managers())
    fresh = theirs.where(col(RedFlag.told_at) <= before, col(RedFlag.manager_at).is_(None))
    await team.change(fresh.values(manager_at=now))


async def handed_over(team: Team, user_ids: Collection[str], since: datetime) -> Sequence[RedFlag]:
    """Fetch what managers heard of these contractors since a moment, and may still see."""
    if not user_ids:
        return ()
    theirs = team.select(RedFlag).where(col(RedFlag.user_id).in_(set(user_ids)), *_for_managers())
    return await team.all(theirs.where(col(RedFlag.manager_at) >= since).order_by(*ORDER))


def _for_managers() -> tuple[Any, Any]:
    return col(RedFlag.settled_at).is_(None), col(RedFlag.answer) != ONE_OFF
