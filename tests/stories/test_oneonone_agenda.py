"""Preparing a 1:1 and its agenda, told from the front door: who is asked when, what is on it, and who may not see it."""

import json
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlmodel import col

from blocks import oneonone as draw
from blocks import oneonone_form as form
from blocks import oneonone_lines as lines
from handlers import ROUTES
from handlers.contract import Call, Kind, memo
from playbook.kpi import Kpi
from playbook.sorry import Sorry
from sandbox.blockkit import check_blocks
from storage.path_tables import Blueprint, ChecklistItem
from storage.rhythm_tables import Meeting, Point
from storage.tables import Contractor, Person
from storage.trust_tables import Audit, HealthCheck, RedFlag, Sprint, WikiItem
from tests.said import english
from tests.world import World, actions, words

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LAST_MONTH = datetime(2026, 11, 3, 12, tzinfo=UTC)
MOST_CHARACTERS = 13_000
LONG = "Alexandra Maximiliane Theodora von Hohenzollern-Sigmaringen und zu Löwenstein Ab"


def at(moment: str) -> int:
    return int(datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp())


async def plan(world: World, who: str = "ana", moment: str = "2026-11-25T14:00") -> None:
    await world.types("bruno", f"/contractor 1on1 @{who}")
    await world.submit("bruno", at=at(moment), rhythm=["weekly"])


async def said(world: World, who: str, part: str) -> list[str]:
    return [one for one in await world.reads(who) if part in one]


async def agenda(world: World, who: str, whose: str = "ana") -> str:
    await world.types(who, f"/1on1 @{whose}")
    return await world.last(who, "#acme")


async def add(world: World, *rows: object) -> None:
    async with world.bot.database.team(world.bot.team_id) as team:
        for row in rows:
            team.add(row)  # type: ignore[arg-type]


async def meeting_id(world: World, who: str = "ana") -> str:
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        query = team.select(Meeting).where(col(Meeting.user_id) == world.id(who), col(Meeting.state) == "planned")
        found = await team.first(query.order_by(col(Meeting.at).desc()))
        assert found is not None
        return found.id


@pytest.fixture
async def known(world: World) -> World:
    """A workspace in which ana has had a 1:1 last week, and much has happened since."""
    team, ana, bruno = world.bot.team_id, world.id("ana"), world.id("bruno")
    last, day = datetime(2026, 11, 18, 14, tzinfo=UTC), date(2026, 11, 19)
    about: dict[str, Any] = {"team_id": team, "user_id": ana}
    raised: dict[str, Any] = {"raised_at": datetime(2026, 11, 20, 9, tzinfo=UTC), "day": day}
    await add(
        world,
        Meeting(**about, manager_id=bruno, at=last, state="held", mood="2", ended_at=last),
        Audit(**about, monday=date(2026, 11, 16), felt="mostly", words="Friday was long", focus="yes", heavy="Hand-over", answered_at=NOW),
        HealthCheck(**about, **raised, rule="research", facts={"minutes": 200, "limit": 180, "topic": "<b>VAT"},
                    contractor_at=NOW, manager_at=NOW, answer="help"),
        HealthCheck(**about, **raised, rule="stuck", facts={}, contractor_at=NOW, manager_at=NOW, answer="fine", words="Kept"),
        HealthCheck(**about, **raised, rule="waiting", facts={}, contractor_at=None),
        RedFlag(**about, **raised, rule="long_day", facts={"minutes": 730}, told_at=NOW, manager_at=NOW, answer="scope", words="Launch"),
        RedFlag(**about, **raised, rule="busy_days", facts={}, told_at=NOW, answer="one_off", words="Kept"),
        RedFlag(**about, **raised, rule="days_in_a_row", facts={}, told_at=NOW, words="Kept"),
        RedFlag(**about, **raised, rule="night_work", facts={}, told_at=None),
        Point(**about, kind="action", text="Send the <b>brief</b>", by=bruno, owner_id=bruno, meeting_id="old",
              due=date(2026, 11, 20), carried=2, added_at=last),
        Point(**about, kind="topic", text="How do we name files?", by=ana, added_at=NOW),
        Point(**about, kind="topic", text="Long ago", by=ana, added_at=last, done_at=last),
        WikiItem(**about, number=7, key="k", question="Where are the fonts?", added_at=NOW, added_by=bruno),
        Sprint(**about, task="Fix the footer", given_at=NOW, given_by=bruno, due_at=NOW, done_at=NOW, answered_at=NOW,
               had_tools="no", clear="yes", missing="Figma"),
    )  # fmt: skip
    await world.types("ana", "/log 6h landing page")
    await world.types("ana", "/blocker waiting for Figma edit access")
    await plan(world)
    return world


# Preparing --------------------------------------------------------------------------------------


