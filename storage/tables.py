"""The tables of the daily loop; all carry `team_id`, and every unique constraint starts with it."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.columns import json_column, new_id


class Person(SQLModel, table=True):
    """Somebody in the workspace, as Slack last described them; `guest` is "", "multi" or "single".

    `locale` is the language of their Slack (pt-BR), "" as long as Slack has not told it.
    """

    team_id: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    name: str
    zone: str
    guest: str = ""
    is_admin: bool = False
    is_bot: bool = False
    deactivated: bool = False
    dm: str = ""
    email: str = ""
    photo: str = ""
    locale: str = ""
    updated: int = 0


class Channel(SQLModel, table=True):
    """A conversation the bot was told of, whether it can post there, and the zone in which most of its people live."""

    team_id: str = Field(primary_key=True)
    channel_id: str = Field(primary_key=True)
    name: str
    is_member: bool
    is_private: bool = False
    archived: bool = False
    zone: str = ""


class Preference(SQLModel, table=True):
    """How somebody reads: language, clock (24, 12) and lengths of time (hours, clock, decimal); "" as is usual here.

    The row of nobody ("") is the workspace's own: for channels, and for people who chose nothing.
    """

    team_id: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    language: str = ""
    clock: str = ""
    lengths: str = ""


class Contractor(SQLModel, table=True):
    """A person on the path: their manager, their agreement, and who helps them with what."""

    team_id: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    manager_id: str
    role: str
    project: str
    project_channel: str = ""
    start_date: date
    weekly_minutes: int
    weekdays: str
    day_start: time
    day_end: time
    owner_id: str = ""
    lead_id: str = ""
    operations_id: str = ""
    buddy_id: str = ""
    escalation_id: str = ""
    bottleneck: str = ""
    template: str = ""
    country: str = ""
    paused_at: datetime | None = None
    paused_by: str = ""
    ended_at: datetime | None = None
    ended_by: str = ""
    one_on_one_at: datetime | None = None
    added_at: datetime
    added_by: str

    __table_args__ = (Index("ix_contractor_team_id_manager_id", "team_id", "manager_id"),)


class LogEntry(SQLModel, table=True):
    """Time somebody says they worked, on a day of their own calendar."""

    __tablename__ = "log_entry"

    id: str = Field(default_factory=new_id, primary_key=True)
    team_id: str
    user_id: str
    day: date
    minutes: int
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    project: str = ""
    category: str = ""
    note: str = ""
    links: str = ""
    feel: str = ""
    created_at: datetime
    changed_at: datetime
    undone: bool = False

    __table_args__ = (Index("ix_log_entry_team_id_user_id_day", "team_id", "user_id", "day"),)


class Timer(SQLModel, table=True):
    """A stopwatch that somebody started with `/log start`."""

    team_id: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    started_at: datetime
    project: str = ""
    category: str = ""
    note: str = ""


class DayAnswer(SQLModel, table=True):
    """What a person said of a day without a log: "off", "muted" or "tomorrow"."""

    __tablename__ = "day_answer"

    team_id: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    day: date = Field(primary_key=True)
    answer: str


class WeekReopened(SQLModel, table=True):
    """A locked week that a manager opened again for one contractor."""

    __tablename__ = "week_reopened"

    team_id: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    monday: date = Field(primary_key=True)
    by: str
    at: datetime


class Blocker(SQLModel, table=True):
    """Something that keeps a contractor from working, and who is to help."""

    id: str = Field(default_factory=new_id, primary_key=True)
    team_id: str
    number: int
    user_id: str
    text: str
    kind: str
    impact: str
    since: datetime
    tried: str = ""
    link: str = ""
    notify: str = ""
    state: str
    helper_id: str
    manager_id: str = ""
    escalation_id: str = ""
    project_channel: str = ""
    created_at: datetime
    seen_at: datetime | None = None
    seen_by: str = ""
    taken_at: datetime | None = None
    taken_by: str = ""
    resolved_at: datetime | None = None
    resolved_by: str = ""
    round: int = 1

    __table_args__ = (
        UniqueConstraint("team_id", "number"),
        Index("ix_blocker_team_id_state", "team_id", "state"),
        Index("ix_blocker_team_id_user_id", "team_id", "user_id"),
    )


class BlockerNote(SQLModel, table=True):
    """One thing that happened to a blocker: who, when, which verb, and their words if any."""

    __tablename__ = "blocker_note"

    id: str = Field(default_factory=new_id, primary_key=True)
    team_id: str
    blocker_id: str = Field(foreign_key="blocker.id", ondelete="CASCADE")
    at: datetime
    user_id: str
    verb: str
    text: str = ""

    __table_args__ = (Index("ix_blocker_note_team_id_blocker_id", "team_id", "blocker_id"),)


class Letter(SQLModel, table=True):
    """A message somebody is to see, and how far it has come (states in outbox.py)."""

    seq: int | None = Field(default=None, primary_key=True)
    id: str = Field(default_factory=new_id)
    team_id: str
    key: str
    about: str = ""
    kind: str
    to: str
    channel: str = ""
    thread_key: str = ""
    lane: int
    courtesy: str = ""
    nudge: str = ""
    timely: bool = False
    good_for: int = 0
    text: str
    blocks: list[dict[str, Any]] = json_column()
    state: str
    carried_by: str = ""
    released_at: datetime | None = None
    answered_at: datetime | None = None
    revision: int = 1
    sent_revision: int = 0
    not_before: datetime
    expires_at: datetime
    attempt: int = 0
    lease_owner: str = ""
    lease_until: datetime | None = None
    ts: str = ""
    error: str = ""
    created_at: datetime
    changed_at: datetime

    __table_args__ = (
        UniqueConstraint("team_id", "id"),
        UniqueConstraint("team_id", "key"),
        Index("ix_letter_team_id_to_state", "team_id", "to", "state"),
        Index("ix_letter_state_lane_seq", "state", "lane", "seq"),
        Index("ix_letter_team_id_about", "team_id", "about"),
    )


class InboxEvent(SQLModel, table=True):
    """An event from Slack, kept under its own id until it has been worked on."""

    __tablename__ = "inbox"

    team_id: str = Field(primary_key=True)
    event_id: str = Field(primary_key=True)
    kind: str
    body: dict[str, Any] = json_column()
    state: str
    attempts: int = 0
    received_at: datetime
    not_before: datetime
    error: str = ""

    __table_args__ = (Index("ix_inbox_state_not_before", "state", "not_before"),)


class Occasion(SQLModel, table=True):
    """When a duty is next due for a subject: the wish in local terms, and the instant it means."""

    id: str = Field(default_factory=new_id, primary_key=True)
    team_id: str
    duty: str
    subject: str
    day: date | None = None
    at: time | None = None
    zone: str = ""
    due_at: datetime
    attempts: int = 0
    error: str = ""

    __table_args__ = (
        UniqueConstraint("team_id", "duty", "subject"),
        Index("ix_occasion_due_at", "due_at"),
        Index("ix_occasion_team_id_subject", "team_id", "subject"),
    )


class Submission(SQLModel, table=True):
    """A form that was sent, so that sending it twice has one effect."""

    team_id: str = Field(primary_key=True)
    occasion: str = Field(primary_key=True)
    at: datetime


class Draft(SQLModel, table=True):
    """What somebody had typed into a form they closed, kept for a day."""

    team_id: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    form: str = Field(primary_key=True)
    values: dict[str, Any] = json_column()
    at: datetime


class Counter(SQLModel, table=True):
    """The last number given out, for the numbers that people read (blocker #12)."""

    team_id: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    value: int


class Fact(SQLModel, table=True):
    """One thing the bot knows of itself, such as the zone data its times were computed with."""

    team_id: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    value: str
