"""The weekly audit, told from the front door: asked on Friday, answered by one press or in words, seen before the lock."""

from datetime import date, datetime
from typing import Any

import pytest

from handlers.audit import ROUTES
from handlers.contract import Call, Desk, Kind, arm
from playbook.sorry import Sorry
from sandbox.blockkit import check_blocks
from storage import audit as store
from storage import log
from storage.rhythm_tables import Away, Quiet
from storage.tables import Contractor, Person
from storage.trust_tables import Audit
from tests.world import World, actions, words

DM = "@app"
MONDAY = date(2026, 11, 23)


async def audit_of(world: World, who: str, monday: date = MONDAY) -> Audit | None:
    """Fetch what is kept of somebody's week."""
    async with world.bot.database.team(world.bot.team_id) as team:
        return await store.find(team, world.id(who), monday)


async def kept(world: World, who: str, monday: date = MONDAY) -> Audit:
    """Fetch what is kept of somebody's week, which must be there."""
    found = await audit_of(world, who, monday)
    assert found is not None
    return found


async def asked(world: World, who: str) -> dict[str, Any]:
    """Give the question about the week as somebody sees it now."""
    mine = [one for one in await world.sees(who, DM) if "audit.yes" in actions(one) or "audit.open" in actions(one)]
    assert mine, f"{who} was not asked"
    return mine[0]


async def overview(world: World, who: str = "bruno") -> str:
    """Give the words of the manager's message, "" if there is none."""
    found = [said for said in await world.reads(who) if "How the week felt, Mon 23 Nov" in said]
    assert len(found) <= 1, "there is one message a week"
    return found[0] if found else ""


async def logs_a_week(world: World, who: str = "ana") -> None:
    """Let somebody log the first days of the week."""
    for line in ("mon 6h landing page #acme @build", "tue 5h30 review #acme @review", "wed 2h planning @meetings"):
        await world.types(who, f"/log {line}" if who == "ana" else f"log {line}", "#acme" if who == "ana" else DM)


async def away(world: World, who: str, first: date, last: date) -> None:
    """Let somebody have planned days off, and what is due follow."""
    async with world.bot.database.team(world.bot.team_id) as team:
        team.add(_away(world, who, first, last))
        await team.session.flush()
        desk = world.bot.workshop.desk(team)
        if await team.get(Contractor, user_id=world.id(who)):
            await arm(desk, world.id(who), contractor=True)
        else:
            await arm(desk, world.id(who), manager=True)


def _away(world: World, who: str, first: date, last: date) -> Away:
    at = world.clock.now()
    about: dict[str, Any] = {"user_id": world.id(who), "first": first, "last": last, "kind": "off"}
    return Away(team_id=world.bot.team_id, planned_at=at, planned_by=world.id(who), **about)


@pytest.fixture
async def friday(world: World) -> World:
    """Ana has logged three days, and it is Friday, 16:01 for her."""
    await world.until("2026-11-25T17:00", "ana")
    await logs_a_week(world)
    await world.until("2026-11-27T16:01", "ana")
    return world


# Friday -----------------------------------------------------------------------------------------


async def test_on_friday_at_four_the_contractor_sees_the_week_and_is_asked(world: World) -> None:
    await world.until("2026-11-25T17:00", "ana")
    await logs_a_week(world)
    await world.until("2026-11-27T15:59", "ana")
    assert not [said for said in await world.reads("ana") if "how your week felt" in said]
    await world.until("2026-11-27T16:01", "ana")
    question = await asked(world, "ana")
    assert "Does this reflect how your week felt?" in words(question)
    assert "13 h 30 of 30 h in your log" in words(question)
    kinds = [block["type"] for block in question["blocks"]]
    assert kinds[:3] == ["section", "table", "data_visualization"]
    assert sum(kind in ("table", "data_visualization") for kind in kinds) == 2
    assert check_blocks(question["blocks"], "message") == []
    for label in ("Yes", "Mostly", "No, let me say", "Open"):
        assert label in words(question).split("\n")


async def test_the_table_has_days_and_kinds_of_work_with_totals(friday: World) -> None:
    grid = next(block for block in (await asked(friday, "ana"))["blocks"] if block["type"] == "table")
    cells = [[cell["text"] for cell in row] for row in grid["rows"]]
    assert cells[0] == ["Day", "Build", "Review", "Meetings", "Total"]
    assert cells[1] == ["Mon 23", "6 h", "–", "–", "6 h"]
    assert cells[4] == ["Thu 26", "–", "–", "–", "–"]
    assert cells[8] == ["Total", "6 h", "5 h 30", "2 h", "13 h 30"]


