"""A 1:1 from start to summary: the manager starts and ends it, and in between the parts follow each other."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from blocks import oneonone_run as draw
from blocks.oneonone import START
from handlers import oneonone_notes, oneonone_outcome, oneonone_points
from handlers.contract import Call, Desk, Due, Duty, Handler, Kind, Letters, Reply, Route, Say, soon
from handlers.oneonone_keep import KEEP, REDRAW
from handlers.oneonone_points import asked_of
from handlers.oneonone_show import both, held, over, running, stand, summary
from handlers.oneonone_table import Table, at_meeting, next_meeting
from playbook import oneonone_run as rules
from playbook.oneonone_run import BACK, GRACE, HELD, NEXT, OPEN_FOR, PLANNED, RUNNING, SKIPPED, STAY
from playbook.roles import Action
from playbook.sorry import Sorry
from playbook.tongue import phrase
from storage import oneonone, timetable
from storage import oneonone_points as points
from storage import oneonone_run as store
from storage.path import Traveller, travellers
from storage.rhythm_tables import Meeting
from storage.timetable import When

PART = "oneonone.part"
CLOSE = "oneonone.close"
EARLY = timedelta(hours=12)
FOR_MANAGERS = phrase("The manager starts the 1:1. You can add topics to it: `/1on1 add` with a few words.")
NOT_NOW = {
    HELD: phrase("This 1:1 is over. `/1on1 past` shows what came of it."),
    SKIPPED: phrase("This 1:1 was skipped. Plan the next one with `/1on1`."),
    PLANNED: phrase("This 1:1 has not begun. Press Start in its agenda."),
}


async def typed(call: Call, desk: Desk) -> Reply:
    """Answer `/1on1 start` and `/1on1 start @person`."""
    table = await asked_of(call, desk)
    if not table.leads:
        raise Sorry(FOR_MANAGERS)
    if runs := await store.running(desk.team, table.user_id):
        return Say(text=draw.begun_already(runs.started_at or runs.at))
    recent = await oneonone.next_meetings(desk.team, [table.user_id], desk.now - EARLY)
    meeting = recent.get(table.user_id)
    if meeting is None:
        meeting = await oneonone.create(desk.team, table.user_id, table.manager_id, desk.now)
    if meeting.at - desk.now > EARLY:
        text, blocks = draw.start_early(meeting.id, table.other_id, meeting.at)
        return Say(text=text, blocks=blocks)
    return Say(text=draw.started(table.other_id)).also(*await _begin(desk, table, meeting))


async def started(call: Call, desk: Desk) -> Reply:
    """Start a meeting from the button of its agenda."""
    table, meeting = await at_meeting(call, desk, call.value, Action.ONE_ON_ONE_LEAD)
    if meeting.state == RUNNING:
        return Say(text=draw.begun_already(meeting.started_at or meeting.at))
    if meeting.state != PLANNED:
        raise Sorry(NOT_NOW[meeting.state])
    if other := await store.running(desk.team, meeting.user_id):
        return Say(text=draw.begun_already(other.started_at or other.at))
    return Reply().also(*await _begin(desk, table, meeting))


async def started_now(call: Call, desk: Desk) -> Reply:
    """Start one that was planned for later."""
    reply = await started(call, desk)
    if isinstance(reply, Say):
        return reply
    table, _ = await at_meeting(call, desk, call.value, Action.ONE_ON_ONE_LEAD)
    return Say(text=draw.started(table.other_id)).also(*reply.posts)


async def _begin(desk: Desk, table: Table, meeting: Meeting) -> Sequence[Letters]:
    store.begin(meeting, table.manager_id, desk.now)
    await desk.team.session.flush()
    await points.take_up(desk.team, meeting)
    await _wind(desk, meeting)
    await _homes(desk, table.traveller)
    await soon(desk, (KEEP, meeting.user_id))
    return await running(desk, table.traveller, meeting)


async def _homes(desk: Desk, traveller: Traveller) -> None:
    await soon(desk, *(("home.redraw", one) for one in both(traveller)))


async def _wind(desk: Desk, meeting: Meeting) -> None:
    """Write down when what both see changes by itself."""
    await timetable.put(desk.team, PART, {meeting.id: When(rules.next_look(stand(desk, meeting), desk.now))})


def moved(did: str) -> Handler:
    """Make the handler of a button that moves the clock; it carries the part in which it was shown."""

    async def handler(call: Call, desk: Desk) -> Reply:
        meeting_id, _, shown = call.value.partition(draw.SIGN)
        table, meeting = await at_meeting(call, desk, meeting_id, Action.ONE_ON_ONE_LEAD)
        if meeting.state != RUNNING:
            raise Sorry(NOT_NOW[meeting.state])
        if shown == str(stand(desk, meeting).part):
            store.move(meeting, did, desk.now)
            await _wind(desk, meeting)
        return Reply().also(*await running(desk, table.traveller, meeting))

    return handler


async def ended(call: Call, desk: Desk) -> Reply:
    """End a meeting; both get its summary."""
    table, meeting = await at_meeting(call, desk, call.value, Action.ONE_ON_ONE_LEAD)
    if meeting.state != RUNNING:
        raise Sorry(NOT_NOW[meeting.state])
    store.end(meeting, desk.now)
    return Reply().also(*await finish(desk, table.traveller, meeting))


async def finish(desk: Desk, traveller: Traveller, meeting: Meeting) -> Sequence[Letters]:
    """Do what follows from a meeting's end: what is unfinished is carried over, and both get the summary."""
    await desk.team.session.flush()
    if meeting.started_at is None:
        await points.take_up(desk.team, meeting)
    await points.carry_over(desk.team, meeting)
    await timetable.drop(desk.team, meeting.id, [PART])
    await timetable.put(desk.team, CLOSE, {meeting.id: When((meeting.ended_at or desk.now) + OPEN_FOR)})
    await _homes(desk, traveller)
    coming = await next_meeting(desk, meeting.user_id)
    await soon(desk, *([(REDRAW, coming.id)] if coming else []))
    return await over(desk, traveller, meeting)


