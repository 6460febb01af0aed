"""Keeping logged time: the guards, the writing, and the answer that every way of logging ends with."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from blocks import kit
from blocks import log as shown
from blocks.log import Stored, Totals
from handlers.contract import Call, Desk, Kind, ReplaceMessage, ReplaceModal, Reply, Say, soon
from playbook.days import Week, local_day, read_weekdays
from playbook.log import Entry, problems
from playbook.tongue import phrase
from storage import log as store
from storage import people
from storage.log import Ledger
from storage.tables import Contractor, LogEntry, Person

MENTION = re.compile(r"<(?:@([UW]\w+)|!(?:subteam\^)?(\w+))(?:\|@?([^>]*))?>")
FAR = timedelta(days=400)
LOOK_BACK = timedelta(days=60)
Problems = Sequence[Mapping[str, str]]


@dataclass(frozen=True)
class Worker:
    """The contractor who logs, at their desk, on their own calendar."""

    desk: Desk
    person: Person
    contractor: Contractor

    @property
    def id(self) -> str:
        """Their user id."""
        return self.person.user_id

    @property
    def today(self) -> date:
        """The date on their own calendar."""
        return local_day(self.desk.now, self.person.zone)


async def ledger(
    worker: Worker, days: Collection[date], *, projects: bool = False, without: Collection[str] = ()
) -> Ledger:
    """Add up what is logged around some days, before anything is added to it; `projects` looks further back.

    Writing down first that Home changes makes two writers of the same person wait for each other.
    """
    await changed(worker)
    near = [day for day in days if abs(day - worker.today) <= FAR] or [worker.today]
    since = min(Week.of(min(near)).monday, Week.of(worker.today).previous.monday)
    since = min(since, worker.today - LOOK_BACK) if projects else since
    until = max(Week.of(max(near)).sunday, worker.today)
    return await store.ledger(worker.desk.team, worker.id, since, until, without)


async def changed(worker: Worker) -> None:
    """Have what shows these hours, or asks for them, redrawn soon, and looked at for red flags."""
    mine = ("home.redraw", "log.thank", "audit.changed", "flag.look")
    manager = ("digest.redraw", worker.contractor.manager_id)
    await soon(worker.desk, *((duty, worker.id) for duty in mine), manager)


async def check(worker: Worker, entries: Sequence[Entry], book: Ledger, without: Collection[str] = ()) -> Problems:
    """Say what keeps entries from being kept, one answer each; asks the store only for what matters to them."""
    desk, team = worker.desk, worker.desk.team
    ranges = [(entry.start, entry.end) for entry in entries if entry.start and entry.end]
    taken: Sequence[Any] = ()
    if ranges:
        start, end = min(since for since, _ in ranges), max(until for _, until in ranges)
        taken = await store.taken(team, worker.id, start, end, without)
    closing = any(locked(worker, entry.day) for entry in entries)
    reopened = await store.reopened(team, worker.id) if closing else frozenset()
    return problems(entries, desk.now, worker.person.zone, desk.playbook.log, book.by_day, taken, reopened)


async def closed_week(worker: Worker, days: Collection[date]) -> Week | None:
    """Name the first closed week among some days, unless a manager opened it again."""
    weeks = [Week.of(day) for day in sorted(days) if locked(worker, day)]
    reopened = await store.reopened(worker.desk.team, worker.id) if weeks else frozenset()
    return next((week for week in weeks if week.monday not in reopened), None)


def locked(worker: Worker, day: date) -> bool:
    """Say whether the week of a day has closed; of the last days that a calendar has, nothing can be reckoned."""
    return day <= worker.today and Week.of(day).locked(worker.desk.now)


async def keep(
    worker: Worker, entries: Sequence[Entry], book: Ledger, feelings: Sequence[str] = (), head: str = "✅"
) -> Say:
    """Write entries down and say what was stored and what it comes to."""
    first = not book.rows and not await store.ever(worker.desk.team, worker.id)
    felt = [*feelings, *("" for _ in entries)]
    rows = [columns(entry, feel) for entry, feel in zip(entries, felt, strict=False)]
    ids = await store.write(worker.desk.team, worker.id, rows, worker.desk.now, book.latest)
    stored = [Stored(entry_id, entry) for entry_id, entry in zip(ids, entries, strict=True)]
    return answer(worker, stored, book, head, first=first)


def answer(worker: Worker, stored: Sequence[Stored], book: Ledger, head: str, *, first: bool = False) -> Say:
    """Say what was stored; `book` is the ledger from before."""
    minutes = book.by_day
    for each in stored:
        minutes[each.entry.day] = minutes.get(each.entry.day, 0) + each.entry.minutes
    days = dict.fromkeys(each.entry.day for each in stored)
    sums = [totals(worker, day, minutes) for day in days]
    text, blocks = shown.saved(stored, sums, worker.desk.playbook.log, head, first=first)
    return Say(text=text, blocks=blocks)


def totals(worker: Worker, day: date, minutes: Mapping[date, int]) -> Totals:
    """Give a day's and its week's totals against what was agreed."""
    week = sum(minutes.get(each, 0) for each in Week.of(day).days)
    agreed = worker.contractor.weekly_minutes
    return Totals(day, worker.today, minutes.get(day, 0), week, day_agreed(worker, day), agreed)


def day_agreed(worker: Worker, day: date) -> int:
    """Give the agreed minutes of a day: an even share of the week on a working day, nothing on another."""
    weekdays = read_weekdays(worker.contractor.weekdays)
    return round(worker.contractor.weekly_minutes / len(weekdays)) if day.weekday() in weekdays else 0


async def readable(worker: Worker, entries: Sequence[Entry]) -> list[Entry]:
    """Write names in the place of ids that somebody mentioned, so that a note reads well and calls nobody."""
    ids = {found[1] for entry in entries for found in MENTION.finditer(entry.note) if found[1]}
    known = await people.find_all(worker.desk.team, ids)

    def name(found: re.Match[str]) -> str:
        person = known.get(found[1] or "")
        return f"@{person.name if person else found[3] or found[1] or found[2]}"

    return [
        replace(entry, note=MENTION.sub(name, entry.note), project=MENTION.sub(name, entry.project))
        for entry in entries
    ]


def columns(entry: Entry, feel: str = "") -> dict[str, Any]:
    """Write an entry as the columns of its row."""
    return {
        "day": entry.day,
        "minutes": entry.minutes,
        "starts_at": entry.start,
        "ends_at": entry.end,
        "project": entry.project,
        "category": entry.category,
        "note": entry.note,
        "links": "\n".join(entry.links),
        "feel": feel,
    }


def read_row(row: LogEntry) -> Entry:
    """Read an entry from its row."""
    links = tuple(row.links.split("\n")) if row.links else ()
    return Entry(row.day, row.minutes, row.starts_at, row.ends_at, row.project, row.category, row.note, links)


def read_rows(rows: Sequence[LogEntry]) -> list[Stored]:
    """Read entries from their rows, each under its id."""
    return [Stored(row.id, read_row(row)) for row in rows]


def in_place(call: Call, text: str, blocks: Sequence[kit.Block]) -> Reply:
    """Answer a button where it was pressed: in its message, in its form, or else anew."""
    if call.kind is not Kind.ACTION or call.from_home:
        return Say(text=text, blocks=blocks)
    if call.view_id:
        return ReplaceModal(view=kit.modal(phrase("Log time"), blocks, close=phrase("Close")))
    return ReplaceMessage(text=text, blocks=blocks)
