"""Asking how a week felt: on the contractor's last working day, and once more on their Monday."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta

from blocks import audit as draw
from handlers.audit_again import ask_key, last_key
from handlers.audit_look import sheet, start_of, this_week
from handlers.contract import Desk, Due, Letters, soon
from playbook.audit import ask_at, last_call_at
from playbook.days import Week, instant, local_day
from storage import audit as store
from storage.outbox import Lane, Post
from storage.path import Traveller, travellers
from storage.timetable import When

ASK = "audit.ask"
LAST = "audit.last"
NUDGE = "audit.ask"
MOST_WEEKS = 60
A_DAY = timedelta(hours=12)

Moment = Callable[[Traveller, Week, Desk], tuple[date, datetime] | None]


def _asked(one: Traveller, week: Week, desk: Desk) -> tuple[date, datetime] | None:
    return ask_at(week, one.hours, start_of(one), desk.playbook.audit)


def _called(one: Traveller, week: Week, desk: Desk) -> tuple[date, datetime] | None:
    at = last_call_at(week, one.hours, start_of(one), desk.playbook.audit)
    return (week.next.monday, at) if at else None


async def next_ask(desk: Desk, user_ids: Sequence[str]) -> Mapping[str, When]:
    """Say when each contractor is next asked how the week felt."""
    return await _next(desk, user_ids, _asked)


async def next_last(desk: Desk, user_ids: Sequence[str]) -> Mapping[str, When]:
    """Say when each contractor's next last call is."""
    return await _next(desk, user_ids, _called)


async def _next(desk: Desk, user_ids: Sequence[str], moment: Moment) -> Mapping[str, When]:
    found = await travellers(desk.team, user_ids)
    whens = {one: _first(desk, traveller, moment) for one, traveller in found.items()}
    return {one: when for one, when in whens.items() if when is not None}


def _first(desk: Desk, one: Traveller, moment: Moment) -> When | None:
    week = max(this_week(one, desk).previous, Week.of(start_of(one)))
    for _ in range(MOST_WEEKS):
        found = moment(one, week, desk)
        if found and found[1] > desk.now:
            return _when(desk, one, *found)
        week = week.next
    return None


def _when(desk: Desk, one: Traveller, day: date, due_at: datetime) -> When:
    """Keep the wish beside its instant where the clock shows it; a moment before a shift ends is only an instant."""
    book, zone = desk.playbook.audit, one.path.zone
    wish = next((at for at in (book.ask, book.last_call) if instant(day, at, zone) == due_at), None)
    return When(due_at, day, wish, zone) if wish else When(due_at, day)


async def ask(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Ask those who still work on that day, and have not answered by themselves."""
    found = await travellers(desk.team, [one.subject for one in due])
    weeks = {one.subject: Week.of(_day(one, found)) for one in due if one.subject in found and _works(one, found, desk)}
    posts = [await _post(desk, found[one], week, last=False) for one, week in weeks.items()]
    await soon(desk, *(("home.redraw", one) for one in weeks))
    return [post for post in posts if post is not None]


async def last_call(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Call an unanswered week to mind once, before it closes."""
    found = await travellers(desk.team, [one.subject for one in due])
    posts = []
    for one in due:
        if one.subject in found:
            week = Week.of(_day(one, found)).previous
            if _called(found[one.subject], week, desk):
                posts.append(await _post(desk, found[one.subject], week, last=True))
    return [post for post in posts if post is not None]


def _day(one: Due, found: Mapping[str, Traveller]) -> date:
    return one.day or local_day(one.due_at, found[one.subject].path.zone)


def _works(one: Due, found: Mapping[str, Traveller], desk: Desk) -> bool:
    """Say whether the day is still the one to ask on; who is off on it after all is asked on Monday."""
    day = _day(one, found)
    asked = _asked(found[one.subject], Week.of(day), desk)
    return asked is not None and asked[0] >= day


async def _post(desk: Desk, one: Traveller, week: Week, *, last: bool) -> Letters | None:
    mine = await sheet(desk, one, week)
    if mine.answered or week.locked(desk.now):
        return None
    await store.ask(desk.team, one.user_id, week.monday, desk.now)
    key = (last_key if last else ask_key)(one.user_id, week)
    drawn = draw.question(mine, desk.playbook.audit, desk.playbook.log, last=last)
    good_for = (
        week.locks_at - desk.now if last else A_DAY
    )  # what could not be asked that day is called to mind on Monday
    about = draw.about(one.user_id, week)
    return Post(key, one.user_id, *drawn, lane=Lane.NUDGE, good_for=good_for, about=about, nudge=NUDGE)
