"""Health checks that come by themselves: in the evening, by plan in Week 1 to 4, and the manager an hour later."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from blocks import health as draw
from handlers.contract import Desk, Due, Duty, Letters, soon
from handlers.health_facts import Case, cases
from handlers.path import after_work, tick
from playbook.days import DAY, local_day
from playbook.health import Finding
from playbook.hours import Hours, at_work, next_begin
from storage import contractor, digest, nudge, people, timetable
from storage import health as store
from storage.arrived import arrived, next_try
from storage.health import TOLD
from storage.hours import hours_of
from storage.outbox import Lane, Post
from storage.path import Traveller, travellers
from storage.timetable import When
from storage.trust_tables import HealthCheck

EVENING = "health.evening"
PLANNED = "health.planned"
SHOWN = "health.shown"
TELL = "health.tell"
NUDGE = "health.question"
ITEM = "health"
MINUTE = timedelta(minutes=1)
FIRST_LOOK = timedelta(minutes=5)
LOOK_AGAIN = timedelta(minutes=30)
NEWS = 7 * DAY


async def next_evening(desk: Desk, subjects: Sequence[str]) -> Mapping[str, When]:
    """Say when each contractor's working day is over for so long that it can be looked at."""
    return await after_work(desk, subjects, desk.playbook.health.after_minutes)


