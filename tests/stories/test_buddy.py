"""The Shadow Buddy, told from the front door: suggested, chosen, introduced, watched, and asked about."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from sqlmodel import col, select

from handlers.buddy import SAMPLES
from sandbox.blockkit import check_blocks, check_view
from storage import buddy as store
from storage.path import travellers
from storage.path_tables import ChecklistItem, Shadowing
from storage.tables import Contractor, Letter, Person
from tests.said import english
from tests.world import Json, World, words

APP = "@app"
MONDAY = datetime(2026, 11, 16, 0, 0, tzinfo=UTC)
START = date(2026, 11, 23)
# 21:00 in Manila, 08:00 in New York, 14:00 in Berlin
TUESDAY = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)


@pytest.fixture
async def manila(sqlite_url: str) -> AsyncIterator[World]:
    """Jun in Manila starts on Monday with Olivia in New York as manager, and has no buddy yet; it is Day -5."""
    world = await World.begin(sqlite_url, at=MONDAY, contractors=())
    await begin(world)
    yield world
    await world.end()


@pytest.fixture
async def berlin(sqlite_url: str) -> AsyncIterator[World]:
    """The same with Lena in Berlin as the buddy who was chosen with everything else."""
    world = await World.begin(sqlite_url, at=MONDAY, contractors=())
    await begin(world, buddy="lena")
    yield world
    await world.end()


async def begin(world: World, buddy: str = "") -> None:
    values: Json = {"start_date": START, "day_start": time(13), "day_end": time(21, 30)}
    values["buddy_id"] = world.id(buddy) if buddy else ""
    await world.add_contractor("jun", "olivia", path=True, **values)
    await world.bot.directory.meet(world.bot.team_id, [world.id("noor"), world.id("tomas"), world.id("builds")])
    await world.settle()


def group(world: World, *handles: str) -> str:
    """Give the id of the conversation of several people with the bot."""
    workspace = world.sandbox.workspace
    return workspace.direct(*(world.id(one) for one in handles), workspace.bot.id).id


async def together(world: World, *handles: str) -> list[str]:
    """Give what stands in the conversation of several people with the bot."""
    return await world.reads(handles[0], group(world, *handles))


async def ticked(world: World, auto: str) -> bool:
    async with world.bot.database.reading() as session:
        query = select(ChecklistItem).where(col(ChecklistItem.auto) == auto)
        found = (await session.exec(query)).all()
    assert found, f"no item of the checklist is ticked by {auto}"
    return {one.state for one in found} == {"done"}


async def place(world: World) -> Contractor:
    async with world.bot.database.reading() as session:
        return (await session.exec(select(Contractor).where(Contractor.user_id == world.id("jun")))).one()


async def sessions(world: World) -> list[Shadowing]:
    async with world.bot.database.reading() as session:
        return list((await session.exec(select(Shadowing))).all())


async def all_of(world: World, who: str) -> str:
    return "\n".join(await world.reads(who))


async def leaves(world: World, who: str) -> None:
    await world.ask("PATCH", f"people/{world.id(who)}", {"deleted": True})
    await world.settle()


async def everything_is_sound(world: World) -> None:
    async with world.bot.database.reading() as session:
        for letter in (await session.exec(select(Letter).where(Letter.kind == "message"))).all():
            assert letter.text, letter.key
            assert check_blocks(english(letter.blocks), "message") == [], letter.key
            assert letter.state == "sent", (letter.key, letter.state, letter.error)


def view_is_sound(view: Json | None) -> Json:
    assert view is not None
    assert check_view({key: view[key] for key in ("type", "title", "blocks", "submit", "close")}) == []
    return view


# Choosing ----------------------------------------------------------------------------------------


async def test_suggested_by_shared_hours_and_by_how_many_newcomers_they_have(manila: World) -> None:
    await manila.types("olivia", "/contractor buddy @jun", "#acme")
    form = view_is_sound(await manila.modal("olivia"))
    (radio,) = [block for block in form["blocks"] if block.get("block_id") == "suggested"]
    offered = [option["text"]["text"] for option in radio["element"]["options"]]
    assert offered == [
        "Priya Nair: 7 h shared a day, no newcomer yet, same project",
        "Bruno Vidal: 5 h 30 shared a day, no newcomer yet, same project",
        "Lena Fischer: 5 h 30 shared a day, no newcomer yet, same project",
        "Noor Haddad: 6 h 30 shared a day, no newcomer yet",
    ]


async def test_choosing_brings_the_two_together_in_one_conversation(manila: World) -> None:
    await manila.types("olivia", "/contractor buddy @jun", "#acme")
    await manila.submit("olivia", suggested=manila.id("lena"))
    assert (await place(manila)).buddy_id == manila.id("lena")
    (said,) = await together(manila, "jun", "lena")
    assert f"<@{manila.id('jun')}>, meet <@{manila.id('lena')}>, your Shadow Buddy" in said
    assert "*Jun Santos* in Manila (08:00 there when this was written) joins as" in said
    assert "*Lena Fischer* in Berlin (01:00 there when this was written) knows" in said
    assert "Something to begin with" in said
    assert await manila.last("lena", APP) == ""
    await manila.wakes("lena")
    assert "What is expected" in await manila.last("lena", APP)
    assert await ticked(manila, "buddy")
    await manila.until("2026-11-24T16:00", "jun")
    assert len(await together(manila, "jun", "lena")) == 1
    assert (await all_of(manila, "lena")).count("What is expected") == 1
    await everything_is_sound(manila)


async def test_anybody_else_may_be_chosen_and_the_one_before_is_thanked(berlin: World) -> None:
    await berlin.until("2026-11-23T12:00", "jun")
    await berlin.types("olivia", "/contractor buddy @jun", "#acme")
    await berlin.submit("olivia", person=berlin.id("noor"))
    assert len(await together(berlin, "jun", "noor")) == 1
    await berlin.wakes("lena")
    assert f"<@{berlin.id('noor')}> is the Shadow Buddy of <@{berlin.id('jun')}> now" in await berlin.last("lena", APP)


@pytest.mark.parametrize(
    ("handle", "says"),
    [("jun", "their own buddy"), ("tomas", "Tomas Oliveira has left"), ("builds", "Builds is an app"), ("", "choose")],
)
async def test_who_cannot_be_a_buddy(manila: World, handle: str, says: str) -> None:
    await manila.types("olivia", "/contractor buddy @jun", "#acme")
    answer = await manila.submit("olivia", **({"person": manila.id(handle)} if handle else {}))
    assert says in answer["errors"]["person"]
    assert (await place(manila)).buddy_id == ""


async def test_only_the_manager_or_an_admin_chooses(berlin: World) -> None:
    await berlin.types("noor", "/contractor buddy @jun", "#general")
    assert "I find nobody by that name" in await berlin.last("noor", "#general")
    await berlin.types("lena", "/contractor buddy @jun", "#acme")
    assert await berlin.modal("lena") is None


async def test_somebody_who_has_many_newcomers_already_is_suggested_last(manila: World) -> None:
    async with manila.bot.database.team(manila.bot.team_id) as team:
        for number in range(3):
            found = (await team.all(team.select(Contractor)))[0].model_dump()
            found |= {"user_id": f"UNEW{number}", "buddy_id": manila.id("lena"), "start_date": date(2026, 11, 2)}
            team.add(Contractor(**found))
            team.add(Person(team_id=team.team_id, user_id=f"UNEW{number}", name=f"New {number}", zone="UTC"))
    await manila.types("olivia", "/contractor buddy @jun", "#acme")
    form = await manila.modal("olivia")
    (radio,) = [block for block in (form or {})["blocks"] if block.get("block_id") == "suggested"]
    assert radio["element"]["options"][-1]["text"]["text"].startswith("Lena Fischer: 5 h 30 shared a day, 3 newcomers")


# By the clock ------------------------------------------------------------------------------------


async def test_without_a_buddy_the_manager_is_asked_two_days_before_and_on_day_one(manila: World) -> None:
    await manila.until("2026-11-18T08:59", "olivia")
    assert "no Shadow Buddy yet" not in await all_of(manila, "olivia")
    await manila.until("2026-11-18T09:15", "olivia")
    (asked,) = [one for one in await manila.reads("olivia") if "no Shadow Buddy yet" in one]
    assert f"<@{manila.id('lena')}>: 5 h 30 shared a day, no newcomer yet, same project" in asked
    await manila.until("2026-11-23T09:15", "olivia")
    assert len([one for one in await manila.reads("olivia") if "no Shadow Buddy yet" in one]) == 2
    await manila.press("olivia", "buddy.open", APP)
    await manila.submit("olivia", suggested=manila.id("lena"))
    assert "no Shadow Buddy yet" not in await all_of(manila, "olivia")
    assert len(await together(manila, "jun", "lena")) == 1


async def test_a_buddy_who_was_chosen_before_is_introduced_on_day_one_when_it_is_night_for_neither(
    berlin: World,
) -> None:
    await berlin.until("2026-11-23T14:59", "jun")  # eleven in Manila is four in Berlin, and eight is the earliest
    assert await together(berlin, "jun", "lena") == []
    await berlin.until("2026-11-23T15:00", "jun")
    assert len(await together(berlin, "jun", "lena")) == 1
    assert await ticked(berlin, "buddy")
    assert "no Shadow Buddy yet" not in await all_of(berlin, "olivia")
    await everything_is_sound(berlin)


async def test_a_buddy_who_leaves_is_replaced(berlin: World) -> None:
    await berlin.until("2026-11-20T15:00")
    await leaves(berlin, "lena")
    said = await all_of(berlin, "olivia")
    assert f"<@{berlin.id('lena')}>, the buddy of <@{berlin.id('jun')}>, has left. Who takes their place?" in said
    await berlin.until("2026-11-23T12:00", "jun")
    assert await together(berlin, "jun", "lena") == []
    await berlin.until("2026-11-23T09:00", "olivia")
    assert len([one for one in await berlin.reads("olivia") if "Who takes their place?" in one]) == 1


async def test_a_buddy_who_leaves_in_the_managers_night_is_told_of_in_the_morning(berlin: World) -> None:
    await berlin.until("2026-11-20T02:00", "olivia")
    await leaves(berlin, "lena")
    assert "Who takes their place?" not in await all_of(berlin, "olivia")
    await berlin.until("2026-11-20T08:00", "olivia")
    assert "Who takes their place?" in await all_of(berlin, "olivia")


# Shadowing ---------------------------------------------------------------------------------------


async def plan(world: World, who: str = "lena", at: datetime = TUESDAY, **changes: Any) -> Json:
    await world.types(who, "/contractor shadowing @jun", "#acme")
    given = {"at": int(at.timestamp()), "minutes": "45"} | changes
    return await world.submit(who, **given)


async def test_the_buddy_is_asked_to_plan_a_session_on_day_two(berlin: World) -> None:
    await berlin.until("2026-11-24T09:59", "lena")
    assert "watch something being decided" not in await all_of(berlin, "lena")
    await berlin.until("2026-11-24T10:00", "lena")
    assert "watch something being decided" in await all_of(berlin, "lena")
    await berlin.press("lena", "shadowing.plan", APP, containing="watch something")
    form = view_is_sound(await berlin.modal("lena"))
    assert "How a decision is made, and who has the last word" in words(form)
    assert berlin.id("lena") in str(form)


async def test_without_a_buddy_the_manager_is_asked_to_plan(manila: World) -> None:
    await manila.until("2026-11-24T10:00", "olivia")
    assert "watch something being decided" in await all_of(manila, "olivia")


async def test_where_a_session_is_planned_nobody_is_asked(berlin: World) -> None:
    await plan(berlin)
    await berlin.until("2026-11-24T12:00", "lena")
    assert "watch something being decided" not in await all_of(berlin, "lena")


async def test_both_are_told_reminded_and_afterwards_the_contractor_is_asked(berlin: World) -> None:
    await plan(berlin)
    await berlin.wakes("jun")
    assert "14:00 for Lena Fischer" in await berlin.last("jun", APP)
    assert "21:00 for Jun Santos" in await berlin.last("lena", APP)
    assert "What happens when two people disagree" in await berlin.last("jun", APP)
    await berlin.until("2026-11-24T12:29")
    assert "In 30 min" not in await all_of(berlin, "jun")
    await berlin.until("2026-11-24T12:30")
    for who in ("jun", "lena"):
        assert "In 30 min" in await all_of(berlin, who)
    await berlin.until("2026-11-25T11:59", "jun")
    assert "What did you learn" not in await all_of(berlin, "jun")
    await berlin.until("2026-11-25T12:00", "jun")
    assert "What did you learn about how we decide?" in await all_of(berlin, "jun")
    assert await ticked(berlin, "shadowing")
    await berlin.press("jun", "shadowing.answer", APP)
    view_is_sound(await berlin.modal("jun"))
    await berlin.submit("jun", learned="Priya decides & <writes> it down")
    for who in ("lena", "olivia"):
        await berlin.wakes(who)
        assert "Priya decides &amp; &lt;writes&gt; it down" in await all_of(berlin, who)
    assert "Your buddy and your manager read this" in await all_of(berlin, "jun")
    await everything_is_sound(berlin)


async def test_outside_the_night_the_question_comes_a_quarter_of_an_hour_later(berlin: World) -> None:
    await plan(berlin, at=datetime(2026, 11, 24, 8, 0, tzinfo=UTC))
    await berlin.until("2026-11-24T08:59")
    assert "What did you learn" not in await all_of(berlin, "jun")
    await berlin.until("2026-11-24T09:00")
    assert "What did you learn" in await all_of(berlin, "jun")
    async with berlin.bot.database.team_reading(berlin.bot.team_id) as team:
        assert await store.next_sessions(team, [berlin.id("jun")], berlin.clock.now()) == {}


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"at": datetime(2026, 11, 15, 13, tzinfo=UTC)}, "at", "in the past"),
        ({"at": datetime(2026, 11, 24, 19, tzinfo=UTC)}, "at", "For Jun Santos this is from 03:00 to 03:45"),
        ({"at": datetime(2026, 11, 24, 2, tzinfo=UTC)}, "at", "For Lena Fischer this is from 03:00 to 03:45"),
        ({"buddy": "jun"}, "buddy", "watch themselves"),
        ({"buddy": "tomas"}, "buddy", "Tomas Oliveira has left"),
        ({"buddy": "builds"}, "buddy", "Builds is an app"),
    ],
)
async def test_a_session_that_cannot_be(berlin: World, changes: Json, field: str, says: str) -> None:
    given: Json = {name: berlin.id(value) if name == "buddy" else value for name, value in changes.items()}
    answer = await plan(berlin, **given)
    assert says in answer["errors"][field]
    assert await sessions(berlin) == []


async def test_a_session_is_moved_and_everything_with_it(berlin: World) -> None:
    await plan(berlin)
    await berlin.wakes("jun")
    await berlin.press("jun", "shadowing.move", APP)
    form = view_is_sound(await berlin.modal("jun"))
    assert form["title"]["text"] == "Move the session"
    await berlin.submit("jun", at=int(datetime(2026, 11, 26, 8, 0, tzinfo=UTC).timestamp()))
    (row,) = await sessions(berlin)
    async with berlin.bot.database.team_reading(berlin.bot.team_id) as team:
        found = await store.next_sessions(team, [berlin.id("jun")], berlin.clock.now())
    assert found[berlin.id("jun")].id == row.id
    for who in ("lena", "jun"):
        await berlin.wakes(who)
        older, newer = [one for one in await berlin.reads(who) if "shadowing session" in one and "expected" not in one][
            -2:
        ]
        assert "was moved" in older
        assert "moved a shadowing session" in newer
    await berlin.until("2026-11-25T12:00")
    assert "In 30 min" not in await all_of(berlin, "jun")
    await berlin.until("2026-11-26T07:30")
    assert "In 30 min" in await all_of(berlin, "jun")


async def test_a_session_is_cancelled_and_nobody_is_reminded(berlin: World) -> None:
    await plan(berlin)
    await berlin.press("lena", "shadowing.cancel", APP)
    await berlin.wakes("jun")
    assert f"<@{berlin.id('lena')}> cancelled the shadowing session" in await berlin.last("jun", APP)
    await berlin.until("2026-11-26T12:00")
    for text in ("In 30 min", "What did you learn"):
        assert text not in await all_of(berlin, "jun")
    assert not await ticked(berlin, "shadowing")


async def test_where_one_of_the_two_has_left_the_others_are_told(berlin: World) -> None:
    await plan(berlin)
    await leaves(berlin, "lena")
    await berlin.until("2026-11-24T12:30")
    for who in ("jun", "olivia"):
        await berlin.wakes(who)
        assert f"does not take place, because <@{berlin.id('lena')}> has left" in await all_of(berlin, who)
    await berlin.until("2026-11-26T12:00")
    assert "What did you learn" not in await all_of(berlin, "jun")


async def test_a_stranger_plans_nothing(berlin: World) -> None:
    for who, says in (("noor", "no such session"), ("priya", "The buddy, the manager or an admin")):
        await berlin.types(who, "/contractor shadowing @jun", "#general")
        assert says in await berlin.last(who, "#general")


@pytest.mark.parametrize("verb", ["buddy", "shadowing"])
async def test_without_a_name_the_command_says_how_it_is_used(manila: World, verb: str) -> None:
    await manila.types("olivia", f"/contractor {verb}", "#acme")
    assert f"`/contractor {verb} @person`" in await manila.last("olivia")


async def test_every_message_can_be_shown_beforehand(manila: World) -> None:
    bot = manila.bot
    async with bot.database.team(bot.team_id) as team:
        desk = bot.workshop.desk(team)
        (traveller,) = (await travellers(team, [manila.id("jun")])).values()
        for sample in SAMPLES:
            drawn = await sample.draw(desk, traveller)
            assert drawn is not None, sample.name
            assert drawn[0]
            assert check_blocks(english(list(drawn[1])), "message") == [], sample.name
