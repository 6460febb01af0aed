"""When things are due: one row per team, duty and subject, found by its instant however many wait."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Integer, bindparam, delete, func
from sqlalchemy import select as select_columns
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.columns import new_id
from storage.database import Team, columns_of, insert_or_update
from storage.tables import Occasion

CHUNK = 500
MOVED = ("day", "at", "zone", "due_at", "attempts", "error")
SECOND_TRY = timedelta(minutes=1)
LAST_TRY = timedelta(hours=6)


@dataclass(frozen=True)
class When:
    """The instant something is due (aware, UTC), and the local wish it came from, if it came from one."""

    due_at: datetime
    day: date | None = None
    at: time | None = None
    zone: str = ""


async def put(team: Team, duty: str, whens: Mapping[str, When]) -> None:
    """Set when a duty is next due for each subject, in place of what was set before."""
    rows = [_row(team, duty, subject, when) for subject, when in whens.items()]
    for start in range(0, len(rows), CHUNK):
        chunk = rows[start : start + CHUNK]
        unique = ["team_id", "duty", "subject"]
        await insert_or_update(team.session, Occasion, chunk, unique, MOVED)


async def soon(team: Team, now: datetime, *pairs: tuple[str, str]) -> None:
    """Make duties due at once: pairs of (duty, subject)."""
    rows = [_row(team, duty, subject, When(now)) for duty, subject in dict.fromkeys(pairs) if subject]
    if rows:
        unique = ["team_id", "duty", "subject"]
        await insert_or_update(team.session, Occasion, rows, unique, MOVED)


def _row(team: Team, duty: str, subject: str, when: When) -> dict[str, Any]:
    return {
        "id": new_id(),
        "team_id": team.team_id,
        "duty": duty,
        "subject": subject,
        "day": when.day,
        "at": when.at,
        "zone": when.zone,
        "due_at": when.due_at,
        "attempts": 0,
        "error": "",
    }


async def drop(team: Team, subject: str, duties: Iterable[str] = ()) -> None:
    """Forget what was due for a subject: the named duties, or all of them."""
    gone = team.delete(Occasion).where(col(Occasion.subject) == subject)
    names = list(duties)
    await team.change(gone.where(col(Occasion.duty).in_(names)) if names else gone)


async def duties(team: Team) -> frozenset[str]:
    """Name the duties that are due for anybody some day."""
    names = select(col(Occasion.duty)).where(col(Occasion.team_id) == team.team_id).distinct()
    return frozenset((await team.session.exec(names)).all())


async def of(team: Team, subject: str) -> Sequence[Occasion]:
    """Fetch everything that is due for a subject some day."""
    return await team.all(team.select(Occasion).where(col(Occasion.subject) == subject))


DUE: Any = (
    select_columns(columns_of(Occasion))
    .where(col(Occasion.due_at) <= bindparam("now"))
    .order_by(col(Occasion.due_at))
    .limit(bindparam("limit", type_=Integer))
    .with_for_update(skip_locked=True)
)
NEXT_AT: Any = select(func.min(col(Occasion.due_at)))


async def take_due(session: AsyncSession, now: datetime, limit: int) -> Sequence[Occasion]:
    """Take what has come, oldest first; it is gone unless the transaction fails.

    What comes back are plain rows with an occasion's columns: ten thousand may be due in one minute.
    """
    rows: Sequence[Occasion] = (await session.exec(DUE, params={"now": now, "limit": limit})).all()
    if rows:
        gone = delete(Occasion).where(col(Occasion.id).in_([row.id for row in rows]))
        await session.exec(gone.execution_options(synchronize_session=False))
    return rows


async def put_off(team: Team, occasion: Occasion, why: str, now: datetime) -> None:
    """Try an occasion that failed again later, each time waiting longer, up to six hours."""
    wait = min(SECOND_TRY * 2**occasion.attempts, LAST_TRY)
    when = When(now + wait, occasion.day, occasion.at, occasion.zone)
    row = _row(team, occasion.duty, occasion.subject, when)
    row |= {"attempts": occasion.attempts + 1, "error": why}
    unique = ["team_id", "duty", "subject"]
    await insert_or_update(team.session, Occasion, [row], unique, MOVED)


async def zoned(session: AsyncSession, after: str, limit: int) -> Sequence[Occasion]:
    """Fetch occasions that came from a local wish, page by page by id, to compute their instants anew."""
    page = select(Occasion).where(col(Occasion.zone) != "", col(Occasion.id) > after)
    return (await session.exec(page.order_by(col(Occasion.id)).limit(limit))).all()
