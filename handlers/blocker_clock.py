"""Blockers, unasked: the clock in the helper's working time, helpers who have left, and the morning question."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from blocks import blocker_letter as letters
from blocks import blocker_list as lists
from blocks import kit
from handlers.contract import Desk, Due, Duty, Letters, soon
from playbook.blocker import State, Step, step_at
from playbook.days import day_start, local_day, next_at, read_weekdays
from playbook.hours import after_working, at_work
from playbook.length import show
from playbook.tongue import phrase
from storage import blocker as store
from storage import blocker_change as change
from storage import contractor, people, timetable
from storage.blocker import Case
from storage.ooo import free_days, fully_away
from storage.outbox import Lane, Post
from storage.tables import Blocker
from storage.timetable import When

MINUTE = timedelta(minutes=1)


async def remind(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Remind helpers of what still waits for them."""
    return await _turn(desk, due, "remind")


async def escalate(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Tell managers of what has waited for four hours of the helper's working time."""
    return await _turn(desk, due, "escalate")


async def contact(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Tell escalation contacts of what has waited for eight hours of the helper's working time."""
    return await _turn(desk, due, "contact")


async def _turn(desk: Desk, due: Sequence[Due], name: str) -> Sequence[Letters]:
    """Take one step of the clock for every blocker that waits."""
    step = next(step for step in desk.playbook.blocker.steps if step.name == name)
    posts: list[Letters] = []
    for case in await _waiting(desk, due):
        posts += await _step(desk, case, step)
    return posts


async def _waiting(desk: Desk, due: Sequence[Due]) -> list[Case]:
    found = await store.find_all(desk.team, [one.subject for one in due])
    return await store.cases(desk.team, [one for one in found if one.state != State.RESOLVED])


async def _step(desk: Desk, case: Case, step: Step) -> Sequence[Letters]:
    blocker = case.blocker
    if not case.active(blocker.helper_id):
        return await _pass_on(desk, case)
    hours = case.hours(blocker.helper_id, desk.playbook.contractor)
    if not at_work(hours, desk.now) and not at_work(hours, desk.now - MINUTE):
        later = When(after_working(hours, desk.now, 1))
        await timetable.put(desk.team, f"blocker.{step.name}", {blocker.id: later})
        return ()
    to = await _whom(desk, case, step)
    return await _tell(desk, case, step, to) if to else ()


async def _whom(desk: Desk, case: Case, step: Step) -> str:
    """Give who is to be told: the step's own person; where they have left or are away, who comes in their place."""
    to = store.target(case.blocker, step)
    if not to:
        return ""
    away = await fully_away(desk.team, case.path, desk.now)
    if case.active(to) and to not in away:
        return to
    deputy = away[to].deputy_id if to in away else ""
    if deputy and deputy not in {case.blocker.user_id, case.blocker.helper_id} and await people.here(desk.team, deputy):
        return deputy
    after = case.after(to)
    while after in away:
        after = case.after(after)
    return after or (to if case.active(to) else "")


async def _tell(desk: Desk, case: Case, step: Step, to: str) -> Sequence[Letters]:
    """Turn to somebody, and tell the contractor whom."""
    blocker, waited = case.blocker, show(step.minutes)
    helper, raiser = kit.mention(blocker.helper_id), kit.mention(blocker.user_id)
    lead = phrase(
        "⏰ This has waited {waited} of {helper}'s working time. Could you help {raiser} along?",
        waited=waited,
        helper=helper,
        raiser=raiser,
    )
    if step.to == "helper":
        lead = phrase(
            "⏰ {raiser} has waited {waited} of your working time. Can you say where it stands?",
            raiser=raiser,
            waited=waited,
        )
    await change.say(desk.team, blocker, step.name, blocker.helper_id, desk.now, to if step.to != "helper" else "")
    if step.to != "helper":
        await change.escalated(desk.team, blocker, step.name, to, desk.now)
    fresh = await store.case(desk.team, blocker)
    told = letters.reminder(fresh, to, f"{step.name}:{blocker.round}", lead, desk.playbook)
    text = phrase(
        "⏰ {waited} of {helper}'s working time have passed: {to} has been {step}.",
        waited=waited,
        helper=helper,
        to=kit.mention(to),
        step=_done(step),
    )
    known = letters.thread(fresh, f"{step.name}:{blocker.round}", text, {to})
    await soon(desk, ("digest.redraw", blocker.manager_id))
    return (told, *known, *letters.redrawn(fresh, desk.playbook))


def _done(step: Step) -> str:
    return "reminded" if step.to == "helper" else phrase("asked to help")


async def rehelp(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Give blockers whose helper has left to the next on their path."""
    posts: list[Letters] = []
    for case in await _waiting(desk, due):
        if not case.active(case.blocker.helper_id):
            posts += await _pass_on(desk, case)
    return posts


async def _pass_on(desk: Desk, case: Case) -> Sequence[Letters]:
    """Give a blocker to the next on its path, and tell the contractor who that is."""
    blocker, left = case.blocker, case.blocker.helper_id
    to = case.after(left) or await _admin(desk, blocker)
    if not to:
        return (_nobody(case),)
    await change.hand(desk.team, blocker, to, left or blocker.user_id, desk.now, "rehelp")
    fresh = await store.case(desk.team, blocker)
    await change.wind(desk.team, fresh, desk.now, desk.playbook.blocker, desk.playbook.contractor)
    there = {sent.to for sent in case.sent}
    lead = phrase("{left} can't help with this any more, so it comes to you.", left=kit.mention(left))
    again = [letters.reminder(fresh, to, f"rehelp:{blocker.round}", lead, desk.playbook)] if to in there else []
    await soon(desk, ("home.redraw", to), ("home.redraw", blocker.user_id), ("digest.redraw", blocker.manager_id))
    return (*letters.cards(fresh, desk.playbook), *again, _news(fresh, left))


async def stand_in(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Give blockers whose helper is away to who stands in for them; what somebody else is on stays as it is."""
    posts: list[Letters] = []
    cases = await _waiting(desk, due)
    away = await fully_away(desk.team, {case.blocker.helper_id for case in cases}, desk.now)
    for case in cases:
        blocker, row = case.blocker, away.get(case.blocker.helper_id)
        taken = blocker.state == State.ON_IT and blocker.taken_by != blocker.helper_id
        if row and not taken and row.deputy_id != blocker.user_id and await people.here(desk.team, row.deputy_id):
            posts += await _hand_over(desk, case, row.deputy_id, row.last)
    return posts


async def _hand_over(desk: Desk, case: Case, to: str, last: date) -> Sequence[Letters]:
    """Give a blocker to somebody who stands in, and tell them and the contractor."""
    blocker, left = case.blocker, case.blocker.helper_id
    await change.hand(desk.team, blocker, to, left, desk.now)
    fresh = await store.case(desk.team, blocker)
    await change.wind(desk.team, fresh, desk.now, desk.playbook.blocker, desk.playbook.contractor)
    lead = phrase("{left} is away until {last}, and you stand in.", left=kit.mention(left), last=kit.day_name(last))
    asked = letters.reminder(fresh, to, f"stand_in:{blocker.round}", lead, desk.playbook)
    text = phrase(
        "{left} is away until {last}, so #{number} went to {to}.",
        left=kit.mention(left),
        last=kit.day_name(last),
        number=blocker.number,
        to=kit.mention(to),
    )
    told = _to_raiser(fresh, f"stand_in:{blocker.round}", text)
    await soon(desk, ("home.redraw", to), ("home.redraw", blocker.user_id), ("digest.redraw", blocker.manager_id))
    cards = [one for one in letters.cards(fresh, desk.playbook) if not isinstance(one, Post) or one.to != to]
    return (*cards, asked, told)


async def rewind(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Set the steps of blockers that are still to come anew, since their helper's days have changed."""
    for case in await _waiting(desk, due):
        planned = {row.duty: row for row in await timetable.of(desk.team, case.blocker.id)}
        hours = case.hours(case.blocker.helper_id, desk.playbook.contractor)
        for step in desk.playbook.blocker.steps:
            row = planned.get(f"blocker.{step.name}")
            if row and row.due_at > desk.now:
                when = When(max(step_at(step, hours, case.clock_from), desk.now))
                await timetable.put(desk.team, row.duty, {case.blocker.id: when})
    return ()


async def _admin(desk: Desk, blocker: Blocker) -> str:
    ids = [*sorted(desk.admins), *(admin.user_id for admin in await people.admins(desk.team))]
    return next((one for one in ids if one not in {blocker.user_id, blocker.helper_id}), "")


def _news(case: Case, left: str) -> Post:
    blocker = case.blocker
    text = phrase(
        "{left} can't help any more, so #{number} went to {helper_id}.",
        left=kit.mention(left),
        number=blocker.number,
        helper_id=kit.mention(blocker.helper_id),
    )
    return _to_raiser(case, f"rehelp:{blocker.round}", text)


def _nobody(case: Case) -> Post:
    text = phrase("Nobody on the path of #{number} is here any more. Please pass it on: ", number=case.blocker.number)
    text += f"`/blocker {case.blocker.number} @person`."
    return _to_raiser(case, f"nobody:{case.blocker.round}", text)


def _to_raiser(case: Case, occasion: str, text: str) -> Post:
    blocker = case.blocker
    key = f"blocker:{blocker.id}:{occasion}:{blocker.user_id}"
    subject = f"{store.about_card(blocker.id)}:thread"
    return Post(key, blocker.user_id, text, (kit.section(text),), Lane.ESCALATION, letters.GOOD_FOR, subject)


async def morning(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Ask contractors about what they were stuck on the day before: one message for all of it."""
    ids = [one.subject for one in due]
    known = await people.find_all(desk.team, ids)
    stuck: dict[str, list[Blocker]] = {}
    for blocker in await store.unresolved(desk.team, ids):
        stuck.setdefault(blocker.user_id, []).append(blocker)
    posts = []
    for one in due:
        person = known.get(one.subject)
        if person is None or person.deactivated or one.subject not in stuck:
            continue
        today = one.day or local_day(one.due_at, person.zone)
        older = _older(stuck[one.subject], day_start(today, person.zone))
        posts += [_question(one.subject, today, older)] if older else []
    return posts


def _older(blockers: Sequence[Blocker], than: datetime) -> list[Blocker]:
    return [blocker for blocker in blockers if blocker.created_at < than]


def _question(user_id: str, today: date, blockers: Sequence[Blocker]) -> Post:
    text, blocks = lists.morning(blockers, ())
    key = f"blocker.morning:{user_id}:{today}"
    return Post(key, user_id, text, blocks, Lane.NUDGE, timedelta(hours=8), store.about_morning(user_id))


async def next_morning(desk: Desk, subjects: Sequence[str]) -> Mapping[str, When]:
    """Say when each contractor is next asked: at the start of a working morning of theirs."""
    known = await people.find_all(desk.team, subjects)
    at, whens = desk.playbook.contractor.still_stuck, {}
    free = await free_days(desk.team, subjects)
    for place in await contractor.find_all(desk.team, subjects):
        person = known.get(place.user_id)
        if person is None or person.deactivated or place.paused_at is not None:
            continue
        moment = next_at(read_weekdays(place.weekdays), at, person.zone, desk.now, free[place.user_id])
        whens[place.user_id] = When(moment, local_day(moment, person.zone), at, person.zone)
    return whens


DUTIES: tuple[Duty, ...] = (
    Duty("blocker.remind", remind, catch_up=timedelta(days=7)),
    Duty("blocker.escalate", escalate, catch_up=timedelta(days=7)),
    Duty("blocker.contact", contact, catch_up=timedelta(days=7)),
    Duty("blocker.rehelp", rehelp, catch_up=timedelta(days=30)),
    Duty("blocker.stand_in", stand_in, catch_up=timedelta(days=7)),
    Duty("blocker.rewind", rewind, catch_up=timedelta(days=30)),
    Duty("blocker.morning", morning, next_morning, timedelta(hours=4), for_contractors=True),
)
