"""Time away as it is planned: stretches kept, joined, changed and taken back, holidays worked, and quiet hours."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from sqlmodel import col

from storage.database import Team
from storage.rhythm_tables import Away, HolidayWorked, Quiet
from storage.tables import Draft

FORM = "ooo.form"
LONG = "ooo.long"


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


async def drop(team: Team, ids: Collection[str]) -> None:
    """Forget stretches."""
    await team.session.flush()
    await team.change(team.delete(Away).where(col(Away.id).in_(set(ids))))
    team.session.expire_all()


async def remember(team: Team, user_id: str, away_id: str, before: Sequence[Away], now: datetime) -> None:
    """Note what stood in the place of a stretch before it was planned, changed or ended, for `before`."""
    rows = [row.model_dump(mode="json", exclude={"team_id"}) for row in before]
    await team.put(Draft, {"user_id": user_id, "form": about(away_id)}, values={"rows": rows}, at=now)


async def before(team: Team, user_id: str, away_id: str) -> Sequence[Away] | None:
    """Give what stood in the place of a stretch before its last change; None where nothing is to be taken back."""
    draft = await team.get(Draft, user_id=user_id, form=about(away_id))
    if draft is None:
        return None
    return [Away.model_validate({"team_id": team.team_id, **row}) for row in draft.values["rows"]]


async def forget(team: Team, user_id: str, away_id: str) -> None:
    """Forget what stood in the place of a stretch."""
    gone = team.delete(Draft).where(col(Draft.user_id) == user_id, col(Draft.form) == about(away_id))
    await team.change(gone)


async def keep_draft(team: Team, user_id: str, form: str, values: Mapping[str, Any], now: datetime) -> None:
    """Keep what somebody had written until they see it in the form."""
    await team.put(Draft, {"user_id": user_id, "form": form}, values=dict(values), at=now)


async def take_draft(team: Team, user_id: str, form: str) -> Mapping[str, Any]:
    """Give what somebody had written, once."""
    draft = await team.get(Draft, user_id=user_id, form=form)
    values = dict(draft.values) if draft else {}
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
