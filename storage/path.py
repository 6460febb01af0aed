"""Who is on the path, with everything that tells when things happen to them and who takes part in it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import or_
from sqlmodel import col, select

from playbook.days import read_weekdays
from playbook.golden import GoldenHours, Windows
from playbook.holidays import DaysOff
from playbook.hours import Hours
from playbook.path import Path
from storage import golden, workspace
from storage.contractor import HELPERS, ON_PATH, agreed_hours, helpers
from storage.database import Team
from storage.ooo import free_days
from storage.path_tables import Workspace
from storage.rhythm_tables import Golden
from storage.tables import Contractor, Person


@dataclass(frozen=True)
class Traveller:
    """A contractor on the path: what was agreed, their working days, and the people around them who are still there.

    `people` maps roles (contractor, manager, owner, lead, operations, buddy, escalation) to people; a role that nobody
    has, or whose holder has left, is missing. Operations and escalation fall back to the workspace's.
    """

    place: Contractor
    person: Person
    people: Mapping[str, Person]
    path: Path
    office: Workspace
    agreed: Golden | None = None

    @property
    def user_id(self) -> str:
        """Give the contractor's user id."""
        return self.place.user_id

    @property
    def hours(self) -> Hours:
        """Give the contractor's working hours, without the days on which they are off."""
        return agreed_hours(self.place, self.path.zone, self.path.days_off)

    def who(self, role: str, *fallbacks: str) -> Person | None:
        """Give who has a role, or the first of the roles to fall back to."""
        return next((self.people[one] for one in (role, *fallbacks) if one in self.people), None)

    def id_of(self, role: str, *fallbacks: str) -> str:
        """Give the user id of who has a role, "" for nobody."""
        person = self.who(role, *fallbacks)
        return person.user_id if person else ""

    def zone_of(self, role: str, *fallbacks: str) -> str:
        """Give the zone of who has a role, the contractor's own where nobody has it."""
        person = self.who(role, *fallbacks)
        return person.zone if person else self.person.zone

    def roles_of(self, user_id: str) -> tuple[str, ...]:
        """Name every role that somebody has for this contractor."""
        return tuple(role for role, person in self.people.items() if person.user_id == user_id)

    @property
    def golden(self) -> Windows | None:
        """Give the Golden Hours that were agreed with them, else the workspace's, if any were chosen."""
        return golden.week(self.agreed) if self.agreed else golden_of(self.office)


def golden_of(office: Workspace) -> GoldenHours | None:
    """Give the workspace's Golden Hours, if any were chosen."""
    if office.golden_start is None or office.golden_end is None or not office.golden_zone:
        return None
    return GoldenHours(office.golden_start, office.golden_end, office.golden_zone)


async def concerning(team: Team, user_ids: Collection[str]) -> frozenset[str]:
    """Name who of those on the path is one of these people, or has one of them around; office helpers have all."""
    office, wanted = await workspace.get(team), set(user_ids)
    if wanted & {office.operations_id, office.escalation_id}:
        return await everybody(team)
    query = select(col(Contractor.user_id)).where(col(Contractor.team_id) == team.team_id, ON_PATH)
    around = (col(getattr(Contractor, name)).in_(wanted) for name in HELPERS)
    query = query.where(or_(col(Contractor.user_id).in_(wanted), *around))
    return frozenset((await team.session.exec(query)).all())


async def everybody(team: Team) -> frozenset[str]:
    """Name every contractor on the path."""
    query = select(col(Contractor.user_id)).where(col(Contractor.team_id) == team.team_id, ON_PATH)
    return frozenset((await team.session.exec(query)).all())


async def travellers(team: Team, user_ids: Collection[str], *, paused: bool = False) -> Mapping[str, Traveller]:
    """Gather contractors for their path, in a few queries however many they are.

    Those who have left the workspace are missing, and so are those whose path is paused or over unless these are
    wanted too.
    """
    theirs = await team.those(Contractor, "user_id", set(user_ids))
    places = [row for row in theirs if paused or row.paused_at is None]
    office = await workspace.get(team)
    around = {one for place in places for one in (place.user_id, *helpers(place).values())}
    known = await _people(team, around | {office.operations_id, office.escalation_id})
    ids = [place.user_id for place in places]
    free, agreed = await free_days(team, ids), await golden.current(team, ids)
    return {
        place.user_id: _traveller(place, known, free[place.user_id], office, agreed.get(place.user_id))
        for place in places
        if place.user_id in known
    }


async def _people(team: Team, ids: Collection[str]) -> Mapping[str, Person]:
    known = await team.those(Person, "user_id", {one for one in ids if one})
    return {one.user_id: one for one in known if not one.deactivated}


def _traveller(
    place: Contractor, known: Mapping[str, Person], free: DaysOff, office: Workspace, agreed: Golden | None
) -> Traveller:
    person = known[place.user_id]
    named = {"contractor": place.user_id} | helpers(place)
    named["operations"] = named["operations"] or office.operations_id
    named["escalation"] = named["escalation"] or office.escalation_id
    people = {role: known[one] for role, one in named.items() if one in known}
    path = Path(place.start_date, person.zone, read_weekdays(place.weekdays), place.country, free.days, free.worked)
    return Traveller(place, person, people, path, office, agreed)
