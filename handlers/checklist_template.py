"""The editor of checklist templates: `/contractor checklist`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import get_args

from blocks import checklist_template as draw
from blocks import kit
from blocks.checklist_template import ALSO, PROOF, Design, Filled
from handlers.checklist_lay import LAY, usual_weekdays
from handlers.checklist_work import in_modal
from handlers.contract import Call, Desk, FixFields, Kind, OpenModal, ReplaceModal, Reply, Route, memo, soon
from handlers.path import actor
from handlers.who import asker
from playbook.checklist import LEAST_DAY, MOST_DAY, Owner, Thing, dates
from playbook.days import local_day
from playbook.path import Path
from playbook.roles import Action, require
from playbook.sorry import Sorry
from playbook.words import clean
from storage import checklist_lay as store
from storage import workspace
from storage.columns import new_id

GONE = "That item is not in this template any more. Close this and open `/contractor checklist` again."
EXAMPLE_DAYS = 14


@dataclass(frozen=True)
class Spot:
    """Where somebody is in the editor: the template, the phase, and the item or form they are at."""

    name: str = ""
    phase: str = ""
    key: str = ""

    @classmethod
    def of(cls, call: Call) -> "Spot":
        """Read it from the form somebody is in."""
        phase, _, rest = call.memo_record.partition(":")
        key, _, name = rest.partition(":")
        return cls(name, phase, key)

    def memo(self, call: Call) -> str:
        """Write it down, for `of`."""
        channel = call.memo_channel if in_modal(call) else call.channel_id
        return memo(channel, f"{self.phase}:{self.key}:{self.name}")


async def _allowed(call: Call, desk: Desk) -> None:
    who = await asker(call, desk)
    require(Action.TEMPLATE_CHANGE, await actor(desk, who.person))


async def _items(desk: Desk, name: str) -> tuple[Thing, ...]:
    return await store.things(desk.team, name, desk.playbook.checklist)


async def _show(call: Call, desk: Desk, spot: Spot, lead: str = "") -> Reply:
    book, names = desk.playbook.checklist, await store.names(desk.team)
    name = spot.name if spot.name in names else ""
    phase = spot.phase if spot.phase in {one.key for one in book.phases} else book.phases[0].key
    items = await _items(desk, name)
    people = len(await store.people_with(desk.team, name))
    own = await store.is_own(desk.team, name)
    view = draw.editor(Design(name, names, items, phase, own, people, lead), book, Spot(name, phase).memo(call))
    return ReplaceModal(view=view) if call.kind is Kind.FORM or in_modal(call) else OpenModal(view=view)


async def opened(call: Call, desk: Desk) -> Reply:
    """Open the editor with the standard template."""
    await _allowed(call, desk)
    return await _show(call, desk, Spot())


async def chosen(call: Call, desk: Desk) -> Reply:
    """Show another template."""
    await _allowed(call, desk)
    return await _show(call, desk, replace(Spot.of(call), name="" if call.value == draw.STANDARD else call.value))


async def phase_chosen(call: Call, desk: Desk) -> Reply:
    """Show another phase."""
    await _allowed(call, desk)
    return await _show(call, desk, replace(Spot.of(call), phase=call.value))


async def back(call: Call, desk: Desk) -> Reply:
    """Show the template again in the place of a form."""
    await _allowed(call, desk)
    return await _show(call, desk, Spot.of(call))


# Items --------------------------------------------------------------------------------------------


async def add(call: Call, desk: Desk) -> Reply:
    """Ask for a new item."""
    await _allowed(call, desk)
    spot = replace(Spot.of(call), key="")
    if len(await _items(desk, spot.name)) >= desk.playbook.checklist.limits.items:
        raise Sorry(f"A template holds {desk.playbook.checklist.limits.items} items. Remove one first.")
    return await _item_form(call, desk, spot, Filled())


async def row_chosen(call: Call, desk: Desk) -> Reply:
    """Edit or remove an item: what was chosen, and its key."""
    await _allowed(call, desk)
    what, _, key = call.value.partition(":")
    spot = replace(Spot.of(call), key=key)
    thing = _thing(await _items(desk, spot.name), key)
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
    await _allowed(call, desk)
    spot = Spot.of(call)
    if errors := _problems(call, desk):
        return FixFields(errors)
    await store.lock_template(desk.team, spot.name)
    items = list(await _items(desk, spot.name))
    before = _thing(items, spot.key) if spot.key else None
    thing = _read(call, before)
    at = items.index(before) if before else len(items)
    items[at : at + 1] = [thing]
    await store.put_template(desk.team, spot.name, items, call.user_id, desk.now)
    return await _kept(call, desk, replace(spot, phase=thing.phase), f"Saved: {kit.one_line(thing.text, 300)}")


def _problems(call: Call, desk: Desk) -> dict[str, str]:
    limits, text, reason = desk.playbook.checklist.limits, clean(call.one("text")), clean(call.one("reason"))
    phases = {one.key for one in desk.playbook.checklist.phases}
    checks = {
        "text": "Please say what is to be done." if not text else _long(text, limits.text),
        "reason": _long(reason, limits.reason),
        "owner": "" if call.one("owner") in get_args(Owner) else "Please choose who does it.",
        "day": "" if _day(call.one("day")) is not None else f"Write a whole number from {LEAST_DAY} to {MOST_DAY}.",
        "phase": "" if call.one("phase") in phases else "Please choose a phase.",
    }
    return {field: sentence for field, sentence in checks.items() if sentence}


def _long(words: str, most: int) -> str:
    return f"That is {len(words)} characters; up to {most} fit." if len(words) > most else ""


def _day(text: str) -> int | None:
    try:
        day = int(text.replace("−", "-").casefold().removeprefix("day").strip())
    except ValueError:
        return None
    return day if LEAST_DAY <= day <= MOST_DAY else None


def _read(call: Call, before: Thing | None) -> Thing:
    values = {
        "key": before.key if before else f"t{new_id()[:12]}",
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
    await _allowed(call, desk)
    spot = Spot.of(call)
    await store.lock_template(desk.team, spot.name)
    items = await _items(desk, spot.name)
    thing = _thing(items, spot.key)
    left = [one for one in items if one.key != spot.key]
    await store.put_template(desk.team, spot.name, left, call.user_id, desk.now)
    return await _kept(call, desk, spot, f"Removed: {kit.one_line(thing.text, 300)}")


async def _kept(call: Call, desk: Desk, spot: Spot, lead: str) -> Reply:
    """Let those follow who are on the path with the template, if that was wished, and show it."""
    people = await store.people_with(desk.team, spot.name) if ALSO in call.many("more") else ()
    await soon(desk, *((LAY, one) for one in people))
    more = f" {kit.plural(len(people), 'person has', 'people have')} it too now." if people else ""
    return await _show(call, desk, replace(spot, key=""), f"{lead}.{more}")


# Templates ----------------------------------------------------------------------------------------


async def new(call: Call, desk: Desk) -> Reply:
    """Ask for the name of a new template."""
    await _allowed(call, desk)
    spot, book = Spot.of(call), desk.playbook.checklist
    if len(await store.names(desk.team)) >= book.limits.templates:
        raise Sorry(f"There are {book.limits.templates} templates, which is the most. Remove one first.")
    view = draw.name_form(replace(spot, key="new").memo(call), book, draw.called(spot.name, book))
    return ReplaceModal(view=view)


async def rename(call: Call, desk: Desk) -> Reply:
    """Ask for another name."""
    await _allowed(call, desk)
    spot, book = Spot.of(call), desk.playbook.checklist
    return ReplaceModal(view=draw.name_form(replace(spot, key="rename").memo(call), book, "", spot.name))


async def named(call: Call, desk: Desk) -> Reply:
    """Keep a new template, or another name for one."""
    await _allowed(call, desk)
    spot, book = Spot.of(call), desk.playbook.checklist
    name = " ".join(clean(call.one("name")).replace("|", "/").split())
    if problem := await _name_problem(desk, name, spot.name if spot.key == "rename" else ""):
        return FixFields({"name": problem})
    await store.put_template(desk.team, name, await _items(desk, spot.name), call.user_id, desk.now)
    if spot.key == "rename" and name != spot.name:
        await store.rename_for_people(desk.team, spot.name, name)
        await store.drop_template(desk.team, spot.name)
    done = "Renamed" if spot.key == "rename" else f"Made from {kit.one_line(draw.called(spot.name, book))}"
    return await _show(call, desk, Spot(name, spot.phase), f"{done}: {kit.one_line(name)}.")


async def _name_problem(desk: Desk, name: str, own: str) -> str:
    book = desk.playbook.checklist
    taken = {one.casefold() for one in (*await store.names(desk.team), book.standard_name) if one != own}
    if not name:
        return "Please name the role, like Designer."
    if name.casefold() in taken or name == draw.STANDARD:
        return "There is one of that name already. Choose another name."
    return _long(name, book.limits.name)


async def removed(call: Call, desk: Desk) -> Reply:
    """Remove a template, after the question whether it is meant."""
    await _allowed(call, desk)
    spot = Spot.of(call)
    if not spot.name:
        raise Sorry("The standard template stays: everybody begins with it.")
    await store.drop_template(desk.team, spot.name)
    return await _show(call, desk, Spot(phase=spot.phase), f"Removed: {kit.one_line(spot.name)}.")


async def reset(call: Call, desk: Desk) -> Reply:
    """Go back to the playbook's standard."""
    await _allowed(call, desk)
    await store.drop_template(desk.team, "")
    return await _show(call, desk, Spot(phase=Spot.of(call).phase), "The playbook's items count again.")


