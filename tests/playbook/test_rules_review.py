"""When Quarterly Reviews are due, where they can be moved, and what can be answered."""

from datetime import UTC, date, datetime, time
from itertools import islice

import pytest

from playbook.hours import Hours
from playbook.load import Playbook
from playbook.path import Path
from playbook.review import Next, due_days, lines, morning, moves, next_review, problems

OFFICE = frozenset(range(5))
SUNDAY_ON = frozenset([6, 0, 1, 2, 3])


def path(start: str, weekdays: frozenset[int] = OFFICE, country: str = "", off: tuple[str, ...] = ()) -> Path:
    days = frozenset(date.fromisoformat(one) for one in off)
    return Path(date.fromisoformat(start), "America/Sao_Paulo", weekdays, country, days)


@pytest.mark.parametrize(
    ("mine", "days"),
    [
        # Day 90 of a Monday is a Saturday, so it is the Monday after; 90 days on are counted from Day 1 again.
        (path("2026-11-02"), ["2027-02-01", "2027-04-30", "2027-07-29", "2027-10-27"]),
        (path("2026-11-03"), ["2027-02-01", "2027-05-03"]),
        (path("2026-11-04"), ["2027-02-01", "2027-05-03"]),
        (path("2026-11-05"), ["2027-02-02", "2027-05-03"]),
        (path("2026-11-07"), ["2027-02-08", "2027-05-07"]),  # a start on Saturday: Day 1 is the Monday after
        (path("2026-11-01", SUNDAY_ON), ["2027-01-31", "2027-04-29"]),  # Day 90 is a Friday, off there
        (path("2026-11-05", country="PH"), ["2027-02-02", "2027-05-03"]),
        (path("2026-11-05", off=("2027-02-02", "2027-02-03")), ["2027-02-04", "2027-05-03"]),
        (path("2026-09-28"), ["2026-12-28", "2027-03-26"]),
        (path("2026-09-28", country="PH"), ["2026-12-28", "2027-03-29"]),  # Good Friday
    ],
)
def test_day_90_and_every_90_days(mine: Path, days: list[str], playbook: Playbook) -> None:
    found = islice(due_days(mine, playbook.review), len(days))
    assert [f"{one}" for one in found] == days


@pytest.mark.parametrize(
    ("after", "today", "expected"),
    [
        ("2026-11-01", "2026-11-23", "2027-02-01"),  # not yet: the first to come
        ("2026-11-01", "2027-02-01", "2027-02-01"),  # today
        ("2026-11-01", "2027-03-01", "2027-02-01"),  # missed in a pause: now
        ("2026-11-01", "2027-08-01", "2027-07-29"),  # three were missed: the newest only
        ("2027-02-01", "2027-02-01", "2027-04-30"),  # held today: the next
        ("2027-03-01", "2027-03-05", "2027-04-30"),  # of long ago: the next to come, none of those before
        ("2027-08-01", "2027-08-01", "2027-10-27"),
        ("2027-04-30", "2027-02-10", "2027-07-29"),  # opened early, in place of the one of 30 April
    ],
)
def test_the_next_one(after: str, today: str, expected: str, playbook: Playbook) -> None:
    found = next_review(path("2026-11-02"), date.fromisoformat(after), date.fromisoformat(today), None, playbook.review)
    assert found == Next(date.fromisoformat(expected), date.fromisoformat(expected))


def test_a_moved_one_stands_for_the_later_day(playbook: Playbook) -> None:
    mine, day = path("2026-11-02"), date(2027, 2, 1)
    later = next_review(mine, date(2026, 11, 1), date(2027, 1, 1), (day, date(2027, 2, 20)), playbook.review)
    sooner = next_review(mine, date(2026, 11, 1), date(2027, 1, 1), (day, date(2027, 1, 11)), playbook.review)
    other = next_review(mine, date(2027, 2, 1), date(2027, 2, 2), (day, date(2027, 2, 20)), playbook.review)
    assert (later.opens, later.stands_for) == (date(2027, 2, 20), date(2027, 2, 20))
    assert (sooner.opens, sooner.stands_for) == (date(2027, 1, 11), day)
    assert other.opens == date(2027, 4, 30)


