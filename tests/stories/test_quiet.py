"""Quiet: what is told or comes by the clock waits until its reader may be written to, and comes together."""

from collections.abc import AsyncIterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from blocks import kit
from sandbox.channels import Message
from sandbox.clock import MovableClock
from storage import outbox
from storage.oneonone import agenda_key
from storage.outbox import CLOCK, Cancel, Lane, Post, Redraw
from storage.rhythm_tables import Away, Meeting, Quiet
from storage.tables import Letter
from tests.world import MANIFEST, MONDAY_NOON, Refused, World

DM = "@app"


@pytest.fixture(params=["sqlite_url", pytest.param("postgres_url", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest) -> str:
    """Each of the two stores."""
    url: str = request.getfixturevalue(request.param)
    return url


@pytest.fixture
async def world(store: str) -> AsyncIterator[World]:
    """The same workspace as everywhere, on each of the two stores."""
    begun = await World.begin(store)
    yield begun
    await begun.end()


@pytest.fixture
async def here(sqlite_url: str) -> AsyncIterator[World]:
    """The same on one store, for what has nothing to do with it."""
    begun = await World.begin(sqlite_url)
    yield begun
    await begun.end()


async def put(world: World, *posts: Post | Redraw | Cancel, by: str = CLOCK) -> None:
    """Write letters as the clock (or somebody) would, and let the bot work."""
    async with world.bot.database.team(world.bot.team_id) as team:
        await outbox.put(team, posts, world.clock.now(), by)
    await world.settle()


def to(world: World, who: str, key: str, *, timely: bool = False, **more: Any) -> Post:
    """A letter that says its key."""
    return Post(key, world.id(who), f"This is {key}.", timely=timely, **more)


async def told(world: World, who: str, key: str) -> None:
    """Let somebody else's doing be told."""
    await put(world, to(world, who, key), by=world.id("bruno"))


async def keep(world: World, row: Quiet | Away) -> None:
    async with world.bot.database.team(world.bot.team_id) as team:
        team.add(row)


async def reads(world: World, who: str = "ana") -> list[str]:
    """The texts of somebody's messages from the bot that are of these stories."""
    seen = await world.sees(who, DM)
    return [one["text"] for one in seen if "This is " in one["text"]]


def sounds(world: World, who: str) -> list[Message]:
    """The bot's messages to somebody, each of which made a sound when it came."""
    workspace = world.sandbox.workspace
    room = workspace.app_direct(world.id(who))
    return [room.messages[ts] for ts in room.order if room.messages[ts].user == workspace.bot.id]


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("2026-11-24T04:00", "2026-11-24T08:00"),
        ("2026-11-27T21:00", "2026-11-30T08:00"),
        ("2026-12-24T21:00", "2026-12-28T08:00"),
    ],
)
async def test_what_is_told_at_night_at_a_weekend_or_on_a_holiday_waits_for_the_next_working_morning(
    here: World, now: str, then: str
) -> None:
    async with here.bot.database.team(here.bot.team_id) as team:
        team.add(Quiet(team_id=team.team_id, user_id=here.id("lena"), country="DE"))
    await here.until(now, "lena")
    await told(here, "lena", "news")
    await here.until(f"{then[:11]}07:59", "lena")
    assert await reads(here, "lena") == []
    await here.until(then, "lena")
    assert await reads(here, "lena") == ["This is news."]


async def test_what_somebody_asked_for_comes_at_once_at_any_hour(here: World) -> None:
    await here.until("2026-11-24T03:00", "ana")
    await here.types("ana", "log 2h review", DM)
    assert "2 h" in await here.last("ana", DM)
    await put(here, to(here, "ana", "an answer"), by=here.id("ana"))
    assert await reads(here) == ["This is an answer."]


async def test_somebody_away_is_left_alone_until_they_are_back(here: World) -> None:
    first, last = date(2026, 11, 24), date(2026, 11, 26)
    day: dict[str, Any] = {"first": first, "last": last, "planned_at": here.clock.now(), "planned_by": here.id("ana")}
    await keep(here, Away(team_id=here.bot.team_id, user_id=here.id("ana"), **day))
    await here.until("2026-11-24T10:00", "ana")
    await told(here, "ana", "first")
    await here.until("2026-11-25T10:00", "ana")
    await told(here, "ana", "second")
    await here.until("2026-11-27T07:59", "ana")
    assert await reads(here) == []
    await here.until("2026-11-27T08:00", "ana")
    assert await reads(here) == ["This is first.\nThis is second."]


