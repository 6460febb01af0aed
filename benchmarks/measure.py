"""Measuring two things side by side, and one line of the report for each comparison."""

import gc
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

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


async def side_by_side(ours: Job, baseline: Job, times: int, rest: Job | None = None) -> tuple[float, float]:
    """Do two things in turn, so that a noisy machine disturbs both alike; gives the median milliseconds of each.

    `rest` is done after each of ours and is not counted: what goes on after the answer should not delay the next one.
    """
    for _ in range(max(times // 10, 3)):
        await ours()
        await baseline()
        await (rest() if rest else _nothing())
    gc.collect()
    took: tuple[list[float], list[float]] = ([], [])
    for _ in range(times):
        took[0].append(await timed(ours))
        await (rest() if rest else _nothing())
        took[1].append(await timed(baseline))
    return statistics.median(took[0]), statistics.median(took[1])


async def _nothing() -> None:
    return


def resident(pid: int) -> float:
    """Tell how many megabytes of memory a process holds (Linux only)."""
    status = Path(f"/proc/{pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def median(figures: Sequence[float]) -> float:
    """Give the middle of some figures."""
    return statistics.median(figures)
