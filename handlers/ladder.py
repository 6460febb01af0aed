"""The ladder from outsider to inner circle: seeing it, noting what shows a step, and moving somebody."""

from datetime import timedelta

from blocks import ladder as draw
from blocks import ladder_include as include
from handlers.contract import (
    Call,
    Desk,
    Duty,
    FixFields,
    Kind,
    OpenModal,
    Reply,
    Route,
    Sample,
    Say,
    memo,
    soon,
)
from handlers.ladder_case import ladder, seen
from handlers.ladder_clock import ASK, FOLLOW, SUGGEST, ask, follow, next_ask, next_suggest, redrawn, suggest
from handlers.ladder_include import included, including, not_now
from handlers.ladder_samples import SAMPLES as EXAMPLES
from handlers.who import asker, contractor
from playbook.ladder import Evidence, place, standing
from playbook.learn import good_link
from playbook.roles import Action
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.words import clean, mentioned
from storage import contractor as places
from storage import ladder as store
from storage.growth_tables import Stage
from storage.outbox import Lane, Post
from storage.path import Traveller

WEEK = timedelta(days=7)
THEIRS = phrase("The ladder is for contractors. `/contractor ladder @person` shows where one of yours stands.")
GONE = phrase("This is not on the ladder any more. `/circle ladder` shows what is.")


async def typed(call: Call, desk: Desk) -> Reply:
    """Answer `/circle ladder`: one's own, or how a manager sees that of others."""
    who, named = await asker(call, desk), mentioned(call.text)
    if who.contractor is None and not named and await places.managed_by(desk.team, [call.user_id]):
        return Say(text=THEIRS)
    return await _open(call, desk, named or call.user_id)


async def command(call: Call, desk: Desk) -> Reply:
    """Answer `/contractor ladder @person`."""
    return await _open(call, desk, mentioned(call.text))


async def opened(call: Call, desk: Desk) -> Reply:
    """Open somebody's ladder from a button."""
    return await _open(call, desk, call.value or call.user_id)


async def _open(call: Call, desk: Desk, user_id: str) -> Reply:
    if user_id == call.user_id:
        await contractor(call, desk)
    traveller = await seen(call, desk, user_id)
    note, own = memo(_channel(call), user_id), user_id == call.user_id
    return OpenModal(view=draw.page(await ladder(desk, traveller), desk.playbook.ladder, note, own=own))


def _channel(call: Call) -> str:
    return "" if call.view_id else call.channel_id


# Moving -----------------------------------------------------------------------------------------


async def moving(call: Call, desk: Desk) -> Reply:
    """Ask for the step and the words."""
    traveller = await seen(call, desk, call.value, Action.LADDER_LEAD)
    one, note = await ladder(desk, traveller), memo(_channel(call), call.value)
    return OpenModal(view=draw.move(one, desk.playbook.ladder, note))


async def moved(call: Call, desk: Desk) -> Reply:
    """Keep the step, and tell the contractor warmly."""
    traveller = await seen(call, desk, call.memo_record, Action.LADDER_LEAD)
    one, book = await ladder(desk, traveller), desk.playbook.ladder
    key, words = call.one("stage"), clean(call.one("words"))
    errors = {
        "stage": "" if key in {step.key for step in book.stages} else phrase("Please choose one of the steps."),
        "words": "" if words else phrase("Please write a few words; they read them with the news."),
    }
    if key == one.stand.step.key:
        errors["stage"] = phrase(
            "{step} is where they are already. Please choose another step.", step=one.stand.step.name
        )
    if any(errors.values()):
        return FixFields({name: sentence for name, sentence in errors.items() if sentence})
    row = Stage(
        team_id=desk.team.team_id, user_id=traveller.user_id, stage=key, at=desk.now, by=call.user_id, words=words
    )
    desk.team.add(row)
    await desk.team.session.flush()
    up = place(book, key) > one.stand.at
    said = draw.moved(row, standing(book, key, {}, ()), up=up)
    told = Post(f"ladder:{row.id}", row.user_id, *said, Lane.AGENDA, good_for=WEEK, about=f"ladder:{row.user_id}")
    await _homes(desk, traveller)
    name = book.stages[place(book, key)].name
    text = phrase("<@{row}> is {name} now, and reads your words.", row=row.user_id, name=name)
    return Say(text=text).also(told, *await redrawn(desk, traveller.place.manager_id))


