"""Red flags: what the contractor is told of their log, first and kindly, and what they answer."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from blocks import flag as draw
from handlers.contract import Call, Desk, Duty, Kind, Letters, OpenModal, Reply, Route, Sample, memo, soon
from handlers.flag_look import LOOK, TOLD, look, next_look, noted
from handlers.path import let
from handlers.who import asker
from playbook.days import DAY, local_day
from playbook.flag import ONE_OFF, SCOPE, TALK, Sign
from playbook.roles import Action
from playbook.sorry import Sorry
from playbook.tongue import phrase
from storage import flag as store
from storage.outbox import Lane, Post, Redraw
from storage.path import Traveller
from storage.trust_tables import RedFlag

CATCH_UP = timedelta(days=2)
NOT_YOURS = phrase(
    "Signs of overwork are for the contractor, and later for their manager. `/contractor` shows "
    "who is on the path with you."
)
GONE = phrase("Your log has been corrected since, so there is nothing to answer any more.")


async def opened(call: Call, desk: Desk) -> Reply:
    """Show the red flags of the last weeks: one's own, or what a manager has heard."""
    user_id = call.value or call.user_id
    one = await _about(call, desk, Action.FLAG_READ, user_id)
    own, first = call.user_id == user_id, local_day(desk.now, one.person.zone) - desk.playbook.health.history_days * DAY
    rows = [row for row in await store.of(desk.team, user_id, first) if own or _managers(row)]
    return OpenModal(view=draw.page(user_id, rows, desk.playbook.flag, own=own, name=one.person.name))


def _managers(row: RedFlag) -> bool:
    return row.manager_at is not None and row.answer != ONE_OFF


async def _about(call: Call, desk: Desk, action: Action, user_id: str) -> Traveller:
    who = await asker(call, desk)
    return await let(desk, action, who.person, user_id, NOT_YOURS)


async def _asked(call: Call, desk: Desk, flag_id: str) -> tuple[Traveller, Sequence[RedFlag]]:
    """Give the contractor who answers, and everything the note was about that still holds."""
    row = await store.find(desk.team, flag_id)
    if row is None:
        raise Sorry(NOT_YOURS)
    one = await _about(call, desk, Action.FLAG_ANSWER, row.user_id)
    letter = row.facts.get(store.LETTER)
    rows = [each for each in await store.of(desk.team, one.user_id, row.day - 30 * DAY) if _same(each, letter)]
    if not rows:
        raise Sorry(GONE)
    return one, rows


def _same(row: RedFlag, letter: object) -> bool:
    return row.facts.get(store.LETTER) == letter


async def _answer(
    desk: Desk, one: Traveller, rows: Sequence[RedFlag], answer: str, words: str = ""
) -> tuple[Letters, ...]:
    """Keep what was answered, and show it in the place of the question and in this morning's digest."""
    for row in rows:
        row.answer, row.words, row.answered_at = answer, words, desk.now if answer else None
    await soon(desk, ("digest.redraw", one.place.manager_id))
    return (Redraw(rows[0].facts[store.LETTER], *draw.note(rows, _manager(one), desk.playbook.flag)),)


def _manager(one: Traveller) -> str:
    manager = one.who("manager")
    return manager.name if manager else ""


async def one_off(call: Call, desk: Desk) -> Reply:
    """Take "one-off" for an answer: the manager hears nothing."""
    one, rows = await _asked(call, desk, call.value)
    return Reply(posts=await _answer(desk, one, rows, ONE_OFF))


async def again(call: Call, desk: Desk) -> Reply:
    """Ask anew, for somebody who changed their mind."""
    one, rows = await _asked(call, desk, call.value)
    return Reply(posts=await _answer(desk, one, rows, ""))


async def scope(call: Call, desk: Desk) -> Reply:
    """Ask what is too much, if the contractor wants to say."""
    await _asked(call, desk, call.value)
    return OpenModal(view=draw.scope_form(memo(call.channel_id, call.value)))


async def scoped(call: Call, desk: Desk) -> Reply:
    """Keep that there is too much scope, with the contractor's words."""
    one, rows = await _asked(call, desk, call.memo_record)
    return Reply(posts=await _answer(desk, one, rows, SCOPE, call.one("words")))


async def talk(call: Call, desk: Desk) -> Reply:
    """Tell the manager at once that the contractor would like to talk."""
    one, rows = await _asked(call, desk, call.value)
    for row in rows:
        row.told_at, row.manager_at = row.told_at or desk.now, row.manager_at or desk.now
    letters = await _answer(desk, one, rows, TALK)
    manager = one.id_of("manager")
    if not manager:
        return Reply(posts=letters)
    said = draw.wants_to_talk(one.user_id, rows, one.person.name, desk.playbook.flag)
    return Reply(posts=(*letters, Post(f"flag.talk:{rows[0].facts[store.LETTER]}", manager, *said, Lane.RED_FLAG)))


async def _sample(desk: Desk, one: Traveller) -> draw.Drawn:
    day = local_day(desk.now, one.person.zone)
    numbers = {"minutes": desk.playbook.flag.limits.long_minutes + 20, "project": one.place.project}
    row = example(desk, one.user_id, Sign("long_day", day, numbers), desk.now)
    return draw.note([row], _manager(one), desk.playbook.flag)


def example(desk: Desk, user_id: str, sign: Sign, now: datetime) -> RedFlag:
    """Make a flag that is only shown."""
    return RedFlag(
        team_id=desk.team.team_id,
        user_id=user_id,
        rule=sign.rule,
        day=sign.day,
        facts=dict(sign.numbers),
        raised_at=now,
    )


ROUTES: tuple[Route, ...] = (
    Route(Kind.ACTION, draw.OPEN, opened, opens=True),
    Route(Kind.ACTION, draw.FINE, one_off),
    Route(Kind.ACTION, draw.AGAIN, again),
    Route(Kind.ACTION, draw.TOO_MUCH, scope, opens=True),
    Route(Kind.FORM, draw.SCOPE_FORM, scoped),
    Route(Kind.ACTION, draw.TO_TALK, talk),
)
DUTIES: tuple[Duty, ...] = (
    Duty(LOOK, look, next_look, catch_up=CATCH_UP, for_contractors=True),
    Duty(TOLD, noted, catch_up=CATCH_UP),
)
SAMPLES: tuple[Sample, ...] = (
    Sample(phrase("A long day"), "contractor", phrase("right after 12 hours are logged for a day"), _sample),
)