async def test_both_are_asked_a_day_before_and_what_they_say_is_on_the_agenda(world: World) -> None:
    await plan(world)
    await world.until("2026-11-24T13:59")
    assert await said(world, "ana", "90 seconds") == []
    await world.until("2026-11-24T15:00")
    assert len(await said(world, "ana", "90 seconds")) == 1
    assert len(await said(world, "bruno", "Which one line")) == 1
    await world.press("ana", "oneonone.prepare", "@app", containing="90 seconds")
    await world.submit("ana", mood="4", slows="Slow reviews", heavy="Hand-over", question="When is the <!here> launch?")
    await world.press("bruno", "oneonone.strategy", "@app", containing="Which one line")
    await world.submit("bruno", line="Small and shipped beats big")
    assert await said(world, "ana", "You have prepared your 1:1")
    assert await said(world, "bruno", "“Small and shipped beats big”")
    for who in ("ana", "bruno"):
        seen = await agenda(world, who)
        for part in ("Now: *Good*", "“Slow reviews”", "“Hand-over”", "&lt;!here&gt; launch", "“Small and shipped"):
            assert part in seen


async def test_for_a_monday_both_are_asked_on_friday(world: World) -> None:
    await plan(world, moment="2026-11-30T14:00")
    await world.until("2026-11-27T13:59")
    assert await said(world, "ana", "90 seconds") == []
    await world.until("2026-11-27T20:30")
    assert len(await said(world, "ana", "90 seconds")) == 1
    assert len(await said(world, "bruno", "Which one line")) == 1


async def test_who_has_prepared_is_not_asked(world: World) -> None:
    await plan(world)
    await world.types("ana", "/1on1 prepare")
    await world.submit("ana", mood="3")
    await world.types("bruno", "/1on1 prepare @ana")
    await world.submit("bruno", line="Ship it")
    await world.until("2026-11-24T20:00")
    assert await said(world, "ana", "90 seconds") == []
    assert await said(world, "bruno", "Which one line") == []


async def test_everything_may_be_left_open_but_the_manager_needs_a_line(world: World) -> None:
    await plan(world)
    await world.types("ana", "/1on1 prepare")
    await world.submit("ana")
    assert "You left everything open" in await world.last("ana", "#acme")
    await world.types("bruno", "/1on1 prepare @ana")
    modal = await world.modal("bruno")
    assert modal is not None
    assert "Required, because" in words(modal)
    answer = await world.submit("bruno", line="   ")
    assert "required" in answer["errors"]["line"]


async def test_what_was_typed_or_sent_is_there_again(world: World) -> None:
    await plan(world)
    await world.types("ana", "/1on1 prepare")
    await world.choose("ana", "slows", "Slow reviews")
    await world.close("ana")
    await world.types("ana", "/1on1 prepare")
    modal = await world.modal("ana")
    assert modal is not None
    assert "Slow reviews" in words(modal)
    await world.submit("ana", slows="Slow reviews", mood="5")
    await world.types("ana", "/1on1 prepare")
    modal = await world.modal("ana")
    assert modal is not None
    assert "Slow reviews" in words(modal)
    assert '"value": "5"' in json.dumps(modal)


async def test_when_it_has_begun_nothing_is_prepared_any_more(world: World) -> None:
    await plan(world)
    await world.types("ana", "/1on1")
    await world.types("ana", "/1on1 prepare")
    await world.until("2026-11-25T14:01")
    await world.submit("ana", mood="3")
    assert "has begun or is over" in words(await world.modal("ana") or {}) + await world.last("ana", "#acme")


# The agenda -------------------------------------------------------------------------------------


async def test_both_get_it_two_hours_before_and_it_stays_up_to_date(world: World) -> None:
    await plan(world)
    await world.until("2026-11-25T11:59")
    assert await said(world, "bruno", "1:1 agenda") == []
    await world.until("2026-11-25T12:01")
    for who in ("ana", "bruno"):
        assert len(await said(world, who, "1:1 agenda")) == 1
    await world.types("ana", "/1on1 prepare")
    await world.submit("ana", question="What is next?")
    assert "“What is next?”" in (await said(world, "bruno", "1:1 agenda"))[-1]
    await world.types("ana", "/blocker waiting for the brand book")
    await world.until("2026-11-25T12:40")
    assert "waiting for the brand book" in (await said(world, "bruno", "1:1 agenda"))[-1]
    assert len(await said(world, "bruno", "1:1 agenda")) == 1
    shown = [one for one in await world.sees("bruno", "@app") if "1:1 agenda" in words(one)][-1]
    assert {"oneonone.start", "oneonone.strategy", "oneonone.move", "oneonone.skip"} <= set(actions(shown))


