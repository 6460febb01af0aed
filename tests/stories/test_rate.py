"""Rate reviews, told from the front door."""

import json
import re
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import icalendar
import pytest

from storage import calendar, calendar_events
from storage.growth_tables import Course, RatePlan, Review, ReviewItem, Stage
from storage.path_tables import Blueprint, ChecklistItem, KpiResult
from storage.tables import Letter
from tests.world import Refused, World, actions, words

DM = "@app"
START = date(2026, 3, 24)  # nine months before Thursday, 24 December 2026
AMOUNTS = {"before": "4123.75", "after": "4987.25", "currency": "eur", "unit": "month", "words": "Firma de Valdoria"}
SECRETS = ("4123.75", "4987.25", "4123,75", "Valdoria")


@pytest.fixture
async def world(sqlite_url: str) -> AsyncIterator[World]:
    """It is Monday, 23 November 2026; the rate of ana is looked at on 24 December, a month from tomorrow."""
    world = await World.begin(sqlite_url, contractors=())
    await world.add_contractor("ana", start_date=START)
    await world.settle()
    yield world
    await world.end()


async def page(world: World, who: str) -> str:
    """Give the words of the modal in front of somebody."""
    modal = await world.modal(who)
    assert modal is not None, f"{who} has no modal open"
    return words(modal)


async def read(world: World, who: str) -> str:
    """Give everything somebody reads in the direct message with the bot."""
    return "\n".join(await world.reads(who))


async def look(world: World, who: str = "bruno", of: str = "@ana") -> str:
    """Open a contractor's reviews as their manager."""
    await close(world, who)
    await world.types(who, f"/contractor rate {of}")
    return await page(world, who)


async def own(world: World) -> str:
    """Open ana's own page."""
    await close(world, "ana")
    await world.types("ana", "/circle rate")
    return await page(world, "ana")


async def close(world: World, who: str) -> None:
    while await world.modal(who) is not None:
        await world.close(who)


async def invite(world: World, meet: str = "2026-12-03", **values: Any) -> dict[str, Any]:
    await look(world)
    await world.press("bruno", "rate.invite")
    return await world.submit("bruno", meet=meet, **values)


async def decide(world: World, outcome: str = "raised", of: str = "@ana", **values: Any) -> dict[str, Any]:
    await look(world, of=of)
    await world.press("bruno", "rate.decide")
    return await world.submit("bruno", **({"outcome": outcome, "held": "2026-11-23", "tell": []} | values))


async def change_manager(world: World, who: str) -> None:
    """Let somebody else manage ana from now on, as the form would."""
    await world.types("olivia", "/contractor edit @ana")
    await world.submit_pages("olivia", manager_id=world.id(who))
    await close(world, "olivia")


async def keep(world: World, *rows: Any) -> None:
    async with world.bot.database.team(world.bot.team_id) as team:
        for row in rows:
            team.add(row)


def week(world: World, monday: date, value: str, *, confirmed: bool = True) -> KpiResult:
    at = datetime(2026, 11, 1, tzinfo=UTC)
    return KpiResult(
        team_id="",
        user_id=world.id("ana"),
        monday=monday,
        key="deliverable",
        value=value,
        entered_at=at,
        confirmed_at=at if confirmed else None,
    )


async def known(world: World) -> None:
    """Let ana have KPIs, weeks, a finished course, a step on the ladder, and a shared review with what came of it."""
    ana, at = world.id("ana"), datetime(2026, 8, 3, 9, 0, tzinfo=UTC)
    row = {"key": "deliverable", "text": "Screens", "target": 2.0, "unit": "screens", "by": "contractor", "on": True}
    common: dict[str, Any] = {"team_id": "", "user_id": ana}
    review = Review(
        **common,
        id="R1",
        number=2,
        due_on=date(2026, 9, 20),
        opened_at=at,
        shared_at=at,
        theirs={"a": "b"},
        ours={"a": "b"},
    )
    await keep(
        world,
        Blueprint(
            **common, id="B1", version=1, state="agreed", rows=[row], proposed_by="", proposed_at=at, answered_at=at
        ),
        week(world, date(2026, 11, 9), "3"),
        week(world, date(2026, 11, 2), "1"),
        week(world, date(2026, 10, 26), "in words"),
        week(world, date(2026, 10, 19), "2", confirmed=False),
        week(world, date(2026, 8, 3), "2"),
        Course(**common, name="Motion <!here> design", cost="90", benefit="", state="done", asked_at=at, done_at=at),
        Course(**common, name="Not finished", cost="90", benefit="", state="approved", asked_at=at),
        Stage(**common, stage="core_team", at=at, by=world.id("bruno")),
        review,
        ReviewItem(
            **common, review_id="R1", words="Shorter briefs", owner_id="", made_at=at, made_by="", done_at=at
        ),
    )  # fmt: skip


