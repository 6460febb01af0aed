"""The KPI blueprint and the weeks it is measured by, told from the front door."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from handlers.contract import Call, Kind, Say, arm
from handlers.kpi import SAMPLES
from handlers.kpi_agree import agree
from sandbox.blockkit import check_blocks
from storage import kpi as store
from storage import log
from storage.checklist import TODO
from storage.path import travellers
from storage.path_tables import ChecklistItem
from storage.tables import Contractor, Person
from tests.said import english
from tests.world import World, actions, words

DM = "@app"
OUTPUT = {"text": "Two finished screens a week", "target": "2", "unit": "screens", "by": "contractor", "on": ["on"]}


async def page(world: World, who: str) -> str:
    """Give the words of the modal in front of somebody."""
    modal = await world.modal(who)
    assert modal is not None, f"{who} has no modal open"
    return words(modal)


async def press_row(world: World, who: str, key: str) -> None:
    """Press the Edit button of one row."""
    modal = await world.modal(who)
    assert modal is not None
    record = f"{world.id('ana')}:{key}"
    block = next(one for one in modal["blocks"] if one.get("accessory", {}).get("value") == record)
    await world.does("press", **{"as": who}, view=modal["id"], action_id="kpi.edit", block_id=block["block_id"])


async def drafted(world: World, who: str = "bruno", **row: Any) -> None:
    """Let somebody write the deliverable of ana's blueprint."""
    await world.types(who, "/contractor kpi @ana")
    await world.press(who, "kpi.output")
    await press_row(world, who, "deliverable")
    await world.submit(who, **(OUTPUT | row))


async def proposed(world: World, who: str = "bruno", **row: Any) -> None:
    """Let somebody write the deliverable of ana's blueprint and propose it."""
    await drafted(world, who, **row)
    await world.press(who, "kpi.propose")
    await world.close(who)


async def change(world: World, who: str, **values: Any) -> None:
    """Change what was agreed with a contractor, as the form would, and let what is due follow."""
    async with world.bot.database.team(world.bot.team_id) as team:
        place = await team.get(Contractor, user_id=world.id(who))
        assert place is not None
        for name, value in values.items():
            setattr(place, name, value)
        await team.session.flush()
        await arm(world.bot.workshop.desk(team), place.user_id, contractor=True)


async def say_off(world: World, who: str, day: date) -> None:
    """Let somebody have answered that they do not work on a day."""
    async with world.bot.database.team(world.bot.team_id) as team:
        await log.say_of_day(team, world.id(who), day, "off")


async def leave(world: World, who: str) -> None:
    """Let somebody's account have been deactivated."""
    async with world.bot.database.team(world.bot.team_id) as team:
        person = await team.get(Person, user_id=world.id(who))
        assert person is not None
        person.deactivated = True


def questions(messages: list[str]) -> int:
    """Count the questions about a week."""
    return sum("Your week in KPIs" in one for one in messages)


async def agreed(world: World, **row: Any) -> None:
    """Let bruno propose and ana agree."""
    await proposed(world, **row)
    await world.press("ana", "kpi.agree", DM)


async def test_two_tabs_with_the_rows_of_the_template(world: World) -> None:
    await world.types("bruno", "/contractor kpi @ana")
    shown = await page(world, "bruno")
    for name in ("Golden Hours", "Response time", "Time tracking", "Rituals", "Documentation"):
        assert f"*{name}*" in shown
    assert "at most 4 hours · counted by Inner Circle" in shown
    assert "Nothing is proposed yet" in shown
    await world.press("bruno", "kpi.output")
    shown = await page(world, "bruno")
    for name in ("Deliverable", "Quality", "Volume", "Deadlines", "Primary goal"):
        assert f"*{name}* · left out" in shown
    assert "Golden Hours" not in shown
    modal = await world.modal("bruno")
    assert modal is not None
    tabs = next(one for one in modal["blocks"] if one["type"] == "actions")["elements"]
    assert [one.get("style") for one in tabs] == [None, "primary"]


