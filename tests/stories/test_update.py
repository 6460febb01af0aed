"""What an update of the bot brings to those who were on the path before."""

from sqlmodel import col, delete, select

from bot.standing import NAME
from storage.database import Database
from storage.tables import Fact, Occasion
from tests.world import World

NEW = "wiki.remind"


async def rows(world: World) -> dict[tuple[str, str], object]:
    database = Database(world._database_url)
    async with database.reading() as session:
        found = (await session.exec(select(Occasion))).all()
    await database.close()
    return {(one.duty, one.subject): one.due_at for one in found}


async def test_a_new_standing_duty_is_planned_for_everybody_and_the_rest_stays(world: World) -> None:
    before = await rows(world)
    assert (NEW, world.id("ana")) in before
    await world.bot.stop()
    database = Database(world._database_url)
    async with database.writing() as session:  # as a version without this duty would have left it
        await session.exec(delete(Occasion).where(col(Occasion.duty) == NEW))
        await session.exec(delete(Fact).where(col(Fact.name) == NAME))
    await database.close()
    await world.start_bot()
    await world.settle()
    assert {key: at for key, at in (await rows(world)).items() if key in before} == before
