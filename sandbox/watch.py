"""Who must look again: a number per person that grows whenever something they can see has changed."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager


class Watch:
    """Wakes the streams of the people for whom something changed; changes in between are one wake-up."""

    def __init__(self) -> None:
        self._seq: dict[str, int] = defaultdict(int)
        self._waiting: dict[str, set[asyncio.Event]] = defaultdict(set)

    def touch(self, people: Iterable[str]) -> None:
        """Say that something these people can see has changed."""
        for person in people:
            self._seq[person] += 1
            for signal in self._waiting.get(person, ()):
                signal.set()

    def touch_all(self) -> None:
        """Wake every open stream (the clock moved, the app connected)."""
        self.touch(list(self._waiting))

    def seq(self, person: str) -> int:
        """Tell how often something changed for this person."""
        return self._seq[person]

    @contextmanager
    def follow(self, person: str) -> Iterator[asyncio.Event]:
        """Give an event that is set at every change for this person."""
        signal = asyncio.Event()
        self._waiting[person].add(signal)
        try:
            yield signal
        finally:
            self._waiting[person].discard(signal)
            if not self._waiting[person]:
                del self._waiting[person]
