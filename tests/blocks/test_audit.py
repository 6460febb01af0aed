"""The audit stays within what Slack takes: words at their longest, names of 80 characters, and 200 contractors."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from blocks import audit as draw
from blocks import audit_form, audit_manager
from blocks.audit import Sheet
from blocks.audit_manager import Row
from blocks.log import Stored
from playbook import load as playbook
from playbook.days import Week
from playbook.log import Entry
from sandbox.blockkit import check_blocks, check_view
from storage.trust_tables import Audit
from tests.said import said

draw = said(draw)
audit_form = said(audit_form)
audit_manager = said(audit_manager)

BOOKS = playbook.load()
BOOK, LOG = BOOKS.audit, BOOKS.log
WEEK = Week(date(2026, 11, 23))
NOW = datetime(2026, 11, 27, 19, tzinfo=UTC)
MOST_CHARACTERS = 13_200
MOST_TEXT = 4_000
NAME = ("Maximiliane-Alexandra " * 4)[:80]
HOSTILE = "<!channel>&" * 100
KINDS = [category.key for category in LOG.categories]


def audit(felt: str = "no", words: str = HOSTILE[:1_000], heavy: str = HOSTILE[:200], **more: Any) -> Audit:
    about: dict[str, Any] = {"team_id": "T", "user_id": "UANA", "monday": WEEK.monday, "answered_at": NOW}
    about |= {"felt": felt, "words": words, "heavy": heavy, "focus": "no", "minutes": 600} | more
    return Audit(**about)


def entries(a_day: int = 24, length: int = 25) -> list[Stored]:
    return [
        Stored(f"{day}{number:02}", Entry(day, length, note=HOSTILE[:300], category=kind, project=NAME))
        for day in WEEK.days
        for number, kind in enumerate(([*KINDS, "", "gone"] * 3)[:a_day])
    ]


def sheet(found: Audit | None = None, logged: list[Stored] | None = None, *, closed: bool = False) -> Sheet:
    return Sheet("UANA", WEEK, entries() if logged is None else logged, 1_800, found, closed, WEEK.sunday)


@pytest.mark.parametrize("last", [False, True])
@pytest.mark.parametrize("logged", [None, []])
@pytest.mark.parametrize("found", [None, audit(), audit("yes", corrected_at=NOW, seen_at=NOW, seen_by="UBRUNO")])
@pytest.mark.parametrize("closed", [False, True])
def test_slack_takes_the_contractors_message(
    found: Audit | None, logged: list[Stored] | None, *, last: bool, closed: bool
) -> None:
    text, blocks = draw.question(sheet(found, logged, closed=closed), BOOK, LOG, last=last)
    assert check_blocks(blocks, "message") == []
    assert len(json.dumps(blocks, ensure_ascii=False)) < MOST_CHARACTERS
    assert 0 < len(text) < MOST_TEXT
    assert "<!channel>" not in json.dumps([text, blocks])
    assert sum(block["type"] in ("table", "data_visualization") for block in blocks) in (0, 2)


def test_kinds_beyond_six_share_a_column_and_nothing_is_lost() -> None:
    _, blocks = draw.question(sheet(), BOOK, LOG)
    rows = [[cell["text"] for cell in row] for row in blocks[1]["rows"]]
    assert len(rows[0]) == 8
    assert rows[0][-2:] == ["Everything else", "Total"]
    assert rows[-1][-1] == "70 h"
    segments = blocks[2]["chart"]["segments"]
    assert round(sum(part["value"] for part in segments)) == 70


@pytest.mark.parametrize("found", [None, audit(), audit(corrected_at=NOW, seen_at=NOW, seen_by="UBRUNO")])
@pytest.mark.parametrize("closed", [False, True])
def test_slack_takes_the_form(found: Audit | None, *, closed: bool) -> None:
    view = audit_form.form(sheet(found, closed=closed), BOOK, LOG, "memo", earlier=True, later=True)
    assert check_view(view) == []
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    assert len(inputs) == 5
    assert "data_visualization" not in json.dumps(view)
    assert ("log.ask_reopen" in json.dumps(view)) is closed


def test_days_ahead_cannot_be_corrected() -> None:
    early = Sheet("UANA", WEEK, [], 1_800, None, False, WEEK.monday + timedelta(days=2))  # noqa: FBT003
    view = audit_form.form(early, BOOK, LOG, "memo", earlier=False, later=False)
    assert json.dumps(view).count(audit_form.DAY) == 3
    assert not [block for block in view["blocks"] if block.get("block_id") == "pick"]


def test_slack_takes_a_day_of_many_entries() -> None:
    mine = [each for each in entries(24) if each.entry.day == WEEK.monday]
    assert check_view(audit_form.day_page(WEEK.monday, mine * 4, LOG, "memo")) == []
    assert check_view(audit_form.day_page(WEEK.monday, [], LOG, "memo")) == []


@pytest.mark.parametrize(("logged", "said"), [
    (600, "corrected after the answer, still 10 h"), (660, "corrected after the answer: 10 h → 11 h"),
    (0, "corrected after the answer: 10 h → 0 min"),
])  # fmt: skip
def test_what_a_correction_says(logged: int, said: str) -> None:
    assert draw.correction(audit(corrected_at=NOW), logged) == said
    assert draw.correction(audit(), logged) == ""
    assert draw.correction(None, logged) == ""


def rows(count: int) -> list[Row]:
    felt = ["yes", "mostly", "no", ""]
    return [
        Row(f"U{number:04}", f"{number:03} {NAME}"[:80], 660, 1_800, _answer(felt[number % 4]))
        for number in range(count)
    ]


def _answer(felt: str) -> Audit | None:
    return audit(felt, corrected_at=NOW) if felt else None


@pytest.mark.parametrize("count", [1, 2, 5, 10, 20, 60, 200])
def test_slack_takes_the_managers_message(count: int) -> None:
    text, blocks = audit_manager.message(WEEK, rows(count), BOOK)
    assert check_blocks(blocks, "message") == []
    assert len(json.dumps(blocks, ensure_ascii=False)) < MOST_CHARACTERS
    assert 0 < len(text) < MOST_TEXT
    assert "<!channel>" not in json.dumps([text, *(block for block in blocks if block["type"] != "table")])
    assert len(blocks[1]["rows"]) == min(count, 20) + 1
    shown = json.dumps(blocks).count('"audit.open"')
    assert 1 <= shown <= count
    assert ("Show all" in json.dumps(blocks)) is (shown < count)


def test_those_who_said_no_come_first_with_their_words() -> None:
    mine = [
        Row("U1", "Ana", 600, 1_800, audit("yes", "", "")),
        Row("U2", "Bo", 600, 1_800, None),
        Row("U3", "Cy", 600, 1_800, audit("mostly", "Nearly", "")),
        Row("U4", "Di", 600, 1_800, audit("no", "Not at all", "")),
        Row("U5", "Al", 600, 1_800, audit("yes", "", "")),
    ]
    assert [row.user_id for row in audit_manager.ordered(mine)] == ["U4", "U3", "U2", "U5", "U1"]
    text, blocks = audit_manager.message(WEEK, mine, BOOK)
    assert text.endswith("1 no, 1 mostly, 1 not answered, 2 yes.")
    assert "> Not at all" in blocks[2]["text"]["text"]
    assert "Show all" not in json.dumps(blocks)


@pytest.mark.parametrize(
    ("number", "back", "on"), [(0, False, True), (7, True, True), (19, True, False), (25, True, False)]
)
def test_slack_takes_the_pages_of_two_hundred(number: int, *, back: bool, on: bool) -> None:
    view = audit_manager.everybody(WEEK, rows(200), number, BOOK, "memo")
    assert check_view(view) == []
    assert (audit_manager.BACK in json.dumps(view)) is back
    assert (audit_manager.ON in json.dumps(view)) is on


def test_slack_takes_the_closer_look_and_an_empty_page() -> None:
    mine = sheet(audit())
    row = Row("UANA", NAME, mine.minutes, 1_800, mine.audit)
    view = audit_manager.page(mine, row, BOOK, LOG, "memo", earlier=True, later=True)
    assert check_view(view) == []
    assert "table" not in [block["type"] for block in view["blocks"]]
    assert check_view(audit_manager.everybody(WEEK, [], 0, BOOK, "memo")) == []
