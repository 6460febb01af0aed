"""Quarterly Reviews: opening their page from a command or a button, and all routes and duties of them."""

from datetime import timedelta

from blocks import review as draw
from blocks import review_item, review_page
from handlers.contract import Call, Desk, Duty, Kind, OpenModal, PushModal, ReplaceModal, Reply, Route, Sample, Say
from handlers.review_answer import closed, saved
from handlers.review_answer import opened as form
from handlers.review_clock import HANDED, KPIS, LATE, handed, kpis, late, opens, remind
from handlers.review_item import done
from handlers.review_item import opened as item_form
from handlers.review_item import saved as item_saved
from handlers.review_look import NOT_YOURS, overview, page, readable, seat
from handlers.review_sample import SAMPLES as SAMPLES_OF_REVIEWS
from handlers.review_settle import agree, begun, dropped, keep, plan_form, replanned, talk
from handlers.review_when import OPENS, REMIND, next_opens, next_remind
from handlers.who import asker
from playbook.review import ORDER
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.words import mentioned
from storage import contractor

WEEK, MONTH = timedelta(days=7), timedelta(days=30)
WHOSE = phrase("Say whose reviews, like `/contractor review @person`. Contractors see their own with `/circle review`.")


async def command(call: Call, desk: Desk) -> Reply:
    """Answer `/circle review`, and "review" in a direct message."""
    who = await asker(call, desk)
    user_id = mentioned(call.text)
    if not user_id and who.contractor is None:
        led = await contractor.managed_by(desk.team, [call.user_id])
        raise Sorry(WHOSE if led else NOT_YOURS)
    return OpenModal(view=await overview(desk, await seat(call, desk, user_id)))


async def verb(call: Call, desk: Desk) -> Reply:
    """Answer `/contractor review @person`; where no form can open by itself, with a button."""
    user_id = mentioned(call.text)
    if not user_id and (call.text.strip() or (await asker(call, desk)).contractor is None):
        raise Sorry(WHOSE)
    found = await seat(call, desk, user_id)
    if call.kind is Kind.EVENT:
        text, blocks = draw.offer(found.traveller.user_id)
        return Say(text=text, blocks=blocks)
    return OpenModal(view=await overview(desk, found))


async def opened(call: Call, desk: Desk) -> Reply:
    """Open the reviews of a contractor from a button; one's own where it names nobody."""
    if not call.value and (await asker(call, desk)).contractor is None:
        raise Sorry(WHOSE)
    return OpenModal(view=await overview(desk, await seat(call, desk, call.value)))


async def back(call: Call, desk: Desk) -> Reply:
    """Show the reviews of a contractor in the place of what is open."""
    return ReplaceModal(view=await overview(desk, await seat(call, desk, call.value)))


async def shown(call: Call, desk: Desk) -> Reply:
    """Show the page of a shared review."""
    return ReplaceModal(view=await page(desk, await readable(call, desk, call.value), call.user_id))


async def whole(call: Call, desk: Desk) -> Reply:
    """Show both answers to one question in full."""
    review_id, _, key = call.value.partition(":")
    row = await readable(call, desk, review_id)
    if key not in ORDER:
        raise Sorry(NOT_YOURS)
    return PushModal(view=review_page.read_whole(row, key, desk.playbook.review))


SAMPLES: tuple[Sample, ...] = SAMPLES_OF_REVIEWS
ROUTES: tuple[Route, ...] = (
    Route(Kind.ACTION, draw.OPEN, opened, opens=True),
    Route(Kind.ACTION, draw.BACK, back),
    Route(Kind.ACTION, draw.ANSWER, form, opens=True),
    Route(Kind.FORM, draw.FORM, saved),
    Route(Kind.CLOSED, draw.FORM, closed),
    Route(Kind.ACTION, draw.SHOW, shown, opens=True),
    Route(Kind.ACTION, draw.BEGIN, begun, opens=True),
    Route(Kind.ACTION, draw.DROP, dropped, opens=True),
    Route(Kind.ACTION, draw.PLAN, plan_form, opens=True),
    Route(Kind.FORM, draw.PLANNED, replanned),
    Route(Kind.ACTION, review_page.WHOLE, whole, opens=True),
    Route(Kind.ACTION, review_page.KEEP, keep, opens=True),
    Route(Kind.ACTION, review_page.AGREE, agree),
    Route(Kind.ACTION, review_page.TALK, talk),
    Route(Kind.ACTION, review_item.ITEM, item_form, opens=True),
    Route(Kind.FORM, review_item.ITEM_FORM, item_saved),
    Route(Kind.ACTION, review_item.ITEM_BACK, shown),
    Route(Kind.ACTION, review_item.DONE, done),
)
DUTIES: tuple[Duty, ...] = (
    Duty(OPENS, opens, next_opens, WEEK, for_contractors=True, at_once=50),
    Duty(REMIND, remind, next_remind, WEEK, for_contractors=True, once=True),
    Duty(LATE, late, catch_up=MONTH),
    Duty(KPIS, kpis, catch_up=MONTH),
    Duty(HANDED, handed, catch_up=MONTH, lays=True),
)
