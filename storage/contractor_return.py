"""Somebody who comes back to the path: what was is put away as history, so that everything can begin once more."""

from datetime import datetime
from typing import Any

from sqlalchemy import String, cast, literal, or_
from sqlmodel import col

from playbook.tongue import phrase
from storage.database import Team
from storage.path_tables import ChecklistItem
from storage.post import IN_FLIGHT, NOT_LEFT, State
from storage.tables import Letter

# Letters of these are about something other than the path of who comes back.
NOT_THEIRS = ("blocker:", "blocker.", "home:", "offboarding:", "handover:", "closing:", "digest", "people:")


async def begin_anew(team: Team, user_id: str, now: datetime) -> None:
    """Put the letters and the checklist of an earlier path away under names of their own; nothing is deleted."""
    mark = f"~{now:%Y%m%d%H%M%S}"
    await _letters(team, user_id, mark)
    await _checklist(team, user_id, mark)


async def _letters(team: Team, user_id: str, mark: str) -> None:
    """Free the permanent keys of letters about them, so that what comes once on a path comes once on this one too."""
    key = col(Letter.key)
    theirs = or_(key.contains(f":{user_id}:", autoescape=True), key.endswith(f":{user_id}", autoescape=True))
    others = or_(*(key.startswith(one, autoescape=True) for one in NOT_THEIRS))
    on_the_way = [*NOT_LEFT, *IN_FLIGHT, State.REVISED, State.CARRIED]
    old = team.update(Letter).where(theirs, ~others, col(Letter.state).not_in(on_the_way))
    await team.change(old.values(key=_marked(key, mark)).execution_options(synchronize_session=False))


async def _checklist(team: Team, user_id: str, mark: str) -> None:
    """Keep the items of before as they are; what was still to do is not any more, and nothing ticks them by itself."""
    theirs = team.update(ChecklistItem).where(col(ChecklistItem.user_id) == user_id)
    open_ones = theirs.where(col(ChecklistItem.state) == "todo")
    await team.change(open_ones.values(state="na", why_not=phrase("from an earlier path"), blocker_id=""))
    every = theirs.values(key=_marked(col(ChecklistItem.key), mark), auto="")
    await team.change(every.execution_options(synchronize_session=False))


def _marked(column: Any, mark: str) -> Any:
    return cast(column, String) + literal(mark)
