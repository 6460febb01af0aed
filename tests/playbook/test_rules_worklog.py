"""Tables of worklogs as people export them: headers, dates, lengths, and what is apart."""

from datetime import date

import pytest

from playbook import spreadsheet
from playbook.load import load
from playbook.sorry import Sorry
from playbook.worklog import Day, compare, differences, fits, meant, read, read_day, read_length

BOOK = load().worklog
ZONE = "America/Sao_Paulo"
MON, TUE = date(2026, 11, 23), date(2026, 11, 24)


@pytest.mark.parametrize(
    ("head", "is_one"),
    [
        ("Date,Member,Duration", True),
        ("\ufeffDay;Hours;Project", True),
        ("Start,End,Activity %,Screenshots", True),
        ("User,Email,Start date,Start time,Duration", True),
        ("Fecha;Inicio;Fin", True),
        ("email,start date,role,project,manager,hours", False),
        ("name,start,role,project", False),
        ("name,hours", False),
    ],
)
def test_a_worklog_is_told_by_its_header(head: str, *, is_one: bool) -> None:
    assert fits(spreadsheet.lines(head)[0][1], BOOK) is is_one


@pytest.mark.parametrize(
    ("text", "unit", "seconds"),
    [
        ("1:30", 0, 5400), ("01:30:30", 0, 5430), ("1.5", 0, 5400), ("1,5", 0, 5400), ("1.5h", 0, 5400),
        ("1h 30m", 0, 5400), ("2 hours", 0, 7200), ("90 min", 0, 5400), ("90", 60, 5400), ("0.25", 3600, 900),
        ("8", 0, 28800), ("45m 30s", 0, 2730),
    ],
)  # fmt: skip
def test_lengths_in_common_forms(text: str, unit: int, seconds: int) -> None:
    assert read_length(text, unit) == seconds


@pytest.mark.parametrize("text", ["=1+1", "90", "-2", "much", "", '=HYPERLINK("x")', "@SUM(1)"])
def test_what_is_no_length_is_said(text: str) -> None:
    with pytest.raises(Sorry, match="as a length"):
        read_length(text)


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("2026-11-23", "", MON), ("23/11/2026", "day", MON), ("11/23/2026", "month", MON), ("23.11.26", "day", MON),
        ("23 Nov 2026", "", MON), ("Nov 23, 2026", "", MON),
    ],
)  # fmt: skip
def test_dates_in_common_forms(text: str, order: str, day: date) -> None:
    assert read_day(text, order) == day


@pytest.mark.parametrize(
    ("rows", "minutes"),
    [
        ("Date,Duration\n2026-11-23,1:30\n2026-11-23,0:30", {MON: 120}),
        ("Date;Hours\n23/11/2026;7,5\n3/11/2026;1", {MON: 450, date(2026, 11, 3): 60}),
        ("Date,Start,End\n2026-11-23,9:00,5:30 PM", {MON: 510}),
        ("Date,Start,End\n2026-11-23,23:00,01:00", {MON: 60, TUE: 60}),
        ("Start,End\n2026-11-24T01:00:00Z,2026-11-24T04:00:00Z", {MON: 120, TUE: 60}),
        ("Start date,Start time,Duration\n2026-11-23,23:30,01:00:00", {MON: 30, TUE: 30}),
        ("Date,Minutes,Screenshots,Activity\n2026-11-23,90,12,87%", {MON: 90}),
    ],
)
def test_files_are_added_up_by_day_on_their_clock(rows: str, minutes: dict[date, int]) -> None:
    assert read(rows, ZONE, BOOK).tracked == {"": minutes}


def test_lines_that_cannot_be_read_are_named_and_the_rest_counts() -> None:
    found = read(
        "Date,Duration\n2026-11-23,1h\nyesterday,1h\n2026-11-24,=1+1\n5/6/2026,1h\n2026-11-24,25:00", ZONE, BOOK
    )
    assert found.tracked == {"": {MON: 60}}
    assert [line for line, _ in found.problems] == [3, 4, 5, 6]


@pytest.mark.parametrize("text", ["Date,Duration", "Date,Duration\n" + "2026-11-23,1h\n" * 5001])
def test_nothing_and_too_much_is_refused(text: str) -> None:
    with pytest.raises(Sorry):
        read(text, ZONE, BOOK)


@pytest.mark.parametrize(
    ("names", "wanted", "found"),
    [
        (["Ana Reis", "Bo Li"], ["Ana Reis", "ana@x.com"], "Ana Reis"),
        (["ANA@x.com"], ["Ana Reis", "ana@x.com"], "ANA@x.com"),
        ([""], ["Ana Reis"], ""),
        (["A. Reis"], ["Ana Reis"], "A. Reis"),
        (["Bo Li"], ["Ana Reis"], None),
        (["Bo Li", "Reis"], ["Ana Reis"], None),
        (["Bo Li"], ["Ana Reis", ""], None),
    ],
)
def test_names_are_matched_with_care(names: list[str], wanted: list[str], found: str | None) -> None:
    assert meant(names, wanted) == found


def test_only_what_is_further_apart_than_the_tolerance_is_a_difference() -> None:
    days = compare({MON: 400, TUE: 60}, {MON: 415, TUE: 76, date(2026, 11, 30): 5})
    assert days == [Day(MON, 400, 415), Day(TUE, 60, 76)]
    assert differences(days, BOOK.tolerance_minutes) == [Day(TUE, 60, 76)]