@pytest.mark.parametrize(("action", "felt"), [("audit.yes", "yes"), ("audit.mostly", "mostly")])
async def test_one_press_is_enough(friday: World, action: str, felt: str) -> None:
    await friday.press("ana", action, DM)
    answer = await asked(friday, "ana")
    assert f"you said “{felt.capitalize()}”" in words(answer)
    assert "Your manager has not looked at it yet" in words(answer)
    assert not {"audit.yes", "audit.mostly", "audit.no"} & set(actions(answer))
    found = await kept(friday, "ana")
    assert (found.felt, found.minutes, found.words) == (felt, 810, "")


async def test_a_no_comes_with_words_and_the_rest_can_follow(friday: World) -> None:
    await friday.press("ana", "audit.no", DM)
    modal = await friday.modal("ana")
    assert modal is not None
    answer = await friday.submit("ana", felt="no", words="  ", focus="yes", heavy="")
    assert "in a few words" in answer["errors"]["words"]
    assert await audit_of(friday, "ana") is not None
    assert (await kept(friday, "ana")).answered_at is None
    await friday.submit(
        "ana", felt="no", words="Two days of waiting <!here>\nare missing", focus="no", heavy="Approvals in three tools"
    )
    found = await kept(friday, "ana")
    assert (found.felt, found.focus, found.heavy) == ("no", "no", "Approvals in three tools")
    said = words(await asked(friday, "ana"))
    assert "you said “No”" in said
    assert "> Two days of waiting &lt;!here&gt;" in said
    assert "focus time: does not look right" in said
    assert "heavy: Approvals in three tools" in said


async def test_what_was_pressed_can_be_said_more_fully_later(friday: World) -> None:
    await friday.press("ana", "audit.mostly", DM)
    await friday.press("ana", "audit.open", DM)
    modal = await friday.modal("ana")
    assert modal is not None
    assert "initial_option" in str(modal["blocks"])
    await friday.submit("ana", felt="mostly", words="", pick="Build")
    assert "heavy: Build" in words(await asked(friday, "ana"))
    await friday.press("ana", "audit.open", DM)
    await friday.submit("ana", felt="mostly", words="", heavy="Build")
    modal = await friday.modal("ana")
    assert modal is not None
    assert "You had said so already" in words(modal)


async def test_who_is_off_on_friday_is_asked_on_the_last_day_they_work(world: World) -> None:
    await away(world, "ana", date(2026, 11, 27), date(2026, 11, 27))
    await world.until("2026-11-26T15:59", "ana")
    assert await audit_of(world, "ana") is None
    await world.until("2026-11-26T16:01", "ana")
    assert "How was your week?" in words(await asked(world, "ana"))
    await world.until("2026-11-29T23:00", "ana")
    assert len([one for one in await world.reads("ana") if "How was your week?" in one]) == 1


async def test_a_public_holiday_on_friday_moves_it_too(sqlite_url: str) -> None:
    world = await World.begin(sqlite_url, at=datetime.fromisoformat("2026-12-21T12:00+00:00"), contractors=())
    await world.add_contractor("ana", country="BR")
    await world.until("2026-12-24T16:01", "ana")  # the 25th is a Friday
    found = await kept(world, "ana", date(2026, 12, 21))
    assert found.asked_at is not None
    await world.end()


async def test_a_whole_week_off_is_not_asked_about_by_anybody(world: World) -> None:
    await away(world, "ana", MONDAY, date(2026, 11, 27))
    await away(world, "jun", MONDAY, date(2026, 11, 27))
    await world.until("2026-12-01T00:00")
    assert await audit_of(world, "ana") is None
    assert await overview(world) == ""


async def test_a_week_without_a_log_is_asked_about_kindly(world: World) -> None:
    await world.until("2026-11-27T16:01", "ana")
    question = await asked(world, "ana")
    said = words(question)
    assert "Nothing is in your log for Mon 23 Nov" in said
    assert "Nothing is wrong with a quiet week" in said
    assert "log.more" in actions(question)
    assert "table" not in [block["type"] for block in question["blocks"]]
    await world.press("ana", "audit.yes", DM, containing="empty week")
    assert (await kept(world, "ana")).felt == "yes"


