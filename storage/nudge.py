"""Nudges: whether one may reach somebody just now, and that it did."""

from datetime import datetime

from storage.database import Team
from storage.tables import Letter


async def may_go(team: Team, letter: Letter, now: datetime) -> bool:  # noqa: ARG001 - see the branch "nudge"
    """Say whether a nudge is to reach its reader, by their pace and by what they called not relevant."""
    return True


async def went(team: Team, letter: Letter, now: datetime) -> None:
    """Note that a nudge is on its way to its reader."""
