"""Checklists, told from the front door."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from datetime import date

import pytest

from handlers import SAMPLES
from handlers.path import tick
from storage import checklist as store
from storage import timetable, workspace
from storage.path import travellers
from storage.path_tables import ChecklistItem
from storage.tables import Contractor, Person
from tests.said import english
from tests.world import Json, World, actions, words

DM = "@app"
MONDAY = date(2026, 11, 30)


@pytest.fixture
async def path(sqlite_url: str) -> AsyncIterator[World]:
    """Monday 23 November; ana begins in a week, bruno is her manager, olivia operations, lena her buddy."""
    world = await World.begin(sqlite_url, contractors=())
    await world.add_contractor("ana", path=True, start_date=MONDAY)
    await world.settle()
    yield world
    await world.end()


async def items(world: World, who: str = "ana") -> Mapping[str, ChecklistItem]:
    """Give somebody's items by key, as they are on disk."""
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        return {one.key: one for one in await store.of(team, world.id(who))}


async def more(world: World, who: str, move: str, key: str, whose: str = "ana") -> None:
    """Choose something behind the three dots of an item."""
    value = f"{move}:{(await items(world, whose))[key].id}"
    modal = await world.modal(who)
    assert modal is not None
    block = next((one["block_id"] for one in modal["blocks"] if value in str(one)), "")
    assert block, f"{move} {key} is not offered to {who}"
    given = {"action_id": "checklist.more", "view": modal["id"], "block_id": block, "option": value}
    await world.does("press", **{"as": who}, **given)


async def press_row(world: World, who: str, action_id: str, containing: str) -> None:
    """Press a button beside a row of the newest morning message."""
    letter = (await mornings(world, who))[-1]
    block = next(one["block_id"] for one in letter["blocks"] if containing in str(one) and action_id in str(one))
    given = {"action_id": action_id, "channel": DM, "ts": letter["ts"], "block_id": block}
    await world.does("press", **{"as": who}, **given)


async def sees_modal(world: World, who: str) -> str:
    """Give all the words of the modal in front of somebody."""
    modal = await world.modal(who)
    assert modal is not None, f"{who} has no modal open"
    return words(modal)


async def mornings(world: World, who: str) -> list[Json]:
    """Give the morning messages somebody got."""
    closed = "stands in the next list"
    found = [one for one in await world.sees(who, DM) if "checklist.open" in actions(one) or closed in words(one)]
    return [
        one
        for one in found
        if "For you on" in words(one)
        or closed in words(one)
        or "for Mon" in words(one)
        or "left for" in words(one)
        or "All done for" in words(one)
    ]


# Laying it ----------------------------------------------------------------------------------------


async def test_everything_of_the_guide_is_laid_with_owner_day_and_reason(path: World) -> None:
    laid = await items(path)
    assert len(laid) == 30
    assert {one.owner for one in laid.values()} == {"contractor", "manager", "operations", "buddy"}
    assert all(one.reason for one in laid.values())
    assert laid["day1_packet"].due == MONDAY
    assert laid["pre_agreement"].due == date(2026, 11, 20)  # the fifth working day before Day 0 has passed
    assert laid["step3_small_win"].due == date(2026, 12, 7)
    assert [key for key, one in laid.items() if one.needs_proof] == ["pre_identity", "day1_2fa", "step1_access"]


async def test_laying_twice_is_once(path: World) -> None:
    before = {key: one.id for key, one in (await items(path)).items()}
    async with path.bot.database.team(path.bot.team_id) as team:
        await timetable.soon(team, path.clock.now(), ("checklist.lay", path.id("ana")))
    await path.bot.settle()
    assert {key: one.id for key, one in (await items(path)).items()} == before


async def relay(world: World, who: str, **changes: object) -> None:
    """Change what was agreed with somebody and have their path laid again, as the form does."""
    async with world.bot.database.team(world.bot.team_id) as team:
        row = await team.get(Contractor, user_id=world.id(who))
        assert row is not None
        for name, value in changes.items():
            setattr(row, name, value)
        await timetable.soon(team, world.clock.now(), ("checklist.lay", world.id(who)))
    await world.bot.settle()
    await world.settle()


async def test_another_start_moves_what_is_to_do_and_nothing_that_is_done(path: World) -> None:
    await path.types("ana", "/checklist")
    await more(path, "ana", "done", "step1_video")
    before = await items(path)
    await relay(path, "ana", start_date=date(2026, 12, 7))
    after = await items(path)
    assert after["step1_video"].due == before["step1_video"].due
    assert after["step1_video"].state == "done"
    assert after["day1_packet"].due == date(2026, 12, 7)


async def test_a_holiday_moves_the_days(sqlite_url: str) -> None:
    world = await World.begin(sqlite_url, contractors=())
    await world.add_contractor("jun", path=True, start_date=MONDAY, country="PH")  # Bonifacio Day
    await world.settle()
    assert (await items(world, "jun"))["day1_packet"].due == date(2026, 12, 1)
    await relay(world, "jun", country="")
    assert (await items(world, "jun"))["day1_packet"].due == MONDAY
    await world.end()


