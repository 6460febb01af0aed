"""The form about a contractor, page by page: nothing typed is lost, and what is worth knowing is said."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from tests.world import Json, World, words

DM = "@app"
WHO = {"start_date": "2026-11-24", "role": "QA engineer", "project": "Acme checkout"}


@pytest.fixture
async def empty(sqlite_url: str) -> AsyncIterator[World]:
    """A workspace in which nobody is on the path."""
    world = await World.begin(sqlite_url, contractors=())
    yield world
    await world.end()


async def form(world: World, who: str = "olivia") -> Json:
    """Give the form in front of somebody."""
    modal = await world.modal(who)
    assert modal is not None
    return modal


def held(modal: Json, name: str) -> str:
    """Give what a field was drawn with."""
    (element,) = (block["element"] for block in modal["blocks"] if block.get("block_id") == name)
    initial = [value for key, value in element.items() if key.startswith("initial_")]
    return str(initial[0]["value"] if initial and isinstance(initial[0], dict) else (initial or [""])[0])


async def test_three_pages_hold_everything_and_go_back_and_forth(empty: World) -> None:
    await empty.types("olivia", "/contractor add @jun")
    assert "Step 1 of 3" in words(await form(empty))
    await empty.submit("olivia", **WHO, bottleneck="Releases wait for tests")
    people = await form(empty)
    assert "Technical or creative lead" in words(people)
    assert held(people, "manager_id") == empty.id("olivia")
    await empty.choose("olivia", "manager_id", empty.id("bruno"))
    await empty.choose("olivia", "buddy", empty.id("lena"))
    await empty.press("olivia", "contractor.back")
    assert held(await form(empty), "bottleneck") == "Releases wait for tests"
    await empty.submit("olivia")
    assert held(await form(empty), "manager_id") == empty.id("bruno")
    await empty.submit("olivia")
    time = await form(empty)
    assert "Asia/Manila, 20:00 there now" in words(time)
    assert held(time, "home_country") == "PH"
    assert "Philippines" in str(time)
    await empty.choose("olivia", "weekly_minutes", "20")
    await empty.press("olivia", "contractor.back")
    await empty.submit("olivia")
    assert held(await form(empty), "weekly_minutes") == "20"
    await empty.submit("olivia")
    assert "Added" in await empty.last("olivia")
    await empty.types("olivia", "/contractor @jun")
    card = await empty.last("olivia")
    assert "Releases wait for tests" in card
    assert "20 h a week" in card
    assert "Holidays of Philippines" in card
    assert "You are" in await empty.last("lena", DM)
    assert "Shadow Buddy" in await empty.last("lena", DM)


async def test_a_country_is_found_by_typing_and_counts_for_the_path(empty: World) -> None:
    await empty.types("olivia", "/contractor add @jun")
    await empty.submit("olivia", **WHO)
    await empty.submit("olivia")
    modal = await form(empty)
    asked = {"as": "olivia", "view": modal["id"], "action_id": "home_country", "value": "port"}
    offered = (await empty.ask("POST", "options", asked))["options"]
    assert [one["value"] for one in offered] == ["PT"]
    await empty.submit("olivia", home_country="PT")
    await empty.types("olivia", "/contractor @jun")
    assert "Holidays of Portugal" in await empty.last("olivia")


async def test_closing_keeps_what_was_typed_for_a_day(empty: World) -> None:
    await empty.types("olivia", "/contractor add")
    await empty.submit("olivia", person=empty.id("ana"), **WHO)
    await empty.choose("olivia", "lead", empty.id("lena"))
    await empty.close("olivia")
    await empty.types("olivia", "/contractor add")
    again = await form(empty)
    assert "This is what you had typed before" in words(again)
    assert held(again, "person") == empty.id("ana")
    await empty.submit("olivia")
    assert held(await form(empty), "lead") == empty.id("lena")
    await empty.close("olivia")
    await empty.until("2026-11-24T13:00")
    await empty.types("olivia", "/contractor add")
    assert "had typed" not in words(await form(empty))


async def test_what_was_typed_can_be_forgotten(empty: World) -> None:
    await empty.types("olivia", "/contractor add")
    await empty.choose("olivia", "role", "Astronaut")
    await empty.close("olivia")
    await empty.types("olivia", "/contractor add")
    assert held(await form(empty), "role") == "Astronaut"
    await empty.press("olivia", "contractor.afresh")
    await empty.press("olivia", "contractor.afresh")
    assert held(await form(empty), "role") == ""


async def test_closing_an_untouched_form_keeps_nothing(empty: World) -> None:
    await empty.types("olivia", "/contractor add")
    await empty.close("olivia")
    await empty.types("olivia", "/contractor add")
    assert "had typed" not in words(await form(empty))


async def test_who_it_is_needs_exactly_one_answer(empty: World) -> None:
    await empty.types("olivia", "/contractor add")
    answer = await empty.submit("olivia", **WHO)
    assert "e-mail" in answer["errors"]["person"]
    answer = await empty.submit("olivia", person=empty.id("ana"), email="ana@example.com")
    assert "not both" in answer["errors"]["email"]


async def test_a_start_in_the_past_is_taken_and_explained(empty: World) -> None:
    await empty.types("olivia", "/contractor add @ana")
    await empty.submit("olivia", **WHO | {"start_date": "2026-11-02"})
    said = "They began on Mon 2 Nov 2026, so what was meant for before Mon 16 Nov 2026 is not sent"
    assert said in words(await form(empty))
    await empty.submit_pages("olivia", operations=None)
    done = await empty.last("olivia")
    assert said in done
    assert "the checklist starts at today" in done
    assert "No Shadow Buddy" in done
    assert "operations" in done
    assert "Welcome!" in await empty.last("ana", DM)


@pytest.mark.parametrize(
    ("who", "day", "says"),
    [
        ("ana", "2026-11-28", "is none of their working days, so Day 1 is Mon 30 Nov 2026"),
        ("jun", "2026-12-08", "is a public holiday (Immaculate Conception), so Day 1 is Wed 9 Dec 2026"),
    ],
)
async def test_a_start_on_a_day_off_says_which_day_is_day_one(empty: World, who: str, day: str, says: str) -> None:
    await empty.types("olivia", f"/contractor add @{who}")
    await empty.submit("olivia", **WHO | {"start_date": day})
    assert says in words(await form(empty))
    await empty.submit_pages("olivia")
    assert says in await empty.last("olivia")


async def test_a_start_more_than_a_year_away_is_refused(empty: World) -> None:
    await empty.types("olivia", "/contractor add @ana")
    answer = await empty.submit("olivia", **WHO | {"start_date": "2027-12-01"})
    assert "more than a year away" in answer["errors"]["start_date"]


async def test_what_is_wrong_on_a_page_that_was_left_is_shown_there(empty: World) -> None:
    await empty.types("olivia", "/contractor add @ana")
    await empty.submit("olivia", **WHO)
    await empty.submit("olivia", buddy=empty.id("lena"))
    await empty.ask("PATCH", f"people/{empty.id('lena')}", {"deleted": True})
    await empty.settle()
    await empty.submit("olivia")
    modal = await form(empty)
    assert "Step 2 of 3" in words(modal)
    assert "Shadow Buddy*: This account is deactivated" in words(modal)
    await empty.submit("olivia", buddy=None)
    await empty.submit("olivia")
    assert "Welcome!" in await empty.last("ana", DM)


async def test_a_welcome_ahead_of_the_start_says_what_comes_next(empty: World) -> None:
    await empty.types("olivia", "/contractor add @ana")
    await empty.submit_pages("olivia", **WHO | {"start_date": "2026-12-01"})
    welcome = await empty.last("ana", DM)
    assert "look forward to Tue 1 Dec, your Day 1" in welcome
    assert "What happens next" in welcome
    assert "Log time" not in welcome


async def test_a_later_start_moves_everything_and_is_told_to_all(empty: World) -> None:
    await empty.types("olivia", "/contractor add @ana")
    around = {"manager_id": empty.id("bruno"), "buddy": empty.id("lena"), "owner": empty.id("lena")}
    await empty.submit_pages("olivia", **WHO | around | {"start_date": "2026-12-03"})
    await empty.types("bruno", "/contractor edit @ana")
    before = len(await empty.sees("bruno", DM))
    await empty.submit_pages("bruno", start_date="2026-12-10")
    told = await empty.reads("ana")
    assert "Thu 10 Dec, your Day 1" in told[0]
    assert "3 Dec" not in told[0]
    assert "you begin on Thu 10 Dec 2026 instead of Thu 3 Dec 2026" in told[-1]
    assert "begins on Thu 10 Dec 2026" in await empty.last("lena", DM)
    assert sum("begins on Thu 10 Dec" in one for one in await empty.reads("lena")) == 1
    assert len(await empty.sees("bruno", DM)) == before
    await empty.until("2026-12-03T23:00", "ana")  # the old Day 1 is over, and nothing of it came
    assert len(await empty.reads("ana")) == len(told)
    await empty.until("2026-12-09T23:00", "ana")
    later = "\n".join(await empty.reads("ana"))
    assert "Introduce yourself" in later
    assert "welcome packet is here" not in later
    await empty.until("2026-12-10T17:30", "ana")
    assert "welcome packet is here" in "\n".join(await empty.reads("ana"))
    assert "Nothing is logged" in await empty.last("ana", DM)


async def test_only_those_who_were_chosen_add(sqlite_url: str) -> None:
    world = await World.begin(sqlite_url, datetime(2026, 11, 23, 12, tzinfo=UTC), contractors=())
    try:
        await world.choose_adders("bruno")
        await world.types("noor", "/contractor add @ana", "#general")
        assert f"<@{world.id('bruno')}> is one" in await world.last("noor", "#general")
        await world.types("bruno", "/contractor add @ana")
        await world.submit_pages("bruno", **WHO)
        assert "Welcome!" in await world.last("ana", DM)
    finally:
        await world.end()
