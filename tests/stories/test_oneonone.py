"""The rhythm of 1:1s, told from the front door: planning, moving, skipping, and what happens when somebody is off."""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, date, datetime, time

import pytest
from sqlmodel import col

from handlers.contract import arm, soon
from storage import oneonone
from storage.rhythm_tables import Away, Meeting
from storage.tables import Contractor
from tests.world import World, actions, words


def at(moment: str) -> int:
    return int(datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp())


async def plan(world: World, who: str = "ana", moment: str = "2026-11-25T14:00", *, weekly: bool = True) -> None:
    await world.types("bruno", f"/contractor 1on1 @{who}")
    await world.submit("bruno", at=at(moment), rhythm=["weekly"] if weekly else [])


async def meetings(world: World, who: str = "ana") -> Sequence[Meeting]:
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        query = team.select(Meeting).where(col(Meeting.user_id) == world.id(who))
        return await team.all(query.order_by(col(Meeting.at)))


async def ahead(world: World, who: str = "ana") -> str:
    """Give when the next 1:1 is, as both the meeting and the contractor's record say."""
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        user_id = world.id(who)
        found = (await oneonone.next_meetings(team, [user_id], world.clock.now())).get(user_id)
        place = await team.get(Contractor, user_id=user_id)
        assert place is not None
        if found is None:
            return ""
        assert place.one_on_one_at == found.at
        return f"{found.at:%Y-%m-%dT%H:%M}"


async def away(world: World, who: str, first: date, last: date, kind: str = "off") -> None:
    """Let somebody be away, as the form of days off would."""
    async with world.bot.database.team(world.bot.team_id) as team:
        team.add(
            Away(
                team_id=team.team_id,
                user_id=world.id(who),
                first=first,
                last=last,
                kind=kind,
                planned_at=world.clock.now(),
                planned_by=world.id(who),
            )
        )
        await team.session.flush()
        await soon(world.bot.workshop.desk(team), ("oneonone.keep", world.id(who)))
    await world.settle()


async def change(world: World, who: str, **values: object) -> None:
    async with world.bot.database.team(world.bot.team_id) as team:
        place = await team.get(Contractor, user_id=world.id(who))
        assert place is not None
        for name, value in values.items():
            setattr(place, name, value)
        await team.session.flush()
        desk = world.bot.workshop.desk(team)
        await arm(desk, place.user_id, contractor=True)
        await soon(desk, ("oneonone.keep", place.user_id))
    await world.settle()


async def said(world: World, who: str, part: str) -> list[str]:
    return [one for one in await world.reads(who) if part in one]


# Planning ---------------------------------------------------------------------------------------


async def test_a_manager_plans_it_and_the_contractor_hears_and_sees_it(world: World) -> None:
    await plan(world)
    assert "every Wednesday from then on" in await world.last("bruno", "#acme")
    told = (await said(world, "ana", "Your 1:1 with"))[-1]
    assert f"!date^{at('2026-11-25T14:00')}^" in told
    assert "every Wednesday at this time" in told
    assert "Ana Reis 11:00 · Bruno" in told
    assert await ahead(world) == "2026-11-25T14:00"


async def test_every_week_is_offered_and_can_be_left_out(world: World) -> None:
    await world.types("bruno", "/contractor 1on1 @ana")
    modal = await world.modal("bruno")
    assert modal is not None
    assert "initial_options" in str(modal["blocks"])
    await world.submit("bruno", at=at("2026-11-25T14:00"), rhythm=[])
    await world.until("2026-11-25T14:01")
    assert await ahead(world) == ""


async def test_the_next_one_always_exists(world: World) -> None:
    await plan(world)
    for moment, follows in (
        ("2026-11-25T14:01", "2026-12-02T14:00"),
        ("2026-12-02T14:01", "2026-12-09T14:00"),
        ("2026-12-09T14:01", "2026-12-16T14:00"),
    ):
        await world.until(moment)
        assert await ahead(world) == follows


