"""The path: who is on it, and adding and changing what was agreed with a contractor."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from blocks import contractor as draw
from blocks.contractor import LABELS, Filled
from blocks.kit import Block
from blocks.workspace import set_up_first
from handlers.contract import (
    Call,
    Desk,
    Duty,
    FixFields,
    Handler,
    Kind,
    Letters,
    OpenModal,
    Reply,
    Route,
    Say,
    arm,
    memo,
    soon,
)
from handlers.contractor_form import newcomer, not_on_the_path, read
from handlers.path import actor
from handlers.who import Asker, asker, who_adds
from playbook.days import local_day, read_weekdays
from playbook.roles import Action, Actor, Subject, may
from playbook.sorry import Sorry
from storage import contractor, digest, people, timetable, workspace
from storage.outbox import Lane, Post
from storage.tables import Contractor, Person

SLACKBOT = "USLACKBOT"
PERSON = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
HOURS = re.compile(r"(\d{1,4})(?:[.,](\d{1,2}))?\s*(?:h|hours?)?", re.IGNORECASE)
TOLD_OF = (
    "manager_id",
    "role",
    "project",
    "weekly_minutes",
    "weekdays",
    "day_start",
    "day_end",
    *(f"{role}_id" for role in LABELS),
)


def route(verbs: Mapping[str, Handler]) -> Handler:
    """Give the handler of `/contractor`, over those of other nouns by their verbs (kpi, packet, setup and so on)."""

    async def command(call: Call, desk: Desk) -> Reply:
        """Do what another noun's verb asks for, or what is the contractor's own."""
        verb, _, rest = call.text.strip().partition(" ")
        if verb.lower() in verbs:
            return await verbs[verb.lower()](replace(call, text=rest.strip()), desk)
        return await own_command(call, desk)

    return command


async def own_command(call: Call, desk: Desk) -> Reply:
    """Answer `/contractor`: a list, one person, adding, changing, or help."""
    verb, _, rest = call.text.strip().partition(" ")
    if verb.lower() in {"add", "edit"}:
        return await _open(call, desk, _mentioned(rest), verb=verb.lower())
    if _mentioned(verb):
        return await _show(call, desk, _mentioned(verb))
    if verb.lower() in {"", "list"}:
        return await listed(call, desk)
    if verb.lower() == "help":
        return Say(text=draw.HELP)
    return Say(text=f"I know these:\n{draw.HELP}")


def _mentioned(text: str) -> str:
    found = PERSON.search(text)
    return found[1] if found else ""


async def listed(call: Call, desk: Desk) -> Reply:
    """List who is on the path: an admin sees everybody, a manager theirs, a contractor their own entry."""
    who = await asker(call, desk)
    whose = digest.everybody() if who.is_admin else digest.of_managers([call.user_id])
    rows = await digest.members(desk.team, whose)
    own = [] if who.contractor is None else _card(who, who.contractor, who.person)
    if not rows and not own and not who.is_admin:
        raise Sorry(draw.how_to_get_in(await who_adds(desk)))
    if not rows and not own:
        return Say(text="Nobody is on the path yet.", blocks=draw.nobody())
    drawn = draw.listed(rows) if rows else []
    return Say(text=f"{len(rows)} on the path." if rows else "Your place on the path.", blocks=[*own, *drawn])


async def _show(call: Call, desk: Desk, user_id: str) -> Reply:
    """Show one contractor to themselves, their manager or an admin; to anybody else they are not there."""
    who = await asker(call, desk)
    person, place = await people.actor(desk.team, user_id)
    if person is None or place is None or not _may(Action.CONTRACTOR_READ, who, place):
        raise Sorry("I find nobody by that name on the path with you. `/contractor` lists who is.")
    return Say(text=draw.line(place, person.zone), blocks=_card(who, place, person))


def _card(who: Asker, place: Contractor, person: Person) -> list[Block]:
    return draw.card(place, person.zone, contractor.helpers(place), may_edit=_may(Action.CONTRACTOR_CHANGE, who, place))


async def add(call: Call, desk: Desk) -> Reply:
    """Open the empty form from a button."""
    return await _open(call, desk, "", verb="add")


async def edit(call: Call, desk: Desk) -> Reply:
    """Open the form of a contractor from a button."""
    return await _open(call, desk, call.value, verb="edit")


async def _open(call: Call, desk: Desk, user_id: str, *, verb: str) -> Reply:
    """Open the form: filled with what was agreed when the person is on the path already."""
    who = await asker(call, desk)
    person, place = await people.actor(desk.team, user_id) if user_id else (None, None)
    if place is not None and _may(Action.CONTRACTOR_CHANGE, who, place):
        return OpenModal(view=draw.form(_filled(place), memo(call.channel_id, place.user_id), known=True))
    if who.is_admin and not (await workspace.get(desk.team)).adders:
        text, blocks = set_up_first()
        return Say(text=text, blocks=blocks)
    await _require_adder(who, desk)
    if verb == "edit":
        raise Sorry("Say whose entry to change, like `/contractor edit @person`. `/contractor` lists everybody.")
    problem = not_on_the_path(person) if user_id else ""
    if problem:
        raise Sorry(problem)
    return OpenModal(view=draw.form(_fresh(call, desk, person), memo(call.channel_id), known=False))


def _may(action: Action, who: Asker, place: Contractor) -> bool:
    return may(action, Actor(who.person.user_id, who.is_admin), Subject(place.user_id, place.manager_id))


async def _require_adder(who: Asker, desk: Desk) -> None:
    """Refuse whoever was not chosen to add contractors, and name somebody who was."""
    if may(Action.CONTRACTOR_ADD, await actor(desk, who.person)):
        return
    ask = await who_adds(desk)
    raise Sorry(
        f"Contractors are added by those who were chosen for it, and managers change what was agreed with theirs; {ask}"
    )


def _fresh(call: Call, desk: Desk, person: Person | None) -> Filled:
    book = desk.playbook.contractor
    zone = person.zone if person else "UTC"
    return Filled(
        user_id=person.user_id if person else "",
        start_date=local_day(desk.now, zone),
        manager_id=call.user_id,
        weekly_minutes=book.weekly_minutes,
        weekdays=frozenset(book.weekdays),
        day_start=book.day_start,
        day_end=book.day_end,
    )


def _filled(place: Contractor) -> Filled:
    return Filled(
        user_id=place.user_id,
        start_date=place.start_date,
        manager_id=place.manager_id,
        role=place.role,
        project=place.project,
        project_channel=place.project_channel,
        weekly_minutes=place.weekly_minutes,
        weekdays=read_weekdays(place.weekdays),
        day_start=place.day_start,
        day_end=place.day_end,
        helpers=contractor.helpers(place),
    )


async def saved(call: Call, desk: Desk) -> Reply:
    """Keep what was filled in, set the times of what is due, and tell those it concerns."""
    who = await asker(call, desk)
    known = await contractor.find(desk.team, call.memo_record) if call.memo_record else None
    if known is None or not _may(Action.CONTRACTOR_CHANGE, who, known):
        await _require_adder(who, desk)
    user_id = known.user_id if known else call.one("person")
    values, errors = await read(call, desk, user_id)
    errors = {} | (await newcomer(desk, user_id) if known is None else {}) | errors
    if errors:
        return FixFields(errors)
    before = known.model_dump() if known else {}
    place = await _keep(call, desk, known, user_id, values)
    person = (await people.find_all(desk.team, [user_id]))[user_id]
    await _plan(desk, place, str(before.get("manager_id", "")))
    told = _told(desk, place, person, before)
    done = f"{'Saved' if known else 'Added'}: {draw.line(place, person.zone)}"
    return Say(text=done if told else f"{done}\nNothing had changed, so nobody was told.").also(*told)


async def _keep(
    call: Call, desk: Desk, known: Contractor | None, user_id: str, values: Mapping[str, Any]
) -> Contractor:
    if known is None:
        known = Contractor(team_id=call.team_id, user_id=user_id, added_at=desk.now, added_by=call.user_id, **values)
        desk.team.add(known)
    else:
        for name, value in values.items():
            setattr(known, name, value)
    await desk.team.session.flush()
    return known


async def _plan(desk: Desk, place: Contractor, manager_before: str) -> None:
    """Let what is due follow: the contractor's own times, the manager's digest, and that of who was manager before."""
    await arm(desk, place.user_id, contractor=True)
    await arm(desk, place.manager_id, manager=True)
    if manager_before not in {"", place.manager_id}:
        await _release(desk, manager_before)
    concerned = {place.user_id, place.manager_id, manager_before} - {""}
    await soon(desk, *(("home.redraw", one) for one in sorted(concerned)))
    await soon(desk, *(("digest.redraw", one) for one in sorted(concerned - {place.user_id})))


async def _release(desk: Desk, manager_id: str) -> None:
    if not await contractor.managed_by(desk.team, [manager_id]):
        names = [duty.name for duty in desk.duties if duty.for_managers and not duty.for_contractors]
        await timetable.drop(desk.team, manager_id, names or ["-"])


def _told(desk: Desk, place: Contractor, person: Person, before: Mapping[str, Any]) -> tuple[Letters, ...]:
    """Welcome a new contractor and tell the manager; after a change, tell the contractor what is agreed now."""
    helpers, letters = contractor.helpers(place), []
    about = f"contractor:{place.user_id}"
    if not before:
        letters.append(Post(f"{about}:welcome", place.user_id, *draw.welcome(place, person, helpers), Lane.AGENDA))
    elif any(before[name] != getattr(place, name) for name in TOLD_OF):
        key = f"{about}:changed:{desk.now.isoformat()}"
        letters.append(Post(key, place.user_id, *draw.changed(place, person.zone, helpers), Lane.AGENDA))
    if before.get("manager_id") != place.manager_id:
        key = f"{about}:manager:{place.manager_id}:{desk.now.isoformat()}"
        letters.append(Post(key, place.manager_id, *draw.to_manager(place, person.zone), Lane.AGENDA))
    return tuple(letters)


ROUTES: tuple[Route, ...] = (
    Route(Kind.ACTION, draw.LIST, listed),
    Route(Kind.ACTION, draw.ADD, add, opens=True),
    Route(Kind.ACTION, draw.EDIT, edit, opens=True),
    Route(Kind.FORM, draw.FORM, saved),
)
DUTIES: tuple[Duty, ...] = ()
