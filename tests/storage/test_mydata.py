"""Own data: every table is spoken of, nobody gets another person's words, and what is deleted is gone while the rest stays."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import JSON, insert, select
from sqlmodel import SQLModel

from storage import mydata
from storage.database import Database, Team, columns_of
from storage.mydata_map import NOT_GIVEN, OTHER_IDS, PARTS, PEOPLE, ROW, Part, people_in
from storage.tables import Contractor
from tests.conftest import TEAM
from tests.storage.samples import NOW, TABLES, samples

ANA, BRUNO = "UANA", "UBRUNO"
MARKS = {ANA: "words-of-ana", BRUNO: "words-of-bruno"}
# What ana wrote herself into rows that are about bruno.
BY_ANA = {
    ("greeting_by_me", "words"),
    ("meeting_led_by_me", "strategy"),
    ("meeting_led_by_me", "state"),
    ("meeting_led_by_me", "why"),
    ("point_by_me", "kind"),
    ("point_by_me", "text"),
    ("point_by_me", "link"),
    ("review_by_me", "ours"),
    ("trail_by_me", "id"),
    ("trail_by_me", "what"),
}
RECORDS = {
    "channel_id",
    "event_id",
    "tool_id",
    "blocker_id",
    "meeting_id",
    "review_id",
    "offboarding_id",
    "blueprint_id",
    "webhook_id",
}


def _owner(table: type[SQLModel]) -> str:
    """Give the column that says whose a row is."""
    return next((part.of for part in PARTS if part.table is table and not part.name), "") or next(
        (part.of for part in PARTS if part.table is table), ""
    )


def _row(table: type[SQLModel], owner: str, other: str) -> dict[str, Any]:
    """Make a row that is one person's and names the other in every other place, full of its owner's words."""
    row = samples(table) | {"team_id": TEAM}
    for column in columns_of(table).columns:
        words = f"{MARKS[owner]} {table.__tablename__}.{column.name}"
        if column.name in people_in(table) or column.name == _owner(table):
            row[column.name] = owner if column.name == _owner(table) else other
        elif column.name in ("team_id", "seq") or (table.__tablename__, column.name) == ("letter", "kind"):
            row[column.name] = row[column.name] if column.name == "team_id" else None
        elif isinstance(row[column.name], str):
            row[column.name] = words
        elif isinstance(column.type, JSON):
            row[column.name] = {"said": words}
    extra: Mapping[str, Mapping[str, Any]] = {
        "letter": {"state": "sent", "kind": "message"},
        "blocker": {"number": len(owner)},
        "wiki_item": {"number": len(owner)},
        "blocker_note": {"blocker_id": f"{MARKS[owner]} blocker.id"},
    }
    row |= extra.get(str(table.__tablename__), {})
    return {name: value for name, value in row.items() if value is not None}


async def _fill(team: Team) -> None:
    tables = {columns_of(table): table for table in TABLES}
    for plain in SQLModel.metadata.sorted_tables:
        for owner, other in ((ANA, BRUNO), (BRUNO, ANA)) if _owner(tables[plain]) else ():
            await team.session.exec(insert(plain).values(**_row(tables[plain], owner, other)))


async def _found(team: Team, user_id: str) -> Sequence[mydata.Sheet]:
    return await mydata.gather(team, user_id, 1000)


def _said(sheets: Sequence[mydata.Sheet], mark: str) -> set[tuple[str, str]]:
    """Name the columns in which somebody's words are."""
    return {
        (one.title, name)
        for one in sheets
        for row in one.rows
        for name, cell in zip(one.head, row, strict=True)
        if mark in json.dumps(cell)
    }


def test_every_table_and_every_person_in_it_is_spoken_of() -> None:
    given, not_given = {part.table for part in PARTS}, set(NOT_GIVEN)
    assert given | not_given == set(TABLES), "say in storage/mydata_map.py whose the rows of a new table are"
    assert not given & not_given
    for table in TABLES:
        ids = {one.name for one in columns_of(table).columns if one.name.endswith("_id")} - {"team_id"}
        assert ids <= PEOPLE | RECORDS | OTHER_IDS, f"{table.__tablename__}: a person, or another record?"
    for part in PARTS:
        names = {*part.shown, *part.hidden, part.only, part.closed, *(part.goes if part.goes != ROW else ())} - {""}
        assert names | {part.of} - ({part.of} if part.mine else set()) <= set(columns_of(part.table).columns.keys())
    assert len({part.title for part in PARTS}) == len(PARTS)


