"""Who would be a good buddy, and when a shadowing session can be."""

from datetime import UTC, date, datetime, time

import pytest

from playbook.buddy import Candidate, meeting_time, night, outside, ranked, shared_minutes
from playbook.days import local_time
from playbook.holidays import DaysOff
from playbook.hours import Hours
from playbook.load import Playbook
from tests.said import said

meeting_time = said(meeting_time)
night = said(night)
outside = said(outside)
ranked = said(ranked)
shared_minutes = said(shared_minutes)
local_time = said(local_time)

WEEKDAYS = frozenset({0, 1, 2, 3, 4})
SUNDAY_TO_THURSDAY = frozenset({6, 0, 1, 2, 3})
MONDAY = date(2026, 11, 23)
BEFORE_THE_CLOCKS_CHANGE = date(2026, 10, 19)
NINE, HALF_PAST_FIVE = time(9), time(17, 30)


def hours(zone: str, start: time = NINE, end: time = HALF_PAST_FIVE, days: frozenset[int] = WEEKDAYS) -> Hours:
    return Hours(zone, days, start, end)


MANILA = hours("Asia/Manila")
SHARED = [
    (MANILA, hours("Asia/Manila"), MONDAY, 510),
    (MANILA, hours("America/New_York"), MONDAY, 0),
    (MANILA, hours("Europe/Berlin"), MONDAY, 90),
    (MANILA, hours("Europe/Berlin"), BEFORE_THE_CLOCKS_CHANGE, 150),
    (hours("Asia/Manila", time(21), time(5, 30)), hours("America/New_York"), MONDAY, 450),
    (MANILA, hours("Asia/Manila", days=SUNDAY_TO_THURSDAY), MONDAY, 510),
    (hours("UTC", days=frozenset({6})), hours("UTC"), MONDAY, 0),
    (hours("UTC", days=frozenset({4})), hours("UTC", time(12), time(13)), MONDAY, 60),
    (Hours("UTC", WEEKDAYS, NINE, HALF_PAST_FIVE, DaysOff("US")), hours("UTC"), date(2026, 12, 25), 510),
]


@pytest.mark.parametrize(("one", "other", "day", "minutes"), SHARED)
def test_shared_minutes_of_an_ordinary_day(one: Hours, other: Hours, day: date, minutes: int) -> None:
    assert shared_minutes(one, other, day) == minutes


RANKED = [
    ("who has room comes before who has too many", Candidate("U1", "A", 60, 2), Candidate("U2", "B", 480, 3)),
    ("who is awake comes before the project", Candidate("U1", "A", 60, 0), Candidate("U2", "B", 59, 0, near=True)),
    ("the project comes before fewer newcomers", Candidate("U1", "A", 60, 2, near=True), Candidate("U2", "B", 480, 0)),
    ("fewer newcomers come before more hours", Candidate("U1", "A", 60, 0), Candidate("U2", "B", 480, 1)),
    ("more hours come before the name", Candidate("U1", "Zoe", 61, 0), Candidate("U2", "Ada", 60, 0)),
    ("the name decides at last", Candidate("U2", "ada", 60, 0), Candidate("U1", "Zoe", 60, 0)),
]


@pytest.mark.parametrize(("reason", "first", "second"), RANKED)
def test_who_is_suggested_first(playbook: Playbook, reason: str, first: Candidate, second: Candidate) -> None:
    for given in ((first, second), (second, first)):
        assert ranked(given, playbook.buddy) == (first, second), reason


@pytest.mark.parametrize(
    ("at", "minutes", "zone", "night_there"),
    [
        (datetime(2026, 11, 24, 7, 0, tzinfo=UTC), 30, "UTC", False),
        (datetime(2026, 11, 24, 6, 59, tzinfo=UTC), 30, "UTC", True),
        (datetime(2026, 11, 24, 21, 0, tzinfo=UTC), 60, "UTC", False),
        (datetime(2026, 11, 24, 21, 1, tzinfo=UTC), 60, "UTC", True),
        (datetime(2026, 11, 24, 23, 30, tzinfo=UTC), 60, "UTC", True),
        (datetime(2026, 11, 24, 12, 0, tzinfo=UTC), 30, "Asia/Manila", False),
        (datetime(2026, 11, 24, 12, 0, tzinfo=UTC), 30, "America/New_York", False),
        (datetime(2026, 10, 24, 5, 30, tzinfo=UTC), 30, "Europe/Madrid", False),
        (datetime(2026, 10, 26, 5, 30, tzinfo=UTC), 30, "Europe/Madrid", True),
    ],
)
def test_nobody_is_watched_at_night(
    playbook: Playbook,
    at: datetime,
    minutes: int,
    zone: str,
    night_there: bool,  # noqa: FBT001
) -> None:
    assert outside(at, minutes, zone, playbook.buddy) is night_there
    said = night("Jun", at, minutes, zone, playbook.buddy)
    assert said.startswith("For Jun this is from") is night_there


@pytest.mark.parametrize(
    ("zones", "hour"),
    [
        (("Asia/Manila",), "11:00"),
        (("Asia/Manila", "Europe/Berlin"), "15:00"),  # 08:00 in Berlin
        (("Asia/Manila", "Asia/Kolkata"), "11:00"),
        (
            ("Asia/Manila", "America/New_York"),
            "11:00",
        ),  # 23:00 in New York, and 20:00 in Manila is night when it is 08:00
        (("Asia/Manila", "Pacific/Auckland"), "11:00"),
    ],
)
def test_two_people_meet_when_it_is_night_for_neither(zones: tuple[str, ...], hour: str) -> None:
    first = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)  # 11:00 in Manila
    moment = meeting_time(first, zones, time(20), time(8))
    assert f"{local_time(moment, 'Asia/Manila'):%H:%M}" == hour