async def test_a_row_is_written_with_text_target_unit_and_who_measures(world: World) -> None:
    await drafted(world, target="at most 2", unit="open bugs", by="manager")
    shown = await page(world, "bruno")
    assert "*Deliverable* · at most 2 open bugs · looked at by the manager\nTwo finished screens a week" in shown
    assert "draft of version 1" in shown


async def test_a_row_that_cannot_be_kept_stays_open_with_a_sentence(world: World) -> None:
    await drafted(world, target="two or so")
    modal = await world.modal("bruno")
    assert modal is not None
    assert "Write a number from 0" in str(modal["errors"]["target"])
    await world.submit("bruno", **(OUTPUT | {"text": "  "}))
    modal = await world.modal("bruno")
    assert modal is not None
    assert "leave this row out" in str(modal["errors"]["text"])


async def test_without_an_output_row_nothing_can_be_proposed(world: World) -> None:
    await world.types("bruno", "/contractor kpi @ana")
    await press_row(world, "bruno", "rituals")
    await world.submit("bruno", text="Monday planning at 10:00", target="", unit="", by="contractor", on=["on"])
    shown = await page(world, "bruno")
    assert "Add at least one row on the Output tab first" in shown
    modal = await world.modal("bruno")
    assert modal is not None
    assert "kpi.propose" not in actions(modal)


async def test_a_row_can_be_left_out_and_going_back_saves_nothing(world: World) -> None:
    await drafted(world)
    await world.press("bruno", "kpi.input")
    await press_row(world, "bruno", "rituals")
    await world.press("bruno", "kpi.back")
    assert "*Rituals* · told by the contractor" in await page(world, "bruno")
    await press_row(world, "bruno", "rituals")
    await world.submit("bruno", text="x", target="", unit="", by="contractor", on=[])
    assert "*Rituals* · left out" in await page(world, "bruno")
    await world.press("bruno", "kpi.propose")
    assert "Rituals" not in await world.last("ana", DM)


async def test_the_contractor_agrees_and_both_have_the_dated_version(world: World) -> None:
    async with world.bot.database.team(world.bot.team_id) as team:
        about: dict[str, Any] = {
            "key": "kpi",
            "phase": "week1",
            "position": 1,
            "text": "KPIs",
            "owner": "manager",
            "day": 5,
        }
        team.add(ChecklistItem(user_id=world.id("ana"), due=date(2026, 11, 27), auto="kpi_agreed", **about))
    await proposed(world)
    card = (await world.sees("ana", DM))[-1]
    assert "proposes KPIs for you: version 1. Nothing counts before you agree" in words(card)
    assert [one["type"] for one in card["blocks"]] == ["section", "table", "actions"]
    assert "Two finished screens a week" in words(card)
    assert "I tell you here when they answer" in await world.last("bruno", DM)
    await world.press("ana", "kpi.agree", DM)
    assert "Agreed* <!date^" in await world.last("ana", DM)
    assert "kpi.agree" not in actions((await world.sees("ana", DM))[-1])
    mine = (await world.sees("bruno", DM))[-1]
    assert "*agreed* <!date^" in words(mine)
    thread = await world.sees("bruno", DM, mine["ts"])
    assert "agreed to version 1 of their KPIs" in words(thread[-1])
    async with world.bot.database.team(world.bot.team_id) as team:
        item = await team.get(ChecklistItem, key="kpi")
        assert item is not None
        assert (item.state, item.done_by) == ("done", world.id("ana"))
        assert item.state != TODO


