"""Exports, told from the front door: what can be taken out, by whom, and what is never in it."""

from datetime import UTC, date, datetime

import pytest

from blocks.export import OPEN
from handlers.export import NOT_YOURS, NOTHING, make
from playbook.export import EVERYBODY, MYSELF, Order, Span
from playbook.sorry import Sorry
from storage import contractor
from storage.path_tables import Blueprint, ChecklistItem, KpiResult
from storage.rhythm_tables import Meeting, PrivateNote
from storage.tables import Blocker, LogEntry
from tests.said import said
from tests.spreadsheet import harmless, rows
from tests.world import World, words

NOT_YOURS = said(NOT_YOURS)
NOTHING = said(NOTHING)

ALL = ["logs", "blockers", "checklists", "kpis"]
EVIL = '=HYPERLINK("http://x";"y")'


async def files(world: World, who: str) -> dict[str, bytes]:
    """Give every file that stands in somebody's DM with the bot, by name; of two with one name the newest."""
    kept = world.sandbox.workspace.cabinet.files
    sent = [file for message in await world.sees(who, "@app") for file in message.get("files") or []]
    return {file["name"]: kept[file["id"]].data for file in sent}


def table(data: bytes) -> list[dict[str, str]]:
    head, *rest = rows(data)
    return [dict(zip(head, row, strict=True)) for row in rest]


async def keeps(world: World, who: str, manager: str = "bruno") -> None:
    """Give somebody a little of everything, written by somebody who means no good."""
    me, now = world.id(who), datetime(2026, 11, 20, 12, tzinfo=UTC)
    team = world.bot.team_id
    async with world.bot.database.team(team) as door:
        door.add(LogEntry(
            team_id=team, user_id=me, day=date(2026, 11, 20), minutes=150, project="@SUM(A1)", category="build",
            note=EVIL, feel="hard", created_at=now, changed_at=now, starts_at=datetime(2026, 11, 20, 12, tzinfo=UTC),
            ends_at=datetime(2026, 11, 20, 14, 30, tzinfo=UTC),
        ))  # fmt: skip
        door.add(LogEntry(
            team_id=team, user_id=me, day=date(2026, 11, 19), minutes=60, note="undone", created_at=now, changed_at=now,
            undone=True,
        ))  # fmt: skip
        door.add(Blocker(
            team_id=team, number=900 + ord(who[0]), user_id=me, text="-2+3", kind="access", impact="slowed", since=now,
            state="resolved", helper_id=world.id("olivia"), created_at=now, resolved_at=now.replace(hour=14),
            resolved_by=world.id("olivia"),
        ))  # fmt: skip
        door.add(ChecklistItem(
            team_id=team, user_id=me, key="x", phase="p", position=1, text="Read the brand book", owner="manager",
            day=3, due=date(2026, 11, 20), state="done", done_at=now, done_by=world.id(manager), proof="managersproof",
        ))  # fmt: skip
        row = {"key": "responsiveness", "text": "+Answers", "target": 4.0, "most": True, "unit": "hours"}
        door.add(Blueprint(
            team_id=team, user_id=me, version=1, state="agreed", rows=[row], proposed_by=world.id(manager),
            proposed_at=now, answered_at=now, words="discussedwords",
        ))  # fmt: skip
        door.add(KpiResult(
            team_id=team, user_id=me, monday=date(2026, 11, 16), key="responsiveness", value="3", words="=went well",
            entered_at=now, confirmed_at=now, confirmed_by=world.id(manager),
        ))  # fmt: skip
        door.add(Meeting(
            id=f"M{who}", team_id=team, user_id=me, manager_id=world.id(manager), at=now, mood="secretmood",
        ))  # fmt: skip
        door.add(PrivateNote(
            team_id=team, meeting_id=f"M{who}", author_id=world.id(manager), text="secretnote", changed_at=now,
        ))  # fmt: skip


