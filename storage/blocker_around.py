"""The people around a blocker: who they are, when they work, and who is away."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from playbook.contractor import ContractorBook, default_hours
from playbook.days import read_weekdays
from playbook.holidays import DaysOff
from playbook.hours import Hours
from storage import contractor, people
from storage.database import Team
from storage.ooo import free_days
from storage.tables import Contractor, Person


@dataclass(frozen=True)
class Around:
    """The people around a contractor: who they are, and what was agreed with those who are contractors too."""

    contractors: Mapping[str, Contractor]
    people: Mapping[str, Person]
    free: Mapping[str, DaysOff]

    def active(self, user_id: str) -> bool:
        """Tell whether somebody is still in the workspace and can be written to."""
        person = self.people.get(user_id)
        return person is not None and not person.deactivated and not person.is_bot

    def hours(self, user_id: str, usual: ContractorBook) -> Hours:
        """Give somebody's working hours: what they agreed to as a contractor, else the usual ones in their zone."""
        person, agreed = self.people.get(user_id), self.contractors.get(user_id)
        zone = person.zone if person else "UTC"
        if agreed is None:
            return replace(default_hours(zone, usual), free=self.free.get(user_id, ()))
        free = self.free.get(user_id, ())
        return Hours(zone, read_weekdays(agreed.weekdays), agreed.day_start, agreed.day_end, free)

    def name(self, user_id: str) -> str:
        """Give somebody's name, "" for nobody."""
        person = self.people.get(user_id)
        return person.name if person else user_id


async def around(team: Team, place: Contractor) -> Around:
    """Give the people around a contractor."""
    named = {place.user_id, *filter(None, contractor.helpers(place).values())}
    path = {one.user_id: one for one in await contractor.find_all(team, named)}
    return Around(path, await people.find_all(team, named), await free_days(team, named))
