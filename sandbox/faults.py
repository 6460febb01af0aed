"""Faults on demand: which call goes wrong, and how."""

import re
from dataclasses import dataclass
from typing import Any

from sandbox.errors import Mistake

WAYS = re.compile(r"(error:[a-z_]+|status:[1-5]\d\d|ratelimit:\d+|delay:\d+(\.\d+)?|drop_before|drop_after|html|no_ts)")
FIELDS = {"method", "at", "times", "do"}


@dataclass
class Fault:
    """From the `at`-th matching call on, `times` calls go wrong in this way ("*" matches every method)."""

    method: str
    do: str
    at: int
    times: int
    seen: int = 0

    def strikes(self, method: str) -> bool:
        """Count a call, and say whether it is one of those that go wrong."""
        if self.method not in ("*", method):
            return False
        self.seen += 1
        return self.at <= self.seen < self.at + self.times


class Faults:
    """The faults that are set now."""

    def __init__(self) -> None:
        self._set: list[Fault] = []

    def add(self, wanted: object) -> int:
        """Set more faults; raises Mistake for one that makes no sense."""
        if not isinstance(wanted, list):
            raise Mistake("Give a list of faults.")
        self._set += [_read(one) for one in wanted]
        return len(self._set)

    def clear(self) -> None:
        """Let everything go well again."""
        self._set.clear()

    def strike(self, method: str) -> str:
        """Say how this call goes wrong, or "" when it goes well."""
        struck = [fault.do for fault in self._set if fault.strikes(method)]
        return struck[0] if struck else ""


def _read(one: Any) -> Fault:
    if not isinstance(one, dict) or set(one) - FIELDS or not {"method", "do"} <= set(one):
        raise Mistake('A fault is {"method": ..., "do": ..., "at": n, "times": n}.')
    if not WAYS.fullmatch(str(one["do"])):
        raise Mistake(f"There is no fault {one['do']!r}.")
    return Fault(str(one["method"]), str(one["do"]), int(one.get("at") or 1), int(one.get("times") or 1))
