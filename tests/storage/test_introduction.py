"""Greetings, the pause between two tellings, and the next shadowing session, on both stores."""

from datetime import date, time, timedelta

from storage import buddy, introduction
from storage.database import Database
from storage.path_tables import Shadowing
from storage.tables import Contractor
from tests.storage.samples import MINUTE, NOW, OTHER, TEAM

HALF_AN_HOUR = timedelta(minutes=30)


async def test_one_greeting_each_which_may_be_changed(database: Database) -> None:
    async with database.team(TEAM) as team:
        assert await introduction.greet(team, "U1", "U2", "Hello", NOW)
        assert not await introduction.greet(team, "U1", "U2", "Welcome", NOW + MINUTE)
        assert await introduction.greet(team, "U1", "U3", "Hi", NOW + MINUTE)
    async with database.team(OTHER) as team:
        assert await introduction.greetings(team, "U1") == []
    async with database.team_reading(TEAM) as team:
        said = await introduction.greetings(team, "U1")
    assert [(one.from_id, one.words) for one in said] == [("U2", "Welcome"), ("U3", "Hi")]


async def test_the_contractor_is_told_at_once_and_then_after_a_pause(database: Database) -> None:
    async with database.team(TEAM) as team:
        await introduction.greet(team, "U1", "U2", "Hello", NOW)
        assert await introduction.next_telling(team, "U1", NOW, HALF_AN_HOUR) == NOW
        for one in await introduction.untold(team, "U1"):
            one.told_at = NOW
    async with database.team(TEAM) as team:
        assert await introduction.untold(team, "U1") == []
        later = NOW + 10 * MINUTE
        assert await introduction.next_telling(team, "U1", later, HALF_AN_HOUR) == NOW + HALF_AN_HOUR
        assert await introduction.next_telling(team, "U1", NOW + 40 * MINUTE, HALF_AN_HOUR) == NOW + 40 * MINUTE


async def test_an_introduction_begins_once(database: Database) -> None:
    async with database.team(TEAM) as team:
        (await introduction.begin(team, "U1")).fun_fact = "I sail"
    async with database.team(TEAM) as team:
        assert (await introduction.begin(team, "U1")).fun_fact == "I sail"
        assert set(await introduction.find_all(team, ["U1", "U2"])) == {"U1"}
        assert await introduction.find_all(team, []) == {}


def session(at_minutes: int, state: str, user_id: str = "U1") -> Shadowing:
    at = NOW + at_minutes * MINUTE
    return Shadowing(
        team_id=TEAM, user_id=user_id, buddy_id="U2", at=at, minutes=45, watch_for="x", state=state, planned_by="U2"
    )


async def test_the_next_session_is_planned_and_still_to_come(database: Database) -> None:
    async with database.team(TEAM) as team:
        for at, state in ((-60, buddy.PLANNED), (30, buddy.CANCELLED), (90, buddy.PLANNED), (60, buddy.PLANNED)):
            team.add(session(at, state))
        team.add(session(30, buddy.CANCELLED, "U5"))
    async with database.team_reading(TEAM) as team:
        found = await buddy.next_sessions(team, ["U1", "U5"], NOW)
        assert {one: row.at for one, row in found.items()} == {"U1": NOW + 60 * MINUTE}
        assert await buddy.planned_for(team, ["U1", "U5"]) == {"U1"}
        assert await buddy.next_sessions(team, [], NOW) == {}


def contractor(user_id: str, buddy_id: str, start: date) -> Contractor:
    hours = {"weekly_minutes": 1800, "weekdays": "0,1,2,3,4", "day_start": time(9), "day_end": time(17)}
    return Contractor.model_validate(
        {"team_id": TEAM, "user_id": user_id, "manager_id": "U9", "role": "x", "project": "x", "start_date": start}
        | {"buddy_id": buddy_id, "added_at": NOW, "added_by": "U9"}
        | hours
    )


async def test_newcomers_are_counted_by_their_buddy(database: Database) -> None:
    since = date(2026, 11, 1)
    async with database.team(TEAM) as team:
        for number, (who, start) in enumerate([("U2", since), ("U2", date(2026, 10, 31)), ("U3", since), ("", since)]):
            team.add(contractor(f"C{number}", who, start))
    async with database.team_reading(TEAM) as team:
        assert dict(await buddy.newcomers(team, since)) == {"U2": 1, "U3": 1}