async def test_a_start_in_the_past_leaves_nobody_behind_on_day_one(sqlite_url: str) -> None:
    world = await World.begin(sqlite_url, contractors=())
    await world.add_contractor("ana", path=True, start_date=date(2026, 11, 2))
    await world.settle()
    await world.types("bruno", "/checklist @ana")
    shown = await sees_modal(world, "bruno")
    assert "from before: tick it if it was done" in shown
    assert "overdue" not in shown
    await world.until("2026-11-26T12:00", "bruno")
    assert await mornings(world, "bruno") == []
    await world.until("2026-11-27T09:15", "bruno")  # Day 20
    (letter,) = await mornings(world, "bruno")
    assert "For you on Fri 27 Nov: 1 thing." in words(letter)
    assert "Health Check" in words(letter)
    await world.end()


# The list -----------------------------------------------------------------------------------------


async def test_a_contractor_sees_it_by_phase_and_ticks(path: World) -> None:
    await path.types("ana", "/checklist")
    shown = await sees_modal(path, "ana")
    assert "0 of 30 done" in shown
    assert "Step 1: Infrastructure & Rules of Engagement · 0 of 6" in shown
    assert shown.index("The Social Handshake is posted") < shown.index("Independent Contractor Agreement")  # hers first
    await path.press("ana", "checklist.phase", option="step1")
    assert "2FA and permissions" in await sees_modal(path, "ana")
    await more(path, "ana", "done", "step1_video")
    shown = await sees_modal(path, "ana")
    assert "Done: Agreed: whatever" in shown
    assert f"done by <@{path.id('ana')}>" in shown
    assert (await items(path))["step1_video"].state == "done"
    await more(path, "ana", "undo", "step1_video")
    assert "To do again" in await sees_modal(path, "ana")
    assert (await items(path))["step1_video"].done_by == ""


async def test_the_reason_is_shown_when_asked_and_hidden_again(path: World) -> None:
    await path.types("ana", "/checklist")
    assert "spare twenty of reading" not in await sees_modal(path, "ana")
    await more(path, "ana", "why", "step1_video")
    assert "spare twenty of reading" in await sees_modal(path, "ana")
    await more(path, "ana", "why", "step1_video")
    assert "spare twenty of reading" not in await sees_modal(path, "ana")


async def test_not_applicable_wants_a_reason_and_is_undone(path: World) -> None:
    await path.types("ana", "/checklist")
    await more(path, "ana", "na", "pre_payment")
    assert "Why does it not apply?" in await sees_modal(path, "ana")
    await path.submit("ana", why_not="Paid through <an agency>")
    await path.press("ana", "checklist.phase", option="pre")
    assert "Paid through &lt;an agency&gt;" in await sees_modal(path, "ana")
    assert "0 of 29 done" in await sees_modal(path, "ana")
    await more(path, "ana", "undo", "pre_payment")
    assert (await items(path))["pre_payment"].state == "todo"


async def test_words_of_blanks_are_no_reason(path: World) -> None:
    await path.types("ana", "/checklist")
    await more(path, "ana", "na", "pre_payment")
    answer = await path.submit("ana", why_not="\u200b")
    assert "why it does not apply" in str(answer)
    assert (await items(path))["pre_payment"].state == "todo"


async def test_snooze_puts_off_and_undo_brings_back(path: World) -> None:
    await path.types("ana", "/checklist")
    await more(path, "ana", "snooze", "pre_payment")
    assert "Tomorrow (Tue 24 Nov)" in await sees_modal(path, "ana")
    await path.submit("ana", until="2026-11-30")
    assert "snoozed until Mon 30 Nov" in await sees_modal(path, "ana")
    await more(path, "ana", "undo", "pre_payment")
    assert (await items(path))["pre_payment"].snoozed_until is None


async def test_snooze_until_yesterday_is_corrected(path: World) -> None:
    await path.types("ana", "/checklist")
    await more(path, "ana", "snooze", "pre_payment")
    answer = await path.submit("ana", day="2026-11-22")
    assert "after today" in str(answer)


async def test_back_leads_from_a_small_form_to_the_list(path: World) -> None:
    await path.types("ana", "/checklist")
    await more(path, "ana", "na", "pre_payment")
    await path.press("ana", "checklist.back")
    assert "0 of 30 done" in await sees_modal(path, "ana")


async def test_asking_for_help_becomes_a_blocker_that_the_item_shows(path: World) -> None:
    await path.types("ana", "/checklist")
    await more(path, "ana", "help", "day1_2fa")
    form = await sees_modal(path, "ana")
    assert "2FA is on for every critical tool" in form
    await path.choose("ana", "kind", "access")
    await path.submit("ana")
    await path.types("ana", "/checklist")
    assert "asked for help, #1" in await sees_modal(path, "ana")
    assert any("2FA is on for every critical tool" in one for one in await path.reads("olivia"))
    assert f"help:{(await items(path))['day1_2fa'].id}" not in str(await path.modal("ana"))
    await path.types("ana", "/blocker done 1")
    await path.types("ana", "/checklist")
    assert "asked for help, #1 (solved)" in await sees_modal(path, "ana")
    assert f"help:{(await items(path))['day1_2fa'].id}" in str(await path.modal("ana"))


