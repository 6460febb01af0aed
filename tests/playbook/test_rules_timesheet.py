"""Timesheets: which month is meant, what adds up, and both files opened by what people open them with."""

import io
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from blocks.timesheet_file import as_csv, as_pdf, files
from playbook.days import Week
from playbook.hours import Hours
from playbook.load import Playbook, load
from playbook.month import Month
from playbook.sorry import Sorry
from playbook.timesheet import Line, Timesheet, columns, offered_at, read_month, usual
from tests.said import english, said
from tests.spreadsheet import harmless, rows

as_csv = said(as_csv)
as_pdf = said(as_pdf)
files = said(files)
load = said(load)
columns = said(columns)
offered_at = said(offered_at)
read_month = said(read_month)
usual = said(usual)

TODAY = date(2026, 11, 23)
OCTOBER = Month(date(2026, 10, 1))
BOOK = load().timesheet
LONG = ("Maximiliane Alexandra von und zu Hohenstein & Söhne; " * 2)[:80]


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("", "2026-11"),
        ("2026-10", "2026-10"),
        ("2026/9", "2026-09"),
        ("10/2026", "2026-10"),
        ("october", "2026-10"),
        ("Oct 2025", "2025-10"),
        ("December", "2025-12"),
        ("sept", "2026-09"),
        ("last month", "2026-10"),
        ("this month", "2026-11"),
        ("2024-02", "2024-02"),
    ],
)
def test_months_as_people_write_them(said: str, key: str) -> None:
    assert read_month(said, TODAY, BOOK).key == key


@pytest.mark.parametrize("said", ["2026-12", "2027-01", "December 2026"])
def test_a_month_that_has_not_begun_is_refused(said: str) -> None:
    with pytest.raises(Sorry, match="has not begun"):
        read_month(said, TODAY, BOOK)


@pytest.mark.parametrize("said", ["2026-13", "0000-01", "octopus", "ma", "10", "=1+1", "oct 0000", "x" * 5_000])
def test_what_is_no_month_is_answered_with_an_example(said: str) -> None:
    with pytest.raises(Sorry, match="Write it like 2026-10"):
        read_month(said, TODAY, BOOK)


@pytest.mark.parametrize(
    ("day", "key"), [(date(2026, 11, 1), "2026-10"), (date(2026, 11, 5), "2026-10"), (date(2026, 11, 6), "2026-11"),
                     (date(2027, 1, 2), "2026-12")],
)  # fmt: skip
def test_in_the_first_days_of_a_month_the_last_one_is_meant(day: date, key: str) -> None:
    assert usual(day, BOOK).key == key


@given(st.dates(date(1999, 1, 1), date(2200, 1, 1)))
def test_months_follow_each_other_without_a_gap(day: date) -> None:
    month = Month.of(day)
    assert day in month.days
    assert month.next.previous == month
    assert month.last + timedelta(days=1) == month.next.first
    assert Month.from_key(month.key) == month
    assert {one for week in month.weeks for one in week.days} >= set(month.days)


@pytest.mark.parametrize(
    ("now", "start", "end", "zone", "free", "at"),
    [
        # Monday 2 November is the first working day; the clocks of São Paulo and Madrid are their own.
        ("2026-10-20T12:00", time(9), time(17), "America/Sao_Paulo", (), "2026-11-02T12:30"),
        ("2026-11-02T12:30", time(9), time(17), "America/Sao_Paulo", (), "2026-12-01T12:30"),
        ("2026-10-31T23:30", time(9), time(17), "Asia/Manila", (), "2026-11-02T01:30"),
        ("2026-10-20T12:00", time(22), time(6), "Europe/Madrid", (), "2026-11-02T21:30"),
        ("2026-10-20T12:00", time(9), time(17), "Europe/Madrid", (date(2026, 11, 2),), "2026-11-03T08:30"),
        ("2027-03-20T12:00", time(9), time(17), "Europe/Madrid", (), "2027-04-01T07:30"),
    ],
)
def test_it_is_offered_on_the_first_working_morning(
    now: str, start: time, end: time, zone: str, free: tuple[date, ...], at: str
) -> None:
    hours = Hours(zone, frozenset(range(5)), start, end, free)
    found = offered_at(hours, datetime.fromisoformat(now).replace(tzinfo=UTC), BOOK)
    assert found == datetime.fromisoformat(at).replace(tzinfo=UTC)


