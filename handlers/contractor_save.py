"""Keeping what was agreed with a contractor: putting them on the path, changing it, and telling those it concerns."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from blocks import contractor as draw
from blocks import contractor_letter as letter
from blocks.contractor import LABELS
from blocks.contractor_form import PAGES, TIME, Answers, page, problems_elsewhere
from handlers.contract import Call, Desk, Due, FixFields, Letters, ReplaceModal, Reply, Sample, Say, arm, lay, soon
from handlers.contractor_form import About, sheet_of, typed, worth_knowing
from handlers.contractor_read import Judged
from playbook.days import DAY, instant, local_day, next_working_day, read_weekdays
from playbook.holidays import DaysOff
from playbook.tongue import phrase
from storage import access_close, contractor, contractor_return, offboarding, people, timetable
from storage import contractor_draft as drafts
from storage import contractor_invite as invites
from storage.outbox import Lane, Post, Redraw
from storage.path import Traveller
from storage.path_tables import Invite
from storage.tables import Contractor, Person
from storage.timetable import When

LATE = "contractor.late"
PLAN = "contractor.plan"
MEETINGS = "oneonone.keep"
TOLD_OF = (
    "manager_id",
    "role",
    "project",
    "weekly_minutes",
    "weekdays",
    "day_start",
    "day_end",
    "country",
    *(f"{role}_id" for role in LABELS),
)


def about(user_id: str) -> str:
    """Name what the letters of somebody's place on the path are about."""
    return f"contractor:{user_id}"


async def saved(call: Call, desk: Desk) -> Reply:
    """Keep what was filled in, set the times of what is due, and tell those it concerns."""
    subject, answers = await typed(call, desk)
    judged = await subject.judge(desk, answers)
    here = {name: judged.errors[name] for name in PAGES[TIME] if name in judged.errors}
    if here:
        return FixFields(here)
    if judged.errors:
        return await _elsewhere(call, desk, subject, answers, judged.errors)
    await drafts.drop(desk.team, call.user_id, subject.draft)
    if judged.email:
        return await _expected(call, desk, subject, answers, judged)
    if subject.known is not None and subject.returns:
        person, letters = await come_back(desk, call.user_id, subject.known, judged.values)
        return Say(text=phrase("A new path: {known}", known=draw.line(subject.known, person.zone))).also(*letters)
    if subject.known is not None:
        return await _changed(call, desk, subject.known, judged)
    place, person, letters = await enrol(desk, call.user_id, judged.user_id, judged.values)
    notes = [f"• {note}" for note in await worth_knowing(desk, answers, person)]
    return Say(text="\n".join([phrase("Added: {place}", place=draw.line(place, person.zone)), *notes])).also(*letters)


async def _elsewhere(call: Call, desk: Desk, subject: About, answers: Answers, errors: Mapping[str, str]) -> Reply:
    """Go back to the page on which something needs another look by now."""
    there = next(name for name, fields in PAGES.items() if any(field in errors for field in fields))
    sheet = await sheet_of(desk, call.memo, subject, answers, problems_elsewhere(errors))
    await drafts.keep(desk.team, call.user_id, subject.draft, answers, desk.now)
    return ReplaceModal(view=page(there, sheet))


async def _changed(call: Call, desk: Desk, place: Contractor, judged: Judged) -> Reply:
    before = place.model_dump()
    person, letters = await change(desk, call.user_id, place, judged.values)
    done = phrase("Saved: {place}", place=draw.line(place, person.zone))
    same = before == place.model_dump()
    return Say(text=phrase("{done}\nNothing had changed, so nobody was told.", done=done) if same else done).also(
        *letters
    )


async def _expected(call: Call, desk: Desk, subject: About, answers: Answers, judged: Judged) -> Reply:
    invite, letters = await expect(desk, call.user_id, judged, answers, before=subject.awaited)
    return Say(text=f"{(phrase('Saved') if subject.awaited else phrase('Added'))}: {draw.waiting(invite)}.").also(
        *letters
    )


async def enrol(
    desk: Desk, by: str, user_id: str, values: Mapping[str, Any]
) -> tuple[Contractor, Person, tuple[Letters, ...]]:
    """Put somebody on the path, with all that is due for them; gives who is to be told what."""
    place = Contractor(team_id=desk.team.team_id, user_id=user_id, added_at=desk.now, added_by=by, **values)
    desk.team.add(place)
    await desk.team.session.flush()
    person = (await people.find_all(desk.team, [user_id]))[user_id]
    if person.email:
        await withdraw(desk, person.email)
    await plan(desk, place, "")
    await soon(desk, ("contractor.asked", user_id))
    return place, person, (_welcome(desk, place, person), *_to_helpers(desk, place, person, {}))


def _welcome(desk: Desk, place: Contractor, person: Person) -> Post:
    drawn = letter.welcome(place, person, contractor.helpers(place), ahead_of(desk, place, person))
    return Post(f"{about(place.user_id)}:welcome", place.user_id, *drawn, Lane.AGENDA)


