"""Letters as they are written: once for an occasion, redrawn, taken back, expired, sent again."""

from datetime import timedelta

import pytest

from storage import batch, held, outbox, queue
from storage.arrived import next_try
from storage.database import Database
from storage.outbox import CHUNK, Cancel, Home, Lane, Post, Redraw, State
from storage.tables import Letter
from tests.storage.samples import MINUTE, NOW, OTHER, SECOND, TEAM, claim, letter, put, states

ANA, BRUNO = "U0ANA", "U0BRUNO"
CARD = Post("card", ANA, "one", ({"type": "divider"},), about="blocker:1")


async def kept_back(database: Database, *, carried: bool) -> Letter:
    """Write the letter `card` as one that the clock brings, and let it be carried if wanted."""
    await put(database, CARD, by=outbox.CLOCK)
    async with database.team(TEAM) as team:
        if carried:
            await batch.carry(team, await held.due(team, [ANA], NOW), "one", NOW)
    return await letter(database, "card")


async def in_state(database: Database, state: State) -> Letter:
    """Bring the letter `card` into a state in the way in which it comes there."""
    if state in (State.HELD, State.CARRIED):
        return await kept_back(database, carried=state is State.CARRIED)
    await put(database, CARD)
    if state is State.PENDING:
        return await letter(database, "card")
    (mine,) = await claim(database)
    async with database.writing() as session:
        match state:
            case State.SENDING:
                pass
            case State.UNKNOWN:
                await queue.unknown(session, mine, "timeout", MINUTE, NOW)
            case State.FAILED:
                await queue.failed(session, mine, "is_archived", NOW)
            case State.CANCELLED:
                await queue.cancelled(session, mine, "no parent", NOW)
            case State.EXPIRED:
                await queue.later(session, mine, "no connection", SECOND, NOW)
                await queue.expire(session, NOW + CARD.good_for)
            case _:
                await queue.sent(session, mine, "D1", "1.1", NOW)
    if state in (State.REVISED, State.UPDATING):
        await put(database, Redraw("card", "between"))
    if state is State.UPDATING:
        await claim(database)
    found = await letter(database, "card")
    assert found.state == state
    return found


async def test_a_key_is_used_once(database: Database) -> None:
    await put(database, CARD)
    await put(database, Post("card", BRUNO, "another"), Post("other", BRUNO, "x"))
    await put(database, CARD, team_id=OTHER)
    found = await letter(database, "card")
    assert (found.to, found.text) == (ANA, "one")
    assert found.expires_at == NOW + CARD.good_for
    assert (await letter(database, "card", OTHER)).id != found.id


async def test_a_key_twice_in_one_breath_is_one_letter(database: Database) -> None:
    await put(database, CARD, CARD)
    assert list(await states(database)) == ["card"]


async def test_more_letters_than_fit_one_statement_are_all_kept(database: Database) -> None:
    await put(database, *(Post(f"p{number}", ANA, "x") for number in range(CHUNK + 1)))
    assert len(await states(database)) == CHUNK + 1


async def test_a_letter_goes_with_its_transaction(database: Database) -> None:
    async def fail() -> None:
        async with database.team(TEAM) as team:
            await outbox.put(team, [CARD], NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await states(database) == {}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (State.HELD, State.HELD),
        (State.CARRIED, State.CARRIED),
        (State.PENDING, State.PENDING),
        (State.SENDING, State.SENDING),
        (State.SENT, State.REVISED),
        (State.REVISED, State.REVISED),
        (State.UPDATING, State.UPDATING),
        (State.UNKNOWN, State.UNKNOWN),
        (State.EXPIRED, None),
        (State.CANCELLED, None),
        (State.FAILED, None),
    ],
)
async def test_a_redraw_by_where_the_letter_is(database: Database, before: State, after: State | None) -> None:
    was = await in_state(database, before)
    await put(database, Redraw("card", "new", ({"type": "divider"},)), at=NOW + MINUTE)
    now = await letter(database, "card")
    if after is None:
        assert (now.state, now.text, now.revision) == (before, was.text, was.revision)
    else:
        assert (now.state, now.text, now.revision) == (after, "new", was.revision + 1)


async def test_a_redraw_that_changes_nothing_is_not_one(database: Database) -> None:
    await in_state(database, State.SENT)
    await put(database, Redraw("card", CARD.text, CARD.blocks))
    assert (await letter(database, "card")).state == State.SENT


async def test_a_redraw_of_nothing_and_of_what_is_written_in_the_same_breath(database: Database) -> None:
    await put(database, Redraw("card", "nowhere"), CARD, Redraw("card", "later"))
    assert (await letter(database, "card")).text == "later"
    assert len(await states(database)) == 1


async def test_a_redraw_while_the_letter_flies_is_edited_after_it_landed(database: Database) -> None:
    await put(database, CARD)
    (mine,) = await claim(database)
    await put(database, Redraw("card", "new"))
    async with database.writing() as session:
        await queue.sent(session, mine, "D1", "1.1", NOW)
    assert (await letter(database, "card")).state == State.REVISED
    (edit,) = await claim(database)
    assert (edit.state, edit.text, edit.ts) == (State.UPDATING, "new", "1.1")
    async with database.writing() as session:
        await queue.sent(session, edit, "D1", "1.1", NOW)
    assert (await letter(database, "card")).state == State.SENT


