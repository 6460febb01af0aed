"""The editor of checklist templates: `/contractor checklist`, and the items of a template."""

from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

from blocks import checklist_template as draw
from blocks import kit
from blocks.checklist_template import ALSO, PROOF, Filled
from handlers import checklist_names as names
from handlers.checklist_lay import LAY
from handlers.checklist_spot import Spot, allowed, items_of, show, too_long
from handlers.contract import Call, Desk, FixFields, Kind, ReplaceModal, Reply, Route, Say, soon
from playbook.checklist import LEAST_DAY, MOST_DAY, Owner, Thing
from playbook.sorry import Sorry
from playbook.tongue import numbered, phrase
from playbook.words import clean
from storage import checklist_lay as store
from storage.columns import new_id

GONE = phrase("That item is not in this template any more. Close this and open `/contractor checklist` again.")


async def opened(call: Call, desk: Desk) -> Reply:
    """Open the editor with the standard template."""
    await allowed(call, desk)
    if call.kind is Kind.EVENT:
        text, blocks = draw.offer()
        return Say(text=text, blocks=blocks)
    return await show(call, desk, Spot())


async def chosen(call: Call, desk: Desk) -> Reply:
    """Show another template."""
    await allowed(call, desk)
    return await show(call, desk, replace(Spot.of(call), name="" if call.value == draw.STANDARD else call.value))


async def phase_chosen(call: Call, desk: Desk) -> Reply:
    """Show another phase."""
    await allowed(call, desk)
    return await show(call, desk, replace(Spot.of(call), phase=call.value))


async def back(call: Call, desk: Desk) -> Reply:
    """Show the template again in the place of a form."""
    await allowed(call, desk)
    return await show(call, desk, Spot.of(call))


# Items --------------------------------------------------------------------------------------------


async def add(call: Call, desk: Desk) -> Reply:
    """Ask for a new item."""
    await allowed(call, desk)
    spot = replace(Spot.of(call), key="")
    if len(await items_of(desk, spot.name)) >= desk.playbook.checklist.limits.items:
        raise Sorry(
            phrase("A template holds {items} items. Remove one first.", items=desk.playbook.checklist.limits.items)
        )
    return await _item_form(call, desk, spot, Filled())


async def row_chosen(call: Call, desk: Desk) -> Reply:
    """Edit or remove an item: what was chosen, and its key."""
    await allowed(call, desk)
    what, _, key = call.value.partition(":")
    spot = replace(Spot.of(call), key=key)
    thing = _thing(await items_of(desk, spot.name), key)
    if what == "remove":
        people = len(await store.people_with(desk.team, spot.name))
        return ReplaceModal(view=draw.gone_form(thing, spot.memo(call), people))
    filled = Filled(thing.text, thing.reason, thing.owner, str(thing.day), thing.needs_proof)
    return await _item_form(call, desk, spot, filled)


def _thing(items: Sequence[Thing], key: str) -> Thing:
    found = next((thing for thing in items if thing.key == key), None)
    if found is None:
        raise Sorry(GONE)
    return found


async def _item_form(call: Call, desk: Desk, spot: Spot, filled: Filled) -> Reply:
    book, people = desk.playbook.checklist, len(await store.people_with(desk.team, spot.name))
    view = draw.item_form(filled, spot.phase, book, spot.memo(call), known=bool(spot.key), people=people)
    return ReplaceModal(view=view)


async def item_saved(call: Call, desk: Desk) -> Reply:
    """Keep a new or changed item; what others changed in the template meanwhile stays."""
    await allowed(call, desk)
    spot = Spot.of(call)
    if errors := _problems(call, desk):
        return FixFields(errors)
    await store.lock_template(desk.team, spot.name)
    items = list(await items_of(desk, spot.name))
    before = _thing(items, spot.key) if spot.key else None
    thing = _read(call, before)
    at = items.index(before) if before else len(items)
    items[at : at + 1] = [thing]
    await store.put_template(desk.team, spot.name, items, call.user_id, desk.now)
    return await _kept(
        call, desk, replace(spot, phase=thing.phase), phrase("Saved: {thing}", thing=kit.one_line(thing.text, 300))
    )


