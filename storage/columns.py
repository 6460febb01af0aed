"""What all tables share: how constraints are named, ids that nobody can guess, and columns for wire values."""

from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel
from uuid_utils import uuid7

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
}


def new_id() -> str:
    """Make an id that nobody can guess (32 hex digits, RFC 9562 version 7: rows of one moment keep their order)."""
    return uuid7().hex


def json_column() -> Any:
    """Give a column for values that are kept as they are (blocks, event bodies, rows of a form)."""
    return Field(sa_column=Column(JSON, nullable=False))


def json_list() -> Any:
    """Give a column for a list of rows that is empty at first."""
    return Field(default_factory=list, sa_column=Column(JSON, nullable=False, default=list))