async def test_quiet_hours_of_ones_own_are_kept(here: World) -> None:
    own = time(12, 30), time(15)
    await keep(here, Quiet(team_id=here.bot.team_id, user_id=here.id("lena"), quiet_from=own[0], quiet_until=own[1]))
    await here.until("2026-11-24T13:00", "lena")
    await told(here, "lena", "news")
    assert await reads(here, "lena") == []
    await here.until("2026-11-24T15:00", "lena")
    assert await reads(here, "lena") == ["This is news."]


async def test_paused_notifications_are_respected(here: World) -> None:
    until = here.clock.now() + timedelta(hours=2)
    await here.ask("POST", "pause", {"as": "ana", "until": until.isoformat()})
    await told(here, "ana", "news")
    assert await reads(here) == []
    await here.until("2026-11-23T10:59", "ana")
    assert await reads(here) == []
    await here.until("2026-11-23T11:00", "ana")
    assert await reads(here) == ["This is news."]


async def test_what_is_about_a_day_comes_on_that_day_or_not_at_all(here: World) -> None:
    good_for = timedelta(hours=6)
    for until, key, then in (
        ("2026-11-24T15:00", "the list of Tuesday", ["This is the list of Tuesday."]),
        ("2026-11-26T08:30", "the list of Wednesday", ["This is the list of Tuesday."]),
    ):
        await here.until(f"2026-11-{24 if 'Tuesday' in key else 25}T09:00", "lena")
        ends = datetime.fromisoformat(until).replace(tzinfo=await here.zone("lena"))
        await here.ask("POST", "pause", {"as": "lena", "until": ends.isoformat()})
        await put(here, to(here, "lena", key, good_for=good_for))
        assert f"This is {key}." not in await reads(here, "lena")
        await here.until(until, "lena")
        assert await reads(here, "lena") == then


async def test_nobody_can_pause_until_a_time_without_a_zone(here: World) -> None:
    for until in ("2026-11-23T20:00", "tomorrow"):
        with pytest.raises(Refused, match=r"zone|not a time"):
            await here.ask("POST", "pause", {"as": "ana", "until": until})


@pytest.mark.parametrize("do", ["error:fatal_error", "status:500", "ratelimit:30"])
async def test_where_slack_does_not_tell_who_is_paused_nobody_waits(here: World, do: str) -> None:
    await here.does("faults", faults=[{"method": "dnd.teamInfo", "do": do, "times": 5}])
    await told(here, "ana", "news")
    assert await reads(here) == ["This is news."]


async def test_an_app_that_was_installed_without_the_scope_works_on(sqlite_url: str, tmp_path: Path) -> None:
    old = tmp_path / "manifest.yml"
    lines = MANIFEST.read_text().splitlines(keepends=True)
    old.write_text("".join(line for line in lines if "dnd:read" not in line))
    assert len(lines) - len(old.read_text().splitlines()) == 1
    world = World(sqlite_url, MovableClock(MONDAY_NOON, frozen=True), installed=old)
    await world.set_up()
    await world.sandbox.start()
    async with aiohttp.ClientSession(world.sandbox.url) as world.http:
        await world.start_bot()
        await world.add_contractor("ana")
        await told(world, "ana", "news")
        assert await reads(world) == ["This is news."]
        await world.bot.stop()
    await world.sandbox.stop()


async def test_the_fourth_nudge_of_a_day_waits_for_tomorrow(world: World) -> None:
    for number, at in enumerate(("10:00", "11:00", "12:00", "13:00", "14:00"), 1):
        await world.until(f"2026-11-24T{at}", "lena")
        await put(world, to(world, "lena", f"number {number}"))
    assert await reads(world, "lena") == ["This is number 1.", "This is number 2.", "This is number 3."]
    await told(world, "lena", "what bruno did")
    assert (await reads(world, "lena"))[-1] == "This is what bruno did."
    await world.until("2026-11-25T08:00", "lena")
    assert (await reads(world, "lena"))[-1] == "This is number 4.\nThis is number 5."