async def test_a_contractor_takes_out_their_own(world: World) -> None:
    await keeps(world, "ana")
    await keeps(world, "jun")
    await world.types("ana", "/circle export")
    form = await world.modal("ana")
    assert form is not None
    assert "Of whom" not in words(form)
    await world.submit("ana", kinds=ALL, span="this_month")
    assert "I am making it" in await world.last("ana")
    found = await files(world, "ana")
    days = "_2026-11-01_2026-11-30.csv"
    assert set(found) == {f"{name}{days}" for name in ("logs", "blockers", "checklists", "kpi-results", "kpi-versions")}
    (log,) = table(found[f"logs{days}"])
    assert log["contractor"] == "Ana Reis"
    assert (log["day"], log["minutes"], log["h:mm"], log["hours"]) == ("2026-11-20", "150", "2:30", "2.50")
    assert (log["from (UTC)"], log["from (local)"]) == ("2026-11-20T12:00:00Z", "2026-11-20T09:00:00-03:00")
    assert (log["project"], log["what"], log["category"]) == ("'@SUM(A1)", f"'{EVIL}", "Build")
    assert log["felt"]
    (blocker,) = table(found[f"blockers{days}"])
    assert (blocker["what"], blocker["to resolved (h:mm)"], blocker["helper"]) == ("'-2+3", "2:00", "Olivia Park")
    (item,) = table(found[f"checklists{days}"])
    assert (item["item"], item["state"], item["done by"], item["proof"]) == (
        "Read the brand book", "done", "Bruno Vidal", "",
    )  # fmt: skip
    (kpi,) = table(found[f"kpi-results{days}"])
    assert (kpi["week"], kpi["result"], kpi["words"], kpi["target"]) == (
        "2026-11-16", "3", "'=went well", "at most 4 hours",
    )  # fmt: skip
    assert all(harmless(data) for data in found.values())
    assert not any(hidden in b"".join(found.values()) for hidden in (b"secret", b"Jun Santos", b"discussedwords"))
    assert "1 log entry, 1 blocker, 1 checklist item, 1 KPI result, 1 version of KPIs" in await world.last(
        "ana", "@app"
    )


async def test_a_manager_takes_out_their_contractors_without_how_it_felt(world: World) -> None:
    for who in ("ana", "jun"):
        await keeps(world, who)
    await world.add_contractor("lena", "priya")
    await keeps(world, "lena", "priya")
    await world.types("bruno", "/contractor export")
    await world.submit("bruno", kinds=["logs"], span="own", first="2026-11-20", last="2026-11-20")
    found = await files(world, "bruno")
    logs = table(found["logs_2026-11-20_2026-11-20.csv"])
    assert {one["contractor"] for one in logs} == {"Ana Reis", "Jun Santos"}
    assert "felt" not in logs[0]
    assert logs[0]["what"].startswith("'=HYPERLINK")
    assert "2 contractors, Fri 20 Nov 2026 to Fri 20 Nov 2026: 2 log entries." in await world.last("bruno", "@app")


async def test_one_contractor_is_chosen_by_name_or_button(world: World) -> None:
    for who in ("ana", "jun"):
        await keeps(world, who)
    await world.types("bruno", "/contractor export @jun")
    await world.submit("bruno", kinds=["blockers", "kpis"], span="this_year", whom=[world.id("jun")])
    found = await files(world, "bruno")
    assert [one["contractor"] for one in table(found["blockers_2026-01-01_2026-12-31.csv"])] == ["Jun Santos"]
    await world.types("bruno", "/contractor @ana")
    await world.press("bruno", OPEN, "#acme")
    form = await world.modal("bruno")
    assert form is not None
    assert world.id("ana") in str(form["blocks"])


async def test_an_admin_takes_out_everybody_also_who_is_paused_or_gone(world: World) -> None:
    for who in ("ana", "jun"):
        await keeps(world, who)
    async with world.bot.database.team(world.bot.team_id) as team:
        place = await contractor.find(team, world.id("jun"))
        assert place is not None
        place.paused_at = place.ended_at = world.clock.now()
    await world.types("olivia", "/contractor export")
    await world.submit("olivia", kinds=ALL, span="everything")
    found = await files(world, "olivia")
    for data in found.values():
        assert {one["contractor"] for one in table(data)} == {"Ana Reis", "Jun Santos"}
        assert harmless(data)
        assert b"secret" not in data
    assert "from the first day on" in await world.last("olivia", "@app")


