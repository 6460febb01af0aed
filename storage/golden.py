"""Golden Hours as they were proposed and agreed: numbered versions, of which one counts for a contractor at a time."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlmodel import col

from playbook.golden import GoldenWeek, week_of
from storage.columns import new_id
from storage.database import Team
from storage.rhythm_tables import Golden
from storage.tables import Draft

FORM = "golden.form"
SEPARATOR = ","


class State(StrEnum):
    """How far a version has come; one that was replaced may have counted before (`answered_at`)."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    REPLACED = "replaced"


async def current(team: Team, user_ids: Collection[str]) -> Mapping[str, Golden]:
    """Give each contractor's Golden Hours as they were agreed, in one query; who has none is missing."""
    return await _newest(team, user_ids, State.AGREED)


async def waiting(team: Team, user_ids: Collection[str]) -> Mapping[str, Golden]:
    """Give each contractor's proposal that waits for an answer; who has none is missing."""
    return await _newest(team, user_ids, State.PROPOSED)


async def _newest(team: Team, user_ids: Collection[str], state: State) -> Mapping[str, Golden]:
    query = team.select(Golden).where(col(Golden.user_id).in_(set(user_ids)), col(Golden.state) == state)
    return {row.user_id: row for row in await team.all(query.order_by(col(Golden.version)))}


async def counted(team: Team, user_ids: Collection[str]) -> Mapping[str, Sequence[Golden]]:
    """Give everything that ever counted for each contractor, in the order in which it was agreed."""
    query = team.select(Golden).where(
        col(Golden.user_id).in_(set(user_ids)),
        col(Golden.state).in_((State.AGREED, State.REPLACED)),
        col(Golden.answered_at).is_not(None),
    )
    found: dict[str, list[Golden]] = defaultdict(list)
    for row in await team.all(query.order_by(col(Golden.version))):
        found[row.user_id].append(row)
    return found


async def find(team: Team, golden_id: str) -> Golden | None:
    """Fetch one version."""
    return await team.get(Golden, id=golden_id) if golden_id else None


def week(row: Golden) -> GoldenWeek:
    """Give the windows of a version."""
    return week_of(row.windows, row.zone)


def partners(row: Golden) -> tuple[str, ...]:
    """Give the team members who take part besides contractor and manager."""
    return tuple(filter(None, row.partners.split(SEPARATOR)))


async def propose(
    team: Team,
    user_id: str,
    golden: GoldenWeek,
    others: Sequence[str],
    by: str,
    now: datetime,
    *,
    nudge: bool = True,
    words: str = "",
) -> tuple[Golden, Sequence[Golden]]:
    """Write down a new version in place of those that still waited; gives it and these."""
    mine = team.select(Golden).where(col(Golden.user_id) == user_id).with_for_update()
    known = await team.all(mine.order_by(col(Golden.version)))
    before = [row for row in known if row.state == State.PROPOSED]
    for row in before:
        row.state = State.REPLACED
    fresh = Golden(
        id=new_id(),
        team_id=team.team_id,
        user_id=user_id,
        version=max((row.version for row in known), default=0) + 1,
        state=State.PROPOSED,
        windows=golden.rows(),
        zone=golden.zone,
        partners=SEPARATOR.join(others),
        nudge=nudge,
        proposed_by=by,
        proposed_at=now,
        words=words,
    )
    team.add(fresh)
    await team.session.flush()
    return fresh, before


async def agree(team: Team, golden_id: str, by: str, now: datetime) -> bool:
    """Let a proposal count from now on, in place of what counted; tells whether it still waited."""
    row = await team.lock(Golden, id=golden_id)
    if row is None or row.state != State.PROPOSED:
        return False
    for older in (await current(team, [row.user_id])).values():
        older.state = State.REPLACED
    row.state, row.answered_at, row.answered_by = State.AGREED, now, by
    await team.session.flush()
    return True


async def keep_draft(team: Team, user_id: str, values: Mapping[str, Any], now: datetime) -> None:
    """Keep what somebody filled into the first page while they are on the next."""
    await team.put(Draft, {"user_id": user_id, "form": FORM}, values=dict(values), at=now)


async def draft(team: Team, user_id: str) -> Mapping[str, Any]:
    """Give what somebody filled into the pages before this one."""
    found = await team.get(Draft, user_id=user_id, form=FORM)
    return found.values if found else {}


async def drop_draft(team: Team, user_id: str) -> None:
    """Forget what somebody filled in."""
    await team.change(team.delete(Draft).where(col(Draft.user_id) == user_id, col(Draft.form) == FORM))
