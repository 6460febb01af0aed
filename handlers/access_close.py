"""Closing tools behind somebody who leaves: operations is asked, reminded until all are closed, and ticks them."""

from collections.abc import Sequence
from datetime import timedelta

from blocks import access_close as draw
from blocks.access_close import Leaver
from handlers.access_work import ALONE
from handlers.contract import Call, Desk, Due, Duty, Kind, Letters, OpenModal, ReplaceModal, Reply, Route, Sample, soon
from handlers.path import may_about
from handlers.who import asker
from playbook.access import Closing
from playbook.days import local_day, next_at, read_weekdays
from playbook.offboarding import morning_of
from playbook.roles import Action
from playbook.sorry import Sorry
from playbook.tongue import phrase
from storage import access, outbox, people, timetable, workspace
from storage import access_close as store
from storage import offboarding as partings
from storage.growth_tables import Offboarding
from storage.outbox import Lane, Post, Redraw
from storage.path import Traveller
from storage.tables import Contractor
from storage.timetable import When

BEGIN, REMIND = "access.closing", "access.closing_due"
NOT_YOURS = phrase("I find nobody by that name who is leaving and whose tools you look after.")
NOT_A_CLOSER = phrase("Operations closes tools, and so do admins. You can ask them, and see here when it is done.")
WEEK, LONG = timedelta(days=7), timedelta(days=30)
MINUTE = timedelta(minutes=1)
USUAL = frozenset(range(5))


