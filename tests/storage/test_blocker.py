"""What is remembered of blockers, on both engines."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from playbook import load as playbook
from playbook.blocker import State
from storage import blocker as store
from storage import blocker_change as change
from storage import outbox, timetable
from storage.database import Database, Team
from storage.outbox import Post
from storage.tables import Blocker, Contractor, Person
from tests.conftest import TEAM

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
PAGES = playbook.load()


async def people(team: Team) -> None:
    """Two projects: ana and jun on acme with bruno, zoe on zephyr with mia; lena helps ana."""
    for user in ("ana", "jun", "bruno", "lena", "zoe", "mia", "olivia"):
        team.add(Person(team_id=TEAM, user_id=user, name=user, zone="UTC"))
    for user, manager, project, lead in (
        ("ana", "bruno", "acme", "lena"),
        ("jun", "bruno", "Acme", ""),
        ("zoe", "mia", "zephyr", ""),
    ):
        values: dict[str, Any] = {"role": "x", "start_date": date(2026, 11, 2), "weekly_minutes": 1800}
        values |= {"weekdays": "0,1,2,3,4", "day_start": time(9), "day_end": time(17), "added_at": NOW, "added_by": "o"}
        team.add(Contractor(team_id=TEAM, user_id=user, manager_id=manager, project=project, lead_id=lead, **values))
    await team.session.flush()


async def raised(team: Team, user: str, helper: str, text: str = "stuck", **more: Any) -> Blocker:
    number = await team.next_number("blocker")
    values: dict[str, Any] = {"kind": "other", "impact": "", "since": NOW, "state": State.OPEN, "created_at": NOW}
    values |= {"manager_id": "bruno", "escalation_id": "olivia"} | more
    one = Blocker(team_id=TEAM, number=number, user_id=user, text=text, helper_id=helper, **values)
    await change.raise_one(team, one)
    return one


@pytest.mark.parametrize(
    ("who", "project", "everything", "numbers"),
    [
        ("ana", "acme", False, [1, 2]),
        ("jun", "ACME", False, [1, 2]),
        ("bruno", "", False, [1, 2]),
        ("lena", "", False, [1]),
        ("mia", "", False, [3]),
        ("zoe", "zephyr", False, [3]),
        ("nina", "", False, [3]),
        ("nin", "", False, []),
        ("noor", "", False, []),
        ("boss", "", True, [1, 2, 3]),
    ],
)
async def test_everybody_sees_what_concerns_them_and_nothing_else(
    database: Database, who: str, project: str, numbers: list[int], *, everything: bool
) -> None:
    async with database.team(TEAM) as team:
        await people(team)
        await raised(team, "ana", "lena")
        await raised(team, "jun", "bruno")
        await raised(team, "zoe", "mia", manager_id="mia", escalation_id="", notify="tom,nina")
        gone = await raised(team, "ana", "lena")
        await change.resolve(team, gone, "ana", NOW)
        found = await store.visible(team, who, project, everything=everything)
        assert [one.number for one in found] == numbers


async def test_other_teams_see_nothing(database: Database) -> None:
    async with database.team(TEAM) as team:
        await people(team)
        one = await raised(team, "ana", "lena")
    async with database.team("T2") as team:
        assert await store.find(team, one.id) is None
        assert await store.numbered(team, 1) is None
        assert await store.visible(team, "ana", "acme", everything=True) == []
        assert await store.unresolved(team, ["ana"]) == []


async def test_the_clock_is_wound_in_the_helpers_hours_and_stops(database: Database) -> None:
    async with database.team(TEAM) as team:
        await people(team)
        one = await raised(team, "ana", "lena")
        case = await store.case(team, one)
        await change.wind(team, case, NOW, PAGES.blocker, PAGES.contractor)
        due = {row.duty: row.due_at for row in await timetable.of(team, one.id)}
        tomorrow = NOW.replace(day=24, hour=9)
        assert due == {
            "blocker.remind": NOW + 2 * HOUR,
            "blocker.escalate": NOW + 4 * HOUR,
            "blocker.contact": tomorrow + timedelta(minutes=2.5 * 60),
        }
        await change.take(team, one, "lena", NOW)
        assert await change.stopped(team, one)


@pytest.mark.parametrize(
    ("helper", "steps"),
    [
        ("lena", {"remind", "escalate", "contact"}),
        ("bruno", {"remind", "contact"}),
        ("olivia", {"remind", "escalate"}),
    ],
)
async def test_nobody_is_told_twice_by_one_clock(database: Database, helper: str, steps: set[str]) -> None:
    async with database.team(TEAM) as team:
        await people(team)
        case = await store.case(team, await raised(team, "ana", helper))
        told = {step.name for step in PAGES.blocker.steps if store.target(case.blocker, step)}
        assert told == steps
        assert case.after(helper) == {"lena": "bruno", "bruno": "olivia", "olivia": "bruno"}[helper]
        assert case.after("somebody") == helper


async def test_opening_again_and_handing_on_begin_a_new_round(database: Database) -> None:
    async with database.team(TEAM) as team:
        await people(team)
        one = await raised(team, "ana", "lena")
        await change.take(team, one, "lena", NOW + HOUR)
        assert (await store.case(team, one)).clock_from == NOW
        await change.resolve(team, one, "ana", NOW + 2 * HOUR, around=True)
        await change.reopen(team, one, "ana", NOW + 3 * HOUR)
        case = await store.case(team, one)
        assert (one.state, one.round, one.taken_by, one.resolved_at) == (State.OPEN, 2, "", None)
        assert case.clock_from == NOW + 3 * HOUR
        await change.hand(team, one, "olivia", "bruno", NOW + 4 * HOUR)
        case = await store.case(team, one)
        assert (one.helper_id, one.round, case.clock_from) == ("olivia", 3, NOW + 4 * HOUR)
        assert [note.verb for note in case.notes] == ["new", "take", "around", "reopen", "hand"]
        assert case.helpers == {"olivia", "bruno", "lena"}


async def test_only_what_is_news_is_noted(database: Database) -> None:
    async with database.team(TEAM) as team:
        await people(team)
        one = await raised(team, "ana", "lena")
        assert not await change.see(team, one, "ana", NOW)
        assert await change.see(team, one, "lena", NOW)
        assert not await change.see(team, one, "bruno", NOW)
        assert (one.seen_by, one.state) == ("lena", State.SEEN)


async def test_what_somebody_was_stuck_on_on_a_morning_is_found_again(database: Database) -> None:
    async with database.team(TEAM) as team:
        await people(team)
        old = await raised(team, "ana", "lena", created_at=NOW - 30 * HOUR)
        gone = await raised(team, "ana", "lena", created_at=NOW - 30 * HOUR)
        await raised(team, "ana", "lena")
        await change.resolve(team, gone, "ana", NOW - HOUR)
        night = NOW.replace(hour=0)
        assert [one.id for one in await store.asked_about(team, "ana", night, NOW)] == [old.id]
        await change.resolve(team, old, "ana", NOW + HOUR)
        assert [one.id for one in await store.asked_about(team, "ana", night, NOW)] == [old.id]
        await change.still(team, old, "ana", NOW)
        assert await store.still_said(team, [old.id, gone.id], NOW) == {old.id}


async def test_cards_and_reminders_are_known_by_what_they_are_about(database: Database) -> None:
    async with database.team(TEAM) as team:
        await people(team)
        one = await raised(team, "ana", "lena")
        section = {"type": "section", "text": {"type": "mrkdwn", "text": "It waits."}}
        head = {"type": "section", "text": {"type": "mrkdwn", "text": "*#1 Open*"}}
        posts = [
            Post("card", "lena", "x", [head], about=store.about_card(one.id)),
            Post("reminder", "lena", "x", [section, head], about=store.about(one)),
            Post("again", "lena", "x", [head], about=store.about(one)),
            Post("else", "lena", "x", [head], about="blocker:other:card"),
        ]
        await outbox.put(team, posts, NOW)
        sent = (await store.case(team, one)).sent
        assert [(each.key, each.lead) for each in sent] == [("card", ""), ("reminder", "It waits."), ("again", "")]


async def test_a_draft_lives_for_a_day(database: Database) -> None:
    async with database.team(TEAM) as team:
        await store.keep_draft(team, "ana", {"what": "half"}, NOW)
        await store.keep_draft(team, "ana", {"what": "whole"}, NOW)
        assert await store.take_draft(team, "ana", NOW + 23 * HOUR) == {"what": "whole"}
        assert await store.take_draft(team, "ana", NOW + 24 * HOUR) == {}
        assert await store.take_draft(team, "jun", NOW) == {}
        await store.drop_draft(team, "ana")
        assert await store.take_draft(team, "ana", NOW) == {}
