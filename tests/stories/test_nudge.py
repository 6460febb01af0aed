"""Nudges, told from the front door: done, put off, not relevant, and how often those come that are left alone."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from handlers import ROUTES
from handlers.contract import Call, Kind
from playbook.load import load
from playbook.sorry import Sorry
from playbook.tongue import first_line
from sandbox.blockkit import check_blocks
from storage import outbox
from storage.outbox import Cancel, Post, Redraw
from storage.rhythm_tables import NudgeRefusal
from storage.tables import Letter
from tests.said import english
from tests.world import World, actions, words

DM = "@app"
EXITS = ["nudge.done", "nudge.snooze", "nudge.irrelevant"]
KIND = "kpi.reminder"
WORDS = english(load().nudge.kinds[KIND])


async def put(world: World, *letters: Post | Redraw | Cancel) -> None:
    """Let the bot have something to say."""
    async with world.bot.database.team(world.bot.team_id) as team:
        await outbox.put(team, letters, world.clock.now(), outbox.CLOCK)
    await world.settle()


async def nudged(world: World, key: str, who: str = "bruno", about: str = "", kind: str = KIND) -> None:
    """Let somebody be nudged."""
    await put(world, Post(key, world.id(who), f"Please look at {key}.\nIt waits.", nudge=kind, about=about))


async def later(world: World, who: str, wish: str, containing: str = "") -> None:
    """Choose from the list Later of the newest nudge."""
    value = next(
        one["value"]
        for message in reversed(await world.sees(who, DM))
        if containing in words(message) and actions(message)
        for block in message["blocks"]
        for element in block.get("elements", ())
        if element.get("action_id") == "nudge.snooze"
        for one in element["options"]
        if one["value"].startswith(wish)
    )
    await world.press(who, "nudge.snooze", DM, option=value, containing=containing)


async def letter(world: World, key: str) -> Letter:
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        found = await outbox.find(team, key)
    assert found is not None
    return found


async def forged(world: World, who: str, action_id: str, value: str) -> None:
    """Press as Slack would tell it, with a value of one's own choice."""
    handler = next(route.handler for route in ROUTES if (route.kind, route.name) == (Kind.ACTION, action_id))
    async with world.bot.database.team(world.bot.team_id) as team:
        call = Call(Kind.ACTION, action_id, world.bot.team_id, world.id(who), value=value)
        await handler(call, world.bot.workshop.desk(team))


# The three ways out -----------------------------------------------------------------------------


async def test_every_nudge_has_three_ways_out(world: World) -> None:
    await nudged(world, "one")
    [message] = await world.sees("bruno", DM)
    assert actions(message) == EXITS
    assert not check_blocks(message["blocks"], "message")
    assert "🙂" not in words(message)
    for label in ("Done", "Later", "In an hour", "Tomorrow", "On Monday", "Not relevant"):
        assert label in words(message).split("\n")


async def test_what_is_no_nudge_has_none(world: World) -> None:
    await put(world, Post("news", world.id("bruno"), "Ana is here."))
    assert actions((await world.sees("bruno", DM))[-1]) == []


async def test_done_leaves_thanks_and_what_it_was_about(world: World) -> None:
    await nudged(world, "one")
    await world.press("bruno", "nudge.done", DM)
    [message] = await world.sees("bruno", DM)
    assert "Done, thank you." in words(message)
    assert "Please look at one." in words(message)
    assert "It waits" not in words(message)
    assert actions(message) == []
    await world.until("2026-11-30T12:00")
    assert "Done, thank you." in (await world.reads("bruno"))[0]


async def test_an_outcome_has_no_ways_out(world: World) -> None:
    await world.until("2026-11-23T17:30", "ana")
    assert actions((await world.sees("ana", DM))[-1])[-3:] == EXITS
    await world.press("ana", "log.off", DM)
    assert actions((await world.sees("ana", DM))[-1]) == []


async def test_a_nudge_that_changes_and_still_asks_keeps_its_ways_out(world: World) -> None:
    await nudged(world, "one")
    await put(world, Redraw("one", "Please look at one and two."))
    assert actions((await world.sees("bruno", DM))[-1]) == EXITS
    await put(world, Redraw("one", "Somebody has looked.", settled=True))
    [message] = await world.sees("bruno", DM)
    assert actions(message) == []
    assert "Somebody has looked." in words(message)


# Putting off ------------------------------------------------------------------------------------


