"""One bot a SQLite store: a lock on a file beside it, which ends with the process whatever happens to it."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.engine import make_url

TAKEN = "Another Inner Circle is at work on {}. Stop it first, or use PostgreSQL."


class Taken(RuntimeError):
    """Another bot works on this store."""


@contextmanager
def only_one(database_url: str) -> Iterator[None]:
    """Hold the store for this process alone; raises Taken. PostgreSQL needs no such thing."""
    url = make_url(database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        yield
        return
    path = Path(url.database + ".lock")
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Taken(TAKEN.format(url.database)) from None
        yield
