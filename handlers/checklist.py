"""Checklists, asked: `/checklist` and its words, the shortcut, the buttons and forms; and what the clock brings."""

import re

from blocks import checklist as draw
from blocks import checklist_form as forms
from blocks import checklist_list as lists
from blocks import kit
from handlers import checklist_act as act
from handlers import checklist_lay as laid
from handlers import checklist_list as several
from handlers import checklist_morning as mornings
from handlers import checklist_sample as sample
from handlers import checklist_template as template
from handlers.checklist_work import CHANGED, Page, Work, answered, begin, changed, in_modal, sheet, show, where
from handlers.contract import (
    Call,
    Desk,
    Duty,
    FixFields,
    Kind,
    OpenModal,
    PushModal,
    ReplaceModal,
    Reply,
    Route,
    Say,
    memo,
)
from handlers.who import asker
from playbook.checklist import Move, dates
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.words import clean, unescape
from storage import checklist_lay

PERSON = re.compile(r"\s*<@([UW][A-Z0-9]+)(?:\|[^>]*)?>\s*")
TOKEN = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")
ADD_WHAT = phrase("Say what to add, like `/checklist add Read the brand book`.")
MANAGERS_ADD = phrase("Their manager or an admin adds to their checklist. Please ask them.")
templates = template.opened


async def command(call: Call, desk: Desk) -> Reply:
    """Answer `/checklist`: one's own, somebody's, several, or adding something."""
    named = PERSON.match(call.text)
    rest = (call.text[named.end() :] if named else call.text).strip()
    verb, _, words = rest.partition(" ")
    if verb.casefold() == "add":
        return await _add(await begin(call, desk, named[1] if named else call.user_id), words)
    if verb.casefold() == "help":
        return Say(text=draw.HELP)
    if rest.startswith("@"):
        raise Sorry(
            phrase(
                "I find nobody called {rest} here. Choose the name from the list Slack offers.",
                rest=kit.one_line(rest, 80),
            )
        )
    if rest:
        return Say(text=phrase("I know these:\n{help}", help=draw.HELP))
    return await _open(call, desk, named[1] if named else "")


async def opened(call: Call, desk: Desk) -> Reply:
    """Open a checklist from a button or the shortcut; without a value, one's own or those one has to do with."""
    return await _open(call, desk, call.value if call.kind is Kind.ACTION else "")


async def _open(call: Call, desk: Desk, user_id: str) -> Reply:
    who = await asker(call, desk)
    if not user_id and who.contractor is None:
        return await several.show(call, desk, who)
    work = await begin(call, desk, user_id or call.user_id)
    page = Page(work.traveller.user_id)
    if in_modal(call):
        return PushModal(view=await sheet(work, page))
    return await show(work, page)


async def phase_chosen(call: Call, desk: Desk) -> Reply:
    """Show another phase."""
    work = await begin(call, desk, Page.of(call).user_id)
    return await show(work, Page(work.traveller.user_id, "" if call.value == draw.EVERYTHING else call.value))


async def back(call: Call, desk: Desk) -> Reply:
    """Show the list again in the place of a small form."""
    seen = Page.of(call)
    return await show(await begin(call, desk, seen.user_id), Page(seen.user_id, seen.phase))


# Adding -------------------------------------------------------------------------------------------


async def add(call: Call, desk: Desk) -> Reply:
    """Ask for something to add by hand."""
    work = await begin(call, desk, call.value)
    seen = Page.of(call)
    where_from = memo(where(call), Page(work.traveller.user_id, seen.phase).record)
    view = forms.add(where_from, desk.playbook.checklist.limits, mine=work.me == work.traveller.user_id)
    return ReplaceModal(view=view) if in_modal(call) else OpenModal(view=view)


