"""How people are answered when a handler says no, breaks, is slow, or is asked twice; and what is never written down."""

import asyncio
from typing import Any

import pytest
from slack_bolt.context.ack.async_ack import AsyncAck
from structlog.testing import capture_logs

from bot.listener import Recent
from handlers.contract import Call, Desk, FixFields, Kind, OpenModal, Reply, Say
from playbook.sorry import Sorry
from tests.bot.stage import FORM, Stage, keeps
from tests.world import World, words


async def test_a_handler_that_breaks_apologises_with_a_reference_that_is_in_the_log(stage: Stage) -> None:
    stage.plays(keeps("half", ZeroDivisionError()))
    with capture_logs() as lines:
        said = await stage.says("/log 2h review")
    (line,) = [one for one in lines if one["event"] == "handler failed"]
    assert line["reference"] in said
    assert len(line["reference"]) >= 8
    assert line["exc_info"]
    assert (await stage.facts(), await stage.letters()) == ({}, [])


async def test_a_refusal_is_its_sentence_and_leaves_nothing_half_done(stage: Stage) -> None:
    stage.plays(keeps("half", Sorry("Not today; tomorrow is fine.")))
    assert await stage.says("/log 2h review") == "Not today; tomorrow is fine."
    assert (await stage.facts(), await stage.letters()) == ({}, [])


async def test_an_answer_keeps_what_it_changed_and_whom_it_told(stage: Stage) -> None:
    stage.plays(keeps("whole", Say(text="Kept.")))
    assert await stage.says("/log 2h review") == "Kept."
    assert (await stage.facts(), await stage.letters()) == ({"whole": "1"}, ["test:whole:1"])
    assert await stage.world.last("ana", "@app") == "a letter"


@pytest.mark.parametrize(
    ("then", "shows"), [(ZeroDivisionError(), "nothing was saved"), (Sorry("Not today."), "Not today.")]
)
async def test_over_a_form_the_words_stay_below(stage: Stage, then: Exception, shows: str) -> None:
    await stage.opens_a_form(keeps("half", then))
    await stage.world.submit("ana", words="what I typed")
    modals = (await stage.world.ask("GET", "see", {"as": "ana"}))["modals"]
    assert [modal["callback_id"] == "test.form" for modal in modals] == [True, False]
    assert shows in words(modals[-1])
    assert modals[0]["state"]["values"]["words"]["words"]["value"] == "what I typed"
    assert await stage.facts() == {}


async def test_fields_to_fix_keep_nothing(stage: Stage) -> None:
    await stage.opens_a_form(keeps("half", FixFields(errors={"words": "Please say more."})))
    answer = await stage.world.submit("ana", words="x")
    assert answer["errors"] == {"words": "Please say more."}
    assert (await stage.facts(), await stage.letters()) == ({}, [])


def last_payload(world: World, kind: str) -> dict[str, Any]:
    """Give the last thing that was sent to the bot, to send it once more."""
    sent = [
        entry.body for entry in world.sandbox.journal if entry.direction == "out" and entry.body.get("type") == kind
    ]
    return dict(sent[-1])


async def test_a_form_sent_several_times_counts_once(stage: Stage) -> None:
    await stage.opens_a_form(keeps("sent", Say(text="Kept.")))
    await stage.world.submit("ana", words="x")
    payload = last_payload(stage.world, "view_submission")
    await asyncio.gather(*(stage.world.bot.listener.heard(AsyncAck(), payload) for _ in range(4)))
    await stage.world.settle()
    assert await stage.facts() == {"sent": "1"}
    assert await stage.letters() == ["test:sent:1"]


async def test_a_form_that_was_refused_can_be_sent_again(stage: Stage) -> None:
    await stage.opens_a_form(keeps("sent", Sorry("Not yet.")))
    await stage.world.submit("ana", words="x")
    payload = last_payload(stage.world, "view_submission")
    stage.plays(keeps("sent", Say(text="Kept.")), Kind.FORM, "test.form")
    await stage.world.bot.listener.heard(AsyncAck(), payload)
    assert await stage.facts() == {"sent": "1"}


