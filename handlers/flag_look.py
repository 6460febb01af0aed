"""Looking for red flags in what was logged: after every change of a log, and in the evening."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from blocks import flag as draw
from handlers.contract import Desk, Due, Letters, soon
from handlers.path import after_work
from playbook.days import DAY, local_day
from playbook.flag import Kept, Logged, Sign, fresh
from playbook.flag import look as signs_in
from storage import flag as store
from storage import timetable
from storage.arrived import arrived
from storage.flag import Written
from storage.outbox import Cancel, Lane, Post, Redraw
from storage.path import Traveller, travellers
from storage.timetable import When
from storage.trust_tables import RedFlag

LOOK = "flag.look"
TOLD = "flag.told"
NUDGE = "flag.note"
A_WEEK = 7 * DAY
MINUTE = timedelta(minutes=1)
A_QUARTER = timedelta(minutes=15)


async def next_look(desk: Desk, subjects: Sequence[str]) -> Mapping[str, When]:
    """Say when each contractor's log is next looked at without a change: when their day is over."""
    return await after_work(desk, subjects, desk.playbook.health.after_minutes)


async def look(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Look at the logs of several contractors: tell them what is new, and settle what was corrected."""
    found = await travellers(desk.team, [one.subject for one in due])
    if not found:
        return ()
    days = {one: local_day(desk.now, traveller.person.zone) for one, traveller in found.items()}
    first = min(days.values()) - timedelta(days=desk.playbook.flag.settle_days)
    logs = await store.written(desk.team, list(found), first - A_WEEK, max(days.values()))
    kept = await store.of_all(desk.team, list(found), first)
    letters: list[Letters] = []
    for one, traveller in found.items():
        written = logs.get(one) or Written()
        signs = [with_numbers(sign, written) for sign in signs_in(_logged(traveller, written), desk.playbook.flag)]
        rows = kept.get(one, ())
        changed = await _keep_up(desk, traveller, rows, signs)
        new = _raise(desk, traveller, rows, signs, days[one])
        letters += [*changed, *new]
    await desk.team.session.flush()
    told = {letter.to: When(desk.now + MINUTE) for letter in letters if isinstance(letter, Post)}
    await timetable.put(desk.team, TOLD, told)
    return letters


def _logged(one: Traveller, written: Written) -> Logged:
    return Logged(one.hours, written.minutes, written.stretches)


def with_numbers(sign: Sign, written: Written) -> Sign:
    """Name with a sign on which project most of it was."""
    days = {sign.day, *map(date.fromisoformat, sign.numbers.get("days", ()))}
    sums: dict[str, int] = defaultdict(int)
    for (day, project), minutes in written.projects.items():
        sums[project] += minutes if day in days else 0
    most = max(sums, key=lambda name: (sums[name], name), default="")
    return replace(sign, numbers={**sign.numbers, "project": most})


async def _keep_up(desk: Desk, one: Traveller, rows: Sequence[RedFlag], signs: Sequence[Sign]) -> Sequence[Letters]:
    """Let flags follow what was logged since: other numbers, or nothing to flag any more."""
    now_there = {(sign.rule, sign.day): sign for sign in signs}
    touched = set()
    for row in rows:
        sign, letter = now_there.get((row.rule, row.day)), row.facts.get(store.LETTER, "")
        if row.settled_at is not None:
            continue
        if sign is None:
            row.settled_at = desk.now
            touched.add(letter)
        elif row.facts != (numbers := {**sign.numbers, store.LETTER: letter}):
            row.facts = numbers
            touched.add(letter)
    if touched and any(row.manager_at for row in rows):
        await soon(desk, ("digest.redraw", one.place.manager_id))
    return [letter for key in sorted(touched) if key for letter in _redrawn(desk, one, rows, key)]


def _redrawn(desk: Desk, one: Traveller, rows: Sequence[RedFlag], key: str) -> Sequence[Letters]:
    about = [row for row in rows if row.facts.get(store.LETTER) == key]
    still = [row for row in about if row.settled_at is None]
    if still:
        return [Redraw(key, *draw.note(still, _manager(one), desk.playbook.flag))]
    return [Cancel(about_of(key)), Redraw(key, *draw.settled(about))]


def about_of(key: str) -> str:
    """Name the subject of a note."""
    return f"flag:{key}"


def _manager(one: Traveller) -> str:
    manager = one.who("manager")
    return manager.name if manager else ""


def _raise(
    desk: Desk, one: Traveller, rows: Sequence[RedFlag], signs: Sequence[Sign], today: date
) -> Sequence[Letters]:
    """Keep what is new and tell the contractor, all of it in one message."""
    kept = [Kept(row.rule, row.day, settled=row.settled_at is not None) for row in rows]
    new = fresh(signs, kept, today, desk.playbook.flag)
    if not new:
        return ()
    raised = store.raise_all(desk.team, one.user_id, new, rows, desk.now)
    key = f"{NUDGE}:{raised[0].id}:{desk.now:%Y%m%dT%H%M%S}"
    for row in raised:
        row.facts = {**row.facts, store.LETTER: key}
    drawn = draw.note(raised, _manager(one), desk.playbook.flag)
    return [Post(key, one.user_id, *drawn, Lane.RED_FLAG, about=about_of(key), nudge=NUDGE)]


async def noted(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Note which flags contractors have been shown by now; managers hear of no other."""
    today = desk.now.date()
    ids = [one.subject for one in due]
    kept = await store.of_all(desk.team, ids, today - timedelta(days=desk.playbook.flag.settle_days))
    rows = [row for theirs in kept.values() for row in theirs if row.told_at is None and row.settled_at is None]
    there = await arrived(desk.team, {row.facts[store.LETTER] for row in rows if store.LETTER in row.facts})
    for row in rows:
        row.told_at = desk.now if there.get(row.facts.get(store.LETTER, "")) else None
    waits = {row.user_id for row in rows if there.get(row.facts.get(store.LETTER, "")) is False}
    await timetable.put(desk.team, TOLD, {one: When(desk.now + A_QUARTER) for one in waits})
    return ()
