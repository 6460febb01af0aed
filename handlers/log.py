"""`/log`: what somebody typed, taken as entries, as a stopwatch, or as a wish to see or change what is there."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from blocks import log as shown
from blocks import log_form as drawn
from blocks import log_reminder as letters
from handlers import log_change, log_form, log_reminder, log_send, log_week
from handlers.contract import Call, Desk, Duty, Kind, Reply, Route, Say
from handlers.log_form import TIMER, as_row, ask_again, open_fresh, worker_of
from handlers.log_save import Worker, check, in_place, keep, ledger, read_row, readable
from playbook.log import Entry, LogBook, LogRequest, between, closest, read, show
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.words import clean, fill, unescape
from storage import log as store
from storage import people
from storage.tables import Timer

BARE_CHANNEL = re.compile(r"<#([CG]\w+)\|?>")
Verb = Callable[[Call, Worker, LogRequest], Awaitable[Reply]]


async def typed(call: Call, desk: Desk) -> Reply:
    """Do what somebody typed after `/log`, or after "log" in a direct message."""
    book = desk.playbook.log
    if book.verbs.named(clean(call.text).casefold().rstrip(".!")) == "help":
        return _help(tuple(category.key for category in book.categories))
    worker = await worker_of(call, desk)
    request = read(await _with_names(call, desk), desk.now, worker.person.zone, book)
    if request.verb:
        return await VERBS[request.verb](call, worker, request)
    if request.entries:
        return await _take(call, worker, request)
    if not request.ready:
        return await ask_again(call, worker, _as_notes(worker, request.unclear), request.questions)
    if call.kind is Kind.EVENT:
        text, blocks = shown.ask_what()
        return Say(text=text, blocks=blocks)
    return await open_fresh(call, worker)


@cache
def _help(categories: tuple[str, ...]) -> Say:
    """Say how to log; drawn once, since it is always the same."""
    text, blocks = shown.help_text(categories)
    return Say(text=text, blocks=blocks)


async def _with_names(call: Call, desk: Desk) -> str:
    """Write the names of channels into the text where Slack gives only their ids."""
    text = call.text
    for channel_id in dict.fromkeys(BARE_CHANNEL.findall(text)):
        channel = await people.find_channel(desk.team, channel_id)
        name = channel.name if channel else ""
        text = re.sub(rf"<#{channel_id}\|?>", f"<#{channel_id}|{name}>", text)
    return text


async def _take(call: Call, worker: Worker, request: LogRequest) -> Reply:
    """Keep the entries, or show the form with all that was understood."""
    entries = await readable(worker, request.entries)
    if not request.ready:
        return await ask_again(call, worker, _rows(worker, entries), request.questions)
    return await _keep(call, worker, entries)


def _as_notes(worker: Worker, unclear: Sequence[str]) -> list[drawn.Row]:
    """Put words that were not read at all into notes of the form, as many rows as they need."""
    words, most = unescape(" ".join(unclear)), drawn.LONGEST_FIELD
    parts = [words[at : at + most] for at in range(0, len(words), most)][: drawn.MOST_ROWS]
    return [drawn.Row(worker.today.isoformat(), note=part) for part in parts]


async def _keep(call: Call, worker: Worker, entries: Sequence[Entry], record: str = "") -> Reply:
    """Keep entries that are complete; what stands against them is asked in the form."""
    marked = any(entry.project for entry in entries)
    hours = await ledger(worker, [entry.day for entry in entries], projects=marked)
    known = [name for name in dict.fromkeys([worker.contractor.project, *hours.projects]) if name]
    settled = [_settle(entry, known, worker.desk.playbook.log) for entry in entries]
    entries = [entry for entry, _ in settled]
    found = await check(worker, entries, hours)
    notices = [*(question for _, question in settled if question), *(words for one in found for words in one.values())]
    if notices:
        days = [entry.day for entry in entries]
        notices = list(dict.fromkeys(notices))
        return await ask_again(call, worker, _rows(worker, entries), notices, days=days, record=record)
    if record == TIMER:
        await store.stop(worker.desk.team, worker.id)
    return await keep(worker, entries, hours)


def _rows(worker: Worker, entries: Sequence[Entry]) -> list[drawn.Row]:
    return [as_row(entry, worker.person.zone) for entry in entries]


def _settle(entry: Entry, known: Sequence[str], book: LogBook) -> tuple[Entry, str]:
    """Find the project that a #name means: a known one, the one it begins, or a new one; ask when it is only near."""
    name = _bare(entry.project)
    same = [project for project in known if _bare(project) == name]
    begun = [project for project in known if project.casefold().startswith(f"{entry.project.casefold()} ")]
    if not name or same:
        return replace(entry, project=same[0] if name else ""), ""
    if len(begun) == 1:
        return replace(entry, project=begun[0]), ""
    near = closest(entry.project, known)
    ask = fill(book.sentences.project_near, words=f'"{entry.project}"', known=phrase(" or ").join(near)) if near else ""
    return entry, ask


def _bare(project: str) -> str:
    return re.sub(r"[-_ ]", "", project.casefold())


async def same(call: Call, worker: Worker, request: LogRequest) -> Reply:
    """Log the last entry once more today, with what else was typed in the place of what it said."""
    last = await store.last(worker.desk.team, worker.id)
    if last is None:
        raise Sorry(phrase("There is no entry to repeat yet. `/log 2h review` keeps the first one."))
    typed_entries = await readable(worker, request.entries)
    entry = _again(read_row(last), typed_entries[0] if typed_entries else None, worker)
    if not request.ready:
        return await ask_again(call, worker, _rows(worker, [entry]), request.questions)
    return await _keep(call, worker, [entry])


