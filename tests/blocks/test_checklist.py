"""Checklists stay within what Slack takes: 80 items, long words, many people."""

import json
from datetime import UTC, date, datetime

import pytest

from blocks import checklist as draw
from blocks import checklist_form as forms
from blocks import checklist_list as lists
from blocks import checklist_template as designs
from blocks.checklist import Line, PhaseLine, Sheet
from blocks.checklist_letter import Morning, Row, morning
from blocks.checklist_list import Member, Overview, Waiting
from blocks.checklist_template import Design, Filled
from playbook import load as playbook
from playbook.checklist import MOVES, Move, State, Thing
from sandbox.blockkit import check_blocks, check_view
from storage.checklist import Progress
from storage.path_tables import ChecklistItem
from tests.said import said

draw = said(draw)
forms = said(forms)
lists = said(lists)
designs = said(designs)
morning = said(morning)

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = date(2026, 11, 24)
BOOK = playbook.load().checklist
HOSTILE = "<!channel> & *bold* ~x~ \u202eevil " * 10
MOST_CHARACTERS = 13_200
STATES = list(State)


def item(number: int, state: str = "todo") -> ChecklistItem:
    return ChecklistItem(
        id=f"{number:032}", team_id="T1", user_id=f"U{number % 200:010}", key=f"k{number}", phase="step1",
        position=number, text=HOSTILE[:150], reason=HOSTILE[:300], owner="manager", day=1, due=DAY, needs_proof=True,
        state=state, done_at=NOW if state != "todo" else None, done_by="U0BRUNO0000" if state != "todo" else "",
        why_not=HOSTILE[:200] if state == "na" else "", proof=HOSTILE[:200] if state == "done" else "",
        blocker_id="b",
    )  # fmt: skip


def line(number: int, state: State, *, why: bool = False) -> Line:
    kept = state.value if state in {State.DONE, State.NOT_APPLICABLE} else "todo"
    moves = (*MOVES[state], Move.HELP if kept == "todo" else Move.VERIFY)
    return Line(item(number, kept), state, "manager <@U0BRUNO0000>", moves, 12, why)


def phases(count: int = 8) -> list[PhaseLine]:
    return [PhaseLine(f"p{n}", "Ä" * 80, 80, 80, NOW, tuple(f"U{m:010}" for m in range(9))) for n in range(count)]


@pytest.mark.parametrize("count", [0, 1, 10, 60, 80, 120])
@pytest.mark.parametrize("phase", ["", "p1"])
def test_a_checklist_fits(count: int, phase: str) -> None:
    lines = [line(n, STATES[n % len(STATES)], why=n == 3) for n in range(count)]
    shown = Sheet(
        "U1", mine=False, phases=phases(), phase=phase, lines=lines, lead="x", may_tick=True, may_add=True, others=True
    )
    view = draw.sheet(shown, "C1|U1:p1:")
    assert check_view(view) == []
    assert len(view["blocks"]) <= 100
    assert count <= 60 or "more: choose a phase" in str(view) or len(view["blocks"]) > 80


def test_one_that_nobody_prepared_says_so() -> None:
    view = draw.sheet(Sheet("U1", mine=True, phases=[], phase="", lines=[], may_prepare=True), "C1|U1::")
    assert check_view(view) == []
    assert "nothing was prepared yet" in str(view)


@pytest.mark.parametrize("count", [1, 10, 11, 60, 80])
def test_more_than_ten_ticks_are_split_and_the_memo_fits(count: int) -> None:
    given = [draw.Tick(item(n), DAY, HOSTILE[:80], ticked=n % 2 == 0) for n in range(count)]
    ticked = [one.item.id for one in given]
    view = draw.quick(given, "C0123456789|U0123456789:step1:" + ",".join(ticked), left_out=True)
    assert check_view(view) == []
    groups = [one for one in view["blocks"] if one["type"] == "input"]
    assert all(len(one["element"]["options"]) <= 10 for one in groups)


@pytest.mark.parametrize("count", [1, 12, 13, 200])
@pytest.mark.parametrize("people", [1, 200])
@pytest.mark.parametrize("state", [State.OVERDUE, State.TODAY, State.DONE])
def test_a_morning_message_fits(count: int, people: int, state: State) -> None:
    kept = "done" if state is State.DONE else "todo"
    rows: dict[str, list[Row]] = {}
    for number in range(count):
        rows.setdefault(f"U{number % people:010}", []).append(Row(item(number, kept), state))
    for proof in (False, True):
        shown = {
            one: [Row(row.item, row.state, proof and bool(row.item.proof)) for row in got] for one, got in rows.items()
        }
        text, blocks = morning(Morning("U0OLIVIA000", DAY, shown, BOOK.rows))
        assert check_blocks(blocks, "message") == []
        assert len(blocks) <= 50
        assert len(json.dumps(blocks, ensure_ascii=False)) < MOST_CHARACTERS
        assert text


def test_a_morning_with_nothing_left_says_so() -> None:
    text, blocks = morning(Morning("U0OLIVIA000", DAY, {}, 12))
    assert text == "Nothing is left for Tue 24 Nov. Thank you."
    assert check_blocks(blocks, "message") == []


@pytest.mark.parametrize("people", [1, 40, 41, 200])
@pytest.mark.parametrize("page", [0, 1, 4, 99])
def test_an_overview_fits(people: int, page: int) -> None:
    members = [
        Member(f"U{n:010}", HOSTILE[:80], Progress(n, 200, n % 3) if n % 2 else None, paused=True)
        for n in range(people)
    ]
    waiting = [Waiting(item(n), State.OVERDUE) for n in range(200)]
    view = lists.overview(Overview(waiting, members, page), "C1|")
    assert check_view(view) == []
    assert len(view["blocks"]) <= 100


@pytest.mark.parametrize("back", [True, False])
def test_small_forms_fit(*, back: bool) -> None:
    text = HOSTILE[:150]
    for view in (
        forms.why_not(text, "C1|a", BOOK.limits, back=back),
        forms.snooze(text, [("Tomorrow", DAY)], "C1|a", back=back),
        forms.proof(text, "C1|a", BOOK.limits, back=back),
        forms.add("C1|a", BOOK.limits, text, mine=back),
    ):
        assert check_view(view) == []


def things(count: int) -> list[Thing]:
    return [
        Thing(key=f"t{n}", phase="step1", text=HOSTILE[:150], reason=HOSTILE[:300], owner="operations", day=-30 + n)
        for n in range(count)
    ]


@pytest.mark.parametrize("count", [0, 1, 60, 80])
@pytest.mark.parametrize("name", ["", "Designer " * 4])
def test_the_editor_fits(count: int, name: str) -> None:
    names = [f"{n:03}" + "x" * 37 for n in range(30)] + ([name] if name else [])
    shown = Design(name, names, things(count), "step1", own=True, people=200, lead="Saved")
    assert check_view(designs.editor(shown, BOOK, "C1|a")) == []
    dated = {"step1": [(one, DAY) for one in things(count)]} if count else {}
    assert check_view(designs.preview(name, dated, DAY, BOOK, "C1|a")) == []
    for people in (0, 1, 200):
        assert check_view(designs.item_form(Filled(), "step1", BOOK, "C1|a", known=True, people=people)) == []
        assert check_view(designs.gone_form(things(1)[0], "C1|a", people)) == []
    assert check_view(designs.name_form("C1|a", BOOK, name, name)) == []
