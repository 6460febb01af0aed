"""The Quarterly Review, told from the front door."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from handlers import ROUTES
from handlers.contract import Call, FixFields, Kind, Reply, lay
from playbook.ladder import NOT_NOW
from playbook.sorry import Sorry
from storage.growth_tables import Course, Inclusion
from storage.review import due, items_of, latest
from storage.tables import Contractor, Letter
from tests.world import World, words

DM = "@app"
FRIDAY = datetime(2027, 1, 29, 12, 0, tzinfo=UTC)  # ana's Day 90 is Saturday, so her review opens on Monday 1 February
MINE = {"good": "The checkout project", "slow": "Access takes days\n- Two brand folders", "kpis": "yes", "next": "Lead"}
OURS = {"good": "Nobody asked a question", "slow": "We answer late", "kpis": "high", "words": "Three screens is much"}


@pytest.fixture
async def world(sqlite_url: str) -> AsyncIterator[World]:
    """It is the last Friday before ana's Day 90."""
    world = await World.begin(sqlite_url, FRIDAY, contractors=())
    await world.add_contractor("ana", start_date=date(2026, 11, 2))
    async with world.bot.database.team(world.bot.team_id) as team:  # bruno's day has room for three messages
        month = date(2027, 2, 1)
        row = Inclusion(team_id="", user_id=world.id("ana"), month=month, asked_at=FRIDAY, answer=NOT_NOW)
        row.answered_at, row.answered_by = FRIDAY, world.id("bruno")
        team.add(row)
    yield world
    await world.end()


async def opens(world: World) -> None:
    await world.until("2027-02-01T10:30", "ana")
    await world.wakes("bruno")


async def says(world: World, who: str) -> str:
    return "\n".join(await world.reads(who))


async def shows(world: World, who: str) -> str:
    modal = await world.modal(who)
    assert modal is not None
    return words(modal)


async def answers(world: World, who: str, **values: str) -> dict[str, Any]:
    await world.press(who, "review.answer", DM)
    return await world.submit(who, **((MINE if who == "ana" else OURS) | values))


async def shared(world: World) -> None:
    await opens(world)
    await answers(world, "ana")
    await answers(world, "bruno")


async def opens_page(world: World, who: str) -> str:
    await world.press(who, "review.show", DM)
    return await shows(world, who)


async def test_day_90_opens_it_for_both_and_the_page_comes_when_both_have_answered(world: World) -> None:
    await world.types("ana", "/blocker waiting for Figma edit access")
    await world.until("2027-01-29T12:40")
    await world.types("ana", "/blocker done 1")
    await finishes_a_course(world)
    await world.until("2027-02-01T09:30", "ana")
    assert "Quarterly Review" not in await says(world, "ana")
    await opens(world)
    assert "Your Quarterly Review is open" in await says(world, "ana")
    assert "is open: what went well" in await says(world, "bruno")
    await answers(world, "ana")
    assert "Your answers are in" in await shows(world, "ana")
    assert "has not answered yet" in await shows(world, "ana")
    assert "side by side" not in await says(world, "bruno")
    await answers(world, "bruno")
    for who in ("ana", "bruno"):
        said = await says(world, who)
        assert "here is the Quarterly Review" in said
        for answer in ("The checkout project", "Nobody asked a question", "• Two brand folders", "• We answer late"):
            assert answer in said
        assert "Some ask for too much" in said
        page = await opens_page(world, who)
        assert "The quarter in figures" in page
        assert "1 raised, 1 resolved, half of them within 40 min" in page
        assert "Design systems &amp; tokens" in page


async def finishes_a_course(world: World) -> None:
    async with world.bot.database.team(world.bot.team_id) as team:
        team.add(
            Course(
                team_id=world.bot.team_id,
                user_id=world.id("ana"),
                name="Design systems & tokens",
                cost="",
                benefit="",
                state="done",
                asked_at=FRIDAY,
                done_at=FRIDAY,
            )
        )


