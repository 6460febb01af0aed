"""The packet, Who's Who and the lexicon as they are kept, on both stores."""

from datetime import UTC, datetime

from storage import packet, whois
from storage.database import Database
from storage.path_tables import Tool

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
TEAM, OTHER = "T1", "T2"


async def test_a_page_is_got_once_and_by_whom_it_was(database: Database) -> None:
    async with database.team(TEAM) as team:
        assert await packet.got(team, "U1", "map", NOW)
        assert not await packet.got(team, "U1", "map", NOW)
        await packet.got(team, "U1", "rules", NOW)
        await packet.got(team, "U2", "map", NOW)
    async with database.team_reading(TEAM) as team:
        assert await packet.pages_read(team, ["U1", "U2", "U3"]) == {
            "U1": frozenset({"map", "rules"}),
            "U2": frozenset({"map"}),
        }
        assert await packet.pages_read(team, []) == {}
        assert await packet.read_at(team, "U1") == {"map": NOW, "rules": NOW}
    async with database.team_reading(OTHER) as team:
        assert await packet.pages_read(team, ["U1"]) == {}


async def test_texts_of_one_person_stand_before_the_workspaces(database: Database) -> None:
    async with database.team(TEAM) as team:
        await packet.keep_texts(team, "", {"mission": "ours", "goal_1": "everybody's"}, "U9", NOW)
        await packet.keep_texts(team, "U1", {"goal_1": "theirs"}, "U9", NOW)
        await packet.keep_texts(team, "", {"mission": "ours, again"}, "U8", NOW)
    async with database.team_reading(TEAM) as team:
        for user_id, goal in (("U1", "theirs"), ("U2", "everybody's"), ("", "everybody's")):
            texts = await packet.texts(team, user_id)
            assert {name: row.text for name, row in texts.items()} == {"mission": "ours, again", "goal_1": goal}
            assert texts["mission"].changed_by == "U8"


async def test_tools_keep_their_order_and_their_names_are_told_apart(database: Database) -> None:
    async with database.team(TEAM) as team:
        await packet.add_tools(team, [Tool(team_id="", name=name, purpose="x", how="y") for name in ("Zoom", "Alpha")])
        await packet.add_tools(team, [Tool(team_id="", name=name, purpose="x", how="y") for name in ("zoom", "Beta")])
        assert [one.name for one in await packet.tools(team)] == ["Zoom", "Alpha", "Beta"]
        assert await packet.remove_tool(team, (await packet.tools(team))[0].id)
        assert not await packet.remove_tool(team, "gone")
        assert [one.name for one in await packet.tools(team)] == ["Alpha", "Beta"]


async def test_who_asked_for_a_term_is_kept_until_it_has_a_meaning(database: Database) -> None:
    async with database.team(TEAM) as team:
        assert await whois.ask(team, "OKR", "U1", NOW)
        assert not await whois.ask(team, "okr", "U2", NOW)
        assert not await whois.ask(team, " OKR ", "U1", NOW)
        row = await whois.term(team, "Okr")
        assert row is not None
        assert (row.term, whois.askers(row)) == ("OKR", ("U1", "U2"))
    async with database.team(TEAM) as team:
        await whois.keep_term(team, "OKR", "goals", "U3", NOW)
    async with database.team(TEAM) as team:
        (row,) = await whois.terms(team)
        assert (row.meaning, whois.askers(row), row.changed_by) == ("goals", (), "U3")
        assert await whois.remove_term(team, "OKR")
        assert not await whois.remove_term(team, "OKR")


async def test_a_line_of_whos_who_is_one_however_it_is_written(database: Database) -> None:
    async with database.team(TEAM) as team:
        await whois.keep_topic(team, "Budget", "U1", "", "U9", NOW)
        await whois.keep_topic(team, " BUDGET", "U2", "and travel", "U9", NOW)
    async with database.team(TEAM) as team:
        (row,) = await whois.topics(team)
        assert (row.key, row.user_id, row.note) == ("budget", "U2", "and travel")
        assert await whois.remove_topic(team, "budget")
        assert await whois.topics(team) == []