async def _homes(desk: Desk, one: Traveller) -> None:
    await soon(desk, ("home.redraw", one.user_id), ("home.redraw", one.place.manager_id))


# Noting -----------------------------------------------------------------------------------------


def _evidence(desk: Desk, record: str) -> tuple[str, Evidence]:
    """Read what is noted of whom; only what people can tell can be noted."""
    user_id, _, key = record.partition(draw.SIGN)
    found = desk.playbook.ladder.sign(key)
    if found is None or found.fact:
        raise Sorry(GONE)
    return user_id, found


async def noting(call: Call, desk: Desk) -> Reply:
    """Ask what happened."""
    user_id, evidence = _evidence(desk, call.value)
    await seen(call, desk, user_id, Action.LADDER_NOTE)
    row = (await store.notes(desk.team, [user_id]))[user_id].get(evidence.key)
    note = memo(_channel(call), user_id, evidence.key)
    return OpenModal(view=draw.note(evidence, row, desk.playbook.ladder, note))


async def noted(call: Call, desk: Desk) -> Reply:
    """Keep what happened, and tell the other one of the two."""
    user_id, evidence = _evidence(desk, draw.evidence_record(call.memo_record, call.memo_origin))
    traveller = await seen(call, desk, user_id, Action.LADDER_NOTE)
    words, link = clean(call.one("words")), call.one("link")
    if call.many("gone"):
        await store.take_back(desk.team, user_id, evidence.key)
        return Say(text=phrase("Taken back. It is not on the ladder any more."))
    errors = {
        "words": "" if words else phrase("Please say in a few words what happened."),
        "link": "" if good_link(link, desk.playbook.learn.most_link) else desk.playbook.learn.sentences.link,
    }
    if any(errors.values()):
        return FixFields({name: sentence for name, sentence in errors.items() if sentence})
    await store.note(desk.team, user_id, evidence.key, call.user_id, desk.now, words, link)
    await _homes(desk, traveller)
    other = traveller.id_of("manager") if call.user_id == user_id else user_id
    if not other:
        return Say(text=phrase("Noted. It is on the ladder now."))
    key = f"ladder.noted:{user_id}:{evidence.key}:{desk.now.isoformat()}"
    told = Post(key, other, *draw.noted(user_id, call.user_id, evidence, words), Lane.AGENDA, good_for=WEEK)
    return Say(text=phrase("Noted. It is on the ladder now, and <@{other}> is told.", other=other)).also(told)


ROUTES: tuple[Route, ...] = (
    Route(Kind.ACTION, draw.OPEN, opened, opens=True),
    Route(Kind.ACTION, draw.MOVE, moving, opens=True),
    Route(Kind.FORM, draw.MOVED, moved),
    Route(Kind.ACTION, draw.NOTE, noting, opens=True),
    Route(Kind.FORM, draw.NOTED, noted),
    Route(Kind.ACTION, include.INCLUDE, including, opens=True),
    Route(Kind.ACTION, include.NOT_THIS_MONTH, not_now),
    Route(Kind.FORM, include.INCLUDED, included),
)
DUTIES: tuple[Duty, ...] = (
    Duty(ASK, ask, next_ask, WEEK, for_managers=True, at_once=20),
    Duty(FOLLOW, follow, catch_up=WEEK, lays=True),
    Duty(SUGGEST, suggest, next_suggest, WEEK, for_managers=True, at_once=20),
)
SAMPLES: tuple[Sample, ...] = EXAMPLES
