"""A small sandbox, its app, and a browser in which somebody is ana in #acme."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page, async_playwright

from sandbox.clock import MovableClock
from sandbox.manifest import parse
from sandbox.server import Sandbox
from tests.browser.chromium import FLAGS, chromium
from tests.sandbox.helpers import MONDAY, Running, manifest_with

MORE = "files:read files:write mpim:read mpim:history users:read.email"


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    started = Sandbox(parse(manifest_with(MORE)), MovableClock(MONDAY, frozen=True))
    await started.start()
    yield started
    await started.stop()


@pytest.fixture
async def bolt(sandbox: Sandbox) -> AsyncIterator[Running]:
    running = Running(sandbox)
    yield running
    await running.handler.close_async()


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield opened
        await opened.close()


@pytest.fixture
async def page(browser: Browser, sandbox: Sandbox) -> AsyncIterator[Page]:
    """A page as ana in #acme; the test fails when the page itself complained of anything."""
    opened = await browser.new_page(viewport={"width": 1280, "height": 800})
    opened.set_default_timeout(10_000)
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on(
        "console", lambda said: complaints.append(f"{said.text} {said.location}") if said.type == "error" else None
    )
    await opened.goto(f"{sandbox.url}/#as=ana&in=%23acme")
    await opened.get_by_test_id("composer").wait_for()
    yield opened
    assert complaints == []
