"""A 1:1 from Start to summary on a clock that moves, with both watching their message."""

import asyncio
from datetime import UTC, datetime

import pytest

from storage import oneonone, oneonone_notes
from storage.rhythm_tables import Meeting, PrivateNote
from storage.tables import Contractor
from tests.world import Json, Refused, World, actions, has_action, words

MONDAY = "2026-11-23T14:00"


async def plan(world: World, handle: str = "ana", at: str = MONDAY, manager: str = "bruno") -> str:
    """Put a 1:1 into the calendar, as planning it would."""
    async with world.bot.database.team(world.bot.team_id) as team:
        moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
        return (await oneonone.create(team, world.id(handle), world.id(manager), moment)).id


async def start(world: World, handle: str = "ana", at: str = MONDAY) -> str:
    """Begin a planned 1:1 at its time."""
    meeting_id = await plan(world, handle, at)
    await world.until(at)
    await world.types("bruno", f"/1on1 start @{handle}", "#general")
    return meeting_id


async def running(world: World, who: str) -> Json:
    """Give the message of somebody's running 1:1, or the newest of all."""
    found = [one for one in await world.sees(who, "@app") if "part " in words(one) and " of 6" in words(one)]
    return found[-1]


async def part(world: World, who: str) -> str:
    """Name the part that somebody's message shows."""
    return str((await running(world, who))["blocks"][0]["text"]["text"])


async def forged(world: World, who: str, action_id: str, value: str) -> str:
    """Press a button with a value of one's own making, in one's own conversation with the bot; gives the answer."""
    blocks = [{"type": "actions", "elements": [
        {"type": "button", "action_id": action_id, "value": value, "text": {"type": "plain_text", "text": "Press"}}
    ]}]  # fmt: skip
    sent = await world.bot.slack.posts.chat_postMessage(channel=world.id(who), text="forged", blocks=blocks)
    await world.settle()
    while await world.modal(who):
        await world.close(who)
    before = len(await world.sees(who, "@app"))
    await world.does("press", **{"as": who}, action_id=action_id, channel=sent["channel"], ts=sent["ts"])
    modal = await world.modal(who)
    return words(modal) if modal else "\n".join((await world.reads(who))[before:])


async def decide(world: World, who: str, text: str, **more: str) -> Json:
    await world.press(who, "oneonone.decide", "@app")
    return await world.submit(who, text=text, **more)


async def give(world: World, who: str, text: str, **more: str) -> Json:
    await world.press(who, "oneonone.give_action", "@app")
    return await world.submit(who, text=text, **more)


async def test_the_parts_follow_each_other_by_themselves_for_both(world: World) -> None:
    await start(world)
    seen = []
    for minute in (0, 1, 2, 5, 6, 10, 14, 17, 19):
        await world.until(f"2026-11-23T14:{minute:02}")
        assert await part(world, "ana") == await part(world, "bruno")
        seen.append((await part(world, "ana")).removeprefix("1:1 · "))
    assert seen == ["Pulse", "Pulse", "Unblock", "Unblock", "Process", "KPI", "Strategy", "Open Floor", "Open Floor"]


async def test_the_message_says_until_when_what_is_next_and_how_far_it_is(world: World) -> None:
    await start(world)
    ends = int(datetime(2026, 11, 23, 14, 2, tzinfo=UTC).timestamp())
    shown = words(await running(world, "ana"))
    assert f"<!date^{ends}^{{time_secs}}" in shown
    assert "▓░░░░░ part 1 of 6" in shown
    assert "Next: Unblock, 4 minutes" in shown


async def test_the_parts_are_edited_in_place_and_make_no_new_message(world: World) -> None:
    await start(world)
    count = [len(await world.sees(who, "@app")) for who in ("ana", "bruno")]
    await world.until("2026-11-23T14:19")
    assert [len(await world.sees(who, "@app")) for who in ("ana", "bruno")] == count


async def test_only_the_manager_has_the_clock_in_hand(world: World) -> None:
    meeting_id = await start(world)
    clock = {"oneonone.next_part", "oneonone.stay", "oneonone.end", "oneonone.note"}
    assert clock <= set(actions(await running(world, "bruno")))
    assert not clock & set(actions(await running(world, "ana")))
    for action_id in ("oneonone.next_part", "oneonone.back_part", "oneonone.stay", "oneonone.end"):
        assert "no such 1:1 of yours" in await forged(world, "ana", action_id, f"{meeting_id}:0".partition(":")[0])
    assert await part(world, "ana") == "1:1 · Pulse"


