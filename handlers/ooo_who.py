"""Who is away: of the people around whoever asks, with the days; why is only for the manager."""

from collections.abc import Collection
from datetime import date, timedelta

from blocks import ooo as draw
from blocks.ooo import Gone
from handlers.contract import Call, Desk, Reply, Say
from handlers.ooo_work import Work, begin, everybody
from playbook.holidays import holiday_name
from playbook.ooo import PARTLY
from storage import contractor
from storage import ooo_plan as store
from storage.contractor import helpers
from storage.rhythm_tables import Away
from storage.tables import Contractor

DAY = timedelta(days=1)
MOST_HOLIDAYS = 8


async def pressed(call: Call, desk: Desk) -> Reply:
    """List it from a button."""
    return await show(await begin(call, desk))


async def show(work: Work) -> Reply:
    """List who is away today and in the days to come."""
    desk, today = work.desk, work.today
    until = today + desk.playbook.ooo.list_days * DAY
    places = await _around(work)
    ids = {work.call.user_id} | {one for place in places for one in (place.user_id, *helpers(place).values()) if one}
    managed = {one.user_id for one in places if one.manager_id == work.call.user_id}
    known = await everybody(desk, ids)
    rows = [row for row in await store.between(desk.team, known, today, until) if row.back_at is None]
    gone = [_gone(row, managed | {work.call.user_id}) for row in rows]
    text, blocks = draw.who(gone, await _holidays(work, managed), today, desk.playbook.ooo.list_days)
    return Say(text=text, blocks=blocks)


async def _around(work: Work) -> list[Contractor]:
    """Give the contractors around whoever asks: themselves, those they help, those of the same project."""
    team, me = work.desk.team, work.whose.place
    if work.who.is_admin and me is None:
        return list(await contractor.everyone(team))
    found = {one.user_id: one for one in await contractor.helped_by(team, work.call.user_id)}
    if me is not None:
        project = me.project.casefold()
        mates = [one for one in await contractor.everyone(team) if one.project.casefold() == project]
        found |= {one.user_id: one for one in (me, *mates)}
    return list(found.values())


def _gone(row: Away, open_to_me: Collection[str]) -> Gone:
    """Give one line; the type and the note only where the reader may know them."""
    partly, mine = row.kind == PARTLY, row.user_id in open_to_me
    kind = {"holiday": "holiday", "off": "off", PARTLY: "partly"}.get(row.kind, "") if mine else ""
    return Gone(row.user_id, row.first, row.last, partly, kind, row.note if mine else "", row.deputy_id)


async def _holidays(work: Work, managed: Collection[str]) -> list[tuple[str, date, str]]:
    """Give the public holidays of a manager's contractors that count as days off, with those who have them."""
    found: dict[tuple[date, str], list[str]] = {}
    for whose in (await everybody(work.desk, managed)).values():
        for ahead in range(work.desk.playbook.ooo.list_days + 1):
            day = work.today + ahead * DAY
            name = holiday_name(day, whose.free.country)
            if name and day.weekday() in whose.weekdays and day not in whose.free.worked:
                found.setdefault((day, name), []).append(whose.id)
    listed = sorted(found.items())[:MOST_HOLIDAYS]
    return [(draw.names(ids), day, name) for (day, name), ids in listed]
