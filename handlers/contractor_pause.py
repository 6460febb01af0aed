"""Letting a contractor's path rest, and letting it go on."""

from collections.abc import Mapping

from blocks import contractor_letter as letter
from blocks.contractor import card, card_page
from handlers.contract import Call, Desk, Letters, ReplaceMessage, ReplaceModal, Reply, Say
from handlers.contractor_save import about, plan
from handlers.path import may_about
from handlers.who import Asker, asker
from playbook.roles import Action
from playbook.sorry import Sorry
from playbook.tongue import phrase
from storage import contractor, people, timetable
from storage.outbox import Lane, Post
from storage.tables import Contractor, Person

NOT_FOUND = phrase("I find nobody by that name on the path with you. `/contractor` lists who is.")
LEFT = phrase("Their path is over, so there is nothing to {verb}. `/contractor return` with their name lays a new one.")
NOT_YOURS = phrase("Their manager or an admin pauses a contractor's path and lets it go on. Please ask <@{manager}>.")
WHOM = phrase("Say whose path, like `/contractor {verb} @person`. `/contractor` lists everybody.")
STAY = frozenset({"home.redraw", "digest.redraw"})


async def pause(call: Call, desk: Desk) -> Reply:
    """Stop everything that is scheduled for a contractor."""
    who, place, person = await _theirs(call, desk, "pause")
    if place.paused_at is not None:
        raise Sorry(
            phrase(
                "<@{place}>'s path is paused already. `/contractor resume` with their name lets it go on.",
                place=place.user_id,
            )
        )
    place.paused_at, place.paused_by = desk.now, who.person.user_id
    await desk.team.session.flush()
    await plan(desk, place, "")
    await stop(desk, place.user_id)
    stem = f"{about(place.user_id)}:paused:{desk.now.isoformat()}"
    letters = _told(
        stem, place, who, letter.paused(place, call.user_id), letter.paused_for_manager(place, call.user_id)
    )
    return await _outcome(
        call, desk, place, person, phrase("Paused. They were told, and get no reminders meanwhile."), letters
    )


async def resume(call: Call, desk: Desk) -> Reply:
    """Let everything go on; what was missed longer than a week ago stays unsent."""
    who, place, person = await _theirs(call, desk, "resume")
    if place.paused_at is None:
        raise Sorry(phrase("<@{place}>'s path is not paused, so there is nothing to resume.", place=place.user_id))
    place.paused_at, place.paused_by = None, ""
    await desk.team.session.flush()
    await plan(desk, place, "")
    stem = f"{about(place.user_id)}:resumed:{desk.now.isoformat()}"
    letters = _told(stem, place, who, letter.resumed(place), letter.resumed_for_manager(place, call.user_id))
    return await _outcome(call, desk, place, person, phrase("Their path goes on, and they were told."), letters)


async def pause_typed(call: Call, desk: Desk, user_id: str) -> Reply:
    """Answer `/contractor pause @person`."""
    return await _typed(call, desk, user_id, "pause")


async def resume_typed(call: Call, desk: Desk, user_id: str) -> Reply:
    """Answer `/contractor resume @person`."""
    return await _typed(call, desk, user_id, "resume")


async def _typed(call: Call, desk: Desk, user_id: str, verb: str) -> Reply:
    if not user_id:
        raise Sorry(WHOM.format(verb=verb))
    run = pause if verb == "pause" else resume
    return await run(Call(call.kind, call.name, call.team_id, call.user_id, value=user_id), desk)


async def _theirs(call: Call, desk: Desk, verb: str) -> tuple[Asker, Contractor, Person]:
    """Look up whose path it is; raises Sorry for whoever may not stop it."""
    who = await asker(call, desk)
    person, place = await people.actor(desk.team, call.value)
    if person is None or place is None or not await may_about(desk, Action.CONTRACTOR_READ, who.person, place):
        raise Sorry(NOT_FOUND)
    if place.ended_at is not None:
        raise Sorry(LEFT.format(verb=verb))
    if not await may_about(desk, Action.CONTRACTOR_PAUSE, who.person, place):
        raise Sorry(NOT_YOURS.format(manager=place.manager_id))
    return who, place, person


async def stop(desk: Desk, user_id: str) -> None:
    """Forget whatever else is due for somebody, except what is due to them as a manager of others."""
    for_managers = {duty.name for duty in desk.duties if duty.for_managers}
    due = [row.duty for row in await timetable.of(desk.team, user_id)]
    gone = [name for name in due if name not in STAY | for_managers]
    if gone:
        await timetable.drop(desk.team, user_id, gone)


def _told(
    stem: str, place: Contractor, who: Asker, to_them: letter.Drawn, to_manager: letter.Drawn
) -> tuple[Letters, ...]:
    """Tell the contractor, and the manager if it was somebody else."""
    told: Mapping[str, letter.Drawn] = {place.user_id: to_them}
    if place.manager_id != who.person.user_id:
        told = {**told, place.manager_id: to_manager}
    return tuple(Post(f"{stem}:{one}", one, *drawn, Lane.AGENDA) for one, drawn in told.items())


async def _outcome(
    call: Call, desk: Desk, place: Contractor, person: Person, done: str, letters: tuple[Letters, ...]
) -> Reply:
    """Show the contractor as they are now, where the button was."""
    who = await asker(call, desk)
    edits = await may_about(desk, Action.CONTRACTOR_CHANGE, who.person, place)
    blocks = card(place, person.zone, contractor.helpers(place), may_edit=edits, may_pause=True)
    if call.view_id and not call.from_home:
        return ReplaceModal(view=card_page(blocks)).also(*letters)
    if call.channel_id and not call.from_home and call.message_ts:
        return ReplaceMessage(text=done, blocks=blocks).also(*letters)
    return Say(text=f"<@{place.user_id}>: {done}").also(*letters)
