"""The checklist of each contractor's path: its items, and what became of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, case, func, or_
from sqlmodel import col, select

from playbook.checklist import SOMEDAY
from playbook.webhook import CHECKLIST_DONE
from storage import webhook
from storage.database import Team
from storage.path_tables import ChecklistItem
from storage.tables import Blocker, Fact

TODO, DONE, NOT_APPLICABLE = "todo", "done", "na"
ORDER = (col(ChecklistItem.due), col(ChecklistItem.position), col(ChecklistItem.id))
VERIFIER = "operations"
UNSEEN_PROOF: Any = and_(
    col(ChecklistItem.state) == DONE, col(ChecklistItem.proof) != "", col(ChecklistItem.verified_at).is_(None)
)
NOTHING_KEPT: Mapping[str, Any] = {
    "state": TODO,
    "done_at": None,
    "done_by": "",
    "why_not": "",
    "proof": "",
    "verified_at": None,
    "verified_by": "",
    "snoozed_until": None,
}


TOLD = ("id", "key", "phase", "owner", "day", "due", "done_at")


@dataclass(frozen=True)
class Progress:
    """How far a checklist has come; what is not applicable counts in neither number."""

    done: int = 0
    total: int = 0
    overdue: int = 0


async def tick(team: Team, user_id: str, auto: str, by: str, now: datetime) -> bool:
    """Tick what has been done for a contractor by something that happened (`auto` names it); tells if any was open.

    It is remembered, so that an item that is laid later finds it done (`tick_again`).
    """
    await team.put(Fact, {"name": _happened(user_id, auto)}, value=f"{now.isoformat()} {by}")
    return await _tick(team, user_id, auto, by, now)


async def tick_again(team: Team, user_id: str, autos: Collection[str]) -> None:
    """Tick items that were laid after what ticks them had happened."""
    names = {_happened(user_id, auto): auto for auto in autos if auto}
    for fact in await team.all(team.select(Fact).where(col(Fact.name).in_(names))) if names else ():
        at, _, by = fact.value.partition(" ")
        await _tick(team, user_id, names[fact.name], by, datetime.fromisoformat(at))


async def untick(team: Team, user_id: str, auto: str) -> bool:
    """Take back what `tick` has done, because what had happened holds no more; items with a proof stay.

    Tells if any was taken back.
    """
    fact = team.delete(Fact).where(col(Fact.name) == _happened(user_id, auto))
    if not await team.change(fact):
        return False
    theirs = team.update(ChecklistItem).where(col(ChecklistItem.user_id) == user_id, col(ChecklistItem.auto) == auto)
    ticked = theirs.where(col(ChecklistItem.state) == DONE, col(ChecklistItem.proof) == "")
    return await team.change(ticked.values(**NOTHING_KEPT)) > 0


def _happened(user_id: str, auto: str) -> str:
    return f"happened:{user_id}:{auto}"


async def _tick(team: Team, user_id: str, auto: str, by: str, now: datetime) -> bool:
    theirs = team.update(ChecklistItem).where(col(ChecklistItem.user_id) == user_id, col(ChecklistItem.auto) == auto)
    still = theirs.where(col(ChecklistItem.state) == TODO)
    ticked = await team.change(still.values(state=DONE, done_at=now, done_by=by, snoozed_until=None)) > 0
    if ticked:
        mine = (col(ChecklistItem.user_id) == user_id, col(ChecklistItem.auto) == auto)
        await _tell(team, now, *mine, col(ChecklistItem.done_at) == now)
    return ticked


async def _tell(team: Team, now: datetime, *which: Any) -> None:
    """Let the world outside know of items that were done just now."""
    if not await webhook.wanted(team, CHECKLIST_DONE):
        return
    items = team.select(ChecklistItem).where(col(ChecklistItem.state) == DONE, *which)
    for item in await team.all(items.execution_options(populate_existing=True)):
        told = {name: getattr(item, name) for name in TOLD}
        data = {**told, "contractor": item.user_id, "by": item.done_by}
        await webhook.tell(team, CHECKLIST_DONE, f"{item.id}:{now.isoformat()}", data, now)


async def find(team: Team, item_id: str) -> ChecklistItem | None:
    """Fetch one item, as it is now."""
    return await team.lock(ChecklistItem, id=item_id)


async def of(team: Team, user_id: str) -> Sequence[ChecklistItem]:
    """Fetch a contractor's checklist, in the order of its days."""
    mine = team.select(ChecklistItem).where(col(ChecklistItem.user_id) == user_id).order_by(*ORDER)
    return await team.all(mine.execution_options(populate_existing=True))


async def of_all(team: Team, user_ids: Collection[str]) -> Sequence[ChecklistItem]:
    """Fetch the checklists of several contractors at once."""
    theirs = team.select(ChecklistItem).where(col(ChecklistItem.user_id).in_(set(user_ids)))
    return await team.all(theirs.order_by(*ORDER).execution_options(populate_existing=True)) if user_ids else ()


