"""The path: who is on it, and the way to everything that can be done about a contractor."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from blocks import contractor as draw
from blocks import contractor_form as form
from blocks import contractor_former as left
from blocks import contractor_import as sheet
from blocks import contractor_newcomer as guest
from blocks.workspace import set_up_first
from handlers.contract import Call, Desk, Duty, Handler, Kind, Reply, Route, Say
from handlers.contractor_end import ENDED, ended, pressed, returns
from handlers.contractor_form import (
    NEW,
    afresh,
    back,
    closed,
    offered,
    only_adders,
    opened,
    people_filled,
    who_filled,
)
from handlers.contractor_import import SHEET, cancelled, confirmed
from handlers.contractor_list import awaited, formers, listed, show, shown, turned, withdrawn
from handlers.contractor_newcomer import (
    AGAIN,
    ASKED,
    JOINED,
    asked_again,
    joined,
    late,
    not_one,
    settled,
    start,
    tomorrow,
)
from handlers.contractor_pause import pause, pause_typed, resume, resume_typed
from handlers.contractor_read import not_on_the_path
from handlers.contractor_save import LATE, PLAN, SAMPLES, planned, saved
from handlers.path import actor, may_about
from handlers.who import Asker, asker
from playbook.roles import Action, may
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.words import mentioned
from storage import people, workspace

WEEK = timedelta(days=7)


def route(verbs: Mapping[str, Handler]) -> Handler:
    """Give the handler of `/contractor`, over those of other nouns by their verbs (kpi, packet, setup and so on)."""

    async def command(call: Call, desk: Desk) -> Reply:
        """Do what another noun's verb asks for, or what is the contractor's own."""
        verb, _, rest = call.text.strip().partition(" ")
        if verb.lower() in verbs:
            return await verbs[verb.lower()](replace(call, text=rest.strip()), desk)
        return await own_command(call, desk)

    return command


async def own_command(call: Call, desk: Desk) -> Reply:
    """Answer `/contractor`: a list, one person, adding, changing, pausing, importing, or help."""
    verb, _, rest = call.text.strip().partition(" ")
    named, whom = mentioned(verb), mentioned(rest)
    verb = verb.lower() or "list"
    if verb in {"add", "edit"}:
        return await _open(call, desk, whom, verb=verb)
    if verb in {"pause", "resume"}:
        return await (pause_typed if verb == "pause" else resume_typed)(call, desk, whom)
    if verb in OWN:
        return await OWN[verb](replace(call, text=rest), desk)
    return await shown(call, desk, named) if named else Say(text=phrase("I know these:\n{help}", help=draw.HELP))


async def explained(call: Call, desk: Desk) -> Reply:
    """Explain what belongs into a CSV file of contractors."""
    await _require_adder(await asker(call, desk), desk)
    text, blocks = sheet.explained(desk.playbook.contractor.most_rows)
    return Say(text=text, blocks=blocks)


async def add(call: Call, desk: Desk) -> Reply:
    """Open the empty form from a button."""
    return await _open(call, desk, "", verb="add")


async def edit(call: Call, desk: Desk) -> Reply:
    """Open the form of a contractor, or of somebody who is expected, from a button."""
    return (
        await opened(call, desk, call.value) if "@" in call.value else await _open(call, desk, call.value, verb="edit")
    )


async def _open(call: Call, desk: Desk, user_id: str, *, verb: str) -> Reply:
    """Open the form: filled with what was agreed when the person is on the path already."""
    who = await asker(call, desk)
    person, place = await people.actor(desk.team, user_id) if user_id else (None, None)
    if place is not None and place.ended_at is not None:
        return await pressed(replace(call, value=user_id), desk)
    if place is not None and await may_about(desk, Action.CONTRACTOR_CHANGE, who.person, place):
        return await opened(call, desk, place.user_id)
    if who.is_admin and not (await workspace.get(desk.team)).adders:
        text, blocks = set_up_first()
        return Say(text=text, blocks=blocks)
    await _require_adder(who, desk)
    if verb == "edit":
        raise Sorry(
            phrase("Say whose entry to change, like `/contractor edit @person`. `/contractor` lists everybody.")
        )
    problem = not_on_the_path(person) if user_id else ""
    if place is not None:
        problem = phrase(
            "They are on the path already, and their manager or an admin changes what was agreed with them."
        )
    if problem:
        raise Sorry(problem)
    return await opened(call, desk, f"{NEW}{user_id}" if user_id else "")


async def _require_adder(who: Asker, desk: Desk) -> None:
    if not may(Action.CONTRACTOR_ADD, await actor(desk, who.person)):
        raise Sorry(await only_adders(desk))


async def helped(_call: Call, _desk: Desk) -> Reply:
    """Say what can be typed after `/contractor`."""
    return Say(text=draw.HELP)


OWN: Mapping[str, Handler] = {"list": listed, "return": returns, "former": formers, "import": explained, "help": helped}

ROUTES: tuple[Route, ...] = (
    Route(Kind.ACTION, draw.LIST, listed, opens=True),
    Route(Kind.ACTION, draw.TURN, turned),
    Route(Kind.ACTION, draw.TURN_ON, turned),
    Route(Kind.ACTION, draw.SHOW, show, opens=True),
    Route(Kind.ACTION, draw.ADD, add, opens=True),
    Route(Kind.ACTION, draw.EDIT, edit, opens=True),
    Route(Kind.ACTION, draw.PAUSE, pause),
    Route(Kind.ACTION, draw.RESUME, resume),
    Route(Kind.ACTION, draw.RETURN, pressed, opens=True),
    Route(Kind.ACTION, draw.FORMER, formers, opens=True),
    Route(Kind.ACTION, left.FORMER_TURN, formers),
    Route(Kind.ACTION, left.FORMER_TURN_ON, formers),
    Route(Kind.ACTION, draw.AWAITED, awaited, opens=True),
    Route(Kind.ACTION, draw.WITHDRAW, withdrawn),
    Route(Kind.ACTION, form.BACK, back),
    Route(Kind.ACTION, form.AFRESH, afresh),
    Route(Kind.ACTION, guest.START, start, opens=True),
    Route(Kind.ACTION, guest.NOT_ONE, not_one),
    Route(Kind.ACTION, guest.TOMORROW, tomorrow),
    Route(Kind.ACTION, sheet.CONFIRM, confirmed),
    Route(Kind.ACTION, sheet.CANCEL, cancelled),
    Route(Kind.FORM, form.FORM, who_filled),
    Route(Kind.FORM, form.PEOPLE, people_filled),
    Route(Kind.FORM, form.TIME, saved),
    *(Route(Kind.CLOSED, name, closed) for name in form.PAGES),
    Route(Kind.OPTIONS, form.COUNTRY, offered),
)
DUTIES: tuple[Duty, ...] = (
    Duty(JOINED, joined, catch_up=WEEK),
    Duty(ASKED, settled, catch_up=WEEK),
    Duty(AGAIN, asked_again, catch_up=WEEK),
    Duty(LATE, late, catch_up=WEEK),
    Duty(ENDED, ended, catch_up=timedelta(days=3650)),
    Duty(PLAN, planned, catch_up=WEEK, at_once=50),
)
__all__ = ["DUTIES", "ROUTES", "SAMPLES", "SHEET", "route"]
