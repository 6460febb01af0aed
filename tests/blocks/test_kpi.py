"""KPIs stay within what Slack takes, with texts at their longest, names of 80 characters and 200 contractors."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest

from blocks import kpi as draw
from blocks import kpi_letter, kpi_week
from blocks.kpi import Line, Sheet
from blocks.kpi_week import Answered, Waiting
from playbook import load as playbook
from playbook.days import Week
from playbook.kpi import Kpi, Tab
from playbook.kpi_measure import Measured, State
from sandbox.blockkit import check_blocks, check_view
from storage.kpi import State as Version
from storage.path_tables import Blueprint
from tests.said import said

draw = said(draw)
kpi_letter = said(kpi_letter)
kpi_week = said(kpi_week)

BOOK = playbook.load().kpi
WEEK = Week.of(date(2026, 11, 23))
NOW = datetime(2026, 11, 27, 18, tzinfo=UTC)
MOST_CHARACTERS = 13_200
MOST_TEXT = 4_000
NAME = ("Maximiliane-Alexandra " * 4)[:80]
HOSTILE = "<!channel>&" * 30


def longest(key: str, text: str = HOSTILE) -> Kpi:
    return Kpi(key, text[:300], 999_999.5, most=True, unit=text[:40], by="manager", suggested=text[:300])


def line(key: str, text: str = HOSTILE) -> Line:
    row = BOOK.row(key)
    assert row is not None
    stands = Measured(State.LOOK, text, 1, 3, text[:60])
    return Line(longest(key, text), row, stands, [("Mon 2", stands)] * 4, text[:300])


KEYS = {tab: [row.key for row in BOOK.rows if row.tab == tab] for tab in ("input", "output")}
ALL = [*KEYS["input"], *KEYS["output"]]


def version(state: Version, number: int = 1) -> Blueprint:
    rows = [longest(key).stored() for key in ALL]
    about: dict[str, Any] = {
        "team_id": "T",
        "user_id": "UANA",
        "proposed_by": "UBRUNO",
        "proposed_at": NOW,
        "answered_at": NOW,
    }
    return Blueprint(version=number, state=state, rows=rows, words=HOSTILE * 3, **about)


@pytest.mark.parametrize("tab", ["input", "output"])
def test_slack_takes_the_blueprint(tab: Tab) -> None:
    sheet = Sheet("UANA", NAME, tab, "status", [line(key) for key in KEYS[tab]], may_edit=True, draft_id="d" * 32,
                  answer_id="a" * 32, week_key=WEEK.key, words=HOSTILE * 4, has_versions=True)  # fmt: skip
    view = draw.page(sheet, BOOK)
    assert check_view(view) == []
    assert "<!channel>" not in json.dumps(view)
    bare = Sheet("UANA", "", tab, "status", [], notice="Add a row.")
    assert check_view(draw.page(bare, BOOK)) == []


@pytest.mark.parametrize("key", ALL)
@pytest.mark.parametrize("suggested", ["", HOSTILE[:300]])
def test_slack_takes_the_form_of_every_row(key: str, suggested: str) -> None:
    row = BOOK.row(key)
    assert row is not None
    view = draw.form(longest(key), row, BOOK, f"|UANA:{key}", suggested)
    assert check_view(view) == []
    assert sum(block["type"] == "input" for block in view["blocks"]) <= 6


@pytest.mark.parametrize("count", [1, 2, 60])
def test_slack_takes_the_history(count: int) -> None:
    versions = [version(Version.REPLACED, number) for number in range(count, 0, -1)]
    versions[0].rows = []
    view = draw.history("UANA", versions, BOOK)
    assert check_view(view) == []
    assert ("older ones" in json.dumps(view)) is (count == 60)


@pytest.mark.parametrize("state", [one for one in Version if one is not Version.DRAFT])
def test_slack_takes_the_messages_of_a_version(state: Version) -> None:
    one = version(state)
    drawn = [kpi_letter.proposal(one, BOOK, 2), kpi_letter.status(one, BOOK, 2), kpi_letter.remind_contractor(one),
             kpi_letter.wants_to_talk(one), kpi_letter.has_agreed(one)]  # fmt: skip
    fine(drawn)
    assert check_view(kpi_letter.discuss_form(one, BOOK, "|" + "d" * 32)) == []


def fine(drawn: Sequence[tuple[str, list[dict[str, object]]]]) -> None:
    for text, blocks in drawn:
        assert check_blocks(blocks, "message") == []
        assert len(json.dumps(blocks, ensure_ascii=False)) < MOST_CHARACTERS
        assert 0 < len(text) < MOST_TEXT
        assert '"text": "<!channel>' not in json.dumps([one for one in blocks if one["type"] != "table"])


@pytest.mark.parametrize("closed", [False, True])
@pytest.mark.parametrize("answered", [Answered(), Answered(entered=True), Answered(entered=True, confirmed_by="UB")])
def test_slack_takes_the_week(answered: Answered, *, closed: bool) -> None:
    fine([kpi_week.question(WEEK, [line(key) for key in ALL], answered, closed=closed)])


@pytest.mark.parametrize("outputs", [1, 5])
def test_slack_takes_the_form_of_the_week(outputs: int) -> None:
    shown = [line(key) for key in KEYS["output"][:outputs]]
    filled = dict.fromkeys(KEYS["output"], "x" * 362) | {"golden": "yes"}
    view = kpi_week.form(WEEK, shown, [line(key) for key in KEYS["input"]], filled, "|w", BOOK)
    assert check_view(view) == []
    assert sum(block["type"] == "input" for block in view["blocks"]) <= 6
    assert check_view(kpi_week.form(WEEK, shown, [], {}, "|w", BOOK)) == []


def waiting(number: int, text: str) -> Waiting:
    lines = [(key, Measured(State.LOOK if number % 2 else State.TOLD, text, 1, 3), text) for key in ALL]
    return Waiting(f"U{number:010}", NAME, lines, f"U{number:010}:{WEEK.key}:{'1' * 20}", changed=True)


@pytest.mark.parametrize("people", [0, 1, 9, 200])
@pytest.mark.parametrize("text", ["fine", HOSTILE])
def test_slack_takes_the_monday_message(people: int, text: str) -> None:
    missing = [f"U{number:010}" for number in range(people)]
    drawn = kpi_week.confirmation(WEEK, [waiting(number, text) for number in range(people)], people, missing)
    fine([drawn])
    shown = json.dumps(drawn[1], ensure_ascii=False).count(kpi_week.CONFIRM)
    assert shown >= min(people, 2)
    assert (f"…and {people - shown} more" in json.dumps(drawn[1], ensure_ascii=False)) is (shown < people)


def test_what_is_worth_a_look_comes_first() -> None:
    _, blocks = kpi_week.confirmation(WEEK, [waiting(2, "fine"), waiting(1, "fine")], 0, ())
    records = [block["elements"][0]["value"] for block in blocks if block["type"] == "actions"]
    assert [record[:11] for record in records] == ["U0000000001", "U0000000002"]


def test_slack_takes_what_is_asked() -> None:
    fine([kpi_letter.ask_to_draft("UANA", WEEK.monday, begun=True), kpi_letter.remind_manager("UANA", discussed=True),
          kpi_letter.remind_manager("UANA", discussed=False), kpi_week.changed_since("UANA", WEEK),
          kpi_week.asked_about("UB", WEEK, HOSTILE * 4, closed=False)])  # fmt: skip
    assert check_view(kpi_week.ask_form("UANA", WEEK, "|x")) == []