async def test_a_blocker_cannot_be_linked_to_somebody_elses_item(path: World) -> None:
    await path.add_contractor("jun", path=True, start_date=MONDAY)
    await path.settle()
    async with path.bot.database.team(path.bot.team_id) as team:
        theirs = (await store.of(team, path.id("jun")))[0]
        assert not await store.link(team, theirs.id, path.id("ana"), "b1")


async def test_a_finished_phase_stays_with_who_and_when(path: World) -> None:
    await path.types("bruno", "/checklist @ana")
    for key in ("week1_buddy", "week1_one_on_one"):
        await more(path, "bruno", "done", key)
    shown = await sees_modal(path, "bruno")
    assert "*Week 1: social integration*: finished" in shown
    assert f"by <@{path.id('bruno')}>" in shown
    assert "Week 1: social integration · finished" in shown
    await path.press("bruno", "checklist.phase", option="week1")
    assert "A Shadow Buddy is assigned" in await sees_modal(path, "bruno")


# Who may ------------------------------------------------------------------------------------------


async def test_a_stranger_sees_nothing(path: World) -> None:
    await path.types("noor", "/checklist @ana", "#general")
    assert "isn't yours to see" in await path.last("noor", "#general")
    await path.types("noor", "/checklist", "#general")
    assert "No checklist is yours to see yet" in await path.last("noor", "#general")


async def test_a_name_that_slack_does_not_know_is_said(path: World) -> None:
    await path.types("olivia", "/checklist @tomas")
    assert "I find nobody called @tomas" in await path.last("olivia")


@pytest.mark.parametrize("whom", ["@builds", "@noor"])
async def test_whoever_is_not_on_the_path_has_none(path: World, whom: str) -> None:
    await path.types("olivia", f"/checklist {whom}")
    assert "isn't yours to see" in await path.last("olivia")


async def test_others_items_are_read_only_but_for_owner_manager_and_admins(path: World) -> None:
    await path.types("lena", "/checklist @ana")
    assert "The checklist of" in await sees_modal(path, "lena")
    ids = {key: one.id for key, one in (await items(path)).items()}
    drawn = str(await path.modal("lena"))
    assert f"done:{ids['step2_shadowing']}" in drawn  # hers as the buddy
    assert f"done:{ids['day1_packet']}" not in drawn
    await path.types("bruno", "/checklist @ana")
    assert f"done:{ids['step2_shadowing']}" in str(await path.modal("bruno"))
    assert f"help:{ids['step2_shadowing']}" not in str(await path.modal("bruno"))


async def test_what_somebody_else_ticked_is_undone_only_by_them_or_the_manager(path: World) -> None:
    await path.types("bruno", "/checklist @ana")
    await more(path, "bruno", "done", "pre_payment")
    await path.types("ana", "/checklist")
    await path.press("ana", "checklist.phase", option="pre")
    assert f"undo:{(await items(path))['pre_payment'].id}" not in str(await path.modal("ana"))
    await path.types("olivia", "/checklist @ana")
    await path.press("olivia", "checklist.phase", option="pre")
    await more(path, "olivia", "undo", "pre_payment")
    assert (await items(path))["pre_payment"].state == "todo"


async def test_guests_of_one_channel_write_a_word(path: World) -> None:
    await path.add_contractor("jun", path=True, start_date=MONDAY)
    await path.settle()
    await path.types("jun", "checklist", DM)
    assert "checklist.open" in actions((await path.sees("jun", DM))[-1])
    await path.press("jun", "checklist.open", DM)
    assert "0 of 30 done" in await sees_modal(path, "jun")
    await path.types("jun", "checklist add Read the brand book", DM)
    assert "Added to your checklist: Read the brand book" in await path.last("jun", DM)


async def test_shortcut_and_second_name(path: World) -> None:
    await path.shortcut("ana", "checklist.shortcut")
    assert "0 of 30 done" in await sees_modal(path, "ana")
    await path.types("ana", "/circle checklist help")
    assert "`/checklist add Read the brand book`" in await path.last("ana")
    await path.types("ana", "/checklist dance")
    assert "I know these" in await path.last("ana")


# Adding -------------------------------------------------------------------------------------------


async def test_a_contractor_adds_to_their_own(path: World) -> None:
    await path.types("ana", "/checklist add Read the *brand* book & <tell> us")
    assert "Added to your checklist" in await path.last("ana")
    await path.types("ana", "/checklist")
    assert "Added by hand · 0 of 1" in await sees_modal(path, "ana")
    await path.press("ana", "checklist.add")
    await path.submit("ana", text="Meet the studio dog")
    assert "Added: Meet the studio dog" in await sees_modal(path, "ana")


async def test_a_manager_adds_for_somebody_and_others_do_not(path: World) -> None:
    await path.types("bruno", "/checklist @ana add Read the brand book")
    assert f"Added to <@{path.id('ana')}>" in await path.last("bruno")
    await path.types("lena", "/checklist @ana add Something else")
    assert "Their manager or an admin adds" in await path.last("lena")


