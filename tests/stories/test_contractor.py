"""Adding contractors and changing what was agreed, told from the front door."""

from collections.abc import AsyncIterator
from datetime import date

import pytest

from handlers.contract import Call, Kind
from handlers.contractor_save import saved
from playbook.sorry import Sorry
from tests.world import Json, World, actions, words

DM = "@app"
FILLED = {
    "start_date": "2026-11-23",
    "role": "QA engineer",
    "project": "Acme checkout",
    "weekly_minutes": "30",
    "weekdays": ["0", "1", "2", "3", "4"],
    "day_start": "09:00",
    "day_end": "17:30",
}


@pytest.fixture
async def empty(sqlite_url: str) -> AsyncIterator[World]:
    """A workspace in which nobody is on the path."""
    world = await World.begin(sqlite_url, contractors=())
    yield world
    await world.end()


async def add(world: World, handle: str, **changes: object) -> Json:
    """Fill in the form about somebody and send it."""
    await world.types("olivia", "/contractor add", "#acme")
    given = FILLED | {"person": world.id(handle), "manager_id": world.id("bruno")} | changes
    return await world.submit_pages("olivia", **given)


async def test_an_admin_adds_somebody_and_everybody_concerned_is_told(empty: World) -> None:
    await empty.types("olivia", "/contractor add @ana")
    form = await empty.modal("olivia")
    assert form is not None
    assert empty.id("ana") in str(form)
    given = FILLED | {
        "manager_id": empty.id("bruno"),
        "operations": empty.id("olivia"),
        "project_channel": empty.channel("acme"),
    }
    await empty.submit_pages("olivia", **given)
    assert "Added" in await empty.last("olivia", "#acme")
    (welcome,) = [one for one in await empty.reads("ana") if "Welcome!" in one]
    assert f"<@{empty.id('olivia')}> with access and tools" in welcome
    assert "30 h a week, Mon–Fri 09:00–17:30" in welcome
    assert f"<@{empty.id('ana')}> is on the path with you" in "\n".join(await empty.reads("bruno"))


async def test_what_is_due_for_them_begins_at_once(empty: World) -> None:
    await add(empty, "ana")
    await empty.until("2026-11-23T17:30", "ana")
    assert "Nothing is logged" in await empty.last("ana", DM)
    await empty.until("2026-11-24T08:45", "bruno")
    assert "digest.look" in actions((await empty.sees("bruno", DM))[-1])


async def test_a_guest_of_one_channel_reads_what_works_for_them(empty: World) -> None:
    await add(empty, "jun")
    await empty.wakes("jun")
    welcome = await empty.last("jun", DM)
    assert "Type `log 2h review` to me here" in welcome
    assert "`/log" not in welcome


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("person", "builds", "an app"),
        ("person", "slackbot", "an app"),
        ("person", "tomas", "deactivated"),
        ("manager_id", "builds", "a person of this workspace"),
        ("manager_id", "tomas", "deactivated"),
        ("operations", "ana", "somebody other than the contractor"),
    ],
)
async def test_people_who_cannot_be_on_the_path(empty: World, field: str, value: str, says: str) -> None:
    answer = await add(empty, "ana", **{field: empty.id(value)})
    assert says in answer["errors"][field]
    assert await empty.sees("ana", DM) == []


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("weekly_minutes", "lots", "a number"),
        ("weekly_minutes", "0,5", "between"),
        ("weekly_minutes", "81", "between"),
        ("day_end", "08:00", "swapped"),
    ],
)
async def test_what_cannot_be_agreed(empty: World, field: str, value: str, says: str) -> None:
    answer = await add(empty, "ana", **{field: value})
    assert says in answer["errors"][field]


async def test_a_channel_the_bot_is_not_in(empty: World) -> None:
    answer = await add(empty, "ana", project_channel=empty.channel("random"))
    assert "/invite @Inner Circle" in answer["errors"]["project_channel"]
    answer = await empty.does("invite", **{"as": "olivia"}, channel="#random", user="@app")
    form = await empty.modal("olivia")
    assert form is not None
    await empty.submit_pages("olivia", project_channel=empty.channel("random"))
    assert any("Welcome!" in one for one in await empty.reads("ana"))


async def test_somebody_who_is_on_the_path_is_changed_and_not_added_twice(world: World) -> None:
    answer = await add(world, "ana")
    assert "already" in answer["errors"]["person"]
    await world.close("olivia")
    await world.types("olivia", "/contractor add @ana")
    form = await world.modal("olivia")
    assert form is not None
    assert form["title"]["text"] == "Edit contractor"
    await world.submit_pages("olivia", weekly_minutes="20", day_start="08:00")
    told = await world.last("ana", DM)
    assert "20 h a week, Mon–Fri 08:00–17:30" in told


