"""Rate reviews: every few months, begun by the manager, seen by the contractor once they are invited."""

from blocks import rate as draw
from blocks import rate_page
from blocks.kit import View, actions, button, mention, section
from handlers import rate_clock
from handlers.contract import Call, Desk, Duty, Kind, OpenModal, ReplaceModal, Reply, Route, Sample, Say
from handlers.rate_amounts import amounts, change, sealed
from handlers.rate_clock import FOR_EVER, LAY, NOTICE, WEEK, lay, next_lay, next_notice, tell
from handlers.rate_end import correct, decide_form, decided
from handlers.rate_look import lead, own, page, settle
from handlers.rate_mine import mine, own_amount, prepare, prepared
from handlers.rate_plan import invite, invited, plan, planned
from handlers.who import NOT_ON_THE_PATH, asker, who_adds
from playbook.days import local_day
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.words import mentioned
from storage import contractor
from storage import rate as store
from storage.path import travellers

WHOSE = phrase("Say whose rate review, like `/contractor rate @person`. `/contractor rate` lists everybody you manage.")


async def command(call: Call, desk: Desk) -> Reply:
    """Answer `/circle rate`, and "rate" in the direct message: one's own page, or everybody's for a manager."""
    return await _typed(call, desk, mentioned(call.text))


async def verb(call: Call, desk: Desk) -> Reply:
    """Answer `/contractor rate @person`, and without a name with everybody whom the one who asks manages."""
    user_id = mentioned(call.text)
    if user_id or not await contractor.managed_by(desk.team, [call.user_id]):
        return await _typed(call, desk, user_id)
    return _opens(call, await _everybody(desk, call.user_id, ""), phrase("Here are the rate reviews."), draw.LIST, "0")


async def _typed(call: Call, desk: Desk, user_id: str) -> Reply:
    if call.text.strip() and not user_id:
        raise Sorry(WHOSE)
    view = await _view(call, desk, user_id)
    text = (
        phrase("Here is the rate review of {user_id}.", user_id=mention(user_id)) if user_id else phrase("Here it is.")
    )
    return _opens(call, view, text, draw.OPEN, user_id)


def _opens(call: Call, view: View, text: str, action_id: str, value: str) -> Reply:
    """Open a page; where none can open by itself, with a button."""
    if call.kind is not Kind.EVENT:
        return OpenModal(view=view)
    return Say(text=text, blocks=[section(text), actions(button(phrase("Open"), action_id, value, "primary"))])


async def opened(call: Call, desk: Desk) -> Reply:
    """Open a contractor's page from a button, or one's own."""
    return OpenModal(view=await _view(call, desk, call.value))


async def _view(call: Call, desk: Desk, user_id: str) -> View:
    if user_id and user_id != call.user_id:
        return await page(desk, await lead(call, desk, user_id))
    if (await asker(call, desk)).contractor is not None:
        return await mine(desk, await own(call, desk))
    if not await contractor.managed_by(desk.team, [call.user_id]):
        raise Sorry(NOT_ON_THE_PATH.format(ask=await who_adds(desk)))
    return await _everybody(desk, call.user_id, "")


async def listed(call: Call, desk: Desk) -> Reply:
    """Turn the pages of everybody whom the one who asks manages."""
    await asker(call, desk)
    return ReplaceModal(view=await _everybody(desk, call.user_id, call.value))


async def _everybody(desk: Desk, manager_id: str, value: str) -> View:
    who = await travellers(desk.team, [one.user_id for one in await contractor.managed_by(desk.team, [manager_id])])
    await settle(desk, list(who.values()))
    plans, waiting = await store.plans(desk.team, who), await store.waiting(desk.team, who)
    rows = [
        rate_page.Row(one, row.next_on, row.months, invited=one in waiting and waiting[one].invited_at is not None)
        for one, row in plans.items()
    ]
    at = int(value) if value.isdecimal() and len(value) < len("1000") else 0
    zone = next((each.zone_of("manager") for each in who.values()), "UTC")
    return rate_page.listed(rows, at, local_day(desk.now, zone), desk.playbook.rate.overdue_days)


SAMPLES: tuple[Sample, ...] = rate_clock.SAMPLES
ROUTES: tuple[Route, ...] = (
    Route(Kind.ACTION, draw.OPEN, opened, opens=True),
    Route(Kind.ACTION, draw.LIST, listed, opens=True),
    Route(Kind.ACTION, draw.LIST_ON, listed),
    Route(Kind.ACTION, draw.PLAN, plan, opens=True),
    Route(Kind.FORM, draw.PLANNED, planned),
    Route(Kind.ACTION, draw.INVITE, invite, opens=True),
    Route(Kind.FORM, draw.INVITED, invited),
    Route(Kind.ACTION, draw.DECIDE, decide_form, opens=True),
    Route(Kind.ACTION, draw.CORRECT, correct, opens=True),
    Route(Kind.FORM, draw.DECIDED, decided),
    Route(Kind.ACTION, draw.AMOUNTS, amounts, opens=True),
    Route(Kind.ACTION, draw.CHANGE, change, opens=True),
    Route(Kind.FORM, draw.SEALED, sealed),
    Route(Kind.ACTION, draw.PREPARE, prepare, opens=True),
    Route(Kind.FORM, draw.PREPARED, prepared),
    Route(Kind.ACTION, draw.OWN_AMOUNT, own_amount, opens=True),
)
DUTIES: tuple[Duty, ...] = (
    Duty(LAY, lay, next_lay, FOR_EVER, for_contractors=True, once=True, lays=True),
    Duty(NOTICE, tell, next_notice, WEEK, for_contractors=True, at_once=20),
)
