"""Who sits at a contractor's Golden Hours: who may read, propose and answer, and all who take part in them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from blocks.golden import Shown
from blocks.kit import mention
from handlers.contract import Call, Desk
from handlers.path import let, may_about
from handlers.who import asker, whom_to_ask
from playbook.days import DAY, local_day
from playbook.golden import GoldenWeek
from playbook.golden_change import Change, changes
from playbook.golden_fair import reference
from playbook.golden_find import Party
from playbook.roles import Action
from playbook.sorry import Sorry
from playbook.tongue import phrase
from storage import contractor, golden, golden_party
from storage.path import Traveller
from storage.rhythm_tables import Golden
from storage.tables import Person

NOT_YOURS = phrase("I find nobody by that name on the path with you. `/contractor` lists who is.")
WHOSE = phrase("Say whose Golden Hours you mean: `/contractor golden @person`.")
NOT_THE_PAIR = phrase("The contractor and their manager choose the Golden Hours. Please ask one of them.")
PAUSED = phrase("This path is paused. Golden Hours can be chosen when they are back.")
NEAR = 60


@dataclass(frozen=True)
class Seat:
    """Somebody who looks at a contractor's Golden Hours, and whether they are one of the two who choose them."""

    person: Person
    traveller: Traveller
    proposes: bool

    @property
    def me(self) -> str:
        """Give the user id of the one who looks."""
        return self.person.user_id

    @property
    def pair(self) -> tuple[str, ...]:
        """Give the contractor and, if there is one, the manager."""
        return tuple(filter(None, (self.traveller.user_id, self.traveller.id_of("manager"))))

    @property
    def other(self) -> str:
        """Give the other one of the two, "" where there is nobody."""
        return next((one for one in self.pair if one != self.me), "")

    @property
    def zone(self) -> str:
        """Give the zone of whoever looks: what they propose stays on their clock."""
        return self.person.zone


async def seat(call: Call, desk: Desk, user_id: str) -> Seat:
    """Give the contractor somebody asks about, "" for themselves or the only one they manage; others find nobody."""
    who = await asker(call, desk)
    wanted = user_id or await _meant(desk, who.person, own=who.contractor is not None)
    traveller = await let(desk, Action.GOLDEN_READ, who.person, wanted, NOT_YOURS)
    proposes = await may_about(desk, Action.GOLDEN_PROPOSE, who.person, traveller.place)
    return Seat(who.person, traveller, proposes)


async def _meant(desk: Desk, person: Person, *, own: bool) -> str:
    if own:
        return person.user_id
    managed = await contractor.managed_by(desk.team, [person.user_id])
    if len(managed) != 1:
        raise Sorry(WHOSE)
    return managed[0].user_id


async def chooser(call: Call, desk: Desk, user_id: str) -> Seat:
    """Give the seat of one of the two who choose, where there is another one to answer; others are refused."""
    found = await seat(call, desk, user_id)
    if not found.proposes:
        raise Sorry(NOT_THE_PAIR)
    if found.traveller.place.paused_at is not None:
        raise Sorry(PAUSED)
    if not found.other:
        who = phrase(
            "The manager of {traveller} has left, so nobody could answer.", traveller=mention(found.traveller.user_id)
        )
        raise Sorry(phrase("{who} An admin can choose another: {desk}", who=who, desk=await whom_to_ask(desk)))
    return found


def everybody(traveller: Traveller, partners: Iterable[str]) -> tuple[str, ...]:
    """Name all who take part: contractor, manager, and the team members who were chosen."""
    named = (traveller.user_id, traveller.id_of("manager"), *partners)
    return tuple(dict.fromkeys(one for one in named if one))


async def parties(desk: Desk, traveller: Traveller, partners: Iterable[str]) -> tuple[Party, ...]:
    """Give all who take part and are still there, with their working days."""
    ids = everybody(traveller, partners)
    known = await golden_party.known(desk.team, ids)
    return known.parties(ids, desk.playbook.contractor)


def monday(desk: Desk, zone: str) -> date:
    """Give the week in which windows are looked for and shown."""
    return reference(local_day(desk.now, zone))


def next_change(desk: Desk, week: GoldenWeek, around: Sequence[Party], days: int) -> Change | None:
    """Give the first clock change in so many days that is felt in a window."""
    today = local_day(desk.now, week.zone)
    return next(changes(week, around, today, today + days * DAY, desk.playbook.golden), None)


async def shown(desk: Desk, row: Golden, traveller: Traveller) -> Shown:
    """Give what is drawn of a version."""
    week, around = golden.week(row), await parties(desk, traveller, golden.partners(row))
    where = monday(desk, row.zone)
    coming = next_change(desk, week, around, NEAR)
    return Shown(row.id, row.user_id, row.proposed_by, week, around, where, row.nudge, row.words, coming)


async def about(call: Call, desk: Desk, golden_id: str) -> tuple[Seat, Golden]:
    """Give a version that a button is about, to one of the two; for everybody else there is none."""
    row = await golden.find(desk.team, golden_id)
    if row is None:
        await asker(call, desk)
        raise Sorry(NOT_YOURS)
    return await chooser(call, desk, row.user_id), row
