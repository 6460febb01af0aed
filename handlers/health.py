"""Health checks: the page with every rule, run by a manager or looked at by the contractor; and all routes of it."""

from collections.abc import Mapping, Sequence

from blocks import health as draw
from handlers import health_answer as act
from handlers.contract import Call, Desk, Duty, Handler, Kind, OpenModal, Reply, Route, Sample
from handlers.health_clock import DUTIES as CLOCK
from handlers.health_clock import done
from handlers.health_facts import Case
from handlers.health_look import case_of, lines_of, view
from handlers.who import asker
from playbook.days import local_day
from playbook.health import RESEARCH, Finding
from playbook.roles import Action
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.words import mentioned
from storage import health as store
from storage.outbox import Lane, Post, Redraw
from storage.path import Traveller
from storage.trust_tables import HealthCheck

WHOSE = phrase(
    "Say whose work to look at, like `/contractor health @person`. Contractors see their own "
    "page with `/circle health`."
)


async def command(call: Call, desk: Desk) -> Reply:
    """Answer `/contractor health @person`, and `/circle health` for one's own page."""
    user_id = mentioned(call.text)
    who = await asker(call, desk)
    if call.text.strip() and not user_id:
        raise Sorry(WHOSE)
    if not user_id and who.contractor is None:
        raise Sorry(WHOSE)
    return await _page(call, desk, user_id or call.user_id)


async def opened(call: Call, desk: Desk) -> Reply:
    """Open the page from a button."""
    return await _page(call, desk, call.value or call.user_id)


async def _page(call: Call, desk: Desk, user_id: str) -> Reply:
    if user_id == call.user_id:
        case = await case_of(call, desk, Action.HEALTH_READ, user_id)
        return OpenModal(view=await view(desk, case, leads=False))
    case = await case_of(call, desk, Action.HEALTH_RUN, user_id)
    posts = await _run(call, desk, case)
    case = await case_of(call, desk, Action.HEALTH_RUN, user_id)
    return OpenModal(view=await view(desk, case, leads=True)).also(*posts)


async def _run(call: Call, desk: Desk, case: Case) -> Sequence[Post | Redraw]:
    """Keep what a check of the manager finds, and tell the contractor with the same page at the same time."""
    raised = (await store.raise_all(desk.team, {case.user_id: case.new(desk)}, desk.now))[case.user_id]
    await done(desk, case.traveller, case.user_id, call.user_id)
    lines = lines_of(desk, await case_of(call, desk, Action.HEALTH_RUN, case.user_id))
    key = f"{act.RAN}{case.user_id}:{call.user_id}:{case.facts.today}" + (f":{raised[0].id}" if raised else "")
    for row in [line.row for line in lines if line.row]:
        row.contractor_at, row.manager_at = row.contractor_at or desk.now, row.manager_at or desk.now
        store.asked_by(row, key)
    drawn = draw.ran(call.user_id, lines, desk.playbook.health)
    return [Post(key, case.user_id, *drawn, Lane.NUDGE, about=key), Redraw(key, *drawn)]


async def _question(desk: Desk, one: Traveller) -> draw.Drawn:
    return draw.question([_example(desk, one)], desk.playbook.health)


async def _told(desk: Desk, one: Traveller) -> draw.Drawn:
    return draw.for_manager([_example(desk, one)], {one.user_id: one.person.name}, desk.playbook.health)


def _example(desk: Desk, one: Traveller) -> HealthCheck:
    day, limit = local_day(desk.now, one.person.zone), desk.playbook.health.limits.research_minutes
    numbers = {"minutes": limit + 10, "topic": one.place.project, "limit": limit}
    return store.row_of(desk.team, one.user_id, Finding(RESEARCH, day, "", numbers), desk.now)


VERBS: Mapping[str, Handler] = {"health": command}
ROUTES: tuple[Route, ...] = (
    Route(Kind.ACTION, draw.OPEN, opened, opens=True),
    Route(Kind.ACTION, draw.ALL_GOOD, act.all_good),
    Route(Kind.ACTION, draw.HELP_ME, act.help_me, opens=True),
    Route(Kind.FORM, draw.HELP_FORM, act.helped),
    Route(Kind.ACTION, draw.GRANT, act.grant, opens=True),
    Route(Kind.FORM, draw.GRANT_FORM, act.granted),
)
DUTIES: tuple[Duty, ...] = (*CLOCK, Duty(act.REDRAW, act.redraw))
SAMPLES: tuple[Sample, ...] = (
    Sample(
        phrase("A question about how work goes"),
        "contractor",
        phrase("after the working day, only with a reason"),
        _question,
    ),
    Sample(phrase("What a contractor was asked"), "manager", phrase("an hour after the contractor, at work"), _told),
)