async def test_the_contractor_asks_to_discuss_and_suggests_a_wording(world: World) -> None:
    await proposed(world)
    await world.press("ana", "kpi.discuss", DM)
    await world.submit("ana", words="Two is a lot in weeks with workshops")
    assert "Two is a lot" in "\n".join(await world.reads("bruno"))
    assert "You asked to talk about version 1" in await world.last("ana", DM)
    await world.close("ana")
    await world.press("ana", "kpi.discuss", DM)
    await world.submit("ana", words="Or so:", wording="One or two finished screens")
    modal = await world.modal("ana")
    assert modal is not None
    assert "Which row" in str(modal["errors"]["row"])
    await world.submit("ana", words="Or so:", row="deliverable", wording="One or two finished screens")
    card = (await world.sees("bruno", DM))[-1]
    assert "Change and propose again" in words(card)
    assert "> Deliverable: “One or two finished screens”" in words(card)
    await world.press("bruno", "kpi.open", DM)
    await world.press("bruno", "kpi.output")
    assert "_Suggested wording:_ One or two finished screens" in await page(world, "bruno")
    await press_row(world, "bruno", "deliverable")
    assert "One or two finished screens" in await page(world, "bruno")
    await world.submit("bruno", **(OUTPUT | {"text": "One or two finished screens"}))
    await world.press("bruno", "kpi.propose")
    assert "_Suggested wording:_" not in await page(world, "bruno")
    assert "version 2" in await world.last("ana", DM)
    assert "What changed, row by row" in await world.last("ana", DM)
    assert "replaced by version 2" in (await world.reads("ana"))[-2]


async def test_agreeing_to_a_version_that_was_replaced_meanwhile_is_told(world: World) -> None:
    await proposed(world)
    old = (await world.sees("ana", DM))[-1]
    blueprint = next(
        element["value"] for element in old["blocks"][-1]["elements"] if element["action_id"] == "kpi.agree"
    )
    await proposed(world, "olivia", text="Three screens", target="3")
    async with world.bot.database.team(world.bot.team_id) as team:
        row = await store.find(team, blueprint)
        assert row is not None
        assert row.state == "replaced"
        call = Call(Kind.ACTION, "kpi.agree", world.bot.team_id, world.id("ana"), value=blueprint)
        told = await agree(call, world.bot.workshop.desk(team))
        assert isinstance(told, Say)
        assert "Version 1 was replaced by version 2" in english(told.text)
        assert (await store.agreed(team, [world.id("ana")])) == {}
    assert "Version 1 of your KPIs was replaced by version 2" in (await world.reads("ana"))[-2]
    assert "kpi.agree" not in actions((await world.sees("ana", DM))[-2])


async def test_two_managers_propose_at_once_and_the_second_is_told(world: World) -> None:
    await drafted(world)
    await world.types("olivia", "/contractor kpi @ana")
    await world.press("bruno", "kpi.propose")
    await world.press("olivia", "kpi.propose")
    assert "proposed version 1 just before you" in await page(world, "olivia")
    assert sum("proposes KPIs" in one for one in await world.reads("ana")) == 1


async def test_versions_are_dated_and_kept(world: World) -> None:
    await agreed(world)
    await world.until("2026-12-07T13:00", "bruno")
    await agreed(world, text="Three finished screens a week", target="3")
    await world.press("ana", "kpi.open", DM)
    await world.press("ana", "kpi.history")
    shown = await page(world, "ana")
    assert shown.index("*Version 2* · agreed <!date^") < shown.index("*Version 1* · agreed <!date^")
    assert "replaced since" in shown
    assert "• Deliverable: now: Three finished screens a week; target 2 screens → 3 screens" in shown


async def test_nothing_counts_before_it_is_agreed(world: World) -> None:
    await proposed(world)
    await world.until("2026-11-30T10:00", "bruno")
    assert not any("Your week in KPIs" in one for one in await world.reads("ana"))
    await world.types("ana", "/contractor kpi")
    shown = await page(world, "ana")
    assert "This week" not in shown
    modal = await world.modal("ana")
    assert modal is not None
    assert {"kpi.agree", "kpi.discuss"} <= set(actions(modal))
    assert not {"kpi.edit", "kpi.enter"} & set(actions(modal))
    await world.press("ana", "kpi.agree")
    assert "is agreed since" in await page(world, "ana")


