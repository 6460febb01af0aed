"""What the clock brings of 1:1s: asking both to prepare, the agenda, its beginning, and one question afterwards."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from blocks import oneonone_letter as letter
from blocks.oneonone import Drawn
from blocks.oneonone_agenda import letter as agenda_letter
from handlers.contract import Desk, Due, Duty, Letters, Sample, soon
from handlers.oneonone_facts import agenda, sampled
from handlers.oneonone_keep import KEEP, REDRAW, keep, next_keep
from handlers.oneonone_letters import (
    AGENDA,
    BEGIN,
    FOLLOW_UP,
    PREPARE,
    STRATEGY,
    about,
    is_over,
    prepare_key,
    redrawn,
    strategy_key,
    was_sent,
    written,
)
from handlers.oneonone_pair import Pair, pairs
from playbook.tongue import phrase
from storage import digest, oneonone
from storage.oneonone import State, agenda_key
from storage.outbox import Lane, Post
from storage.path import Traveller
from storage.rhythm_tables import Meeting
from storage.timetable import When

FRESH = timedelta(minutes=30)
LATE = timedelta(days=7)


async def _found(desk: Desk, ids: Collection[str]) -> Sequence[tuple[Pair, Meeting]]:
    """Give the 1:1s of contractors who are still on the path and not paused, each with its two."""
    meetings = await oneonone.find_all(desk.team, ids)
    known = await pairs(desk, {one.user_id for one in meetings})
    both = [(known[one.user_id], one) for one in meetings if one.user_id in known]
    return [(pair, one) for pair, one in both if pair.traveller.place.paused_at is None]


async def ask_contractors(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Ask contractors to prepare."""
    found = await _found(desk, [one.subject for one in due])
    await soon(desk, *(("home.redraw", one.user_id) for _, one in found))
    return [
        _asked(prepare_key(one), one.user_id, letter.prepare(one.id, one.manager_id, one.at), one, desk, PREPARE)
        for _, one in found
        if not is_over(one, desk.now) and one.prepared_at is None
    ]


async def ask_managers(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Ask managers for the line of strategy."""
    found = await _found(desk, [one.subject for one in due])
    await soon(desk, *(("home.redraw", one.manager_id) for _, one in found))
    return [
        _asked(strategy_key(one), one.manager_id, letter.strategy(one.id, one.user_id, one.at), one, desk, STRATEGY)
        for _, one in found
        if not is_over(one, desk.now) and not one.strategy
    ]


def _asked(key: str, to: str, drawn: Drawn, one: Meeting, desk: Desk, nudge: str) -> Post:
    return Post(key, to, *drawn, Lane.NUDGE, one.at - desk.now, about=about(one.id), nudge=nudge)


async def send_agendas(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Give both the agenda; who has it since before the 1:1 was moved is reminded in a line."""
    asked = {tuple(one.subject.split(":", 1)) for one in due}
    meetings = {one.id: one for _, one in await _found(desk, {meeting_id for meeting_id, *_ in asked})}
    wanted = [(id_, to) for id_, to in sorted(asked) if id_ in meetings and not is_over(meetings[id_], desk.now)]
    wanted = [(id_, to) for id_, to in wanted if to in (meetings[id_].user_id, meetings[id_].manager_id)]
    have = await digest.letters_with(desk.team, [agenda_key(*pair) for pair in wanted]) if wanted else ()
    found = await agenda(desk, {id_ for id_, _ in wanted})
    made: list[Letters] = []
    for id_, to in wanted:
        one, key = meetings[id_], agenda_key(id_, to)
        other = one.user_id if to == one.manager_id else one.manager_id
        drawn = letter.again(id_, other, one.at) if key in have else agenda_letter(found[id_], to)
        key = f"oneonone.again:{id_}:{to}:{one.at:%Y%m%d%H%M}" if key in have else key
        made.append(Post(key, to, *drawn, Lane.AGENDA, one.at - desk.now, about=about(id_), timely=True))
    await soon(desk, *((REDRAW, id_) for id_, _ in wanted))
    return made


async def redraw(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Bring agendas up to date."""
    return await redrawn(desk, [one.subject for one in due])


async def next_redraw(desk: Desk, subjects: Sequence[str]) -> Mapping[str, When]:
    """Look at an agenda again every half hour until its 1:1 begins."""
    meetings = await oneonone.find_all(desk.team, subjects)
    have = await written(desk, meetings)
    wanted = [one for one in meetings if was_sent(one, have) and not is_over(one, desk.now)]
    return {one.id: When(min(desk.now + FRESH, one.at)) for one in wanted}


async def begin(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Plan the next one as soon as this one begins, and close what could be prepared."""
    ids = [one.subject for one in due]
    meetings = await oneonone.find_all(desk.team, ids)
    await soon(desk, *((KEEP, one.user_id) for one in meetings))
    return await redrawn(desk, ids)


async def follow_up(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Ask managers once what became of 1:1s that nobody started."""
    found = await _found(desk, [one.subject for one in due])
    return [
        Post(
            f"oneonone.follow_up:{one.id}:{one.at:%Y%m%d%H%M}",
            one.manager_id,
            *letter.follow_up(one.id, one.user_id, one.at),
            about=about(one.id),
            nudge=FOLLOW_UP,
        )
        for _, one in found
        if one.state == State.PLANNED and one.at <= desk.now
    ]


async def _sample_prepare(desk: Desk, traveller: Traveller) -> Drawn:
    return letter.prepare("", traveller.place.manager_id, _moment(desk, traveller))


async def _sample_strategy(desk: Desk, traveller: Traveller) -> Drawn:
    return letter.strategy("", traveller.user_id, _moment(desk, traveller))


async def _sample_agenda(desk: Desk, traveller: Traveller) -> Drawn | None:
    found = await sampled(desk, traveller, _moment(desk, traveller))
    return agenda_letter(found, traveller.user_id) if found else None


async def _sample_agenda_manager(desk: Desk, traveller: Traveller) -> Drawn | None:
    found = await sampled(desk, traveller, _moment(desk, traveller))
    return agenda_letter(found, found.manager_id) if found else None


async def _sample_follow_up(desk: Desk, traveller: Traveller) -> Drawn:
    return letter.follow_up("", traveller.user_id, _moment(desk, traveller))


def _moment(desk: Desk, traveller: Traveller) -> datetime:
    return traveller.place.one_on_one_at or traveller.path.at(5, desk.playbook.path.quiet_until)


DUTIES: tuple[Duty, ...] = (
    Duty(KEEP, keep, next_keep, catch_up=LATE, for_contractors=True),
    Duty(PREPARE, ask_contractors),
    Duty(STRATEGY, ask_managers),
    Duty(AGENDA, send_agendas),
    Duty(REDRAW, redraw, next_redraw, catch_up=LATE),
    Duty(BEGIN, begin, catch_up=LATE),
    Duty(FOLLOW_UP, follow_up, catch_up=timedelta(days=1)),
)
SAMPLES: tuple[Sample, ...] = (
    Sample(phrase("Prepare the 1:1"), "contractor", phrase("a day before each 1:1"), _sample_prepare),
    Sample(phrase("The line of strategy"), "manager", phrase("a day before each 1:1"), _sample_strategy),
    Sample(phrase("The agenda, for the contractor"), "contractor", phrase("two hours before each 1:1"), _sample_agenda),
    Sample(
        phrase("The agenda, for the manager"), "manager", phrase("two hours before each 1:1"), _sample_agenda_manager
    ),
    Sample(
        phrase("Did it take place?"), "manager", phrase("two hours after one that nobody started"), _sample_follow_up
    ),
)
