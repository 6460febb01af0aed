"""Files that are dropped into the bot's DM: which are fetched, and whose matter they are by their first line."""

import pytest

from handlers import SHEETS
from handlers.contract import Call, Kind
from handlers.spreadsheet import wanted
from tests.stories.test_contractor_import import drops
from tests.world import World


@pytest.mark.parametrize(
    ("who", "sent", "fetched"),
    [
        ("olivia", [{"id": "F1", "name": "a.csv", "size": 10}], ("F1",)),
        ("bruno", [{"id": "F1", "name": "A.TSV", "size": 10}], ("F1",)),
        ("noor", [{"id": "F1", "name": "a.csv", "size": 10}], ()),
        ("olivia", [{"id": "F1", "name": "a.png", "size": 10}], ()),
        ("olivia", [{"id": "F1", "name": "a.csv", "size": 1_000_001}], ()),
        ("olivia", [{"id": "F1", "name": "a.csv"}, {"id": "F2", "name": "b.csv"}], ()),
        ("olivia", ["nonsense"], ()),
    ],
)
async def test_only_the_one_csv_of_somebody_who_may_is_fetched(
    world: World, who: str, sent: list[object], fetched: tuple[str, ...]
) -> None:
    event = {"channel_type": "im", "files": sent}
    call = Call(Kind.EVENT, "message", world.bot.team_id, world.id(who), event=event)
    async with world.bot.database.team_reading(world.bot.team_id) as team:
        assert tuple(await wanted(SHEETS)(call, world.bot.workshop.desk(team))) == fetched


async def test_each_file_goes_to_its_own_noun(world: World) -> None:
    assert "for the lexicon" in await drops(world, "term,meaning\nOKR,Objectives")
    assert "for Who's Who" in await drops(world, "topic,person\nBudget,@bruno")
    assert "1 contractor to add" in await drops(world, "email,start date,role,project\nmia@x.com,2026-12-01,QA,Acme")
