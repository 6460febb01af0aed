"""A running 1:1 as examples and properties: parts on the clock, lateness, what is carried over, and reminders."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.oneonone_run import (
    ACTION,
    BACK,
    DECISION,
    HELD,
    NEXT,
    PLANNED,
    RUNNING,
    SKIPPED,
    STAY,
    TOPIC,
    Move,
    carried_words,
    ends_itself,
    is_carried,
    late,
    next_look,
    overrun,
    reminder_day,
    stand,
    takes_words,
    usual_due,
)
from tests.said import said

carried_words = said(carried_words)
ends_itself = said(ends_itself)
is_carried = said(is_carried)
late = said(late)
next_look = said(next_look)
overrun = said(overrun)
reminder_day = said(reminder_day)
stand = said(stand)
takes_words = said(takes_words)
usual_due = said(usual_due)

BEGUN = datetime(2026, 11, 25, 14, 0, tzinfo=UTC)
MINUTES = (2, 4, 4, 4, 3, 3)
WEEK = frozenset(range(5))
WEDNESDAY = date(2026, 11, 25)


def after(minutes: float) -> datetime:
    return BEGUN + timedelta(minutes=minutes)


def moves(*pairs: tuple[str, float]) -> list[Move]:
    return [Move(did, after(minutes)) for did, minutes in pairs]


@pytest.mark.parametrize(
    ("done", "now", "part", "ends"),
    [
        ([], 0, 0, 2),
        ([], 1.99, 0, 2),
        ([], 2, 1, 6),
        ([], 6, 2, 10),
        ([], 10, 3, 14),
        ([], 14, 4, 17),
        ([], 17, 5, 20),
        ([], 20, 5, 20),
        ([], 300, 5, 20),
        ([(NEXT, 1)], 1, 1, 5),
        ([(NEXT, 1)], 5, 2, 9),
        ([(NEXT, 18)], 18, 5, 20),
        ([(BACK, 1)], 1, 0, 2),
        ([(BACK, 3)], 3, 0, 5),
        ([(STAY, 1)], 1, 0, 3),
        ([(STAY, 1), (STAY, 1.5)], 3.9, 0, 4),
        ([(STAY, 1)], 3, 1, 7),
        ([(STAY, 22)], 22, 5, 23),
        ([(NEXT, 1), (BACK, 2), (STAY, 3)], 4.5, 0, 5),
        ([(NEXT, 1), (NEXT, 1.5), (NEXT, 2), (NEXT, 2.5), (NEXT, 3), (NEXT, 3.5)], 4, 5, 6),
    ],
)
def test_which_part_is_on(done: list[tuple[str, float]], now: float, part: int, ends: float) -> None:
    here = stand(BEGUN, moves(*done), after(now), MINUTES)
    assert (here.part, here.ends) == (part, after(ends))


@pytest.mark.parametrize(
    ("done", "now", "minutes"),
    [
        ([], 1, 0),
        ([], 19, 0),
        ([], 21, 1),
        ([(STAY, 1)], 2, 1),
        ([(NEXT, 1)], 2, -1),
        ([(NEXT, 0.5)], 1, -1),
        ([(BACK, 3)], 3, 3),
        ([(NEXT, 1), (STAY, 2)], 3, 0),
    ],
)
def test_how_late_it_is(done: list[tuple[str, float]], now: float, minutes: int) -> None:
    here = stand(BEGUN, moves(*done), after(now), MINUTES)
    assert late(here, BEGUN, after(now), MINUTES) == minutes


@pytest.mark.parametrize(("now", "look"), [(0, 2), (2, 6), (19, 20), (20, 25), (22, 25), (25, 30), (39.5, 40)])
def test_when_it_changes_by_itself(now: float, look: float) -> None:
    assert next_look(stand(BEGUN, [], after(now), MINUTES), after(now)) == after(look)


@pytest.mark.parametrize(("now", "over", "ended"), [(19, 0, False), (20, 0, False), (26, 6, False), (40, 20, True)])
def test_when_it_ends_by_itself(now: float, over: int, *, ended: bool) -> None:
    here = stand(BEGUN, [], after(now), MINUTES)
    assert (overrun(here, after(now)), ends_itself(here, after(now))) == (over, ended)


DONE = st.lists(
    st.tuples(st.sampled_from([NEXT, BACK, STAY]), st.integers(0, 3600)).map(
        lambda pair: Move(pair[0], BEGUN + timedelta(seconds=pair[1]))
    ),
    max_size=12,
).map(lambda found: sorted(found, key=lambda move: move.at))
SECONDS = st.integers(0, 7200)


@given(DONE, SECONDS)
def test_whatever_is_pressed_one_part_is_on_and_the_clock_runs_forward(done: list[Move], seconds: int) -> None:
    now = max([BEGUN + timedelta(seconds=seconds), *(move.at for move in done)])
    here = stand(BEGUN, done, now, MINUTES)
    assert 0 <= here.part < len(MINUTES)
    assert BEGUN <= here.began <= now
    assert here.ends > now or here.part == len(MINUTES) - 1
    assert next_look(here, now) > now


@given(DONE, SECONDS, SECONDS)
def test_looking_in_between_changes_nothing(done: list[Move], first: int, more: int) -> None:
    start = max([BEGUN, *(move.at for move in done)]) + timedelta(seconds=first)
    later = start + timedelta(seconds=more)
    looked = stand(BEGUN, done, start, MINUTES)
    while looked.ends <= later and looked.part < len(MINUTES) - 1:
        looked = stand(BEGUN, done, looked.ends, MINUTES)
    assert stand(BEGUN, done, later, MINUTES) == looked


@given(DONE)
def test_every_meeting_ends_some_time(done: list[Move]) -> None:
    now = max([BEGUN, *(move.at for move in done)])
    for _ in range(len(MINUTES) + 5):
        here = stand(BEGUN, done, now, MINUTES)
        if ends_itself(here, now):
            break
        now = next_look(here, now)
    assert ends_itself(stand(BEGUN, done, now, MINUTES), now)


@pytest.mark.parametrize(
    ("state", "ended", "now", "may"),
    [
        (RUNNING, None, 500, True),
        (HELD, 20, 20, True),
        (HELD, 20, 20 + 48 * 60 - 1, True),
        (HELD, 20, 20 + 48 * 60, False),
        (PLANNED, None, -1, False),
        (PLANNED, None, 30, True),
        (PLANNED, None, 48 * 60, False),
        (SKIPPED, None, 30, False),
        (HELD, None, 30, False),
    ],
)
def test_until_when_words_are_taken(state: str, ended: float | None, now: float, *, may: bool) -> None:
    ended_at = None if ended is None else after(ended)
    assert takes_words(state, BEGUN, ended_at, after(now)) is may


@pytest.mark.parametrize(
    ("kind", "added", "done", "carried"),
    [
        (TOPIC, -60, False, True),
        (TOPIC, 5, False, True),
        (TOPIC, -60, True, False),
        (ACTION, -60, False, True),
        (ACTION, 5, False, False),
        (ACTION, -60, True, False),
        (DECISION, -60, False, False),
    ],
)
def test_what_is_carried_over(kind: str, added: float, *, done: bool, carried: bool) -> None:
    assert is_carried(kind, after(added), BEGUN, done=done) is carried


@pytest.mark.parametrize(
    ("times", "words"),
    [(0, ""), (1, "carried over"), (2, "carried over twice"), (3, "carried over 3 times")],
)
def test_how_carrying_over_is_said(times: int, words: str) -> None:
    assert carried_words(times) == words


@pytest.mark.parametrize(
    ("next_day", "due"),
    [
        (date(2026, 12, 2), date(2026, 12, 1)),
        (date(2026, 11, 30), date(2026, 11, 27)),
        (date(2026, 11, 26), WEDNESDAY),
        (WEDNESDAY, WEDNESDAY),
        (None, date(2026, 12, 2)),
    ],
)
def test_when_an_action_is_usually_due(next_day: date | None, due: date) -> None:
    assert usual_due(next_day, WEDNESDAY, WEEK) == due


@pytest.mark.parametrize(
    ("due", "off", "day"),
    [
        (date(2026, 12, 1), [], date(2026, 12, 1)),
        (WEDNESDAY, [], WEDNESDAY),
        (date(2026, 11, 24), [], None),
        (date(2026, 11, 29), [], date(2026, 11, 27)),
        (date(2026, 12, 1), [date(2026, 12, 1)], date(2026, 11, 30)),
        (date(2026, 11, 26), [date(2026, 11, 26)], date(2026, 11, 27)),
    ],
)
def test_on_which_day_an_owner_is_reminded(due: date, off: list[date], day: date | None) -> None:
    assert reminder_day(due, WEDNESDAY, WEEK, off) == day
