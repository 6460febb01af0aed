"""Edits of messages that were sent: repeated until they are there, wherever the letter is on its way."""

import asyncio

import pytest

from storage.outbox import Post, Redraw, State
from tests.bot.office import Office

NOTICE = "could not be delivered"
HOUR = 3600.0
DIVIDER = ({"type": "divider"},)
ONE = "This is one."


@pytest.mark.parametrize(
    "fault", ["status:500", "drop_before", "drop_after", "html", "ratelimit:1", "error:fatal_error"]
)
async def test_an_edit_is_repeated_until_it_is_there(office: Office, fault: str) -> None:
    await office.post()
    office.goes_wrong(fault, "chat.update", times=2)
    await office.put(Redraw("one", "Another text.", DIVIDER))
    for _ in range(3):
        await office.delivery.drain()
        await office.restart()
        await office.wait(700)
    assert office.at() == ["Another text."]
    assert [block["type"] for block in office.messages()[0].blocks] == ["divider"]
    assert (await office.letter()).state == State.SENT


async def test_an_edit_takes_blocks_away_too(office: Office) -> None:
    await office.post(blocks=DIVIDER)
    await office.put(Redraw("one", "Only words."))
    await office.delivery.drain()
    assert (office.at(), office.messages()[0].blocks) == (["Only words."], [])


@pytest.mark.parametrize(("code", "calls"), [("message_not_found", 1), ("edit_window_closed", 1), ("no_such_code", 3)])
async def test_an_edit_that_is_refused_leaves_the_message_as_it_is(office: Office, code: str, calls: int) -> None:
    await office.post()
    office.goes_wrong(f"error:{code}", "chat.update", times=10)
    await office.put(Redraw("one", "Another text."))
    for _ in range(6):
        await office.delivery.drain()
        await office.wait(700)
    assert office.calls("chat.update") == calls
    assert (office.at(), office.at("olivia")) == ([ONE], [])
    assert (await office.letter()).state == State.SENT


async def test_a_redraw_while_the_letter_is_being_sent_ends_up_in_the_message(office: Office) -> None:
    office.goes_wrong("delay:0.3")
    await office.put(Post("one", office.id("ana"), ONE))
    sending = asyncio.ensure_future(office.delivery.drain())
    while (await office.letter()).state != State.SENDING:
        pass
    await office.put(Redraw("one", "Another text."))
    await sending
    assert office.at() == ["Another text."]
    assert (await office.letter()).state == State.SENT


async def test_a_redraw_of_a_letter_of_unknown_fate_ends_up_in_the_message(office: Office) -> None:
    office.goes_wrong("drop_after")
    await office.post()
    await office.put(Redraw("one", "Another text."))
    await office.look()
    assert office.at() == ["Another text."]
