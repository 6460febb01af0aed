"""The contractors on the path, and who manages and helps them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from sqlalchemy import and_, bindparam, or_, select
from sqlmodel import col

from playbook.days import read_weekdays
from playbook.holidays import DaysOff
from playbook.hours import Hours
from storage.database import Team
from storage.ooo import free_days
from storage.tables import Contractor, Person

ON_PATH: Any = col(Contractor.ended_at).is_(None)
HELPERS = ("manager_id", "owner_id", "lead_id", "operations_id", "buddy_id", "escalation_id")


SHIFTS: Any = (
    select(
        col(Person.user_id),
        col(Person.zone),
        col(Person.guest),
        col(Contractor.start_date),
        col(Contractor.weekdays),
        col(Contractor.day_start),
        col(Contractor.day_end),
    )
    .join(Person, and_(col(Contractor.team_id) == col(Person.team_id), col(Contractor.user_id) == col(Person.user_id)))
    .where(col(Contractor.team_id) == bindparam("team_id"), col(Person.deactivated).is_(False))
    .where(col(Contractor.paused_at).is_(None))
    .where(col(Contractor.user_id).in_(bindparam("user_ids", expanding=True)))
)


@dataclass(frozen=True)
class Shift:
    """When somebody works: since which date, on which weekdays, and between which times of their own zone.

    On the days that are `free` they do not work.
    """

    user_id: str
    zone: str
    guest: str
    start_date: date
    weekdays: str
    day_start: time
    day_end: time
    free: DaysOff

    @property
    def hours(self) -> Hours:
        """Give their working hours."""
        return Hours(self.zone, read_weekdays(self.weekdays), self.day_start, self.day_end, self.free)


def agreed_hours(place: Contractor, zone: str, free: Collection[date] = ()) -> Hours:
    """Give the working hours that were agreed with a contractor, in the zone in which they live."""
    return Hours(zone, read_weekdays(place.weekdays), place.day_start, place.day_end, free)


def shift_of(contractor: Contractor, person: Person, free: DaysOff) -> Shift:
    """Say when a contractor works, in the zone in which Slack shows them."""
    times = (contractor.start_date, contractor.weekdays, contractor.day_start, contractor.day_end)
    return Shift(person.user_id, person.zone, person.guest, *times, free)


async def shifts(team: Team, user_ids: Collection[str]) -> Mapping[str, Shift]:
    """Say when several contractors work; those who have left or are paused are missing."""
    rows = await team.session.exec(SHIFTS, params={"team_id": team.team_id, "user_ids": list(set(user_ids))})
    free = await free_days(team, user_ids)
    return {row.user_id: _shift(row, free[row.user_id]) for row in rows.all()}


def _shift(row: Any, free: DaysOff) -> Shift:
    who, works = (row.user_id, row.zone, row.guest), (row.start_date, row.weekdays, row.day_start, row.day_end)
    return Shift(*who, *works, free)


async def find(team: Team, user_id: str) -> Contractor | None:
    """Fetch one contractor, or one who has left the path."""
    return await team.get(Contractor, user_id=user_id)


async def find_all(team: Team, user_ids: Collection[str]) -> Sequence[Contractor]:
    """Fetch several contractors by id, those of them who are on the path."""
    return [row for row in await team.those(Contractor, "user_id", set(user_ids)) if row.ended_at is None]


async def known(team: Team, user_ids: Collection[str]) -> Sequence[Contractor]:
    """Fetch several contractors by id, also those who have left the path."""
    return await team.all(team.select(Contractor).where(col(Contractor.user_id).in_(set(user_ids))))


async def former(team: Team, manager_id: str = "") -> Sequence[Contractor]:
    """Fetch those who have left the path, of one manager or of everybody, who left last first."""
    gone = team.select(Contractor).where(col(Contractor.ended_at).is_not(None))
    gone = gone.where(col(Contractor.manager_id) == manager_id) if manager_id else gone
    return await team.all(gone.order_by(col(Contractor.ended_at).desc(), col(Contractor.user_id)))


async def everyone(team: Team) -> Sequence[Contractor]:
    """Fetch all contractors on the path, oldest first."""
    return await team.all(
        team.select(Contractor).where(ON_PATH).order_by(col(Contractor.start_date), col(Contractor.user_id))
    )


async def managed_by(team: Team, manager_ids: Collection[str]) -> Sequence[Contractor]:
    """Fetch the contractors of these managers, without those who have left the path."""
    mine = team.select(Contractor).where(ON_PATH, col(Contractor.manager_id).in_(set(manager_ids)))
    return await team.all(mine.order_by(col(Contractor.manager_id), col(Contractor.user_id)))


async def helped_by(team: Team, user_id: str) -> Sequence[Contractor]:
    """Fetch the contractors on the path whom this person manages or helps with anything."""
    return await team.all(
        team.select(Contractor).where(ON_PATH, or_(*(getattr(Contractor, helper) == user_id for helper in HELPERS)))
    )


def helpers(contractor: Contractor) -> dict[str, str]:
    """Give who helps this contractor by role (manager, owner, lead, operations, buddy, escalation); "" is nobody."""
    return {name.removesuffix("_id"): getattr(contractor, name) for name in HELPERS}
