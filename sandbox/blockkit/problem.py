"""A problem: one thing Slack would not accept, and where in the JSON it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

MISMATCH = "failed to match all allowed schemas"


@dataclass(frozen=True)
class Problem:
    """One refusal in Slack's wording; `code` is the API's error when it is not the method's usual one."""

    message: str
    pointer: str
    code: str = ""

    def __str__(self) -> str:
        return f"{self.message} [json-pointer:{self.pointer}]"


@dataclass(frozen=True)
class Found:
    """What a check saw: `bare` problems still wait for the object around them, `housed` ones have been named."""

    bare: tuple[Problem, ...] = ()
    housed: tuple[Problem, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.bare or self.housed)

    def house(self, pointer: str) -> Found:
        """Put Slack's line about the object at `pointer` before the failures of its own fields."""
        if not self.bare:
            return self
        return Found((), (Problem(MISMATCH, pointer), *self.bare, *self.housed))

    def listed(self) -> list[Problem]:
        """Every problem, in the order Slack prints them."""
        return [*self.bare, *self.housed]


def fail(message: str, pointer: str) -> Found:
    """One problem whose surrounding object is not known yet."""
    return Found((Problem(message, pointer),))


def merge(found: Iterable[Found]) -> Found:
    """Join findings, keeping their order."""
    kept = tuple(found)
    return Found(
        tuple(problem for one in kept for problem in one.bare),
        tuple(problem for one in kept for problem in one.housed),
    )
