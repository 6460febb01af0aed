"""Checklists: when an item is due, how it stands, what it can become, and what follows when a path is laid again."""

from datetime import date, timedelta

import pytest

from playbook.checklist import (
    MOVES,
    SOMEDAY,
    Kept,
    Move,
    Plan,
    State,
    Thing,
    asks_on,
    counts_from,
    dates,
    grace,
    plan,
    snooze_choices,
    state_on,
)
from playbook.load import Playbook
from playbook.path import Path
from tests.said import english, said

counts_from = said(counts_from)
dates = said(dates)
grace = said(grace)
plan = said(plan)
snooze_choices = said(snooze_choices)
state_on = said(state_on)

WEEKDAYS = frozenset(range(5))
TODAY = date(2026, 11, 24)
AUTOS = {
    "review",
    "packet_sent",
    "packet_read",
    "introduction",
    "buddy",
    "shadowing",
    "kpi_agreed",
    "rate",
    "access_open",
    "2fa",
    "one_on_one",
    "golden",
    "purpose",
    "sprint",
    "wiki",
    "health",
}
GUIDE = {"pre": 5, "day1": 5, "week1": 2, "step1": 6, "step2": 4, "step3": 4, "step4": 4, "own": 0}


def thing(key: str, day: int = 1) -> Thing:
    return Thing(key=key, phase="day1", text=key, reason="", owner="manager", day=day)


def test_the_guide_is_there_item_by_item(playbook: Playbook) -> None:
    book = playbook.checklist
    assert {phase.key: sum(one.phase == phase.key for one in book.items) for phase in book.phases} == GUIDE
    assert {one.auto for one in book.items if one.auto} == AUTOS
    assert all(one.reason for one in book.items)
    assert english(book.phase_name("step2")) == "Step 2: Cultural Immersion & Context"
    assert book.phase_name("gone") == "gone"


@pytest.mark.parametrize("auto", ["2fa", "buddy", "introduction", "packet_sent"])
def test_what_both_lists_name_is_ticked_together(playbook: Playbook, auto: str) -> None:
    assert sum(one.auto == auto for one in playbook.checklist.items) == 2


@pytest.mark.parametrize(
    ("start", "country", "off", "number", "day"),
    [
        (date(2026, 11, 30), "", (), 1, date(2026, 11, 30)),
        (date(2026, 11, 30), "PH", (), 1, date(2026, 12, 1)),  # Bonifacio Day
        (date(2026, 11, 28), "", (), 1, date(2026, 11, 30)),
        (date(2026, 11, 30), "", (), 0, date(2026, 11, 27)),
        (date(2026, 11, 30), "", (), -5, date(2026, 11, 20)),
        (date(2026, 11, 30), "", (), 6, date(2026, 12, 7)),
        (date(2026, 11, 30), "", (date(2026, 12, 2),), 6, date(2026, 12, 8)),
        (date(2026, 11, 30), "", (), 60, date(2027, 2, 19)),
    ],
)
def test_days_are_the_contractors_working_days(
    start: date, country: str, off: tuple[date, ...], number: int, day: date
) -> None:
    path = Path(start, "Asia/Manila", WEEKDAYS, country, frozenset(off))
    assert dates(path, [number]) == {number: day}
    assert path.day(number) == day


def test_dates_of_nothing_are_none() -> None:
    assert dates(Path(TODAY, "UTC", WEEKDAYS), []) == {}


@pytest.mark.parametrize(
    ("due", "counts"),
    [
        (date(2026, 11, 24), None),
        (date(2026, 12, 1), None),
        (date(2026, 11, 23), TODAY),
        (date(2026, 11, 17), TODAY),
        (date(2026, 11, 16), SOMEDAY),
        (date(2026, 1, 1), SOMEDAY),
    ],
)
def test_nobody_is_behind_on_the_day_something_is_laid(due: date, counts: date | None) -> None:
    assert grace(due, TODAY, 7) == counts
    assert state_on("todo", due, counts, TODAY) is not State.OVERDUE


@pytest.mark.parametrize(
    ("kept", "due", "snoozed", "state"),
    [
        ("todo", 23, None, State.OVERDUE),
        ("todo", 24, None, State.TODAY),
        ("todo", 25, None, State.TODO),
        ("todo", 20, 24, State.TODAY),
        ("todo", 20, 23, State.OVERDUE),
        ("todo", 20, 26, State.SNOOZED),
        ("todo", 28, 26, State.SNOOZED),
        ("todo", 28, 22, State.TODO),
        ("done", 20, None, State.DONE),
        ("na", 20, None, State.NOT_APPLICABLE),
    ],
)
def test_how_an_item_stands(kept: str, due: int, snoozed: int | None, state: State) -> None:
    until = date(2026, 11, snoozed) if snoozed else None
    assert state_on(kept, date(2026, 11, due), until, TODAY) is state


def test_what_was_before_waits_without_being_late() -> None:
    assert state_on("todo", date(2026, 1, 1), SOMEDAY, TODAY) is State.SOMEDAY
    assert counts_from(date(2026, 1, 1), SOMEDAY) == SOMEDAY


def test_what_is_done_can_only_be_undone_and_nothing_is_stuck() -> None:
    assert MOVES[State.DONE] == MOVES[State.NOT_APPLICABLE] == (Move.UNDO,)
    assert set(MOVES) == set(State)
    assert all(Move.DONE in MOVES[state] for state in State if state not in {State.DONE, State.NOT_APPLICABLE})
    assert all(len(moves) <= 3 for moves in MOVES.values())  # with help and why there are five at most


@pytest.mark.parametrize(
    ("late", "opens_week", "asked"),
    [
        (-1, False, True),  # it is due tomorrow, and tomorrow is a day off
        (14, False, True),
        (15, False, False),
        (15, True, True),
        (56, True, True),
        (57, True, False),
    ],
)
def test_what_is_late_for_weeks_asks_once_a_week_and_at_last_no_more(
    *, late: int, opens_week: bool, asked: bool, playbook: Playbook
) -> None:
    assert asks_on(TODAY, TODAY - timedelta(days=late), playbook.checklist, opens_week=opens_week) is asked


@pytest.mark.parametrize(
    ("today", "days"),
    [
        (date(2026, 11, 24), [25, 30, 31]),
        (date(2026, 11, 23), [24, 30]),  # Monday: next Monday is in a week
        (date(2026, 11, 29), [30, 36]),  # Sunday: tomorrow is Monday
    ],
)
def test_days_to_put_off_to_are_offered_once_each(today: date, days: list[int]) -> None:
    offered = [day.toordinal() - date(2026, 10, 31).toordinal() for _, day in snooze_choices(today)]
    assert offered == days


@pytest.mark.parametrize(
    ("kept", "expected"),
    [
        ([], Plan((thing("a"), thing("b")), (), frozenset())),
        ([Kept("a", TODAY, touched=False)], Plan((thing("b"),), (thing("a"),), frozenset())),
        ([Kept("a", TODAY, touched=True)], Plan((thing("b"),), (), frozenset())),
        ([Kept("x", TODAY, touched=False)], Plan((thing("a"), thing("b")), (), frozenset({"x"}))),
        ([Kept("x", TODAY, touched=True)], Plan((thing("a"), thing("b")), (), frozenset())),
        ([Kept("own:1", TODAY, touched=False)], Plan((thing("a"), thing("b")), (), frozenset())),
    ],
)
def test_laying_again_adds_follows_and_takes_away_but_never_touches(kept: list[Kept], expected: Plan) -> None:
    assert plan([thing("a"), thing("b")], kept) == expected
