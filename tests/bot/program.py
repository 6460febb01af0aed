"""The bot as a program of its own, started as a person would start it."""

import asyncio
import os
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 60
Environment = Mapping[str, str]


@dataclass(frozen=True)
class Ended:
    """How a program ended: its status, and what it wrote to both its outlets."""

    status: int
    out: str
    complaints: str


class Program:
    """A running `python -m bot ...` in a folder of its own, without this machine's settings."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @classmethod
    async def start(cls, folder: Path, *words: str, env: Environment | None = None) -> Self:
        """Start it; `env` is all that it finds set beside the paths."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
        return cls(
            await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot",
                *words,
                cwd=folder,
                env={**kept, "PYTHONPATH": str(ROOT), **(env or {})},
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
            )
        )

    async def says(self, words: str) -> str:
        """Wait for a line with these words."""
        assert self._process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            async for line in self._process.stdout:
                if words in line.decode():
                    return line.decode()
        raise AssertionError(f"it never said {words!r}, but: {await self.ends()}")

    async def ends(self) -> Ended:
        """Wait until it is over."""
        async with asyncio.timeout(PATIENCE):
            out, complaints = await self._process.communicate()
        assert self._process.returncode is not None
        return Ended(self._process.returncode, out.decode(), complaints.decode())

    async def stops(self) -> Ended:
        """Ask it to end, as a supervisor does."""
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGTERM)
        return await self.ends()


async def run(folder: Path, *words: str, env: Environment | None = None) -> Ended:
    """Run it to its end."""
    return await (await Program.start(folder, *words, env=env)).ends()