def ahead_of(desk: Desk, place: Contractor, person: Person) -> date | None:
    """Give somebody's Day 1 if it is still to come."""
    first = next_working_day(place.start_date - DAY, read_weekdays(place.weekdays), DaysOff(place.country))
    return first if first > local_day(desk.now, person.zone) else None


def _to_helpers(desk: Desk, place: Contractor, person: Person, before: Mapping[str, Any]) -> list[Letters]:
    """Tell a manager and a buddy of the part they have now and did not have before."""
    stamp, letters = desk.now.isoformat(), []
    if before.get("manager_id") != place.manager_id:
        key = f"{about(place.user_id)}:manager:{place.manager_id}:{stamp}"
        letters.append(Post(key, place.manager_id, *letter.to_manager(place, person.zone), Lane.AGENDA))
    if place.buddy_id and before.get("buddy_id") != place.buddy_id:
        key = f"buddy:{place.user_id}:{place.buddy_id}:chosen"
        letters.append(Post(key, place.buddy_id, *letter.to_buddy(place), Lane.AGENDA))
    return list[Letters](letters)


async def change(
    desk: Desk, by: str, place: Contractor, values: Mapping[str, Any]
) -> tuple[Person, tuple[Letters, ...]]:
    """Change what was agreed with somebody, let what is due follow, and give who is to be told what."""
    before = place.model_dump()
    for name, value in values.items():
        setattr(place, name, value)
    await desk.team.session.flush()
    person = (await people.find_all(desk.team, [place.user_id]))[place.user_id]
    if any(before[name] != value for name, value in values.items()):
        await plan(desk, place, before["manager_id"])
    return person, (*_told(desk, by, place, person, before), *_to_helpers(desk, place, person, before))


def _told(desk: Desk, by: str, place: Contractor, person: Person, before: Mapping[str, Any]) -> tuple[Letters, ...]:
    """Tell the contractor what is agreed now, and those around them when the start has moved."""
    stamp, letters = desk.now.isoformat(), []
    if before["start_date"] != place.start_date:
        letters += _moved(desk, by, place, person, before["start_date"])
    if any(before[name] != getattr(place, name) for name in TOLD_OF):
        drawn = letter.changed(place, person.zone, contractor.helpers(place))
        letters.append(Post(f"{about(place.user_id)}:changed:{stamp}", place.user_id, *drawn, Lane.AGENDA))
    return tuple(letters)


def _moved(desk: Desk, by: str, place: Contractor, person: Person, before: date) -> list[Letters]:
    """Tell everybody of the new day, each once, and bring the welcome up to date."""
    stem = f"{about(place.user_id)}:moved:{desk.now.isoformat()}"
    around = [one for one in dict.fromkeys(contractor.helpers(place).values()) if one not in {"", by, place.user_id}]
    welcome = _welcome(desk, place, person)
    return [
        Post(f"{stem}:{place.user_id}", place.user_id, *letter.moved(place, before), Lane.AGENDA),
        *(Post(f"{stem}:{one}", one, *letter.moved_around(place, before), Lane.AGENDA) for one in around),
        Redraw(welcome.key, welcome.text, welcome.blocks),
    ]


async def come_back(
    desk: Desk, by: str, place: Contractor, values: Mapping[str, Any]
) -> tuple[Person, tuple[Letters, ...]]:
    """Put somebody on the path once more: what was is kept as history, and everything begins at the new start."""
    for name, value in values.items():
        setattr(place, name, value)
    place.ended_at, place.ended_by, place.paused_at, place.paused_by = None, "", None, ""
    place.one_on_one_at, place.added_at, place.added_by = None, desk.now, by
    parting = await offboarding.current(desk.team, place.user_id)
    if parting is not None:
        parting.returned_at, parting.returned_by = desk.now, by
    await contractor_return.begin_anew(desk.team, place.user_id, desk.now)
    await access_close.begin_anew(desk.team, place.user_id)
    await desk.team.session.flush()
    person = (await people.find_all(desk.team, [place.user_id]))[place.user_id]
    await plan(desk, place, "")
    drawn = letter.welcome_back(place, person, contractor.helpers(place), ahead_of(desk, place, person))
    stem = f"{about(place.user_id)}:back:{desk.now.isoformat()}"
    told: list[Letters] = [Post(f"{stem}:{place.user_id}", place.user_id, *drawn, Lane.AGENDA)]
    if place.manager_id != by:
        to_manager = letter.to_manager(place, person.zone)
        told.append(Post(f"{stem}:{place.manager_id}", place.manager_id, *to_manager, Lane.AGENDA))
    return person, tuple(told)