async def test_moving_it_by_the_form_says_what_it_was_and_the_same_again_says_nothing(world: World) -> None:
    for moment in ("2026-11-25T14:00", "2026-11-26T15:00", "2026-11-26T15:00"):
        await plan(world, moment=moment)
    told = await said(world, "ana", "Your 1:1 with")
    assert len(told) == 2
    assert f"It was <!date^{at('2026-11-25T14:00')}" in told[1]
    assert len(await meetings(world)) == 1


@pytest.mark.parametrize(
    ("moment", "says"),
    [
        ("2026-11-20T14:00", "has passed"),
        ("2027-06-01T14:00", "90 days"),
        ("2026-11-25T08:00", "05:00 for Ana Reis"),
        ("2026-11-28T14:00", "does not work on a Saturday"),
    ],
)
async def test_a_moment_that_does_not_suit(world: World, moment: str, says: str) -> None:
    await world.types("bruno", "/contractor 1on1 @ana")
    answer = await world.submit("bruno", at=at(moment), rhythm=["weekly"])
    assert says in answer["errors"]["at"]


async def test_a_day_on_which_one_is_away_does_not_suit(world: World) -> None:
    await away(world, "bruno", date(2026, 11, 25), date(2026, 11, 25))
    await world.types("bruno", "/contractor 1on1 @ana")
    answer = await world.submit("bruno", at=at("2026-11-25T14:00"), rhythm=[])
    assert "is away that day" in answer["errors"]["at"]


@pytest.mark.parametrize("who", ["lena", "ana", "noor"])
async def test_nobody_else_plans_it(world: World, who: str) -> None:
    await world.types(who, "/contractor 1on1 @ana", "#general")
    assert "among the contractors you manage" in await world.last(who, "#general")
    assert await world.modal(who) is None


async def test_an_admin_may_plan_it_and_the_manager_hears_of_it(world: World) -> None:
    await world.types("olivia", "/contractor 1on1 @ana", "#general")
    await world.submit("olivia", at=at("2026-11-25T14:00"), rhythm=["weekly"])
    assert await said(world, "bruno", "has planned your 1:1 with")


async def test_a_date_from_before_there_were_agendas_becomes_a_meeting(world: World) -> None:
    await change(world, "ana", one_on_one_at=datetime(2026, 11, 26, 14, tzinfo=UTC))
    assert [one.at for one in await meetings(world)] == [datetime(2026, 11, 26, 14, tzinfo=UTC)]


# The command ------------------------------------------------------------------------------------


async def test_a_contractor_sees_the_next_agenda_with_what_they_can_do(world: World) -> None:
    await plan(world)
    await world.types("ana", "/1on1")
    seen = (await world.sees("ana", "#acme"))[-1]
    assert {"oneonone.prepare", "oneonone.add", "oneonone.ask"} <= set(actions(seen))
    assert not {"oneonone.start", "oneonone.strategy", "oneonone.move", "oneonone.skip"} & set(actions(seen))


async def test_a_manager_sees_the_agenda_of_one_with_what_they_can_do(world: World) -> None:
    await plan(world)
    await world.types("bruno", "/1on1 @ana")
    seen = (await world.sees("bruno", "#acme"))[-1]
    assert {"oneonone.start", "oneonone.strategy", "oneonone.move", "oneonone.skip"} <= set(actions(seen))
    assert "oneonone.prepare" not in actions(seen)


async def test_a_manager_without_a_name_sees_all_of_theirs(world: World) -> None:
    await plan(world)
    await world.types("bruno", "/1on1")
    seen = (await world.sees("bruno", "#acme"))[-1]
    assert f"<@{world.id('jun')}> · none planned" in words(seen)
    assert f"!date^{at('2026-11-25T14:00')}^" in words(seen)
    await world.press("bruno", "oneonone.agenda", "#acme")
    assert "1:1 agenda" in "".join(await world.reads("bruno", "#acme"))


async def test_a_manager_who_is_a_contractor_too_sees_their_own_and_lists_the_others(world: World) -> None:
    await plan(world)
    await change(world, "jun", manager_id=world.id("ana"))
    await world.types("ana", "/1on1")
    assert "1:1 agenda" in await world.last("ana", "#acme")
    await world.types("ana", "/1on1 list")
    assert f"<@{world.id('jun')}> · none planned" in await world.last("ana", "#acme")