# Preview ------------------------------------------------------------------------------------------


async def preview(call: Call, desk: Desk) -> Reply:
    """Show the dates for an example start: in two weeks, or on the day that was chosen."""
    await _allowed(call, desk)
    spot, book = Spot.of(call), desk.playbook.checklist
    start = _start(call.value) or local_day(desk.now, "UTC") + timedelta(days=EXAMPLE_DAYS)
    office = await workspace.get(desk.team)
    path = Path(start, "UTC", usual_weekdays(office, desk), office.country)
    items = await _items(desk, spot.name)
    days = dates(path, [thing.day for thing in items])
    phases: Mapping[str, list[tuple[Thing, date]]] = {phase.key: [] for phase in book.phases}
    for thing in sorted(items, key=lambda one: one.day):
        phases.get(thing.phase, []).append((thing, days[thing.day]))
    shown = {phase: things for phase, things in phases.items() if things}
    return ReplaceModal(view=draw.preview(spot.name, shown, start, book, spot.memo(call)))


def _start(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


ROUTES: tuple[Route, ...] = (
    Route(Kind.ACTION, draw.CHOOSE, chosen),
    Route(Kind.ACTION, draw.PHASE, phase_chosen),
    Route(Kind.ACTION, draw.ROW, row_chosen),
    Route(Kind.ACTION, draw.ADD, add),
    Route(Kind.ACTION, draw.NEW, new),
    Route(Kind.ACTION, draw.RENAME, rename),
    Route(Kind.ACTION, draw.REMOVE, removed),
    Route(Kind.ACTION, draw.RESET, reset),
    Route(Kind.ACTION, draw.PREVIEW, preview),
    Route(Kind.ACTION, draw.DAY, preview),
    Route(Kind.ACTION, draw.BACK, back),
    Route(Kind.FORM, draw.ITEM_FORM, item_saved),
    Route(Kind.FORM, draw.NAME_FORM, named),
    Route(Kind.FORM, draw.GONE_FORM, item_gone),
)
