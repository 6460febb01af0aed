"""The only place that looks at the wall clock."""

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol

JUMP = timedelta(seconds=2)


class Clock(Protocol):
    """Something that tells the time, aware and in UTC."""

    def now(self) -> datetime:
        """Tell the present instant."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Tell the present instant."""
        return datetime.now(UTC)


class Steadiness:
    """Notices when a clock jumps, by holding it against one that cannot.

    After a jump nothing that depends on how long ago something was may be decided for `quiet`.
    """

    def __init__(self, clock: Clock, quiet: timedelta) -> None:
        self._clock = clock
        self._quiet = quiet.total_seconds()
        self._wall, self._steady = clock.now(), time.monotonic()
        self._until = 0.0

    def ok(self) -> bool:
        """Tell whether durations measured by the clock can be trusted just now."""
        wall, steady = self._clock.now(), time.monotonic()
        drift = (wall - self._wall) - timedelta(seconds=steady - self._steady)
        self._wall, self._steady = wall, steady
        if abs(drift) > JUMP:
            self._until = steady + self._quiet
        return steady >= self._until
