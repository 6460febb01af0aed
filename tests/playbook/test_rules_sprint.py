"""When a Small Win Sprint can be due, and what follows from its answers."""

from datetime import UTC, datetime, timedelta

import pytest

from playbook.load import Playbook
from playbook.sprint import follows, problem
from tests.said import said

follows = said(follows)
problem = said(problem)

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "says"),
    [
        (1, "at least 2 hours"),
        (1.99, "at least 2 hours"),
        (2, ""),
        (48, ""),
        (48.1, "within 48 hours"),
        (-3, "at least"),
    ],
)
def test_due(hours: float, says: str, playbook: Playbook) -> None:
    said = problem(NOW + timedelta(hours=hours), NOW, playbook.sprint)
    assert says in said
    assert bool(said) is bool(says)


@pytest.mark.parametrize(
    ("answers", "owners"),
    [
        (("yes", "", "yes", ""), []),
        (("no", "Figma", "yes", ""), ["operations"]),
        (("partly", "Figma", "no", "which page"), ["operations", "manager"]),
        (("yes", "ignored", "partly", "which page"), ["manager"]),
        (("no", "", "no", ""), []),
    ],
)
def test_what_follows(answers: tuple[str, str, str, str], owners: list[str]) -> None:
    assert [one.owner for one in follows(*answers, "Ana")] == owners
