"""The weekly audit: how a week felt, in the contractor's words, before it closes."""

from datetime import timedelta

from blocks import audit as draw
from blocks import audit_form, audit_manager
from blocks.kit import View, actions, button, mention, section
from handlers import audit_sample
from handlers.audit_again import CHANGED, changed
from handlers.audit_answer import day, form, saved, say_mostly, say_no, say_yes
from handlers.audit_ask import ASK, LAST, ask, last_call, next_ask, next_last
from handlers.audit_look import NOT_YOURS, concern, current, reachable, read_record
from handlers.audit_manager import SHOW, everybody, newest, next_show, page, seen, show
from handlers.contract import Call, Desk, Duty, Kind, OpenModal, ReplaceModal, Reply, Route, Sample, Say
from handlers.who import asker
from playbook.roles import Action
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.words import mentioned
from storage import contractor

WHOSE = phrase(
    "Say whose week, like `/contractor audit @person`. `/circle audit` shows yours, or those of all you manage."
)
HALF_A_DAY = timedelta(hours=12)


async def command(call: Call, desk: Desk) -> Reply:
    """Answer `/circle audit`, and "audit" in a direct message: one's own week, or everybody's for a manager."""
    user_id = mentioned(call.text)
    if call.text.strip() and not user_id:
        raise Sorry(WHOSE)
    return OpenModal(view=await _view(call, desk, user_id))


async def verb(call: Call, desk: Desk) -> Reply:
    """Answer `/contractor audit @person`; where no form can open by itself, with a button."""
    user_id = mentioned(call.text)
    if call.text.strip() and not user_id:
        raise Sorry(WHOSE)
    if call.kind is not Kind.EVENT:
        return OpenModal(view=await _view(call, desk, user_id))
    about = await concern(call, desk, Action.AUDIT_READ, user_id or call.user_id)
    key = draw.record(about.id, current(about.traveller, desk))
    text = phrase("Here is how the week felt to {about}.", about=mention(about.id))
    return Say(text=text, blocks=[section(text), actions(button(phrase("Open"), draw.OPEN, key))])


async def opened(call: Call, desk: Desk) -> Reply:
    """Open a week from a button: the contractor's own as a form, a manager's as a page."""
    if ":" not in call.value:
        return OpenModal(view=await _view(call, desk, call.value))
    return OpenModal(view=await _turned(call, desk))


async def turned(call: Call, desk: Desk) -> Reply:
    """Turn to the week before or after."""
    return ReplaceModal(view=await _turned(call, desk))


async def _turned(call: Call, desk: Desk) -> View:
    user_id, week = read_record(call.value)
    about = await concern(call, desk, Action.AUDIT_READ, user_id)
    reachable(about.traveller, week, desk)
    return await (form if about.own else page)(desk, about, week)


async def _view(call: Call, desk: Desk, user_id: str) -> View:
    """Give the week that is looked at now: of a contractor, one's own, or everybody's for who manages them."""
    who = await asker(call, desk)
    if not user_id and who.contractor is None:
        if not await contractor.managed_by(desk.team, [call.user_id]):
            raise Sorry(NOT_YOURS)
        return await newest(desk, call.user_id)
    about = await concern(call, desk, Action.AUDIT_READ, user_id or call.user_id)
    week = reachable(about.traveller, current(about.traveller, desk), desk)
    return await (form if about.own else page)(desk, about, week)


async def listed(call: Call, desk: Desk) -> Reply:
    """Open the pages of everybody's week from the message."""
    reply = await everybody(call, desk)
    return OpenModal(view=reply.view) if isinstance(reply, ReplaceModal) else reply


SAMPLES: tuple[Sample, ...] = audit_sample.SAMPLES
ROUTES: tuple[Route, ...] = (
    Route(Kind.ACTION, draw.SAY_YES, say_yes),
    Route(Kind.ACTION, draw.SAY_MOSTLY, say_mostly),
    Route(Kind.ACTION, draw.SAY_NO, say_no, opens=True),
    Route(Kind.ACTION, draw.OPEN, opened, opens=True),
    Route(Kind.FORM, audit_form.FORM, saved),
    Route(Kind.ACTION, audit_form.DAY, day, opens=True),
    Route(Kind.ACTION, audit_form.EARLIER, turned),
    Route(Kind.ACTION, audit_form.LATER, turned),
    Route(Kind.ACTION, audit_manager.SEEN, seen),
    Route(Kind.ACTION, audit_manager.ALL, listed, opens=True),
    Route(Kind.ACTION, audit_manager.BACK, everybody),
    Route(Kind.ACTION, audit_manager.ON, everybody),
)
DUTIES: tuple[Duty, ...] = (
    Duty(ASK, ask, next_ask, HALF_A_DAY, for_contractors=True, at_once=50),
    Duty(LAST, last_call, next_last, HALF_A_DAY, for_contractors=True, at_once=50),
    Duty(SHOW, show, next_show, HALF_A_DAY, for_managers=True, at_once=20),
    Duty(CHANGED, changed, at_once=50),
)
