"""The demo that README.md invites to, from the command to the manager's morning."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.demo import opening
from tests.bot.program import Program
from tests.world import Json, actions, has_action, words

README = (Path(__file__).parent.parent.parent / "README.md").read_text()


@dataclass
class Visitor:
    """Somebody who tries the demo, by the same control API as its page."""

    http: aiohttp.ClientSession

    async def ask(self, path: str, **asked: str) -> Json:
        async with self.http.get(f"/_control/{path}", params=asked) as response:
            answer: Json = await response.json()
        assert answer["ok"], answer
        return answer

    async def does(self, path: str, **body: Any) -> Json:
        async with self.http.post(f"/_control/{path}", json=body) as response:
            answer: Json = await response.json()
        assert answer["ok"], answer
        return answer

    async def types(self, who: str, text: str) -> Json:
        return await self.does("type", **{"as": who}, channel="#acme", text=text)

    async def sees(self, who: str, channel: str) -> list[Json]:
        messages: list[Json] = (await self.ask("messages", **{"as": who}, channel=channel))["messages"]
        return messages

    async def waits(self, seconds: int = 1) -> None:
        """Let the workspace's clock go on; what is due by then has happened when it stands."""
        await self.does("clock", advance=seconds)


@pytest.fixture
async def visitor(tmp_path: Path) -> AsyncIterator[Visitor]:
    program = await Program.start(tmp_path, "demo", "--no-browser", "--port", "0")
    line = await program.says("Inner Circle is at work in a local workspace:")
    address = re.search(r"http://127\.0\.0\.1:\d+", line)
    assert address is not None
    assert line.strip().endswith("#as=ana&in=%23acme")
    async with aiohttp.ClientSession(address.group()) as http:
        yield Visitor(http)
    ended = await program.stops()
    assert (ended.status, ended.complaints) == (0, "")


@pytest.mark.parametrize(
    ("now", "begins"),
    [
        (datetime(2026, 11, 23, 5, tzinfo=UTC), datetime(2026, 11, 23, 14, tzinfo=UTC)),
        (datetime(2026, 11, 26, 23, tzinfo=UTC), datetime(2026, 11, 26, 14, tzinfo=UTC)),
        (datetime(2026, 11, 27, 9, tzinfo=UTC), datetime(2026, 11, 30, 14, tzinfo=UTC)),
        (datetime(2026, 11, 28, 9, tzinfo=UTC), datetime(2026, 11, 30, 14, tzinfo=UTC)),
        (datetime(2026, 11, 29, 9, tzinfo=UTC), datetime(2026, 11, 30, 14, tzinfo=UTC)),
    ],
)
def test_it_begins_on_a_working_day_that_another_one_follows(now: datetime, begins: datetime) -> None:
    assert opening(now) == begins


async def test_what_the_readme_says_to_do_works(visitor: Visitor) -> None:
    """Every line that the README tells people to type is typed here, in its order."""
    typed = re.findall(r"^> (/.+)$", README, re.MULTILINE)
    assert [line.split()[0] for line in typed] == ["/log", "/blocker"]

    await visitor.types("ana", typed[0])
    answer = (await visitor.sees("ana", "#acme"))[-1]
    assert "2 h 30 · Build · landing page" in words(answer) or "2 h 30 · landing page" in words(answer)
    assert answer["ephemeral"]
    assert await visitor.sees("bruno", "#acme") == []

    await visitor.types("ana", typed[1])
    await visitor.waits()
    (card,) = await visitor.sees("bruno", "#acme")
    assert "Open" in words(card)
    assert has_action(card, "blocker.take")

    await visitor.does("press", **{"as": "bruno"}, action_id="blocker.take", channel="#acme", ts=card["ts"])
    await visitor.waits()
    (card,) = await visitor.sees("bruno", "#acme")
    assert "On it" in words(card)

    await visitor.does("clock", next="08:45", **{"for": "bruno"})
    (digest,) = [one for one in await visitor.sees("bruno", "@app") if "digest.look" in actions(one)]
    assert "waiting for Figma edit access" in words(digest)
    assert "2 h 30" in words(digest)


async def test_a_guest_of_one_channel_writes_to_the_bot(visitor: Visitor) -> None:
    await visitor.does("type", **{"as": "jun"}, channel="@app", text="2h regression tests")
    await visitor.waits()
    assert "2 h · " in words((await visitor.sees("jun", "@app"))[-1])
