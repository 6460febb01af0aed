"""Channels that are made, renamed, archived and deleted, what the app hears of it, and whom it may add."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.errors import Mistake
from sandbox.server import Sandbox
from tests.sandbox.helpers import Starter, heard, manifest_with, web_client

EVENTS = (
    "channel_created channel_deleted channel_rename channel_unarchive group_archive group_deleted group_rename "
    "group_unarchive"
)
TOLD = tuple(EVENTS.split())


@pytest.fixture
async def listening(start: Starter) -> Sandbox:
    """A sandbox whose app hears everything about channels and may add people."""
    return await start(manifest_with("channels:manage groups:write", EVENTS))


async def refused(client: AsyncWebClient, name: str, **args: Any) -> str:
    with pytest.raises(SlackApiError) as refusal:
        await client.api_call(name, json=args)
    return str(refusal.value.response["error"])


async def test_a_deleted_channel_is_gone_for_everybody(listening: Sandbox) -> None:
    acme, client = listening.env()["CHANNEL_ACME"], web_client(listening)
    sent = await client.chat_postMessage(channel=acme, text="x")
    await listening.people.delete("olivia", "#acme")

    for name, args in (
        ("conversations.info", {}),
        ("conversations.history", {}),
        ("conversations.members", {}),
        ("chat.postMessage", {"text": "x"}),
        ("chat.update", {"ts": sent["ts"], "text": "y"}),
        ("conversations.join", {}),
    ):
        assert await refused(client, name, channel=acme, **args) == "channel_not_found"
    assert heard(listening, *TOLD) == [
        {"type": "channel_deleted", "channel": acme, "event_ts": "1795424400.000000"},
    ]
    with pytest.raises(Mistake, match="sees no conversation"):
        listening.sight.messages("ana", "#acme")


async def test_a_private_channel_tells_only_an_app_that_is_in_it(listening: Sandbox) -> None:
    leads = listening.env()["CHANNEL_LEADS"]
    await listening.people.rename("olivia", "#leads", "the-leads")
    assert heard(listening, *TOLD) == []
    await listening.people.invite("olivia", "#the-leads", "@app")
    await listening.people.rename("olivia", "#the-leads", "leads")
    await listening.people.archive("olivia", "#leads")
    await listening.people.unarchive("olivia", "#leads")
    await listening.people.delete("olivia", "#leads")

    events = heard(listening, *TOLD)
    assert [event["type"] for event in events] == ["group_rename", "group_archive", "group_unarchive", "group_deleted"]
    assert events[0]["channel"]["name"] == "leads"
    assert (events[3]["channel"], events[3]["actor_id"]) == (leads, listening.env()["USER_OLIVIA"])


async def test_public_channels_tell_everybody_who_listens(listening: Sandbox) -> None:
    made = await listening.people.create("bruno", "beta")
    await listening.people.rename("bruno", "#beta", "beta-2")
    await listening.people.delete("olivia", "#beta-2")
    again = await listening.people.create("bruno", "beta")

    told = [(event["type"], event["channel"]) for event in heard(listening, *TOLD)]
    assert [kind for kind, _ in told] == ["channel_created", "channel_rename", "channel_deleted", "channel_created"]
    assert told[1][1]["name"] == "beta-2"
    assert told[2][1] == made["channel"] != again["channel"]


async def test_a_renamed_channel_keeps_its_id_and_says_so(listening: Sandbox) -> None:
    acme, client = listening.env()["CHANNEL_ACME"], web_client(listening)
    await listening.people.rename("olivia", "#acme", "acme-2")
    shown = (await client.conversations_info(channel=acme))["channel"]
    last = (await client.conversations_history(channel=acme))["messages"][0]

    assert (shown["name"], shown["previous_names"]) == ("acme-2", ["acme"])
    assert (last["subtype"], last["old_name"], last["name"]) == ("channel_name", "acme", "acme-2")
    assert await refused(client, "chat.postMessage", channel="#acme", text="x") == "channel_not_found"


async def test_a_channel_comes_back_from_the_archive(listening: Sandbox) -> None:
    acme, client = listening.env()["CHANNEL_ACME"], web_client(listening)
    await listening.people.archive("bruno", "#acme")
    assert await refused(client, "chat.postMessage", channel=acme, text="x") == "is_archived"
    await listening.people.unarchive("bruno", "#acme")

    assert (await client.chat_postMessage(channel=acme, text="x"))["ok"]
    assert heard(listening, "channel_unarchive")[0]["user"] == listening.env()["USER_BRUNO"]


NOT_ALLOWED: list[tuple[str, tuple[str, ...], str]] = [
    ("create", ("ana", "ideas"), "guest"),
    ("create", ("bruno", "acme"), "already"),
    ("create", ("bruno", "Two Words"), "small letters"),
    ("rename", ("bruno", "#acme", "new"), "cannot rename"),
    ("rename", ("olivia", "#acme", "random"), "already"),
    ("delete", ("bruno", "#acme"), "owners and admins"),
    ("delete", ("olivia", "#general"), "cannot delete"),
    ("unarchive", ("olivia", "#acme"), "cannot bring"),
]


@pytest.mark.parametrize(("what", "args", "sentence"), NOT_ALLOWED)
async def test_what_people_may_not_do_with_channels(
    sandbox: Sandbox, what: str, args: tuple[str, ...], sentence: str
) -> None:
    with pytest.raises(Mistake, match=sentence):
        await getattr(sandbox.people, what)(*args)


async def test_the_app_adds_people_to_its_channels(listening: Sandbox) -> None:
    env, client = listening.env(), web_client(listening)
    await client.conversations_invite(channel=env["CHANNEL_ACME"], users=[env["USER_NOOR"]])
    joined = heard(listening, "member_joined_channel")[-1]
    members = (await client.conversations_members(channel=env["CHANNEL_ACME"]))["members"]
    rooms = (await client.users_conversations(user=env["USER_NOOR"]))["channels"]

    assert (joined["user"], joined["inviter"]) == (env["USER_NOOR"], env["BOT_USER_ID"])
    assert env["USER_NOOR"] in members
    assert {room["name"] for room in rooms} == {"general", "acme", "random"}


async def test_force_adds_those_who_can_be_added(listening: Sandbox) -> None:
    env, client = listening.env(), web_client(listening)
    both = f"{env['USER_NOOR']},{env['USER_ANA']}"
    with pytest.raises(SlackApiError) as refusal:
        await client.conversations_invite(channel=env["CHANNEL_ACME"], users=both)
    await client.conversations_invite(channel=env["CHANNEL_ACME"], users=both, force=True)

    assert refusal.value.response["errors"] == [{"user": env["USER_ANA"], "ok": False, "error": "already_in_channel"}]
    assert env["USER_NOOR"] in listening.workspace.channels[env["CHANNEL_ACME"]].members


@pytest.mark.parametrize(
    ("channel", "users", "error"),
    [
        ("CHANNEL_ACME", "U000", "user_not_found"),
        ("CHANNEL_ACME", "BOT_USER_ID", "cant_invite_self"),
        ("CHANNEL_ACME", "USER_ANA", "already_in_channel"),
        ("CHANNEL_ACME", "USER_TOMAS", "cant_invite"),
        ("CHANNEL_ACME", ",", "no_user"),
        ("CHANNEL_GENERAL", "USER_JUN", "ura_max_channels"),
        ("CHANNEL_RANDOM", "USER_NOOR", "not_in_channel"),
        ("CHANNEL_LEADS", "USER_NOOR", "channel_not_found"),
    ],
)
async def test_whom_the_app_cannot_add(listening: Sandbox, channel: str, users: str, error: str) -> None:
    env = listening.env()
    args = {"channel": env[channel], "users": env.get(users, users)}
    assert await refused(web_client(listening), "conversations.invite", **args) == error


async def test_adding_to_a_public_channel_needs_a_scope_of_public_channels(start: Starter) -> None:
    sandbox = await start(manifest_with("groups:write.invites"))
    env = sandbox.env()
    with pytest.raises(SlackApiError) as refusal:
        await web_client(sandbox).conversations_invite(channel=env["CHANNEL_ACME"], users=env["USER_NOOR"])
    await sandbox.people.invite("olivia", "#leads", "@app")
    added = await web_client(sandbox).conversations_invite(channel=env["CHANNEL_LEADS"], users=env["USER_NOOR"])

    assert refusal.value.response["needed"] == "channels:manage,channels:write.invites"
    assert added["channel"]["is_private"]


async def test_a_response_url_into_a_deleted_channel_is_refused(
    listening: Sandbox, http: aiohttp.ClientSession
) -> None:
    env = listening.env()
    url = listening.app.responses.give("actions", env["CHANNEL_ACME"], env["USER_ANA"])
    await listening.people.delete("olivia", "#acme")
    async with http.post(url, json={"text": "x"}) as response:
        assert (response.status, await response.text()) == (400, "channel_not_found")
