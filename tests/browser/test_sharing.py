"""Files, photos, group messages and long forms, as the page shows them in a real browser."""

from typing import Any

import pytest
from playwright.async_api import Browser, FilePayload, Page, expect

from sandbox import avatars
from sandbox.server import Sandbox
from tests.sandbox.helpers import Running, button, modal, plain, question, section, web_client

pytestmark = pytest.mark.browser
CSV: FilePayload = {"name": "week.csv", "mimeType": "text/csv", "buffer": b"day,hours\n"}
DROP = """([target, name, text]) => {
    const data = new DataTransfer();
    data.items.add(new File([text], name, {type: "text/plain"}));
    for (const kind of ["dragover", "drop"])
        target.dispatchEvent(new DragEvent(kind, {dataTransfer: data, bubbles: true, cancelable: true}));
}"""


def photo(sandbox: Sandbox, who: str, size: int = 192) -> dict[str, Any]:
    url = f"{sandbox.url}/avatars/{sandbox.env()[f'USER_{who}']}-{size}.png"
    return {"type": "image", "image_url": url, "alt_text": f"Photo of {who.title()}"}


async def test_the_paperclip_shares_a_file_with_what_was_written(page: Page, sandbox: Sandbox) -> None:
    await page.get_by_test_id("file-picker").set_input_files([CSV])
    await expect(page.get_by_test_id("attachment")).to_contain_text("week.csv, 10 bytes")
    await page.get_by_test_id("composer").fill("My *hours*")
    await page.get_by_test_id("send").click()
    message = page.get_by_test_id("message").last
    await expect(message).to_contain_text("My hours")
    await expect(page.get_by_test_id("attachment")).to_have_count(0)
    async with page.expect_download() as download:
        await message.get_by_test_id("file").click()

    file = await download.value
    assert file.suggested_filename == "week.csv"
    assert (await file.path()).read_bytes() == CSV["buffer"]
    assert sandbox.sight.messages("bruno", "#acme")["messages"][-1]["files"][0]["filetype"] == "csv"


async def test_a_file_dropped_on_the_conversation_waits_to_be_sent(page: Page, sandbox: Sandbox) -> None:
    talk = await page.locator(".talk").element_handle()
    for name, text in (("notes.txt", "Notes"), ("empty.txt", "")):
        await page.evaluate(DROP, [talk, name, text])
    await expect(page.get_by_test_id("toast")).to_contain_text("empty.txt is empty")
    await page.get_by_role("button", name="Remove notes.txt").click()
    await expect(page.get_by_test_id("attachment")).to_have_count(0)
    await page.evaluate(DROP, [talk, "more.txt", "More"])
    await page.get_by_test_id("send").click()
    await expect(page.get_by_test_id("file")).to_contain_text("Plain Text, 4 bytes")
    assert len(sandbox.sight.messages("ana", "#acme")["messages"]) == 1


async def test_what_the_app_shares_can_be_saved(page: Page, sandbox: Sandbox) -> None:
    acme = sandbox.env()["CHANNEL_ACME"]
    await web_client(sandbox).files_upload_v2(channel=acme, content="BEGIN", filename="first.ics", title="First week")
    async with page.expect_download() as download:
        await page.get_by_role("link", name="First week").click()
    assert (await (await download.value).path()).read_text() == "BEGIN"


async def test_a_picture_is_seen_and_one_that_is_none_is_a_card(page: Page, sandbox: Sandbox) -> None:
    for data in (avatars.png("AR", "9f69e7", 64), b"no picture"):
        await sandbox.people.upload("bruno", "#acme", "photo.png", data)
    await expect(page.get_by_role("img", name="photo.png").first).to_have_js_property("naturalWidth", 64)
    await expect(page.get_by_test_id("file").last).to_have_text("PNGphoto.pngPNG, 10 bytes")


async def test_photos_are_seen_and_the_newest_message_stays_in_view(page: Page, sandbox: Sandbox) -> None:
    said = {"type": "section", "text": {"type": "mrkdwn", "text": "Bruno"}, "accessory": photo(sandbox, "BRUNO", 72)}
    for _ in range(4):
        await web_client(sandbox).chat_postMessage(
            channel=sandbox.env()["CHANNEL_ACME"], text="Bruno", blocks=[said, photo(sandbox, "BRUNO", 512)]
        )
    await sandbox.people.type("lena", "#acme", "The last word")
    await page.goto("about:blank")
    await page.goto(f"{sandbox.url}/#as=ana&in=%23acme")
    last = page.get_by_role("img", name="Photo of Bruno").last
    await expect(last).to_have_js_property("naturalWidth", 512)
    await expect(page.get_by_text("The last word")).to_be_in_viewport()
    assert await page.locator(".missing").count() == 0


