"""The first minute of a newcomer, in a real browser: log, raise a blocker, be the manager, and read the next digest."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, async_playwright, expect

from bot.app import InnerCircle
from bot.demo import Demo, put_on_the_path, settings_for
from sandbox import manifest
from sandbox.clock import MovableClock
from sandbox.server import Sandbox
from tests.browser.chromium import FLAGS, chromium
from tests.world import MONDAY_NOON, ROOT

pytestmark = pytest.mark.browser


@pytest.fixture
async def demo(sqlite_url: str) -> AsyncIterator[Sandbox]:
    """The demo as `make demo` opens it, on a Monday."""
    sandbox = Sandbox(manifest.read(ROOT / "manifest.yml"), MovableClock(MONDAY_NOON, frozen=True))
    await sandbox.start()
    bot = InnerCircle(settings_for(sandbox, sqlite_url), sandbox.clock)
    await bot.start()
    follower = Demo(sandbox, bot)
    await put_on_the_path(follower)
    sandbox.clock.follow(follower)
    yield sandbox
    await bot.stop()
    await sandbox.stop()


@pytest.fixture
async def page(demo: Sandbox) -> AsyncIterator[Page]:
    """A browser in which somebody is Ana, in #acme."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        opened = await browser.new_page(viewport={"width": 1280, "height": 860})
        opened.set_default_timeout(20_000)
        expect.set_options(timeout=20_000)  # as patient with what is to be seen as with what is to be pressed
        await opened.goto(f"{demo.url}/#as=ana&in=%23acme")
        yield opened
        await browser.close()


TRIES = 3


async def type_in(page: Page, text: str) -> None:
    """Type and send; where the app did not answer in time, what was typed stays, and a person presses Enter again."""
    composer = page.get_by_test_id("composer")
    await composer.fill(text)
    for _ in range(TRIES):
        await composer.press("Enter")
        await expect(composer).not_to_have_attribute("aria-busy", "true")
        if not await composer.input_value():
            return
    raise AssertionError(f"{text} was not answered")


async def become(page: Page, handle: str) -> None:
    await page.get_by_test_id("persona-switcher").click()
    await page.get_by_test_id(f"persona-{handle}").click()


async def test_a_newcomer_logs_raises_a_blocker_and_reads_the_managers_digest(page: Page) -> None:
    messages = page.get_by_test_id("message")

    await type_in(page, "/log 2h30 landing page #acme")
    await expect(messages.last).to_contain_text("2 h 30 · landing page · #acme")
    await expect(messages.last).to_contain_text("week 2 h 30 of 30 h")

    await type_in(page, "/blocker")
    form = page.get_by_test_id("modal")
    await form.get_by_test_id("field-what").locator("textarea").fill("No edit access to the Figma file")
    await form.get_by_test_id("field-kind").get_by_role("combobox").click()
    await page.get_by_test_id("option-access").click()
    await expect(form).to_contain_text("Goes to @Olivia Park")
    await page.get_by_test_id("modal-submit").click()
    card = messages.filter(has_text="is stuck").last
    await expect(card).to_contain_text("Open")

    await become(page, "bruno")
    await card.get_by_test_id("action-blocker.take").click()
    await expect(card).to_contain_text("On it")

    await page.get_by_test_id("clock-next-morning").click()
    await expect(page.get_by_test_id("clock")).to_contain_text("Tue, Nov 24, 08:45")
    await page.get_by_test_id("app-dm").click()
    await page.get_by_test_id("messages-tab").click()
    digest = messages.last
    await expect(digest).to_contain_text("Tue 24 Nov")
    await expect(digest).to_contain_text("No edit access to the Figma file")
    await expect(digest.locator("table").first).to_contain_text("2 h 30")
    await expect(digest.get_by_test_id("chart")).to_be_visible()
