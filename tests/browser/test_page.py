"""The workspace's page in a real browser, over a real sandbox and a real Bolt app."""

import asyncio
import json
from typing import Any

import pytest
from playwright.async_api import Browser, Page, Route, expect

from sandbox.server import Sandbox
from tests.sandbox.helpers import MONDAY, Running, home, modal, plain, question, section, web_client

pytestmark = pytest.mark.browser


async def post(sandbox: Sandbox, text: str, *blocks: dict[str, Any]) -> None:
    channel = sandbox.env()["CHANNEL_ACME"]
    await web_client(sandbox).chat_postMessage(channel=channel, text=text, blocks=list(blocks) or None)


async def test_the_first_screen_asks_who_you_want_to_be_and_leaves_out_who_cannot_be(
    browser: Browser, sandbox: Sandbox
) -> None:
    page = await browser.new_page()
    await page.goto(sandbox.url)
    await expect(page.get_by_test_id("persona-ana")).to_contain_text("Product designer")
    assert await page.locator("[data-testid=persona-tomas], [data-testid=persona-builds]").count() == 0
    await page.get_by_test_id("persona-ana").click()
    await expect(page.get_by_test_id("persona-switcher")).to_contain_text("Ana Reis")
    assert "as=ana" in page.url


@pytest.mark.parametrize(
    ("who", "shown"),
    [("ana", "2026-11-23 23:30"), ("bruno", "2026-11-24 03:30"), ("jun", "2026-11-24 10:30")],
)
async def test_a_date_is_read_in_the_zone_of_who_reads_it(page: Page, sandbox: Sandbox, who: str, shown: str) -> None:
    moment = int(MONDAY.timestamp()) + 63_000
    await post(sandbox, f"Due <!date^{moment}^{{date_num}} {{time}}|soon>")
    await page.get_by_test_id("persona-switcher").click()
    await page.get_by_test_id(f"persona-{who}").click()
    await expect(page.get_by_test_id("message").last).to_contain_text(f"Due {shown}")


async def test_what_people_type_is_shown_and_never_becomes_markup(page: Page) -> None:
    await page.get_by_test_id("composer").fill('*bold* <img src=x onerror="document.title=1"> & `<b>code</b>`')
    await page.keyboard.press("Enter")
    message = page.get_by_test_id("message").last
    await expect(message.locator("strong", has_text="bold")).to_have_count(1)
    await expect(message).to_contain_text('<img src=x onerror="document.title=1"> & <b>code</b>')
    assert await message.locator("img").count() == 0


async def test_a_command_that_is_not_answered_says_so_and_keeps_what_was_typed(page: Page) -> None:
    await page.get_by_test_id("composer").fill("/log 1h review")
    await page.get_by_test_id("composer").press("Enter")
    await expect(page.get_by_text("did not answer")).to_be_visible()
    await expect(page.get_by_test_id("composer")).to_have_value("/log 1h review")


async def test_nothing_can_be_typed_before_there_is_a_conversation_to_type_it_into(
    browser: Browser, sandbox: Sandbox
) -> None:
    page, seen = await browser.new_page(), asyncio.Event()

    async def later(route: Route) -> None:
        await seen.wait()
        await route.continue_()

    await page.route("**/_control/see*", later)
    await page.goto(f"{sandbox.url}/#as=ana&in=%23acme")
    await expect(page.get_by_test_id("composer")).to_be_disabled()
    seen.set()
    await page.get_by_test_id("composer").fill("I waited")
    await page.get_by_test_id("composer").press("Enter")
    await expect(page.get_by_test_id("message").last).to_contain_text("I waited")


async def test_tab_completes_a_command_and_only_the_typist_sees_the_answer(
    page: Page, sandbox: Sandbox, bolt: Running
) -> None:
    @bolt.app.command("/log")
    async def log(ack: Any, command: Any) -> None:
        await ack(text=f"Logged {command['text']}")

    await bolt.connect()
    await page.get_by_test_id("composer").click()
    await page.keyboard.type("/lo")
    await page.keyboard.press("Tab")
    await expect(page.get_by_test_id("composer")).to_have_value("/log ")
    await page.keyboard.type("2h")
    await page.keyboard.press("Enter")
    await expect(page.get_by_test_id("message").last).to_contain_text("Only visible to you")
    await expect(page.get_by_test_id("message").last).to_contain_text("Logged 2h")
    assert sandbox.sight.messages("bruno", "#acme")["messages"] == []


async def opened_form(page: Page, bolt: Running) -> None:
    @bolt.app.shortcut("do.it")
    async def do_it(ack: Any, body: Any, client: Any) -> None:
        await client.views_open(
            trigger_id=body["trigger_id"], view=modal(question("what"), question("why"), notify_on_close=True)
        )
        await ack()

    await bolt.connect()
    await page.get_by_test_id("shortcuts").click()
    await page.get_by_test_id("shortcut-do.it").click()
    await page.get_by_test_id("modal").wait_for()


