"""What the clock brings to a parting: the last morning, and the evening on which everything ends."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from blocks import offboarding_letter as letter
from blocks.offboarding import Parting
from handlers.contract import Desk, Due, Duty, Letters, Sample, soon
from handlers.offboarding_work import channel_of, gather, manager_of, to_redraw
from playbook.offboarding import EVERYBODY, PRIVATE, PROJECT, ends_at, morning_of
from playbook.tongue import phrase
from storage import calendar, contractor, outbox, people, timetable
from storage import offboarding as store
from storage.growth_tables import Handover, Offboarding
from storage.outbox import Lane, Post, Redraw
from storage.path import Traveller
from storage.tables import Contractor
from storage.timetable import When

MORNING, END = "offboarding.morning", "offboarding.end"
CLOSING, PARTED, ENDED = "access.closing", "blocker.parted", "contractor.ended"
LONG = timedelta(days=14)


async def plan(desk: Desk, row: Offboarding) -> None:
    """Set when the last day comes and ends, and let the tools to close follow."""
    leaver, place = await people.actor(desk.team, row.user_id)
    if leaver is None or place is None:
        return
    book = desk.playbook.offboarding
    morning = morning_of(row.last_on, leaver.zone, book)
    end = ends_at(row.last_on, place.day_start, place.day_end, leaver.zone, book)
    await timetable.drop(desk.team, row.id, [MORNING])
    if morning > desk.now:
        await timetable.put(desk.team, MORNING, {row.id: When(morning)})
    await timetable.put(desk.team, END, {row.id: When(max(end, desk.now))})
    await soon(desk, (CLOSING, row.id))


async def unplan(desk: Desk, row: Offboarding) -> None:
    """Forget the last day of somebody who stays."""
    await timetable.drop(desk.team, row.id, [MORNING, END])


async def morning(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Remind contractors on their last morning of what is not handed over."""
    letters: list[Letters] = []
    for one in due:
        row = await store.find(desk.team, one.subject)
        if row is None or row.cancelled_at is not None or row.ended_at is not None:
            continue
        parting = await gather(desk, row)
        if any(item.given_at is None for item in parting.items) and await people.here(desk.team, row.user_id):
            about = f"offboarding:{row.id}"
            key = f"offboarding:{row.id}:morning:{row.last_on}"
            drawn = letter.morning(parting)
            letters.append(Post(key, row.user_id, *drawn, Lane.NUDGE, about=about, nudge="offboarding.reminder"))
    return letters


