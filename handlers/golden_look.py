"""What is known of somebody's Golden Hours: agreed, proposed, and how long answers took inside and outside."""

from blocks.golden import lines
from blocks.kit import mention
from handlers.contract import Desk
from handlers.golden_seat import Seat, monday, parties
from playbook.tongue import oclock, phrase
from storage import golden, golden_answer
from storage.golden import State
from storage.rhythm_tables import Golden


async def facts(desk: Desk, found: Seat) -> list[str]:
    """Say what is agreed, what waits, and how long answers take inside and outside."""
    user_id, book = found.traveller.user_id, desk.playbook.golden
    waits = (await golden.waiting(desk.team, [user_id])).get(user_id)
    told = [await _said(desk, found, found.traveller.agreed)]
    if waits is not None:
        told.append(
            phrase(
                "{proposed_by} proposed, not answered yet:\n{desk}",
                proposed_by=mention(waits.proposed_by),
                desk=await _said(desk, found, waits),
            )
        )
    first, last = golden_answer.since(desk.now, found.traveller.person.zone, book.measured_days)
    times = (await golden_answer.answer_times(desk.team, [user_id], first, last)).get(user_id)
    if times:
        told.append(
            phrase(
                "Time in answer, the last {measured_days} days: {words}",
                measured_days=book.measured_days,
                words=times.words(),
            )
        )
    else:
        told.append(
            phrase(
                "Time in answer: no blocker was answered in the last {measured_days} days.",
                measured_days=book.measured_days,
            )
        )
    return told


async def _said(desk: Desk, found: Seat, row: Golden | None) -> str:
    if row is None:
        usual = found.traveller.golden
        who = mention(found.traveller.user_id)
        here = (
            phrase(
                " Until then the workspace's count: {start}–{end} ({zone}).",
                start=oclock(usual.start),
                end=oclock(usual.end),
                zone=usual.zone,
            )
            if usual
            else ""
        )
        return phrase("Nothing is agreed with {who} yet.{here}", who=who, here=here)
    around = await parties(desk, found.traveller, golden.partners(row))
    said = lines(golden.week(row), around, monday(desk, row.zone), desk.playbook.golden)
    return phrase("*Agreed*\n{said}", said=said) if row.state == State.AGREED else said