async def test_saving_without_a_change_tells_nobody(world: World) -> None:
    await world.types("olivia", "/contractor edit @ana")
    before = await world.sees("ana", DM)
    await world.submit_pages("olivia")
    assert "nobody was told" in await world.last("olivia", "#acme")
    assert await world.sees("ana", DM) == before


async def test_a_new_manager_gets_the_digest_and_the_old_one_no_more(world: World) -> None:
    for who in ("ana", "jun"):
        await world.types("olivia", f"/contractor edit @{who}")
        await world.submit_pages("olivia", manager_id=world.id("lena"))
    assert "is on the path with you" in await world.last("lena", DM)
    before = len(await world.sees("bruno", DM))
    await world.until("2026-11-24T08:45", "lena")
    assert "digest.look" in actions((await world.sees("lena", DM))[-1])
    assert len(await world.sees("bruno", DM)) == before


@pytest.mark.parametrize("text", ["/contractor add", "/contractor edit", "/contractor add @ana"])
async def test_only_admins_add_and_change(world: World, text: str) -> None:
    await world.types("noor", text, "#general")
    assert "chosen for it" in await world.last("noor", "#general")
    assert await world.modal("noor") is None


async def test_the_list_shows_each_their_own(world: World) -> None:
    ana, jun = f"<@{world.id('ana')}>", f"<@{world.id('jun')}>"
    await world.types("bruno", "/contractor")
    assert ana in await world.last("bruno")
    assert jun in await world.last("bruno")
    await world.types("olivia", "/contractor")
    assert ana in await world.last("olivia")
    await world.types("ana", "/contractor")
    assert "feedback and quality" in await world.last("ana")
    assert jun not in await world.last("ana")
    await world.types("noor", "/contractor", "#general")
    assert "No contractor is on the path with you" in await world.last("noor", "#general")


async def test_one_contractor_is_shown_to_those_it_concerns(world: World) -> None:
    for who, found in (("bruno", True), ("olivia", True), ("ana", True), ("noor", False), ("lena", False)):
        await world.types(who, "/contractor @ana", "#general")
        assert ("30 h a week" in await world.last(who, "#general")) is found


async def test_help_and_unknown_words_say_how_to_use_it(world: World) -> None:
    for text in ("/contractor help", "/contractor dance"):
        await world.types("olivia", text)
        assert "/contractor add @person" in await world.last("olivia")


async def test_edit_from_the_list(world: World) -> None:
    await world.types("olivia", "/contractor")
    await world.press("olivia", "contractor.show", "#acme")
    await world.press("olivia", "contractor.edit")
    form = await world.modal("olivia")
    assert form is not None
    assert "on the path already" in words(form)


async def test_an_admin_begins_from_the_empty_list(empty: World) -> None:
    await empty.types("olivia", "/contractor")
    assert "Nobody is on the path yet" in await empty.last("olivia")
    await empty.press("olivia", "contractor.add", "#acme")
    form = await empty.modal("olivia")
    assert form is not None
    assert form["title"]["text"] == "Add contractor"


async def test_a_manager_changes_what_was_agreed_with_their_own(world: World) -> None:
    await world.types("bruno", "/contractor edit @ana")
    await world.submit_pages("bruno", weekly_minutes="24")
    assert "24 h a week" in await world.last("ana", DM)


async def test_a_form_about_somebody_elses_contractor_is_refused(world: World) -> None:
    await world.bot.directory.meet(world.bot.team_id, [world.id("lena")])
    async with world.bot.database.team(world.bot.team_id) as team:
        form = Call(Kind.FORM, "contractor.form", world.bot.team_id, world.id("lena"), memo=f"|{world.id('ana')}")
        with pytest.raises(Sorry, match="chosen for it"):
            await saved(form, world.bot.workshop.desk(team))


@pytest.mark.parametrize(
    "action_id",
    ["checklist.open", "kpi.open", "packet.open", "access.open", "introduction.open", "buddy.open", "oneonone.open"],
)
async def test_every_part_of_a_path_opens_from_the_card(world: World, action_id: str) -> None:
    await world.add_contractor("lena", "bruno", path=True, start_date=date(2026, 11, 25))
    await world.settle()
    await world.types("bruno", "/contractor @lena")
    await world.press("bruno", action_id, "#acme", containing=world.id("lena"))
    page = await world.modal("bruno")
    assert page is not None, await world.last("bruno")
    assert "Lena" in words(page) or world.id("lena") in words(page)
    await world.close("bruno")
    await world.opens_home("bruno")
    await world.does("options", **{"as": "bruno"}, action_id="contractor.show", value="lena", home=True)
    await world.does("choose", **{"as": "bruno"}, action_id="contractor.show", value=world.id("lena"), home=True)
    card = await world.modal("bruno")
    assert card is not None
    await world.press("bruno", action_id)
    part = await world.modal("bruno")
    assert part is not None
    assert part["title"]["text"] != card["title"]["text"]