async def test_in_an_hour_it_comes_back(world: World) -> None:
    await nudged(world, "one")
    await later(world, "bruno", "hour")
    [line] = await world.sees("bruno", DM)
    assert "I will bring this back at 14:00." in words(line)
    assert "Please look at one." in words(line)
    assert actions(line) == []
    await world.until("2026-11-23T13:59", "bruno")
    assert len(await world.sees("bruno", DM)) == 1
    await world.until("2026-11-23T14:00", "bruno")
    [line, again] = await world.sees("bruno", DM)
    assert "I will bring this back at 14:00." in words(line)
    assert "It waits" in words(again)
    assert actions(again) == EXITS
    await later(world, "bruno", "tomorrow")
    assert "tomorrow at 09:00" in (await world.reads("bruno"))[-1]
    await world.until("2026-11-24T09:00", "bruno")
    assert sum("It waits" in each for each in await world.reads("bruno")) == 1
    await world.press("bruno", "nudge.done", DM)
    assert "Done, thank you." in (await world.reads("bruno"))[-1]
    assert not any("It waits" in each for each in await world.reads("bruno"))


async def test_an_hour_that_ends_in_the_evening_is_the_next_morning(world: World) -> None:
    await world.until("2026-11-23T19:30", "bruno")
    await nudged(world, "one")
    await later(world, "bruno", "hour")
    said = "An hour from now is outside your day, so I will bring this back tomorrow at 09:00."
    assert said in await world.last("bruno", DM)


@pytest.mark.parametrize(("wish", "told"), [("tomorrow", "on Monday at 09:00"), ("monday", "on Monday at 09:00")])
async def test_over_the_weekend(world: World, wish: str, told: str) -> None:
    await world.until("2026-11-27T12:00", "bruno")
    await nudged(world, "one")
    await later(world, "bruno", wish)
    assert f"I will bring this back {told}." in await world.last("bruno", DM)
    before = len(await world.sees("bruno", DM))
    await world.until("2026-11-30T08:59", "bruno")
    assert not any("It waits" in each for each in await world.reads("bruno"))
    await world.until("2026-11-30T09:00", "bruno")
    assert len(await world.sees("bruno", DM)) > before
    assert any("It waits" in each for each in await world.reads("bruno"))


@pytest.mark.parametrize(
    ("friday", "before", "monday"),
    [
        (datetime(2026, 10, 23, 10, tzinfo=UTC), "2026-10-26T07:59", "2026-10-26T08:00"),  # winter time begins
        (datetime(2026, 3, 27, 10, tzinfo=UTC), "2026-03-30T06:59", "2026-03-30T07:00"),  # summer time begins
    ],
)
async def test_over_a_clock_change_nine_stays_nine(sqlite_url: str, friday: datetime, before: str, monday: str) -> None:
    world = await World.begin(sqlite_url, friday, contractors=())
    try:
        await nudged(world, "one")
        await later(world, "bruno", "tomorrow")
        assert "on Monday at 09:00" in await world.last("bruno", DM)
        await world.until(before)
        assert len(await world.sees("bruno", DM)) == 1
        await world.until(monday)
        assert len(await world.sees("bruno", DM)) == 2
    finally:
        await world.end()


async def test_what_was_settled_meanwhile_does_not_come_back(world: World) -> None:
    await world.until("2026-11-23T17:30", "ana")
    await later(world, "ana", "tomorrow")
    assert "tomorrow at 09:00" in await world.last("ana", DM)
    await world.types("ana", "/log 6h landing page")
    await world.until("2026-11-24T12:00", "ana")
    [line] = await world.reads("ana")
    assert "Mon 23 Nov is logged, thank you." in line
    assert "bring this back" not in line


async def test_what_was_taken_back_meanwhile_does_not_come_back(world: World) -> None:
    await nudged(world, "one", about="thing:1")
    await later(world, "bruno", "hour")
    await put(world, Cancel("thing:1"))
    await world.until("2026-11-24T12:00", "bruno")
    assert not any("It waits" in each for each in await world.reads("bruno"))


async def test_what_changed_meanwhile_comes_back_as_it_is_now(world: World) -> None:
    await nudged(world, "one")
    await later(world, "bruno", "hour")
    await put(world, Redraw("one", "Please look at one, with two more."))
    assert "bring this back" in await world.last("bruno", DM)
    await world.until("2026-11-23T14:00", "bruno")
    assert "with two more" in await world.last("bruno", DM)


async def test_a_log_reminder_that_was_put_off_names_its_day_and_is_asked_once(world: World) -> None:
    await world.until("2026-11-23T17:30", "ana")
    await later(world, "ana", "tomorrow")
    await world.until("2026-11-24T17:00", "ana")
    [_, again] = await world.reads("ana")
    assert "Mon 23 Nov is still empty" in again
    assert "today" not in again


