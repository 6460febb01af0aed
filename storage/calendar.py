"""Calendars: the private address of each person's feed, and everything that stands in their calendar."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from sqlmodel import col, select

from playbook.checklist import SOMEDAY
from playbook.holidays import DaysOff
from storage import people, rate, review, workspace
from storage.database import Team
from storage.ooo import free_days
from storage.path import Traveller, travellers
from storage.path_tables import ChecklistItem, Shadowing, Workspace
from storage.rhythm_tables import CalendarFeed, Golden, Meeting
from storage.tables import Contractor, Person
from storage.trust_tables import Sprint

WISH = "calendar"
UPCOMING = ("planned", "running")


@dataclass(frozen=True)
class Agenda:
    """What concerns one person: the contractors around them, and what is planned with these.

    `leads` are the contractors they manage; `goldens` the Golden Hours that were agreed, by contractor; `away` says
    when each of all these people is off. `rates` are days on which a rate is looked at, by contractor;
    `quarterly` on which day each contractor's next Quarterly Review opens.
    """

    me: Person
    office: Workspace
    contractors: Mapping[str, Traveller]
    leads: frozenset[str]
    names: Mapping[str, str]
    away: Mapping[str, DaysOff]
    goldens: Mapping[str, Golden]
    meetings: Sequence[Meeting]
    sessions: Sequence[Shadowing]
    sprints: Sequence[Sprint]
    reviews: Sequence[ChecklistItem]
    rates: Sequence[tuple[str, date]]
    quarterly: Mapping[str, date]


def hashed(token: str) -> str:
    """Give what is kept of a token; the token itself is shown once and forgotten."""
    return sha256(token.encode()).hexdigest()


async def feed(team: Team, user_id: str) -> CalendarFeed | None:
    """Fetch what is known of somebody's address, if they have one."""
    return await team.get(CalendarFeed, user_id=user_id)


async def keep(team: Team, user_id: str, token: str, now: datetime) -> None:
    """Give somebody a new address; the old one stops with it."""
    await team.put(CalendarFeed, {"user_id": user_id}, token_hash=hashed(token), made_at=now, read_at=None)


async def revoke(team: Team, user_id: str) -> bool:
    """Let somebody's address stop; tells whether they had one."""
    return bool(await team.change(team.delete(CalendarFeed).where(col(CalendarFeed.user_id) == user_id)))


async def owner(team: Team, token: str) -> CalendarFeed | None:
    """Find whose address this is; None for one that never was, that stopped, or whose owner has left: all one query."""
    here = select(Person.user_id).where(col(Person.team_id) == team.team_id, col(Person.deactivated).is_(False))
    query = team.select(CalendarFeed).where(col(CalendarFeed.token_hash) == hashed(token))
    return await team.first(query.where(col(CalendarFeed.user_id).in_(here)))


async def was_read(team: Team, row: CalendarFeed, now: datetime) -> None:
    """Remember when an address was last read, if it is still the same one."""
    same = team.update(CalendarFeed).where(
        col(CalendarFeed.user_id) == row.user_id, col(CalendarFeed.token_hash) == row.token_hash
    )
    await team.change(same.values(read_at=now))


async def agenda(team: Team, user_id: str, since: datetime, reviews: Collection[str]) -> Agenda | None:
    """Gather what concerns somebody from a moment on; None for somebody who is not here. `reviews` are items' keys."""
    me = await people.find(team, user_id)
    if me is None or me.deactivated:
        return None
    leads = await _led(team, user_id)
    goldens = await _agreed(team, user_id, leads)
    sessions = await _sessions(team, user_id, leads, since)
    wanted = {user_id, *leads, *goldens, *(one.user_id for one in sessions)}
    contractors = await travellers(team, wanted)
    mine = frozenset({user_id} | leads) & set(contractors)
    around = {*contractors, user_id, *(one.buddy_id for one in sessions)}
    meetings = await _meetings(team, user_id, since)
    around |= {one.manager_id for one in meetings} | {one.place.manager_id for one in contractors.values()}
    return Agenda(
        me=me,
        office=await workspace.get(team),
        contractors=contractors,
        leads=leads & set(contractors),
        names={one.user_id: one.name for one in (await people.find_all(team, around)).values()},
        away=await free_days(team, {user_id, *contractors}),
        goldens={one: row for one, row in goldens.items() if one in contractors},
        meetings=[one for one in meetings if one.user_id in mine],
        sessions=[one for one in sessions if one.user_id in contractors],
        sprints=await _sprints(team, mine),
        reviews=await _reviews(team, mine, reviews),
        rates=await rate.talks(team, user_id, leads & set(contractors)),
        quarterly=await review.due(team, mine),
    )


async def _led(team: Team, user_id: str) -> frozenset[str]:
    query = select(Contractor.user_id).where(
        col(Contractor.team_id) == team.team_id, col(Contractor.manager_id) == user_id
    )
    return frozenset((await team.session.exec(query)).all())


async def _agreed(team: Team, user_id: str, leads: Collection[str]) -> Mapping[str, Golden]:
    """Give the agreed Golden Hours of somebody, of those they manage, and those in which they take part."""
    query = team.select(Golden).where(col(Golden.state) == "agreed").order_by(col(Golden.version))
    newest = {row.user_id: row for row in await team.all(query)}
    mine = {user_id, *leads}
    return {one: row for one, row in newest.items() if one in mine or user_id in row.partners.split(",")}


async def _meetings(team: Team, user_id: str, since: datetime) -> Sequence[Meeting]:
    """Give the 1:1s in which somebody sits, not those of others about their contractors."""
    query = team.select(Meeting).where(col(Meeting.state).in_(UPCOMING), col(Meeting.at) >= since)
    query = query.where((col(Meeting.user_id) == user_id) | (col(Meeting.manager_id) == user_id))
    return await team.all(query.order_by(col(Meeting.at), col(Meeting.id)))


async def _sessions(team: Team, user_id: str, leads: Collection[str], since: datetime) -> Sequence[Shadowing]:
    query = team.select(Shadowing).where(col(Shadowing.state) == "planned", col(Shadowing.at) >= since)
    query = query.where(col(Shadowing.user_id).in_({user_id, *leads}) | (col(Shadowing.buddy_id) == user_id))
    return await team.all(query.order_by(col(Shadowing.at), col(Shadowing.id)))


async def _sprints(team: Team, user_ids: Collection[str]) -> Sequence[Sprint]:
    query = team.select(Sprint).where(col(Sprint.user_id).in_(user_ids), col(Sprint.state) == "open")
    return await team.all(query.order_by(col(Sprint.due_at), col(Sprint.id)))


async def _reviews(team: Team, user_ids: Collection[str], keys: Collection[str]) -> Sequence[ChecklistItem]:
    query = team.select(ChecklistItem).where(
        col(ChecklistItem.user_id).in_(user_ids), col(ChecklistItem.key).in_(keys), col(ChecklistItem.state) == "todo"
    )
    query = query.where(col(ChecklistItem.due) < SOMEDAY)
    return await team.all(query.order_by(col(ChecklistItem.due), col(ChecklistItem.id)))
