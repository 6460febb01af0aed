"""Who takes part in Golden Hours: when each works, and when each may be written to, for many at once."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from playbook.contractor import ContractorBook, default_hours
from playbook.days import read_weekdays
from playbook.golden_find import Party
from playbook.hours import Hours
from playbook.words import first_name
from storage import contractor, people
from storage.database import Team
from storage.ooo import chosen
from storage.rhythm_tables import Quiet
from storage.tables import Contractor, Person


@dataclass(frozen=True)
class Known:
    """What is known of people who may take part; those who have left count as nobody."""

    people: Mapping[str, Person]
    places: Mapping[str, Contractor]
    quiet: Mapping[str, Quiet]

    def there(self, user_id: str) -> bool:
        """Tell whether somebody is a person who still works here."""
        person = self.people.get(user_id)
        return person is not None and not person.deactivated and not person.is_bot

    def parties(self, user_ids: Iterable[str], usual: ContractorBook) -> tuple[Party, ...]:
        """Give those of these people who are still there, each once, by names that tell them apart."""
        ids = [one for one in dict.fromkeys(user_ids) if self.there(one)]
        firsts = [first_name(self.people[one].name) for one in ids]
        named = zip(ids, firsts, strict=True)
        return tuple(
            self._party(one, self.people[one].name if firsts.count(first) > 1 else first, usual) for one, first in named
        )

    def _party(self, user_id: str, name: str, usual: ContractorBook) -> Party:
        quiet = self.quiet.get(user_id)
        said = quiet is not None and quiet.quiet_from is not None and quiet.quiet_until is not None
        awake = (quiet.quiet_until, quiet.quiet_from) if quiet and said else None
        return Party(user_id, name, self._hours(user_id, usual), awake)  # type: ignore[arg-type]  # both are said

    def _hours(self, user_id: str, usual: ContractorBook) -> Hours:
        zone, place, quiet = self.people[user_id].zone, self.places.get(user_id), self.quiet.get(user_id)
        if place is not None:
            return contractor.agreed_hours(place, zone)
        hours = default_hours(zone, usual)
        return replace(hours, weekdays=read_weekdays(quiet.weekdays)) if quiet and quiet.weekdays else hours


async def known(team: Team, user_ids: Collection[str]) -> Known:
    """Fetch what is known of these people, in three queries however many they are."""
    ids = {one for one in user_ids if one}
    places = {one.user_id: one for one in await contractor.find_all(team, ids)}
    return Known(await people.find_all(team, ids), places, await chosen(team, ids))
