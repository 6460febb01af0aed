"""Written: which tables a transaction has changed and about whom, so that a write can be told from a look."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import CursorResult, Delete, Insert, Update
from sqlmodel import Session, SQLModel


class Watching(Session):
    """A session that remembers what was written in it: the person (`user_id`) of each changed table, "" if unknown."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.written: dict[str, str] = {}

    def exec(self, statement: Any, **more: Any) -> Any:
        """Run a statement, and note one that changed rows."""
        result: Any = super().exec(statement, **more)
        changed = result.rowcount if isinstance(result, CursorResult) else 1
        if changed and isinstance(statement, Insert | Update | Delete):
            self._note(str(getattr(statement.table, "name", "")), _person(more.get("params")))
        return result

    def flush(self, objects: Sequence[Any] | None = None) -> None:
        """Write changed objects, and note them."""
        for row in (*self.new, *(one for one in self.dirty if self.is_modified(one)), *self.deleted):
            if isinstance(row, SQLModel):
                self._note(str(row.__tablename__), str(getattr(row, "user_id", "")))
        super().flush(objects)

    def _note(self, table: str, user_id: str) -> None:
        self.written[table] = self.written.get(table) or user_id


def _person(params: Any) -> str:
    first = params[0] if isinstance(params, Sequence) and params else params
    return str(first.get("user_id", "")) if isinstance(first, Mapping) else ""
