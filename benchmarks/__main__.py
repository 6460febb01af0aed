"""`python -m benchmarks [--quick] [--strict] [NAME...]`: measure, print the table, and say what missed."""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path

from benchmarks import answers, clock, digest, start
from benchmarks.measure import QUICK, WHOLE, Line, Sizes
from benchmarks.report import summary, table
from bot import journal

Benchmark = Callable[[Sizes, Path], Awaitable[list[Line]]]

BENCHMARKS: Mapping[str, Benchmark] = {
    "help": answers.helped,
    "log": answers.logged,
    "idle": clock.idle,
    "rush": clock.rush,
    "digest": digest.week,
    "cold": start.cold,
    "start": start.started,
}


async def measure(names: Sequence[str], sizes: Sizes) -> list[Line]:
    """Run benchmarks one after the other, each in a folder of its own."""
    lines: list[Line] = []
    for name in names:
        print(f"measuring {name} ...", file=sys.stderr)
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            lines += await BENCHMARKS[name](sizes, Path(folder))
    return lines


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what was named, or everything; the status is 0 unless --strict was asked for and something missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *BENCHMARKS], metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--quick", action="store_true", help="do less of everything: a look, not a measurement")
    parser.add_argument("--strict", action="store_true", help="end with status 1 when something missed")
    options = parser.parse_args(arguments)
    journal.set_up("ERROR")
    lines = asyncio.run(measure(options.names or list(BENCHMARKS), QUICK if options.quick else WHOLE))
    print(table(lines), *summary(lines), sep="\n")
    return 1 if options.strict and any(line.well is False for line in lines) else 0


if __name__ == "__main__":
    sys.exit(main())
