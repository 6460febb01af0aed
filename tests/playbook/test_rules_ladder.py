"""Where somebody stands on the ladder, and when managers are asked."""

from datetime import UTC, date, datetime, time

import pytest
from pydantic import ValidationError

from playbook.hours import Hours
from playbook.ladder import LadderBook, monthly, next_month, place, standing, suggested
from playbook.load import Playbook

ALL = {"days": 90, "introductions": 1, "week_one": 1, "sprints": 1, "kpis": 1, "one_on_ones": 8, "blockers": 2}
LATER = {"reviews": 2, "wiki": 3, "courses": 1}


@pytest.mark.parametrize(
    ("key", "facts", "noted", "ahead", "ready"),
    [
        ("", {}, (), "newcomer", False),
        ("outsider", {"days": 0, "introductions": 0, "week_one": 0}, (), "newcomer", False),
        ("outsider", {"days": 1, "introductions": 1, "week_one": 0}, (), "newcomer", False),
        ("outsider", {"days": 1, "introductions": 1}, (), "newcomer", True),  # no checklist was ever laid
        ("outsider", {"days": 1, "introductions": 1, "week_one": 1}, (), "newcomer", True),
        ("newcomer", ALL, (), "contributor", True),
        ("newcomer", ALL | {"one_on_ones": 3}, (), "contributor", False),
        ("contributor", ALL | LATER, (), "partner", False),
        ("contributor", ALL | LATER, ("strategy_channel", "decides"), "partner", True),
        ("partner", ALL | LATER, ("brainstorm", "decision_log", "advice"), "inner_circle", True),
        ("partner", ALL | LATER | {"reviews": 1}, ("brainstorm", "decision_log", "advice"), "inner_circle", False),
        ("inner_circle", ALL | LATER, (), "", False),
        ("a step that was taken out", {}, (), "newcomer", False),
    ],
)
def test_where_somebody_stands(
    key: str, facts: dict[str, int], noted: tuple[str, ...], ahead: str, *, ready: bool, playbook: Playbook
) -> None:
    found = standing(playbook.ladder, key, facts, noted)
    assert (found.next.key if found.next else "") == ahead
    assert found.ready is ready
    assert found.at == place(playbook.ladder, key)
    assert all(one.shown for one in found.here)


def test_what_was_done_is_not_suggested_again(playbook: Playbook) -> None:
    book = playbook.ladder
    found = standing(book, "contributor", ALL, ())
    assert [one.act for one in suggested(book, found, ())] == ["invite", "note"]
    assert [one.act for one in suggested(book, found, ("strategy_channel",))] == ["note"]
    assert suggested(book, standing(book, "inner_circle", ALL, ()), ()) == ()


MADRID = Hours("Europe/Madrid", frozenset(range(5)), time(9), time(17), frozenset())


@pytest.mark.parametrize(
    ("now", "day", "found", "off"),
    [
        ("2026-11-23T12:00", 1, "2026-12-01", ()),
        ("2026-12-01T08:29", 1, "2026-12-01", ()),
        ("2026-12-01T08:30", 1, "2027-01-01", ()),
        ("2026-12-01T08:30", 1, "2027-01-04", ("2027-01-01",)),
        ("2027-01-31T23:30", 1, "2027-02-01", ()),
        ("2026-11-23T12:00", 12, "2026-12-14", ()),
        ("2026-10-12T12:00", 10, "2026-11-10", ()),
    ],
)
def test_the_first_working_day_of_a_month(now: str, day: int, found: str, off: tuple[str, ...]) -> None:
    hours = Hours(MADRID.zone, MADRID.weekdays, MADRID.start, MADRID.end, frozenset(map(date.fromisoformat, off)))
    there, at = monthly(hours, day, time(9, 30), datetime.fromisoformat(now).replace(tzinfo=UTC))
    assert there == date.fromisoformat(found)
    assert at.astimezone(UTC).time() == time(8, 30)


def test_months_follow_each_other() -> None:
    assert next_month(date(2026, 12, 1)) == date(2027, 1, 1)
    assert next_month(date(2026, 11, 1)) == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"ask_day": 31}, "1 to 28"),
        ({"stages": "first"}, "2 to 10"),
        ({"inclusion": {"channel": "nothing", "document": "brainstorm"}}, "named but not there: nothing"),
        ({"evidence": "twice"}, "can be there once"),
    ],
)
def test_a_ladder_fits_together(change: dict[str, object], says: str, playbook: Playbook) -> None:
    values = playbook.ladder.model_dump()
    special = {"first": values["stages"][:1], "twice": (*values["evidence"], values["evidence"][0])}
    values |= {name: special.get(str(value), value) for name, value in change.items()}
    with pytest.raises(ValidationError, match=says):
        LadderBook.model_validate(values)