async def test_what_is_about_today_goes_into_the_last_message_of_a_full_day(here: World) -> None:
    for number, at in enumerate(("10:00", "11:00", "12:00"), 1):
        await here.until(f"2026-11-24T{at}", "lena")
        await put(here, to(here, "lena", f"number {number}"))
    heard = len(sounds(here, "lena"))
    await here.until("2026-11-24T17:30", "lena")
    await put(here, to(here, "lena", "a reminder of today", good_for=timedelta(hours=3)))
    assert (await reads(here, "lena"))[-1] == "This is number 3.\nThis is a reminder of today."
    assert len(sounds(here, "lena")) == heard


async def test_what_cannot_wait_goes_into_the_last_message_of_a_full_day_without_a_sound(world: World) -> None:
    for number, at in enumerate(("10:00", "11:00", "12:00"), 1):
        await world.until(f"2026-11-24T{at}", "lena")
        await put(world, to(world, "lena", f"number {number}"))
    heard = len(sounds(world, "lena"))
    for number, at in enumerate(("13:00", "13:05"), 4):
        await world.until(f"2026-11-24T{at}", "lena")
        await put(world, to(world, "lena", f"number {number}", timely=True))
    assert (await reads(world, "lena"))[-1] == "This is number 3.\nThis is number 4.\nThis is number 5."
    assert len(sounds(world, "lena")) == heard
    await put(world, Redraw("number 4", "This is number 4, done."))
    assert (await reads(world, "lena"))[-1] == "This is number 3.\nThis is number 4, done.\nThis is number 5."


async def test_a_day_with_a_meeting_keeps_room_for_its_agenda(here: World) -> None:
    await here.until("2026-11-24T09:10", "noor")
    async with here.bot.database.team(here.bot.team_id) as team:
        at = here.clock.now() + timedelta(hours=6)
        team.add(Meeting(id="m1", team_id=team.team_id, user_id=here.id("priya"), manager_id=here.id("noor"), at=at))
    for hour in (10, 11, 12):
        await here.until(f"2026-11-24T{hour}:00", "noor")
        await put(here, to(here, "noor", f"nudge {hour}"))
    assert await reads(here, "noor") == ["This is nudge 10.", "This is nudge 11."]
    await here.until("2026-11-24T13:00", "noor")
    key = agenda_key("m1", here.id("noor"))
    await put(here, Post(key, here.id("noor"), "This is the agenda.", timely=True))
    assert await reads(here, "noor") == ["This is nudge 10.", "This is nudge 11.", "This is the agenda."]
    await here.until("2026-11-25T08:00", "noor")
    assert (await reads(here, "noor"))[-1] == "This is nudge 12."


async def test_what_is_about_a_moment_is_not_said_after_it(here: World) -> None:
    await here.until("2026-11-23T21:00", "ana")
    await put(here, to(here, "ana", "in ten minutes", timely=True, good_for=timedelta(minutes=10)))
    await here.until("2026-11-24T12:00", "ana")
    assert await reads(here) == []


async def test_a_blocker_comes_at_once_at_night(here: World) -> None:
    await here.until("2026-11-24T03:00", "ana")
    await put(here, to(here, "ana", "a blocker", lane=Lane.CARD), to(here, "ana", "the clock", lane=Lane.ESCALATION))
    assert await reads(here) == ["This is the clock.", "This is a blocker."]
    await here.types("ana", "/blocker waiting for access")
    assert "waiting for access" in await here.last("bruno", "#acme")


async def test_two_things_within_half_an_hour_are_one_message_whose_parts_live_on(world: World) -> None:
    await world.until("2026-11-24T10:00", "lena")
    await put(world, to(world, "lena", "the first"))
    button = kit.actions(kit.button("Look", "whois.find", "budget"), block_id="row")
    await world.until("2026-11-24T10:05", "lena")
    await put(world, Post("a", world.id("lena"), "This is a.", (kit.section("This is a."), button)))
    await world.until("2026-11-24T10:20", "lena")
    await put(world, Post("b", world.id("lena"), "This is b.", (kit.section("This is b."),)))
    assert await reads(world, "lena") == ["This is the first."]
    await world.until("2026-11-24T10:30", "lena")
    assert await reads(world, "lena") == ["This is the first.", "This is a.\nThis is b."]
    await put(world, Redraw("b", "This is the new b."))
    assert (await reads(world, "lena"))[-1] == "This is a.\nThis is the new b."
    heard = len(sounds(world, "lena"))
    await world.press("lena", "whois.find", DM)
    seen = (await world.sees("lena", DM))[-1]
    assert "This is the new b." in seen["text"]
    assert "This is a." not in seen["text"]
    assert "budget" in str(seen["blocks"])
    assert len(sounds(world, "lena")) == heard
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        parts = [await outbox.find(team, key) for key in ("a", "b")]
    assert {(one.state, one.ts, bool(one.carried_by)) for one in parts if one} == {("sent", seen["ts"], True)}


