"""What is open around contractors just before their Golden Hours: what it is, and who owes an answer."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_
from sqlmodel import col, select

from playbook.blocker import State as BlockerState
from storage import whois
from storage.database import Team
from storage.kpi import State as KpiState
from storage.path import Traveller
from storage.path_tables import Blueprint, Shadowing, Term
from storage.rhythm_tables import Point
from storage.tables import Blocker, Letter
from storage.trust_tables import WikiItem

PLEASE = "shadowing:{user_id}:please"


@dataclass(frozen=True)
class Open:
    """One thing that waits: of which contractor, who owes an answer, which kind, in which words, and its record."""

    user_id: str
    owes: str
    kind: str
    text: str = ""
    record: str = ""
    blocker: Blocker | None = None


async def open_things(team: Team, around: Mapping[str, Traveller], today: date) -> Sequence[Open]:
    """List what is open around these contractors, in a query for each kind however many they are."""
    ids = set(around)
    if not ids:
        return ()
    found = [
        *await _blockers(team, ids),
        *await _kpis(team, around),
        *await _points(team, ids, today),
        *await _terms(team, around),
        *await _wiki(team, around),
        *await _shadowing(team, around),
    ]
    return [one for one in found if one.owes]


async def _blockers(team: Team, ids: Collection[str]) -> Sequence[Open]:
    query = team.select(Blocker).where(col(Blocker.user_id).in_(ids), col(Blocker.state) != BlockerState.RESOLVED)
    return [
        Open(row.user_id, row.taken_by or row.helper_id, "blocker", row.text, row.id, row)
        for row in await team.all(query.order_by(col(Blocker.number)))
    ]


async def _kpis(team: Team, around: Mapping[str, Traveller]) -> Sequence[Open]:
    waits = (KpiState.PROPOSED, KpiState.DISCUSSED)
    query = team.select(Blueprint).where(col(Blueprint.user_id).in_(set(around)), col(Blueprint.state).in_(waits))
    found = []
    for row in await team.all(query.order_by(col(Blueprint.version))):
        asked = row.state == KpiState.DISCUSSED
        owes = around[row.user_id].id_of("manager") if asked else row.user_id
        found.append(Open(row.user_id, owes, "kpi_question" if asked else "kpi", row.words if asked else "", row.id))
    return found


async def _points(team: Team, ids: Collection[str], today: date) -> Sequence[Open]:
    query = team.select(Point).where(
        col(Point.user_id).in_(ids),
        col(Point.done_at).is_(None),
        col(Point.owner_id) != "",
        or_(col(Point.due).is_(None), col(Point.due) <= today),
    )
    rows = await team.all(query.order_by(col(Point.added_at)))
    return [Open(row.user_id, row.owner_id, "point", row.text, row.id) for row in rows]


async def _terms(team: Team, around: Mapping[str, Traveller]) -> Sequence[Open]:
    rows = await team.all(team.select(Term).where(col(Term.meaning) == "", col(Term.asked_by) != ""))
    asked = [(row, one) for row in rows for one in whois.askers(row) if one in around]
    holders = await _holders(team, {row.key for row, _ in asked})
    return [
        Open(one, holders.get(row.key) or around[one].id_of("manager"), "term", row.term, row.key) for row, one in asked
    ]


async def _holders(team: Team, keys: Collection[str]) -> Mapping[str, str]:
    """Name who was last asked what each term means."""
    names = {whois.about(key): key for key in keys}
    query: Any = select(Letter.about, Letter.to).where(
        Letter.team_id == team.team_id, col(Letter.about).in_(set(names))
    )
    rows = (await team.session.exec(query.order_by(col(Letter.seq)))).all() if names else ()
    return {names[about]: to for about, to in rows}


async def _wiki(team: Team, around: Mapping[str, Traveller]) -> Sequence[Open]:
    query = team.select(WikiItem).where(
        col(WikiItem.user_id).in_(set(around)), col(WikiItem.state) == "open", col(WikiItem.answer) == ""
    )
    rows = await team.all(query.order_by(col(WikiItem.number)))
    return [Open(row.user_id, around[row.user_id].id_of("manager"), "wiki", row.question, row.id) for row in rows]


async def _shadowing(team: Team, around: Mapping[str, Traveller]) -> Sequence[Open]:
    """Find those for whom a first session was asked for, and none was ever planned."""
    keys = {PLEASE.format(user_id=one): one for one in around}
    asked: Any = select(Letter.key, Letter.to).where(Letter.team_id == team.team_id, col(Letter.key).in_(set(keys)))
    planned: Any = select(Shadowing.user_id).where(
        Shadowing.team_id == team.team_id, col(Shadowing.user_id).in_(set(around))
    )
    there = set((await team.session.exec(planned)).all())
    rows = (await team.session.exec(asked)).all()
    return [Open(keys[key], to, "shadowing", "", keys[key]) for key, to in rows if keys[key] not in there]


def theirs(found: Sequence[Open]) -> Mapping[str, Sequence[Open]]:
    """Sort what is open by reader: contractors get all that is theirs, others what they owe."""
    sorted_out: dict[str, list[Open]] = {}
    for reader, one in _readers(found):
        if one not in sorted_out.setdefault(reader, []):
            sorted_out[reader].append(one)
    return sorted_out


def _readers(found: Sequence[Open]) -> Iterator[tuple[str, Open]]:
    for one in found:
        yield one.user_id, one
        yield one.owes, one
