"""Several checklists at once: what waits for somebody, and each contractor they have to do with."""

from blocks import checklist_list as draw
from blocks.checklist_list import Member, Overview, Waiting
from handlers.checklist_lay import calendars_of, until
from handlers.checklist_work import in_modal, owner_id, where
from handlers.contract import Call, Desk, OpenModal, PushModal, ReplaceModal, Reply, memo
from handlers.who import Asker, asker, whom_to_ask
from playbook.checklist import State, counts_from, state_on
from playbook.days import local_day
from playbook.sorry import Sorry
from playbook.tongue import phrase
from storage import checklist as store
from storage import path as paths
from storage.checklist import Progress
from storage.path import travellers

NOBODY = phrase("No checklist is yours to see yet: you are not on the path, nor around anybody who is. {ask}")


async def show(call: Call, desk: Desk, who: Asker, page: int = 0, lead: str = "") -> Reply:
    """Show what waits for somebody, and how far each contractor is whom they manage or help; admins see all."""
    overview = await _overview(desk, who, page, lead)
    if not overview.members:
        raise Sorry(NOBODY.format(ask=phrase("To put somebody on it, {desk}", desk=await whom_to_ask(desk))))
    view = draw.overview(overview, memo(where(call)))
    return ReplaceModal(view=view) if in_modal(call) else OpenModal(view=view)


async def all_of_them(call: Call, desk: Desk) -> Reply:
    """Show them over one's own."""
    reply = await show(call, desk, await asker(call, desk))
    return PushModal(view=reply.view) if isinstance(reply, ReplaceModal) else reply


async def turned(call: Call, desk: Desk) -> Reply:
    """Turn to another page of contractors."""
    return await show(call, desk, await asker(call, desk), int(call.value) if call.value.isdecimal() else 0)


async def _overview(desk: Desk, who: Asker, page: int, lead: str) -> Overview:
    me = who.person.user_id
    ids = await (paths.everybody(desk.team) if who.is_admin else paths.concerning(desk.team, [me]))
    found = await travellers(desk.team, ids, paused=True)
    found = {one: traveller for one, traveller in found.items() if who.is_admin or traveller.roles_of(me)}
    today = local_day(desk.now, who.person.zone)
    progress = await store.progress(desk.team, list(found), today)
    members = [
        Member(one, traveller.person.name, progress.get(one), traveller.place.paused_at is not None)
        for one, traveller in found.items()
    ]
    calendar = (await calendars_of(desk, [me]))[me]
    active = [one for one, traveller in found.items() if traveller.place.paused_at is None]
    items = await store.waiting(desk.team, active, until(calendar, today))
    waiting = [
        Waiting(item, state_on(item.state, item.due, item.snoozed_until, today))
        for item in items
        if owner_id(found[item.user_id], item.owner) == me
    ]
    waiting.sort(key=lambda one: (one.state is not State.OVERDUE, counts_from(one.item.due, one.item.snoozed_until)))
    return Overview(waiting, sorted(members, key=_overdue_first), page, lead)


def _overdue_first(member: Member) -> tuple[int, bool, str]:
    progress = member.progress or Progress()
    return (-progress.overdue, progress.total == progress.done, member.name.casefold())
