"""Golden Hours as rules: what is found, how fair it is said to be, what clock changes do, and what was measured."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.days import local_time
from playbook.golden import GoldenHours, inside, minutes, next_day, same_each, week_of
from playbook.golden_answer import kept_days, measure
from playbook.golden_change import Effect, changes
from playbook.golden_fair import fairness, moved, off_days, reference, warnings
from playbook.golden_find import Bend, Party, find, judge
from playbook.hours import Hours, shift
from playbook.load import load
from tests.said import english, said

local_time = said(local_time)
inside = said(inside)
minutes = said(minutes)
next_day = said(next_day)
same_each = said(same_each)
week_of = said(week_of)
kept_days = said(kept_days)
measure = said(measure)
changes = said(changes)
fairness = said(fairness)
moved = said(moved)
off_days = said(off_days)
reference = said(reference)
warnings = said(warnings)
find = said(find)
judge = said(judge)
shift = said(shift)
load = said(load)

BOOK = load().golden
WEEKDAYS = frozenset(range(5))
MONDAY = date(2026, 11, 30)
NINE, HALF_PAST_FIVE = time(9), time(17, 30)
LATE = "{} is there until {} after the working day"
SAO_PAULO, MADRID, MANILA, NEW_YORK = "America/Sao_Paulo", "Europe/Madrid", "Asia/Manila", "America/New_York"


def party(name: str, zone: str, start: time = NINE, end: time = HALF_PAST_FIVE) -> Party:
    return Party(name, name, Hours(zone, WEEKDAYS, start, end))


def clocks(bends: tuple[Bend, ...]) -> list[str]:
    return [f"{bend.begin:%H:%M}-{bend.end:%H:%M}" for bend in bends]


# Finding ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zones", "tier", "best"),
    [
        ((SAO_PAULO, MADRID), 0, ["09:30-12:30", "13:30-16:30"]),
        (("Europe/Lisbon", NEW_YORK), 0, ["14:00-17:00", "09:00-12:00"]),
        (("Asia/Kathmandu", "Asia/Kolkata"), 0, ["11:45-14:45", "11:30-14:30"]),
        (("Europe/London", MANILA), 1, ["08:00-10:00", "16:00-18:00"]),
        ((MANILA, NEW_YORK), 2, ["07:00-09:00", "18:00-20:00"]),
        (("Australia/Sydney", "Europe/Berlin"), 1, ["18:00-20:00", "08:00-10:00"]),
        (("Pacific/Apia", "Pacific/Auckland"), 0, ["11:30-14:30", "11:30-14:30"]),
    ],
)
def test_the_best_window(zones: tuple[str, str], tier: int, best: list[str]) -> None:
    found = find([party("A", zones[0]), party("B", zones[1])], zones[1], MONDAY, BOOK)
    assert (found[0].tier, clocks(found[0].bends)) == (tier, best)
    assert len(found) <= BOOK.most_offered


def test_a_week_without_a_common_day_has_no_window() -> None:
    weekend = Party("W", "W", Hours(MADRID, frozenset({5, 6}), NINE, HALF_PAST_FIVE))
    assert find([weekend, party("B", MADRID)], MADRID, MONDAY, BOOK) == ()


def test_the_friday_evening_of_new_york_is_saturday_in_manila() -> None:
    pair = [party("Jun", MANILA), party("Olivia", NEW_YORK)]
    assert find(pair, NEW_YORK, MONDAY, BOOK)[0].weekdays == frozenset({0, 1, 2, 3})
    week = same_each(time(18), time(20), WEEKDAYS, NEW_YORK)
    assert off_days(week, pair, MONDAY, BOOK) == {4: "Jun"}


@pytest.mark.parametrize(
    ("start", "end", "said", "nights"),
    [
        (time(14), time(17), "fair: inside both working days", []),
        (
            time(12),
            time(14),
            "Ana starts 1 h early, Bruno stays inside the working day. It is Ana who bends, every time.",
            [],
        ),
        (
            time(16),
            time(18),
            "Ana stays inside the working day, Bruno stays 30 min longer. It is Bruno who bends, every time.",
            [],
        ),
        (
            time(22),
            time(0),
            f"{LATE.format('Ana', '2 h 30')}, {LATE.format('Bruno', '6 h 30')}. Bruno bends most.",
            ["22:00–00:00 is outside 08:00–20:00 for Bruno"],
        ),
    ],
)
def test_fairness_is_said(start: time, end: time, said: str, nights: list[str]) -> None:
    window = GoldenHours(start, end, MADRID)
    bends = judge([party("Ana", SAO_PAULO), party("Bruno", MADRID)], window, MONDAY, BOOK)
    assert fairness(bends, BOOK) == said
    assert list(warnings(bends, BOOK)) == nights


def test_the_own_quiet_hours_count() -> None:
    early = Party("A", "A", Hours(MADRID, WEEKDAYS, NINE, HALF_PAST_FIVE), (time(10), time(22)))
    (bend,) = judge([early], GoldenHours(time(7), time(9), MADRID), MONDAY, BOOK)
    assert bend.quiet == 120
    (said,) = warnings([bend], BOOK)
    assert "outside 10:00–22:00 for A" in said


ZONES = st.sampled_from(
    [
        "Europe/Lisbon", "America/New_York", "Europe/London", "Asia/Manila", "America/Sao_Paulo", "Australia/Sydney",
        "Europe/Berlin", "Pacific/Apia", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kathmandu", "Asia/Kolkata",
        "Pacific/Chatham", "America/St_Johns", "UTC",
    ]
)  # fmt: skip
QUARTERS = st.integers(0, 95).map(lambda at: time(at // 4, at % 4 * 15))
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@st.composite
def people(draw: st.DrawFn) -> list[Party]:
    found = []
    for number in range(draw(st.integers(2, 3))):
        start, length = draw(QUARTERS), draw(st.integers(16, 40)) * 15
        end = (datetime.combine(MONDAY, start) + timedelta(minutes=length)).time()
        found.append(party(f"P{number}", draw(ZONES), start, end))
    return found


def shared(parties: list[Party], day: date) -> int:
    """Give the longest stretch, in minutes, in which all are at work, of shifts beginning within a day of a date."""
    near = [day + timedelta(days=days) for days in (-1, 0, 1)]
    shifts = [[found for one in near if (found := shift(each.hours, one))] for each in parties]
    longest = [(begin, end) for begin, end in shifts[0]]
    for theirs in shifts[1:]:
        longest = [(max(a, c), min(b, d)) for a, b in longest for c, d in theirs]
    return max(((end - begin) // timedelta(minutes=1) for begin, end in longest), default=0)


@settings(deadline=None, max_examples=40)
@given(people(), ZONES, DAYS)
def test_what_is_found_is_long_enough_and_the_same_instant_on_every_clock(
    parties: list[Party], zone: str, day: date
) -> None:
    monday = reference(day)
    for spot in find(parties, zone, monday, BOOK):
        assert BOOK.least_minutes <= spot.minutes <= BOOK.best_minutes
        for weekday in spot.weekdays:
            on = monday + timedelta(days=weekday)
            window = spot.window.on(on)
            assert window is not None
            assert window[1] - window[0] == timedelta(minutes=spot.minutes)
            for bend in judge(parties, spot.window, on, BOOK):
                assert (bend.begin, bend.end) == window
                assert bend.begin.tzinfo == ZoneInfo(bend.party.zone)


@settings(deadline=None, max_examples=40)
@given(people(), DAYS)
def test_what_all_share_is_used_if_it_is_long_enough(parties: list[Party], day: date) -> None:
    monday, zone = reference(day), parties[0].zone
    days = [monday + timedelta(days=weekday) for weekday in range(1, 4)]
    if min(shared(parties, one) for one in days) < BOOK.least_minutes:
        return
    found = find(parties, zone, monday, BOOK)
    assert found
    assert found[0].tier == 0
    for bend in found[0].bends:
        assert bend.inside == found[0].minutes


@settings(deadline=None, max_examples=40)
@given(ZONES, ZONES, QUARTERS, DAYS)
def test_a_window_written_on_another_clock_is_the_same_instant(one: str, other: str, start: time, day: date) -> None:
    end = (datetime.combine(day, start) + timedelta(hours=2)).time()
    week, monday = same_each(start, end, WEEKDAYS, one), reference(day)
    there = moved(week, other, monday)
    here = {found[0] for days in range(7) if (found := week.on(monday + timedelta(days=days)))}
    near = {found[0] for days in range(-2, 9) if (found := there.on(monday + timedelta(days=days)))}
    offsets = {local_time(each, zone).utcoffset() for each in here for zone in (one, other)}
    if len(offsets) <= 2:  # no clock changes within that week
        assert here <= near


# Weeks ------------------------------------------------------------------------------------------


def test_a_week_has_windows_by_weekday() -> None:
    rows = [{"weekday": 4, "start": "13:00", "end": "15:00"}, {"weekday": 0, "start": "22:00", "end": "00:30"}]
    week = week_of(rows, MADRID)
    assert week.words(MONDAY, MANILA) == "05:00–07:30"
    assert week.words(MONDAY + timedelta(days=1), MADRID) == ""
    assert week.words(MONDAY + timedelta(days=4), MADRID) == "13:00–15:00"
    assert (week.start, week.end) == (time(22), time(0, 30))
    assert next_day(week, MONDAY + timedelta(days=1)) == MONDAY + timedelta(days=4)
    assert next_day(week, MONDAY + timedelta(days=1), {MONDAY + timedelta(days=4)}) == MONDAY + timedelta(days=7)
    assert sorted(week.rows(), key=lambda row: row["weekday"]) == sorted(rows, key=lambda row: int(str(row["weekday"])))
    assert minutes(time(22), time(0, 30)) == 150


@pytest.mark.parametrize(
    ("moment", "within"),
    [("2026-11-30T20:59", False), ("2026-11-30T21:00", True), ("2026-11-30T23:29", True), ("2026-11-30T23:30", False)],
)
def test_inside_reaches_over_midnight(moment: str, *, within: bool) -> None:
    week = week_of([{"weekday": 0, "start": "22:00", "end": "00:30"}], MADRID)
    assert inside(week, datetime.fromisoformat(moment).replace(tzinfo=UTC)) is within


# Clock changes ----------------------------------------------------------------------------------

LONDON_NINE = (time(9), time(11))


@pytest.mark.parametrize(
    ("anchor", "other", "window", "expected"),
    [
        (
            "Europe/Lisbon",
            NEW_YORK,
            (time(14), time(17)),
            [
                (date(2026, 3, 9), Effect.SHIFTS, "10:00-13:00"),  # the US on 8 March
                (date(2026, 3, 30), Effect.SHIFTS, "09:00-12:00"),  # the EU on 29 March
                (date(2026, 10, 26), Effect.SHIFTS, "10:00-13:00"),
                (date(2026, 11, 2), Effect.SHIFTS, "09:00-12:00"),
            ],
        ),
        (
            "Europe/London",
            MANILA,
            LONDON_NINE,
            [(date(2026, 3, 30), Effect.SHIFTS, "16:00-18:00"), (date(2026, 10, 26), Effect.SHRINKS, "17:00-19:00")],
        ),
        (SAO_PAULO, MANILA, (time(9), time(11)), []),
        (
            "Australia/Sydney",
            "Europe/Berlin",
            (time(17), time(19)),
            [
                (date(2026, 3, 30), Effect.SHIFTS, "08:00-10:00"),
                (date(2026, 4, 6), Effect.SHIFTS, "09:00-11:00"),
                (date(2026, 10, 5), Effect.SHIFTS, "08:00-10:00"),
                (date(2026, 10, 26), Effect.BREAKS, "07:00-09:00"),
            ],
        ),
        (
            "Pacific/Apia",
            "Pacific/Auckland",
            (time(9), time(12)),
            [(date(2026, 4, 6), Effect.SHRINKS, "08:00-11:00"), (date(2026, 9, 28), Effect.SHIFTS, "09:00-12:00")],
        ),
        (
            "Australia/Lord_Howe",
            "Australia/Brisbane",
            (time(9), time(12)),
            [(date(2026, 4, 6), Effect.SHIFTS, "08:30-11:30"), (date(2026, 10, 5), Effect.SHRINKS, "08:00-11:00")],
        ),
        (
            "Africa/Casablanca",
            "Europe/Paris",
            (time(14), time(17)),
            [
                (date(2026, 2, 16), Effect.SHRINKS, "15:00-18:00"),  # Ramadan begins
                (date(2026, 3, 23), Effect.SHIFTS, "14:00-17:00"),  # and is over
                (date(2026, 3, 30), Effect.SHRINKS, "15:00-18:00"),
            ],
        ),
        ("Europe/Paris", "Europe/Berlin", (time(14), time(17)), []),
    ],
)
def test_clock_changes(
    anchor: str, other: str, window: tuple[time, time], expected: list[tuple[date, Effect, str]]
) -> None:
    week, pair = same_each(*window, WEEKDAYS, anchor), [party("A", anchor), party("B", other)]
    # What Morocco does in the autumn is decided anew every few years.
    last = date(2026, 7, 31) if anchor == "Africa/Casablanca" else date(2026, 12, 31)
    found = list(changes(week, pair, date(2026, 1, 31), last, BOOK))
    seen = [(one.day, one.effect, f"{new.begin:%H:%M}-{new.end:%H:%M}") for one in found for _, new in one.moves]
    assert seen == expected
    assert all(old.party.name == "B" for one in found for old, _ in one.moves)


def test_a_change_of_a_team_members_clock_counts_too() -> None:
    week = same_each(time(14), time(17), WEEKDAYS, SAO_PAULO)
    trio = [party("A", SAO_PAULO), party("B", SAO_PAULO), party("C", NEW_YORK)]
    (first, *_) = changes(week, trio, date(2026, 2, 1), date(2026, 6, 1), BOOK)
    assert first.day == date(2026, 3, 9)


# Measured ---------------------------------------------------------------------------------------


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=UTC)


def test_time_in_answer_is_said_in_one_line() -> None:
    week = same_each(time(14), time(17), WEEKDAYS, "UTC")
    asked = [
        (at("2026-11-30T14:00"), at("2026-11-30T14:10")),
        (at("2026-11-30T16:59"), at("2026-11-30T17:13")),
        (at("2026-11-30T17:00"), at("2026-11-30T22:10")),
        (at("2026-11-30T15:00"), at("2026-11-30T14:00")),
    ]
    assert english(measure(asked, lambda _: week).words()) == (
        "Inside: 12 min in the middle (2 blockers) · Outside: 5 h 10 (1)"
    )
    assert not measure(asked, lambda _: None)
    assert "nothing yet" in measure(asked[:1], lambda _: week).words()


def test_a_day_counts_as_kept_when_half_of_the_window_was_worked() -> None:
    week = same_each(time(14), time(17), WEEKDAYS, "UTC")
    days = [(MONDAY + timedelta(days=days), at("2026-11-30T12:00")) for days in range(6)]
    worked = [
        (at("2026-11-30T15:30"), at("2026-11-30T18:00")),
        (at("2026-12-01T15:31"), at("2026-12-01T16:00")),
        (at("2026-12-02T08:00"), at("2026-12-02T09:00")),
    ]
    found = kept_days(lambda _: week, days, worked, [at("2026-12-03T14:30")])
    assert (found.kept, found.known, found.agreed) == (2, 4, 5)
