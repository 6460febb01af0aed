"""Golden Hours, told from the front door: found, proposed, agreed, noted before they begin, and asked about clocks."""

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import col, select

from handlers import DUTIES
from handlers.contract import Call, Handler, Kind, Say, arm
from handlers.golden_agree import agree, keep
from playbook.sorry import Sorry
from sandbox.blockkit import check_blocks, check_view
from storage import golden, golden_answer
from storage.path import travellers
from storage.path_tables import ChecklistItem, Term
from storage.rhythm_tables import Away, Golden, Point, Quiet
from storage.tables import Contractor, Letter, LogEntry, Occasion, Person
from tests.world import Json, World, words

APP = "@app"
WEEK = ["0", "1", "2", "3", "4"]
MARCH = datetime(2026, 3, 13, 12, 0, tzinfo=UTC)


async def rows(world: World) -> list[Golden]:
    async with world.bot.database.reading() as session:
        return list((await session.exec(select(Golden).order_by(col(Golden.version)))).all())


async def everything(world: World, who: str) -> str:
    return "\n".join(await world.reads(who))


async def modal_words(world: World, who: str) -> str:
    modal = await world.modal(who)
    assert modal is not None, f"{who} has no modal open"
    return words(modal)


async def options(world: World, who: str) -> list[str]:
    modal = await world.modal(who)
    assert modal is not None
    block = next(one for one in modal["blocks"] if one.get("block_id") == "window")
    return [one["value"] for one in block["element"]["options"]]


async def propose(world: World, who: str, whom: str = "", **values: Any) -> Json:
    text = f"/contractor golden @{whom}" if whom else "/circle golden"
    await world.types(who, text)
    return await world.submit(who, **{"window": "14:00-17:00", "days": WEEK} | values)


async def agree_on(world: World, **values: Any) -> None:
    """Bruno proposes 14:00 to 17:00 on his clock (10:00 to 13:00 on Ana's), and Ana agrees."""
    await propose(world, "bruno", "ana", **values)
    await world.press("ana", "golden.agree", APP)


# Choosing ---------------------------------------------------------------------------------------


async def test_the_manager_proposes_and_the_contractor_agrees(world: World) -> None:
    await world.types("bruno", "/contractor golden @ana")
    shown = await modal_words(world, "bruno")
    assert "10:00–13:00 Ana · 14:00–17:00 Bruno" in shown
    assert "fair: inside both working days" in shown
    assert "Bruno's clock (Europe/Madrid)" in shown
    await world.submit("bruno", window="14:00-17:00", days=WEEK, words="So that we both see daylight")
    assert "Nothing counts until you both agree" in await world.last("bruno")
    card = await world.last("ana", APP)
    for said in ("proposes Golden Hours", "10:00–13:00 Ana · 14:00–17:00 Bruno", "daylight", "Mon–Fri", "Fair:"):
        assert said in card, said
    await world.press("ana", "golden.agree", APP)
    assert "agreed to these Golden Hours" in await everything(world, "ana")
    assert "Golden Hours of" in await world.last("bruno", APP)
    (row,) = await rows(world)
    assert (row.state, row.zone, row.answered_by) == ("agreed", "Europe/Madrid", world.id("ana"))
    assert row.windows[0] == {"weekday": 0, "start": "14:00", "end": "17:00"}


async def test_the_contractor_proposes_and_the_manager_proposes_another(world: World) -> None:
    await propose(world, "ana", window="11:00-13:30")
    await world.press("bruno", "golden.open", APP)
    modal = await world.modal("bruno")
    assert modal is not None
    block = next(one for one in modal["blocks"] if one.get("block_id") == "window")
    assert block["element"]["initial_option"]["value"] == "15:00-17:30"  # what was proposed, on his clock
    await world.submit("bruno", window="13:30-16:30")
    assert "has proposed other Golden Hours since then" in await everything(world, "bruno")
    await world.press("ana", "golden.agree", APP)
    first, second = await rows(world)
    assert (first.state, second.state) == ("replaced", "agreed")
    assert first.proposed_by == world.id("ana")
    assert second.proposed_by == world.id("bruno")
    await propose(world, "ana", window="09:00-12:00")
    await world.press("bruno", "golden.agree", APP)
    assert [row.state for row in await rows(world)] == ["replaced", "replaced", "agreed"]
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        assert (await golden.current(team, [world.id("ana")]))[world.id("ana")].zone == "America/Sao_Paulo"