async def test_a_log_reminder_that_was_put_off_for_an_hour_is_followed_up(world: World) -> None:
    await world.until("2026-11-23T17:30", "ana")
    await later(world, "ana", "hour")
    await world.until("2026-11-24T10:00", "ana")
    assert len(await world.reads("ana")) == 3


# Not relevant -----------------------------------------------------------------------------------


async def test_not_relevant_is_not_asked_about_again(world: World) -> None:
    await nudged(world, "one", about="thing:1")
    await world.press("bruno", "nudge.irrelevant", DM)
    [line] = await world.sees("bruno", DM)
    assert "All right, I will not ask about this again." in words(line)
    assert "Please look at one." in words(line)
    assert actions(line) == ["nudge.again"]
    await world.until("2026-11-23T14:00", "bruno")
    await nudged(world, "two", about="thing:1")
    assert len(await world.sees("bruno", DM)) == 1
    assert (await letter(world, "two")).error == "not relevant"
    await nudged(world, "three", about="thing:2")
    await nudged(world, "four", about="thing:1", who="lena")
    assert len(await world.sees("bruno", DM)) == 2
    assert len(await world.sees("lena", DM)) == 1


async def test_not_relevant_can_be_taken_back(world: World) -> None:
    await nudged(world, "one", about="thing:1")
    await world.press("bruno", "nudge.irrelevant", DM)
    await world.press("bruno", "nudge.again", DM)
    [message] = await world.sees("bruno", DM)
    assert "It waits" in words(message)
    assert actions(message) == EXITS
    await world.until("2026-11-23T14:00", "bruno")
    await nudged(world, "two", about="thing:1")
    assert len(await world.sees("bruno", DM)) == 2
    await world.press("bruno", "nudge.done", DM, containing="look at one")
    assert "Done, thank you." in (await world.reads("bruno"))[0]


async def test_a_day_that_is_not_relevant_is_silent_and_the_next_is_not(world: World) -> None:
    await world.until("2026-11-23T17:30", "ana")
    await world.press("ana", "nudge.irrelevant", DM)
    assert "I will not ask about that day again." in await world.last("ana", DM)
    await world.until("2026-11-24T17:00", "ana")
    assert len(await world.sees("ana", DM)) == 1
    await world.until("2026-11-24T17:30", "ana")
    assert len(await world.sees("ana", DM)) == 2
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        rows = await team.all(team.select(NudgeRefusal))
    assert sorted(row.kind for row in rows) == ["log.follow_up", "log.reminder"]


# Whose they are ---------------------------------------------------------------------------------


@pytest.mark.parametrize("action_id", [*EXITS, "nudge.again", "nudge.as_before"])
async def test_nobody_else_may(world: World, action_id: str) -> None:
    await nudged(world, "one")
    record = (await letter(world, "one")).id
    value = f"hour:{record}" if action_id == "nudge.snooze" else record
    with pytest.raises(Sorry, match="somebody else"):
        await forged(world, "lena", action_id, value)
    assert actions((await world.sees("bruno", DM))[-1]) == EXITS


@pytest.mark.parametrize("value", ["", "nonsense", "hour:", "hour:nonsense", "year:nonsense"])
async def test_a_value_that_is_none_is_refused(world: World, value: str) -> None:
    for action_id in EXITS:
        with pytest.raises(Sorry, match="dealt with"):
            await forged(world, "bruno", action_id, value)


async def test_a_wish_that_is_none_and_a_second_press_are_refused(world: World) -> None:
    await nudged(world, "one")
    record = (await letter(world, "one")).id
    with pytest.raises(Sorry, match="that time"):
        await forged(world, "bruno", "nudge.snooze", f"year:{record}")
    await world.press("bruno", "nudge.done", DM)
    for action_id in ("nudge.done", "nudge.irrelevant"):
        with pytest.raises(Sorry, match="dealt with"):
            await forged(world, "bruno", action_id, record)
    assert "Done, thank you." in await world.last("bruno", DM)


# How often --------------------------------------------------------------------------------------


async def daily(world: World, first: int, last: int) -> list[bool]:
    """Nudge bruno once a working day from Monday 23 November on, which is day 23; tells which of the nudges came."""
    came = []
    for day in range(first, last + 1):
        weeks, weekday = divmod(day - 23, 5)
        await world.until(f"{date(2026, 11, 23 + weekday) + timedelta(weeks=weeks)}T15:00", "bruno")
        await nudged(world, f"day {day}")
        came.append(any(f"day {day}." in each for each in await world.reads("bruno")))
    return came


