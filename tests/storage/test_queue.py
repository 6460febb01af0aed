"""Taking letters and noting what became of them: in order, each by one sender, and never lost from sight."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

import pytest

from storage import queue
from storage.database import Database, Team
from storage.outbox import Lane, Post, Redraw, State
from storage.tables import Letter
from tests.storage.samples import LEASE, MINUTE, NOW, OTHER, SECOND, TEAM, claim, letter, plan, put, states

ANA, BRUNO, ACME = "U0ANA", "U0BRUNO", "C0ACME"
LETTERS = 6


def keys(letters: Sequence[Letter]) -> list[str]:
    return [one.key for one in letters]


async def landed(database: Database, *letters: Letter) -> None:
    async with database.writing() as session:
        for one in letters:
            await queue.sent(session, one, "D1", "1.1", NOW)


async def test_urgent_lanes_first_then_as_written_one_at_a_time_to_each(database: Database) -> None:
    await put(
        database,
        Post("ana 1", ANA, "x"),
        Post("ana 2", ANA, "x"),
        Post("bruno digest", BRUNO, "x", lane=Lane.DIGEST),
        Post("bruno alarm", BRUNO, "x", lane=Lane.ESCALATION),
        Post("acme", ACME, "x", lane=Lane.RED_FLAG),
    )
    rounds = []
    while batch := await claim(database):
        rounds.append(keys(batch))
        await landed(database, *batch)
    assert rounds == [["bruno alarm", "acme", "ana 1"], ["ana 2", "bruno digest"]]


async def test_the_same_person_in_another_team_is_another_conversation(database: Database) -> None:
    await put(database, Post("here", ANA, "x"))
    await put(database, Post("there", ANA, "x"), team_id=OTHER)
    assert sorted(keys(await claim(database))) == ["here", "there"]


async def test_a_team_that_is_paused_waits(database: Database) -> None:
    await put(database, Post("here", ANA, "x"))
    await put(database, Post("there", ANA, "x"), team_id=OTHER)
    assert keys(await claim(database, paused=[TEAM])) == ["there"]


@pytest.mark.parametrize("state", [State.SENDING, State.UNKNOWN, State.UPDATING])
async def test_nothing_overtakes_what_is_in_flight(database: Database, state: State) -> None:
    await put(database, Post("first", ANA, "x"))
    (mine,) = await claim(database)
    if state is State.UNKNOWN:
        async with database.writing() as session:
            await queue.unknown(session, mine, "timeout", MINUTE, NOW)
    if state is State.UPDATING:
        await landed(database, mine)
        await put(database, Redraw("first", "new"))
        await claim(database)
    await put(database, Post("second", ANA, "x", lane=Lane.ESCALATION))
    assert await claim(database) == []
    assert await states(database) == {"first": state, "second": State.PENDING}


async def test_what_waits_for_another_try_keeps_its_place(database: Database) -> None:
    await put(database, Post("first", ANA, "x"), Post("second", ANA, "x"))
    (first,) = await claim(database)
    async with database.writing() as session:
        await queue.later(session, first, "no connection", MINUTE, NOW)
    assert await claim(database) == []
    assert keys(await claim(database, now=NOW + MINUTE)) == ["first"]


async def test_a_claim_says_whose_it_is_until_when_and_what_is_being_said(database: Database) -> None:
    await put(database, Post("one", ANA, "x"))
    await put(database, Redraw("one", "y"))
    (mine,) = await claim(database, "me")
    assert (mine.state, mine.lease_owner, mine.lease_until) == (State.SENDING, "me", NOW + LEASE)
    assert (mine.text, mine.revision, mine.sent_revision, mine.attempt) == ("y", 2, 2, 1)


@pytest.mark.parametrize("senders", [2, 8])
async def test_senders_at_once_never_take_the_same_letter(database: Database, senders: int) -> None:
    """Each takes a few at a time, as long as there are any; one conversation is never taken by two at once."""
    people = [f"U{number}" for number in range(10)]
    for number in range(LETTERS):
        await put(database, *(Post(f"{one} {number}", one, "x", lane=Lane(number % 3)) for one in people))
    taken: list[str] = []
    flying: Counter[str] = Counter()
    most: Counter[str] = Counter()

    async def send(owner: str) -> None:
        while len(taken) < len(people) * LETTERS:
            batch = await claim(database, owner, limit=3)
            for one in batch:
                taken.append(one.key)
                flying[one.to] += 1
                most[one.to] = max(most[one.to], flying[one.to])
            await asyncio.sleep(0)
            for one in batch:
                flying[one.to] -= 1
            await landed(database, *batch)

    await asyncio.gather(*(send(f"sender {number}") for number in range(senders)))
    assert sorted(taken) == sorted({f"{one} {number}" for one in people for number in range(LETTERS)})
    assert set(most.values()) == {1}
    for one in people:
        assert [key for key in taken if key.startswith(f"{one} ")] == sorted(
            (f"{one} {number}" for number in range(LETTERS)), key=lambda key: (int(key[-1]) % 3, key)
        )


@pytest.mark.postgres
async def test_a_sender_waits_for_the_claim_of_another(postgres_url: str) -> None:
    """Else an urgent letter written meanwhile would be in flight beside one that is just being claimed."""
    database = Database(postgres_url)
    await put(database, Post("calm", ANA, "x"))
    async with database.writing() as session:
        assert keys(await queue.claim(session, "first", NOW, LEASE, 10)) == ["calm"]
        await put(database, Post("urgent", ANA, "x", lane=Lane.ESCALATION))
        second = asyncio.ensure_future(claim(database, "second"))
        async with database.reading() as looking:
            connection = await looking.connection()
            waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"
            while not second.done() and not (await connection.exec_driver_sql(waiting)).scalar_one():
                pass
    assert await second == []
    assert keys(await claim(database, "second", now=NOW + LEASE)) == []
    await database.close()


async def mark(database: Database, name: str, mine: Letter) -> None:
    """Note one of the outcomes."""
    async with database.writing() as session:
        match name:
            case "sent":
                await queue.sent(session, mine, "D9", "9.9", NOW)
            case "later":
                await queue.later(session, mine, "no connection", MINUTE, NOW)
            case "unknown":
                await queue.unknown(session, mine, "timeout", MINUTE, NOW)
            case "failed":
                await queue.failed(session, mine, "is_archived", NOW)
            case "settled":
                await queue.settled(session, mine, "message_not_found", NOW)
            case "cancelled":
                await queue.cancelled(session, mine, "pointless", NOW)
            case "not_found":
                await queue.not_found(session, mine, NOW)
            case _:
                await queue.could_not_look(session, mine, "not_in_channel", NOW)


MARKS = ["sent", "later", "unknown", "failed", "settled", "cancelled", "not_found", "could_not_look"]


@pytest.mark.parametrize("name", MARKS)
async def test_a_mark_is_made_only_by_the_one_who_holds_the_letter(database: Database, name: str) -> None:
    await put(database, Post("one", ANA, "x"))
    (mine,) = await claim(database, "slow")
    async with database.writing() as session:
        assert await queue.abandoned(session, NOW + LEASE, NOW) == 1
    await mark(database, name, mine)
    assert (await letter(database, "one")).state == State.UNKNOWN
    async with database.writing() as session:
        await queue.to_look_for(session, "other", NOW, LEASE, 10)
    await mark(database, name, mine)
    now = await letter(database, "one")
    assert (now.state, now.lease_owner, now.ts) == (State.UNKNOWN, "other", "")


@pytest.mark.parametrize("name", MARKS)
async def test_a_mark_gives_the_letter_back_and_is_made_once(database: Database, name: str) -> None:
    await put(database, Post("one", ANA, "x"))
    (mine,) = await claim(database)
    await mark(database, name, mine)
    once = await letter(database, "one")
    assert (once.lease_owner, once.lease_until) == ("", None)
    for other in MARKS:
        await mark(database, other, mine)
    assert (await letter(database, "one")).model_dump() == once.model_dump()


async def test_what_was_nobodys_fault_is_not_counted_as_an_attempt(database: Database) -> None:
    await put(database, Post("one", ANA, "x"))
    for counted, attempts in [(True, 1), (False, 1), (False, 1), (True, 2)]:
        (mine,) = await claim(database)
        async with database.writing() as session:
            await queue.later(session, mine, "ratelimited", 0 * SECOND, NOW, counted=counted)
        assert (await letter(database, "one")).attempt == attempts


async def unknown(database: Database, good_for: timedelta = timedelta(days=1)) -> None:
    await put(database, Post("one", ANA, "x", good_for=good_for))
    (mine,) = await claim(database)
    async with database.writing() as session:
        await queue.unknown(session, mine, "timeout", MINUTE, NOW)


async def test_next_at_is_when_something_may_happen(database: Database) -> None:
    async with database.reading() as session:
        assert (await session.exec(queue.NEXT_AT)).one() is None
    await unknown(database)
    async with database.reading() as session:
        assert (await session.exec(queue.NEXT_AT)).one() == NOW + MINUTE


async def crowd(team: Team, count: int) -> None:
    """Fill the outbox with letters that were sent long ago."""
    rows = [
        {
            "id": f"old{number}",
            "team_id": TEAM,
            "key": f"old {number}",
            "about": "",
            "kind": "message",
            "to": f"U{number % 500}",
            "channel": "D1",
            "thread_key": "",
            "lane": 5,
            "text": "x",
            "blocks": [],
            "state": State.SENT,
            "not_before": NOW,
            "expires_at": NOW,
            "ts": "1.1",
            "created_at": NOW,
            "changed_at": NOW,
        }
        for number in range(count)
    ]
    await team.session.run_sync(lambda session: session.bulk_insert_mappings(Letter.__mapper__, rows))  # type: ignore[attr-defined]


async def test_a_claim_looks_at_what_waits_not_at_what_was_sent(database: Database) -> None:
    async with database.team(TEAM) as team:
        await crowd(team, 20_000)
    await put(database, Post("one", ANA, "x"), Post("two", ANA, "x"))
    async with database.writing() as session:
        if not database.is_sqlite:
            await (await session.connection()).exec_driver_sql("ANALYZE letter")
        steps = await plan(session, queue._next(session, NOW, 20, ()))
    assert "ix_letter_state_lane_seq" in steps
    assert "SCAN letter" not in steps
    assert "Seq Scan" not in steps
    assert keys(await claim(database)) == ["one"]
