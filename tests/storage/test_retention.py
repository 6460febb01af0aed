"""Retention: what is older than its kind may be goes, a little at a time; what is not over, or not old enough, stays."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Date, insert

from playbook import load as playbook
from playbook.retention import FORMER, KINDS, RetentionBook
from storage import retention
from storage.database import Database, Team, columns_of
from storage.outward_tables import Trail
from storage.retention import AGES, Ages
from storage.tables import Contractor
from tests.conftest import TEAM
from tests.storage.samples import samples

BOOK = playbook.load().retention
NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)
STATES = {"letter": "sent", "blueprint": "replaced", "golden": "replaced", "webhook_delivery": "failed"}


async def _put(team: Team, ages: Ages, since: datetime, number: int) -> None:
    table = columns_of(ages.table)
    row: dict[str, Any] = {
        name: f"{value}{number}" if isinstance(value, str) else value for name, value in samples(ages.table).items()
    }
    row |= {"seq": number} if "seq" in row else {}
    row |= {name: number for name in ("number", "version") if name in row}
    row |= {"state": STATES.get(table.name, "any"), "kind": "message"} if "state" in row else {}
    row[ages.since] = since.date() if isinstance(table.c[ages.since].type, Date) else since
    known = {name: value for name, value in row.items() if name in table.c}
    await team.session.exec(insert(table).values(team_id=TEAM, **known))


async def _left(team: Team, ages: Ages) -> int:
    return len(await team.all(team.select(ages.table)))


def test_every_kind_but_the_former_has_its_tables() -> None:
    assert {ages.kind for ages in AGES} == set(KINDS) - {FORMER}


async def test_a_round_deletes_what_is_too_old_of_every_table_and_nothing_else(database: Database) -> None:
    async with database.team(TEAM) as team:
        months = await retention.months(team, BOOK)
        for ages in AGES:
            old = NOW - timedelta(days=months[ages.kind] * 31 + 1)
            await _put(team, ages, old, 1)
            await _put(team, ages, NOW - timedelta(days=months[ages.kind] * 30 - 8), 2)
        counted = {kind: await retention.older(team, kind, NOW.date()) for kind in KINDS}
        made = await retention.sweep(team, BOOK, NOW)
        for ages in AGES:
            assert await _left(team, ages) == 1, ages.table.__tablename__
        assert made.deleted == {kind: number // 2 for kind, number in counted.items() if number}
        assert await retention.last(team) == made
        assert (await retention.sweep(team, BOOK, NOW)).deleted == {}


async def test_what_is_not_over_never_goes(database: Database) -> None:
    async with database.team(TEAM) as team:
        for ages in AGES:
            table = columns_of(ages.table)
            if table.c[ages.since].nullable:
                await _put(team, ages, NOW - timedelta(days=9000), 1)
                await team.change(team.update(ages.table).values({ages.since: None}))
        await retention.sweep(team, BOOK, NOW)
        assert all([await _left(team, ages) == 1 for ages in AGES if columns_of(ages.table).c[ages.since].nullable])


async def test_much_goes_a_little_at_a_time_and_is_counted_together(database: Database) -> None:
    small = RetentionBook(**{**BOOK.model_dump(), "batch": 2, "kinds": BOOK.kinds})
    async with database.team(TEAM) as team:
        trail = next(ages for ages in AGES if ages.table is Trail)
        for number in range(5):
            await _put(team, trail, NOW - timedelta(days=9000), number)
        rounds = [await retention.sweep(team, small, NOW) for _ in range(3)]
        assert [(one.deleted["trail"], one.more) for one in rounds] == [(2, True), (4, True), (5, False)]
        await retention.choose(team, "trail", 6, "UOLIVIA", NOW)
        await _put(team, trail, NOW - timedelta(days=200), 9)
        assert (await retention.upcoming(team, small, NOW)) == {"trail": 1}


@pytest.mark.parametrize(("days_ago", "forgotten"), [(400, 1), (100, 0)])
async def test_former_contractors_words_go_once(database: Database, days_ago: int, forgotten: int) -> None:
    async with database.team(TEAM) as team:
        ended = NOW - timedelta(days=days_ago)
        await team.insert(Contractor, **(samples(Contractor) | {"user_id": "UANA", "ended_at": ended}))
        assert await retention.older(team, FORMER, NOW.date() - timedelta(days=365)) == forgotten
        assert (await retention.sweep(team, BOOK, NOW)).deleted.get(FORMER, 0) == forgotten
        assert (await retention.sweep(team, BOOK, NOW)).deleted.get(FORMER, 0) == 0