async def test_a_single_channel_guest_types_the_word_and_presses(world: World) -> None:
    await world.types("jun", "golden", APP)
    await world.press("jun", "golden.open", APP)
    assert "Which window?" in await modal_words(world, "jun")
    await world.close("jun")
    await world.types("bruno", "golden @jun", APP)
    await world.press("bruno", "golden.open", APP)
    assert "Jun" in await modal_words(world, "bruno")


async def test_whose_is_asked_of_a_manager_of_several(world: World) -> None:
    await world.types("bruno", "/circle golden")
    assert "/contractor golden @person" in await world.last("bruno")


async def test_another_time_is_checked_and_said_to_be_night(world: World) -> None:
    await propose(world, "bruno", "ana", window="own")
    for start, end, said in (
        ("14:00", "15:30", "This is 1 h 30. Two to three hours work best"),
        ("12:00", "17:00", "second shift"),
    ):
        answer = await world.submit("bruno", days_0=WEEK, start_0=start, end_0=end)
        assert said in str(answer["errors"]), said
    answer = await world.submit("bruno", days_0=WEEK, start_0="09:00", end_0="11:00")
    assert answer["response_action"] == "update"
    assert "05:00–07:00 is outside 08:00–20:00 for Ana" in await modal_words(world, "bruno")
    assert await rows(world) == []
    await world.submit("bruno")
    (row,) = await rows(world)
    assert row.windows[0] == {"weekday": 0, "start": "09:00", "end": "11:00"}
    card = await world.last("ana", APP)
    assert "Ana is there 4 h before the working day begins" in card
    assert "It is Ana who bends, every time" in card
    assert "outside 08:00–20:00 for Ana" in card


async def test_nothing_chosen_is_said_under_the_field(world: World) -> None:
    answer = await propose(world, "bruno", "ana", days=[])
    assert list(answer["errors"]) == ["days"]
    answer = await world.submit("bruno", days=WEEK, **{"golden.partners": [world.id("builds")]})
    assert "cannot take part" in answer["errors"]["golden.partners"]


async def test_each_weekday_may_have_its_own_window(world: World) -> None:
    await propose(world, "bruno", "ana", more=["nudge", "another"])
    await world.submit("bruno", days_0=["4"], start_0="13:00", end_0="15:00", again_0=["another"])
    await world.submit("bruno", days_1=["2"], start_1="15:00", end_1="17:30")
    card = await world.last("ana", APP)
    assert "*Mon, Tue, Thu*  10:00–13:00 Ana · 14:00–17:00 Bruno" in card
    assert "*Wed*  11:00–13:30 Ana" in card
    assert "*Fri*  09:00–11:00 Ana" in card
    await world.press("ana", "golden.agree", APP)
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        found = (await travellers(team, [world.id("ana")]))[world.id("ana")].golden
    assert found is not None
    assert found.words(date(2026, 11, 27), "America/Sao_Paulo") == "09:00–11:00"
    assert found.words(date(2026, 11, 28), "America/Sao_Paulo") == ""


async def test_own_time_on_some_days_asks_for_the_rest(world: World) -> None:
    await propose(world, "bruno", "ana", window="own")
    await world.submit("bruno", days_0=["0", "1"], start_0="14:00", end_0="16:00")
    assert await rows(world) == []
    await world.submit("bruno", days_1=["2", "3", "4"], start_1="15:00", end_1="17:00")
    (row,) = await rows(world)
    assert [one["start"] for one in row.windows] == ["14:00", "14:00", "15:00", "15:00", "15:00"]


async def test_several_team_members_are_ranked_at_once_and_told(world: World) -> None:
    await world.types("bruno", "/contractor golden @ana")
    before = await options(world, "bruno")
    await world.choose("bruno", "words", "with Priya")
    await world.choose("bruno", "golden.partners", [world.id("priya")])
    after = await options(world, "bruno")
    assert before[0] != after[0] == "12:00-14:00"
    shown = await modal_words(world, "bruno")
    assert "somebody has to bend" in shown
    assert "Priya" in shown
    await world.submit("bruno", window="12:00-14:00", days=WEEK)
    await world.press("ana", "golden.agree", APP)
    (row,) = await rows(world)
    assert golden.partners(row) == (world.id("priya"),)
    assert row.words == "with Priya"
    told = await world.last("priya", APP)
    assert "You take part" in told
    assert "16:30–18:30 Priya" in told


