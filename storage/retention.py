"""Retention: what is older than its kind may be, how much that is, and deleting it a little at a time."""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Date, Integer, String, bindparam, delete, func, select, tuple_
from sqlmodel import SQLModel, col

from playbook.retention import ACCOUNTS, FORMER, GROWTH, LETTERS, TALKS, TRAIL, WORK, RetentionBook, months_before
from storage import growth_tables as growth
from storage import mydata
from storage import outward_tables as outward
from storage import path_tables as path
from storage import rhythm_tables as rhythm
from storage import tables as daily
from storage import trust_tables as trust
from storage.database import Team, columns_of
from storage.outward_tables import Erasure, Retention
from storage.post import State
from storage.tables import Contractor, Fact

LAST = "retention"
MOST_FORMER = 5


@dataclass(frozen=True)
class Ages:
    """A table whose rows belong to a kind, and the column that says since when a row is over; empty while it is not."""

    table: type[SQLModel]
    kind: str
    since: str
    only: Callable[[], Any] | None = None


def _replaced(table: Any) -> Callable[[], Any]:
    return lambda: col(table.state) == "replaced"


def _over() -> Any:
    ended = (State.SENT, State.EXPIRED, State.CANCELLED, State.FAILED)
    return col(daily.Letter.state).in_(ended) & (col(daily.Letter.kind) != "home")


AGES: Sequence[Ages] = (
    Ages(daily.LogEntry, ACCOUNTS, "day"),
    Ages(daily.DayAnswer, ACCOUNTS, "day"),
    Ages(daily.WeekReopened, ACCOUNTS, "monday"),
    Ages(rhythm.Away, ACCOUNTS, "last"),
    Ages(rhythm.HolidayWorked, ACCOUNTS, "day"),
    Ages(growth.Worklog, ACCOUNTS, "last_on"),
    Ages(path.Blueprint, ACCOUNTS, "answered_at", _replaced(path.Blueprint)),
    Ages(path.KpiResult, ACCOUNTS, "monday"),
    Ages(rhythm.Golden, ACCOUNTS, "answered_at", _replaced(rhythm.Golden)),
    Ages(growth.RateReview, ACCOUNTS, "decided_at"),
    Ages(daily.Blocker, WORK, "resolved_at"),
    Ages(path.ChecklistItem, WORK, "done_at"),
    Ages(path.Shadowing, WORK, "learned_at"),
    Ages(trust.Sprint, WORK, "answered_at"),
    Ages(trust.WikiItem, WORK, "done_at"),
    Ages(trust.ShownWork, WORK, "day"),
    Ages(growth.Handover, WORK, "taken_at"),
    Ages(path.Greeting, WORK, "at"),
    Ages(rhythm.PrivateNote, TALKS, "changed_at"),
    Ages(rhythm.Meeting, TALKS, "ended_at"),
    Ages(rhythm.Point, TALKS, "done_at"),
    Ages(trust.Audit, TALKS, "monday"),
    Ages(trust.HealthCheck, TALKS, "day"),
    Ages(trust.RedFlag, TALKS, "day"),
    Ages(growth.ReviewItem, GROWTH, "done_at"),
    Ages(growth.Review, GROWTH, "closed_at"),
    Ages(growth.Course, GROWTH, "decided_at"),
    Ages(growth.Inclusion, GROWTH, "month"),
    Ages(daily.Letter, LETTERS, "changed_at", _over),
    Ages(outward.Trail, TRAIL, "at"),
    Ages(outward.Erasure, TRAIL, "done_at"),
    Ages(outward.WebhookDelivery, TRAIL, "made_at", lambda: col(outward.WebhookDelivery.state) != "waiting"),
)


@dataclass(frozen=True)
class Round:
    """What the nightly round did last: when, how many rows of each kind went, and whether more is to follow."""

    at: datetime
    deleted: Mapping[str, int] = field(default_factory=dict)
    more: bool = False


async def months(team: Team, book: RetentionBook) -> Mapping[str, int]:
    """Say how many months each kind is kept."""
    rows = await team.all(team.select(Retention))
    return book.months({row.kind: row.months for row in rows})


async def choose(team: Team, kind: str, number: int, by: str, now: datetime) -> None:
    """Keep how many months a kind is kept from now on."""
    await team.put(Retention, {"kind": kind}, months=number, changed_at=now, changed_by=by)


