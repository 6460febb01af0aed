"""What keeps an entry from being logged: each time with the field of the form and what to do."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from playbook.days import Week, local_day, local_time
from playbook.entry import Entry
from playbook.length import show
from playbook.log_book import LogBook
from playbook.words import fill

Range = tuple[datetime, datetime]


def problems(
    entries: Sequence[Entry],
    now: datetime,
    zone: str,
    book: LogBook,
    logged: Mapping[date, int] | None = None,
    taken: Sequence[Range] = (),
    reopened: Collection[date] = (),
) -> tuple[dict[str, str], ...]:
    """Check entries that are logged together: one answer each, from field to sentence, empty when all is well.

    `logged` has the minutes already on a day, `taken` the ranges already there, `reopened` the Mondays of weeks
    that a manager opened again.
    """
    totals = dict(logged or {})
    ranges = [*taken]
    found = []
    for entry in entries:
        found.append(problem(entry, now, zone, book, totals.get(entry.day, 0), ranges, reopened))
        totals[entry.day] = totals.get(entry.day, 0) + entry.minutes
        if entry.start and entry.end:
            ranges.append((entry.start, entry.end))
    return tuple(found)


def problem(
    entry: Entry,
    now: datetime,
    zone: str,
    book: LogBook,
    logged: int = 0,
    taken: Sequence[Range] = (),
    reopened: Collection[date] = (),
) -> dict[str, str]:
    """Check one entry: from field ("day", "length", "project", "note", "links") to the sentence to show."""
    checks = {
        "day": _day(entry, now, zone, book, reopened),
        "length": _length(entry, book)
        or _future(entry, now, book)
        or _overlap(entry, zone, book, taken)
        or _full(entry, book, logged),
        "project": _project(entry, book),
        "note": _note(entry, book),
        "links": _links(entry, book),
    }
    return {field: sentence for field, sentence in checks.items() if sentence}


def say_day(day: date, book: LogBook) -> str:
    """Write a day in short: Mon 3 Mar."""
    weekday, month = book.days.weekdays[day.weekday()][0], book.days.months[day.month - 1][0]
    return f"{weekday.capitalize()} {day.day} {month.capitalize()}"


def _day(entry: Entry, now: datetime, zone: str, book: LogBook, reopened: Collection[date]) -> str:
    if entry.day > local_day(now, zone):
        return fill(book.sentences.future_day, day=say_day(entry.day, book))
    week = Week.of(entry.day)
    if week.locked(now) and week.monday not in reopened:
        return fill(book.sentences.locked, day=say_day(week.monday, book))
    return ""


def _length(entry: Entry, book: LogBook) -> str:
    if entry.minutes < book.least_minutes:
        return book.sentences.too_short
    if entry.minutes > book.most_minutes:
        return fill(book.sentences.too_long, most=show(book.most_minutes), length=show(entry.minutes))
    return ""


def _future(entry: Entry, now: datetime, book: LogBook) -> str:
    return book.sentences.future_end if entry.end and entry.end > now else ""


def _overlap(entry: Entry, zone: str, book: LogBook, taken: Sequence[Range]) -> str:
    if not (entry.start and entry.end):
        return ""
    clash = next((each for each in taken if each[0] < entry.end and entry.start < each[1]), None)
    if not clash:
        return ""
    start, end = (f"{local_time(moment, zone):%H:%M}" for moment in clash)
    return fill(book.sentences.overlap, start=start, end=end, day=say_day(local_day(clash[0], zone), book))


def _full(entry: Entry, book: LogBook, logged: int) -> str:
    total = logged + entry.minutes
    if total <= book.most_day_minutes:
        return ""
    day, most = say_day(entry.day, book), show(book.most_day_minutes)
    return fill(book.sentences.day_full, day=day, total=show(total), most=most)


def _project(entry: Entry, book: LogBook) -> str:
    most = book.project_limit
    return fill(book.sentences.project_long, most=most) if len(entry.project) > most else ""


def _note(entry: Entry, book: LogBook) -> str:
    most, length = book.note_limit, len(entry.note)
    return fill(book.sentences.note, most=most, length=length) if length > most else ""


def _links(entry: Entry, book: LogBook) -> str:
    most, length = book.links_limit, len(entry.links)
    return fill(book.sentences.links, most=most, length=length) if length > most else ""
