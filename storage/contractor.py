"""The contractors on the path, and who manages and helps them."""

from collections.abc import Collection, Sequence

from sqlalchemy import or_
from sqlmodel import col

from storage.database import Team
from storage.tables import Contractor

HELPERS = ("manager_id", "owner_id", "lead_id", "operations_id", "buddy_id", "escalation_id")


async def find(team: Team, user_id: str) -> Contractor | None:
    """Fetch one contractor."""
    return await team.get(Contractor, user_id=user_id)


async def find_all(team: Team, user_ids: Collection[str]) -> Sequence[Contractor]:
    """Fetch several contractors by id."""
    return await team.all(team.select(Contractor).where(col(Contractor.user_id).in_(set(user_ids))))


async def everyone(team: Team) -> Sequence[Contractor]:
    """Fetch all contractors, oldest first."""
    return await team.all(team.select(Contractor).order_by(col(Contractor.start_date), col(Contractor.user_id)))


async def managed_by(team: Team, manager_ids: Collection[str]) -> Sequence[Contractor]:
    """Fetch the contractors of these managers."""
    mine = team.select(Contractor).where(col(Contractor.manager_id).in_(set(manager_ids)))
    return await team.all(mine.order_by(col(Contractor.manager_id), col(Contractor.user_id)))


async def helped_by(team: Team, user_id: str) -> Sequence[Contractor]:
    """Fetch the contractors whom this person manages or helps with anything."""
    return await team.all(
        team.select(Contractor).where(or_(*(getattr(Contractor, helper) == user_id for helper in HELPERS)))
    )


def helpers(contractor: Contractor) -> dict[str, str]:
    """Give who helps this contractor by role (manager, owner, lead, operations, buddy, escalation); "" is nobody."""
    return {name.removesuffix("_id"): getattr(contractor, name) for name in HELPERS}
