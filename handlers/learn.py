"""Learning something new: asking for a course, the list of one's own, and taking a request back."""

from datetime import timedelta

from blocks import learn as draw
from handlers.contract import (
    Call,
    Desk,
    Duty,
    FixFields,
    Kind,
    Letters,
    OpenModal,
    Reply,
    Route,
    Sample,
    Say,
    memo,
)
from handlers.learn_case import NOT_YOURS, changed, here, listed, mine, move, request
from handlers.learn_clock import FINISHED, FOLLOW, follow, remind
from handlers.learn_decide import approve, decline, declined, discuss, finish, finished
from handlers.path import let
from handlers.who import asker, contractor
from playbook.learn import ASKED, WITHDRAWN, problems
from playbook.roles import Action
from playbook.tongue import phrase
from playbook.words import clean, mentioned
from storage import contractor as places
from storage import learn as store
from storage.growth_tables import Course
from storage.outbox import Cancel, Redraw
from storage.path import Traveller

WEEK = timedelta(days=7)
THEIRS = phrase("Courses are asked for by contractors. `/contractor learn @person` shows those of one of yours.")
NOBODY = phrase("Kept. Nobody is there as your manager just now; whoever becomes it is asked by me.")


async def typed(call: Call, desk: Desk) -> Reply:
    """Answer `/circle learn`: one's own courses, or how a manager sees those of others."""
    who, named = await asker(call, desk), mentioned(call.text)
    leads = who.contractor is None and await places.managed_by(desk.team, [call.user_id])
    if leads and not named:
        return Say(text=THEIRS)
    return await _open(call, desk, named or call.user_id)


async def command(call: Call, desk: Desk) -> Reply:
    """Answer `/contractor learn @person`."""
    return await _open(call, desk, mentioned(call.text))


async def opened(call: Call, desk: Desk) -> Reply:
    """Open the courses of a contractor from a button."""
    return await _open(call, desk, call.value or call.user_id)


async def _open(call: Call, desk: Desk, user_id: str) -> Reply:
    who = await asker(call, desk)
    if user_id == call.user_id:
        await contractor(call, desk)
    traveller = await let(desk, Action.LEARN_READ, who.person, user_id, NOT_YOURS)
    rows = await store.courses(desk.team, traveller.user_id)
    note = memo("" if call.view_id else call.channel_id, traveller.user_id)
    return OpenModal(view=draw.page(traveller.user_id, rows, note, own=traveller.user_id == call.user_id))


async def asking(call: Call, desk: Desk) -> Reply:
    """Open the form."""
    who = await asker(call, desk)
    await let(desk, Action.LEARN_ASK, who.person, call.user_id, NOT_YOURS)
    return OpenModal(view=draw.form(desk.playbook.learn, memo("" if call.view_id else call.channel_id)))


async def asked(call: Call, desk: Desk) -> Reply:
    """Keep what somebody wants to learn, and bring it to their manager."""
    who = await asker(call, desk)
    traveller = await let(desk, Action.LEARN_ASK, who.person, call.user_id, NOT_YOURS)
    names = [row.name for row in await store.open_of(desk.team, call.user_id)]
    name, cost, benefit = (clean(call.one(field)) for field in ("name", "cost", "benefit"))
    wrong = problems(name, cost, benefit, call.one("link"), names, desk.playbook.learn)
    if wrong:
        return FixFields(wrong)
    row = Course(
        team_id=desk.team.team_id,
        user_id=call.user_id,
        name=name,
        cost=cost,
        benefit=benefit,
        link=call.one("link"),
        state=ASKED,
        asked_at=desk.now,
    )
    desk.team.add(row)
    await desk.team.session.flush()
    await changed(desk, traveller)
    manager = traveller.id_of("manager")
    text = (
        phrase("Asked. <@{manager}> has it now, and you hear here what comes of it.", manager=manager)
        if manager
        else NOBODY
    )
    return Say(text=text).also(*request(row, manager))


async def withdrawn(call: Call, desk: Desk) -> Reply:
    """Take a request back, or give a course up that was approved."""
    row, traveller = await mine(call, desk, call.value)
    move(row, WITHDRAWN)
    await desk.team.session.flush()
    rest: tuple[Letters, ...] = (Cancel(draw.about(row.id)), *await here(desk, row))
    rest = (*rest, *(Redraw(key, *draw.over(row), settled=True) for key in _own_letters(row)))
    await changed(desk, traveller)
    return (await listed(call, desk, row.user_id)).also(*rest)


def _own_letters(row: Course) -> tuple[str, ...]:
    return draw.remind_key(row.id), f"learn:{row.id}:approved", f"learn:{row.id}:discussing"


def _example(desk: Desk, traveller: Traveller, state: str) -> Course:
    return Course(
        team_id=desk.team.team_id,
        user_id=traveller.user_id,
        name=phrase("Advanced prototyping"),
        cost=phrase("240 EUR"),
        benefit=phrase("Clickable drafts in a day instead of a week"),
        state=state,
        asked_at=desk.now,
        decided_at=desk.now,
        decided_by=traveller.id_of("manager"),
    )


async def _sample_request(desk: Desk, traveller: Traveller) -> draw.Drawn:
    return draw.request(_example(desk, traveller, ASKED))


async def _sample_approved(desk: Desk, traveller: Traveller) -> draw.Drawn:
    return draw.news(_example(desk, traveller, "approved"))


async def _sample_remind(desk: Desk, traveller: Traveller) -> draw.Drawn:
    return draw.remind(_example(desk, traveller, "approved"))


ROUTES: tuple[Route, ...] = (
    Route(Kind.ACTION, draw.OPEN, opened, opens=True),
    Route(Kind.ACTION, draw.ASK, asking, opens=True),
    Route(Kind.FORM, draw.FORM, asked),
    Route(Kind.ACTION, draw.APPROVE, approve),
    Route(Kind.ACTION, draw.DISCUSS, discuss),
    Route(Kind.ACTION, draw.DECLINE, decline, opens=True),
    Route(Kind.FORM, draw.REASON, declined),
    Route(Kind.ACTION, draw.FINISH, finish, opens=True),
    Route(Kind.FORM, draw.FINISHED, finished),
    Route(Kind.ACTION, draw.WITHDRAW, withdrawn),
)
DUTIES: tuple[Duty, ...] = (
    Duty(FINISHED, remind, catch_up=WEEK),
    Duty(FOLLOW, follow, catch_up=WEEK, lays=True),
)
SAMPLES: tuple[Sample, ...] = (
    Sample(phrase("A wish to learn something"), "manager", phrase("when the contractor asks"), _sample_request),
    Sample(phrase("Your course is approved"), "contractor", phrase("when the manager approves it"), _sample_approved),
    Sample(phrase("Is the course done?"), "contractor", phrase("once, 60 days after the approval"), _sample_remind),
)