@pytest.mark.parametrize(
    ("text", "says"), [("", "Say what to add"), (" ", "Say what to add"), ("x" * 151, "up to 150 fit")]
)
async def test_what_cannot_be_added_is_said_and_given_back(path: World, text: str, says: str) -> None:
    await path.types("ana", f"/checklist add {text}")
    said = await path.last("ana")
    assert says in said
    assert text.strip() in said


async def test_what_was_added_by_hand_stays_when_the_path_is_laid_again(path: World) -> None:
    await path.types("ana", "/checklist add Read the brand book")
    await relay(path, "ana", start_date=date(2026, 12, 7))
    assert any(one.text == "Read the brand book" for one in (await items(path)).values())


# Proof --------------------------------------------------------------------------------------------


async def test_security_asks_for_a_proof_and_somebody_else_verifies_it(path: World) -> None:
    await path.types("ana", "/checklist")
    await more(path, "ana", "done", "day1_2fa")
    assert "How was it confirmed?" in await sees_modal(path, "ana")
    await path.submit("ana", proof="2FA on GitHub: authenticator app")
    await path.press("ana", "checklist.phase", option="day1")
    shown = await sees_modal(path, "ana")
    assert f"confirmed by <@{path.id('ana')}>" in shown
    assert "not verified yet: 2FA on GitHub" in shown
    assert f"verify:{(await items(path))['day1_2fa'].id}" not in str(await path.modal("ana"))

    await path.until("2026-11-23T09:00", "olivia")
    (letter,) = await mornings(path, "olivia")
    assert "1 proof to verify" in words(letter)
    await path.press("olivia", "checklist.verify", DM)
    (after,) = await mornings(path, "olivia")
    assert after["ts"] == letter["ts"]
    assert "proof to verify" not in words(after)
    await path.types("ana", "/checklist")
    await path.press("ana", "checklist.phase", option="day1")
    assert f"verified by <@{path.id('olivia')}>" in await sees_modal(path, "ana")
    await more(path, "ana", "undo", "day1_2fa")
    row = (await items(path))["day1_2fa"]
    assert (row.proof, row.verified_at, row.verified_by) == ("", None, "")


async def test_a_proof_without_words_is_none(path: World) -> None:
    await path.types("ana", "/checklist")
    await more(path, "ana", "done", "day1_2fa")
    answer = await path.submit("ana", proof="\u200b")
    assert "how you know that it is done" in str(answer)
    assert (await items(path))["day1_2fa"].state == "todo"


# Several at once ----------------------------------------------------------------------------------


async def test_more_than_ten_are_split_and_saved_as_a_difference(path: World) -> None:
    await path.types("bruno", "/checklist @ana")
    await path.press("bruno", "checklist.quick")
    modal = await path.modal("bruno")
    assert modal is not None
    groups = [one["element"] for one in modal["blocks"] if one["type"] == "input"]
    assert [len(one["options"]) for one in groups] == [10, 10, 7]  # three ask for a proof
    first = [one["value"] for one in groups[0]["options"]][:2]
    await path.submit("bruno", tick_0=first)
    assert "Saved: 2 ticked." in await sees_modal(path, "bruno")
    assert sum(one.state == "done" for one in (await items(path)).values()) == 2


async def test_two_people_at_once_both_win(path: World) -> None:
    await path.types("bruno", "/checklist @ana")
    await more(path, "bruno", "done", "step1_golden")
    for who in ("bruno", "olivia"):
        await path.types(who, "/checklist @ana")
        await path.press(who, "checklist.phase", option="step1")
        await path.press(who, "checklist.quick")
    ids = {key: one.id for key, one in (await items(path)).items()}
    await path.submit("bruno", tick_0=[ids["step1_chat"], ids["step1_stack"], ids["step1_golden"]])
    # olivia still sees none of bruno's new ticks: she ticks one of her own, the same one, and unticks what was there
    await path.submit("olivia", tick_0=[ids["step1_tracker"], ids["step1_chat"]])
    after = await items(path)
    states = {key: (one.state, one.done_by) for key, one in after.items() if one.phase == "step1"}
    assert states["step1_stack"] == ("done", path.id("bruno"))
    assert states["step1_chat"] == ("done", path.id("bruno"))
    assert states["step1_tracker"] == ("done", path.id("olivia"))
    assert states["step1_golden"] == ("todo", "")


async def test_saving_what_others_unticked_meanwhile_does_not_tick_it_again(path: World) -> None:
    await path.types("bruno", "/checklist @ana")
    await more(path, "bruno", "done", "step1_golden")
    await path.press("bruno", "checklist.phase", option="step1")
    await path.press("bruno", "checklist.quick")
    await path.types("olivia", "/checklist @ana")
    await path.press("olivia", "checklist.phase", option="step1")
    await more(path, "olivia", "undo", "step1_golden")
    ids = {key: one.id for key, one in (await items(path)).items()}
    await path.submit("bruno", tick_0=[ids["step1_golden"], ids["step1_chat"]])
    after = await items(path)
    assert (after["step1_golden"].state, after["step1_chat"].state) == ("todo", "done")


