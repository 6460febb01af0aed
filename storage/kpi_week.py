"""What contractors entered for their KPIs week by week, what was confirmed, and the blockers the bot counts."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func
from sqlmodel import col, select

from storage.database import Team
from storage.path_tables import KpiResult
from storage.tables import Blocker

Results = Mapping[str, KpiResult]


async def results(team: Team, user_ids: Collection[str], monday: date) -> Mapping[str, Results]:
    """Give what each contractor entered for a week by key; who entered nothing is missing."""
    return {user_id: found for (user_id, _), found in (await between(team, user_ids, monday, monday)).items()}


async def between(team: Team, user_ids: Collection[str], first: date, last: date) -> Mapping[tuple[str, date], Results]:
    """Give what was entered for the weeks from one Monday to another: by contractor and Monday, then by key."""
    query = team.select(KpiResult).where(
        col(KpiResult.user_id).in_(set(user_ids)), col(KpiResult.monday).between(first, last)
    )
    found: dict[tuple[str, date], dict[str, KpiResult]] = defaultdict(dict)
    for row in await team.all(query):
        found[row.user_id, row.monday][row.key] = row
    return dict(found)


@dataclass(frozen=True)
class Entered:
    """What came of entering a week: whether anything changed, and whose confirmation that took back, "" if none."""

    changed: bool
    taken_back: str = ""


async def enter(
    team: Team, user_id: str, monday: date, values: Mapping[str, tuple[str, str]], now: datetime
) -> Entered:
    """Keep a week as it was entered: pairs of (value, words) by key. A change takes a confirmation back."""
    before = (await results(team, [user_id], monday)).get(user_id, {})
    kept = {key: pair for key, pair in values.items() if pair[0]}
    if {key: (row.value, row.words) for key, row in before.items()} == kept:
        return Entered(changed=False)
    await team.change(team.delete(KpiResult).where(col(KpiResult.user_id) == user_id, col(KpiResult.monday) == monday))
    by = next((row.confirmed_by for row in before.values() if row.confirmed_by), "")
    fresh = any(row.confirmed_at for row in before.values())
    for key, (value, words) in kept.items():
        about = {"user_id": user_id, "monday": monday, "key": key}
        await team.insert_new(KpiResult, **about, value=value, words=words, entered_at=now, confirmed_by=by)
    return Entered(changed=True, taken_back=by if fresh else "")


def is_confirmed(found: Results) -> bool:
    """Say whether a week was confirmed as it stands."""
    return bool(found) and all(row.confirmed_at is not None for row in found.values())


def stamp(found: Results) -> str:
    """Name the state of a week, so that nobody confirms figures they have not seen."""
    return f"{max(row.entered_at for row in found.values()):%Y%m%d%H%M%S%f}" if found else ""


async def confirm(team: Team, user_id: str, monday: date, seen: str, by: str, now: datetime) -> bool:
    """Confirm a week as it was seen; False when it has changed since, was confirmed already, or is not there."""
    query = team.select(KpiResult).where(col(KpiResult.user_id) == user_id, col(KpiResult.monday) == monday)
    rows = await team.all(query.with_for_update().execution_options(populate_existing=True))
    found = {row.key: row for row in rows}
    if not found or stamp(found) != seen or is_confirmed(found):
        return False
    for row in rows:
        row.confirmed_at, row.confirmed_by = now, by
    return True


async def to_confirm(team: Team, user_ids: Collection[str], since: date) -> Mapping[str, int]:
    """Count for each contractor the weeks since a Monday that were entered and wait for the manager's look."""
    if not user_ids:
        return {}
    query = (
        select(col(KpiResult.user_id), func.count(func.distinct(KpiResult.monday)))
        .where(col(KpiResult.team_id) == team.team_id, col(KpiResult.user_id).in_(set(user_ids)))
        .where(col(KpiResult.monday) >= since, col(KpiResult.confirmed_at).is_(None))
        .group_by(col(KpiResult.user_id))
    )
    return {user_id: int(weeks) for user_id, weeks in (await team.session.exec(query)).all()}


async def raised(
    team: Team, user_ids: Collection[str], since: datetime, until: datetime
) -> Mapping[str, Sequence[tuple[datetime, timedelta]]]:
    """Give the blockers that were raised in a stretch of time by contractor: when, and how long after they began."""
    query = (
        select(col(Blocker.user_id), col(Blocker.created_at), col(Blocker.since))
        .where(col(Blocker.team_id) == team.team_id, col(Blocker.user_id).in_(set(user_ids)))
        .where(col(Blocker.created_at) >= since, col(Blocker.created_at) < until)
    )
    found: dict[str, list[tuple[datetime, timedelta]]] = defaultdict(list)
    for user_id, at, began in (await team.session.exec(query)).all():
        found[user_id].append((at, at - began))
    return dict(found)
