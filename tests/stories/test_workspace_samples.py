"""Test messages, told from the front door: everything a template would send, to the admin who asks and nobody else."""

from collections.abc import Sequence
from dataclasses import replace

from sqlmodel import select

from blocks.kit import Block, section
from handlers.contract import Call, Desk, Due, Duty, FixFields, Kind, Letters, Sample
from handlers.workspace_samples import sent
from storage.outbox import Post
from storage.path import Traveller
from storage.path_tables import ChecklistItem
from storage.tables import Contractor, Occasion
from tests.said import english
from tests.world import World, actions, has_action, words

DM = "@app"


async def ask(world: World, **values: object) -> list[str]:
    """Ask for test messages as olivia and give the words of what she got."""
    await world.types("olivia", "/contractor test")
    answer = await world.submit("olivia", **values)
    assert answer["response_action"] != "errors", answer
    return await world.reads("olivia")


async def test_all_messages_of_a_contractor_come_marked_and_without_anything_to_press(world: World) -> None:
    got = await ask(world, sample_of=world.id("ana"))
    assert f"as <@{world.id('ana')}> would cause them" in got[0]
    assert len(got) > 2
    assert f"would go to <@{world.id('ana')}>" in got[1]
    assert "Welcome!" in got[1]
    assert "[Log time] · [Raise a blocker] (nothing to press in a test)" in got[1]
    assert any(f"would go to <@{world.id('bruno')}>" in one for one in got)
    for message in await world.sees("olivia", DM):
        assert words(message).startswith("Test · ")
        assert actions(message) == []
    for who in ("ana", "bruno"):
        assert await world.sees(who, DM) == []


async def test_how_many_are_coming_is_said_first(world: World) -> None:
    got = await ask(world)
    assert got[0].startswith(
        f"Test · {len(got) - 1} messages are coming, for an example contractor called Olivia Park."
    )


async def test_only_a_part_of_them(world: World) -> None:
    got = await ask(world, sample_of=world.id("ana"), part="manager")
    assert all(f"would go to <@{world.id('bruno')}>" in one for one in got[1:])


async def test_an_example_leaves_nothing_behind(world: World) -> None:
    async def kept() -> tuple[set[str], set[str], set[tuple[str, str]]]:
        async with world.bot.database.reading() as session:
            places = {one.user_id for one in (await session.exec(select(Contractor))).all()}
            items = {one.user_id for one in (await session.exec(select(ChecklistItem))).all()}
            due = {(one.duty, one.subject) for one in (await session.exec(select(Occasion))).all()}
        return places, items, due

    before = await kept()
    await ask(world)
    assert await kept() == before
    assert "Your place on the path" not in await world.last("olivia")


async def test_somebody_who_is_not_on_the_path_is_refused(world: World) -> None:
    await world.types("olivia", "/contractor test")
    answer = await world.submit("olivia", sample_of=world.id("noor"))
    assert "not on the path" in answer["errors"]["sample_of"]


async def test_what_the_buddy_gets(world: World) -> None:
    got = await ask(world, sample_of=world.id("ana"), part="buddy")
    assert len(got) > 1
    assert all(f"would go to <@{world.id('lena')}>" in one for one in got[1:])


async def test_a_part_without_messages_is_told(world: World) -> None:
    async def drawn(_desk: Desk, _traveller: Traveller) -> tuple[str, list[Block]]:
        return "Welcome", [section("Welcome")]

    async def nothing(_desk: Desk, _traveller: Traveller) -> None:
        return None

    send = sent([Sample("Welcome", "contractor", "at once", drawn), Sample("Silence", "buddy", "never", nothing)])
    call = Call(Kind.FORM, "", world.bot.team_id, world.id("olivia"), fields={"part": "buddy"})
    async with world.bot.database.team(world.bot.team_id) as team:
        reply = await send(call, world.bot.workshop.desk(team))
    assert isinstance(reply, FixFields)
    assert "Choose another part" in reply.errors["part"]


async def test_from_home(world: World) -> None:
    home = await world.opens_home("olivia")
    assert has_action(home, "workspace.samples")
    await world.press("olivia", "workspace.samples")
    form = await world.modal("olivia")
    assert form is not None
    assert form["callback_id"] == "workspace.samples_form"
    await world.submit("olivia", part="contractor")
    assert "Test · " in await world.last("olivia", DM)


async def test_an_example_is_laid_as_a_contractor_would_be_and_taken_back(world: World) -> None:
    async def lay(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
        for one in due:
            values = {"key": "k", "phase": "day_1", "position": 1, "text": "Say hello", "owner": "contractor", "day": 1}
            desk.team.add(
                ChecklistItem(team_id="", user_id=one.subject, due=desk.now.date(), **values)  # type: ignore[arg-type]
            )
        return ()

    async def drawn(desk: Desk, traveller: Traveller) -> tuple[str, list[Block]]:
        mine = desk.team.select(ChecklistItem).where(ChecklistItem.user_id == traveller.user_id)
        found = await desk.team.all(mine)
        return "Your list", [section(one.text) for one in found]

    send = sent([Sample("The list", "contractor", "on Day 1 at 09:00", drawn) for _ in range(25)])
    async with world.bot.database.team(world.bot.team_id) as team:
        desk = replace(world.bot.workshop.desk(team), duties=[Duty("test.lay", lay, lays=True)])
        reply = await send(Call(Kind.FORM, "", team.team_id, world.id("olivia"), fields={"part": "all"}), desk)
        left = await team.all(team.select(ChecklistItem).where(ChecklistItem.user_id == world.id("olivia")))
    posts = [post for post in reply.posts if isinstance(post, Post)]
    assert "25 messages are coming" in english(posts[0].text)
    assert "about one a second" in posts[0].text
    assert all("Say hello" in str(post.blocks) and "on Day 1 at 09:00" in str(post.blocks) for post in posts[1:])
    assert len({post.key for post in posts}) == 26
    assert left == []