@pytest.mark.parametrize("died", [True, False])
async def test_a_redraw_of_a_letter_of_unknown_fate_is_edited_once_it_is_found(
    database: Database, *, died: bool
) -> None:
    """Whatever is found is what was sent, not what the letter says by now."""
    await put(database, CARD)
    (mine,) = await claim(database)
    async with database.writing() as session:
        if died:
            await queue.abandoned(session, NOW + MINUTE, NOW)
        else:
            await queue.unknown(session, mine, "timeout", 0 * MINUTE, NOW)
    await put(database, Redraw("card", "new"))
    async with database.writing() as session:
        (found,) = await queue.to_look_for(session, "me", NOW, MINUTE, 10)
        await queue.sent(session, found, "D1", "1.1", NOW)
    assert (await letter(database, "card")).state == State.REVISED


@pytest.mark.parametrize("state", list(State))
async def test_only_what_has_not_left_is_taken_back(database: Database, state: State) -> None:
    await in_state(database, state)
    await put(database, Post("card of another", ANA, "x", about="blocker:2"))
    await put(database, Cancel("blocker:1"))
    found = await states(database)
    assert found["card"] == (State.CANCELLED if state in (State.HELD, State.CARRIED, State.PENDING) else state)
    assert found["card of another"] == State.PENDING


async def test_what_waits_for_somebody_who_left_is_taken_back(database: Database) -> None:
    await in_state(database, State.REVISED)
    await put(database, Post("hers", ANA, "x"), Post("his", BRUNO, "x"), Home(ANA, ()))
    await put(database, Post("hers", ANA, "x"), team_id=OTHER)
    async with database.team(TEAM) as team:
        assert await outbox.cancel_for(team, ANA, NOW) == 3
    assert await states(database) == {
        "card": State.CANCELLED,
        "hers": State.PENDING,
        "his": State.PENDING,
        f"home:{ANA}": State.CANCELLED,
    }
    assert (await letter(database, "hers")).state == State.CANCELLED
    assert (await letter(database, "hers", OTHER)).state == State.PENDING


@pytest.mark.parametrize("late", [-SECOND, 0 * SECOND, SECOND])
async def test_a_letter_expires_when_its_time_is_over(database: Database, late: timedelta) -> None:
    await put(database, Post("brief", ANA, "x", good_for=MINUTE), Post("long", ANA, "x"))
    async with database.writing() as session:
        expired = await queue.expire(session, NOW + MINUTE + late)
    assert expired == (late >= 0 * SECOND)
    assert (await states(database))["long"] == State.PENDING


@pytest.mark.parametrize("state", list(State))
async def test_only_a_failed_letter_is_sent_again(database: Database, state: State) -> None:
    was = await in_state(database, state)
    later = NOW + timedelta(days=3)
    async with database.team(TEAM) as team:
        again = await outbox.resend(team, was.id, later)
    now = await letter(database, "card")
    assert (again is not None) == (state is State.FAILED)
    assert now.state == (State.PENDING if state is State.FAILED else state)
    if state is State.FAILED:
        assert (now.error, now.attempt) == ("", 0)
        assert [one.key for one in await claim(database, now=later)] == ["card"]
        async with database.team(OTHER) as other:
            assert await outbox.resend(other, was.id, later) is None


async def test_a_home_is_one_letter_that_is_redrawn_only_when_it_changes(database: Database) -> None:
    await put(database, Home(ANA, ({"type": "divider"},)))
    (mine,) = await claim(database)
    assert mine.kind == "home"
    async with database.writing() as session:
        await queue.sent(session, mine, "", "", NOW)
    await put(database, Home(ANA, ({"type": "divider"},)))
    assert await states(database) == {f"home:{ANA}": State.SENT}
    await put(database, Home(ANA, ()))
    assert await states(database) == {f"home:{ANA}": State.REVISED}


async def test_a_home_that_failed_is_tried_again_when_it_is_drawn_next(database: Database) -> None:
    await put(database, Home(ANA, ()))
    (mine,) = await claim(database)
    async with database.writing() as session:
        await queue.failed(session, mine, "not_enabled", NOW)
    await put(database, Home(ANA, ()))
    assert await states(database) == {f"home:{ANA}": State.PENDING}


async def test_what_came_too_late_is_recorded_once_and_never_sent(database: Database) -> None:
    for _ in range(2):
        async with database.team(TEAM) as team:
            await outbox.note_missed(team, "missed:x", ANA, NOW)
    assert await states(database) == {"missed:x": State.EXPIRED}
    assert await claim(database) == []


async def test_a_reply_is_no_more_urgent_than_the_message_it_answers(database: Database) -> None:
    """Else it would wait for its parent, and its parent for it."""
    parent = Post("parent", ANA, "x", lane=Lane.DIGEST)
    reply = Post("reply", ANA, "x", lane=Lane.ESCALATION, thread_key="parent")
    await put(database, parent, reply)
    assert [one.key for one in await claim(database)] == ["parent"]
    await put(database, Post("another", ANA, "x", lane=Lane.ESCALATION, thread_key="parent"))
    assert (await letter(database, "another")).lane == Lane.DIGEST
    async with database.writing() as session:
        await queue.sent(session, await letter(database, "parent"), "D1", "1.1", NOW)
    await put(database, Post("free", ANA, "x", lane=Lane.ESCALATION, thread_key="parent"))
    assert [one.key for one in await claim(database)] == ["free"]


async def test_what_is_held_says_when_it_is_looked_at_again(database: Database) -> None:
    await put(database, CARD, Post("later", BRUNO, "two"), by=outbox.CLOCK)
    async with database.team_reading(TEAM) as team:
        assert await next_try(team, ["card", "not written"]) == {ANA: NOW}
        assert await next_try(team, []) == {}