async def test_next_stay_and_back(world: World) -> None:
    await start(world)
    await world.until("2026-11-23T14:01")
    await world.press("bruno", "oneonone.next_part", "@app")
    assert await part(world, "ana") == "1:1 · Unblock"
    assert "1 minute ahead of the plan" in words(await running(world, "ana"))
    for _ in range(3):
        await world.press("bruno", "oneonone.stay", "@app")
    assert "2 minutes over the plan" in words(await running(world, "bruno"))
    await world.until("2026-11-23T14:07:59")
    assert await part(world, "ana") == "1:1 · Unblock"
    await world.until("2026-11-23T14:08")
    assert await part(world, "ana") == "1:1 · Process"
    await world.press("bruno", "oneonone.back_part", "@app")
    assert await part(world, "bruno") == "1:1 · Unblock"


async def test_a_press_that_comes_when_the_part_has_just_gone_skips_nothing(world: World) -> None:
    meeting_id = await start(world)
    await world.until("2026-11-23T14:02")
    await forged(world, "bruno", "oneonone.next_part", f"{meeting_id}:0")
    assert await part(world, "bruno") == "1:1 · Unblock"


async def test_over_its_time_it_says_so_and_at_last_ends_by_itself(world: World) -> None:
    await start(world)
    await world.until("2026-11-23T14:20")
    assert "the time is up since" in words(await running(world, "ana"))
    await world.until("2026-11-23T14:26")
    assert "5 minutes over" in words(await running(world, "ana"))
    assert not has_action(await running(world, "bruno"), "oneonone.next_part")
    await world.until("2026-11-23T14:40")
    for who in ("ana", "bruno"):
        assert "It ended by itself" in "\n".join(await world.reads(who))
        assert any("is over. The summary is below" in said for said in await world.reads(who))


async def test_ended_early_both_get_the_summary(world: World) -> None:
    await start(world)
    await world.types("ana", "/1on1 add the deploy docs are out of date")
    await decide(world, "bruno", "We move the review to Thursdays")
    await give(world, "ana", "Write the deploy page", owner=world.id("ana"), due="2026-11-27")
    await world.until("2026-11-23T14:12")
    await world.press("bruno", "oneonone.end", "@app")
    for who, other in (("ana", "bruno"), ("bruno", "ana")):
        said = await world.last(who, "@app")
        assert f"with <@{world.id(other)}> in short: 1 decision, 1 action, 1 carried over." in said
        assert "It took 12 minutes" in said
        assert "We move the review to Thursdays" in said
        assert f"<@{world.id('ana')}> · Write the deploy page · by Fri 27 Nov" in said
        assert "the deploy docs are out of date" in said
    await world.until("2026-11-23T15:00")
    assert "It ended by itself" not in "\n".join(await world.reads("ana"))


async def test_a_restart_in_the_middle_goes_on_where_the_clock_is(world: World) -> None:
    await start(world)
    await world.press("bruno", "oneonone.next_part", "@app")
    await world.bot.stop()
    await world.clock.move_to(datetime(2026, 11, 23, 14, 9, tzinfo=UTC))
    await world.start_bot()
    await world.settle()
    assert await part(world, "ana") == "1:1 · KPI"
    await world.until("2026-11-23T14:12")
    assert await part(world, "ana") == "1:1 · Strategy"


async def test_start_twice_begins_once_and_nobody_else_starts(world: World) -> None:
    meeting_id = await plan(world)
    await world.until(MONDAY)
    for who in ("ana", "lena", "olivia"):
        assert "no such 1:1 of yours" in await forged(world, who, "oneonone.start", meeting_id)
    await forged(world, "bruno", "oneonone.start", meeting_id)
    await world.until("2026-11-23T14:03")
    assert "It runs since" in await forged(world, "bruno", "oneonone.start", meeting_id)
    assert await part(world, "bruno") == "1:1 · Unblock"