def _problems(call: Call, desk: Desk) -> dict[str, str]:
    limits, text, reason = desk.playbook.checklist.limits, clean(call.one("text")), clean(call.one("reason"))
    phases = {one.key for one in desk.playbook.checklist.phases}
    checks = {
        "text": phrase("Please say what is to be done.") if not text else too_long(text, limits.text),
        "reason": too_long(reason, limits.reason),
        "owner": "" if call.one("owner") in get_args(Owner) else phrase("Please choose who does it."),
        "day": ""
        if _day(call.one("day")) is not None
        else phrase("Write a whole number from {least_day} to {most_day}.", least_day=LEAST_DAY, most_day=MOST_DAY),
        "phase": "" if call.one("phase") in phases else phrase("Please choose a phase."),
    }
    return {field: sentence for field, sentence in checks.items() if sentence}


def _day(text: str) -> int | None:
    try:
        day = int(text.replace("−", "-").casefold().removeprefix("day").strip())
    except ValueError:
        return None
    return day if LEAST_DAY <= day <= MOST_DAY else None


def _read(call: Call, before: Thing | None) -> Thing:
    values = {
        "key": before.key if before else f"t{new_id()[-12:]}",
        "phase": call.one("phase"),
        "text": clean(call.one("text")),
        "reason": clean(call.one("reason")),
        "owner": call.one("owner"),
        "day": _day(call.one("day")) or 0,
        "auto": before.auto if before else "",
        "needs_proof": PROOF in call.many("more"),
    }
    return Thing.model_validate(values)


async def item_gone(call: Call, desk: Desk) -> Reply:
    """Take an item out of a template."""
    await allowed(call, desk)
    spot = Spot.of(call)
    await store.lock_template(desk.team, spot.name)
    items = await items_of(desk, spot.name)
    thing = _thing(items, spot.key)
    left = [one for one in items if one.key != spot.key]
    await store.put_template(desk.team, spot.name, left, call.user_id, desk.now)
    return await _kept(call, desk, spot, phrase("Removed: {thing}", thing=kit.one_line(thing.text, 300)))


async def _kept(call: Call, desk: Desk, spot: Spot, lead: str) -> Reply:
    """Let those follow who are on the path with the template, if that was wished, and show it."""
    people = await store.people_with(desk.team, spot.name) if ALSO in call.many("more") else ()
    await soon(desk, *((LAY, one) for one in people))
    more = (
        phrase(" {person_has} it too now.", person_has=numbered("{n} person has", "{n} people have", len(people)))
        if people
        else ""
    )
    return await show(call, desk, replace(spot, key=""), f"{lead}.{more}")


ROUTES: tuple[Route, ...] = (
    Route(Kind.ACTION, draw.OPEN, opened, opens=True),
    Route(Kind.ACTION, draw.CHOOSE, chosen),
    Route(Kind.ACTION, draw.PHASE, phase_chosen),
    Route(Kind.ACTION, draw.ROW, row_chosen),
    Route(Kind.ACTION, draw.ADD, add),
    Route(Kind.ACTION, draw.NEW, names.new),
    Route(Kind.ACTION, draw.RENAME, names.rename),
    Route(Kind.ACTION, draw.REMOVE, names.removed),
    Route(Kind.ACTION, draw.RESET, names.reset),
    Route(Kind.ACTION, draw.PREVIEW, names.preview),
    Route(Kind.ACTION, draw.DAY, names.preview),
    Route(Kind.ACTION, draw.BACK, back),
    Route(Kind.FORM, draw.ITEM_FORM, item_saved),
    Route(Kind.FORM, draw.NAME_FORM, names.named),
    Route(Kind.FORM, draw.GONE_FORM, item_gone),
)
