"""What comes back when the app is asked something, however it was reached."""

from dataclasses import dataclass
from typing import Any, Protocol

Json = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """The acknowledgement, with what the app put into it, or why there is none."""

    acked: bool
    payload: Any = None
    error: str = ""


NOBODY = Answer(acked=False, error="dispatch_failed")


class Transport(Protocol):
    """A way to the app: Socket Mode now; request URLs would be another."""

    async def ask(self, kind: str, payload: Json) -> Answer:
        """Send something a person did (kind "slash_commands" or "interactive") and wait for its answer."""
        ...

    def tell(self, payload: Json) -> None:
        """Send an event."""
        ...