async def test_input_kpis_are_counted_by_the_bot(world: World) -> None:
    await agreed(world)
    await world.types("ana", "/log 6h review")
    await world.types("ana", "/blocker waiting for Figma edit access")
    await world.until("2026-11-25T12:00", "ana")
    await world.types("ana", "/contractor kpi")
    shown = await page(world, "ana")
    assert "✓ This week on track: 1 of 1 blocker raised within 4 hours" in shown
    assert "△ This week worth a look: 1 of 2 working days so far have a log; Tuesday without" in shown
    assert "○ This week not yet known: asked once a week" in shown


async def test_golden_hours_are_counted_where_the_log_tells_its_times_and_asked_elsewhere(world: World) -> None:
    await agreed(world)
    await world.until("2026-11-23T18:00", "ana")
    await world.types("ana", "/log 10-12 review")  # hers are 10:00 to 13:00
    await world.until("2026-11-24T18:00", "ana")
    await world.types("ana", "/log 15-17 review")
    await world.until("2026-11-25T12:00", "ana")
    await world.types("ana", "/log 6h review")
    await world.types("ana", "/contractor kpi")
    assert "△ This week worth a look: known on 2 of 3 days: kept on 1" in await page(world, "ana")


async def test_what_was_before_the_agreement_does_not_count(world: World) -> None:
    await world.until("2026-11-24T11:00", "ana")
    await agreed(world)
    await world.until("2026-11-25T12:00", "ana")
    await world.types("ana", "/contractor kpi")
    shown = await page(world, "ana")
    assert "0 of 1 working days so far" in shown
    assert "Weeks before: 26 Oct – · 2 Nov – · 9 Nov – · 16 Nov –" in shown


async def test_holidays_and_days_off_are_left_out(world: World) -> None:
    await change(world, "ana", country="US")  # Thursday is Thanksgiving
    await agreed(world)
    for day in ("2026-11-23T17:00", "2026-11-24T17:00"):
        await world.until(day, "ana")
        await world.types("ana", "/log 6h review")
    await say_off(world, "ana", date(2026, 11, 25))
    await world.until("2026-11-27T10:00", "ana")
    await world.types("ana", "/contractor kpi")
    assert "✓ This week on track: 2 of 2 working days so far have a log" in await page(world, "ana")


async def test_the_week_is_entered_on_friday_and_confirmed_on_monday(world: World) -> None:
    await agreed(world)
    await world.until("2026-11-27T14:59", "ana")
    assert not any("Your week in KPIs" in one for one in await world.reads("ana"))
    await world.until("2026-11-27T15:00", "ana")
    question = (await world.sees("ana", DM))[-1]
    assert "Your week in KPIs, a minute" in words(question)
    assert "table" in [one["type"] for one in question["blocks"]]
    await world.press("ana", "kpi.enter", DM)
    await world.submit("ana", deliverable="1, the second waits for review", ticks=["golden", "rituals"])
    assert "is kept" in await page(world, "ana")
    await world.close("ana")
    assert "*Entered.*" in (await world.reads("ana"))[-1]
    await world.until("2026-11-30T08:59", "bruno")
    assert not any("KPIs of" in one for one in await world.reads("bruno"))
    await world.until("2026-11-30T09:15", "bruno")
    card = [one for one in await world.reads("bruno") if "KPIs of Mon 23 Nov" in one][-1]
    assert "1 entry waits for you" in card
    assert "△ Deliverable: 1, agreed is 2 screens (the second waits for review)" in card
    assert "✓ Golden Hours: ticked for this week" in card
    assert "△ Documentation: not ticked" in card
    await world.press("bruno", "kpi.confirm", DM)
    card = [one for one in await world.reads("bruno") if "KPIs of Mon 23 Nov" in one][-1]
    assert "all that was entered is confirmed" in card
    assert "Entered and confirmed* by" in "\n".join(await world.reads("ana"))