async def test_one_planned_for_another_day_is_started_only_when_meant(world: World) -> None:
    await plan(world, at="2026-11-26T14:00")
    await world.types("bruno", "/1on1 start @ana", "#general")
    assert "You can start it now all the same" in await world.last("bruno", "#general")
    await world.press("bruno", "oneonone.start_now", "#general")
    assert await part(world, "ana") == "1:1 · Pulse"


async def test_a_contractor_who_types_start_is_told_what_they_can_do(world: World) -> None:
    await plan(world)
    await world.types("ana", "/1on1 start")
    assert "The manager starts the 1:1" in await world.last("ana")


async def test_decisions_and_actions_are_taken_until_two_days_after(world: World) -> None:
    await start(world)
    await world.press("bruno", "oneonone.end", "@app")
    await world.until("2026-11-25T13:00")
    await decide(world, "ana", "Late but decided")
    assert any("Late but decided" in said and "in short" in said for said in await world.reads("bruno"))
    await world.press("bruno", "oneonone.give_action", "@app")
    await world.until("2026-11-25T15:00")
    await world.submit("bruno", text="Too late", owner=world.id("ana"), due="2026-11-27")
    assert "until two days after it" in words(await world.modal("bruno") or {}) + await world.last("bruno", "@app")
    with pytest.raises(Refused):
        await world.press("ana", "oneonone.decide", "@app")


@pytest.mark.parametrize(
    ("values", "field", "says"),
    [
        ({"text": "Do it", "due": "2026-11-20"}, "due", "has passed"),
        ({"text": "Do it", "due": "2028-01-01"}, "due", "more than a year"),
    ],
)
async def test_a_day_that_does_not_suit(world: World, values: Json, field: str, says: str) -> None:
    await start(world)
    answer = await give(world, "bruno", **{"owner": world.id("ana"), **values})
    assert says in answer["errors"][field]


async def test_an_action_is_due_by_default_the_day_before_the_next_one(world: World) -> None:
    await plan(world, at="2026-12-02T14:00")
    await start(world)
    await world.press("bruno", "oneonone.give_action", "@app")
    modal = await world.modal("bruno")
    assert modal is not None
    assert '"initial_date": "2026-12-01"' in str(modal).replace("'", '"')


async def test_the_owner_is_reminded_once_in_the_morning_it_is_due_and_ticks_it_there(world: World) -> None:
    await start(world)
    await give(world, "bruno", "Send the contract draft", owner=world.id("ana"), due="2026-11-26")
    await world.press("bruno", "oneonone.end", "@app")
    await world.until("2026-11-26T08:59", "ana")
    assert not any("due today" in said for said in await world.reads("ana"))
    await world.until("2026-11-26T09:45", "ana")
    assert sum("due today: Send the contract draft" in said for said in await world.reads("ana")) == 1
    assert not any("due today" in said for said in await world.reads("bruno"))
    await world.press("ana", "oneonone.tick", "@app", containing="due today")
    await world.until("2026-11-28T12:00", "ana")
    assert not any("due today" in said for said in await world.reads("ana"))
    assert any("Send the contract draft · by Thu 26 Nov · *done*" in said for said in await world.reads("bruno"))


async def test_what_is_ticked_before_its_day_is_not_reminded_of(world: World) -> None:
    await start(world)
    await give(world, "bruno", "Send the contract draft", owner=world.id("bruno"), due="2026-11-26")
    await world.press("ana", "oneonone.tick", "@app")
    await world.until("2026-11-27T12:00")
    assert not any("due today" in said for said in await world.reads("bruno"))


