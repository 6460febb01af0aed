"""Blockers, told from the front door: raised, carried, resolved, escalated, and pressed twice."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import time
from functools import partial
from typing import Any

import pytest
from sqlmodel import col, select

from handlers.blocker import ROUTES
from handlers.contract import Call, Kind
from playbook.sorry import Sorry
from sandbox.blockkit import check_blocks, check_view
from storage.blocker_change import stopped
from storage.tables import Blocker, BlockerNote, Letter
from tests.said import english
from tests.world import World, actions, has_action, words

FIGMA = "waiting for Figma edit access"
APP = "@app"


async def blockers(world: World) -> Sequence[Blocker]:
    async with world.bot.database.reading() as session:
        return (await session.exec(select(Blocker).order_by(col(Blocker.number)))).all()


async def notes(world: World, verb: str) -> Sequence[BlockerNote]:
    async with world.bot.database.reading() as session:
        return (await session.exec(select(BlockerNote).where(BlockerNote.verb == verb))).all()


async def only(world: World) -> Blocker:
    (one,) = await blockers(world)
    return one


async def card(world: World, who: str, channel: str = APP, number: int = 1) -> dict[str, Any]:
    """Give the card of a blocker that somebody sees: the first message about it."""
    return next(one for one in await world.sees(who, channel) if f"*#{number} " in words(one))


async def cards(world: World, *readers: str) -> list[str]:
    return [words(await card(world, reader)) for reader in readers] + [words(await card(world, "lena", "#acme"))]


async def new_in_app(world: World, who: str, before: int) -> list[str]:
    return [words(one) for one in (await world.sees(who, APP))[before:]]


async def told(world: World, who: str, channel: str = "#acme") -> str:
    """Give the last thing that only this person was told there."""
    return words([one for one in await world.sees(who, channel) if one["ephemeral"]][-1])


async def everything_is_sound(world: World) -> None:
    """Slack would take every letter that was ever written, and each says its point in words."""
    async with world.bot.database.reading() as session:
        for letter in (await session.exec(select(Letter))).all():
            surface = "home" if letter.kind == "home" else "message"
            assert letter.text, letter.key
            assert check_blocks(english(letter.blocks), surface) == [], letter.key
            assert letter.state == "sent", (letter.key, letter.state, letter.error)


# Raising ----------------------------------------------------------------------------------------


async def test_one_line_files_it_with_a_guess_and_a_card_for_everybody(world: World) -> None:
    await world.types("ana", f"/blocker {FIGMA}")
    said = await told(world, "ana")
    assert "#1 is raised: waiting for Figma edit access" in said
    assert f"Access or a tool (my guess) → <@{world.id('olivia')}>" in said
    one = await only(world)
    assert (one.kind, one.helper_id, one.state) == ("access", world.id("olivia"), "open")
    for shown in await cards(world, "ana", "olivia"):
        assert "#1 🔴 Open" in shown
        assert FIGMA in shown
    assert "blocker.details" in actions(next(one for one in await world.sees("ana") if one["ephemeral"]))
    await everything_is_sound(world)


async def test_an_away_helper_is_announced_and_the_next_one_offered(world: World) -> None:
    await world.types("ana", f"/blocker {FIGMA}")
    said = await told(world, "ana")
    assert "whose working day begins <!date^1795442400^" in said
    assert "Ask Bruno Vidal instead" in said
    await world.press("ana", "blocker.next", "#acme")
    one = await only(world)
    assert one.helper_id == world.id("bruno")
    assert "#1 🔴 Open" in words(await card(world, "bruno"))
    olivias = await card(world, "olivia")
    assert f"→ <@{world.id('bruno')}>" in words(olivias)
    thread = await world.sees("olivia", APP, olivias["ts"])
    assert "passed this on to" in words(thread[-1])
    await world.press("ana", "blocker.next", "#acme")
    assert "already" in await told(world, "ana")
    assert len(await notes(world, "hand")) == 1
    await everything_is_sound(world)


async def test_without_words_the_form_shows_whom_each_kind_goes_to(world: World) -> None:
    await world.types("ana", "/blocker")
    form = await world.modal("ana")
    assert form is not None
    assert check_view({key: form[key] for key in ("type", "title", "blocks", "submit", "close")}) == []
    assert "Access or a tool → " in words(form)
    await world.choose("ana", "what", "Which page first?")
    await world.choose("ana", "kind", "priority")
    form = await world.modal("ana")
    assert form is not None
    assert f"Goes to <@{world.id('priya')}>" in words(form)
    await world.submit("ana", what="Which page first?", kind="priority", impact="stopped", since="2h")
    one = await only(world)
    assert (one.text, one.kind, one.helper_id, one.impact) == (
        "Which page first?",
        "priority",
        world.id("priya"),
        "stopped",
    )
    assert (one.created_at - one.since).total_seconds() == 2 * 3600
    assert "told after 2 h" in words(await card(world, "priya"))
    assert "I am fully stopped" in words(await card(world, "ana"))


async def test_the_form_offers_the_next_helper_when_the_first_is_away(world: World) -> None:
    await world.types("ana", "/blocker")
    await world.choose("ana", "kind", "access")
    form = await world.modal("ana")
    assert form is not None
    assert "whose working day begins" in words(form)
    await world.submit("ana", what=FIGMA, kind="access", helper_access=world.id("bruno"))
    assert (await only(world)).helper_id == world.id("bruno")


async def test_also_notified_people_get_the_same_card(world: World) -> None:
    await world.types("ana", "/blocker")
    await world.submit(
        "ana",
        what=FIGMA,
        kind="feedback",
        notify=[world.id("priya")],
        tried="asked twice",
        link="https://x.example/?a=1&b=2",
    )
    assert "#1 🔴 Open" in words(await card(world, "priya"))
    assert "asked twice" in words(await card(world, "lena"))
    assert "<https://x.example/?a=1&amp;b=2|Link>" in words(await card(world, "lena"))


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"what": "  \x00 ", "kind": "other"}, "what", "what is stuck"),
        ({"what": "x", "kind": "other", "notify": ["builds"]}, "notify", "can't write to"),
        ({"what": "x", "kind": "other", "notify": ["tomas"]}, "notify", "can't write to"),
    ],
)
async def test_what_cannot_be_filed_is_said_under_its_field(
    world: World, values: dict[str, Any], field: str, sentence: str
) -> None:
    values = values | ({"notify": [world.id(one) for one in values["notify"]]} if "notify" in values else {})
    await world.types("ana", "/blocker")
    answer = await world.submit("ana", **values)
    assert sentence in answer["errors"][field]
    assert await blockers(world) == []


@pytest.mark.parametrize(
    "text",
    [
        "<!channel> & <@{bruno}> please",
        "@channel @here everybody is stuck",
        "`rm -rf` ```code``` *bold*",
        "🔥" * 200,
        "\u202eright to left\u202c עברית العربية",
        "nul\x00l byte",
        "'; DROP TABLE blocker; --",
        "a < b > c & d",
        "&" * 900,
    ],
)
async def test_nothing_typed_is_lost_and_nobody_is_pinged(world: World, text: str) -> None:
    typed = text.format(bruno=world.id("bruno")) if "{bruno}" in text else text
    await world.types("ana", f"/blocker {typed}")
    one = await only(world)
    assert "\x00" not in one.text
    assert "\u202e" not in one.text
    for shown in await cards(world, "ana"):
        assert "<!channel>" not in shown
        assert f"<@{world.id('bruno')}> please" not in shown
    if "DROP" in text or "<" in text[2:3]:
        assert one.text == text
    await everything_is_sound(world)


async def test_a_line_that_is_too_long_opens_the_form_with_all_of_it(world: World) -> None:
    text = " ".join(f"word{number}" for number in range(200))
    await world.types("ana", f"/blocker {text}")
    form = await world.modal("ana")
    assert form is not None
    assert "word0 " in words(form)
    assert "word199" in words(form)
    assert await blockers(world) == []


async def test_the_same_words_twice_are_one_blocker(world: World) -> None:
    await world.types("ana", f"/blocker {FIGMA}")
    await world.types("ana", f"/blocker  {FIGMA.upper()} ")
    assert "open already as #1" in await told(world, "ana")
    assert len(await blockers(world)) == 1
    await world.press("ana", "blocker.update", "#acme")
    await world.submit("ana", update="asked again in the thread")
    assert len(await notes(world, "update")) == 1
    await world.types("ana", "/blocker")
    answer = await world.submit("ana", what=FIGMA, kind="access")
    assert "#1" in answer["errors"]["what"]


async def test_details_change_what_the_card_says_and_who_helps(world: World) -> None:
    await world.types("ana", f"/blocker {FIGMA}")
    await world.press("ana", "blocker.details", "#acme")
    await world.submit("ana", what="Which page comes first?", kind="priority", impact="slowed", tried="guessing")
    one = await only(world)
    assert (one.text, one.kind, one.helper_id) == ("Which page comes first?", "priority", world.id("priya"))
    for shown in await cards(world, "ana", "olivia", "priya"):
        assert "Which page comes first?" in shown
        assert "It slows me down" in shown


async def test_a_guest_without_commands_types_to_the_bot(world: World) -> None:
    await world.types("jun", "blocked: the test phone is locked out", APP)
    one = await only(world)
    assert (one.user_id, one.text) == (world.id("jun"), "the test phone is locked out")
    assert "#1 is raised" in "".join([words(each) for each in await world.sees("jun", APP)])
    await world.types("jun", "blocker done", APP)
    assert (await only(world)).state == "resolved"


async def test_a_message_becomes_a_blocker(world: World) -> None:
    sent = await world.types("ana", f"<@{world.id('bruno')}> nobody gave me the API key", "#acme")
    await world.shortcut("ana", "blocker.from_message", "#acme", sent["ts"])
    form = await world.modal("ana")
    assert form is not None
    assert "nobody gave me the API key" in words(form)
    await world.submit("ana")
    assert (await only(world)).kind == "access"


async def test_a_stranger_is_told_how_to_get_in(world: World) -> None:
    await world.types("noor", f"/blocker {FIGMA}", "#general")
    said = await told(world, "noor", "#general")
    assert "not on it yet" in said
    assert await blockers(world) == []


async def test_a_closed_form_comes_back_as_it_was(world: World) -> None:
    await world.shortcut("ana", "blocker.shortcut")
    await world.choose("ana", "what", "half a thought")
    await world.close("ana")
    await world.shortcut("ana", "blocker.shortcut")
    form = await world.modal("ana")
    assert form is not None
    assert "half a thought" in words(form)


# Moving on --------------------------------------------------------------------------------------


async def test_every_card_goes_through_seen_on_it_and_resolved_in_place(world: World) -> None:
    await world.types("ana", f"/blocker {FIGMA}")
    messages = len(await world.sees("olivia", APP))
    await world.press("olivia", "blocker.more", APP, option=f"see:{(await only(world)).id}")
    assert all("🟡 Seen" in shown for shown in await cards(world, "ana", "olivia"))
    await world.press("olivia", "blocker.take", APP)
    assert all("🟠 On it" in shown for shown in await cards(world, "ana", "olivia"))
    await world.press("olivia", "blocker.resolve", APP)
    for shown in await cards(world, "ana", "olivia"):
        assert "🟢 Resolved" in shown
        assert "inside the 4 h window" in shown
    assert len(await world.sees("olivia", APP)) == messages
    assert not has_action(await card(world, "olivia"), "blocker.take")
    await everything_is_sound(world)


async def test_pressing_twice_changes_nothing_and_says_so(world: World) -> None:
    await world.types("ana", f"/blocker {FIGMA}")
    one = await only(world)
    for verb, answer in (("take", "You are on #1 already"), ("done", "was resolved by"), ("reopen", "is open already")):
        await world.types("olivia", f"/blocker {one.number} {verb}")
        before = [(each.state, each.round) for each in await blockers(world)]
        await world.types("olivia", f"/blocker {one.number} {verb}")
        assert answer in await told(world, "olivia")
        assert [(each.state, each.round) for each in await blockers(world)] == before


async def test_the_second_of_two_helpers_learns_who_was_first_and_can_take_over(world: World) -> None:
    await world.types("ana", f"/blocker {FIGMA}")
    await world.press("olivia", "blocker.take", APP)
    await world.types("lena", "/blocker 1 take")
    said = await told(world, "lena")
    assert f"<@{world.id('olivia')}> is on #1 since" in said
    assert (await only(world)).taken_by == world.id("olivia")
    await world.press("lena", "blocker.take_over", "#acme")
    assert (await only(world)).taken_by == world.id("lena")


async def test_two_helpers_at_the_very_same_moment_leave_one_on_it(world: World) -> None:
    await world.types("ana", f"/blocker {FIGMA}")
    channel = await card(world, "lena", "#acme")
    presses = [
        world.ask("POST", "press", {"as": who, "action_id": "blocker.take", "channel": "#acme", "ts": channel["ts"]})
        for who in ("lena", "priya", "bruno")
    ]
    await asyncio.gather(*presses)
    await world.settle()
    assert len(await notes(world, "take")) == 1
    one = await only(world)
    winner = one.taken_by
    late = [who for who in ("lena", "priya", "bruno") if world.id(who) != winner]
    assert [("so nothing changed" in await told(world, who)) for who in late] == [True, True]


async def test_a_resolved_one_pressed_again_offers_to_open_it_and_starts_a_new_round(world: World) -> None:
    await world.types("ana", f"/blocker {FIGMA}")
    await world.types("ana", "/blocker done 1")
    await world.types("olivia", "/blocker 1 take")
    assert "was resolved by" in await told(world, "olivia")
    seen = len(await world.sees("olivia", APP))
    await world.press("ana", "blocker.reopen", APP)
    one = await only(world)
    assert (one.state, one.round) == ("open", 2)
    assert any("it is back" in said for said in await new_in_app(world, "olivia", seen))
    await world.types("ana", "/blocker done 1")
    await world.types("ana", "/blocker 1 reopen")
    for shown in await new_in_app(world, "olivia", 0):
        assert shown.count("*#1 🔴 Open*") == 1
    assert "🔴 Open" in words(await card(world, "ana"))


async def test_a_question_reaches_the_contractor_and_the_answer_comes_back(world: World) -> None:
    await world.types("ana", f"/blocker {FIGMA}")
    await world.press("olivia", "blocker.ask", APP)
    assert (await only(world)).state == "seen"
    await world.submit("olivia", question="Which file, <!channel>?")
    said = await world.last("ana", APP)
    assert "Which file, &lt;!channel&gt;?" in said
    await world.press("ana", "blocker.update", APP, containing="asks about")
    await world.submit("ana", update="Checkout v2")
    assert "Checkout v2" in words(await card(world, "olivia"))
    thread = await world.sees("olivia", APP, (await card(world, "olivia"))["ts"])
    assert any("Checkout v2" in words(each) for each in thread[1:])


async def test_an_update_by_number_reaches_everybody(world: World) -> None:
    await world.types("ana", f"/blocker {FIGMA}")
    await world.types("ana", "/blocker 1 update the invite went to an old address")
    assert "Added to #1" in await told(world, "ana")
    for shown in await cards(world, "ana", "olivia"):
        assert "the invite went to an old address" in shown


async def test_handing_on_tells_everybody_and_starts_the_clock_anew(world: World) -> None:
    await world.types("ana", f"/blocker {FIGMA}")
    await world.types("olivia", "/blocker 1 @lena she owns the file")
    one = await only(world)
    assert (one.helper_id, one.round) == (world.id("lena"), 2)
    assert "she owns the file" in words(await card(world, "lena"))
    for person in ("builds", "tomas", "ana"):
        await world.types("olivia", f"/blocker 1 @{person}")
        assert (await only(world)).helper_id == world.id("lena")


@pytest.mark.parametrize("who", ["noor"])
async def test_others_cannot_tell_a_hidden_blocker_from_none(world: World, who: str) -> None:
    await world.types("ana", f"/blocker {FIGMA}")
    answers = []
    for text in ("/blocker 1", "/blocker 99", "/blocker done 1", "/blocker 1 take", "/blocker 1 update hi"):
        await world.types(who, text, "#general")
        answers.append(await told(world, who, "#general"))
    assert len(set(answers)) == 1
    assert (await only(world)).state == "open"
    await world.types(who, "/blocker list", "#general")
    assert FIGMA not in await told(world, who, "#general")


async def test_a_contractor_of_the_project_sees_it_but_cannot_act(world: World) -> None:
    await world.types("jun", "blocked: the test phone is broken", APP)
    await world.types("ana", "/blocker list")
    assert "the test phone is broken" in await told(world, "ana")
    await world.types("ana", "/blocker 1 take")
    assert "people who help with #1" in await told(world, "ana")
    await world.types("ana", "/blocker done 1")
    assert (await only(world)).state == "open"


async def test_lists_and_the_page_of_one(world: World) -> None:
    await world.types("ana", "/blocker mine")
    assert "Nothing blocks you" in await told(world, "ana")
    for text in (FIGMA, "no review for two days"):
        await world.types("ana", f"/blocker {text}")
    for who, command in (("ana", "mine"), ("ana", "list"), ("bruno", "list"), ("olivia", "list")):
        await world.types(who, f"/blocker {command}")
        said = await told(world, who)
        assert "*#1*" in said
        assert "*#2*" in said
    await world.types("ana", "/blocker done")
    assert "Which one is solved?" in await told(world, "ana")
    await world.press("ana", "blocker.resolve", "#acme")
    await world.types("olivia", "/blocker 1")
    page = await world.modal("olivia")
    assert page is not None
    assert "What happened" in words(page)
    assert len([one for one in await blockers(world) if one.state == "resolved"]) == 1


async def test_help_says_what_it_can_do(world: World) -> None:
    await world.types("noor", "/blocker help", "#general")
    assert "/blocker done 12" in await told(world, "noor", "#general")


# The clock --------------------------------------------------------------------------------------


async def test_the_clock_counts_the_helpers_working_time(world: World) -> None:
    await world.types("ana", f"/blocker {FIGMA}")
    await world.until("2026-11-23T15:59")
    seen = {who: len(await world.sees(who, APP)) for who in ("olivia", "bruno")}
    await world.until("2026-11-23T16:00")
    assert any("waited 2 h of your working time" in said for said in await new_in_app(world, "olivia", seen["olivia"]))
    await world.until("2026-11-23T17:59")
    assert not any("#1" in said and "waited" in said for said in await new_in_app(world, "bruno", seen["bruno"]))
    await world.until("2026-11-23T18:00")
    assert any("waited 4 h" in said for said in await new_in_app(world, "bruno", seen["bruno"]))
    assert f"told <@{world.id('bruno')}>" in words(await card(world, "ana"))
    await everything_is_sound(world)


async def test_the_escalation_contact_hears_at_eight_hours_when_somebody_else_helps(world: World) -> None:
    await world.types("ana", "/blocker no code review yet")
    assert (await only(world)).helper_id == world.id("lena")
    await world.until("2026-11-24T11:29")
    said = [each for each in await new_in_app(world, "olivia", 0) if "waited 8 h" in each]
    assert said == []
    await world.until("2026-11-24T11:30")
    assert any("waited 8 h" in each for each in await new_in_app(world, "olivia", 0))


async def test_nobody_is_reminded_of_what_is_resolved_or_in_hand(world: World) -> None:
    await world.types("ana", f"/blocker {FIGMA}")
    await world.press("olivia", "blocker.take", APP)
    await world.types("ana", "/blocker no code review yet")
    await world.types("ana", "/blocker done 2")
    async with world.bot.database.team(world.bot.team_id) as team:
        assert all([await stopped(team, one) for one in await blockers(world)])
    await world.until("2026-11-23T23:00")
    for who in ("olivia", "lena", "bruno"):
        assert not any("has waited" in said for said in await new_in_app(world, who, 0))


async def test_a_helper_who_leaves_is_followed_by_the_next_at_once(world: World) -> None:
    await world.types("ana", "/blocker no code review yet")
    await world.ask("PATCH", "people/lena", {"deleted": True})
    await world.settle()
    one = await only(world)
    assert (one.helper_id, one.round) == (world.id("bruno"), 2)
    assert "#1 🔴 Open" in words(await card(world, "bruno"))
    assert f"#1 went to <@{world.id('bruno')}>" in await world.last("ana", APP)


async def test_a_helper_who_has_left_before_is_passed_over(world: World) -> None:
    await world.ask("PATCH", "people/lena", {"deleted": True})
    await world.settle()
    await world.types("ana", "/blocker no code review yet")
    assert (await only(world)).helper_id == world.id("bruno")


async def test_in_the_morning_the_contractor_is_asked_once_and_answers(world: World) -> None:
    for text in (FIGMA, "no code review yet", "which page comes first, what priority"):
        await world.types("ana", f"/blocker {text}")
    await world.types("olivia", "/blocker 1 take")
    await world.until("2026-11-24T09:00", "ana")
    asked = [each for each in await world.sees("ana", APP) if "Still stuck?" in words(each)]
    assert len(asked) == 1
    assert "3 blockers" in words(asked[0])
    ids = [one.id for one in await blockers(world)]
    for action, one in (("blocker.still", ids[0]), ("blocker.resolve", ids[1]), ("blocker.around", ids[2])):
        await world.does(
            "press", **{"as": "ana"}, action_id=action, block_id=f"morning:{one}", channel=APP, ts=asked[0]["ts"]
        )
    assert [one.state for one in await blockers(world)] == ["on_it", "resolved", "resolved"]
    again = next(each for each in await world.sees("ana", APP) if "Still stuck?" in words(each))
    assert "You said: still stuck" in words(again)
    assert actions(again).count("blocker.resolve") == 1
    assert "is still stuck on this" in "".join(await new_in_app(world, "olivia", 0))
    await world.until("2026-11-25T12:00")
    assert any("waited 2 h" in said for said in await new_in_app(world, "olivia", 0))


async def test_nobody_is_asked_on_a_day_off_or_about_todays(world: World) -> None:
    await world.until("2026-11-27T21:00")
    await world.types("ana", f"/blocker {FIGMA}")
    await world.types("olivia", "/blocker 1 take")
    await world.until("2026-11-30T08:59", "ana")
    assert not any("Still stuck?" in said for said in await new_in_app(world, "ana", 0))
    await world.until("2026-11-30T09:00", "ana")
    assert any("Still stuck?" in said for said in await new_in_app(world, "ana", 0))


async def test_a_helper_who_is_a_contractor_is_reminded_in_their_own_hours(world: World) -> None:
    await world.add_contractor("lena", day_start=time(20), day_end=time(23))
    await world.types("ana", "/blocker no code review yet")
    await world.until("2026-11-23T20:59")
    assert not any("has waited" in said for said in await new_in_app(world, "lena", 0))
    await world.until("2026-11-23T21:00")
    assert any("waited 2 h" in said for said in await new_in_app(world, "lena", 0))


# Corners ----------------------------------------------------------------------------------------


async def test_the_page_of_a_blocker_changes_with_what_is_pressed_in_it(world: World) -> None:
    await world.types("ana", f"/blocker {FIGMA}")
    await world.types("olivia", "/blocker 1")
    assert (await only(world)).state == "seen"
    await world.press("olivia", "blocker.take")
    page = await world.modal("olivia")
    assert page is not None
    assert "🟠 On it" in words(page)
    await world.press("olivia", "blocker.ask")
    await world.submit("olivia", question="Which file?")
    assert "Which file?" in await world.last("ana", APP)


async def test_it_can_be_raised_from_home_and_from_a_message_button(world: World) -> None:
    await world.opens_home("ana")
    await world.press("ana", "blocker.raise")
    await world.submit("ana", what=FIGMA, kind="access")
    page = await world.modal("ana")
    assert page is not None
    assert "#1 is raised" in words(page)
    home = words(await world.home("ana"))
    assert "#1" in home


async def test_without_a_project_channel_the_people_still_get_their_cards(world: World) -> None:
    await world.add_contractor("lena", project_channel=world.channel("leads"))
    await world.types("lena", "/blocker which decision comes first?")
    assert "#1 🔴 Open" in words(await card(world, "lena"))
    assert (await only(world)).project_channel == ""
    await everything_is_sound(world)


async def test_words_that_do_not_fit_come_back_to_the_one_who_typed_them(world: World) -> None:
    long = "<!channel> " + "word " * 300
    await world.types("jun", f"blocked: {long}", APP)
    said = await world.last("jun", APP)
    assert "Nothing was filed" in said
    assert "word word" in said
    assert "<!channel>" not in said
    await world.types("ana", f"/blocker {FIGMA}")
    await world.types("ana", f"/blocker 1 update {long}")
    assert "Nothing was added" in await told(world, "ana")
    assert "<!channel>" not in await told(world, "ana")
    assert await notes(world, "update") == []


async def test_an_empty_message_is_answered_with_how_to_say_it(world: World) -> None:
    await world.types("jun", "blocked:", APP)
    assert await blockers(world) == []
    assert has_action((await world.sees("jun", APP))[-1], "blocker.raise")
    await world.press("jun", "blocker.raise", APP)
    assert await world.modal("jun") is not None


async def test_an_update_without_words_opens_its_form(world: World) -> None:
    await world.types("ana", f"/blocker {FIGMA}")
    await world.types("ana", "/blocker 1 update")
    answer = await world.submit("ana", update=" \x00 ")
    assert answer["errors"]["update"]
    await world.submit("ana", update="now with words")
    assert [note.text for note in await notes(world, "update")] == ["now with words"]


async def test_a_manager_who_has_left_is_passed_over_by_the_clock(world: World) -> None:
    await world.types("ana", "/blocker no code review yet")
    await world.ask("PATCH", "people/bruno", {"deleted": True})
    await world.settle()
    await world.until("2026-11-23T16:00")
    assert any("waited 4 h" in said for said in await new_in_app(world, "olivia", 0))
    thread = await world.sees("ana", APP, (await card(world, "ana"))["ts"])
    assert any(f"<@{world.id('olivia')}> has been asked to help" in words(each) for each in thread)


async def test_when_everybody_on_the_path_has_left_the_contractor_hears_it(world: World) -> None:
    await world.types("ana", "/blocker no code review yet")
    for who in ("olivia", "bruno", "lena"):
        await world.ask("PATCH", f"people/{who}", {"deleted": True})
        await world.settle()
    assert "Nobody on the path of #1" in await world.last("ana", APP)
    await world.types("ana", "/blocker 1 @priya")
    assert (await only(world)).helper_id == world.id("priya")


async def test_one_that_is_back_goes_to_the_next_when_its_helper_has_left(world: World) -> None:
    await world.types("ana", "/blocker no code review yet")
    await world.types("ana", "/blocker done 1")
    await world.ask("PATCH", "people/lena", {"deleted": True})
    await world.settle()
    await world.types("ana", "/blocker 1 reopen")
    one = await only(world)
    assert (one.state, one.helper_id) == ("open", world.id("bruno"))
    assert f"<@{world.id('bruno')}> has been asked" in await told(world, "ana")


async def test_a_manager_takes_it_over_from_the_digest(world: World) -> None:
    await world.types("ana", f"/blocker {FIGMA}")
    await world.until("2026-11-24T08:45", "bruno")
    digest = [one for one in await world.sees("bruno", APP) if has_action(one, "blocker.take_over")]
    assert digest
    await world.press("bruno", "blocker.take_over", APP)
    assert (await only(world)).taken_by == world.id("bruno")
    assert "🟠 On it" in words(await card(world, "ana"))
    await everything_is_sound(world)


@pytest.mark.parametrize("value", ["", "nonsense", "x' OR 1=1 --", "\x00", "0" * 32])
async def test_a_made_up_id_is_answered_like_a_hidden_one(world: World, value: str) -> None:
    await world.types("ana", f"/blocker {FIGMA}")
    call = Call(Kind.ACTION, "blocker.take", world.bot.team_id, world.id("noor"), value=value)
    for route in ROUTES:
        if route.kind is Kind.ACTION and route.name not in {"blocker.raise", "kind"}:
            with pytest.raises(Sorry, match="can't find"):
                await world.bot.workshop.run(partial(route.handler, replace(call, name=route.name)), call.team_id)
