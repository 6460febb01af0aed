"""Files: people share them, the app reads and shares them, and strangers get a login page."""

import base64
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.errors import Mistake
from sandbox.files import LARGEST
from sandbox.server import Sandbox
from tests.sandbox.helpers import Starter, heard, manifest_with, section, web_client

SCOPES = "files:read files:write mpim:history app_mentions:read"
EVENTS = "file_shared message.mpim app_mention"
CSV = "day,hours\nMon,2\n"


@pytest.fixture
async def office(start: Starter) -> Sandbox:
    """A sandbox whose app may read and write files."""
    return await start(manifest_with(SCOPES, EVENTS))


async def fetch(http: aiohttp.ClientSession, url: str, token: str = "") -> tuple[int, str, bytes]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with http.get(url, headers=headers) as response:
        return response.status, response.content_type, await response.read()


async def refused(client: AsyncWebClient, name: str, **args: Any) -> str:
    with pytest.raises(SlackApiError) as refusal:
        await client.api_call(name, json=args)
    return str(refusal.value.response["error"])


async def test_a_person_shares_a_file_and_the_app_hears_of_it(office: Sandbox) -> None:
    shared = await office.people.upload("ana", "@app", "Week 48.csv", CSV.encode(), "My *week* @bruno")
    message, told = heard(office, "message")[-1], heard(office, "file_shared")[-1]
    file = message["files"][0]

    assert (message["subtype"], message["channel_type"], message["ts"]) == ("file_share", "im", shared["ts"])
    assert message["text"] == f"My *week* <@{office.env()['USER_BRUNO']}>"
    assert (file["name"], file["mimetype"], file["filetype"]) == ("Week 48.csv", "text/csv", "csv")
    assert (file["size"], file["mode"], file["user"]) == (len(CSV), "hosted", office.env()["USER_ANA"])
    assert (told["file_id"], told["channel_id"]) == (shared["file"], message["channel"])


async def test_a_file_may_come_without_a_word_and_into_a_thread(office: Sandbox) -> None:
    first = await office.people.type("ana", "#acme", "See below")
    shared = await office.people.upload("ana", "#acme", "a.bin", b"\xff\x00", thread_ts=first["ts"])
    message = heard(office, "message")[-1]

    assert (message["thread_ts"], message["text"], "blocks" in message) == (first["ts"], "", False)
    assert message["files"][0]["mimetype"] == "application/octet-stream"
    assert office.people.file("bruno", shared["file"]).data == b"\xff\x00"


async def test_a_mention_beside_a_file_is_a_mention(office: Sandbox) -> None:
    await office.people.upload("ana", "#acme", "a.txt", b"x", "@tester look")

    assert heard(office, "app_mention")[-1]["files"][0]["filetype"] == "text"


async def test_the_app_downloads_with_its_token(office: Sandbox, http: aiohttp.ClientSession) -> None:
    shared = await office.people.upload("ana", "#acme", "week.csv", CSV.encode())
    info = await web_client(office).files_info(file=shared["file"])
    acme, token = office.env()["CHANNEL_ACME"], office.app.bot_token.secret

    assert (info["file"]["channels"], info["file"]["is_public"]) == ([acme], True)
    assert info["file"]["shares"]["public"][acme][0]["ts"] == shared["ts"]
    for name in ("url_private", "url_private_download"):
        assert await fetch(http, info["file"][name], token) == (200, "text/csv", CSV.encode())


async def test_whoever_may_not_read_gets_a_login_page_as_from_slack(
    office: Sandbox, start: Starter, http: aiohttp.ClientSession
) -> None:
    without = await start(manifest_with("files:write"))
    for sandbox, channel, token in (
        (office, "#acme", ""),
        (office, "#acme", "xoxb-nobody"),
        (office, "#acme", office.app.app_token.secret),
        (office, "#random", office.app.bot_token.secret),
        (without, "#acme", without.app.bot_token.secret),
    ):
        shared = await sandbox.people.upload("ana", channel, "a.csv", CSV.encode())
        file = sandbox.workspace.cabinet.files[shared["file"]]
        url = sandbox.workspace.file_wire(file)["url_private"]
        status, kind, body = await fetch(http, url, token)
        assert (status, kind) == (200, "text/html")
        assert b"Sign in" in body


async def test_files_elsewhere_do_not_exist_for_the_app(office: Sandbox, http: aiohttp.ClientSession) -> None:
    hidden = await office.people.upload("ana", "#random", "a.csv", CSV.encode())
    client, base = web_client(office), f"{office.url}/files-pri/{office.env()['TEAM_ID']}"

    assert await refused(client, "files.info", file=hidden["file"]) == "file_not_found"
    assert await refused(client, "files.info", file="F000") == "file_not_found"
    assert (await fetch(http, f"{base}-F000/a.csv", office.app.bot_token.secret))[0] == 404


async def test_reading_needs_the_scope(sandbox: Sandbox, client: AsyncWebClient) -> None:
    shared = await sandbox.people.upload("ana", "#acme", "a.csv", CSV.encode())

    assert await refused(client, "files.info", file=shared["file"]) == "missing_scope"
    assert await refused(client, "files.getUploadURLExternal", filename="a", length=1) == "missing_scope"


