"""How weeks felt to contractors: what was asked, answered, corrected afterwards, shown, and looked at."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import case, func
from sqlmodel import col, select

from playbook.days import Week
from storage.database import Team
from storage.tables import LogEntry
from storage.trust_tables import Audit

A_WEEK = timedelta(days=7)
TOLD = ("felt", "words", "focus", "heavy")


async def find(team: Team, user_id: str, monday: date) -> Audit | None:
    """Fetch what is known of how one week felt, if it was asked or answered."""
    return await team.get(Audit, user_id=user_id, monday=monday)


async def of_weeks(team: Team, user_ids: Collection[str], monday: date) -> Mapping[str, Audit]:
    """Fetch what is known of one week of each of these contractors; those who were never asked are missing."""
    query = team.select(Audit).where(col(Audit.user_id).in_(set(user_ids)), col(Audit.monday) == monday)
    return {row.user_id: row for row in await team.all(query)}


async def since(team: Team, user_ids: Collection[str], monday: date) -> Mapping[str, Sequence[Audit]]:
    """Fetch what is known of these contractors' weeks from one on, oldest first; who was never asked is missing."""
    query = team.select(Audit).where(col(Audit.user_id).in_(set(user_ids)), col(Audit.monday) >= monday)
    found: dict[str, list[Audit]] = defaultdict(list)
    for row in await team.all(query.order_by(col(Audit.monday))):
        found[row.user_id].append(row)
    return found


async def latest(team: Team, user_ids: Collection[str]) -> Mapping[str, Audit]:
    """Fetch the newest week that each of these contractors has answered."""
    answered = team.select(Audit).where(col(Audit.user_id).in_(set(user_ids)), col(Audit.answered_at).is_not(None))
    newest = (
        select(col(Audit.user_id), func.max(Audit.monday))
        .where(col(Audit.team_id) == team.team_id, col(Audit.user_id).in_(set(user_ids)))
        .where(col(Audit.answered_at).is_not(None))
        .group_by(col(Audit.user_id))
    )
    mondays: dict[str, date] = dict((await team.session.exec(newest)).all())
    rows = await team.all(answered.where(col(Audit.monday).in_(set(mondays.values()))))
    return {row.user_id: row for row in rows if mondays[row.user_id] == row.monday}


async def ask(team: Team, user_id: str, monday: date, now: datetime) -> None:
    """Note that somebody was asked; when they were first asked stays."""
    if not await team.insert_new(Audit, user_id=user_id, monday=monday, asked_at=now, **_blank()):
        own = _own(team, user_id, monday).where(col(Audit.asked_at).is_(None))
        await team.change(own.values(asked_at=now))


async def answer(team: Team, user_id: str, monday: date, minutes: int, now: datetime, told: Mapping[str, str]) -> bool:
    """Keep an answer, with the minutes that it is about; what is not named stays. Tells whether anything changed.

    A change takes the manager's look back: it was at something else.
    """
    await team.insert_new(Audit, user_id=user_id, monday=monday, **_blank())
    row = await team.lock(Audit, user_id=user_id, monday=monday)
    if row is None:
        return False
    before = {name: getattr(row, name) for name in TOLD}
    if row.answered_at and row.corrected_at is None and before == before | dict(told):
        return False
    for name, value in told.items():
        setattr(row, name, value)
    row.answered_at, row.minutes, row.corrected_at = now, minutes, None
    row.seen_at, row.seen_by = None, ""
    await team.session.flush()
    return True


async def look(team: Team, user_id: str, monday: date, by: str, now: datetime) -> bool:
    """Note that the manager has looked; False where that was noted before, or nobody answered."""
    own = _own(team, user_id, monday).where(col(Audit.seen_at).is_(None), col(Audit.answered_at).is_not(None))
    return await team.change(own.values(seen_at=now, seen_by=by)) == 1


async def show(team: Team, user_ids: Collection[str], monday: date, now: datetime) -> None:
    """Note that these weeks were shown to the manager."""
    shown = team.update(Audit).where(col(Audit.user_id).in_(set(user_ids)), col(Audit.monday) == monday)
    await team.change(shown.where(col(Audit.shown_at).is_(None)).values(shown_at=now))


def _own(team: Team, user_id: str, monday: date) -> Any:
    return team.update(Audit).where(col(Audit.user_id) == user_id, col(Audit.monday) == monday)


def _blank() -> dict[str, Any]:
    return {**dict.fromkeys(TOLD, ""), "minutes": 0, "seen_by": ""}


@dataclass(frozen=True)
class Logged:
    """What is logged for a week: the minutes, and when an entry of it was last written, changed or undone."""

    minutes: int = 0
    touched: datetime | None = None


async def logged(team: Team, user_ids: Collection[str], first: date, last: date) -> Mapping[tuple[str, date], Logged]:
    """Say what is logged for each contractor's weeks from one Monday to another: by contractor and Monday."""
    query: Any = (
        select(
            col(LogEntry.user_id),
            col(LogEntry.day),
            func.sum(case((col(LogEntry.undone).is_(True), 0), else_=col(LogEntry.minutes))),
            func.max(col(LogEntry.changed_at)),
        )
        .where(col(LogEntry.team_id) == team.team_id, col(LogEntry.user_id).in_(set(user_ids)))
        .where(col(LogEntry.day) >= first, col(LogEntry.day) < last + A_WEEK)
        .group_by(col(LogEntry.user_id), col(LogEntry.day))
    )
    found: dict[tuple[str, date], Logged] = defaultdict(Logged)
    for user_id, day, minutes, touched in (await team.session.exec(query)).all():
        key, about = (user_id, Week.of(day).monday), Logged(int(minutes), touched)
        one = found[key]
        found[key] = Logged(one.minutes + about.minutes, max(filter(None, (one.touched, about.touched)), default=None))
    return found


async def entries(team: Team, user_id: str, monday: date) -> Sequence[LogEntry]:
    """Fetch what is logged for somebody's week, in the order of its days."""
    query = team.select(LogEntry).where(col(LogEntry.user_id) == user_id, col(LogEntry.undone).is_(False))
    query = query.where(col(LogEntry.day) >= monday, col(LogEntry.day) < monday + A_WEEK)
    return await team.all(query.order_by(col(LogEntry.day), col(LogEntry.created_at)))


async def touched(team: Team, user_ids: Collection[str], since: date, now: datetime) -> Sequence[Audit]:
    """Find the weeks whose log changed since they were asked or answered, and mark those answered as corrected."""
    query = team.select(Audit).where(col(Audit.user_id).in_(set(user_ids)), col(Audit.monday) >= since)
    rows = await team.all(query)
    if not rows:
        return ()
    first, last = min(row.monday for row in rows), max(row.monday for row in rows)
    found = await logged(team, {row.user_id for row in rows}, first, last)
    changed = [row for row in rows if _is_changed(row, found.get((row.user_id, row.monday), Logged()), now)]
    for row in changed:
        if row.answered_at is not None:
            row.corrected_at, row.seen_at, row.seen_by = now, None, ""
    await team.session.flush()
    return changed


def _is_changed(row: Audit, log: Logged, now: datetime) -> bool:
    if row.answered_at is None:
        asked = row.asked_at is not None and not Week(row.monday).locked(now)
        return asked and log.touched is not None and row.asked_at is not None and log.touched > row.asked_at
    if row.corrected_at is not None:
        again = log.touched == row.corrected_at == now
        return again or (log.touched is not None and log.touched > row.corrected_at)
    return log.minutes != row.minutes or (log.touched is not None and log.touched > row.answered_at)