async def plan(desk: Desk, place: Contractor, manager_before: str) -> None:
    """Let what is due follow: the contractor's own times, the manager's digest, and that of who was manager before."""
    await soon(desk, (PLAN, place.user_id))
    await arm(desk, place.manager_id, manager=True)
    if manager_before not in {"", place.manager_id}:
        await _release(desk, manager_before)
    concerned = {place.user_id, place.manager_id, manager_before} - {""}
    await soon(desk, *(("home.redraw", one) for one in sorted(concerned)))
    await soon(desk, *(("digest.redraw", one) for one in sorted(concerned - {place.user_id})))
    if place.paused_at is None:
        await lay(desk, place.user_id)


async def planned(desk: Desk, due: Sequence[Due]) -> tuple[Letters, ...]:
    """Write down when everything is due for contractors who were added or changed, however many at once."""
    await arm(desk, *(one.subject for one in due), contractor=True)
    await soon(desk, *((MEETINGS, one.subject) for one in due))
    return ()


async def _release(desk: Desk, manager_id: str) -> None:
    if not await contractor.managed_by(desk.team, [manager_id]):
        names = [duty.name for duty in desk.duties if duty.for_managers and not duty.for_contractors]
        await timetable.drop(desk.team, manager_id, names or ["-"])


async def _sampled_welcome(desk: Desk, traveller: Traveller) -> letter.Drawn:
    place, person = traveller.place, traveller.person
    return letter.welcome(place, person, contractor.helpers(place), ahead_of(desk, place, person))


async def _sampled_manager(_desk: Desk, traveller: Traveller) -> letter.Drawn:
    return letter.to_manager(traveller.place, traveller.person.zone)


async def _sampled_buddy(_desk: Desk, traveller: Traveller) -> letter.Drawn | None:
    return letter.to_buddy(traveller.place) if traveller.place.buddy_id else None


SAMPLES: tuple[Sample, ...] = (
    Sample(phrase("Welcome"), "contractor", phrase("when they are added"), _sampled_welcome),
    Sample(phrase("New contractor"), "manager", phrase("when they are added"), _sampled_manager),
    Sample(phrase("You are their Shadow Buddy"), "buddy", phrase("when they are added"), _sampled_buddy),
)


def gathered(desk: Desk, letters: Sequence[Letters]) -> list[Letters]:
    """Make one message of several that tell the same manager of a new contractor each; others stay as they are."""
    posts = [one for one in letters if isinstance(one, Post) and ":manager:" in one.key]
    theirs = {to: [one for one in posts if one.to == to] for to in dict.fromkeys(one.to for one in posts)}
    several = {to: kept for to, kept in theirs.items() if len(kept) > 1}
    rest = [one for one in letters if not (isinstance(one, Post) and ":manager:" in one.key and one.to in several)]
    key = f"contractor:manager:{desk.now.isoformat()}"
    whole = [
        Post(f"{key}:{to}", to, *letter.several_for_manager([one.text for one in kept]), Lane.AGENDA)
        for to, kept in several.items()
    ]
    return [*rest, *whole]


async def expect(
    desk: Desk, by: str, judged: Judged, answers: Answers, *, before: Invite | None = None
) -> tuple[Invite, tuple[Letters, ...]]:
    """Keep what was agreed with somebody who has no account yet, until they join."""
    start, manager = judged.values["start_date"], judged.values["manager_id"]
    values = {name: answer for name, answer in answers.items() if name not in {"person", "email"}}
    first: dict[str, Any] = {"added_at": before.added_at, "added_by": before.added_by} if before else {}
    known: dict[str, Any] = {"added_at": desk.now, "added_by": by} | first
    kept: dict[str, Any] = {"values": values, "manager_id": manager, "start_date": start}
    news = before is None or (before.manager_id, before.start_date) != (manager, start)
    await desk.team.put(Invite, {"email": judged.email}, **kept, **known)
    await _await(desk, judged.email, start, manager)
    invite = Invite(team_id=desk.team.team_id, email=judged.email, **kept, **known)
    key = f"invite:{judged.email}:manager:{manager}:{start}:{desk.now.isoformat()}"
    told = (Post(key, manager, *letter.expected_for_manager(invite), Lane.AGENDA),)
    return invite, told if news and manager != by else ()


async def _await(desk: Desk, email: str, start: date, manager_id: str) -> None:
    """Plan to tell the manager, on the morning of the start, that nobody has joined."""
    manager = await people.find(desk.team, manager_id)
    zone, at = manager.zone if manager else "UTC", desk.playbook.contractor.asked_again
    due_at = instant(start, at, zone)
    if due_at is None or due_at <= desk.now:
        await timetable.drop(desk.team, email, [LATE])
        return
    await timetable.put(desk.team, LATE, {email: When(due_at, start, at, zone)})


async def withdraw(desk: Desk, email: str) -> bool:
    """Forget somebody who was expected; tells whether anybody was."""
    await timetable.drop(desk.team, email, [LATE])
    return await invites.drop(desk.team, email)