async def test_nobody_sees_the_other_side_before_both_are_in(world: World) -> None:
    await opens(world)
    await answers(world, "ana", good="Secret checkout")
    await world.types("bruno", "/contractor review @ana")
    assert "has answered" in await shows(world, "bruno")
    await world.press("bruno", "review.answer")
    assert "Secret" not in await shows(world, "bruno")
    await world.close("bruno")
    row = await newest(world)
    for who in ("bruno", "olivia", "lena"):
        for forged in ("review.show", "review.whole", "review.page", "review.item"):
            value = {"review.whole": f"{row.id}:good", "review.item": f"{row.id}:theirs:0"}.get(forged, row.id)
            assert isinstance(await forge(world, who, forged, value), str), (who, forged)
    for who in ("bruno", "olivia", "lena"):
        state = json.dumps(await world.ask("GET", "see", {"as": who})) + await says(world, who)
        assert "Secret" not in state, who
    async with world.bot.database.team(world.bot.team_id) as team:
        letters = await team.all(team.select(Letter))
    assert not any("Secret" in json.dumps(one.blocks) + one.text for one in letters)


async def newest(world: World) -> Any:
    async with world.bot.database.team(world.bot.team_id) as team:
        return (await latest(team, [world.id("ana")]))[world.id("ana")]


async def forge(
    world: World, who: str, action: str, value: str, kind: Kind = Kind.ACTION, **fields: str
) -> Reply | str:
    """Press a button that nobody was given; gives the refusal if there is one."""
    handler = next(route.handler for route in ROUTES if (route.kind, route.name) == (kind, action))
    call = Call(kind, action, world.bot.team_id, world.id(who), value=value, memo=f"|{value}", fields=fields)
    async with world.bot.database.team(world.bot.team_id) as team:
        try:
            return await handler(call, world.bot.workshop.desk(team))
        except Sorry as sorry:
            return str(sorry)


# What follows -------------------------------------------------------------------------------------


async def press_value(world: World, who: str, action: str, value: str) -> None:
    """Press the button of a line in the modal in front."""
    modal = await world.modal(who)
    assert modal is not None
    block = next(one for one in modal["blocks"] if one.get("accessory", {}).get("value") == value)
    await world.does("press", **{"as": who}, view=modal["id"], action_id=action, block_id=block["block_id"])


async def makes_item(world: World, who: str, owner: str, day: str = "2027-02-10", line: str = "theirs:0") -> None:
    await opens_page(world, who)
    row = await newest(world)
    await press_value(world, who, "review.item", f"{row.id}:{line}")
    await world.submit(who, owner=world.id(owner), day=day)


async def test_friction_becomes_something_to_do_with_an_owner_and_a_day(world: World) -> None:
    await shared(world)
    await makes_item(world, "bruno", "olivia")
    page = await shows(world, "bruno")
    assert "was told" in page
    assert "○ Access takes days" in page
    assert "• Access takes days" in page, "it still stands among the answers"
    await world.wakes("olivia")
    told = await says(world, "olivia")
    assert "Something to mend is yours" in told
    assert "Access takes days" in told
    assert "Two brand folders" not in told, "an owner reads the item and nothing else"
    await opens_page(world, "ana")
    assert "○ Access takes days" in await shows(world, "ana")
    await world.press("olivia", "review.done", DM)
    assert "thank you" in await says(world, "olivia")
    await world.wakes("bruno")
    assert "has done what the review" in await says(world, "bruno")
    assert "✓ Access takes days" in await opens_page(world, "ana")
    again = await forge(world, "lena", "review.done", (await world_items(world))[0].id)
    assert "for a contractor and their manager only" in str(again)


async def world_items(world: World) -> Any:
    row = await newest(world)
    async with world.bot.database.team(world.bot.team_id) as team:
        return await items_of(team, row.id)


async def test_an_item_that_is_late_is_asked_about_once(world: World) -> None:
    await shared(world)
    await makes_item(world, "ana", "bruno", day="2027-02-04", line="ours:0")
    assert "Something to mend is yours" in await says(world, "bruno")
    await world.until("2027-02-05T10:30", "bruno")
    await world.wakes("bruno")
    assert (await says(world, "bruno")).count("How far is this?") > 0
    asked = sum("How far is this?" in one for one in await world.reads("bruno"))
    await world.until("2027-02-09T12:00", "bruno")
    assert sum("How far is this?" in one for one in await world.reads("bruno")) == asked
    await world.press("bruno", "review.done", DM, containing="How far")
    assert "○" not in await opens_page(world, "ana")