# Notices --------------------------------------------------------------------------------------------


async def test_a_manager_hears_of_it_thirty_and_seven_days_before_and_once_after(world: World) -> None:
    await known(world)
    await world.add_contractor("lena", start_date=date(2026, 3, 1))
    late: dict[str, Any] = {"team_id": "", "user_id": world.id("jun"), "months": 9, "changed_at": world.clock.now()}
    await keep(world, RatePlan(**late, next_on=date(2026, 11, 10), changed_by=world.id("bruno")))
    await world.add_contractor("jun")
    await world.until("2026-11-24T09:00", "bruno")
    assert "rate review" not in await read(world, "bruno")
    await world.until("2026-11-24T12:30", "bruno")
    told = await read(world, "bruno")
    assert "is due on Thu 24 Dec 2026, in 30 days." in told
    assert "8 months, since Tue 24 Mar 2026" in told
    assert (
        "Last 13 weeks: 3 confirmed, on target in 1 of 2. The 13 weeks before: 1 confirmed, on target in 1 of 1."
        in told
    )
    assert "Motion <!here> design" in told
    assert "Not finished" not in told
    assert "Core team, since Mon 3 Aug 2026" in told
    assert "Number 2, Mon 3 Aug 2026; Shorter briefs (done)" in told
    message = next(one for one in await world.sees("bruno", DM) if "rate review" in words(one))
    assert any(block["type"] == "table" for block in message["blocks"])
    assert "is due on Tue 1 Dec 2026, in 7 days." in told
    assert "was due on Tue 10 Nov 2026, and I know of no outcome" in told
    await world.types("bruno", "/contractor rate")
    assert "overdue since Tue 10 Nov 2026" in await page(world, "bruno")
    for who in ("ana", "lena", "jun"):
        assert "rate" not in re.findall(r"\w+", (await read(world, who)).lower()), who
    assert "Your rate is looked at every 9 months" in await own(world)
    await close(world, "bruno")
    await world.until("2026-11-26T12:30", "bruno")
    assert sum("I know of no outcome" in one for one in await world.reads("bruno")) == 1


async def test_an_outcome_ends_the_notices_and_the_next_day_follows(world: World) -> None:
    await world.until("2026-11-24T12:30", "bruno")
    await world.press("bruno", "rate.decide", DM)
    await world.submit("bruno", outcome="kept", held="2026-11-24", tell=[])
    await close(world, "bruno")
    assert "The outcome of the rate review of" in await read(world, "bruno")
    assert "due on Tue 24 Aug 2027" in await look(world)
    await world.add_contractor("lena", start_date=date(2026, 3, 2))  # in 8 days: the first notice is late by now
    await decide(world, of="@lena", held="2026-11-24")
    await world.until("2026-11-26T11:00", "bruno")
    assert "in 7 days" not in await read(world, "bruno")


async def test_a_new_manager_hears_of_it_as_well_and_the_one_before_no_more(world: World) -> None:
    await world.until("2026-11-24T10:30", "bruno")
    await change_manager(world, "lena")
    await world.until("2026-11-25T11:00", "lena")
    assert "in 29 days" in await read(world, "lena")
    with pytest.raises(Refused):
        await world.press("bruno", "rate.nothing", DM)
    await world.press("bruno", "rate.invite", DM)
    assert "between a contractor and their manager" in await read(world, "bruno")