async def test_manila_and_new_york_have_no_overlap_and_hear_it(world: World) -> None:
    async with world.bot.database.team(world.bot.team_id) as team:
        place = await team.get(Contractor, user_id=world.id("jun"))
        assert place is not None
        place.manager_id = world.id("olivia")
    await world.types("olivia", "/contractor golden @jun")
    shown = await modal_words(world, "olivia")
    assert "07:00–09:00 Jun, next day · 18:00–20:00 Olivia" in shown
    assert "do not overlap long enough" in shown
    assert "Jun and Olivia bend; outside waking hours for Jun" in shown
    answer = await world.submit("olivia", window="18:00-20:00", days=WEEK)
    assert answer["response_action"] == "update"
    warned = await modal_words(world, "olivia")
    assert "07:00–09:00 is outside 08:00–20:00 for Jun" in warned
    assert "Fri is not a working day of Jun" in warned
    await world.submit("olivia")
    await world.wakes("jun")
    assert "Please note" in await everything(world, "jun")


async def test_the_checklist_is_ticked(world: World) -> None:
    await world.add_contractor("noor", path=True, start_date=date(2026, 11, 23))
    await world.settle()
    await world.types("bruno", "/contractor golden @noor")
    await world.submit("bruno", window=(await options(world, "bruno"))[0], days=WEEK)
    await world.press("noor", "golden.agree", APP)
    async with world.bot.database.reading() as session:
        query = select(ChecklistItem).where(col(ChecklistItem.auto) == "golden")
        found = (await session.exec(query)).all()
    assert [one.state for one in found] == ["done"]


# Who may ----------------------------------------------------------------------------------------


async def forged(world: World, who: str, handler: Handler, value: str) -> str:
    """Press a button that was never shown to somebody, and give what they are told."""
    async with world.bot.database.team(world.bot.team_id) as team:
        call = Call(Kind.ACTION, "golden.agree", world.bot.team_id, world.id(who), value=value)
        try:
            reply = await handler(call, world.bot.workshop.desk(team))
        except Sorry as refused:
            return str(refused)
    return reply.text if isinstance(reply, Say) else ""


async def test_who_proposed_cannot_agree_and_no_stranger_can(world: World) -> None:
    await propose(world, "bruno", "ana")
    (row,) = await rows(world)
    for who, said in (("noor", "find nobody"), ("jun", "find nobody"), ("lena", "Please ask one of them")):
        assert said in await forged(world, who, agree, row.id), who
        assert said in await forged(world, who, keep, row.id), who
    assert "You proposed these" in await forged(world, "bruno", agree, row.id)
    assert "find nobody" in await forged(world, "bruno", agree, "nonsense")
    assert (await rows(world))[0].state == "proposed"


@pytest.mark.parametrize("who", ["noor", "jun"])
async def test_strangers_find_nobody(world: World, who: str) -> None:
    await world.types(who, "golden @ana", APP)
    assert "I find nobody by that name" in await world.last(who, APP)


async def test_those_who_help_may_look(world: World) -> None:
    await agree_on(world)
    await world.types("lena", "/contractor golden @ana")
    modal = await world.modal("lena")
    assert modal is not None
    assert not modal.get("submit")
    assert "10:00–13:00 Ana · 14:00–17:00 Bruno" in words(modal)


async def test_agreeing_twice_changes_nothing(world: World) -> None:
    await agree_on(world)
    (row,) = await rows(world)
    assert "agreed to these already" in await forged(world, "ana", agree, row.id)


async def test_everybody_still_reads_a_window(world: World) -> None:
    """Home, and the row of the KPIs, name what was agreed and no more the workspace's."""
    await propose(world, "bruno", "ana", window="13:30-16:30")
    await world.press("ana", "golden.agree", APP)
    home = words(await world.opens_home("ana"))
    assert "09:30–12:30 for you" in home
    await world.types("bruno", "/contractor kpi @ana")
    assert "13:30 to 16:30 (Europe/Madrid)" in await modal_words(world, "bruno")


