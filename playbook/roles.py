"""Roles: who may do what; whatever is not in the table is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from playbook.sorry import Sorry
from playbook.tongue import phrase


class Role(StrEnum):
    """What somebody is to a contractor."""

    CONTRACTOR = "the contractor"
    MANAGER = "their manager"
    HELPER = "one of the people who help them"
    OPERATIONS = "operations"
    BUDDY = "their buddy"
    LEADER = "a manager of contractors"
    ADDER = "one of those who were chosen to add contractors"
    ADMIN = "a workspace admin"
    ANYBODY = "anybody here"


class Action(StrEnum):
    """What somebody may want to do."""

    LOG_WRITE = "log.write"
    LOG_READ = "log.read"
    WEEK_REOPEN = "week.reopen"
    BLOCKER_RAISE = "blocker.raise"
    BLOCKER_READ = "blocker.read"
    BLOCKER_SEE = "blocker.see"
    BLOCKER_TAKE = "blocker.take"
    BLOCKER_HAND = "blocker.hand"
    BLOCKER_UPDATE = "blocker.update"
    BLOCKER_RESOLVE = "blocker.resolve"
    BLOCKER_REOPEN = "blocker.reopen"
    CONTRACTOR_ADD = "contractor.add"
    CONTRACTOR_READ = "contractor.read"
    CONTRACTOR_CHANGE = "contractor.change"
    CONTRACTOR_PAUSE = "contractor.pause"
    PACKET_READ = "packet.read"
    PACKET_CHANGE = "packet.change"
    PACKET_SEND = "packet.send"
    TERM_ADD = "term.add"
    KPI_READ = "kpi.read"
    KPI_PROPOSE = "kpi.propose"
    KPI_ANSWER = "kpi.answer"
    KPI_ENTER = "kpi.enter"
    KPI_CONFIRM = "kpi.confirm"
    CHECKLIST_READ = "checklist.read"
    CHECKLIST_LEAD = "checklist.lead"
    TEMPLATE_CHANGE = "template.change"
    INTRODUCTION_WRITE = "introduction.write"
    INTRODUCTION_APPROVE = "introduction.approve"
    BUDDY_ASSIGN = "buddy.assign"
    SHADOWING_PLAN = "shadowing.plan"
    ACCESS_OPEN = "access.open"
    ACCESS_CONFIRM = "access.confirm"
    ACCESS_VERIFY = "access.verify"
    AWAY_PLAN = "away.plan"
    AWAY_READ = "away.read"
    GOLDEN_READ = "golden.read"
    GOLDEN_PROPOSE = "golden.propose"
    GOLDEN_ANSWER = "golden.answer"
    CALENDAR_READ = "calendar.read"
    ONE_ON_ONE_READ = "oneonone.read"
    ONE_ON_ONE_PREPARE = "oneonone.prepare"
    ONE_ON_ONE_LEAD = "oneonone.lead"
    ONE_ON_ONE_ADD = "oneonone.add"
    AUDIT_ANSWER = "audit.answer"
    AUDIT_READ = "audit.read"
    HEALTH_READ = "health.read"
    HEALTH_RUN = "health.run"
    HEALTH_ANSWER = "health.answer"
    FLAG_READ = "flag.read"
    FLAG_ANSWER = "flag.answer"
    SHOW_SWITCH = "show.switch"
    WIKI_ADD = "wiki.add"
    WIKI_WRITE = "wiki.write"
    PURPOSE_PROPOSE = "purpose.propose"
    PURPOSE_AGREE = "purpose.agree"
    SPRINT_GIVE = "sprint.give"
    SPRINT_ANSWER = "sprint.answer"
    SPRINT_READ = "sprint.read"
    REVIEW_READ = "review.read"
    REVIEW_ANSWER = "review.answer"
    REVIEW_LEAD = "review.lead"
    REVIEW_AGREE = "review.agree"
    RATE_LEAD = "rate.lead"
    RATE_READ = "rate.read"
    LEARN_ASK = "learn.ask"
    LEARN_READ = "learn.read"
    LEARN_DECIDE = "learn.decide"
    LADDER_READ = "ladder.read"
    LADDER_LEAD = "ladder.lead"
    LADDER_NOTE = "ladder.note"
    OFFBOARDING_LEAD = "offboarding.lead"
    OFFBOARDING_READ = "offboarding.read"
    OFFBOARDING_GIVE = "offboarding.give"
    ACCESS_CLOSE = "access.close"
    REPORT_READ = "report.read"
    TEAM_REPORT_READ = "report.team"
    DATA_EXPORT_ALL = "data.export_all"
    TIMESHEET_READ = "timesheet.read"
    WORKLOG_COMPARE = "worklog.compare"
    WORKLOG_READ = "worklog.read"
    OWN_DATA = "mydata.own"
    RETENTION_CHANGE = "retention.change"
    TRAIL_READ = "trail.read"
    WEBHOOK_CHANGE = "webhook.change"
    API_CHANGE = "api.change"
    LIST_IMPORT = "whois.import"
    DIGEST_READ = "digest.read"
    DATA_EXPORT = "data.export"
    SETTINGS_CHANGE = "settings.change"
    HELP_READ = "help.read"


OWN = frozenset({Role.CONTRACTOR})
LEADING = frozenset({Role.MANAGER, Role.ADMIN})
AROUND = frozenset({Role.CONTRACTOR, Role.MANAGER, Role.HELPER, Role.ADMIN})
WRITERS = frozenset({Role.LEADER, Role.ADMIN})
OPENERS = frozenset({Role.OPERATIONS, Role.ADMIN})
PAIR = frozenset({Role.CONTRACTOR, Role.MANAGER})

WHO: Mapping[Action, frozenset[Role]] = {
    Action.LOG_WRITE: OWN,
    Action.LOG_READ: OWN | LEADING,
    Action.WEEK_REOPEN: LEADING,
    Action.BLOCKER_RAISE: OWN,
    Action.BLOCKER_READ: AROUND,
    Action.BLOCKER_SEE: AROUND - OWN,
    Action.BLOCKER_TAKE: AROUND - OWN,
    Action.BLOCKER_HAND: AROUND,
    Action.BLOCKER_UPDATE: AROUND,
    Action.BLOCKER_RESOLVE: AROUND,
    Action.BLOCKER_REOPEN: AROUND,
    Action.CONTRACTOR_ADD: frozenset({Role.ADDER}),
    Action.CONTRACTOR_READ: OWN | LEADING,
    Action.CONTRACTOR_CHANGE: LEADING,
    Action.CONTRACTOR_PAUSE: LEADING,
    Action.PACKET_READ: AROUND,
    Action.PACKET_CHANGE: WRITERS,
    Action.PACKET_SEND: LEADING,
    Action.TERM_ADD: WRITERS | AROUND,
    Action.KPI_READ: OWN | LEADING,
    Action.KPI_PROPOSE: LEADING,
    Action.KPI_ANSWER: OWN,
    Action.KPI_ENTER: OWN,
    Action.KPI_CONFIRM: LEADING,
    Action.CHECKLIST_READ: AROUND,
    Action.CHECKLIST_LEAD: LEADING,
    Action.TEMPLATE_CHANGE: WRITERS,
    Action.INTRODUCTION_WRITE: OWN | LEADING,
    Action.INTRODUCTION_APPROVE: LEADING,
    Action.BUDDY_ASSIGN: LEADING,
    Action.SHADOWING_PLAN: LEADING | frozenset({Role.BUDDY}),
    Action.ACCESS_OPEN: OPENERS,
    Action.ACCESS_CONFIRM: OWN,
    Action.ACCESS_VERIFY: OPENERS | LEADING,
    Action.AWAY_PLAN: OWN | LEADING,
    Action.AWAY_READ: AROUND | frozenset({Role.BUDDY}),
    Action.GOLDEN_READ: AROUND,
    Action.GOLDEN_PROPOSE: PAIR,
    Action.GOLDEN_ANSWER: PAIR,
    Action.CALENDAR_READ: OWN,
    Action.ONE_ON_ONE_READ: PAIR,
    Action.ONE_ON_ONE_PREPARE: OWN,
    Action.ONE_ON_ONE_LEAD: frozenset({Role.MANAGER}),
    Action.ONE_ON_ONE_ADD: PAIR,
    Action.AUDIT_ANSWER: OWN,
    Action.AUDIT_READ: PAIR,
    Action.HEALTH_READ: PAIR,
    Action.HEALTH_RUN: frozenset({Role.MANAGER}),
    Action.HEALTH_ANSWER: PAIR,
    Action.FLAG_READ: PAIR,
    Action.FLAG_ANSWER: OWN,
    Action.SHOW_SWITCH: WRITERS,
    Action.WIKI_ADD: WRITERS | AROUND,
    Action.WIKI_WRITE: AROUND,
    Action.PURPOSE_PROPOSE: WRITERS,
    Action.PURPOSE_AGREE: OWN,
    Action.SPRINT_GIVE: LEADING,
    Action.SPRINT_ANSWER: OWN,
    Action.SPRINT_READ: PAIR,
    Action.REVIEW_READ: PAIR,
    Action.REVIEW_ANSWER: PAIR,
    Action.REVIEW_LEAD: frozenset({Role.MANAGER}),
    Action.REVIEW_AGREE: PAIR,
    Action.RATE_LEAD: frozenset({Role.MANAGER}),
    Action.RATE_READ: PAIR,
    Action.LEARN_ASK: OWN,
    Action.LEARN_READ: PAIR,
    Action.LEARN_DECIDE: frozenset({Role.MANAGER}),
    Action.LADDER_READ: PAIR,
    Action.LADDER_LEAD: frozenset({Role.MANAGER}),
    Action.LADDER_NOTE: PAIR,
    Action.OFFBOARDING_LEAD: LEADING,
    Action.OFFBOARDING_READ: AROUND,
    Action.OFFBOARDING_GIVE: PAIR,
    Action.ACCESS_CLOSE: OPENERS,
    Action.REPORT_READ: PAIR,
    Action.TEAM_REPORT_READ: WRITERS,
    Action.DATA_EXPORT_ALL: LEADING,
    Action.TIMESHEET_READ: PAIR | frozenset({Role.OPERATIONS}),
    Action.WORKLOG_COMPARE: PAIR,
    Action.WORKLOG_READ: PAIR,
    Action.OWN_DATA: frozenset({Role.ANYBODY}),
    Action.RETENTION_CHANGE: frozenset({Role.ADMIN}),
    Action.TRAIL_READ: frozenset({Role.ADMIN}),
    Action.WEBHOOK_CHANGE: frozenset({Role.ADMIN}),
    Action.API_CHANGE: frozenset({Role.ADMIN}),
    Action.LIST_IMPORT: WRITERS,
    Action.DIGEST_READ: frozenset({Role.MANAGER}),
    Action.DATA_EXPORT: OWN,
    Action.SETTINGS_CHANGE: frozenset({Role.ADMIN}),
    Action.HELP_READ: frozenset({Role.ANYBODY}),
}


@dataclass(frozen=True)
class Actor:
    """Who wants to do something; `leads` contractors, and was chosen as one who `adds` them."""

    user_id: str
    is_admin: bool = False
    deactivated: bool = False
    leads: bool = False
    adds: bool = False


@dataclass(frozen=True)
class Subject:
    """The contractor it is about, with their manager and those who help them."""

    user_id: str
    manager_id: str = ""
    helpers: frozenset[str] = frozenset()
    operations_id: str = ""
    buddy_id: str = ""


def roles(actor: Actor, subject: Subject | None = None) -> frozenset[Role]:
    """Say what somebody is to a contractor, or in the workspace when it is about nobody."""
    if actor.deactivated or not actor.user_id:
        return frozenset()
    held = {
        Role.ANYBODY: True,
        Role.ADMIN: actor.is_admin,
        Role.CONTRACTOR: bool(subject and actor.user_id == subject.user_id),
        Role.MANAGER: bool(subject and actor.user_id == subject.manager_id),
        Role.HELPER: bool(subject and actor.user_id in subject.helpers),
        Role.OPERATIONS: bool(subject and actor.user_id == subject.operations_id),
        Role.BUDDY: bool(subject and actor.user_id == subject.buddy_id),
        Role.LEADER: actor.leads,
        Role.ADDER: actor.adds,
    }
    return frozenset(role for role, holds in held.items() if holds)


def may(action: Action, actor: Actor, subject: Subject | None = None) -> bool:
    """Say whether somebody may do something."""
    return not WHO[action].isdisjoint(roles(actor, subject))


def require(action: Action, actor: Actor, subject: Subject | None = None) -> None:
    """Refuse, with the roles that may, what somebody may not do."""
    if not may(action, actor, subject):
        allowed = [role.value for role in Role if role in WHO[action]]
        raise Sorry(phrase("Only {allowed} can do this. Please ask them.", allowed=_either(allowed)))


def _either(names: list[str]) -> str:
    return (
        phrase("{names} or {names_2}", names=", ".join(names[:-1]), names_2=names[-1]) if len(names) > 1 else names[0]
    )
