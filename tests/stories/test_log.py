"""Logging time, told from the front door: a line, a form, a stopwatch, the week, the reminder."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import col, select

from handlers import log, log_reminder
from handlers.contract import Call, Desk, Due, Kind, OpenModal, Reply, Say
from playbook import load as playbook
from playbook.sorry import Sorry
from storage import log as store
from storage.database import Database, Team
from storage.outbox import Redraw
from storage.tables import Contractor, Draft, LogEntry, Person, Timer
from tests.world import MONDAY_NOON, World, actions, has_action, words

PAID = "What you are paid by"


async def entries(world: World, *, undone: bool = False) -> list[LogEntry]:
    """Read what is stored, oldest first."""
    async with world.bot.database.reading() as session:
        query = select(LogEntry).where(col(LogEntry.undone).is_(undone)).order_by(col(LogEntry.created_at))
        return list((await session.exec(query)).all())


async def rows(world: World, table: type[Any]) -> list[Any]:
    async with world.bot.database.reading() as session:
        return list((await session.exec(select(table))).all())


def block(message: dict[str, Any], kind: str) -> dict[str, Any]:
    found: dict[str, Any] = next(block for block in message["blocks"] if block["type"] == kind)
    return found


# One line ---------------------------------------------------------------------------------------


async def test_one_line_is_stored_and_answered_with_totals(world: World) -> None:
    await world.types("ana", "/log 2h30 landing page #acme @build https://loom.com/share/1")
    said = await world.last("ana")
    assert "2 h 30 · Build · landing page · #acme" in said
    assert "today 2 h 30 of 6 h" in said
    assert "week 2 h 30 of 30 h" in said
    assert "loom.com" in said
    [entry] = await entries(world)
    assert (entry.minutes, entry.category, entry.project) == (150, "build", "acme")
    assert entry.links == "https://loom.com/share/1"
    message = (await world.sees("ana"))[-1]
    assert actions(message) == ["log.edit", "log.undo", "log.more"]
    assert await world.sees("bruno") == [], "the answer is for the asker only"


async def test_the_paid_record_is_mentioned_once(world: World) -> None:
    await world.types("ana", "/log 1h review")
    assert PAID in await world.last("ana")
    await world.types("ana", "/log undo")
    await world.types("ana", "/log 1h review")
    assert PAID not in await world.last("ana")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("2.5h", "2 h 30"),
        ("2,5", "2 h 30"),
        ("150m", "2 h 30"),
        ("2:30", "2 h 30"),
        ("yesterday 9-12:30 checkout @review", "3 h 30 · yesterday · Review · checkout"),
        ("mon 45m standup @meetings", "45 min · Meetings · standup"),
        ("@learning course notes 1h #acme", "1 h · Learning · course notes · #acme"),
        ("20 nov 3h admin @admin", "3 h · Fri 20 Nov · Admin"),
    ],
)
async def test_lengths_days_and_tags_in_any_order(world: World, typed: str, shown: str) -> None:
    await world.types("ana", f"/log {typed}")
    assert shown in await world.last("ana")


async def test_several_entries_in_one_go_are_kept_and_undone_together(world: World) -> None:
    await world.types("ana", "/log 2h review; 1h30 build")
    assert [entry.minutes for entry in await entries(world)] == [120, 90]
    assert "today 3 h 30 of 6 h" in await world.last("ana")
    await world.press("ana", "log.undo", "#acme")
    assert await entries(world) == []


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("landing page for the fair", "landing page for the fair"),
        ("2h @nonsense landing page", "landing page"),
        ("30h landing page", "landing page"),
        ("tomorrow 2h landing page", "landing page"),
    ],
)
async def test_what_cannot_be_taken_opens_the_form_with_what_was(world: World, typed: str, kept: str) -> None:
    await world.types("ana", f"/log {typed}")
    modal = await world.modal("ana")
    assert modal is not None
    assert kept in words(modal)
    assert "invalid" not in words(modal).lower()
    assert await entries(world) == []


async def test_a_project_that_is_only_near_is_asked_about(world: World) -> None:
    await world.types("ana", "/log 2h #acmee review")
    modal = await world.modal("ana")
    assert modal is not None
    assert "acme?" in words(modal)
    await world.submit("ana")
    assert [entry.project for entry in await entries(world)] == ["acmee"], "a new name is allowed"


async def test_a_new_project_is_simply_taken(world: World) -> None:
    await world.types("ana", "/log 2h #zephyr")
    assert "#zephyr" in await world.last("ana")


@pytest.mark.parametrize(
    "note",
    [
        "<!channel> hello",
        "@channel and @here",
        "`rm -rf /` *bold* _it_ ~no~",
        "'; DROP TABLE log_entry; --",
        "🎉🎉 party 👩‍👩‍👧",
        "مرحبا بالعالم",
        "\u202egnp.exe \x00 zero",
        "<https://evil.example|click me> & <b>",
        "&lt;!here&gt; twice &amp;amp;",
    ],
)
async def test_nothing_that_is_typed_can_ping_or_break(world: World, note: str) -> None:
    await world.types("ana", f"/log 2h {note}")
    modal = await world.modal("ana")
    if modal is not None:
        await world.submit("ana")
    said = (await world.sees("ana"))[-1]
    assert "2 h" in words(said)
    for alive in ("<!channel", "<!here", "<!everyone", "<@U", "\x00", "\u202e"):
        assert alive not in words(said)
    assert len(await entries(world)) == 1
    await world.types("ana", "/log today")
    assert block((await world.sees("ana"))[-1], "table")["rows"]


async def test_somebody_mentioned_in_a_note_is_named_not_called(world: World) -> None:
    await world.types("ana", f"/log 2h pairing with <@{world.id('bruno')}>")
    said = words((await world.sees("ana"))[-1])
    assert "<@" not in said
    assert "pairing with @Bruno Vidal" in said


async def test_a_note_that_is_too_long_comes_back_whole_in_the_form(world: World) -> None:
    long = "word " * 100
    await world.types("ana", f"/log 2h {long}")
    modal = await world.modal("ana")
    assert modal is not None
    assert long.strip() in words(modal)
    answer = await world.submit("ana")
    assert "note" in answer["errors"]
    answer = await world.submit("ana", note="short now")
    assert not answer.get("errors")
    assert [entry.note for entry in await entries(world)] == ["short now"]


# Guards -----------------------------------------------------------------------------------------


async def test_a_day_has_twenty_four_hours(world: World) -> None:
    await world.types("ana", "/log yesterday 15h build")
    await world.types("ana", "/log yesterday 9h review")
    await world.types("ana", "/log yesterday 1m review")
    modal = await world.modal("ana")
    assert modal is not None
    assert "24 h" in words(modal)
    assert sum(entry.minutes for entry in await entries(world)) == 24 * 60


async def test_ranges_do_not_overlap_but_may_touch(world: World) -> None:
    await world.types("ana", "/log yesterday 9-12 build")
    await world.types("ana", "/log yesterday 12-13 review")
    assert len(await entries(world)) == 2
    await world.types("ana", "/log yesterday 11:30-12:30 build")
    modal = await world.modal("ana")
    assert modal is not None
    assert "09:00" in words(modal)
    answer = await world.submit("ana")
    assert "length" in answer["errors"]
    assert len(await entries(world)) == 2


async def test_midnight_splits_by_the_persons_own_clock(world: World) -> None:
    await world.types("ana", "/log 20 nov 22-1:30 release")
    first, second = await entries(world)
    assert (str(first.day), first.minutes) == ("2026-11-20", 120)
    assert (str(second.day), second.minutes) == ("2026-11-21", 90)
    await world.press("ana", "log.undo", "#acme")
    assert await entries(world) == []


# The form ---------------------------------------------------------------------------------------


async def test_the_form_takes_five_rows_and_keeps_what_is_typed(world: World) -> None:
    await world.types("ana", "/log")
    await world.choose("ana", "length", "2h")
    await world.choose("ana", "note", "first")
    for _ in range(4):
        await world.press("ana", "log.another_row")
    modal = await world.modal("ana")
    assert modal is not None
    assert not has_action(modal, "log.another_row"), "five rows are the most"
    values = modal["state"]["values"]
    assert values["length"]["length"]["value"] == "2h"
    await world.submit("ana", length_2="90m", note_2="second", category_2="review", feel="good")
    assert [(entry.minutes, entry.note, entry.feel) for entry in await entries(world)] == [
        (120, "first", "good"),
        (90, "second", ""),
    ]
    said = await world.last("ana")
    assert "2 h · first" in said
    assert "1 h 30 · Review · second" in said


async def test_mistakes_are_told_under_their_fields_and_nothing_is_lost(world: World) -> None:
    await world.types("ana", "/log")
    answer = await world.submit("ana", length="a while", note="checkout")
    assert set(answer["errors"]) == {"length"}
    answer = await world.submit("ana", length="17h")
    assert "16 h" in answer["errors"]["length"]
    answer = await world.submit("ana", length="2h", day="2026-11-24")
    assert set(answer["errors"]) == {"day"}
    answer = await world.submit("ana", day="2026-11-22")
    assert not answer.get("errors")
    [entry] = await entries(world)
    assert (entry.note, entry.minutes, str(entry.day)) == ("checkout", 120, "2026-11-22")


async def test_a_mistake_in_a_further_row_is_told_there(world: World) -> None:
    await world.types("ana", "/log")
    await world.press("ana", "log.another_row")
    answer = await world.submit("ana", length="1h", note_2="without a length")
    assert set(answer["errors"]) == {"length_2"}
    assert await entries(world) == []


async def test_the_form_remembers_project_and_kind(world: World) -> None:
    await world.types("ana", "/log 2h #zephyr @research papers")
    await world.types("ana", "/log")
    await world.submit("ana", length="1h")
    assert "1 h · Research · #zephyr" in await world.last("ana")


async def test_projects_are_offered_recent_first_and_new_ones_allowed(world: World) -> None:
    await world.types("ana", "/log yesterday 2h #zephyr")
    await world.types("ana", "/log 2h #borealis")
    await world.types("ana", "/log")
    modal = await world.modal("ana")
    assert modal is not None

    async def offered(typed: str) -> list[str]:
        answer = await world.ask(
            "POST", "options", {"as": "ana", "view": modal["id"], "action_id": "project", "value": typed}
        )
        return [option["value"] for option in answer["options"]]

    assert await offered("") == ["borealis", "zephyr", "acme"]
    assert await offered("zep") == ["zephyr", "zep"]
    assert await offered("acme") == ["acme"]


async def test_a_closed_form_is_there_again_the_same_day(world: World) -> None:
    await world.types("ana", "/log")
    await world.choose("ana", "note", "half a thought")
    await world.close("ana")
    await world.types("ana", "/log")
    modal = await world.modal("ana")
    assert modal is not None
    assert "half a thought" in words(modal)
    await world.submit("ana", length="1h")
    assert await rows(world, Draft) == []
    await world.types("ana", "/log")
    again = await world.modal("ana")
    assert again is not None
    assert "half a thought" not in words(again)


async def test_a_draft_is_forgotten_after_a_day(world: World) -> None:
    await world.types("ana", "/log")
    await world.choose("ana", "note", "half a thought")
    await world.close("ana")
    await world.until("2026-11-24T13:00")
    await world.types("ana", "/log")
    modal = await world.modal("ana")
    assert modal is not None
    assert "half a thought" not in words(modal)


async def test_the_shortcut_opens_the_form_and_answers_in_it(world: World) -> None:
    await world.shortcut("ana", "log.shortcut")
    await world.submit("ana", length="2h", note="from the shortcut")
    modal = await world.modal("ana")
    assert modal is not None
    assert "from the shortcut" in words(modal)
    await world.press("ana", "log.undo")
    assert await entries(world) == []


# Changing ---------------------------------------------------------------------------------------


async def test_edit_changes_the_entry_in_place(world: World) -> None:
    await world.types("ana", "/log yesterday 9-11 drawing #acme")
    await world.press("ana", "log.edit", "#acme")
    modal = await world.modal("ana")
    assert modal is not None
    assert "09:00-11:00" in words(modal)
    await world.submit("ana", length="9-12", note="drawing and review")
    [entry] = await entries(world)
    assert (entry.minutes, entry.note) == (180, "drawing and review")
    said = await world.last("ana")
    assert "Changed" in said
    assert "yesterday 3 h " in said


async def test_edit_offers_todays_entries_when_there_are_several(world: World) -> None:
    await world.types("ana", "/log 1h first")
    await world.types("ana", "/log edit")
    modal = await world.modal("ana")
    assert modal is not None
    assert "first" in words(modal)
    assert has_action(modal, "length")
    await world.close("ana")
    await world.types("ana", "/log 2h second")
    await world.types("ana", "/log edit")
    modal = await world.modal("ana")
    assert modal is not None
    assert "Which entry" in words(modal)
    await world.press("ana", "log.edit")
    await world.submit("ana", note="second, better")
    assert [entry.note for entry in await entries(world)] == ["first", "second, better"]


async def test_an_entry_can_be_removed_from_its_form(world: World) -> None:
    await world.types("ana", "/log 1h first")
    await world.types("ana", "/log edit")
    await world.press("ana", "log.remove")
    assert await entries(world) == []
    modal = await world.modal("ana")
    assert modal is not None
    assert "Undone" in words(modal)


async def test_undo_twice_says_so_and_it_can_be_put_back(world: World) -> None:
    await world.types("ana", "/log 1h first")
    await world.types("ana", "/log 2h second")
    await world.types("ana", "/log undo")
    assert "2 h · second" in await world.last("ana")
    await world.types("ana", "/log undo")
    assert "Already undone" in await world.last("ana")
    assert [entry.note for entry in await entries(world)] == ["first"]
    await world.press("ana", "log.restore", "#acme")
    assert [entry.note for entry in await entries(world)] == ["first", "second"]
    assert "today 3 h of" in await world.last("ana")


async def test_pressing_undo_replaces_the_answer(world: World) -> None:
    await world.types("ana", "/log 1h first")
    before = len(await world.sees("ana"))
    await world.press("ana", "log.undo", "#acme")
    seen = await world.sees("ana")
    assert len(seen) == before
    assert "Undone" in words(seen[-1])
    assert not has_action(seen[-1], "log.undo")


async def test_an_edit_of_an_entry_undone_meanwhile_brings_it_back(world: World) -> None:
    await world.types("ana", "/log 1h first")
    await world.press("ana", "log.edit", "#acme")
    await world.press("ana", "log.undo", "#acme")
    await world.submit("ana", length="2h")
    [entry] = await entries(world)
    assert entry.minutes == 120
    assert "undone" in await world.last("ana")


async def test_nothing_to_undo_edit_or_repeat_is_said_kindly(world: World) -> None:
    for verb in ("undo", "edit", "same", "stop"):
        await world.types("ana", f"/log {verb}")
        assert "/log" in await world.last("ana")
    assert await world.modal("ana") is None


# Same, start, stop ------------------------------------------------------------------------------


async def test_same_repeats_the_last_entry_today(world: World) -> None:
    await world.types("ana", "/log yesterday 9-11 drawing #acme @build")
    await world.types("ana", "/log same")
    await world.types("ana", "/log same 45m")
    _, again, shorter = await entries(world)
    assert (str(again.day), again.minutes, again.note, again.starts_at) == ("2026-11-23", 120, "drawing", None)
    assert (shorter.minutes, shorter.category) == (45, "build")


async def test_the_stopwatch_keeps_what_it_measured(world: World) -> None:
    await world.types("ana", "/log start landing page #acme @build")
    await world.until("2026-11-23T12:20")
    await world.types("ana", "/log start")
    assert "running since" in await world.last("ana")
    await world.until("2026-11-23T13:30")
    await world.press("ana", "log.stop", "#acme")
    assert "1 h 30 · Build · landing page · #acme" in await world.last("ana")
    assert await rows(world, Timer) == []
    await world.types("ana", "/log 9:30-10 review")
    assert await world.modal("ana") is not None, "measured time counts for overlaps"


async def test_a_stopwatch_of_seconds_keeps_running(world: World) -> None:
    await world.types("ana", "/log start")
    await world.types("ana", "/log stop")
    assert "keeps running" in await world.last("ana")
    assert len(await rows(world, Timer)) == 1


async def test_a_forgotten_stopwatch_asks_and_stops_when_answered(world: World) -> None:
    await world.types("ana", "/log start slides")
    await world.until("2026-11-24T20:00")
    await world.types("ana", "/log stop")
    modal = await world.modal("ana")
    assert modal is not None
    assert "32 h" in words(modal)
    assert "slides" in words(modal)
    assert len(await rows(world, Timer)) == 1
    await world.submit("ana", length="5h")
    assert await rows(world, Timer) == []
    assert [entry.minutes for entry in await entries(world)] == [300]


# Looking ----------------------------------------------------------------------------------------


async def test_today_is_a_table_and_a_chart(world: World) -> None:
    await world.types("ana", "/log today")
    assert "Nothing is logged" in await world.last("ana")
    await world.types("ana", "/log 2h landing page #acme @build")
    await world.types("ana", "/log 1h @review")
    await world.types("ana", "/log today")
    message = (await world.sees("ana"))[-1]
    cells = [[cell["text"] for cell in row] for row in block(message, "table")["rows"]]
    assert cells[1:] == [["2 h", "Build", "landing page", "#acme"], ["1 h", "Review", "–", "–"]]
    chart = block(message, "data_visualization")["chart"]
    assert chart["segments"] == [{"label": "Build", "value": 2.0}, {"label": "Review", "value": 1.0}]
    assert "3 h of 6 h" in message["text"]
    options = block(message, "actions")["elements"][0]["options"]
    await world.press("ana", "log.edit", "#acme", option=options[0]["value"])
    assert await world.modal("ana") is not None


async def test_the_week_is_a_table_and_a_chart(world: World) -> None:
    await world.types("ana", "/log fri 3h build")
    await world.types("ana", "/log 2h30 build")
    await world.types("ana", "/log week")
    message = (await world.sees("ana"))[-1]
    assert "2 h 30 of 30 h" in message["text"]
    series = block(message, "data_visualization")["chart"]["series"]
    assert [point["value"] for point in series[0]["data"]] == [2.5, 0, 0, 0, 0, 0, 0]
    assert [point["value"] for point in series[1]["data"]] == [6.0, 6.0, 6.0, 6.0, 6.0, 0, 0]
    await world.types("ana", "/log last week")
    message = (await world.sees("ana"))[-1]
    assert "3 h of 30 h" in message["text"]
    assert len(block(message, "table")["rows"]) == 9


async def test_help_shows_how(world: World) -> None:
    await world.types("noor", "/log help", "#general")
    assert "2h30" in await world.last("noor", "#general")


async def test_somebody_who_is_not_on_the_path_is_told_how_to_get_in(world: World) -> None:
    await world.types("noor", "/log 2h", "#general")
    said = await world.last("noor", "#general")
    assert "path" in said
    assert await entries(world) == []


# A closed week ----------------------------------------------------------------------------------


async def test_a_week_closes_and_the_manager_can_open_it_again(world: World) -> None:
    await world.types("ana", "/log fri 3h build")
    await world.until("2026-11-24T00:00")
    await world.types("ana", "/log 20 nov 2h review")
    modal = await world.modal("ana")
    assert modal is not None
    assert "closed" in words(modal)
    await world.press("ana", "log.ask_reopen")
    page = await world.modal("ana")
    assert page is not None
    assert "I asked" in words(page)
    await world.wakes("bruno")
    request = (await world.sees("bruno", "@app"))[-1]
    assert f"<@{world.id('ana')}>" in request["text"]
    await world.press("bruno", "log.reopen", "@app")
    assert "opened the week" in await world.last("bruno", "@app")
    assert not has_action((await world.sees("bruno", "@app"))[-1], "log.reopen")
    await world.wakes("ana")
    assert "again for you" in await world.last("ana", "@app")
    await world.close("ana")
    answer = await world.submit("ana")
    assert not answer.get("errors")
    assert [entry.minutes for entry in await entries(world)] == [180, 120]


async def test_asking_twice_is_one_request(world: World) -> None:
    await world.until("2026-11-24T01:00")
    for _ in range(2):
        await world.types("ana", "/log 20 nov 2h review")
        await world.press("ana", "log.ask_reopen")
    page = await world.modal("ana")
    assert page is not None
    assert "asked today already" in words(page)
    await world.wakes("bruno")
    assert len(await world.sees("bruno", "@app")) == 1


async def test_entries_of_a_closed_week_are_not_changed(world: World) -> None:
    await world.types("ana", "/log fri 3h build")
    await world.until("2026-11-24T00:00")
    await world.press("ana", "log.undo", "#acme", containing="3 h")
    assert "closed" in await world.last("ana")
    await world.types("ana", "/log edit")
    assert "closed" in await world.last("ana")
    await world.types("ana", "/log undo")
    assert "closed" in await world.last("ana")
    assert len(await entries(world)) == 1
    await world.press("ana", "log.ask_reopen", "#acme")
    assert "I asked" in await world.last("ana")


async def test_a_form_for_a_closed_week_keeps_its_words_and_offers_to_ask(world: World) -> None:
    await world.until("2026-11-24T01:00")
    await world.types("ana", "/log")
    await world.submit("ana", day="2026-11-19", length="2h", note="late thought")
    modal = await world.modal("ana")
    assert modal is not None
    assert modal["state"]["values"]["note"]["note"]["value"] == "late thought"
    assert has_action(modal, "log.ask_reopen")
    assert await entries(world) == []


# The reminder -----------------------------------------------------------------------------------


async def test_one_reminder_at_the_end_of_the_day_and_one_follow_up(world: World) -> None:
    await world.until("2026-11-23T17:29", "ana")
    assert await world.sees("ana", "@app") == []
    await world.until("2026-11-23T17:30", "ana")
    [reminder] = await world.sees("ana", "@app")
    assert actions(reminder) == ["log.now", "log.off", "nudge.done", "nudge.snooze", "nudge.irrelevant"]
    await world.until("2026-11-24T09:29", "ana")
    assert len(await world.sees("ana", "@app")) == 1
    await world.until("2026-11-24T09:30", "ana")
    assert "Mon 23 Nov is still empty" in await world.last("ana", "@app")
    await world.until("2026-11-24T17:00", "ana")
    assert len(await world.sees("ana", "@app")) == 2


async def test_nobody_who_logged_is_reminded(world: World) -> None:
    await world.types("ana", "/log 2h")
    await world.until("2026-11-24T10:00", "ana")
    assert await world.sees("ana", "@app") == []


async def test_weekends_are_silent(world: World) -> None:
    for day in range(23, 28):
        await world.until(f"2026-11-{day}T12:00", "ana")
        await world.types("ana", "/log 2h")
    await world.until("2026-11-30T09:31", "ana")
    said = "\n".join(await world.reads("ana"))
    assert "Nothing is logged for today" not in said
    assert "still empty in your log" not in said


@pytest.mark.parametrize(
    ("button", "told", "follow_up"),
    [("log.off", "not a working day", False), ("nudge.done", "Done", False), ("nudge.irrelevant", "that day", False)],
)
async def test_a_reminder_takes_an_answer(world: World, button: str, told: str, *, follow_up: bool) -> None:
    await world.until("2026-11-23T17:30", "ana")
    await world.press("ana", button, "@app")
    [message] = await world.sees("ana", "@app")
    assert told in words(message)
    await world.until("2026-11-24T09:31", "ana")
    assert (len(await world.sees("ana", "@app")) == 2) is follow_up


async def test_log_now_opens_the_form_for_that_day_and_thanks(world: World) -> None:
    await world.until("2026-11-24T09:31", "ana")
    await world.press("ana", "log.now", "@app")
    modal = await world.modal("ana")
    assert modal is not None
    assert modal["state"]["values"]["day"]["day"]["selected_date"] == "2026-11-23"
    await world.submit("ana", length="6h")
    assert [str(entry.day) for entry in await entries(world)] == ["2026-11-23"]
    letters = [words(message) for message in await world.sees("ana", "@app")]
    assert sum("is logged, thank you" in letter for letter in letters) == 2


async def test_a_reminder_mentions_a_stopwatch_that_still_runs(world: World) -> None:
    await world.types("ana", "/log start slides")
    await world.until("2026-11-23T17:30", "ana")
    assert "stopwatch" in await world.last("ana", "@app")
    await world.press("ana", "log.stop", "@app")
    assert [entry.note for entry in await entries(world)] == ["slides"]


# In a direct message ----------------------------------------------------------------------------


async def test_a_guest_without_commands_logs_in_a_direct_message(world: World) -> None:
    await world.types("jun", "log 2h30 regression round #acme @review", "@app")
    assert "2 h 30 · Review · regression round · #acme" in await world.last("jun", "@app")
    await world.press("jun", "log.undo", "@app")
    assert await entries(world) == []


async def test_what_is_unclear_in_a_direct_message_waits_in_the_form(world: World) -> None:
    await world.types("jun", "log regression round", "@app")
    assert "kept your words" in await world.last("jun", "@app")
    await world.press("jun", "log.finish", "@app")
    modal = await world.modal("jun")
    assert modal is not None
    assert "regression round" in words(modal)
    await world.submit("jun", length="2h")
    assert "2 h · regression round" in await world.last("jun", "@app")
    assert [entry.note for entry in await entries(world)] == ["regression round"]


# As functions -----------------------------------------------------------------------------------

ROUTES = {(route.kind, route.name): route.handler for route in log.ROUTES}


async def people(team: Team, **zones: str) -> None:
    """Put contractors of M into the store, each with a zone."""
    for user_id, zone in {"M": "UTC", "X": "UTC", **zones}.items():
        team.add(Person(team_id="", user_id=user_id, name=user_id, zone=zone))
    for user_id in zones:
        team.add(contractor(user_id))
    await team.session.flush()


def contractor(user_id: str, **changes: Any) -> Contractor:
    values: dict[str, Any] = {
        "manager_id": "M",
        "role": "Designer",
        "project": "acme",
        "start_date": date(2026, 1, 1),
        "weekly_minutes": 1800,
        "weekdays": "0,1,2,3,4",
        "day_start": time(9),
        "day_end": time(17, 30),
        "added_at": MONDAY_NOON,
        "added_by": "M",
    }
    return Contractor(team_id="", user_id=user_id, **(values | changes))


async def mine(desk: Desk) -> list[LogEntry]:
    return list(await store.between(desk.team, "A", date.min, date.max))


async def press(desk: Desk, user_id: str, name: str, value: str) -> Reply:
    call = Call(Kind.ACTION, name, desk.team.team_id, user_id, value=value)
    return await ROUTES[Kind.ACTION, name](call, desk)


async def line(desk: Desk, user_id: str, text: str) -> Reply:
    return await log.typed(Call(Kind.COMMAND, "/log", desk.team.team_id, user_id, text=text), desk)


@contextmanager
def counting(database: Database) -> Iterator[list[str]]:
    """Write down every statement that reaches the store."""
    said: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        said.append(statement)

    engine = database._write.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    yield said
    event.remove(engine, "before_cursor_execute", note)


async def test_one_line_takes_four_statements(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    book = playbook.load()
    async with database.team("T1") as team:
        await people(team, A="UTC")
        await line(Desk(team, book, MONDAY_NOON), "A", "1h first")
    with counting(database) as said:
        async with database.team("T1") as team:
            reply = await line(Desk(team, book, MONDAY_NOON), "A", "2h landing page #acme @build https://x.example")
    await database.close()
    assert isinstance(reply, Say)
    assert len([statement for statement in said if not statement.startswith("BEGIN")]) <= 4


async def test_help_asks_the_store_for_nothing(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    with counting(database) as said:
        async with database.team("T1") as team:
            await line(Desk(team, playbook.load(), MONDAY_NOON), "A", "help")
    await database.close()
    assert said == []


async def test_two_at_once_do_not_go_past_a_days_end(database: Database) -> None:
    async with database.team("T1") as team:
        await people(team, A="UTC")

    async def once() -> Reply:
        async with database.team("T1") as team:
            return await line(Desk(team, playbook.load(), MONDAY_NOON), "A", "yesterday 13h build")

    replies = await asyncio.gather(*(once() for _ in range(4)))
    assert sorted(type(reply).__name__ for reply in replies) == ["OpenModal"] * 3 + ["Say"]


@pytest.mark.parametrize("name", ["log.edit", "log.undo", "log.remove", "log.restore"])
async def test_nobody_touches_somebody_elses_entry(desk: Desk, name: str) -> None:
    await people(desk.team, A="UTC", B="UTC")
    await line(desk, "A", "2h mine")
    [entry] = await mine(desk)
    with pytest.raises(Sorry):
        await press(desk, "B", name, entry.id)
    form = Call(Kind.FORM, "log.form", "T", "B", memo=f"|{entry.id}", fields={"day": "2026-11-23", "length": "9h"})
    with pytest.raises(Sorry):
        await ROUTES[Kind.FORM, "log.form"](form, desk)
    assert [row.minutes for row in await mine(desk)] == [120]


@pytest.mark.parametrize(
    ("who", "value"),
    [
        ("X", "A:2026-W46"),
        ("A", "A:2026-W46"),
        ("B", "A:2026-W46"),
        ("M", "X:2026-W46"),
        ("M", "A:nonsense"),
        ("M", ""),
    ],
)
async def test_only_the_manager_opens_a_week_again(desk: Desk, who: str, value: str) -> None:
    await people(desk.team, A="UTC", B="UTC")
    with pytest.raises(Sorry):
        await press(desk, who, "log.reopen", value)
    assert await store.reopened(desk.team, "A") == frozenset()


@pytest.mark.parametrize("week", ["2026-W48", "9999-W52"])
async def test_a_week_that_is_open_need_not_be_opened(desk: Desk, week: str) -> None:
    await people(desk.team, A="UTC")
    reply = await press(desk, "M", "log.reopen", f"A:{week}")
    assert isinstance(reply, Say)
    assert "still open" in reply.text


async def test_opening_a_week_twice_says_so_both_times(desk: Desk) -> None:
    await people(desk.team, A="UTC")
    for _ in range(2):
        reply = await press(desk, "M", "log.reopen", "A:2026-W46")
        assert isinstance(reply, Say)
        assert "<@A>" in reply.text
    assert await store.reopened(desk.team, "A") == {date(2026, 11, 9)}


@pytest.mark.parametrize(
    ("user", "zone", "now", "due"),
    [
        # Berlin has left summer time, New York not yet.
        ("A", "America/New_York", datetime(2026, 10, 26, 12, tzinfo=UTC), datetime(2026, 10, 26, 21, 30, tzinfo=UTC)),
        ("A", "America/New_York", datetime(2026, 11, 2, 12, tzinfo=UTC), datetime(2026, 11, 2, 22, 30, tzinfo=UTC)),
        ("A", "Europe/Berlin", datetime(2026, 10, 26, 12, tzinfo=UTC), datetime(2026, 10, 26, 16, 30, tzinfo=UTC)),
        # On a Friday evening the next is Monday's.
        ("A", "Asia/Manila", datetime(2026, 11, 27, 9, 30, tzinfo=UTC), datetime(2026, 11, 30, 9, 30, tzinfo=UTC)),
        ("A", "Australia/Lord_Howe", datetime(2026, 11, 23, 0, tzinfo=UTC), datetime(2026, 11, 23, 6, 30, tzinfo=UTC)),
    ],
)
async def test_the_reminder_keeps_to_the_persons_clock(
    desk: Desk, user: str, zone: str, now: datetime, due: datetime
) -> None:
    await people(desk.team, **{user: zone})
    at = Desk(desk.team, desk.playbook, now)
    assert {who: when.due_at for who, when in (await log_reminder.next_reminder(at, [user])).items()} == {user: due}


async def test_nobody_is_reminded_before_they_begin_or_after_they_left(desk: Desk) -> None:
    for user_id, gone in (("A", False), ("B", True)):
        desk.team.add(Person(team_id="", user_id=user_id, name=user_id, zone="UTC", deactivated=gone))
        desk.team.add(contractor(user_id, start_date=date(2026, 12, 1)))
    await desk.team.session.flush()
    whens = await log_reminder.next_reminder(desk, ["A", "B", "nobody"])
    assert {who: when.due_at for who, when in whens.items()} == {"A": datetime(2026, 12, 1, 17, 30, tzinfo=UTC)}
    due = [Due(user_id, MONDAY_NOON, date(2026, 11, 23)) for user_id in ("A", "B", "nobody")]
    assert await log_reminder.remind(desk, due) == []
    assert await log_reminder.follow_up(desk, due) == []


async def test_a_night_shift_may_be_logged_on_either_date(desk: Desk) -> None:
    for user_id in ("A", "B", "C"):
        desk.team.add(Person(team_id="", user_id=user_id, name=user_id, zone="UTC"))
        desk.team.add(contractor(user_id, day_start=time(22), day_end=time(6)))
    await desk.team.session.flush()
    whens = await log_reminder.next_reminder(desk, ["A"])
    assert whens["A"].due_at == datetime(2026, 11, 24, 6, tzinfo=UTC)
    for user_id, day in (("A", date(2026, 11, 23)), ("B", date(2026, 11, 24))):
        await store.write(desk.team, user_id, [{"day": day, "minutes": 60}], desk.now)
    later = Desk(desk.team, desk.playbook, whens["A"].due_at)
    due = [Due(user_id, later.now, whens["A"].day) for user_id in ("A", "B", "C")]
    letters = await log_reminder.remind(later, due)
    assert [letter.key for letter in letters] == ["log.reminder:C:2026-11-23"]  # type: ignore[union-attr]


async def test_many_who_are_due_at_once_take_few_statements(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    ids = [f"U{number}" for number in range(300)]
    async with database.team("T1") as team:
        await people(team, **dict.fromkeys(ids, "Asia/Manila"))
    with counting(database) as said:
        async with database.team("T1") as team:
            desk = Desk(team, playbook.load(), datetime(2026, 11, 23, 9, 30, tzinfo=UTC))
            letters = await log_reminder.remind(desk, [Due(one, desk.now, date(2026, 11, 23)) for one in ids])
    await database.close()
    assert len(letters) == 300
    assert len(said) < 12


@pytest.mark.parametrize(("button", "told"), [("log.mute", "no more about"), ("log.tomorrow", "next working morning")])
async def test_buttons_under_reminders_of_old_are_still_answered(desk: Desk, button: str, told: str) -> None:
    await people(desk.team, A="UTC")
    reply = await press(desk, "A", button, desk.now.date().isoformat())
    assert all(isinstance(post, Redraw) and told in post.text for post in reply.posts)
    assert len(reply.posts) == 2


async def test_an_answer_about_a_day_long_gone_is_refused(desk: Desk) -> None:
    await people(desk.team, A="UTC")
    for value in ("2026-10-01", "2026-12-24", "", "nonsense"):
        with pytest.raises(Sorry):
            await press(desk, "A", "log.off", value)


@pytest.mark.parametrize("value", ["", "nonsense", "2026-13-40", "9999-12-31", "0001-01-01"])
async def test_a_chosen_day_that_makes_no_sense_still_opens_the_form(desk: Desk, value: str) -> None:
    await people(desk.team, A="UTC")
    assert isinstance(await press(desk, "A", "log.day", value), OpenModal)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2020-02-29"])
async def test_days_out_of_reach_are_answered(desk: Desk, day: str) -> None:
    await people(desk.team, A="UTC")
    call = Call(Kind.FORM, "log.form", "T", "A", memo="|", fields={"day": day, "length": "2h"})
    reply = await ROUTES[Kind.FORM, "log.form"](call, desk)
    assert type(reply).__name__ in ("FixFields", "ReplaceModal")
    assert await mine(desk) == []


async def test_an_agreement_of_several_words_is_meant_by_its_first(desk: Desk) -> None:
    desk.team.add(Person(team_id="", user_id="A", name="A", zone="UTC"))
    desk.team.add(contractor("A", project="Acme website", start_date=MONDAY_NOON.date() - timedelta(days=9)))
    await desk.team.session.flush()
    await line(desk, "A", "2h #acme")
    assert [row.project for row in await mine(desk)] == ["Acme website"]


async def test_a_form_calls_nobody_either(world: World) -> None:
    await world.types("ana", "/log")
    await world.submit("ana", length="1h", note=f"<!channel> <@{world.id('bruno')}> <script>")
    assert [entry.note for entry in await entries(world)] == ["@channel @Bruno Vidal <script>"]
    assert "@channel @Bruno Vidal &lt;script&gt;" in await world.last("ana")


@pytest.mark.parametrize(
    "much", ["&" * 3000, "<b>" * 900, "#" + "x" * 2500, "@" + "y" * 2500, "; ".join(["1h x"] * 40)]
)
async def test_however_much_is_typed_there_is_an_answer(world: World, much: str) -> None:
    await world.types("ana", f"/log 2h {much}")
    assert await world.modal("ana") is not None
    await world.close("ana")
    await world.types("ana", f"/log start {much}")
    assert "stopwatch" in await world.last("ana") or await world.modal("ana") is not None


async def test_long_links_leave_room_for_the_answer(world: World) -> None:
    links = " ".join(f"https://x{number}.example/{'a' * 500}" for number in range(5))
    await world.types("ana", f"/log 2h {links}")
    assert "2 h" in await world.last("ana")
    assert len((await entries(world))[0].links.split()) == 5


async def test_a_whole_page_comes_back_in_the_form(world: World) -> None:
    page = " ".join(f"word{number}" for number in range(450))
    await world.types("ana", f"/log 2h {page}")
    modal = await world.modal("ana")
    assert modal is not None
    notes = [field["initial_value"] for field in map(_input, modal["blocks"]) if field.get("multiline") is False]
    assert "".join(notes) == f"2h {page}"


def _input(block: dict[str, Any]) -> dict[str, Any]:
    element: dict[str, Any] = block.get("element", {})
    return element if "initial_value" in element else {}