async def test_what_is_taken_back_is_not_in_the_message(here: World) -> None:
    await here.until("2026-11-24T02:00", "ana")
    await put(here, to(here, "ana", "kept"), to(here, "ana", "moot", about="moot"), to(here, "ana", "redrawn"))
    await put(here, Cancel("moot"), Redraw("redrawn", "This is redrawn in the night."))
    await here.until("2026-11-24T08:00", "ana")
    assert await reads(here) == ["This is kept.\nThis is redrawn in the night."]


async def test_what_does_not_fit_one_message_comes_as_a_second(here: World) -> None:
    many = tuple(kit.section(f"Line {number}") for number in range(30))
    await here.until("2026-11-24T02:00", "ana")
    await put(here, *(Post(key, here.id("ana"), f"This is {key}.", many) for key in "abc"))
    await here.until("2026-11-24T08:00", "ana")
    assert await reads(here) == ["This is a.", "This is b.", "This is c."]


async def test_a_reply_in_a_thread_waits_for_the_message_it_stands_under(here: World) -> None:
    await here.until("2026-11-24T02:00", "ana")
    await put(
        here, to(here, "ana", "the head"), to(here, "ana", "another"), to(here, "ana", "a reply", thread_key="the head")
    )
    assert await reads(here) == []
    await here.until("2026-11-24T08:00", "ana")
    (head,) = [one for one in await here.sees("ana", DM) if "the head" in one["text"]]
    under = await here.sees("ana", DM, head["ts"])
    assert [one["text"] for one in under][-1] == "This is a reply."


async def test_a_refused_message_of_several_is_sent_again_whole(here: World) -> None:
    await here.until("2026-11-24T02:00", "ana")
    await put(here, to(here, "ana", "a"), to(here, "ana", "b"))
    await here.until("2026-11-24T07:59", "ana")
    await here.does("faults", faults=[{"method": "chat.postMessage", "do": "error:restricted_action", "times": 1}])
    await here.until("2026-11-24T08:00", "ana")
    assert await reads(here) == []
    await here.press("olivia", "delivery.resend", DM)
    assert await reads(here) == ["This is a.\nThis is b."]


async def test_a_restart_loses_nothing_that_is_held(world: World) -> None:
    await world.until("2026-11-24T02:00", "ana")
    await put(world, to(world, "ana", "a"), to(world, "ana", "b"))
    await world.bot.stop()
    await world.start_bot()
    await world.settle()
    assert await reads(world) == []
    await world.until("2026-11-24T08:00", "ana")
    assert await reads(world) == ["This is a.\nThis is b."]


async def test_an_edit_that_slack_refuses_for_good_costs_nothing(here: World) -> None:
    for number, at in enumerate(("10:00", "11:00", "12:00"), 1):
        await here.until(f"2026-11-24T{at}", "lena")
        await put(here, to(here, "lena", f"number {number}"))
    await here.does("faults", faults=[{"method": "chat.update", "do": "error:edit_window_closed", "times": 1}])
    await put(here, to(here, "lena", "number 4", timely=True))
    assert (await reads(here, "lena"))[-2:] == ["This is number 3.", "This is number 4."]


async def test_letters_wait_as_rows_that_say_so(here: World) -> None:
    await here.until("2026-11-24T02:00", "ana")
    await told(here, "ana", "news")
    async with here.bot.database.team_reading(here.bot.team_id) as team:
        (row,) = await team.all(team.select(Letter).where(Letter.key == "news"))
    assert (row.state, row.courtesy) == ("held", "told")
    assert await here.bot.next_due() is not None