async def test_an_item_that_somebody_ticked_meanwhile_is_not_ticked_twice(path: World) -> None:
    for who in ("bruno", "olivia"):
        await path.types(who, "/checklist @ana")
    await more(path, "bruno", "done", "day1_channels")
    await more(path, "olivia", "done", "day1_channels")
    assert f"<@{path.id('bruno')}> had ticked that already" in await sees_modal(path, "olivia")
    assert (await items(path))["day1_channels"].done_by == path.id("bruno")


async def test_two_forms_sent_in_the_same_moment_both_count(path: World) -> None:
    for who in ("bruno", "olivia"):
        await path.types(who, "/checklist @ana")
        await path.press(who, "checklist.phase", option="step1")
        await path.press(who, "checklist.quick")
    ids = {key: one.id for key, one in (await items(path)).items()}
    await asyncio.gather(
        path.submit("bruno", tick_0=[ids["step1_chat"], ids["step1_stack"]]),
        path.submit("olivia", tick_0=[ids["step1_chat"], ids["step1_tracker"]]),
    )
    after = await items(path)
    assert {after[key].state for key in ("step1_chat", "step1_stack", "step1_tracker")} == {"done"}
    assert after["step1_tracker"].done_by == path.id("olivia")
    assert after["step1_stack"].done_by == path.id("bruno")


# The morning message ------------------------------------------------------------------------------


async def test_one_message_an_owner_and_day_edited_in_place(path: World) -> None:
    await path.until("2026-11-23T08:59", "olivia")
    assert await mornings(path, "olivia") == []
    await path.until("2026-11-23T09:00", "olivia")
    (letter,) = await mornings(path, "olivia")
    assert "2 things" in words(letter)
    assert "Independent Contractor Agreement" in words(letter)
    await press_row(path, "olivia", "checklist.done", "Identity is verified")
    await path.submit("olivia", proof="Passport seen, check is back")
    (after,) = await mornings(path, "olivia")
    assert after["ts"] == letter["ts"]
    assert "1 thing" in words(after)
    await press_row(path, "olivia", "checklist.done", "Agreement")
    (after,) = await mornings(path, "olivia")
    assert "All done for Mon 23 Nov: 2 things. Thank you" in words(after)
    assert "checklist.done" not in actions(after)


async def test_nothing_is_said_on_a_day_without_anything(path: World) -> None:
    await path.until("2026-11-24T12:00", "bruno")
    assert await mornings(path, "bruno") == []
    await path.until("2026-11-27T08:44", "bruno")
    assert await mornings(path, "bruno") == []
    await path.until("2026-11-27T08:45", "bruno")  # Day 0: the blueprint
    (letter,) = await mornings(path, "bruno")
    assert "KPI blueprint" in words(letter)


async def test_a_manager_gets_the_mornings_list_and_digest_as_one_message(path: World) -> None:
    await path.until("2026-12-01T12:00", "bruno")
    texts = [one["text"] for one in await path.sees("bruno", "@app") if "1 Dec" in one["text"]]
    assert len(texts) == 1
    assert texts[0].count("\n") == 1, texts


async def test_it_comes_on_the_owners_own_clock_and_days(path: World) -> None:
    await path.until("2026-11-30T09:00", "ana")
    last = (await mornings(path, "ana"))[-1]
    assert "On your own path" in words(last)
    assert "For you on Mon 30 Nov" in words(last)
    assert (
        len(await mornings(path, "ana")) == 5
    )  # Tuesday to Friday for the payment of Day -3, and Monday; none at the weekend


async def test_by_contractor_with_what_is_late_first_and_at_most_twelve_rows(path: World) -> None:
    await path.add_contractor("jun", path=True, start_date=date(2026, 11, 26))
    await path.settle()
    await path.until("2026-11-30T09:15", "bruno")
    letter = (await mornings(path, "bruno"))[-1]
    said = words(letter)
    assert said.index(f"*<@{path.id('jun')}>*") < said.index("Open")
    assert "overdue" in said
    assert actions(letter).count("checklist.done") == 12
    assert "more: press Open" in said
    assert len(letter["blocks"]) <= 50


async def test_yesterdays_message_is_closed_when_a_new_one_comes(path: World) -> None:
    await path.until("2026-11-24T08:59", "olivia")
    assert "checklist.done" in actions((await path.sees("olivia", DM))[-1])
    await path.until("2026-11-24T09:00", "olivia")
    closed, today = (await mornings(path, "olivia"))[-2:]
    assert "Mon 23 Nov is over; what was left stands in the next list." in words(closed)
    assert actions(closed) == []
    assert "2 of them overdue" in words(today)
    given = {"action_id": "checklist.done", "channel": DM, "ts": today["ts"]}
    block = next(one["block_id"] for one in today["blocks"] if "Agreement" in str(one))
    await path.does("press", **{"as": "olivia"}, **given, block_id=block)
    assert "1 thing, 1 of them overdue" in words((await mornings(path, "olivia"))[-1])


