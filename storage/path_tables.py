"""The tables of the path: set-up, checklists, packet, KPIs, introductions, buddies and access; all carry `team_id`."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.columns import json_column, new_id


class Workspace(SQLModel, table=True):
    """What an admin chose for the whole workspace; `adders` are the user ids, comma-separated, who may add people."""

    team_id: str = Field(primary_key=True)
    intro_channel: str = ""
    operations_id: str = ""
    escalation_id: str = ""
    weekdays: str = ""
    country: str = ""
    golden_start: time | None = None
    golden_end: time | None = None
    golden_zone: str = ""
    adders: str = ""
    teaser: bool = False
    whos_who_at: datetime | None = None
    tested_at: datetime | None = None
    set_up_at: datetime | None = None
    set_up_by: str = ""


class ChannelMember(SQLModel, table=True):
    """Somebody the bot knows who is in a channel it knows."""

    __tablename__ = "channel_member"

    team_id: str = Field(primary_key=True)
    channel_id: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)


class Invite(SQLModel, table=True):
    """A contractor who has no Slack account yet: what was agreed, kept under their e-mail address until they join."""

    team_id: str = Field(primary_key=True)
    email: str = Field(primary_key=True)
    values: dict[str, Any] = json_column()
    manager_id: str
    start_date: date
    added_at: datetime
    added_by: str


class ChecklistItem(SQLModel, table=True):
    """One thing to do on a contractor's path: whose it is, when, why, and what became of it (todo, done, na)."""

    __tablename__ = "checklist_item"

    id: str = Field(default_factory=new_id, primary_key=True)
    team_id: str
    user_id: str
    key: str
    phase: str
    position: int
    text: str
    reason: str = ""
    owner: str
    day: int
    due: date
    auto: str = ""
    needs_proof: bool = False
    state: str = "todo"
    done_at: datetime | None = None
    done_by: str = ""
    why_not: str = ""
    proof: str = ""
    verified_at: datetime | None = None
    verified_by: str = ""
    snoozed_until: date | None = None
    blocker_id: str = ""

    __table_args__ = (
        UniqueConstraint("team_id", "user_id", "key"),
        Index("ix_checklist_item_team_id_state_due", "team_id", "state", "due"),
    )


class ChecklistTemplate(SQLModel, table=True):
    """A checklist that a workspace made its own, by the name of the role it is for; "" is everybody's."""

    __tablename__ = "checklist_template"

    team_id: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    items: list[dict[str, Any]] = json_column()
    changed_at: datetime
    changed_by: str


class PacketText(SQLModel, table=True):
    """One text of the welcome packet: the workspace's (user_id ""), or particular to one contractor."""

    __tablename__ = "packet_text"

    team_id: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    text: str
    changed_at: datetime
    changed_by: str


class PacketRead(SQLModel, table=True):
    """A page of the welcome packet that a contractor has got."""

    __tablename__ = "packet_read"

    team_id: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    page: str = Field(primary_key=True)
    at: datetime


class Tool(SQLModel, table=True):
    """A tool of the Toolbox: what it is for, how access comes, and whether a second factor is needed."""

    id: str = Field(default_factory=new_id, primary_key=True)
    team_id: str
    name: str
    purpose: str
    how: str
    link: str = ""
    critical: bool = False
    position: int = 0

    __table_args__ = (UniqueConstraint("team_id", "name"),)


class Access(SQLModel, table=True):
    """How far one contractor's access to one tool has come: opened by operations, 2FA confirmed, verified."""

    team_id: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    tool_id: str = Field(primary_key=True)
    opened_at: datetime | None = None
    opened_by: str = ""
    confirmed_at: datetime | None = None
    verified_at: datetime | None = None
    verified_by: str = ""
    closed_at: datetime | None = None
    closed_by: str = ""


class Term(SQLModel, table=True):
    """A word of the Internal Lexicon; one without a meaning was asked for and waits for it."""

    team_id: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    term: str
    meaning: str = ""
    asked_by: str = ""
    asked_at: datetime | None = None
    changed_by: str = ""
    changed_at: datetime | None = None


class Topic(SQLModel, table=True):
    """A line of Who's Who: whom to ask about what."""

    team_id: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    topic: str
    user_id: str
    note: str = ""
    changed_by: str
    changed_at: datetime


class Blueprint(SQLModel, table=True):
    """One dated version of a contractor's KPIs (proposed, discussed, agreed, replaced); rows as in playbook/kpi.py."""

    id: str = Field(default_factory=new_id, primary_key=True)
    team_id: str
    user_id: str
    version: int
    state: str
    rows: list[dict[str, Any]] = json_column()
    proposed_by: str
    proposed_at: datetime
    answered_at: datetime | None = None
    words: str = ""

    __table_args__ = (UniqueConstraint("team_id", "user_id", "version"),)


class KpiResult(SQLModel, table=True):
    """What a contractor entered for one KPI and one week, and whether the manager confirmed it."""

    __tablename__ = "kpi_result"

    team_id: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    monday: date = Field(primary_key=True)
    key: str = Field(primary_key=True)
    value: str
    words: str = ""
    entered_at: datetime
    confirmed_at: datetime | None = None
    confirmed_by: str = ""


class Introduction(SQLModel, table=True):
    """How a contractor introduces themselves, and how far it has come (asked, filled, approved, posted).

    `audience` is where the manager wants it (everybody, shared, both; "" as is usual for the person).
    """

    team_id: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    state: str
    role: str = ""
    bottleneck: str = ""
    fun_fact: str = ""
    place: str = ""
    video: str = ""
    channel_id: str = ""
    audience: str = ""
    filled_at: datetime | None = None
    filled_by: str = ""
    approved_at: datetime | None = None
    approved_by: str = ""
    posted_at: datetime | None = None


class Greeting(SQLModel, table=True):
    """What somebody said to a newcomer under their introduction."""

    team_id: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    from_id: str = Field(primary_key=True)
    words: str
    at: datetime
    told_at: datetime | None = None


class Shadowing(SQLModel, table=True):
    """A session in which a contractor watches how somebody decides, and what they learned from it."""

    id: str = Field(default_factory=new_id, primary_key=True)
    team_id: str
    user_id: str
    buddy_id: str
    at: datetime
    minutes: int
    watch_for: str
    state: str
    learned: str = ""
    learned_at: datetime | None = None
    planned_by: str

    __table_args__ = (Index("ix_shadowing_team_id_user_id", "team_id", "user_id"),)
