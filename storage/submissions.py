"""Forms that were sent, so that one sent twice has one effect."""

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.database import Team
from storage.tables import Submission


async def first(team: Team, occasion: str, now: datetime) -> bool:
    """Tell whether this form is sent for the first time, and remember it with the change it makes."""
    return await team.insert_new(Submission, occasion=occasion, at=now)


async def forget(session: AsyncSession, before: datetime) -> None:
    """Drop what was remembered before an instant; no form stays open that long."""
    await session.exec(delete(Submission).where(col(Submission.at) < before))
