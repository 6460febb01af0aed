"""When people work: as was agreed with contractors, and for others as is usual or as they chose."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from playbook.contractor import ContractorBook, default_hours
from playbook.hours import Hours
from storage import contractor, people
from storage.contractor import agreed_hours
from storage.database import Team
from storage.ooo import free_days, weeks


async def hours_of(team: Team, user_ids: Collection[str], usual: ContractorBook) -> Mapping[str, Hours]:
    """Give the working hours of people, in a few queries however many they are; whoever has left is missing."""
    agreed = {one.user_id: one for one in await contractor.find_all(team, user_ids)}
    free, chosen = await free_days(team, user_ids), await weeks(team, user_ids)
    found: dict[str, Hours] = {}
    for one, person in (await people.find_all(team, user_ids)).items():
        if person.deactivated:
            continue
        hours = default_hours(person.zone, usual)
        hours = replace(hours, weekdays=chosen.get(one, hours.weekdays), free=free[one])
        found[one] = agreed_hours(agreed[one], person.zone, free[one]) if one in agreed else hours
    return found
