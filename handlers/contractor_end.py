"""When a path is over: everything that is due for somebody stops; and the form for those who come back."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.contract import Call, Desk, Due, Letters, Reply, soon
from handlers.contractor_form import opened
from handlers.contractor_pause import stop
from handlers.contractor_save import plan
from handlers.path import may_about
from handlers.who import asker
from playbook.roles import Action
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.words import mentioned
from storage import contractor, people

ENDED = "contractor.ended"
WHOM = phrase(
    "Say who comes back, like `/contractor return @person`. `/contractor` lists those who have left under Former."
)
NOT_YOURS = phrase("I find nobody by that name who has left the path with you. `/contractor` lists them under Former.")
STILL_HERE = phrase(
    "They have not left: `/contractor edit` changes what was agreed, `/contractor resume` ends a pause."
)


async def ended(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Forget whatever is due for contractors whose path is over, and let their manager's views follow."""
    for one in due:
        place = await contractor.find(desk.team, one.subject)
        if place is not None and place.ended_at is not None:
            await plan(desk, place, "")
            await stop(desk, place.user_id)
            helped = await contractor.helped_by(desk.team, place.user_id)
            await soon(desk, *(("checklist.changed", each.user_id) for each in helped))
            await soon(desk, *(("buddy.missing", each.user_id) for each in helped if each.buddy_id == place.user_id))
    return ()


async def returns(call: Call, desk: Desk) -> Reply:
    """Answer `/contractor return @person`."""
    if not mentioned(call.text):
        raise Sorry(WHOM)
    return await _open(call, desk, mentioned(call.text))


async def pressed(call: Call, desk: Desk) -> Reply:
    """Open the form for somebody who comes back, from a button."""
    return await _open(call, desk, call.value)


async def _open(call: Call, desk: Desk, user_id: str) -> Reply:
    """Open the form filled with what was agreed before, for a new start."""
    who = await asker(call, desk)
    person, place = await people.actor(desk.team, user_id)
    known = person is not None and place is not None and user_id != call.user_id
    if not known or place is None or not await may_about(desk, Action.OFFBOARDING_LEAD, who.person, place):
        raise Sorry(NOT_YOURS)
    if place.ended_at is None:
        raise Sorry(STILL_HERE)
    if person is not None and person.deactivated:
        raise Sorry(phrase("Their account is deactivated. Reactivate it in Slack first, then lay the new path."))
    return await opened(replace(call, value=user_id), desk, user_id)
