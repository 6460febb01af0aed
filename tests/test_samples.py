"""Every message of the path, drawn for somebody with the longest names: within Slack's limits, said in words, one main button."""

import json
from collections.abc import AsyncIterator, Iterator
from datetime import date
from itertools import product
from typing import Any

import pytest

from blocks.tongue import spoken
from handlers import SAMPLES
from playbook.tongue import say
from playbook.tongue_catalogue import LANGUAGES, Catalogues
from sandbox.blockkit import check_blocks
from storage.path import travellers
from storage.tables import Contractor, Person
from tests.world import World

LONG = "Maximiliane <!here> & Alexandra " * 3
MOST_CHARACTERS = 13_200
Drawn = list[tuple[str, str, list[Any]]]


@pytest.fixture
async def long_names(sqlite_url: str) -> AsyncIterator[World]:
    """Lena begins on Wednesday, and everybody has a name of eighty characters."""
    world = await World.begin(sqlite_url, contractors=())
    await world.add_contractor("lena", "bruno", path=True, start_date=date(2026, 11, 25), buddy_id=world.id("priya"))
    await world.settle()
    async with world.bot.database.team(world.bot.team_id) as team:
        for person in await team.all(team.select(Person)):
            person.name = LONG[:80]
        place = await team.get(Contractor, user_id=world.id("lena"))
        assert place is not None
        place.role, place.project, place.bottleneck = LONG[:80], LONG[:80], (LONG * 2)[:150]
    yield world
    await world.end()


async def drawn(world: World) -> Drawn:
    """Draw every sample there is for lena."""
    found: Drawn = []
    async with world.bot.database.team(world.bot.team_id) as team:
        traveller = (await travellers(team, [world.id("lena")]))[world.id("lena")]
        for sample in SAMPLES:
            said = await sample.draw(world.bot.workshop.desk(team), traveller)
            if said is not None:
                found.append((sample.name, said[0], list(said[1])))
    return found


def marked_up(part: Any) -> Iterator[str]:
    """Give every text in which Slack would bring a tag to life; plain text and descriptions of pictures are none."""
    if isinstance(part, list):
        for item in part:
            yield from marked_up(item)
    elif isinstance(part, dict):
        if part.get("type") == "mrkdwn":
            yield str(part["text"])
        for value in part.values():
            yield from marked_up(value)


async def test_slack_takes_every_message_of_the_path(long_names: World) -> None:
    found = await drawn(long_names)
    assert len(found) >= len(SAMPLES) - 4  # some come only for who has no buddy, no tools, or is a guest
    for (name, text, marked), language in product(found, LANGUAGES):
        tongue = Catalogues().tongue(language)
        blocks = spoken(marked, tongue)
        assert check_blocks(blocks, "message") == [], (name, language)
        assert len(json.dumps(blocks, ensure_ascii=False)) < MOST_CHARACTERS, (name, language)
        assert say(text, tongue).strip(), name
        assert "<!here>" not in "".join([text, *marked_up(blocks)]), name


async def test_a_message_has_at_most_one_main_button(long_names: World) -> None:
    for name, _, blocks in await drawn(long_names):
        assert json.dumps(blocks).count('"style": "primary"') <= 1, name


def test_samples_are_told_apart_and_say_when_they_come() -> None:
    names = [(sample.name, sample.to) for sample in SAMPLES]
    assert len(names) == len(set(names))
    assert all(sample.when for sample in SAMPLES)
    assert {sample.to for sample in SAMPLES} == {"contractor", "manager", "operations", "buddy", "channel"}
