"""Somebody joins Slack: whoever was expected begins their path, and about other new guests operations is asked."""

from collections.abc import Sequence
from dataclasses import replace

from blocks import contractor_letter as letter
from blocks import contractor_newcomer as draw
from blocks.kit import day_name
from handlers.contract import Call, Desk, Due, Letters, Reply
from handlers.contractor_form import NEW, only_adders, opened
from handlers.contractor_read import judge
from handlers.contractor_save import about, enrol, withdraw
from handlers.path import actor
from handlers.who import asker
from playbook.contractor import ContractorBook
from playbook.days import local_day, next_at, read_weekdays
from playbook.roles import Action, may
from playbook.sorry import Sorry
from playbook.tongue import phrase
from storage import contractor, people, timetable, workspace
from storage import contractor_invite as invites
from storage.ooo import free_days
from storage.outbox import Lane, Post, Redraw
from storage.path_tables import Invite, Workspace
from storage.tables import Person
from storage.timetable import When

JOINED = "contractor.joined"
ASKED = "contractor.asked"
AGAIN = "contractor.again"
OPTIONAL = ("owner", "lead", "operations", "buddy", "escalation", "project_channel", "template")


async def joined(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Begin the path of those who were expected; ask operations about any other new guest, once."""
    posts: list[Letters] = []
    for one in due:
        person, place = await people.actor(desk.team, one.subject)
        if person is None or person.is_bot or person.deactivated:
            continue
        invite = await invites.find(desk.team, person.email)
        if invite is not None:
            posts += await _begun(desk, person, invite)
        elif person.guest and place is None:
            posts += await _question(desk, person, "")
    return posts


async def _begun(desk: Desk, person: Person, invite: Invite) -> list[Letters]:
    """Put somebody on the path who was expected; roles whose holders have left meanwhile stay open."""
    answers = {key: tuple(value) if isinstance(value, list) else value for key, value in invite.values.items()}
    answers = answers | {"person": person.user_id, "email": ""}
    judged = await judge(desk, answers)
    cleared = {name: "" for name in OPTIONAL if name in judged.errors}
    cleared |= {"manager_id": invite.added_by} if "manager_id" in judged.errors else {}
    if cleared:
        judged = await judge(desk, answers | cleared)
    await withdraw(desk, invite.email)
    told = dict.fromkeys((invite.added_by, str(judged.values.get("manager_id", invite.manager_id))))
    key = f"{about(person.user_id)}:arrived"
    if judged.errors:
        why = " ".join(judged.errors.values())
        drawn = letter.not_begun(person.user_id, invite.email, why)
        return [Post(f"{key}:{one}", one, *drawn, Lane.AGENDA) for one in told]
    place, _, letters = await enrol(desk, invite.added_by, person.user_id, judged.values)
    drawn = letter.arrived(place, invite.email)
    return [*letters, *(Post(f"{key}:{one}", one, *drawn, Lane.AGENDA) for one in told)]


async def late(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Tell a manager, once, that somebody was to begin today and has not joined."""
    found = [invite for one in due if (invite := await invites.find(desk.team, one.subject))]
    return [
        Post(f"invite:{one.email}:late:{one.start_date}", one.manager_id, *letter.late(one), Lane.AGENDA)
        for one in found
    ]


async def _asked(desk: Desk) -> str:
    """Say whom to ask about a new guest: operations, else one of those who may add people."""
    office = await workspace.get(desk.team)
    ids = [office.operations_id, *sorted(workspace.adders(office))]
    known = await people.find_all(desk.team, [one for one in ids if one])
    return next((one for one in ids if one and not (one in known and known[one].deactivated)), "")


def _newcomer(user_id: str) -> str:
    return f"newcomer:{user_id}"


async def _question(desk: Desk, person: Person, again: str) -> list[Letters]:
    asked = await _asked(desk)
    if asked in {"", person.user_id}:
        return []
    key = f"{_newcomer(person.user_id)}{again}"
    drawn = draw.question(person.user_id, person.zone)
    return [Post(key, asked, *drawn, Lane.AGENDA, about=_newcomer(person.user_id))]


async def asked_again(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Ask once more about a guest for whom the answer was "Tomorrow"."""
    posts: list[Letters] = []
    for one in due:
        person, place = await people.actor(desk.team, one.subject)
        if person is not None and place is None and not person.deactivated:
            posts += await _question(desk, person, f":{local_day(desk.now, 'UTC')}")
    return posts


async def settled(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Put the outcome in the place of every question about somebody who is on the path by now."""
    posts: list[Letters] = []
    for one in due:
        place = await contractor.find(desk.team, one.subject)
        if place is not None:
            await timetable.drop(desk.team, one.subject, [AGAIN])
            posts += await _outcome(desk, one.subject, draw.on_the_path(one.subject, place.added_by))
    return posts


async def _outcome(desk: Desk, user_id: str, drawn: draw.Drawn) -> list[Letters]:
    return [Redraw(key, *drawn) for key in await invites.letters(desk.team, _newcomer(user_id))]


async def start(call: Call, desk: Desk) -> Reply:
    """Open the form about a new guest, or say that they are on the path already."""
    person, settled_by = await _guest(call, desk)
    if settled_by is not None:
        return Reply(posts=tuple(await _outcome(desk, person.user_id, settled_by)))
    return await opened(call, desk, f"{NEW}{person.user_id}")


async def not_one(call: Call, desk: Desk) -> Reply:
    """Take "not a contractor" for an answer."""
    person, settled_by = await _guest(call, desk)
    await timetable.drop(desk.team, person.user_id, [AGAIN])
    drawn = settled_by or draw.not_one(person.user_id, call.user_id)
    return Reply(posts=tuple(await _outcome(desk, person.user_id, drawn)))


async def tomorrow(call: Call, desk: Desk) -> Reply:
    """Ask again on the next working morning of who pressed."""
    person, settled_by = await _guest(call, desk)
    if settled_by is not None:
        return Reply(posts=tuple(await _outcome(desk, person.user_id, settled_by)))
    me, place = await people.actor(desk.team, call.user_id)
    zone = me.zone if me else "UTC"
    office, book = await workspace.get(desk.team), desk.playbook.contractor
    weekdays = read_weekdays(place.weekdays) if place else _weekdays(office, book)
    at = book.asked_again
    free = (await free_days(desk.team, [call.user_id]))[call.user_id]
    free = replace(free, country=free.country or office.country)
    due_at = next_at(weekdays, at, zone, desk.now, free)
    day = local_day(due_at, zone)
    if day == local_day(desk.now, zone):
        due_at = next_at(weekdays, at, zone, due_at, free)
        day = local_day(due_at, zone)
    await timetable.put(desk.team, AGAIN, {person.user_id: When(due_at, day, at, zone)})
    return Reply(posts=tuple(await _outcome(desk, person.user_id, draw.tomorrow(person.user_id, day_name(day)))))


def _weekdays(office: Workspace, book: ContractorBook) -> frozenset[int]:
    return read_weekdays(office.weekdays) or frozenset(book.weekdays)


async def _guest(call: Call, desk: Desk) -> tuple[Person, draw.Drawn | None]:
    """Look up the guest a question is about, and what has settled it; raises Sorry for whoever was not asked."""
    who = await asker(call, desk)
    may_add = may(Action.CONTRACTOR_ADD, await actor(desk, who.person))
    office = await workspace.get(desk.team)
    if not may_add and who.person.user_id != office.operations_id:
        raise Sorry(await only_adders(desk))
    person, place = await people.actor(desk.team, call.value)
    if person is None:
        raise Sorry(phrase("I can't find this person any more. `/contractor add` takes on anybody who is here."))
    if place is not None:
        return person, draw.on_the_path(person.user_id, place.added_by)
    return person, draw.left(person.user_id) if person.deactivated else None