async def test_a_change_takes_the_confirmation_back_and_says_so(world: World) -> None:
    await agreed(world)
    await world.until("2026-11-27T15:00", "ana")
    await world.press("ana", "kpi.enter", DM)
    await world.submit("ana", deliverable="1", ticks=[])
    await world.close("ana")
    await world.until("2026-11-30T09:15", "bruno")
    stale = next(one for one in reversed(await world.sees("bruno", DM)) if "kpi.confirm" in actions(one))
    await world.press("bruno", "kpi.confirm", DM)
    await world.until("2026-11-30T09:30", "ana")
    await world.press("ana", "kpi.enter", DM)
    assert "1" in await page(world, "ana")
    await world.submit("ana", deliverable="2", ticks=[])
    assert "takes back the confirmation" in await page(world, "ana")
    await world.close("ana")
    card = next(one for one in reversed(await world.sees("bruno", DM)) if one["ts"] == stale["ts"])
    assert "changed after it was confirmed, please look again" in words(card)
    assert "✓ Deliverable: 2, agreed is 2 screens" in words(card)
    assert "changed the week of" in words((await world.sees("bruno", DM, stale["ts"]))[-1])
    await world.press("bruno", "kpi.confirm", DM)
    assert "Entered and confirmed" in "\n".join(await world.reads("ana"))


async def test_the_manager_asks_about_a_week_privately(world: World) -> None:
    await agreed(world)
    await world.until("2026-11-27T15:00", "ana")
    await world.press("ana", "kpi.enter", DM)
    await world.submit("ana", deliverable="0", ticks=["golden"])
    await world.until("2026-11-30T09:15", "bruno")
    await world.press("bruno", "kpi.ask_about", DM)
    await world.submit("bruno", words="What <!channel> got in the way?")
    await world.until("2026-11-30T08:00", "ana")
    asked = await world.last("ana", DM)
    assert "asks about your week in KPIs" in asked
    assert "> What &lt;!channel&gt; got in the way?" in asked
    for who in ("lena", "priya", "jun"):
        assert not any("got in the way" in one for one in await world.reads(who))


async def test_the_week_closes_on_tuesday(world: World) -> None:
    await agreed(world)
    await world.until("2026-11-30T23:59")
    await world.press("ana", "kpi.enter", DM)
    await world.until("2026-12-01T00:00")
    await world.submit("ana", deliverable="2", ticks=[])
    assert "That week is closed" in await page(world, "ana")
    await world.close("ana")
    await world.close("ana")
    await world.press("ana", "kpi.enter", DM)
    assert "That week is closed" in await world.last("ana", DM)


async def test_the_question_comes_on_the_last_working_day(world: World) -> None:
    await change(world, "ana", country="US", weekdays="0,1,2,3")
    await agreed(world)
    await world.until("2026-11-25T15:00", "ana")  # Thursday is Thanksgiving, and Friday no working day
    assert "Your week in KPIs, a minute" in await world.last("ana", DM)
    await world.until("2026-12-03T14:59", "ana")
    assert questions(await world.reads("ana")) == 1
    await world.until("2026-12-03T15:00", "ana")
    assert questions(await world.reads("ana")) == 2


async def test_nobody_is_asked_on_a_day_off_or_when_paused_or_when_it_is_entered(world: World) -> None:
    await agreed(world)
    await say_off(world, "ana", date(2026, 11, 27))
    await world.until("2026-11-28T12:00", "ana")
    assert questions(await world.reads("ana")) == 0
    await change(world, "ana", paused_at=world.clock.now())
    await world.until("2026-12-05T12:00", "ana")
    assert questions(await world.reads("ana")) == 0
    await change(world, "ana", paused_at=None)
    await world.until("2026-12-09T12:00", "ana")
    await world.types("ana", "/contractor kpi")
    await world.press("ana", "kpi.enter")
    await world.submit("ana", deliverable="2", ticks=["golden"])
    await world.until("2026-12-12T12:00", "ana")
    assert questions(await world.reads("ana")) == 0
    await world.until("2026-12-18T15:00", "ana")
    assert questions(await world.reads("ana")) == 1


