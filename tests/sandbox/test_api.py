"""The Web API's manners: tokens, scopes, every way to send arguments, warnings and faults."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.methods import METHODS
from sandbox.server import Sandbox
from tests.sandbox.helpers import MANIFEST, Starter, section, web_client


async def call(http: aiohttp.ClientSession, sandbox: Sandbox, name: str, **kwargs: Any) -> Any:
    headers = {"Authorization": f"Bearer {sandbox.env()['SLACK_BOT_TOKEN']}"} | kwargs.pop("headers", {})
    async with http.post(f"{sandbox.url}/api/{name}", headers=headers, **kwargs) as response:
        return await response.json()


async def test_the_app_learns_who_it_is(sandbox: Sandbox, client: AsyncWebClient) -> None:
    me = await client.auth_test()
    bot = await client.bots_info(bot=me["bot_id"])

    assert (me["user_id"], me["team_id"]) == (sandbox.env()["BOT_USER_ID"], sandbox.env()["TEAM_ID"])
    assert bot["bot"]["user_id"] == me["user_id"]
    assert "chat:write" in me.headers["x-oauth-scopes"]


@pytest.mark.parametrize(
    ("token", "error"),
    [("", "not_authed"), ("xoxb-wrong", "invalid_auth"), ("SLACK_APP_TOKEN", "not_allowed_token_type")],
)
async def test_wrong_tokens(sandbox: Sandbox, http: aiohttp.ClientSession, token: str, error: str) -> None:
    headers = {"Authorization": f"Bearer {sandbox.env().get(token, token)}"}
    answer = await call(http, sandbox, "auth.test", headers=headers)

    assert answer == {"ok": False, "error": error}


@pytest.mark.parametrize("kind", ["query", "form", "json", "multipart", "token in the body"])
async def test_arguments_come_in_every_way(sandbox: Sandbox, http: aiohttp.ClientSession, kind: str) -> None:
    args = {"channel": sandbox.env()["CHANNEL_ACME"], "text": "[1]", "blocks": '[{"type":"divider"}]'}
    multipart = aiohttp.FormData(args, default_to_multipart=True)
    ways: dict[str, Any] = {
        "query": {"params": args},
        "form": {"data": args},
        "json": {"json": args, "headers": {"Content-Type": "application/json; charset=utf-8"}},
        "multipart": {"data": multipart},
        "token in the body": {
            "data": args | {"token": sandbox.env()["SLACK_BOT_TOKEN"]},
            "headers": {"Authorization": ""},
        },
    }
    answer = await call(http, sandbox, "chat.postMessage", **ways[kind])

    assert answer["ok"], answer
    assert answer["message"]["text"] == "[1]"
    assert answer["message"]["blocks"][0]["type"] == "divider"
    assert "warning" not in answer


async def test_reading_works_with_get(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    params = {"token": sandbox.env()["SLACK_BOT_TOKEN"], "user": sandbox.env()["USER_ANA"]}
    async with http.get(f"{sandbox.url}/api/users.info", params=params) as response:
        assert (await response.json())["user"]["name"] == "ana"


@pytest.mark.parametrize(
    ("body", "error"), [("{", "invalid_json"), ("[]", "json_not_object"), ("{}", "invalid_arguments")]
)
async def test_bodies_that_are_not_objects(
    sandbox: Sandbox, http: aiohttp.ClientSession, body: str, error: str
) -> None:
    headers = {"Content-Type": "application/json; charset=utf-8"}
    answer = await call(http, sandbox, "users.info", data=body, headers=headers)

    assert answer["error"] == error


async def test_json_without_a_charset_is_warned_of(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    answer = await call(http, sandbox, "auth.test", data="{}", headers={"Content-Type": "application/json"})

    assert answer["warning"] == "missing_charset"
    assert answer["response_metadata"]["warnings"] == ["missing_charset"]


async def test_what_is_missing_is_named(client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError) as refusal:
        await client.api_call("chat.postMessage", json={"text": "x"})

    assert refusal.value.response["response_metadata"]["messages"] == ["[ERROR] missing required field: channel"]


async def test_unknown_methods(client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError, match="unknown_method"):
        await client.api_call("chat.shout")


@pytest.mark.parametrize(
    "name", sorted(name for name, method in METHODS.items() if "bot" in method.tokens and method.scopes)
)
async def test_every_method_asks_for_its_scope(start: Starter, name: str) -> None:
    method = METHODS[name]
    kept = [line for line in MANIFEST.splitlines() if line.strip().removeprefix("- ") not in method.scopes]
    text = "\n".join(kept)
    events = text.index("  event_subscriptions:"), text.index("  interactivity:")
    sandbox = await start(text[: events[0]] + text[events[1] :])
    with pytest.raises(SlackApiError) as refusal:
        await web_client(sandbox).api_call(name, json=dict.fromkeys(method.required, "x"))
    answer = refusal.value.response

    assert answer["error"] == "missing_scope"
    assert answer["needed"] == ",".join(method.scopes)
    assert "commands" in answer["provided"]


FAULTS: list[tuple[str, int, str]] = [
    ("error:internal_error", 200, "internal_error"),
    ("ratelimit:7", 429, "ratelimited"),
    ("status:503", 503, ""),
    ("html", 200, ""),
]


@pytest.mark.parametrize(("do", "status", "error"), FAULTS)
async def test_faults_come_at_the_call_they_were_set_for(
    sandbox: Sandbox, http: aiohttp.ClientSession, do: str, status: int, error: str
) -> None:
    sandbox.faults.add([{"method": "auth.test", "at": 2, "times": 1, "do": do}])
    seen = []
    for _ in range(3):
        headers = {"Authorization": f"Bearer {sandbox.env()['SLACK_BOT_TOKEN']}"}
        async with http.post(f"{sandbox.url}/api/auth.test", headers=headers) as response:
            answer = await response.json() if response.content_type == "application/json" else {}
            seen.append((response.status, answer.get("error", ""), response.headers.get("Retry-After")))

    assert (seen[0][0], seen[2][0]) == (200, 200)
    assert seen[1] == (status, error, "7" if status == 429 else None)


@pytest.mark.parametrize(("do", "kept"), [("drop_before", 0), ("drop_after", 1)])
async def test_a_lost_connection_may_or_may_not_have_stored_the_message(
    sandbox: Sandbox, client: AsyncWebClient, do: str, kept: int
) -> None:
    sandbox.faults.add([{"method": "chat.postMessage", "do": do}])
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await client.chat_postMessage(channel=sandbox.env()["USER_ANA"], text="Arrived?")

    assert len(sandbox.sight.messages("ana", "@app")["messages"]) == kept


async def test_the_sdks_own_retry_doubles_a_message_whose_answer_was_lost(sandbox: Sandbox) -> None:
    env = sandbox.env()
    eager = AsyncWebClient(token=env["SLACK_BOT_TOKEN"], base_url=env["SLACK_API_URL"])
    sandbox.faults.add([{"method": "chat.postMessage", "do": "drop_after"}])
    await eager.chat_postMessage(channel=env["USER_ANA"], text="Twice")

    assert [one["text"] for one in sandbox.sight.messages("ana", "@app")["messages"]] == ["Twice", "Twice"]


async def test_an_answer_may_lack_its_ts(sandbox: Sandbox, client: AsyncWebClient) -> None:
    sandbox.faults.add([{"method": "chat.postMessage", "do": "no_ts"}])
    answer = await client.chat_postMessage(channel=sandbox.env()["USER_ANA"], text="x", blocks=[section("x")])

    assert answer["ok"]
    assert answer.get("ts") is None


async def test_the_journal_keeps_calls_without_tokens(sandbox: Sandbox, client: AsyncWebClient) -> None:
    await client.chat_postMessage(channel=sandbox.env()["USER_ANA"], text="Written down")
    entries = [entry.shown() for entry in sandbox.journal]
    posted = next(entry for entry in entries if entry.get("method") == "chat.postMessage")

    assert posted["body"]["text"] == "Written down"
    assert posted["answer"]["ok"] is True
    assert not any(secret in str(entries) for key, secret in sandbox.env().items() if "TOKEN" in key)