async def test_what_is_not_ticked_is_carried_over_through_three_weeks(world: World) -> None:
    await start(world)
    await world.types("ana", "/1on1 add the flaky test")
    await give(world, "bruno", "Buy the licence", owner=world.id("bruno"), due="2026-11-30")
    await world.press("bruno", "oneonone.end", "@app")
    said = await world.last("ana", "@app")
    assert "the flaky test · _carried over_" in said
    assert "Buy the licence · by Mon 30 Nov" in said
    assert "Buy the licence · by Mon 30 Nov · _carried" not in said

    await start(world, at="2026-11-30T14:00")
    await world.until("2026-11-30T14:03")
    assert "Buy the licence" in words(await running(world, "ana"))
    await world.press("bruno", "oneonone.end", "@app")
    said = await world.last("bruno", "@app")
    assert "the flaky test · _carried over twice_" in said
    assert "Buy the licence · by Mon 30 Nov · _carried over_" in said

    await start(world, at="2026-12-07T14:00")
    await world.until("2026-12-07T14:18")
    shown = words(await running(world, "bruno"))
    assert "the flaky test · _carried over twice_" in shown
    await world.press("ana", "oneonone.tick", "@app", containing="the flaky test")
    await world.press("bruno", "oneonone.end", "@app")
    said = await world.last("ana", "@app")
    assert "the flaky test" in said
    assert "Buy the licence · by Mon 30 Nov · _carried over twice_" in said

    await start(world, at="2026-12-14T14:00")
    await world.until("2026-12-14T14:18")
    assert "the flaky test" not in words(await running(world, "bruno"))


async def test_the_past_ones_are_there_for_both_and_for_nobody_else(world: World) -> None:
    await start(world)
    await decide(world, "bruno", "Thursdays it is")
    await world.press("bruno", "oneonone.end", "@app")
    await world.types("ana", "/1on1 past")
    assert "Thursdays it is" in await world.last("ana")
    await world.types("bruno", "/1on1 past @ana", "#general")
    assert "Thursdays it is" in await world.last("bruno", "#general")
    for who in ("lena", "olivia", "jun"):
        await world.types(who, "/1on1 past @ana", "#general") if who != "jun" else None
        assert "Thursdays it is" not in await world.last(who, "#acme" if who == "jun" else "#general")


async def test_two_who_decide_at_once_both_have_their_words(world: World) -> None:
    await start(world)
    for who in ("ana", "bruno"):
        await world.press(who, "oneonone.decide", "@app")
    views = {who: (await world.modal(who) or {})["id"] for who in ("ana", "bruno")}
    await asyncio.gather(
        *(world.ask("POST", "submit", {"as": who, "view": view, "values": {"text": f"{who} says so"}})
          for who, view in views.items())
    )  # fmt: skip
    await world.settle()
    for who in ("ana", "bruno"):
        shown = words(await running(world, who))
        assert "ana says so" in shown
        assert "bruno says so" in shown


async def test_topics_and_decisions_are_in_the_agendas_that_both_get(world: World) -> None:
    at = int(datetime(2026, 11, 25, 14, tzinfo=UTC).timestamp())
    await world.types("bruno", "/contractor 1on1 @ana", "#general")
    await world.submit("bruno", at=at)
    await world.types("ana", "/1on1 add How do we name the files?")
    await world.until("2026-11-25T12:30")
    for who in ("ana", "bruno"):
        assert any("1:1 agenda" in said and "How do we name the files?" in said for said in await world.reads(who))
    await world.until("2026-11-25T14:00")
    await world.press("bruno", "oneonone.start", "@app")
    await decide(world, "bruno", "By project, then date")
    await world.until("2026-11-25T14:18")
    shown = words(await running(world, "ana"))
    assert shown.count("How do we name the files?") == 1
    assert "No question or topic yet" not in shown
    await world.press("bruno", "oneonone.end", "@app")
    for day, reminded in (("2026-12-02", True), ("2026-12-09", False)):
        await world.until(f"{day}T12:30")
        agenda = next(said for said in reversed(await world.reads("ana")) if "1:1 agenda" in said)
        assert ("Decided last time: By project, then date" in agenda) is reminded
        assert "How do we name the files?" in agenda
        await world.until(f"{day}T14:00")
        await world.press("bruno", "oneonone.start", "@app")
        await world.press("bruno", "oneonone.end", "@app")


async def test_one_that_took_place_without_the_bot_carries_over_too(world: World) -> None:
    meeting_id = await plan(world)
    await world.types("ana", "/1on1 add the flaky test")
    await world.until("2026-11-23T15:00")
    await forged(world, "bruno", "oneonone.held", meeting_id)
    said = await world.last("ana", "@app")
    assert "without the parts" in said
    assert "the flaky test · _carried over_" in said
    await decide(world, "ana", "We mark it as flaky")
    assert any("We mark it as flaky" in said for said in await world.reads("bruno"))


