"""Notes that a manager keeps for themselves: opened and kept by their author alone."""

from blocks import oneonone_notes as draw
from handlers.contract import Call, Desk, FixFields, Kind, OpenModal, Reply, Route, Say, memo
from handlers.oneonone_table import at_meeting
from playbook.oneonone_run import LONGEST_NOTE
from playbook.roles import Action
from playbook.tongue import phrase
from playbook.words import clean
from storage import oneonone_notes as store


async def opened(call: Call, desk: Desk) -> Reply:
    """Open one's own note about a meeting, over one's own earlier ones about this contractor."""
    table, meeting = await at_meeting(call, desk, call.value, Action.ONE_ON_ONE_LEAD)
    mine = await store.own(desk.team, call.user_id, table.user_id)
    text = next((one.text for one in mine if one.meeting_id == meeting.id), "")
    past = [(one.at, one.text) for one in mine if one.meeting_id != meeting.id]
    name = table.traveller.person.name
    return OpenModal(view=draw.form(name, text, past, memo(call.channel_id, meeting.id)))


async def saved(call: Call, desk: Desk) -> Reply:
    """Keep one's own note about a meeting."""
    _, meeting = await at_meeting(call, desk, call.memo_record, Action.ONE_ON_ONE_LEAD)
    text = clean(call.one("note"))
    if len(text) > LONGEST_NOTE:
        return FixFields(
            {
                "note": phrase(
                    "That is {text} characters; up to {longest_note} fit.", text=len(text), longest_note=LONGEST_NOTE
                )
            }
        )
    await store.keep(desk.team, call.user_id, meeting.id, text, desk.now)
    return Say(text=draw.saved(gone=not text))


ROUTES: tuple[Route, ...] = (
    Route(Kind.ACTION, draw.NOTE, opened, opens=True),
    Route(Kind.FORM, draw.NOTE_FORM, saved),
)