async def test_somebody_paused_is_left_alone(world: World) -> None:
    await world.types("bruno", "/contractor pause @ana")
    await world.until("2026-12-01T00:00")
    assert await audit_of(world, "ana") is None
    assert "Ana" not in await overview(world)


async def test_a_path_that_starts_in_the_middle_of_a_week_is_asked_on_its_first_friday(sqlite_url: str) -> None:
    world = await World.begin(sqlite_url, contractors=())
    await world.add_contractor("ana", path=True, start_date=date(2026, 11, 25))
    await world.until("2026-11-27T16:01", "ana")
    assert (await kept(world, "ana")).asked_at is not None
    await world.end()


# Monday morning: the last call --------------------------------------------------------------------


async def test_the_last_call_comes_once_on_monday_morning(friday: World) -> None:
    await friday.until("2026-11-30T08:59", "ana")
    assert not [said for said in await friday.reads("ana") if "last look before the week closes" in said]
    await friday.until("2026-11-30T20:50", "ana")
    assert len([said for said in await friday.reads("ana") if "last look before the week closes" in said]) == 1
    await friday.press("ana", "audit.yes", DM, containing="last look")
    said = await friday.reads("ana")
    assert not [one for one in said if "last look" in one], "both messages follow"
    assert len([one for one in said if "you said “Yes”" in one]) == 2


async def test_who_has_answered_hears_no_last_call(friday: World) -> None:
    await friday.press("ana", "audit.yes", DM)
    await friday.until("2026-12-01T00:00")
    assert not [said for said in await friday.reads("ana") if "last look" in said]


async def test_who_is_off_on_monday_hears_no_last_call(friday: World) -> None:
    await away(friday, "ana", date(2026, 11, 30), date(2026, 11, 30))
    await friday.until("2026-12-01T00:00")
    assert not [said for said in await friday.reads("ana") if "last look" in said]


# Monday: the manager ------------------------------------------------------------------------------


async def test_on_monday_the_manager_sees_everybody_before_the_week_closes(friday: World) -> None:
    await friday.press("ana", "audit.no", DM)
    await friday.submit("ana", felt="no", words="Two days of waiting are missing", focus="no", heavy="Approvals")
    await friday.until("2026-11-30T09:59", "bruno")
    assert await overview(friday) == ""
    await friday.until("2026-11-30T10:01", "bruno")
    message = next(one for one in await friday.sees("bruno", DM) if "How the week felt" in words(one))
    said = words(message)
    assert "1 no, 1 not answered" in said
    assert "> Two days of waiting are missing" in said
    assert said.index("13 h 30 of 30 h") < said.index("not answered yet")
    grid = next(block for block in message["blocks"] if block["type"] == "table")
    cells = [[cell["text"] for cell in row] for row in grid["rows"]]
    assert cells[0] == ["Name", "Logged", "Felt", "Focus time", "Heavy"]
    assert cells[1] == ["Ana Reis", "13 h 30 of 30 h", "No", "does not look right", "Approvals"]
    assert cells[2][2] == "not answered"
    assert check_blocks(message["blocks"], "message") == []
    for label in ("Look", "Talk in 1:1", "Seen"):
        assert label in said
    talk = [one for block in message["blocks"] for one in block.get("elements", ()) if "Talk" in str(one)]
    assert talk[0]["action_id"] == "oneonone.add_about"
    assert talk[0]["value"] == f"audit:{friday.id('ana')}:2026-11-23"
    assert (await kept(friday, "ana")).shown_at is not None


async def test_the_managers_message_follows_later_answers_in_place(friday: World) -> None:
    await friday.until("2026-11-30T10:01", "bruno")
    assert "2 not answered" in await overview(friday)
    await friday.until("2026-11-30T15:00", "bruno")
    await friday.press("ana", "audit.mostly", DM)
    said = await overview(friday)
    assert "1 mostly, 1 not answered" in said
    assert "“Mostly”" in said


