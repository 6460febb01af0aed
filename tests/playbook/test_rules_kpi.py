"""The rules of KPIs: what can be written, what changed, and how a week stands."""

from collections.abc import Sequence
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.golden import GoldenHours
from playbook.golden_answer import Kept
from playbook.kpi import Kpi, Target, changes, not_ready, number, problems, read_target, read_value, rows_of, template
from playbook.kpi_measure import SIGNS, Measured, State, entered, golden, response, ticked, tracking
from playbook.load import Playbook, load
from tests.said import said

changes = said(changes)
not_ready = said(not_ready)
number = said(number)
problems = said(problems)
read_target = said(read_target)
read_value = said(read_value)
rows_of = said(rows_of)
template = said(template)
entered = said(entered)
golden = said(golden)
response = said(response)
ticked = said(ticked)
tracking = said(tracking)
load = said(load)

BOOK = load().kpi
MONDAY = date(2026, 11, 23)
WEEK = [MONDAY + timedelta(days=days) for days in range(5)]


def kpi(key: str = "deliverable", text: str = "Two screens", target: float | None = 2, **more: object) -> Kpi:
    return Kpi(**{"key": key, "text": text, "target": target, "unit": "screens", **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "target"), [
    ("", Target()), ("  ", Target()), ("2", Target(2)), ("2,5", Target(2.5)), ("37.5", Target(37.5)), ("80 %", Target(80)),
    ("at most 4", Target(4, most=True)), ("At most 0", Target(0, most=True)), ("≤ 3", Target(3, most=True)),
    ("<=3", Target(3, most=True)), ("max 1", Target(1, most=True)), ("max. 1", Target(1, most=True)),
    ("1000000", Target(1_000_000)), ("1000001", None), ("two", None), ("-1", None), ("2 screens", None), ("1e5", None),
    ("١", Target(1)), ("nan", None), ("2..5", None),
])  # fmt: skip
def test_targets(text: str, target: Target | None) -> None:
    assert read_target(text) == target


@given(st.text(max_size=40))
def test_no_target_surprises(text: str) -> None:
    found = read_target(text)
    assert found is None or found.number is None or 0 <= found.number <= 1_000_000


@pytest.mark.parametrize(("text", "value"), [
    ("", ("", "")), ("  ", ("", "")), ("2", ("2", "")), ("2, one waits for review", ("2", "one waits for review")),
    ("2,5", ("2,5", "")), ("2.5, nearly", ("2.5", "nearly")), ("2 - one more tomorrow", ("2", "one more tomorrow")),
    ("done: all of it", ("done", "all of it")), ("2\nthe rest waits", ("2", "the rest waits")),
    ("2 screens", ("2 screens", "")), ("w" * 61, ("in words", "w" * 61)), (", odd", ("in words", ", odd")),
])  # fmt: skip
def test_values(text: str, value: tuple[str, str]) -> None:
    assert read_value(text, BOOK) == value


@given(st.text(max_size=400))
def test_no_words_are_lost(text: str) -> None:
    value, words = read_value(text, BOOK)
    assert len(value) <= BOOK.longest_value
    assert bool(value) or not words


@pytest.mark.parametrize(("value", "found"), [
    ("2", 2), ("2,5", 2.5), ("2 screens", 2), ("80%", 80), ("two", None), ("", None), ("about 2", None), ("0", 0),
])  # fmt: skip
def test_numbers(value: str, found: float | None) -> None:
    assert number(value) == found


@pytest.mark.parametrize(("row", "target", "wrong"), [
    (kpi(), Target(2), set()), (kpi(text=""), Target(), {"text"}), (kpi(text="", on=False), Target(), set()),
    (kpi(text="x" * 301), Target(), {"text"}), (kpi(unit="x" * 41), Target(), {"unit"}), (kpi(), None, {"target"}),
])  # fmt: skip
def test_what_needs_another_look(row: Kpi, target: Target | None, wrong: set[str]) -> None:
    assert set(problems(row, target, BOOK)) == wrong


def test_an_output_row_is_needed() -> None:
    rows = template(BOOK)
    assert not_ready(rows, BOOK)
    assert not_ready([*rows, kpi(on=False)], BOOK)
    assert not not_ready([*rows, kpi()], BOOK)


def test_the_template_has_five_rows_on_each_tab_and_names_the_golden_hours() -> None:
    assert [row.key for row in BOOK.rows if row.tab == "input"] == [
        "golden", "response", "tracking", "rituals", "documentation"]  # fmt: skip
    assert [row.key for row in BOOK.rows if row.tab == "output"] == [
        "deliverable", "quality", "volume", "deadlines", "goal"]  # fmt: skip
    rows = template(BOOK, GoldenHours(WORKS, ENDS, "Europe/Madrid"))
    assert "from 15:00 to 18:00 (Europe/Madrid)" in rows[0].text


WORKS, ENDS = time(15), time(18)


@pytest.mark.parametrize(("before", "after", "said"), [
    ([kpi()], [kpi()], ()), ([], [kpi()], (("Deliverable", "new: Two screens"),)),
    ([kpi()], [kpi(on=False)], (("Deliverable", "left out"),)), ([kpi()], [], (("Deliverable", "left out"),)),
    ([kpi()], [kpi(text="Three", target=3)], (("Deliverable", "now: Three; target 2 screens → 3 screens"),)),
    ([kpi()], [kpi(most=True)], (("Deliverable", "target 2 screens → at most 2 screens"),)),
    ([kpi()], [kpi(by="manager")], (("Deliverable", "looked at by the manager"),)),
    ([kpi(on=False)], [kpi(on=False, text="else")], ()), ([kpi(target=None, unit="")], [kpi()],
     (("Deliverable", "target none → 2 screens"),)),
])  # fmt: skip
def test_what_changed(before: Sequence[Kpi], after: Sequence[Kpi], said: object) -> None:
    assert changes(before, after, BOOK) == said


