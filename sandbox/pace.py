"""How patient Slack is, in seconds of elapsed real time; tests may be less patient."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Pace:
    """Slack's waiting times; `retries` count from the moment an attempt is known to have failed."""

    ack: float = 3.0
    trigger: float = 3.0
    response_url: float = 1800.0
    retries: tuple[float, ...] = (1.0, 60.0, 300.0)
    ticket: float = 30.0
    debug_life: float = 360.0
    warning: float = 10.0
