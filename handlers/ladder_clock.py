"""What the clock brings of the ladder, once a month each: which discussion, and who has all for the next step."""

from collections.abc import Mapping, Sequence
from datetime import date, time, timedelta

from blocks import ladder as page
from blocks import ladder_include as draw
from handlers.contract import Desk, Due, Letters
from handlers.ladder_case import ready
from playbook.ladder import month_of, monthly
from storage import contractor, people
from storage import ladder as store
from storage.growth_tables import Inclusion
from storage.hours import hours_of
from storage.outbox import Lane, Post, Redraw
from storage.path import travellers
from storage.timetable import When

ASK, FOLLOW, SUGGEST = "ladder.ask", "ladder.follow", "ladder.suggest"
QUESTION = "ladder.question"
GOOD_FOR = timedelta(days=14)


async def next_ask(desk: Desk, subjects: Sequence[str]) -> Mapping[str, When]:
    """Say when each manager is next asked which discussions."""
    return await _next(desk, subjects, desk.playbook.ladder.ask_day, desk.playbook.ladder.ask_at)


async def next_suggest(desk: Desk, subjects: Sequence[str]) -> Mapping[str, When]:
    """Say when each manager is next told who has all for the next step."""
    return await _next(desk, subjects, desk.playbook.ladder.suggest_day, desk.playbook.ladder.suggest_at)


async def _next(desk: Desk, subjects: Sequence[str], day: int, at: time) -> Mapping[str, When]:
    hours = await hours_of(desk.team, subjects, desk.playbook.contractor)
    leading = {one.manager_id for one in await contractor.managed_by(desk.team, subjects)}
    found = {one: monthly(theirs, day, at, desk.now) for one, theirs in hours.items() if one in leading}
    return {one: When(due_at, there, at, hours[one].zone) for one, (there, due_at) in found.items()}


async def _months(desk: Desk, due: Sequence[Due]) -> Mapping[str, date]:
    known = await people.find_all(desk.team, [one.subject for one in due])
    here = [one for one in due if one.subject in known and not known[one.subject].deactivated]
    return {one.subject: month_of(one.due_at, known[one.subject].zone) for one in here}


async def _theirs(desk: Desk, manager_id: str) -> list[str]:
    return [one.user_id for one in await contractor.managed_by(desk.team, [manager_id])]


async def ask(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Ask each manager about those of their contractors who are past the first month."""
    letters: list[Letters] = []
    for manager, month in (await _months(desk, due)).items():
        found = await travellers(desk.team, await _theirs(desk, manager))
        first = desk.playbook.ladder.from_day
        ids = [one for one, each in found.items() if each.path.today(desk.now) >= first]
        await store.ask(desk.team, ids, month, desk.now)
        rows = await store.included(desk.team, ids, month)
        if any(not row.answer for row in rows.values()):
            letters.append(_question(desk, manager, month, rows))
    return letters


def _question(desk: Desk, manager: str, month: date, rows: Mapping[str, Inclusion]) -> Post:
    key, said = draw.question_key(manager, month), draw.question(rows, desk.playbook.ladder)
    return Post(key, manager, *said, Lane.NUDGE, GOOD_FOR, about=key, nudge=QUESTION)


async def asked(desk: Desk, manager_id: str, month: date) -> Sequence[Letters]:
    """Let a month's question follow the answers; what all were given is settled."""
    rows = await store.included(desk.team, await _theirs(desk, manager_id), month)
    said = draw.question(rows, desk.playbook.ladder)
    settled = all(row.answer for row in rows.values())
    return [Redraw(draw.question_key(manager_id, month), *said, settled=settled)]


async def follow(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Bring the questions that wait to whoever is the manager now, and let those of the managers before follow."""
    found = await travellers(desk.team, [one.subject for one in due])
    months = {month_of(desk.now, one.zone_of("manager")) for one in found.values()}
    letters: list[Letters] = []
    for month in sorted(months):
        rows = await store.included(desk.team, list(found), month)
        waiting = {found[one].id_of("manager") for one, row in rows.items() if not row.answer} - {""}
        had = await store.questions(desk.team, month, QUESTION) if rows else ()
        for manager in sorted(waiting - set(had)):
            theirs = await store.included(desk.team, await _theirs(desk, manager), month)
            letters.append(_question(desk, manager, month, theirs))
        for manager in had:
            letters += await asked(desk, manager, month)
    return letters


async def suggest(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Name to each manager who has all that shows the next step."""
    letters: list[Letters] = []
    for manager, month in (await _months(desk, due)).items():
        found = await ready(desk, await _theirs(desk, manager))
        if found:
            key, said = draw.suggest_key(manager, month), page.suggest(found)
            letters.append(Post(key, manager, *said, Lane.NUDGE, GOOD_FOR, about=key, nudge=SUGGEST))
    return letters


async def redrawn(desk: Desk, manager_id: str) -> Sequence[Letters]:
    """Let this month's suggestion follow a step that was taken."""
    person = await people.find(desk.team, manager_id)
    if person is None:
        return ()
    found = await ready(desk, await _theirs(desk, manager_id))
    key = draw.suggest_key(manager_id, month_of(desk.now, person.zone))
    return [Redraw(key, *(page.suggest(found) if found else page.looked_at()), settled=not found)]
