"""Letters whose sender died or never heard back: looked for by one, found, not found, or given up."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from storage import queue
from storage.database import Database
from storage.outbox import Home, Post, Redraw, State
from storage.queue import LOOKS
from storage.tables import Letter
from tests.storage.samples import LEASE, MINUTE, NOW, SECOND, claim, letter, put, states

ANA, BRUNO, ACME = "U0ANA", "U0BRUNO", "C0ACME"
LETTERS = 6


def keys(letters: Sequence[Letter]) -> list[str]:
    return [one.key for one in letters]


async def landed(database: Database, *letters: Letter) -> None:
    async with database.writing() as session:
        for one in letters:
            await queue.sent(session, one, "D1", "1.1", NOW)


@pytest.mark.parametrize(
    ("kind", "after"), [("message", State.UNKNOWN), ("home", State.PENDING), ("edit", State.REVISED)]
)
async def test_what_a_dead_sender_leaves(database: Database, kind: str, after: State) -> None:
    """A message may have arrived and is looked for; an edit or a Home can be done again."""
    await put(database, Home(ANA, ()) if kind == "home" else Post("one", ANA, "x"))
    (mine,) = await claim(database)
    if kind == "edit":
        await landed(database, mine)
        await put(database, Redraw("one", "y"))
        await claim(database)
    async with database.writing() as session:
        assert await queue.abandoned(session, NOW + LEASE - SECOND, NOW) == 0
        assert await queue.abandoned(session, NOW + LEASE, NOW + MINUTE) == 1
    now = await letter(database, mine.key)
    assert (now.state, now.lease_owner, now.lease_until) == (after, "", None)
    assert (now.not_before == NOW + MINUTE) == (kind == "message")


async def unknown(database: Database, good_for: timedelta = timedelta(days=1)) -> None:
    await put(database, Post("one", ANA, "x", good_for=good_for))
    (mine,) = await claim(database)
    async with database.writing() as session:
        await queue.unknown(session, mine, "timeout", MINUTE, NOW)


async def look(database: Database, owner: str = "me", at: timedelta = MINUTE) -> Sequence[Letter]:
    async with database.writing() as session:
        return await queue.to_look_for(session, owner, NOW + at, LEASE, 10)


async def test_a_letter_of_unknown_fate_is_looked_for_by_one_after_the_grace(database: Database) -> None:
    await unknown(database)
    assert await look(database, at=MINUTE - SECOND) == []
    assert keys(await look(database)) == ["one"]
    assert await look(database, "another") == []
    assert keys(await look(database, "another", MINUTE + LEASE)) == ["one"]


async def test_what_a_dead_sender_was_looking_for_is_looked_for_at_once(database: Database) -> None:
    await unknown(database)
    assert keys(await look(database)) == ["one"]
    async with database.writing() as session:
        assert await queue.abandoned(session, NOW + MINUTE + LEASE, NOW + 2 * MINUTE) == 0
    assert keys(await look(database, "another")) == ["one"]


async def test_found_means_sent_and_not_found_means_it_can_be_sent(database: Database) -> None:
    await unknown(database)
    (mine,) = await look(database)
    async with database.writing() as session:
        await queue.not_found(session, mine, NOW + MINUTE)
    assert await states(database) == {"one": State.PENDING}
    (mine,) = await claim(database, now=NOW + MINUTE)
    async with database.writing() as session:
        await queue.unknown(session, mine, "timeout", MINUTE, NOW)
    (mine,) = await look(database)
    async with database.writing() as session:
        await queue.sent(session, mine, "D1", "1.1", NOW)
    now = await letter(database, "one")
    assert (now.state, now.channel, now.ts, now.error) == (State.SENT, "D1", "1.1", "")


async def test_a_conversation_that_is_closed_to_us_is_tried_three_times(database: Database) -> None:
    await unknown(database)
    outcomes = []
    for number in range(LOOKS):
        (mine,) = await look(database, at=(number + 1) * MINUTE)
        async with database.writing() as session:
            outcomes.append(await queue.could_not_look(session, mine, "not_in_channel", NOW + (number + 1) * MINUTE))
    assert outcomes == [False, False, True]
    now = await letter(database, "one")
    assert now.state == State.FAILED
    assert now.error.startswith("unknown")
    assert "not_in_channel" in now.error


async def test_a_conversation_that_cannot_be_reached_is_tried_as_long_as_the_letter_is_good(database: Database) -> None:
    await unknown(database, good_for=timedelta(hours=1))
    at = MINUTE
    while at < timedelta(hours=1):
        (mine,) = await look(database, at=at)
        async with database.writing() as session:
            assert not await queue.could_not_look(session, mine, "http 500", NOW + at, 5 * MINUTE)
        assert (await letter(database, "one")).error == "timeout"
        at += 5 * MINUTE
    (mine,) = await look(database, at=at)
    async with database.writing() as session:
        assert await queue.could_not_look(session, mine, "http 500", NOW + at, 5 * MINUTE)
    assert await states(database) == {"one": State.FAILED}
