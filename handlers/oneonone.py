"""The weekly 1:1 with a contractor: planning it, showing the next one, and what the clock brings of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from blocks import oneonone as draw
from blocks import oneonone_form as form
from blocks.oneonone_agenda import letter as agenda_letter
from handlers import oneonone_change as change
from handlers import oneonone_prepare as prepare
from handlers import oneonone_run as run
from handlers.contract import (
    Call,
    Desk,
    Duty,
    FixFields,
    Handler,
    Kind,
    Letters,
    OpenModal,
    Reply,
    Route,
    Sample,
    Say,
    memo,
    soon,
)
from handlers.oneonone_facts import agenda
from handlers.oneonone_keep import kept
from handlers.oneonone_pair import NOT_YOURS, Pair, allowed, pair_of, pairs, planner
from handlers.oneonone_timed import DUTIES as TIMED
from handlers.oneonone_timed import SAMPLES as LETTERS
from handlers.path import may_about, tick
from handlers.who import Asker, asker
from playbook.roles import Action
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.words import mentioned
from storage import contractor, oneonone
from storage.outbox import Lane, Post
from storage.path import Traveller
from storage.rhythm_tables import Meeting

WHOSE = phrase("Say whose 1:1, like `/1on1 {verb} @person`. `/1on1` lists those of your contractors.")
NONE_AHEAD = phrase("No 1:1 is planned, so there is nothing to change.")
NOT_HERE = phrase(
    "1:1s are for contractors on the path and those who manage them. `/circle help` says what else I can do."
)


async def command(call: Call, desk: Desk) -> Reply:
    """Answer `/contractor 1on1 @person`."""
    return await _form(call, desk, mentioned(call.text))


async def opened(call: Call, desk: Desk) -> Reply:
    """Open the form from a button."""
    return await _form(call, desk, call.value)


async def _form(call: Call, desk: Desk, user_id: str) -> Reply:
    traveller = await planner(call, desk, user_id)
    pair = await pair_of(desk, user_id)
    at = traveller.place.one_on_one_at
    still = at if at is not None and at > desk.now else None
    weekly = still is None or user_id in await oneonone.series_of(desk.team, [user_id])
    note, clocks = memo(call.channel_id, user_id), change.now_clocks(pair, desk.now)
    minutes = desk.playbook.oneonone.minutes
    return OpenModal(view=draw.form(user_id, minutes, still, clocks, note, weekly=weekly))


async def saved(call: Call, desk: Desk) -> Reply:
    """Keep when the 1:1 is and whether it is every week, and tell the contractor."""
    traveller = await planner(call, desk, call.memo_record)
    pair = await pair_of(desk, traveller.user_id)
    at, weekly = change.moment(call) or desk.now, draw.WEEKLY in call.many("rhythm")
    wrong = change.wrong_day(pair, at, desk, weekly=weekly)
    if wrong:
        return FixFields({"at": wrong})
    place, before = traveller.place, traveller.place.one_on_one_at
    was = await _rhythm(desk, pair)
    day = await _plan(desk, pair, at, call.user_id, weekly=weekly)
    letters = await kept(desk, [pair.user_id])
    await tick(desk, place.user_id, "one_on_one", call.user_id)
    await soon(desk, ("home.redraw", place.user_id), ("home.redraw", place.manager_id))
    said = Say(text=draw.saved(place.user_id, at, day)).also(*letters)
    if at == before and was == await _rhythm(desk, pair):
        return said
    shown = before if before is not None and before > desk.now and before != at else None
    return said.also(*_told(call, desk, pair, at, shown, day))


async def _rhythm(desk: Desk, pair: Pair) -> tuple[object, ...]:
    row = (await oneonone.series_of(desk.team, [pair.user_id])).get(pair.user_id)
    return (row.weekday, row.at, row.zone) if row else ()


async def _plan(desk: Desk, pair: Pair, at: datetime, by: str, *, weekly: bool) -> str:
    """Let the next 1:1 be at a moment, and every week if wanted; names the day of the series, "" for none."""
    found = (await oneonone.next_meetings(desk.team, [pair.user_id], desk.now)).get(pair.user_id)
    if found is None:
        await oneonone.create(desk.team, pair.user_id, pair.manager.user_id, at)
    elif found.at != at:
        found.at, found.moved_from, found.why = at, None, ""
    if weekly:
        return await change.repeat(desk, pair, at, by)
    await oneonone.drop_series(desk.team, pair.user_id)
    return ""


def _told(call: Call, desk: Desk, pair: Pair, at: datetime, before: datetime | None, day: str) -> Sequence[Letters]:
    """Tell the contractor, and the manager if somebody else planned it."""
    stem, manager = f"oneonone:{pair.user_id}:{at:%Y-%m-%dT%H:%M}:{desk.now.isoformat()}", pair.manager.user_id
    drawn = draw.planned(manager, at, before, day, pair.clocks(at))
    posts = [Post(stem, pair.user_id, *drawn, Lane.AGENDA)]
    if call.user_id != manager:
        theirs = draw.planned_for_manager(pair.user_id, at, call.user_id, day)
        posts.append(Post(f"{stem}:manager", manager, *theirs, Lane.AGENDA))
    return posts


async def typed(call: Call, desk: Desk) -> Reply:
    """Answer `/1on1` and what comes after it."""
    verb, _, rest = call.text.strip().partition(" ")
    handler = WORDS.get(verb.casefold())
    if handler is not None:
        return await handler(replace(call, text=rest.strip()), desk)
    return await shown(call, desk)


async def shown(call: Call, desk: Desk) -> Reply:
    """Show the next agenda of a contractor, or a manager's next 1:1s."""
    who = await asker(call, desk)
    user_id = mentioned(call.text) or (call.user_id if who.contractor else "")
    if not user_id:
        return _say(draw.help_page() if call.text.strip() else await _listed(call, desk))
    pair = await _readable(desk, who, user_id)
    found = (await oneonone.next_meetings(desk.team, [user_id], desk.now)).get(user_id)
    if found is None:
        mine = call.user_id == user_id
        return _say(draw.none_planned(pair.manager.user_id) if mine else draw.none_with(user_id))
    return await _agenda(call, desk, found)