async def test_seen_is_seen_by_the_contractor_and_a_change_takes_it_back(friday: World) -> None:
    await friday.press("ana", "audit.yes", DM)
    await friday.until("2026-11-30T10:01", "bruno")
    await friday.press("bruno", "audit.seen", DM)
    found = await kept(friday, "ana")
    assert found.seen_by == friday.id("bruno")
    assert f"<@{friday.id('bruno')}> has looked at it" in words(await asked(friday, "ana"))
    assert "has looked." in await overview(friday)
    assert "audit.seen" not in str(await friday.sees("bruno", DM))
    await friday.press("ana", "audit.open", DM)
    await friday.submit("ana", felt="mostly", words="On second thought")
    assert "has not looked at it yet" in words(await asked(friday, "ana"))
    assert "On second thought" in await overview(friday)
    assert "audit.seen" in str(await friday.sees("bruno", DM))


async def test_look_opens_the_week_as_lists_and_leads_to_others(friday: World) -> None:
    await friday.press("ana", "audit.mostly", DM)
    await friday.until("2026-11-30T10:01", "bruno")
    await friday.press("bruno", "audit.open", DM)
    modal = await friday.modal("bruno")
    assert modal is not None
    said = words(modal)
    assert "*Mon 23 Nov* · 6 h\n6 h · Build · landing page · #acme" in said
    assert "*Thu 26 Nov* · nothing" in said
    assert "audit.day" not in actions(modal)
    assert "submit" not in modal or not modal["submit"]
    await friday.press("bruno", "audit.seen")
    modal = await friday.modal("bruno")
    assert modal is not None
    assert "has looked." in words(modal)
    await friday.press("bruno", "audit.earlier")
    modal = await friday.modal("bruno")
    assert modal is not None
    assert "Mon 16 Nov – Sun 22 Nov" in words(modal)
    assert "not answered yet" in words(modal)
    await friday.press("bruno", "audit.later")
    modal = await friday.modal("bruno")
    assert modal is not None
    assert "Mon 23 Nov – Sun 29 Nov" in words(modal)


async def test_a_manager_whose_monday_is_off_sees_it_on_friday_and_it_fills_itself(world: World) -> None:
    await away(world, "bruno", date(2026, 11, 30), date(2026, 11, 30))
    await world.until("2026-11-27T16:59", "bruno")
    assert await overview(world) == ""
    await world.until("2026-11-27T17:01", "bruno")
    assert "not answered" in await overview(world)
    await world.until("2026-11-27T16:30", "ana")
    await world.press("ana", "audit.yes", DM)
    assert "1 yes" in await overview(world)
    await world.until("2026-12-01T00:00")
    assert await overview(world)  # and there is still one message only


async def test_manila_is_asked_on_its_friday_and_new_york_sees_it_before_the_lock(sqlite_url: str) -> None:
    world = await World.begin(sqlite_url, contractors=())
    await world.add_contractor("jun", "olivia")
    await world.until("2026-11-27T16:01", "jun")
    assert (await kept(world, "jun")).asked_at == datetime.fromisoformat("2026-11-27T08:00+00:00")
    await world.until("2026-11-30T09:01", "jun")
    assert [said for said in await world.reads("jun") if "last look before the week closes" in said]
    await world.until("2026-11-30T09:59", "olivia")
    assert await overview(world, "olivia") == ""
    await world.until("2026-11-30T10:01", "olivia")  # 15:01 UTC, nine hours before the lock
    assert "not answered" in await overview(world, "olivia")
    await world.until("2026-12-01T07:30", "jun")  # still open: it is 23:30 UTC on Monday
    await world.press("jun", "audit.yes", DM, containing="last look")
    assert "1 yes" in await overview(world, "olivia")
    await world.end()


async def test_a_single_channel_guest_has_buttons_and_a_word(world: World) -> None:
    await world.until("2026-11-27T16:01", "jun")
    await world.press("jun", "audit.no", DM)
    await world.submit("jun", felt="no", words="The log misses my reviews")
    assert (await kept(world, "jun")).words == "The log misses my reviews"
    await world.close("jun")
    await world.types("jun", "audit", DM)
    await world.press("jun", "audit.open", DM, containing="I need a form for this")
    modal = await world.modal("jun")
    assert modal is not None
    assert "The log misses my reviews" in words(modal)


# Corrections --------------------------------------------------------------------------------------


