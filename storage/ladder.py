"""The ladder to the inner circle: the steps that were taken, what people noted, and the discussions they are in."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from sqlmodel import col

from storage.database import Team
from storage.growth_tables import Inclusion, Stage, StageEvidence
from storage.tables import Letter


async def stages(team: Team, user_ids: Collection[str]) -> Mapping[str, Stage]:
    """Fetch the last step of each of these contractors; who was never moved is missing, and stands on the lowest."""
    query = team.select(Stage).where(col(Stage.user_id).in_(set(user_ids))).order_by(col(Stage.at), col(Stage.id))
    return {row.user_id: row for row in await team.all(query)}


async def history(team: Team, user_id: str) -> Sequence[Stage]:
    """Fetch every step that a contractor took, newest first."""
    query = team.select(Stage).where(col(Stage.user_id) == user_id)
    return await team.all(query.order_by(col(Stage.at).desc(), col(Stage.id).desc()))


async def notes(team: Team, user_ids: Collection[str]) -> Mapping[str, Mapping[str, StageEvidence]]:
    """Fetch what people noted of each of these contractors, by the key of the evidence."""
    query = team.select(StageEvidence).where(col(StageEvidence.user_id).in_(set(user_ids)))
    found: dict[str, dict[str, StageEvidence]] = {one: {} for one in user_ids}
    for row in await team.all(query.order_by(col(StageEvidence.at))):
        found[row.user_id][row.key] = row
    return found


async def note(team: Team, user_id: str, key: str, by: str, now: datetime, words: str = "", link: str = "") -> None:
    """Keep what somebody noted, in place of what was noted of the same before."""
    keys = {"user_id": user_id, "key": key}
    await team.put(StageEvidence, keys, at=now, by=by, words=words, link=link)


async def note_once(
    team: Team, user_id: str, key: str, by: str, now: datetime, words: str = "", link: str = ""
) -> None:
    """Keep what somebody noted, unless something was noted of the same before."""
    await team.insert_new(StageEvidence, user_id=user_id, key=key, at=now, by=by, words=words, link=link)


async def take_back(team: Team, user_id: str, key: str) -> None:
    """Forget what was noted of something."""
    gone = team.delete(StageEvidence).where(col(StageEvidence.user_id) == user_id, col(StageEvidence.key) == key)
    await team.change(gone)


async def ask(team: Team, user_ids: Collection[str], month: date, now: datetime) -> None:
    """Note that a manager is asked about these contractors for a month; what is there already stays."""
    for one in user_ids:
        values = {"answer": "", "words": "", "channel_id": "", "link": "", "answered_by": ""}
        await team.insert_new(Inclusion, user_id=one, month=month, asked_at=now, **values)


async def included(team: Team, user_ids: Collection[str], month: date) -> Mapping[str, Inclusion]:
    """Fetch what was asked and answered for a month about each of these contractors."""
    query = team.select(Inclusion).where(col(Inclusion.user_id).in_(set(user_ids)), col(Inclusion.month) == month)
    return {row.user_id: row for row in await team.all(query.order_by(col(Inclusion.user_id)))}


async def answering(team: Team, user_id: str, month: date) -> Inclusion | None:
    """Fetch one question that nobody else may answer until this transaction ends."""
    return await team.lock(Inclusion, user_id=user_id, month=month)


async def questions(team: Team, month: date, kind: str) -> Sequence[str]:
    """Name the managers who were asked in a month; `kind` is that of the nudge."""
    query = team.select(Letter).where(col(Letter.nudge) == kind, col(Letter.key).endswith(f":{month}"))
    return [row.to for row in await team.all(query.order_by(col(Letter.seq)))]
