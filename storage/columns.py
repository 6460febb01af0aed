"""What all tables share: how constraints are named, ids that nobody can guess, and columns for wire values."""

from typing import Any
from uuid import uuid4

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
}


def new_id() -> str:
    """Make an id that nobody can guess or count (32 hex digits)."""
    return uuid4().hex


def json_column() -> Any:
    """Give a column for values that are kept as they are (blocks, event bodies, rows of a form)."""
    return Field(sa_column=Column(JSON, nullable=False))


def json_list() -> Any:
    """Give a column for a list of rows that is empty at first."""
    return Field(default_factory=list, sa_column=Column(JSON, nullable=False, default=list))