async def test_a_later_change_of_the_log_is_told_to_both(friday: World) -> None:
    await friday.press("ana", "audit.yes", DM)
    await friday.until("2026-11-30T10:01", "bruno")
    await friday.press("bruno", "audit.seen", DM)
    await friday.until("2026-11-30T15:00", "bruno")
    await friday.types("ana", "/log fri 2h handover @admin")
    said = "orrected after the answer: 13 h 30 → 15 h 30"
    assert said in words(await asked(friday, "ana"))
    assert said in await overview(friday)
    found = await kept(friday, "ana")
    assert (found.minutes, found.corrected_at is not None, found.seen_at) == (810, True, None)
    await friday.press("ana", "audit.open", DM)
    await friday.submit("ana", felt="yes")
    assert said not in await overview(friday)
    assert (await kept(friday, "ana")).minutes == 930


async def test_logging_another_week_corrects_nothing(friday: World) -> None:
    await friday.press("ana", "audit.yes", DM)
    await friday.until("2026-11-30T15:00", "bruno")
    await friday.types("ana", "/log 2h planning @meetings")
    assert (await kept(friday, "ana")).corrected_at is None


async def test_the_question_itself_follows_the_log_until_it_is_answered(friday: World) -> None:
    await friday.until("2026-11-27T17:00", "ana")
    await friday.types("ana", "/log 2h handover @admin")
    assert "15 h 30 of 30 h in your log. Yes" in words(await asked(friday, "ana"))
    assert (await kept(friday, "ana")).corrected_at is None


async def test_a_day_is_corrected_from_the_form_and_what_was_filled_in_stays(friday: World) -> None:
    await friday.press("ana", "audit.no", DM)
    await friday.choose("ana", "words", "Monday was longer")
    modal = await friday.modal("ana")
    assert modal is not None
    monday = next(one for one in modal["blocks"] if one.get("accessory", {}).get("value") == "2026-11-23")
    form = modal["id"]
    press = {"as": "ana", "view": form, "action_id": "audit.day", "block_id": monday["block_id"]}
    await friday.does("press", **press)
    page = await friday.modal("ana")
    assert page is not None
    assert "landing page" in words(page)
    await friday.press("ana", "log.edit")
    await friday.submit("ana", length="7h")
    top = await friday.modal("ana")
    assert top is not None
    if top["id"] != form:
        await friday.close("ana")
    top = await friday.modal("ana")
    assert top is not None
    assert top["id"] == form
    assert "Monday was longer" in str(top)
    async with friday.bot.database.team(friday.bot.team_id) as team:
        rows = await log.between(team, friday.id("ana"), MONDAY, MONDAY)
        assert [row.minutes for row in rows] == [420]


async def test_after_the_lock_a_no_asks_the_manager_as_the_log_does(friday: World) -> None:
    await friday.until("2026-12-01T10:00", "ana")
    await friday.press("ana", "audit.no", DM)
    await friday.submit("ana", felt="no", words="Friday is missing")
    modal = await friday.modal("ana")
    assert modal is not None
    assert "ask your manager to open it again" in words(modal)
    await friday.press("ana", "log.ask_reopen")
    await friday.press("bruno", "log.reopen", DM)
    await friday.until("2026-12-01T11:00", "ana")
    await friday.types("ana", "/log 27 nov 3h handover @admin")
    assert "orrected after the answer: 13 h 30 → 16 h 30" in words(await asked(friday, "ana"))
    assert "corrected after the answer: 13 h 30 → 16 h 30" in await overview(friday)


# Asking by oneself, and who may -------------------------------------------------------------------


async def test_a_contractor_opens_their_weeks_at_any_time(world: World) -> None:
    await world.until("2026-11-25T12:00", "ana")
    await world.types("ana", "/circle audit")
    modal = await world.modal("ana")
    assert modal is not None
    assert "Mon 23 Nov – Sun 29 Nov" in words(modal)
    assert "audit.later" not in actions(modal), "the future is not asked about"
    await world.press("ana", "audit.earlier")
    modal = await world.modal("ana")
    assert modal is not None
    assert "This week is closed" in words(modal)
    assert "log.ask_reopen" in actions(modal)
    await world.submit("ana", felt="mostly", words="Looking back")
    assert (await kept(world, "ana", date(2026, 11, 16))).felt == "mostly"
    await world.close("ana")
    await world.until("2026-11-27T16:30", "ana")
    await world.types("ana", "/circle audit")
    await world.submit("ana", felt="yes")
    assert (await kept(world, "ana")).felt == "yes"


