"""Which requests for a course are clear enough, and what may become of one."""

import pytest

from playbook.learn import (
    APPROVED,
    ASKED,
    DECLINED,
    DISCUSSING,
    DONE,
    WITHDRAWN,
    cost_problem,
    good_link,
    may_become,
    problems,
)
from playbook.load import Playbook
from tests.said import said

cost_problem = said(cost_problem)
good_link = said(good_link)
may_become = said(may_become)
problems = said(problems)


@pytest.mark.parametrize(
    ("cost", "says"),
    [
        ("240 EUR", ""),
        ("240€", ""),
        ("$1,200 a year", ""),
        ("1.200 reais", ""),
        ("free", ""),
        ("Free.", ""),
        ("0", ""),
        ("240", "with its currency"),
        ("some euros", "with its currency"),
        ("", "what it costs"),
        ("240 EUR" + " or so" * 20, "at most 60"),
        ("240 EUR\nand more", "at most 60"),
    ],
)
def test_a_cost_is_an_amount_with_its_currency(cost: str, says: str, playbook: Playbook) -> None:
    said = cost_problem(cost, playbook.learn)
    assert says in said
    assert bool(said) is bool(says)


@pytest.mark.parametrize(
    ("address", "good"),
    [
        ("", True),
        ("https://learn.example.com/a?b=c#d", True),
        ("http://learn.example.com", False),
        ("javascript:alert(1)", False),
        ("https://localhost", False),
        ("https://a.example.com/|evil", False),
        ("https://a.example.com/>x", False),
        ("https://a.example.com/" + "a" * 500, False),
        ("https://[", False),
    ],
)
def test_what_can_be_linked_to(address: str, *, good: bool) -> None:
    assert good_link(address, 500) is good


@pytest.mark.parametrize(
    ("name", "there", "says"),
    [
        ("Figma", (), ""),
        ("", (), "at most 120"),
        ("x" * 121, (), "at most 120"),
        ("figma ", ("FIGMA.",), "already"),
        ("Figma", ("Sketch",), ""),
        ("Figma", ("a", "b", "c", "d", "e"), "5 courses are open"),
    ],
)
def test_a_name_is_new_and_there_is_room(name: str, there: tuple[str, ...], says: str, playbook: Playbook) -> None:
    found = problems(name, "free", "We draft faster", "", there, playbook.learn)
    assert says in found.get("name", "")
    assert set(found) == ({"name"} if says else set())


STATES = (ASKED, DISCUSSING, APPROVED, DECLINED, DONE, WITHDRAWN)
STEPS = {
    (ASKED, DISCUSSING), (ASKED, APPROVED), (ASKED, DECLINED), (ASKED, WITHDRAWN),
    (DISCUSSING, APPROVED), (DISCUSSING, DECLINED), (DISCUSSING, WITHDRAWN),
    (APPROVED, DONE), (APPROVED, WITHDRAWN),
}  # fmt: skip


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("wanted", STATES)
def test_what_may_become_of_a_course(state: str, wanted: str) -> None:
    assert may_become(state, wanted) is ((state, wanted) in STEPS)
