"""How people are answered when a handler says no, breaks, is slow, or is asked twice; and what is never written down."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from slack_bolt.context.ack.async_ack import AsyncAck
from structlog.testing import capture_logs

from bot.listener import Recent
from handlers.contract import Call, Desk, FixFields, Kind, OpenModal, Reply, Route, Say
from playbook.sorry import Sorry
from storage.inbox import State
from storage.outbox import Post
from storage.tables import Fact, InboxEvent, Letter
from tests.faults.chaos import Bots
from tests.world import World, words

Work = Callable[[Call, Desk], Awaitable[Reply]]
FORM: dict[str, Any] = {
    "type": "modal",
    "callback_id": "test.form",
    "title": {"type": "plain_text", "text": "A form"},
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [
        {
            "type": "input",
            "block_id": "words",
            "label": {"type": "plain_text", "text": "Words"},
            "element": {"type": "plain_text_input", "action_id": "words"},
        }
    ],
}


class Stage:
    """A world in which some of what people do is answered by the test."""

    def __init__(self, world: World) -> None:
        self.world = world

    def plays(self, work: Work, kind: Kind = Kind.COMMAND, name: str = "/log", *, opens: bool = False) -> None:
        """Let a test's handler answer to something."""
        bot: Any = self.world.bot
        table = bot.events._table if kind is Kind.EVENT else bot.listener._table
        table[name if kind is Kind.EVENT else (kind, name)] = Route(kind, name, work, opens=opens)

    async def opens_a_form(self, work: Work) -> None:
        """Have ana look at a form that the test's handler answers."""

        async def form(_call: Call, _desk: Desk) -> Reply:
            return OpenModal(view=FORM)

        self.plays(form, opens=True)
        self.plays(work, Kind.FORM, "test.form")
        await self.world.types("ana", "/log")

    async def facts(self) -> dict[str, str]:
        """What the handlers have kept."""
        bot = self.world.bot
        async with bot.database.team_reading(bot.team_id) as team:
            return {row.name: row.value for row in await team.all(team.select(Fact))}

    async def letters(self) -> list[str]:
        """The keys of what they have written to people."""
        bot = self.world.bot
        async with bot.database.team_reading(bot.team_id) as team:
            return [row.key for row in await team.all(team.select(Letter)) if row.key.startswith("test")]

    async def says(self, text: str, who: str = "ana") -> str:
        """Everything that somebody sees in #acme after typing something there."""
        await self.world.types(who, text)
        return await self.world.last(who)


@pytest.fixture
def stage(world: World) -> Stage:
    return Stage(world)


def keeps(name: str, then: Exception | Reply) -> Work:
    """Make a handler that keeps something and writes to somebody, and then refuses, breaks or answers."""

    async def work(call: Call, desk: Desk) -> Reply:
        number = await desk.team.next_number(name)
        await desk.team.put(Fact, {"name": name}, value=str(number))
        if isinstance(then, Exception):
            raise then
        return then.also(Post(f"test:{name}:{number}", call.user_id, "a letter"))

    return work


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


# Events ---------------------------------------------------------------------------------------------


async def test_an_event_that_comes_again_has_its_effect_once(stage: Stage) -> None:
    stage.plays(keeps("heard", Say(text="I heard.")), Kind.EVENT, "message")
    await stage.world.types("ana", "hello", "@app")
    for _ in range(3):
        await stage.world.does("socket", do="duplicate_last_event")
    assert (await stage.facts())["heard"] == "1"
    assert [words(one) for one in await stage.world.sees("ana", "@app")].count("I heard.") == 1


async def test_an_event_that_breaks_five_times_is_set_aside_with_an_apology(stage: Stage) -> None:
    tries = 0

    async def breaks(call: Call, desk: Desk) -> Reply:
        nonlocal tries
        tries += 1
        await keeps("half", ZeroDivisionError())(call, desk)
        return Reply()

    stage.plays(breaks, Kind.EVENT, "message")
    await stage.world.types("ana", "hello", "@app")
    assert tries == 1
    await stage.world.clock.advance(timedelta(hours=1))
    await stage.world.settle()
    assert tries == 5
    seen = [words(one) for one in await stage.world.sees("ana", "@app")]
    assert sum("Nothing was saved" in one for one in seen) == 1
    assert "half" not in await stage.facts()


