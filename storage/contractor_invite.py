"""Contractors who have no Slack account yet, by their e-mail address, and who was asked about a new guest."""

from collections.abc import Sequence

from sqlmodel import col, or_, select

from storage.database import Team
from storage.path_tables import ChecklistTemplate, Invite
from storage.tables import Letter


def address(email: str) -> str:
    """Write an e-mail address the way it is compared: without space around it, in small letters."""
    return email.strip().casefold()


async def find(team: Team, email: str) -> Invite | None:
    """Fetch what was agreed with somebody who is expected under an address."""
    return await team.get(Invite, email=address(email)) if email else None


async def everyone(team: Team) -> Sequence[Invite]:
    """Fetch everybody who is expected, by their start."""
    return await team.all(team.select(Invite).order_by(col(Invite.start_date), col(Invite.email)))


async def of(team: Team, user_id: str) -> Sequence[Invite]:
    """Fetch those whom somebody expects, as their manager or because they added them."""
    theirs = or_(col(Invite.manager_id) == user_id, col(Invite.added_by) == user_id)
    return await team.all(team.select(Invite).where(theirs).order_by(col(Invite.start_date), col(Invite.email)))


async def drop(team: Team, email: str) -> bool:
    """Forget somebody who was expected; tells whether anybody was."""
    return await team.change(team.delete(Invite).where(col(Invite.email) == address(email))) > 0


async def templates(team: Team) -> Sequence[str]:
    """Name the checklists that the workspace made for roles."""
    query = select(ChecklistTemplate.name).where(ChecklistTemplate.team_id == team.team_id)
    names = (await team.session.exec(query.order_by(col(ChecklistTemplate.name)))).all()
    return [name for name in names if name]


async def letters(team: Team, about: str) -> Sequence[str]:
    """Name the letters that were written about a subject, oldest first."""
    query = select(Letter.key).where(Letter.team_id == team.team_id, Letter.about == about)
    return (await team.session.exec(query.order_by(col(Letter.seq)))).all()
