"""The audit log's words: what each kind of row is called, and that only known actions are sensitive."""

import pytest
from pydantic import ValidationError

from playbook import load as playbook
from playbook.roles import Action
from playbook.trail import TrailBook
from tests.said import english

BOOK = playbook.load().trail


@pytest.mark.parametrize(
    ("what", "called"),
    [
        ("kpi.read", "KPIs"),
        ("rate.read", "rate review"),
        ("/log", "log"),
        ("log.save", "log"),
        ("/circle log_entry", "log"),
        ("message blocker", "blockers"),
        ("/contractor retention", "retention"),
        ("file.mydata", "own data"),
        ("file.trail", "audit log"),
        ("something.new", "something"),
        ("", ""),
    ],
)
def test_each_row_has_words(what: str, called: str) -> None:
    assert english(BOOK.called(what)) == called


@pytest.mark.parametrize("action", ["kpi.reed", "kpi.read"])
def test_unknown_and_doubled_actions_are_refused(action: str) -> None:
    looks = (*BOOK.looks, BOOK.looks[0].model_copy(update={"action": action}))
    with pytest.raises(ValidationError, match="must be one of"):
        TrailBook(**{**dict(BOOK), "looks": looks})


def test_what_the_issue_calls_sensitive_leaves_a_line() -> None:
    sensitive = {Action.RATE_READ, Action.REVIEW_READ, Action.ONE_ON_ONE_READ, Action.HEALTH_READ, Action.FLAG_READ,
                 Action.AUDIT_READ, Action.KPI_READ, Action.LOG_READ, Action.REPORT_READ, Action.TRAIL_READ}  # fmt: skip
    assert sensitive <= set(BOOK.labels)