async def test_a_refused_event_is_answered_and_not_tried_again(stage: Stage) -> None:
    stage.plays(keeps("half", Sorry("Please use the button.")), Kind.EVENT, "message")
    await stage.world.types("ana", "hello", "@app")
    assert await stage.world.last("ana", "@app") == "Please use the button."
    assert "half" not in await stage.facts()


@pytest.mark.parametrize(
    "event",
    [
        {"type": "message", "user": "U1", "channel": ["a", "list"]},
        {"type": "message", "user": {"id": None}, "text": None},
        {"type": "message", "user": ["U1"], "text": {"a": 1}},
        {"type": "user_change", "user": "U0NOBODY"},
        {"type": "user_change", "user": {"profile": {}}},
        {"type": "member_joined_channel", "user": 5, "channel": None},
        {"type": "brand_new"},
        {},
    ],
)
async def test_an_event_of_a_shape_nobody_expects_holds_up_no_other(stage: Stage, event: dict[str, Any]) -> None:
    bot = stage.world.bot
    body = {"team_id": bot.team_id, "event_id": "Ev0STRANGE", "event": event}
    await bot.listener.happened(AsyncAck(), body)
    stage.plays(keeps("heard", Say(text="I heard.")), Kind.EVENT, "app_home_opened")
    await stage.world.opens_home("ana")
    await stage.world.clock.advance(timedelta(hours=2))
    await stage.world.settle()
    assert (await stage.facts())["heard"] == "1"
    async with bot.database.team_reading(bot.team_id) as team:
        strange = await team.get(InboxEvent, event_id="Ev0STRANGE")
    assert strange is not None
    assert strange.state in (State.DONE, State.FAILED)


@pytest.mark.parametrize("body", [{}, {"type": "block_actions"}, {"type": "brand_new"}, {"command": "/log"}])
async def test_an_interaction_of_a_shape_nobody_expects_is_acknowledged(stage: Stage, body: dict[str, Any]) -> None:
    ack = AsyncAck()
    await stage.world.bot.listener.heard(ack, body)
    assert ack.response is not None


# What is never written down ---------------------------------------------------------------------------


async def chatter(world: World) -> None:
    """Let people use the bot while Slack fails, until the last of what they did has been answered."""
    faults = [
        {"method": "chat.postMessage", "do": "drop_after", "at": 1},
        {"method": "chat.postMessage", "do": "error:is_archived", "at": 2},
        {"method": "views.open", "do": "error:invalid_blocks", "at": 1},
    ]
    await world.ask("POST", "faults", {"faults": faults})
    people = world.sandbox.people
    for text in ("/log 2h canarylog #acme", "/log canarynonsense 99999h", "/blocker waiting for canaryblocker", "/log"):
        await people.type("ana", "#acme", text)
    for text in ("log 1h canarydm", "log 2h canaryend"):
        await people.type("ana", "@app", text)
    while not any(
        "canaryend" in words(one) for one in await world.sees("ana", "@app") if one["user"] != world.id("ana")
    ):
        pass


async def test_neither_secrets_nor_peoples_words_are_in_the_log(sqlite_url: str, tmp_path: Path) -> None:
    """The bot as it is run, at its most talkative, while people type, press, fill in, and Slack fails."""
    world = await World.begin(sqlite_url)
    await world.bot.stop()
    env = world.sandbox.env()
    settings = {"DATABASE_URL": sqlite_url, "LOG_LEVEL": "DEBUG", "GRACE_SECONDS": "1", "TICK_SECONDS": "1"}
    bots = Bots(tmp_path, env | settings)
    process = await bots.start()
    async with asyncio.timeout(60):
        await world.sandbox.sockets.opened.wait()
        await chatter(world)
    process.terminate()
    assert await process.wait() == 0
    said = bots.said
    await bots.end()
    await world.http.close()
    await world.sandbox.stop()
    secrets = [value for name, value in env.items() if "TOKEN" in name or "SECRET" in name]
    assert "is_archived" in said
    assert [word for word in ("canary", "ticket=", *secrets) if word.casefold() in said.casefold()] == []
