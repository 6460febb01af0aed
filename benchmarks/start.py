"""What it costs to start and to stay connected: ratio 5."""

import asyncio
import os
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from slack_sdk.web.async_client import AsyncWebClient

from benchmarks.bots import TOKEN, command, dispatch, settings
from benchmarks.measure import Line, Sizes, resident
from benchmarks.stub import Stub
from bot.app import InnerCircle
from bot.slack import CONNECTIONS, Slack
from storage import migrate

STACK = (
    "slack_bolt.async_app",
    "slack_bolt.adapter.socket_mode.async_handler",
    "sqlmodel",
    "sqlmodel.ext.asyncio.session",
    "sqlalchemy.ext.asyncio",
    "sqlalchemy.dialects.sqlite.aiosqlite",
    "sqlalchemy.dialects.postgresql",
    "aiosqlite",
    "apscheduler.schedulers.asyncio",
    "pydantic_settings",
    "structlog",
)
BARE = f"import {', '.join(STACK)}\nprint('ready', flush=True)\ninput()"
ROOT = Path(__file__).parent.parent


async def cold(sizes: Sizes, folder: Path) -> list[Line]:
    """Let many interactions arrive while Slack has not yet said who we are; then make many calls at once."""
    url = f"sqlite+aiosqlite:///{folder / 'cold.db'}"
    await migrate.upgrade(url)
    async with Stub(delay=0.05) as stub:
        bot = InnerCircle(settings(stub, url))
        preparing = asyncio.ensure_future(bot.prepare())
        await stub.saw("auth.test")
        await asyncio.gather(*(dispatch(bot.bolt, "help") for _ in range(sizes.cold)), preparing)
        await bot.stop()
        asked = stub.calls["auth.test"]
    lines = [Line("5", f"`auth.test` for a cold burst of {sizes.cold:,} commands", "calls", asked, limit=1)]
    async with Stub() as stub:
        ours, theirs = await _connections(stub, sizes)
    what = f"connections for {sizes.cold:,} calls, {sizes.at_once} at once (the SDK's default: {theirs:,})"
    return [*lines, Line("5", what, "", ours, limit=CONNECTIONS)]


async def _connections(stub: Stub, sizes: Sizes) -> tuple[int, int]:
    """Count the TCP connections that many calls take, with our one session and with the SDK's default."""
    slack = Slack(TOKEN, stub.url)
    counts = []
    for client in (slack.posts, AsyncWebClient(TOKEN, base_url=stub.url)):
        stub.connections.clear()
        left = sizes.cold
        while left > 0:
            await asyncio.gather(*(client.api_test() for _ in range(min(sizes.at_once, left))))
            left -= sizes.at_once
        counts.append(len(stub.connections))
    await slack.close()
    return counts[0], counts[1]


async def started(sizes: Sizes, folder: Path) -> list[Line]:
    """Start the whole program until it has answered a command, beside a program that only imports what it stands on."""
    url = f"sqlite+aiosqlite:///{folder / 'start.db'}"
    await migrate.upgrade(url)
    figures = [(await _bot(url), await _bare()) for _ in range(sizes.starts + 1)][1:]
    ours, bare = zip(*figures, strict=True)
    fastest = [min(seconds for seconds, _ in each) for each in (ours, bare)]
    smallest = [min(megabytes for _, megabytes in each) for each in (ours, bare)]
    against = "the bare imports"
    return [
        Line("5", "from start to the first acknowledged command", "s", fastest[0], fastest[1], against, 1.5),
        Line("5", "memory of an idle bot", "MB", smallest[0], smallest[1], against, 1.3),
    ]


async def _bot(url: str) -> tuple[float, float]:
    """Run the bot as a process of its own; gives seconds until it answered, and the memory it holds then."""
    async with Stub(command("help")) as stub:
        env = {
            "SLACK_BOT_TOKEN": TOKEN,
            "SLACK_APP_TOKEN": "xapp-bench",
            "SLACK_API_URL": stub.url,
            "DATABASE_URL": url,
            "LOG_LEVEL": "ERROR",
        }
        began = time.perf_counter()
        process = await _start(env, "-m", "bot", "run")
        try:
            took = await asyncio.wait_for(stub.acknowledged, 60) - began
            return took, resident(process.pid)
        finally:
            process.terminate()
            await process.wait()


async def _bare() -> tuple[float, float]:
    began = time.perf_counter()
    process = await _start({}, "-c", BARE)
    assert process.stdout is not None, "it was asked for"
    await process.stdout.readline()
    took = time.perf_counter() - began
    megabytes = resident(process.pid)
    process.terminate()
    await process.wait()
    return took, megabytes


async def _start(env: Mapping[str, str], *words: str) -> asyncio.subprocess.Process:
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(
        sys.executable, *words, env=os.environ | env, cwd=ROOT, stdin=pipe, stdout=pipe
    )