async def _readable(desk: Desk, who: Asker, user_id: str) -> Pair:
    """Give a pair whose 1:1 somebody may read."""
    place = await contractor.find(desk.team, user_id)
    if place is None or not await may_about(desk, Action.ONE_ON_ONE_READ, who.person, place):
        raise Sorry(NOT_YOURS)
    return await pair_of(desk, user_id)


async def _listed(call: Call, desk: Desk) -> draw.Drawn:
    led = [one.user_id for one in await contractor.managed_by(desk.team, [call.user_id])]
    found, ahead = await pairs(desk, led), await oneonone.next_meetings(desk.team, led, desk.now)
    return draw.listed([_row(pair, ahead.get(one)) for one, pair in found.items()])


def _row(pair: Pair, meeting: Meeting | None) -> tuple[str, str, datetime | None, str]:
    if meeting is None:
        return pair.user_id, "", None, ""
    return pair.user_id, meeting.id, meeting.at, pair.clocks(meeting.at)


async def looked(call: Call, desk: Desk) -> Reply:
    """Show the agenda of a 1:1 from a button; without one, one's own next."""
    if not call.value:
        return await shown(replace(call, text=""), desk)
    _, meeting = await allowed(call, desk, Action.ONE_ON_ONE_READ, call.value)
    return await _agenda(call, desk, meeting)


async def _agenda(call: Call, desk: Desk, meeting: Meeting) -> Reply:
    found = (await agenda(desk, [meeting.id]))[meeting.id]
    return _say(agenda_letter(found, call.user_id))


async def _of(call: Call, desk: Desk, verb: str) -> str:
    """Say which 1:1 words are about: that of whom they name, one's own, or that of the only contractor one has."""
    who = await asker(call, desk)
    led = [one.user_id for one in await contractor.managed_by(desk.team, [call.user_id])]
    user_id = mentioned(call.text) or (call.user_id if who.contractor else "")
    user_id = user_id or (led[0] if len(led) == 1 else "")
    if not user_id:
        raise Sorry(WHOSE.format(verb=verb) if led else NOT_HERE)
    await _readable(desk, who, user_id)
    found = (await oneonone.next_meetings(desk.team, [user_id], desk.now)).get(user_id)
    if found is None:
        raise Sorry(NONE_AHEAD)
    return found.id


