"""Partings: who leaves when, what is handed over to whom, and who came back."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlmodel import col

from storage.columns import new_id
from storage.database import Team
from storage.growth_tables import Handover, Offboarding
from storage.trust_tables import WikiItem


async def under_way(team: Team, user_ids: Collection[str]) -> Mapping[str, Offboarding]:
    """Fetch the partings that have begun and not ended, of these contractors; who is not leaving is missing."""
    ids = {one for one in user_ids if one}
    query = team.select(Offboarding).where(col(Offboarding.user_id).in_(ids), col(Offboarding.ended_at).is_(None))
    rows = await team.all(query.where(col(Offboarding.cancelled_at).is_(None)).order_by(col(Offboarding.began_at)))
    return {row.user_id: row for row in rows}


async def find(team: Team, offboarding_id: str) -> Offboarding | None:
    """Fetch one parting to change it."""
    return await team.lock(Offboarding, id=offboarding_id) if offboarding_id else None


async def current(team: Team, user_id: str) -> Offboarding | None:
    """Fetch the parting of somebody that is under way, or has ended without their having come back since."""
    query = team.select(Offboarding).where(col(Offboarding.user_id) == user_id)
    query = query.where(col(Offboarding.cancelled_at).is_(None), col(Offboarding.returned_at).is_(None))
    return await team.first(query.order_by(col(Offboarding.began_at).desc(), col(Offboarding.id).desc()))


async def history(team: Team, user_id: str) -> Sequence[Offboarding]:
    """Fetch every parting of somebody, also those that were taken back, oldest first."""
    query = team.select(Offboarding).where(col(Offboarding.user_id) == user_id)
    return await team.all(query.order_by(col(Offboarding.began_at), col(Offboarding.id)))


async def items(team: Team, offboarding_ids: Collection[str]) -> Mapping[str, Sequence[Handover]]:
    """Fetch what is handed over, oldest first, by parting."""
    query = team.select(Handover).where(col(Handover.offboarding_id).in_(set(offboarding_ids)))
    found: dict[str, list[Handover]] = defaultdict(list)
    for row in await team.all(query.order_by(col(Handover.made_at), col(Handover.id))):
        found[row.offboarding_id].append(row)
    return found


async def item(team: Team, handover_id: str) -> Handover | None:
    """Fetch one thing that is handed over, to change it."""
    return await team.lock(Handover, id=handover_id) if handover_id else None


async def add_item(team: Team, row: Offboarding, words: str, to_id: str, by: str, now: datetime) -> Handover:
    """Keep something to hand over."""
    fresh = Handover(
        id=new_id(),
        team_id=team.team_id,
        offboarding_id=row.id,
        user_id=row.user_id,
        words=words,
        to_id=to_id,
        made_at=now,
        made_by=by,
    )
    team.add(fresh)
    await team.session.flush()
    return fresh


async def drop_item(team: Team, handover_id: str) -> bool:
    """Take something off the list that nobody has taken over; tells whether it was there."""
    gone = team.delete(Handover).where(col(Handover.id) == handover_id, col(Handover.taken_at).is_(None))
    return await team.change(gone) > 0


async def pass_on_wiki(team: Team, user_id: str, to_id: str) -> int:
    """Give what somebody still had to write down to somebody else; tells how much that was."""
    theirs = team.update(WikiItem).where(col(WikiItem.user_id) == user_id, col(WikiItem.state) == "open")
    return await team.change(theirs.values(user_id=to_id))
