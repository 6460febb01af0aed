"""Planning the next 1:1 with a contractor."""

from datetime import UTC, datetime

from blocks import oneonone as draw
from handlers.contract import Call, Desk, Duty, FixFields, Kind, OpenModal, Reply, Route, Sample, Say, memo, soon
from handlers.path import may_about, tick
from handlers.who import asker
from playbook.days import local_time
from playbook.oneonone import problem
from playbook.roles import Action
from playbook.sorry import Sorry
from playbook.words import mentioned
from storage.outbox import Lane, Post
from storage.path import Traveller, travellers

NOT_YOURS = "I find nobody by that name among the contractors you manage. `/contractor` lists them."


async def command(call: Call, desk: Desk) -> Reply:
    """Answer `/contractor 1on1 @person`."""
    return await _form(call, desk, mentioned(call.text))


async def opened(call: Call, desk: Desk) -> Reply:
    """Open the form from a button."""
    return await _form(call, desk, call.value)


async def _form(call: Call, desk: Desk, user_id: str) -> Reply:
    traveller = await _theirs(call, desk, user_id)
    at = traveller.place.one_on_one_at
    clocks = " · ".join(f"{name} {local_time(desk.now, zone):%H:%M}" for name, zone in _zones(traveller).items())
    still = at if at is not None and at > desk.now else None
    note = memo(call.channel_id, traveller.user_id)
    minutes = desk.playbook.oneonone.minutes
    return OpenModal(view=draw.form(traveller.user_id, minutes, still, f"Now it is {clocks}.", note))


async def _theirs(call: Call, desk: Desk, user_id: str) -> Traveller:
    """Give a contractor whom the one who asks may plan a 1:1 with."""
    who = await asker(call, desk)
    traveller = (await travellers(desk.team, [user_id], paused=True)).get(user_id)
    if traveller is None or not await may_about(desk, Action.CHECKLIST_LEAD, who.person, traveller.place):
        raise Sorry(NOT_YOURS)
    return traveller


def _zones(traveller: Traveller) -> dict[str, str]:
    manager = traveller.who("manager")
    return {traveller.person.name: traveller.person.zone} | ({manager.name: manager.zone} if manager else {})


async def saved(call: Call, desk: Desk) -> Reply:
    """Keep when the 1:1 is, and tell the contractor."""
    traveller = await _theirs(call, desk, call.memo_record)
    chosen = call.one("at")
    at = datetime.fromtimestamp(int(chosen), UTC) if chosen.isdecimal() else desk.now
    wrong = problem(at, desk.now, _zones(traveller), desk.playbook.oneonone)
    if wrong:
        return FixFields({"at": wrong})
    place, before = traveller.place, traveller.place.one_on_one_at
    place.one_on_one_at = at
    await tick(desk, place.user_id, "one_on_one", call.user_id)
    await soon(desk, ("home.redraw", place.user_id), ("home.redraw", place.manager_id))
    said = Say(text=draw.saved(place.user_id, at))
    if at == before:
        return said
    shown = before if before is not None and before > desk.now else None
    key = f"oneonone:{place.user_id}:{at:%Y-%m-%dT%H:%M}:{desk.now.isoformat()}"
    return said.also(Post(key, place.user_id, *draw.planned(place.manager_id, at, shown), Lane.AGENDA))


async def _sample(desk: Desk, traveller: Traveller) -> draw.Drawn:
    return draw.planned(traveller.place.manager_id, traveller.path.at(5, desk.playbook.path.quiet_until), None)


ROUTES: tuple[Route, ...] = (
    Route(Kind.ACTION, draw.OPEN, opened, opens=True),
    Route(Kind.FORM, draw.FORM, saved),
)
DUTIES: tuple[Duty, ...] = ()
SAMPLES: tuple[Sample, ...] = (Sample("The first 1:1", "contractor", "when the manager plans it", _sample),)
