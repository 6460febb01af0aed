"""Measuring two things side by side, and one line of the report for each comparison."""

import asyncio
import statistics
import subprocess
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

PAUSE = 0.01
WARM_UP = 5
Job = Callable[[], Awaitable[object]]


@dataclass(frozen=True)
class Sizes:
    """How much is done: requests timed, requests at once, rows that wait, people who are due, processes started."""

    requests: int = 400
    at_once: int = 32
    cold: int = 1_000
    waiting: int = 1_000_000
    people: int = 10_000
    managers: int = 500
    starts: int = 7


WHOLE = Sizes()
QUICK = Sizes(requests=100, waiting=100_000, people=1_000, managers=50, starts=3)


@dataclass(frozen=True)
class Line:
    """One thing measured. With a baseline the limit is on the ratio, without one on the figure itself."""

    number: str
    what: str
    unit: str
    ours: float
    baseline: float | None = None
    against: str = ""
    limit: float | None = None

    @property
    def ratio(self) -> float | None:
        """How many times the baseline it is."""
        return self.ours / self.baseline if self.baseline else None

    @property
    def well(self) -> bool | None:
        """Whether it is within its limit; None where there is none."""
        if self.limit is None:
            return None
        return (self.ratio if self.ratio is not None else self.ours) <= self.limit


async def timed(job: Job) -> float:
    """Do something once; gives the milliseconds it took."""
    began = time.perf_counter()
    await job()
    return (time.perf_counter() - began) * 1000


async def side_by_side(ours: Job, baseline: Job, times: int, calm: Job | None = None) -> tuple[float, float]:
    """Do two things in turn, so that a noisy machine disturbs both alike; gives the median milliseconds of each.

    Before each, `calm` waits until nothing is left to do, and a pause follows: people do not ask back to back.
    """
    took: tuple[list[float], list[float]] = ([], [])
    for _ in range(times + WARM_UP):
        for job, figures in zip((ours, baseline), took, strict=True):
            if calm is not None:
                await calm()
                await asyncio.sleep(PAUSE)
            figures.append(await timed(job))
    return statistics.median(took[0][WARM_UP:]), statistics.median(took[1][WARM_UP:])


def resident(pid: int) -> float:
    """Tell how many megabytes of memory a process holds."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return int(subprocess.check_output(["ps", "-o", "rss=", "-p", str(pid)])) / 1024
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024
