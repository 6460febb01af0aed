"""What weeks add up to: agreed hours across days off and pauses, blockers and their window, teams, and spans."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from playbook.days import Week
from playbook.holidays import DaysOff
from playbook.load import Playbook, load
from playbook.report import (
    Part,
    ReportBook,
    Stuck,
    Trend,
    Works,
    mood_word,
    sum_up,
    together,
    weeks_until,
    with_moods,
)

MON_FRI = frozenset(range(5))
MONDAY = date(2026, 11, 16)
WEEK = Week(MONDAY)
LATER = date(2026, 12, 31)
WINDOW = 240
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(("works", "today", "agreed"), [
    (Works(1800, MON_FRI, date(2026, 1, 5)), LATER, 1800),
    (Works(1800, MON_FRI, date(2026, 1, 5)), date(2026, 11, 17), 720),
    (Works(1800, MON_FRI, date(2026, 1, 5)), date(2026, 11, 15), 0),
    (Works(1800, MON_FRI, date(2026, 11, 19)), LATER, 720),
    (Works(1800, MON_FRI, date(2026, 12, 1)), LATER, 0),
    (Works(1800, MON_FRI, date(2026, 1, 5), date(2026, 11, 18)), LATER, 720),
    (Works(1800, MON_FRI, date(2026, 1, 5), date(2026, 11, 16)), LATER, 0),
    (Works(1800, MON_FRI, date(2026, 1, 5), None, {date(2026, 11, 16), date(2026, 11, 21)}), LATER, 1440),
    (Works(1800, MON_FRI, date(2026, 1, 5), None, WEEK.days), LATER, 0),
    (Works(1200, {1, 3}, date(2026, 1, 5), None, {date(2026, 11, 17)}), LATER, 600),
    (Works(1200, (), date(2026, 1, 5)), LATER, 0),
])  # fmt: skip
def test_what_was_agreed_for_a_week(works: Works, today: date, agreed: int) -> None:
    assert works.agreed(WEEK, today) == agreed


def test_a_public_holiday_is_no_working_day_unless_they_work_on_it() -> None:
    christmas, week = date(2026, 12, 25), Week.of(date(2026, 12, 25))
    start, off = date(2026, 1, 5), DaysOff("PT")
    assert Works(1800, MON_FRI, start, None, off).agreed(week, LATER) == 1440
    assert Works(1800, MON_FRI, start, None, DaysOff("PT", worked=frozenset([christmas]))).agreed(week, LATER) == 1800


@given(DAYS, st.integers(1, 20))
def test_weeks_follow_each_other_without_a_gap(today: date, count: int) -> None:
    weeks = weeks_until(today, count)
    assert len(weeks) == count
    assert today in weeks[-1].days
    assert all(one.next == other for one, other in itertools.pairwise(weeks))


@given(DAYS, st.sets(DAYS, max_size=40), st.sets(st.integers(0, 6), min_size=1))
def test_nobody_owes_more_than_was_agreed_and_days_off_only_take_away(
    today: date, free: set[date], weekdays: set[int]
) -> None:
    works = Works(1800, weekdays, today - timedelta(days=60))
    for week in weeks_until(today, 4):
        less = Works(1800, weekdays, works.first, None, free).agreed(week, today)
        assert 0 <= less <= works.agreed(week, today) <= 1800


@pytest.mark.parametrize(("stuck", "inside"), [
    (Stuck(5, 240, 240), True), (Stuck(5, 241, 241), False), (Stuck(0, 0, 0), True),
    (Stuck(None, None, 240), None), (Stuck(5, None, 241), False),
])  # fmt: skip
def test_inside_or_outside_the_window(stuck: Stuck, inside: bool | None) -> None:  # noqa: FBT001
    assert stuck.inside(WINDOW) is inside


def test_blockers_are_counted_once_each_and_medians_are_of_what_has_come() -> None:
    found = sum_up([Stuck(10, 100, 100), Stuck(30, 300, 300), Stuck(20, None, 50), Stuck(None, None, 500)], WINDOW)
    assert (found.count, found.inside, found.outside, found.waiting) == (4, 1, 2, 1)
    assert (found.seen, found.resolved) == (20, 200)
    nothing = sum_up([], WINDOW)
    assert (nothing.count, nothing.seen, nothing.resolved) == (0, None, None)


STUCK = st.builds(Stuck, st.none() | st.integers(0, 999), st.none() | st.integers(0, 999), st.integers(0, 999))
PARTS = st.builds(
    Part, st.just(WEEK), st.dictionaries(st.sampled_from(["build", "review", ""]), st.integers(0, 999)),
    st.integers(0, 3000), st.lists(STUCK, max_size=3).map(tuple), st.integers(0, 9), st.integers(0, 9),
    st.none() | st.floats(1, 5),
)  # fmt: skip


@given(st.lists(PARTS, max_size=6))
def test_a_team_is_the_sum_of_its_people_and_has_none_of_their_moods(parts: list[Part]) -> None:
    team = together([Trend((part,), WINDOW, LATER) for part in parts], [WEEK], WINDOW, LATER)
    assert team.logged == sum(part.logged for part in parts)
    assert team.agreed == sum(part.agreed for part in parts)
    assert (team.planned, team.done) == (sum(part.planned for part in parts), sum(part.done for part in parts))
    found = team.blockers
    assert found.count == found.inside + found.outside + found.waiting == sum(len(part.stuck) for part in parts)
    assert team.moods == ()
    assert sum(minutes for _, minutes in team.categories) == team.logged


def test_only_what_is_over_is_a_whole_week_and_categories_go_by_their_time() -> None:
    weeks = weeks_until(date(2026, 11, 26), 2)
    trend = Trend((Part(weeks[0], {"build": 60, "": 90}), Part(weeks[1], {"build": 60})), WINDOW, date(2026, 11, 26))
    assert [part.week for part in trend.whole] == [WEEK]
    assert trend.categories == (("build", 120), ("", 90))
    assert not trend.empty
    assert Trend((Part(WEEK),), WINDOW, LATER).empty
    assert with_moods(trend, {WEEK: 3.5}).moods == ((WEEK, 3.5),)


NAMES = {"1": "Low", "2": "A bit low", "3": "Okay", "4": "Good", "5": "Very good"}


@pytest.mark.parametrize(("mood", "word"), [
    (1, "Low"), (1.2, "Low"), (1.5, "Low / A bit low"), (2.8, ["A bit low", "Okay"][1]), (3.74, "Okay / Good"),
    (3.75, "Good"), (4.9, "Very good"), (5, "Very good"),
])  # fmt: skip
def test_a_mood_in_words(mood: float, word: str) -> None:
    assert mood_word(mood, NAMES) == word


@pytest.mark.parametrize(("text", "weeks"), [
    ("", 4), ("  ", 4), ("quarter", 13), (" Quarter ", 13), ("13 weeks", 13), ("year", None), ("quarter please", None),
])  # fmt: skip
def test_which_span_is_asked_for(text: str, weeks: int | None, playbook: Playbook) -> None:
    assert playbook.report.span(text) == weeks
    assert {playbook.report.other(4), playbook.report.other(13)} == {4, 13}


@pytest.mark.parametrize(("wrong", "why"), [
    ({"least_people": 3}, "nobody's mood"), ({"weeks": 13}, "fewer than quarter"), ({"quarter": 21}, "at most 20"),
])  # fmt: skip
def test_a_page_that_would_tell_too_much_is_refused(wrong: dict[str, int], why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        ReportBook.model_validate(load().report.model_dump() | wrong)


def test_every_feeling_of_the_log_has_a_place_among_the_moods(playbook: Playbook) -> None:
    assert {one.key for one in playbook.log.feelings} == set(playbook.report.feelings)
    assert {str(value) for value in playbook.report.feelings.values()} <= set(playbook.oneonone.moods)
