"""The Shadow Buddy, unasked: asking for one, introducing the two on Day 1, and what to do when the buddy has left."""

from collections.abc import Mapping, Sequence
from datetime import time, timedelta

from blocks import buddy as draw
from blocks.kit import Block
from handlers.buddy_pair import REMINDER, about, expected_key, introduced_key, introduction, suggest, together
from handlers.contract import Desk, Due, Duty, Letters, Sample
from handlers.path import once, tick
from playbook.buddy import meeting_time
from playbook.days import local_time
from playbook.path import not_quiet
from playbook.tongue import phrase
from storage import timetable
from storage.outbox import Lane, Post
from storage.path import Traveller, travellers
from storage.timetable import When

ASK, MISSING, INTRODUCE = "buddy.ask", "buddy.missing", "buddy.introduce"
WEEK = timedelta(days=7)
FEW = 20


def _ask_key(one: Traveller) -> str:
    return f"{about(one.user_id)}:before"


def _missing_key(one: Traveller) -> str:
    return f"{about(one.user_id)}:missing:{one.place.buddy_id}"


async def ask_next(desk: Desk, subjects: Sequence[str]) -> Mapping[str, When]:
    """Say when managers are asked for a buddy beforehand."""
    book = desk.playbook.buddy

    def wish(one: Traveller) -> tuple[int, time, str] | None:
        begun = one.path.today(desk.now) >= 1
        return None if begun else (book.ask_day, book.ask_at, one.zone_of("manager"))

    return await once(desk, subjects, _ask_key, wish)


async def missing_next(desk: Desk, subjects: Sequence[str]) -> Mapping[str, When]:
    """Say when managers are asked for a buddy on Day 1."""
    at = desk.playbook.buddy.missing_at
    return await once(desk, subjects, _missing_key, lambda one: (1, at, one.zone_of("manager")))


async def ask(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Ask managers whose contractor has no buddy yet."""
    found = await travellers(desk.team, [one.subject for one in due])
    return [post for one in found.values() for post in await _asked(desk, one, _ask_key(one))]


async def missing(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Ask managers whose contractor has nobody on Day 1, or whose buddy has just left; not at night."""
    posts: list[Letters] = []
    for user_id, one in (await travellers(desk.team, [one.subject for one in due])).items():
        at = not_quiet(desk.now, one.zone_of("manager"), desk.playbook.path)
        if at > desk.now:
            await timetable.put(desk.team, MISSING, {user_id: When(at)})
        else:
            posts += await _asked(desk, one, _missing_key(one))
    return posts


async def _asked(desk: Desk, one: Traveller, key: str) -> Sequence[Letters]:
    lead = one.id_of("manager", "operations", "escalation")
    if one.who("buddy") is not None or not lead:
        return ()
    said = draw.asks(one.user_id, await suggest(desk, one), one.place.buddy_id)
    return (Post(key, lead, *said, Lane.AGENDA, about=about(one.user_id), nudge=REMINDER),)


async def introduce_next(desk: Desk, subjects: Sequence[str]) -> Mapping[str, When]:
    """Say when contractors and their buddies are introduced to each other: at night for neither, if it can be."""
    at, quiet = desk.playbook.buddy.introduce_at, desk.playbook.path
    key = lambda one: introduced_key(one.user_id, one.place.buddy_id)  # noqa: E731 - two names for one line

    def wish(one: Traveller) -> tuple[int, time, str]:
        first, zone = one.path.at(1, at), one.person.zone
        zones = {zone, one.zone_of("buddy")}
        moment = meeting_time(first, zones, quiet.quiet_from, quiet.quiet_until)
        return 1, local_time(moment, zone).time(), zone

    return await once(desk, subjects, key, wish)


async def introduce(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Introduce contractors and their buddies to each other, and tell the buddies what is expected."""
    posts: list[Letters] = []
    for user_id, one in (await travellers(desk.team, [one.subject for one in due])).items():
        buddy = one.who("buddy")
        if buddy is not None:
            await tick(desk, user_id, "buddy", one.place.added_by)
            expected = draw.expected(user_id, user_id)
            posts.append(together(one, buddy, await introduction(desk, one, buddy)))
            posts.append(Post(expected_key(user_id, buddy.user_id), buddy.user_id, *expected, Lane.AGENDA))
    return posts


async def _sample_ask(desk: Desk, traveller: Traveller) -> tuple[str, Sequence[Block]] | None:
    if traveller.who("buddy") is not None:
        return None
    return draw.asks(traveller.user_id, await suggest(desk, traveller), traveller.place.buddy_id)


async def _sample_introduction(desk: Desk, traveller: Traveller) -> tuple[str, Sequence[Block]]:
    buddy = traveller.who("buddy", "manager") or traveller.person
    return await introduction(desk, traveller, buddy)


async def _sample_expected(_desk: Desk, traveller: Traveller) -> tuple[str, Sequence[Block]]:
    return draw.expected(traveller.user_id, traveller.user_id)


SAMPLES: tuple[Sample, ...] = (
    Sample(phrase("Please choose a buddy"), "manager", phrase("Day -2, 09:00 on the manager's clock"), _sample_ask),
    Sample(phrase("You are a buddy"), "buddy", phrase("when the buddy is chosen"), _sample_expected),
    Sample(
        phrase("Meet your buddy"),
        "buddy",
        phrase("Day 1, 11:00 on the contractor's clock, to both"),
        _sample_introduction,
    ),
)
DUTIES: tuple[Duty, ...] = (
    Duty(ASK, ask, ask_next, WEEK, for_contractors=True, once=True, at_once=FEW),
    Duty(MISSING, missing, missing_next, WEEK, for_contractors=True, once=True, at_once=FEW),
    Duty(INTRODUCE, introduce, introduce_next, WEEK, for_contractors=True, once=True),
)
