"""E-mail addresses: who has one, who may see it, and how people are found by it."""

import pytest
from slack_sdk.errors import SlackApiError

from sandbox.server import Sandbox
from tests.sandbox.helpers import Starter, heard, manifest_with, web_client

EMAIL = "users:read.email"


async def test_the_app_sees_addresses_with_the_scope_and_a_token_without_it_does_not(start: Starter) -> None:
    sandbox = await start(manifest_with(EMAIL))
    people = (await web_client(sandbox).users_list())["members"]
    found = {user["name"]: user["profile"].get("email") for user in people}
    ana = await web_client(sandbox, "SLACK_USER_TOKEN").users_info(user=sandbox.env()["USER_ANA"])

    assert (found["ana"], found["tomas"]) == ("ana@example.com", "tomas@example.com")
    assert (found["builds"], found["slackbot"], found["tester"]) == (None, None, None)
    assert "email" not in ana["user"]["profile"]


async def test_people_are_found_by_their_address(start: Starter) -> None:
    sandbox = await start(manifest_with(EMAIL))
    client = web_client(sandbox)
    await sandbox.people.join_team("mia", "Mia Chen", "Asia/Taipei", email="mia.chen@studio.example.com")
    mia = await client.users_lookupByEmail(email="MIA.Chen@studio.example.com")

    assert (mia["user"]["name"], mia["user"]["profile"]["email"]) == ("mia", "mia.chen@studio.example.com")
    for email in ("tomas@example.com", "nobody@example.com", "mia@example.com"):
        with pytest.raises(SlackApiError, match="users_not_found"):
            await client.users_lookupByEmail(email=email)
    with pytest.raises(SlackApiError, match="missing required field: email"):
        await client.api_call("users.lookupByEmail")


async def test_finding_by_address_needs_the_scope(sandbox: Sandbox) -> None:
    with pytest.raises(SlackApiError) as refusal:
        await web_client(sandbox).users_lookupByEmail(email="ana@example.com")

    assert (refusal.value.response["error"], refusal.value.response["needed"]) == ("missing_scope", EMAIL)


@pytest.mark.parametrize(("scopes", "email"), [("", None), (EMAIL, "new@example.com")])
async def test_events_tell_addresses_only_with_the_scope(start: Starter, scopes: str, email: str | None) -> None:
    sandbox = await start(manifest_with(scopes))
    await sandbox.people.join_team("mia", "Mia", "UTC", email="new@example.com")
    await sandbox.people.change_person("mia", title="QA")
    users = [event["user"] for event in heard(sandbox, "team_join", "user_change")]

    assert [user["profile"].get("email") for user in users] == [email, email]
