"""The tables of the rhythm: days off, quiet, nudges, Golden Hours, calendars and 1:1s; all carry `team_id`."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.columns import json_column, json_list, new_id


class Away(SQLModel, table=True):
    """Somebody's days off from the first to the last, both included; `back_at` is when they said they are back."""

    id: str = Field(default_factory=new_id, primary_key=True)
    team_id: str
    user_id: str
    first: date
    last: date
    kind: str = "off"
    note: str = ""
    deputy_id: str = ""
    planned_at: datetime
    planned_by: str
    back_at: datetime | None = None

    __table_args__ = (Index("ix_away_team_id_user_id_last", "team_id", "user_id", "last"),)


class HolidayWorked(SQLModel, table=True):
    """A public holiday on which somebody works all the same."""

    __tablename__ = "holiday_worked"

    team_id: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    day: date = Field(primary_key=True)


class Quiet(SQLModel, table=True):
    """When somebody does not want to be written to, and what a non-contractor's working week is; empty is usual."""

    team_id: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    quiet_from: time | None = None
    quiet_until: time | None = None
    weekdays: str = ""
    country: str = ""


class NudgePace(SQLModel, table=True):
    """How often one kind of nudge reaches somebody: what they ignored in a row, and whether it was halved."""

    __tablename__ = "nudge_pace"

    team_id: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    ignored: int = 0
    halved_at: datetime | None = None
    skipped: bool = False
    last_key: str = ""


class NudgeRefusal(SQLModel, table=True):
    """Something about which somebody does not want this kind of nudge ("not relevant")."""

    __tablename__ = "nudge_refusal"

    team_id: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    about: str = Field(primary_key=True)
    at: datetime


class Golden(SQLModel, table=True):
    """A proposal for somebody's Golden Hours (proposed, agreed, replaced): a window for each weekday on one clock.

    `windows` are rows of weekday, start and end ("10:00"); `partners` the user ids, comma-separated, of the team.
    """

    id: str = Field(default_factory=new_id, primary_key=True)
    team_id: str
    user_id: str
    version: int
    state: str
    windows: list[dict[str, Any]] = json_column()
    zone: str
    partners: str = ""
    nudge: bool = True
    proposed_by: str
    proposed_at: datetime
    answered_at: datetime | None = None
    answered_by: str = ""
    words: str = ""

    __table_args__ = (UniqueConstraint("team_id", "user_id", "version"),)


class CalendarFeed(SQLModel, table=True):
    """The private address of somebody's calendar, as the hash of its token; making a new one revokes the old."""

    __tablename__ = "calendar_feed"

    team_id: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    token_hash: str
    made_at: datetime
    read_at: datetime | None = None

    __table_args__ = (UniqueConstraint("team_id", "token_hash"),)


class OneOnOne(SQLModel, table=True):
    """The weekly 1:1 of a contractor: on which weekday and time of the manager's clock; one-off ones have none."""

    __tablename__ = "one_on_one"

    team_id: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    weekday: int
    at: time
    zone: str
    changed_at: datetime
    changed_by: str


class Meeting(SQLModel, table=True):
    """One 1:1: when, how far it has come (planned, running, held, skipped), and what both prepared.

    `moves` are what the manager did to its clock: rows of what and when (playbook/oneonone_run.py).
    """

    id: str = Field(default_factory=new_id, primary_key=True)
    team_id: str
    user_id: str
    manager_id: str
    at: datetime
    state: str = "planned"
    part: int = 0
    started_at: datetime | None = None
    ended_at: datetime | None = None
    moves: list[dict[str, Any]] = json_list()
    mood: str = ""
    slows: str = ""
    heavy: str = ""
    question: str = ""
    prepared_at: datetime | None = None
    strategy: str = ""
    strategy_at: datetime | None = None
    moved_from: datetime | None = None
    why: str = ""

    __table_args__ = (Index("ix_meeting_team_id_user_id_at", "team_id", "user_id", "at"),)


class Point(SQLModel, table=True):
    """A topic, decision or action of 1:1s; `meeting_id` is where it was last up, "" for one that waits for the next."""

    id: str = Field(default_factory=new_id, primary_key=True)
    team_id: str
    user_id: str
    meeting_id: str = ""
    kind: str
    part: str = "open_floor"
    text: str
    link: str = ""
    by: str
    owner_id: str = ""
    due: date | None = None
    added_at: datetime
    done_at: datetime | None = None
    done_by: str = ""
    carried: int = 0

    __table_args__ = (Index("ix_point_team_id_user_id_done_at", "team_id", "user_id", "done_at"),)


class PrivateNote(SQLModel, table=True):
    """What a manager wrote down about a 1:1 for themselves; nobody else ever reads it."""

    __tablename__ = "private_note"

    team_id: str = Field(primary_key=True)
    meeting_id: str = Field(primary_key=True)
    author_id: str = Field(primary_key=True)
    text: str
    changed_at: datetime
