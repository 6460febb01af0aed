"""Who is off on which day, and who is away just now, on both engines."""

from datetime import UTC, date, datetime
from typing import Any

from storage.database import Database, Team
from storage.ooo import away_now, free_days, fully_away, partly_days, weeks
from storage.ooo_plan import Change, keep, last_change, remember, swap
from storage.rhythm_tables import Away, HolidayWorked, Quiet
from storage.tables import Person
from tests.conftest import TEAM

NOW = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
MON, TUE, WED = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25)


def away(user_id: str, first: date, last: date, **more: Any) -> Away:
    values: dict[str, Any] = {"planned_at": NOW, "planned_by": user_id} | more
    return Away(team_id=TEAM, user_id=user_id, first=first, last=last, **values)


def person(user_id: str, zone: str) -> Person:
    return Person(team_id=TEAM, user_id=user_id, name=user_id, zone=zone)


async def test_away_is_meant_on_each_persons_own_calendar(database: Database) -> None:
    async with database.team(TEAM) as team:
        for one in (person("manila", "Asia/Manila"), person("paulo", "America/Sao_Paulo")):
            team.add(one)
        for user_id in ("manila", "paulo"):
            await keep(team, away(user_id, TUE, TUE))
        assert set(await away_now(team, ["manila", "paulo", "nobody", ""], NOW)) == {"manila"}, (
            "Tuesday has begun there"
        )


async def test_partly_is_away_but_not_off_and_a_whole_day_counts_first(database: Database) -> None:
    async with database.team(TEAM) as team:
        await keep(team, away("A", MON, MON, kind="partly"))
        await keep(team, away("B", MON, MON, kind="partly"))
        await keep(team, away("B", MON, TUE, kind="holiday"))
        found = await away_now(team, ["A", "B"], NOW)
        assert {one: row.kind for one, row in found.items()} == {"A": "partly", "B": "holiday"}
        assert set(await fully_away(team, ["A", "B"], NOW)) == {"B"}
        assert [MON in days for days in (await free_days(team, ["A"])).values()] == [False]
        assert await partly_days(team, ["A", "C"]) == {"A": frozenset({MON}), "C": frozenset()}


async def test_from_the_day_of_the_return_nothing_is_off(database: Database) -> None:
    async with database.team(TEAM) as team:
        team.add(person("A", "Asia/Manila"))
        await keep(team, away("A", MON, WED, back_at=NOW))
        free = (await free_days(team, ["A"]))["A"]
        assert [day in free for day in (MON, TUE, WED)] == [True, False, False], "it is Tuesday in Manila already"
        assert await away_now(team, ["A"], NOW) == {}


async def test_holidays_of_a_chosen_country_and_those_that_are_worked(database: Database) -> None:
    async with database.team(TEAM) as team:
        team.add(Quiet(team_id=TEAM, user_id="A", country="PH", weekdays="0,1,2,6"))
        free = (await free_days(team, ["A"]))["A"]
        assert date(2026, 11, 30) in free
        team.add(HolidayWorked(team_id=TEAM, user_id="A", day=date(2026, 11, 30)))
        assert date(2026, 11, 30) not in (await free_days(team, ["A"]))["A"]
        assert await weeks(team, ["A", "B"]) == {"A": frozenset({0, 1, 2, 6})}


async def test_a_change_is_taken_back_once(database: Database) -> None:
    async with database.team(TEAM) as team:
        row = away("A", MON, WED, note="sea")
        await keep(team, row)
        before = row.model_copy()
        row.last = TUE
        await remember(team, "A", row.id, Change((row.id,), (before,)), NOW)
    async with database.team(TEAM) as team:
        change = await last_change(team, "A", row.id)
        assert change is not None
        assert (change.after, [(one.last, one.note) for one in change.before]) == ((row.id,), [(WED, "sea")])
        await swap(team, [], change.before)
        assert await last_change(team, "A", row.id) is None
    async with database.team_reading(TEAM) as team:
        assert await _lasts(team) == [WED]


async def _lasts(team: Team) -> list[date]:
    return [row.last for row in await team.all(team.select(Away))]


async def test_two_hundred_people_take_a_handful_of_queries(database: Database) -> None:
    async with database.team(TEAM) as team:
        for number in range(200):
            team.add(person(f"U{number}", "Europe/Madrid"))
            await keep(team, away(f"U{number}", MON, WED, back_at=NOW if number % 2 else None))
    ids = [f"U{number}" for number in range(200)]
    async with database.team_reading(TEAM) as team:
        assert len(await away_now(team, ids, NOW)) == 100
        free = await free_days(team, ids)
        assert sum(TUE in days for days in free.values()) == 100
