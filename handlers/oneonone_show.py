"""What both see of a 1:1 while it runs and when it is over, brought up to date after whatever happens."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from blocks import oneonone_run as draw
from blocks.oneonone import Drawn
from blocks.oneonone_run import Held, Running
from handlers.contract import Desk, Letters, soon
from handlers.oneonone_facts import agenda
from handlers.oneonone_keep import REDRAW
from handlers.oneonone_letters import about
from playbook import oneonone_run as rules
from playbook.oneonone_run import GRACE, HELD, OPEN_FOR, Stand
from storage import oneonone
from storage import oneonone_points as points
from storage import oneonone_run as store
from storage.oneonone import agenda_key
from storage.outbox import Lane, Post, Redraw
from storage.path import Traveller
from storage.rhythm_tables import Meeting

GOOD_FOR = timedelta(days=3)
KeyOf = Callable[[str, str], str]


def summary_key(meeting_id: str, user_id: str) -> str:
    """Name the summary as one of the two got it."""
    return f"oneonone.summary:{meeting_id}:{user_id}"


def minutes(desk: Desk) -> Sequence[int]:
    """Give how long each part is."""
    return [part.minutes for part in desk.playbook.oneonone.parts]


def stand(desk: Desk, meeting: Meeting) -> Stand:
    """Say where a running meeting stands now."""
    return rules.stand(meeting.started_at or desk.now, store.moves(meeting), desk.now, minutes(desk))


def both(traveller: Traveller) -> tuple[str, ...]:
    """Name the two of a 1:1, as far as they are still here."""
    return tuple(dict.fromkeys(one for one in (traveller.user_id, traveller.id_of("manager")) if one))


async def running(desk: Desk, traveller: Traveller, meeting: Meeting) -> Sequence[Letters]:
    """Show a running meeting to both, in the place of its agenda."""
    here = stand(desk, meeting)
    meeting.part, meeting.manager_id = here.part, traveller.id_of("manager") or meeting.manager_id
    await desk.team.session.flush()
    facts = (await agenda(desk, [meeting.id])).get(meeting.id)
    if facts is None:
        return ()
    is_up = here.ends <= desk.now
    one = Running(
        facts,
        here,
        rules.late(here, meeting.started_at or desk.now, desk.now, minutes(desk)),
        rules.overrun(here, desk.now) if is_up else None,
        here.ends + GRACE,
        await points.of_meeting(desk.team, meeting.id),
        await points.from_before(desk.team, meeting),
    )
    return _letters(agenda_key, meeting, {who: draw.running(one, who) for who in both(traveller)})


def _letters(key: KeyOf, meeting: Meeting, drawn: Mapping[str, Drawn]) -> Sequence[Letters]:
    """Write what both read, or write it anew where it was written before."""
    told: list[Letters] = []
    for who, (text, blocks) in drawn.items():
        name = key(meeting.id, who)
        told.append(Post(name, who, text, blocks, Lane.AGENDA, GOOD_FOR, about=about(meeting.id), timely=True))
        told.append(Redraw(name, text, blocks))
    return told


async def held(desk: Desk, meeting: Meeting) -> Held:
    """Gather what came of a meeting that is over."""
    following = (await oneonone.next_meetings(desk.team, [meeting.user_id], desk.now)).get(meeting.user_id)
    ended_at = meeting.ended_at or meeting.at
    begun, until = meeting.started_at or meeting.at, ended_at + OPEN_FOR
    here = rules.stand(begun, store.moves(meeting), ended_at, minutes(desk))
    return Held(
        meeting.id,
        meeting.user_id,
        meeting.manager_id,
        begun,
        None if meeting.started_at is None else ended_at,
        await points.of_meeting(desk.team, meeting.id),
        await points.from_before(desk.team, meeting),
        by_itself=meeting.started_at is not None and rules.ends_itself(here, ended_at),
        open_until=until if desk.now < until else None,
        next_at=following.at if following else None,
    )


async def over(desk: Desk, traveller: Traveller, meeting: Meeting) -> Sequence[Letters]:
    """Close the agenda of a meeting that has just ended, and give both its summary."""
    one = await held(desk, meeting)
    closed = [Redraw(agenda_key(meeting.id, who), *draw.over(one, who)) for who in both(traveller)]
    return [*closed, *_letters(summary_key, meeting, {who: draw.summary(one, who) for who in both(traveller)})]


async def summary(desk: Desk, traveller: Traveller, meeting: Meeting) -> Sequence[Letters]:
    """Bring the summary of a meeting up to date where it was given."""
    one = await held(desk, meeting)
    return [Redraw(summary_key(meeting.id, who), *draw.summary(one, who)) for who in both(traveller)]


async def follow(desk: Desk, traveller: Traveller, meeting_id: str = "") -> Sequence[Letters]:
    """Let everything that shows the points of a contractor follow a change, of a meeting in particular."""
    await desk.team.session.flush()
    told: list[Letters] = []
    runs = await store.running(desk.team, traveller.user_id)
    if runs is not None:
        told += await running(desk, traveller, runs)
    shown = {one.id: one for one in await store.past(desk.team, traveller.user_id, 1)}
    if meeting_id and meeting_id not in shown:
        named = await oneonone.find(desk.team, meeting_id)
        shown |= {named.id: named} if named and named.state == HELD else {}
    for meeting in shown.values():
        told += await summary(desk, traveller, meeting)
    coming = await oneonone.next_meetings(desk.team, [traveller.user_id], desk.now)
    await soon(desk, *((REDRAW, one.id) for one in coming.values()))
    return told
