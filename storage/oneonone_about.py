"""Topics of 1:1s that are about a record of another noun: its words, and whose it is, looked up where they are kept."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from storage.database import Team
from storage.path_tables import ChecklistItem
from storage.tables import Blocker
from storage.trust_tables import HealthCheck, RedFlag, WikiItem

SEPARATOR = ":"


@dataclass(frozen=True)
class About:
    """A topic that another record gives: whose 1:1, its words, its part, and whether the manager knows of it yet."""

    user_id: str
    text: str
    part: str
    manager_knows: bool = True


async def _blocker(team: Team, record_id: str) -> About | None:
    row = await team.get(Blocker, id=record_id)
    return About(row.user_id, f"Blocker #{row.number}: {row.text}", "unblock") if row else None


async def _health(team: Team, record_id: str) -> About | None:
    row = await team.get(HealthCheck, id=record_id)
    if row is None:
        return None
    rule = row.rule.replace("_", " ").replace(".", ", ")
    return About(row.user_id, f"How work goes ({rule}, {row.day:%a} {row.day.day} {row.day:%b})", "process")


async def _flag(team: Team, record_id: str) -> About | None:
    """Give a sign of overwork, of which nobody speaks before the contractor has been told."""
    row = await team.get(RedFlag, id=record_id)
    if row is None or row.told_at is None:
        return None
    text = f"Long days: what could be taken off ({row.day:%a} {row.day.day} {row.day:%b})"
    return About(row.user_id, text, "pulse", manager_knows=row.manager_at is not None)


async def _wiki(team: Team, record_id: str) -> About | None:
    row = await team.get(WikiItem, id=record_id)
    return About(row.user_id, f"Wiki #{row.number}: {row.question}", "process") if row else None


async def _checklist(team: Team, record_id: str) -> About | None:
    row = await team.get(ChecklistItem, id=record_id)
    return About(row.user_id, f"Checklist: {row.text}", "unblock") if row else None


KINDS: Mapping[str, Callable[[Team, str], Awaitable[About | None]]] = {
    "blocker": _blocker,
    "health": _health,
    "flag": _flag,
    "wiki": _wiki,
    "checklist": _checklist,
}


async def about(team: Team, name: str) -> About | None:
    """Give the topic that a record gives, by "kind:record id"; None for what is not there."""
    kind, _, record_id = name.partition(SEPARATOR)
    look_up = KINDS.get(kind)
    return await look_up(team, record_id) if look_up and record_id else None
