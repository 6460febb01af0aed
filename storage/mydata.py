"""Own data: counts what is kept of somebody, gathers it, and deletes what they may have deleted."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import JSON, Date, func, select, true
from sqlmodel import SQLModel, col
from sqlmodel.sql.sqltypes import UTCDateTime

from playbook.tongue import here
from storage.database import Team, columns_of
from storage.mydata_map import NOT_GIVEN, PARTS, ROW, Part, names_somebody, people_in
from storage.outward_tables import Erasure
from storage.tables import Contractor

__all__ = ["NOT_GIVEN", "PARTS", "names_somebody"]
TAKEN_BACK = "(deleted on request)"
DID = "what_you_did"
Plain = Mapping[str, Any]


@dataclass(frozen=True)
class Sheet:
    """The rows of one part, as plain values in the order of the columns; only the vault reads those in `sealed`."""

    title: str
    group: str
    head: Sequence[str]
    rows: Sequence[Sequence[Any]]
    sealed: Sequence[str] = ()


@dataclass(frozen=True)
class Stays:
    """Something that was not deleted: its group, how many rows, why, and what ends it (a kind of retention)."""

    group: str
    rows: int
    why: str
    limit: str

    def plain(self) -> dict[str, Any]:
        """Write it as it is kept with the erasure."""
        return {"group": self.group, "rows": self.rows, "why": self.why, "limit": self.limit}


def _theirs(part: Part, team: Team, user_id: str) -> Any:
    table = columns_of(part.table)
    whose = part.mine(team.team_id, user_id) if part.mine else table.c[part.of] == user_id
    return (table.c.team_id == team.team_id) & whose


def _shown(part: Part, team: Team, user_id: str) -> Any:
    theirs = _theirs(part, team, user_id)
    return theirs & columns_of(part.table).c[part.only].is_not(None) if part.only else theirs


async def counts(team: Team, user_id: str) -> Mapping[str, int]:
    """Count the records about somebody by group; a row that is in two parts counts once."""
    found: Counter[str] = Counter()
    for part in PARTS:
        if not part.name:
            found[part.group] += await _count(team, part.table, _shown(part, team, user_id))
    return found


async def _count(team: Team, table: type[SQLModel], where: Any) -> int:
    query: Any = select(func.count()).select_from(columns_of(table)).where(where)
    return int((await team.session.exec(query)).scalar_one())


async def gather(team: Team, user_id: str, most: int) -> Sequence[Sheet]:
    """Fetch everything that is somebody's to have, at most so many rows a part; empty ones are missing."""
    sheets = [await _sheet(team, part, user_id, most) for part in PARTS]
    return [one for one in [*sheets, await _did(team, user_id, most)] if one.rows]


async def _sheet(team: Team, part: Part, user_id: str, most: int) -> Sheet:
    table = columns_of(part.table)
    names = part.shown or [one.name for one in table.columns if one.name not in ("team_id", *part.hidden)]
    query: Any = select(*(table.c[name] for name in names)).where(_shown(part, team, user_id)).limit(most)
    rows = (await team.session.exec(query.order_by(*_order(part.table)))).all()
    return Sheet(part.title, part.group, list(names), [tuple(plain(one) for one in row) for row in rows], part.sealed)


def _order(table: type[SQLModel]) -> Sequence[Any]:
    """Order by the first column that tells when, then by the key, so that files read as a story."""
    columns = columns_of(table)
    dated = [one for one in columns.columns if isinstance(one.type, UTCDateTime | Date)]
    return [*dated[:1], *columns.primary_key.columns]


async def _did(team: Team, user_id: str, most: int) -> Sheet:
    """Tell what somebody did for others: the table, the column that names them, whom it is about, and its first date.

    None of its words: they are somebody else's.
    """
    rows: list[Sequence[Any]] = []
    for table in dict.fromkeys([part.table for part in PARTS] + list(NOT_GIVEN)):
        for name in people_in(table):
            if name not in ("user_id", "actor_id", "subject_id") and len(rows) < most:
                rows += await _did_there(team, table, name, user_id, most - len(rows))
    return Sheet(DID, "account", ("record", "as", "about", "when"), rows)


