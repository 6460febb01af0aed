"""Health checks: what was asked about how work goes, who has seen it, what was answered, and the facts behind it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from playbook.blocker import State
from playbook.health import FINE, Finding
from storage.database import Team
from storage.tables import Blocker, Contractor, LogEntry
from storage.trust_tables import HealthCheck

LETTERS, TOLD, SAID = "letters", "told", "said"
Entry = tuple[date, int, str, str]
ORDER = (col(HealthCheck.day), col(HealthCheck.raised_at), col(HealthCheck.rule), col(HealthCheck.about))


async def since(team: Team, user_id: str, day: date) -> Sequence[HealthCheck]:
    """Fetch what was asked about somebody's work on a day or later, in the order of the days."""
    return (await since_all(team, [user_id], day)).get(user_id, [])


async def since_all(team: Team, user_ids: Collection[str], day: date) -> Mapping[str, Sequence[HealthCheck]]:
    """Fetch the same for several contractors at once."""
    found: dict[str, list[HealthCheck]] = defaultdict(list)
    if user_ids:
        theirs = team.select(HealthCheck).where(col(HealthCheck.user_id).in_(set(user_ids)))
        for row in await team.all(theirs.where(col(HealthCheck.day) >= day).order_by(*ORDER)):
            found[row.user_id].append(row)
    return found


async def find(team: Team, check_id: str) -> HealthCheck | None:
    """Fetch one question, to answer it."""
    return await team.lock(HealthCheck, id=check_id) if check_id else None


async def raise_all(
    team: Team, found: Mapping[str, Iterable[Finding]], now: datetime
) -> Mapping[str, Sequence[HealthCheck]]:
    """Keep what the rules found, by contractor, and give the rows."""
    rows = {user_id: [row_of(team, user_id, one, now) for one in findings] for user_id, findings in found.items()}
    team.session.add_all([row for theirs in rows.values() for row in theirs])
    await team.session.flush()
    return rows


def row_of(team: Team, user_id: str, one: Finding, now: datetime) -> HealthCheck:
    """Make the row of a finding; it is not kept yet."""
    return HealthCheck(
        team_id=team.team_id,
        user_id=user_id,
        rule=one.rule,
        about=one.about,
        day=one.day,
        facts=dict(one.numbers),
        raised_at=now,
    )


def note(row: HealthCheck, name: str, value: Any) -> None:
    """Keep something more with a question."""
    row.facts = row.facts | {name: value}


def asked_by(row: HealthCheck, key: str) -> None:
    """Keep with a question that a letter to the contractor asks it."""
    if key not in letters_of(row):
        note(row, LETTERS, [*letters_of(row), key])


def letters_of(row: HealthCheck) -> Sequence[str]:
    """Name the letters that asked the contractor a question."""
    return tuple(row.facts.get(LETTERS, ()))


def fine_at(row: HealthCheck) -> datetime | None:
    """Say when somebody last answered a question with all good."""
    said = [one["at"] for one in row.facts.get(SAID, ()) if one["answer"] == FINE]
    return datetime.fromisoformat(said[-1]) if said else None


def answer(row: HealthCheck, said: str, by: str, now: datetime, words: str = "") -> None:
    """Keep what somebody answered; earlier answers stay beside it."""
    row.answer, row.words, row.answered_by, row.answered_at = said, words, by, now
    one = {"by": by, "answer": said, "words": words, "at": now.isoformat()}
    note(row, SAID, [*row.facts.get(SAID, ()), one])


async def untold(team: Team, manager_ids: Collection[str], first: date) -> Mapping[str, Sequence[HealthCheck]]:
    """Fetch by manager what contractors have been shown and did not answer with all good, and their manager not."""
    if not manager_ids:
        return {}
    query: Any = (
        select(HealthCheck, col(Contractor.manager_id))
        .join(Contractor, _theirs())
        .where(col(HealthCheck.team_id) == team.team_id, col(Contractor.manager_id).in_(set(manager_ids)))
        .where(col(HealthCheck.contractor_at).is_not(None), col(HealthCheck.manager_at).is_(None))
        .where(col(HealthCheck.answer) != FINE, col(HealthCheck.day) >= first, col(Contractor.paused_at).is_(None))
        .order_by(*ORDER)
    )
    found: dict[str, list[HealthCheck]] = defaultdict(list)
    for row, manager_id in (await team.session.exec(query)).all():
        found[manager_id].append(row)
    return found


async def told_since(team: Team, manager_ids: Collection[str], first: date) -> Sequence[HealthCheck]:
    """Fetch what letters told managers about their contractors' work on a day or later."""
    query: Any = (
        select(HealthCheck)
        .join(Contractor, _theirs())
        .where(col(HealthCheck.team_id) == team.team_id, col(Contractor.manager_id).in_(set(manager_ids)))
        .where(col(HealthCheck.manager_at).is_not(None), col(HealthCheck.day) >= first)
    )
    return [row for row in (await team.session.exec(query)).all() if row.facts.get(TOLD)]


async def told_by(team: Team, manager_id: str, key: str, first: date) -> Sequence[HealthCheck]:
    """Fetch what a manager was told by one letter about people who are still their contractors."""
    query: Any = (
        select(HealthCheck)
        .join(Contractor, _theirs())
        .where(col(HealthCheck.team_id) == team.team_id, col(Contractor.manager_id) == manager_id)
        .where(col(HealthCheck.manager_at).is_not(None), col(HealthCheck.day) >= first)
        .order_by(*ORDER)
    )
    return [row for row in (await team.session.exec(query)).all() if row.facts.get(TOLD) == key]


def _theirs() -> Any:
    same = col(Contractor.team_id) == col(HealthCheck.team_id)
    return same & (col(Contractor.user_id) == col(HealthCheck.user_id))


async def work(team: Team, user_ids: Collection[str], first: date, last: date) -> Mapping[str, Sequence[Entry]]:
    """Fetch what people logged between two days: day, minutes, category, and what it was about."""
    query: Any = (
        select_columns(
            col(LogEntry.user_id),
            col(LogEntry.day),
            col(LogEntry.minutes),
            col(LogEntry.category),
            col(LogEntry.note),
            col(LogEntry.project),
        )
        .where(col(LogEntry.team_id) == team.team_id, col(LogEntry.user_id).in_(set(user_ids)))
        .where(col(LogEntry.undone).is_(False), col(LogEntry.day).between(first, last))
    )
    found: dict[str, list[Entry]] = defaultdict(list)
    plain = await team.session.connection()  # no objects are made of the rows, of which there may be many
    for user_id, day, minutes, category, words, project in await plain.execute(query):
        found[user_id].append((day, int(minutes), category, words or project))
    return found


async def blockers(team: Team, user_ids: Collection[str], first: datetime) -> Mapping[str, Sequence[Blocker]]:
    """Fetch the blockers that people have, or raised since a moment, by number."""
    recent = or_(col(Blocker.created_at) >= first, col(Blocker.state) != State.RESOLVED)
    theirs = team.select(Blocker).where(col(Blocker.user_id).in_(set(user_ids)), recent)
    found: dict[str, list[Blocker]] = defaultdict(list)
    for row in await team.all(theirs.order_by(col(Blocker.number))):
        found[row.user_id].append(row)
    return found