async def test_a_new_contractor_and_a_new_start_have_their_day(world: World) -> None:
    await world.add_contractor("jun", path=True, start_date=date(2026, 11, 30))
    await world.settle()
    assert "due on Mon 30 Aug 2027" in await look(world, of="@jun")
    await close(world, "bruno")
    await world.types("bruno", "/contractor edit @jun")
    await world.submit_pages("bruno", start_date="2026-12-14")
    assert "due on Tue 14 Sep 2027" in await look(world, of="@jun")


# How often ------------------------------------------------------------------------------------------


async def test_the_manager_chooses_how_often_and_when(world: World) -> None:
    assert "One comes every 9 months" in await look(world)
    await world.press("bruno", "rate.plan")
    await world.submit("bruno", months="6", tells=["yes"])
    assert "Kept: every 6 months, next on Wed 24 Mar 2027." in await page(world, "bruno")
    assert "Your rate is looked at every 6 months" in await own(world)
    await look(world)
    await world.press("bruno", "rate.plan")
    wrong = await world.submit("bruno", months="6", next="2026-11-20", tells=["yes"])
    assert "still to come" in str(wrong["errors"])
    await world.submit("bruno", months="12", next="2026-12-01", tells=[])
    assert "every 12 months, next on Tue 1 Dec 2026" in await page(world, "bruno")
    said = await own(world)
    assert "12" not in said
    assert "invites you when it is time" in said


async def item(world: World) -> str:
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        row = await team.get(ChecklistItem, user_id=world.id("lena"), key="step4_rate")
    assert row is not None
    return row.state


async def test_the_item_of_the_checklist_is_done_once_it_has_a_date_the_contractor_may_know(world: World) -> None:
    await world.add_contractor("lena", path=True, start_date=date(2026, 11, 23))
    await world.settle()
    await look(world, of="@lena")
    await world.press("bruno", "rate.plan")
    await world.submit("bruno", months="9", tells=[])
    assert await item(world) == "todo"
    await world.press("bruno", "rate.plan")
    await world.submit("bruno", months="9", tells=["yes"])
    assert await item(world) == "done"


# Inviting and preparing -----------------------------------------------------------------------------


async def test_an_invited_contractor_sees_what_is_for_both_and_prepares(world: World) -> None:
    await known(world)
    for meet, why in (("2026-11-20", "has passed"), ("2026-12-05", "do not work"), ("2028-01-03", "a year away")):
        assert why in str((await invite(world, meet))["errors"])
    await invite(world, words="Tell me what you are proud of")
    assert "is invited for Thu 3 Dec 2026" in await page(world, "bruno")
    told = await read(world, "ana")
    assert "invites you to talk about your rate on Thu 3 Dec 2026" in told
    assert "proud" not in told
    await world.press("ana", "rate.open", DM)
    seen = await page(world, "ana")
    assert "Tell me what you are proud of" in seen
    assert "on target in 1 of 2" in seen
    assert "Motion &lt;!here&gt; design" in seen
    assert "Shorter briefs" not in seen
    assert "24 Dec" not in seen
    await world.press("ana", "rate.prepare")
    wrong = await world.submit("ana", took_on=" ")
    assert "a word is enough" in str(wrong["errors"])
    await world.submit("ana", took_on="The *whole* <!channel> checkout", wish="Thirty hours")
    assert "The *whole* &lt;!channel&gt; checkout" in await page(world, "ana")
    assert "has prepared the talk" in await read(world, "bruno")
    assert "Thirty hours" in await look(world)
    await invite(world, "2026-12-10")
    assert "moved the talk about your rate to Thu 10 Dec 2026" in await read(world, "ana")
    assert "Thirty hours" in await own(world)


async def test_a_single_channel_guest_asks_in_the_direct_message(world: World) -> None:
    await world.add_contractor("jun")
    await world.types("jun", "rate", DM)
    await world.press("jun", "rate.open", DM)
    assert "Your rate is looked at every 9 months" in await page(world, "jun")
    await world.types("bruno", "contractor rate @ana", DM)
    await world.press("bruno", "rate.open", DM)
    assert "One comes every 9 months" in await page(world, "bruno")