# Ten minutes before -----------------------------------------------------------------------------


async def begun(world: World, who: str) -> list[str]:
    return [one for one in await world.reads(who) if "Golden Hours begin" in one]


async def test_nothing_open_nothing_said(world: World) -> None:
    await agree_on(world)
    before = len(await world.reads("ana")), len(await world.reads("bruno"))
    await world.until("2026-11-23T14:30", "bruno")
    assert (len(await world.reads("ana")), len(await world.reads("bruno"))) == before


async def test_what_is_open_goes_to_whom_it_concerns_and_to_nobody_else(world: World) -> None:
    await agree_on(world)
    await world.types("ana", "/blocker kind:priority waiting for a decision on the checkout")
    async with world.bot.database.team(world.bot.team_id) as team:
        at = world.clock.now()
        for owner, text in (("bruno", "Write down the release plan"), ("ana", "Tidy the board")):
            by = world.id("bruno")
            point = Point(team_id="", user_id=world.id("ana"), kind="action", text=text, by=by, added_at=at)
            point.owner_id = world.id(owner)
            team.add(point)
        team.add(Term(team_id="", key="dri", term="DRI", asked_by=world.id("ana"), asked_at=at))
    await world.until("2026-11-23T13:49", "bruno")
    assert "Golden Hours begin" not in await everything(world, "bruno")
    await world.until("2026-11-23T13:52", "bruno")
    (mine,), (his,) = await begun(world, "ana"), await begun(world, "bruno")
    for said in ("waiting for a decision", "release plan", "Tidy the board", "DRI"):
        assert said in mine, said
    assert "release plan" in his
    assert "DRI" in his
    assert "Tidy the board" not in his
    assert "Golden Hours begin" not in await everything(world, "lena")


async def test_the_helper_gets_the_blocker_with_its_buttons(world: World) -> None:
    await agree_on(world)
    await world.types("ana", "/blocker waiting for a decision about the release plan")
    helper = "priya"
    await world.until("2026-11-23T13:52", "bruno")
    told = [one for one in await world.reads(helper) if "Golden Hours begin" in one]
    assert len(told) == 1
    await world.press(helper, "blocker.take", APP, containing="Golden Hours begin")
    assert "On it" in await world.last("bruno", "#acme")


@pytest.mark.parametrize(("who", "off"), [("ana", True), ("bruno", True), ("lena", False)])
async def test_not_on_a_day_off_of_either(world: World, who: str, *, off: bool) -> None:
    await agree_on(world)
    await world.types("ana", "/blocker waiting for Figma edit access")
    day = date(2026, 11, 23)
    async with world.bot.database.team(world.bot.team_id) as team:
        at, one = world.clock.now(), world.id(who)
        team.add(Away(team_id="", user_id=one, first=day, last=day, planned_at=at, planned_by=one))
    await world.until("2026-11-23T13:55", "bruno")
    assert ("Golden Hours begin" in await everything(world, "ana")) is not off


async def test_not_on_a_holiday(world: World) -> None:
    async with world.bot.database.team(world.bot.team_id) as team:
        place = await team.get(Contractor, user_id=world.id("ana"))
        assert place is not None
        place.country = "BR"
    await agree_on(world)
    async with world.bot.database.team(world.bot.team_id) as team:
        (duty,) = [one for one in DUTIES if one.name == "golden.start"]
        desk = replace(world.bot.workshop.desk(team), now=datetime(2026, 12, 24, 13, 0, tzinfo=UTC))
        assert duty.next is not None
        when = (await duty.next(desk, [world.id("ana")]))[world.id("ana")]
    assert when.due_at == datetime(2026, 12, 28, 12, 50, tzinfo=UTC)  # not on Friday, which is Christmas in Brazil


async def test_not_when_it_is_switched_off(world: World) -> None:
    await agree_on(world, more=[])
    await world.types("ana", "/blocker waiting for Figma edit access")
    await world.until("2026-11-23T14:30", "bruno")
    assert "Golden Hours begin" not in await everything(world, "ana")


# Clock changes ----------------------------------------------------------------------------------