NOTE = f"You left the last two of these alone, so {WORDS} come half as often now."


async def test_two_ignored_in_a_row_halve_and_say_so_once(world: World) -> None:
    assert await daily(world, 23, 29) == [True, True, True, False, True, False, True]
    said = [each for each in await world.reads("bruno") if NOTE in each]
    assert len(said) == 1
    assert "day 25." in said[0]
    shown = next(each for each in await world.sees("bruno", DM) if NOTE in words(each))
    assert actions(shown) == ["nudge.as_before", *EXITS]
    assert not check_blocks(shown["blocks"], "message")
    assert (await letter(world, "day 26")).error == "halved"


async def test_other_kinds_and_other_people_keep_their_pace(world: World) -> None:
    await daily(world, 23, 25)
    await world.until("2026-11-25T15:31", "bruno")
    await nudged(world, "another", kind="packet.reminder")
    await nudged(world, "hers", who="lena")
    assert any("another." in each and NOTE not in each for each in await world.reads("bruno"))
    assert any("hers." in each and NOTE not in each for each in await world.reads("lena"))


async def test_an_answer_brings_the_frequency_back(world: World) -> None:
    assert await daily(world, 23, 26) == [True, True, True, False]
    await world.press("bruno", "nudge.done", DM, containing="day 25.")
    assert await daily(world, 27, 30) == [True, True, True, False]


async def test_one_answered_between_two_ignored_is_enough(world: World) -> None:
    await daily(world, 23, 24)
    await world.press("bruno", "nudge.done", DM, containing="day 24.")
    assert await daily(world, 25, 26) == [True, True]
    assert not any(NOTE in each for each in await world.reads("bruno"))


async def test_what_was_settled_otherwise_was_not_ignored(world: World) -> None:
    for day in (23, 24, 25):
        await world.until(f"2026-11-{day}T15:00", "bruno")
        await nudged(world, f"day {day}")
        await put(world, Redraw(f"day {day}", "Somebody has looked.", settled=True))
    assert await daily(world, 26, 27) == [True, True]
    assert not any(NOTE in each for each in await world.reads("bruno"))


async def test_as_often_as_before(world: World) -> None:
    await daily(world, 23, 25)
    await world.press("bruno", "nudge.as_before", DM)
    assert f"All right: {WORDS} come as often as before." in await world.last("bruno", DM)
    assert not any(NOTE in each for each in await world.reads("bruno"))
    shown = next(each for each in await world.sees("bruno", DM) if "day 25." in words(each))
    assert actions(shown) == EXITS
    assert await daily(world, 26, 27) == [True, True]


async def test_those_that_come_together_count_as_one(world: World) -> None:
    for number in range(5):
        await nudged(world, f"number {number}")
    await world.until("2026-11-23T14:00", "bruno")
    said = "".join(await world.reads("bruno"))
    assert all(f"number {number}." in said for number in range(5))
    assert not any(NOTE in each for each in await world.reads("bruno"))


async def test_log_reminders_that_are_left_alone_come_half_as_often(world: World) -> None:
    await world.until("2026-11-27T18:00", "ana")
    evening = [each for each in await world.reads("ana") if "Nothing is logged for today" in each]
    assert len(evening) == 4  # Monday to Wednesday, and Friday
    assert sum("reminders to log your day come half as often now" in each for each in evening) == 1


async def test_logging_elsewhere_is_an_answer(world: World) -> None:
    for day in range(23, 28):
        await world.until(f"2026-11-{day}T17:45", "ana")
        await world.types("ana", "/log 6h landing page")
    evening = [each for each in await world.reads("ana") if "is logged, thank you" in each]
    assert len(evening) == 5


async def test_a_form_opened_from_a_reminder_is_an_answer(world: World) -> None:
    for day in range(23, 26):
        await world.until(f"2026-11-{day}T17:30", "ana")
        await world.press("ana", "log.now", DM, containing="for today")
        await world.close("ana")
    await world.until("2026-11-26T17:30", "ana")
    evening: list[Any] = [each for each in await world.reads("ana") if "Nothing is logged for today" in each]
    assert len(evening) == 4
    assert not any("half as often" in each for each in evening)


# Words ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("One.\nTwo.", "One."),
        ("", ""),
        ("x" * 300, "x" * 200 + "…"),
        ("x" * 195 + "<@U123456>", "x" * 195 + "…"),
        ("x" * 197 + "&amp; y", "x" * 197 + "…"),
    ],
)
def test_the_first_line_is_cut_between_tags(text: str, line: str) -> None:
    assert first_line(text) == line
