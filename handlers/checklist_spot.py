"""Where somebody is in the editor of checklist templates, and what they see there."""

from dataclasses import dataclass

from blocks import checklist_template as draw
from blocks.checklist_template import Design
from handlers.checklist_work import in_modal
from handlers.contract import Call, Desk, Kind, OpenModal, ReplaceModal, Reply, memo
from handlers.path import actor
from handlers.who import asker
from playbook.checklist import Thing
from playbook.roles import Action, require
from playbook.tongue import phrase
from storage import checklist_lay as store


@dataclass(frozen=True)
class Spot:
    """Where somebody is in the editor: the template, the phase, and the item or form they are at."""

    name: str = ""
    phase: str = ""
    key: str = ""

    @classmethod
    def of(cls, call: Call) -> "Spot":
        """Read it from the form somebody is in."""
        phase, _, rest = call.memo_record.partition(":")
        key, _, name = rest.partition(":")
        return cls(name, phase, key)

    def memo(self, call: Call) -> str:
        """Write it down, for `of`."""
        channel = call.memo_channel if in_modal(call) else call.channel_id
        return memo(channel, f"{self.phase}:{self.key}:{self.name}")


async def allowed(call: Call, desk: Desk) -> None:
    """Refuse whoever may not change templates."""
    who = await asker(call, desk)
    require(Action.TEMPLATE_CHANGE, await actor(desk, who.person))


async def items_of(desk: Desk, name: str) -> tuple[Thing, ...]:
    """Give the items of a template."""
    return await store.things(desk.team, name, desk.playbook.checklist)


async def show(call: Call, desk: Desk, spot: Spot, lead: str = "") -> Reply:
    """Show a template where the person is."""
    book, names = desk.playbook.checklist, await store.names(desk.team)
    name = spot.name if spot.name in names else ""
    phase = spot.phase if spot.phase in {one.key for one in book.phases} else book.phases[0].key
    items = await items_of(desk, name)
    people = len(await store.people_with(desk.team, name))
    own = await store.is_own(desk.team, name)
    view = draw.editor(Design(name, names, items, phase, own, people, lead), book, Spot(name, phase).memo(call))
    return ReplaceModal(view=view) if call.kind is Kind.FORM or in_modal(call) else OpenModal(view=view)


def too_long(words: str, most: int) -> str:
    """Say that words do not fit, if they do not."""
    return (
        phrase("That is {words} characters; up to {most} fit.", words=len(words), most=most)
        if len(words) > most
        else ""
    )