@pytest.mark.parametrize(("who", "where"), [("lena", "#acme"), ("priya", "#acme"), ("noor", "#general"), ("jun", DM)])
async def test_buddy_and_strangers_see_nothing(world: World, who: str, where: str) -> None:
    await agreed(world)
    await world.types(who, "contractor kpi @ana" if who == "jun" else "/contractor kpi @ana", where)
    assert await world.modal(who) is None
    said = await world.last(who, where)
    assert "KPIs are seen by the contractor, their manager and the admins only" in said
    assert "screens" not in said


async def test_the_manager_of_somebody_else_is_refused(world: World) -> None:
    await world.add_contractor("noor", manager="lena")
    await world.types("lena", "/contractor kpi @ana")
    assert await world.modal("lena") is None
    assert "KPIs are seen by the contractor, their manager and the admins only" in await world.last("lena", "#acme")


async def test_a_guest_of_one_channel_agrees_and_enters_in_the_dm(world: World) -> None:
    await world.types("bruno", "/contractor kpi @jun")
    await world.press("bruno", "kpi.output")
    await world.press("bruno", "kpi.edit")  # the first row is the deliverable
    await world.submit("bruno", **OUTPUT)
    await world.press("bruno", "kpi.propose")
    await world.until("2026-11-24T08:00", "jun")
    await world.press("jun", "kpi.agree", DM)
    await world.types("jun", "contractor kpi", DM)
    await world.press("jun", "kpi.open", DM)
    assert "is agreed since" in await page(world, "jun")
    await world.close("jun")
    await world.until("2026-11-27T15:00", "jun")
    await world.press("jun", "kpi.enter", DM)
    await world.submit("jun", deliverable="2", ticks=[])
    assert "is kept" in await page(world, "jun")


async def test_a_new_manager_gets_the_card_when_the_contractor_answers(world: World) -> None:
    await proposed(world)
    await change(world, "ana", manager_id=world.id("lena"))
    await world.press("ana", "kpi.discuss", DM)
    await world.submit("ana", words="One question")
    assert f"<@{world.id('lena')}> has your words" in await page(world, "ana")
    assert "Change and propose again" in await world.last("lena", DM)
    assert "> One question" in await world.last("bruno", DM)


async def test_a_manager_who_has_left_is_told_to_the_contractor(world: World) -> None:
    await proposed(world)
    await leave(world, "bruno")
    await world.press("ana", "kpi.discuss", DM)
    await world.submit("ana", words="One question")
    assert "your manager has left this workspace" in await page(world, "ana")
    await world.close("ana")
    await world.press("ana", "kpi.agree", DM)
    assert "You agreed to version 1" in await world.last("ana", DM)


async def test_nobody_is_proposed_to_who_is_paused(world: World) -> None:
    await drafted(world)
    await change(world, "ana", paused_at=world.clock.now())
    await world.press("bruno", "kpi.propose")
    assert "is paused. The draft is kept" in await page(world, "bruno")


async def test_a_draft_is_thrown_away(world: World) -> None:
    await drafted(world)
    await world.press("bruno", "kpi.drop")
    assert "Nothing is proposed yet" in await page(world, "bruno")


async def test_nobody_is_proposed_to_who_has_left(world: World) -> None:
    await drafted(world)
    await leave(world, "ana")
    await world.press("bruno", "kpi.propose")
    assert "has left this workspace" in await page(world, "bruno")


@pytest.fixture
async def before(sqlite_url: str) -> AsyncIterator[World]:
    """A workspace two weeks before ana starts, on Monday 7 December."""
    begun = await World.begin(sqlite_url, datetime(2026, 11, 23, 12, tzinfo=UTC), ())
    await begun.add_contractor("ana", path=True, start_date=date(2026, 12, 7))
    yield begun
    await begun.end()


async def test_the_manager_is_asked_on_day_minus_five_and_reminded_on_day_zero(before: World) -> None:
    await before.until("2026-11-27T08:59", "bruno")
    assert not any("measured by" in one for one in await before.reads("bruno"))
    await before.until("2026-11-27T09:00", "bruno")
    assert "starts Mon 7 Dec. What will their weeks be measured by?" in await before.last("bruno", DM)
    await before.until("2026-12-04T09:15", "bruno")
    assert sum("There is no KPI blueprint yet" in one for one in await before.reads("bruno")) == 1
    assert not any("KPI" in one for one in await before.reads("ana"))


