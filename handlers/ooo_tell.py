"""Telling of time away: the manager, who stands in, those who are helped, and a contractor for whom it was planned.

Each of them gets one letter for a stretch, which is drawn anew whenever the stretch changes.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta

from blocks import ooo_letter as letters
from blocks.kit import Block
from blocks.ooo_letter import Told
from handlers.contract import Letters
from handlers.ooo_work import Work
from playbook.days import DAY, day_start, local_day
from playbook.ooo import working_days
from storage import contractor, ooo_facts, outbox, people
from storage import ooo_plan as store
from storage.outbox import Cancel, Lane, Post, Redraw
from storage.rhythm_tables import Away

GOOD_FOR = timedelta(days=7)
Draws = Callable[[Told], tuple[str, Sequence[Block]]]


def key_of(row: Away, user_id: str) -> str:
    """Name somebody's letter about a stretch."""
    return f"{store.about(row.id)}:told:{user_id}"


async def recipients(work: Work, row: Away) -> tuple[list[str], list[str]]:
    """Name who is told: the manager if there is one, and the contractors whom somebody helps."""
    whose = work.whose
    manager = [whose.place.manager_id] if whose.place and whose.place.manager_id else []
    manager = [one for one in manager if one != whose.id]
    rows = await contractor.helped_by(work.desk.team, whose.id) if row.kind != "partly" else ()
    helped = [one.user_id for one in rows if one.paused_at is None and one.user_id not in {whose.id, *manager}]
    here = await people.find_all(work.desk.team, [*manager, *helped])
    active = [one for one, person in here.items() if not person.deactivated]
    return [one for one in manager if one in active and one != row.planned_by], sorted(set(helped) & set(active))


async def tell(work: Work, row: Away) -> list[Letters]:
    """Write to everybody whom a stretch concerns, or draw anew what they have."""
    managers, helped = await recipients(work, row)
    told = await _told(work, row)
    about, written = store.about(row.id), await outbox.keys_about(work.desk.team, store.about(row.id))
    draws: dict[str, Draws] = dict.fromkeys(helped, letters.to_helped)
    if row.deputy_id and row.kind != "partly":
        draws[row.deputy_id] = letters.to_deputy
    place = work.whose.place
    if place and key_of(row, place.manager_id) in written:
        managers = [place.manager_id]
    draws |= dict.fromkeys(managers, letters.to_manager)
    if row.planned_by != row.user_id or key_of(row, row.user_id) in written:
        draws[row.user_id] = letters.to_oneself
    posts: list[Letters] = []
    for user_id, draw in draws.items():
        text, blocks = draw(told)
        key = key_of(row, user_id)
        again = Redraw(key, text, blocks) if key in written else None
        posts.append(again or Post(key, user_id, text, blocks, Lane.AGENDA, GOOD_FOR, about))
    left = [key for key in written if key not in {key_of(row, one) for one in draws}]
    return [*posts, *(Redraw(key, *letters.no_more(told)) for key in left)]


async def taken_back(work: Work, row: Away) -> list[Letters]:
    """Say to everybody who was told of a stretch that it is none any more."""
    told = await _told(work, row)
    about = store.about(row.id)
    written = await outbox.keys_about(work.desk.team, about)
    return [Cancel(about), *(Redraw(key, *letters.taken_back(told)) for key in written)]


async def _told(work: Work, row: Away) -> Told:
    """Gather what a letter says of a stretch; what falls into it is only looked up for who has a manager."""
    desk, whose = work.desk, work.whose
    begins, ends = day_start(row.first, whose.zone), day_start(row.last + DAY, whose.zone)
    falls = await ooo_facts.ahead(desk.team, whose.id, begins, ends, row.first, row.last)
    stuck = await ooo_facts.stuck(desk.team, whose.id)
    return Told(
        whose.id,
        row.first,
        row.last,
        local_day(desk.now, whose.zone),
        working_days(row.first, row.last, whose.weekdays, whose.holidays),
        kind=desk.playbook.ooo.label(row.kind),
        partly=row.kind == "partly",
        note=row.note,
        deputy_id=row.deputy_id,
        by=row.planned_by,
        back_at=row.back_at,
        blockers=[(one.number, one.text) for one in stuck],
        meetings=[one.at for one in falls.meetings],
        sessions=[one.at for one in falls.sessions],
        items=[one.text for one in falls.items],
        away_id=row.id,
    )
