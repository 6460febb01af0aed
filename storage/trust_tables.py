"""The tables of trust: audits, health checks, red flags, shown work, the wiki, channel purposes and sprints."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.columns import json_column, new_id


class Audit(SQLModel, table=True):
    """How a week felt to a contractor (yes, mostly, no), asked on its Friday and seen by the manager on Monday."""

    team_id: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    monday: date = Field(primary_key=True)
    asked_at: datetime | None = None
    felt: str = ""
    words: str = ""
    focus: str = ""
    heavy: str = ""
    minutes: int = 0
    answered_at: datetime | None = None
    corrected_at: datetime | None = None
    shown_at: datetime | None = None
    seen_at: datetime | None = None
    seen_by: str = ""


class HealthCheck(SQLModel, table=True):
    """A question that a rule of health raised about how somebody's work goes, and what was answered.

    `about` tells apart what the same rule asks on one day; `facts` are the numbers the question was made of.
    """

    __tablename__ = "health_check"

    id: str = Field(default_factory=new_id, primary_key=True)
    team_id: str
    user_id: str
    rule: str
    about: str = ""
    day: date
    facts: dict[str, Any] = json_column()
    raised_at: datetime
    contractor_at: datetime | None = None
    manager_at: datetime | None = None
    answer: str = ""
    words: str = ""
    answered_at: datetime | None = None
    answered_by: str = ""

    __table_args__ = (UniqueConstraint("team_id", "user_id", "rule", "about", "day"),)


class RedFlag(SQLModel, table=True):
    """A sign of overwork in what somebody logged, and what they said of it before their manager hears."""

    __tablename__ = "red_flag"

    id: str = Field(default_factory=new_id, primary_key=True)
    team_id: str
    user_id: str
    rule: str
    day: date
    facts: dict[str, Any] = json_column()
    raised_at: datetime
    told_at: datetime | None = None
    answer: str = ""
    words: str = ""
    answered_at: datetime | None = None
    manager_at: datetime | None = None
    settled_at: datetime | None = None

    __table_args__ = (UniqueConstraint("team_id", "user_id", "rule", "day"),)


class ShowChannel(SQLModel, table=True):
    """A channel in which long messages earn their authors a suggestion to show it on video."""

    __tablename__ = "show_channel"

    team_id: str = Field(primary_key=True)
    channel_id: str = Field(primary_key=True)
    on_at: datetime
    on_by: str


class ShowHint(SQLModel, table=True):
    """The day on which somebody was last given the hint in a channel, and whether they want it never again there."""

    __tablename__ = "show_hint"

    team_id: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    channel_id: str = Field(primary_key=True)
    day: date
    never: bool = False


class ShownWork(SQLModel, table=True):
    """A video that somebody showed their work with: where it was linked, and whose service it is on."""

    __tablename__ = "shown_work"

    team_id: str = Field(primary_key=True)
    channel_id: str = Field(primary_key=True)
    ts: str = Field(primary_key=True)
    user_id: str
    service: str
    day: date

    __table_args__ = (Index("ix_shown_work_team_id_user_id_day", "team_id", "user_id", "day"),)


class WikiItem(SQLModel, table=True):
    """Something that was asked and belongs in the documentation: question, answer, target page, and who writes it."""

    __tablename__ = "wiki_item"

    id: str = Field(default_factory=new_id, primary_key=True)
    team_id: str
    number: int
    user_id: str
    key: str
    question: str
    answer: str = ""
    page: str = ""
    link: str = ""
    asked: int = 1
    state: str = "open"
    added_at: datetime
    added_by: str
    done_at: datetime | None = None
    done_by: str = ""

    __table_args__ = (UniqueConstraint("team_id", "number"), Index("ix_wiki_item_team_id_key", "team_id", "key"))


class ChannelPurpose(SQLModel, table=True):
    """What a channel is for, what belongs in the tracker and what on video; agreed by its contractors, pinned there."""

    __tablename__ = "channel_purpose"

    team_id: str = Field(primary_key=True)
    channel_id: str = Field(primary_key=True)
    version: int = 1
    slack: str
    tracker: str = ""
    video: str = ""
    proposed_by: str
    proposed_at: datetime
    agreed_by: str = ""
    pinned_ts: str = ""


class Sprint(SQLModel, table=True):
    """A Small Win Sprint: a task due within 48 hours of Week 1, and what it said of tools and instructions."""

    id: str = Field(default_factory=new_id, primary_key=True)
    team_id: str
    user_id: str
    task: str
    link: str = ""
    given_at: datetime
    given_by: str
    due_at: datetime
    state: str = "open"
    done_at: datetime | None = None
    had_tools: str = ""
    clear: str = ""
    missing: str = ""
    unclear: str = ""
    answered_at: datetime | None = None

    __table_args__ = (Index("ix_sprint_team_id_user_id", "team_id", "user_id"),)
