"""Events on their way in: on disk before they are acknowledged, each once, worked on once, set aside when they fail."""

import asyncio
import itertools
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from sqlmodel import func, select

from storage import inbox, submissions
from storage.database import Database
from storage.inbox import BATCH, TRIES, Arrived, Inbox, State
from storage.tables import InboxEvent, Submission
from tests.storage.samples import MINUTE, NOW, OTHER, SECOND, TEAM

DAY = timedelta(days=1)


def arrived(event_id: str, team_id: str = TEAM, at: Any = NOW, body: Mapping[str, Any] | None = None) -> Arrived:
    return Arrived(team_id, event_id, "message", body or {"text": "hello"}, at)


async def kept(database: Database) -> int:
    async with database.reading() as session:
        return (await session.exec(select(func.count()).select_from(InboxEvent))).one()


async def test_a_burst_is_kept_whole_in_few_commits(database: Database) -> None:
    box, commits = Inbox(database), itertools.count()
    count = lambda *_: next(commits)  # noqa: E731 - SQLAlchemy wants something to call
    event.listen(database._write.sync_engine, "commit", count)
    await asyncio.gather(*(box.keep(arrived(f"Ev{number}")) for number in range(500)))
    event.remove(database._write.sync_engine, "commit", count)
    assert await kept(database) == 500
    assert next(commits) <= 500 / BATCH + 3


async def test_an_event_that_comes_again_is_kept_once(database: Database) -> None:
    box = Inbox(database)
    await asyncio.gather(*(box.keep(arrived(f"Ev{number % 20}")) for number in range(200)))
    await box.keep(arrived("Ev0", body={"text": "changed"}))
    await box.keep(arrived("Ev0", OTHER))
    assert await kept(database) == 21
    async with database.team_reading(TEAM) as team:
        first = await team.get(InboxEvent, event_id="Ev0")
    assert first is not None
    assert first.body == {"text": "hello"}


async def test_keep_returns_only_when_the_event_is_on_disk(database: Database) -> None:
    box = Inbox(database)

    async def one(number: int) -> bool:
        await box.keep(arrived(f"Ev{number}"))
        async with database.team_reading(TEAM) as team:
            return await team.get(InboxEvent, event_id=f"Ev{number}") is not None

    assert all(await asyncio.gather(*(one(number) for number in range(40))))


async def test_a_bad_event_spoils_no_other(database: Database) -> None:
    """Nothing that comes over the wire is like that; but if it were, Slack would repeat only that one."""
    box = Inbox(database)
    bad = arrived("bad", body={"text": {"a set", "is not JSON"}})
    events = [arrived(f"Ev{number}") for number in range(30)]
    outcomes = await asyncio.gather(*(box.keep(one) for one in [*events, bad, *events]), return_exceptions=True)
    assert [isinstance(one, Exception) for one in outcomes] == [False] * 30 + [True] + [False] * 30
    assert await kept(database) == 30


async def test_one_who_gives_up_waiting_takes_nobody_along(database: Database) -> None:
    box = Inbox(database)
    tasks = [asyncio.ensure_future(box.keep(arrived(f"Ev{number}"))) for number in range(50)]
    await asyncio.sleep(0)
    tasks[0].cancel()
    outcomes = await asyncio.wait_for(asyncio.gather(*tasks, return_exceptions=True), 20)
    assert isinstance(outcomes[0], asyncio.CancelledError)
    await asyncio.gather(*(box.keep(arrived(f"Ev{number}")) for number in range(50)))
    assert await kept(database) == 50


async def test_when_the_store_cannot_be_written_whoever_waits_hears_of_it(sqlite_url: str) -> None:
    """Without an acknowledgement Slack sends the event again, which is what we want then."""
    database = Database(sqlite_url)
    async with database.writing() as session:
        await (await session.connection()).exec_driver_sql("DROP TABLE inbox")
    box = Inbox(database)
    outcomes = await asyncio.gather(*(box.keep(arrived(f"Ev{number}")) for number in range(5)), return_exceptions=True)
    assert [type(one) for one in outcomes] == [OperationalError] * 5
    await database.close()


async def next_id(database: Database, at: Any = NOW) -> str:
    async with database.reading() as session:
        found = await inbox.next_new(session, at)
    return found.event_id if found else ""


