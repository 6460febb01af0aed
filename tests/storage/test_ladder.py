"""What is kept of the ladder and of courses, and what is counted for it, on each engine."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from storage import ladder, learn
from storage.database import Database, Team
from storage.growth_tables import Course, Review, Stage
from storage.ladder_facts import facts
from storage.path_tables import Blueprint, ChecklistItem, Introduction
from storage.rhythm_tables import Meeting
from storage.trust_tables import WikiItem
from tests.conftest import TEAM

NOW = datetime(2026, 11, 27, 19, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
DECEMBER = date(2026, 12, 1)


def item(user_id: str, key: str, day: int, state: str) -> ChecklistItem:
    words: dict[str, Any] = {"phase": "day1", "position": 1, "text": key, "owner": "contractor"}
    return ChecklistItem(team_id="", user_id=user_id, key=key, day=day, due=NOW.date(), state=state, **words)


def course(state: str, at: datetime, user_id: str = "UANA") -> Course:
    return Course(team_id="", user_id=user_id, name="Figma", cost="free", benefit="Faster", state=state, asked_at=at)


async def test_what_is_there_is_counted_and_what_is_open_is_not(database: Database) -> None:
    async with database.team(TEAM) as team:
        await _fill(team)
        found = await facts(team, ["UANA", "UJUN", "UNEW"])
    assert found["UANA"] == {
        "introductions": 1, "sprints": 0, "kpis": 2, "one_on_ones": 1, "blockers": 0, "reviews": 1, "wiki": 1,
        "courses": 1, "week_one": 1,
    }  # fmt: skip
    assert found["UJUN"]["week_one"] == 0
    assert "week_one" not in found["UNEW"]
    assert set(found["UNEW"].values()) == {0}


async def _fill(team: Team) -> None:
    team.add(Introduction(team_id="", user_id="UANA", state="posted", posted_at=NOW))
    team.add(Introduction(team_id="", user_id="UJUN", state="filled"))
    for version, state in enumerate(("replaced", "agreed", "proposed"), 1):
        kpis: dict[str, Any] = {"rows": [], "proposed_by": "UBRUNO", "proposed_at": NOW}
        team.add(Blueprint(team_id="", user_id="UANA", version=version, state=state, **kpis))
    for at, state in ((NOW, "held"), (LATER, "planned")):
        team.add(Meeting(team_id="", user_id="UANA", manager_id="UBRUNO", at=at, state=state, moves=[]))
    for number, closed in enumerate((NOW, None), 1):
        review: dict[str, Any] = {"due_on": DECEMBER, "opened_at": NOW, "theirs": {}, "ours": {}, "closed_at": closed}
        team.add(Review(team_id="", user_id="UANA", number=number, **review))
    for number, state in enumerate(("done", "open", "dropped"), 1):
        wiki: dict[str, Any] = {"key": state, "question": state, "added_at": NOW, "added_by": "UANA"}
        team.add(WikiItem(team_id="", number=number, user_id="UANA", state=state, **wiki))
    for state in ("done", "approved", "withdrawn"):
        team.add(course(state, NOW))
    for one in (item("UANA", "a", 1, "done"), item("UANA", "b", 5, "na"), item("UANA", "c", 6, "todo")):
        team.add(one)
    for one in (item("UJUN", "a", 1, "done"), item("UJUN", "b", 5, "todo")):
        team.add(one)
    await team.session.flush()


async def test_the_newest_step_is_where_somebody_stands(database: Database) -> None:
    async with database.team(TEAM) as team:
        for at, stage in ((LATER, "newcomer"), (NOW, "contributor")):
            team.add(Stage(team_id="", user_id="UANA", stage=stage, at=at, by="UBRUNO"))
        await team.session.flush()
        assert {one: row.stage for one, row in (await ladder.stages(team, ["UANA", "UJUN"])).items()} == {
            "UANA": "newcomer"
        }
        assert [row.stage for row in await ladder.history(team, "UANA")] == ["newcomer", "contributor"]


async def test_what_was_noted_first_stays_unless_somebody_writes_it_anew(database: Database) -> None:
    async with database.team(TEAM) as team:
        await ladder.note_once(team, "UANA", "brainstorm", "UBRUNO", NOW, "The first")
        await ladder.note_once(team, "UANA", "brainstorm", "UBRUNO", LATER, "The second")
        found = await ladder.notes(team, ["UANA", "UJUN"])
        assert (found["UANA"]["brainstorm"].words, found["UJUN"]) == ("The first", {})
        await ladder.note(team, "UANA", "brainstorm", "UANA", LATER, "The third")
        team.session.expire_all()
        assert (await ladder.notes(team, ["UANA"]))["UANA"]["brainstorm"].words == "The third"
        await ladder.take_back(team, "UANA", "brainstorm")
        assert await ladder.notes(team, ["UANA"]) == {"UANA": {}}


async def test_a_month_is_asked_once_and_its_answer_stays(database: Database) -> None:
    async with database.team(TEAM) as team:
        await ladder.ask(team, ["UANA", "UJUN"], DECEMBER, NOW)
        row = await ladder.answering(team, "UANA", DECEMBER)
        assert row is not None
        row.answer = "not_now"
        await team.session.flush()
        await ladder.ask(team, ["UANA"], DECEMBER, LATER)
        found = await ladder.included(team, ["UANA", "UJUN"], DECEMBER)
        assert {one: (row.answer, row.asked_at) for one, row in found.items()} == {
            "UANA": ("not_now", NOW),
            "UJUN": ("", NOW),
        }


async def test_courses_come_newest_first_and_those_that_wait_oldest_first(database: Database) -> None:
    async with database.team(TEAM) as team:
        for at, state in ((NOW, "asked"), (LATER, "discussing"), (LATER + timedelta(hours=1), "approved")):
            team.add(course(state, at))
        team.add(course("declined", NOW, "UJUN"))
        await team.session.flush()
        assert [row.state for row in await learn.courses(team, "UANA")] == ["approved", "discussing", "asked"]
        waiting = await learn.asked(team, ["UANA", "UJUN"])
        assert {one: [row.state for row in rows] for one, rows in waiting.items()} == {"UANA": ["asked", "discussing"]}
        assert len(await learn.open_of(team, "UANA")) == 3
        assert await learn.open_of(team, "UJUN") == []
