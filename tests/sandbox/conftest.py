"""A fresh sandbox for each test, and the SDKs to talk to it."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.clock import MovableClock
from sandbox.manifest import Manifest, parse
from sandbox.pace import Pace
from sandbox.server import Sandbox
from tests.sandbox.helpers import MANIFEST, MONDAY, Running, Starter, web_client


@pytest.fixture
def manifest() -> Manifest:
    return parse(MANIFEST)


@pytest.fixture
async def start(manifest: Manifest) -> AsyncIterator[Starter]:
    async with AsyncExitStack() as stack:

        async def begin(text: str = "", *, pace: Pace | None = None, frozen: bool = True) -> Sandbox:
            clock = MovableClock(MONDAY, frozen=frozen)
            sandbox = Sandbox(parse(text) if text else manifest, clock, pace=pace)
            await sandbox.start()
            stack.push_async_callback(sandbox.stop)
            return sandbox

        yield begin


@pytest.fixture
async def sandbox(start: Starter) -> Sandbox:
    return await start()


@pytest.fixture
def client(sandbox: Sandbox) -> AsyncWebClient:
    return web_client(sandbox)


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def bolt(sandbox: Sandbox) -> AsyncIterator[Running]:
    running = Running(sandbox)
    yield running
    await running.handler.close_async()