async def test_an_item_needs_words_an_owner_around_them_and_a_day_to_come(world: World) -> None:
    await shared(world)
    await opens_page(world, "ana")
    await world.press("ana", "review.item")
    row = await newest(world)
    wrong = await forge(
        world, "ana", "review.item_form", row.id, Kind.FORM, item=" ", owner=world.id("noor"), day="2027-01-01"
    )
    assert isinstance(wrong, FixFields)
    assert set(wrong.errors) == {"item", "owner", "day"}
    await world.press("ana", "review.page")
    assert "The quarter in figures" in await shows(world, "ana")


async def test_kpis_stay_as_they_are_when_both_say_so_and_the_review_closes(world: World) -> None:
    await shared(world)
    await makes_item(world, "bruno", "bruno")
    await world.press("bruno", "review.keep")
    assert "was asked whether they agree" in await shows(world, "bruno")
    await world.press("ana", "review.talk", DM)
    assert "would like to talk about the KPIs" in await says(world, "bruno")
    await world.until("2027-02-01T11:30", "ana")
    await opens_page(world, "bruno")
    await world.press("bruno", "review.keep")
    await world.until("2027-02-01T12:30", "ana")
    refused = await forge(world, "bruno", "review.agree", (await newest(world)).id)
    assert "nothing to agree to" in str(refused)
    await world.press("ana", "review.agree", DM)
    await world.until("2027-02-01T13:10", "ana")
    for who in ("ana", "bruno"):
        said = await says(world, who)
        assert "is closed. The KPIs stay as they are, agreed on" in said
        assert "The next one opens on Fri 30 Apr 2027" in said
        assert "○ Access takes days" in said
    row = await newest(world)
    await world.press("ana", "review.done", DM)
    assert "✓ Access takes days" in await says(world, "ana")
    assert (row.closed_by, row.agreed_at is not None) == (world.id("ana"), True)
    assert "closed already" in str(await forge(world, "bruno", "review.keep", row.id))


async def test_new_kpis_that_both_agree_on_close_it(world: World) -> None:
    await shared(world)
    await opens_page(world, "bruno")
    await world.press("bruno", "review.keep")
    await world.press("bruno", "kpi.open")
    await world.press("bruno", "kpi.output")
    modal = await world.modal("bruno")
    assert modal is not None
    await press_value(world, "bruno", "kpi.edit", f"{world.id('ana')}:deliverable")
    await world.submit("bruno", text="Two screens a week", target="2", unit="screens", by="contractor", on=["on"])
    await world.press("bruno", "kpi.propose")
    await world.close("bruno")
    assert "New KPIs were proposed meanwhile" in await says(world, "ana")
    page = await opens_page(world, "ana")
    assert "KPI version 1, proposed on" in page
    assert f"is with <@{world.id('ana')}>" in page
    assert "waits for" in str(await forge(world, "bruno", "review.keep", (await newest(world)).id))
    await world.press("ana", "kpi.agree", DM)
    assert (await newest(world)).closed_at is not None
    page = await opens_page(world, "ana")
    assert ", agreed on" in page
    assert "Time tracking: " in page
    await world.until("2027-02-02T11:00", "bruno")
    assert "is closed. KPI version 1, proposed on" in await says(world, "bruno")


# The forms ----------------------------------------------------------------------------------------


async def test_what_was_typed_is_kept_and_can_be_changed_until_both_are_in(world: World) -> None:
    await opens(world)
    await world.press("ana", "review.answer", DM)
    wrong = await world.submit("ana", good="Well", slow="a\nb\nc\nd\ne\nf", kpis="high")
    assert set(wrong["errors"]) == {"slow", "words"}
    await world.choose("ana", "good", "Half a thought")
    await world.close("ana")
    await world.press("ana", "review.answer", DM)
    assert "Half a thought" in await shows(world, "ana")
    await world.submit("ana", **MINE)
    await world.close("ana")
    await answers(world, "ana", good="A better thought")
    await world.press("bruno", "review.answer", DM)
    assert "thought" not in await shows(world, "bruno")
    await world.submit("bruno", **OURS)
    assert "A better thought" in await shows(world, "bruno")
    late = await forge(world, "ana", "review.form", (await newest(world)).id, Kind.FORM, **MINE)
    assert "answers stay as they are" in str(late)


