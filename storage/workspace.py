"""What an admin chose for the whole workspace; until then, what is usual."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import col

from playbook.workspace import Chosen
from storage import topic
from storage.database import Team, insert_or_update
from storage.path_tables import ChecklistTemplate, Workspace
from storage.tables import Draft

SEPARATOR = ","
FORM = "workspace.form"
DRAFT_LIVES = timedelta(hours=24)


async def get(team: Team) -> Workspace:
    """Give the workspace's settings; a fresh row of nothing chosen where there is none yet (not kept by itself)."""
    return await team.get(Workspace) or Workspace(team_id=team.team_id)


async def put(team: Team, **values: object) -> None:
    """Keep settings; those that are not named stay as they are."""
    fresh = Workspace(team_id=team.team_id).model_dump() | values
    await insert_or_update(team.session, Workspace, [fresh], ["team_id"], list(values))


def adders(row: Workspace) -> frozenset[str]:
    """Say who may add contractors."""
    return frozenset(one for one in row.adders.split(SEPARATOR) if one)


def write_ids(ids: Collection[str]) -> str:
    """Write user ids as they are stored."""
    return SEPARATOR.join(sorted(ids))


async def draft(team: Team, user_id: str, now: datetime) -> Mapping[str, Any]:
    """Give what somebody had filled in of the set-up less than a day ago, by field; nothing if it was saved."""
    found = await team.get(Draft, user_id=user_id, form=FORM)
    return found.values if found and now - found.at < DRAFT_LIVES else {}


async def keep_draft(team: Team, user_id: str, values: Mapping[str, Any], now: datetime) -> None:
    """Keep what somebody filled in on one page of the set-up, beside what they had filled in on others."""
    kept = {**await draft(team, user_id, now), **values}
    await team.put(Draft, {"user_id": user_id, "form": FORM}, values=kept, at=now)


async def drop_draft(team: Team, user_id: str) -> None:
    """Forget what somebody had filled in."""
    await team.change(team.delete(Draft).where(col(Draft.user_id) == user_id, col(Draft.form) == FORM))


async def chosen(team: Team) -> Chosen:
    """Say what has been chosen so far."""
    office = await get(team)
    return Chosen(
        intro_channel=bool(office.intro_channel),
        operations=bool(office.operations_id),
        escalation=bool(office.escalation_id),
        week=bool(office.weekdays),
        golden=office.golden_start is not None,
        adders=bool(office.adders),
        whos_who=bool(await topic.everything(team)),
    )


async def templates(team: Team) -> Sequence[str]:
    """Name the templates that this workspace made for roles; everybody's has no name."""
    rows = await team.all(team.select(ChecklistTemplate).order_by(col(ChecklistTemplate.name)))
    return [row.name for row in rows if row.name]
