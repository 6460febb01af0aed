"""Everything that passed between the app and the workspace, the last few thousand entries, without tokens."""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sandbox.clock import MovableClock

KEPT = 5000
SECRETS = frozenset({"token", "client_secret", "refresh_token", "code"})


@dataclass
class Entry:
    """One call (in) or payload (out); `answer` comes later for a payload."""

    seq: int
    at: str
    direction: Literal["in", "out"]
    name: str
    body: Mapping[str, Any]
    answer: Any = None
    note: str = ""

    def shown(self) -> dict[str, Any]:
        """Show the entry without what must stay secret."""
        key = "method" if self.direction == "in" else "type"
        return {
            "seq": self.seq,
            "at": self.at,
            "direction": self.direction,
            key: self.name,
            "body": {name: value for name, value in self.body.items() if name not in SECRETS},
            "answer": self.answer,
            "note": self.note,
        }


class Journal:
    """A bounded record, oldest entries dropped first."""

    def __init__(self, clock: MovableClock) -> None:
        self._clock = clock
        self._seq = 0
        self._entries: deque[Entry] = deque(maxlen=KEPT)

    def note(self, direction: Literal["in", "out"], name: str, body: Mapping[str, Any]) -> Entry:
        """Write an entry down; the caller may add its answer later."""
        self._seq += 1
        entry = Entry(self._seq, self._clock.now().isoformat(), direction, name, body)
        self._entries.append(entry)
        return entry

    def __iter__(self) -> Iterator[Entry]:
        return iter(list(self._entries))

    def __len__(self) -> int:
        return len(self._entries)
