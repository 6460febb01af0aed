"""What is remembered of access to tools, on both engines."""

from datetime import UTC, datetime, timedelta

from sqlmodel import col

from playbook.access import AccessProgress
from storage import access as store
from storage.database import Database
from storage.path_tables import Access, Tool
from tests.conftest import TEAM

NOW = datetime(2026, 11, 3, 9, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


def tool(name: str, position: int, *, critical: bool = False) -> Tool:
    return Tool(team_id="", id=name.lower(), name=name, purpose="", how="", critical=critical, position=position)


async def seed(database: Database, team_id: str = TEAM) -> None:
    async with database.team(team_id) as team:
        for row in (tool("Zoom", 1), tool("GitHub", 0, critical=True)):
            team.add(row)
        await team.session.flush()
        await store.lay(team, ["ANA", "JUN"])


async def test_laying_again_changes_nothing_and_adds_what_is_new(database: Database) -> None:
    await seed(database)
    async with database.team(TEAM) as team:
        assert await store.open_up(team, "ANA", ["github"], "OLIVIA", NOW) == 1
        team.add(tool("Figma", 2, critical=True))
        await team.session.flush()
        await store.lay(team, ["ANA"])
        await store.lay(team, ["ANA"])
        found = await store.lines(team, ["ANA", "JUN"])
        assert [line.name for line in found["ANA"]] == ["GitHub", "Zoom", "Figma"]
        assert [line.name for line in found["JUN"]] == ["GitHub", "Zoom"]
        assert found["ANA"][0].opened_by == "OLIVIA"
        assert await store.lines(team, ["NOBODY"]) == {}
        assert await store.lines(team, []) == {}


async def test_who_opened_first_stays_and_what_came_later_is_not_taken_back(database: Database) -> None:
    await seed(database)
    async with database.team(TEAM) as team:
        await store.open_up(team, "ANA", ["github"], "OLIVIA", NOW)
        assert await store.open_up(team, "ANA", ["github", "zoom"], "BRUNO", LATER) == 1
        assert [line.opened_by for line in (await store.lines(team, ["ANA"]))["ANA"]] == ["OLIVIA", "BRUNO"]
        assert await store.shut(team, "ANA", ["github", "zoom"], NOW) == 1
        assert (await store.progress(team, ["ANA"]))["ANA"].opened == 1
        assert await store.shut(team, "ANA", ["zoom"]) == 1
        assert (await store.progress(team, ["ANA", "JUN"])) == {
            one: AccessProgress(total=2, critical=1) for one in ("ANA", "JUN")
        }


async def test_only_what_is_confirmed_is_verified_and_both_go_together(database: Database) -> None:
    await seed(database)
    async with database.team(TEAM) as team:
        assert await store.verify(team, "ANA", "github", "OLIVIA", NOW) == 0
        assert await store.confirm(team, "ANA", ["github"], NOW) == 1
        assert await store.confirm(team, "ANA", ["github"], LATER) == 0
        assert await store.verify(team, "ANA", "github", "OLIVIA", LATER) == 1
        assert await store.verify(team, "ANA", "github", "BRUNO", LATER) == 0
        [github, _] = (await store.lines(team, ["ANA"]))["ANA"]
        assert (github.confirmed_at, github.verified_at, github.verified_by) == (NOW, LATER, "OLIVIA")
        assert await store.doubt(team, "ANA", "github") == 1
        await store.verify(team, "ANA", "github", "BRUNO", LATER)
        assert await store.deny(team, "ANA", ["github"]) == 1
        [github, _] = (await store.lines(team, ["ANA"]))["ANA"]
        assert (github.confirmed_at, github.verified_at, github.verified_by) == (None, None, "")


async def test_tools_that_are_gone_and_other_teams_do_not_count(database: Database) -> None:
    await seed(database)
    async with database.team("T0OTHER0000") as team:
        assert await store.tools(team) == []
        assert await store.progress(team, ["ANA"]) == {}
        assert await store.open_up(team, "ANA", ["github"], "OLIVIA", NOW) == 0
    async with database.team(TEAM) as team:
        await team.change(team.delete(Tool).where(col(Tool.id) == "github"))
        assert (await store.progress(team, ["ANA"]))["ANA"] == AccessProgress(total=1)
        assert len(await team.all(team.select(Access))) == 4