async def test_who_would_get_it_in_quiet_hours_gets_it_the_working_day_before(world: World) -> None:
    await plan(world, moment="2026-11-25T12:30")  # 09:30 for ana; 07:30 is quiet
    await world.until("2026-11-24T20:01")  # 17:01 for ana
    assert len(await said(world, "ana", "1:1 agenda")) == 1
    assert await said(world, "bruno", "1:1 agenda") == []
    await world.until("2026-11-25T10:31")
    assert len(await said(world, "bruno", "1:1 agenda")) == 1


async def test_one_that_moves_after_its_agenda_is_redrawn_and_recalled_in_a_line(world: World) -> None:
    await plan(world)
    await world.until("2026-11-25T12:30")
    await world.types("bruno", "/1on1 move @ana")
    await world.submit("bruno", at=at("2026-11-26T14:00"))
    assert f"!date^{at('2026-11-26T14:00')}^" in (await said(world, "ana", "1:1 agenda"))[-1]
    await world.until("2026-11-26T12:01")
    assert len(await said(world, "ana", "1:1 agenda")) == 1
    assert len(await said(world, "ana", "The agenda is as you have it")) == 1


async def test_a_skipped_one_takes_back_what_was_sent(world: World) -> None:
    await plan(world)
    await world.until("2026-11-25T12:30")
    await world.types("bruno", "/1on1 skip @ana")
    await world.submit("bruno", which="this")
    for who in ("ana", "bruno"):
        assert await said(world, who, "1:1 agenda") == []
        assert await said(world, who, "does not take place")


async def test_it_holds_what_both_should_have_in_mind(known: World) -> None:
    for who in ("ana", "bruno"):
        seen = await agenda(known, who)
        for part in (
            "*1 · Pulse* · 2 min", "*2 · Unblock* · 4 min", "*3 · Process* · 4 min", "*4 · KPI* · 4 min",
            "*5 · Strategy* · 3 min", "*6 · Open Floor* · 3 min",
            "Before: A bit low (Wed 18 Nov)", "Ana Reis logged 12 h 10 on Thu 19 Nov. · _too much scope_ “Launch”",
            "waiting for Figma edit access · *open* for", "no answer yet",
            "Felt heavy in the week of Mon 16 Nov: “Hand-over”", "as it felt? *Mostly*: “Friday was long” · Focus time looks right",
            '*Research Rule* · Ana Reis logged 3 h 20 of research on "&lt;b&gt;VAT" on Thu 19 Nov', "_something would help_", "#7 Where are the fonts?", "tools were missing", "Figma",
            "No KPIs are agreed yet", "The manager's line comes here",
            "From last time: *To do* Send the &lt;b&gt;brief&lt;/b&gt;", "due Fri 20 Nov (past)", "carried over 2 times",
            "How do we name files?",
        ):  # fmt: skip
            assert part in seen, part
        for hidden in ("at night", "*Waiting*", "Long ago", "Kept", "one-off", "all good"):
            assert hidden not in seen
    kinds = [block["type"] for block in (await known.sees("bruno", "#acme"))[-1]["blocks"]]
    assert kinds.count("table") == kinds.count("data_visualization") == 1


async def test_kpis_and_the_checklist_say_how_they_stand_and_why(world: World) -> None:
    due: dict[str, Any] = {"position": 1, "owner": "contractor", "day": 1, "due": date(2026, 11, 10)}
    about: dict[str, Any] = {"team_id": world.bot.team_id, "user_id": world.id("ana"), "phase": "week1"}
    await add(
        world,
        ChecklistItem(**about, **due, key="a", text="Read the brand book"),
        ChecklistItem(**about, **due, key="b", text="Say hello", state="done"),
    )
    row = Kpi("tracking", "Every working day has a log", by="bot")
    agreed: dict[str, Any] = {"state": "agreed", "version": 1, "rows": [asdict(row)], "answered_at": LAST_MONTH}
    await add(
        world,
        Blueprint(
            team_id=world.bot.team_id,
            user_id=world.id("ana"),
            **agreed,
            proposed_by=world.id("bruno"),
            proposed_at=LAST_MONTH,
        ),
    )
    await plan(world)
    seen = await agenda(world, "ana")
    assert "Checklist: 1 of 2 done · *1 item overdue*: Read the brand book" in seen
    assert "worth a look: 0 of 5 working days so far have a log" in seen


async def test_empty_parts_say_something_useful(world: World) -> None:
    await plan(world)
    seen = await agenda(world, "ana")
    for part in ("No mood was shared", "What nearly became one?", "Which step would you drop", "There is room for one"):
        assert part in seen