async def _did_there(team: Team, table: type[SQLModel], name: str, user_id: str, most: int) -> Sequence[Sequence[Any]]:
    columns = columns_of(table)
    whom = columns.c["user_id"] if "user_id" in columns.c else columns.c[name]
    dated = [one for one in columns.columns if isinstance(one.type, UTCDateTime | Date)]
    query: Any = select(whom, *dated[:1]).where(columns.c.team_id == team.team_id, columns.c[name] == user_id)
    found = (await team.session.exec(query.order_by(*_order(table)).limit(most))).all()
    record = str(table.__tablename__)
    return [(record, name, row[0], plain(row[1]) if len(row) > 1 else "") for row in found]


def plain(value: Any) -> Any:
    """Write a value so that JSON and CSV can hold it; instants in UTC."""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    if isinstance(value, str):
        return here(value)
    return value.isoformat() if isinstance(value, date | time) else value


# Deleting -----------------------------------------------------------------------------------------


async def works_here(team: Team, user_id: str) -> bool:
    """Tell whether somebody is on the path and their time here has not ended."""
    place = await team.get(Contractor, user_id=user_id)
    return place is not None and place.ended_at is None


async def erase(team: Team, user_id: str, *, active: bool) -> Sequence[Stays]:
    """Delete what somebody may have deleted; gives what stays. `active`: what they need to work here stays as well."""
    await team.session.flush()
    for part in PARTS:
        if part.goes and not (active and part.needed):
            await _go(team, part, user_id)
    team.session.expire_all()
    return await stays(team, user_id)


async def _go(team: Team, part: Part, user_id: str) -> None:
    table = columns_of(part.table)
    which = _theirs(part, team, user_id) & (part.where() if part.where else true())
    if part.closed and await works_here(team, user_id):
        which &= table.c[part.closed].is_not(None)
    if part.goes == ROW:
        await team.change(team.delete(part.table).where(which))
        return
    await team.change(team.update(part.table).where(which).values(**{name: _nothing(part, name) for name in part.goes}))


def _nothing(part: Part, name: str) -> Any:
    column = columns_of(part.table).c[name]
    if isinstance(column.type, JSON):
        return [] if name == "blocks" else {}
    return TAKEN_BACK if name == "text" else ""


async def stays(team: Team, user_id: str) -> Sequence[Stays]:
    """Say what of somebody is left, by group and reason."""
    found: dict[tuple[str, str, str], int] = defaultdict(int)
    for part in PARTS:
        if part.name:
            continue
        rows = await _count(team, part.table, _theirs(part, team, user_id))
        why = part.stays or ("needed" if part.needed else "")
        if rows and why:
            found[part.group, why, part.limit] += rows
    return [Stays(group, rows, why, limit) for (group, why, limit), rows in found.items()]


async def keep_erasure(
    team: Team, user_id: str, asked_at: datetime, done_at: datetime | None, kept: Sequence[Stays]
) -> Erasure:
    """Write down a request, or what became of the one that is open."""
    row = await open_erasure(team, user_id)
    if row is None:
        row = Erasure(team_id=team.team_id, user_id=user_id, asked_at=asked_at)
        team.add(row)
    row.done_at, row.kept = done_at, [one.plain() for one in kept]
    await team.session.flush()
    return row


async def open_erasure(team: Team, user_id: str) -> Erasure | None:
    """Fetch the request of somebody of which a part waits until their time here has ended."""
    mine = team.select(Erasure).where(col(Erasure.user_id) == user_id, col(Erasure.done_at).is_(None))
    return await team.first(mine)


async def last_erasure(team: Team, user_id: str) -> Erasure | None:
    """Fetch the newest request of somebody."""
    mine = team.select(Erasure).where(col(Erasure.user_id) == user_id)
    return await team.first(mine.order_by(col(Erasure.asked_at).desc(), col(Erasure.id).desc()))


async def waiting(team: Team) -> Sequence[Erasure]:
    """Fetch every request of which a part waits."""
    return await team.all(team.select(Erasure).where(col(Erasure.done_at).is_(None)))
