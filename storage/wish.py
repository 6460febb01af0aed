"""Wishes: what somebody asked for that only Slack can tell; kept until the part that asks Slack took them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from storage.database import Team
from storage.tables import Fact

PREFIX = "wish:"


@dataclass(frozen=True)
class Wish:
    """What is wanted (a name), whom or what it is about, and a word more."""

    what: str
    subject: str
    value: str = ""

    @property
    def name(self) -> str:
        """Name the fact under which it is kept."""
        return f"{PREFIX}{self.what}:{self.subject}"


async def put(team: Team, wish: Wish) -> None:
    """Keep a wish, in place of the same one that nobody took yet."""
    await team.put(Fact, {"name": wish.name}, value=wish.value)


async def kinds(team: Team) -> Collection[str]:
    """Name the kinds of wishes that wait: most of the time there are none."""
    names = select(col(Fact.name)).where(col(Fact.team_id) == team.team_id)
    found = await team.session.exec(names.where(col(Fact.name).startswith(PREFIX, autoescape=True)))
    return {name.removeprefix(PREFIX).partition(":")[0] for name in found.all()}


async def waiting(team: Team, what: str) -> Sequence[Wish]:
    """Fetch the wishes of a kind that nobody took yet."""
    begins = f"{PREFIX}{what}:"
    rows = await team.all(team.select(Fact).where(col(Fact.name).startswith(begins, autoescape=True)))
    return [Wish(what, row.name.removeprefix(begins), row.value) for row in rows]


async def done(team: Team, wish: Wish) -> None:
    """Forget a wish that was met, unless it was made anew meanwhile."""
    gone = team.delete(Fact).where(col(Fact.name) == wish.name, col(Fact.value) == wish.value)
    await team.change(gone)
