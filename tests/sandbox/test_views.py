"""Views as Slack keeps them: triggers, stacks, hashes, names, and what was filled in."""

import asyncio
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.errors import Mistake
from sandbox.server import Sandbox
from tests.sandbox.helpers import MANIFEST, QUICK, Starter, home, modal, plain, question, section, web_client


async def refused(client: AsyncWebClient, method: str, **args: Any) -> str:
    with pytest.raises(SlackApiError) as refusal:
        await client.api_call(method, json=args)
    return str(refusal.value.response["error"])


def trigger(sandbox: Sandbox, who: str = "ana", view: str | None = None) -> str:
    return sandbox.app.triggers.give(sandbox.people.anybody(who).id, view)


async def opened(sandbox: Sandbox, client: AsyncWebClient, view: dict[str, Any]) -> Any:
    return (await client.views_open(trigger_id=trigger(sandbox), view=view))["view"]


async def test_a_trigger_lasts_three_seconds_of_real_time(start: Starter) -> None:
    sandbox = await start(pace=QUICK)
    client, late = web_client(sandbox), trigger(sandbox)
    await sandbox.clock.move_to(sandbox.clock.now().replace(hour=23))
    assert await client.views_open(trigger_id=trigger(sandbox), view=modal(section("In time")))
    await asyncio.sleep(QUICK.trigger)

    assert await refused(client, "views.open", trigger_id=late, view=modal(section("x"))) == "expired_trigger_id"
    assert await refused(client, "views.open", trigger_id="1.2.x", view=modal(section("x"))) == "invalid_trigger_id"
    assert await refused(client, "views.open", view=modal(section("x"))) == "invalid_arguments"


async def test_a_wrong_view_is_refused_and_leaves_the_trigger_unused(sandbox: Sandbox, client: AsyncWebClient) -> None:
    given = trigger(sandbox)
    with pytest.raises(SlackApiError) as refusal:
        await client.views_open(trigger_id=given, view=modal(section("x"), title=plain("t" * 25)))
    messages = refusal.value.response["response_metadata"]["messages"]

    assert "[ERROR] must be less than 25 characters [json-pointer:/view/title/text]" in messages
    assert await refused(client, "views.open", trigger_id=given, view=home(section("x"))) == "invalid_arguments"
    assert await client.views_open(trigger_id=given, view=modal(section("x")))


async def test_three_views_at_most_on_top_of_each_other(sandbox: Sandbox, client: AsyncWebClient) -> None:
    view = await opened(sandbox, client, modal(section("1")))
    outside = trigger(sandbox)
    assert await refused(client, "views.push", trigger_id=outside, view=modal(section("x"))) == "not_found"
    ids = [view["id"]]
    for number in "23":
        given = trigger(sandbox, view=ids[-1])
        ids.append((await client.views_push(trigger_id=given, view=modal(section(number))))["view"]["id"])
    fourth = {"trigger_id": trigger(sandbox, view=ids[-1]), "view": modal(section("4"))}

    assert await refused(client, "views.push", **fourth) == "push_limit_reached"
    assert [shown["id"] for shown in sandbox.sight.see("ana", sandbox.clock.now())["modals"]] == ids
    top = sandbox.app.views.find(ids[2])
    assert top is not None
    assert (top.previous, top.root) == (ids[1], ids[0])
    await sandbox.people.close("ana")
    assert await refused(client, "views.update", view_id=ids[2], view=modal(section("x"))) == "not_found"
    await sandbox.people.close("ana", everything=True)
    assert sandbox.sight.see("ana", sandbox.clock.now())["modals"] == []


async def test_a_stale_hash_is_a_conflict(sandbox: Sandbox, client: AsyncWebClient) -> None:
    view = await opened(sandbox, client, modal(section("one")))
    again = {"view_id": view["id"], "view": modal(section("two")), "hash": view["hash"]}
    await client.api_call("views.update", json=again)
    await client.views_publish(user_id=sandbox.env()["USER_ANA"], view=home(section("one")))
    stale = {"user_id": sandbox.env()["USER_ANA"], "view": home(section("two")), "hash": "1.x"}

    assert await refused(client, "views.update", **again) == "hash_conflict"
    assert await refused(client, "views.publish", **stale) == "hash_conflict"


async def test_an_external_id_is_one_views_name(sandbox: Sandbox, client: AsyncWebClient) -> None:
    await opened(sandbox, client, modal(section("one"), external_id="mine"))
    twice = {"trigger_id": trigger(sandbox, "bruno"), "view": modal(section("x"), external_id="mine")}

    assert await refused(client, "views.open", **twice) == "duplicate_external_id"
    updated = await client.views_update(external_id="mine", view=modal(section("two"), external_id="mine"))
    assert updated["view"]["external_id"] == "mine"


async def test_what_was_typed_survives_where_both_ids_stayed(sandbox: Sandbox, client: AsyncWebClient) -> None:
    view = await opened(sandbox, client, modal(question("a", "x"), question("b", "x"), question("c", "x")))
    for block_id in "abc":
        await sandbox.people.choose("ana", "x", f"typed {block_id}", block_id=block_id)
    changed = modal(
        question("a", "x", initial_value="new"), question("b", "y", initial_value="new"), question("d", "x")
    )
    updated = await client.views_update(view_id=view["id"], view=changed)

    assert updated["view"]["state"]["values"] == {
        "a": {"x": {"type": "plain_text_input", "value": "typed a"}},
        "b": {"y": {"type": "plain_text_input", "value": "new"}},
        "d": {"x": {"type": "plain_text_input", "value": None}},
    }


async def test_a_home_needs_its_tab_and_its_person(start: Starter) -> None:
    sandbox = await start(MANIFEST.replace("home_tab_enabled: true", "home_tab_enabled: false"))
    client, user = web_client(sandbox), sandbox.env()["USER_ANA"]

    assert await refused(client, "views.publish", user_id=user, view=home(section("x"))) == "not_enabled"
    with pytest.raises(Mistake, match="no home tab"):
        await sandbox.people.open_home("ana")


async def test_a_home_is_one_view_that_changes(sandbox: Sandbox, client: AsyncWebClient) -> None:
    user = sandbox.env()["USER_ANA"]
    first = await client.views_publish(user_id=user, view=home(section("one")))
    second = await client.views_publish(user_id=user, view=home(section("two")), hash=first["view"]["hash"])

    assert first["view"]["id"] == second["view"]["id"]
    assert sandbox.sight.see("ana", sandbox.clock.now())["home"]["blocks"][0]["text"]["text"] == "two"
    assert sandbox.sight.see("bruno", sandbox.clock.now())["home"] is None
    assert await refused(client, "views.publish", user_id=user, view=modal(section("x"))) == "invalid_arguments"
    assert await refused(client, "views.publish", user_id="U000", view=home(section("x"))) == "invalid_arguments"


async def test_nobody_can_use_what_is_not_there(sandbox: Sandbox, client: AsyncWebClient) -> None:
    with pytest.raises(Mistake, match="no form open"):
        await sandbox.people.submit("ana")
    view = await opened(sandbox, client, modal(question("time")))
    with pytest.raises(Mistake, match="nothing with the action_id"):
        await sandbox.people.press("ana", "missing", view=view["id"])
    with pytest.raises(Mistake, match="no form open"):
        await sandbox.people.press("bruno", "answer", view=view["id"])
    with pytest.raises(Mistake, match="no input"):
        await sandbox.people.submit("ana", values={"missing": "x"})
