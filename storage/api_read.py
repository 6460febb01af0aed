"""What the API reads: each listing names its columns, so that nothing else is ever fetched."""

import base64
import binascii
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import and_, case, func, select, tuple_
from sqlmodel import SQLModel, col

from storage import api_models as told
from storage.database import Team
from storage.growth_tables import Review
from storage.path_tables import Blueprint, ChecklistItem, KpiResult
from storage.tables import Blocker, Contractor, LogEntry, Person

DRAFT = "draft"
MOST_NUMBER = 2**31 - 1


def _number(value: str) -> int:
    """Read a number that fits into a column of the store."""
    if not (value.isascii() and value.isdecimal() and len(value) < len(str(MOST_NUMBER))):
        raise ValueError("no number of ours")
    return int(value)


@dataclass(frozen=True)
class Filter:
    """One thing a listing can be narrowed by; `choices` where only these are values."""

    name: str
    words: str
    kind: Callable[[str], Any]
    where: Callable[[Any], Any]
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Listing:
    """One kind of record: what is told of it, from which columns, in the order of `keys` (which no two share).

    `one` says by which filter a single record is asked for.
    """

    name: str
    words: str
    model: type[told.Told]
    table: type[SQLModel]
    columns: Mapping[str, Any]
    keys: tuple[str, ...]
    filters: tuple[Filter, ...] = ()
    where: tuple[Any, ...] = ()
    join: Callable[[Any], Any] | None = None
    key_kinds: Mapping[str, Callable[[str], Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Page:
    """Some records, and where the next ones begin, "" after the last."""

    data: Sequence[told.Told]
    next: str = ""


def _same(table: type[SQLModel], names: Sequence[str], **others: str) -> dict[str, Any]:
    found = {name: getattr(table, name) for name in names}
    return found | {name: getattr(table, other) for name, other in others.items()}


def _contractor(table: Any) -> Filter:
    return Filter("contractor", "The id of one contractor", str, lambda value: col(table.user_id) == value)


def _with_person(query: Any) -> Any:
    mine = and_(col(Person.team_id) == col(Contractor.team_id), col(Person.user_id) == col(Contractor.user_id))
    return query.outerjoin(Person, mine)


REVIEW_STATE = case(
    (col(Review.closed_at).is_not(None), "closed"),
    (col(Review.agreed_at).is_not(None), "agreed"),
    (col(Review.shared_at).is_not(None), "shared"),
    else_="open",
)
PEOPLE = ("manager_id", "owner_id", "lead_id", "operations_id", "buddy_id")
CONTRACTORS = Listing(
    "contractors",
    "Everybody on the path",
    told.Contractor,
    Contractor,
    _same(
        Contractor,
        ("role", "project", *PEOPLE, "start_date", "weekly_minutes", "weekdays", "paused_at", "ended_at"),
        id="user_id",
    )
    | {"name": func.coalesce(Person.name, ""), "zone": func.coalesce(Person.zone, "")},
    ("id",),
    join=_with_person,
)
LOGS = Listing(
    "logs",
    "Logged time, by day",
    told.LogEntry,
    LogEntry,
    _same(
        LogEntry,
        ("id", "day", "minutes", "starts_at", "ends_at", "project", "category", "created_at", "changed_at"),
        contractor_id="user_id",
    ),
    ("day", "id"),
    (
        _contractor(LogEntry),
        Filter("since", "The first day", date.fromisoformat, lambda value: col(LogEntry.day) >= value),
        Filter("until", "The last day", date.fromisoformat, lambda value: col(LogEntry.day) <= value),
    ),
    (col(LogEntry.undone).is_(False),),
    key_kinds={"day": date.fromisoformat},
)
TIMES = ("since", "created_at", "seen_at", "taken_at", "resolved_at")
STATES = ("open", "seen", "on_it", "resolved")
BLOCKERS = Listing(
    "blockers",
    "Blockers, by number",
    told.Blocker,
    Blocker,
    _same(Blocker, ("id", "number", "kind", "impact", "state", "helper_id", *TIMES), contractor_id="user_id"),
    ("number",),
    (
        _contractor(Blocker),
        Filter("state", "How far it has come", str, lambda value: col(Blocker.state) == value, STATES),
    ),
    key_kinds={"number": _number},
)
ITEM = ("id", "key", "phase", "owner", "day", "due", "state", "done_at", "done_by")
CHECKLISTS = Listing(
    "checklists",
    "Items of the checklists",
    told.ChecklistItem,
    ChecklistItem,
    _same(ChecklistItem, ITEM, contractor_id="user_id"),
    ("id",),
    (
        _contractor(ChecklistItem),
        Filter(
            "state", "What became of it", str, lambda value: col(ChecklistItem.state) == value, ("todo", "done", "na")
        ),
    ),
)
KPIS = Listing(
    "kpis",
    "Versions of the KPIs that were proposed or agreed",
    told.KpiVersion,
    Blueprint,
    _same(
        Blueprint, ("id", "version", "state", "proposed_at", "answered_at"), contractor_id="user_id", measures="rows"
    ),
    ("contractor_id", "version"),
    (_contractor(Blueprint),),
    (col(Blueprint.state) != DRAFT,),
    key_kinds={"version": _number},
)
RESULTS = Listing(
    "kpis/results",
    "Results of the KPIs, by week",
    told.KpiResult,
    KpiResult,
    _same(KpiResult, ("monday", "key", "value", "confirmed_at"), contractor_id="user_id"),
    ("monday", "contractor_id", "key"),
    (_contractor(KpiResult),),
    key_kinds={"monday": date.fromisoformat},
)
REVIEWS = Listing(
    "reviews",
    "Quarterly reviews: dates and state only",
    told.Review,
    Review,
    _same(
        Review,
        ("id", "number", "due_on", "opened_at", "shared_at", "agreed_at", "closed_at"),
        contractor_id="user_id",
    )
    | {"state": REVIEW_STATE},
    ("id",),
    (_contractor(Review),),
)
LISTINGS = (CONTRACTORS, LOGS, BLOCKERS, CHECKLISTS, KPIS, RESULTS, REVIEWS)


async def page(team: Team, listing: Listing, chosen: Mapping[str, Any], after: Sequence[Any], most: int) -> Page:
    """Read some records: those that fit what was `chosen` (by the names of filters), after a place in their order."""
    query = _query(team, listing)
    for one in listing.filters:
        if one.name in chosen:
            query = query.where(one.where(chosen[one.name]))
    keys = [listing.columns[name] for name in listing.keys]
    if after:
        query = query.where(tuple_(*keys) > tuple_(*after))
    rows = (await team.session.exec(query.order_by(*keys).limit(most + 1))).all()
    data = [_told(listing, row) for row in rows[:most]]
    return Page(data, _cursor(listing, rows[most - 1]) if len(rows) > most else "")


async def one(team: Team, user_id: str) -> told.Told | None:
    """Read one contractor, None if there is no such contractor."""
    query = _query(team, CONTRACTORS).where(col(Contractor.user_id) == user_id)
    row = (await team.session.exec(query)).first()
    return _told(CONTRACTORS, row) if row is not None else None


def _query(team: Team, listing: Listing) -> Any:
    columns = [column.label(f"told_{name}") for name, column in listing.columns.items()]
    query: Any = select(*columns).select_from(listing.table)
    query = listing.join(query) if listing.join else query
    return query.where(listing.table.team_id == team.team_id, *listing.where)  # type: ignore[attr-defined]


def _told(listing: Listing, row: Any) -> told.Told:
    return listing.model.model_validate(dict(zip(listing.columns, row, strict=True)))


def _cursor(listing: Listing, row: Any) -> str:
    values = dict(zip(listing.columns, row, strict=True))
    written = json.dumps([str(values[name]) for name in listing.keys])
    return base64.urlsafe_b64encode(written.encode()).decode().rstrip("=")


def read_cursor(listing: Listing, cursor: str) -> tuple[Any, ...]:
    """Read where a page is to begin; raises ValueError for what `page` did not write."""
    try:
        values = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, UnicodeError) as error:
        raise ValueError("no cursor of ours") from error
    if not isinstance(values, list) or len(values) != len(listing.keys):
        raise ValueError("no cursor of ours")
    if not all(isinstance(one, str) and one.isprintable() for one in values):
        raise ValueError("no cursor of ours")
    kinds = [listing.key_kinds.get(name, str) for name in listing.keys]
    return tuple(kind(value) for kind, value in zip(kinds, values, strict=True))