@pytest.mark.parametrize(
    ("channel", "name", "data", "sentence"),
    [
        ("#acme", "a.csv", b"x" * (LARGEST + 1), "larger than 5 MB"),
        ("#acme", "a.csv", b"", "something in it"),
        ("#acme", "folder/", b"x", "needs a name"),
        ("#leads", "a.csv", b"x", "sees no conversation"),
    ],
)
async def test_what_people_cannot_share(sandbox: Sandbox, channel: str, name: str, data: bytes, sentence: str) -> None:
    with pytest.raises(Mistake, match=sentence):
        await sandbox.people.upload("ana", channel, name, data)


async def test_the_app_shares_a_file_in_a_thread(office: Sandbox) -> None:
    client, acme = web_client(office), office.env()["CHANNEL_ACME"]
    parent = await client.chat_postMessage(channel=acme, text="Exports")
    done = await client.files_upload_v2(
        channel=acme, content=CSV, filename="week.csv", title="The week", initial_comment="Here", thread_ts=parent["ts"]
    )
    message = office.sight.messages("ana", "#acme", parent["ts"])["messages"][-1]
    file = office.people.file("ana", done["file"]["id"])

    assert (message["text"], message["bot_id"], message["subtype"]) == (
        "Here",
        office.workspace.bot.bot_id,
        "file_share",
    )
    assert (message["files"][0]["title"], file.name, file.data) == ("The week", "week.csv", CSV.encode())


async def test_the_app_shares_with_blocks_or_keeps_a_file_to_itself(
    office: Sandbox, http: aiohttp.ClientSession
) -> None:
    client, acme = web_client(office), office.env()["CHANNEL_ACME"]
    kept = await client.files_upload_v2(content=CSV, filename="week.csv")
    begun = await client.files_getUploadURLExternal(filename="a.txt", length=1)
    form = aiohttp.FormData()
    form.add_field("file", b"x", filename="a.txt")
    async with http.post(begun["upload_url"], data=form) as response:
        assert await response.text() == "OK - 1"
    files = [{"id": begun["file_id"]}]
    await client.api_call(
        "files.completeUploadExternal", json={"files": files, "channel_id": acme, "blocks": [section("Here")]}
    )

    assert office.sight.messages("ana", "#acme")["messages"][-1]["blocks"][0]["text"]["text"] == "Here"
    assert (await client.files_info(file=kept["file"]["id"]))["file"]["shares"] == {}
    with pytest.raises(Mistake, match="sees no file"):
        office.people.file("ana", kept["file"]["id"])


async def test_what_slack_refuses_of_an_upload(office: Sandbox, http: aiohttp.ClientSession) -> None:
    client, env = web_client(office), office.env()
    begun = await client.files_getUploadURLExternal(filename="a.txt", length=2)
    finish = "files.completeUploadExternal"
    files = [{"id": begun["file_id"]}]

    assert await refused(client, "files.getUploadURLExternal", filename="a", length=0) == "invalid_arguments"
    too_large = await refused(client, "files.getUploadURLExternal", filename="a", length=LARGEST + 1)
    assert too_large == "file_upload_size_restricted"
    async with http.post(begun["upload_url"], data=b"x") as response:
        assert response.status == 400
    assert await refused(client, finish, files=files, channel_id=env["CHANNEL_ACME"]) == "file_not_found"
    async with http.post(begun["upload_url"], data=b"xy") as response:
        assert response.status == 200
    assert await refused(client, finish, files=[], channel_id=env["CHANNEL_ACME"]) == "invalid_arguments"
    assert await refused(client, finish, files=files, channel_id=env["CHANNEL_RANDOM"]) == "not_in_channel"
    assert await refused(client, finish, files=files, channel_id=env["USER_ANA"]) == "channel_not_found"
    wrong_thread = await refused(client, finish, files=files, channel_id=env["CHANNEL_ACME"], thread_ts="1.1")
    assert wrong_thread == "invalid_arguments"
    await client.api_call(finish, json={"files": files, "channel_id": env["CHANNEL_ACME"]})
    assert await refused(client, finish, files=files, channel_id=env["CHANNEL_ACME"]) == "file_not_found"


async def test_files_go_through_the_control_api(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    control = f"{sandbox.url}/_control"
    png = b"\x89PNG\r\n\x1a\n"
    common = {"as": "ana", "channel": "#acme", "filename": "a.png", "comment": "x"}
    for content in ({"text": CSV}, {"base64": base64.b64encode(png).decode()}):
        async with http.post(f"{control}/upload", json={**common, **content}) as response:
            shared = await response.json()
        asked = {"as": "bruno", "file": shared["file"]}
        async with http.get(f"{control}/file", params=asked) as response:
            read = await response.json()
        async with http.get(f"{control}/download", params=asked) as response:
            assert response.headers["Content-Disposition"] == "attachment; filename*=UTF-8''a.png"
            assert await response.read() == base64.b64decode(read["base64"])
        assert read.get("text") == content.get("text")
        assert read["file"]["name"] == "a.png"
    async with http.get(f"{control}/download", params={"as": "ana", "file": "F1"}) as response:
        assert response.status == 404
    async with http.post(f"{control}/upload", json=common | {"base64": "%"}) as response:
        assert "base64" in (await response.json())["error"]
