"""The tables of the long run: reviews, rates, courses, the ladder to the inner circle, and parting well."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.columns import json_column, json_list, new_id


class Review(SQLModel, table=True):
    """One quarterly review: two forms, blind to each other until both are in, then one page that both see.

    `theirs` are the contractor's answers and `ours` the manager's, each by the question's key.
    """

    id: str = Field(default_factory=new_id, primary_key=True)
    team_id: str
    user_id: str
    number: int
    due_on: date
    opened_at: datetime
    manager_id: str = ""
    theirs: dict[str, Any] = json_column()
    theirs_at: datetime | None = None
    ours: dict[str, Any] = json_column()
    ours_at: datetime | None = None
    shared_at: datetime | None = None
    blueprint_id: str = ""
    kept_at: datetime | None = None
    agreed_at: datetime | None = None
    closed_at: datetime | None = None
    closed_by: str = ""

    __table_args__ = (UniqueConstraint("team_id", "user_id", "number"),)


class ReviewItem(SQLModel, table=True):
    """A friction that a review found, made into something to do, with an owner and a day."""

    __tablename__ = "review_item"

    id: str = Field(default_factory=new_id, primary_key=True)
    team_id: str
    review_id: str
    user_id: str
    words: str
    owner_id: str
    due_on: date | None = None
    made_at: datetime
    made_by: str
    done_at: datetime | None = None
    done_by: str = ""

    __table_args__ = (Index("ix_review_item_team_id_user_id", "team_id", "user_id"),)


class RatePlan(SQLModel, table=True):
    """How often a contractor's rate is looked at (months), and the day of the next review.

    `tells`: the contractor may read how often. `changed_by` is "" while nobody chose anything.
    """

    __tablename__ = "rate_plan"

    team_id: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    months: int
    next_on: date
    tells: bool = True
    changed_at: datetime
    changed_by: str


class RateReview(SQLModel, table=True):
    """One rate review, seen by the manager, and by the contractor once invited.

    `sealed` holds amounts and the manager's words, encrypted (storage/vault.py), "" for none. `invite_words` (the
    manager's, to the contractor) and `prepared` (the contractor's) are encrypted too where there is a key. `meet_on` is
    the day of the talk. `outcome` is raised, kept, changed or later; `told_at` says since when the contractor knows it,
    and `amount_told` whether they may read the amount.
    """

    __tablename__ = "rate_review"

    id: str = Field(default_factory=new_id, primary_key=True)
    team_id: str
    user_id: str
    due_on: date
    opened_at: datetime
    invited_at: datetime | None = None
    invited_by: str = ""
    meet_on: date | None = None
    invite_words: str = ""
    prepared: str = ""
    prepared_at: datetime | None = None
    outcome: str = ""
    held_on: date | None = None
    sealed: str = ""
    decided_at: datetime | None = None
    decided_by: str = ""
    next_on: date | None = None
    told_at: datetime | None = None
    amount_told: bool = False

    __table_args__ = (UniqueConstraint("team_id", "user_id", "due_on"),)


class Course(SQLModel, table=True):
    """Something a contractor wants to learn, what it costs and brings, and what became of it.

    `state` is asked, discussing, approved, declined, done or withdrawn; `words` is the reason that was given.
    """

    id: str = Field(default_factory=new_id, primary_key=True)
    team_id: str
    user_id: str
    name: str
    cost: str
    benefit: str
    link: str = ""
    state: str
    asked_at: datetime
    words: str = ""
    decided_at: datetime | None = None
    decided_by: str = ""
    done_at: datetime | None = None
    done_words: str = ""

    __table_args__ = (Index("ix_course_team_id_user_id", "team_id", "user_id"),)


class Stage(SQLModel, table=True):
    """A step that a contractor took on the ladder from outsider to inner circle; the newest is where they are."""

    id: str = Field(default_factory=new_id, primary_key=True)
    team_id: str
    user_id: str
    stage: str
    at: datetime
    by: str
    words: str = ""

    __table_args__ = (Index("ix_stage_team_id_user_id", "team_id", "user_id"),)


class StageEvidence(SQLModel, table=True):
    """Something that shows on which step a contractor stands and that only people can tell (noted by whom, when)."""

    __tablename__ = "stage_evidence"

    team_id: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    at: datetime
    by: str
    words: str = ""
    link: str = ""


class Inclusion(SQLModel, table=True):
    """A month's question to the manager: which discussion should this contractor be in, and what was answered."""

    team_id: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    month: date = Field(primary_key=True)
    asked_at: datetime
    answer: str = ""
    words: str = ""
    channel_id: str = ""
    link: str = ""
    answered_at: datetime | None = None
    answered_by: str = ""
    told_at: datetime | None = None


class Offboarding(SQLModel, table=True):
    """The parting of a contractor: when their last day is, the thanks, and whether they came back."""

    id: str = Field(default_factory=new_id, primary_key=True)
    team_id: str
    user_id: str
    last_on: date
    began_at: datetime
    began_by: str
    thanks: str = ""
    thanks_to: str = ""
    thanked_at: datetime | None = None
    door: str = ""
    ended_at: datetime | None = None
    cancelled_at: datetime | None = None
    returned_at: datetime | None = None
    returned_by: str = ""

    __table_args__ = (Index("ix_offboarding_team_id_user_id", "team_id", "user_id"),)


class Handover(SQLModel, table=True):
    """A document or a piece of knowledge that goes from a contractor who leaves to somebody who stays."""

    id: str = Field(default_factory=new_id, primary_key=True)
    team_id: str
    offboarding_id: str
    user_id: str
    words: str
    link: str = ""
    to_id: str
    made_at: datetime
    made_by: str
    given_at: datetime | None = None
    taken_at: datetime | None = None
    taken_by: str = ""

    __table_args__ = (Index("ix_handover_team_id_offboarding_id", "team_id", "offboarding_id"),)


class Worklog(SQLModel, table=True):
    """Tracked time from a Work for Impact worklog, compared with the log and shown to the contractor first.

    `days` are rows of (day, tracked minutes, logged minutes when it was read).
    """

    id: str = Field(default_factory=new_id, primary_key=True)
    team_id: str
    user_id: str
    first_on: date
    last_on: date
    days: list[dict[str, Any]] = json_list()
    sent_at: datetime
    sent_by: str
    answer: str = ""
    words: str = ""
    answered_at: datetime | None = None
    shared_at: datetime | None = None

    __table_args__ = (Index("ix_worklog_team_id_user_id", "team_id", "user_id"),)