async def test_typing_in_a_form_survives_new_messages_and_an_update_of_the_form(
    page: Page, sandbox: Sandbox, bolt: Running
) -> None:
    await opened_form(page, bolt)
    what = page.get_by_test_id("field-what").get_by_role("textbox")
    await expect(what).to_be_focused()
    await page.keyboard.type("half a ")
    await sandbox.people.type("bruno", "#acme", "noise")
    await page.get_by_text("noise").wait_for(state="attached")
    await page.keyboard.type("sentence")
    view = sandbox.sight.see("ana", sandbox.clock.now())["modals"][0]["id"]
    changed = {**question("what"), "hint": plain("A hint that came later")}
    await web_client(sandbox).views_update(view_id=view, view=modal(changed, question("why"), question("more")))
    await page.get_by_test_id("field-more").wait_for()
    await page.keyboard.type(", all of it")
    await expect(what).to_have_value("half a sentence, all of it")


async def test_an_error_is_tied_to_its_field_and_goes_when_it_is_mended(page: Page, bolt: Running) -> None:
    @bolt.app.view("form")
    async def form(ack: Any) -> None:
        await ack(response_action="errors", errors={"why": "Say why in other words."})

    await opened_form(page, bolt)
    for block in ("what", "why"):
        await page.get_by_test_id(f"field-{block}").get_by_role("textbox").fill("words")
    await page.get_by_test_id("modal-submit").click()
    why = page.get_by_test_id("field-why").get_by_role("textbox")
    await expect(why).to_be_focused()
    await expect(why).to_have_attribute("aria-invalid", "true")
    await expect(why).to_have_accessible_description("Say why in other words.")
    await why.fill("other words")
    await expect(why).not_to_have_attribute("aria-invalid", "true")


async def test_tab_stays_in_a_form_and_escape_closes_it_and_gives_the_focus_back(page: Page, bolt: Running) -> None:
    @bolt.app.view_closed("form")
    async def closed(ack: Any, body: Any) -> None:
        await ack()
        bolt.seen.put_nowait(body["is_cleared"])

    await opened_form(page, bolt)
    for _ in range(9):
        await page.keyboard.press("Tab")
        assert await page.evaluate("Boolean(document.activeElement.closest('[data-testid=modal]'))")
    await page.keyboard.press("Escape")
    await page.get_by_test_id("modal").wait_for(state="detached")
    assert await bolt.next() is True
    await expect(page.get_by_test_id("shortcuts")).to_be_focused()


async def test_the_home_tab_tells_the_app_and_shows_what_it_publishes(
    page: Page, sandbox: Sandbox, bolt: Running
) -> None:
    @bolt.app.event("app_home_opened")
    async def opened(event: Any, client: Any) -> None:
        await client.views_publish(user_id=event["user"], view=home(section("Good *morning*")))

    await expect(page.get_by_test_id("connection")).to_contain_text("is not connected")
    await bolt.connect()
    await page.get_by_test_id("app-dm").click()
    await expect(page.get_by_test_id("home-tab")).to_have_attribute("aria-selected", "true")
    await expect(page.get_by_test_id("home")).to_contain_text("Good morning")
    await expect(page.get_by_test_id("connection")).to_contain_text("is connected")
    assert sandbox.sight.state(sandbox.clock.now(), 1)["app"]["connected"]


async def test_the_clock_goes_to_the_next_morning_of_who_you_are(page: Page, sandbox: Sandbox) -> None:
    await page.get_by_test_id("clock-end-of-day").click()
    await expect(page.get_by_test_id("persona-switcher")).to_contain_text("17:30")
    await page.get_by_test_id("clock-next-morning").click()
    await expect(page.get_by_test_id("persona-switcher")).to_contain_text("08:45")
    assert sandbox.clock.now().isoformat() == "2026-11-24T11:45:00+00:00"


async def test_a_chart_tells_its_values_in_words(page: Page, sandbox: Sandbox) -> None:
    data = [{"label": "Mon", "value": 3}, {"label": "Tue", "value": 4.5}]
    chart = {"type": "line", "series": [{"name": "Ana", "data": data}], "axis_config": {"categories": ["Mon", "Tue"]}}
    await post(sandbox, "Mood", {"type": "data_visualization", "title": "Mood by day", "chart": chart})
    picture = page.get_by_test_id("chart").get_by_role("img")
    await expect(picture).to_have_accessible_name("Mood by day Ana: Mon 3, Tue 4.5")


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_a_narrow_window_has_a_drawer_and_nothing_sticks_out(
    browser: Browser, sandbox: Sandbox, theme: Any
) -> None:
    await post(sandbox, "Long", section("word " * 80 + "x" * 120))
    page = await browser.new_page(viewport={"width": 360, "height": 640}, color_scheme=theme)
    await page.goto(f"{sandbox.url}/#as=ana&in=%23acme")
    await page.get_by_test_id("message").wait_for()
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth && main.scrollWidth <= innerWidth")
    await expect(page.get_by_test_id("channel-general")).not_to_be_visible()
    await page.get_by_test_id("drawer").click()
    await page.get_by_test_id("channel-general").click()
    await expect(page.locator("#main h2")).to_have_text("#general")
    assert json.loads(await page.evaluate("JSON.stringify(getComputedStyle(document.body).backgroundColor)")) == (
        "rgb(255, 255, 255)" if theme == "light" else "rgb(22, 25, 27)"
    )