async def test_what_happened_before_the_checklist_was_laid_is_ticked_in_it(world: World) -> None:
    async with world.bot.database.team(world.bot.team_id) as team:
        await tick(world.bot.workshop.desk(team), world.id("lena"), "buddy", world.id("bruno"))
    await world.add_contractor("lena", path=True, start_date=date(2026, 11, 26))
    await world.settle()
    await world.types("lena", "/checklist")
    await world.press("lena", "checklist.phase", option="week1")
    shown = await sees_modal(world, "lena")
    assert "A Shadow Buddy is assigned" in shown
    assert f"by <@{world.id('bruno')}>" in shown


async def test_a_buddy_who_left_leaves_their_items_to_the_manager(path: World) -> None:
    await path.ask("PATCH", "people/lena", {"deleted": True})
    await path.settle()
    await path.types("bruno", "/checklist @ana")
    await path.press("bruno", "checklist.phase", option="step2")
    assert "· you · due Wed 2 Dec" in await sees_modal(path, "bruno")
    await path.until("2026-12-02T09:15", "bruno")
    assert "have met" in words((await mornings(path, "bruno"))[-1])
    assert await mornings(path, "lena") == []


async def test_a_buddys_items_are_planned_for_the_manager_who_has_nothing_else_to_do(path: World) -> None:
    async with path.bot.database.team(path.bot.team_id) as team:
        for one in await store.of(team, path.id("ana")):
            if one.owner != "buddy":
                await store.done(team, one.id, path.id("bruno"), path.clock.now())
        await timetable.drop(team, path.id("bruno"), ["checklist.morning"])
    await path.ask("PATCH", "people/lena", {"deleted": True})
    await path.settle()
    await path.until("2026-12-02T09:15", "bruno")
    assert len(await mornings(path, "bruno")) == 1


async def test_it_follows_somebody_who_moves(path: World) -> None:
    await path.ask("PATCH", "people/olivia", {"tz": "Europe/Madrid"})  # 13:00 there: today's nine o'clock has passed
    await path.settle()
    await path.until("2026-11-24T08:59", "bruno")
    assert await mornings(path, "olivia") == []
    await path.until("2026-11-24T09:15", "bruno")
    assert len(await mornings(path, "olivia")) == 1


async def test_operations_of_the_workspace_stand_in_on_the_workspaces_days(path: World) -> None:
    await path.bot.directory.meet(path.bot.team_id, [path.id("noor")])
    async with path.bot.database.team(path.bot.team_id) as team:
        await workspace.put(team, operations_id=path.id("noor"), weekdays="0,2,4")
    await relay(path, "ana", operations_id="")
    await path.until("2026-11-24T23:00", "noor")
    assert await mornings(path, "noor") == []
    await path.until("2026-11-25T09:00", "noor")
    (letter,) = await mornings(path, "noor")
    assert "2 things, 2 of them overdue" in words(letter)
    await press_row(path, "noor", "checklist.done", "Agreement")
    assert "1 thing, 1 of them overdue" in words((await mornings(path, "noor"))[0])
    await path.types("noor", "/checklist", "#general")
    assert "*Waiting for you*: 1 thing" in await sees_modal(path, "noor")


async def test_no_message_on_the_owners_own_holiday(sqlite_url: str) -> None:
    world = await World.begin(sqlite_url, contractors=())
    await world.add_contractor("jun", path=True, start_date=date(2026, 11, 24), country="PH")
    await world.settle()
    await world.until("2026-12-01T09:00", "jun")
    days = [words(one).partition(":")[0] for one in await mornings(world, "jun")]
    assert "Fri 27 Nov is over; what was left stands in the next list." in [one.strip().split("\n")[0] for one in days]
    assert not any("Mon 30 Nov" in one for one in days)  # Bonifacio Day
    assert "For you on Tue 1 Dec" in days
    await world.end()


async def test_a_day_off_moves_what_is_still_to_do(path: World) -> None:
    await path.until("2026-11-30T17:30", "ana")
    assert (await items(path))["step3_small_win"].due == date(2026, 12, 7)
    await path.press("ana", "log.off", DM)
    await path.until("2026-12-01T09:00", "ana")
    assert (await items(path))["step3_small_win"].due == date(2026, 12, 8)


async def test_another_manager_gets_the_next_morning(path: World) -> None:
    await path.bot.directory.meet(path.bot.team_id, [path.id("priya")])
    await relay(path, "ana", manager_id=path.id("priya"))
    await path.until("2026-11-27T09:15", "bruno")
    assert len(await mornings(path, "priya")) == 1
    assert await mornings(path, "bruno") == []


async def test_nothing_comes_while_the_path_is_paused(path: World) -> None:
    await relay(path, "ana", paused_at=path.clock.now())
    await path.until("2026-11-30T12:00", "bruno")
    assert await mornings(path, "bruno") == []
    await relay(path, "ana", paused_at=None)
    await path.until("2026-12-01T09:15", "bruno")
    assert len(await mornings(path, "bruno")) == 1


async def test_what_happened_ticks_items_of_both_lists(path: World) -> None:
    async with path.bot.database.team(path.bot.team_id) as team:
        await tick(path.bot.workshop.desk(team), path.id("ana"), "introduction", path.id("bruno"))
    await path.bot.settle()
    after = await items(path)
    assert {after[key].state for key in ("day1_introduction", "step2_handshake")} == {"done"}


