"""What a set-up accepts, what it still lacks, and where most people of a channel live, as tables of examples."""

from datetime import UTC, datetime, time

import pytest

from playbook.load import Playbook, load
from playbook.workspace import Chosen, golden_problem, main_zone, steps
from tests.said import said

load = said(load)
golden_problem = said(golden_problem)
main_zone = said(main_zone)
steps = said(steps)

ALL = Chosen(*[True] * 7)


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (None, None, ""),
        (time(14), time(16), ""),
        (time(14), time(18), ""),
        (time(23), time(1, 30), ""),
        (time(14), time(15, 59), "This is 1 h 59."),
        (time(14), time(18, 1), "second shift"),
        (time(14), time(14), "second shift"),
        (time(14), None, "both a beginning and an end"),
        (None, time(14), "both a beginning and an end"),
    ],
)
def test_golden_hours(start: time | None, end: time | None, said: str) -> None:
    problem = golden_problem(start, end, load().workspace)
    assert said in problem
    assert bool(said) == bool(problem)


@pytest.mark.parametrize(
    ("chosen", "done", "missing"),
    [
        (Chosen(), 0, 7),
        (ALL, 5, 0),
        (Chosen(intro_channel=True, operations=True), 1, 5),
        (Chosen(operations=True, escalation=True, adders=True), 1, 4),
        (Chosen(week=True, golden=True), 2, 5),
    ],
)
def test_steps(chosen: Chosen, done: int, missing: int) -> None:
    found = steps(chosen)
    assert len(found) == 5
    assert sum(step.done for step in found) == done
    assert sum(len(step.missing) for step in found) == missing


@pytest.mark.parametrize(
    ("zones", "zone"),
    [
        ([], ""),
        (["Asia/Manila"], "Asia/Manila"),
        (["Asia/Manila", "Europe/Madrid", "Europe/Madrid"], "Europe/Madrid"),
        (["Europe/Madrid", "Asia/Manila"], "Asia/Manila"),
        (["America/New_York", "Europe/Madrid", "Europe/Berlin"], "Europe/Berlin"),
        (["Asia/Manila", "Europe/Madrid", "Europe/Berlin", "Asia/Manila", "Europe/Madrid"], "Europe/Madrid"),
    ],
)
def test_main_zone(zones: list[str], zone: str) -> None:
    assert main_zone(zones, datetime(2026, 11, 23, 12, tzinfo=UTC)) == zone


def test_zones_count_together_only_while_their_clocks_agree() -> None:
    zones = ["Africa/Cairo", "America/Phoenix", "America/Los_Angeles"]
    assert main_zone(zones, datetime(2026, 7, 1, tzinfo=UTC)) == "America/Los_Angeles"
    assert main_zone(zones, datetime(2026, 12, 1, tzinfo=UTC)) == "Africa/Cairo"


def test_a_topic_named_twice_is_refused() -> None:
    page = load().workspace.model_dump()
    page["topics"] = (*page["topics"], page["topics"][0])
    pages = load().model_dump() | {"workspace": page}
    with pytest.raises(ValueError, match="budget twice"):
        Playbook.model_validate(pages)
