"""What an admin chose, Who's Who, wishes and who is where, on both stores."""

from datetime import UTC, datetime, time, timedelta

from storage import people, survey, topic, wish, workspace
from storage.database import Database
from storage.tables import Channel, Person
from storage.wish import Wish

TEAM, OTHER = "T1", "T2"
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


async def test_what_is_not_named_stays_as_it_was(database: Database) -> None:
    async with database.team(TEAM) as team:
        await workspace.put(team, intro_channel="C1", golden_start=time(14), adders="U1,U2")
        await workspace.put(team, country="ES", tested_at=NOW)
        office = await workspace.get(team)
        assert (office.intro_channel, office.golden_start, office.country) == ("C1", time(14), "ES")
        assert office.tested_at == NOW
        assert workspace.adders(office) == {"U1", "U2"}
    async with database.team(OTHER) as team:
        assert (await workspace.get(team)).intro_channel == ""


async def test_a_draft_gathers_pages_and_lives_a_day(database: Database) -> None:
    async with database.team(TEAM) as team:
        await workspace.keep_draft(team, "U1", {"a": "1", "b": ["x"]}, NOW)
        await workspace.keep_draft(team, "U1", {"b": ["y"]}, NOW + timedelta(hours=1))
        assert await workspace.draft(team, "U1", NOW + timedelta(hours=2)) == {"a": "1", "b": ["y"]}
        assert await workspace.draft(team, "U2", NOW) == {}
        assert await workspace.draft(team, "U1", NOW + timedelta(hours=25)) == {}
        await workspace.drop_draft(team, "U1")
        assert await workspace.draft(team, "U1", NOW) == {}


async def test_whos_who_keeps_notes_and_drops_nobody(database: Database) -> None:
    async with database.team(TEAM) as team:
        await topic.put(team, {"Budget": "U1", "Tool access": "U2", "Time off": ""}, "U9", NOW)
        await topic.put(team, {"BUDGET": "U3", "Tool access": ""}, "U9", NOW)
        lines = await topic.everything(team)
    assert [(line.key, line.topic, line.user_id) for line in lines] == [("budget", "BUDGET", "U3")]


async def test_a_wish_waits_until_it_is_met(database: Database) -> None:
    first, again = Wish("selftest", "U1", "1"), Wish("selftest", "U1", "2")
    async with database.team(TEAM) as team:
        await wish.put(team, first)
        await wish.put(team, Wish("other", "U1", "1"))
        assert await wish.waiting(team, "selftest") == [first]
        await wish.put(team, again)
        await wish.done(team, first)
        assert await wish.waiting(team, "selftest") == [again]
        await wish.done(team, again)
        assert await wish.waiting(team, "selftest") == []


async def test_who_is_where_is_kept_for_people_we_know(database: Database) -> None:
    async with database.team(TEAM) as team:
        await people.keep_channel(team, Channel(team_id=TEAM, channel_id="C1", name="general", is_member=True))
        team.add(Person(team_id=TEAM, user_id="U1", name="Ana", zone="Asia/Manila"))
        team.add(Person(team_id=TEAM, user_id="UBOT", name="Builds", zone="UTC", is_bot=True))
        await team.session.flush()
        assert await survey.keep_members(team, "C1", ["U1", "U2", "UBOT"], "Asia/Manila")
        assert await survey.members(team, "C1") == {"U1"}
        assert not await survey.keep_members(team, "C1", ["U1"], "Asia/Manila")
        assert await survey.keep_members(team, "C1", ["U1"], "Asia/Tokyo")
        assert await survey.keep_members(team, "C1", ["U1"], "Asia/Manila")
        assert await survey.keep_members(team, "C1", [], "")
        assert await survey.members(team, "C1") == frozenset()
        channel = await people.find_channel(team, "C1")
        assert channel is not None
        assert channel.zone == "Asia/Manila"
