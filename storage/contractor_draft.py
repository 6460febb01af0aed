"""What somebody had typed about a contractor, in a form or a file, kept for a day."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import col

from storage.database import Team
from storage.tables import Draft

LIVES = timedelta(hours=24)


async def keep(team: Team, user_id: str, form: str, values: Mapping[str, Any], now: datetime) -> None:
    """Keep what was typed, in place of what was kept before."""
    await team.put(Draft, {"user_id": user_id, "form": form}, values=dict(values), at=now)


async def find(team: Team, user_id: str, form: str, now: datetime) -> Mapping[str, Any] | None:
    """Fetch what was typed less than a day ago."""
    found = await team.get(Draft, user_id=user_id, form=form)
    return found.values if found and now - found.at < LIVES else None


async def take(team: Team, user_id: str, form: str, now: datetime) -> Mapping[str, Any] | None:
    """Fetch what was typed and forget it, so that only one of two who ask at once gets it."""
    found = await team.lock(Draft, user_id=user_id, form=form)
    values = dict(found.values) if found and now - found.at < LIVES else None
    return values if await drop(team, user_id, form) else None


async def drop(team: Team, user_id: str, form: str) -> bool:
    """Forget what was typed; tells whether there was anything."""
    gone = team.delete(Draft).where(col(Draft.user_id) == user_id, col(Draft.form) == form)
    return await team.change(gone) > 0
