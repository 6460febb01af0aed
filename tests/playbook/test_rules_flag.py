"""Red flags as tables: when a log is a sign of overwork, on days of 23 and 25 hours too, and never below a limit."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.days import instant
from playbook.flag import Kept, Logged, Sign, fresh, look, merged, reason, suggestion
from playbook.hours import Hours
from playbook.load import load
from tests.said import said

instant = said(instant)
fresh = said(fresh)
look = said(look)
merged = said(merged)
reason = said(reason)
suggestion = said(suggestion)
load = said(load)

BOOK = load().flag
LIMITS = BOOK.limits
MONDAY = date(2026, 11, 23)
WORKDAYS = frozenset(range(5))
DAY = timedelta(days=1)


def hours(zone: str = "Europe/Berlin", start: int = 9, end: int = 17) -> Hours:
    return Hours(zone, WORKDAYS, time(start), time(end))


def days(*minutes: int) -> Mapping[date, int]:
    return {MONDAY + number * DAY: one for number, one in enumerate(minutes) if one}


TABLE = [
    ("twelve hours", days(720), [("long_day", 0)]),
    ("a minute less", days(719), []),
    ("three days of more than ten hours", days(601, 601, 601), [("busy_days", 2)]),
    ("ten hours are not more than ten", days(600, 601, 601), []),
    ("within a week", days(601, 0, 0, 601, 0, 0, 601), [("busy_days", 6)]),
    ("not within a week", days(601, 0, 0, 601, 0, 0, 0, 601), []),
    ("seven days in a row", days(*[60] * 7), [("days_in_a_row", 6)]),
    ("six days in a row", days(*[60] * 6), []),
    ("six and a day off and six", days(*[60] * 6, 0, *[60] * 6), []),
    ("eight days in a row", days(*[60] * 8), [("days_in_a_row", 6), ("days_in_a_row", 7)]),
]


@pytest.mark.parametrize(("minutes", "signs"), [pytest.param(one, two, id=name) for name, one, two in TABLE])
def test_days(minutes: Mapping[date, int], signs: list[tuple[str, int]]) -> None:
    found = look(Logged(hours(), minutes), BOOK)
    assert [(one.rule, one.day) for one in found] == [(rule, MONDAY + number * DAY) for rule, number in signs]
    for one in found:
        rule = BOOK.rule(one.rule)
        assert rule is not None
        assert "{" not in reason(rule, one.day, one.numbers, "Ana") + suggestion(rule, one.numbers)


def stretch(day: date, start: str, end: str, zone: str = "Europe/Berlin") -> tuple[datetime, datetime]:
    begin, finish = (instant(day, time.fromisoformat(at), zone) for at in (start, end))
    assert begin is not None
    assert finish is not None
    return begin, finish if finish > begin else finish + DAY


NIGHTS = [
    ("two hours", hours(), [stretch(MONDAY, "22:00", "23:59"), stretch(MONDAY, "23:59", "00:00")], MONDAY),
    ("a minute less", hours(), [stretch(MONDAY, "22:00", "23:59")], None),
    ("before the night", hours(), [stretch(MONDAY, "19:00", "22:00")], None),
    ("after the night", hours(), [stretch(MONDAY, "06:00", "09:00")], None),
    ("in the small hours", hours(), [stretch(MONDAY, "04:00", "06:30")], MONDAY - DAY),
    ("inside a night shift", hours(start=21, end=5), [stretch(MONDAY, "22:00", "04:59")], None),
    ("a night shift that goes on", hours(start=21, end=2), [stretch(MONDAY, "22:00", "04:00")], MONDAY),
    ("a late shift that goes on", hours(start=15, end=23), [stretch(MONDAY, "22:00", "00:59")], None),
    ("a night shift on a day off", hours(start=22, end=6), [stretch(MONDAY - DAY, "22:00", "00:30")], MONDAY - DAY),
    ("the same twice is once", hours(), [stretch(MONDAY, "22:00", "23:30")] * 2, None),
]


@pytest.mark.parametrize(("own", "stretches", "day"), [pytest.param(*rest, id=name) for name, *rest in NIGHTS])
def test_nights(own: Hours, stretches: list[tuple[datetime, datetime]], day: date | None) -> None:
    assert [one.day for one in look(Logged(own, {}, stretches), BOOK)] == ([day] if day else [])


def test_a_night_in_which_the_clock_goes_back_has_an_hour_more() -> None:
    begin = datetime(2026, 10, 24, 23, 0, tzinfo=UTC)  # 01:00 in Berlin, and the hour from 02:00 comes twice
    [sign] = look(Logged(hours(), {}, [(begin, begin + timedelta(hours=2))]), BOOK)
    assert (sign.rule, sign.day, sign.numbers["minutes"]) == ("night", date(2026, 10, 24), 120)
    [sign] = look(Logged(hours(), {}, [(begin - timedelta(hours=9), begin + timedelta(hours=12))]), BOOK)
    assert sign.numbers["minutes"] == 9 * 60


def test_a_night_in_which_the_clock_goes_forward_has_an_hour_less() -> None:
    begin = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)
    [sign] = look(Logged(hours(), {}, [(begin, begin + timedelta(hours=24))]), BOOK)
    assert sign.numbers["minutes"] == 7 * 60


KEPT = [
    ([], True),
    ([Kept("busy_days", MONDAY)], False),
    ([Kept("busy_days", MONDAY - 6 * DAY)], False),
    ([Kept("busy_days", MONDAY - 7 * DAY)], True),
    ([Kept("busy_days", MONDAY, settled=True)], True),
    ([Kept("long_day", MONDAY)], True),
]


@pytest.mark.parametrize(("kept", "new"), KEPT)
def test_the_same_is_not_said_again_at_once(kept: list[Kept], new: bool) -> None:  # noqa: FBT001
    assert bool(fresh([Sign("busy_days", MONDAY)], kept, MONDAY, BOOK)) is new


def test_each_long_day_is_its_own_and_what_is_long_ago_is_left() -> None:
    kept = [Kept("long_day", MONDAY - DAY)]
    assert fresh([Sign("long_day", MONDAY)], kept, MONDAY, BOOK)
    assert not fresh([Sign("long_day", MONDAY)], [], MONDAY + 8 * DAY, BOOK)


logs = st.dictionaries(st.dates(MONDAY, MONDAY + 13 * DAY), st.integers(0, 960), max_size=14)
moments = st.integers(0, 10 * 24 * 60).map(lambda at: datetime(2026, 10, 20, tzinfo=UTC) + timedelta(minutes=at))
stretches = st.lists(
    st.builds(lambda begin, minutes: (begin, begin + timedelta(minutes=minutes)), moments, st.integers(1, 900)),
    max_size=6,
)


@settings(deadline=None)
@given(logs, stretches, st.data())
def test_the_order_of_the_log_does_not_matter(
    minutes: dict[date, int], spans: list[tuple[datetime, datetime]], data: st.DataObject
) -> None:
    turned = dict(data.draw(st.permutations(list(minutes.items()))))
    one = look(Logged(hours(), minutes, spans), BOOK)
    assert look(Logged(hours(), turned, data.draw(st.permutations(spans))), BOOK) == one


@given(logs)
def test_no_day_is_flagged_below_its_limit(minutes: dict[date, int]) -> None:
    for one in look(Logged(hours(), minutes), BOOK):
        week = [minutes.get(one.day - number * DAY, 0) for number in range(7)]
        enough = {
            "long_day": week[0] >= LIMITS.long_minutes,
            "busy_days": sum(each > LIMITS.busy_minutes for each in week) >= LIMITS.busy_days,
            "days_in_a_row": all(each > 0 for each in week),
        }
        assert enough[one.rule]


@settings(deadline=None)
@given(stretches, st.sampled_from(["Europe/Berlin", "Asia/Manila", "America/Sao_Paulo", "Asia/Kolkata"]))
def test_no_night_is_flagged_with_less_work_than_its_limit(spans: list[tuple[datetime, datetime]], zone: str) -> None:
    worked = sum(((end - begin) for begin, end in merged(spans)), timedelta()) // timedelta(minutes=1)
    found = look(Logged(hours(zone), {}, spans), BOOK)
    assert all(LIMITS.night_minutes <= one.numbers["minutes"] <= worked for one in found)


@given(st.lists(st.integers(0, 960), min_size=7, max_size=7))
def test_more_work_never_takes_a_sign_away(minutes: list[int]) -> None:
    before = {(one.rule, one.day) for one in look(Logged(hours(), days(*minutes)), BOOK)}
    after = {(one.rule, one.day) for one in look(Logged(hours(), days(*[one + 30 for one in minutes])), BOOK)}
    assert before <= after
