"""What stands in somebody's calendar, made of what is planned; only names and kinds of meetings, nobody's words."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from playbook.calendar import CalendarBook, Event, all_day, occasions, weekly, windows_of, write
from playbook.days import DAY, local_day, read_weekdays
from playbook.golden import GoldenHours
from playbook.words import fill
from storage.calendar import Agenda
from storage.path import golden_of

DUE = timedelta(minutes=30)
HOST = "inner-circle"
NOBODY = "somebody"


def since(now: datetime, book: CalendarBook) -> datetime:
    """Say from when on things stay to be seen."""
    return now - timedelta(days=book.days_behind)


def feed(found: Agenda, now: datetime, book: CalendarBook, minutes: int) -> bytes:
    """Write somebody's calendar for a feed; 1:1s take so many minutes."""
    return write(book.titles.name, events(found, now, book, minutes), now.astimezone(UTC).date())


def file(found: Agenda, now: datetime, book: CalendarBook, minutes: int) -> bytes:
    """Write it for a file, numbered by the minute, so that one opened later replaces what an earlier one brought."""
    newer = [replace(one, sequence=int(now.timestamp()) // 60) for one in events(found, now, book, minutes)]
    return write(book.titles.name, newer, now.astimezone(UTC).date())


def events(found: Agenda, now: datetime, book: CalendarBook, minutes: int) -> Sequence[Event]:
    """Give everything that stands in somebody's calendar."""
    return list(_events(found, now, book, minutes))


def _events(found: Agenda, now: datetime, book: CalendarBook, minutes: int) -> Iterator[Event]:
    yield from _golden(found, now, book)
    yield from _one_on_ones(found, book, minutes)
    yield from _sessions(found, book)
    yield from _small_wins(found, book)
    yield from _reviews(found, book)
    yield from _rates(found, now, book)
    yield from _quarterly(found, book)


def _uid(kind: str, *parts: object) -> str:
    return "-".join(str(one) for one in (kind, *parts)) + f"@{HOST}"


def _name(found: Agenda, user_id: str) -> str:
    return found.names.get(user_id) or NOBODY


def _golden(found: Agenda, now: datetime, book: CalendarBook) -> Iterator[Event]:
    """Give the agreed windows, each with its contractor; and once the workspace's, where somebody follows that."""
    titles, mine = book.titles, found.me.user_id
    for user_id, row in found.goldens.items():
        title = titles.golden if user_id == mine else fill(titles.golden_with, who=_name(found, user_id))
        agreed = local_day(row.answered_at or row.proposed_at, row.zone)
        first = max(agreed, found.contractors[user_id].place.start_date)
        for window, weekdays in windows_of(row.windows, row.zone):
            event = weekly(_uid("golden", user_id, weekdays[0]), title, window, weekdays, first)
            event = replace(event, note=book.notes.golden, sequence=row.version)
            yield _without(event, found, {user_id, mine}, now, book)
    yield from _usual(found, now, book)


def _usual(found: Agenda, now: datetime, book: CalendarBook) -> Iterator[Event]:
    window, mine = golden_of(found.office), found.me.user_id
    follow = ({mine, *found.leads} & set(found.contractors)) - set(found.goldens)
    if window is None or not follow:
        return
    weekdays, first = _usual_days(found, window)
    if mine in follow:
        weekdays, first = found.contractors[mine].path.weekdays, found.contractors[mine].place.start_date
    event = weekly(_uid("golden", "usual", mine), book.titles.golden, window, weekdays, first)
    yield _without(replace(event, note=book.notes.golden), found, {mine}, now, book)


def _usual_days(found: Agenda, window: GoldenHours) -> tuple[frozenset[int], date]:
    office = found.office
    first = min(one.place.start_date for one in found.contractors.values())
    begun = local_day(office.set_up_at, window.zone) if office.set_up_at else first
    return read_weekdays(office.weekdays) or frozenset(range(5)), begun


def _without(event: Event, found: Agenda, who: set[str], now: datetime, book: CalendarBook) -> Event:
    """Take out the days on which one of these people is off, each on their own calendar."""
    assert isinstance(event.start, datetime)
    yesterday = local_day(now, str(event.start.tzinfo)) - DAY
    starts = occasions(event, yesterday, book.days_ahead)
    return replace(event, without=tuple(at for at in starts if any(_is_off(found, one, at) for one in who)))


def _is_off(found: Agenda, user_id: str, at: datetime) -> bool:
    known = found.contractors.get(user_id)
    zone = known.person.zone if known else found.me.zone
    return local_day(at, zone) in found.away[user_id]


def _one_on_ones(found: Agenda, book: CalendarBook, minutes: int) -> Iterator[Event]:
    for one in found.meetings:
        other = one.manager_id if one.user_id == found.me.user_id else one.user_id
        title = fill(book.titles.one_on_one, who=_name(found, other))
        end, moved = one.at + timedelta(minutes=minutes), int(one.moved_from is not None)
        yield Event(_uid("oneonone", one.id), title, one.at, end, book.notes.one_on_one, moved)


def _sessions(found: Agenda, book: CalendarBook) -> Iterator[Event]:
    titles, mine = book.titles, found.me.user_id
    for one in found.sessions:
        names = {"newcomer": _name(found, one.user_id), "buddy": _name(found, one.buddy_id)}
        title = fill(titles.shadowing_of, **names)
        if mine in (one.user_id, one.buddy_id):
            title = fill(titles.shadowing, who=names["buddy" if mine == one.user_id else "newcomer"])
        yield Event(_uid("shadowing", one.id), title, one.at, one.at + timedelta(minutes=one.minutes))


def _small_wins(found: Agenda, book: CalendarBook) -> Iterator[Event]:
    for one in found.sprints:
        own = one.user_id == found.me.user_id
        title = book.titles.small_win if own else fill(book.titles.small_win_of, who=_name(found, one.user_id))
        yield Event(_uid("smallwin", one.id), title, one.due_at - DUE, one.due_at)


def _reviews(found: Agenda, book: CalendarBook) -> Iterator[Event]:
    known = {one.key: one.title for one in book.reviews}
    for one in found.reviews:
        title = known[one.key]
        if one.user_id != found.me.user_id:
            title = fill(book.titles.review_of, review=title, who=_name(found, one.user_id))
        yield all_day(_uid("review", one.user_id, one.key), title, one.due, book.notes.review)


def _rates(found: Agenda, now: datetime, book: CalendarBook) -> Iterator[Event]:
    """Give the days of rate reviews that are near, marked private: a calendar is seen by others."""
    last = now.date() + timedelta(days=book.days_ahead)
    for user_id, day in [pair for pair in found.rates if pair[1] <= last]:
        own = user_id == found.me.user_id
        who = found.contractors[user_id].id_of("manager") if own and user_id in found.contractors else user_id
        title = fill(book.titles.rate if own else book.titles.rate_of, who=_name(found, who))
        yield replace(all_day(_uid("rate", user_id), title, day), private=True)


def _quarterly(found: Agenda, book: CalendarBook) -> Iterator[Event]:
    """Give the next Quarterly Review of somebody and of those they manage, on the day it opens."""
    for user_id, day in found.quarterly.items():
        title = book.titles.quarterly
        if user_id != found.me.user_id:
            title = fill(book.titles.review_of, review=title, who=_name(found, user_id))
        yield all_day(_uid("quarterly", user_id), title, day, book.notes.review)
