"""The tables of what an owner answers for: the trail of who did what, retention, erasure, webhooks and tokens."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.columns import json_column, json_list, new_id


class Trail(SQLModel, table=True):
    """One line of the audit log: who changed something, or looked at something sensitive, about whom; never its words.

    `look` is a look, else it was a write. `what` is the name of the action or route.
    """

    id: str = Field(default_factory=new_id, primary_key=True)
    team_id: str
    at: datetime
    actor_id: str
    what: str
    subject_id: str = ""
    look: bool = False

    __table_args__ = (
        Index("ix_trail_team_id_at", "team_id", "at"),
        Index("ix_trail_team_id_subject_id_at", "team_id", "subject_id", "at"),
    )


class Retention(SQLModel, table=True):
    """How many months a kind of record is kept; a kind without a row is kept as the playbook says."""

    team_id: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    months: int
    changed_at: datetime
    changed_by: str


class Erasure(SQLModel, table=True):
    """A request of somebody to delete what is kept about them, and what was kept because it must be."""

    id: str = Field(default_factory=new_id, primary_key=True)
    team_id: str
    user_id: str
    asked_at: datetime
    done_at: datetime | None = None
    kept: list[dict[str, Any]] = json_list()


class Webhook(SQLModel, table=True):
    """An address that is told of events, signed with a secret that is kept encrypted (storage/vault.py)."""

    id: str = Field(default_factory=new_id, primary_key=True)
    team_id: str
    url: str
    events: list[str] = json_column()
    sealed: str
    made_at: datetime
    made_by: str
    failing_since: datetime | None = None
    stopped_at: datetime | None = None
    stopped_by: str = ""


class WebhookDelivery(SQLModel, table=True):
    """One event on its way to one webhook, with what came of each attempt.

    `state` is waiting, delivered or failed; `status` is the last HTTP status, 0 where none came.
    """

    __tablename__ = "webhook_delivery"

    id: str = Field(default_factory=new_id, primary_key=True)
    team_id: str
    webhook_id: str
    event: str
    occasion: str
    body: dict[str, Any] = json_column()
    made_at: datetime
    state: str
    attempts: int = 0
    next_at: datetime
    status: int = 0
    answer: str = ""
    tried_at: datetime | None = None

    __table_args__ = (
        UniqueConstraint("team_id", "webhook_id", "occasion"),
        Index("ix_webhook_delivery_team_id_state_next_at", "team_id", "state", "next_at"),
    )


class ApiToken(SQLModel, table=True):
    """A token for the read-only API: only its hash is kept, with the first letters to recognise it by."""

    __tablename__ = "api_token"

    id: str = Field(default_factory=new_id, primary_key=True)
    team_id: str
    name: str
    digest: str
    begins: str
    made_at: datetime
    made_by: str
    used_at: datetime | None = None
    revoked_at: datetime | None = None
    revoked_by: str = ""

    __table_args__ = (UniqueConstraint("team_id", "digest"),)
