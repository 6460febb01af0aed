"""What people do with an item: done, not applicable, put off, ask for help, undo, verify, and several ticks at once."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date

from blocks import blocker_form, kit
from blocks import checklist as draw
from blocks import checklist_form as forms
from blocks.blocker_form import Filled
from handlers import checklist_list as several
from handlers.checklist_lay import lay_one
from handlers.checklist_work import (
    CALLED,
    FALLBACKS,
    Page,
    Work,
    answered,
    at_item,
    begin,
    changed,
    in_modal,
    quick_items,
    show,
    where,
)
from handlers.contract import Call, Desk, FixFields, OpenModal, ReplaceModal, Reply, memo
from playbook import blocker as blocker_rules
from playbook.checklist import MOVES, ChecklistLimits, Move, State, counts_from, snooze_choices
from playbook.sorry import Sorry
from playbook.tongue import phrase
from playbook.words import clean
from storage import checklist as store
from storage import contractor
from storage.path_tables import ChecklistItem

ALREADY = phrase("{who} had ticked that already. Nothing changed.")
MOST_SNOOZED = 366
STOOD = phrase("That stood like this already. Nothing changed.")


def page_of(call: Call, work: Work) -> Page:
    """Say where somebody is who pressed something: in a checklist, or at a letter or list."""
    if not in_modal(call):
        return Page(work.traveller.user_id, draw.LETTER)
    if not call.memo_record:
        return Page(work.traveller.user_id, draw.SEVERAL)
    page = Page.of(call)
    return Page(work.traveller.user_id, page.phase if page.user_id == work.traveller.user_id else "")


async def answer(work: Work, page: Page, lead: str) -> Reply:
    """Answer somebody who changed something, where they did it."""
    if page.phase != draw.SEVERAL:
        return await answered(work, page, lead)
    await changed(work.desk, work.traveller.user_id)
    return await several.show(work.call, work.desk, work.who, lead=lead)


async def chosen(call: Call, desk: Desk) -> Reply:
    """Do what was chosen behind the three dots: a move and the item's id."""
    name, _, item_id = call.value.partition(":")
    work, item = await at_item(call, desk, item_id)
    if name not in DO:
        raise Sorry(phrase("I don't know that one. Close this and open `/checklist` again."))
    return await DO[Move(name)](work, item, page_of(call, work))


def pressed(move: Move) -> Callable[[Call, Desk], Awaitable[Reply]]:
    """Give the handler of a button that carries an item's id."""

    async def handler(call: Call, desk: Desk) -> Reply:
        work, item = await at_item(call, desk, call.value)
        return await DO[move](work, item, page_of(call, work))

    return handler


async def _done(work: Work, item: ChecklistItem, page: Page) -> Reply:
    """Tick an item; one about security asks for its proof first."""
    work.need(item, Move.DONE)
    if item.state != store.TODO:
        return await answer(work, page, _already(item))
    if item.needs_proof:
        return _over(work, forms.proof(item.text, _memo(work, page, item), _limits(work), back=_back(page)))
    await store.done(work.desk.team, item.id, work.me, work.desk.now)
    return await answer(work, page, phrase("Done: {item}", item=kit.one_line(item.text, 300)))


def _already(item: ChecklistItem) -> str:
    return ALREADY.format(who=kit.mention(item.done_by)) if item.done_by else STOOD


async def _not_applicable(work: Work, item: ChecklistItem, page: Page) -> Reply:
    work.need(item, Move.NOT_APPLICABLE)
    if item.state != store.TODO:
        return await answer(work, page, _already(item))
    return _over(work, forms.why_not(item.text, _memo(work, page, item), _limits(work), back=_back(page)))


async def _snooze(work: Work, item: ChecklistItem, page: Page) -> Reply:
    work.need(item, Move.SNOOZE)
    if item.state != store.TODO:
        return await answer(work, page, _already(item))
    choices = snooze_choices(work.today)
    return _over(work, forms.snooze(item.text, choices, _memo(work, page, item), back=_back(page)))


