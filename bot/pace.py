"""How fast letters may leave: a rate for the workspace, and one for each conversation (Slack: rate limits)."""

import time
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass
class Bucket:
    """Tokens that come back at a steady rate (per second), up to `most`."""

    rate: float
    most: float
    tokens: float
    at: float
    closed_until: float = 0.0

    def ready(self, now: float) -> int:
        """Tell how many letters may leave now."""
        self.tokens = min(self.most, self.tokens + (now - self.at) * self.rate)
        self.at = now
        return int(self.tokens) if now >= self.closed_until else 0

    def wait(self, now: float) -> float:
        """Tell in how many seconds the next one may leave."""
        if self.ready(now):
            return 0.0
        return max(self.closed_until - now, (1 - self.tokens) / self.rate, 0.0)

    def take(self) -> None:
        """Use one token."""
        self.tokens -= 1

    def close(self, until: float) -> None:
        """Let nothing through before an instant (monotonic seconds)."""
        self.closed_until = max(self.closed_until, until)


class Pace:
    """Buckets by name, made when first asked for; the full ones are forgotten when there are many."""

    def __init__(self, rate: float, burst: float) -> None:
        self._rate = rate
        self._burst = max(1.0, burst)
        self._buckets: dict[str, Bucket] = {}

    def of(self, name: str) -> Bucket:
        """Give the bucket of a workspace or conversation."""
        now = time.monotonic()
        if name not in self._buckets:
            self._tidy(now)
            self._buckets[name] = Bucket(self._rate, self._burst, self._burst, now)
        return self._buckets[name]

    def closed(self) -> Mapping[str, float]:
        """Name the buckets that let nothing through, and for how many seconds."""
        now = time.monotonic()
        return {name: wait for name, bucket in self._buckets.items() if (wait := bucket.wait(now)) > 0}

    def least_open(self) -> int:
        """Tell how many may leave at once, whichever of the open buckets they go through."""
        now = time.monotonic()
        opens = (ready for bucket in self._buckets.values() if (ready := bucket.ready(now)) > 0)
        return min(opens, default=int(self._burst))

    def _tidy(self, now: float, most: int = 5_000) -> None:
        if len(self._buckets) >= most:
            self._buckets = {name: one for name, one in self._buckets.items() if one.wait(now) > 0}