@pytest.fixture
async def spring(sqlite_url: str) -> AsyncIterator[World]:
    """The same on a Friday in March: Madrid's clock changes on 29 March, and São Paulo's never."""
    begun = await World.begin(sqlite_url, at=MARCH)
    await begun.add_contractor("noor", start_date=date(2026, 3, 2))
    yield begun
    await begun.end()


def about_clocks(said: list[str]) -> list[str]:
    return [one for one in said if "the clocks are different" in one]


async def test_both_are_asked_once_two_weeks_before_a_clock_change(spring: World) -> None:
    await agree_on(spring)
    await spring.until("2026-03-16T13:59", "bruno")
    assert about_clocks(await spring.reads("ana")) == []
    await spring.until("2026-03-17T14:31", "bruno")  # a Monday may be full
    for who in ("ana", "bruno"):
        (said,) = about_clocks(await spring.reads(who))
        assert "From Mon 30 Mar on" in said
        assert "09:00–12:00 for Ana instead of 10:00–13:00" in said
        assert "For Bruno it stays at 14:00–17:00" in said or who == "ana"
    await spring.until("2026-03-31T12:00", "bruno")
    assert len(about_clocks(await spring.reads("ana"))) == 1


async def test_the_one_whose_clock_it_is_lets_it_stay(spring: World) -> None:
    await agree_on(spring)
    await spring.until("2026-03-17T14:31", "bruno")  # a Monday may be full
    await spring.press("bruno", "golden.keep", APP)
    assert "They stay where they are on the clock of" in await everything(spring, "ana")
    assert about_clocks(await spring.reads("ana")) == []
    assert len(await rows(spring)) == 1


async def test_the_other_one_proposes_to_keep_it_on_their_clock(spring: World) -> None:
    await agree_on(spring)
    await spring.until("2026-03-16T14:31", "bruno")
    await spring.press("ana", "golden.keep", APP)
    *_, row = await rows(spring)
    assert (row.state, row.zone, row.windows[0]["start"]) == ("proposed", "America/Sao_Paulo", "10:00")
    assert "From Mon 30 Mar on: 15:00–18:00 for Bruno instead of 14:00–17:00" in await everything(spring, "bruno")
    await spring.press("bruno", "golden.agree", APP)
    await spring.until("2026-03-31T12:00", "bruno")
    assert len(about_clocks(await spring.reads("bruno"))) == 0


async def test_what_is_agreed_shortly_before_a_change_is_asked_about_soon(spring: World) -> None:
    await spring.until("2026-03-24T13:00", "bruno")
    await agree_on(spring)
    await spring.until("2026-03-24T15:00", "bruno")
    assert len(about_clocks(await spring.reads("ana"))) == 1


async def test_clocks_that_change_together_ask_nobody(spring: World) -> None:
    await spring.add_contractor("lena", start_date=date(2026, 3, 2))
    await spring.types("bruno", "/contractor golden @lena")
    await spring.submit("bruno", window=(await options(spring, "bruno"))[0], days=WEEK)
    await spring.press("lena", "golden.agree", APP)
    await spring.until("2026-03-31T12:00", "bruno")
    assert about_clocks(await spring.reads("lena")) == []


async def test_nobody_gets_a_note_before_golden_hours_in_their_sleep(world: World) -> None:
    await agree_on(world)
    async with world.bot.database.team(world.bot.team_id) as team:
        begins, ends = time(20), time(9, 30)
        team.add(Quiet(team_id=team.team_id, user_id=world.id("olivia"), quiet_from=begins, quiet_until=ends))
    await world.types("ana", "/blocker waiting for Figma edit access")
    await world.until("2026-11-24T14:00", "bruno")  # 08:00 for Olivia
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        notes = await team.all(team.select(Letter).where(col(Letter.nudge) == "golden.start"))
    assert {one.to for one in notes} == {world.id("ana")}


# What is measured -------------------------------------------------------------------------------


