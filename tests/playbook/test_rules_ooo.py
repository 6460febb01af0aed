"""Time away: days to come in plain words, who stands in, what a stretch may be, and what quiet hours must leave."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from playbook.holidays import DaysOff
from playbook.load import Playbook
from playbook.ooo import (
    OooBook,
    Stretch,
    joined,
    long_question,
    next_holidays,
    notice_at,
    problems,
    quiet_problems,
    stand_ins,
    without,
    working_days,
)
from playbook.ooo_words import Asked, read
from tests.said import said

joined = said(joined)
long_question = said(long_question)
next_holidays = said(next_holidays)
notice_at = said(notice_at)
problems = said(problems)
quiet_problems = said(quiet_problems)
stand_ins = said(stand_ins)
without = said(without)
working_days = said(working_days)
read = said(read)

WEDNESDAY = date(2026, 11, 25)
WORKDAYS = (0, 1, 2, 3, 4)
# What people write on Wednesday 25 November 2026, and the days it means; "?" where they are asked first.
SAID = [
    ("today", "25 Nov"),
    ("Today", "25 Nov"),
    ("tdy", "25 Nov"),
    ("out today", "25 Nov"),
    ("tomorrow", "26 Nov"),
    ("tmrw", "26 Nov"),
    ("TOMORROW!", "26 Nov"),
    ("i'm off tomorrow", "26 Nov"),
    ("I’ll be out tomorrow", "26 Nov"),
    ("out of office tomorrow", "26 Nov"),
    ("ooo tomorrow", "26 Nov"),
    ("day after tomorrow", "27 Nov"),
    ("the day after tomorrow", "27 Nov"),
    ("yesterday", "24 Nov"),
    ("today and tomorrow", "25 Nov 26 Nov"),
    ("today & tomorrow", "25 Nov 26 Nov"),
    ("tomorrow and friday", "26 Nov 27 Nov"),
    ("thu and fri", "26 Nov 27 Nov"),
    ("thu, fri", "26 Nov 27 Nov"),
    ("mon and wed", "30 Nov 2 Dec ?"),
    ("friday", "27 Nov"),
    ("on friday", "27 Nov"),
    ("off on fri", "27 Nov"),
    ("this friday", "27 Nov"),
    ("last friday", "20 Nov"),
    ("monday", "30 Nov"),
    ("wednesday", "25 Nov ?"),
    ("next wed", "2 Dec"),
    ("next monday", "30 Nov"),
    ("next friday", "4 Dec ?"),
    ("tuesday next week", "1 Dec"),
    ("next week tuesday", "1 Dec"),
    ("mon-wed", "30 Nov 2 Dec"),
    ("mon–wed", "30 Nov 2 Dec"),
    ("mon - wed", "30 Nov 2 Dec"),
    ("monday to wednesday", "30 Nov 2 Dec"),
    ("monday through wednesday", "30 Nov 2 Dec"),
    ("from mon to wed", "30 Nov 2 Dec"),
    ("fri-mon", "27 Nov 30 Nov"),
    ("mon-wed next week", "30 Nov 2 Dec"),
    ("next week mon-wed", "30 Nov 2 Dec"),
    ("next week", "30 Nov 4 Dec"),
    ("this week", "25 Nov 27 Nov"),
    ("rest of the week", "25 Nov 27 Nov"),
    ("the rest of this week", "25 Nov 27 Nov"),
    ("weekend", "28 Nov 29 Nov"),
    ("this weekend", "28 Nov 29 Nov"),
    ("next weekend", "5 Dec 6 Dec"),
    ("until friday", "25 Nov 27 Nov"),
    ("till friday", "25 Nov 27 Nov"),
    ("until tomorrow", "25 Nov 26 Nov"),
    ("until 4 dec", "25 Nov 4 Dec"),
    ("through monday", "25 Nov 30 Nov"),
    ("until the end of the week", "25 Nov 27 Nov"),
    ("until end of month", "25 Nov 30 Nov"),
    ("from today until friday", "25 Nov 27 Nov"),
    ("3 days", "25 Nov 27 Nov"),
    ("for 3 days", "25 Nov 27 Nov"),
    ("next 3 days", "25 Nov 27 Nov"),
    ("three days", "25 Nov 27 Nov"),
    ("1 day", "25 Nov"),
    ("4 days", "25 Nov 30 Nov"),
    ("a week", "25 Nov 1 Dec"),
    ("2 weeks", "25 Nov 8 Dec"),
    ("two weeks from 7 dec", "7 Dec 18 Dec"),
    ("3 days from monday", "30 Nov 2 Dec"),
    ("for 3 days from monday", "30 Nov 2 Dec"),
    ("tomorrow for 3 days", "26 Nov 30 Nov"),
    ("in 3 days", "28 Nov"),
    ("in two weeks", "9 Dec ?"),
    ("the next two weeks", "25 Nov 8 Dec ?"),
    ("12-16 aug", "12 Aug 16 Aug 2027"),
    ("12 - 16 aug", "12 Aug 16 Aug 2027"),
    ("12 aug - 16 aug", "12 Aug 16 Aug 2027"),
    ("12 aug–16 aug", "12 Aug 16 Aug 2027"),
    ("12aug-16aug", "12 Aug 16 Aug 2027"),
    ("aug 12-16", "12 Aug 16 Aug 2027"),
    ("aug 12 to aug 16", "12 Aug 16 Aug 2027"),
    ("12 to 16 of august", "12 Aug 16 Aug 2027"),
    ("12th to 16th of august 2027", "12 Aug 16 Aug 2027"),
    ("from 3 to 7 dec", "3 Dec 7 Dec"),
    ("from the 3rd to the 7th of december", "3 Dec 7 Dec"),
    ("from 3 dec to 7 dec", "3 Dec 7 Dec"),
    ("from 3 dec", "3 Dec"),
    ("dec 3 2026 - dec 7 2026", "3 Dec 7 Dec"),
    ("nov 30th", "30 Nov"),
    ("30th nov to 4th dec", "30 Nov 4 Dec"),
    ("28nov-2dec", "28 Nov 2 Dec"),
    ("30 dec - 3 jan", "30 Dec 3 Jan 2027"),
    ("24 dec - 2 jan", "24 Dec 2 Jan 2027"),
    ("2 jan 2027 - 9 jan 2027", "2 Jan 9 Jan 2027"),
    ("mon 30 nov - fri 4 dec", "30 Nov 4 Dec"),
    ("tue 30 nov", "30 Nov ?"),
    ("the 12th", "12 Dec"),
    ("12th-16th", "12 Dec 16 Dec"),
    ("12-16", "12 Dec 16 Dec ?"),
    ("20 nov", "20 Nov"),
    ("1 nov", "1 Nov 2027 ?"),
    ("29 feb", "29 Feb 2028 ?"),
    ("16-12 dec", "16 Dec ?"),
    ("2026-12-01", "1 Dec"),
    ("2026-12-01 - 2026-12-05", "1 Dec 5 Dec"),
    ("2026-12-01 to 2026-12-05", "1 Dec 5 Dec"),
    ("2026-12-01..2026-12-05", "1 Dec 5 Dec"),
    ("2026-12-01 2026-12-05", "1 Dec 5 Dec"),
    ("2026-12-01-2026-12-05", "1 Dec 5 Dec"),
    ("3/12", "25 Nov ?"),
    ("not tomorrow", "26 Nov ?"),
    ("maybe friday", "27 Nov ?"),
    ("today or tomorrow", "25 Nov ?"),
    ("back on monday", "25 Nov 29 Nov ?"),
    ("sometime soon", "?"),
    ("holiday", "?"),
]


def shown(asked: Asked) -> str:
    days = [asked.first, asked.last] if asked.first != asked.last else [asked.first]
    said = " ".join(f"{day.day} {day:%b}" for day in days if day)
    year = f" {asked.last.year}" if asked.last and asked.last.year != WEDNESDAY.year else ""
    return f"{said}{year}{'' if asked.sure else ' ?'}".strip()


@pytest.fixture(scope="session")
def book(playbook: Playbook) -> OooBook:
    return playbook.ooo


def ask(text: str, playbook: Playbook, today: date = WEDNESDAY) -> Asked:
    return read(text, today, WORKDAYS, playbook.ooo, playbook.log.days)


@pytest.mark.parametrize(("text", "meant"), SAID)
def test_days_in_plain_words(text: str, meant: str, playbook: Playbook) -> None:
    assert shown(ask(text, playbook)) == meant


@pytest.mark.parametrize(
    ("text", "kind", "note"),
    [
        ("12-16 aug lisbon trip", "", "lisbon trip"),
        ("lisbon trip 12-16 aug", "", "lisbon trip"),
        ("tomorrow, dentist at 10", "", "dentist at 10"),
        ("tomorrow (dentist)", "", "(dentist)"),
        ("sick today", "", "sick"),
        ("off today", "", ""),
        ("next week vacation", "holiday", ""),
        ("vacation next week", "holiday", ""),
        ("on holiday next week", "holiday", ""),
        ("holiday 12-16 aug in lisbon", "holiday", "in lisbon"),
        ("half day tomorrow", "partly", ""),
        ("tomorrow partly", "partly", ""),
        ("tomorrow morning dentist", "partly", "morning dentist"),
        ("part-time mon-wed Kids & school", "partly", "Kids & school"),
    ],
)
def test_type_and_note_are_what_is_left(text: str, kind: str, note: str, playbook: Playbook) -> None:
    asked = ask(text, playbook)
    assert (asked.kind, asked.note, asked.sure) == (kind, note, True)


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("back", "back"), ("I'm back!", "back"), ("who", "who"), ("Who is away", "who"), ("help", "help"), ("?", "help"),
        ("settings", "settings"), ("quiet hours", "settings"), ("holidays", "holidays"), ("undo", "undo"),
        ("edit", "edit"),
    ],
)  # fmt: skip
def test_verbs(text: str, verb: str, playbook: Playbook) -> None:
    assert ask(text, playbook).verb == verb


WORDS = st.sampled_from(
    [
        "today",
        "tomorrow",
        "mon",
        "tue",
        "wed",
        "fri",
        "sunday",
        "next",
        "this",
        "last",
        "week",
        "weeks",
        "days",
        "3",
        "12",
        "16",
        "the",
        "12th",
        "31st",
        "-",
        "to",
        "until",
        "from",
        "for",
        "and",
        "aug",
        "dec",
        "feb",
        "2026",
        "2027",
        "29",
        "in",
        "weekend",
        "rest",
        "of",
        "end",
        "month",
        "half",
        "day",
        "back",
        "or",
        ",",
        "2026-12-01",
        "3/4",
        "trip",
    ]
)


@given(st.one_of(st.text(), st.lists(WORDS, max_size=9).map(" ".join)), st.dates(date(2024, 1, 1), date(2030, 12, 31)))
@example("31 apr - 31 feb", date(2026, 11, 25))
@example("next next week week", date(2024, 2, 29))
def test_what_is_read_never_ends_before_it_begins(playbook: Playbook, text: str, today: date) -> None:
    asked = ask(text, playbook, today)
    assert (asked.first is None) == (asked.last is None)
    if asked.first is not None and asked.last is not None:
        assert asked.first <= asked.last


@given(st.dates(date(2024, 1, 1), date(2030, 12, 31)), st.integers(0, 300), st.integers(0, 60))
def test_every_pair_of_dates_is_read_as_it_stands(playbook: Playbook, today: date, ahead: int, length: int) -> None:
    first = today + timedelta(days=ahead)
    last = first + timedelta(days=length)
    asked = ask(f"{first} to {last} sea", playbook, today)
    assert (asked.first, asked.last, asked.note, asked.sure) == (first, last, "sea", True)


# Stretches --------------------------------------------------------------------------------------


def on(day: int, month: int = 12) -> date:
    return date(2026, month, day)


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (on(1), on(1), None),
        (on(5), on(1), "last"),
        (on(11, 11), on(12, 11), None),
        (on(10, 11), on(12, 11), "first"),
        (on(1), date(2027, 12, 1), "last"),
        (on(1), date(2027, 1, 29), None),
        (on(1), date(2027, 1, 30), "last"),
    ],
)
def test_a_stretch_may_begin_two_weeks_ago_and_end_within_a_year(
    first: date, last: date, field: str | None, book: OooBook
) -> None:
    assert list(problems(first, last, WEDNESDAY, book)) == ([field] if field else [])


def test_a_long_stretch_is_only_asked_about(book: OooBook) -> None:
    assert "That is 61 days" in long_question(on(1), date(2027, 1, 30), book)
    assert problems(on(1), date(2027, 1, 30), WEDNESDAY, book, sure=True) == {}


def test_stretches_that_meet_are_one_and_others_are_cut() -> None:
    others = [Stretch(on(1), on(3)), Stretch(on(20), on(22))]
    assert joined(Stretch(on(3), on(7)), others) == Stretch(on(1), on(7))
    assert joined(Stretch(on(4), on(7)), others) == Stretch(on(4), on(7))
    assert without(Stretch(on(1), on(7)), Stretch(on(3), on(4))) == (Stretch(on(1), on(2)), Stretch(on(5), on(7)))
    assert without(Stretch(on(3), on(4)), Stretch(on(1), on(7))) == ()


def test_working_days_leave_out_weekends_and_holidays() -> None:
    assert working_days(on(21), on(27), WORKDAYS) == 5
    assert working_days(on(21), on(27), WORKDAYS, DaysOff("BR")) == 4
    assert working_days(on(26), on(27), WORKDAYS) == 0


# Who stands in ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "away", "asked"),
    [
        ("LMO", {}, "LMO"),
        ("LMO", {"L": "P"}, "PMOL"),
        ("LMO", {"L": ""}, "MOL"),
        ("LMO", {"L": "M"}, "MOL"),
        ("LMO", {"L": "M", "M": ""}, "OLM"),
        ("LMO", {"M": "P"}, "LPOM"),
        ("LM", {"L": "", "M": ""}, "LM"),
        ("LM", {"L": "X"}, "ML"),
    ],
)
def test_who_is_there_comes_first(path: str, away: dict[str, str], asked: str) -> None:
    assert "".join(stand_ins(path, away, lambda one: one != "X")) == asked


# Holidays and quiet hours -----------------------------------------------------------------------


def test_holidays_are_those_on_working_days() -> None:
    listed = next_holidays("PH", WEDNESDAY, WORKDAYS, 3)
    assert listed[0] == (on(30, 11), "Bonifacio Day")
    assert all(day.weekday() in WORKDAYS for day, _ in listed)
    assert next_holidays("", WEDNESDAY, WORKDAYS, 3) == ()


def test_a_holiday_is_told_of_two_working_days_before(book: OooBook) -> None:
    free = DaysOff("PH")
    assert notice_at(on(30, 11), WORKDAYS, free, "Asia/Manila", book) == datetime(2026, 11, 26, 2, tzinfo=UTC)
    assert notice_at(on(25), WORKDAYS, free, "Asia/Manila", book) == notice_at(
        on(24), WORKDAYS, free, "Asia/Manila", book
    )


@pytest.mark.parametrize(
    ("quiet", "field"),
    [
        ((None, None), None),
        ((time(20), time(8)), None),
        ((time(20), None), "quiet_until"),
        ((None, time(8)), "quiet_from"),
        ((time(8), time(8)), "quiet_until"),
        ((time(12), time(8)), None),
        ((time(11), time(8)), "quiet_until"),
        ((time(9), time(17, 30)), "quiet_until"),
        ((time(8), time(18)), "quiet_until"),
        ((time(9), time(17)), None),
    ],
)
def test_quiet_hours_leave_four_hours_and_some_of_the_work(
    quiet: tuple[time | None, time | None], field: str | None, book: OooBook
) -> None:
    assert list(quiet_problems(quiet, (time(9), time(17, 30)), book)) == ([field] if field else [])
