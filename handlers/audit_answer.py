"""A contractor's answer: one press from the message, or the form with their words; and the days behind it."""

from collections.abc import Sequence
from datetime import date

from blocks import audit as draw
from blocks import audit_form
from blocks.kit import View, actions, section
from handlers.audit_again import again
from handlers.audit_look import Concern, bounds, concern, reachable, read_record, sheet
from handlers.contract import Call, Desk, FixFields, Letters, OpenModal, PushModal, Reply, Say, memo, soon
from playbook.audit import ANSWERS, MOSTLY, NO, YES
from playbook.days import Week
from playbook.roles import Action
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.words import clean
from storage import audit as store
from storage.outbox import Cancel

WORDS_FIRST = phrase("Please say in a few words what was different. Only you and your manager read it.")
CHOOSE = phrase("Please choose yes, mostly or no.")
NOTHING_NEW = phrase("You had said so already, so all stays as it was. Open shows your answer.")


async def say_yes(call: Call, desk: Desk) -> Reply:
    """Take yes for an answer."""
    return await _quick(call, desk, YES)


async def say_mostly(call: Call, desk: Desk) -> Reply:
    """Take mostly for an answer."""
    return await _quick(call, desk, MOSTLY)


async def _quick(call: Call, desk: Desk, felt: str) -> Reply:
    about, week = await _own(call, desk, call.value)
    letters = await _keep(desk, about, week, felt=felt)
    return Reply().also(*letters) if letters else Say(text=NOTHING_NEW)


async def say_no(call: Call, desk: Desk) -> Reply:
    """Open the form, because a no comes with words."""
    about, week = await _own(call, desk, call.value)
    return OpenModal(view=await form(desk, about, week))


async def _own(call: Call, desk: Desk, value: str) -> tuple[Concern, Week]:
    """Give the contractor who answers and the week; refused to everybody else."""
    user_id, week = read_record(value)
    about = await concern(call, desk, Action.AUDIT_ANSWER, user_id)
    return about, reachable(about.traveller, week, desk)


async def form(desk: Desk, about: Concern, week: Week) -> View:
    """Draw the form of a week, filled with what was answered."""
    mine, (first, last) = await sheet(desk, about.traveller, week), bounds(about.traveller, desk)
    note = memo("", draw.record(about.id, week))
    books = desk.playbook.audit, desk.playbook.log
    return audit_form.form(mine, *books, note, earlier=week > first, later=week < last)


async def saved(call: Call, desk: Desk) -> Reply:
    """Keep what was filled in, or say under its field what is missing."""
    about, week = await _own(call, desk, call.memo_record)
    book, felt, words = desk.playbook.audit, call.one("felt"), clean(call.one("words"))
    if felt not in ANSWERS:
        return FixFields({"felt": CHOOSE})
    if felt == NO and not words:
        return FixFields({"words": WORDS_FIRST})
    focus = call.one("focus") if book.focus_label(call.one("focus")) else ""
    heavy = clean(call.one("heavy") or call.one("pick"))[: book.longest_heavy]
    told = {"felt": felt, "words": words[: book.longest_words], "focus": focus, "heavy": heavy}
    letters = await _keep(desk, about, week, **told)
    if not letters:
        return Say(text=NOTHING_NEW)
    mine = await sheet(desk, about.traveller, week)
    text = draw.thanks(mine, felt)
    more = draw.reopening(mine) if felt == NO else []
    return Say(text=text, blocks=[section(text), *([actions(*more)] if more else [])]).also(*letters)


async def _keep(desk: Desk, about: Concern, week: Week, **told: str) -> Sequence[Letters]:
    """Keep an answer, and give what follows from it; nothing if nothing changed."""
    found = await store.logged(desk.team, [about.id], week.monday, week.monday)
    minutes = found.get((about.id, week.monday), store.Logged()).minutes
    if not await store.answer(desk.team, about.id, week.monday, minutes, desk.now, told):
        return ()
    await soon(desk, ("home.redraw", about.id), ("home.redraw", about.traveller.place.manager_id))
    return [Cancel(draw.about(about.id, week)), *await again(desk, about.traveller, week)]


async def day(call: Call, desk: Desk) -> Reply:
    """List a day's entries over the form, each with a way to the log's own form; what was filled in stays behind."""
    about = await concern(call, desk, Action.AUDIT_ANSWER, call.user_id)
    try:
        chosen = date.fromisoformat(call.value)
    except ValueError:
        raise Sorry(phrase("I can't tell which day that is. Please open your week once more.")) from None
    week = reachable(about.traveller, Week.of(chosen), desk)
    mine = await sheet(desk, about.traveller, week)
    entries = [each for each in mine.entries if each.entry.day == chosen]
    return PushModal(view=audit_form.day_page(chosen, entries, desk.playbook.log, memo("")))