async def test_time_in_answer_is_measured_inside_and_outside(world: World) -> None:
    await agree_on(world)
    await world.types("ana", "/blocker waiting for Figma edit access")  # 09:00 for Ana: outside
    await world.until("2026-11-23T13:10")
    await world.press("olivia", "blocker.take", APP)
    await world.types("ana", "/blocker waiting for a login to the tracker")  # 10:10 for Ana: inside
    await world.until("2026-11-23T13:22")
    await world.press("olivia", "blocker.take", APP, containing="login to the tracker")
    await world.types("bruno", "/contractor golden @ana")
    assert "Inside: 12 min in the middle (1 blocker) · Outside: 1 h 10 (1)" in await modal_words(world, "bruno")


async def test_days_are_kept_only_as_far_as_the_log_tells(world: World) -> None:
    await agree_on(world)
    logged: list[tuple[int, str | None, str | None]] = [
        (24, "2026-11-24T13:00", "2026-11-24T15:30"),  # in the window
        (25, "2026-11-25T17:00", "2026-11-25T20:00"),  # worked, but not then
        (26, None, None),  # only a length
    ]
    async with world.bot.database.team(world.bot.team_id) as team:
        at = world.clock.now()
        for day, *ends in logged:
            start, end = (datetime.fromisoformat(one).replace(tzinfo=UTC) if one else None for one in ends)
            entry = LogEntry(
                team_id="", user_id=world.id("ana"), day=date(2026, 11, day), minutes=150, created_at=at, changed_at=at
            )
            entry.starts_at, entry.ends_at = start, end
            team.add(entry)
        await team.session.flush()
        ana = world.id("ana")
        found = (await golden_answer.kept(team, [ana], date(2026, 11, 24), date(2026, 11, 29)))[ana]
    assert (found.kept, found.known, found.agreed) == (1, 2, 4)


# Many -------------------------------------------------------------------------------------------


async def test_two_hundred_contractors_are_planned_in_few_queries(world: World) -> None:
    names = [f"U{number:08}" for number in range(200)]
    counted: list[str] = []
    async with world.bot.database.team(world.bot.team_id) as team:
        at, bruno = world.clock.now(), world.id("bruno")
        for name in names:
            team.add(Person(team_id="", user_id=name, name="N" * 80, zone="America/New_York"))
            team.add(
                Contractor(
                    team_id="", user_id=name, manager_id=bruno, role="r", project="p", start_date=date(2026, 11, 2),
                    weekly_minutes=1800, weekdays="0,1,2,3,4", day_start=time(9), day_end=time(17), added_at=at,
                    added_by=bruno,
                )
            )  # fmt: skip
            windows = [{"weekday": day, "start": "15:00", "end": "17:00"} for day in range(5)]
            agreed = Golden(
                team_id="", user_id=name, version=1, state="agreed", windows=windows, zone="Europe/Madrid",
                proposed_by=bruno, proposed_at=at,
            )  # fmt: skip
            agreed.answered_at = at
            team.add(agreed)
        await team.session.flush()
        desk = world.bot.workshop.desk(team)
        engine = team.session.get_bind()
        listen: Callable[..., None] = lambda *given: counted.append(str(given[2]))  # noqa: E731
        event.listen(engine, "before_cursor_execute", listen)
        for duty in (one for one in DUTIES if one.name.startswith("golden.")):
            assert duty.next is not None
            assert len(await duty.next(desk, names)) == len(names)
        event.remove(engine, "before_cursor_execute", listen)
        assert len(counted) < 40, len(counted)
        await arm(desk, *names[:3], contractor=True)
        due = await team.all(team.select(Occasion).where(col(Occasion.duty) == "golden.start"))
        assert len(due) == 3


# Looks ------------------------------------------------------------------------------------------


async def test_what_is_drawn_is_what_slack_takes(world: World) -> None:
    await world.types("bruno", "/contractor golden @ana")
    everybody = [world.id(name) for name in ("priya", "lena", "noor", "olivia", "jun")]
    await world.choose("bruno", "golden.partners", everybody)
    modal = await world.modal("bruno")
    assert modal is not None
    seen: Mapping[str, Any] = {name: modal[name] for name in ("type", "title", "close", "submit", "blocks")}
    assert check_view(dict(seen)) == []
    await world.submit("bruno", window=(await options(world, "bruno"))[0], days=WEEK)
    if await world.modal("bruno"):
        await world.submit("bruno")
    (message,) = [one for one in await world.sees("ana", APP) if "proposes Golden Hours" in words(one)]
    assert check_blocks(message["blocks"], "message") == []
