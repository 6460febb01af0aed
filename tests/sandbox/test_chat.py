"""Posting, changing, deleting and reading messages as strictly as Slack."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import Sandbox
from tests.sandbox.helpers import MANIFEST, Starter, button, section, web_client

METADATA = {"event_type": "letter", "event_payload": {"id": "7"}}


async def refused(client: AsyncWebClient, method: str, **args: Any) -> str:
    with pytest.raises(SlackApiError) as refusal:
        await client.api_call(method, json=args)
    return str(refusal.value.response["error"])


async def test_a_users_id_is_their_direct_message(sandbox: Sandbox, client: AsyncWebClient) -> None:
    sent = await client.chat_postMessage(channel=sandbox.env()["USER_ANA"], text="Hello")
    opened = await client.conversations_open(users=sandbox.env()["USER_ANA"], return_im=True)

    assert sent["channel"].startswith("D")
    assert opened["channel"]["id"] == sent["channel"]
    assert opened["already_open"] is True
    assert sent["message"]["bot_id"] == (await client.auth_test())["bot_id"]


POSTS: list[tuple[dict[str, Any], str]] = [
    ({"channel": "#acme"}, "no_text"),
    ({"channel": "C000", "text": "x"}, "channel_not_found"),
    ({"channel": "@leads", "text": "x"}, "channel_not_found"),
    ({"channel": "CHANNEL_LEADS", "text": "x"}, "channel_not_found"),
    ({"channel": "CHANNEL_RANDOM", "text": "x"}, "not_in_channel"),
    ({"channel": "USER_TOMAS", "text": "x"}, "channel_not_found"),
    ({"channel": "USLACKBOT", "text": "x"}, "channel_not_found"),
    ({"channel": "USER_BUILDS", "text": "x"}, "channel_not_found"),
    ({"channel": "#acme", "blocks": "no"}, "invalid_blocks_format"),
    ({"channel": "#acme", "blocks": {"type": "divider"}}, "invalid_blocks_format"),
    ({"channel": "#acme", "blocks": [section("x" * 3001)]}, "invalid_blocks"),
    ({"channel": "#acme", "blocks": [{"type": "divider"}] * 51}, "invalid_blocks"),
    ({"channel": "#acme", "blocks": [section("x" * 2900, str(n)) for n in range(5)]}, "msg_blocks_too_long"),
    ({"channel": "#acme", "text": "x", "metadata": "no"}, "invalid_metadata_format"),
    ({"channel": "#acme", "text": "x", "metadata": {"event_type": "x"}}, "invalid_metadata_schema"),
    ({"channel": "#acme", "text": "x", "attachments": [{}] * 101}, "too_many_attachments"),
    ({"channel": "#acme", "text": "x", "markdown_text": "y"}, "markdown_text_conflict"),
    ({"channel": "#acme", "text": "x", "thread_ts": "1.1"}, "cannot_reply_to_message"),
]


@pytest.mark.parametrize(("args", "error"), POSTS)
async def test_what_cannot_be_posted(
    sandbox: Sandbox, client: AsyncWebClient, args: dict[str, Any], error: str
) -> None:
    named = sandbox.env().get(args["channel"], args["channel"])

    assert await refused(client, "chat.postMessage", **args | {"channel": named}) == error


async def test_wrong_blocks_are_explained_in_slacks_words(client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError) as refusal:
        await client.chat_postMessage(channel="#acme", text="x", blocks=[section("x" * 3001)])
    answer = refusal.value.response

    assert "must be less than 3001 characters [json-pointer:/blocks/0/text/text]" in answer["errors"]
    assert answer["response_metadata"]["messages"] == [f"[ERROR] {error}" for error in answer["errors"]]


async def test_archived_channels_and_closed_message_tabs(start: Starter) -> None:
    sandbox = await start(MANIFEST.replace("messages_tab_enabled: true", "messages_tab_enabled: false"))
    client = web_client(sandbox)
    await sandbox.people.archive("olivia", "#acme")

    assert await refused(client, "chat.postMessage", channel="#acme", text="x") == "is_archived"
    direct = sandbox.env()["USER_ANA"]
    assert await refused(client, "chat.postMessage", channel=direct, text="x") == "messages_tab_disabled"


async def test_long_text_is_cut_with_a_warning(client: AsyncWebClient) -> None:
    sent = await client.chat_postMessage(channel="#acme", text="x" * 40_001)

    assert len(sent["message"]["text"]) == 40_000
    assert sent["response_metadata"]["warnings"] == ["message_truncated"]


async def test_metadata_comes_back_only_when_asked_for(client: AsyncWebClient) -> None:
    sent = await client.chat_postMessage(channel="#acme", text="x", metadata=METADATA)
    acme = sent["channel"]
    silent = await client.conversations_history(channel=acme)
    asked = await client.conversations_history(channel=acme, include_all_metadata=True)
    replies = await client.conversations_replies(channel=acme, ts=sent["ts"], include_all_metadata=True)

    assert "metadata" not in silent["messages"][0]
    assert asked["messages"][0]["metadata"] == METADATA
    assert replies["messages"][0]["metadata"] == METADATA


async def test_threads(client: AsyncWebClient) -> None:
    parent = await client.chat_postMessage(channel="#acme", text="parent")
    acme = parent["channel"]
    first = await client.chat_postMessage(channel=acme, text="first", thread_ts=parent["ts"])
    nested = await client.chat_postMessage(channel=acme, text="second", thread_ts=first["ts"])
    await client.chat_postMessage(channel=acme, text="third", thread_ts=parent["ts"], reply_broadcast=True)
    replies = await client.conversations_replies(channel=acme, ts=parent["ts"])
    history = await client.conversations_history(channel=acme)

    assert [one["text"] for one in replies["messages"]] == ["parent", "first", "second", "third"]
    assert nested["message"]["thread_ts"] == parent["ts"]
    assert [one["text"] for one in history["messages"]] == ["third", "parent"]
    assert history["messages"][1]["reply_count"] == 3
    assert await refused(client, "conversations.replies", channel=acme, ts="1.1") == "thread_not_found"


async def test_history_comes_in_pages_newest_first(client: AsyncWebClient) -> None:
    sent = [await client.chat_postMessage(channel="#acme", text=str(number)) for number in range(7)]
    acme = sent[0]["channel"]
    walk = await client.conversations_history(channel=acme, limit=3, oldest=sent[0]["ts"])
    pages = [[one["text"] for one in page["messages"]] async for page in walk]
    included = await client.conversations_history(
        channel=acme, oldest=sent[2]["ts"], latest=sent[4]["ts"], inclusive=True
    )
    excluded = await client.conversations_history(channel=acme, oldest=sent[2]["ts"], latest=sent[4]["ts"])

    assert pages == [["6", "5", "4"], ["3", "2", "1"]]
    assert [one["text"] for one in included["messages"]] == ["4", "3", "2"]
    assert [one["text"] for one in excluded["messages"]] == ["3"]
    assert await refused(client, "conversations.history", channel=acme, cursor="nonsense") == "invalid_cursor"
    assert await refused(client, "conversations.history", channel=acme, oldest="x") == "invalid_ts_oldest"


async def test_ts_increase_even_when_the_clock_stands_still(client: AsyncWebClient) -> None:
    sent = [(await client.chat_postMessage(channel="#acme", text="x"))["ts"] for _ in range(5)]

    assert sent == sorted(set(sent))


async def test_an_update_keeps_blocks_only_without_text(sandbox: Sandbox, client: AsyncWebClient) -> None:
    blocks = [section("one")]
    sent = await client.chat_postMessage(channel="#acme", text="one", blocks=blocks, metadata=METADATA)
    where = {"channel": sent["channel"], "ts": sent["ts"]}
    redrawn = await client.api_call("chat.update", json={**where, "blocks": [section("two")]})
    bare = await client.chat_update(**where, text="three")

    assert (redrawn["message"]["text"], redrawn["message"]["blocks"][0]["text"]["text"]) == ("one", "two")
    assert "edited" not in redrawn["message"]
    assert "blocks" not in bare["message"]
    assert bare["message"]["edited"]["user"] == sandbox.env()["BOT_USER_ID"]
    assert bare["message"]["metadata"] == METADATA


async def test_only_ones_own_messages_can_be_changed(sandbox: Sandbox, client: AsyncWebClient) -> None:
    said = await sandbox.people.type("ana", "#acme", "mine")
    acme = sandbox.env()["CHANNEL_ACME"]
    where = {"channel": acme, "ts": said["ts"]}

    assert await refused(client, "chat.update", **where, text="yours") == "cant_update_message"
    assert await refused(client, "chat.delete", **where) == "cant_delete_message"
    assert await refused(client, "chat.update", channel=acme, ts="1.1", text="x") == "message_not_found"
    sent = await client.chat_postMessage(channel=acme, text="x")
    assert await refused(client, "chat.update", channel=acme, ts=sent["ts"], text="x" * 4001) == "msg_too_long"
    assert await refused(client, "chat.update", channel=acme, ts=sent["ts"]) == "no_text"
    await client.chat_delete(channel=acme, ts=sent["ts"])
    assert await refused(client, "chat.delete", channel=acme, ts=sent["ts"]) == "message_not_found"


async def test_ephemeral_messages_are_seen_by_one_and_stored_for_nobody(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    env = sandbox.env()
    sent = await client.chat_postEphemeral(channel=env["CHANNEL_ACME"], user=env["USER_ANA"], text="psst")
    history = await client.conversations_history(channel=env["CHANNEL_ACME"])

    assert [one["ephemeral"] for one in sandbox.sight.messages("ana", "#acme")["messages"]] == [True]
    assert sandbox.sight.messages("bruno", "#acme")["messages"] == []
    assert history["messages"] == []
    where = {"channel": env["CHANNEL_ACME"]}
    assert await refused(client, "chat.update", **where, ts=sent["message_ts"], text="x") == "message_not_found"
    noor = {"user": env["USER_NOOR"], "text": "x"}
    assert await refused(client, "chat.postEphemeral", **where, **noor) == "user_not_in_channel"


async def test_a_link_to_a_message(client: AsyncWebClient) -> None:
    sent = await client.chat_postMessage(channel="#acme", text="x", blocks=[button("go")])
    link = await client.chat_getPermalink(channel=sent["channel"], message_ts=sent["ts"])

    assert link["permalink"].endswith(f"/archives/{sent['channel']}/p{sent['ts'].replace('.', '')}")


async def test_reactions(sandbox: Sandbox, client: AsyncWebClient) -> None:
    said = await sandbox.people.type("ana", "#acme", "hello")
    where = {"channel": sandbox.env()["CHANNEL_ACME"], "timestamp": said["ts"]}
    await client.reactions_add(**where, name="eyes")

    assert await refused(client, "reactions.add", **where, name="eyes") == "already_reacted"
    assert await refused(client, "reactions.add", **where, name="No!") == "invalid_name"
    assert sandbox.sight.messages("ana", "#acme")["messages"][0]["reactions"][0]["count"] == 1