async def test_those_who_may_not_are_told_what_they_can_do(world: World) -> None:
    await world.types("noor", "/contractor export", "#general")
    assert "nobody whose records" in await world.last("noor", "#general")
    await world.types("ana", "/contractor export")
    assert "`/circle export` gives you your own" in await world.last("ana")
    await world.types("ana", "/contractor export @jun")
    assert NOT_YOURS in await world.last("ana")
    await world.types("noor", "/circle export", "#general")
    assert "you are not on it yet" in await world.last("noor", "#general")
    await world.types("bruno", "/circle export")
    assert "Of whom" in words(await world.modal("bruno") or {})


async def test_a_guest_without_commands_writes_to_the_bot(world: World) -> None:
    await keeps(world, "jun")
    await world.types("jun", "export", "@app")
    await world.press("jun", OPEN, "@app")
    await world.submit("jun", kinds=["logs"], span="this_month")
    assert len(table((await files(world, "jun"))["logs_2026-11-01_2026-11-30.csv"])) == 1


async def test_a_forged_form_gives_nothing(world: World) -> None:
    await keeps(world, "ana")
    await world.add_contractor("lena", "priya")
    await world.types("bruno", "/contractor export")
    answer = await world.submit("bruno", kinds=["logs"], span="this_month", whom=[world.id("lena")])
    assert answer["errors"] == {"whom": NOT_YOURS}
    forged = Order(("logs",), Span(date(2026, 11, 1), date(2026, 11, 30)), (world.id("ana"),))
    async with world.bot.database.team(world.bot.team_id) as team:
        desk = world.bot.workshop.desk(team)
        for who, whom in (("noor", (EVERYBODY,)), ("jun", forged.whom), ("noor", (MYSELF,)), ("priya", forged.whom)):
            order = Order(forged.kinds, forged.span, whom)
            with pytest.raises(Sorry, match="You may not take out"):
                await make(desk, world.id(who), order.write())


async def test_who_no_longer_manages_them_gets_nothing_that_was_asked_for_before(world: World) -> None:
    await keeps(world, "ana")
    order = Order(("logs",), Span(date(2026, 11, 1), date(2026, 11, 30)), (world.id("ana"),))
    async with world.bot.database.team(world.bot.team_id) as team:
        place = await contractor.find(team, world.id("ana"))
        assert place is not None
        place.manager_id = world.id("lena")
        await team.session.flush()
        with pytest.raises(Sorry):
            await make(world.bot.workshop.desk(team), world.id("bruno"), order.write())


async def test_what_is_missing_is_said_beside_the_field(world: World) -> None:
    await world.types("ana", "/circle export")
    for values, errors in (
        ({"kinds": [], "span": "this_month"}, {"kinds"}),
        ({"kinds": ["logs"], "span": "own"}, {"first", "last"}),
        ({"kinds": ["logs"], "span": "own", "first": "2026-11-20", "last": "2026-11-19"}, {"last"}),
    ):
        answer = await world.submit("ana", **values)
        assert set(answer["errors"]) == errors
    await world.submit("ana", kinds=["logs"], span="last_month", first=None, last=None)
    assert NOTHING in await world.last("ana", "@app")


async def test_too_many_rows_are_asked_for_in_parts(world: World) -> None:
    await keeps(world, "ana")
    book = world.bot.playbook.export.model_copy(update={"most_rows": 0})
    world.bot.workshop.playbook = world.bot.playbook.model_copy(update={"export": book})
    await world.types("ana", "/circle export")
    answer = await world.submit("ana", kinds=["logs"], span="this_month")
    assert "more than 0 rows" in answer["errors"]["span"]