# Several contractors ------------------------------------------------------------------------------


async def test_a_manager_sees_everybody_with_what_is_overdue_first(path: World) -> None:
    await path.add_contractor("jun", path=True, start_date=date(2026, 11, 23))
    await path.settle()
    await path.until("2026-11-25T12:00", "bruno")
    await path.types("bruno", "/checklist")
    shown = await sees_modal(path, "bruno")
    assert "*2 contractors*" in shown
    assert shown.rindex(f"*<@{path.id('jun')}>*") < shown.rindex(f"*<@{path.id('ana')}>*")
    assert "overdue" in shown
    modal = await path.modal("bruno")
    assert modal is not None
    await path.does(
        "press",
        **{"as": "bruno"},
        action_id="checklist.open",
        view=modal["id"],
        block_id=next(one["block_id"] for one in modal["blocks"] if f"*<@{path.id('ana')}>*" in str(one)),
    )
    assert "The checklist of" in await sees_modal(path, "bruno")


async def test_a_buddy_and_operations_see_first_what_waits_for_them(path: World) -> None:
    await path.until("2026-11-24T12:00", "olivia")
    await path.types("olivia", "/checklist")
    shown = await sees_modal(path, "olivia")
    assert "*Waiting for you*: 2 things" in shown
    modal = await path.modal("olivia")
    assert modal is not None
    block = next(one["block_id"] for one in modal["blocks"] if "Identity is verified" in str(one))
    given = {"action_id": "checklist.done", "view": modal["id"], "block_id": block}
    await path.does("press", **{"as": "olivia"}, **given)
    await path.submit("olivia", proof="Passport seen")
    shown = await sees_modal(path, "olivia")
    assert "*Waiting for you*: 1 thing" in shown
    assert "Confirmed: Identity is verified" in shown
    await path.types("lena", "/checklist")
    assert "*Waiting for you*: nothing just now." in await sees_modal(path, "lena")


async def test_somebody_of_long_ago_gets_one_prepared(world: World) -> None:
    await world.types("ana", "/checklist")
    assert "nothing was prepared yet" in await sees_modal(world, "ana")
    await world.types("bruno", "/checklist @ana")
    await world.press("bruno", "checklist.prepare")
    assert "The checklist is prepared." in await sees_modal(world, "bruno")
    assert len(await items(world)) == 30


async def test_two_hundred_contractors_are_paged(path: World) -> None:
    async with path.bot.database.team(path.bot.team_id) as team:
        ana = await team.get(Contractor, user_id=path.id("ana"))
        assert ana is not None
        for number in range(200):
            one = f"U9{number:09}"
            team.add(Person(team_id="", user_id=one, name=f"Somebody {number:03} {'Long-Name ' * 7}"[:80], zone="UTC"))
            team.add(Contractor(**ana.model_dump() | {"user_id": one}))
            await team.session.flush()
            await timetable.soon(team, path.clock.now(), ("checklist.lay", one))
    await path.bot.settle()
    await path.types("bruno", "/checklist")
    assert "*201 contractors*, what is overdue first · page 1 of 6" in await sees_modal(path, "bruno")
    for _ in range(5):
        await path.press("bruno", "checklist.page")
    assert "page 6 of 6" in await sees_modal(path, "bruno")
    await path.press("bruno", "checklist.page_back")
    assert "page 5 of 6" in await sees_modal(path, "bruno")


async def test_what_is_sent_can_be_read_beforehand(path: World) -> None:
    async with path.bot.database.team_reading(path.bot.team_id) as team:
        desk = path.bot.workshop.desk(team)
        traveller = (await travellers(team, [path.id("ana")]))[path.id("ana")]
        drawn = {
            one.to: await one.draw(desk, traveller) for one in SAMPLES if english(one.name).startswith("Checklist")
        }
    assert set(drawn) == {"contractor", "manager", "operations", "buddy"}
    assert "For you on Fri 20 Nov: 2 things" in str(english(drawn["operations"]))
    assert all(drawn.values())


# Templates ----------------------------------------------------------------------------------------


async def editor(world: World, who: str = "bruno") -> None:
    await world.types(who, "/contractor checklist")


FILLED = {"text": "Access to the brand library is open", "reason": "Colours differ", "owner": "operations", "day": "2"}


async def test_managers_edit_the_standard_for_those_who_come_after(path: World) -> None:
    await editor(path)
    assert "As the playbook has it" in await sees_modal(path, "bruno")
    await path.press("bruno", "checklist.design_add")
    await path.submit("bruno", **FILLED, phase="day1")
    shown = await sees_modal(path, "bruno")
    assert "Saved: Access to the brand library is open." in shown
    assert "operations · day 2" in shown
    assert "Access to the brand library is open" not in {one.text for one in (await items(path)).values()}
    await path.add_contractor("jun", path=True, start_date=MONDAY)
    await path.settle()
    laid = {one.text: one for one in (await items(path, "jun")).values()}
    assert laid["Access to the brand library is open"].due == date(2026, 12, 1)