async def test_a_guest_of_one_channel_takes_part_from_the_conversation_with_the_bot(world: World) -> None:
    await world.types("jun", "1on1 add the test phones", "@app")
    assert any("Added. It comes up" in said for said in await world.reads("jun"))
    await start(world, "jun", "2026-11-24T08:00")
    await world.until("2026-11-24T08:17")
    assert await part(world, "jun") == "1:1 · Open Floor"
    await world.press("jun", "oneonone.tick", "@app")
    assert "the test phones · *done*" in words(await running(world, "bruno"))


async def test_another_manager_takes_over_in_the_middle(world: World) -> None:
    meeting_id = await start(world)
    async with world.bot.database.team(world.bot.team_id) as team:
        row = await team.get(Contractor, user_id=world.id("ana"))
        assert row is not None
        row.manager_id = world.id("lena")
    assert "no such 1:1 of yours" in await forged(world, "bruno", "oneonone.next_part", f"{meeting_id}:0")
    await forged(world, "lena", "oneonone.next_part", f"{meeting_id}:0")
    assert await part(world, "lena") == "1:1 · Unblock"
    assert has_action(await running(world, "lena"), "oneonone.end")


# Notes --------------------------------------------------------------------------------------------

SECRET = "Watch the workload; ask about the move"


async def noted(world: World) -> str:
    meeting_id = await start(world)
    await world.press("bruno", "oneonone.note", "@app")
    shown = words(await world.modal("bruno") or {})
    assert "Only you can read this. Not Ana Reis, not an admin, not the next manager." in shown
    await world.submit("bruno", note=SECRET)
    return meeting_id


async def test_a_note_is_read_again_by_its_author(world: World) -> None:
    await noted(world)
    await world.press("bruno", "oneonone.note", "@app")
    assert SECRET in words(await world.modal("bruno") or {})
    await world.close("bruno")
    await world.press("bruno", "oneonone.end", "@app")
    await start(world, at="2026-11-30T14:00")
    await world.press("bruno", "oneonone.note", "@app")
    shown = words(await world.modal("bruno") or {})
    assert "Your earlier notes" in shown
    assert SECRET in shown


async def test_nobody_else_ever_reads_a_note(world: World) -> None:
    meeting_id = await noted(world)
    for who in ("ana", "olivia", "lena", "priya", "jun"):
        answer = await forged(world, who, "oneonone.note", meeting_id)
        assert "no such 1:1 of yours" in answer, who
        assert SECRET not in answer
    await world.press("bruno", "oneonone.end", "@app")
    await world.until("2026-12-04T18:00")
    for who in ("ana", "olivia", "lena", "priya", "jun", "bruno"):
        seen = [*await world.reads(who), words(await world.opens_home(who))]
        assert not any(SECRET in said for said in seen), who


async def test_the_next_manager_opens_an_empty_note(world: World) -> None:
    meeting_id = await noted(world)
    async with world.bot.database.team(world.bot.team_id) as team:
        row = await team.get(Contractor, user_id=world.id("ana"))
        assert row is not None
        row.manager_id = world.id("lena")
    answer = await forged(world, "lena", "oneonone.note", meeting_id)
    assert "Only you can read this" in answer
    assert SECRET not in answer
    assert "Your earlier notes" not in answer
    assert "no such 1:1 of yours" in await forged(world, "bruno", "oneonone.note", meeting_id)


async def test_the_store_gives_a_note_to_its_author_alone(world: World) -> None:
    meeting_id = await noted(world)
    async with world.bot.database.team(world.bot.team_id) as team:
        assert [one.text for one in await oneonone_notes.own(team, world.id("bruno"), world.id("ana"))] == [SECRET]
        for who in ("ana", "olivia", "lena"):
            assert await oneonone_notes.own(team, world.id(who), world.id("ana")) == []
        assert await oneonone_notes.own(team, world.id("bruno"), world.id("jun")) == []
        await oneonone_notes.keep(team, world.id("olivia"), meeting_id, "", world.clock.now())
        assert await team.get(PrivateNote, author_id=world.id("bruno")) is not None
        await oneonone_notes.keep(team, world.id("bruno"), meeting_id, "", world.clock.now())
        assert await team.get(PrivateNote) is None
        assert await team.get(Meeting, id=meeting_id) is not None