async def test_one_who_leads_nobody_is_told_what_it_is_for(world: World) -> None:
    await world.types("noor", "/1on1", "#general")
    assert "You manage no contractors" in await world.last("noor", "#general")
    await world.types("noor", "/1on1 move", "#general")
    assert "1:1s are for contractors" in await world.last("noor", "#general")


async def test_circle_and_help_know_it(world: World) -> None:
    await world.types("bruno", "/circle 1on1 help")
    assert "/1on1 skip" in await world.last("bruno", "#acme")
    await world.types("bruno", "/1on1 what is this")
    assert "/1on1 skip" in await world.last("bruno", "#acme")


async def test_without_a_plan_each_is_told_the_next_step(world: World) -> None:
    await world.types("ana", "/1on1")
    assert "No 1:1 is planned yet" in await world.last("ana", "#acme")
    await world.types("bruno", "/1on1 @ana")
    assert "No 1:1 with" in await world.last("bruno", "#acme")
    await world.press("bruno", "oneonone.open", "#acme")
    assert await world.modal("bruno") is not None


async def test_a_guest_without_commands_uses_words_and_buttons(world: World) -> None:
    await plan(world, "jun", "2026-11-25T09:00")
    await world.types("jun", "1on1", "@app")
    assert any("1:1 agenda" in one for one in await world.reads("jun"))
    await world.types("jun", "1on1 prepare", "@app")
    await world.press("jun", "oneonone.prepare", "@app", containing="I need a form")
    await world.submit("jun", question="When do we go live?")
    await world.types("jun", "1on1 move", "@app")
    await world.press("jun", "oneonone.ask", "@app", containing="I need a form")
    await world.submit("jun", at=at("2026-11-26T09:00"), why="Exam <b>that</b> day")
    told = (await said(world, "bruno", "asks whether your 1:1"))[-1]
    assert "Exam &lt;b&gt;that&lt;/b&gt; day" in told
    assert "Jun" in told
    await world.press("bruno", "oneonone.move", "@app", containing="asks whether")
    await world.submit("bruno", at=at("2026-11-26T09:00"))
    assert await ahead(world, "jun") == "2026-11-26T09:00"
    await world.wakes("jun")
    assert await said(world, "jun", "moves from")


# Moving and skipping ----------------------------------------------------------------------------


async def test_a_manager_moves_one_and_the_series_stays(world: World) -> None:
    await plan(world)
    await world.types("bruno", "/1on1 move @ana")
    await world.submit("bruno", at=at("2026-11-26T16:00"), why="Board meeting")
    told = (await said(world, "ana", "moves from"))[-1]
    assert "“Board meeting”" in told
    assert "Ana Reis 13:00" in told
    assert await ahead(world) == "2026-11-26T16:00"
    await world.until("2026-11-26T16:01")
    assert await ahead(world) == "2026-12-02T14:00"


async def test_a_manager_moves_it_for_good(world: World) -> None:
    await plan(world)
    await world.types("bruno", "/1on1 move @ana")
    await world.submit("bruno", at=at("2026-11-26T16:00"), rhythm=["weekly"])
    assert "every Thursday" in (await said(world, "ana", "moves from"))[-1]
    await world.until("2026-11-26T16:01")
    assert await ahead(world) == "2026-12-03T16:00"


@pytest.mark.parametrize(
    ("moment", "says"), [("2026-11-20T14:00", "has passed"), ("2026-11-25T08:00", "05:00 for Ana Reis")]
)
async def test_it_is_not_moved_to_where_it_does_not_suit(world: World, moment: str, says: str) -> None:
    await plan(world)
    await world.types("bruno", "/1on1 move @ana")
    answer = await world.submit("bruno", at=at(moment))
    assert says in answer["errors"]["at"]
    assert await ahead(world) == "2026-11-25T14:00"


async def test_not_this_week(world: World) -> None:
    await plan(world)
    await world.types("bruno", "/1on1 skip @ana")
    await world.submit("bruno", which="this", why="")
    assert "Skipped: 1:1 with" in await world.last("bruno", "#acme")
    told = (await said(world, "ana", "There is no 1:1"))[-1]
    assert f"The next one is <!date^{at('2026-12-02T14:00')}" in told
    assert await ahead(world) == "2026-12-02T14:00"


