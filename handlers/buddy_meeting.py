"""One shadowing session: who may touch it, who reads of it, and what the clock brings around it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from blocks import buddy_shadowing as draw
from blocks.buddy_shadowing import Meeting
from handlers.buddy_pair import REMINDER
from handlers.contract import Call, Desk, Due, Letters
from handlers.path import may_about, tick
from handlers.who import asker
from playbook.roles import Action
from playbook.sorry import Sorry
from playbook.tongue import phrase
from storage import buddy as store
from storage import outbox, people
from storage.outbox import Lane, Post, Redraw
from storage.path import Traveller, travellers
from storage.path_tables import Shadowing
from storage.tables import Person

REMIND, ASK = "shadowing.remind", "shadowing.ask"
NOT_YOURS = phrase("I find no such session with you. `/contractor` lists who is on the path with you.")
FOR_LEADERS = phrase("The buddy, the manager or an admin plans shadowing sessions. Please ask them.")


@dataclass(frozen=True)
class Seat:
    """Somebody who is about to plan or change a session of a contractor."""

    me: str
    traveller: Traveller

    @property
    def user_id(self) -> str:
        """Give the contractor's user id."""
        return self.traveller.user_id


async def at_table(call: Call, desk: Desk, user_id: str) -> Seat:
    """Let those plan who may; for others the contractor is not there."""
    who = await asker(call, desk)
    traveller = (await travellers(desk.team, [user_id], paused=True)).get(user_id)
    if traveller is None:
        raise Sorry(NOT_YOURS)
    if not await may_about(desk, Action.SHADOWING_PLAN, who.person, traveller.place):
        near = await may_about(desk, Action.CHECKLIST_READ, who.person, traveller.place)
        raise Sorry(FOR_LEADERS if near else NOT_YOURS)
    return Seat(call.user_id, traveller)


async def at_session(call: Call, desk: Desk, session_id: str) -> tuple[Seat, Shadowing]:
    """Let the two of a session and those who may plan one touch it."""
    who, row = await asker(call, desk), await store.session(desk.team, session_id)
    found = await travellers(desk.team, [row.user_id], paused=True) if row else {}
    if row is None or row.user_id not in found:
        raise Sorry(NOT_YOURS)
    traveller = found[row.user_id]
    theirs = call.user_id in (row.user_id, row.buddy_id)
    if not theirs and not await may_about(desk, Action.SHADOWING_PLAN, who.person, traveller.place):
        raise Sorry(NOT_YOURS)
    return Seat(call.user_id, traveller), row


def meeting(row: Shadowing) -> Meeting:
    """Give what is drawn of a session."""
    return Meeting(row.id, row.user_id, row.buddy_id, row.at, row.minutes, row.watch_for)


def about(session_id: str) -> str:
    """Name the subject of the invitations to a session."""
    return f"shadowing:{session_id}"


def question_key(session_id: str) -> str:
    """Name the one question after a session."""
    return f"shadowing:{session_id}:question"


def readers(traveller: Traveller, row: Shadowing, *, manager: bool = False) -> tuple[str, ...]:
    """Name the two of a session, with the buddy and the manager where these are to know as well."""
    more = (traveller.id_of("buddy"), traveller.id_of("manager")) if manager else ()
    return tuple(dict.fromkeys(one for one in (row.user_id, row.buddy_id, *more) if one))


def other(known: Mapping[str, Person], row: Shadowing, user_id: str) -> tuple[str, str]:
    """Give the name and the zone of the other one of the two."""
    person = known[row.buddy_id if user_id == row.user_id else row.user_id]
    return person.name, person.zone


async def drawn(desk: Desk, row: Shadowing) -> Sequence[str]:
    """Give the keys of the invitations to a session."""
    return await outbox.keys_about(desk.team, about(row.id))


async def invitations(desk: Desk, seat: Seat, row: Shadowing, before: Meeting | None) -> tuple[Letters, ...]:
    """Tell the two when it is, each on their own clock; older invitations say that it was moved."""
    known, shown = await people.find_all(desk.team, readers(seat.traveller, row)), meeting(row)
    told: list[Letters] = []
    fresh = {f"{about(row.id)}:{row.at:%Y-%m-%dT%H:%M}:{one}": person for one, person in known.items()}
    for key in await drawn(desk, row):
        told += [] if key in fresh else [Redraw(key, *draw.over(shown, phrase("was moved")))]
    for key, person in fresh.items():
        said = draw.invitation(shown, other(known, row, person.user_id), moved=before is not None, by=seat.me)
        told += [Post(key, person.user_id, *said, Lane.AGENDA, about=about(row.id)), Redraw(key, *said)]
    if before and before.buddy_id != row.buddy_id:
        key = f"shadowing:{row.id}:cancelled:{before.buddy_id}:{row.buddy_id}"
        told.append(Post(key, before.buddy_id, *draw.cancelled(before, seat.me)))
    return tuple(told)


async def run_remind(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Remind both shortly before; where one of them has left, tell the others instead."""
    told: list[Letters] = []
    for session_id in [one.subject for one in due]:
        row = await store.session(desk.team, session_id)
        if row is None or row.state != store.PLANNED:
            continue
        known = await people.find_all(desk.team, [row.user_id, row.buddy_id])
        gone = [one for one in (row.user_id, row.buddy_id) if one not in known or known[one].deactivated]
        told += await _called_off(desk, row, gone[0]) if gone else _reminders(desk, row, known)
    return told


def _reminders(desk: Desk, row: Shadowing, known: Mapping[str, Person]) -> list[Letters]:
    before = desk.playbook.buddy.remind_before
    return [
        Post(
            f"shadowing:{row.id}:remind:{row.at:%Y-%m-%dT%H:%M}:{one}",
            one,
            *draw.reminder(meeting(row), other(known, row, one), before),
            Lane.AGENDA,
            good_for=timedelta(minutes=before),
            timely=True,
        )
        for one in known
    ]


async def _called_off(desk: Desk, row: Shadowing, gone: str) -> list[Letters]:
    row.state = store.CANCELLED
    found = await travellers(desk.team, [row.user_id], paused=True)
    traveller = found.get(row.user_id)
    manager = traveller.id_of("manager") if traveller else ""
    ids = dict.fromkeys(one for one in (row.user_id, row.buddy_id, manager) if one and one != gone)
    said = draw.left(meeting(row), gone)
    return [Post(f"shadowing:{row.id}:left:{one}", one, *said, Lane.AGENDA) for one in ids]


async def run_ask(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Ask contractors, once, what they took from the session, and tick it."""
    told: list[Letters] = []
    for session_id in [one.subject for one in due]:
        row = await store.session(desk.team, session_id)
        if row is None or row.state != store.PLANNED:
            continue
        row.state = store.ASKED
        await tick(desk, row.user_id, "shadowing", row.planned_by)
        told.append(Post(question_key(row.id), row.user_id, *draw.question(meeting(row)), Lane.AGENDA, nudge=REMINDER))
        told += [Redraw(key, *draw.over(meeting(row), phrase("took place"))) for key in await drawn(desk, row)]
    return told
