"""A workspace where calls go wrong at random, and the bot as a process that is killed in the middle of them."""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Sequence
from pathlib import Path
from random import Random
from signal import SIGKILL, Signals

from sandbox.faults import Faults

ROOT = Path(__file__).parent.parent.parent
READY = "import sys; from bot.__main__ import main; sys.stdin.readline(); sys.exit(main(['run']))"
WAYS = ("drop_before", "drop_after", "status:500")


class Chaos(Faults):
    """Faults drawn by lot: `chances` by method. The n-th call from `kill` on takes the bot down with it."""

    def __init__(self, lot: Random, chances: dict[str, float]) -> None:
        super().__init__()
        self._lot = lot
        self._chances = chances
        self._left = 0
        self._victim: Process | None = None
        self._how = SIGKILL
        self.news = asyncio.Event()
        self.calls = 0
        self.struck = 0

    def kill(self, victim: Process, after: int, how: Signals = SIGKILL) -> None:
        """Choose who is sent a signal, and at which call from now."""
        self._victim, self._left, self._how = victim, after, how

    def strike(self, method: str) -> str:
        """Say how this call goes wrong, or "" when it goes well."""
        self.calls += 1
        self.news.set()
        self._count_down()
        if self._lot.random() >= self._chances.get(method, 0.0):
            return ""
        self.struck += 1
        return self._lot.choice(WAYS)

    def _count_down(self) -> None:
        if self._victim is None:
            return
        self._left -= 1
        if self._left > 0:
            return
        victim, self._victim = self._victim, None
        if self._lot.random() < 0.3:
            victim.send_signal(self._how)
        else:
            asyncio.get_running_loop().call_later(self._lot.uniform(0, 0.04), _end, victim, self._how)


def _end(victim: Process, how: Signals) -> None:
    if victim.returncode is None:
        victim.send_signal(how)


class Bots:
    """The real bot, `python -m bot run`, as one process after another; the next is loaded while one still works."""

    def __init__(self, folder: Path, env: dict[str, str]) -> None:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        self._env = kept | env | {"PYTHONPATH": str(ROOT)}
        self._folder = folder
        self._log = (folder / "bots.log").open("ab")
        self._loaded: Process | None = None

    async def load(self) -> None:
        """Have the next one ready to go."""
        words = (sys.executable, "-c", READY)
        self._loaded = await asyncio.create_subprocess_exec(
            *words, cwd=self._folder, env=self._env, stdin=PIPE, stdout=DEVNULL, stderr=self._log
        )

    async def start(self) -> Process:
        """Let the loaded one go."""
        if self._loaded is None:
            await self.load()
        process, self._loaded = self._loaded, None
        assert process is not None
        assert process.stdin is not None
        process.stdin.write(b"go\n")
        return process

    async def end(self, *others: Process) -> None:
        """End whatever was started."""
        processes: Sequence[Process | None] = (self._loaded, *others)
        for process in filter(None, processes):
            if process.returncode is None:
                process.kill()
            await process.wait()
        self._log.close()

    @property
    def said(self) -> str:
        """What they wrote to their logs."""
        return (self._folder / "bots.log").read_text()
