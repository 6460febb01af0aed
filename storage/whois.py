"""Who's Who and the Internal Lexicon: whom to ask about what, what words mean, and who asked for a meaning."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import or_
from sqlmodel import col

from playbook.whois import key_of
from storage.database import Team, insert_or_update
from storage.path_tables import Term, Topic
from storage.tables import Contractor, Letter

SEPARATOR = ","
CHUNK = 200


def about(key: str) -> str:
    """Say what the letters about a term are about."""
    return f"whois:{key}"


async def terms(team: Team) -> Sequence[Term]:
    """Fetch every term in the order of the alphabet, those that wait for a meaning too."""
    return await team.all(team.select(Term).order_by(col(Term.key)))


async def term(team: Team, words: str) -> Term | None:
    """Fetch a term, however it is written."""
    return await team.get(Term, key=key_of(words))


async def keep_term(team: Team, words: str, meaning: str, by: str, now: datetime) -> None:
    """Keep what a term means; nobody waits for it any more."""
    keys = {"key": key_of(words)}
    fresh = {"term": words, "meaning": meaning, "changed_by": by, "changed_at": now, "asked_by": "", "asked_at": None}
    await team.put(Term, keys, **fresh)


async def keep_terms(team: Team, meanings: Mapping[str, str], by: str, now: datetime) -> None:
    """Keep what many terms mean, by their words; for terms that nobody waits for."""
    fresh = {"changed_by": by, "changed_at": now, "asked_by": "", "asked_at": None}
    rows = {key_of(words): {"term": words, "meaning": meaning, **fresh} for words, meaning in meanings.items()}
    await _keep_all(team, Term, rows)


async def keep_topics(team: Team, people: Mapping[str, tuple[str, str]], by: str, now: datetime) -> None:
    """Keep whom to ask about many topics: pairs of (user id, note) by their words."""
    rows = {
        key_of(words): {"topic": words, "user_id": user_id, "note": note, "changed_by": by, "changed_at": now}
        for words, (user_id, note) in people.items()
    }
    await _keep_all(team, Topic, rows)


async def _keep_all(team: Team, table: type[Term | Topic], rows: Mapping[str, Mapping[str, object]]) -> None:
    every = [{"team_id": team.team_id, "key": key, **row} for key, row in rows.items()]
    for start in range(0, len(every), CHUNK):
        part = every[start : start + CHUNK]
        await insert_or_update(team.session, table, part, ["team_id", "key"], list(next(iter(rows.values()))))


async def remove_term(team: Team, words: str) -> bool:
    """Take a term out of the lexicon; tells whether it was there."""
    return await team.change(team.delete(Term).where(col(Term.key) == key_of(words))) > 0


async def ask(team: Team, words: str, by: str, now: datetime) -> bool:
    """Remember that somebody wants to know what a term means; tells whether they are the first."""
    known = await team.lock(Term, key=key_of(words))
    if known is None:
        fresh = {"term": words, "meaning": "", "asked_by": by, "asked_at": now, "changed_by": ""}
        return await team.insert_new(Term, key=key_of(words), **fresh)
    asked = askers(known)
    if by not in asked:
        known.asked_by = SEPARATOR.join([*asked, by])
    return False


def askers(row: Term) -> tuple[str, ...]:
    """Name who waits for the meaning of a term, the first to ask first."""
    return tuple(one for one in row.asked_by.split(SEPARATOR) if one)


async def cards(team: Team, key: str) -> Sequence[Letter]:
    """Fetch the questions about a term that were sent, the newest last: who has it now is the receiver of that one."""
    query = team.select(Letter).where(col(Letter.about) == about(key)).order_by(col(Letter.seq))
    return await team.all(query)


async def topics(team: Team) -> Sequence[Topic]:
    """Fetch Who's Who in the order of the alphabet."""
    return await team.all(team.select(Topic).order_by(col(Topic.key)))


async def topic(team: Team, words: str) -> Topic | None:
    """Fetch a line of Who's Who, however it is written."""
    return await team.get(Topic, key=key_of(words))


async def keep_topic(team: Team, words: str, user_id: str, note: str, by: str, now: datetime) -> None:
    """Keep whom to ask about something."""
    values = {"topic": words, "user_id": user_id, "note": note, "changed_by": by, "changed_at": now}
    await team.put(Topic, {"key": key_of(words)}, **values)


async def remove_topic(team: Team, words: str) -> bool:
    """Take a line out of Who's Who; tells whether it was there."""
    return await team.change(team.delete(Topic).where(col(Topic.key) == key_of(words))) > 0


HELPS = ("user_id", "manager_id", "owner_id", "lead_id", "operations_id", "buddy_id", "escalation_id")


async def place_around(team: Team, user_id: str) -> Contractor | None:
    """Fetch a contractor's place that somebody has to do with: their own, or of one they manage or help."""
    theirs = (getattr(Contractor, name) == user_id for name in HELPS)
    return await team.first(team.select(Contractor).where(or_(*theirs)).order_by(col(Contractor.user_id)))
