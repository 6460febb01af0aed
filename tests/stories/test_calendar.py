"""The calendar, told from the front door: a private address that can be stopped, what is in it, and the file."""

import re
import socket
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import aiohttp
import icalendar
import pytest
from sqlmodel import SQLModel, select

from blocks.calendar import FILE, MAKE, OPEN, REVOKE
from bot.journal import hide
from storage import calendar, people, wish
from storage.columns import new_id
from storage.path_tables import ChecklistItem, Shadowing
from storage.rhythm_tables import Away, CalendarFeed, Golden, Meeting
from storage.trust_tables import Sprint
from tests.world import Json, World, actions, words

NOON = datetime(2026, 11, 24, 15, tzinfo=UTC)
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/calendar/([\w-]{43})\.ics")
NOBODY_HERE = (404, "There is no calendar at this address.")


@pytest.fixture
async def open_world(sqlite_url: str) -> AsyncIterator[World]:
    """A world whose bot can be reached over HTTP, on a port of this machine."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    world = await World.begin(sqlite_url, public_url=f"http://127.0.0.1:{port}/", port=port)
    yield world
    await world.end()


async def modal(world: World, who: str) -> Json:
    found = await world.modal(who)
    assert found is not None
    return found


async def makes(world: World, who: str = "ana") -> str:
    """Make an address as somebody, from the front door."""
    if await world.modal(who) is None:
        await world.types(who, "calendar", "@app")
        await world.press(who, OPEN, "@app")
    await world.press(who, MAKE)
    found = ADDRESS.search(words(await modal(world, who)))
    assert found, words(await modal(world, who))
    return found[0]


async def asks(url: str, **headers: str) -> tuple[int, str, Mapping[str, str]]:
    async with aiohttp.ClientSession() as http, http.get(url, headers=headers) as response:
        return response.status, await response.text(), response.headers


async def reads(url: str) -> list[str]:
    """Give the titles of what stands in a calendar."""
    status, body, _ = await asks(url)
    assert status == 200, body
    return titles(body)


def titles(body: str) -> list[str]:
    return [str(one["summary"]) for one in icalendar.Calendar.from_ical(body).walk("VEVENT")]


async def keep(world: World, *rows: SQLModel) -> None:
    async with world.bot.database.team(world.bot.team_id) as team:
        for row in rows:
            team.add(row)


def one_on_one(world: World, who: str, at: datetime = NOON, manager: str = "bruno", **more: Any) -> Meeting:
    ids: Json = {"team_id": world.bot.team_id, "user_id": world.id(who), "manager_id": world.id(manager)}
    return Meeting(**ids, at=at, strategy="secretplan", mood="secretmood", slows="secretslow", **more)


def session(world: World, who: str, buddy: str, state: str = "planned") -> Shadowing:
    return Shadowing(
        team_id=world.bot.team_id,
        user_id=world.id(who),
        buddy_id=world.id(buddy),
        at=NOON + timedelta(days=1),
        minutes=45,
        watch_for="secretwatch",
        state=state,
        planned_by=world.id("bruno"),
    )


def golden(world: World, who: str, partners: str = "") -> Golden:
    return Golden(
        team_id=world.bot.team_id,
        user_id=world.id(who),
        version=3,
        state="agreed",
        windows=[{"weekday": day, "start": "15:00", "end": "17:30"} for day in range(4)],
        zone="Europe/Madrid",
        partners=partners,
        proposed_by=world.id("bruno"),
        proposed_at=NOON - timedelta(days=7),
        answered_at=NOON - timedelta(days=6),
        words="secretwords",
    )


# The address --------------------------------------------------------------------------------------


async def test_an_address_is_made_read_and_stopped(open_world: World) -> None:
    world = open_world
    url = await makes(world)
    page = words(await modal(world, "ana"))
    assert "I show it this once" in page
    assert "No app has read it yet" in page
    assert all(f"*{app}*" in page for app in ("Google", "Apple", "Outlook"))
    assert "Golden Hours" in await reads(url)
    await world.types("ana", "/circle calendar")
    page = words(await modal(world, "ana"))
    assert "Last read by an app" in page
    assert not ADDRESS.search(page), "it is shown once"
    await world.press("ana", REVOKE)
    assert "Your address has stopped" in words(await modal(world, "ana"))
    assert (await asks(url))[:2] == NOBODY_HERE
    assert MAKE in actions(await modal(world, "ana"))
    assert REVOKE not in actions(await modal(world, "ana"))


async def test_a_new_address_stops_the_old_one(open_world: World) -> None:
    old = await makes(open_world)
    new = await makes(open_world)
    assert "The old one has stopped" in words(await modal(open_world, "ana"))
    assert old != new
    assert (await asks(old))[:2] == NOBODY_HERE
    assert await reads(new)


@pytest.mark.parametrize("name", ["x.ics", "a" * 43 + ".ics", "..ics", "%20", "%27.ics", "x" * 2000 + ".ics"])
async def test_what_is_no_address_of_ours_is_answered_like_one_that_stopped(open_world: World, name: str) -> None:
    url = await makes(open_world)
    wrong = f"{url.rpartition('/')[0]}/{name}"
    assert (await asks(wrong))[:2] == NOBODY_HERE
    assert (await asks(url.removesuffix(".ics")))[:2] == NOBODY_HERE


async def test_the_address_of_somebody_who_left_has_stopped(open_world: World) -> None:
    url = await makes(open_world, "bruno")
    async with open_world.bot.database.team(open_world.bot.team_id) as team:
        bruno = await people.find(team, open_world.id("bruno"))
        assert bruno is not None
        bruno.deactivated = True
    assert (await asks(url))[:2] == NOBODY_HERE


async def test_only_the_hash_of_it_is_kept_anywhere(open_world: World) -> None:
    url = await makes(open_world)
    token = url.rpartition("/")[2].removesuffix(".ics")
    async with open_world.bot.database.reading() as reading:
        for table in SQLModel.metadata.sorted_tables:
            for row in (await reading.exec(select(table))).all():  # type: ignore[call-overload]
                assert token not in str(row), table.name
    async with open_world.bot.database.team_reading(open_world.bot.team_id) as team:
        row = await team.get(CalendarFeed, user_id=open_world.id("ana"))
    assert row is not None
    assert row.token_hash == calendar.hashed(token)


async def test_the_address_is_in_no_log(open_world: World, caplog: pytest.LogCaptureFixture, capfd: Any) -> None:
    caplog.set_level("INFO")  # the DEBUG of libraries is never written (bot/journal.py)
    url = await makes(open_world)
    for asked in (url, f"{url}x", url.removesuffix(".ics")):
        await asks(asked)
    said = caplog.text + "".join(capfd.readouterr())
    assert url.rpartition("/")[2].removesuffix(".ics") not in said
    assert "***" in str(hide(None, "", {"event": f"GET /calendar/{'t' * 43}.ics"}))
    assert "ttt" not in str(hide(None, "", {"event": f"GET /calendar/{'t' * 43}.ics"}))


async def test_an_app_that_has_it_already_is_told_so(open_world: World) -> None:
    url = await makes(open_world)
    _, _, headers = await asks(url)
    assert headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "private" in headers["Cache-Control"]
    tag, changed = headers["ETag"], headers["Last-Modified"]
    assert (await asks(url, **{"If-None-Match": tag}))[:2] == (304, "")
    assert (await asks(url, **{"If-Modified-Since": changed}))[:2] == (304, "")
    await open_world.until("2026-11-23T12:05")
    await keep(open_world, one_on_one(open_world, "ana"))
    assert (await asks(url, **{"If-None-Match": tag, "If-Modified-Since": changed}))[0] == 200
    assert (await asks(url, **{"If-Modified-Since": changed}))[0] == 200


async def test_an_app_that_never_stops_asking_is_slowed_down(open_world: World) -> None:
    url, other = await makes(open_world), await makes(open_world, "bruno")
    answers = [(await asks(url))[0] for _ in range(30)]
    assert answers[0] == 200
    assert answers[-1] == 429
    assert (await asks(other))[0] == 200


async def test_other_doors_stay_shut_where_slack_does_not_call_us(open_world: World) -> None:
    base = (await makes(open_world)).partition("/calendar/")[0]
    assert (await asks(f"{base}/health"))[:2] == (200, "ok")
    async with aiohttp.ClientSession() as http, http.post(f"{base}/slack/events", data="{}") as response:
        assert response.status == 404


async def test_without_a_public_address_the_page_says_so_and_offers_the_file(world: World) -> None:
    await world.types("ana", "/circle calendar")
    page = await modal(world, "ana")
    assert "An admin can give me one" in words(page)
    assert FILE in actions(page)
    assert MAKE not in actions(page)


async def test_the_word_in_the_direct_message_offers_the_page(world: World) -> None:
    await world.types("jun", "calendar", "@app")
    await world.press("jun", OPEN, "@app")
    assert (await modal(world, "jun"))["title"]["text"] == "Your calendar"


# What is in it ------------------------------------------------------------------------------------


async def test_each_sees_their_own_and_nobody_elses(open_world: World) -> None:
    world = open_world
    await keep(
        world,
        one_on_one(world, "ana"),
        one_on_one(world, "jun"),
        session(world, "ana", "lena"),
        golden(world, "ana", world.id("priya")),
    )
    async with world.bot.database.team(world.bot.team_id) as team:
        names = {who: str(person.name) for who in ("ana", "jun", "bruno", "lena")
                 if (person := await people.find(team, world.id(who)))}  # fmt: skip
    ana, jun, bruno, lena = (names[who] for who in ("ana", "jun", "bruno", "lena"))
    own = ["Golden Hours", f"1:1 with {bruno}", "Quarterly Review"]
    assert await reads(await makes(world, "ana")) == [*own[:2], f"Shadowing with {lena}", own[2]]
    assert await reads(await makes(world, "jun")) == own
    assert sorted(await reads(await makes(world, "bruno"))) == sorted(
        [
            f"Golden Hours with {ana}",
            "Golden Hours",
            f"1:1 with {ana}",
            f"1:1 with {jun}",
            f"Shadowing: {ana} with {lena}",
            f"Quarterly Review: {ana}",
            f"Quarterly Review: {jun}",
        ]
    )
    assert await reads(await makes(world, "lena")) == [f"Shadowing with {ana}"]
    assert await reads(await makes(world, "priya")) == [f"Golden Hours with {ana}"]
    assert await reads(await makes(world, "noor")) == []


async def test_nobodys_words_are_in_it(open_world: World) -> None:
    world = open_world
    day: Json = {"due": NOON.date(), "day": 60, "phase": "step4", "position": 1, "owner": "manager"}
    ids: Json = {"team_id": world.bot.team_id, "user_id": world.id("ana")}
    sprint = Sprint(
        **ids, task="secrettask", given_at=NOON, given_by=world.id("bruno"), due_at=NOON + timedelta(days=2)
    )
    review = ChecklistItem(**ids, key="step3_kpis", text="secrettext", **day)
    await keep(world, one_on_one(world, "ana"), session(world, "ana", "lena"), golden(world, "ana"), sprint, review)
    for who in ("ana", "bruno"):
        _, body, _ = await asks(await makes(world, who))
        assert "secret" not in body
        assert "KPI review" in body
        assert "Quarterly Review" in body
        assert "Small Win due" in body


async def test_what_is_called_off_goes_and_what_moves_moves(open_world: World) -> None:
    world = open_world
    url, meeting = await makes(world), one_on_one(world, "ana", id=new_id())
    await keep(world, meeting, session(world, "ana", "lena", "cancelled"), one_on_one(world, "ana", state="held"))
    before = await entry(url, "oneonone")
    async with world.bot.database.team(world.bot.team_id) as team:
        row = await team.lock(Meeting, id=meeting.id)
        assert row is not None
        row.moved_from, row.at = row.at, NOON + timedelta(hours=2)
    after = await entry(url, "oneonone")
    assert (before.decoded("dtstart"), after.decoded("dtstart")) == (NOON, NOON + timedelta(hours=2))
    assert before["uid"] == after["uid"]
    assert after.decoded("sequence") > before.decoded("sequence")
    assert after.decoded("dtend") - after.decoded("dtstart") == timedelta(minutes=20)
    async with world.bot.database.team(world.bot.team_id) as team:
        row = await team.lock(Meeting, id=meeting.id)
        assert row is not None
        row.state = "skipped"
    assert not [title for title in await reads(url) if "1:1" in title or "Shadowing" in title]


async def entry(url: str, kind: str) -> Any:
    """Give the one entry of a kind in a calendar."""
    _, body, _ = await asks(url)
    (found,) = [one for one in icalendar.Calendar.from_ical(body).walk("VEVENT") if str(one["uid"]).startswith(kind)]
    return found


async def test_golden_hours_leave_out_days_off(open_world: World) -> None:
    world = open_world
    days: Json = {"first": date(2026, 12, 1), "last": date(2026, 12, 2)}
    by: Json = {"planned_at": NOON, "planned_by": world.id("ana")}
    await keep(world, golden(world, "ana"), Away(team_id=world.bot.team_id, user_id=world.id("ana"), **days, **by))
    for who in ("ana", "bruno"):
        url = await makes(world, who)
        found = await entry(url, f"golden-{world.id('ana')}")
        assert [f"{one.dt:%d.%m. %H:%M %Z}" for one in found["exdate"].dts] == ["01.12. 15:00 CET", "02.12. 15:00 CET"]
        assert found["rrule"]["byday"] == ["MO", "TU", "WE", "TH"]


async def test_somebody_whose_path_is_paused_has_nothing_planned(open_world: World) -> None:
    url = await makes(open_world, "bruno")
    await keep(open_world, one_on_one(open_world, "ana"), golden(open_world, "ana"))
    async with open_world.bot.database.team(open_world.bot.team_id) as team:
        place = (await people.actor(team, open_world.id("ana")))[1]
        assert place is not None
        place.paused_at = NOON
    found = await reads(url)
    assert found[0] == "Golden Hours"
    assert [one.partition(":")[0] for one in found[1:]] == ["Quarterly Review"], "jun's, who is not paused"


# The file -----------------------------------------------------------------------------------------


async def files(world: World, who: str) -> list[Json]:
    return [file for message in await world.sees(who, "@app") for file in message.get("files") or []]


async def test_the_file_comes_in_the_direct_message(world: World) -> None:
    await keep(world, one_on_one(world, "ana"), one_on_one(world, "jun"))
    await world.types("ana", "/circle calendar")
    await world.press("ana", FILE)
    assert "on its way" in words(await modal(world, "ana"))
    (shown,) = await files(world, "ana")
    assert (shown["name"], shown["mimetype"]) == ("inner-circle.ics", "text/calendar")
    body = world.sandbox.workspace.cabinet.files[shown["id"]].data.decode()
    assert [title.partition(" with")[0] for title in titles(body)] == ["Golden Hours", "1:1", "Quarterly Review"]
    assert await files(world, "jun") == []
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        assert await wish.waiting(team, calendar.WISH) == []


async def test_a_later_file_replaces_what_an_earlier_one_brought(world: World) -> None:
    await keep(world, one_on_one(world, "ana"))
    found = []
    for moment in ("2026-11-23T12:10", "2026-11-23T12:20"):
        await world.until(moment)
        await world.types("ana", "/circle calendar file")
        shown = (await files(world, "ana"))[-1]
        whole = icalendar.Calendar.from_ical(world.sandbox.workspace.cabinet.files[shown["id"]].data)
        found.append({str(one["uid"]): int(one.decoded("sequence")) for one in whole.walk("VEVENT")})
    assert found[0].keys() == found[1].keys()
    assert all(found[1][uid] > sequence for uid, sequence in found[0].items())


@pytest.mark.parametrize(
    ("method", "do", "said"),
    [
        ("files.getUploadURLExternal", "error:missing_scope", "lacks the permission `files:write`"),
        ("files.getUploadURLExternal", "error:storage_limit_reached", "no room left"),
        ("files.completeUploadExternal", "error:internal_error", "once more in a few minutes"),
    ],
)
async def test_a_file_that_slack_refuses_is_told_of(world: World, method: str, do: str, said: str) -> None:
    await world.ask("POST", "faults", {"faults": [{"method": method, "do": do}]})
    await world.types("ana", "calendar file", "@app")
    told = [text for text in await world.reads("ana") if "could not send you the calendar file" in text]
    assert len(told) == 1
    assert said in told[0]
    assert await files(world, "ana") == []
    await world.press("ana", FILE, "@app")
    assert len(await files(world, "ana")) == 1
