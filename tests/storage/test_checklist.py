"""What is remembered of checklists, on both engines."""

from datetime import UTC, date, datetime, timedelta

from playbook.checklist import SOMEDAY, Thing
from playbook.load import load
from playbook.path import Path
from storage import checklist as store
from storage import checklist_lay as laid
from storage.checklist import Progress
from storage.database import Database, Team
from tests.conftest import TEAM

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
PATH = Path(TODAY, "UTC", frozenset(range(5)))
BOOK = load().checklist


def things() -> list[Thing]:
    days = {"a": -2, "b": 1, "c": 1, "d": 3}
    return [
        Thing(
            key=key, phase="day1", text=key, reason="r", owner="manager", day=day, auto="buddy" if key in "bc" else ""
        )
        for key, day in days.items()
    ]


async def lay(team: Team, user_id: str = "A", path: Path = PATH, today: date = TODAY) -> None:
    await laid.lay(team, user_id, things(), path, today, BOOK)


async def test_progress_is_counted_for_several_at_once(database: Database) -> None:
    async with database.team(TEAM) as team:
        for one in "AB":
            await lay(team, one)
        mine = {one.key: one.id for one in await store.of(team, "A")}
        assert await store.done(team, mine["a"], "M", NOW)
        assert await store.not_applicable(team, mine["d"], "M", NOW, "no")
        found = await store.progress(team, ["A", "B", "C"], TODAY + timedelta(days=1))
        assert found == {"A": Progress(1, 3, 2), "B": Progress(0, 4, 3)}
        assert (await store.progress(team, ["B"]))["B"] == Progress(0, 4, 0)
        assert (await store.progress(team, ["B"], TODAY))["B"].overdue == 0  # what was late when it was laid is not
    async with database.team("T2") as team:
        assert await store.progress(team, ["A"], TODAY) == {}


async def test_the_first_of_two_is_kept(database: Database) -> None:
    async with database.team(TEAM) as team:
        await lay(team)
        item = (await store.of(team, "A"))[0]
        assert await store.done(team, item.id, "M", NOW, "seen")
        assert not await store.done(team, item.id, "N", NOW)
        assert not await store.snooze(team, item.id, TODAY)
        assert await store.verify(team, item.id, "O", NOW)
        assert not await store.verify(team, item.id, "P", NOW)
        assert await store.undo(team, item.id)
        again = await store.find(team, item.id)
        assert again is not None
        assert (again.state, again.done_by, again.proof, again.verified_by) == ("todo", "", "", "")


async def test_one_key_ticks_every_item_that_has_it(database: Database) -> None:
    async with database.team(TEAM) as team:
        await lay(team)
        assert await store.tick(team, "A", "buddy", "M", NOW)
        assert not await store.tick(team, "A", "buddy", "M", NOW)
        assert [one.key for one in await store.of(team, "A") if one.state == "done"] == ["b", "c"]


async def test_what_waits_is_what_asks_by_then(database: Database) -> None:
    async with database.team(TEAM) as team:
        await lay(team)
        mine = {one.key: one.id for one in await store.of(team, "A")}
        await store.snooze(team, mine["b"], TODAY + timedelta(days=2))
        assert [one.key for one in await store.waiting(team, ["A"], TODAY)] == ["a", "c"]
        await store.done(team, mine["c"], "M", NOW)
        assert [one.key for one in await store.waiting(team, ["A"], TODAY, NOW)] == ["a", "c"]
        assert await store.waiting(team, [], TODAY) == ()
        assert await store.open_owners(team, ["A"]) == {"A": frozenset({"manager"})}


async def test_laying_again_moves_what_is_to_do_and_keeps_what_was_put_off(database: Database) -> None:
    async with database.team(TEAM) as team:
        await lay(team)
        mine = {one.key: one for one in await store.of(team, "A")}
        await store.done(team, mine["b"].id, "M", NOW)
        await store.snooze(team, mine["d"].id, date(2026, 12, 24))
        later = Path(date(2026, 12, 7), "UTC", PATH.weekdays)
        await lay(team, path=later)
        after = {one.key: one for one in await store.of(team, "A")}
        assert {key: one.due for key, one in after.items()} == {
            "a": date(2026, 12, 2), "b": TODAY, "c": date(2026, 12, 7), "d": date(2026, 12, 9)
        }  # fmt: skip
        assert after["d"].snoozed_until == date(2026, 12, 24)
        assert after["a"].snoozed_until is None
        long_ago = Path(date(2026, 1, 5), "UTC", PATH.weekdays)
        await lay(team, path=long_ago)
        again = {one.key: one for one in await store.of(team, "A")}
        assert again["c"].snoozed_until == SOMEDAY
        assert (await store.progress(team, ["A"], TODAY + timedelta(days=9)))["A"].overdue == 0
