"""Trigger ids: a permission to open one modal, for three seconds after somebody did something."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass

from sandbox import ids
from sandbox.errors import Refused

KEPT = 2000


@dataclass
class Trigger:
    """What somebody just did; `view` is the modal they did it in."""

    user: str
    deadline: float
    view: str | None
    spent: bool = False


class Triggers:
    """The trigger ids given out lately."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._given: OrderedDict[str, Trigger] = OrderedDict()

    def give(self, user: str, view: str | None = None) -> str:
        """Give a trigger id for what this person does now."""
        trigger_id = f"{ids.digits(13)}.{ids.digits(13)}.{ids.secret(32)}"
        deadline = asyncio.get_running_loop().time() + self._seconds
        self._given[trigger_id] = Trigger(user, deadline, view)
        if len(self._given) > KEPT:
            self._given.popitem(last=False)
        return trigger_id

    def look(self, trigger_id: str) -> Trigger:
        """Find a trigger that may still be used; raises Refused with Slack's three codes."""
        trigger = self._given.get(trigger_id)
        if trigger is None:
            raise Refused("invalid_trigger_id")
        if trigger.spent:
            raise Refused("exchanged_trigger_id")
        if asyncio.get_running_loop().time() > trigger.deadline:
            raise Refused("expired_trigger_id")
        return trigger
