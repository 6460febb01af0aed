"""The two of a 1:1: who they are, when they work, and who may do what about it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from handlers.contract import Call, Desk
from handlers.path import let, may_about
from handlers.who import asker
from playbook.contractor import default_hours
from playbook.days import local_time, read_weekdays
from playbook.holidays import DaysOff
from playbook.hours import Hours
from playbook.oneonone_rhythm import Side
from playbook.roles import Action
from playbook.sorry import Sorry
from playbook.tongue import phrase
from storage import contractor, oneonone
from storage.contractor import agreed_hours
from storage.ooo import chosen, free_days
from storage.path import Traveller, travellers
from storage.rhythm_tables import Meeting, Quiet
from storage.tables import Contractor, Person

NOT_YOURS = phrase("I find nobody by that name among the contractors you manage. `/contractor` lists them.")
GONE = phrase("I can't find that 1:1. `/1on1` shows the next one.")
NO_MANAGER = phrase("<@{user}> has no manager here at the moment, so there is nobody to have a 1:1 with.")


@dataclass(frozen=True)
class Pair:
    """A contractor and the manager they have 1:1s with."""

    traveller: Traveller
    contractor: Side
    manager: Side

    @property
    def user_id(self) -> str:
        """Give the contractor's user id."""
        return self.contractor.user_id

    @property
    def sides(self) -> tuple[Side, Side]:
        """Give both."""
        return self.contractor, self.manager

    @property
    def zones(self) -> Mapping[str, str]:
        """Give the zone of each by name."""
        return {side.name: side.hours.zone for side in self.sides}

    def side(self, user_id: str) -> Side:
        """Give one of the two."""
        return self.manager if user_id == self.manager.user_id else self.contractor

    def clocks(self, at: datetime) -> str:
        """Write a moment on both clocks, by name."""
        return " · ".join(f"{name} {local_time(at, zone):%H:%M}" for name, zone in self.zones.items())


async def pairs(desk: Desk, user_ids: Collection[str]) -> Mapping[str, Pair]:
    """Give the pairs of contractors on the path; whoever has no manager who is still here is missing."""
    found = await travellers(desk.team, user_ids, paused=True)
    managers = {person.user_id for one in found.values() if (person := one.who("manager"))}
    free, quiet = await free_days(desk.team, managers), await chosen(desk.team, managers | set(found))
    agreed = {one.user_id: one for one in await contractor.find_all(desk.team, managers)}
    made: dict[str, Pair] = {}
    for user_id, one in found.items():
        manager = one.who("manager")
        if manager is None:
            continue
        theirs = _hours(desk, one, manager, free[manager.user_id], agreed.get(manager.user_id), quiet)
        made[user_id] = Pair(one, _side(desk, one.person, one.hours, quiet), _side(desk, manager, theirs, quiet))
    return made


def _hours(
    desk: Desk, one: Traveller, manager: Person, free: DaysOff, own: Contractor | None, quiet: Mapping[str, Quiet]
) -> Hours:
    """Say when a manager works: as agreed with one who is a contractor too, else as chosen, else as is usual."""
    if own is not None:
        return agreed_hours(own, manager.zone, free)
    usual, wish = default_hours(manager.zone, desk.playbook.contractor), quiet.get(manager.user_id)
    weekdays = read_weekdays((wish.weekdays if wish else "") or one.office.weekdays) or usual.weekdays
    return Hours(manager.zone, weekdays, usual.start, usual.end, free)


def _side(desk: Desk, person: Person, hours: Hours, quiet: Mapping[str, Quiet]) -> Side:
    wish, book = quiet.get(person.user_id), desk.playbook.path
    from_ = wish.quiet_from if wish and wish.quiet_from else book.quiet_from
    until = wish.quiet_until if wish and wish.quiet_until else book.quiet_until
    return Side(person.user_id, person.name, hours, from_, until)


async def pair_of(desk: Desk, user_id: str) -> Pair:
    """Give the pair of one contractor, or refuse."""
    found = (await pairs(desk, [user_id])).get(user_id)
    if found is None:
        raise Sorry(NO_MANAGER.format(user=user_id))
    return found


async def planner(call: Call, desk: Desk, user_id: str) -> Traveller:
    """Give a contractor whom the one who asks may plan a 1:1 with."""
    who = await asker(call, desk)
    return await let(desk, Action.CHECKLIST_LEAD, who.person, user_id, NOT_YOURS)


async def allowed(call: Call, desk: Desk, action: Action, meeting_id: str) -> tuple[Pair, Meeting]:
    """Give a 1:1 and its two, if the one who asks may do this about it; anybody else learns nothing of it."""
    who = await asker(call, desk)
    meeting = await oneonone.find(desk.team, meeting_id)
    found = (await travellers(desk.team, [meeting.user_id], paused=True)).get(meeting.user_id) if meeting else None
    if meeting is None or found is None or not await may_about(desk, action, who.person, found.place):
        raise Sorry(GONE)
    return await pair_of(desk, meeting.user_id), meeting
