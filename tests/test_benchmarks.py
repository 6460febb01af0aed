"""The benchmarks still run: everything is measured, at sizes that say nothing of speed."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.__main__ import BENCHMARKS
from benchmarks.measure import Line, Sizes
from benchmarks.report import summary, table

ROOT = Path(__file__).parent.parent
TINY = Sizes(requests=3, at_once=2, cold=6, waiting=300, people=30, managers=3, starts=1)


@pytest.mark.parametrize("name", BENCHMARKS)
async def test_a_benchmark_measures_what_it_says(name: str, tmp_path: Path) -> None:
    lines = await BENCHMARKS[name](TINY, tmp_path)
    assert lines
    for line in lines:
        assert line.ours > 0
        assert line.baseline is None or line.baseline > 0
        assert line.number in "12345"


async def test_slack_is_asked_once_who_we_are_and_connections_are_shared(tmp_path: Path) -> None:
    asked, connections = await BENCHMARKS["cold"](TINY, tmp_path)
    assert asked.ours == 1
    assert connections.ours <= TINY.at_once


RATIO = Line("1", "a thing", "ms", 3.0, 2.0, "another", 1.5)


@pytest.mark.parametrize(
    ("line", "well", "row"),
    [
        (RATIO, True, "1  a thing  3 ms  another: 2 ms  1.50x  <= 1.5x  met"),
        (
            Line("1", "a thing", "ms", 3.1, 2.0, "another", 1.5),
            False,
            "1  a thing  3.10 ms  another: 2 ms  1.55x  <= 1.5x  MISSED",
        ),
        (Line("3", "alone", "s", 5.0, limit=5.0), True, "3  alone  5 s  <= 5 s  met"),
        (Line("3", "alone", "s", 5.5, limit=5.0), False, "3  alone  5.50 s  <= 5 s  MISSED"),
        (Line("4", "told only", "ms", 10.0, 5.0, "another"), None, "4  told only  10 ms  another: 5 ms  2.00x"),
    ],
)
def test_a_line_is_judged_and_shown(line: Line, *, well: bool | None, row: str) -> None:
    assert line.well is well
    assert re.sub(" {2,}", "  ", table([line]).splitlines()[2]) == row


def test_what_missed_is_said() -> None:
    missed = Line("3", "alone", "s", 5.5, limit=5.0)
    assert list(summary([RATIO, missed]))[:2] == ["1 of 2 met.", "Missed: alone."]


def test_the_command_prints_a_table() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--quick", "cold"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "met" in done.stdout
    assert "auth.test" in done.stdout
