"""What keeps an entry from being logged, and the sentence for it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from playbook.load import Playbook
from playbook.log import Entry, problem, problems
from tests.said import said

problem = said(problem)
problems = said(problems)

NOW = datetime(2026, 11, 25, 15, 0, tzinfo=UTC)
ZONE = "Europe/Madrid"
TODAY = date(2026, 11, 25)
FINE = Entry(TODAY, 120, note="copy", project="acme")


def at(hour: int, minute: int = 0, day: int = 25) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


FIELDS = [
    (FINE, []),
    (replace(FINE, minutes=1), []),
    (replace(FINE, minutes=0), ["length"]),
    (replace(FINE, minutes=-5), ["length"]),
    (replace(FINE, minutes=960), []),
    (replace(FINE, minutes=961), ["length"]),
    (replace(FINE, day=TODAY + timedelta(days=1)), ["day"]),
    (replace(FINE, start=at(13), end=at(15)), []),
    (replace(FINE, start=at(13), end=at(15, 1)), ["length"]),
    (replace(FINE, note="n" * 300), []),
    (replace(FINE, note="n" * 301), ["note"]),
    (replace(FINE, project="p" * 80), []),
    (replace(FINE, project="p" * 81), ["project"]),
    (replace(FINE, links=("https://a.io",) * 6), ["links"]),
    (replace(FINE, minutes=0, note="n" * 301, day=date(2026, 12, 24)), ["day", "length", "note"]),
    (replace(FINE, day=date(2026, 11, 16)), ["day"]),
    (replace(FINE, day=date(2026, 11, 15)), ["day"]),
    (replace(FINE, day=date(2026, 11, 23)), []),
]


@pytest.mark.parametrize(("entry", "fields"), FIELDS)
def test_one_entry(entry: Entry, fields: list[str], playbook: Playbook) -> None:
    found = problem(entry, NOW, ZONE, playbook.log)
    assert list(found) == fields
    assert not any("{" in sentence for sentence in found.values())


@pytest.mark.parametrize(("now", "open_"), [
    (datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC), True),
    (datetime(2026, 12, 1, 0, 0, tzinfo=UTC), False),
])  # fmt: skip
def test_a_week_closes_on_tuesday_at_midnight_utc(now: datetime, open_: bool, playbook: Playbook) -> None:  # noqa: FBT001
    entry = replace(FINE, day=date(2026, 11, 29))
    assert (problem(entry, now, ZONE, playbook.log) == {}) is open_
    assert problem(entry, now, ZONE, playbook.log, reopened=[date(2026, 11, 23)]) == {}


@pytest.mark.parametrize(("logged", "fields"), [(0, []), (1320, []), (1321, ["length"])])
def test_a_day_holds_24_hours(logged: int, fields: list[str], playbook: Playbook) -> None:
    assert list(problem(FINE, NOW, ZONE, playbook.log, logged=logged)) == fields


TAKEN = [(at(9), at(11))]
OVERLAPS = [
    ((8, 9), []),
    ((11, 12), []),
    ((8, 10), ["length"]),
    ((10, 12), ["length"]),
    ((9, 11), ["length"]),
    ((8, 12), ["length"]),
]


@pytest.mark.parametrize(("hours", "fields"), OVERLAPS)
def test_ranges_do_not_overlap(hours: tuple[int, int], fields: list[str], playbook: Playbook) -> None:
    entry = replace(FINE, start=at(hours[0]), end=at(hours[1]))
    found = problem(entry, NOW, ZONE, playbook.log, taken=TAKEN)
    assert list(found) == fields
    assert all("10:00 and 12:00" in sentence for sentence in found.values())


def test_an_entry_without_a_range_overlaps_nothing(playbook: Playbook) -> None:
    assert problem(FINE, NOW, ZONE, playbook.log, taken=[(at(0), at(15))]) == {}


def test_entries_logged_together_count_together(playbook: Playbook) -> None:
    long = replace(FINE, minutes=900)
    assert [list(each) for each in problems([long, long], NOW, ZONE, playbook.log)] == [[], ["length"]]
    twice = [replace(FINE, start=at(9), end=at(11)), replace(FINE, start=at(10), end=at(12))]
    assert [list(each) for each in problems(twice, NOW, ZONE, playbook.log)] == [[], ["length"]]


def test_the_day_is_the_persons_own(playbook: Playbook) -> None:
    tomorrow = replace(FINE, day=date(2026, 11, 26))
    late = at(16, 30)
    assert problem(tomorrow, late, "Asia/Manila", playbook.log) == {}
    assert list(problem(tomorrow, late, "Europe/Madrid", playbook.log)) == ["day"]
