"""What is still to be done for a tool, by whom, and for whom new tools are laid."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.access import (
    AccessProgress,
    Line,
    Rights,
    Stage,
    Step,
    just_asked,
    next_step,
    progress,
    takes_new_tools,
)
from playbook.load import Playbook

AT = datetime(2026, 11, 3, 9, tzinfo=UTC)
OPERATIONS, CONTRACTOR, MANAGER = Rights(opens=True, verifies=True), Rights(confirms=True), Rights(verifies=True)


def line(critical: str = "", *done: str) -> Line:
    """Make a tool of which some things are done: open, confirmed, verified."""
    return Line(
        "T",
        "GitHub",
        critical=bool(critical),
        opened_at=AT if "open" in done else None,
        confirmed_at=AT if "confirmed" in done else None,
        verified_at=AT if "verified" in done else None,
    )


STAGES = [
    (line(), Stage.TO_OPEN), (line("!"), Stage.TO_OPEN), (line("!", "confirmed"), Stage.TO_OPEN),
    (line("", "open"), Stage.READY), (line("!", "open"), Stage.TO_CONFIRM),
    (line("!", "open", "confirmed"), Stage.TO_VERIFY), (line("!", "open", "confirmed", "verified"), Stage.READY),
]  # fmt: skip


@pytest.mark.parametrize(("one", "stage"), STAGES)
def test_what_is_missing_next(one: Line, stage: Stage) -> None:
    assert one.stage is stage


STEPS = [
    (line(), OPERATIONS, Step.OPEN), (line("", "open"), OPERATIONS, Step.SHUT), (line("!", "open"), OPERATIONS, Step.SHUT),
    (line("!", "open", "confirmed"), OPERATIONS, Step.VERIFY), (line("!", "confirmed"), OPERATIONS, Step.OPEN),
    (line("!", "open", "confirmed", "verified"), OPERATIONS, Step.DOUBT),
    (line(), MANAGER, None), (line("!", "open"), MANAGER, None), (line("!", "confirmed"), MANAGER, Step.VERIFY),
    (line("!", "confirmed", "verified"), MANAGER, Step.DOUBT), (line("", "open"), MANAGER, None),
    (line("!"), CONTRACTOR, Step.CONFIRM), (line("!", "open", "confirmed"), CONTRACTOR, Step.DENY),
    (line(), CONTRACTOR, None), (line("", "open"), CONTRACTOR, None), (line("!", "open"), Rights(), None),
]  # fmt: skip


@pytest.mark.parametrize(("one", "rights", "step"), STEPS)
def test_what_somebody_can_do_next(one: Line, rights: Rights, step: Step | None) -> None:
    assert next_step(one, rights) is step


def test_progress_counts_second_factors_of_critical_tools_only() -> None:
    tools = [
        line("", "open", "confirmed"),
        line("!", "open"),
        line("!", "confirmed"),
        line("!", "confirmed", "verified"),
    ]
    assert progress(tools) == AccessProgress(opened=2, confirmed=2, verified=1, total=4, critical=3)
    assert progress([]) == AccessProgress()


DONE = st.sets(st.sampled_from(["open", "confirmed", "verified"]))


@given(st.lists(st.builds(lambda critical, done: line(critical, *done), st.sampled_from(["", "!"]), DONE), max_size=9))
def test_progress_never_exceeds_its_whole(tools: list[Line]) -> None:
    found = progress(tools)
    assert 0 <= found.opened <= found.total == len(tools)
    assert found.confirmed <= found.critical
    assert found.verified <= found.critical


@pytest.mark.parametrize(("days", "takes"), [(-60, True), (0, True), (30, True), (31, False), (400, False)])
def test_new_tools_are_for_those_who_have_just_begun(days: int, takes: bool, playbook: Playbook) -> None:  # noqa: FBT001
    today = date(2026, 11, 3)
    assert takes_new_tools(today - timedelta(days=days), today, playbook.access) is takes


@pytest.mark.parametrize(("minutes", "just"), [(0, True), (239, True), (240, False), (9999, False)])
def test_nobody_is_reminded_of_what_came_a_moment_ago(minutes: int, just: bool, playbook: Playbook) -> None:  # noqa: FBT001
    assert just_asked(AT, AT + timedelta(minutes=minutes), playbook.access) is just


def test_the_times(playbook: Playbook) -> None:
    book = playbook.access
    moments = [(one.day, one.at) for one in (book.prepare, book.remind, book.confirm, book.nudge)]
    assert moments == [(-3, time(9)), (0, time(9)), (1, time(9, 15)), (3, time(9))]
