"""Changing what was logged: choosing an entry, editing it, undoing, and putting it back."""

from collections.abc import Sequence

from blocks import kit
from blocks import log as shown
from blocks import log_form as drawn
from handlers.contract import Call, Desk, Kind, OpenModal, Reply, Say, memo
from handlers.log_form import as_row, here, show_form, worker_of
from handlers.log_save import Worker, answer, check, closed_week, in_place, ledger, read_row, read_rows, totals
from handlers.log_send import NO_SUCH_ENTRY
from playbook.log import LogRequest
from playbook.sorry import Sorry
from playbook.tongue import phrase
from storage import log as store
from storage.tables import LogEntry

NOTHING_YET = phrase("You have not logged anything yet. `/log 2h review` keeps two hours of review.")


async def choose(call: Call, worker: Worker, _request: LogRequest) -> Reply:
    """Open the last entry, or the list of today's when there are several."""
    mine = await store.between(worker.desk.team, worker.id, worker.today, worker.today)
    if len(mine) > 1 or (mine and call.kind is Kind.EVENT):
        return _picker(call, worker, mine)
    last = await store.last(worker.desk.team, worker.id)
    if last is None:
        raise Sorry(NOTHING_YET)
    return _picker(call, worker, [last]) if call.kind is Kind.EVENT else await _open(call, worker, last)


def _picker(call: Call, worker: Worker, mine: Sequence[LogEntry]) -> Reply:
    text, blocks = shown.picker(list(reversed(read_rows(mine))), worker.desk.playbook.log, worker.today)
    if call.kind is Kind.EVENT:
        return Say(text=text, blocks=blocks[: shown.MOST_SHOWN])
    view = kit.modal(phrase("Change an entry"), blocks, close=phrase("Close"), memo=memo(here(call)))
    return OpenModal(view=view)


async def edit(call: Call, desk: Desk) -> Reply:
    """Open the form on the entry that was chosen."""
    worker = await worker_of(call, desk)
    return await _open(call, worker, await _mine(call, worker))


async def _mine(call: Call, worker: Worker) -> LogEntry:
    entry = await store.find(worker.desk.team, worker.id, call.value)
    if entry is None:
        raise Sorry(NO_SUCH_ENTRY)
    return entry


async def _open(call: Call, worker: Worker, entry: LogEntry) -> Reply:
    if entry.undone:
        return await _said(call, worker, [entry], already=True)
    if refused := await _closed(call, worker, [entry]):
        return refused
    row = as_row(read_row(entry), worker.person.zone, entry.feel, whole=False)
    form = drawn.form([row], worker.desk.playbook.log, memo(here(call), entry.id), entry_id=entry.id)
    return show_form(call, form)


async def _closed(call: Call, worker: Worker, entries: Sequence[LogEntry]) -> Reply | None:
    """Say kindly that a week is closed, with the way to have it opened again; None when it is open."""
    week = await closed_week(worker, [entry.day for entry in entries])
    return in_place(call, *drawn.closed(week)) if week else None


async def undo_last(call: Call, worker: Worker, _request: LogRequest) -> Reply:
    """Undo what was logged last; once undone, it says so rather than undoing what came before."""
    last = await store.last(worker.desk.team, worker.id, undone=True)
    if last is None:
        raise Sorry(NOTHING_YET)
    return await _undo(call, worker, await store.together(worker.desk.team, worker.id, last.id))


async def undo(call: Call, desk: Desk) -> Reply:
    """Undo what was logged in one go."""
    worker = await worker_of(call, desk)
    entry = await _mine(call, worker)
    return await _undo(call, worker, await store.together(desk.team, worker.id, entry.id))


async def remove(call: Call, desk: Desk) -> Reply:
    """Undo one entry, from its form."""
    worker = await worker_of(call, desk)
    return await _undo(call, worker, [await _mine(call, worker)])


async def _undo(call: Call, worker: Worker, entries: Sequence[LogEntry]) -> Reply:
    if refused := await _closed(call, worker, entries):
        return refused
    kept = [entry for entry in entries if not entry.undone]
    done = await store.mark(worker.desk.team, worker.id, [entry.id for entry in kept], worker.desk.now, undone=True)
    if not done:
        return await _said(call, worker, entries, already=True)
    return await _said(call, worker, kept)


async def _said(call: Call, worker: Worker, entries: Sequence[LogEntry], *, already: bool = False) -> Reply:
    hours = await ledger(worker, [entry.day for entry in entries])
    sums = totals(worker, entries[-1].day, hours.by_day)
    return in_place(call, *shown.undone(read_rows(entries), sums, worker.desk.playbook.log, already=already))


async def restore(call: Call, desk: Desk) -> Reply:
    """Put back what was undone, unless its place has been taken meanwhile."""
    worker = await worker_of(call, desk)
    entry = await _mine(call, worker)
    gone = [each for each in await store.together(desk.team, worker.id, entry.id) if each.undone]
    if not gone:
        raise Sorry(phrase("That entry is there already; nothing to put back."))
    if refused := await _closed(call, worker, gone):
        return refused
    stored = read_rows(gone)
    hours = await ledger(worker, [each.entry.day for each in stored])
    for wrong in await check(worker, [each.entry for each in stored], hours):
        if wrong:
            raise Sorry(phrase("I can't put it back as it was. {values}", values=next(iter(wrong.values()))))
    await store.mark(desk.team, worker.id, [each.id for each in stored], desk.now, undone=False)
    said = answer(worker, stored, hours, phrase("✅ Back:"))
    return in_place(call, said.text, said.blocks)