async def test_whoever_has_not_answered_is_reminded_once(world: World) -> None:
    await opens(world)
    await answers(world, "ana")
    await world.until("2027-02-04T10:30", "ana")
    await world.wakes("bruno")
    assert "still waits for your answers" in await says(world, "bruno")
    assert "still waits" not in await says(world, "ana")
    await world.until("2027-02-08T12:00", "bruno")
    assert sum("still waits for your answers" in one for one in await world.reads("bruno")) == 1
    await answers(world, "bruno")
    assert "still waits for your answers" not in await says(world, "bruno")


async def test_long_and_hostile_words_are_safe_and_read_whole(world: World) -> None:
    await opens(world)
    hostile = "<!channel> & <@U0NOBODY> *" + "&" * 900 + " the end"
    await answers(world, "ana", good=hostile, slow="&" * 300)
    await answers(world, "bruno", good=hostile, next=hostile)
    page = await opens_page(world, "bruno")
    assert "<!channel>" not in page
    assert "the end" not in page
    row = await newest(world)
    await press_value(world, "bruno", "review.whole", f"{row.id}:good")
    assert (await shows(world, "bruno")).count("the end") == 2
    assert "<!channel>" not in await says(world, "ana")


# Planning -----------------------------------------------------------------------------------------


async def test_the_manager_opens_one_early_and_the_next_is_90_days_on(world: World) -> None:
    await world.types("bruno", "/contractor review @ana")
    assert "The next one opens on Mon 1 Feb 2027" in await shows(world, "bruno")
    await world.press("bruno", "review.begin")
    assert "It is open" in await shows(world, "bruno")
    assert "Your Quarterly Review is open" in await says(world, "ana")
    await world.until("2027-02-01T12:00", "ana")
    assert sum("Your Quarterly Review is open" in one for one in await world.reads("ana")) == 1
    await world.press("bruno", "review.drop")
    assert "The next one opens on Fri 30 Apr 2027" in await shows(world, "bruno")
    await world.wakes("ana")
    assert "closed this Quarterly Review without answers" in await says(world, "ana")


async def test_the_manager_moves_one_and_skips_one(world: World) -> None:
    await world.types("bruno", "/contractor review @ana")
    await world.press("bruno", "review.plan")
    wrong = await world.submit("bruno", what="move", day="2028-01-01")
    assert "or earlier" in str(wrong["errors"])
    await world.submit("bruno", what="move", day="2027-02-03")
    assert "was moved and opens on Wed 3 Feb 2027" in await shows(world, "bruno")
    assert "moved your next Quarterly Review" in await says(world, "ana")
    await world.until("2027-02-02T12:00", "ana")
    assert "Your Quarterly Review is open" not in await says(world, "ana")
    await world.types("bruno", "/contractor review @ana")
    await world.press("bruno", "review.plan")
    await world.submit("bruno", what="skip", day="2027-02-03")
    assert "opens on Fri 30 Apr 2027" in await shows(world, "bruno")
    assert "skips your Quarterly Review of Wed 3 Feb 2027" in await says(world, "ana")
    await world.until("2027-02-04T12:00", "ana")
    assert "Your Quarterly Review is open" not in await says(world, "ana")


async def test_a_pause_puts_it_off_until_the_morning_after(world: World) -> None:
    await world.types("bruno", "/contractor pause @ana")
    await world.until("2027-02-03T15:00", "ana")
    assert "Quarterly Review" not in await says(world, "ana")
    await world.types("bruno", "/contractor review @ana")
    assert "The path is paused" in await shows(world, "bruno")
    await world.close("bruno")
    await world.types("bruno", "/contractor resume @ana")
    await world.until("2027-02-04T10:30", "ana")
    assert "Your Quarterly Review is open" in await says(world, "ana")