async def test_the_series_ends(world: World) -> None:
    await plan(world)
    await world.types("bruno", "/1on1 skip @ana")
    await world.submit("bruno", which="all", why="We talk every day anyway")
    assert "has ended your weekly 1:1" in (await said(world, "ana", "“We talk every day anyway”"))[-1]
    await world.until("2026-12-09T14:01")
    assert await ahead(world) == ""


async def test_without_a_name_the_only_one_is_meant_and_with_several_the_bot_asks(world: World) -> None:
    await plan(world)
    await world.types("bruno", "/1on1 skip")
    assert "Say whose 1:1, like `/1on1 skip @person`" in await world.last("bruno", "#acme")
    await change(world, "jun", manager_id=world.id("lena"))
    await world.types("bruno", "/1on1 skip")
    assert await world.modal("bruno") is not None


async def test_what_is_skipped_is_not_changed_any_more(world: World) -> None:
    await plan(world)
    await world.types("bruno", "/1on1 @ana")
    await world.types("bruno", "/1on1 skip @ana")
    await world.submit("bruno", which="this")
    await world.press("bruno", "oneonone.move", "#acme")
    assert "nothing to change" in await world.last("bruno", "#acme")


# Away -------------------------------------------------------------------------------------------


async def test_the_manager_is_away_and_both_hear_at_once_where_it_goes(world: World) -> None:
    await plan(world)
    await away(world, "bruno", date(2026, 11, 25), date(2026, 11, 26))
    assert await ahead(world) == "2026-11-27T14:00"
    for who in ("ana", "bruno"):
        told = await said(world, who, "moves from")
        assert len(told) == 1
        assert f"<@{world.id('bruno')}> is away that day." in told[0]
    await world.until("2026-11-27T14:01")
    assert await ahead(world) == "2026-12-02T14:00"


@pytest.mark.parametrize("who", ["ana", "bruno"])
async def test_whoever_notes_a_day_off_by_command_has_it_moved_at_once(world: World, who: str) -> None:
    await plan(world, moment="2026-11-24T11:00")
    await world.types(who, "/ooo tomorrow")
    assert await ahead(world) == "2026-11-25T11:00"


async def test_when_no_later_day_is_left_it_goes_to_an_earlier_one(world: World) -> None:
    await plan(world)
    await away(world, "ana", date(2026, 11, 25), date(2026, 11, 29))
    assert await ahead(world) == "2026-11-24T14:00"


async def test_a_week_without_a_common_day_is_left_out(world: World) -> None:
    await plan(world)
    await away(world, "ana", date(2026, 11, 23), date(2026, 11, 27))
    for who in ("bruno", "ana"):  # ana reads it when she is back
        await world.wakes(who)
        told = (await said(world, who, "There is no 1:1"))[-1]
        assert "No other day that week suits you both." in told
        assert f"The next one is <!date^{at('2026-12-02T14:00')}" in told


async def test_somebody_who_is_partly_away_moves_nothing(world: World) -> None:
    await plan(world)
    await away(world, "bruno", date(2026, 11, 25), date(2026, 11, 25), kind="partly")
    assert await ahead(world) == "2026-11-25T14:00"


async def test_days_off_known_before_the_next_one_is_planned_are_told_with_it(world: World) -> None:
    await plan(world)
    await away(world, "bruno", date(2026, 12, 2), date(2026, 12, 2))
    assert await said(world, "ana", "moves from") == []
    await world.until("2026-11-25T14:01")
    assert await ahead(world) == "2026-12-03T14:00"
    assert f"from <!date^{at('2026-12-02T14:00')}" in (await said(world, "ana", "moves from"))[-1]


async def test_a_holiday_moves_it_and_nobody_is_told_whose_faith(world: World) -> None:
    await change(world, "jun", country="PH")
    await plan(world, "jun", "2026-11-24T09:00")
    await world.until("2026-11-24T09:01")
    await world.until("2026-12-01T09:01")
    assert await ahead(world, "jun") == "2026-12-09T09:00"  # Tuesday the 8th is a holiday in the Philippines
    told = (await said(world, "bruno", "moves from"))[-1]
    assert f"<@{world.id('jun')}> is away that day." in told


