"""What was asked and belongs in the documentation: who writes it, and what was written."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlmodel import col

from playbook.wiki import DONE, DROPPED, OPEN
from storage.columns import new_id
from storage.database import Team
from storage.trust_tables import WikiItem

MOST_KNOWN = 2000


async def find(team: Team, item_id: str) -> WikiItem | None:
    """Fetch one item to change it."""
    return await team.lock(WikiItem, id=item_id) if item_id else None


async def numbered(team: Team, number: int) -> WikiItem | None:
    """Fetch the item with a number to change it."""
    return await team.lock(WikiItem, number=number)


async def known(team: Team) -> Sequence[WikiItem]:
    """Fetch everything that was asked, the newest first."""
    query = team.select(WikiItem).where(col(WikiItem.state) != DROPPED)
    return await team.all(query.order_by(col(WikiItem.number).desc()).limit(MOST_KNOWN))


async def open_items(team: Team, user_ids: Collection[str]) -> Mapping[str, Sequence[WikiItem]]:
    """Fetch what these contractors still have to write down, oldest first, by contractor."""
    ids = {one for one in user_ids if one}
    if not ids:
        return {}
    query = team.select(WikiItem).where(col(WikiItem.user_id).in_(ids), col(WikiItem.state) == OPEN)
    found: dict[str, list[WikiItem]] = defaultdict(list)
    for row in await team.all(query.order_by(col(WikiItem.number))):
        found[row.user_id].append(row)
    return found


async def add(
    team: Team, user_id: str, key: str, question: str, answer: str, page: str, link: str, by: str, now: datetime
) -> WikiItem:
    """Keep a question that was never asked before."""
    row = WikiItem(
        id=new_id(),
        team_id=team.team_id,
        number=await team.next_number("wiki"),
        user_id=user_id,
        key=key,
        question=question,
        answer=answer,
        page=page,
        link=link,
        added_at=now,
        added_by=by,
    )
    team.add(row)
    return row


async def close(team: Team, item_id: str, state: str, by: str, now: datetime) -> bool:
    """Note that an item is written down, or not needed; tells whether that was new."""
    still = team.update(WikiItem).where(col(WikiItem.id) == item_id, col(WikiItem.state) == OPEN)
    return await team.change(still.values(state=state, done_at=now, done_by=by)) > 0


async def reopen(team: Team, item_id: str) -> bool:
    """Have an item be to write again; tells whether it was closed."""
    closed = team.update(WikiItem).where(col(WikiItem.id) == item_id, col(WikiItem.state).in_([DONE, DROPPED]))
    return await team.change(closed.values(state=OPEN, done_at=None, done_by="")) > 0
