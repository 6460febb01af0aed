"""What is next for a contractor, and what a manager is needed for."""

import pytest

from playbook.home import Charge, Standing, needs, next_step


@pytest.mark.parametrize(
    ("standing", "key"),
    [
        (Standing(-3), "starts"),
        (Standing(-3, introduction="asked"), "introduce"),
        (Standing(-3, introduction="filled", blueprint="proposed"), "agree"),
        (Standing(0, pages_left=5, second_factors_left=2), "starts"),
        (Standing(1, pages_left=5, second_factors_left=2), "read"),
        (Standing(1, second_factors_left=2, overdue=3), "second_factor"),
        (Standing(2, overdue=1, gap=True), "overdue"),
        (Standing(2, gap=True), "gap"),
        (Standing(2), "log"),
        (Standing(2, logged=True, stuck=True), "stuck"),
        (Standing(2, logged=True), "done"),
        (Standing(2, paused=True, introduction="asked", gap=True), "paused"),
        (Standing(2, away=True, introduction="asked", audit=True), "away"),
        (Standing(2, paused=True, away=True), "paused"),
        (Standing(5, overdue=1, audit=True), "overdue"),
        (Standing(5, audit=True, prepare=True, gap=True), "audit"),
        (Standing(5, prepare=True, sprint="due", gap=True), "prepare"),
        (Standing(5, sprint="due", gap=True), "sprint"),
        (Standing(5, sprint="open", gap=True), "gap"),
        (Standing(5, sprint="open"), "log"),
        (Standing(5, sprint="open", logged=True, stuck=True), "sprint"),
        (Standing(5, logged=True, stuck=True, wiki=True), "stuck"),
        (Standing(5, logged=True, wiki=True), "wiki"),
        (Standing(5, prepare=True, review=True), "prepare"),
        (Standing(5, review=True, sprint="due"), "review"),
        (Standing(5, item=True, gap=True), "item"),
        (Standing(-3, audit=True, prepare=True), "starts"),
    ],
)
def test_the_most_urgent_step_is_next(standing: Standing, key: str) -> None:
    assert next_step(standing) == key


@pytest.mark.parametrize(
    ("charge", "keys"),
    [
        (Charge(-6), ()),
        (Charge(-5), ("draft",)),
        (Charge(-5, blueprint="draft"), ("draft",)),
        (Charge(-5, blueprint="proposed"), ()),
        (Charge(40), ()),
        (Charge(1, "filled", "discussed"), ("approve", "discuss")),
        (Charge(2, "asked", "agreed"), ()),
        (Charge(3, "asked", "agreed"), ("two_lines",)),
        (Charge(-1, blueprint="agreed", tools_left=2, has_buddy=False), ("tools", "buddy")),
        (Charge(-2, blueprint="agreed", tools_left=2), ()),
        (Charge(30, blueprint="agreed", overdue=2, to_confirm=1), ("overdue", "confirm")),
        (Charge(2, blueprint="agreed", one_on_one=False), ()),
        (Charge(3, blueprint="agreed", one_on_one=False), ("one_on_one",)),
        (Charge(60, blueprint="agreed", one_on_one=False), ("one_on_one",)),
        (Charge(4, blueprint="agreed", golden="none"), ()),
        (Charge(5, blueprint="agreed", golden="none"), ("golden",)),
        (Charge(2, blueprint="agreed", golden="asked"), ("golden_answer",)),
        (Charge(1, blueprint="agreed", sprint=False), ()),
        (Charge(2, blueprint="agreed", sprint=False), ("sprint",)),
        (Charge(10, blueprint="agreed", sprint=False), ("sprint",)),
        (Charge(11, blueprint="agreed", sprint=False), ()),
        (Charge(3, "filled", "agreed", strategy=True, audit=True), ("strategy", "approve", "audit")),
        (Charge(30, blueprint="agreed", answer=True, flag=True, overdue=1), ("answer", "flag", "overdue")),
        (Charge(5, "asked", overdue=1, sprint=False, golden="none", audit=True, laid=False), ("audit", "golden")),
        (Charge(95, review=True, course=True, rate=True, audit=True), ("review", "audit", "course", "rate")),
        (Charge(95, review=True, course=True, rate=True, laid=False), ("review", "course", "rate")),
        (Charge(95, review=True, course=True, rate=True, paused=True), ()),
        (Charge(5, strategy=True, golden="none", paused=True), ()),
        (Charge(3, "filled", paused=True), ()),
    ],
)
def test_what_a_manager_is_needed_for(charge: Charge, keys: tuple[str, ...]) -> None:
    assert needs(charge) == keys