async def evening(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Look at the working day of several contractors that is over, and ask them what is worth a question."""
    return await _ask(desk, await cases(desk, [one.subject for one in due]))


async def next_planned(desk: Desk, subjects: Sequence[str]) -> Mapping[str, When]:
    """Say when each contractor's next check by plan is, on their manager's clock; none after Week 4."""
    found = await travellers(desk.team, subjects)
    whens = {one: _next_planned(desk, traveller) for one, traveller in found.items()}
    return {one: when for one, when in whens.items() if when is not None}


def _next_planned(desk: Desk, one: Traveller) -> When | None:
    book, zone = desk.playbook.health, one.zone_of("manager")
    if local_day(desk.now, one.person.zone) - one.place.start_date > timedelta(days=366):
        return None
    moments = (one.path.at(number, book.plan_at, zone) for number in book.plan_days)
    due_at = next((moment for moment in moments if moment > desk.now), None)
    return When(due_at, local_day(due_at, zone), book.plan_at, zone) if due_at else None


async def planned(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Look at the last week of several contractors; late enough on the path, the checklist's item is done by it."""
    found = await cases(desk, [one.subject for one in due], week=True)
    for one, case in found.items():
        await done(desk, case.traveller, one, "")
    return await _ask(desk, found)


async def done(desk: Desk, one: Traveller, user_id: str, by: str) -> None:
    """Tick the checklist's item about the health check, from the week on in which it stands there."""
    if one.path.today(desk.now) >= desk.playbook.health.tick_from:
        await tick(desk, user_id, ITEM, by)


def question_key(case: Case) -> str:
    """Name the one message of a contractor's day."""
    return f"{NUDGE}:{case.user_id}:{case.facts.today}"


async def _ask(desk: Desk, found: Mapping[str, Case]) -> Sequence[Letters]:
    """Keep what is new and ask each contractor, at most once a day; what comes later waits for the next evening."""
    had = await digest.letters_with(desk.team, [question_key(case) for case in found.values()])
    news = {one: [each for each in case.new(desk) if _is_news(desk, each)] for one, case in found.items()}
    raised = await store.raise_all(desk.team, news, desk.now)
    keys = {key for case in found.values() for row in case.kept for key in store.letters_of(row)}
    left_out = await nudge.left_out(desk.team, keys)
    letters = []
    for one, case in found.items():
        first = case.facts.today - NEWS
        waiting = [row for row in case.kept if _unasked(row, left_out) and row.day >= first]
        rows, key = [*waiting, *raised[one]], question_key(case)
        if not rows or key in had:
            continue
        for row in rows:
            store.asked_by(row, key)
        drawn = draw.question(rows, desk.playbook.health)
        letters.append(Post(key, one, *drawn, Lane.NUDGE, about=f"health:{rows[0].id}", nudge=NUDGE))
    await timetable.put(desk.team, SHOWN, {one.to: When(desk.now + FIRST_LOOK) for one in letters})
    return letters


def _is_news(desk: Desk, one: Finding) -> bool:
    """Tell whether something is worth a message by itself: a log that has been quiet for weeks is not."""
    return one.rule != "quiet" or one.numbers["days"] <= desk.playbook.health.limits.silent_news


def _unasked(row: HealthCheck, left_out: Collection[str]) -> bool:
    """Tell whether a question was never asked, or only by messages that were left out."""
    return row.contractor_at is None and not row.answer and all(key in left_out for key in store.letters_of(row))


async def shown(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Note what contractors have been shown by now, and plan when their managers hear; they hear of nothing else."""
    ids = [one.subject for one in due]
    kept = await store.since_all(desk.team, ids, (desk.now - NEWS - DAY).date())
    rows = [row for theirs in kept.values() for row in theirs if row.contractor_at is None and store.letters_of(row)]
    there = await arrived(desk.team, {key for row in rows for key in store.letters_of(row)})
    on_their_way = {row.id: [there[key] for key in store.letters_of(row) if key in there] for row in rows}
    for row in rows:
        row.contractor_at = desk.now if any(on_their_way[row.id]) else None
    seen = {row.user_id for row in rows if row.contractor_at}
    waits = {row.user_id for row in rows if row.contractor_at is None and on_their_way[row.id]}
    tries = await next_try(desk.team, {key for row in rows if row.user_id in waits for key in store.letters_of(row)})
    again = desk.now + LOOK_AGAIN
    await timetable.put(desk.team, SHOWN, {one: When(max(again, tries.get(one, again) + MINUTE)) for one in waits})
    places = await contractor.find_all(desk.team, seen)
    later = desk.now + timedelta(minutes=desk.playbook.health.manager_minutes)
    await plan_to_tell(desk, {place.manager_id: later for place in places if place.manager_id})
    return ()


async def plan_to_tell(desk: Desk, moments: Mapping[str, datetime]) -> None:
    """Plan when managers hear: at these moments, or when they next work after them; what is sooner already stays."""
    hours = await hours_of(desk.team, moments, desk.playbook.contractor)
    before = await digest.planned(desk.team, TELL, list(moments))
    whens = {one: _at_work(hours[one], at) for one, at in moments.items() if one in hours}
    sooner = {one: at for one, at in whens.items() if one not in before or at < before[one]}
    await timetable.put(desk.team, TELL, {one: When(at) for one, at in sooner.items()})


def _at_work(hours: Hours, at: datetime) -> datetime:
    return at if at_work(hours, at) else next_begin(hours, at)


def told_key(manager_id: str, now: datetime, zone: str) -> str:
    """Name the one message of a manager's day."""
    return f"{TELL}:{manager_id}:{local_day(now, zone)}"


async def tell(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Tell managers what their contractors have known for an hour, in one message a day."""
    known = await people.find_all(desk.team, [one.subject for one in due])
    keys = {one: told_key(one, desk.now, person.zone) for one, person in known.items() if not person.deactivated}
    had = await digest.letters_with(desk.team, list(keys.values()))
    await _unheard(desk, list(keys))
    untold = await store.untold(desk.team, list(keys), (desk.now - NEWS).date())
    names = await people.find_all(desk.team, {row.user_id for rows in untold.values() for row in rows})
    before = desk.now - timedelta(minutes=desk.playbook.health.manager_minutes)
    letters, later = [], {}
    for one, rows in untold.items():
        ripe = [row for row in rows if row.contractor_at is not None and row.contractor_at <= before]
        if keys[one] in had or len(ripe) < len(rows):
            later[one] = desk.now + (DAY if keys[one] in had else LOOK_AGAIN)
        if not ripe or keys[one] in had:
            continue
        later.setdefault(one, desk.now + DAY)  # if this message is left out, the next one says it
        for row in ripe:
            row.manager_at = desk.now
            store.note(row, TOLD, keys[one])
        drawn = draw.for_manager(ripe, {id_: person.name for id_, person in names.items()}, desk.playbook.health)
        letters.append(Post(keys[one], one, *drawn, Lane.NUDGE, about=f"health:{ripe[0].id}", nudge=NUDGE))
    await soon(desk, *(("home.redraw", one.to) for one in letters))
    await plan_to_tell(desk, later)
    return letters


async def _unheard(desk: Desk, manager_ids: Collection[str]) -> None:
    """Let count as untold what was in a message that was left out."""
    rows = await store.told_since(desk.team, manager_ids, (desk.now - NEWS).date())
    left_out = await nudge.left_out(desk.team, {row.facts[TOLD] for row in rows})
    for row in rows:
        if row.facts[TOLD] in left_out:
            row.manager_at = None
    await desk.team.session.flush()


DUTIES: tuple[Duty, ...] = (
    Duty(EVENING, evening, next_evening, for_contractors=True),
    Duty(PLANNED, planned, next_planned, for_contractors=True),
    Duty(SHOWN, shown, catch_up=2 * DAY),
    Duty(TELL, tell, catch_up=2 * DAY),
)