def test_rows_are_kept_as_they_were_written() -> None:
    row = kpi(most=True, by="manager", suggested="Else")
    assert rows_of([row.stored()], BOOK)[5] == row
    assert not any(one.on for one in rows_of([], BOOK))
    assert rows_of([kpi("gone").stored()], BOOK) == rows_of([], BOOK)


HOURS4 = kpi("response", target=4, most=True, by="bot")


@pytest.mark.parametrize(("hours", "row", "state", "why"), [
    ([], HOURS4, State.UNKNOWN, "no blocker this week"), ([0], HOURS4, State.ON_TRACK, "1 of 1 blocker raised within 4"),
    ([4], HOURS4, State.ON_TRACK, "1 of 1"), ([4.1], HOURS4, State.LOOK, "0 of 1"),
    ([1, 1, 1, 1, 9], HOURS4, State.ON_TRACK, "4 of 5 blockers"), ([1, 9], HOURS4, State.LOOK, "1 of 2 blockers"),
    ([3], kpi("response", target=None), State.ON_TRACK, "within 4 hours"),
    ([3], kpi("response", target=2), State.LOOK, "within 2 hours"),
])  # fmt: skip
def test_response_time(hours: Sequence[float], row: Kpi, state: State, why: str) -> None:
    found = response([timedelta(hours=one) for one in hours], row, BOOK)
    assert found.state is state
    assert why in found.why


ALL = kpi("tracking", target=100, by="bot")


@pytest.mark.parametrize(("days", "logged", "row", "today", "state", "why"), [
    (WEEK, [], ALL, 0, State.UNKNOWN, "no working day is over"), (WEEK, [0], ALL, 0, State.ON_TRACK, "1 of 1"),
    (WEEK, [0], ALL, 1, State.ON_TRACK, "1 of 1"), (WEEK, [0], ALL, 2, State.LOOK, "1 of 2 working days so far have a log; Tuesday"),
    (WEEK, [0, 1, 2, 3, 4], ALL, 7, State.ON_TRACK, "5 of 5"), (WEEK, [], ALL, 7, State.LOOK, "0 of 5"),
    (WEEK, [0, 1, 2, 3], kpi("tracking", target=80), 7, State.ON_TRACK, "4 of 5"),
    (WEEK[:2], [0, 1], ALL, 7, State.ON_TRACK, "2 of 2"), ([], [], ALL, 7, State.UNKNOWN, "no working day"),
    (WEEK, [0, 5], ALL, 1, State.ON_TRACK, "1 of 1"), (WEEK, [0], kpi("tracking", target=None), 2, State.LOOK, "1 of 2"),
])  # fmt: skip
def test_time_tracking(
    days: Sequence[date], logged: Sequence[int], row: Kpi, today: int, state: State, why: str
) -> None:
    found = tracking(days, {MONDAY + timedelta(days=one) for one in logged}, row, MONDAY + timedelta(days=today))
    assert found.state is state
    assert why in found.why


@pytest.mark.parametrize(("value", "state"), [(None, State.UNKNOWN), ("yes", State.ON_TRACK), ("no", State.LOOK)])
def test_ticks(value: str | None, state: State) -> None:
    assert ticked(value).state is state


@pytest.mark.parametrize(("row", "value", "state"), [
    (kpi(), None, State.UNKNOWN), (kpi(), "", State.UNKNOWN), (kpi(), "2", State.ON_TRACK), (kpi(), "1", State.LOOK),
    (kpi(), "3 of them", State.ON_TRACK), (kpi(), "nearly", State.TOLD), (kpi(target=None), "5", State.TOLD),
    (kpi(most=True), "2", State.ON_TRACK), (kpi(most=True), "3", State.LOOK), (kpi(target=0, most=True), "0", State.ON_TRACK),
])  # fmt: skip
def test_what_was_entered(row: Kpi, value: str | None, state: State) -> None:
    found = entered(row, value)
    assert found.state is state
    assert found.why


def test_every_state_has_a_sign_and_words_of_its_own() -> None:
    assert len(set(SIGNS.values())) == len(State)
    assert {Measured(state, "").sign for state in State} == set(SIGNS.values())


def test_the_page_is_read_strictly(playbook: Playbook) -> None:
    assert playbook.kpi.row("nothing") is None
    assert playbook.kpi.tab_of("nothing") is None


@pytest.mark.parametrize(
    ("kept", "state", "why"),
    [
        (Kept(3, 3, 5), State.ON_TRACK, "known on 3 of 5 days: kept on 3"),
        (Kept(4, 5, 5), State.ON_TRACK, "known on 5 of 5 days: kept on 4"),
        (Kept(3, 4, 5), State.LOOK, "known on 4 of 5 days: kept on 3"),
        (Kept(0, 1, 5), State.LOOK, "known on 1 of 5 days: kept on 0"),
    ],
)
def test_golden_hours_are_told_from_the_days_that_are_known(kept: Kept, state: State, why: str) -> None:
    measured = golden(kept, BOOK)
    assert measured is not None
    assert (measured.state, measured.why) == (state, why)


@pytest.mark.parametrize("agreed", [0, 5])
def test_golden_hours_of_which_nothing_is_known_are_not_counted(agreed: int) -> None:
    assert golden(Kept(0, 0, agreed), BOOK) is None
