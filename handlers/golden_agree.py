"""Agreeing on Golden Hours: a proposal goes to the other one of the two; the row decides who was first."""

from collections.abc import Sequence
from datetime import date

from blocks import golden as draw
from blocks.kit import mention
from handlers.contract import Call, Desk, Letters, Reply, Say, soon
from handlers.golden_seat import NOT_THE_PAIR, Seat, about, everybody, shown
from handlers.path import may_about, tick
from playbook.days import DAY, local_day
from playbook.golden import GoldenWeek
from playbook.golden_fair import moved
from playbook.roles import Action
from playbook.sorry import Sorry
from playbook.tongue import phrase
from storage import golden, outbox, people, timetable
from storage.golden import State
from storage.outbox import Lane, Post, Redraw
from storage.rhythm_tables import Golden

TICKED = "golden"
START, CHANGE = "golden.start", "golden.change"


def proposal_key(row: Golden) -> str:
    """Name the message in which the other one is asked."""
    return f"golden.proposal:{row.id}"


def subject(user_id: str) -> str:
    """Name what the letters about somebody's Golden Hours are about."""
    return f"golden:{user_id}"


def change_about(user_id: str) -> str:
    """Name what the questions about clock changes are about."""
    return f"{CHANGE}:{user_id}"


def change_key(user_id: str, day: date, to: str) -> str:
    """Name the question about one clock change to one of the two."""
    return f"{change_about(user_id)}:{day}:{to}"


async def propose(
    desk: Desk, seat: Seat, week: GoldenWeek, others: Sequence[str], words: str = "", *, nudge: bool = True
) -> Reply:
    """Write a proposal down and ask the other one; older ones that waited say that there is a newer one."""
    row, before = await golden.propose(
        desk.team, seat.traveller.user_id, week, others, seat.me, desk.now, nudge=nudge, words=words
    )
    await soon(desk, *(("home.redraw", one) for one in seat.pair))
    what = await shown(desk, row, seat.traveller)
    card = draw.proposal(what, desk.playbook.golden)
    posts: list[Letters] = [
        Post(proposal_key(row), seat.other, *card, Lane.AGENDA, about=subject(row.user_id)),
        *[await _replaced(desk, seat, one) for one in before],
    ]
    said = draw.lines(week, what.parties, what.monday, desk.playbook.golden)
    text = phrase(
        "Proposed, and {other} is asked. Nothing counts until you both agree.\n{said}",
        other=mention(seat.other),
        said=said,
    )
    return Say(text=text).also(*posts)


async def _replaced(desk: Desk, seat: Seat, row: Golden) -> Redraw:
    how = phrase("{me} has proposed other Golden Hours since then, so these are settled.", me=mention(seat.me))
    return Redraw(proposal_key(row), *draw.outcome(await shown(desk, row, seat.traveller), how, desk.playbook.golden))


async def agree(call: Call, desk: Desk) -> Reply:
    """Let the other one of the two agree: from now on these windows count."""
    seat, row = await about(call, desk, call.value)
    if not await may_about(desk, Action.GOLDEN_ANSWER, seat.person, seat.traveller.place):
        raise Sorry(NOT_THE_PAIR)
    if row.state != State.PROPOSED:
        return await _too_late(desk, seat, row)
    if row.proposed_by == seat.me:
        raise Sorry(
            phrase(
                "You proposed these, so {other} answers. You can propose others meanwhile.", other=mention(seat.other)
            )
        )
    if not await golden.agree(desk.team, row.id, seat.me, desk.now):
        return await _too_late(desk, seat, row)
    await desk.team.session.refresh(row)
    await tick(desk, row.user_id, TICKED, seat.me)
    await wind(desk, row.user_id)
    await soon(desk, *(("home.redraw", one) for one in seat.pair))
    return Say(text=phrase("Agreed. Both of you have it now, and it counts from the next one on.")).also(
        *await _told(desk, seat, row)
    )


async def wind(desk: Desk, user_id: str) -> None:
    """Write down afresh when the note before a contractor's Golden Hours and the question about clocks are due."""
    for duty in desk.duties:
        if duty.name in (START, CHANGE) and duty.next is not None:
            await timetable.drop(desk.team, user_id, [duty.name])
            await timetable.put(desk.team, duty.name, await duty.next(desk, [user_id]))


async def _told(desk: Desk, seat: Seat, row: Golden) -> Sequence[Letters]:
    """Tell both and the team members who take part, each once."""
    what, book = await shown(desk, row, seat.traveller), desk.playbook.golden
    how = phrase("{me} agreed to these Golden Hours", me=mention(seat.me))
    known = await people.find_all(desk.team, everybody(seat.traveller, golden.partners(row)))
    there = [one for one, person in known.items() if not person.deactivated and not person.is_bot]
    readers = [one for one in there if one != seat.me]
    letters = [
        Post(
            f"golden.agreed:{row.id}:{one}",
            one,
            *draw.agreed(what, seat.me, book, pair=one in seat.pair),
            Lane.AGENDA,
            about=subject(row.user_id),
        )
        for one in sorted(readers)
    ]
    return [Redraw(proposal_key(row), *draw.outcome(what, how, book)), *letters]


async def _too_late(desk: Desk, seat: Seat, row: Golden) -> Reply:
    """Say what became of a proposal meanwhile."""
    if row.state == State.AGREED:
        return Say(
            text=phrase(
                "{answered_by} agreed to these already, and they count. Nothing else is needed.",
                answered_by=mention(row.answered_by),
            )
        )
    how = phrase("There are newer Golden Hours than these, so they do not count any more.")
    card = draw.outcome(await shown(desk, row, seat.traveller), how, desk.playbook.golden)
    return Say(text=phrase("{how} `/circle golden` shows what is agreed.", how=how)).also(
        Redraw(proposal_key(row), *card)
    )


async def keep(call: Call, desk: Desk) -> Reply:
    """Keep the windows where they are on the clock of whoever pressed: they stay, or are proposed to the other one."""
    seat, row = await about(call, desk, call.value)
    if row.state != State.AGREED:
        raise Sorry(phrase("These Golden Hours do not count any more. `/circle golden` shows what is agreed."))
    if seat.zone == row.zone:
        text = phrase("They stay where they are on the clock of {me}.", me=mention(seat.me))
        asked = await _change_cards(desk, row.user_id, draw.settled(text))
        return Say(text=phrase("They stay where they are on your clock. The other one sees that too.")).also(*asked)
    today = local_day(desk.now, row.zone)
    week = moved(golden.week(row), seat.zone, today - today.weekday() * DAY)
    words = phrase("Kept on my clock, so that the clock change moves them on yours.")
    reply = await propose(desk, seat, week, golden.partners(row), words, nudge=row.nudge)
    text = phrase("{me} proposed to keep them on their own clock.", me=mention(seat.me))
    return reply.also(*await _change_cards(desk, row.user_id, draw.settled(text)))


async def _change_cards(desk: Desk, user_id: str, said: draw.Drawn) -> Sequence[Redraw]:
    """Let the questions about the next clock change follow, for both."""
    keys = await outbox.keys_about(desk.team, change_about(user_id))
    days = {key: key.split(":")[2] for key in keys}
    last = max(days.values(), default="")
    return [Redraw(key, *said) for key, day in days.items() if day == last]
