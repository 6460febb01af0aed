"""The form for logging time when it is sent: its rows become entries, or say under their fields what to look at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from blocks import log_form as drawn
from blocks import log_reminder as letters
from blocks.log import Stored
from blocks.log_form import Row
from handlers.contract import Call, Desk, FixFields, ReplaceModal, Reply, Say
from handlers.log_form import DAY, DRAFT, TIMER, worker_of
from handlers.log_save import Problems, Worker, answer, check, closed_week, columns, keep, ledger, read_row, readable
from playbook.days import Week
from playbook.log import Entry, LogBook, spans
from playbook.log_limits import say_day
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.words import clean, fill
from storage import log as store
from storage.log import Ledger
from storage.outbox import Redraw
from storage.tables import LogEntry

FIELDS = {"links": "link"}
CHANGED = phrase("✏️ Changed:")
BACK = phrase("✏️ It had been undone, and is back:")
NO_SUCH_ENTRY = phrase("I can't find that entry among yours. `/log today` shows what is there.")


@dataclass(frozen=True)
class Filled:
    """A filled-in form: its entries, the row each comes from, how each felt, and what is wrong by field."""

    entries: tuple[Entry, ...] = ()
    origins: tuple[int, ...] = ()
    feelings: tuple[str, ...] = ()
    errors: Mapping[str, str] | None = None


def read(rows: Sequence[Row], zone: str, book: LogBook, more_links: tuple[str, ...] = ()) -> Filled:
    """Read rows: a length that crosses midnight becomes two entries; an empty further row is left out."""
    entries: list[tuple[Entry, int, str]] = []
    errors: dict[str, str] = {}
    for number, row in enumerate(rows):
        if number and not row.used:
            continue
        found, wrong = _read_row(row, zone, book, more_links)
        errors |= {drawn.name(field, number): sentence for field, sentence in wrong.items()}
        feel = row.feel if any(row.feel == each.key for each in book.feelings) else ""
        entries += [(entry, number, feel) for entry in found]
    kept = tuple(entry for entry, _, _ in entries)
    return Filled(kept, tuple(row for _, row, _ in entries), tuple(feel for _, _, feel in entries), errors)


def _read_row(row: Row, zone: str, book: LogBook, more_links: tuple[str, ...]) -> tuple[list[Entry], dict[str, str]]:
    try:
        day = date.fromisoformat(row.day)
    except ValueError:
        return [], {"day": phrase("Please choose a day.")}
    pieces = [piece for piece in spans(row.length, day, zone, book) if piece.minutes]
    if not pieces:
        return [], {"length": book.sentences.how_long}
    links = tuple(filter(None, [row.link, *more_links]))
    category = row.category if book.category(row.category) else ""
    about = Entry(day, project=clean(row.project), category=category, note=clean(row.note), links=links)
    timed = [replace(about, day=each.day, minutes=each.minutes, start=each.start, end=each.end) for each in pieces]
    return timed, {}


def by_field(found: Problems, origins: Sequence[int]) -> dict[str, str]:
    """Put what keeps entries from being kept under the fields of the rows they come from."""
    return {
        drawn.name(FIELDS.get(field, field), row): sentence
        for one, row in zip(found, origins, strict=True)
        for field, sentence in one.items()
    }


async def send(call: Call, desk: Desk) -> Reply:
    """Keep what was filled in, or say what still needs a look."""
    worker = await worker_of(call, desk)
    old = await _entry_of(call, worker)
    rows, book = drawn.rows(call.fields), desk.playbook.log
    filled = read(rows, worker.person.zone, book, read_row(old).links[1:] if old else ())
    if filled.errors or not filled.entries:
        return FixFields(errors=filled.errors or {"length": book.sentences.how_long})
    filled = replace(filled, entries=tuple(await readable(worker, filled.entries)))
    without = [old.id] if old else []
    hours = await ledger(worker, [entry.day for entry in filled.entries], without=without)
    found = await check(worker, filled.entries, hours, without)
    days = {entry.day for entry in filled.entries} | ({old.day} if old else set())
    if week := await closed_week(worker, days):
        return _closed(call, rows, week, book, old.id if old else "")
    if any(found):
        return FixFields(errors=by_field(found, filled.origins))
    said = await (_change(worker, old, filled, hours) if old else _keep(call, worker, filled, hours))
    return said.also(*_thanks(call, worker, days))


async def _entry_of(call: Call, worker: Worker) -> LogEntry | None:
    """Fetch the entry that the form is about; None for a form of new entries."""
    record = call.memo_record
    if record in ("", TIMER, DRAFT) or record.startswith(DAY):
        return None
    entry = await store.find(worker.desk.team, worker.id, record)
    if entry is None:
        raise Sorry(NO_SUCH_ENTRY)
    return entry


def _closed(call: Call, rows: Sequence[Row], week: Week, book: LogBook, entry_id: str) -> Reply:
    """Leave the form as it is, with the way to have the week opened again."""
    notice = fill(book.sentences.locked, day=say_day(week.monday, book))
    return ReplaceModal(view=drawn.form(rows, book, call.memo, [notice], closed=week.monday, entry_id=entry_id))


async def _keep(call: Call, worker: Worker, filled: Filled, hours: Ledger) -> Say:
    """Write new entries, and forget what the form stood for: the draft, and the stopwatch if it was about it."""
    await store.drop_draft(worker.desk.team, worker.id)
    if call.memo_record == TIMER:
        await store.stop(worker.desk.team, worker.id)
    return await keep(worker, filled.entries, hours, filled.feelings)


async def _change(worker: Worker, old: LogEntry, filled: Filled, hours: Ledger) -> Say:
    """Give an entry its new contents, and what goes past midnight an entry of its own."""
    rows = [columns(entry, feel) for entry, feel in zip(filled.entries, filled.feelings, strict=True)]
    team, now, head = worker.desk.team, worker.desk.now, BACK if old.undone else CHANGED
    await store.change(team, worker.id, old.id, rows[0], now)
    ids = (old.id, *await store.write(team, worker.id, rows[1:], now, hours.latest))
    stored = [Stored(entry_id, entry) for entry_id, entry in zip(ids, filled.entries, strict=True)]
    return answer(worker, stored, hours, head)


def _thanks(call: Call, worker: Worker, days: set[date]) -> list[Redraw]:
    """Put a thank-you in the place of the reminder from which the form was opened."""
    day = next((day for day in days if call.memo_record == f"{DAY}{day}"), None)
    if day is None:
        return []
    keys = (letters.reminder_key(worker.id, day), letters.follow_up_key(worker.id, day))
    return [Redraw(key, *letters.answered(day, "logged")) for key in keys]
