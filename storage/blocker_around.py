"""The people around a blocker: who they are, when they work, and who is away."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from playbook.contractor import ContractorBook, default_hours
from playbook.holidays import DaysOff
from playbook.hours import Hours
from storage import contractor, people
from storage.database import Team
from storage.ooo import free_days, fully_away, weeks
from storage.rhythm_tables import Away
from storage.tables import Contractor, Person


@dataclass(frozen=True)
class Around:
    """The people around a contractor: who they are, and what was agreed with those who are contractors too.

    `away` gives the stretch of those who are away today, `weeks` the working days that others chose for themselves.
    """

    contractors: Mapping[str, Contractor]
    people: Mapping[str, Person]
    free: Mapping[str, DaysOff]
    away: Mapping[str, Away] = field(default_factory=dict, kw_only=True)
    weeks: Mapping[str, frozenset[int]] = field(default_factory=dict, kw_only=True)

    def active(self, user_id: str) -> bool:
        """Tell whether somebody is still here: in the workspace, and on the path where they were a contractor."""
        person, place = self.people.get(user_id), self.contractors.get(user_id)
        if place is not None and place.ended_at is not None:
            return False
        return person is not None and not person.deactivated and not person.is_bot

    def hours(self, user_id: str, usual: ContractorBook) -> Hours:
        """Give somebody's working hours: what they agreed to as a contractor, else the usual ones in their zone."""
        person, agreed = self.people.get(user_id), self.contractors.get(user_id)
        zone = person.zone if person else "UTC"
        free = self.free.get(user_id, ())
        if agreed is None:
            hours = default_hours(zone, usual)
            return replace(hours, weekdays=self.weeks.get(user_id, hours.weekdays), free=free)
        return contractor.agreed_hours(agreed, zone, free)

    def name(self, user_id: str) -> str:
        """Give somebody's name, "" for nobody."""
        person = self.people.get(user_id)
        return person.name if person else user_id


async def around(team: Team, place: Contractor, now: datetime) -> Around:
    """Give the people around a contractor, and those who stand in for who of them is away."""
    named = {place.user_id, *filter(None, contractor.helpers(place).values())}
    away = await fully_away(team, named, now)
    deputies = {row.deputy_id for row in away.values() if row.deputy_id}
    return await among(team, named | deputies, {**away, **await fully_away(team, deputies, now)})


async def among(team: Team, named: Collection[str], away: Mapping[str, Away]) -> Around:
    """Give some people with what was agreed and chosen, in a few queries however many they are."""
    path = {one.user_id: one for one in await contractor.known(team, named)}
    known, free = await people.find_all(team, named), await free_days(team, named)
    return Around(path, known, free, away=away, weeks=await weeks(team, named))