async def run_part(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Move meetings on to their next part, or show how long they are over, or end those that nobody ended."""
    told: list[Letters] = []
    await _end_of_those_who_left(desk, due)
    for meeting, traveller in await _of(desk, due):
        if meeting.state != RUNNING:
            continue
        here = stand(desk, meeting)
        if rules.ends_itself(here, desk.now):
            store.end(meeting, here.ends + GRACE)
            told += await finish(desk, traveller, meeting)
        else:
            told += await running(desk, traveller, meeting)
    return told


async def _end_of_those_who_left(desk: Desk, due: Sequence[Due]) -> None:
    """End the meetings of contractors who are not here any more; there is nobody to tell."""
    found = [meeting for one in due if (meeting := await oneonone.find(desk.team, one.subject))]
    there = await travellers(desk.team, [meeting.user_id for meeting in found], paused=True)
    for meeting in found:
        if meeting.user_id not in there and meeting.state == RUNNING:
            store.end(meeting, desk.now)
    await desk.team.session.flush()


async def _of(desk: Desk, due: Sequence[Due]) -> Sequence[tuple[Meeting, Traveller]]:
    found = [meeting for one in due if (meeting := await oneonone.find(desk.team, one.subject))]
    there = await travellers(desk.team, [meeting.user_id for meeting in found], paused=True)
    return [(meeting, there[meeting.user_id]) for meeting in found if meeting.user_id in there]


async def next_part(desk: Desk, meeting_ids: Sequence[str]) -> Mapping[str, When]:
    """Say when what is seen of running meetings changes next; those that are over have no next."""
    whens: dict[str, When] = {}
    for meeting_id in meeting_ids:
        meeting = await oneonone.find(desk.team, meeting_id)
        if meeting is not None and meeting.state == RUNNING:
            whens[meeting_id] = When(rules.next_look(stand(desk, meeting), desk.now))
    return whens


async def run_close(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Take the buttons for decisions and actions out of summaries when the time for them is over."""
    return [one for pair in await _of(desk, due) for one in await summary(desk, pair[1], pair[0])]


async def past(call: Call, desk: Desk) -> Reply:
    """Answer `/1on1 past`: the last meetings with what was decided and given to do."""
    table = await asked_of(call, desk)
    helds = [await held(desk, meeting) for meeting in await store.past(desk.team, table.user_id)]
    text, blocks = draw.past(helds, table.other_id)
    return Say(text=text, blocks=blocks)


WORDS: Mapping[str, Handler] = {**oneonone_points.WORDS, "start": typed, "past": past}
ROUTES: tuple[Route, ...] = (
    *oneonone_points.ROUTES,
    *oneonone_outcome.ROUTES,
    *oneonone_notes.ROUTES,
    Route(Kind.ACTION, START, started),
    Route(Kind.ACTION, draw.START_NOW, started_now),
    Route(Kind.ACTION, draw.NEXT_PART, moved(NEXT)),
    Route(Kind.ACTION, draw.BACK_PART, moved(BACK)),
    Route(Kind.ACTION, draw.STAY, moved(STAY)),
    Route(Kind.ACTION, draw.END, ended),
)
DUTIES: tuple[Duty, ...] = (
    *oneonone_outcome.DUTIES,
    Duty(PART, run_part, next_part, catch_up=timedelta(days=30)),
    Duty(CLOSE, run_close, catch_up=timedelta(days=30)),
)