async def waiting(
    team: Team, user_ids: Collection[str], until: date, done_since: datetime | None = None
) -> Sequence[ChecklistItem]:
    """Fetch what asks to be done up to a day in several checklists, in one query however many these are.

    With a moment, also what was done since then, and every proof that nobody has looked at yet.
    """
    if not user_ids:
        return ()
    snoozed = col(ChecklistItem.snoozed_until)
    asks = and_(
        col(ChecklistItem.state) == TODO, col(ChecklistItem.due) <= until, or_(snoozed.is_(None), snoozed <= until)
    )
    wanted = or_(asks, UNSEEN_PROOF, col(ChecklistItem.done_at) >= done_since) if done_since else asks
    theirs = team.select(ChecklistItem).where(col(ChecklistItem.user_id).in_(set(user_ids)), wanted)
    return await team.all(theirs.order_by(*ORDER).execution_options(populate_existing=True))


async def open_owners(team: Team, user_ids: Collection[str]) -> Mapping[str, frozenset[str]]:
    """Say for each contractor which roles still have something to do, or a proof to look at."""
    if not user_ids:
        return {}
    snoozed = col(ChecklistItem.snoozed_until)
    asked = and_(col(ChecklistItem.state) == TODO, or_(snoozed.is_(None), snoozed != SOMEDAY))
    query = (
        select(col(ChecklistItem.user_id), col(ChecklistItem.owner), col(ChecklistItem.state))
        .where(col(ChecklistItem.team_id) == team.team_id, col(ChecklistItem.user_id).in_(set(user_ids)))
        .where(or_(asked, UNSEEN_PROOF))
        .distinct()
    )
    found: dict[str, set[str]] = {}
    for user_id, owner, state in (await team.session.exec(query)).all():
        found.setdefault(user_id, set()).add(owner if state == TODO else VERIFIER)
    return {user_id: frozenset(owners) for user_id, owners in found.items()}


async def progress(team: Team, user_ids: Collection[str], today: date | None = None) -> Mapping[str, Progress]:
    """Count how far several checklists have come; without a day, nothing is counted as overdue.

    Whoever has no checklist is missing.
    """
    if not user_ids:
        return {}
    todo, snoozed = col(ChecklistItem.state) == TODO, col(ChecklistItem.snoozed_until)
    day = today or date.min
    late = and_(todo, col(ChecklistItem.due) < day, or_(snoozed.is_(None), snoozed < day))
    query: Any = (
        select(
            col(ChecklistItem.user_id),
            _count(col(ChecklistItem.state) == DONE),
            _count(col(ChecklistItem.state) != NOT_APPLICABLE),
            _count(late),
        )
        .where(col(ChecklistItem.team_id) == team.team_id, col(ChecklistItem.user_id).in_(set(user_ids)))
        .group_by(col(ChecklistItem.user_id))
    )
    rows = (await team.session.exec(query)).all()
    return {user_id: Progress(int(done), int(total), int(overdue)) for user_id, done, total, overdue in rows}


def _count(condition: Any) -> Any:
    return func.sum(case((condition, 1), else_=0))


async def blockers(team: Team, items: Collection[ChecklistItem]) -> Mapping[str, Blocker]:
    """Give the blockers that were raised about items, by their ids."""
    ids = {one.blocker_id for one in items if one.blocker_id}
    found = await team.all(team.select(Blocker).where(col(Blocker.id).in_(ids))) if ids else ()
    return {one.id: one for one in found}


# What becomes of an item --------------------------------------------------------------------------


async def done(team: Team, item_id: str, by: str, now: datetime, proof: str = "") -> bool:
    """Tick an item; tells whether it was still to do, so that of two people the first is named."""
    values = {"state": DONE, "done_at": now, "done_by": by, "proof": proof, "snoozed_until": None}
    ticked = await _change(team, item_id, TODO, **values)
    if ticked:
        await _tell(team, now, col(ChecklistItem.id) == item_id)
    return ticked


async def not_applicable(team: Team, item_id: str, by: str, now: datetime, why: str) -> bool:
    """Say that an item does not apply here, and why; tells whether it was still to do."""
    changed = {"state": NOT_APPLICABLE, "done_at": now, "done_by": by, "why_not": why, "snoozed_until": None}
    return await _change(team, item_id, TODO, **changed)


async def snooze(team: Team, item_id: str, until: date) -> bool:
    """Put an item off to a day; tells whether it was still to do."""
    return await _change(team, item_id, TODO, snoozed_until=until)


async def undo(team: Team, item_id: str) -> bool:
    """Have an item be to do again, with nothing of what was said about it; a proof goes, and its check with it."""
    return await _change(team, item_id, "", **NOTHING_KEPT)


async def verify(team: Team, item_id: str, by: str, now: datetime) -> bool:
    """Note that somebody has looked at a proof; tells whether there was one that nobody had looked at."""
    theirs = team.update(ChecklistItem).where(col(ChecklistItem.id) == item_id, col(ChecklistItem.state) == DONE)
    fresh = theirs.where(col(ChecklistItem.verified_at).is_(None))
    return await team.change(fresh.values(verified_at=now, verified_by=by)) > 0


async def link(team: Team, item_id: str, user_id: str, blocker_id: str) -> bool:
    """Note which blocker somebody raised about an item of their own checklist."""
    mine = team.update(ChecklistItem).where(col(ChecklistItem.id) == item_id, col(ChecklistItem.user_id) == user_id)
    return await team.change(mine.values(blocker_id=blocker_id)) > 0


async def _change(team: Team, item_id: str, kept: str, **values: Any) -> bool:
    theirs = team.update(ChecklistItem).where(col(ChecklistItem.id) == item_id)
    meant = theirs.where(col(ChecklistItem.state) == kept) if kept else theirs
    return await team.change(meant.values(**values)) > 0
