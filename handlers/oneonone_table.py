"""Who sits at the table of a 1:1: the contractor and their manager, and nobody else."""

from dataclasses import dataclass

from handlers.contract import Call, Desk
from handlers.path import let
from handlers.who import asker
from playbook.roles import Action
from playbook.sorry import Sorry
from playbook.tongue import phrase
from storage import oneonone
from storage import oneonone_points as points
from storage.path import Traveller
from storage.rhythm_tables import Meeting, Point
from storage.tables import Person

NOT_YOURS = phrase(
    "I find no such 1:1 of yours. A 1:1 is between a contractor and their manager; nobody else adds to it."
)
GONE = phrase("This is no longer on the agenda: it was removed. Nothing changed.")


@dataclass(frozen=True)
class Table:
    """Somebody at the table of a contractor's 1:1."""

    me: Person
    traveller: Traveller

    @property
    def user_id(self) -> str:
        """Give the contractor's user id."""
        return self.traveller.user_id

    @property
    def manager_id(self) -> str:
        """Give the manager's user id."""
        return self.traveller.place.manager_id

    @property
    def leads(self) -> bool:
        """Tell whether it is the manager who asks."""
        return self.me.user_id == self.manager_id

    @property
    def other_id(self) -> str:
        """Give the other one's user id."""
        return self.user_id if self.leads else self.manager_id

    @property
    def both(self) -> tuple[str, ...]:
        """Name the two, as far as they are still here."""
        return tuple(dict.fromkeys(one for one in (self.user_id, self.traveller.id_of("manager")) if one))

    def name_of(self, user_id: str) -> str:
        """Name one of the two."""
        manager = self.traveller.who("manager")
        return manager.name if manager and user_id == manager.user_id else self.traveller.person.name


async def at_table(call: Call, desk: Desk, user_id: str, action: Action = Action.ONE_ON_ONE_ADD) -> Table:
    """Let the two of a contractor's 1:1 do what they may; for everybody else it is not there."""
    who = await asker(call, desk)
    traveller = await let(desk, action, who.person, user_id, NOT_YOURS)
    return Table(who.person, traveller)


async def at_meeting(
    call: Call, desk: Desk, meeting_id: str, action: Action = Action.ONE_ON_ONE_ADD
) -> tuple[Table, Meeting]:
    """Let the two of a meeting touch it, one at a time."""
    meeting = await oneonone.find(desk.team, meeting_id)
    if meeting is None:
        await asker(call, desk)
        raise Sorry(NOT_YOURS)
    return await at_table(call, desk, meeting.user_id, action), meeting


async def at_point(call: Call, desk: Desk, point_id: str) -> tuple[Table, Point]:
    """Let the two touch a topic, decision or action of theirs, one at a time."""
    point = await points.find(desk.team, point_id)
    if point is None:
        await asker(call, desk)
        raise Sorry(GONE)
    return await at_table(call, desk, point.user_id), point


async def next_meeting(desk: Desk, user_id: str) -> Meeting | None:
    """Give the next 1:1 of a contractor that is planned and still to come."""
    return (await oneonone.next_meetings(desk.team, [user_id], desk.now)).get(user_id)