async def test_who_answers_beforehand_is_not_asked(world: World) -> None:
    await world.until("2026-11-27T12:00", "ana")
    await world.types("ana", "/circle audit")
    await world.submit("ana", felt="yes")
    await world.until("2026-11-27T23:00", "ana")
    assert not [said for said in await world.reads("ana") if "How was your week?" in said]


async def test_a_manager_asks_by_name_or_for_everybody(friday: World) -> None:
    await friday.types("bruno", "/contractor audit @ana")
    modal = await friday.modal("bruno")
    assert modal is not None
    assert "Mon 23 Nov – Sun 29 Nov" in words(modal)
    await friday.close("bruno")
    await friday.types("bruno", "/circle audit")
    modal = await friday.modal("bruno")
    assert modal is not None
    assert "2 contractors: 2 not answered" in words(modal)
    await friday.close("bruno")
    await friday.types("bruno", "/contractor audit somebody")
    assert "Say whose week" in await friday.last("bruno", "#acme")


@pytest.mark.parametrize("who", ["olivia", "lena", "jun", "noor"])
async def test_nobody_else_reads_it_not_even_an_admin_or_the_buddy(friday: World, who: str) -> None:
    where, command = (DM, "contractor audit @ana") if who == "jun" else ("#general", "/contractor audit @ana")
    await friday.types(who, command, where)
    assert "between a contractor and their manager" in await friday.last(who, where)
    assert await friday.modal(who) is None


async def answer_as(world: World, who: str, action: str, value: str, **more: Any) -> str:
    """Send what nobody was shown, as somebody; gives the sentence of the refusal."""
    handler = next(route.handler for route in ROUTES if route.name == action)
    async with world.bot.database.team(world.bot.team_id) as team:
        desk: Desk = world.bot.workshop.desk(team)
        kind = Kind.FORM if action == "audit.form" else Kind.ACTION
        call = Call(kind, action, team.team_id, world.id(who), value=value, **more)
        with pytest.raises(Sorry) as refused:
            await handler(call, desk)
    return str(refused.value)


@pytest.mark.parametrize(
    "action", ["audit.yes", "audit.mostly", "audit.no", "audit.seen", "audit.open", "audit.earlier"]
)
@pytest.mark.parametrize("who", ["olivia", "lena", "jun"])
async def test_forged_buttons_are_refused(friday: World, who: str, action: str) -> None:
    record = f"{friday.id('ana')}:2026-11-23"
    assert "between a contractor and their manager" in await answer_as(friday, who, action, record)
    assert (await kept(friday, "ana")).answered_at is None


async def test_a_manager_answers_for_nobody_and_a_contractor_looks_for_nobody(friday: World) -> None:
    record = f"{friday.id('ana')}:2026-11-23"
    for action in ("audit.yes", "audit.no"):
        assert "between a contractor and their manager" in await answer_as(friday, "bruno", action, record)
    memo = {"memo": f"|{record}", "fields": {"felt": "yes"}}
    assert "between a contractor and their manager" in await answer_as(friday, "bruno", "audit.form", "", **memo)
    assert "your own week" in await answer_as(friday, "ana", "audit.seen", record)


@pytest.mark.parametrize("day", ["2026-11-30", "2031-01-06", "2026-10-26", "0001-01-01", "9999-12-31", "soon", ""])
async def test_weeks_out_of_reach_are_refused(friday: World, day: str) -> None:
    said = await answer_as(friday, "ana", "audit.yes", f"{friday.id('ana')}:{day}")
    assert "I can't show that week" in said


async def test_a_manager_who_chose_other_days_is_shown_it_on_one_of_theirs(world: World) -> None:
    async with world.bot.database.team(world.bot.team_id) as team:
        team.add(Quiet(team_id=team.team_id, user_id=world.id("bruno"), weekdays="1,2,3"))
        await team.session.flush()
        await arm(world.bot.workshop.desk(team), world.id("bruno"), manager=True)
    await world.until("2026-11-26T16:59", "bruno")
    assert await overview(world) == ""
    await world.until("2026-11-26T17:01", "bruno")
    assert "2 not answered" in await overview(world)


async def test_somebody_who_has_left_is_not_in_it(friday: World) -> None:
    async with friday.bot.database.team(friday.bot.team_id) as team:
        person = await team.get(Person, user_id=friday.id("ana"))
        assert person is not None
        person.deactivated = True
    await friday.until("2026-11-30T10:01", "bruno")
    assert "1 not answered" in await overview(friday)
