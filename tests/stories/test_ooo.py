"""Time away, told from the front door: in plain words, in the form, for others; back again; holidays and quiet hours."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from handlers.contract import Call, Kind
from handlers.ooo import undone
from playbook.sorry import Sorry
from storage.ooo import away_now, free_days
from storage.rhythm_tables import Away, HolidayWorked, Meeting, Quiet
from storage.tables import Contractor, Occasion
from tests.world import World, actions, has_action, words


async def rows(world: World, table: type[Any]) -> list[Any]:
    async with world.bot.database.reading() as session:
        return list((await session.exec(select(table))).all())


async def stretches(world: World) -> list[tuple[str, str, str]]:
    """Give what is noted: whose, from, to; first ones first."""
    async with world.bot.database.reading() as session:
        found = (await session.exec(select(Away).order_by(col(Away.first)))).all()
    handles = {world.id(one): one for one in ("ana", "jun", "bruno", "lena", "priya", "olivia", "noor")}
    return [(handles[one.user_id], f"{one.first:%d %b}", f"{one.last:%d %b}") for one in found]


async def answer(world: World, who: str, channel: str = "#acme") -> str:
    """Give what somebody was answered: in the conversation, or in the page that a slow machine opens meanwhile."""
    said, modal = await world.last(who, channel), await world.modal(who)
    return "\n".join([said, words(modal)]) if modal else said


async def read_later(world: World, who: str) -> str:
    """Give all that the bot wrote to somebody, once what was batched has had time to arrive."""
    await world.until(f"{world.clock.now() + timedelta(minutes=40):%Y-%m-%dT%H:%M}")
    return "\n".join(await world.reads(who))


# In plain words --------------------------------------------------------------------------------


async def test_tomorrow_is_noted_and_answered_with_everything_that_follows(world: World) -> None:
    await world.types("ana", "/ooo tomorrow")
    said = await answer(world, "ana")
    assert "you are away *Tue 24 Nov* (1 day)" in said
    assert "I write again on Wed 25 Nov at 09:00" in said
    assert f"<@{world.id('bruno')}> is told, not asked" in said
    shown = (await world.sees("ana") or [await world.modal("ana") or {}])[-1]
    assert actions(shown) == ["ooo.edit", "ooo.undo"]
    assert await stretches(world) == [("ana", "24 Nov", "24 Nov")]
    assert await world.sees("bruno") == [], "the answer is for the asker only"


async def test_a_range_in_plain_words_keeps_its_words_for_the_manager(world: World) -> None:
    await world.types("ana", "/ooo 14-18 dec lisbon trip")
    said = await answer(world, "ana")
    assert "*Mon 14 – Fri 18 Dec* (5 working days)" in said
    assert "Mon 21 Dec at 09:00" in said
    told = await read_later(world, "bruno")
    assert f"<@{world.id('ana')}> is away *Mon 14 – Fri 18 Dec* (5 working days)" in told
    assert "lisbon trip" in told
    assert "You are told, not asked" in told


async def test_the_years_end_and_its_holidays_are_counted(world: World) -> None:
    await world.add_contractor("noor", country="BR", start_date=date(2026, 11, 2))
    await world.types("noor", "/ooo 24 dec - 5 jan family", "@app")
    said = await answer(world, "noor", "@app")
    assert "*Thu 24 Dec – Tue 5 Jan 2027*" in said
    assert "13 days, 7 working days among them" in said, "two holidays in Brazil and two weekends are none"
    assert "Wed 6 Jan 2027 at 09:00" in said


@pytest.mark.parametrize("text", ["/circle ooo tomorrow", "/ooo today and tomorrow", "/ooo mon-wed", "/ooo 3 days"])
async def test_other_ways_to_say_it(world: World, text: str) -> None:
    await world.types("ana", text)
    assert "Noted: you are away" in await answer(world, "ana")


async def test_without_words_the_form_opens_and_says_that_the_manager_is_told(world: World) -> None:
    await world.types("ana", "/ooo")
    modal = await world.modal("ana")
    assert modal is not None
    assert "Your manager will be told, not asked." in words(modal)
    assert [block["block_id"] for block in modal["blocks"] if block["type"] == "input"] == [
        "first", "last", "kind", "note", "deputy",
    ]  # fmt: skip
    await world.submit("ana", first="2026-12-01", last="2026-12-03", kind="holiday", note="<!here> Sea", deputy=None)
    assert "*Tue 1 – Thu 3 Dec* (3 working days)" in await answer(world, "ana")
    told = await read_later(world, "bruno")
    assert "Holiday · &lt;!here&gt; Sea" in told


@pytest.mark.parametrize(
    ("text", "lead", "first"),
    [
        ("/ooo sometime soon", "I could not tell from “sometime soon”", None),
        ("/ooo next friday", "Fri 27 Nov or Fri 4 Dec", "2026-12-04"),
        ("/ooo monday", "Mon 23 Nov or Mon 30 Nov", "2026-11-23"),
        ("/ooo maybe tomorrow", "I am not sure of the days", "2026-11-24"),
        ("/ooo 3/12", "I am not sure of the days", "2026-11-23"),
        ("/ooo 2026-10-01", "more than 14 days ago", "2026-10-01"),
        ("/ooo 1 dec - 28 feb", "That is 90 days", "2026-12-01"),
        ("/ooo 2028-03-01", "more than a year ahead", "2028-03-01"),
    ],
)
async def test_what_is_not_sure_opens_the_form_with_what_was_understood(
    world: World, text: str, lead: str, first: str | None
) -> None:
    await world.types("ana", text)
    modal = await world.modal("ana")
    assert modal is not None
    assert lead in words(modal)
    assert "invalid" not in words(modal).lower()
    picked = next(block for block in modal["blocks"] if block.get("block_id") == "first")
    assert picked["element"].get("initial_date") == first
    assert await stretches(world) == []


async def test_what_cannot_stay_is_said_under_the_field(world: World) -> None:
    await world.types("ana", "/ooo")
    wrong = await world.submit("ana", first="2026-12-05", last="2026-12-01")
    assert wrong["errors"] == {"last": "The last day comes before the first. Which days are right?"}
    wrong = await world.submit("ana", first="2026-11-01", last="2026-12-01")
    assert list(wrong["errors"]) == ["first"]
    wrong = await world.submit("ana", first="2026-12-01", last="2026-12-01", deputy=world.id("ana"))
    assert list(wrong["errors"]) == ["deputy"]
    assert await stretches(world) == []


async def test_a_long_stretch_is_asked_about_once(world: World) -> None:
    await world.types("ana", "/ooo")
    await world.submit("ana", first="2026-12-01", last="2027-02-28")
    modal = await world.modal("ana")
    assert modal is not None
    assert "That is 90 days, until Sun 28 Feb 2027. Is that right?" in words(modal)
    wrong = await world.submit("ana")
    assert "Please tick this" in wrong["errors"]["sure"]
    await world.submit("ana", sure=["sure"])
    assert await stretches(world) == [("ana", "01 Dec", "28 Feb")]


async def test_days_that_have_passed_are_fine_for_two_weeks(world: World) -> None:
    await world.types("ana", "/ooo 12-13 nov flu")
    said = await answer(world, "ana")
    assert "you were away *Thu 12 – Fri 13 Nov*" in said
    assert "Nothing of it counts as missed." in said


async def test_from_without_an_end_is_one_day_and_says_so(world: World) -> None:
    await world.types("ana", "/ooo from 3 dec")
    said = await answer(world, "ana")
    assert "*Thu 3 Dec* (1 day)" in said
    assert "press Edit if it is longer" in said


# Changing and taking back ----------------------------------------------------------------------


async def test_overlapping_stretches_become_one_and_the_manager_keeps_one_message(world: World) -> None:
    await world.types("ana", "/ooo 1-3 dec")
    await read_later(world, "bruno")
    before = len(await world.reads("bruno"))
    await world.types("ana", "/ooo 3-7 dec")
    assert "It joins Tue 1 – Thu 3 Dec, which was noted before." in await answer(world, "ana")
    assert await stretches(world) == [("ana", "01 Dec", "07 Dec")]
    told = await read_later(world, "bruno")
    assert "is away *Tue 1 – Mon 7 Dec*" in told
    assert "Tue 1 – Thu 3 Dec" not in told
    assert len(await world.reads("bruno")) == before


async def test_undo_brings_back_what_stood_before(world: World) -> None:
    await world.types("ana", "/ooo 1-3 dec")
    await world.types("ana", "/ooo 3-7 dec")
    await world.press("ana", "ooo.undo", "#acme")
    assert "What stands again: Tue 1 – Thu 3 Dec." in await answer(world, "ana")
    assert await stretches(world) == [("ana", "01 Dec", "03 Dec")]
    assert "is away *Tue 1 – Thu 3 Dec*" in await read_later(world, "bruno")


async def test_undo_of_a_new_one_redraws_what_the_manager_reads(world: World) -> None:
    await world.types("ana", "/ooo 1-3 dec")
    await read_later(world, "bruno")
    await world.press("ana", "ooo.undo", "#acme")
    assert await stretches(world) == []
    told = await read_later(world, "bruno")
    assert f"Taken back: <@{world.id('ana')}> is not away Tue 1 – Thu 3 Dec" in told
    assert "is away *Tue 1" not in told
    await world.press("ana", "ooo.undo", "#acme", containing="Noted")
    assert "taken back or changed meanwhile" in await answer(world, "ana")


async def test_edit_opens_what_is_noted_and_changes_it(world: World) -> None:
    await world.types("ana", "/ooo 1-3 dec sea")
    await world.press("ana", "ooo.edit", "#acme")
    modal = await world.modal("ana")
    assert modal is not None
    assert "sea" in words(modal)
    await world.submit("ana", last="2026-12-04")
    assert "Changed: you are away *Tue 1 – Fri 4 Dec*" in await answer(world, "ana")
    assert await stretches(world) == [("ana", "01 Dec", "04 Dec")]


async def test_partly_takes_its_days_out_of_a_whole_one(world: World) -> None:
    await world.types("ana", "/ooo 1-4 dec")
    await world.types("ana", "/ooo half day 2 dec")
    said = await answer(world, "ana")
    assert "you are partly away *Wed 2 Dec*" in said
    assert "takes the place of Tue 1 – Fri 4 Dec" in said
    assert await stretches(world) == [
        ("ana", "01 Dec", "01 Dec"),
        ("ana", "02 Dec", "02 Dec"),
        ("ana", "03 Dec", "04 Dec"),
    ]
    await world.press("ana", "ooo.undo", "#acme")
    assert await stretches(world) == [("ana", "01 Dec", "04 Dec")]


# In the direct message -------------------------------------------------------------------------


async def test_a_single_channel_guest_writes_it_to_the_bot(world: World) -> None:
    await world.types("jun", "ooo tomorrow", "@app")
    assert "you are away *Tue 24 Nov*" in "\n".join(await world.reads("jun"))
    assert await stretches(world) == [("jun", "24 Nov", "24 Nov")]
    await world.until("2026-11-24T10:00", "jun")
    await world.types("jun", "back", "@app")
    assert "Welcome back" in "\n".join(await world.reads("jun"))


async def test_in_the_direct_message_a_button_opens_the_form_with_what_was_understood(world: World) -> None:
    await world.types("jun", "ooo next friday dentist", "@app")
    assert "Press Choose the days" in await answer(world, "jun", "@app")
    await world.press("jun", "ooo.open", "@app")
    modal = await world.modal("jun")
    assert modal is not None
    assert "dentist" in words(modal)
    await world.submit("jun", first="2026-12-04", last="2026-12-04")
    assert await stretches(world) == [("jun", "04 Dec", "04 Dec")]


# For others, and who may -----------------------------------------------------------------------


async def test_a_manager_notes_it_for_a_contractor_who_is_told(world: World) -> None:
    await world.types("bruno", "/ooo @ana 1-2 dec sick")
    assert f"Noted: <@{world.id('ana')}> is away *Tue 1 – Wed 2 Dec*" in await answer(world, "bruno")
    told = await read_later(world, "ana")
    assert f"<@{world.id('bruno')}> noted that you are away *Tue 1 – Wed 2 Dec*. Is that right?" in told
    assert "You are told, not asked" not in await read_later(world, "bruno")
    await world.press("ana", "ooo.undo", "@app")
    assert await stretches(world) == []


async def test_settings_are_each_persons_own(world: World) -> None:
    await world.types("bruno", "/ooo for @ana settings")
    assert "for each person themselves" in await answer(world, "bruno")
    assert await world.modal("bruno") is None


async def test_strangers_are_refused(world: World) -> None:
    await world.types("noor", "/ooo @ana tomorrow", "@app")
    assert "for whom you could plan this" in await answer(world, "noor", "@app")
    await world.types("jun", "ooo @ana tomorrow", "@app")
    assert "for whom you could plan this" in await answer(world, "jun", "@app")
    await world.types("noor", "/ooo tomorrow", "@app")
    assert "you are not on it yet" in await answer(world, "noor", "@app")
    assert await stretches(world) == []


async def test_a_strangers_press_on_somebody_elses_stretch_is_refused(world: World) -> None:
    await world.types("ana", "/ooo 1-3 dec")
    [row] = await rows(world, Away)
    await world.types("jun", "ooo 8 dec", "@app")
    message = (await world.sees("jun", "@app"))[-1]
    assert row.id not in str(message)
    async with world.bot.database.team(world.bot.team_id) as team:
        call = Call(Kind.ACTION, "ooo.undo", world.bot.team_id, world.id("jun"), value=row.id)
        with pytest.raises(Sorry, match="for whom you could plan this"):
            await undone(call, world.bot.workshop.desk(team))
    assert ("ana", "01 Dec", "03 Dec") in await stretches(world)


async def test_who_helps_contractors_tells_them_without_having_a_manager(world: World) -> None:
    await world.types("lena", "/ooo wed-fri @priya conference")
    said = await answer(world, "lena")
    assert f"<@{world.id('priya')}> stands in" in said
    assert "I tell 2 contractors who count on this" in said
    told = await read_later(world, "ana")
    assert f"<@{world.id('lena')}> is away *Wed 25 – Fri 27 Nov*. <@{world.id('priya')}> stands in." in told
    assert "conference" not in told
    assert "you stand in: blockers that would go to" in await read_later(world, "priya")


# Who is away ------------------------------------------------------------------------------------


async def test_who_shows_days_to_everybody_and_reasons_to_the_manager_alone(world: World) -> None:
    await world.types("ana", "/ooo 1-3 dec holiday lisbon")
    await world.types("ana", "/ooo half day tomorrow dentist")
    await world.types("bruno", "/ooo who")
    said = await answer(world, "bruno")
    assert f"<@{world.id('ana')}>: Tue 1 – Thu 3 Dec · holiday" in said
    assert "holiday lisbon" in said
    assert "partly · dentist" in said
    await world.types("jun", "ooo who", "@app")
    seen = await answer(world, "jun", "@app")
    assert f"<@{world.id('ana')}>: Tue 1 – Thu 3 Dec" in seen
    assert f"<@{world.id('ana')}>: Tue 24 Nov · partly" in seen
    assert "lisbon" not in seen
    assert "holiday" not in seen.replace("Public holidays", "")
    await world.types("noor", "/ooo who", "@app")
    assert world.id("ana") not in await answer(world, "noor", "@app")


async def test_who_is_quiet_where_nobody_is_away(world: World) -> None:
    await world.types("bruno", "/ooo who")
    assert "Nobody around you is away today or in the next 14 days" in await answer(world, "bruno")


# While away -------------------------------------------------------------------------------------


async def test_nothing_is_asked_and_nothing_counts_as_missed_while_away(world: World) -> None:
    await world.until("2026-11-23T20:00", "ana")
    before = await world.reads("ana")
    assert before, "the reminder of Monday has come, and would be asked about on Tuesday"
    await world.types("ana", "/ooo tue-thu")
    await world.until("2026-11-26T23:00", "ana")
    assert await world.reads("ana") == before
    async with world.bot.database.team(world.bot.team_id) as team:
        free = (await free_days(team, [world.id("ana")]))[world.id("ana")]
        assert [date(2026, 11, day) in free for day in (24, 26, 27)] == [True, True, False]


async def test_the_reminder_to_log_is_silent_on_a_partly_day(world: World) -> None:
    await world.types("ana", "/ooo half day today")
    assert "the reminder to log stays silent" in await answer(world, "ana")
    await world.until("2026-11-24T12:00", "ana")
    assert await world.reads("ana") == []
    async with world.bot.database.reading() as session:
        query = select(Occasion).where(Occasion.duty == "log.follow_up", Occasion.subject == world.id("ana"))
        assert (await session.exec(query)).first() is None
    await world.until("2026-11-24T20:00", "ana")
    assert len(await world.reads("ana")) == 1, "the day after is a day like any other"


async def test_the_managers_digest_waits_while_they_are_away(world: World) -> None:
    await world.types("bruno", "/ooo tomorrow")
    await world.until("2026-11-24T12:00", "bruno")
    async with world.bot.database.reading() as session:
        query = select(Occasion).where(Occasion.duty == "digest.daily", Occasion.subject == world.id("bruno"))
        assert (await session.exec(query)).one().day == date(2026, 11, 25)


# Blockers ---------------------------------------------------------------------------------------


async def test_a_blocker_goes_to_who_stands_in_and_says_so(world: World) -> None:
    await world.types("olivia", "/ooo until friday @priya")
    await world.types("ana", "/blocker no access to Figma, need a login")
    olivia, priya = world.id("olivia"), world.id("priya")
    said = "\n".join(await world.reads("ana", "#acme"))
    assert f"→ <@{priya}>" in said
    assert f"<@{olivia}> is away until Friday, so it went to who stands in." in said
    assert "no access to Figma" in "\n".join(await world.reads("priya"))
    assert "no access to Figma" not in "\n".join(await world.reads("olivia"))


async def test_the_form_says_live_who_is_away_and_who_stands_in(world: World) -> None:
    await world.types("olivia", "/ooo until friday @priya")
    await world.types("ana", "/blocker")
    await world.choose("ana", "kind", "access")
    modal = await world.modal("ana")
    assert modal is not None
    olivia, priya = world.id("olivia"), world.id("priya")
    assert f"<@{olivia}> is away until Friday; it will go to <@{priya}> (standing in)." in words(modal)
    await world.submit("ana", what="no login yet", helper_access=olivia)
    assert f"→ <@{olivia}>" in "\n".join(await world.reads("ana", "#acme")), "whoever wants to wait may"


async def test_where_nobody_stands_in_the_next_on_the_path_is_asked(world: World) -> None:
    await world.types("olivia", "/ooo until friday")
    await world.types("ana", "/blocker no access to Figma, need a login")
    said = "\n".join(await world.reads("ana", "#acme"))
    assert f"→ <@{world.id('bruno')}>" in said
    assert "so it went to the next on your path" in said


async def test_what_is_open_is_handed_over_on_the_first_day_away(world: World) -> None:
    await world.types("ana", "/blocker no access to Figma, need a login")
    await world.types("olivia", "/ooo wed-fri @priya")
    assert f"<@{world.id('priya')}> stands in, and takes 1 open blocker" in await answer(world, "olivia")
    assert "went to" not in "\n".join(await world.reads("ana"))
    await world.until("2026-11-25T09:30", "olivia")
    assert f"so #1 went to <@{world.id('priya')}>" in "\n".join(await world.reads("ana"))
    assert "and you stand in" in "\n".join(await world.reads("priya"))


# Back again ------------------------------------------------------------------------------------


async def test_back_ends_it_today_with_a_summary_and_can_be_undone(world: World) -> None:
    await world.types("ana", "/ooo today until friday")
    await world.until("2026-11-25T10:00", "ana")
    await world.types("ana", "/ooo back")
    said = await answer(world, "ana")
    assert "Welcome back. You were away Mon 23 – Wed 25 Nov" in said
    assert "is back since" in await read_later(world, "bruno")
    async with world.bot.database.team(world.bot.team_id) as team:
        free = (await free_days(team, [world.id("ana")]))[world.id("ana")]
        assert [day in free for day in (date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 26))] == [
            True,
            False,
            False,
        ]
        assert await away_now(team, [world.id("ana")], world.clock.now()) == {}
    await world.press("ana", "ooo.undo", "#acme", containing="Welcome back")
    async with world.bot.database.team(world.bot.team_id) as team:
        assert world.id("ana") in await away_now(team, [world.id("ana")], world.clock.now())


async def test_back_when_nobody_is_away(world: World) -> None:
    await world.types("ana", "/ooo back")
    assert "there is nothing to end" in await answer(world, "ana")
    await world.types("ana", "/ooo 1-3 dec")
    await world.types("ana", "/ooo back")
    assert "You are not away today. Next: Tue 1 – Thu 3 Dec." in await answer(world, "ana")


async def test_the_return_comes_by_itself_after_weekend_and_holiday_with_one_summary(world: World) -> None:
    await world.add_contractor("noor", country="LB", start_date=date(2026, 11, 2), day_start=time(9), day_end=time(17))
    await world.types("noor", "/ooo 18-24 dec", "@app")
    await world.until("2026-12-17T10:00", "noor")
    await world.types("noor", "blocked: need a login for the tax portal", "@app")
    await world.until("2026-12-21T10:00", "olivia")
    await world.types("olivia", "/blocker done 1")
    await world.until("2026-12-25T12:00", "noor")
    assert "Welcome back" not in "\n".join(await world.reads("noor")), "the 25th is a public holiday in Lebanon"
    await world.until("2026-12-28T09:45", "noor")
    back = [one for one in await world.reads("noor") if "Welcome back" in one]
    assert len(back) == 1
    assert "You were away Fri 18 – Thu 24 Dec" in back[0]
    assert "1 blocker resolved: #1 need a login for the tax portal" in back[0]
    await world.until("2026-12-29T12:00", "noor")
    assert sum("Welcome back" in one for one in await world.reads("noor")) == 1


async def test_a_clock_change_inside_the_days_moves_nothing(sqlite_url: str) -> None:
    world = await World.begin(sqlite_url, at=datetime(2027, 3, 24, 12, tzinfo=UTC))
    await world.types("bruno", "/ooo 25-29 mar")
    assert "I write again on Tue 30 Mar at 09:00" in await answer(world, "bruno")
    await world.until("2027-03-30T08:59", "bruno")
    assert "Welcome back" not in "\n".join(await world.reads("bruno"))
    await world.until("2027-03-30T09:45", "bruno")
    assert "Welcome back" in "\n".join(await world.reads("bruno"))
    await world.end()


async def test_the_welcome_moves_with_the_last_day(world: World) -> None:
    await world.types("ana", "/ooo tomorrow")
    await world.types("ana", "/ooo 24-26 nov")
    await world.until("2026-11-25T12:00", "ana")
    assert "Welcome back" not in "\n".join(await world.reads("ana"))
    await world.until("2026-11-27T10:00", "ana")
    assert sum("Welcome back" in one for one in await world.reads("ana")) == 1


async def test_the_manager_sees_what_falls_into_the_days(world: World) -> None:
    await world.types("ana", "/blocker no access to Figma, need a login")
    async with world.bot.database.team(world.bot.team_id) as team:
        at = datetime(2026, 12, 2, 15, tzinfo=UTC)
        team.add(Meeting(team_id="", user_id=world.id("ana"), manager_id=world.id("bruno"), at=at))
    await world.types("ana", "/ooo 1-3 dec")
    told = await read_later(world, "bruno")
    assert "Open blockers: #1 no access to Figma" in told
    assert "1:1 in these days: <!date^" in told


# Holidays ---------------------------------------------------------------------------------------


async def test_a_public_holiday_is_told_of_two_working_days_before_and_can_be_worked(world: World) -> None:
    await world.add_contractor("noor", country="PH", start_date=date(2026, 11, 2))
    await world.until("2026-11-26T09:30", "noor")
    assert "in Philippines" not in "\n".join(await world.reads("noor"))
    await world.until("2026-11-26T10:45", "noor")
    told = [one for one in await world.reads("noor") if "Philippines" in one]
    assert len(told) == 1
    assert "Monday is Bonifacio Day in Philippines. I count it as a day off." in told[0]
    await world.press("noor", "ooo.work", "@app")
    assert [one.day for one in await rows(world, HolidayWorked)] == [date(2026, 11, 30)]
    assert "You work on it" in "\n".join(await world.reads("noor"))
    await world.press("noor", "ooo.work", "@app")
    assert await rows(world, HolidayWorked) == []
    assert "I count it as a day off." in "\n".join(await world.reads("noor"))


async def test_holidays_are_listed_with_a_switch_and_the_manager_sees_them(world: World) -> None:
    await world.add_contractor("noor", country="PH", start_date=date(2026, 11, 2))
    await world.types("noor", "/ooo holidays", "@app")
    assert "*Mon 30 Nov* Bonifacio Day · day off" in await answer(world, "noor", "@app")
    await world.types("bruno", "/ooo who")
    assert f"Mon 30 Nov: Bonifacio Day (<@{world.id('noor')}>)" in await answer(world, "bruno")
    await world.press("noor", "ooo.work_listed", "@app")
    assert "Bonifacio Day · you work" in "\n".join(await world.reads("noor"))
    await world.types("bruno", "/ooo who")
    assert "Bonifacio Day" not in await answer(world, "bruno")


async def test_who_has_no_country_learns_where_to_say_it(world: World) -> None:
    await world.types("ana", "/ooo holidays")
    assert "I don't know your country" in await answer(world, "ana")


# Settings ---------------------------------------------------------------------------------------


async def test_a_contractors_working_days_change_the_agreement_and_the_manager_is_told(world: World) -> None:
    await world.types("ana", "/ooo settings")
    modal = await world.modal("ana")
    assert modal is not None
    assert not has_action(modal, "away_country")
    await world.submit("ana", weekdays=["0", "1", "2", "3"], quiet_from="21:00", quiet_until="07:30")
    assert "Saved: you work Mon, Tue, Wed, Thu; quiet from 21:00 to 07:30" in await answer(world, "ana")
    [ana] = [one for one in await rows(world, Contractor) if one.user_id == world.id("ana")]
    assert ana.weekdays == "0,1,2,3"
    [quiet] = await rows(world, Quiet)
    assert (quiet.quiet_from, quiet.quiet_until) == (time(21), time(7, 30))
    assert "works Mon, Tue, Wed, Thu from now on; it was Mon, Tue, Wed, Thu, Fri" in await read_later(world, "bruno")
    async with world.bot.database.reading() as session:
        query = select(Occasion).where(Occasion.duty == "blocker.morning", Occasion.subject == world.id("ana"))
        assert (await session.exec(query)).one().day == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("begins", "ends", "field", "sentence"),
    [
        ("21:00", None, "quiet_until", "both a beginning and an end"),
        ("08:00", "08:00", "quiet_until", "the same time"),
        ("10:00", "09:00", "quiet_until", "This leaves 1 h of the day"),
        ("08:30", "18:00", "quiet_until", "All of your working time (09:00 to 17:30) would be quiet"),
    ],
)
async def test_quiet_hours_must_leave_room(
    world: World, begins: str, ends: str | None, field: str, sentence: str
) -> None:
    await world.types("ana", "/ooo settings")
    wrong = await world.submit("ana", quiet_from=begins, quiet_until=ends)
    assert sentence in wrong["errors"][field]
    assert await rows(world, Quiet) == []


async def test_who_has_no_agreement_chooses_days_and_country(world: World) -> None:
    await world.types("bruno", "/ooo settings")
    modal = await world.modal("bruno")
    assert modal is not None
    asked = {"as": "bruno", "view": modal["id"], "action_id": "away_country", "value": "spain"}
    assert [one["value"] for one in (await world.ask("POST", "options", asked))["options"]] == ["ES"]
    await world.submit("bruno", weekdays=["1", "2", "3", "4", "5"], away_country="ES")
    [quiet] = await rows(world, Quiet)
    assert (quiet.weekdays, quiet.country) == ("1,2,3,4,5", "ES")
    async with world.bot.database.reading() as session:
        query = select(Occasion).where(Occasion.duty == "digest.daily", Occasion.subject == world.id("bruno"))
        assert (await session.exec(query)).one().day == date(2026, 11, 24)
    await world.until("2026-11-27T12:00", "bruno")
    async with world.bot.database.reading() as session:
        assert (await session.exec(query)).one().day == date(2026, 11, 28), "a Saturday is a working day now"


async def test_help_explains_every_word(world: World) -> None:
    await world.types("ana", "/ooo help")
    said = await answer(world, "ana")
    assert "`/ooo back`" in said
    assert "`/ooo settings`" in said
