"""The form for logging time: opening it with what is known, another row, projects to choose, and what was typed."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from blocks import log_form as drawn
from blocks.kit import View
from blocks.log_form import Row
from handlers import who
from handlers.contract import Call, Desk, Kind, OpenModal, Options, ReplaceModal, Reply, Say, memo
from handlers.log_save import Worker, closed_week
from playbook.days import local_time
from playbook.log import Entry, closest, show
from playbook.tongue import phrase
from playbook.words import clean
from storage import log as store

TIMER = "timer"
DRAFT = "draft"
DAY = "day:"
MOST_OFFERED = 20
ONE_DAY = timedelta(days=1)


async def worker_of(call: Call, desk: Desk) -> Worker:
    """Give the contractor who called; anybody else is told how to get in."""
    return Worker(desk, *await who.contractor(call, desk))


async def open_fresh(call: Call, worker: Worker, day: date | None = None, record: str = "") -> Reply:
    """Open the form with the last project and kind of work, or with what the person had typed before."""
    rows, notices, record = await _beginning(worker, day, record)
    return show_form(call, drawn.form(rows, worker.desk.playbook.log, memo(here(call), record), notices))


async def opened(call: Call, desk: Desk) -> Reply:
    """Open the form for today, or with what was kept of an earlier one."""
    return await open_fresh(call, await worker_of(call, desk))


async def today(call: Call, desk: Desk) -> Reply:
    """Open the form for today."""
    worker = await worker_of(call, desk)
    return await open_fresh(call, worker, worker.today)


async def yesterday(call: Call, desk: Desk) -> Reply:
    """Open the form for yesterday."""
    worker = await worker_of(call, desk)
    return await open_fresh(call, worker, worker.today - ONE_DAY)


async def any_day(call: Call, desk: Desk) -> Reply:
    """Open the form for the date that was chosen; without one, for today."""
    worker = await worker_of(call, desk)
    return await open_fresh(call, worker, as_day(call.value) or worker.today)


async def now(call: Call, desk: Desk) -> Reply:
    """Open the form for the day that a reminder is about."""
    day = as_day(call.value)
    return await open_fresh(call, await worker_of(call, desk), day, f"{DAY}{day}" if day else "")


def as_day(value: str) -> date | None:
    """Read a date from a button, which is never trusted."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


async def _beginning(worker: Worker, day: date | None, record: str) -> tuple[Sequence[Row], Sequence[str], str]:
    team = worker.desk.team
    draft = await store.draft(team, worker.id, worker.desk.now)
    rows = drawn.from_values(draft.values.get("rows") or ()) if draft else ()
    if draft and rows and (day is None or any(row.day == day.isoformat() for row in rows)):
        notices = [str(notice) for notice in draft.values.get("notices") or ()]
        notices = notices or [phrase("This is what you had typed. Save it, or change it first.")]
        return rows, notices, str(draft.values.get("record") or record or DRAFT)
    last = await store.last(team, worker.id)
    about = {"project": last.project, "category": last.category} if last else {"project": worker.contractor.project}
    return [Row(day=(day or worker.today).isoformat(), **about)], (), record


def here(call: Call) -> str:
    """Name the conversation to answer in; from Home and shortcuts, none."""
    return call.memo_channel if call.view_id else call.channel_id


def show_form(call: Call, view: View) -> Reply:
    """Show a form: over what the person sees, or in the place of the page they are in."""
    in_modal = call.view_id and not call.from_home
    return ReplaceModal(view=view) if in_modal else OpenModal(view=view)


async def ask_again(
    call: Call,
    worker: Worker,
    rows: Sequence[Row],
    notices: Sequence[str],
    *,
    days: Collection[date] = (),
    record: str = "",
) -> Reply:
    """Show the form with what was understood and what still needs a look; where no form can open, keep it for one."""
    closed = await closed_week(worker, days)
    monday = closed.monday if closed else None
    if call.kind is Kind.EVENT:
        kept = {"rows": drawn.as_values(rows), "notices": list(notices), "record": record}
        await store.keep_draft(worker.desk.team, worker.id, kept, worker.desk.now)
        text, blocks = drawn.unfinished(notices, monday)
        return Say(text=text, blocks=blocks)
    book = worker.desk.playbook.log
    return show_form(call, drawn.form(rows, book, memo(here(call), record), notices, closed=monday))


def as_row(entry: Entry, zone: str, feel: str = "", *, whole: bool = True) -> Row:
    """Write an entry as a row of the form; `whole` puts links beyond the first at the end of the note."""
    note = " ".join(filter(None, [entry.note, *(entry.links[1:] if whole else ())]))
    link = next(iter(entry.links), "")
    return Row(entry.day.isoformat(), _length(entry, zone), entry.project, entry.category, note, link, feel)


def _length(entry: Entry, zone: str) -> str:
    if entry.length:
        return entry.length
    if entry.start and entry.end:
        return f"{local_time(entry.start, zone):%H:%M}-{local_time(entry.end, zone):%H:%M}"
    return show(entry.minutes) if entry.minutes else ""


async def another_row(call: Call, desk: Desk) -> Reply:
    """Add an empty row under those that are there, on the day and project of the last one."""
    await worker_of(call, desk)
    rows = drawn.rows(call.fields)
    last = rows[-1] if rows else Row()
    more = [Row(last.day, project=last.project, category=last.category)] if len(rows) < drawn.MOST_ROWS else []
    return ReplaceModal(view=drawn.form([*rows, *more], desk.playbook.log, call.memo))


async def closed(call: Call, desk: Desk) -> Reply:
    """Keep what was typed into a form that is closed without sending it, for a day."""
    worker = await worker_of(call, desk)
    rows = drawn.rows(call.fields)
    if any(row.used for row in rows):
        kept = {"rows": drawn.as_values(rows), "record": call.memo_record}
        await store.keep_draft(desk.team, worker.id, kept, desk.now)
    elif call.memo_record in (TIMER, DRAFT):
        await store.drop_draft(desk.team, worker.id)
    return Reply()


async def projects(call: Call, desk: Desk) -> Reply:
    """Offer the person's projects, the latest first, then what is near to what they type, then that as a new one."""
    worker = await worker_of(call, desk)
    mine = await store.projects(desk.team, worker.id)
    known = list(dict.fromkeys(filter(None, [*mine, worker.contractor.project])))
    typed = clean(call.value).lstrip("#").strip()[: drawn.LONGEST_PROJECT]
    if not typed:
        return Options(options=[(name, name) for name in known[:MOST_OFFERED]])
    holding = [name for name in known if typed.casefold() in name.casefold()]
    near = list(dict.fromkeys([*holding, *closest(typed, known)]))[:MOST_OFFERED]
    same = any(name.casefold() == typed.casefold() for name in near)
    new = [] if same else [(phrase("New: {typed}", typed=typed), typed)]
    return Options(options=[*((name, name) for name in near), *new])
