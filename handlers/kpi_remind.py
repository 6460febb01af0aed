"""Asking for the blueprint on somebody's path: once to draft it, and once more of whoever it waits for."""

from collections.abc import Mapping, Sequence
from datetime import time, timedelta

from blocks import kpi_letter as draw
from handlers.contract import Desk, Due, Letters
from handlers.path import once
from playbook.days import local_day
from storage import kpi, outbox
from storage.kpi import State
from storage.outbox import Lane, Post, Redraw
from storage.path import Traveller, travellers
from storage.timetable import When

ASK = "kpi.ask"
REMIND = "kpi.remind"
REMIND_MANAGER = "kpi.remind_manager"
REMINDER = "kpi.reminder"
JUST = timedelta(days=2)


def ask_key(one: Traveller) -> str:
    """Name the message that asks a manager to draft a blueprint."""
    return f"{ASK}:{one.user_id}"


def remind_key(one: Traveller) -> str:
    """Name the contractor's reminder."""
    return f"{REMIND}:{one.user_id}"


def remind_manager_key(one: Traveller) -> str:
    """Name the manager's reminder."""
    return f"{REMIND_MANAGER}:{one.user_id}"


def over(user_id: str, *, manager: bool) -> Redraw:
    """Say in the place of a reminder that what it asked for has happened."""
    key = f"{REMIND_MANAGER if manager else REMIND}:{user_id}"
    return Redraw(key, *draw.reminder_over(user_id if manager else ""))


async def next_ask(desk: Desk, subjects: Sequence[str]) -> Mapping[str, When]:
    """Say when each manager is asked to draft a blueprint, on the manager's clock."""
    return await once(desk, subjects, ask_key, lambda one: _managers(desk, one, desk.playbook.kpi.ask_day))


async def next_remind_manager(desk: Desk, subjects: Sequence[str]) -> Mapping[str, When]:
    """Say when each manager is reminded, on the manager's clock."""
    return await once(
        desk, subjects, remind_manager_key, lambda one: _managers(desk, one, desk.playbook.kpi.remind_day)
    )


async def next_remind(desk: Desk, subjects: Sequence[str]) -> Mapping[str, When]:
    """Say when each contractor is reminded, on their own clock."""
    book = desk.playbook.kpi
    return await once(desk, subjects, remind_key, lambda one: (book.remind_day, book.at, one.person.zone))


def _managers(desk: Desk, one: Traveller, number: int) -> tuple[int, time, str] | None:
    return (number, desk.playbook.kpi.at, one.zone_of("manager")) if one.who("manager") else None


async def ask(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Ask the managers of those for whom nothing was proposed yet."""
    found = await travellers(desk.team, [one.subject for one in due])
    there = await kpi.current(desk.team, list(found))
    return [
        Post(ask_key(one), one.id_of("manager"), *asked(desk, one), lane=Lane.AGENDA)
        for user_id, one in found.items()
        if user_id not in there and one.who("manager")
    ]


def asked(desk: Desk, one: Traveller) -> draw.Drawn:
    """Draw the message that asks a manager to draft a blueprint."""
    start = one.path.day(1)
    return draw.ask_to_draft(one.user_id, start, begun=start <= local_day(desk.now, one.person.zone))


async def remind_manager(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Remind the managers whose part it is: nothing was proposed, or the contractor asked to talk."""
    found = await travellers(desk.team, [one.subject for one in due])
    there = await kpi.current(desk.team, list(found))
    letters = []
    for user_id, one in found.items():
        discussed = user_id in there and there[user_id].state == State.DISCUSSED
        waits = discussed or user_id not in there
        if one.who("manager") and waits and not await _just_asked(desk, one):
            drawn = draw.remind_manager(user_id, discussed=discussed)
            key, manager = remind_manager_key(one), one.id_of("manager")
            letters.append(Post(key, manager, *drawn, lane=Lane.AGENDA, nudge=REMINDER))
    return letters


async def _just_asked(desk: Desk, one: Traveller) -> bool:
    """Say whether the manager was asked a moment ago, because somebody was put on the path late."""
    letter = await outbox.find(desk.team, ask_key(one))
    return letter is not None and desk.now - letter.created_at < JUST


async def remind(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Remind the contractors who have not answered yet."""
    found = await travellers(desk.team, [one.subject for one in due])
    there = await kpi.current(desk.team, list(found))
    return [
        Post(remind_key(one), user_id, *draw.remind_contractor(there[user_id]), lane=Lane.NUDGE, nudge=REMINDER)
        for user_id, one in found.items()
        if user_id in there and there[user_id].state == State.PROPOSED
    ]
