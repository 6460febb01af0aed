"""Who may do what."""

import pytest

from playbook.roles import WHO, Action, Actor, Role, Subject, may, require, roles
from playbook.sorry import Sorry
from tests.said import said

may = said(may)
require = said(require)
roles = said(roles)

ANA = Subject(
    "UANA",
    manager_id="UBRUNO",
    helpers=frozenset({"ULENA", "UOTTO", "UBEA"}),
    operations_id="UOTTO",
    buddy_id="UBEA",
)
CAST = {
    "ana": Actor("UANA"), "bruno": Actor("UBRUNO"), "lena": Actor("ULENA"), "olivia": Actor("UOLIVIA", is_admin=True),
    "noor": Actor("UNOOR"), "otto": Actor("UOTTO"), "bea": Actor("UBEA"), "lara": Actor("ULARA", leads=True),
    "adam": Actor("UADAM", adds=True), "tomas": Actor("UBRUNO", is_admin=True, deactivated=True), "nobody": Actor("", is_admin=True),
}  # fmt: skip
MAY = [
    (Action.LOG_WRITE, "ana"),
    (Action.LOG_READ, "ana bruno olivia"),
    (Action.WEEK_REOPEN, "bruno olivia"),
    (Action.BLOCKER_RAISE, "ana"),
    (Action.BLOCKER_READ, "ana bruno lena otto bea olivia"),
    (Action.BLOCKER_SEE, "bruno lena otto bea olivia"),
    (Action.BLOCKER_TAKE, "bruno lena otto bea olivia"),
    (Action.BLOCKER_HAND, "ana bruno lena otto bea olivia"),
    (Action.BLOCKER_UPDATE, "ana bruno lena otto bea olivia"),
    (Action.BLOCKER_RESOLVE, "ana bruno lena otto bea olivia"),
    (Action.BLOCKER_REOPEN, "ana bruno lena otto bea olivia"),
    (Action.CONTRACTOR_ADD, "adam"),
    (Action.CONTRACTOR_READ, "ana bruno olivia"),
    (Action.CONTRACTOR_CHANGE, "bruno olivia"),
    (Action.CONTRACTOR_PAUSE, "bruno olivia"),
    (Action.PACKET_READ, "ana bruno lena otto bea olivia"),
    (Action.PACKET_CHANGE, "lara olivia"),
    (Action.PACKET_SEND, "bruno olivia"),
    (Action.TERM_ADD, "ana bruno lena otto bea lara olivia"),
    (Action.KPI_READ, "ana bruno olivia"),
    (Action.KPI_PROPOSE, "bruno olivia"),
    (Action.KPI_ANSWER, "ana"),
    (Action.KPI_ENTER, "ana"),
    (Action.KPI_CONFIRM, "bruno olivia"),
    (Action.CHECKLIST_READ, "ana bruno lena otto bea olivia"),
    (Action.CHECKLIST_LEAD, "bruno olivia"),
    (Action.TEMPLATE_CHANGE, "lara olivia"),
    (Action.INTRODUCTION_WRITE, "ana bruno olivia"),
    (Action.INTRODUCTION_APPROVE, "bruno olivia"),
    (Action.BUDDY_ASSIGN, "bruno olivia"),
    (Action.SHADOWING_PLAN, "bruno bea olivia"),
    (Action.ACCESS_OPEN, "otto olivia"),
    (Action.ACCESS_CONFIRM, "ana"),
    (Action.ACCESS_VERIFY, "bruno otto olivia"),
    (Action.AWAY_PLAN, "ana bruno olivia"),
    (Action.AWAY_READ, "ana bruno lena otto bea olivia"),
    (Action.GOLDEN_READ, "ana bruno lena otto bea olivia"),
    (Action.GOLDEN_PROPOSE, "ana bruno"),
    (Action.GOLDEN_ANSWER, "ana bruno"),
    (Action.CALENDAR_READ, "ana"),
    (Action.ONE_ON_ONE_READ, "ana bruno"),
    (Action.ONE_ON_ONE_PREPARE, "ana"),
    (Action.ONE_ON_ONE_LEAD, "bruno"),
    (Action.ONE_ON_ONE_ADD, "ana bruno"),
    (Action.AUDIT_ANSWER, "ana"),
    (Action.AUDIT_READ, "ana bruno"),
    (Action.HEALTH_READ, "ana bruno"),
    (Action.HEALTH_RUN, "bruno"),
    (Action.HEALTH_ANSWER, "ana bruno"),
    (Action.FLAG_READ, "ana bruno"),
    (Action.FLAG_ANSWER, "ana"),
    (Action.SHOW_SWITCH, "lara olivia"),
    (Action.WIKI_ADD, "ana bruno lena otto bea lara olivia"),
    (Action.WIKI_WRITE, "ana bruno lena otto bea olivia"),
    (Action.PURPOSE_PROPOSE, "lara olivia"),
    (Action.PURPOSE_AGREE, "ana"),
    (Action.SPRINT_GIVE, "bruno olivia"),
    (Action.SPRINT_ANSWER, "ana"),
    (Action.SPRINT_READ, "ana bruno"),
    (Action.LEARN_ASK, "ana"),
    (Action.LEARN_READ, "ana bruno"),
    (Action.LEARN_DECIDE, "bruno"),
    (Action.LADDER_READ, "ana bruno"),
    (Action.LADDER_LEAD, "bruno"),
    (Action.LADDER_NOTE, "ana bruno"),
    (Action.DIGEST_READ, "bruno"),
    (Action.DATA_EXPORT, "ana"),
    (Action.REVIEW_READ, "ana bruno"),
    (Action.REVIEW_ANSWER, "ana bruno"),
    (Action.REVIEW_LEAD, "bruno"),
    (Action.REVIEW_AGREE, "ana bruno"),
    (Action.RATE_LEAD, "bruno"),
    (Action.RATE_READ, "ana bruno"),
    (Action.LEARN_ASK, "ana"),
    (Action.LEARN_READ, "ana bruno"),
    (Action.LEARN_DECIDE, "bruno"),
    (Action.LADDER_READ, "ana bruno"),
    (Action.LADDER_LEAD, "bruno"),
    (Action.LADDER_NOTE, "ana bruno"),
    (Action.OFFBOARDING_LEAD, "bruno olivia"),
    (Action.OFFBOARDING_READ, "ana bruno lena otto bea olivia"),
    (Action.OFFBOARDING_GIVE, "ana bruno"),
    (Action.ACCESS_CLOSE, "otto olivia"),
    (Action.REPORT_READ, "ana bruno"),
    (Action.TEAM_REPORT_READ, "lara olivia"),
    (Action.DATA_EXPORT_ALL, "bruno olivia"),
    (Action.TIMESHEET_READ, "ana bruno otto"),
    (Action.WORKLOG_COMPARE, "ana bruno"),
    (Action.WORKLOG_READ, "ana bruno"),
    (Action.OWN_DATA, "ana bruno lena olivia noor otto bea lara adam"),
    (Action.RETENTION_CHANGE, "olivia"),
    (Action.TRAIL_READ, "olivia"),
    (Action.WEBHOOK_CHANGE, "olivia"),
    (Action.API_CHANGE, "olivia"),
    (Action.LIST_IMPORT, "lara olivia"),
    (Action.SETTINGS_CHANGE, "olivia"),
    (Action.HELP_READ, "ana bruno lena olivia noor otto bea lara adam"),
]


@pytest.mark.parametrize(("action", "names"), MAY)
def test_who_may(action: Action, names: str) -> None:
    assert {name for name, actor in CAST.items() if may(action, actor, ANA)} == set(names.split())


def test_every_action_is_in_both_tables() -> None:
    assert {action for action, _ in MAY} == set(WHO) == set(Action)


def test_about_nobody_only_admins_count() -> None:
    assert roles(CAST["bruno"]) == {Role.ANYBODY}
    assert [action for action in Action if may(action, CAST["ana"])] == [Action.OWN_DATA, Action.HELP_READ]


def test_a_contractor_without_a_manager_is_led_by_nobody_but_admins() -> None:
    alone = Subject("UANA")
    assert not any(may(Action.CONTRACTOR_CHANGE, CAST[name], alone) for name in ("bruno", "nobody", "noor"))
    assert may(Action.CONTRACTOR_CHANGE, CAST["olivia"], alone)


def test_a_refusal_says_who_can() -> None:
    with pytest.raises(Sorry) as refusal:
        require(Action.WEEK_REOPEN, CAST["noor"], ANA)
    assert refusal.value.sentence == "Only their manager or a workspace admin can do this. Please ask them."
    require(Action.WEEK_REOPEN, CAST["bruno"], ANA)