@pytest.mark.parametrize(
    ("day", "now", "start", "end", "expected"),
    [
        ("2027-02-01", "2027-01-20T12:00", "09:00", "17:30", "2027-02-01T13:00"),  # 10:00 in Sao Paulo
        ("2027-02-01", "2027-02-01T12:00", "09:00", "17:30", "2027-02-01T13:00"),
        ("2027-02-01", "2027-02-01T13:00", "09:00", "17:30", "2027-02-02T13:00"),  # the morning is over
        (
            "2027-02-01",
            "2027-02-05T20:00",
            "09:00",
            "17:30",
            "2027-02-08T13:00",
        ),  # back after a pause, on Friday evening
        ("2027-02-01", "2027-01-20T12:00", "14:00", "20:00", "2027-02-01T17:00"),  # a late shift: as it begins
        ("2027-02-01", "2027-01-20T12:00", "22:00", "06:00", "2027-02-02T01:00"),  # a night shift
        ("2027-02-06", "2027-01-20T12:00", "09:00", "17:30", "2027-02-08T13:00"),  # moved to a Saturday
    ],
)
def test_it_opens_in_the_morning_at_work(
    day: str, now: str, start: str, end: str, expected: str, playbook: Playbook
) -> None:
    hours = Hours("America/Sao_Paulo", OFFICE, time.fromisoformat(start), time.fromisoformat(end))
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    _, at = morning(date.fromisoformat(day), hours, moment, playbook.review)
    assert f"{at:%Y-%m-%dT%H:%M}" == expected


def test_a_clock_change_keeps_the_morning(playbook: Playbook) -> None:
    hours = Hours("Europe/Madrid", OFFICE, time(9), time(17, 30))
    now = datetime(2027, 3, 20, 12, 0, tzinfo=UTC)
    winter = morning(date(2027, 3, 26), hours, now, playbook.review)[1]
    summer = morning(date(2027, 3, 29), hours, now, playbook.review)[1]
    assert (winter.hour, summer.hour) == (9, 8)


@pytest.mark.parametrize(
    ("day", "says"),
    [
        ("2027-01-20", "after today"),
        ("2027-01-19", "after today"),
        ("2027-01-21", ""),
        ("2027-02-01", ""),
        ("2027-03-21", ""),
        ("2027-03-22", "or earlier"),
        ("2028-01-01", "or earlier"),
    ],
)
def test_moving(day: str, says: str, playbook: Playbook) -> None:
    plan = Next(date(2027, 2, 1), date(2027, 2, 1))
    said = moves(date.fromisoformat(day), date(2027, 1, 20), plan, playbook.review)
    assert says in said
    assert bool(said) is bool(says)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", ()),
        ("Access takes days", ("Access takes days",)),
        ("- Access takes days\n\n • Two brand folders ", ("Access takes days", "Two brand folders")),
        ("* one\r\n* two", ("one", "two")),
        ("\n \n--", ()),
    ],
)
def test_frictions_come_one_a_line(words: str, found: tuple[str, ...]) -> None:
    assert lines(words) == found


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"good": "The checkout", "kpis": "yes"}, set()),
        ({"good": "", "kpis": "yes"}, {"good"}),
        ({"good": "The checkout", "kpis": "maybe"}, {"kpis"}),
        ({"good": "The checkout", "kpis": "high"}, {"words"}),
        ({"good": "The checkout", "kpis": "high", "words": "Three screens"}, set()),
        ({"good": "The checkout", "kpis": "yes", "slow": "\n".join("abcde")}, set()),
        ({"good": "The checkout", "kpis": "yes", "slow": "\n".join("abcdef")}, {"slow"}),
        ({"good": "The checkout", "kpis": "yes", "slow": "a" * 301}, {"slow"}),
        ({}, {"good", "kpis"}),
    ],
)
def test_what_needs_another_look(said: dict[str, str], wrong: set[str], playbook: Playbook) -> None:
    assert set(problems(said, playbook.review)) == wrong
