"""Time away as it is planned: stretches kept, joined, changed and taken back, holidays worked, and quiet hours."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlmodel import col

from storage.database import Team
from storage.rhythm_tables import Away, HolidayWorked, Quiet
from storage.tables import Draft

FORM = "ooo.form"


def about(away_id: str) -> str:
    """Name the subject of what is told about a stretch."""
    return f"ooo:{away_id}"


async def find(team: Team, away_id: str) -> Away | None:
    """Fetch one stretch to change it."""
    return await team.lock(Away, id=away_id) if away_id else None


async def of(team: Team, user_ids: Collection[str], since: date) -> Sequence[Away]:
    """Fetch the stretches of people that end on a day or after it, first ones first."""
    query = team.select(Away).where(col(Away.user_id).in_(set(user_ids)), col(Away.last) >= since)
    return await team.all(query.order_by(col(Away.first), col(Away.id)))


async def between(team: Team, user_ids: Collection[str], first: date, last: date) -> Sequence[Away]:
    """Fetch the stretches of people that share a day with another stretch, first ones first."""
    query = team.select(Away).where(
        col(Away.user_id).in_(set(user_ids)), col(Away.first) <= last, col(Away.last) >= first
    )
    return await team.all(query.order_by(col(Away.first), col(Away.id)))


async def keep(team: Team, row: Away) -> None:
    """Keep a new stretch."""
    team.add(row)
    await team.session.flush()


async def drop(team: Team, rows: Sequence[Away]) -> None:
    """Forget stretches."""
    for row in rows:
        await team.session.delete(row)
    await team.session.flush()


@dataclass(frozen=True)
class Change:
    """What a change of somebody's time away did: the stretches that came of it, by id, and those that stood before."""

    after: tuple[str, ...]
    before: tuple[Away, ...]


async def remember(team: Team, user_id: str, away_id: str, change: Change, now: datetime) -> None:
    """Note a change, so that it can be taken back once."""
    rows = [row.model_dump(mode="json", exclude={"team_id"}) for row in change.before]
    values = {"after": list(change.after), "before": rows}
    await team.put(Draft, {"user_id": user_id, "form": about(away_id)}, values=values, at=now)


async def last_change(team: Team, user_id: str, away_id: str) -> Change | None:
    """Give the last change of a stretch; None where nothing is to be taken back."""
    values = await take_draft(team, user_id, about(away_id))
    if not values:
        return None
    rows = tuple(Away.model_validate({"team_id": team.team_id, **row}) for row in values["before"])
    return Change(tuple(values["after"]), rows)


async def swap(team: Team, gone: Sequence[Away], rows: Sequence[Away]) -> None:
    """Put stretches as they stood before into the place of others."""
    for row in gone:
        team.session.expunge(row)
    await team.change(team.delete(Away).where(col(Away.id).in_({row.id for row in (*gone, *rows)})))
    for row in rows:
        await team.insert(Away, **row.model_dump(exclude={"team_id"}))


async def keep_draft(team: Team, user_id: str, form: str, values: Mapping[str, Any], now: datetime) -> None:
    """Keep what somebody had written until they see it in the form."""
    await team.put(Draft, {"user_id": user_id, "form": form}, values=dict(values), at=now)


async def take_draft(team: Team, user_id: str, form: str, since: datetime | None = None) -> Mapping[str, Any]:
    """Give what somebody had written, once, and not what was written before a moment."""
    draft = await team.get(Draft, user_id=user_id, form=form)
    values = dict(draft.values) if draft and (since is None or draft.at >= since) else {}
    await team.change(team.delete(Draft).where(col(Draft.user_id) == user_id, col(Draft.form) == form))
    return values


async def works_on(team: Team, user_id: str, day: date, *, works: bool) -> None:
    """Keep whether somebody works on a public holiday."""
    if works:
        await team.insert_new(HolidayWorked, user_id=user_id, day=day)
        return
    gone = team.delete(HolidayWorked).where(col(HolidayWorked.user_id) == user_id, col(HolidayWorked.day) == day)
    await team.change(gone)


async def quiet(team: Team, user_id: str) -> Quiet | None:
    """Fetch what somebody chose of quiet hours, working days and country."""
    return await team.get(Quiet, user_id=user_id)


async def keep_quiet(
    team: Team, user_id: str, quiet_hours: tuple[time | None, time | None], weekdays: str, country: str
) -> None:
    """Keep what somebody chose."""
    begins, ends = quiet_hours
    values = {"quiet_from": begins, "quiet_until": ends, "weekdays": weekdays, "country": country}
    await team.put(Quiet, {"user_id": user_id}, **values)