def _old(team: Team, ages: Ages, before: date) -> Any:
    table = columns_of(ages.table)
    since = table.c[ages.since]
    limit: Any = before if isinstance(since.type, Date) else _midnight(before)
    found = (table.c.team_id == team.team_id) & (since < limit)
    return found & ages.only() if ages.only else found


async def older(team: Team, kind: str, before: date) -> int:
    """Count what is older than a day: rows of a kind, or former contractors whose words are still there."""
    if kind == FORMER:
        return len(await _former(team, before, limit=1000))
    found = 0
    for ages in AGES:
        if ages.kind == kind:
            query: Any = select(func.count()).select_from(columns_of(ages.table)).where(_old(team, ages, before))
            found += int((await team.session.exec(query)).scalar_one())
    return found


async def sweep(team: Team, book: RetentionBook, now: datetime) -> Round:
    """Delete what is too old, at most one batch of each table; keeps what it did, and whether more is to follow."""
    kept, before = await months(team, book), await last(team)
    done: Counter[str] = Counter(before.deleted if before and before.more else {})
    more = False
    for ages in AGES:
        limit = months_before(now.date(), kept[ages.kind])
        gone = await _delete(team, ages, limit, book.batch)
        done[ages.kind] += gone
        more = more or gone == book.batch
    done[FORMER] += await _forget_former(team, months_before(now.date(), kept[FORMER]), now)
    made = Round(now, {kind: number for kind, number in done.items() if number}, more)
    await _keep(team, made)
    return made


async def _delete(team: Team, ages: Ages, before: date, most: int) -> int:
    limit = before if isinstance(columns_of(ages.table).c[ages.since].type, Date) else _midnight(before)
    wanted = {"team": team.team_id, "before": limit, "most": most}
    result: Any = await team.session.exec(_deletion(ages), params=wanted)
    return int(result.rowcount)


@cache
def _deletion(ages: Ages) -> Any:
    """Make the statement that deletes what is too old; once, since there is one a table and night."""
    table = columns_of(ages.table)
    keys, team_id = list(table.primary_key.columns), bindparam("team", type_=String)
    old = (table.c.team_id == team_id) & (table.c[ages.since] < bindparam("before"))
    found = old & ages.only() if ages.only else old
    which = select(*keys).where(found).limit(bindparam("most", type_=Integer))
    gone = delete(table).where(table.c.team_id == team_id, tuple_(*keys).in_(which))
    return gone.execution_options(synchronize_session=False)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


async def _former(team: Team, before: date, limit: int) -> Sequence[Contractor]:
    """Fetch contractors whose time here ended before a day, and whose words were not deleted since."""
    limit_at = _midnight(before)
    since = select(col(Erasure.id)).where(
        col(Erasure.team_id) == team.team_id,
        col(Erasure.user_id) == col(Contractor.user_id),
        col(Erasure.done_at) >= col(Contractor.ended_at),
    )
    query = team.select(Contractor).where(col(Contractor.ended_at) < limit_at, ~since.exists())
    return await team.all(query.order_by(col(Contractor.user_id)).limit(limit))


async def _forget_former(team: Team, before: date, now: datetime) -> int:
    found = await _former(team, before, MOST_FORMER)
    for user_id in [one.user_id for one in found]:
        left = await mydata.erase(team, user_id, active=False)
        await mydata.keep_erasure(team, user_id, now, now, left)
    return len(found)


async def last(team: Team) -> Round | None:
    """Say what the nightly round did last, None before the first."""
    fact = await team.get(Fact, name=LAST)
    if fact is None:
        return None
    told = json.loads(fact.value)
    return Round(datetime.fromisoformat(told["at"]), told["deleted"], told["more"])


async def _keep(team: Team, made: Round) -> None:
    told = {"at": made.at.isoformat(), "deleted": dict(made.deleted), "more": made.more}
    await team.put(Fact, {"name": LAST}, value=json.dumps(told))


async def upcoming(team: Team, book: RetentionBook, now: datetime) -> Mapping[str, int]:
    """Count, by kind, what goes within the next days (`notice`), nothing chosen anew."""
    kept, day = await months(team, book), (now + timedelta(days=book.notice)).date()
    counted = {kind: await older(team, kind, months_before(day, number)) for kind, number in kept.items()}
    return {kind: number for kind, number in counted.items() if number}
