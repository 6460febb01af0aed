"""Whose time away it is: who may plan it, on which days and whose clock they work, and what has to follow a change."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from handlers.contract import Call, Desk, Due, Letters, arm, soon
from handlers.path import may_about
from handlers.who import NOT_ON_THE_PATH, Asker, asker, who_adds
from playbook.days import day_start, local_day, next_at, read_weekdays
from playbook.holidays import DaysOff
from playbook.roles import Action
from playbook.sorry import Sorry
from playbook.tongue import phrase
from storage import contractor, ooo, ooo_facts, people, timetable, workspace
from storage import ooo_plan as store
from storage.rhythm_tables import Away
from storage.tables import Contractor, Person

FOLLOW = "ooo.follow"
MEETINGS = "oneonone.keep"  # of a contractor, and of the contractors of a manager
DAY = timedelta(days=1)
TINY = timedelta(microseconds=1)
NOT_YOURS = phrase(
    "I find nobody by that name for whom you could plan this. Managers do it for their "
    "contractors. To say who stands in for you, put the days first: `/ooo 12-16 aug @person`."
)
NOT_THERE = phrase("That was taken back or changed meanwhile. `/ooo` shows what is noted now.")


@dataclass(frozen=True)
class Whose:
    """Somebody with their working days, their clock, and the days on which they are off."""

    person: Person
    place: Contractor | None
    weekdays: frozenset[int]
    free: DaysOff

    @property
    def id(self) -> str:
        """Give their user id."""
        return self.person.user_id

    @property
    def zone(self) -> str:
        """Give their zone."""
        return self.person.zone

    @property
    def holidays(self) -> DaysOff:
        """Give their public holidays alone."""
        return DaysOff(self.free.country, frozenset(), self.free.worked)

    def today(self, now: datetime) -> date:
        """Say which date it is for them."""
        return local_day(now, self.zone)


@dataclass(frozen=True)
class Work:
    """One person at somebody's time away: who asks, and whose it is."""

    call: Call
    desk: Desk
    who: Asker
    whose: Whose

    @property
    def own(self) -> bool:
        """Tell whether it is their own."""
        return self.whose.id == self.call.user_id

    @property
    def today(self) -> date:
        """Say which date it is for whose days it is about."""
        return self.whose.today(self.desk.now)


async def everybody(desk: Desk, user_ids: Collection[str]) -> Mapping[str, Whose]:
    """Give several people with their days, in a few queries however many they are; who has left is missing."""
    known = await people.find_all(desk.team, user_ids)
    places = {one.user_id: one for one in await contractor.find_all(desk.team, user_ids)}
    chosen, free = await ooo.weeks(desk.team, user_ids), await ooo.free_days(desk.team, user_ids)
    usual = frozenset(desk.playbook.contractor.weekdays)
    found = {}
    for one, person in known.items():
        place = places.get(one)
        weekdays = read_weekdays(place.weekdays) if place else chosen.get(one, usual)
        if not person.deactivated and not person.is_bot:
            found[one] = Whose(person, place, weekdays, free[one])
    return found


async def begin(call: Call, desk: Desk, user_id: str = "") -> Work:
    """Bring a person and somebody's time away together; raises Sorry for whoever may not plan it."""
    who = await asker(call, desk)
    subject = user_id or call.user_id
    whose = (await everybody(desk, [subject])).get(subject)
    if whose is None:
        raise Sorry(NOT_YOURS)
    work = Work(call, desk, who, whose)
    if work.own:
        await _need_a_part(work)
    elif whose.place is None or not await may_about(desk, Action.AWAY_PLAN, who.person, whose.place):
        raise Sorry(NOT_YOURS)
    return work


async def _need_a_part(work: Work) -> None:
    """Refuse who is neither on the path nor around anybody who is."""
    if work.whose.place is not None or work.who.is_admin:
        return
    office = await workspace.get(work.desk.team)
    if work.call.user_id in {office.operations_id, office.escalation_id}:
        return
    if not await contractor.helped_by(work.desk.team, work.call.user_id):
        raise Sorry(NOT_ON_THE_PATH.format(ask=await who_adds(work.desk)))


async def at_stretch(call: Call, desk: Desk, away_id: str) -> tuple[Work, Away]:
    """Bring a person to a stretch that a button or form is about; one they may not see is not there for them."""
    row = await store.find(desk.team, away_id)
    if row is None:
        await asker(call, desk)
        raise Sorry(NOT_THERE)
    return await begin(call, desk, row.user_id), row


def morning_after(whose: Whose, last: date, desk: Desk) -> datetime:
    """Say when the first working morning after a day is, on their own clock."""
    ends = day_start(last + DAY, whose.zone) - TINY
    return next_at(whose.weekdays, desk.playbook.ooo.returns, whose.zone, ends, whose.free)


async def follows(desk: Desk, whose: Whose) -> None:
    """Let everything that is planned follow a change of somebody's days, and what shows them be drawn anew."""
    await desk.team.session.flush()
    await soon(desk, (FOLLOW, whose.id))
    helped = await contractor.helped_by(desk.team, whose.id)
    shown = {whose.id, *({whose.place.manager_id} if whose.place else ())}
    managers = {whose.id, *(one.manager_id for one in helped), *shown}
    await soon(desk, *(("home.redraw", one) for one in sorted(shown)))
    await soon(desk, *(("digest.redraw", one) for one in sorted(managers)))
    held = await ooo_facts.held(desk.team, [whose.id])
    await soon(desk, *(("blocker.rewind", one.id) for one in held))


async def planned_anew(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Plan anew, right after their days have changed, whatever is due for people; that is too much for an answer."""
    ids = [one.subject for one in due]
    leading = {one.manager_id for one in await contractor.managed_by(desk.team, ids)}
    await arm(desk, *ids, contractor=True)
    await arm(desk, *sorted(leading), manager=True)
    for one in ids:
        await _others(desk, one)
    await soon(desk, *((MEETINGS, one) for one in ids))
    return ()


async def _others(desk: Desk, user_id: str) -> None:
    """Plan anew what is due for somebody without being theirs by right, such as the checklist of those they help."""
    by_name = {duty.name: duty for duty in desk.duties}
    for row in await timetable.of(desk.team, user_id):
        duty = by_name.get(row.duty)
        standing = duty is None or duty.next is None or duty.for_contractors or duty.for_managers
        if duty and duty.next and not standing and row.due_at > desk.now:
            await timetable.put(desk.team, duty.name, await duty.next(desk, [user_id]))
