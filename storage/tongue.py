"""How people read: what each chose, and what the workspace did for everybody else."""

from collections.abc import Mapping

from sqlmodel import col, select

from storage.database import Team
from storage.tables import Person, Preference

CHANGED = "how people read has changed"
EVERYBODY = ""


async def find(team: Team, user_id: str) -> Preference:
    """Fetch what somebody chose; of who chose nothing, an empty one."""
    return await team.get(Preference, user_id=user_id) or Preference(team_id=team.team_id, user_id=user_id)


async def everything(team: Team) -> Mapping[str, Preference]:
    """Fetch what anybody chose, by user id."""
    return {row.user_id: row for row in await team.all(team.select(Preference))}


async def locales(team: Team) -> Mapping[str, str]:
    """Fetch the language of people's Slack where it is another than English, by user id."""
    named = select(col(Person.user_id), col(Person.locale)).where(col(Person.team_id) == team.team_id)
    other = named.where(col(Person.locale) != "", col(Person.locale).not_like("en%"))
    return dict((await team.session.exec(other)).all())


async def choose(team: Team, user_id: str, **chosen: str) -> None:
    """Keep what somebody chose, and let whoever remembers it know."""
    await team.put(Preference, {"user_id": user_id}, **chosen)
    team.session.info[CHANGED] = True
