"""Keeping time away: a stretch joins those it meets, is changed, or taken back; and what its person is told."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from blocks import ooo as draw
from blocks.ooo import Noted
from handlers.contract import Letters, Reply, Say, soon
from handlers.ooo_tell import recipients, taken_back, tell
from handlers.ooo_work import NOT_THERE, Work, follows, morning_after
from playbook.days import local_day
from playbook.ooo import Stretch, joined, without, working_days
from playbook.sorry import Sorry
from storage import ooo_facts, people
from storage import ooo_plan as store
from storage.ooo import days_of as store_days
from storage.ooo_plan import Change
from storage.rhythm_tables import Away


@dataclass(frozen=True)
class Plan:
    """What is to be noted."""

    first: date
    last: date
    kind: str = "off"
    note: str = ""
    deputy_id: str = ""
    open_end: bool = False

    @property
    def stretch(self) -> Stretch:
        """Give its days."""
        return Stretch(self.first, self.last, self.kind)


async def deputy_problem(work: Work, plan: Plan) -> str:
    """Say why somebody cannot stand in, "" if they can."""
    if not plan.deputy_id:
        return ""
    person = await people.find(work.desk.team, plan.deputy_id)
    here = person is not None and not person.deactivated and not person.is_bot and plan.deputy_id != work.whose.id
    gone = await store.between(work.desk.team, [plan.deputy_id], plan.first, plan.last) if here else ()
    away = any(row.kind != "partly" and row.back_at is None for row in gone)
    return "" if here and not away else work.desk.playbook.ooo.sentences.deputy


async def save(work: Work, plan: Plan, editing: Away | None = None) -> Reply:
    """Keep a stretch, let everything follow, tell whom it concerns, and say what was noted."""
    desk, team = work.desk, work.desk.team
    met = [row for row in await store.between(team, [work.whose.id], plan.first, plan.last) if row.back_at is None]
    met = [row for row in met if editing is None or row.id != editing.id]
    same = [row for row in met if (row.kind == "partly") == plan.stretch.partly]
    other = [row for row in met if row not in same]
    whole = joined(plan.stretch, [_stretch(row) for row in same])
    before = tuple(row.model_copy() for row in (*([editing] if editing else []), *met))
    row = await _kept(work, plan, whole, editing or next(iter(same), None), same)
    await store.drop(team, [one for one in same if one.id != row.id])
    pieces = await _cut(work, other, whole)
    change = Change((row.id, *(one.id for one in pieces)), before)
    await store.remember(team, work.whose.id, row.id, change, desk.now)
    gone = [letter for one in before if one.id not in change.after for letter in await taken_back(work, one)]
    letters = [*gone, *await told(work, row)]
    for piece in pieces:
        letters += await tell(work, piece)
    days = work.whose.free.days.difference(*(store_days(one) for one in before))
    days = days.union(*(store_days(one) for one in (row, *pieces) if one.kind != "partly"))
    noted = await _noted(work, row, plan, days, changed=editing is not None)
    joins = tuple((one.first, one.last) for one in before if one.id in {each.id for each in same})
    cuts = tuple((one.first, one.last) for one in before if one.id in {each.id for each in other})
    text, blocks = draw.noted(replace(noted, joins=joins, cuts=cuts))
    return Say(text=text, blocks=blocks).also(*letters)


def _stretch(row: Away) -> Stretch:
    return Stretch(row.first, row.last, row.kind)


async def _kept(work: Work, plan: Plan, whole: Stretch, row: Away | None, same: Sequence[Away]) -> Away:
    """Write the whole stretch: into the one that is changed or met first, else as a new one."""
    notes = [plan.note, *(one.note for one in same if one.note and one.note != plan.note)]
    deputies = [plan.deputy_id, *(one.deputy_id for one in same)]
    note = "; ".join(filter(None, notes))[: work.desk.playbook.ooo.note_limit]
    values: dict[str, Any] = {"first": whole.first, "last": whole.last, "kind": plan.kind, "note": note}
    values |= {"deputy_id": next(filter(None, deputies), ""), "planned_at": work.desk.now, "back_at": None}
    if row is None:
        row = Away(team_id=work.desk.team.team_id, user_id=work.whose.id, planned_by=work.call.user_id, **values)
        await store.keep(work.desk.team, row)
        return row
    for name, value in values.items():
        setattr(row, name, value)
    row.planned_by = work.call.user_id
    await work.desk.team.session.flush()
    return row


async def _cut(work: Work, others: Sequence[Away], whole: Stretch) -> list[Away]:
    """Take the days of a stretch out of others of another kind; gives what is left of these."""
    kept = []
    for row in others:
        left = without(_stretch(row), whole)
        if not left:
            await store.drop(work.desk.team, [row])
            continue
        spare = row.model_dump(exclude={"id"})
        row.first, row.last = left[0].first, left[0].last
        kept.append(row)
        for piece in left[1:]:
            more = Away(**spare | {"first": piece.first, "last": piece.last})
            await store.keep(work.desk.team, more)
            kept.append(more)
    await work.desk.team.session.flush()
    return kept


async def told(work: Work, row: Away) -> list[Letters]:
    """Let everything follow a stretch, hand over what is open when it has begun, and write to whom it concerns."""
    await follows(work.desk, work.whose)
    if row.deputy_id and row.kind != "partly" and row.first <= work.today <= row.last:
        held = await ooo_facts.held(work.desk.team, [work.whose.id])
        await soon(work.desk, *(("blocker.stand_in", one.id) for one in held))
    return await tell(work, row)


async def _noted(work: Work, row: Away, plan: Plan, days: frozenset[date], *, changed: bool) -> Noted:
    """Gather what is said about a stretch that was noted; `days` are all on which its person is off now."""
    desk = work.desk
    whose = replace(work.whose, free=replace(work.whose.free, days=days))
    again = morning_after(whose, row.last, desk) if row.kind != "partly" else None
    managers, helped = await recipients(work, row)
    return Noted(
        row.id,
        "" if work.own else whose.id,
        row.first,
        row.last,
        work.today,
        working_days(row.first, row.last, whose.weekdays, whose.holidays),
        partly=row.kind == "partly",
        again=again,
        again_day=local_day(again, whose.zone) if again else None,
        again_at=f"{desk.playbook.ooo.returns:%H:%M}",
        deputy_id=row.deputy_id,
        told=managers,
        helped=len(helped),
        held=len(await ooo_facts.held(desk.team, [whose.id])),
        open_end=plan.open_end and row.first == row.last,
        changed=changed,
    )


async def undo(work: Work, row: Away) -> Reply:
    """Take the last change of a stretch back; what stood before it stands again."""
    team, shown = work.desk.team, (row.first, row.last)
    change = await store.last_change(team, work.whose.id, row.id)
    there = [await store.find(team, one) for one in change.after] if change else []
    if change is None or not all(there):
        raise Sorry(NOT_THERE)
    gone = [one for one in there if one is not None]
    await store.swap(team, gone, change.before)
    await follows(work.desk, work.whose)
    letters: list[Letters] = []
    stands = {one.id for one in change.before}
    for one in gone:
        letters += await taken_back(work, one) if one.id not in stands else ()
    restored = [one for one in await store.of(team, [work.whose.id], date.min) if one.id in stands]
    for one in restored:
        letters += await tell(work, one)
    text = draw.undone(*shown, work.today, [(one.first, one.last) for one in restored])
    return Say(text=text).also(*letters)
