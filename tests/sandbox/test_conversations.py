"""Who and what the app can see: conversations, members and people."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import Sandbox
from tests.sandbox.helpers import MANIFEST, Starter, web_client


async def refused(client: AsyncWebClient, name: str, **args: Any) -> str:
    with pytest.raises(SlackApiError) as refusal:
        await client.api_call(name, json=args)
    return str(refusal.value.response["error"])


async def test_private_channels_without_the_app_do_not_exist_for_it(sandbox: Sandbox, client: AsyncWebClient) -> None:
    listed = await client.conversations_list(types="public_channel,private_channel")
    names = {channel["name"]: channel["is_member"] for channel in listed["channels"]}
    await sandbox.people.invite("bruno", "#leads", "@app")
    later = await client.conversations_list(types="private_channel")

    assert names == {"general": True, "acme": True, "random": False}
    assert [channel["name"] for channel in later["channels"]] == ["leads"]


async def test_listing_a_type_needs_its_scope(start: Starter) -> None:
    kept = [line for line in MANIFEST.splitlines() if line.strip() != "- groups:read"]
    sandbox = await start("\n".join(kept))
    with pytest.raises(SlackApiError) as refusal:
        await web_client(sandbox).conversations_list(types="public_channel,private_channel")

    assert refusal.value.response["needed"] == "groups:read"
    assert await refused(web_client(sandbox), "conversations.list", types="rooms") == "invalid_types"


async def test_members_come_in_pages(sandbox: Sandbox, client: AsyncWebClient) -> None:
    found: list[str] = []
    acme = sandbox.env()["CHANNEL_ACME"]
    async for page in await client.conversations_members(channel=acme, limit=3):
        found += page["members"]

    assert sorted(found) == sorted(sandbox.workspace.channels[acme].members)
    assert await refused(client, "conversations.members", channel=acme, limit=0) == "invalid_limit"
    assert await refused(client, "conversations.members", channel=acme, cursor="x") == "invalid_cursor"


async def test_history_is_for_members(sandbox: Sandbox, client: AsyncWebClient) -> None:
    random = sandbox.env()["CHANNEL_RANDOM"]

    assert await refused(client, "conversations.history", channel=random) == "not_in_channel"
    await client.conversations_join(channel=random)
    assert (await client.conversations_history(channel=random))["messages"][0]["subtype"] == "channel_join"


async def test_a_conversation_is_shown_whole(sandbox: Sandbox, client: AsyncWebClient) -> None:
    env = sandbox.env()
    acme = await client.conversations_info(channel=env["CHANNEL_ACME"], include_num_members=True)
    direct = await client.conversations_open(users=env["USER_ANA"])
    shown = await client.conversations_info(channel=direct["channel"]["id"])

    assert (acme["channel"]["name"], acme["channel"]["num_members"]) == ("acme", 7)
    assert (shown["channel"]["is_im"], shown["channel"]["user"]) == (True, env["USER_ANA"])
    assert await refused(client, "conversations.info", channel=env["CHANNEL_LEADS"]) == "channel_not_found"


@pytest.mark.parametrize(
    ("users", "error"),
    [
        ("", "users_list_not_supplied"),
        ("U000", "user_not_found"),
        ("USER_TOMAS", "user_disabled"),
        ("USER_BUILDS", "user_not_visible"),
        ("USLACKBOT", "user_not_visible"),
    ],
)
async def test_whom_the_app_cannot_write_to(sandbox: Sandbox, client: AsyncWebClient, users: str, error: str) -> None:
    assert await refused(client, "conversations.open", users=sandbox.env().get(users, users)) == error


async def test_a_group_of_people(sandbox: Sandbox, client: AsyncWebClient) -> None:
    env = sandbox.env()
    group = await client.conversations_open(users=[env["USER_ANA"], env["USER_BRUNO"]])
    await client.chat_postMessage(channel=group["channel"]["id"], text="both")

    assert sandbox.sight.messages("bruno", group["channel"]["id"])["messages"][0]["text"] == "both"


async def test_people_have_their_zone_rank_and_state(sandbox: Sandbox, client: AsyncWebClient) -> None:
    found: dict[str, Any] = {}
    async for page in await client.users_list(limit=4):
        found |= {user["name"]: user for user in page["members"]}
    ana = (await client.users_info(user=sandbox.env()["USER_ANA"], include_locale=True))["user"]

    assert (ana["tz"], ana["tz_offset"], ana["locale"]) == ("America/Sao_Paulo", -3 * 3600, "en-US")
    assert (ana["is_restricted"], ana["is_ultra_restricted"]) == (True, False)
    assert "email" not in ana["profile"]
    assert found["jun"]["is_ultra_restricted"] is True
    assert found["olivia"]["is_owner"] is True
    assert (found["tomas"]["deleted"], "tz" in found["tomas"]) == (True, False)
    assert (found["builds"]["is_bot"], found["slackbot"]["is_bot"]) == (True, False)
    assert await refused(client, "users.info", user="U000") == "user_not_found"


async def test_a_zones_offset_follows_the_clock(sandbox: Sandbox, client: AsyncWebClient) -> None:
    bruno = sandbox.env()["USER_BRUNO"]
    winter = (await client.users_info(user=bruno))["user"]
    await sandbox.clock.move_to(sandbox.clock.now().replace(year=2027, month=7))
    summer = (await client.users_info(user=bruno))["user"]

    assert (winter["tz_offset"], summer["tz_offset"]) == (3600, 7200)
    assert summer["tz_label"] == "Central European Summer Time"


async def test_users_conversations_and_team(sandbox: Sandbox, client: AsyncWebClient) -> None:
    mine = await client.users_conversations()
    juns = await client.users_conversations(user=sandbox.env()["USER_JUN"])
    team = await client.team_info()
    quiet = await client.dnd_info(user=sandbox.env()["USER_JUN"])

    assert [channel["name"] for channel in mine["channels"]] == ["general", "acme"]
    assert [channel["name"] for channel in juns["channels"]] == ["acme"]
    assert team["team"]["id"] == sandbox.env()["TEAM_ID"]
    assert quiet["dnd_enabled"] is False
