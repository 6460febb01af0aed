"""Checklist templates as a whole: a new one for a role, another name, taking one away, and what its dates would be."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from blocks import checklist_template as draw
from blocks import kit
from handlers.checklist_lay import usual_weekdays
from handlers.checklist_spot import Spot, allowed, items_of, show, too_long
from handlers.contract import Call, Desk, FixFields, ReplaceModal, Reply
from playbook.checklist import Thing, dates
from playbook.days import local_day
from playbook.path import Path
from playbook.sorry import Sorry
from playbook.tongue import ENGLISH, phrase, say
from playbook.words import clean
from storage import checklist_lay as store
from storage import workspace

EXAMPLE_DAYS = 14


async def new(call: Call, desk: Desk) -> Reply:
    """Ask for the name of a new template."""
    await allowed(call, desk)
    spot, book = Spot.of(call), desk.playbook.checklist
    if len(await store.names(desk.team)) >= book.limits.templates:
        raise Sorry(
            phrase(
                "There are {templates} templates, which is the most. Remove one first.", templates=book.limits.templates
            )
        )
    view = draw.name_form(replace(spot, key="new").memo(call), book, draw.called(spot.name, book))
    return ReplaceModal(view=view)


async def rename(call: Call, desk: Desk) -> Reply:
    """Ask for another name."""
    await allowed(call, desk)
    spot, book = Spot.of(call), desk.playbook.checklist
    return ReplaceModal(view=draw.name_form(replace(spot, key="rename").memo(call), book, "", spot.name))


async def named(call: Call, desk: Desk) -> Reply:
    """Keep a new template, or another name for one."""
    await allowed(call, desk)
    spot, book = Spot.of(call), desk.playbook.checklist
    name = " ".join(clean(call.one("name")).replace("|", "/").split())
    if problem := await _name_problem(desk, name, spot.name if spot.key == "rename" else ""):
        return FixFields({"name": problem})
    await store.put_template(desk.team, name, await items_of(desk, spot.name), call.user_id, desk.now)
    if spot.key == "rename" and name != spot.name:
        await store.rename_for_people(desk.team, spot.name, name)
        await store.drop_template(desk.team, spot.name)
    done = (
        phrase("Renamed")
        if spot.key == "rename"
        else phrase("Made from {spot}", spot=kit.one_line(draw.called(spot.name, book)))
    )
    return await show(call, desk, Spot(name, spot.phase), f"{done}: {kit.one_line(name)}.")


async def _name_problem(desk: Desk, name: str, own: str) -> str:
    book = desk.playbook.checklist
    taken = {one.casefold() for one in (*await store.names(desk.team), say(book.standard_name, ENGLISH)) if one != own}
    if not name:
        return phrase("Please name the role, like Designer.")
    if name.casefold() in taken or name == draw.STANDARD:
        return phrase("There is one of that name already. Choose another name.")
    return too_long(name, book.limits.name)


async def removed(call: Call, desk: Desk) -> Reply:
    """Remove a template, after the question whether it is meant."""
    await allowed(call, desk)
    spot = Spot.of(call)
    if not spot.name:
        raise Sorry(phrase("The standard template stays: everybody begins with it."))
    await store.drop_template(desk.team, spot.name)
    return await show(call, desk, Spot(phase=spot.phase), phrase("Removed: {spot}.", spot=kit.one_line(spot.name)))


async def reset(call: Call, desk: Desk) -> Reply:
    """Go back to the playbook's standard."""
    await allowed(call, desk)
    await store.drop_template(desk.team, "")
    return await show(call, desk, Spot(phase=Spot.of(call).phase), phrase("The playbook's items count again."))


# Preview ------------------------------------------------------------------------------------------


async def preview(call: Call, desk: Desk) -> Reply:
    """Show the dates for an example start: in two weeks, or on the day that was chosen."""
    await allowed(call, desk)
    spot, book = Spot.of(call), desk.playbook.checklist
    start = _start(call.value) or local_day(desk.now, "UTC") + timedelta(days=EXAMPLE_DAYS)
    office = await workspace.get(desk.team)
    path = Path(start, "UTC", usual_weekdays(office, desk), office.country)
    items = await items_of(desk, spot.name)
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
