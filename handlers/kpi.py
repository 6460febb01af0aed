"""KPIs: looking at somebody's blueprint, and the tables of everything that is asked and due about it."""

from dataclasses import replace
from datetime import timedelta

from blocks import kpi as draw
from blocks import kpi_letter, kpi_week
from blocks.kit import actions, button, mention, section
from handlers.contract import Call, Desk, Duty, Kind, OpenModal, PushModal, ReplaceModal, Reply, Route, Sample, Say
from handlers.kpi_agree import agree, discuss, discussed, propose
from handlers.kpi_confirm import CONFIRM, ask, asked_about, confirm, confirm_weekly, next_confirm
from handlers.kpi_edit import back, drop, edit, saved
from handlers.kpi_look import concern, sheet
from handlers.kpi_question import WEEKLY, next_weekly, weekly
from handlers.kpi_remind import (
    ASK,
    REMIND,
    REMIND_MANAGER,
    next_ask,
    next_remind,
    next_remind_manager,
    remind,
    remind_manager,
)
from handlers.kpi_remind import ask as ask_to_draft
from handlers.kpi_sample import SAMPLES as SAMPLES_OF_KPIS
from handlers.kpi_week import enter, entered
from playbook.kpi import Tab
from playbook.roles import Action
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.words import mentioned
from storage import kpi

WHOSE = phrase("Say whose KPIs, like `/contractor kpi @person`. Without a name, I show yours.")
WEEK = timedelta(days=7)


async def typed(call: Call, desk: Desk) -> Reply:
    """Answer `/contractor kpi @person`; without a name, one's own."""
    user_id = mentioned(call.text)
    if call.text.strip() and not user_id:
        raise Sorry(WHOSE)
    return await opened(replace(call, value=user_id), desk)


async def opened(call: Call, desk: Desk) -> Reply:
    """Open somebody's blueprint; where no form can open by itself, with a button."""
    about = await concern(call, desk, Action.KPI_READ, call.value)
    if call.kind is Kind.EVENT:
        text = phrase("Here are the KPIs of {about}.", about=mention(about.id))
        return Say(text=text, blocks=[section(text), actions(button(phrase("Open"), draw.OPEN, about.id))])
    return OpenModal(view=await sheet(desk, about, "input"))


async def input_tab(call: Call, desk: Desk) -> Reply:
    """Turn to the Input tab."""
    return await _turn(call, desk, "input")


async def output_tab(call: Call, desk: Desk) -> Reply:
    """Turn to the Output tab."""
    return await _turn(call, desk, "output")


async def _turn(call: Call, desk: Desk, tab: Tab) -> Reply:
    about = await concern(call, desk, Action.KPI_READ, call.value)
    return ReplaceModal(view=await sheet(desk, about, tab))


async def history(call: Call, desk: Desk) -> Reply:
    """Show every version there ever was, with what changed from one to the next."""
    about = await concern(call, desk, Action.KPI_READ, call.value)
    versions = await kpi.versions(desk.team, about.id)
    return PushModal(view=draw.history(about.id, versions, desk.playbook.kpi))


SAMPLES: tuple[Sample, ...] = SAMPLES_OF_KPIS
ROUTES: tuple[Route, ...] = (
    Route(Kind.ACTION, draw.OPEN, opened, opens=True),
    Route(Kind.ACTION, draw.INPUT, input_tab),
    Route(Kind.ACTION, draw.OUTPUT, output_tab),
    Route(Kind.ACTION, draw.EDIT, edit),
    Route(Kind.ACTION, draw.BACK, back),
    Route(Kind.FORM, draw.FORM, saved),
    Route(Kind.ACTION, draw.PROPOSE, propose),
    Route(Kind.ACTION, draw.DROP, drop),
    Route(Kind.ACTION, draw.AGREE, agree),
    Route(Kind.ACTION, draw.DISCUSS, discuss, opens=True),
    Route(Kind.FORM, kpi_letter.DISCUSS_FORM, discussed),
    Route(Kind.ACTION, draw.HISTORY, history, opens=True),
    Route(Kind.ACTION, draw.ENTER, enter, opens=True),
    Route(Kind.FORM, kpi_week.ENTER_FORM, entered),
    Route(Kind.ACTION, kpi_week.CONFIRM, confirm),
    Route(Kind.ACTION, kpi_week.ASK, ask, opens=True),
    Route(Kind.FORM, kpi_week.ASK_FORM, asked_about),
)
DUTIES: tuple[Duty, ...] = (
    Duty(ASK, ask_to_draft, next_ask, catch_up=WEEK, for_contractors=True, once=True),
    Duty(REMIND, remind, next_remind, catch_up=WEEK, for_contractors=True, once=True),
    Duty(REMIND_MANAGER, remind_manager, next_remind_manager, catch_up=WEEK, for_contractors=True, once=True),
    Duty(WEEKLY, weekly, next_weekly, for_contractors=True, at_once=50),
    Duty(CONFIRM, confirm_weekly, next_confirm, for_managers=True, at_once=20),
)
