"""The morning messages of a path, for those who want to read them beforehand."""

from collections.abc import Awaitable, Callable, Sequence

from blocks.checklist_letter import Morning, Row, morning
from blocks.kit import Block
from handlers.checklist_work import CALLED, owner_id
from handlers.contract import Desk, Sample
from playbook.checklist import OWNERS, Owner, State, dates
from playbook.tongue import phrase
from storage import checklist_lay
from storage.path import Traveller
from storage.path_tables import ChecklistItem

Draw = Callable[[Desk, Traveller], Awaitable[tuple[str, Sequence[Block]] | None]]


def _first_morning(owner: Owner) -> Draw:
    """Draw the first morning on which somebody has anything to do for a contractor."""

    async def draw(desk: Desk, traveller: Traveller) -> tuple[str, Sequence[Block]] | None:
        book, to = desk.playbook.checklist, owner_id(traveller, owner)
        things = await checklist_lay.things(desk.team, traveller.place.template, book)
        mine = [thing for thing in things if thing.owner == owner]
        if not mine or not to:
            return None
        first = min(thing.day for thing in mine)
        day = dates(traveller.path, [first])[first]
        items = [
            ChecklistItem(
                team_id=desk.team.team_id, user_id=traveller.user_id, position=0, due=day, **thing.model_dump()
            )
            for thing in mine
            if thing.day == first
        ]
        rows = {traveller.user_id: [Row(item, State.TODAY) for item in items]}
        return morning(Morning(to, day, rows, book.rows))

    return draw


SAMPLES: tuple[Sample, ...] = tuple(
    Sample(
        name=phrase("Checklist, morning message ({owner})", owner=CALLED[owner]),
        to=owner,
        when=phrase(
            "{or_} on their own clock, on working days with something to do",
            or_="08:45" if owner == "manager" else "09:00",
        ),
        draw=_first_morning(owner),
    )
    for owner in OWNERS
)
