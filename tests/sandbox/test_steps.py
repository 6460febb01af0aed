"""Forms of several steps: changed under somebody's hands, updated and pushed by what they send, and what survives."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from sandbox.server import Sandbox
from tests.sandbox.helpers import Running, button, home, modal, plain, question, section


def step(number: int, *blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    return modal(*blocks, **{"callback_id": f"step{number}", "title": plain(f"Step {number}"), **more})


def seen(sandbox: Sandbox) -> list[tuple[str, dict[str, Any]]]:
    """Give what stands in each form in front of ana, bottom first."""
    views = sandbox.sight.see("ana", sandbox.clock.now())["modals"]
    return [
        (
            view["callback_id"],
            {block: held["value"] for block, by in view["state"]["values"].items() for held in by.values()},
        )
        for view in views
    ]


async def opened(sandbox: Sandbox, bolt: Running, first: dict[str, Any]) -> None:
    @bolt.app.shortcut("do.it")
    async def do(ack: Any, client: Any, shortcut: Any) -> None:
        await client.views_open(trigger_id=shortcut["trigger_id"], view=first)
        await ack()

    await bolt.connect()
    await sandbox.people.shortcut("ana", "do.it")


async def test_a_button_changes_the_form_it_stands_in_once_for_each_hash(sandbox: Sandbox, bolt: Running) -> None:
    @bolt.app.action("go")
    async def go(ack: Any, body: Any, client: Any) -> None:
        await ack()
        view = body["view"]
        changed = step(1, question("kept"), question("new"), {**question("moved"), "block_id": "moved.2"}, button("go"))
        await client.views_update(view_id=view["id"], hash=view["hash"], view=changed)
        with pytest.raises(SlackApiError, match="hash_conflict"):
            await client.views_update(view_id=view["id"], hash=view["hash"], view=changed)
        bolt.seen.put_nowait(view["state"]["values"]["kept"]["answer"]["value"])

    await opened(sandbox, bolt, step(1, question("kept"), question("moved"), button("go")))
    await sandbox.people.choose("ana", "answer", "words", block_id="kept")
    await sandbox.people.choose("ana", "answer", "lost", block_id="moved")
    await sandbox.people.press("ana", "go")

    assert await bolt.next() == "words"
    assert seen(sandbox) == [("step1", {"kept": "words", "new": None, "moved.2": None})]


async def test_another_action_id_loses_the_value_and_another_kind_does_too(sandbox: Sandbox, bolt: Running) -> None:
    @bolt.app.view("step1")
    async def first(ack: Any) -> None:
        number = {"type": "number_input", "action_id": "answer", "is_decimal_allowed": False}
        as_number = {"type": "input", "block_id": "kind", "label": plain("How many?"), "element": number}
        await ack(response_action="update", view=step(2, question("same"), question("id", "other"), as_number))

    await opened(sandbox, bolt, step(1, question("same"), question("id"), question("kind")))
    await sandbox.people.submit("ana", values={"same": "a", "id": "b", "kind": "7"})

    assert seen(sandbox) == [("step2", {"same": "a", "id": None, "kind": None})]


async def test_three_steps_come_and_go_and_the_first_keeps_what_was_typed(sandbox: Sandbox, bolt: Running) -> None:
    @bolt.app.view("step1")
    async def first(ack: Any, view: Any) -> None:
        bolt.seen.put_nowait(view["state"]["values"]["name"]["answer"]["value"])
        await ack(
            response_action="update", view=step(2, question("name"), question("hours"), private_metadata="m" * 3000)
        )

    @bolt.app.view("step2")
    async def second(ack: Any) -> None:
        await ack(response_action="push", view=step(3, question("note")))

    @bolt.app.view("step3")
    async def third(ack: Any, view: Any, client: Any) -> None:
        under = step(2, question("name"), question("hours"), section("Noted"))
        await client.views_update(view_id=view["root_view_id"], view=under)
        await ack()

    await opened(sandbox, bolt, step(1, question("name")))
    one = await sandbox.people.submit("ana", values={"name": "Ana"})
    two = await sandbox.people.submit("ana", values={"hours": "30"})
    stacked = seen(sandbox)
    three = await sandbox.people.submit("ana", values={"note": "none"})

    assert [answer["response_action"] for answer in (one, two, three)] == ["update", "push", "none"]
    assert stacked == [("step2", {"name": "Ana", "hours": "30"}), ("step3", {"note": None})]
    assert seen(sandbox) == [("step2", {"name": "Ana", "hours": "30"})]
    assert await bolt.next() == "Ana"


async def test_private_metadata_is_at_most_3000_characters_everywhere(sandbox: Sandbox, bolt: Running) -> None:
    long = {"private_metadata": "m" * 3001}

    @bolt.app.action("go")
    async def go(ack: Any, body: Any, client: Any) -> None:
        await ack()
        calls = (
            ("views.open", {"trigger_id": body["trigger_id"], "view": step(1, question("name"), **long)}),
            ("views.push", {"trigger_id": body["trigger_id"], "view": step(1, question("name"), **long)}),
            ("views.update", {"view_id": body["view"]["id"], "view": step(1, question("name"), **long)}),
            ("views.publish", {"user_id": body["user"]["id"], "view": {**home(section("x")), **long}}),
        )
        for name, args in calls:
            with pytest.raises(SlackApiError) as refusal:
                await client.api_call(name, json=args)
            bolt.seen.put_nowait((refusal.value.response["error"], refusal.value.response["response_metadata"]))

    @bolt.app.view("step1")
    async def first(ack: Any) -> None:
        await ack(response_action="update", view=step(2, question("name"), **long))

    await opened(sandbox, bolt, step(1, question("name"), button("go")))
    await sandbox.people.press("ana", "go")
    for _ in range(4):
        error, metadata = await bolt.next()
        assert error == "invalid_arguments"
        assert "[ERROR] must be less than 3001 characters [json-pointer:/view/private_metadata]" in metadata["messages"]
    assert (await sandbox.people.submit("ana", values={"name": "Ana"}))["response_action"] == "failed"
    assert seen(sandbox) == [("step1", {"name": "Ana"})]
