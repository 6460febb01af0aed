"""The lexicon and Who's Who from a CSV file, told from the front door: shown first, taken in whole, or not at all."""

import pytest

from storage import whois as store
from tests.stories.test_contractor_import import DM, cells, drops
from tests.world import World, actions, words

TERMS = 'Term;Meaning\nOKR;Objectives and key results\n"=SUM(A1)";"<!here> & more"\nWIP;Work in progress\n'
TOPICS = (
    "topic,person,note\nBudget,olivia@example.com,Also travel\nHiring,@bruno,\nPress,Nobody Known,\n"
    "Old things,@tomas,\nBuilds,@builds,\n,@bruno,\n"
)


async def lexicon(world: World) -> dict[str, str]:
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        return {one.term: one.meaning for one in await store.terms(team)}


async def whos_who(world: World) -> dict[str, tuple[str, str]]:
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        return {one.topic: (one.user_id, one.note) for one in await store.topics(team)}


async def test_terms_are_shown_first_and_taken_in_once(world: World) -> None:
    await world.types("olivia", "/whois add WIP = Something else")
    said = await drops(world, TERMS, "bruno", "words.csv")
    assert "words.csv for the lexicon: 2 new, 1 to change, 0 as they are." in said
    assert "Nothing is written yet" in said
    shown = cells((await world.sees("bruno", DM))[-1])
    assert {"OKR", "=SUM(A1)", "<!here> & more", "Work in progress", "Something else"} <= set(shown)
    assert await lexicon(world) == {"WIP": "Something else"}
    await world.press("bruno", "whois.take_in", DM)
    assert "Done: 2 new and 1 changed in the lexicon" in await world.last("bruno", DM)
    assert await lexicon(world) == {
        "=SUM(A1)": "<!here> & more", "OKR": "Objectives and key results", "WIP": "Work in progress",
    }  # fmt: skip
    await world.types("ana", "/whois okr")
    assert "Objectives and key results" in await world.last("ana")
    assert "0 new, 0 to change, 3 as they are" in await drops(world, TERMS, "bruno")
    assert "whois.take_in" not in actions((await world.sees("bruno", DM))[-1])


async def test_whoever_asked_for_a_meaning_hears_it(world: World) -> None:
    await world.types("ana", "/whois OKR")
    await world.press("ana", "whois.ask", "#acme")
    await drops(world, TERMS, "bruno")
    await world.press("bruno", "whois.take_in", DM)
    assert "1 person who asked for a meaning hear" in await world.last("bruno", DM)
    await world.wakes("ana")
    assert any("Objectives and key results" in one for one in await world.reads("ana"))


async def test_whos_who_names_every_row_that_cannot_be_taken(world: World) -> None:
    said = await drops(world, TOPICS, "olivia", "who.csv")
    assert "who.csv for Who's Who: 2 new, 0 to change, 0 as they are. 4 rows cannot be taken." in said
    for piece in (
        'Line 4 (Press): I find nobody called "Nobody Known"',
        "Line 5 (Old things): Tomas Oliveira is not somebody who works here now.",
        "Line 6 (Builds): Builds is not somebody who works here now.",
        "Line 7 (–): The topic is missing.",
    ):
        assert piece in said
    await world.press("olivia", "whois.take_in", DM)
    assert await whos_who(world) == {
        "Budget": (world.id("olivia"), "Also travel"), "Hiring": (world.id("bruno"), ""),
    }  # fmt: skip
    await drops(world, "about,who\nbudget,@bruno\n", "olivia")
    await world.press("olivia", "whois.take_in", DM)
    assert (await whos_who(world))["budget"] == (world.id("bruno"), "Also travel")  # no such column: the note stays


async def test_cancel_and_a_second_press_write_nothing(world: World) -> None:
    await drops(world, TERMS, "bruno")
    await world.press("bruno", "whois.leave_out", DM)
    assert "Nothing was written" in await world.last("bruno", DM)
    await drops(world, TERMS, "bruno", "first.csv")
    first = (await world.sees("bruno", DM))[-1]
    await drops(world, TERMS.replace("OKR", "OKRs"), "bruno", "second.csv")
    await world.does("press", **{"as": "bruno"}, action_id="whois.take_in", channel=DM, ts=first["ts"])
    assert await lexicon(world) == {}


async def test_five_hundred_rows_are_taken_in_at_once(world: World) -> None:
    rows = [f"Term {number} {'W' * 60},{'Meaning ' * 50}{number}" for number in range(500)]
    said = await drops(world, "\n".join(["term,meaning", *rows]), "olivia")
    assert "500 new" in said
    assert "…and 480 more rows" in said
    await world.press("olivia", "whois.take_in", DM)
    assert "500 new" in await world.last("olivia", DM)
    assert len(await lexicon(world)) == 500


@pytest.mark.parametrize("who", ["ana", "jun"])
async def test_those_who_may_not_are_refused_and_nothing_is_kept(world: World, who: str) -> None:
    said = await drops(world, TERMS, who)
    assert "Managers of contractors and admins write this" in said
    assert await lexicon(world) == {}
    await world.types(who, "whois import", DM)
    assert "Managers of contractors and admins write this" in await world.last(who, DM)


async def test_a_manager_who_may_not_add_contractors_is_told_so_by_the_first_line(world: World) -> None:
    said = await drops(world, "email,start date,role\nmia@example.com,2026-12-01,QA", "bruno")
    assert f"<@{world.id('olivia')}> is one" in said


async def test_what_belongs_into_a_file_is_explained(world: World) -> None:
    await world.types("bruno", "/whois import")
    assert "OKR,Objectives and key results" in await world.last("bruno")
    await world.types("olivia", "/contractor packet")
    await world.press("olivia", "whois.terms")
    await world.press("olivia", "whois.explain_import")
    assert "Budget,olivia@example.com" in words(await world.modal("olivia") or {})


async def test_a_file_that_is_nothing_known_names_what_can_be_sent(world: World) -> None:
    said = await drops(world, "colour,size\nred,4", "olivia")
    assert "`/whois import` (lexicon and Who's Who), `/contractor import` (contractors)" in said
    assert "`/whois import`" in await drops(world, " \n", "bruno")