async def test_a_press_delivered_twice_is_worked_on_once(stage: Stage) -> None:
    stage.plays(keeps("pressed", Say(text="Kept.")), Kind.ACTION, "log.more")
    await stage.world.types("ana", "/log 2h review")
    await stage.world.press("ana", "log.more", "#acme")
    payload = last_payload(stage.world, "block_actions")
    await asyncio.gather(*(stage.world.bot.listener.heard(AsyncAck(), payload) for _ in range(3)))
    assert (await stage.facts())["pressed"] == "1"


def test_what_came_recently_is_known_and_what_came_long_ago_is_forgotten() -> None:
    recent = Recent(most=2)
    asked = ["a", "b", "a", "c", "d", "a", "", ""]
    assert [recent.again(one) for one in asked] == [False, False, True, False, False, False, False, False]


class Slow:
    """A handler that takes until it is let go."""

    def __init__(self, then: Reply | Exception) -> None:
        self.go = asyncio.Event()
        self._work = keeps("slow", then)

    async def __call__(self, call: Call, desk: Desk) -> Reply:
        await self.go.wait()
        return await self._work(call, desk)


async def test_a_slow_form_opens_as_one_moment_and_is_filled(stage: Stage) -> None:
    slow = Slow(OpenModal(view=FORM))
    stage.plays(slow, opens=True)
    answer = await stage.world.ask("POST", "command", {"as": "ana", "channel": "#acme", "command": "/log", "text": ""})
    assert answer["acked"]
    modal = await stage.world.modal("ana")
    assert modal is not None
    assert modal["title"]["text"] == "One moment"
    slow.go.set()
    await stage.world.settle()
    filled = await stage.world.modal("ana")
    assert filled is not None
    assert (filled["id"], filled["title"]["text"]) == (modal["id"], "A form")


@pytest.mark.parametrize(
    ("then", "shows"),
    [(Say(text="Done at last."), "Done at last."), (Sorry("No."), "No."), (KeyError("x"), "nothing was saved")],
)
async def test_a_slow_command_is_answered_later(stage: Stage, then: Reply | Exception, shows: str) -> None:
    slow = Slow(then)
    stage.plays(slow)
    command = {"as": "ana", "channel": "#acme", "command": "/log", "text": "2h"}
    answer = await stage.world.ask("POST", "command", command)
    assert answer["acked"]
    assert shows not in await stage.world.last("ana")
    slow.go.set()
    await stage.world.settle()
    assert shows in await stage.world.last("ana")
    assert await stage.facts() == ({"slow": "1"} if isinstance(then, Reply) else {})


@pytest.mark.parametrize(
    ("then", "shows"),
    [
        (Say(text="Done at last."), "Done at last."),
        (FixFields(errors={"words": "Please say more."}), "Please say more."),
        (Sorry("Not today."), "Not today."),
        (KeyError("x"), "nothing was saved"),
        (Reply(), "Done."),
    ],
)
async def test_a_slow_form_tells_what_came_of_it(stage: Stage, then: Reply | Exception, shows: str) -> None:
    slow = Slow(then)
    await stage.opens_a_form(slow)
    modal = await stage.world.modal("ana")
    assert modal is not None
    submission = {"as": "ana", "view": modal["id"], "values": {"words": "x"}}
    await stage.world.ask("POST", "submit", submission)
    waiting = await stage.world.modal("ana")
    assert waiting is not None
    assert "Saving" in words(waiting)
    slow.go.set()
    await stage.world.settle()
    told = await stage.world.modal("ana")
    assert told is not None
    assert shows in words(told)
    saved = isinstance(then, Reply) and not isinstance(then, FixFields)
    assert await stage.facts() == ({"slow": "1"} if saved else {})


@pytest.mark.parametrize(
    "fault", ["drop_after", "status:500", "error:expired_trigger_id", "html", "error:invalid_blocks"]
)
async def test_when_a_form_cannot_be_opened_the_person_is_told(stage: Stage, fault: str) -> None:
    async def form(_call: Call, _desk: Desk) -> Reply:
        return OpenModal(view=FORM)

    stage.plays(form, opens=True)
    await stage.world.does("faults", faults=[{"method": "views.open", "do": fault, "times": 9}])
    assert "try once more" in await stage.says("/log")
