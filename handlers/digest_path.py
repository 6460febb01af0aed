"""What a digest says of contractors' first weeks: checklists, access, and people who are missing around them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, timedelta
from typing import TypeVar

from handlers.contract import Desk
from playbook.access import Line
from playbook.days import local_day
from playbook.digest import Alone, DigestBook, Overdue, Preparing, Unready, alone
from storage import access
from storage import digest as facts
from storage.contractor import helpers
from storage.digest import Item
from storage.path import Traveller, travellers
from storage.tables import Contractor, Person

FAR = timedelta(days=60)
Told = TypeVar("Told")


async def preparing(
    desk: Desk, members: Sequence[tuple[Contractor, Person]], whose: facts.Whose
) -> Mapping[str, Preparing]:
    """Gather by manager what is not as it should be, in a handful of queries however many contractors there are."""
    found = await travellers(desk.team, [place.user_id for place, _ in members])
    today, book = desk.now.astimezone(UTC).date(), desk.playbook.digest
    items = defaultdict(list)
    for item in await facts.open_items(desk.team, whose, today - timedelta(days=book.overdue_days), today):
        items[item.user_id].append(item)
    lines = await access.lines(desk.team, list(found))
    theirs = defaultdict(list)
    for one in found.values():
        theirs[one.place.manager_id].append(one)
    return {
        manager: Preparing(
            overdue=_there(_overdue(desk, one, items.get(one.user_id, ())) for one in members_of),
            unready=_there(_unready(desk, one, lines.get(one.user_id, ())) for one in members_of),
            alone=_there(_alone(desk, one) for one in members_of),
        )
        for manager, members_of in theirs.items()
    }


def _there(found: Iterable[Told | None]) -> tuple[Told, ...]:
    return tuple(one for one in found if one is not None)


def _overdue(desk: Desk, one: Traveller, items: Sequence[Item]) -> Overdue | None:
    today = local_day(desk.now, one.person.zone)
    late = sorted((item for item in items if item.overdue(today)), key=lambda item: item.since)
    return Overdue(one.user_id, one.person.name, len(late), late[0].text, late[0].since) if late else None


def _unready(desk: Desk, one: Traveller, lines: Sequence[Line]) -> Unready | None:
    """Say what is missing that should be there by now; nothing for whom no tools were ever laid."""
    missing = sum(line.opened_at is None for line in lines)
    unconfirmed = [line.name for line in lines if line.unconfirmed]
    if not missing and not unconfirmed:
        return None
    today, book = local_day(desk.now, one.person.zone), desk.playbook.digest
    missing = missing if today >= one.path.day(book.open_from) else 0
    names = tuple(unconfirmed) if today >= one.path.day(book.confirm_from) else ()
    starts = one.path.day(1)
    told = Unready(one.user_id, one.person.name, starts, (starts - today).days, missing, len(lines), names)
    return told if missing or names else None


def _alone(desk: Desk, one: Traveller) -> Alone | None:
    if not _within(desk, one, desk.playbook.digest):
        return None
    chosen = helpers(one.place)
    return alone(one.user_id, one.person.name, chosen, one.people)


def _within(desk: Desk, one: Traveller, book: DigestBook) -> bool:
    today, start = local_day(desk.now, one.person.zone), one.place.start_date
    if abs(today - start) > FAR:
        return False
    return one.path.day(book.missing_from) <= today <= one.path.day(book.missing_until)
