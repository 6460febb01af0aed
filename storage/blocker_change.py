"""What can happen to a blocker: each change leaves a note, and winds or stops its clock."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from playbook.blocker import BlockerBook, State, Verb, step, step_at
from playbook.contractor import ContractorBook
from playbook.webhook import BLOCKER_ESCALATED, BLOCKER_OPENED, BLOCKER_RESOLVED
from storage import timetable, webhook
from storage.blocker import Case, note, target
from storage.database import Team
from storage.tables import Blocker
from storage.timetable import When

TOLD = ("id", "number", "kind", "impact", "state", "since", "created_at", "round")


async def raise_one(team: Team, blocker: Blocker) -> None:
    """Keep a new blocker."""
    team.add(blocker)
    await team.session.flush()
    await note(team, blocker, "new", blocker.user_id, blocker.created_at, blocker.text)
    await _tell(team, blocker, BLOCKER_OPENED, blocker.created_at)


async def see(team: Team, blocker: Blocker, by: str, now: datetime) -> bool:
    """Note that a helper has seen it; tells whether that is news."""
    if blocker.state != State.OPEN or by == blocker.user_id:
        return False
    blocker.state = step(blocker.state, Verb.SEE)
    blocker.seen_at, blocker.seen_by = now, by
    await note(team, blocker, "see", by, now)
    return True


async def take(team: Team, blocker: Blocker, by: str, now: datetime, *, over: bool = False) -> None:
    """Note that somebody is on it; from then on the clock disturbs nobody."""
    if blocker.seen_at is None:
        blocker.seen_at, blocker.seen_by = now, by
    blocker.state = step(blocker.state, Verb.TAKE)
    blocker.taken_at, blocker.taken_by = now, by
    await note(team, blocker, "take_over" if over else "take", by, now)
    await timetable.drop(team, blocker.id)


async def resolve(team: Team, blocker: Blocker, by: str, now: datetime, *, around: bool = False) -> None:
    """Note that it is solved, or worked around, and stop its clock."""
    blocker.state = step(blocker.state, Verb.RESOLVE)
    blocker.resolved_at, blocker.resolved_by = now, by
    await note(team, blocker, "around" if around else "resolve", by, now)
    await timetable.drop(team, blocker.id)
    await _tell(team, blocker, BLOCKER_RESOLVED, now, by=by, resolved_at=now, around=around)


async def reopen(team: Team, blocker: Blocker, by: str, now: datetime) -> None:
    """Open a resolved one again; a new round begins."""
    blocker.state = step(blocker.state, Verb.REOPEN)
    _fresh(blocker)
    await note(team, blocker, "reopen", by, now)
    await _tell(team, blocker, BLOCKER_OPENED, now, by=by)


async def escalated(team: Team, blocker: Blocker, step: str, to: str, now: datetime) -> None:
    """Let the world outside know that a blocker went to the next person."""
    await _tell(team, blocker, BLOCKER_ESCALATED, now, step, to=to, step=step)


async def _tell(team: Team, blocker: Blocker, event: str, now: datetime, what: str = "", **more: Any) -> None:
    occasion = f"{blocker.id}:{blocker.round}:{what}"
    told = {name: getattr(blocker, name) for name in TOLD}
    data = {**told, "contractor": blocker.user_id, "helper": blocker.helper_id, "manager": blocker.manager_id, **more}
    await webhook.tell(team, event, occasion, data, now)


async def hand(team: Team, blocker: Blocker, to: str, by: str, now: datetime, verb: str = "hand") -> None:
    """Give it to somebody else, for whom a new round begins."""
    blocker.state, blocker.helper_id = State.OPEN, to
    _fresh(blocker)
    await note(team, blocker, verb, by, now, to)


def _fresh(blocker: Blocker) -> None:
    blocker.round += 1
    blocker.seen_at = blocker.taken_at = blocker.resolved_at = None
    blocker.seen_by = blocker.taken_by = blocker.resolved_by = ""


async def wind(team: Team, case: Case, since: datetime, book: BlockerBook, usual: ContractorBook) -> None:
    """Set when the helper is reminded and the next ones are told, counted in the helper's working time."""
    hours = case.hours(case.blocker.helper_id, usual)
    await timetable.drop(team, case.blocker.id)
    for each in book.steps:
        if target(case.blocker, each):
            when = When(step_at(each, hours, since))
            await timetable.put(team, f"blocker.{each.name}", {case.blocker.id: when})


async def still(team: Team, blocker: Blocker, by: str, now: datetime) -> None:
    """Note that the contractor is still stuck; what is said about it next is said anew."""
    blocker.round += 1
    await note(team, blocker, "still", by, now)


async def stopped(team: Team, blocker: Blocker) -> bool:
    """Tell whether nothing more is due about a blocker."""
    return not await timetable.of(team, blocker.id)


async def say(team: Team, blocker: Blocker, verb: str, by: str, now: datetime, words: str) -> None:
    """Keep somebody's words: an update or a question."""
    await note(team, blocker, verb, by, now, words)


async def describe(team: Team, blocker: Blocker, values: Mapping[str, Any], by: str, now: datetime) -> None:
    """Change what a blocker says; what it said before stays in its notes."""
    before = blocker.text if values["text"] != blocker.text else ""
    for name, value in values.items():
        setattr(blocker, name, value)
    await note(team, blocker, "details", by, now, before)