# Outcomes -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "field", "why"),
    [
        ({"outcome": "later"}, "next", "until when"),
        ({"outcome": "later", "next": "2026-12-24"}, "next", "on that day already"),
        ({"held": "2026-12-01"}, "held", "still to come"),
        ({"held": ""}, "held", "on which day"),
        ({"next": "2026-11-23"}, "next", "still to come"),
        ({"next": "2126-11-23"}, "next", "three years"),
    ],
)
async def test_what_cannot_be_is_said_under_its_field(world: World, values: Any, field: str, why: str) -> None:
    wrong = await decide(world, **values)
    assert why in wrong["errors"][field]
    assert "Reviews so far" not in await look(world)


async def test_the_contractor_hears_of_it_only_when_the_manager_says_so(world: World) -> None:
    await decide(world)
    assert "noted your rate review" not in await read(world, "ana")
    assert "goes up" not in await own(world)
    await look(world)
    await world.press("bruno", "rate.correct")
    await world.submit("bruno", outcome="raised", held="2026-11-23", next="2027-05-24", tell=["yes"])
    told = await read(world, "ana")
    assert "Your rate goes up. We look at it again on Mon 24 May 2027." in told
    assert "Your rate goes up." in await own(world)
    seen = await look(world)
    assert "Mon 23 Nov 2026: Raised, noted by" in seen
    assert "due on Mon 24 May 2027" in seen


async def test_put_off_and_sent_twice(world: World) -> None:
    await look(world)
    await world.press("bruno", "rate.decide")
    view = await world.modal("bruno")
    assert view is not None
    await decide(world, "later", next="2027-01-25", tell=["yes"])
    assert "The talk about your rate comes later. We look at it again on Mon 25 Jan 2027." in await read(world, "ana")
    assert "due on Mon 25 Jan 2027" in await look(world)
    await decide(world, next="2027-01-25")
    assert "Reviews so far" in await look(world)


# Amounts --------------------------------------------------------------------------------------------


def leaks(found: str | bytes) -> list[str]:
    """Name the secrets that can be read in something."""
    text = found if isinstance(found, str) else found.decode("latin-1")
    return [secret for secret in SECRETS if secret in text]


async def test_amounts_are_nowhere_in_the_clear(
    world: World, sqlite_url: str, capfd: pytest.CaptureFixture[str]
) -> None:
    await invite(world, words="About 4123.75, said Valdoria")
    await own(world)
    await world.press("ana", "rate.prepare")
    await world.submit("ana", wish="4987.25, as Valdoria pays")
    await decide(world, tell=["yes"])
    wrong = await world.submit("bruno", **(AMOUNTS | {"after": "4000"}))
    assert "not more than before" in wrong["errors"]["after"]
    wrong = await world.submit("bruno", **(AMOUNTS | {"currency": "€", "after": "much"}))
    assert set(wrong["errors"]) == {"currency", "after"}
    await world.submit("bruno", **AMOUNTS, amount=["yes"])
    assert not leaks(await page(world, "bruno"))
    await world.press("bruno", "rate.amounts")
    shown = await page(world, "bruno")
    assert "Before 4123.75 EUR a month, after 4987.25 EUR a month" in shown
    assert "Firma de Valdoria" in shown
    await world.press("ana", "rate.own_amount", DM)
    assert "4987.25 EUR a month" in await page(world, "ana")
    assert "4123.75" not in await page(world, "ana")
    await world.until("2026-11-24T18:00", "bruno")
    for who in ("ana", "bruno", "olivia", "lena", "priya"):
        assert not leaks(await read(world, who)), who
        assert not leaks(json.dumps(await world.opens_home(who))), who
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        letters = await team.all(team.select(Letter))
    assert any("rate review" in one.text for one in letters)
    file = Path(sqlite_url.partition(":///")[2])
    kept = b"".join(each.read_bytes() for each in file.parent.glob(f"{file.name}*"))
    assert b"rate_review" in kept
    assert not leaks(kept)
    out, err = capfd.readouterr()
    assert not leaks(out + err)