async def moving(call: Call, desk: Desk) -> Reply:
    """Answer `/1on1 move`: the manager moves, the contractor asks to."""
    return await _by_role(call, desk, "move", (change.move, draw.MOVE, phrase("Move the 1:1")))


async def skipping(call: Call, desk: Desk) -> Reply:
    """Answer `/1on1 skip`: the manager skips, the contractor asks to."""
    return await _by_role(call, desk, "skip", (change.skip, draw.SKIP, phrase("Skip the 1:1")))


async def preparing(call: Call, desk: Desk) -> Reply:
    """Answer `/1on1 prepare`: the contractor prepares, the manager writes the line of strategy."""
    one = (prepare.prepare, draw.PREPARE, phrase("Prepare the 1:1"))
    return await _by_role(call, desk, "prepare", (prepare.strategy, draw.STRATEGY, phrase("Write the line")), one)


Step = tuple[Handler, str, str]


async def _by_role(call: Call, desk: Desk, verb: str, leads: Step, mine: Step | None = None) -> Reply:
    """Do what a word means for the manager or for the contractor; in a conversation, by a button."""
    meeting_id = await _of(call, desk, verb)
    meeting = await oneonone.find(desk.team, meeting_id)
    own = mine or (change.ask, draw.ASK, phrase("Ask to move the 1:1"))
    handler, action_id, label = own if meeting and meeting.user_id == call.user_id else leads
    if call.kind is Kind.EVENT:
        return _say(draw.needs_a_form(label, action_id, meeting_id))
    return await handler(replace(call, value=meeting_id), desk)


async def listing(call: Call, desk: Desk) -> Reply:
    """Answer `/1on1 list`: the next 1:1s of one's contractors, also for a manager who is a contractor too."""
    return _say(await _listed(call, desk))


async def helped(_call: Call, _desk: Desk) -> Reply:
    """Say what can be done about 1:1s."""
    return _say(draw.help_page())


def _say(drawn: draw.Drawn) -> Say:
    return Say(text=drawn[0], blocks=drawn[1])


async def _sample(desk: Desk, traveller: Traveller) -> draw.Drawn:
    return draw.planned(traveller.place.manager_id, traveller.path.at(5, desk.playbook.path.quiet_until), None)


# What comes after /1on1.
WORDS: Mapping[str, Handler] = {
    "move": moving,
    "skip": skipping,
    "prepare": preparing,
    "list": listing,
    "help": helped,
    **run.WORDS,
}

ROUTES: tuple[Route, ...] = (
    Route(Kind.COMMAND, "/1on1", typed, opens=True),
    Route(Kind.ACTION, draw.OPEN, opened, opens=True),
    Route(Kind.FORM, draw.FORM, saved),
    Route(Kind.ACTION, draw.AGENDA, looked),
    Route(Kind.ACTION, draw.PREPARE, prepare.prepare, opens=True),
    Route(Kind.FORM, form.PREPARED, prepare.prepared),
    Route(Kind.CLOSED, form.PREPARED, prepare.closed),
    Route(Kind.ACTION, draw.STRATEGY, prepare.strategy, opens=True),
    Route(Kind.FORM, form.WRITTEN, prepare.written),
    Route(Kind.ACTION, draw.MOVE, change.move, opens=True),
    Route(Kind.FORM, form.MOVED, change.moved),
    Route(Kind.ACTION, draw.SKIP, change.skip, opens=True),
    Route(Kind.FORM, form.LEFT_OUT, change.left_out),
    Route(Kind.ACTION, draw.ASK, change.ask, opens=True),
    Route(Kind.FORM, form.ASKED, change.asked),
    Route(Kind.ACTION, draw.HELD, change.held),
    Route(Kind.ACTION, draw.SKIPPED, change.not_held),
    *run.ROUTES,
)
DUTIES: tuple[Duty, ...] = (*TIMED, *run.DUTIES)
SAMPLES: tuple[Sample, ...] = (
    Sample(phrase("The first 1:1"), "contractor", phrase("when the manager plans it"), _sample),
    *LETTERS,
)