# Clocks, managers, pauses -----------------------------------------------------------------------


@pytest.fixture
async def spring(sqlite_url: str) -> AsyncIterator[World]:
    """The Monday of the week in which Madrid goes to summer time on the Sunday, and São Paulo does not."""
    world = await World.begin(sqlite_url, datetime(2027, 3, 22, 12, tzinfo=UTC), ("ana",))
    yield world
    await world.end()


async def test_it_stays_on_the_clock_of_the_manager_when_clocks_change(spring: World) -> None:
    await plan(spring, moment="2027-03-24T14:00")
    await spring.until("2027-03-24T14:01")
    assert await ahead(spring) == "2027-03-31T13:00"
    assert await said(spring, "ana", "The clocks between you") == []


async def test_when_a_clock_change_makes_it_too_early_both_hear_a_better_time(spring: World) -> None:
    await plan(spring, moment="2027-03-24T10:30")  # 07:30 for ana, and 06:30 as soon as Madrid has summer time
    await spring.until("2027-03-24T10:31")
    assert await ahead(spring) == "2027-03-31T09:30"
    await spring.until("2027-03-24T19:00")
    for who in ("ana", "bruno"):
        told = await said(spring, who, "The clocks between you shift")
        assert len(told) == 1
        assert "06:30 for Ana Reis" in told[0]
        assert f"<!date^{at('2027-03-31T10:00')}" in told[0]


async def test_a_new_manager_takes_it_over_with_what_was_prepared(world: World) -> None:
    await plan(world)
    await world.types("ana", "/1on1 prepare")
    await world.submit("ana", question="What is next?")
    await world.types("bruno", "/1on1 prepare @ana")
    await world.submit("bruno", line="Ship it")
    await change(world, "ana", manager_id=world.id("lena"))
    assert "From now on your 1:1 is with" in (await said(world, "lena", "every Wednesday"))[-1]
    assert await said(world, "ana", f"From now on your 1:1 is with <@{world.id('lena')}>")
    await world.types("lena", "/1on1 @ana", "#general")
    seen = await world.last("lena", "#general")
    assert "“What is next?”" in seen
    assert "Ship it" not in seen
    await world.types("bruno", "/1on1 @ana")
    assert "among the contractors you manage" in await world.last("bruno", "#acme")


async def test_while_a_path_is_paused_nothing_is_asked(world: World) -> None:
    await plan(world)
    await world.types("bruno", "/contractor pause @ana")
    await world.until("2026-11-25T17:00")
    for part in ("90 seconds", "here is the agenda", "take place?"):
        assert await said(world, "ana", part) == []
        assert await said(world, "bruno", part) == []


async def test_one_that_nobody_started_is_asked_about_once(world: World) -> None:
    await plan(world)
    await world.until("2026-11-25T15:59")
    assert await said(world, "bruno", "take place?") == []
    await world.until("2026-11-26T12:00")
    assert len(await said(world, "bruno", "take place?")) == 1
    await world.press("bruno", "oneonone.held", "@app", containing="take place?")
    assert "Noted: your 1:1 with" in "".join(await world.reads("bruno"))
    assert [one.state for one in await meetings(world)] == ["held", "planned"]


async def test_one_that_did_not_take_place_is_noted_or_moved(world: World) -> None:
    await plan(world)
    await world.until("2026-11-25T16:30")
    await world.press("bruno", "oneonone.move", "@app", containing="take place?")
    await world.submit("bruno", at=at("2026-11-26T14:00"))
    assert await ahead(world) == "2026-11-26T14:00"
    await world.until("2026-11-26T16:30")
    assert len(await said(world, "bruno", "take place?")) == 2
    await world.press("bruno", "oneonone.skipped", "@app", containing="take place?")
    assert [one.state for one in await meetings(world)] == ["skipped", "planned"]


async def test_hours_across_midnight_do_not_break_it(world: World) -> None:
    await change(world, "ana", day_start=time(22), day_end=time(6))
    await plan(world, moment="2026-11-25T20:00")
    await world.until("2026-11-25T20:01")
    assert await ahead(world) == "2026-12-02T20:00"
