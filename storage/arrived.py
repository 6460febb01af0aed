"""Whether letters have reached somebody: a manager hears only what the contractor has been shown before."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from storage.database import Team
from storage.outbox import State
from storage.tables import Letter

GONE = (State.EXPIRED, State.CANCELLED, State.FAILED)


async def arrived(team: Team, keys: Collection[str]) -> Mapping[str, bool]:
    """Tell of each of these letters whether it was shown; one that never will be is missing.

    A letter that was merged into another has been shown when that one has.
    """
    if not keys:
        return {}
    rows = await team.all(team.select(Letter).where(col(Letter.key).in_(set(keys))))
    names = {row.carried_by for row in rows if row.carried_by}
    carriers = await team.all(_named(team, names)) if names else ()
    shown = {name for one in carriers if one.ts for name in (one.id, one.key)}
    found = {row.key: bool(row.ts) or row.carried_by in shown for row in rows}
    gone = {row.key for row in rows if row.state in GONE and not row.carried_by}
    return {key: there for key, there in found.items() if there or key not in gone}


async def next_try(team: Team, keys: Collection[str]) -> Mapping[str, datetime]:
    """Say, by receiver, when the first of these letters that are held is looked at again."""
    soonest = select(col(Letter.to), func.min(col(Letter.not_before))).where(
        col(Letter.team_id) == team.team_id, col(Letter.key).in_(set(keys)), col(Letter.state) == State.HELD
    )
    return dict((await team.session.exec(soonest.group_by(col(Letter.to)))).all()) if keys else {}


def _named(team: Team, names: Collection[str]) -> Any:
    return team.select(Letter).where(col(Letter.id).in_(names) | col(Letter.key).in_(names))
