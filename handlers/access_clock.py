"""When people are asked about access: operations before Day 0, the contractor on Day 1, and one reminder each."""

from collections.abc import Callable, Mapping, Sequence
from datetime import time, timedelta

from blocks import access as draw
from blocks import access_confirm as question
from handlers.access_work import (
    ALONE,
    Case,
    about,
    cases,
    confirm_key,
    of,
    prepare,
    prepare_key,
    receiver,
    redrawn,
    tell,
)
from handlers.contract import Desk, Due, Duty, Letters, soon
from handlers.path import once
from playbook.access import Moment, just_asked, progress, takes_new_tools
from playbook.days import local_day
from storage import access as store
from storage import timetable
from storage.outbox import Lane, Post
from storage.path import Traveller, travellers
from storage.timetable import When

LAY, TOOLBOX = "access.lay", "access.toolbox"
REMINDER = "access.reminder"
PREPARE, REMIND, CONFIRM, NUDGE = "access.prepare", "access.remind", "access.confirm", "access.nudge"
WEEK = timedelta(days=7)
Wish = tuple[int, time, str]


async def lay(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Lay the tools of the Toolbox for contractors who have just begun, and let what shows them follow."""
    found = await _laid(desk, [one.subject for one in due])
    fresh = [one for one, case in found.items() if question.critical(case.lines)]
    await timetable.put(desk.team, CONFIRM, await next_confirm(desk, fresh) if fresh else {})
    await tell(desk, [case for case in found.values() if case.lines])
    return [letter for case in found.values() for letter in await redrawn(desk, case)]


async def toolbox(desk: Desk, _: Sequence[Due]) -> Sequence[Letters]:
    """Let everybody's list follow who has begun of late, because the Toolbox has changed."""
    since = desk.now.date() - timedelta(days=2 * desk.playbook.access.new_tools_days)
    await soon(desk, *((LAY, one) for one in await store.started_since(desk.team, since)))
    return ()


async def _laid(desk: Desk, user_ids: Sequence[str]) -> Mapping[str, Case]:
    """Gather cases with a line for every tool, also for those that came into the Toolbox since."""
    found = await travellers(desk.team, user_ids)
    await store.lay(desk.team, [one for one, traveller in found.items() if _begins(desk, traveller)])
    return await cases(desk, list(found))


def _begins(desk: Desk, traveller: Traveller) -> bool:
    today = local_day(desk.now, traveller.person.zone)
    return takes_new_tools(traveller.place.start_date, today, desk.playbook.access)


async def prepare_now(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Bring operations the list of everything to open, unless all of it is open already."""
    found = (await _laid(desk, [one.subject for one in due])).values()
    return [_list(desk, case) for case in found if receiver(case.traveller) and not _complete(case)]


def _complete(case: Case) -> bool:
    counted = progress(case.lines)
    return counted.total > 0 and counted.opened == counted.total


def _list(desk: Desk, case: Case) -> Post:
    key, to = prepare_key(case.traveller), receiver(case.traveller)
    return Post(key, to, *prepare(desk, case), Lane.AGENDA, about=about(case.user_id))


async def remind_now(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Remind operations once of what is not open yet; who has no list yet gets it instead."""
    letters: list[Letters] = []
    for case in (await _laid(desk, [one.subject for one in due])).values():
        if not case.lines or _complete(case) or not receiver(case.traveller):
            continue
        asked = await _asked(desk, case, prepare_key(case.traveller))
        drawn = draw.reminder(of(desk, case.traveller), case.lines)
        key, to = remind_key(case.traveller), receiver(case.traveller)
        reminder = Post(key, to, *drawn, Lane.AGENDA, about=about(case.user_id), nudge=REMINDER)
        letters += [] if asked is False else [reminder if asked else _list(desk, case)]
    return letters


async def _asked(desk: Desk, case: Case, key: str) -> bool | None:
    """Say whether somebody was asked long enough ago to be reminded; None if they never were."""
    letters = [one for one in await store.letters(desk.team, about(case.user_id)) if one.key == key]
    return not just_asked(letters[0].created_at, desk.now, desk.playbook.access) if letters else None


async def confirm_now(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Ask contractors to confirm the second factor, once per tool; where none is needed, nothing is asked."""
    found = (await _laid(desk, [one.subject for one in due])).values()
    return [
        Post(
            confirm_key(case.traveller),
            case.user_id,
            *question.confirm(case.user_id, case.lines),
            Lane.AGENDA,
            about=about(case.user_id),
        )
        for case in found
        if any(line.unconfirmed for line in case.lines)
    ]


async def nudge_now(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Remind contractors once who were asked and have not confirmed everything."""
    letters = []
    for case in (await cases(desk, [one.subject for one in due])).values():
        missing = any(line.unconfirmed for line in case.lines)
        if missing and await _asked(desk, case, confirm_key(case.traveller)):
            drawn = question.reminder(case.user_id, case.lines)
            key = nudge_key(case.traveller)
            letters.append(Post(key, case.user_id, *drawn, about=about(case.user_id), nudge=REMINDER))
    return letters


def remind_key(traveller: Traveller) -> str:
    """Name the reminder to whoever is to open the tools."""
    return f"{about(traveller.user_id)}:remind:{receiver(traveller)}"


def nudge_key(traveller: Traveller) -> str:
    """Name the reminder to the contractor."""
    return f"{about(traveller.user_id)}:nudge"


async def next_prepare(desk: Desk, subjects: Sequence[str]) -> Mapping[str, When]:
    """Say when operations gets the list."""
    return await once(desk, subjects, prepare_key, _theirs(desk.playbook.access.prepare))


async def next_remind(desk: Desk, subjects: Sequence[str]) -> Mapping[str, When]:
    """Say when operations is reminded; what has passed is not made up for."""
    return await once(desk, subjects, remind_key, _ahead(desk, _theirs(desk.playbook.access.remind)))


async def next_confirm(desk: Desk, subjects: Sequence[str]) -> Mapping[str, When]:
    """Say when the contractor is asked."""
    return await once(desk, subjects, confirm_key, _own(desk.playbook.access.confirm))


async def next_nudge(desk: Desk, subjects: Sequence[str]) -> Mapping[str, When]:
    """Say when the contractor is reminded; what has passed is not made up for."""
    return await once(desk, subjects, nudge_key, _ahead(desk, _own(desk.playbook.access.nudge)))


def _theirs(moment: Moment) -> Callable[[Traveller], Wish | None]:
    def wish(traveller: Traveller) -> Wish | None:
        return (moment.day, moment.at, traveller.zone_of(*ALONE)) if receiver(traveller) else None

    return wish


def _own(moment: Moment) -> Callable[[Traveller], Wish | None]:
    return lambda traveller: (moment.day, moment.at, traveller.person.zone)


def _ahead(desk: Desk, wish: Callable[[Traveller], Wish | None]) -> Callable[[Traveller], Wish | None]:
    def still(traveller: Traveller) -> Wish | None:
        wanted = wish(traveller)
        return wanted if wanted and traveller.path.at(*wanted) > desk.now else None

    return still


DUTIES: tuple[Duty, ...] = (
    Duty(LAY, lay, catch_up=WEEK, lays=True),
    Duty(TOOLBOX, toolbox, catch_up=WEEK),
    Duty(PREPARE, prepare_now, next_prepare, catch_up=WEEK, for_contractors=True, once=True),
    Duty(REMIND, remind_now, next_remind, catch_up=WEEK, for_contractors=True, once=True),
    Duty(CONFIRM, confirm_now, next_confirm, catch_up=WEEK, for_contractors=True, once=True),
    Duty(NUDGE, nudge_now, next_nudge, catch_up=WEEK, for_contractors=True, once=True),
)