async def asked(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Bring operations the tools of somebody who leaves, let what was sent follow, and plan the reminders."""
    letters: list[Letters] = []
    for one in due:
        row = await partings.find(desk.team, one.subject)
        _, place = await people.actor(desk.team, row.user_id) if row else (None, None)
        if row is None or place is None:
            continue
        tools, to = await store.closings(desk.team, row.user_id), await receiver(desk, row, place)
        leaver = _leaver(row, instead=to != await _operations(desk, place))
        if row.cancelled_at is None and to and tools:
            drawn = draw.card(leaver, tools, desk.playbook.offboarding.shown_tools)
            letters.append(Post(f"{about(row)}:card:{to}", to, *drawn, Lane.AGENDA, WEEK, about(row)))
        letters += await redrawn(desk, row, tools, instead=leaver.instead)
        await _plan(desk, row, to, _left(tools))
    return letters


def about(row: Offboarding) -> str:
    """Name what the letters about closing somebody's tools are about."""
    return f"closing:{row.id}"


def _leaver(row: Offboarding, *, instead: bool = False) -> Leaver:
    return Leaver(row.user_id, row.last_on, row.ended_at is not None, row.cancelled_at is not None, instead)


def _left(tools: Sequence[Closing]) -> int:
    return sum(one.to_close for one in tools)


async def _operations(desk: Desk, place: Contractor) -> str:
    office = await workspace.get(desk.team)
    named = (place.operations_id, office.operations_id)
    there = [one for one in named if one and await people.here(desk.team, one)]
    return there[0] if there else ""


async def receiver(desk: Desk, row: Offboarding, place: Contractor) -> str:
    """Say who closes the tools: operations, else the manager, else whoever began it or an admin; "" for nobody."""
    admins = [one.user_id for one in await people.admins(desk.team)]
    chain = [await _operations(desk, place), place.manager_id, row.began_by, *sorted(desk.admins), *admins]
    for one in chain:
        if one != row.user_id and await people.here(desk.team, one):
            return one
    return ""


async def redrawn(
    desk: Desk, row: Offboarding, tools: Sequence[Closing], *, instead: bool = False
) -> Sequence[Letters]:
    """Draw every letter about closing these tools anew."""
    leaver, most = _leaver(row, instead=instead), desk.playbook.offboarding.shown_tools
    drawn = {
        "card": draw.card(leaver, tools, most),
        "remind": draw.reminder(leaver, tools, most),
        "manager": draw.for_manager(leaver, tools),
    }
    settled = leaver.stays or not _left(tools)
    keys = await outbox.keys_about(desk.team, about(row))
    return [Redraw(key, *drawn[key.split(":")[2]], settled=settled) for key in keys]


async def _plan(desk: Desk, row: Offboarding, to: str, left: int) -> None:
    """Set the next reminder: the morning of the last day, and then each working morning while anything is open."""
    await timetable.drop(desk.team, row.id, [REMIND])
    person = await people.find(desk.team, to) if to else None
    if row.cancelled_at is not None or not left or person is None:
        return
    book, office = desk.playbook.offboarding, await workspace.get(desk.team)
    first = morning_of(row.last_on, person.zone, book)
    weekdays = read_weekdays(office.weekdays) or USUAL
    at = next_at(weekdays, book.morning, person.zone, max(first - MINUTE, desk.now))
    await timetable.put(desk.team, REMIND, {row.id: When(at)})


async def remind(desk: Desk, due: Sequence[Due]) -> Sequence[Letters]:
    """Remind operations of what is open, and after the last day tell the manager once as well."""
    letters: list[Letters] = []
    for one in due:
        row = await partings.find(desk.team, one.subject)
        _, place = await people.actor(desk.team, row.user_id) if row else (None, None)
        tools = await store.closings(desk.team, row.user_id) if row else ()
        if row is None or place is None or row.cancelled_at is not None or row.returned_at is not None:
            continue
        to = await receiver(desk, row, place)
        if _left(tools) and to:
            letters += await _reminders(desk, row, place, tools, to)
        await _plan(desk, row, to, _left(tools))
    return letters


async def _reminders(
    desk: Desk, row: Offboarding, place: Contractor, tools: Sequence[Closing], to: str
) -> Sequence[Letters]:
    person = await people.find(desk.team, to)
    today = local_day(desk.now, person.zone if person else "UTC")
    drawn = draw.reminder(_leaver(row), tools, desk.playbook.offboarding.shown_tools)
    key = f"{about(row)}:remind:{today}:{to}"
    letters = [Post(key, to, *drawn, Lane.AGENDA, about=about(row), nudge="access.closing")]
    manager = place.manager_id
    if row.ended_at is not None and manager != to and await people.here(desk.team, manager):
        said = draw.for_manager(_leaver(row), tools)
        letters.append(Post(f"{about(row)}:manager:{manager}", manager, *said, Lane.AGENDA, WEEK, about(row)))
    return letters


async def _case(call: Call, desk: Desk, user_id: str) -> tuple[Offboarding, bool]:
    """Give the parting of somebody and whether who asks closes tools; raises Sorry for those it does not concern."""
    who = await asker(call, desk)
    _, place = await people.actor(desk.team, user_id)
    row = await partings.current(desk.team, user_id)
    if place is None or row is None or user_id == call.user_id:
        raise Sorry(NOT_YOURS)
    closes = await may_about(desk, Action.ACCESS_CLOSE, who.person, place)
    closes = closes or call.user_id == await receiver(desk, row, place)
    if not closes and not await may_about(desk, Action.OFFBOARDING_LEAD, who.person, place):
        raise Sorry(NOT_YOURS)
    return row, closes


async def shown(call: Call, desk: Desk) -> Reply:
    """Show every tool of somebody who leaves."""
    row, closes = await _case(call, desk, call.value)
    view = draw.page(_leaver(row), await store.closings(desk.team, row.user_id), closes=closes)
    return ReplaceModal(view=view) if _in_page(call) else OpenModal(view=view)


def _in_page(call: Call) -> bool:
    return bool(call.view_id) and not call.from_home


async def closed(call: Call, desk: Desk) -> Reply:
    """Note that a tool is closed."""
    row, tool_id = await _tool(call, desk)
    await store.close(desk.team, row.user_id, tool_id, call.user_id, desk.now)
    return await _answer(call, desk, row)


async def unclosed(call: Call, desk: Desk) -> Reply:
    """Take back that a tool is closed."""
    row, tool_id = await _tool(call, desk)
    await store.unclose(desk.team, row.user_id, tool_id)
    return await _answer(call, desk, row)


async def _tool(call: Call, desk: Desk) -> tuple[Offboarding, str]:
    user_id, _, tool_id = call.value.partition(":")
    row, closes = await _case(call, desk, user_id)
    if not closes:
        raise Sorry(NOT_A_CLOSER)
    if tool_id not in {one.tool_id for one in await store.closings(desk.team, user_id)}:
        raise Sorry(phrase("This tool is not in the Toolbox any more, so there is nothing to do about it."))
    return row, tool_id


async def _answer(call: Call, desk: Desk, row: Offboarding) -> Reply:
    """Let every letter follow, and the page if somebody is on it."""
    tools = await store.closings(desk.team, row.user_id)
    letters = await redrawn(desk, row, tools)
    _, place = await people.actor(desk.team, row.user_id)
    await _plan(desk, row, await receiver(desk, row, place) if place else "", _left(tools))
    await soon(desk, ("home.redraw", place.manager_id if place else ""))
    if not _in_page(call):
        return Reply(posts=tuple(letters))
    return ReplaceModal(view=draw.page(_leaver(row), tools, closes=True)).also(*letters)


async def _sample(desk: Desk, traveller: Traveller) -> draw.Drawn:
    tools = [Closing(one.id, one.name, one.link, one.critical) for one in await access.tools(desk.team)]
    leaver = Leaver(traveller.user_id, (desk.now + timedelta(days=28)).date(), instead=not traveller.id_of(ALONE[0]))
    most = desk.playbook.offboarding.shown_tools
    return draw.card(leaver, sorted(tools, key=lambda one: not one.critical), most)


ROUTES: tuple[Route, ...] = (
    Route(Kind.ACTION, draw.CLOSING, shown, opens=True),
    Route(Kind.ACTION, draw.CLOSED, closed),
    Route(Kind.ACTION, draw.UNCLOSED, unclosed),
)
SAMPLES: tuple[Sample, ...] = (
    Sample(phrase("Everything to close"), "operations", phrase("when an offboarding begins"), _sample),
)
DUTIES: tuple[Duty, ...] = (
    Duty(BEGIN, asked, catch_up=LONG),
    Duty(REMIND, remind, catch_up=LONG),
)
