"""What is never written down: secrets, and what people say."""

import asyncio
from pathlib import Path

from tests.faults.chaos import Bots
from tests.world import World, words


async def chatter(world: World) -> None:
    """Let people use the bot while Slack fails, until the last of what they did has been answered."""
    faults = [
        {"method": "chat.postMessage", "do": "drop_after", "at": 1},
        {"method": "chat.postMessage", "do": "error:is_archived", "at": 2},
        {"method": "views.open", "do": "error:invalid_blocks", "at": 1},
    ]
    await world.ask("POST", "faults", {"faults": faults})
    people = world.sandbox.people
    for text in ("/log 2h canarylog #acme", "/log canarynonsense 99999h", "/blocker waiting for canaryblocker", "/log"):
        await people.type("ana", "#acme", text)
    for text in ("log 1h canarydm", "log 2h canaryend"):
        await people.type("ana", "@app", text)
    while not any(
        "canaryend" in words(one) for one in await world.sees("ana", "@app") if one["user"] != world.id("ana")
    ):
        pass


async def test_neither_secrets_nor_peoples_words_are_in_the_log(sqlite_url: str, tmp_path: Path) -> None:
    """The bot as it is run, at its most talkative, while people type, press, fill in, and Slack fails."""
    world = await World.begin(sqlite_url)
    await world.bot.stop()
    env = world.sandbox.env()
    settings = {"DATABASE_URL": sqlite_url, "LOG_LEVEL": "DEBUG", "GRACE_SECONDS": "1", "TICK_SECONDS": "1"}
    bots = Bots(tmp_path, env | settings)
    process = await bots.start()
    async with asyncio.timeout(60):
        await world.sandbox.sockets.opened.wait()
        await chatter(world)
    process.terminate()
    assert await process.wait() == 0
    said = bots.said
    await bots.end()
    await world.http.close()
    await world.sandbox.stop()
    secrets = [value for name, value in env.items() if "TOKEN" in name or "SECRET" in name]
    assert "is_archived" in said
    assert [word for word in ("canary", "ticket=", *secrets) if word.casefold() in said.casefold()] == []