def sheet(projects: int, month: Month = OCTOBER, minutes: int = 37, name: str = LONG) -> Timesheet:
    names = ["", "=SUM(A1)", *(f"{LONG[:70]} {number}" for number in range(projects))][:projects]
    found = {(day, one): minutes + at for day in month.days for at, one in enumerate(names)}
    open_weeks = frozenset({Week.of(month.last)})
    return Timesheet(name, "U01", "America/Sao_Paulo", month, date(2026, 11, 2), found, open_weeks)


@given(st.dictionaries(st.tuples(st.sampled_from(OCTOBER.days), st.sampled_from("abc")), st.integers(0, 960)))
@settings(max_examples=40)
def test_days_weeks_projects_and_the_month_are_the_same_sum(minutes: dict[tuple[date, str], int]) -> None:
    found = Timesheet("Ana", "U1", "UTC", OCTOBER, TODAY, minutes)
    whole = found.whole.total
    assert whole == sum(minutes.values())
    assert whole == sum(found.line([day]).total for day in OCTOBER.days)
    assert whole == sum(found.line(found.days_of(week)).total for week in OCTOBER.weeks)
    assert list(found.whole.minutes) == sorted(found.whole.minutes, reverse=True)


@pytest.mark.parametrize(("count", "most"), [(0, 10), (3, 10), (10, 10), (11, 10), (30, 10)])
def test_columns_lose_no_minute(count: int, most: int) -> None:
    line = Line(list(range(count)))
    assert sum(columns(line, most)) == line.total
    assert len(columns(line, most)) == min(count, most)


def test_the_csv_adds_up_and_is_harmless() -> None:
    found = sheet(3)
    data = as_csv(found, BOOK)
    head, *body = rows(data)
    assert harmless(data)
    assert "'=SUM(A1)" in head
    assert head[-2:] == ["total (h:mm)", "total (hours)"]
    days = [row for row in body if row[0] == "day"]
    assert [row[1] for row in days] == [day.isoformat() for day in OCTOBER.days]
    month = next(row for row in body if row[0] == "month")
    assert month[-2:] == ["58:54", "58.90"]
    assert month[4] == "not closed yet"
    assert {row[4] for row in body if row[3] == "2026-W43"} == {"closed"}
    assert {row[4] for row in body if row[3] == "2026-W44"} == {"not closed yet"}


def pages(data: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]


@pytest.mark.parametrize("projects", [0, 1, 5, 10, 25])
def test_the_pdf_holds_every_day_and_project_however_many(projects: int) -> None:
    found = sheet(projects)
    data = as_pdf(found, BOOK)
    read = pages(data)
    text = " ".join("\n".join(read).split())
    assert "Timesheet October 2026" in text
    for number, page in enumerate(read, 1):
        assert f"page {number} of {len(read)}" in page
    assert "Contractor, date" in text
    assert ("Nothing was logged in this month." in text) is (projects == 0)
    for day in (1, 15, 31):
        assert f" {day} Oct" in text
    for name in found.projects:
        assert " ".join((name or english(BOOK.no_project)).split()) in text
    assert ("Other projects" in text) is (projects > 10)
    assert "Week 44 (26–31 Oct), not closed yet" in text


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Zoë Ñandú", "zoe-nandu"),
        ("名前", "U01"),
        ("../../x", "x"),
        ("=1+1", "1-1"),
        (LONG, "maximiliane-alexandra-von-und-zu-hohenst"),
    ],
)
def test_files_are_named_after_whose_they_are(name: str, file: str) -> None:
    assert set(files(sheet(1, name=name), BOOK)) == {f"timesheet-{file}-2026-10.{end}" for end in ("csv", "pdf")}


@pytest.mark.parametrize("name", ["Борис Иванов", "Zoë Ñandú", "名前 🎉", "ليلى", "x" * 80, "W" * 200, "a\u202eb\x00"])
def test_any_name_prints(name: str, playbook: Playbook) -> None:
    assert pages(as_pdf(sheet(2, name=name), playbook.timesheet))