async def test_slack_takes_it_with_long_names_and_sixty_of_everything(world: World) -> None:
    team, ana = world.bot.team_id, world.id("ana")
    about: dict[str, Any] = {"team_id": team, "user_id": ana}
    async with world.bot.database.team(team) as rows:
        for person in await rows.all(rows.select(Person)):
            person.name, person.updated = f"{LONG[:77]}<&>", person.updated + 10**10
    text = "& long <words> " * 40
    await add(
        world,
        *(Point(**about, kind="topic", text=f"{one} {text}", by=ana, added_at=NOW) for one in range(60)),
        *(Point(**about, kind="action", part="unblock", text=text, by=ana, added_at=NOW) for _ in range(60)),
        *(WikiItem(**about, number=one, key=f"{one}", question=text, added_at=NOW, added_by=ana) for one in range(60)),
        *(HealthCheck(**about, rule="research", about=f"{one}", facts={"minutes": 200, "limit": 180, "topic": text}, day=NOW.date(), raised_at=NOW, contractor_at=NOW, manager_at=NOW, words=text)
          for one in range(60)),
        *(RedFlag(**about, rule=f"long_day{'_' * one}", facts={"minutes": 730, "project": text}, day=NOW.date(), raised_at=NOW, told_at=NOW, manager_at=NOW, words=text)
          for one in range(60)),
    )  # fmt: skip
    await plan(world)
    await world.types("ana", "/1on1 prepare")
    await world.submit("ana", slows=text[:600], heavy=text[:600], question=text[:600])
    for who in ("ana", "bruno"):
        await agenda(world, who)
        blocks = (await world.sees(who, "#acme"))[-1]["blocks"]
        assert check_blocks(blocks, "message") == []
        assert len(json.dumps(blocks, ensure_ascii=False)) < MOST_CHARACTERS
        assert "more_" in words({"blocks": blocks})


# Who may see it ---------------------------------------------------------------------------------


BUTTONS = (draw.AGENDA, draw.PREPARE, draw.STRATEGY, draw.MOVE, draw.SKIP, draw.ASK, draw.HELD, draw.SKIPPED)
FORMS = (form.PREPARED, form.WRITTEN, form.MOVED, form.LEFT_OUT, form.ASKED)


async def forged(world: World, who: str, name: str, one: str) -> str:
    """Send what no button or form of theirs could; gives the sentence with which it is refused, "" if it is not."""
    kind = Kind.ACTION if name in BUTTONS else Kind.FORM
    await world.bot.directory.meet(world.bot.team_id, [world.id(who)])
    route = next(route for route in ROUTES if (route.kind, route.name) == (kind, name))
    call = Call(kind, name, world.bot.team_id, world.id(who), value=one, memo=memo("", one))
    async with world.bot.database.team(world.bot.team_id) as team:
        try:
            await route.handler(call, world.bot.workshop.desk(team))
        except Sorry as sorry:
            return str(sorry)
    return ""


@pytest.mark.parametrize("who", ["olivia", "lena", "noor", "jun", "priya"])
async def test_only_the_two_read_it(known: World, who: str) -> None:
    """An admin, the buddy, a stranger, another contractor and a helper."""
    await known.types(who, "1on1 @ana" if who == "jun" else "/1on1 @ana", "@app")
    assert await said(known, who, "1:1 agenda") == []
    one = await meeting_id(known)
    for name in (*BUTTONS, *FORMS):
        assert "I can't find that 1:1" in await forged(known, who, name, one), name
    assert "I can't find that 1:1" in await forged(known, "ana", draw.AGENDA, "nothing")


async def test_another_manager_is_refused_too(known: World) -> None:
    async with known.bot.database.team(known.bot.team_id) as team:
        jun = await team.get(Contractor, user_id=known.id("jun"))
        assert jun is not None
        jun.manager_id = known.id("lena")
    assert "I can't find that 1:1" in await forged(known, "lena", draw.AGENDA, await meeting_id(known))
    await known.types("lena", "/1on1 @ana", "#general")
    assert "among the contractors you manage" in await known.last("lena", "#general")


@pytest.mark.parametrize(
    ("who", "names"),
    [
        ("ana", (draw.STRATEGY, draw.MOVE, draw.SKIP, draw.HELD, draw.SKIPPED, form.WRITTEN, form.MOVED)),
        ("bruno", (draw.PREPARE, draw.ASK, form.PREPARED, form.ASKED)),
    ],
)
async def test_neither_does_what_is_the_others(world: World, who: str, names: tuple[str, ...]) -> None:
    await plan(world)
    one = await meeting_id(world)
    for name in names:
        assert "I can't find that 1:1" in await forged(world, who, name, one), name


def test_lengths_are_said_roughly() -> None:
    hour = lines.HOUR
    told = [english(lines.lasted(length)) for length in (hour / 100, hour / 2, 3 * hour, 47 * hour, 49 * hour)]
    assert told == ["1 min", "30 min", "3 h", "47 h", "2 days"]
