"""Group messages: the app opens one, and people read, write, press and run commands there."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.errors import Mistake
from sandbox.server import Sandbox
from tests.sandbox.helpers import MANIFEST, Running, Starter, button, heard, manifest_with, section, web_client

SCOPES, EVENTS = "mpim:read mpim:history", "message.mpim"
META = {"event_type": "card", "event_payload": {"key": "7"}}


async def opened(sandbox: Sandbox, *handles: str) -> str:
    env = sandbox.env()
    people = ",".join(env[f"USER_{handle.upper()}"] for handle in handles)
    return str((await web_client(sandbox).conversations_open(users=people))["channel"]["id"])


async def test_both_people_have_it_in_their_sidebar_and_others_do_not(start: Starter) -> None:
    sandbox = await start(manifest_with(SCOPES, EVENTS))
    group = await opened(sandbox, "ana", "bruno")
    await web_client(sandbox).chat_postMessage(channel=group, text="Hello both")
    seen = {
        who: [one for one in sandbox.sight.see(who, sandbox.clock.now())["conversations"] if one["kind"] == "mpim"]
        for who in ("ana", "bruno", "lena")
    }

    assert [one["name"] for one in seen["ana"]] == ["Bruno Vidal, Tester"]
    assert [(one["name"], one["unread"], one["mentions"]) for one in seen["bruno"]] == [("Ana Reis, Tester", 1, 1)]
    assert seen["lena"] == []


async def test_it_is_found_by_who_is_in_it(start: Starter) -> None:
    sandbox = await start(manifest_with(SCOPES, EVENTS))
    with pytest.raises(Mistake, match="sees no conversation"):
        sandbox.sight.messages("ana", "@ana+@bruno")
    group = await opened(sandbox, "ana", "bruno")
    await sandbox.people.type("ana", "@bruno+@ana", "Hello")

    for who, where in (("ana", "@bruno+@app"), ("bruno", "@ana+@bruno"), ("bruno", group)):
        assert [one["text"] for one in sandbox.sight.messages(who, where)["messages"]] == ["Hello"]
    with pytest.raises(Mistake, match="sees no conversation"):
        sandbox.sight.messages("lena", "@ana+@bruno")
    with pytest.raises(Mistake, match="sees no conversation"):
        sandbox.sight.messages("lena", group)


async def test_opening_it_again_gives_the_same_one(sandbox: Sandbox, client: AsyncWebClient) -> None:
    group = await opened(sandbox, "ana", "bruno")
    again = await client.conversations_open(users=f"{sandbox.env()['USER_BRUNO']},{sandbox.env()['USER_ANA']}")

    assert (again["channel"]["id"], again["already_open"]) == (group, True)
    assert await opened(sandbox, "ana", "bruno", "lena") != group


async def test_a_group_needs_its_own_scope(start: Starter) -> None:
    kept = [line for line in MANIFEST.splitlines() if line.strip() != "- mpim:write"]
    sandbox = await start("\n".join(kept))
    with pytest.raises(SlackApiError) as refusal:
        await opened(sandbox, "ana", "bruno")

    assert refusal.value.response["needed"] == "mpim:write"


async def test_the_app_hears_updates_and_finds_its_message_by_metadata(start: Starter) -> None:
    sandbox = await start(manifest_with(SCOPES, EVENTS))
    client, group = web_client(sandbox), await opened(sandbox, "ana", "bruno")
    sent = await client.chat_postMessage(channel=group, text="Open", metadata=META)
    await client.chat_update(channel=group, ts=sent["ts"], text="Done", metadata=META)
    await sandbox.people.type("bruno", group, "thanks")
    read = (await client.conversations_history(channel=group, include_all_metadata=True))["messages"]
    said = heard(sandbox, "message")[-1]
    listed = (await client.conversations_list(types="mpim"))["channels"]

    assert [one["text"] for one in read] == ["thanks", "Done"]
    assert read[1]["metadata"] == META
    assert (said["channel_type"], said["channel"], said["text"]) == ("mpim", group, "thanks")
    assert (listed[0]["id"], listed[0]["is_mpim"], listed[0]["name"]) == (group, True, "mpdm-ana--bruno--tester-1")


async def test_buttons_and_commands_work_there(sandbox: Sandbox, bolt: Running) -> None:
    @bolt.app.action("go")
    async def go(ack: Any, body: Any, respond: Any) -> None:
        await ack()
        await respond(text="Pressed", replace_original=True)
        bolt.seen.put_nowait(body["channel"])

    @bolt.app.command("/log")
    async def log(ack: Any, command: Any) -> None:
        await ack("Logged")
        bolt.seen.put_nowait(command["channel_name"])

    await bolt.connect()
    group = await opened(sandbox, "ana", "bruno")
    sent = await bolt.app.client.chat_postMessage(channel=group, text="x", blocks=[section("x"), button("go")])
    await sandbox.people.press("ana", "go", channel="@ana+@bruno", ts=sent["ts"])
    pressed = await bolt.next()
    await sandbox.people.command("bruno", "/log", "2h", channel=group)

    assert pressed == {"id": group, "name": "mpdm-ana--bruno--tester-1"}
    assert await bolt.next() == "mpdm-ana--bruno--tester-1"
    assert sandbox.sight.messages("bruno", group)["messages"][0]["text"] == "Pressed"