async def test_everybody_gets_what_is_theirs_and_no_words_of_anybody_else(database: Database) -> None:
    async with database.team(TEAM) as team:
        await _fill(team)
        sheets = await _found(team, ANA)
        missing = {part.title for part in PARTS if not part.name} - {one.title for one in sheets}
        assert missing == set()
        assert _said(sheets, MARKS[BRUNO]) == BY_ANA
        assert ("rate_review", "outcome") in _said(sheets, MARKS[ANA])
        assert "sealed" not in next(one for one in sheets if one.title == "rate_review").head
        assert "ours" not in next(one for one in sheets if one.title == "review").head
        did = next(one for one in sheets if one.title == mydata.DID)
        assert ("blocker", "helper_id", BRUNO, "2026-11-23T12:00:00Z") in did.rows
        assert (await mydata.counts(team, ANA))["talks"] == 6
        assert await mydata.gather(team, "UNOBODY", 10) == []


async def test_what_is_blind_or_not_yet_shown_is_not_given(database: Database) -> None:
    async with database.team(TEAM) as team:
        await _fill(team)
        for name, column in (("review", "shared_at"), ("rate_review", "invited_at"), ("inclusion", "told_at")):
            table = next(part.table for part in PARTS if part.title == name)
            await team.change(team.update(table).values({column: None}))
        said = {title for title, _ in _said(await _found(team, ANA), MARKS[ANA])}
        assert "review" in said
        assert not said & {"review_page", "rate_review", "inclusion"}


async def _rows(team: Team, part: Part, user_id: str) -> list[dict[str, Any]]:
    table = columns_of(part.table)
    query: Any = select(table).where(table.c[part.of] == user_id)
    return [dict(row._mapping) for row in (await team.session.exec(query)).all()]


async def test_what_may_go_is_gone_and_what_is_anybody_elses_stays(database: Database) -> None:
    async with database.team(TEAM) as team:
        await _fill(team)
        first = [part for part in PARTS if not part.name]
        before = {part.title: await _rows(team, part, BRUNO) for part in first}
        left = await mydata.erase(team, ANA, active=False)
        for part in PARTS:
            rows = await _rows(team, part, ANA)
            assert part.goes != ROW or rows == [], part.title
            kept = {name for row in rows for name, value in row.items() if MARKS[ANA] in json.dumps(value, default=str)}
            assert not kept & set(part.goes), part.title
        touched = {part.title for part in first if await _rows(team, part, BRUNO) != before[part.title]}
        assert touched == {"greeting", "point"}, "only words that ana wrote into rows about bruno"
        assert {one.why for one in left} == {"accounts", "record", "security", "shared", "slack", "needed"}
        assert {one.group for one in left} <= {part.group for part in PARTS}
        again = await mydata.erase(team, ANA, active=False)
        assert again == left


async def test_who_works_here_keeps_what_they_need_until_the_end(database: Database) -> None:
    async with database.team(TEAM) as team:
        await _fill(team)
        await team.change(team.update(Contractor).values(ended_at=None))
        for part in PARTS:
            if part.closed:
                await team.change(team.update(part.table).values({part.closed: None}))
        assert await mydata.works_here(team, ANA)
        await mydata.erase(team, ANA, active=True)
        for part in PARTS:
            if part.needed or (part.goes != ROW and part.closed and not part.name):
                (row,) = await _rows(team, part, ANA)
                assert not part.goes or part.goes == ROW or MARKS[ANA] in json.dumps(row[part.goes[0]]), part.title
        waits = await mydata.keep_erasure(team, ANA, NOW, None, [])
        assert waits.id in [one.id for one in await mydata.waiting(team)]
