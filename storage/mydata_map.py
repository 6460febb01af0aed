"""What is kept about a person: every table, which of its rows and columns are theirs to have, and what goes on request.

A test fails when a table is in neither list. What somebody else wrote for themselves (a private note, sealed words of a
rate review, a form that is blind until both are in) is nobody else's to have.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlmodel import SQLModel, col

from playbook.mydata import ACCOUNTS, NEEDED, RECORD, SECURITY, SHARED, SLACK
from storage import growth_tables as growth
from storage import outward_tables as outward
from storage import path_tables as path
from storage import rhythm_tables as rhythm
from storage import tables as daily
from storage import trust_tables as trust
from storage.post import State

ROW = ("*",)


@dataclass(frozen=True)
class Part:
    """Rows of a table that are somebody's: those in which the column `of` names them.

    `shown` are the columns they get (all but `hidden`, if none is named; `sealed` ones are opened for them), of rows in
    which `only` is filled in. `goes` are the words that are deleted when they ask for it, or ROW; of rows in which
    `closed` is filled in, and that `where` finds. `needed`: while they work here, it stays. `stays` is the reason for
    the rest (playbook/mydata.toml), `limit` the kind of playbook/retention.toml that ends it.
    """

    table: type[SQLModel]
    group: str
    of: str = "user_id"
    name: str = ""
    shown: Sequence[str] = ()
    hidden: Sequence[str] = ()
    sealed: Sequence[str] = ()
    only: str = ""
    goes: Sequence[str] = ()
    closed: str = ""
    stays: str = ""
    limit: str = ""
    needed: bool = False
    where: Callable[[], Any] | None = None
    mine: Callable[[str, str], Any] | None = None

    @property
    def title(self) -> str:
        """Name the part, as its files are named."""
        return self.name or str(self.table.__tablename__)


def _over() -> Any:
    ended = (State.SENT, State.EXPIRED, State.CANCELLED, State.FAILED)
    return col(daily.Letter.state).in_(ended) & (col(daily.Letter.kind) != "home")


def _of_resolved() -> Any:
    return col(daily.BlockerNote.blocker_id).in_(
        select(col(daily.Blocker.id)).where(col(daily.Blocker.resolved_at).is_not(None))
    )


def _on_mine(team_id: str, user_id: str) -> Any:
    mine = select(col(daily.Blocker.id)).where(
        col(daily.Blocker.team_id) == team_id, col(daily.Blocker.user_id) == user_id
    )
    note = col(daily.BlockerNote.user_id) == user_id
    return or_(note, col(daily.BlockerNote.blocker_id).in_(mine))


PARTS: Sequence[Part] = (
    Part(daily.LogEntry, "time", goes=("feel",), stays=ACCOUNTS, limit="accounts"),
    Part(daily.Timer, "time", goes=ROW, needed=True),
    Part(daily.DayAnswer, "time", stays=ACCOUNTS, limit="accounts"),
    Part(daily.WeekReopened, "time", stays=ACCOUNTS, limit="accounts"),
    Part(rhythm.Away, "time", goes=("note",), stays=ACCOUNTS, limit="accounts"),
    Part(rhythm.HolidayWorked, "time", stays=ACCOUNTS, limit="accounts"),
    Part(growth.Worklog, "time", goes=("words",), stays=ACCOUNTS, limit="accounts"),
    Part(daily.Blocker, "blockers", goes=("text", "tried", "link"), closed="resolved_at", stays=RECORD, limit="work"),
    Part(daily.BlockerNote, "blockers", mine=_on_mine, stays=RECORD, limit="work"),
    Part(
        daily.BlockerNote,
        "blockers",
        name="blocker_note_by_me",
        goes=("text",),
        where=_of_resolved,
        stays=RECORD,
        limit="work",
    ),
    Part(path.ChecklistItem, "path", goes=ROW, needed=True),
    Part(path.PacketText, "path", goes=ROW, needed=True),
    Part(path.PacketRead, "path", goes=ROW, needed=True),
    Part(path.Access, "path", stays=SECURITY, limit="trail"),
    Part(
        path.Introduction,
        "path",
        goes=("role", "bottleneck", "fun_fact", "place", "video"),
        closed="posted_at",
        stays=RECORD,
        limit="former",
    ),
    Part(path.Greeting, "path", goes=ROW),
    Part(path.Greeting, "path", of="from_id", name="greeting_by_me", goes=ROW),
    Part(path.Shadowing, "path", goes=("learned",), closed="learned_at", stays=RECORD, limit="work"),
    Part(path.Blueprint, "goals", stays=ACCOUNTS, limit="accounts"),
    Part(path.KpiResult, "goals", goes=("words",), stays=ACCOUNTS, limit="accounts"),
    Part(rhythm.Golden, "goals", goes=("words",), closed="answered_at", stays=RECORD, limit="accounts"),
    Part(trust.Sprint, "goals", goes=("missing", "unclear"), closed="answered_at", stays=RECORD, limit="work"),
    Part(rhythm.OneOnOne, "talks", goes=ROW, needed=True),
    Part(
        rhythm.Meeting,
        "talks",
        goes=("mood", "slows", "heavy", "question"),
        closed="ended_at",
        stays=RECORD,
        limit="talks",
    ),
    Part(
        rhythm.Meeting,
        "talks",
        of="manager_id",
        name="meeting_led_by_me",
        shown=("user_id", "at", "state", "strategy", "strategy_at", "why"),
        stays=RECORD,
        limit="talks",
    ),
    Part(rhythm.Point, "talks", stays=RECORD, limit="talks"),
    Part(
        rhythm.Point,
        "talks",
        of="by",
        name="point_by_me",
        shown=("user_id", "kind", "text", "link", "added_at", "done_at"),
        goes=("text", "link"),
        closed="done_at",
        stays=RECORD,
        limit="talks",
    ),
    Part(rhythm.PrivateNote, "talks", of="author_id", name="private_note_by_me", goes=ROW),
    Part(
        trust.Audit,
        "talks",
        goes=("felt", "words", "focus", "heavy"),
        closed="shown_at",
        stays=RECORD,
        limit="talks",
    ),
    Part(trust.HealthCheck, "talks", goes=("words",), closed="answered_at", stays=RECORD, limit="talks"),
    Part(trust.RedFlag, "talks", goes=("words",), closed="answered_at", stays=RECORD, limit="talks"),
    Part(growth.Review, "growth", hidden=("ours",), goes=("theirs",), closed="closed_at", stays=RECORD, limit="growth"),
    Part(growth.Review, "growth", name="review_page", only="shared_at", stays=RECORD, limit="growth"),
    Part(
        growth.Review,
        "growth",
        of="manager_id",
        name="review_by_me",
        shown=("user_id", "number", "due_on", "ours", "ours_at"),
        stays=RECORD,
        limit="growth",
    ),
    Part(growth.ReviewItem, "growth", stays=RECORD, limit="growth"),
    Part(
        growth.RateReview,
        "growth",
        only="invited_at",
        hidden=("sealed", "opened_at"),
        sealed=("invite_words", "prepared"),
        stays=ACCOUNTS,
        limit="accounts",
    ),
    Part(growth.Course, "growth", goes=("benefit", "done_words"), stays=ACCOUNTS, limit="accounts"),
    Part(growth.Stage, "growth", stays=RECORD, limit="growth"),
    Part(growth.StageEvidence, "growth", goes=("words", "link"), stays=RECORD, limit="growth"),
    Part(growth.Inclusion, "growth", only="told_at", goes=("words",), stays=RECORD, limit="growth"),
    Part(growth.Offboarding, "growth", hidden=("door", "thanks", "thanks_to"), stays=ACCOUNTS, limit="accounts"),
    Part(growth.Offboarding, "growth", name="offboarding_thanks", only="thanked_at", shown=("thanks", "thanked_at")),
    Part(growth.Handover, "growth", stays=RECORD, limit="work"),
    Part(path.Topic, "shared", goes=ROW),
    Part(
        path.Term, "shared", of="changed_by", name="term_by_me", shown=("term", "meaning", "changed_at"), stays=SHARED
    ),
    Part(trust.WikiItem, "shared", stays=SHARED),
    Part(
        trust.ChannelPurpose,
        "shared",
        of="proposed_by",
        name="channel_purpose_by_me",
        shown=("channel_id", "slack", "tracker", "video", "proposed_at"),
        stays=SHARED,
    ),
    Part(trust.ShownWork, "shared", goes=ROW),
    Part(trust.ShowHint, "shared", goes=ROW),
    Part(path.ChannelMember, "shared", stays=SLACK),
    Part(
        daily.Letter, "messages", of="to", shown=("kind", "state", "created_at"), goes=("text", "blocks"), where=_over
    ),
    Part(daily.Draft, "messages", goes=ROW),
    Part(rhythm.NudgePace, "messages", goes=ROW),
    Part(rhythm.NudgeRefusal, "messages", goes=ROW),
    Part(daily.Occasion, "messages", of="subject", shown=("duty", "due_at"), stays=NEEDED),
    Part(daily.Person, "account", stays=SLACK),
    Part(daily.Contractor, "account", stays=ACCOUNTS, limit="accounts"),
    Part(rhythm.Quiet, "account", goes=ROW),
    Part(daily.Preference, "account", goes=ROW, needed=True),
    Part(rhythm.CalendarFeed, "account", hidden=("token_hash",), goes=ROW),
    Part(outward.Trail, "account", of="subject_id", stays=SECURITY, limit="trail"),
    Part(outward.Trail, "account", of="actor_id", name="trail_by_me", stays=SECURITY, limit="trail"),
    Part(outward.Erasure, "account", stays=SECURITY, limit="trail"),
)

# Tables of which nobody is given rows, and why; dates of what a person did for others come beside the parts.
NOT_GIVEN: Mapping[type[SQLModel], str] = {
    daily.Channel: "channels as Slack tells them: about nobody",
    daily.InboxEvent: "what Slack told, dropped a week after it was worked on",
    daily.Submission: "marks of forms that were sent, without a person, dropped after a few days",
    daily.Counter: "numbers that were given out",
    daily.Fact: "what the bot knows of itself",
    path.Workspace: "what admins chose for the whole workspace",
    path.Invite: "what was agreed with somebody who has no account yet; it becomes their entry when they join",
    path.ChecklistTemplate: "checklists for everybody",
    path.Tool: "the tools of the workspace",
    trust.ShowChannel: "channels with hints switched on",
    growth.RatePlan: "the manager's plan for the next rate review, seen when they invite",
    outward.Retention: "how long things are kept",
    outward.Webhook: "addresses that are told of events",
    outward.WebhookDelivery: "what was told to those addresses, dropped with the audit log",
    outward.ApiToken: "tokens of programs that read",
}

# Columns that name a person, beside those that end with "_by"; and ids that name something else.
PEOPLE = frozenset(
    {
        "user_id",
        "manager_id",
        "owner_id",
        "lead_id",
        "operations_id",
        "buddy_id",
        "escalation_id",
        "helper_id",
        "deputy_id",
        "from_id",
        "to_id",
        "author_id",
        "actor_id",
        "subject_id",
        "by",
    }
)
OTHER_IDS = frozenset({"carried_by"})


def people_in(table: type[SQLModel]) -> Sequence[str]:
    """Name the columns of a table that hold a user id."""
    names = (str(one.name) for one in table.__table__.columns)  # type: ignore[attr-defined]
    return [one for one in names if names_somebody(one)]


def names_somebody(column: str) -> bool:
    """Tell whether a column with this name holds a user id."""
    return (column in PEOPLE or column.endswith("_by")) and column not in OTHER_IDS