async def test_amounts_may_stay_between_the_manager_and_the_vault(world: World) -> None:
    await decide(world, tell=["yes"])
    await world.submit("bruno", **AMOUNTS)
    assert "rate.own_amount" not in str([actions(one) for one in await world.sees("ana", DM)])
    assert "rate.own_amount" not in str(actions((await world.modal("ana")) or {}))
    await look(world)
    await world.press("bruno", "rate.amounts")
    await world.press("bruno", "rate.change")
    await world.submit("bruno", before="", after="4987.25", currency="EUR", unit="month", words="", amount=["yes"])
    await world.press("ana", "rate.own_amount", DM)
    assert "4987.25" in await page(world, "ana")
    await look(world)
    await world.press("bruno", "rate.amounts")
    assert "Valdoria" not in await page(world, "bruno")


async def test_the_manager_of_today_sees_amounts_and_nobody_the_words_of_another(world: World) -> None:
    await decide(world)
    await world.submit("bruno", **AMOUNTS)
    for who in ("olivia", "priya", "noor"):
        await world.types(who, "contractor rate @ana", DM)
        assert "between a contractor and their manager" in await read(world, who)
    await world.types("ana", "/contractor rate @ana")
    assert "rate.decide" not in actions((await world.modal("ana")) or {})
    await look(world)
    await change_manager(world, "lena")
    await world.press("bruno", "rate.amounts")
    assert "4123.75" not in await page(world, "bruno")
    await look(world, "lena")
    await world.press("lena", "rate.amounts")
    shown = await page(world, "lena")
    assert "4987.25" in shown
    assert "Valdoria" not in shown
    await world.press("lena", "rate.change")
    await world.submit("lena", before="4123.75", after="5000", currency="EUR", unit="month")
    await change_manager(world, "bruno")
    await look(world)
    await world.press("bruno", "rate.amounts")
    assert "Valdoria" in await page(world, "bruno")


async def test_without_a_key_all_but_amounts_works(sqlite_url: str) -> None:
    world = await World.begin(sqlite_url, contractors=(), encryption_key=())
    await world.add_contractor("ana", start_date=START)
    await invite(world, words="Be proud")
    assert "ENCRYPTION_KEY" in await page(world, "bruno")
    await own(world)
    await world.press("ana", "rate.prepare")
    assert "leave amounts out" in await page(world, "ana")
    await world.submit("ana", took_on="gAAAAABnothing")
    assert "gAAAAABnothing" in await look(world)
    await decide(world, "kept", tell=["yes"])
    seen = await look(world)
    assert "Kept as it is" in seen
    assert "rate.amounts" not in actions((await world.modal("bruno")) or {})
    assert "Be proud" in await own(world)
    await world.end()


async def test_everybody_s_reviews_stand_on_pages(world: World) -> None:
    await world.add_contractor("jun", start_date=date(2026, 3, 2))
    await world.settle()
    await world.types("bruno", "/circle rate")
    seen = await page(world, "bruno")
    assert seen.index("Wed 2 Dec 2026") < seen.index("Thu 24 Dec 2026")
    assert "2 contractors" in seen
    await world.press("bruno", "rate.open")
    assert "due on Wed 2 Dec 2026, in 9 days" in await page(world, "bruno")


async def titles(world: World, who: str) -> list[tuple[str, str]]:
    """Give what stands in somebody's calendar: title and class of each entry."""
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        found = await calendar.agenda(team, world.id(who), world.clock.now(), ())
    assert found is not None
    body = calendar_events.feed(found, world.clock.now(), world.bot.playbook.calendar, 20)
    events = icalendar.Calendar.from_ical(body).walk("VEVENT")
    return [(str(one["summary"]), f"{one.get('class', '')} {one.decoded('dtstart')}") for one in events]


async def test_the_day_stands_in_the_calendar_of_who_may_know_it(world: World) -> None:
    mine, theirs = await titles(world, "ana"), await titles(world, "bruno")
    assert ("Rate review: Ana Reis", "PRIVATE 2026-12-24") in theirs
    assert "PRIVATE" not in str(mine)
    await invite(world)
    assert ("Talk with Bruno Vidal", "PRIVATE 2026-12-03") in await titles(world, "ana")
    assert ("Rate review: Ana Reis", "PRIVATE 2026-12-03") in await titles(world, "bruno")
    assert "PRIVATE" not in str([await titles(world, who) for who in ("olivia", "lena", "priya")])
    await decide(world)
    assert "PRIVATE" not in str([await titles(world, who) for who in ("ana", "bruno")])
