"""Forms and Homes of a real, unmodified Bolt app."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from sandbox.server import Sandbox
from tests.sandbox.helpers import Running, button, home, modal, plain, question, section


async def test_a_form_opens_says_what_to_fix_and_closes(sandbox: Sandbox, bolt: Running) -> None:
    @bolt.app.command("/log")
    async def log(ack: Any, client: Any, command: Any) -> None:
        await ack()
        await client.views_open(trigger_id=command["trigger_id"], view=modal(question("time")))

    @bolt.app.view("form")
    async def form(ack: Any, view: Any) -> None:
        value = view["state"]["values"]["time"]["answer"]["value"]
        wrong = {"response_action": "errors", "errors": {"time": "Write it as 2h."}}
        await ack({} if value == "2h" else wrong)

    await bolt.connect()
    await sandbox.people.command("ana", "/log", channel="#acme")
    empty = await sandbox.people.submit("ana")
    wrong = await sandbox.people.submit("ana", values={"time": "two"})
    seen = sandbox.sight.see("ana", sandbox.clock.now())["modals"]
    right = await sandbox.people.submit("ana", values={"time": "2h"})

    assert (empty["response_action"], empty["by"]) == ("errors", "client")
    assert wrong == {"response_action": "errors", "errors": {"time": "Write it as 2h."}, "by": "app"}
    assert seen[0]["errors"] == {"time": "Write it as 2h."}
    assert seen[0]["state"]["values"]["time"]["answer"]["value"] == "two"
    assert right == {"response_action": "none"}
    assert sandbox.sight.see("ana", sandbox.clock.now())["modals"] == []


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"said": "Not an input."}},
        {"response_action": "errors", "errors": {}},
        {"response_action": "update", "view": {"type": "modal"}},
        {"response_action": "dance"},
    ],
)
async def test_a_wrong_answer_to_a_submission_shows_the_general_failure(
    sandbox: Sandbox, bolt: Running, answer: dict[str, Any]
) -> None:
    @bolt.app.shortcut("do.it")
    async def do(ack: Any, client: Any, shortcut: Any) -> None:
        await ack()
        await client.views_open(trigger_id=shortcut["trigger_id"], view=modal(section("Hello"), question("time")))

    @bolt.app.view("form")
    async def form(ack: Any) -> None:
        await ack(answer)

    await bolt.connect()
    await sandbox.people.shortcut("ana", "do.it")
    told = await sandbox.people.submit("ana", values={"answer": "2h"})

    assert told["response_action"] == "failed"
    assert "Try again?" in sandbox.sight.see("ana", sandbox.clock.now())["modals"][0]["failed"]


async def test_a_submission_may_update_push_and_clear(sandbox: Sandbox, bolt: Running) -> None:
    steps = [("update", "second"), ("push", "third"), ("clear", "")]

    @bolt.app.shortcut("do.it")
    async def do(ack: Any, client: Any, shortcut: Any) -> None:
        await ack()
        await client.views_open(trigger_id=shortcut["trigger_id"], view=modal(question("time")))

    @bolt.app.view("form")
    async def form(ack: Any) -> None:
        action, name = steps.pop(0)
        view = {"view": modal(question("time"), private_metadata=name)} if name else {}
        await ack(response_action=action, **view)

    def stack() -> list[str]:
        return [view["private_metadata"] for view in sandbox.sight.see("ana", sandbox.clock.now())["modals"]]

    await bolt.connect()
    await sandbox.people.shortcut("ana", "do.it")
    await sandbox.people.submit("ana", values={"time": "kept"})
    updated, kept = stack(), sandbox.app.views.top(sandbox.env()["USER_ANA"])
    await sandbox.people.submit("ana")
    pushed = stack()
    await sandbox.people.submit("ana", values={"time": "x"})

    assert updated == ["second"]
    assert kept is not None
    assert kept.values["time"]["answer"]["value"] == "kept"
    assert pushed == ["second", "third"]
    assert stack() == []


async def test_a_trigger_opens_one_form_only(sandbox: Sandbox, bolt: Running) -> None:
    @bolt.app.shortcut("do.it")
    async def do(ack: Any, client: Any, shortcut: Any) -> None:
        await ack()
        await client.views_open(trigger_id=shortcut["trigger_id"], view=modal(section("One")))
        with pytest.raises(SlackApiError) as refusal:
            await client.views_open(trigger_id=shortcut["trigger_id"], view=modal(section("Two")))
        bolt.seen.put_nowait(refusal.value.response["error"])

    await bolt.connect()
    await sandbox.people.shortcut("ana", "do.it")

    assert await bolt.next() == "exchanged_trigger_id"


async def test_home_is_published_opened_and_used(sandbox: Sandbox, bolt: Running) -> None:
    @bolt.app.event("app_home_opened")
    async def opened(event: Any, client: Any) -> None:
        bolt.seen.put_nowait(event)
        if event["tab"] == "home":
            await client.views_publish(user_id=event["user"], view=home(section("Welcome"), button("go")))
            bolt.seen.put_nowait("published")

    @bolt.app.action("go")
    async def go(ack: Any, body: Any) -> None:
        await ack()
        bolt.seen.put_nowait(body)

    await bolt.connect()
    await sandbox.people.open_home("ana")
    first, _ = await bolt.next(), await bolt.next()
    await sandbox.people.open_home("ana")
    second, _ = await bolt.next(), await bolt.next()
    await sandbox.people.press("ana", "go", home=True)
    body = await bolt.next()

    assert "view" not in first
    assert second["view"]["type"] == "home"
    assert body["view"]["id"] == second["view"]["id"]
    assert "response_url" not in body


async def test_closing_tells_the_app_only_when_it_asked(sandbox: Sandbox, bolt: Running) -> None:
    @bolt.app.shortcut("do.it")
    async def do(ack: Any, client: Any, shortcut: Any) -> None:
        await ack()
        loud = {"notify_on_close": True, "callback_id": "loud"}
        await client.views_open(trigger_id=shortcut["trigger_id"], view=modal(section("Hi"), **loud))

    @bolt.app.view_closed("loud")
    async def closed(ack: Any, body: Any) -> None:
        await ack()
        bolt.seen.put_nowait(body["is_cleared"])

    await bolt.connect()
    for everything in (False, True):
        await sandbox.people.shortcut("ana", "do.it")
        await sandbox.people.close("ana", everything=everything)

    assert [await bolt.next(), await bolt.next()] == [False, True]


async def test_an_external_select_offers_what_the_app_answers(sandbox: Sandbox, bolt: Running) -> None:
    select = {"type": "external_select", "action_id": "who", "min_query_length": 0}
    asked = {"type": "input", "block_id": "pick", "label": plain("Who?"), "element": select}

    @bolt.app.shortcut("do.it")
    async def do(ack: Any, client: Any, shortcut: Any) -> None:
        await ack()
        await client.views_open(trigger_id=shortcut["trigger_id"], view=modal(asked))

    @bolt.app.options("who")
    async def who(ack: Any, payload: Any) -> None:
        await ack(options=[{"text": plain(payload["value"]), "value": "v1"}])

    @bolt.app.view("form")
    async def form(ack: Any, view: Any) -> None:
        await ack()
        bolt.seen.put_nowait(view["state"]["values"]["pick"]["who"]["selected_option"]["value"])

    await bolt.connect()
    await sandbox.people.shortcut("ana", "do.it")
    offered = await sandbox.people.options("ana", "who", "Bru")
    await sandbox.people.submit("ana", values={"pick": "v1"})

    assert offered["options"][0]["text"]["text"] == "Bru"
    assert await bolt.next() == "v1"


async def test_only_what_is_chosen_tells_the_app_before_the_form_is_sent(sandbox: Sandbox, bolt: Running) -> None:
    options = [{"text": plain("Red"), "value": "red"}]
    select = {"type": "static_select", "action_id": "colour", "options": options}
    picked = {"type": "input", "block_id": "pick", "label": plain("Colour"), "element": select, "dispatch_action": True}
    typed = question("time") | {"dispatch_action": True}

    @bolt.app.shortcut("do.it")
    async def do(ack: Any, client: Any, shortcut: Any) -> None:
        await ack()
        await client.views_open(trigger_id=shortcut["trigger_id"], view=modal(picked, typed))

    @bolt.app.action("colour")
    @bolt.app.action("answer")
    async def chosen(ack: Any, action: Any) -> None:
        await ack()
        bolt.seen.put_nowait(action["action_id"])

    @bolt.app.view("form")
    async def form(ack: Any) -> None:
        await ack()
        bolt.seen.put_nowait("sent")

    await bolt.connect()
    await sandbox.people.shortcut("ana", "do.it")
    await sandbox.people.submit("ana", values={"pick": "red", "time": "2h"})

    assert [await bolt.next(), await bolt.next()] == ["colour", "sent"]