def _again(last: Entry, said: Entry | None, worker: Worker) -> Entry:
    """Repeat an entry without its times, because they are taken."""
    entry = replace(last, day=worker.today, start=None, end=None)
    if said is None:
        return entry
    timed = replace(entry, minutes=said.minutes, start=said.start, end=said.end) if said.minutes else entry
    return replace(
        timed,
        day=said.day if said.when else worker.today,
        project=said.project or last.project,
        category=said.category or last.category,
        note=said.note or last.note,
        links=said.links or last.links,
    )


async def start(call: Call, worker: Worker, request: LogRequest) -> Reply:
    """Start the stopwatch; what could not be understood of the rest goes into its note."""
    entries = await readable(worker, request.entries)
    said = entries[0] if entries else Entry(worker.today)
    if said.length:
        return await ask_again(call, worker, _rows(worker, entries), request.questions)
    links = " ".join(said.links)
    note = " ".join(filter(None, [said.note, links, *request.unclear]))
    about = {"project": said.project, "category": said.category, "note": note}
    new = await store.start(worker.desk.team, worker.id, worker.desk.now, **about)
    timer = await store.timer(worker.desk.team, worker.id)
    if timer is None:
        raise Sorry(phrase("The stopwatch did not start. Please try `/log start` once more."))
    what = shown.about(timer.project, timer.category, timer.note, worker.desk.playbook.log)
    text, blocks = shown.started(timer.started_at, what, already=not new)
    return Say(text=text, blocks=blocks)


async def stop(call: Call, worker: Worker, request: LogRequest) -> Reply:
    """Stop the stopwatch and keep what it measured; when that can't be kept as it is, the form asks."""
    timer = await store.timer(worker.desk.team, worker.id)
    if timer is None:
        raise Sorry(phrase("No stopwatch is running. `/log start` starts one; `/log 2h review` keeps two hours."))
    entries = await readable(worker, request.entries)
    said = entries[0] if entries else Entry(worker.today)
    measured = _measured(timer, said, worker)
    minutes = sum(entry.minutes for entry in measured)
    if not minutes:
        raise Sorry(phrase("That is not a full minute yet. The stopwatch keeps running."))
    if not request.ready:
        return await ask_again(call, worker, _rows(worker, measured), request.questions, record=TIMER)
    if minutes > worker.desk.playbook.log.most_minutes:
        since = replace(measured[0], minutes=0, start=None, end=None)
        notice = phrase("The stopwatch ran for {minutes}. How much of that did you work?", minutes=show(minutes))
        return await ask_again(call, worker, _rows(worker, [since]), [notice], record=TIMER)
    reply = await _keep(call, worker, measured, TIMER)
    return in_place(call, reply.text, reply.blocks) if isinstance(reply, Say) else reply


def _measured(timer: Timer, said: Entry, worker: Worker) -> list[Entry]:
    """Give the time of a stopwatch as entries, cut at the person's midnight."""
    pieces = between(timer.started_at, worker.desk.now, worker.person.zone)
    about = replace(
        said,
        project=said.project or timer.project,
        category=said.category or timer.category,
        note=said.note or timer.note,
    )
    return [
        replace(about, day=piece.day, minutes=piece.minutes, start=piece.start, end=piece.end, length="")
        for piece in pieces
        if piece.minutes
    ]


async def stopped(call: Call, desk: Desk) -> Reply:
    """Stop the stopwatch from a button."""
    return await stop(call, await worker_of(call, desk), LogRequest("stop"))


VERBS: Mapping[str, Verb] = {
    "today": log_week.day,
    "week": log_week.this_week,
    "last week": log_week.last_week,
    "same": same,
    "start": start,
    "stop": stop,
    "edit": log_change.choose,
    "undo": log_change.undo_last,
}

ROUTES: tuple[Route, ...] = (
    Route(Kind.COMMAND, "/log", typed, opens=True),
    Route(Kind.SHORTCUT, "log.shortcut", log_form.opened, opens=True),
    Route(Kind.FORM, drawn.FORM, log_send.send),
    Route(Kind.CLOSED, drawn.FORM, log_form.closed),
    *(Route(Kind.OPTIONS, name, log_form.projects) for name in drawn.PROJECTS),
    Route(Kind.ACTION, shown.MORE, log_form.opened, opens=True),
    Route(Kind.ACTION, drawn.FINISH, log_form.opened, opens=True),
    Route(Kind.ACTION, shown.TODAY, log_form.today, opens=True),
    Route(Kind.ACTION, shown.YESTERDAY, log_form.yesterday, opens=True),
    Route(Kind.ACTION, shown.ANY_DAY, log_form.any_day, opens=True),
    Route(Kind.ACTION, letters.NOW, log_form.now, opens=True),
    Route(Kind.ACTION, drawn.ANOTHER_ROW, log_form.another_row),
    Route(Kind.ACTION, shown.EDIT, log_change.edit, opens=True),
    Route(Kind.ACTION, shown.UNDO, log_change.undo),
    Route(Kind.ACTION, shown.REMOVE, log_change.remove),
    Route(Kind.ACTION, shown.RESTORE, log_change.restore),
    Route(Kind.ACTION, shown.STOP, stopped),
    Route(Kind.ACTION, letters.OFF, log_reminder.off),
    Route(Kind.ACTION, letters.TOMORROW, log_reminder.tomorrow),
    Route(Kind.ACTION, letters.MUTE, log_reminder.mute),
    Route(Kind.ACTION, drawn.ASK, log_week.ask_to_reopen),
    Route(Kind.ACTION, letters.REOPEN, log_week.reopen),
)

DUTIES: tuple[Duty, ...] = log_reminder.DUTIES
