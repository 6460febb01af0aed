"""Batch: several letters to one person that are one message: what carries them, and what becomes of them with it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import exists, update
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from playbook.quiet import Courtesy
from storage.columns import new_id
from storage.database import Team
from storage.outbox import BATCH, State, redraw, show_anew
from storage.tables import Letter

SHOWN = (State.CARRIED, State.SENT, State.FAILED)
SAME = ("channel", "ts", "error", "changed_at")


def _carried(carrier: Letter) -> Any:
    """Find what a letter carries, by the index over receivers."""
    return col(Letter.team_id) == carrier.team_id, col(Letter.to) == carrier.to, col(Letter.carried_by) == carrier.id


async def parts(session: AsyncSession, carrier: Letter) -> Sequence[Letter]:
    """Fetch what a letter carries and is to show, in the order in which it came."""
    query = select(Letter).where(*_carried(carrier), col(Letter.state).in_(SHOWN))
    query = query.order_by(col(Letter.released_at), col(Letter.lane), col(Letter.seq))
    return (await session.exec(query.execution_options(populate_existing=True))).all()


async def carry(team: Team, letters: Sequence[Letter], text: str, now: datetime) -> Letter:
    """Let one new letter carry several that may leave now."""
    for letter in letters:
        letter.state, letter.released_at = State.CARRIED, now
    carrier = _carrier(team, letters, text, now)
    _hand_over(team, carrier, letters)
    await team.session.flush()
    return carrier


async def carry_on(team: Team, last: Letter, letter: Letter, now: datetime) -> bool:
    """Put a letter into a message that was sent already; tells whether that is possible just now.

    A message that is on its way, or being edited, has to arrive first.
    """
    letter.state, letter.released_at = State.CARRIED, now
    if last.kind == BATCH:
        letter.carried_by = last.id
        await team.session.flush()
        await show_anew(team, [last.id], now)
        return True
    if last.state not in (State.SENT, State.REVISED):
        letter.state, letter.released_at = State.HELD, None
        return False
    last.state = State.SENT
    carrier = _carrier(team, [last, letter], f"{last.text}\n{letter.text}", now)
    carrier.state, carrier.channel, carrier.ts = State.REVISED, last.channel, last.ts
    carrier.released_at = last.released_at
    _hand_over(team, carrier, [last, letter])
    await team.session.flush()
    return True


def _carrier(team: Team, letters: Sequence[Letter], text: str, now: datetime) -> Letter:
    unasked = any(letter.courtesy == Courtesy.UNASKED for letter in letters)
    own = new_id()
    return Letter(
        id=own,
        team_id=team.team_id,
        key=f"{BATCH}:{own}",
        kind=BATCH,
        to=letters[0].to,
        lane=min(letter.lane for letter in letters),
        courtesy=Courtesy.UNASKED if unasked else Courtesy.TOLD,
        text=text,
        blocks=[],
        state=State.PENDING,
        released_at=now,
        not_before=now,
        expires_at=max(letter.expires_at for letter in letters),
        created_at=now,
        changed_at=now,
    )


def _hand_over(team: Team, carrier: Letter, letters: Sequence[Letter]) -> None:
    team.add(carrier)
    for letter in letters:
        letter.carried_by = carrier.id


async def lock(session: AsyncSession, carrier: Letter) -> None:
    """Keep others from what a letter carries; always before the letter itself, so that nobody waits in a circle."""
    if session.get_bind().dialect.name != "sqlite":
        await session.exec(select(Letter.seq).where(*_carried(carrier)).with_for_update())


async def follow(session: AsyncSession, carrier: Letter, became: Mapping[str, Any]) -> None:
    """Let what a letter carries become what the letter became.

    Where an edit was refused for good, what was to come in with it goes as a message of its own.
    """
    mine = update(Letter).where(*_carried(carrier)).execution_options(synchronize_session=False)
    same = {name: became[name] for name in SAME if name in became}
    match became.get("state"):
        case State.FAILED | State.CANCELLED as end:
            await session.exec(mine.where(col(Letter.state) == State.CARRIED).values(state=end, **same))
        case State.SENT if "ts" not in became:
            left = mine.where(col(Letter.state) == State.CARRIED)
            await session.exec(left.values(state=State.PENDING, carried_by="", not_before=became["changed_at"]))
        case _ if "ts" in became:
            await session.exec(mine.where(col(Letter.state).in_(SHOWN)).values(state=State.SENT, **same))


async def expire(session: AsyncSession, now: datetime) -> None:
    """Close what was carried by letters whose time is over."""
    carrier: Any = aliased(Letter)
    over = exists().where(
        carrier.team_id == Letter.team_id, carrier.id == Letter.carried_by, carrier.state == State.EXPIRED
    )
    late = update(Letter).where(col(Letter.state) == State.CARRIED, over)
    await session.exec(late.values(state=State.EXPIRED, changed_at=now).execution_options(synchronize_session=False))


async def redraw_at(
    team: Team, to: str, ts: str, part: str, text: str, blocks: Sequence[Mapping[str, Any]], now: datetime
) -> bool:
    """Redraw the letter somebody has as a message, or as one part of it; tells whether there is such a letter."""
    there = team.select(Letter).where(col(Letter.to) == to, col(Letter.ts) == ts, col(Letter.kind) == "message")
    which = col(Letter.id) == part if part else col(Letter.carried_by) == ""
    letter = await team.first(there.where(which)) if ts else None
    if letter is None:
        return False
    await redraw(team, letter.key, text, blocks, now)
    return True