async def test_a_group_message_is_in_the_sidebar_of_everybody_in_it(
    page: Page, sandbox: Sandbox, bolt: Running
) -> None:
    @bolt.app.action("go")
    async def go(ack: Any, respond: Any) -> None:
        await ack()
        await respond(text="Agreed", replace_original=True)

    await bolt.connect()
    env, client = sandbox.env(), web_client(sandbox)
    group = (await client.conversations_open(users=f"{env['USER_ANA']},{env['USER_BRUNO']}"))["channel"]["id"]
    await client.chat_postMessage(channel=group, text="Agree?", blocks=[section("Agree?"), button("go")])
    row = page.get_by_test_id("group-bruno+tester")
    await expect(row).to_contain_text("Bruno Vidal, Tester")
    await row.click()
    await expect(page.locator("#main h2")).to_have_text("Bruno Vidal, Tester")
    await page.get_by_test_id("action-go").click()
    await expect(page.get_by_test_id("message").last).to_contain_text("Agreed")
    await page.get_by_test_id("persona-switcher").click()
    await page.get_by_test_id("persona-bruno").click()
    await expect(page.get_by_test_id("group-ana+tester")).to_be_visible()


async def test_a_channel_that_is_deleted_leaves_the_page_somewhere_else(page: Page, sandbox: Sandbox) -> None:
    await page.wait_for_load_state("networkidle")  # what is asked for while it is being deleted is rightly not found
    await sandbox.people.delete("olivia", "#acme")
    await expect(page.locator("#main h2")).to_have_text("#general")
    await expect(page.get_by_test_id("channel-acme")).to_have_count(0)


async def test_an_owner_archives_brings_back_and_deletes_a_channel(page: Page, sandbox: Sandbox) -> None:
    await page.goto(f"{sandbox.url}/#as=olivia&in=%23acme")
    acme = sandbox.workspace.channels[sandbox.env()["CHANNEL_ACME"]]
    for choice, archived in (("archive", True), ("unarchive", False)):
        await page.get_by_test_id("channel-menu").click()
        await page.get_by_test_id(choice).click()
        await page.get_by_role("menu").wait_for(state="detached")
        await expect(page.locator(".topic")).to_have_text("Archived" if archived else "The Acme project")
        assert acme.archived is archived
    await page.get_by_test_id("channel-menu").click()
    await page.get_by_test_id("delete").click()
    await page.get_by_role("button", name="Delete", exact=True).click()
    await expect(page.get_by_test_id("channel-acme")).to_have_count(0)


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (390, "dark")])
async def test_a_long_form_scrolls_inside_and_keeps_its_buttons_and_its_place(
    browser: Browser, sandbox: Sandbox, bolt: Running, width: int, theme: Any
) -> None:
    rows = [section(f"Item {number}", f"row{number}") for number in range(60)]

    @bolt.app.shortcut("do.it")
    async def do_it(ack: Any, body: Any, client: Any) -> None:
        view = modal(question("first"), *rows, button("go"), title=plain("A long form"))
        await client.views_open(trigger_id=body["trigger_id"], view=view)
        await ack()

    @bolt.app.action("go")
    async def go(ack: Any, body: Any, client: Any) -> None:
        await client.views_push(trigger_id=body["trigger_id"], view=modal(question("more"), title=plain("On top")))
        await ack()

    await bolt.connect()
    page = await browser.new_page(viewport={"width": width, "height": 700}, color_scheme=theme)
    await page.goto(f"{sandbox.url}/#as=ana&in=%23acme")
    await page.get_by_test_id("shortcuts").click()
    await page.get_by_test_id("shortcut-do.it").click()
    await expect(page.get_by_test_id("modal-submit")).to_be_in_viewport(ratio=1)
    await page.get_by_test_id("field-first").get_by_role("textbox").fill("kept")
    await page.get_by_test_id("action-go").scroll_into_view_if_needed()
    await expect(page.get_by_test_id("modal-submit")).to_be_in_viewport(ratio=1)
    await page.get_by_test_id("action-go").click()
    await expect(page.get_by_role("dialog", name="On top")).to_be_visible()
    await page.get_by_test_id("modal-back").click()
    await expect(page.get_by_role("dialog", name="A long form")).to_be_visible()
    await expect(page.get_by_test_id("action-go")).to_be_in_viewport()
    await expect(page.get_by_test_id("field-first").get_by_role("textbox")).to_have_value("kept")
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