async def end(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """End what has come to its last evening; what was moved meanwhile waits for its own."""
    letters: list[Letters] = []
    for one in due:
        row = await store.find(desk.team, one.subject)
        if row is None or row.cancelled_at is not None or row.ended_at is not None:
            continue
        parting, place = await gather(desk, row), await contractor.find(desk.team, row.user_id)
        if parting.ends_at > desk.now:
            await timetable.put(desk.team, END, {row.id: When(parting.ends_at)})
        elif place is not None:
            letters += await _end(desk, parting, place)
    return letters


async def _end(desk: Desk, parting: Parting, place: Contractor) -> Sequence[Letters]:
    """Let everything stop for somebody, say thank you, and give what is open to the manager."""
    row, now = parting.row, desk.now
    manager = await manager_of(desk, row, place)
    row.ended_at = place.ended_at = now
    place.ended_by, place.paused_at = row.began_by, place.paused_at or now
    await outbox.cancel_for(desk.team, row.user_id, now)
    await outbox.cancel(desk.team, f"offboarding:{row.id}", now)
    if not parting.leads:
        await calendar.revoke(desk.team, row.user_id)
    await store.pass_on_wiki(desk.team, row.user_id, manager or place.manager_id)
    await desk.team.session.flush()
    await soon(desk, (ENDED, row.user_id), (PARTED, row.user_id), (CLOSING, row.id))
    letters = [*await _thanks(desk, row, place), *await _farewell(desk, row), *to_redraw(parting)]
    if manager:
        told = letter.summary(parting, len(parting.blockers) + len(parting.helping))
        letters.append(Post(f"offboarding:{row.id}:ended:{manager}", manager, *told, Lane.AGENDA, LONG))
    return letters


async def _thanks(desk: Desk, row: Offboarding, place: Contractor) -> Sequence[Letters]:
    """Say thank you in the channel that was chosen, once."""
    if not row.thanks or row.thanks_to not in {PROJECT, EVERYBODY} or row.thanked_at is not None:
        return ()
    channel_id = await channel_of(desk, place, row.thanks_to)
    if not channel_id:
        return ()
    row.thanked_at = desk.now
    drawn = letter.thanks(row, row.began_by)
    return (Post(f"offboarding:{row.id}:thanks", channel_id, *drawn, Lane.AGENDA, LONG),)


async def _farewell(desk: Desk, row: Offboarding) -> Sequence[Letters]:
    """Say good-bye to the contractor; what could not be said in a channel is said to them."""
    if not await people.here(desk.team, row.user_id):
        return ()
    private = row.thanks_to == PRIVATE or (row.thanks_to in {PROJECT, EVERYBODY} and row.thanked_at is None)
    if row.thanks_to == PRIVATE and row.thanks:
        row.thanked_at = desk.now
    drawn = letter.farewell(row, row.began_by, private=private)
    return (
        Redraw(letter.told_key(row), *letter.told(await gather(desk, row), "")),
        Post(f"offboarding:{row.id}:farewell", row.user_id, *drawn, Lane.AGENDA, LONG, timely=True),
    )


def _example(desk: Desk, traveller: Traveller) -> Parting:
    """Make up a parting in four weeks, with one thing to hand over."""
    book, place = desk.playbook.offboarding, traveller.place
    last = (desk.now + timedelta(days=28)).date()
    row = Offboarding(
        id="example",
        team_id=desk.team.team_id,
        user_id=traveller.user_id,
        last_on=last,
        began_at=desk.now,
        began_by=traveller.id_of("manager"),
        thanks=book.words.thanks,
        thanks_to=PROJECT,
        door=book.words.door,
    )
    item = Handover(
        id="example",
        team_id=desk.team.team_id,
        offboarding_id=row.id,
        user_id=traveller.user_id,
        words=phrase("The release checklist, and why step 4 exists"),
        to_id=traveller.id_of("lead", "manager"),
        made_at=desk.now,
        made_by=row.began_by,
    )
    end_at = ends_at(last, place.day_start, place.day_end, traveller.person.zone, book)
    return Parting(row, traveller.person.name, traveller.person.zone, end_at, [item])


async def _sample_told(desk: Desk, traveller: Traveller) -> letter.Drawn:
    return letter.told(_example(desk, traveller), traveller.id_of("manager"))


async def _sample_thanks(desk: Desk, traveller: Traveller) -> letter.Drawn:
    return letter.thanks(_example(desk, traveller).row, traveller.id_of("manager"))


async def _sample_farewell(desk: Desk, traveller: Traveller) -> letter.Drawn:
    return letter.farewell(_example(desk, traveller).row, traveller.id_of("manager"), private=False)


async def _sample_summary(desk: Desk, traveller: Traveller) -> letter.Drawn:
    parting = _example(desk, traveller)
    parting.row.thanked_at = desk.now
    return letter.summary(replace(parting), 0)


async def _sample_given(desk: Desk, traveller: Traveller) -> letter.Drawn:
    return letter.given(_example(desk, traveller).items[0])


SAMPLES: tuple[Sample, ...] = (
    Sample(phrase("Your last day is set"), "contractor", phrase("when the offboarding begins"), _sample_told),
    Sample(phrase("Handed over to you"), "manager", phrase("when the contractor gives it"), _sample_given),
    Sample(phrase("Thank you"), "channel", phrase("the evening of the last day"), _sample_thanks),
    Sample(
        phrase("Good-bye, and the open door"), "contractor", phrase("the evening of the last day"), _sample_farewell
    ),
    Sample(phrase("They have left"), "manager", phrase("the evening of the last day"), _sample_summary),
)
DUTIES: tuple[Duty, ...] = (
    Duty(MORNING, morning),
    Duty(END, end, catch_up=timedelta(days=3650), at_once=20),
)
