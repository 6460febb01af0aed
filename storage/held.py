"""Held letters: those that wait until they may be said, and what their receivers were sent of late."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from playbook.quiet import Courtesy
from storage import oneonone
from storage.database import Team
from storage.outbox import State
from storage.rhythm_tables import Meeting
from storage.tables import Letter

ONE_GATE_AT_A_TIME = 7_226_015
OF_LATE = timedelta(hours=36)
AHEAD = timedelta(hours=12)
ALIVE = (State.PENDING, State.SENDING, State.SENT, State.REVISED, State.UPDATING, State.UNKNOWN)
RECEIVERS: Any = (
    select(Letter.team_id, Letter.to)
    .where(Letter.state == State.HELD, col(Letter.not_before) <= bindparam("now"))
    .distinct()
)


async def receivers(session: AsyncSession, now: datetime) -> Mapping[str, Sequence[str]]:
    """Name those, by team, for whom a held letter is to be looked at by now."""
    found: dict[str, list[str]] = defaultdict(list)
    for team_id, to in (await session.exec(RECEIVERS, params={"now": now})).all():
        found[team_id].append(to)
    return found


async def alone(session: AsyncSession) -> None:
    """Wait until no other process looks at held letters, to the end of this transaction."""
    if session.get_bind().dialect.name != "sqlite":
        await session.exec(select(func.pg_advisory_xact_lock(ONE_GATE_AT_A_TIME)))


async def due(team: Team, user_ids: Collection[str], now: datetime, *, lock: bool = False) -> Sequence[Letter]:
    """Fetch the held letters of these people that are to be looked at by now, the urgent ones first."""
    query = team.select(Letter).where(col(Letter.to).in_(user_ids), col(Letter.state) == State.HELD)
    query = query.where(col(Letter.not_before) <= now).order_by(col(Letter.to), col(Letter.lane), col(Letter.seq))
    return await team.all(query.with_for_update() if lock else query)


async def expecting(team: Team, user_ids: Collection[str], now: datetime) -> frozenset[str]:
    """Name those who have a 1:1 in the next hours whose agenda is still to come: their day keeps room for it."""
    soon = team.select(Meeting).where(col(Meeting.state) == oneonone.State.PLANNED, col(Meeting.at) > now)
    soon = soon.where(col(Meeting.at) <= now + AHEAD)
    soon = soon.where(or_(col(Meeting.user_id).in_(user_ids), col(Meeting.manager_id).in_(user_ids)))
    wanted = {
        oneonone.agenda_key(one.id, who): who for one in await team.all(soon) for who in (one.user_id, one.manager_id)
    }
    sent = select(Letter.key).where(col(Letter.team_id) == team.team_id, col(Letter.key).in_(wanted))
    there = set((await team.session.exec(sent.where(col(Letter.released_at).is_not(None)))).all()) if wanted else set()
    return frozenset(who for key, who in wanted.items() if key not in there and who in user_ids)


async def of_late(team: Team, user_ids: Collection[str], now: datetime) -> Mapping[str, Sequence[Letter]]:
    """Fetch the messages that these people were sent unasked in the last day and a half, oldest first."""
    query = team.select(Letter).where(
        col(Letter.to).in_(user_ids),
        col(Letter.state).in_(ALIVE),
        col(Letter.courtesy) == Courtesy.UNASKED,
        col(Letter.carried_by) == "",
        col(Letter.released_at) > now - OF_LATE,
    )
    found: dict[str, list[Letter]] = defaultdict(list)
    for letter in await team.all(query.order_by(col(Letter.released_at), col(Letter.seq))):
        found[letter.to].append(letter)
    return found
