"""Everybody the bot knows, to find people by what others call them."""

from collections.abc import Sequence

from storage.database import Team
from storage.tables import Person


async def everybody(team: Team) -> Sequence[Person]:
    """Fetch all people, those who have left included."""
    return await team.all(team.select(Person))
