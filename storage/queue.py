"""Taking letters from the outbox and noting what became of each."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, case, exists, func, or_, update
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage import batch
from storage.outbox import BATCH, IN_FLIGHT, NOT_LEFT, REPEATABLE, WAITING, State
from storage.tables import Letter

RETRY_BASE = timedelta(seconds=5)
RETRY_CAP = timedelta(minutes=10)
LOOKS = 3
LOOK_AGAIN = timedelta(seconds=15)
ONE_CLAIM_AT_A_TIME = 7_226_014
NEXT_AT: Any = select(func.min(col(Letter.not_before))).where(
    col(Letter.state).in_([*WAITING, State.HELD, State.UNKNOWN])
)


async def overdue(session: AsyncSession, now: datetime) -> Sequence[Letter]:
    """Fetch the letters whose time is over although they were tried: somebody is to hear of those."""
    tried = select(Letter).where(col(Letter.state) == State.PENDING, col(Letter.expires_at) <= now)
    return (await session.exec(tried.where(col(Letter.error) != "", col(Letter.kind).not_in(REPEATABLE)))).all()


async def expire(session: AsyncSession, now: datetime) -> int:
    """Close letters that are no longer worth sending; tells how many."""
    late = update(Letter).where(col(Letter.state).in_(NOT_LEFT), col(Letter.expires_at) <= now)
    result: Any = await session.exec(late.values(state=State.EXPIRED, changed_at=now))
    if result.rowcount:
        await batch.expire(session, now)
    return int(result.rowcount)


async def anything(session: AsyncSession, now: datetime) -> bool:
    """Tell whether any letter may leave now, or is no longer worth sending: most of the time there is none."""
    ready = and_(col(Letter.state).in_(WAITING), col(Letter.not_before) <= now)
    late = and_(col(Letter.state).in_(NOT_LEFT), col(Letter.expires_at) <= now)
    return (await session.exec(select(Letter.seq).where(or_(ready, late)).limit(1))).first() is not None


async def claim(
    session: AsyncSession, owner: str, now: datetime, lease: timedelta, limit: int, paused: Sequence[str] = ()
) -> Sequence[Letter]:
    """Take the next letters: urgent lanes first, one at a time per conversation, in the order they were written.

    Commit before sending. `paused` names the teams whose token Slack refuses just now. What `sent_revision` says from
    here on is what Slack is being told, so that a redraw meanwhile is noticed even if the sender dies.
    """
    if session.get_bind().dialect.name != "sqlite":
        await session.exec(select(func.pg_advisory_xact_lock(ONE_CLAIM_AT_A_TIME)))
    seqs = (await session.exec(_next(session, now, limit, paused))).all()
    if not seqs:
        return []
    taken = (
        update(Letter)
        .where(col(Letter.seq).in_(seqs))
        .values(
            sent_revision=col(Letter.revision),
            state=case((col(Letter.state) == State.REVISED, State.UPDATING.value), else_=State.SENDING.value),
            lease_owner=owner,
            lease_until=now + lease,
            attempt=col(Letter.attempt) + 1,
        )
    )
    await session.exec(taken.execution_options(synchronize_session=False))
    rows = select(Letter).where(col(Letter.seq).in_(seqs)).order_by(col(Letter.lane), col(Letter.seq))
    return (await session.exec(rows.execution_options(populate_existing=True))).all()


def _next(session: AsyncSession, now: datetime, limit: int, paused: Sequence[str]) -> Any:
    before: Any = aliased(Letter)
    busy: Any = aliased(Letter)
    lane, seq = col(Letter.lane), col(Letter.seq)
    earlier = or_(before.lane < lane, and_(before.lane == lane, before.seq < seq))
    query = (
        select(Letter.seq)
        .where(
            col(Letter.state).in_(WAITING),
            col(Letter.not_before) <= now,
            ~exists().where(_same(before), before.state.in_(WAITING), earlier),
            ~exists().where(_same(busy), busy.state.in_(IN_FLIGHT)),
        )
        .order_by(col(Letter.lane), col(Letter.seq))
        .limit(limit)
    )
    if paused:
        query = query.where(col(Letter.team_id).not_in(paused))
    if session.get_bind().dialect.name != "sqlite":
        query = query.with_for_update(skip_locked=True, of=Letter)
    return query


def _same(other: Any) -> Any:
    return and_(other.team_id == Letter.team_id, other.to == Letter.to)


async def sent(session: AsyncSession, letter: Letter, channel: str, ts: str, now: datetime) -> None:
    """Note that Slack has the letter; if it was redrawn on its way, it is to be edited next."""
    await _mark(
        session,
        letter,
        state=case((col(Letter.revision) > letter.sent_revision, State.REVISED.value), else_=State.SENT.value),
        channel=channel,
        ts=ts,
        attempt=0,
        error="",
        not_before=now,
        changed_at=now,
    )


async def later(
    session: AsyncSession, letter: Letter, why: str, wait: timedelta, now: datetime, *, counted: bool = True
) -> None:
    """Put a letter back that certainly did not arrive (or whose edit can be repeated).

    What was nobody's fault (Slack asked for patience) is not counted as an attempt.
    """
    state = State.REVISED if letter.state == State.UPDATING else State.PENDING
    attempt = letter.attempt if counted else max(letter.attempt - 1, 0)
    await _mark(session, letter, state=state, error=why, attempt=attempt, not_before=now + wait, changed_at=now)


async def unknown(session: AsyncSession, letter: Letter, why: str, grace: timedelta, now: datetime) -> None:
    """Note that nobody can say whether the letter arrived; it is looked for after the grace, never sent blindly."""
    await _mark(session, letter, state=State.UNKNOWN, error=why, attempt=0, not_before=now + grace, changed_at=now)


async def failed(session: AsyncSession, letter: Letter, why: str, now: datetime) -> None:
    """Note that Slack refuses the letter for good."""
    await _mark(session, letter, state=State.FAILED, error=why, changed_at=now)


async def settled(session: AsyncSession, letter: Letter, why: str, now: datetime) -> None:
    """Note that an edit can no longer be made, and that the letter stands as it was sent."""
    await _mark(session, letter, state=State.SENT, error=why, changed_at=now)


async def cancelled(session: AsyncSession, letter: Letter, why: str, now: datetime) -> None:
    """Note that a letter had lost its point before it could be sent."""
    await _mark(session, letter, state=State.CANCELLED, error=why, changed_at=now)


async def _mark(session: AsyncSession, letter: Letter, **values: Any) -> None:
    """Change a letter that is still ours (same owner, same state as when it was claimed), and whatever it carries."""
    if letter.kind == BATCH:
        await batch.lock(session, letter)
    mine = update(Letter).where(
        col(Letter.seq) == letter.seq,
        col(Letter.lease_owner) == letter.lease_owner,
        col(Letter.state) == letter.state,
    )
    released = {"lease_owner": "", "lease_until": None}
    done: Any = await session.exec(mine.values(**released, **values).execution_options(synchronize_session=False))
    if letter.kind == BATCH and done.rowcount:
        await batch.follow(session, letter, values)


async def abandoned(session: AsyncSession, leased_until: datetime, look_at: datetime) -> int:
    """Find letters whose sender died: what was being sent is unknown, what was being edited is edited again.

    What was being looked for can be looked for by others; tells how many others there were.
    """
    lost = update(Letter).where(col(Letter.lease_until) <= leased_until)
    unsure = lost.where(col(Letter.state) == State.SENDING, col(Letter.kind).not_in(REPEATABLE))
    again = lost.where(col(Letter.state) == State.SENDING, col(Letter.kind).in_(REPEATABLE))
    edits = lost.where(col(Letter.state) == State.UPDATING)
    released = {"lease_owner": "", "lease_until": None}
    looked_for = lost.where(col(Letter.state) == State.UNKNOWN).values(attempt=0, **released)
    await session.exec(looked_for.execution_options(synchronize_session=False))
    found = 0
    for change in (
        unsure.values(state=State.UNKNOWN, error="sender died", attempt=0, not_before=look_at, **released),
        again.values(state=State.PENDING, **released),
        edits.values(state=State.REVISED, **released),
    ):
        result: Any = await session.exec(change.execution_options(synchronize_session=False))
        found += int(result.rowcount)
    return found


async def to_look_for(
    session: AsyncSession, owner: str, now: datetime, lease: timedelta, limit: int
) -> Sequence[Letter]:
    """Take the letters of unknown fate whose grace is over, to look for them in their conversations."""
    free = or_(col(Letter.lease_until).is_(None), col(Letter.lease_until) <= now)
    query: Any = (
        select(Letter.seq)
        .where(col(Letter.state) == State.UNKNOWN, col(Letter.not_before) <= now, free)
        .order_by(col(Letter.lane), col(Letter.seq))
        .limit(limit)
    )
    if session.get_bind().dialect.name != "sqlite":
        query = query.with_for_update(skip_locked=True)
    seqs = (await session.exec(query)).all()
    if not seqs:
        return []
    taken = (
        update(Letter)
        .where(col(Letter.seq).in_(seqs))
        .values(lease_owner=owner, lease_until=now + lease, attempt=col(Letter.attempt) + 1)
    )
    await session.exec(taken.execution_options(synchronize_session=False))
    rows = select(Letter).where(col(Letter.seq).in_(seqs))
    return (await session.exec(rows.execution_options(populate_existing=True))).all()


async def not_found(session: AsyncSession, letter: Letter, now: datetime) -> None:
    """Note that a letter of unknown fate is not in its conversation: it can be sent after all."""
    await _mark(session, letter, state=State.PENDING, attempt=0, error="", not_before=now, changed_at=now)


async def could_not_look(
    session: AsyncSession, letter: Letter, why: str, now: datetime, wait: timedelta | None = None
) -> bool:
    """Note that a conversation could not be read. Tells whether the letter counts as failed from now on.

    A conversation that is closed to us gets three tries; one that cannot be reached just now (`wait`: when to look
    again) is tried for as long as the letter is worth sending.
    """
    if letter.expires_at <= now if wait else letter.attempt >= LOOKS:
        await failed(session, letter, f"unknown whether it arrived: {why}", now)
        return True
    await _mark(session, letter, not_before=now + (wait or LOOK_AGAIN), changed_at=now)
    return False