async def _undo(work: Work, item: ChecklistItem, page: Page) -> Reply:
    """Have it be to do again; a proof goes, and its check with it."""
    if Move.UNDO not in MOVES[work.state(item)]:
        return await answer(work, page, STOOD)
    work.need(item, Move.UNDO)
    await store.undo(work.desk.team, item.id)
    return await answer(work, page, phrase("To do again: {item}", item=kit.one_line(item.text, 300)))


async def _verify(work: Work, item: ChecklistItem, page: Page) -> Reply:
    """Note that a proof was looked at, by somebody other than whoever gave it."""
    if item.verified_at is not None or not item.proof:
        return await answer(work, page, STOOD)
    if Move.VERIFY not in work.moves(item):
        who = phrase("operations, the manager or an admin, and not for who confirmed it")
        raise Sorry(phrase("To verify this is for {who}.", who=who))
    await store.verify(work.desk.team, item.id, work.me, work.desk.now)
    return await answer(work, page, phrase("Verified: {item}", item=kit.one_line(item.text, 300)))


async def _why(work: Work, item: ChecklistItem, page: Page) -> Reply:
    """Show the reason under an item, or hide it again."""
    again = Page.of(work.call).item_id == item.id
    return await show(work, Page(page.user_id, page.phase, "" if again else item.id))


async def _help(work: Work, item: ChecklistItem, page: Page) -> Reply:
    """Open the form for a blocker with the item's words; once it is raised, the item shows its number."""
    if Move.HELP not in work.moves(item):
        return await answer(work, page, STOOD)
    book, place = work.desk.playbook.blocker, work.traveller.place
    named, there = contractor.helpers(place), {one.user_id: one.name for one in work.traveller.people.values()}
    names = {}
    for kind in book.kinds:
        path = (named[role] for role in blocker_rules.helpers(kind.key, named, place.user_id, book))
        names[kind.key] = next((there[one] for one in path if one in there), "")
    filled = Filled(kit.clean(item.text, book.limits.what), blocker_rules.guess(item.text, book))
    view = blocker_form.form(book, filled, names, None, memo(where(work.call), "", item.id))
    return _over(work, view)


DO: Mapping[Move, Callable[[Work, ChecklistItem, Page], Awaitable[Reply]]] = {
    Move.DONE: _done,
    Move.NOT_APPLICABLE: _not_applicable,
    Move.SNOOZE: _snooze,
    Move.UNDO: _undo,
    Move.VERIFY: _verify,
    Move.WHY: _why,
    Move.HELP: _help,
}


def _over(work: Work, view: kit.View) -> Reply:
    """Show a form in the place of the list, so that no list of before stays under it; over a message, open it."""
    return ReplaceModal(view=view) if in_modal(work.call) else OpenModal(view=view)


def _memo(work: Work, page: Page, item: ChecklistItem) -> str:
    return memo(where(work.call), Page(work.traveller.user_id, page.phase, item.id).record)


def _back(page: Page) -> bool:
    return page.phase not in {draw.LETTER, draw.SEVERAL}


def _limits(work: Work) -> ChecklistLimits:
    return work.desk.playbook.checklist.limits


# Forms --------------------------------------------------------------------------------------------


async def _from_form(call: Call, desk: Desk) -> tuple[Work, ChecklistItem, Page]:
    page = Page.of(call)
    work, item = await at_item(call, desk, page.item_id)
    return work, item, Page(work.traveller.user_id, page.phase)


def _wrong(words: str, most: int, ask: str) -> str:
    if not words:
        return ask
    return (
        phrase("That is {words} characters; up to {most} fit.", words=len(words), most=most)
        if len(words) > most
        else ""
    )


async def not_applicable(call: Call, desk: Desk) -> Reply:
    """Take from its form why an item does not apply."""
    work, item, page = await _from_form(call, desk)
    words = clean(call.one("why_not"))
    if problem := _wrong(words, _limits(work).why_not, phrase("Please say in a few words why it does not apply.")):
        return FixFields({"why_not": problem})
    work.need(item, Move.NOT_APPLICABLE)
    if not await store.not_applicable(desk.team, item.id, work.me, desk.now, words):
        return await answer(work, page, _already(item))
    return await answer(work, page, phrase("Not applicable: {item}", item=kit.one_line(item.text, 300)))