async def added(call: Call, desk: Desk) -> Reply:
    """Take from its form what is to be added."""
    work = await begin(call, desk, Page.of(call).user_id)
    words = clean(call.one("text"))
    if problem := _wrong(work, words):
        return FixFields({"text": problem})
    await _keep(work, words)
    return await answered(
        work,
        Page(work.traveller.user_id, Page.of(call).phase),
        phrase("Added: {words}", words=kit.one_line(words, 300)),
    )


async def _add(work: Work, text: str) -> Reply:
    words = clean(unescape(TOKEN.sub(lambda found: found[3] or found[2], text)))
    if not words:
        raise Sorry(ADD_WHAT)
    if problem := _wrong(work, words):
        raise Sorry(
            phrase(
                "{problem} Nothing was added; here are your words:\n{words}",
                problem=problem,
                words=kit.esc(words, 3000),
            )
        )
    due = await _keep(work, words)
    whose = phrase("your checklist") if work.me == work.traveller.user_id else kit.mention(work.traveller.user_id)
    await changed(work.desk, work.traveller.user_id)
    return Say(
        text=phrase("Added to {whose}: {words} (due {due})", whose=whose, words=kit.one_line(words, 300), due=due)
    )


def _wrong(work: Work, words: str) -> str:
    limits = work.desk.playbook.checklist.limits
    if not work.leads and work.me != work.traveller.user_id:
        raise Sorry(MANAGERS_ADD)
    if len(work.items) >= limits.items:
        return phrase(
            "There are {items} items already, and {items_2} is the most.", items=len(work.items), items_2=limits.items
        )
    if not words:
        return phrase("Please say what is to be done.")
    return (
        phrase("That is {words} characters; up to {limits} fit.", words=len(words), limits=limits.text)
        if len(words) > limits.text
        else ""
    )


async def _keep(work: Work, words: str) -> str:
    book, path = work.desk.playbook.checklist, work.traveller.path
    number = max(path.number(work.today), 0) + book.own_days
    due = dates(path, [number])[number]
    await checklist_lay.add_own(
        work.desk.team, work.traveller.user_id, words, number, due, "contractor", book.added_phase
    )
    return kit.day_name(due)


SAMPLES = sample.SAMPLES
ROUTES: tuple[Route, ...] = (
    Route(Kind.COMMAND, "/checklist", command, opens=True),
    Route(Kind.SHORTCUT, "checklist.shortcut", opened, opens=True),
    Route(Kind.ACTION, draw.OPEN, opened, opens=True),
    Route(Kind.ACTION, draw.PHASE, phase_chosen),
    Route(Kind.ACTION, draw.MORE, act.chosen, opens=True),
    Route(Kind.ACTION, draw.DONE, act.pressed(Move.DONE), opens=True),
    Route(Kind.ACTION, draw.VERIFY, act.pressed(Move.VERIFY)),
    Route(Kind.ACTION, draw.WHY, act.pressed(Move.WHY)),
    Route(Kind.ACTION, draw.QUICK, act.quick, opens=True),
    Route(Kind.ACTION, draw.ADD, add, opens=True),
    Route(Kind.ACTION, draw.BACK, back),
    Route(Kind.ACTION, draw.PREPARE, act.prepare),
    Route(Kind.ACTION, draw.ALL, several.all_of_them, opens=True),
    Route(Kind.ACTION, lists.PAGE, several.turned),
    Route(Kind.ACTION, lists.PAGE_BACK, several.turned),
    Route(Kind.FORM, draw.QUICK_FORM, act.quick_saved),
    Route(Kind.FORM, forms.WHY_NOT_FORM, act.not_applicable),
    Route(Kind.FORM, forms.SNOOZE_FORM, act.snoozed),
    Route(Kind.FORM, forms.PROOF_FORM, act.proven),
    Route(Kind.FORM, forms.ADD_FORM, added),
    *template.ROUTES,
)
DUTIES: tuple[Duty, ...] = (
    Duty(laid.LAY, laid.lay, lays=True, at_once=20),
    Duty(CHANGED, mornings.changed, at_once=50),
    Duty(laid.MORNING, mornings.write, mornings.next_morning, at_once=50),
)