async def test_who_began_long_ago_gets_the_next_one_and_none_of_those_before(world: World) -> None:
    await world.add_contractor("jun", start_date=date(2025, 3, 3))
    async with world.bot.database.team(world.bot.team_id) as team:
        days = await due(team, [world.id("jun"), world.id("ana")])
    assert days == {world.id("jun"): date(2027, 2, 22), world.id("ana"): date(2027, 2, 1)}


# Who may ------------------------------------------------------------------------------------------


async def test_a_new_manager_begins_with_an_empty_form_and_reads_what_they_shared(world: World) -> None:
    await opens(world)
    await answers(world, "bruno", good="Brunos words")
    await changes_manager(world, "lena")
    assert "is open: what went well" in await says(world, "lena")
    await world.types("lena", "/contractor review @ana")
    assert f"<@{world.id('lena')}> has not answered yet" in await shows(world, "lena")
    await world.press("lena", "review.answer")
    assert "Brunos words" not in await shows(world, "lena")
    await answers(world, "ana")
    assert "Brunos" not in await says(world, "ana")
    await world.submit("lena", **(OURS | {"good": "Lenas words"}))
    page = await opens_page(world, "ana")
    assert "Lenas words" in page
    assert "Brunos" not in page
    assert "manager only" in str(await forge(world, "bruno", "review.show", (await newest(world)).id))


async def test_what_was_shared_and_closed_stays_with_the_pair(world: World) -> None:
    await shared(world)
    await opens_page(world, "bruno")
    await world.press("bruno", "review.keep")
    await world.press("ana", "review.agree", DM)
    await changes_manager(world, "lena")
    row = await newest(world)
    for who in ("lena", "olivia", "priya"):
        assert "manager only" in str(await forge(world, who, "review.show", row.id)), who
    await world.types("lena", "/contractor review @ana")
    assert "Before" not in await shows(world, "lena")
    await world.press("bruno", "review.show", DM)
    assert "The checkout project" in await shows(world, "bruno")
    await world.types("ana", "/circle review")
    await world.press("ana", "review.show")
    assert "Nobody asked a question" in await shows(world, "ana")


async def changes_manager(world: World, who: str) -> None:
    async with world.bot.database.team(world.bot.team_id) as team:
        place = await team.get(Contractor, user_id=world.id("ana"))
        assert place is not None
        place.manager_id = world.id(who)
        await team.session.flush()
        await lay(world.bot.workshop.desk(team), place.user_id)
    await world.bot.settle()
    await world.wakes(who)


async def test_strangers_and_helpers_are_told_kindly(world: World) -> None:
    await world.types("lena", "/contractor review @ana")
    assert "for a contractor and their manager only" in await world.last("lena")
    await world.types("olivia", "/contractor review @ana")
    assert "for a contractor and their manager only" in await world.last("olivia")
    await world.types("bruno", "/contractor review")
    assert "Say whose reviews" in await world.last("bruno")
    await world.types("bruno", "/circle review")
    assert "Say whose reviews" in await world.last("bruno")
    await opens(world)
    row = await newest(world)
    for who in ("olivia", "lena"):
        for action in ("review.answer", "review.begin", "review.plan", "review.drop", "review.keep", "review.agree"):
            value = world.id("ana") if action in ("review.begin", "review.plan") else row.id
            assert "manager only" in str(await forge(world, who, action, value)), (who, action)
    for action in ("review.begin", "review.plan", "review.drop", "review.keep"):
        value = world.id("ana") if action in ("review.begin", "review.plan") else row.id
        assert isinstance(await forge(world, "ana", action, value), str), action


async def test_a_guest_without_commands_does_it_all_in_the_direct_message(world: World) -> None:
    await world.add_contractor("jun", start_date=date(2026, 11, 2))
    await world.types("jun", "review", DM)
    await world.press("jun", "review.open", DM)
    assert "The next one opens on Mon 1 Feb 2027" in await shows(world, "jun")
    await world.close("jun")
    await world.until("2027-02-01T10:30", "jun")
    await world.press("jun", "review.answer", DM)
    await world.submit("jun", **MINE)
    assert "has not answered yet" in await shows(world, "jun")
    await world.types("bruno", "contractor review @jun", DM)
    await world.press("bruno", "review.open", DM)
    assert f"<@{world.id('jun')}> has answered" in await shows(world, "bruno")
