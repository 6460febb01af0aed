"""What a digest says of signs of overwork: what the contractor has known for an hour and did not call a one-off."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.contract import Desk
from playbook.days import DAY
from playbook.digest import Strain
from playbook.flag import SCOPE, reason, suggestion
from storage import flag
from storage.tables import Contractor, Person
from storage.trust_tables import RedFlag


@dataclass(frozen=True)
class Heard:
    """A sign that a manager has heard of, and since when."""

    at: datetime
    strain: Strain


async def hand_over(desk: Desk, manager_ids: Collection[str]) -> None:
    """Note that these managers hear now, in their digest, what is ripe for it."""
    before = desk.now - timedelta(minutes=desk.playbook.flag.manager_minutes)
    await flag.hand_over(desk.team, manager_ids, before, desk.now)


async def heard_of(desk: Desk, members: Sequence[tuple[Contractor, Person]]) -> Mapping[str, Sequence[Heard]]:
    """Gather by manager what they have heard in the last day, in one query however many contractors there are."""
    known = {place.user_id: (place, person) for place, person in members if place.paused_at is None}
    found: dict[str, list[Heard]] = defaultdict(list)
    for row in await flag.handed_over(desk.team, list(known), desk.now - DAY):
        place, person = known[row.user_id]
        if row.manager_at is not None:
            found[place.manager_id].append(Heard(row.manager_at, _strain(desk, row, person)))
    return found


def _strain(desk: Desk, row: RedFlag, person: Person) -> Strain:
    rule = desk.playbook.flag.rule(row.rule)
    said = reason(rule, row.day, row.facts, person.name) if rule else ""
    ask = suggestion(rule, row.facts) if rule else ""
    return Strain(row.user_id, person.name, row.day, row.id, said, ask, row.answer == SCOPE, row.words)