async def test_events_are_worked_on_in_the_order_in_which_they_came(database: Database) -> None:
    box = Inbox(database)
    for number in (2, 0, 1):
        await box.keep(arrived(f"Ev{number}", at=NOW + number * SECOND))
    order = []
    while name := await next_id(database, NOW + MINUTE):
        order.append(name)
        async with database.writing() as session:
            found = await inbox.next_new(session, NOW + MINUTE)
            assert found is not None
            assert await inbox.begin(session, found)
    assert order == ["Ev0", "Ev1", "Ev2"]


async def test_an_event_is_begun_by_one_only_and_is_new_again_when_its_effect_fails(database: Database) -> None:
    await Inbox(database).keep(arrived("Ev1"))
    async with database.reading() as session:
        found = await inbox.next_new(session, NOW)
    assert found is not None

    async def begin(*, fail: bool = False) -> bool:
        async with database.writing() as session:
            begun = await inbox.begin(session, found)
            if fail:
                raise ZeroDivisionError
            return begun

    with pytest.raises(ZeroDivisionError):
        await begin(fail=True)
    assert await next_id(database) == "Ev1"
    assert sorted(await asyncio.gather(begin(), begin(), begin())) == [False, False, True]
    assert await next_id(database) == ""


async def test_an_event_that_fails_comes_again_later_and_five_times_at_most(database: Database) -> None:
    await Inbox(database).keep(arrived("Ev1"))
    now, waits, over = NOW, [], []
    while await next_id(database, now):
        async with database.writing() as session:
            found = await inbox.next_new(session, now)
            assert found is not None
            over.append(await inbox.failed(session, found, "KeyError", now))
        async with database.reading() as session:
            again = (await session.exec(inbox.NEXT_AT)).one()
        if again is not None:
            waits.append(again - now)
            assert await next_id(database, again - SECOND) == ""
            now = again
    assert over == [False] * (TRIES - 1) + [True]
    assert waits == sorted(waits)
    async with database.team_reading(TEAM) as team:
        row = await team.get(InboxEvent)
    assert row is not None
    assert (row.state, row.error, row.attempts) == (State.FAILED, "KeyError", TRIES)


async def test_one_that_fails_holds_up_no_other(database: Database) -> None:
    box = Inbox(database)
    await box.keep(arrived("Ev1"))
    await box.keep(arrived("Ev2", at=NOW + SECOND))
    async with database.writing() as session:
        found = await inbox.next_new(session, NOW)
        assert found is not None
        await inbox.failed(session, found, "KeyError", NOW)
    assert await next_id(database, NOW + SECOND) == "Ev2"


async def test_what_is_done_is_forgotten_after_a_while_and_what_failed_is_not(database: Database) -> None:
    box = Inbox(database)
    for name in ("done", "failed", "new"):
        await box.keep(arrived(name))
    await box.keep(arrived("recent", at=NOW + DAY))
    async with database.writing() as session:
        for row in (await session.exec(select(InboxEvent))).all():
            row.state = {"done": State.DONE, "recent": State.DONE, "failed": State.FAILED}.get(row.event_id, State.NEW)
    async with database.writing() as session:
        await inbox.forget(session, NOW + DAY)
    async with database.reading() as session:
        left = {row.event_id for row in (await session.exec(select(InboxEvent))).all()}
    assert left == {"failed", "new", "recent"}


async def test_a_form_counts_once_with_the_change_it_makes(database: Database) -> None:
    async def send(*, fail: bool = False) -> bool:
        async with database.team(TEAM) as team:
            first = await submissions.first(team, "V1:hash", NOW)
            if fail:
                raise ZeroDivisionError
            return first

    with pytest.raises(ZeroDivisionError):
        await send(fail=True)
    assert sorted(await asyncio.gather(*(send() for _ in range(8)))) == [False] * 7 + [True]
    async with database.team(OTHER) as team:
        assert await submissions.first(team, "V1:hash", NOW)
    async with database.writing() as session:
        await submissions.forget(session, NOW)
        assert len((await session.exec(select(Submission))).all()) == 2
        await submissions.forget(session, NOW + SECOND)
        assert (await session.exec(select(Submission))).all() == []