async def test_the_contractor_is_reminded_kindly_on_day_zero(before: World) -> None:
    await proposed(before)
    await before.until("2026-12-04T09:00", "bruno")
    assert not any("measured by" in one or "no KPI" in one for one in await before.reads("bruno"))
    await before.until("2026-12-04T09:00", "ana")
    assert "they wait for your answer" in await before.last("ana", DM)
    await before.press("ana", "kpi.agree", DM, containing="wait for your answer")
    await before.until("2026-12-08T09:00", "ana")
    assert not any("they wait for your answer" in one for one in await before.reads("ana"))


async def test_one_message_lists_all_that_waits_for_a_manager(world: World) -> None:
    await agreed(world)
    await world.types("bruno", "/contractor kpi @jun")
    await world.press("bruno", "kpi.output")
    await world.press("bruno", "kpi.edit")
    await world.submit("bruno", **OUTPUT)
    await world.press("bruno", "kpi.propose")
    await world.until("2026-11-24T08:00", "jun")
    await world.press("jun", "kpi.agree", DM)
    await world.until("2026-11-27T18:00", "ana")
    for who, value in (("ana", "2"), ("jun", "1")):
        await world.press(who, "kpi.enter", DM)
        await world.submit(who, deliverable=value, ticks=["golden", "rituals", "documentation"])
    await world.until("2026-11-30T09:15", "bruno")
    card = [one for one in await world.reads("bruno") if "KPIs of Mon 23 Nov" in one]
    assert len(card) == 1
    assert card[0].index(f"<@{world.id('jun')}>") < card[0].index(f"<@{world.id('ana')}>"), "worth a look comes first"
    await world.press("bruno", "kpi.confirm", DM)
    card = [one for one in await world.reads("bruno") if "KPIs of Mon 23 Nov" in one]
    assert "1 entry waits for you" in card[0]
    assert "✓ 1 confirmed." in card[0]
    assert f"<@{world.id('jun')}>" not in card[0]


async def test_who_enters_late_on_monday_reaches_the_manager_at_once(world: World) -> None:
    await agreed(world)
    await world.until("2026-11-30T10:00", "bruno")
    assert not any("KPIs of" in one for one in await world.reads("bruno"))
    await world.press("ana", "kpi.enter", DM)
    await world.submit("ana", deliverable="2", ticks=[])
    assert "KPIs of Mon 23 Nov – Sun 29 Nov: 1 entry waits for you" in await world.last("bruno", DM)


async def test_an_empty_week_is_asked_for_once_more_and_the_same_week_changes_nothing(world: World) -> None:
    await agreed(world)
    await world.until("2026-11-27T15:00", "ana")
    await world.press("ana", "kpi.enter", DM)
    await world.submit("ana", deliverable="", ticks=[])
    modal = await world.modal("ana")
    assert modal is not None
    assert "a word is enough" in str(modal["errors"]["deliverable"])
    await world.submit("ana", deliverable="half of it, it goes on", ticks=[])
    await world.close("ana")
    await world.press("ana", "kpi.enter", DM)
    assert "half of it, it goes on" in await page(world, "ana")
    await world.submit("ana")
    assert "Nothing had changed" in await page(world, "ana")


async def test_every_message_can_be_read_beforehand(world: World) -> None:
    await agreed(world)
    async with world.bot.database.team(world.bot.team_id) as team:
        desk = world.bot.workshop.desk(team)
        for one in (await travellers(team, [world.id("ana"), world.id("jun")])).values():
            drawn = [await sample.draw(desk, one) for sample in SAMPLES]
            assert all(each and each[0] and check_blocks(english(list(each[1])), "message") == [] for each in drawn)
    assert {sample.to for sample in SAMPLES} == {"contractor", "manager"}
