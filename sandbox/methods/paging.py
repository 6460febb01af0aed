"""Cursor pagination: a page of a list, and the cursor to the next one."""

import base64
import binascii
from collections.abc import Sequence
from typing import TypeVar

from sandbox.errors import Refused

Item = TypeVar("Item")
PREFIX = "next:"


def encode(position: str) -> str:
    """Wrap a position as a cursor."""
    return base64.b64encode(f"{PREFIX}{position}".encode()).decode()


def decode(cursor: str) -> str:
    """Unwrap a cursor; raises Refused("invalid_cursor")."""
    try:
        plain = base64.b64decode(cursor, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        raise Refused("invalid_cursor") from None
    if not plain.startswith(PREFIX):
        raise Refused("invalid_cursor")
    return plain.removeprefix(PREFIX)


def page(items: Sequence[Item], cursor: str, limit: int) -> tuple[list[Item], str]:
    """Give a page and the next cursor, "" at the end."""
    start = _number(decode(cursor)) if cursor else 0
    if start > len(items):
        raise Refused("invalid_cursor")
    end = start + limit
    return list(items[start:end]), encode(str(end)) if end < len(items) else ""


def _number(position: str) -> int:
    if not position.isdigit():
        raise Refused("invalid_cursor")
    return int(position)