async def row(world: World, what: str, key: str) -> None:
    """Choose something behind the three dots of an item in the editor."""
    modal = await world.modal("bruno")
    assert modal is not None
    block = next(one["block_id"] for one in modal["blocks"] if f"{what}:{key}'" in str(one))
    given = {"action_id": "checklist.design_row", "view": modal["id"], "block_id": block, "option": f"{what}:{key}"}
    await world.does("press", **{"as": "bruno"}, **given)


async def test_a_change_reaches_people_on_the_path_only_when_asked_for(path: World) -> None:
    await editor(path)
    await path.press("bruno", "checklist.design_phase", option="step1")
    await row(path, "edit", "step1_golden")
    await path.submit("bruno", day="3")
    assert (await items(path))["step1_golden"].due == MONDAY
    await row(path, "edit", "step1_golden")
    assert "Also bring it to 1 person who is on it now" in await sees_modal(path, "bruno")
    await path.submit("bruno", day="4", owner="operations", more=["also"])
    assert "1 person has it too now" in await sees_modal(path, "bruno")
    moved = (await items(path))["step1_golden"]
    assert (moved.due, moved.owner) == (date(2026, 12, 3), "operations")
    await row(path, "remove", "step1_chat")
    await path.submit("bruno", more=["also"])
    assert "step1_chat" not in await items(path)


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [("day", "soon", "a whole number"), ("day", "900", "a whole number"), ("text", "\u200b", "what is to be done")],
)
async def test_what_cannot_be_kept_is_said_under_its_field(path: World, field: str, value: str, says: str) -> None:
    await editor(path)
    await path.press("bruno", "checklist.design_add")
    answer = await path.submit("bruno", **FILLED | {field: value}, phase="day1")
    assert says in str(answer)


async def test_a_template_for_a_role(path: World) -> None:
    await editor(path)
    await path.press("bruno", "checklist.design_new")
    await path.submit("bruno", name="Designer")
    assert "Made from Standard: Designer." in await sees_modal(path, "bruno")
    await path.press("bruno", "checklist.design_phase", option="week1")
    await row(path, "remove", "week1_buddy")
    await path.submit("bruno")
    await path.add_contractor("jun", path=True, start_date=MONDAY, template="Designer")
    await path.settle()
    assert len(await items(path, "jun")) == 29
    await path.press("bruno", "checklist.design_rename")
    await path.submit("bruno", name="Product designer")
    assert "*Product designer*: 29 items, 1 person on it now" in await sees_modal(path, "bruno")
    await path.press("bruno", "checklist.design_new")
    answer = await path.submit("bruno", name="product Designer")
    assert "one of that name already" in str(answer)
    await path.press("bruno", "checklist.design_back")
    await path.press("bruno", "checklist.design_remove")
    assert "Removed: Product designer." in await sees_modal(path, "bruno")
    assert len(await items(path, "jun")) == 29
    await relay(path, "jun")
    assert len(await items(path, "jun")) == 30


async def test_another_template_for_somebody_adds_and_takes_away_what_nobody_touched(path: World) -> None:
    await editor(path)
    await path.press("bruno", "checklist.design_new")
    await path.submit("bruno", name="Writer")
    await path.press("bruno", "checklist.design_phase", option="step1")
    for key in ("step1_video", "step1_chat"):
        await row(path, "remove", key)
        await path.submit("bruno")
    await path.types("ana", "/checklist")
    await more(path, "ana", "done", "step1_video")
    await relay(path, "ana", template="Writer")
    after = await items(path)
    assert "step1_chat" not in after
    assert after["step1_video"].state == "done"


async def test_back_to_the_playbook(path: World) -> None:
    await editor(path)
    await path.press("bruno", "checklist.design_add")
    await path.submit("bruno", **FILLED, phase="day1")
    await path.press("bruno", "checklist.design_reset")
    assert "The playbook's items count again." in await sees_modal(path, "bruno")


async def test_the_editor_is_offered_where_none_can_open(path: World) -> None:
    await path.types("bruno", "contractor checklist", DM)
    await path.press("bruno", "checklist.design_open", DM)
    assert "As the playbook has it" in await sees_modal(path, "bruno")


async def test_dates_for_an_example_start(path: World) -> None:
    await editor(path)
    await path.press("bruno", "checklist.design_preview")
    assert "starts on Mon 7 Dec" in await sees_modal(path, "bruno")
    await path.choose("bruno", "checklist.design_day", "2026-12-01")
    shown = await sees_modal(path, "bruno")
    assert "Tue 1 Dec · manager · The Welcome Packet is sent" in shown


@pytest.mark.parametrize("who", ["noor", "ana", "lena"])
async def test_only_managers_and_admins_edit_templates(path: World, who: str) -> None:
    await path.types(who, "/contractor checklist", "#general")
    assert "Only a manager of contractors or a workspace admin can do this" in await path.last(who, "#general")


async def test_a_contractor_who_manages_others_sees_theirs_too(path: World) -> None:
    await path.add_contractor("jun", manager="ana", path=True, start_date=MONDAY)
    await path.settle()
    await path.types("ana", "/checklist")
    await path.press("ana", "checklist.all")
    shown = await sees_modal(path, "ana")
    assert f"*<@{path.id('jun')}>*" in shown
