"""The form for time away: opened empty, with what was understood, or with what is noted; and what is sent in it."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from blocks import ooo as draw
from blocks import ooo_form as forms
from blocks.kit import View
from blocks.ooo_form import Filled
from handlers.contract import Call, Desk, FixFields, Kind, OpenModal, PushModal, ReplaceModal, Reply, Say, memo
from handlers.ooo_save import Plan, deputy_problem, save
from handlers.ooo_work import Work, at_stretch, begin
from playbook.ooo import long_question, problems
from playbook.tongue import phrase
from playbook.words import clean, fill
from storage import ooo_plan as store
from storage.rhythm_tables import Away

DRAFT_LIVES = timedelta(hours=24)


async def show(work: Work, filled: Filled, lead: str = "", away_id: str = "") -> Reply:
    """Open the form; where none can open by itself, keep what was understood for a button."""
    call = work.call
    if call.kind is Kind.EVENT:
        await store.keep_draft(work.desk.team, call.user_id, store.FORM, _kept(work, filled, lead), work.desk.now)
        text, blocks = draw.unread(lead or phrase("I need to know the days."))
        return Say(text=text, blocks=blocks)
    note = memo(call.channel_id or call.memo_channel, away_id, "" if work.own else work.whose.id)
    view = _view(work, filled, lead, note)
    return PushModal(view=view) if call.view_id and not call.from_home else OpenModal(view=view)


def _view(work: Work, filled: Filled, lead: str, note: str) -> View:
    book, whom = work.desk.playbook.ooo, "" if work.own else work.whose.id
    kinds = [(one.label, one.key) for one in book.kinds]
    long = long_question(filled.first, filled.last, book) if filled.first and filled.last else ""
    told, lead = _told(work), "" if lead == long else lead
    return forms.form(filled, kinds, book.note_limit, note, lead=lead, whom=whom, told=told, long=long)


def _told(work: Work) -> str:
    if work.whose.place is None:
        return phrase("The contractors whom you help will be told until when you are away.")
    return (
        phrase("Your manager will be told, not asked.")
        if work.own
        else phrase("They will be told, with a button to change it.")
    )


def _kept(work: Work, filled: Filled, lead: str) -> Mapping[str, Any]:
    days = {name: day.isoformat() if day else "" for name, day in (("first", filled.first), ("last", filled.last))}
    more = {"kind": filled.kind, "note": filled.note, "deputy_id": filled.deputy_id}
    return {**days, **more, "lead": lead, "whom": "" if work.own else work.whose.id}


async def opened(call: Call, desk: Desk) -> Reply:
    """Open the form from a button: with what was written before, if anything was."""
    kept = await store.take_draft(desk.team, call.user_id, store.FORM, desk.now - DRAFT_LIVES)
    work = await begin(call, desk, call.value or str(kept.get("whom") or ""))
    return await show(work, _filled(kept), str(kept.get("lead") or ""))


def _filled(values: Mapping[str, Any]) -> Filled:
    first, last = _day(values.get("first")), _day(values.get("last"))
    kind, note = str(values.get("kind") or "off"), str(values.get("note") or "")
    return Filled(first, last, kind, note, str(values.get("deputy_id") or ""))


async def edit(call: Call, desk: Desk) -> Reply:
    """Open the form with a stretch that is noted."""
    work, row = await at_stretch(call, desk, call.value)
    return await show(work, Filled(row.first, row.last, row.kind, row.note, row.deputy_id), away_id=row.id)


async def sent(call: Call, desk: Desk) -> Reply:
    """Keep what was sent, or say under a field what needs another look."""
    row: Away | None = None
    if call.memo_record:
        work, row = await at_stretch(call, desk, call.memo_record)
    else:
        work = await begin(call, desk, call.memo_origin)
    plan, wrong = await _judged(work)
    if wrong:
        return FixFields(wrong)
    if long_question(plan.first, plan.last, desk.playbook.ooo) and not call.many(forms.SURE):
        return _ask_long(work, plan)
    return await save(work, plan, row)


def _ask_long(work: Work, plan: Plan) -> Reply:
    """Ask under the last day whether so many days are meant; asked before, say that the tick is missing."""
    if forms.SURE in work.call.fields:
        return FixFields({forms.SURE: work.desk.playbook.ooo.sentences.long_tick})
    filled = Filled(plan.first, plan.last, plan.kind, plan.note, plan.deputy_id)
    return ReplaceModal(view=_view(work, filled, "", work.call.memo))


async def _judged(work: Work) -> tuple[Plan, dict[str, str]]:
    """Read the form, and say under which field something needs another look."""
    call, book = work.call, work.desk.playbook.ooo
    first, last, note = _day(call.one("first")), _day(call.one("last")), clean(call.one("note"))
    kinds = {one.key for one in book.kinds}
    kind = call.one("kind") if call.one("kind") in kinds else "off"
    plan = Plan(first or work.today, last or first or work.today, kind, note, call.one("deputy"))
    wrong = problems(plan.first, plan.last, work.today, book, sure=True)
    if len(note) > book.note_limit:
        wrong["note"] = fill(book.sentences.note, most=book.note_limit, length=len(note))
    if problem := await deputy_problem(work, plan):
        wrong["deputy"] = problem
    return plan, wrong


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text or ""))
    except ValueError:
        return None
