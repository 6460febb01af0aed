"""What every errand of the control API may use, and how it reads what it is told."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from sandbox.clock import MovableClock
from sandbox.errors import Mistake
from sandbox.faults import Faults
from sandbox.journal import Journal
from sandbox.people import People
from sandbox.sight import Sight
from sandbox.sockets import Sockets

Json = dict[str, Any]


@dataclass(frozen=True)
class Console:
    """Everything an errand may use."""

    people: People
    sight: Sight
    clock: MovableClock
    faults: Faults
    sockets: Sockets
    journal: Journal


Errand = Callable[[Console, Json], Awaitable[Json]]


def need(body: Json, name: str) -> str:
    """Read a text the answer cannot do without; raises Mistake."""
    value = body.get(name)
    if not isinstance(value, str) or not value:
        raise Mistake(f"Say {name!r}.")
    return value


def maybe(body: Json, name: str) -> str:
    """Read a text that may be left out."""
    return str(body.get(name) or "")
