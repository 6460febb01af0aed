"""Things that happen once on somebody's path: when each is due, and who is concerned."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time, timedelta

from handlers.contract import Desk, soon
from playbook.days import DAY, local_day, local_time
from playbook.hours import shift as worked_on
from playbook.path import is_news, not_quiet
from playbook.roles import Action, Actor, Subject, may
from playbook.roles_after import AFTERWARDS
from playbook.sorry import Sorry
from storage import checklist, contractor, digest, workspace
from storage.contractor import Shift, helpers, shifts
from storage.path import Traveller, travellers
from storage.tables import Contractor, Person
from storage.timetable import When


async def once(
    desk: Desk,
    subjects: Sequence[str],
    key: Callable[[Traveller], str],
    wish: Callable[[Traveller], tuple[int, time, str] | None],
) -> Mapping[str, When]:
    """Say when a message of each contractor's path is due that comes once; for duties with `once`.

    `key` names its letter: whoever has had it is not due again. `wish` gives the day of the path, the time, and the
    zone whose clock is meant; None for somebody who gets no such message. What has passed is due now, outside quiet
    hours; what passed longer ago than `late_days` is not due at all.
    """
    found = await travellers(desk.team, subjects)
    keys = {one: key(traveller) for one, traveller in found.items()}
    written = set(await digest.letters_with(desk.team, list(keys.values()))) if keys else set()
    wishes = {one: wish(traveller) for one, traveller in found.items() if keys[one] not in written}
    whens = {one: _when(desk, found[one], wanted) for one, wanted in wishes.items() if wanted}
    return {one: when for one, when in whens.items() if when is not None}


def _when(desk: Desk, traveller: Traveller, wish: tuple[int, time, str]) -> When | None:
    number, at, zone = wish
    due_at, book = traveller.path.at(number, at, zone), desk.playbook.path
    if due_at > desk.now:
        return When(due_at, local_day(due_at, zone), at, zone)
    if not is_news(local_day(due_at, zone), local_day(desk.now, zone), book):
        return None
    return When(not_quiet(desk.now, zone, book))


async def after_work(desk: Desk, subjects: Sequence[str], minutes: int) -> Mapping[str, When]:
    """Say when each contractor's working day will next have been over for so many minutes."""
    found = await shifts(desk.team, subjects)
    return {one: _next_end(each, desk.now, timedelta(minutes=minutes)) for one, each in found.items()}


def _next_end(shift: Shift, now: datetime, later: timedelta) -> When:
    day = max(local_day(now, shift.zone) - 2 * DAY, shift.start_date)
    while True:
        window = worked_on(shift.hours, day)
        day += DAY
        if window and window[1] + later > now:
            there = local_time(window[1] + later, shift.zone)
            return When(window[1] + later, there.date(), there.time(), shift.zone)


def subject(place: Contractor) -> Subject:
    """Say whom a question of who may is about."""
    around = frozenset(one for one in helpers(place).values() if one)
    return Subject(place.user_id, place.manager_id, around, place.operations_id, place.buddy_id)


async def actor(desk: Desk, person: Person) -> Actor:
    """Say who wants to do something, with all that the workspace lets them do."""
    office = await workspace.get(desk.team)
    is_admin = person.is_admin or person.user_id in desk.admins
    leads = bool(await contractor.managed_by(desk.team, [person.user_id]))
    return Actor(person.user_id, is_admin, person.deactivated, leads, person.user_id in workspace.adders(office))


async def may_about(desk: Desk, action: Action, person: Person, place: Contractor) -> bool:
    """Say whether somebody may do something that is about a contractor; operations of the workspace count as theirs.

    About somebody whose path is over, little more than reading is left.
    """
    if place.ended_at is not None and action not in AFTERWARDS:
        return False
    about, office = subject(place), await workspace.get(desk.team)
    if not about.operations_id and office.operations_id:
        about = Subject(about.user_id, about.manager_id, about.helpers, office.operations_id, about.buddy_id)
    allowed = may(action, await actor(desk, person), about)
    if allowed:
        looked(desk, action, person, place.user_id)
    return allowed


def looked(desk: Desk, action: Action, person: Person, *user_ids: str) -> None:
    """Note for the audit log that somebody is shown something of contractors; a look at what is one's own is none."""
    sensitive = action in desk.playbook.trail.labels
    for user_id in user_ids:
        desk.trace.note(action, user_id, look=sensitive and user_id != person.user_id)


async def let(
    desk: Desk, action: Action, person: Person, user_id: str, refusal: str, *, paused: bool = True
) -> Traveller:
    """Give a contractor to somebody who may do something about them; to everybody else they are not there.

    `refusal` is what those read. Whose path is paused is given as well, unless that is not wanted.
    """
    found = (await travellers(desk.team, [user_id], paused=paused)).get(user_id)
    if found is None or not await may_about(desk, action, person, found.place):
        raise Sorry(refusal)
    return found


async def tick(desk: Desk, user_id: str, auto: str, by: str) -> None:
    """Tick the items of a contractor's checklist that something which happened has done, and let views of it follow."""
    if await checklist.tick(desk.team, user_id, auto, by, desk.now):
        await soon(desk, ("checklist.changed", user_id))


async def untick(desk: Desk, user_id: str, auto: str) -> None:
    """Take back what `tick` has done, where what had happened holds no more, and let views of it follow."""
    if await checklist.untick(desk.team, user_id, auto):
        await soon(desk, ("checklist.changed", user_id))
