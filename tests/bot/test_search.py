"""Letters of unknown fate: found, not found, or not to be looked for; nothing is ever sent again blindly."""

import time

import pytest

from bot.delivery import LATEST_START
from bot.outcome import Outcome
from storage import queue
from storage.outbox import Post, State
from tests.bot.office import Office

NOTICE = "could not be delivered"
HOUR = 3600.0
DIVIDER = ({"type": "divider"},)
ONE = "This is one."


async def test_a_letter_is_found_however_much_was_said_since(office: Office) -> None:
    office.goes_wrong("drop_after")
    await office.post(to="#acme")
    room, ana = office.box.workspace.channels[office.id("#acme")], office.box.workspace.find_person("ana")
    assert ana is not None
    for number in range(350):
        office.box.workspace.say(room, ana, f"talk {number}")
    await office.look()
    assert (office.at("#acme"), (await office.letter()).state) == ([ONE], State.SENT)


async def test_a_reply_is_found_at_the_end_of_a_long_thread(office: Office) -> None:
    await office.post("parent", "#acme")
    room, ana = office.box.workspace.channels[office.id("#acme")], office.box.workspace.find_person("ana")
    assert ana is not None
    for number in range(150):
        office.box.workspace.say(room, ana, f"talk {number}", (await office.letter("parent")).ts)
    office.goes_wrong("drop_after")
    await office.post("reply", "#acme", thread_key="parent")
    await office.look()
    assert office.at("#acme") == ["This is parent.", "This is reply."]


async def test_old_talk_is_not_read_through(office: Office) -> None:
    room, ana = office.box.workspace.channels[office.id("#acme")], office.box.workspace.find_person("ana")
    assert ana is not None
    for number in range(350):
        office.box.workspace.say(room, ana, f"talk {number}")
    await office.wait(2 * 24 * HOUR)
    office.goes_wrong("drop_before")
    await office.post(to="#acme")
    await office.look()
    assert office.at("#acme") == [ONE]
    assert office.calls("conversations.history") == 1


async def test_where_too_much_was_said_to_be_sure_nothing_is_sent_again(office: Office) -> None:
    office.goes_wrong("drop_before")
    await office.post(to="#acme")
    room, ana = office.box.workspace.channels[office.id("#acme")], office.box.workspace.find_person("ana")
    assert ana is not None
    for number in range(1_100):
        office.box.workspace.say(room, ana, f"talk {number}")
    for _ in range(queue.LOOKS):
        await office.look()
        await office.wait(15)
    assert (await office.letter()).state == State.FAILED
    assert (office.at("#acme"), len(office.at("olivia"))) == ([], 1)


@pytest.mark.parametrize("code", ["not_in_channel", "missing_scope", "no_such_code"])
async def test_where_nobody_can_look_an_admin_is_asked_and_nothing_is_sent_again(office: Office, code: str) -> None:
    office.goes_wrong("drop_before")
    office.goes_wrong(f"error:{code}", "conversations.history", times=9)
    await office.post()
    for _ in range(queue.LOOKS + 2):
        await office.look()
        await office.wait(15)
    assert (await office.letter()).state == State.FAILED
    assert (office.at(), len(office.at("olivia"))) == ([], 1)
    assert office.calls("conversations.history") == queue.LOOKS
    await office.resend()
    assert office.at() == [ONE]


@pytest.mark.parametrize("fault", ["status:500", "drop_before", "html", "ratelimit:1", "error:invalid_auth"])
async def test_bad_weather_while_looking_is_sat_out(office: Office, fault: str) -> None:
    office.goes_wrong("drop_after")
    office.goes_wrong(fault, "conversations.history", times=6)
    await office.post()
    for _ in range(7):
        assert office.at("olivia") == []
        await office.look()
        await office.wait(60)
    assert ((await office.letter()).state, office.at()) == (State.SENT, [ONE])


async def test_after_the_clock_jumps_nothing_is_decided_by_it_for_a_while(sqlite_url: str) -> None:
    office = await Office.open(sqlite_url, grace_seconds=60)
    office.goes_wrong("drop_after")
    await office.post()
    await office.wait(HOUR)
    assert await office.delivery.reconcile() == 0
    assert (await office.letter()).state == State.UNKNOWN
    await office.restart()
    assert await office.delivery.reconcile() == 1
    assert ((await office.letter()).state, office.at()) == (State.SENT, [ONE])
    await office.close()


async def test_a_sender_that_was_held_up_too_long_does_not_send(office: Office) -> None:
    """Others may believe it dead by then, and look for the letter: both would send it."""
    await office.put(Post("one", office.id("ana"), ONE))
    async with office.database.writing() as session:
        (mine,) = await queue.claim(session, "me", office.clock.now(), queue.RETRY_BASE, 1)
    result = await office.delivery._attempt(mine, time.monotonic() - LATEST_START - 1)
    assert result.outcome is Outcome.NOT_SENT
    assert office.at() == []


async def test_what_was_on_its_way_when_the_bot_died_is_looked_for(office: Office) -> None:
    """Once it had arrived, once it had not; however the clock was set meanwhile."""
    await office.put(Post("one", office.id("ana"), ONE), Post("two", office.id("bruno"), "x"))
    async with office.database.writing() as session:
        mine = await queue.claim(session, "dead", office.clock.now(), queue.RETRY_CAP, 10)
    arrived = next(one for one in mine if one.key == "one")
    place = await office.delivery._places.prepare(arrived)
    await office.delivery._send(arrived, place)  # type: ignore[arg-type]
    await office.restart()
    await office.delivery.recover()
    assert {one.state for one in (await office.letters()).values()} == {State.UNKNOWN}
    await office.look()
    assert (office.at(), office.at("bruno")) == ([ONE], ["x"])
