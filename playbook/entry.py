"""Entry: one piece of logged work, as far as it is known."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Entry:
    """Some minutes of work on a local day; 0 minutes when no length was understood.

    `start` and `end` (UTC) are there when a range was typed; `length` and `when` are the words typed for the
    length and the day; `category` is a key.
    """

    day: date
    minutes: int = 0
    start: datetime | None = None
    end: datetime | None = None
    project: str = ""
    category: str = ""
    note: str = ""
    links: tuple[str, ...] = ()
    length: str = ""
    when: str = ""
