"""What a real, unmodified Bolt app sees of the sandbox over Socket Mode."""

import asyncio
from typing import Any

import pytest

from sandbox.errors import Mistake
from sandbox.server import Sandbox
from tests.sandbox.helpers import Running, button, section


async def shown(sandbox: Sandbox, who: str, channel: str = "#acme") -> list[str]:
    return [message["text"] for message in sandbox.sight.messages(who, channel)["messages"]]


async def test_a_commands_answer_is_seen_by_the_one_who_typed_only(sandbox: Sandbox, bolt: Running) -> None:
    @bolt.app.command("/log")
    async def log(ack: Any, command: Any) -> None:
        await ack(text=f"Logged {command['text']}")

    await bolt.connect()
    answer = await sandbox.people.type("ana", "#acme", "/log 2h on <this> & that for @bruno in #acme")

    assert answer == {"acked": True}
    env = sandbox.env()
    expected = f"Logged 2h on &lt;this&gt; &amp; that for <@{env['USER_BRUNO']}|bruno> in <#{env['CHANNEL_ACME']}|acme>"
    assert await shown(sandbox, "ana") == [expected]
    assert await shown(sandbox, "bruno") == []


async def test_a_command_without_should_escape_comes_as_typed(sandbox: Sandbox, bolt: Running) -> None:
    @bolt.app.command("/raw")
    async def raw(ack: Any, command: Any) -> None:
        await ack()
        bolt.seen.put_nowait(command)

    await bolt.connect()
    await sandbox.people.command("ana", "/raw", "for @bruno", channel="@app")
    command = await bolt.next()

    assert command["text"] == "for @bruno"
    assert command["channel_name"] == "directmessage"
    assert command["is_enterprise_install"] == "false"


async def test_an_answer_in_channel_shows_the_command_too(sandbox: Sandbox, bolt: Running) -> None:
    @bolt.app.command("/log")
    async def log(ack: Any) -> None:
        await ack(text="All can read", response_type="in_channel")

    await bolt.connect()
    await sandbox.people.command("ana", "/log", "2h", channel="#acme")

    assert await shown(sandbox, "bruno") == ["/log 2h", "All can read"]


async def test_pressing_a_button_can_replace_its_message(sandbox: Sandbox, bolt: Running) -> None:
    @bolt.app.action("go")
    async def go(ack: Any, respond: Any, body: Any) -> None:
        await respond(text="Done", replace_original=True)
        await ack()
        bolt.seen.put_nowait(body)

    await bolt.connect()
    sent = await bolt.app.client.chat_postMessage(
        channel=sandbox.env()["USER_ANA"], text="Press", blocks=[section("Press"), button("go", "7")]
    )
    told = await sandbox.people.press("ana", "go", channel="@app", ts=sent["ts"])
    body = await bolt.next()

    assert told == {"acked": True, "sent": True}
    assert body["actions"][0]["value"] == "7"
    assert body["message"]["ts"] == sent["ts"]
    assert await shown(sandbox, "ana", "@app") == ["Done"]


async def test_an_ephemeral_message_can_be_replaced_and_deleted(sandbox: Sandbox, bolt: Running) -> None:
    @bolt.app.command("/log")
    async def log(ack: Any) -> None:
        await ack(text="Sure?", blocks=[section("Sure?"), button("go")])

    @bolt.app.action("go")
    async def go(ack: Any, respond: Any, body: Any) -> None:
        await ack()
        again = {"text": "Really?", "blocks": [button("gone")], "replace_original": True}
        await respond(**again)
        bolt.seen.put_nowait(body)

    @bolt.app.action("gone")
    async def gone(ack: Any, respond: Any) -> None:
        await respond(delete_original=True)
        await ack()

    await bolt.connect()
    await sandbox.people.command("ana", "/log", channel="#acme")
    ts = sandbox.sight.messages("ana", "#acme")["messages"][0]["ts"]
    await sandbox.people.press("ana", "go", channel="#acme", ts=ts)
    body = await bolt.next()
    replaced = await shown(sandbox, "ana")
    await sandbox.people.press("ana", "gone", channel="#acme", ts=ts)

    assert body["container"]["is_ephemeral"] is True
    assert "message" not in body
    assert replaced == ["Really?"]
    assert await shown(sandbox, "ana") == []


async def test_messages_in_the_apps_direct_message_reach_it(sandbox: Sandbox, bolt: Running) -> None:
    @bolt.app.event("message")
    async def heard(event: Any) -> None:
        bolt.seen.put_nowait(event)

    await bolt.connect()
    await sandbox.people.type("ana", "@app", "log 2h & more, @bruno")
    event = await bolt.next()

    assert event["channel_type"] == "im"
    assert event["text"] == f"log 2h &amp; more, <@{sandbox.env()['USER_BRUNO']}>"
    assert event["blocks"][0]["type"] == "rich_text"


async def test_people_coming_and_changing_are_events(sandbox: Sandbox, bolt: Running) -> None:
    @bolt.app.event("team_join")
    @bolt.app.event("user_change")
    @bolt.app.event("member_joined_channel")
    async def heard(event: Any) -> None:
        bolt.seen.put_nowait(event)

    await bolt.connect()
    await sandbox.people.join_team("mia", "Mia Chen", "Asia/Taipei", "multi_guest", "Writer")
    joined, general = await bolt.next(), await bolt.next()
    await sandbox.people.change_person("mia", tz="Europe/Lisbon")
    changed = await bolt.next()

    assert joined["user"]["tz_offset"] == 8 * 3600
    assert joined["user"]["is_restricted"] is True
    assert general["channel"] == sandbox.env()["CHANNEL_GENERAL"]
    assert changed["user"]["tz"] == "Europe/Lisbon"


async def test_a_message_shortcut_brings_the_message(sandbox: Sandbox, bolt: Running) -> None:
    @bolt.app.shortcut("keep.it")
    async def keep(ack: Any, shortcut: Any) -> None:
        await ack()
        bolt.seen.put_nowait(shortcut)

    await bolt.connect()
    said = await sandbox.people.type("bruno", "#acme", "Keep me")
    await sandbox.people.shortcut("ana", "keep.it", channel="#acme", ts=said["ts"])

    assert (await bolt.next())["message"]["text"] == "Keep me"


async def test_single_channel_guests_have_no_commands(sandbox: Sandbox) -> None:
    with pytest.raises(Mistake, match="restricted"):
        await sandbox.people.command("jun", "/log", "2h", channel="#acme")


async def test_after_a_disconnection_the_app_comes_back_and_hears_again(sandbox: Sandbox, bolt: Running) -> None:
    @bolt.app.command("/log")
    async def log(ack: Any) -> None:
        await ack("Here")

    await bolt.connect()
    await sandbox.sockets.disconnect()
    await asyncio.wait_for(sandbox.sockets.opened.wait(), 5)

    assert await sandbox.people.command("ana", "/log", channel="#acme") == {"acked": True}