async def snoozed(call: Call, desk: Desk) -> Reply:
    """Take from its form until when an item is put off."""
    work, item, page = await _from_form(call, desk)
    until = _day(call.one("day") or call.one("until"))
    if until is None or until <= work.today:
        return FixFields({"day": phrase("Please choose a day after today.")})
    if (until - work.today).days > MOST_SNOOZED:
        return FixFields(
            {"day": phrase("That is more than a year away. Choose an earlier day, or say it does not apply.")}
        )
    work.need(item, Move.SNOOZE)
    if not await store.snooze(desk.team, item.id, until):
        return await answer(work, page, _already(item))
    return await answer(
        work, page, phrase("Put off to {until}: {item}", until=kit.day_name(until), item=kit.one_line(item.text, 300))
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


async def proven(call: Call, desk: Desk) -> Reply:
    """Take from its form how something about security was confirmed."""
    work, item, page = await _from_form(call, desk)
    words = clean(call.one("proof"))
    if problem := _wrong(words, _limits(work).proof, phrase("Please say in a few words how you know that it is done.")):
        return FixFields({"proof": problem})
    work.need(item, Move.DONE)
    if not await store.done(desk.team, item.id, work.me, desk.now, words):
        return await answer(work, page, _already(item))
    return await answer(work, page, phrase("Confirmed: {item}", item=kit.one_line(item.text, 300)))


# Several at once ----------------------------------------------------------------------------------


async def quick(call: Call, desk: Desk) -> Reply:
    """Show the same items with ticks."""
    work = await begin(call, desk, call.value or call.user_id)
    page = page_of(call, work)
    items = quick_items(work, page.phase)
    left_out = len(items) < len([one for one in work.items if not page.phase or one.phase == page.phase])
    ticked = [one.id for one in items if one.state == store.DONE]
    seen = memo(where(call), Page(work.traveller.user_id, page.phase, ",".join(ticked)).record)
    view = draw.quick([_tick(work, one) for one in items], seen, left_out=left_out)
    return ReplaceModal(view=view) if in_modal(call) else OpenModal(view=view)


def _tick(work: Work, item: ChecklistItem) -> draw.Tick:
    put_off = None if work.state(item) is State.SOMEDAY else item.snoozed_until
    doer = work.traveller.who(item.owner, *FALLBACKS)
    owner = phrase("you") if work.owns(item) else doer.name if doer else CALLED.get(item.owner, item.owner)
    return draw.Tick(item, counts_from(item.due, put_off), owner, ticked=item.state == store.DONE)


async def quick_saved(call: Call, desk: Desk) -> Reply:
    """Keep only what somebody changed: what others ticked or unticked meanwhile stays as they left it."""
    seen = Page.of(call)
    work = await begin(call, desk, seen.user_id)
    before = frozenset(filter(None, seen.item_id.split(",")))
    after = frozenset(one for name in call.fields if name.startswith("tick_") for one in call.many(name))
    items = {one.id: one for one in work.items}
    ticked = [one for one in sorted(after - before) if one in items and Move.DONE in work.moves(items[one])]
    opened = [one for one in sorted(before - after) if one in items and _may_open(work, items[one])]
    ticked = [one for one in ticked if not items[one].needs_proof]
    for one in ticked:
        await store.done(desk.team, one, work.me, desk.now)
    for one in opened:
        await store.undo(desk.team, one)
    return await answer(work, Page(seen.user_id, seen.phase), _said(len(ticked), len(opened)))


def _may_open(work: Work, item: ChecklistItem) -> bool:
    return item.state == store.DONE and Move.UNDO in work.moves(item)


def _said(ticked: int, opened: int) -> str:
    parts = [phrase("{ticked} ticked", ticked=ticked)] if ticked else []
    parts += [phrase("{opened} to do again", opened=opened)] if opened else []
    return phrase("Saved: {parts}.", parts=", ".join(parts)) if parts else phrase("Nothing had changed.")


async def prepare(call: Call, desk: Desk) -> Reply:
    """Have a checklist made for a contractor who has none yet."""
    work = await begin(call, desk, call.value)
    if not work.leads:
        raise Sorry(phrase("Their manager or an admin can prepare it. Please ask them."))
    await lay_one(desk, work.traveller)
    return await answer(work, Page(call.value), phrase("The checklist is prepared."))
