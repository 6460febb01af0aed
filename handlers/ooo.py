"""`/ooo`: saying in plain words, in a form or from a button when somebody is away, back, or quiet."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from blocks import ooo as draw
from blocks import ooo_form as forms
from blocks.ooo_form import Filled
from handlers import ooo_back as returns
from handlers import ooo_form as form
from handlers import ooo_holiday as holiday
from handlers import ooo_settings as settings
from handlers import ooo_who as who
from handlers.contract import Call, Desk, Duty, Kind, Reply, Route, Say
from handlers.ooo_save import Plan, deputy_problem, save, undo
from handlers.ooo_work import FOLLOW, NOT_THERE, Work, at_stretch, begin, planned_anew
from handlers.who import asker
from playbook.ooo import problems
from playbook.ooo_words import Asked, read
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.words import MENTION, clean, fill, unescape
from storage import ooo_plan as store

WEEK = timedelta(days=7)
MOST_ECHOED = 80
ONES_OWN = ("settings", "holidays", "who")
THEIRS_TO_CHOOSE = phrase(
    "That is for each person themselves to choose and see. `/ooo help` shows what you can do for others."
)
FOR_WHOM = re.compile(rf"\s*(?:for\s+)?{MENTION.pattern}", re.IGNORECASE)
Verb = Callable[[Work], Awaitable[Reply]]


async def command(call: Call, desk: Desk) -> Reply:
    """Answer `/ooo`: days in plain words, or a verb; whatever cannot be read opens the form with what could."""
    whom = FOR_WHOM.match(call.text)
    words = clean(call.text[whom.end() :] if whom else call.text)
    if desk.playbook.ooo.verbs.named(words.casefold()) == "help":
        await asker(call, desk)
        return Say(text=draw.HELP)
    work = await begin(call, desk, whom[1] if whom else "")
    if not words:
        return await form.show(work, Filled())
    deputy = MENTION.search(words)
    said = unescape(clean(MENTION.sub(" ", words)))
    asked = read(said, work.today, work.whose.weekdays, desk.playbook.ooo, desk.playbook.log.days)
    if asked.verb in ONES_OWN and not work.own:
        raise Sorry(THEIRS_TO_CHOOSE)
    if asked.verb:
        return await VERBS[asked.verb](work)
    return await _plan(work, asked, said, deputy[1] if deputy else "")


async def _plan(work: Work, asked: Asked, said: str, deputy_id: str) -> Reply:
    """Keep what was read when nothing in it could mean anything else; otherwise open the form with it."""
    book = work.desk.playbook.ooo
    filled = Filled(asked.first, asked.last, asked.kind or "off", asked.note[: book.note_limit], deputy_id)
    if lead := _doubt(work, asked, said):
        return await form.show(work, filled, lead)
    assert asked.first is not None
    assert asked.last is not None
    plan = Plan(asked.first, asked.last, filled.kind, filled.note, deputy_id, asked.open_end)
    if problem := await deputy_problem(work, plan):
        return await form.show(work, filled, problem)
    return await save(work, plan)


def _doubt(work: Work, asked: Asked, said: str) -> str:
    """Say what has to be looked at before it can be kept, "" for nothing."""
    book, today = work.desk.playbook.ooo, work.today
    say, short = book.sentences, said if len(said) <= MOST_ECHOED else said[:MOST_ECHOED] + "…"
    words = draw.quoted(short)
    if asked.first is None or asked.last is None:
        return fill(say.when, words=words)
    if asked.other is not None:
        first, other = (draw.span(day, day, today) for day in sorted((asked.first, asked.other)))
        return fill(say.either, first=first, other=other)
    if not asked.sure:
        return fill(say.ask, words=words)
    wrong = problems(asked.first, asked.last, today, book)
    if len(asked.note) > book.note_limit:
        wrong["note"] = fill(say.note, most=book.note_limit, length=len(asked.note))
    return next(iter(wrong.values()), "")


async def undone(call: Call, desk: Desk) -> Reply:
    """Take a change back from a button."""
    return await undo(*await at_stretch(call, desk, call.value))


async def _undo_last(work: Work) -> Reply:
    """Take back what was noted last."""
    rows = await store.of(work.desk.team, [work.whose.id], work.today)
    if not rows:
        raise Sorry(NOT_THERE)
    return await undo(work, max(rows, key=lambda row: row.planned_at))


async def _edit_next(work: Work) -> Reply:
    """Open the form with what is noted next, or empty."""
    rows = await store.of(work.desk.team, [work.whose.id], work.today)
    return await form.edit(replace(work.call, value=rows[0].id), work.desk) if rows else await form.show(work, Filled())


async def _help(_work: Work) -> Reply:
    """Say what `/ooo` can do."""
    return Say(text=draw.HELP)


async def _holidays(work: Work) -> Reply:
    """List the next public holidays."""
    return holiday.listing(work)


VERBS: Mapping[str, Verb] = {
    "back": returns.back,
    "who": who.show,
    "help": _help,
    "settings": settings.show,
    "holidays": _holidays,
    "edit": _edit_next,
    "undo": _undo_last,
}
ROUTES: tuple[Route, ...] = (
    Route(Kind.COMMAND, "/ooo", command, opens=True),
    Route(Kind.ACTION, draw.OPEN, form.opened, opens=True),
    Route(Kind.ACTION, draw.EDIT, form.edit, opens=True),
    Route(Kind.ACTION, draw.UNDO, undone),
    Route(Kind.ACTION, draw.BACK, returns.pressed),
    Route(Kind.ACTION, draw.WHO, who.pressed),
    Route(Kind.ACTION, draw.SETTINGS, settings.opened, opens=True),
    Route(Kind.ACTION, draw.HOLIDAYS, holiday.listed),
    Route(Kind.ACTION, draw.WORK, holiday.switched),
    Route(Kind.ACTION, draw.WORK_LISTED, holiday.switched_in_list),
    Route(Kind.FORM, forms.FORM, form.sent),
    Route(Kind.FORM, forms.SETTINGS_FORM, settings.sent),
    Route(Kind.OPTIONS, forms.COUNTRY, settings.offered),
)
DUTIES: tuple[Duty, ...] = (
    Duty(FOLLOW, planned_anew, catch_up=WEEK, at_once=20),
    Duty(returns.RETURN, returns.returned, returns.next_return, timedelta(days=3), for_contractors=True, at_once=50),
    Duty(returns.BEGINS, returns.begun, returns.next_beginning, WEEK, for_contractors=True),
    Duty(holiday.HOLIDAY, holiday.notice, holiday.next_notice, timedelta(hours=24), for_contractors=True),
)
